"""What is new since an earlier run, or since a file that lists what is known."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from compare.errors import InputError, SetupError
from compare.files import MAX_BYTES, read_whole, write_whole
from compare.records import BaselineInfo, Comparison, Finding
from compare.report.safe import escape_json


def since(comparison: Comparison, baseline: Comparison, source: str = "") -> Comparison:
    """The result with each finding marked new or known, and the counts in its run.

    A finding is known if the earlier run has one of the same identity, which does not change where
    sentences move or other text is edited.

    Args:
        comparison: the later result.
        baseline: the earlier one, as :func:`compare.report.load_run` reads it.
        source: where that came from, for ``run.json``.
    """
    known = {finding.finding_id for finding in baseline.findings}
    findings = tuple(
        dataclasses.replace(finding, new=finding.finding_id not in known)
        for finding in comparison.findings
    )
    new = sum(finding.new is True for finding in findings)
    gone = len(known - {finding.finding_id for finding in findings})
    info = BaselineInfo(source, baseline.pair_id, new, len(findings) - new, gone)
    run = dataclasses.replace(comparison.run, baseline=info)
    return dataclasses.replace(comparison, findings=findings, run=run)


# --- a file of its own ------------------------------------------------------------------------

VERSION = "1.0"


@dataclasses.dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that are known already."""

    ids: Mapping[tuple[str, str], frozenset[str]]
    """``finding_id`` by the two files; those of a run stand under two empty names."""
    of_run: bool = False
    """Made of a run, so that it says nothing of which files they are."""

    def knows(self, files: tuple[str, str], finding_id: str) -> bool:
        """Whether a finding in two files (:func:`names`) is known."""
        return finding_id in self.ids.get(("", "") if self.of_run else files, ())


def names(a: str, b: str, path: Path) -> tuple[str, str]:
    """What a baseline in this place calls two files: the same in every system and folder."""
    folder = path.absolute().parent
    return (_name(a, folder), _name(b, folder))


def _name(file: str, folder: Path) -> str:
    with contextlib.suppress(ValueError):  # on another drive
        return Path(os.path.relpath(file, folder)).as_posix()
    return Path(file).as_posix()


def load_baseline(path: Path, max_bytes: int = MAX_BYTES) -> Baseline:
    """Read what :func:`save_baseline` wrote, or an earlier run (its folder or comparison.json).

    Args:
        path: the file or folder.
        max_bytes: the largest file that is read.

    Raises:
        InputError: it is neither, or cannot be read.
    """
    record = None if path.is_dir() else _record(path, max_bytes)
    if record is None:
        from compare.report import load_run

        found = load_run(path, max_bytes).findings
        return Baseline({("", ""): frozenset(f.finding_id for f in found)}, True)
    return Baseline(
        {
            files: frozenset(entry["finding_id"] for entry in entries)
            for files, entries in _entries(record, path).items()
        }
    )


def save_baseline(
    path: Path,
    found: Mapping[tuple[str, str], Iterable[Finding]],
    max_bytes: int = MAX_BYTES,
) -> tuple[int, int]:
    """Write the findings of some pairs of files; what an older file says of other pairs stays.

    Args:
        path: the file, written whole or not at all.
        found: the findings by the names of the two files (:func:`names`).
        max_bytes: the largest older file that is read.

    Returns:
        how many findings, and how many pairs the file has now.

    Raises:
        InputError: the older file is no baseline, which is not written over.
        SetupError: it cannot be written.
    """
    held: dict[tuple[str, str], list[dict[str, str]]] = {}
    if path.exists():
        record = _record(path, max_bytes)
        if record is None:
            raise InputError(f"{path} is there already and no baseline: name another file")
        held = _entries(record, path)
    for files, findings in found.items():
        held[files] = [{k: str(getattr(f, k)) for k in _KEPT} for f in findings]
    pairs: list[dict[str, Any]] = [
        {"a": files[0], "b": files[1], "findings": sorted(entries, key=_order)}
        for files, entries in sorted(held.items())
    ]
    text = json.dumps({_MARK: VERSION, "pairs": pairs}, ensure_ascii=False, indent=1)
    try:
        write_whole(path, escape_json(text + "\n").encode())
    except OSError as error:
        raise SetupError(
            f"cannot write {path} ({error.strerror or error}): name another file"
        ) from error
    return sum(map(len, held.values())), len(held)


_MARK = "baseline_version"
_KEPT = ("finding_id", "check", "severity", "message")
"""The first is what counts; the rest is for whoever reads the file."""


def _order(entry: Mapping[str, str]) -> tuple[str, str]:
    return entry.get("check", ""), entry["finding_id"]


def _record(path: Path, max_bytes: int) -> dict[str, Any] | None:
    """The file's object; None where it is another one than a baseline."""
    try:
        data = read_whole(path, max_bytes)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot read the baseline {path} ({reason}): make it with --write-baseline"
        ) from None
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _unusable(path, f"it is not JSON in UTF-8 ({error})") from None
    if not isinstance(record, dict) or _MARK not in record:
        return None
    version = record[_MARK]
    if not isinstance(version, str) or version.split(".")[0] != VERSION.split(".")[0]:
        raise _unusable(path, f"it is of version {str(version)[:20]!r} and not {VERSION}")
    return record


def _entries(record: Mapping[str, Any], path: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    pairs = record.get("pairs")
    for pair in pairs if isinstance(pairs, list) else [None]:
        match pair:
            case {"a": str(a), "b": str(b), "findings": list(entries)}:
                found.setdefault((a, b), []).extend(_finding(entry, path) for entry in entries)
            case _:
                raise _unusable(path, "its pairs have not all two files and findings")
    return found


def _finding(entry: Any, path: Path) -> dict[str, str]:
    match entry:
        case {"finding_id": str()}:
            return {key: str(entry.get(key, "")) for key in _KEPT}
        case _:
            raise _unusable(path, "its findings have not all a finding_id")


def _unusable(path: Path, why: str) -> InputError:
    return InputError(f"cannot use the baseline {path}: {why}; make it again with --write-baseline")
