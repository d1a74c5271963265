"""The participants check beyond its own examples."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from build import context

from compare.annotate import Context
from compare.checks.base import Draft
from compare.checks.participants import CHECK
from compare.deeds import deeds
from compare.records import Group


def found(a: str | Sequence[str], b: str | Sequence[str]) -> list[Draft]:
    return list(CHECK.find(context(a, b)))


def words(text: str, draft: Draft, side: str) -> str:
    span = draft.a if side == "a" else draft.b
    assert span is not None
    return text[slice(*span)]


def test_the_whole_list_is_marked_and_talks_are_critical() -> None:
    a = "The chief negotiators of Russia and Turkey met three times."
    b = "The Ukrainian and Turkish chief negotiators met three times."
    (draft,) = found(a, b)
    assert words(a, draft, "a") == "Russia and Turkey"
    assert words(b, draft, "b") == "Ukrainian and Turkish"
    assert draft.severity == "critical"


def test_a_text_that_names_the_other_parties_elsewhere_contradicts_itself() -> None:
    a = (
        "The envoys of Russia and Turkey met.",
        "Russia and Turkey share a border.",
        "It rained.",
    )
    b = (
        "The envoys of Ukraine and Turkey met.",
        "Russia and Turkey share a border.",
        "The Russian and Turkish ministers smiled.",
    )
    (draft,) = found(a, b)
    assert draft.likely_side == "b"


def unlinked(a: Sequence[str], b: Sequence[str]) -> Context:
    whole = context(a, b)
    groups = [Group((s,), ()) for s in whole.a.document] + [
        Group((), (s,)) for s in whole.b.document
    ]
    return dataclasses.replace(whole, groups=tuple(groups))


def test_a_long_list_is_found_without_a_link() -> None:
    a = ["Ministers of Chile, Peru, Bolivia, Cuba and Mexico met."]
    b = ["Chile, Peru, Bolivia, Cuba and Spain sent ministers."]
    assert len(list(CHECK.find(unlinked(a, b)))) == 1
    assert list(CHECK.find(unlinked(a, ["Chile and Spain sent ministers."]))) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "Iran's chief nuclear envoys from France, Germany and Britain met.",
            "Iran's chief nuclear envoys from France, Germany and Britain",
        ),
        ("He met the Japan-U.S. Chinese trade chief.", "the Japan-U.S. Chinese trade chief"),
        ("The court was sentenced to two years.", "court was sentenced"),
    ],
)
def test_garbled_offices_need_no_other_text(text: str, marked: str) -> None:
    (draft,) = found("It rained.", text)
    assert draft.a is None
    assert words(text, draft, "b") == marked
    assert draft.likely_side == "b"


@pytest.mark.parametrize(
    "text",
    [
        "Japan's envoys to France, Germany and Britain met.",
        "Qatar recalled Qatar's envoys from Egypt and Bahrain.",
        "The U.S.-South Korea military chiefs met.",
        "He met the South Korean nuclear chief.",
        "The man was sentenced by the court.",
        "The prosecution was not convinced.",
    ],
)
def test_sound_offices_are_left_alone(text: str) -> None:
    assert found("It rained.", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Denmark beat Portugal.", ("beat", "Denmark", "Portugal")),
        ("Portugal was beaten by Denmark.", ("beat", "Denmark", "Portugal")),
        ("Portugal lost to Denmark.", ("beat", "Denmark", "Portugal")),
        ("Denmark won 2-1 against Portugal.", ("beat", "Denmark", "Portugal")),
        ("Oldman agreed to pay Tarkem.", ("pay", "Oldman", "Tarkem")),
    ],
)
def test_deeds(text: str, expected: tuple[str, str, str]) -> None:
    whole = context(text, "Nothing.")
    told = [(d.verb, d.doer.text, d.target.text) for d in deeds(whole, "a", whole.a.document)]
    assert expected in told


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Denmark met Portugal.", "Portugal met Denmark."),
        ("Weber said yes and Novak said no.", "Novak said yes and Weber said no, it seems."),
        ("The dam fed the lake.", "The lake was fed by the dam."),
        ("Weber blamed Novak.", "Weber blamed Novak, and Novak blamed Weber."),
        ("Her brother and sister came.", "Her siblings came."),
        ("Her son-in-law came.", "Her daughter's husband came."),
        ("The police arrested him.", "The authorities arrested him."),
    ],
)
def test_passes(a: str, b: str) -> None:
    assert found(a, b) == []
