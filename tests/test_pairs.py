"""Findings on whole article pairs: the development pairs with gold, and the seeds.

Floors a little under the measured figures (``benchmarks/pairs.py``): what was found stays found,
and what is the same is not flagged. The set-aside pairs are for the benchmark alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from compare import Comparison, compare_articles, compare_texts
from compare.read import read_article
from compare.records import Span

FOLDER = Path(__file__).parent / "pairs" / "specs"
SPECS = sorted(FOLDER.glob("*.spec"))
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
SIDES = ("a", "b")


@dataclass(frozen=True)
class Pair:
    """A spec: the two texts, the spans of its issues and of what is the same, by side."""

    texts: dict[str, str]
    issues: tuple[dict[str, Span | None], ...]
    sides: tuple[str, ...]
    """Which text each issue is an error of: ``a``, ``b`` or ``unknown``."""
    same: tuple[dict[str, Span | None], ...]


def read_pair(path: Path) -> Pair:
    """The format is that of ``tests/pairs/specs``: sections of units, issues and equal lines."""
    parts = re.split(r"^=== (\w+)\n", path.read_text("utf-8"), flags=re.M)
    section = dict(zip(parts[1::2], parts[2::2], strict=True))
    texts, places = {}, {}
    for side in SIDES:
        text = ""
        for line in section[side.upper()].splitlines():
            unit = re.match(r"(?:\[(\w+)\]|\(meta\)) (.*)$", line)
            if not unit:
                text = f"{text.rstrip()}\n\n" if text else text
                continue
            if unit[1]:
                places[unit[1]] = (len(text), unit[2].rstrip())
            text += unit[2].rstrip() + (" " if unit[1] else "\n")
        texts[side] = text.rstrip() + "\n"

    def span(reference: str) -> Span | None:
        found = re.match(r'(\w+)(?:\s+"(.*)")?$', reference.strip())
        if not found or reference.strip() == "-":
            return None
        start, unit = places[found[1]]
        words = found[2] or unit
        return Span(start + unit.index(words), start + unit.index(words) + len(words))

    rows = [line.split(" | ") for line in section["ISSUES"].splitlines() if line.strip()]
    pairs = re.findall(r'^(\w+ ".*") = (\w+ ".*") \| ', section["SAME"], flags=re.M)
    return Pair(
        texts,
        tuple({"a": span(row[4]), "b": span(row[5])} for row in rows),
        tuple(row[2].strip() for row in rows),
        tuple({"a": span(a), "b": span(b)} for a, b in pairs),
    )


@cache
def compared(path: Path) -> tuple[Pair, Comparison]:
    pair = read_pair(path)
    return pair, compare_texts(pair.texts["a"], pair.texts["b"])


def overlap(x: Span | None, y: Span | None) -> bool:
    return x is not None and y is not None and x.overlaps(y)


def facts(comparison: Comparison) -> list[dict[str, Span | None]]:
    return [{"a": f.span("a"), "b": f.span("b")} for f in comparison.findings if f.ledger == "fact"]


def test_errors_are_found_and_what_is_found_is_right() -> None:
    errors = hit = told = right = 0
    for path in SPECS:
        pair, comparison = compared(path)
        found = facts(comparison)
        told += len(found)
        right += sum(any(overlap(f[s], i[s]) for i in pair.issues for s in SIDES) for f in found)
        wrong = [i for i, side in zip(pair.issues, pair.sides, strict=True) if side != "unknown"]
        errors += len(wrong)
        hit += sum(any(overlap(f[s], i[s]) for f in found for s in SIDES) for i in wrong)
    assert hit / errors > 0.75
    assert right / told > 0.93


def test_what_is_the_same_is_not_flagged() -> None:
    alarms = lines = 0
    for path in SPECS:
        pair, comparison = compared(path)
        found = [
            f
            for f in facts(comparison)
            if not any(overlap(f[s], i[s]) for i in pair.issues for s in SIDES)
        ]
        lines += len(pair.same)
        alarms += sum(
            any(
                (f["a"] or f["b"]) and all(overlap(f[s], line[s]) for s in SIDES if f[s])
                for f in found
            )
            for line in pair.same
        )
    assert lines > 200
    assert alarms / lines < 0.012


@pytest.mark.parametrize("path", [p for p in SPECS if "clean" in p.name], ids=lambda p: p.stem)
def test_a_clean_pair_has_next_to_no_fact_finding(path: Path) -> None:
    assert len(facts(compared(path)[1])) <= 1


def test_the_errors_of_the_seeds() -> None:
    result = compare_articles(*map(read_article, SEEDS))
    found = {f.b_span: f for f in result.findings if f.ledger == "fact"}
    for words in ("President Kim", "General Roh"):
        assert (found[words].severity, found[words].likely_side) == ("critical", "b")
    assert {"I expected it.", "In recent years", "Roh"} <= found.keys()
    # one day, one place, one country, one person under two spellings
    same = {"the 18th (local time)", "Indonesia", "South Korea", "North Korea", "Noh Kyu-deok"}
    assert not same & found.keys()


TOLD = """
import sys
from pathlib import Path
from compare import compare_texts
from tests.test_pairs import read_pair
for name in sys.argv[1:]:
    texts = read_pair(Path(name)).texts
    for finding in compare_texts(texts["a"], texts["b"]).findings:
        print(finding)
"""


def test_the_order_of_a_set_changes_no_finding() -> None:
    """It changes with every start; a sum of floats over it once turned a finding on and off."""
    chosen = [FOLDER / "dev6-ja-arrest.spec", *SPECS[::10]]
    runs = [
        subprocess.run(
            [sys.executable, "-c", TOLD, *map(str, chosen)],
            check=True,
            capture_output=True,
            cwd=FOLDER.parents[2],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        ).stdout
        for seed in (1, 2)
    ]
    assert runs[0] == runs[1]
    assert runs[0]
