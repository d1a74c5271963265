"""Places in a sentence, and how two of them relate."""

from __future__ import annotations

import itertools

import pytest
from build import context
from hypothesis import given
from hypothesis import strategies as st

from compare.places import find_places, gazetteer, may_stand_for, relation, stands_for


def keys(text: str, koreas: bool = False) -> list[str]:
    return [m.key for m in find_places(text, koreas=koreas)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-North Korea talks", ["US", "KP"]),
        ("the Korea-U.S. alliance", ["KR", "US"]),
        ("South Korea’s envoy and the DPRK's army", ["KR", "KP"]),
        ("Papua New Guinea, not Guinea", ["PG", "GN"]),
        ("New Mexico and Mexico", ["US-NM", "MX"]),
        ("the Democratic Republic of the Congo", ["CD"]),
        ("two Frenchwomen and an Irishman", ["FR", "IE"]),
        ("the Élysée and Downing Street", ["FR!elysee", "GB!downingstreet"]),
        ("a Paris-based bank", ["FR:paris"]),
        ("in Lower Saxony and Saxony", ["DE-NI", "DE-SN"]),
        ("join us in a turkey dinner", []),
        ("a nice reading of the china cup", []),
        ("The Chinese and the Japanese", ["CN", "JP"]),
        ("no man in Nice", ["FR:nice"]),
        ("Nice words were said", []),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("areas of concern to the North", ["KP"]),
        ("North-South talks", ["KP", "KR"]),
        ("the South China Sea", ["south-china-sea"]),
        ("the North Sea", ["north-sea"]),
        ("farms in the north", []),
    ],
)
def test_the_north_is_a_country_where_korea_is_the_subject(text: str, expected: list[str]) -> None:
    assert keys(text, koreas=True) == expected
    assert "KP" not in keys(text), "elsewhere it is a direction"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The singer Paris Hilton arrived late.", []),
        ("The writer Jack London died at 40.", []),
        ("Mr. Washington sang.", []),
        ("She flew to Paris on Monday.", ["FR:paris"]),
        ("The flood reached the village of Ostrowiec Maly.", ["ostrowiec maly"]),
    ],
)
def test_the_parse_tells_persons_and_unknown_places(text: str, expected: list[str]) -> None:
    assert [m.key for m in context(text, "Nothing.").a.places[0]] == expected


def test_names_of_organisations_hold_their_place_inside() -> None:
    (bank,) = find_places("the Bank of Japan")
    (times,) = find_places("the Korea Times")
    (country,) = find_places("the economy of Japan")
    assert (bank.inside, times.inside, country.inside) == (True, True, False)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("Kiev", "Kyiv", "same"),
        ("Peking", "Beijing", "same"),
        ("Burma", "Myanmar", "same"),
        ("UK", "British", "same"),
        ("North Korea", "DPRK", "same"),
        ("El Obeid", "Al-Ubayyid", "same"),
        ("Tokyo", "Japan", "metonym"),
        ("White House", "Washington", "metonym"),
        ("Blue House", "South Korean", "metonym"),
        ("Osaka", "Japan", "coarser"),
        ("Munich", "Bavaria", "coarser"),
        ("Europe", "France", "coarser"),
        ("Munich", "Saxony", "different"),
        ("Laos", "Cambodia", "different"),
        ("Niger", "Nigeria", "different"),
        ("South Korea", "North Korea", "different"),
        ("Pyongyang", "Seoul", "different"),
        ("Austria", "Australia", "different"),
        ("Korea", "North Korea", "same"),
    ],
)
def test_relation(x: str, y: str, expected: str) -> None:
    (a,), (b,) = find_places(x), find_places(y)
    assert relation(a, b) == relation(b, a) == expected


def test_two_transliterations_of_an_unknown_place_are_one() -> None:
    sides = context("The village of Jebel Damir burned.", "The village of Jabal Dameer burned.")
    (a,), (b,) = sides.a.places[0], sides.b.places[0]
    assert relation(a, b) == "same"
    assert stands_for(a, b)


def test_an_unknown_place_may_be_any() -> None:
    sides = context("The village of Heting burned.", "China burned.")
    (a,), (b,) = sides.a.places[0], sides.b.places[0]
    assert relation(a, b) == "unclear"
    assert may_stand_for(a, b)
    assert not stands_for(a, b)


NAMES = st.sampled_from(sorted(gazetteer().entries))


@given(NAMES, NAMES)
def test_relation_is_symmetric(x: str, y: str) -> None:
    found_x, found_y = find_places(f"from {x}"), find_places(f"from {y}")
    for a in found_x:
        assert relation(a, a) == "same"
        for b in found_y:
            assert relation(a, b) == relation(b, a)


@given(st.text(max_size=60), st.integers(0, 99))
def test_spans_are_the_words(text: str, offset: int) -> None:
    found = find_places(text, offset)
    assert [text[m.span.start - offset : m.span.end - offset] for m in found] == [
        m.text for m in found
    ]
    assert all(x.span.end <= y.span.start for x, y in itertools.pairwise(found))
