"""Sentences with a faithful and a wrong translation: the data, and what is found in a part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benches import load

FOLDER = Path(__file__).parent / "sentences"
FAMILIES = set(
    "title term roles polarity modality number name relation scope reference tense coverage".split()
)
bench = load("sentences")

ITEMS = list(bench.lines(FOLDER))


def test_every_item_says_where_its_error_is() -> None:
    for row in ITEMS:
        assert row["family"] in FAMILIES, row
        assert row["in_a"] in row["a"], row
        assert row["in_wrong"] in row["wrong"], row
        assert row["in_a"] or row["in_wrong"], row
        assert "right" in row or "same" in row, row
        assert row["wrong"] not in (row.get("right"), row.get("same"), row["a"]), row
        if "in_right" in row and row["in_right"] and row["in_wrong"]:
            changed = row["right"].replace(row["in_right"], row["in_wrong"], 1)
            assert changed == row["wrong"], row


@pytest.fixture(scope="module")
def judged() -> list[Any]:
    """Every hundredth item, by the rules."""
    return [bench.judge(row, meaning=False) for row in ITEMS[::100]]


def test_faithful_translations_are_seldom_flagged(judged: list[Any]) -> None:
    flagged = [(row["a"], found) for row, found, _, _ in judged if found]
    assert len(flagged) <= 0.07 * len(judged), flagged


def test_some_errors_are_found_and_hardly_any_finding_is_beside_one(judged: list[Any]) -> None:
    hits = sum(hit for _, _, _, hit in judged)
    beside = sum(rest for _, _, rest, _ in judged)
    assert hits >= 0.13 * len(judged)
    assert beside <= 0.06 * len(judged)
