"""Writes docs/accuracy.md: ``python benchmarks/accuracy.py GOLD [--specs DIR …] [--unread DIR …]``.

GOLD and the specs are those of ``pairs.py``, which prints the same figures. The figures of each
set that is run are put into ``benchmarks/accuracy.json`` with the day, the commit, and hashes of
the program and of the data; those of other sets stay as they are. A set under ``--unread`` is said
to be one that nobody who works on the program has read. ``--page`` runs nothing and writes the page
anew from the record; ``--check`` only says whether page and record belong together.

The signature is a hash over the record: a figure that was changed by hand no longer fits it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "benchmarks" / "accuracy.json"
PAGE = ROOT / "docs" / "accuracy.md"
COLUMNS = (
    ("errors found", "errors_hit", "errors"),
    ("differences found", "issues_hit", "issues"),
    ("fact findings that are right", "facts_good", "facts"),
    ("false alarms on equal lines", "alarms", "same"),
    ("right side", "side_ok", "errors_hit"),
)
"""Heading, and the two counts of the scorer that are shown: so many of so many."""
COUNTS = sorted({name for _, *names in COLUMNS for name in names})


def digest(paths: Iterable[Path], base: Path) -> str:
    """Hash of files, their names included."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(base).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def program() -> str:
    """Hash of the package as it is."""
    folder = ROOT / "compare"
    return digest((p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"), folder)


def commit() -> str:
    """The commit that is checked out; with a plus sign where the package differs from it."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(ROOT), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "compare") else "")


def measure(gold: Path, folder: Path | None) -> dict[str, Any]:
    """The figures of one set: the gold pairs, or those of a folder of specs."""
    from pairs import load, score_pair

    scorer = load(gold / "score.py")
    with tempfile.TemporaryDirectory() as tmp:
        if folder is None:
            files, base = sorted(gold.glob("*/gold.json")), gold
            data = digest((p for f in files for p in f.parent.iterdir() if p.is_file()), base)
        else:
            built = Path(tmp, "built")
            built.mkdir()
            command = [sys.executable, str(gold / "build.py"), str(folder), str(built)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            files = sorted(built.glob("*/gold.json"))
            data = digest((p for p in folder.rglob("*") if p.is_file()), folder)
        results = [score_pair(scorer, f, Path(tmp, "runs")) for f in files]
    return {
        "pairs": len(results),
        **{name: sum(r[name] for r in results) for name in COUNTS},
        **{name: round(sum(r[name] for r in results) / len(results), 3) for name in F1},
        "day": dt.date.today().isoformat(),
        "commit": commit(),
        "program": program(),
        "data": data,
    }


F1 = ("strict_f1", "link_f1")


def signature(sets: dict[str, dict[str, Any]]) -> str:
    """Hash of the record, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(sets, sort_keys=True).encode()).hexdigest()


INTRODUCTION = """\
# Accuracy

Made by `python benchmarks/accuracy.py`, which scores as `benchmarks/pairs.py` does; no figure is
put in by hand. Each set holds pairs of articles in which it is marked what belongs together, what
differs, and which text is wrong.

"""
TERMS = """
**Strict F1** counts a group of sentences only where it is exactly right, **link F1** every pair of
sentences in a group. An **error** is a difference in which one text is known to be wrong; it is
found where a fact finding overlaps it. A fact finding is **right** where it overlaps a difference
that was marked. **Equal lines** are sentences marked as saying the same.

"""
ALL_READ = """\
**All of these sets were at hand while the program was written**, so its figures on your articles
will be lower: the checks were written by what these pairs show. [Limits](limits.md#figures) has
figures on texts that nobody had read.
"""
PROVENANCE = """
Program and data are hashes of the files in `compare/` and of the set; a plus sign behind the commit
says that `compare/` had changes beside it. Signature of the record, `benchmarks/accuracy.json`:

```text
{signature}
```

`python benchmarks/accuracy.py --check` tells whether record, signature and page belong together.
"""


def page(sets: dict[str, dict[str, Any]]) -> str:
    """The page in Markdown."""
    heads = ("set", "pairs", "alignment: strict F1", "link F1", *(head for head, *_ in COLUMNS))
    rows, origins = [heads, ("---",) * len(heads)], []
    for name, figures in sets.items():
        scores = (f"{figures[key]:.3f}".removeprefix("0") for key in F1)
        counts = (f"{figures[hit]} of {figures[of]}" for _, hit, of in COLUMNS)
        rows.append((name, str(figures["pairs"]), *scores, *counts))
        mark = "+" * figures["commit"].endswith("+")
        hashes = (figures["commit"][:12] + mark, figures["program"][:12], figures["data"][:12])
        origins.append((name, figures["day"], *(f"`{value}`" for value in hashes)))
    unread = " and ".join(name for name, figures in sets.items() if figures["unread"])
    told = (
        f"Nobody who works on the program has read **{unread}**: expect these figures on your "
        "articles.\n"
    )
    measured = [("set", "measured on", "commit", "program", "data"), ("---",) * 5, *origins]
    return (
        INTRODUCTION
        + table(rows)
        + TERMS
        + (told if unread else ALL_READ)
        + "\n"
        + table(measured)
        + PROVENANCE.format(signature=signature(sets))
    )


def table(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a table in Markdown."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def stored() -> tuple[dict[str, dict[str, Any]], str]:
    """The record and the signature in it; an empty one where there is none."""
    if not RECORD.exists():
        return {}, signature({})
    record = json.loads(RECORD.read_text("utf-8"))
    return record["sets"], record["signature"]


def faults() -> list[str]:
    """What does not belong together."""
    sets, signed = stored()
    found = []
    if signed != signature(sets):
        found.append(f"{RECORD.name} was changed by hand: run accuracy.py")
    if not PAGE.exists() or PAGE.read_text("utf-8") != page(sets):
        found.append(f"{PAGE.name} is not made from {RECORD.name}: run accuracy.py --page")
    return found


def main() -> int:
    """Measure, and write record and page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--specs", type=Path, nargs="*", default=[])
    parser.add_argument("--unread", type=Path, nargs="*", default=[])
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.check:
        found = faults()
        print(*(found or ["page, record and signature belong together"]), sep="\n")
        return int(bool(found))
    sets, _ = stored()
    if args.gold is not None:
        named = [("gold", None), *((f.name, f) for f in (*args.specs, *args.unread))]
        for name, folder in named:
            sets[name] = {**measure(args.gold, folder), "unread": folder in args.unread}
            print(name, {key: sets[name][key] for key in (*F1, *COUNTS)})
    elif not args.page:
        parser.error("GOLD is missing")
    record = {"sets": sets, "signature": signature(sets)}
    RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(sets), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
