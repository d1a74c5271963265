"""What a text calls a person beside the name."""

from __future__ import annotations

import pytest
from build import context

from compare.descriptors import descriptors, is_role, one_kind
from compare.likeness import Phrases


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The retired welder Ida Holm spoke.", ["retired welder"]),
        ("Ida Holm, a retired welder of Oslo, spoke.", ["a retired welder of Oslo"]),
        ("Ida Holm, 58, a retired welder, spoke.", ["a retired welder"]),
        ("Ida Holm, who is a retired welder, spoke.", ["a retired welder"]),
        ("Ida Holm, who has been the town's welder, spoke.", ["the town's welder"]),
        ("Ida Holm is a retired welder.", ["a retired welder"]),
        ("A retired welder of Oslo, Ida Holm, spoke.", ["A retired welder of Oslo"]),
        ("Ida Holm is not a welder.", []),
        ("A retired welder, Paul Roy and Ida Holm spoke.", []),
        ("Ida Holm spoke.", []),
        ("Ida Holm, Paul Roy and others spoke.", []),
    ],
)
def test_phrases_beside_a_name(text: str, phrases: list[str]) -> None:
    found = context(text, "Nothing happened.")
    person = next(p for p in found.persons if "Holm" in p.name)
    assert [found.a.words(d.span) for d in descriptors(found.a, person.mentions[0])] == phrases


@pytest.mark.parametrize(
    ("x", "y", "same"),
    [
        ("prosecutor", "lawyer", True),
        ("surgeon", "doctor", True),
        ("manager", "director", True),
        ("dispatcher", "commander", False),
        ("clerk", "minister", False),
        ("headquarters", "minister", True),  # no noun for a person contradicts nothing
    ],
)
def test_one_kind_is_symmetric(x: str, y: str, same: bool) -> None:
    assert one_kind(x, y) is one_kind(y, x) is same


def test_roles_are_occupations_and_offices() -> None:
    assert all(map(is_role, ("welder", "mayor", "nurse", "commander")))
    assert not any(map(is_role, ("uncle", "victim", "woman", "member", "headquarters")))


def test_likeness_is_symmetric_and_whole_with_itself() -> None:
    likeness = Phrases().likeness
    assert likeness("Party chief", "clerk") == pytest.approx(likeness("clerk", "party chief"))
    assert likeness("Party chief", "party Chief") == pytest.approx(1.0, abs=1e-5)
