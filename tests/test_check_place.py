"""The place check beyond its own examples."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from build import context

from compare.checks.base import Draft
from compare.checks.place import CHECK


def found(a: str | Sequence[str], b: str | Sequence[str]) -> list[Draft]:
    return list(CHECK.find(context(a, b)))


def test_spans_are_the_names() -> None:
    a, b = "The trial run is planned in Laos.", "The pilot run is planned in Cambodia."
    (draft,) = found(a, b)
    assert draft.a is not None
    assert draft.b is not None
    assert (a[slice(*draft.a)], b[slice(*draft.b)]) == ("Laos", "Cambodia")
    assert draft.likely_side == "unknown"
    assert draft.severity == "major"


def test_the_side_that_elsewhere_agrees_with_the_other_is_the_wrong_one() -> None:
    filler = ("It rained.", "Nobody came.", "Prices rose.")
    a = ("The president spoke in Lublin.", *filler, "Police in Gdynia are looking into it.")
    b = ("The president spoke.", *filler, "Police in Lublin are looking into it.")
    assert [d.likely_side for d in found(a, b)] == ["a"]
    assert [d.likely_side for d in found(b, a)] == ["b"]


def test_a_capital_that_is_called_one_is_not_its_country() -> None:
    assert found(
        "The museum in Rome, the capital of Italy, reopened.",
        "The museum in Naples, the capital of Italy, reopened.",
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He lives near Lyon.", "He lives near the city."),
        ("Aid came from Oslo.", "The aid took two weeks to come."),
        ("He works for the Bank of Scotland.", "He works for the Bank of Ireland."),
        ("The Indian Ocean is warm.", "The ocean is warm."),
    ],
)
def test_a_place_alone_or_inside_a_name_is_not_held_against_another(a: str, b: str) -> None:
    assert found(a, b) == []


def test_a_place_told_in_the_next_sentence_has_moved() -> None:
    a = ("He taught in Quito.", "Then he moved to Lima.")
    b = ("He taught in Lima in the end.", "Before that it was Quito.")
    assert found(a, b) == []


def test_parties_of_one_list_are_left_to_the_other_check() -> None:
    a = "The ministers of Chile, Peru and Brazil signed the pact."
    b = "The ministers of Chile, Peru and Bolivia signed the pact."
    assert found(a, b) == []


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("The hut lies north of the river.", "The hut lies south of the river.", True),
        ("The hut lies north of the river.", "The hut lies northeast of the river.", False),
        ("It hit the left bank.", "It hit the right bank.", True),
        ("She was right about it.", "She left the bank about it.", False),
        ("The South Korean ship sank.", "The southern ship sank.", False),
        ("The upper house met.", "The lower house met.", True),
    ],
)
def test_directions(a: str, b: str, differ: bool) -> None:
    assert bool(found(a, b)) is differ
    assert [(d.a, d.b) for d in found(a, b)] == [(d.b, d.a) for d in found(b, a)]
