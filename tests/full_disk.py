"""What is done on a file system that is really full: ``test_faults.py`` runs it in a namespace.

    unshare -rm python tests/full_disk.py FOLDER

mounts a small file system in memory for each case in the folder, fills it, lets the case do its
work there, does it again when there is room, and prints as JSON what came of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from compare import Config, compare_texts, links, rules
from compare.cli import main
from compare.errors import CompareError
from compare.project import Project
from compare.report import write_run
from compare.verdicts import Entry

A = "Mina Kerr, the special envoy, spoke in Oslo on Monday. Kerr said it had cost twelve boats."
B = "Special envoy Mina Kerr spoke in Oslo on Tuesday. Kerr said it had cost fourteen boats."
SIZE, PAGE = 2**20, 4096
FILLER = Path("filler")
PART = links.Part((links.SentenceRef("He left."),), (links.SentenceRef("He went."),))


def articles() -> None:
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(B, "utf-8")


def run_into_a_folder() -> None:
    articles()
    Path("out").mkdir()


def finished() -> None:
    articles()
    write_run(compare_texts(A, B, Config(cache=False)), Path("run"))
    Path("page.html").write_text("an older page", "utf-8")


def manifest() -> None:
    articles()
    rows = "".join(f"{number},a.txt,b.txt\n" for number in range(3))
    Path("pairs.csv").write_text(f"pair_id,a,b\n{rows}", "utf-8")


def decided() -> None:
    project = Project("reports")
    project.log.add([entry("first")])
    project.log.close()
    rules.add(project.rules_path, rules.Rule("entity", names=("Roh",)))
    project.correct("p", links.Correction("link", (PART,)))
    articles()
    Path("known.json").write_text('{"baseline_version": "1.0", "pairs": []}\n', "utf-8")


def entry(note: str) -> Entry:
    return Entry("f", "p", "accepted", "x", note=note * 4000)


def command(*arguments: str) -> Callable[[], int]:
    return lambda: main([*arguments])


def told(act: Callable[[], object]) -> Callable[[], int]:
    """What is done without a command, with the code that a command would give."""

    def code() -> int:
        try:
            act()
        except CompareError as error:
            print(error, file=sys.stderr)
            return int(error.exit_code)
        return 0

    return code


def with_cache_there() -> int:
    before = os.environ.pop("VARIANT_COMPARE_CACHE", None)
    os.environ["VARIANT_COMPARE_CACHE"] = str(Path("cache").absolute())
    try:
        return main(["run", "a.txt", "b.txt", "-q", "--format", "csv"])
    finally:
        del os.environ["VARIANT_COMPARE_CACHE"]
        if before is not None:
            os.environ["VARIANT_COMPARE_CACHE"] = before


RUN = ("run", "a.txt", "b.txt", "-q", "--no-cache")
CASES: dict[str, tuple[Callable[[], object], Callable[[], int], int]] = {
    "run": (articles, command(*RUN, "-o", "out"), 5),
    "run into a folder": (run_into_a_folder, command(*RUN, "-o", "out"), 5),
    "run without any room": (articles, command(*RUN), 0),
    "report": (finished, command("report", "run", "--format", "html", "-o", "page.html"), 2),
    "cache": (articles, with_cache_there, 2),
    "workbook": (finished, command("report", "run", "--format", "xlsx", "-o", "new.xlsx"), 1),
    "batch": (
        manifest,
        command("batch", "pairs.csv", "-o", "out", "-q", "--workers", "1", "--runs"),
        40,
    ),
    "log": (decided, told(lambda: Project("reports").log.add([entry("second")])), 0),
    "new log": (articles, told(lambda: Project("new").log.add([entry("first")])), 0),
    "export": (decided, command("verdicts", "export", "-o", "a.txt"), 1),
    "rules": (
        decided,
        told(lambda: rules.add(Path("reports/rules.toml"), rules.Rule("entity", names=("Kerr",)))),
        0,
    ),
    "corrections": (
        decided,
        told(lambda: Project("reports").correct("p", links.Correction("unlink", (PART,)))),
        0,
    ),
    "baseline": (
        decided,
        command("check", "a.txt", "b.txt", "--no-cache", "--write-baseline", "known.json"),
        0,
    ),
}
"""What is there before, what is done on the full disk, and pages that are still free then."""


def held() -> dict[str, str]:
    """Every file and folder with its hash, but for the filler and for locks, which are empty."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(Path().rglob("*"))
        if path != FILLER and not path.name.endswith(".lock")
    }


def fill(pages: int) -> None:
    """Leave so many pages free."""
    with FILLER.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(PAGE))
    os.truncate(FILLER, FILLER.stat().st_size - pages * PAGE)


def attempt(act: Callable[[], int]) -> tuple[int, str]:
    said, out = io.StringIO(), io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = act()
    return code, said.getvalue()


def tried(case: str, folder: Path) -> dict[str, object]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    os.chdir(folder)
    before, act, pages = CASES[case]
    before()
    fill(pages)
    there = held()
    code, said = attempt(act)
    left = held()
    FILLER.unlink()
    again, _ = attempt(act)
    return {
        "code": code,
        "said": said,
        "before": there,
        "after": left,
        "again": again,
        "made": held(),
    }


if __name__ == "__main__":
    where = Path(sys.argv[1]).resolve()
    print(json.dumps({case: tried(case, where / case) for case in CASES}))
