"""Which words of two linked sentences stand for each other."""

from __future__ import annotations

import pytest

from compare.annotate import Context
from compare.config import Config
from compare.match import Match, match
from compare.pipeline import compare_sentences


def matched(a: str, b: str, monkeypatch: pytest.MonkeyPatch) -> Match:
    """The correspondence of two sentences, as the checks see it."""
    seen: list[Context] = []

    def no_findings(context: Context, *_: object) -> tuple[()]:
        seen.append(context)
        return ()

    monkeypatch.setattr("compare.detect.detect", no_findings)
    compare_sentences([a], [b], Config(force=True))
    (context,) = seen
    return match(context, context.groups[0])


def told(of: Match, word: str) -> tuple[str, str]:
    """What a word of A is in B by its lemma, sense or root, and by what it means there."""
    token = next(t for _, t in of.words["a"] if t.text == word)
    return tuple(str(t or "") for t in (of.of("a", token), of.akin("a", token)))  # type: ignore[return-value]


A = "The ministry says there is no need to halt services on Monday."
B = "The ministry regards it as necessary to suspend the operation on Monday."


def test_words_of_one_meaning_correspond_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    found = matched(A, B, monkeypatch)
    assert told(found, "ministry") == ("ministry", "ministry")
    assert told(found, "halt") == ("", "suspend")
    assert told(found, "says") == ("", "regards")


def test_opposites_and_names_never_correspond_by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    found = matched(
        "The court in Lyon convicted the mayor on Monday.",
        "The court in Nancy acquitted the mayor on Monday.",
        monkeypatch,
    )
    assert told(found, "convicted") == ("", "")
    assert told(found, "Lyon") == ("", "")


def test_it_goes_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = matched(A, B, monkeypatch), matched(B, A, monkeypatch)
    pairs = {(t.text, str(one.akin("a", t))) for _, t in one.words["a"] if one.akin("a", t)}
    back = {(str(other.akin("a", t)), t.text) for _, t in other.words["a"] if other.akin("a", t)}
    assert pairs == back
