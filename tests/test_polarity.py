"""Negation and opposites in a sentence."""

from __future__ import annotations

import pytest
from build import context

from compare.polarity import negations, vocabulary


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("The court did not convict him.", ["convict"]),
        ("Nobody was hurt.", ["hurt"]),
        ("The law isn't the same for everyone.", ["same"]),
        ("He left without a word.", ["word"]),
        ("Not only farmers complained.", []),
        ("No fewer than nine people came.", []),
        ("Shouldn't we ask?", []),
        ("It rained.", []),
    ],
)
def test_what_is_negated(text: str, heads: list[str]) -> None:
    side = context(text, "Nothing.").a
    assert [n.head.lemma_ for n in negations(side, side.document.sentences)] == heads


def test_a_negated_negative_affirms() -> None:
    side = context("They never stopped believing.", "Nothing.").a
    assert [n.double for n in negations(side, side.document.sentences)] == [True]


def test_opposites_come_from_both_lists() -> None:
    words = vocabulary()
    assert words.opposed("convict", "acquit")
    assert words.opposed("upstream", "downstream")
    assert words.opposed("win", "lose")
    assert not words.opposed("come", "go"), "too light to be evidence"
    assert not words.opposed("convict", "sentence")
