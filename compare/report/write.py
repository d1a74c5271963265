"""The folder of a run: all of it is written, or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
from pathlib import Path

from compare.errors import SetupError, UsageError
from compare.records import Comparison, Document
from compare.report.document import to_json, to_run_json
from compare.report.page import to_html
from compare.report.safe import storable
from compare.report.tables import discrepancies_csv, pairs_csv

RUN_FILES = (
    "pairs.csv",
    "discrepancies.csv",
    "comparison.json",
    "report.html",
    "a.txt",
    "b.txt",
    "run.json",
    "verdicts.jsonl",
)
"""The names of the files of a run."""


def run_files(comparison: Comparison, verdicts: str = "") -> dict[str, str]:
    """The name and the text of every file of a run; ``verdicts`` as for :func:`write_run`."""
    texts = (
        pairs_csv(comparison),
        discrepancies_csv(comparison),
        to_json(comparison),
        to_html(comparison),
        storable(comparison.a.article.text),
        storable(comparison.b.article.text),
        to_run_json(comparison),
        verdicts,
    )
    return dict(zip(RUN_FILES, texts, strict=True))


def check_output(directory: Path) -> None:
    """Refuse a folder that a run cannot be written into, before any work is done.

    Raises:
        UsageError: it is a file or holds files; a run never writes over another one.
        SetupError: it cannot be written.
    """
    target = Path(directory)
    try:
        nearest = next(p for p in (target, *target.absolute().parents) if p.exists())
        if not nearest.is_dir():
            raise UsageError(f"{nearest} is a file: name a folder with -o")
        if nearest == target and any(target.iterdir()):
            raise UsageError(
                f"{target} is not empty, and a run never writes over another one: name a new "
                "folder with -o, or move this one away"
            )
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, f"no right to write into {nearest}")
    except OSError as error:
        raise _cannot_write(target, error) from error


def _cannot_write(target: Path, error: OSError) -> SetupError:
    reason = error.strerror or error
    return SetupError(f"cannot write the run into {target} ({reason}): name another folder with -o")


def write_run(comparison: Comparison, directory: Path, verdicts: str = "") -> dict[str, Path]:
    """Write the files of a run into a folder that does not exist yet, or is empty.

    Args:
        comparison: the result.
        directory: the folder.
        verdicts: what was decided of its story, as :func:`compare.verdicts.to_lines` writes it.

    Returns:
        The path of each file, by its name.

    Raises:
        UsageError: the folder is a file or holds files.
        SetupError: the folder cannot be written.
    """
    return write_files(run_files(comparison, verdicts), directory)


def write_files(files: dict[str, str], directory: Path) -> dict[str, Path]:
    """Write files into a folder that does not exist yet, or is empty: all of them or none.

    Args:
        files: the text of each by its name, which may lie in a folder of its own.
        directory: the folder.

    Returns:
        The path of each file, by its name.

    Raises:
        UsageError: the folder is a file or holds files.
        SetupError: the folder cannot be written.
    """
    target = Path(directory)
    check_output(target)
    try:
        _write(files, target.resolve())
    except OSError as error:
        check_output(target)  # another run may have been quicker
        raise _cannot_write(target, error) from error
    return {name: target / name for name in files}


def default_run_dir(comparison: Comparison, base: Path = Path("reports")) -> Path:
    """A folder that does not exist yet, named by the two texts: ``a-vs-b``, ``a-vs-b-2`` …"""
    name = f"{_slug(comparison.a, 'a')}-vs-{_slug(comparison.b, 'b')}"
    path, number = base / name, 1
    while path.exists():
        number += 1
        path = base / f"{name}-{number}"
    return path


def _slug(document: Document, fallback: str) -> str:
    article = document.article
    name = Path(article.source).stem if article.source not in ("", "-") else article.label
    return re.sub(r"[^\w]+", "-", name)[:32].strip("-_").lower() or fallback


def _write(files: dict[str, str], target: Path) -> None:
    """Write beside the target, or inside where it exists, and move into place at the end."""
    exists = target.is_dir()
    made = [] if exists else [p for p in target.parents if not p.exists()]
    # In a folder that is there the name is always the same, so that of two runs one is first.
    hidden = ".partial" if exists else f".partial-{secrets.token_hex(4)}"
    staging = (target if exists else target.parent) / hidden
    moved: list[Path] = []
    ours = not exists
    try:
        staging.mkdir(parents=True)
        ours = True
        if exists and [*target.iterdir()] != [staging]:
            raise FileExistsError(errno.EEXIST, "another run was quicker")
        for name, text in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(text.encode())
        if not exists:
            staging.rename(target)
            return
        # The folder itself stays: it may be the working directory, or have rights of its own.
        for path in sorted(staging.iterdir()):
            moved.append(target / path.name)
            path.rename(target / path.name)
        staging.rmdir()
    except BaseException:  # an interruption, too, leaves nothing half-written
        for path in moved:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if ours:
            shutil.rmtree(staging, ignore_errors=True)
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise
