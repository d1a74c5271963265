from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.dates import (
    DateMention,
    Precision,
    agree,
    find_dates,
    infer_dates,
    weekday_conflict,
)
from compare.records import Article

BASE = dt.date(2021, 11, 12)  # a Friday


def only(text: str, base: dt.date | None = BASE) -> DateMention:
    (mention,) = find_dates(text, base)
    return mention


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 8 December 1991", "1991-12-08", "1991-12-08"),
        ("on December 8th, 1991", "1991-12-08", "1991-12-08"),
        ("on the fifteenth of July 1999", "1999-07-15", "1999-07-15"),
        ("2021-10-20", "2021-10-20", "2021-10-20"),
        ("2021.10.20", "2021-10-20", "2021-10-20"),
        ("20.10.2021", "2021-10-20", "2021-10-20"),
        ("Reiwa 3/11/12", "2021-11-12", "2021-11-12"),
        ("on Sept. 30", "2021-09-30", "2021-09-30"),
        ("on Friday", "2021-11-12", "2021-11-12"),
        ("on the 12th", "2021-11-12", "2021-11-12"),
        ("the 14th of last month", "2021-10-14", "2021-10-14"),
        ("the 13th and 14th of last month", "2021-10-13", "2021-10-14"),
        ("last month", "2021-10-01", "2021-10-31"),
        ("in October", "2021-10-01", "2021-10-31"),
        ("in March 2019", "2019-03-01", "2019-03-31"),
        ("in March of Heisei 31", "2019-03-01", "2019-03-31"),
        ("in the autumn of Heisei 18", "2006-09-01", "2006-11-30"),
        ("the 31st year of Heisei", "2019-01-01", "2019-12-31"),
        ("Minguo 110", "2021-01-01", "2021-12-31"),
        ("the year 2564 of the Buddhist calendar", "2021-01-01", "2021-12-31"),
        ("the year 1400 of the Persian calendar", "2021-01-01", "2022-12-31"),
        ("18 Azar 1400", "2021-12-09", "2021-12-09"),
        ("Farvardin 1, 1403", "2024-03-20", "2024-03-20"),
        ("Khordad 1400", "2021-05-01", "2021-06-30"),
        ("by the end of January next year", "2022-01-01", "2022-01-31"),
        ("July-September", "2021-07-01", "2021-09-30"),
        ("the three months through September", "2021-07-01", "2021-09-30"),
        ("the first half of 2020", "2020-01-01", "2020-06-30"),
        ("yesterday", "2021-11-11", "2021-11-11"),
        ("the day before yesterday", "2021-11-10", "2021-11-10"),
        ("in 2017", "2017-01-01", "2017-12-31"),
        ("in the 1970s", "1970-01-01", "1979-12-31"),
        ("five years ago", "2016-01-01", "2016-12-31"),
    ],
)
def test_the_first_candidate(text: str, start: str, end: str) -> None:
    first = only(text).candidates[0]
    assert (first.start.isoformat(), first.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("eight months later", Precision.OFFSET),
        ("in recent years", Precision.VAGUE),
        ("for seven months", Precision.DURATION),
        ("a 12-week term", Precision.DURATION),
        ("in the eighth minute", Precision.DURATION),
        ("in fiscal 2021", Precision.FISCAL_YEAR),
        ("the year to March 2021", Precision.FISCAL_YEAR),
        ("in the 17th century", Precision.CENTURY),
        ("at 15:50", Precision.CLOCK),
        ("in the fall of 2008", Precision.SEASON),
    ],
)
def test_precision(text: str, precision: Precision) -> None:
    assert only(text).precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "it may rain and they march on",
        "2000 people and 1,984 boats",
        "the 5th floor, the 3rd place and the 18th hole",
        "a 17-year-old",
        "he won 2-1",
        "the fall of the wall",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, BASE) == ()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("6:45 a.m.", (405,)),
        ("7 p.m.", (1140,)),
        ("19:40", (1180,)),
        ("noon", (720,)),
        ("half past eight", (510, 1230)),
        ("ten at night", (1320,)),
        ("four in the morning", (240,)),
        ("12.00 GMT", (720, 0)),
        ("0930 GMT", (570, 1290)),
    ],
)
def test_clock(text: str, minutes: tuple[int, ...]) -> None:
    assert only(f"at {text}").minutes == minutes


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("on Friday", "on the 12th", True),
        ("on Monday", "on the 12th", False),
        ("last month", "in October", True),
        ("last month", "in September", False),
        ("in 2016", "five years ago", True),
        ("in 2009", "five years ago", False),
        ("closes on March 31", "in fiscal 2021", True),
        ("in the fall of 2008", "in the autumn of Heisei 18", False),
        ("in the fall of 2008", "in the autumn of Heisei 20", True),
        ("Monday, Dec. 7", "December 6 (Mon.)", False),
        ("seven months", "7 months", True),
        ("two weeks", "fourteen days", True),
        ("three to four weeks", "3-4 weeks", True),
        ("three to four weeks", "2-4 weeks", False),
        ("three and a half years", "three years and six months", True),
        ("half a year", "six months", True),
        ("six months", "seven months", False),
        ("at noon", "at 12:00", True),
        ("10:30 a.m. Beijing time", "0230 GMT", None),
        ("10:30 a.m. local time", "10:45 a.m.", False),
        ("at noon", "in March", None),
        ("in recent years", "in March", None),
        ("Saturday", "in the night before Sunday", True),
        ("in November next year", "this November", False),
    ],
)
def test_agree(a: str, b: str, expected: bool | None) -> None:
    one, two = find_dates(a, BASE), find_dates(b, BASE)
    assert agree(one[0], two[0]) is expected
    assert agree(two[0], one[0]) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("on July 24", "on July 25", False),
        ("on July 24", "on 24 July 2020", True),
        ("on Monday", "on Tuesday", False),
        ("on Monday", "on the 19th", None),
        ("last month", "in October", None),
    ],
)
def test_agree_without_a_base(a: str, b: str, expected: bool | None) -> None:
    assert agree(only(a, None), only(b, None)) is expected


def test_a_bare_day_takes_the_month_before_it() -> None:
    first, second = find_dates("in Tokyo on the 14th of last month and in Rome on the 30th", BASE)
    assert dt.date(2021, 10, 30) == second.candidates[0].start
    assert first.candidates[0].start == dt.date(2021, 10, 14)


def test_weekday_conflict() -> None:
    assert weekday_conflict(only("on Monday, Dec. 7")) == dt.date(2021, 12, 7)
    assert weekday_conflict(only("on December 6 (Mon.)")) is None
    assert weekday_conflict(only("on Monday, March 6, 2018", None)) == dt.date(2018, 3, 6)
    assert weekday_conflict(only("on Monday", None)) is None


def article(text: str, date: dt.date | None) -> Article:
    return Article(text, (), "", date=date)


def test_the_article_without_a_date_takes_the_other_ones() -> None:
    assert infer_dates(article("x", BASE), article("y", None)) == (BASE, BASE)
    assert infer_dates(article("x", None), article("y", BASE)) == (BASE, BASE)
    assert infer_dates(article("x", None), article("y", None)) == (None, None)


def test_spans_with_offset() -> None:
    text = "They met on the 14th of last month (local time)."
    (mention,) = find_dates(text, BASE, offset=50)
    assert text[mention.span.start - 50 : mention.span.end - 50] == "the 14th of last month"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2035, 12, 31)))
def test_every_way_to_write_a_day_is_that_day(day: dt.date) -> None:
    forms = (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%A}, {day:%b}. {day.day}, {day.year}" if day.month != 5 else f"{day:%d May %Y}",
        f"{day:%Y-%m-%d}",
        f"the {day.day}th of {day:%B} {day.year}",
    )
    for form in forms:
        assert [i.start for i in only(f"on {form}").candidates] == [day]
    assert all(agree(only(form), only(forms[0])) for form in forms)


PIECES = st.sampled_from(
    "Monday Jan. March May 5 14th the of last month year 2019 Reiwa 3 / - ( ) , : 12:30 a.m. and "
    "to two days ago before fiscal quarter first half past eight in recent years '70s".split()
)


@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " "]), st.booleans())
def test_spans_are_in_order_and_do_not_overlap(pieces: list[str], glue: str, known: bool) -> None:
    text = glue.join(pieces)
    last = 0
    for mention in find_dates(text, BASE if known else None):
        assert last <= mention.span.start < mention.span.end <= len(text)
        last = mention.span.end
        assert all(i.start <= i.end for i in mention.candidates)
