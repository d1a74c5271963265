from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.numerals import find_numerals
from compare.quantities import Bound, Kind, Quantity, find_quantities


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14,000", 14_000),
        ("1.2 million", 1_200_000),
        ("85,000 million", 85 * 10**9),
        ("3 trillion 200 billion", 3_200 * 10**9),
        ("12 500", 12_500),
        ("5,00,000", 500_000),
        ("2 crore", 20_000_000),
        ("10bn", 10**10),
        ("500k", 500_000),
        ("twenty-five", 25),
        ("two hundred and six", 206),
        ("one hundred and twenty thousand", 120_000),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("11 thousand 406", 11_406),
        ("3 milliards", 3 * 10**9),
        ("a dozen", 12),
        ("two dozen", 24),
        ("two hundred million", 200 * 10**6),
        ("1½", Fraction(3, 2)),
        ("3/4", Fraction(3, 4)),
        ("two-thirds", Fraction(2, 3)),
        ("56,73", Fraction(5673, 100)),
        ("1.234.567", 1_234_567),
        ("twenty-first", 21),
        ("18th", 18),
    ],
)
def test_numerals(text: str, value: int | Fraction) -> None:
    (numeral,) = find_numerals(text + " houses")
    assert numeral.value == value
    assert text == (text + " houses")[numeral.start : numeral.end]


def test_a_german_separator_has_two_readings() -> None:
    (numeral,) = find_numerals("272.000 cases")
    assert {numeral.value, numeral.other} == {272, 272_000}


@pytest.mark.parametrize(
    "text",
    [
        "one of them said that no one knew",
        "the F-35 and the G20 on covid-19",
        "in 2019 and on May 5",
        "at 6:45 a.m. on the 14th",
        "for seven months",
        "1" * 5000,
    ],
)
def test_no_quantity(text: str) -> None:
    assert [q for q in find_quantities(text) if not q.soft] == []


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value"),
    [
        ("¥3.2 trillion", Kind.MONEY, "JPY", 32 * 10**11),
        ("€35m", Kind.MONEY, "EUR", 35 * 10**6),
        ("PLN 103 billion", Kind.MONEY, "PLN", 103 * 10**9),
        ("US$5", Kind.MONEY, "USD", 5),
        ("5.8 billion dollars", Kind.MONEY, "$", 58 * 10**8),
        ("90 million Sudanese pounds", Kind.MONEY, "sudanese pound", 90 * 10**6),
        ("200 South Korean won", Kind.MONEY, "KRW", 200),
        ("3,2 percent", Kind.PERCENT, "%", Fraction(16, 5)),
        ("0.5 percentage points", Kind.POINTS, "points", Fraction(1, 2)),
        ("six points", Kind.POINTS, "points", 6),
        ("19,500 km²", Kind.MEASURE, "km2", 19_500),
        ("17,500 miles per hour", Kind.MEASURE, "mph", 17_500),
        ("25 °C", Kind.MEASURE, "celsius", 25),
        ("17-year-old", Kind.AGE, "year-old", 17),
        ("aged 71", Kind.AGE, "year-old", 71),
        ("third place", Kind.ORDINAL, "", 3),
        ("a third of", Kind.SHARE, "", Fraction(1, 3)),
        ("twice", Kind.MULTIPLE, "times", 2),
        ("five-fold", Kind.MULTIPLE, "times", 5),
        ("doubled three times", Kind.MULTIPLE, "times", 8),
        ("minus 31", Kind.COUNT, "", -31),
        ("won 2:1", Kind.SCORE, "", 2),
    ],
)
def test_kind_and_unit(text: str, kind: Kind, unit: str, value: int | Fraction) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.unit, quantity.value) == (kind, unit, value)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to 30 boats", Bound.AT_MOST),
        ("no more than 30 boats", Bound.AT_MOST),
        ("fewer than 30 boats", Bound.AT_MOST),
        ("30 boats or fewer", Bound.AT_MOST),
        ("more than 30 boats", Bound.AT_LEAST),
        ("at least 30 boats", Bound.AT_LEAST),
        ("no fewer than 30 boats", Bound.AT_LEAST),
        ("30 or more boats", Bound.AT_LEAST),
        ("some 30 boats", Bound.ABOUT),
        ("nearly 30 boats", Bound.ABOUT),
        ("30 boats", Bound.EXACT),
    ],
)
def test_bounds(text: str, bound: Bound) -> None:
    assert only(text).bound is bound


def test_bounds_that_say_which_way_the_true_value_lies() -> None:
    texts = ("just under half", "a good half", "about half", "no more than half")
    assert [only(text).beyond for text in texts] == [-1, 1, 0, 0]


def test_both_ends_of_a_range_share_unit_and_scale() -> None:
    low, high = find_quantities("100 to 200 thousand euros")
    assert (low.kind, low.unit, low.other) == (Kind.MONEY, "EUR", 100_000)
    assert low.range == high.range == (100_000, 200_000)
    assert low.span == high.span


def test_two_sums_with_one_unit() -> None:
    assert [q.unit for q in find_quantities("60 million and 200 million yuan")] == ["CNY", "CNY"]


def test_what_is_counted() -> None:
    found = find_quantities("some 14,000 export firms and 71 small rivers")
    assert [q.noun for q in found] == ["firms", "rivers"]


def test_offset_moves_the_spans() -> None:
    text = "It cost up to ¥2 million."
    here, there = only(text), find_quantities(text, offset=100)[0]
    assert text[slice(*here.span)] == "up to ¥2 million"
    assert (there.span.start - 100, there.number.end - 100) == (here.span.start, here.number.end)


@given(st.integers(1, 10**15))
def test_separators_do_not_change_a_value(value: int) -> None:
    plain = find_numerals(f"{value} houses")[0]
    assert find_numerals(f"{value:,} houses")[0].value == plain.value == value


PIECES = st.sampled_from(
    "3 14,000 1.2 million thousand two twenty - – and a half third 5th % ¥ $ yen won euros to "
    "between of one km years old , . : / ( ) more than up people Jan. 2019 Reiwa the last".split()
)


@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " "]))
def test_spans_lie_in_the_text_and_in_order(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    last = 0
    for quantity in find_quantities(text):
        assert 0 <= quantity.span.start <= quantity.number.start
        assert quantity.number.end <= quantity.span.end <= len(text)
        assert quantity.number.start >= last
        last = quantity.number.end


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("still in their teens", 11, 19),
        ("a man in his late 30s", 30, 39),
        ("a woman in her sixties", 60, 69),
        ("a 60-something woman", 60, 69),
        ("a 50s man", 50, 59),
    ],
)
def test_decades_of_life(text: str, low: int, high: int) -> None:
    quantity = only(text)
    assert quantity.kind is Kind.AGE
    assert [int(age) for age in quantity.range or ()] == [low, high]


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value"),
    [
        ("50 basis points", Kind.POINTS, "points", Fraction(1, 2)),
        ("half a percentage point", Kind.POINTS, "points", Fraction(1, 2)),
        ("half a hectare", Kind.MEASURE, "hectare", Fraction(1, 2)),
        ("5 dunams", Kind.MEASURE, "dunam", 5),
        ("29,800 tomans", Kind.MONEY, "toman", 29_800),
        ("200 pounds of tea", Kind.MEASURE, "pound-mass", 200),
        ("200 pounds of public money", Kind.MONEY, "pound", 200),
    ],
)
def test_parts_of_units_and_units_of_one_name(
    text: str, kind: Kind, unit: str, value: int | Fraction
) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.unit, quantity.value) == (kind, unit, value)
