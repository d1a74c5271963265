"""Dates, clock times and durations as typed mentions, resolved against the article's day.

A mention keeps what it says (year, month, day of the month, weekday, distance from the article's
day) apart from the days it may stand for. News leaves most of a date out ("the 30th", "Monday",
"last month"), so a mention has a small set of candidate intervals, and two mentions agree when any
of them meet.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from compare.letters import lower
from compare.numerals import (
    KEPT,
    ONES,
    ORDINALS,
    TENS,
    Numeral,
    Token,
    find_numerals,
    tokenize,
    words,
)
from compare.records import Article, Span


class Precision(StrEnum):
    """How exact a mention is, and which mentions can be held against each other."""

    DAY = "day"
    WEEKDAY = "weekday"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal year"
    DECADE = "decade"
    CENTURY = "century"
    CLOCK = "clock"
    DURATION = "duration"
    OFFSET = "offset"
    """A distance from another event: "eight months later"."""
    VAGUE = "vague"
    """“recently”, “in recent years”."""


class Interval(NamedTuple):
    """Days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression of time."""

    span: Span
    precision: Precision
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    """Days of the month; two are the ends of a range or a list."""
    weekdays: tuple[int, ...] = ()
    """Monday is 0. Two where a night joins two days."""
    minutes: tuple[int, ...] = ()
    """Minutes since midnight; two where a.m. and p.m. are both possible."""
    zone: str = ""
    amount: Fraction | None = None
    """Length of a duration or of an offset, in ``unit``."""
    low: Fraction | None = None
    """The smaller end where a range is given ("three to five years")."""
    unit: str = ""
    """``minute`` … ``century``; of a vague mention the unit it names."""
    shift: int = 0
    """Of a relative mention: -1 for "last", "ago"; 1 for "next", "later"."""
    part: str = ""
    """``start``, ``middle`` or ``end`` of the stretch named ("the end of May", "early 2020")."""
    era: str = ""
    """Name of the era where the year was counted in one."""
    vague: bool = False
    ordinal: bool = False
    """The eighth minute, the third day."""
    repeated: bool = False
    """“Mondays”, “every March”."""
    candidates: tuple[Interval, ...] = ()
    """The days it may stand for; empty where that cannot be told."""

    @property
    def is_calendar(self) -> bool:
        """Whether it names a stretch of the calendar, not a length or an hour."""
        return self.precision not in (
            Precision.CLOCK,
            Precision.DURATION,
            Precision.OFFSET,
            Precision.VAGUE,
        )


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WHOLE_MONTHS = {
    f"{name}.": max((n for n, m in _MONTHS.items() if m == number), key=len)
    for name, number in _MONTHS.items()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday", "tue tues tuesday", "wed weds wednesday", "thu thur thurs thursday",
            "fri friday", "sat saturday", "sun sunday",
        )
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "fall": (9, 10, 11),
    "winter": (12, 1, 2),
}
UNIT_DAYS: dict[str, Fraction] = {
    "second": Fraction(1, 86400),
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "night": Fraction(1),
    "week": Fraction(7),
    "weekend": Fraction(7),
    "fortnight": Fraction(14),
    "month": Fraction(487, 16),
    "quarter": Fraction(1461, 16),
    "year": Fraction(1461, 4),
    "decade": Fraction(7305, 2),
    "century": Fraction(36525),
}
_UNIT_WORDS = (
    {unit: unit for unit in UNIT_DAYS}
    | {unit + "s": unit for unit in UNIT_DAYS if unit not in ("century", "second")}
    | {
        "seconds": "second",
        "centuries": "century",
        "hrs": "hour",
        "hr": "hour",
        "mins": "minute",
        "min": "minute",
        "yrs": "year",
    }
)
del _UNIT_WORDS["weekend"], _UNIT_WORDS["weekends"]


@cache
def eras() -> dict[str, tuple[str, int]]:
    """Name in lower case to (name, offset): year n is the Gregorian ``offset + n``."""
    return {
        lower(name): (era["names"][0], era["offset"])
        for era in _era_data()["eras"]
        for name in (*era["names"], *([era["letter"]] if era["letter"] else []))
    }


@cache
def _era_data() -> dict[str, Any]:
    text = resources.files("compare").joinpath("data/eras.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def _spring_years() -> frozenset[str]:
    """Eras of which the years run from March to March."""
    return frozenset(era["names"][0] for era in _era_data()["eras"] if era.get("spring"))


@cache
def _solar_months() -> dict[str, int]:
    """Months of the Iranian calendar by their names, from 0."""
    months = enumerate(_era_data()["solar_months"])
    return {name: number for number, names in months for name in names}


_SOLAR_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Leap years of the Iranian calendar in its cycle of 33."""
_SOLAR_1400 = dt.date(2021, 3, 21)


def _solar_new_year(year: int) -> dt.date:
    """The first day of an Iranian year.

    >>> _solar_new_year(1388).isoformat(), _solar_new_year(1403).isoformat()
    ('2009-03-21', '2024-03-20')
    """
    step = 1 if year >= 1400 else -1
    days = sum(
        365 + (y % 33 in _SOLAR_LEAP)
        for y in (range(1400, year) if step > 0 else range(year, 1400))
    )
    return _SOLAR_1400 + dt.timedelta(step * days)


_MON = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June|Jun\.?|July|Jul\.?"
    r"|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
    r"(?![^\W\d_])"
)
_WD = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\.?(?=[,)\s]))"
)
FULL_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)"
_DAY = rf"{_D}(?:{_TH})?(?![\d:%]|[.,]\d|[^\W\d_])"
_WORD_DAY = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir)tieth"
    r"|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_TO = r"\s?(?:-|–|—|to|and|through|until|till|&|/|,)\s?(?:the\s)?"
_REL_YEAR = r"(?:of\s)?(?:the\s)?(?P<relyear>last|this|next|previous|same|following|past)\syear"


def _year(name: str = "") -> str:
    """Pattern of a year in one of the calendars; groups year, era and erayear (with a suffix)."""
    names = "|".join(sorted((re.escape(n) for n in _era_names()), key=len, reverse=True))
    return (
        rf"(?:(?P<year{name}>1\d{{3}}|20\d\d|21\d\d)(?!\d|[.,:]\d|%)"
        rf"(?!\sof\s(?:the\s)?(?:{names})\b)"
        rf"|(?P<era{name}>{names})(?:\sera)?,?\s(?:year\s)?(?P<erayear{name}>\d{{1,4}}|gannen)"
        rf"(?![\d/]|[.,:]\d)"
        rf"|(?:the\s)?(?:(?P<erath{name}>\d{{1,3}}){_TH}\syear|(?:year\s)?(?P<yearof{name}>\d{{1,4}}))"
        rf"\sof\s(?:the\s)?(?P<eraof{name}>{names})(?:\s(?:era|reign|calendar))?)"
    )


def _era_names() -> list[str]:
    return [name for era in _era_data()["eras"] for name in era["names"]]


_Handler = Callable[[re.Match[str]], DateMention | None]


def _number_of_month(word: str) -> int:
    return _MONTHS[lower(word).rstrip(".")]


def whole_month(word: str) -> str | None:
    """The month that is cut short with a point, in lower case.

    >>> whole_month("Dec."), whole_month("Dec"), whole_month("Inc.")
    ('december', None, None)
    """
    return _WHOLE_MONTHS.get(lower(word)) if word.endswith(".") else None


def _number_of_weekday(word: str) -> int:
    return _WEEKDAYS[lower(word).rstrip(".")]


def _day_number(word: str) -> int:
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits.group())
    parts = re.split("[- ]", lower(word))
    if len(parts) == 2:
        return (20 if parts[0] == "twenty" else 30) + ORDINALS[parts[1]]
    return ORDINALS[parts[0]]


def _span(m: re.Match[str]) -> Span:
    return Span(m.start(), m.end())


def _shift(word: str | None) -> int:
    if word is None:
        return 0
    word = lower(word)
    if word in ("last", "past", "previous", "preceding"):
        return -1
    return 1 if word in ("next", "following", "coming", "upcoming") else 0


def _years_of(m: re.Match[str], name: str = "") -> tuple[tuple[int, ...], str]:
    groups = m.groupdict()
    if groups.get(f"year{name}"):
        return (int(groups[f"year{name}"]),), ""
    era = groups.get(f"era{name}") or groups.get(f"eraof{name}")
    if era:
        counts = (groups.get(f"{key}{name}") for key in ("erayear", "erath", "yearof"))
        count = next(c for c in counts if c)
        title, offset = eras()[lower(era)]
        year = offset + (1 if count == "gannen" else int(count))
        return ((year, year + 1) if title in _spring_years() else (year,)), title
    return (), ""


def _relative_year(m: re.Match[str]) -> tuple[str, int]:
    """(unit, shift) of "last year" after a month or a day."""
    word = m.groupdict().get("relyear")
    if not word or lower(word) in ("same", "following", "previous"):
        return "", 0
    return "year", _shift(word)


def _days_in(m: re.Match[str]) -> tuple[int, ...]:
    groups = m.groupdict()
    return tuple(_day_number(groups[key]) for key in ("day", "day2") if groups.get(key))


def _weekdays_in(m: re.Match[str]) -> tuple[int, ...]:
    groups = m.groupdict()
    for key in ("wd", "wd2", "wd3"):
        if groups.get(key):
            return (_number_of_weekday(groups[key]),)
    return ()


def _full_date(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    unit, shift = _relative_year(m)
    return DateMention(
        _span(m),
        Precision.DAY,
        years=years,
        months=(_number_of_month(m["mon"]),),
        days=_days_in(m),
        weekdays=_weekdays_in(m),
        unit=unit,
        shift=shift,
        era=era,
    )


def _solar_date(m: re.Match[str]) -> DateMention | None:
    """“18 Azar 1400”, “Khordad 1400”: days and months of the Iranian calendar."""
    groups = m.groupdict()
    month, day = _solar_months()[m["smon"]], int(groups.get("sday") or 1)
    year = int(m["syear"])
    before = 31 * min(month, 6) + 30 * max(0, month - 6)
    start = _solar_new_year(year) + dt.timedelta(before + day - 1)
    if groups.get("sday"):
        return DateMention(
            _span(m), Precision.DAY, (start.year,), (start.month,), (start.day,), _weekdays_in(m),
            era="Solar Hijri",
        )  # fmt: skip
    months = _month_range(start.month, start.month % 12 + 1)
    return DateMention(_span(m), Precision.MONTH, (start.year,), months, era="Solar Hijri")


def _numeric_date(m: re.Match[str]) -> DateMention | None:
    groups = m.groupdict()
    if groups.get("era") or groups.get("letter"):
        title, offset = eras()[lower(groups.get("era") or groups["letter"])]
        year = offset + int(m["count"])
    else:
        title, year = "", int(m["y"])
    first, second = int(m["m"]), int(m["d"])
    if first > 12:
        first, second = second, first
    if not (1 <= first <= 12 and 1 <= second <= 31):
        return None
    return DateMention(
        _span(m), Precision.DAY, (year,), (first,), (second,), _weekdays_in(m), era=title
    )


def _month(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    unit, shift = _relative_year(m)
    months: tuple[int, ...] = (_number_of_month(m["mon"]),)
    if m.groupdict().get("mon2"):
        months = _month_range(months[0], _number_of_month(m["mon2"]))
    span = _span(m)
    if m.groupdict().get("lead"):
        span = Span(m.end("lead") + 1, span.end)
    elif lower(m.group()).startswith("this") and not years:
        unit = "year"
    return DateMention(
        span, Precision.MONTH if len(months) == 1 else Precision.QUARTER, years, months,
        unit=unit, shift=shift, era=era, repeated=bool(m.groupdict().get("every")),
    )  # fmt: skip


def _month_range(first: int, last: int) -> tuple[int, ...]:
    return tuple((first - 1 + k) % 12 + 1 for k in range((last - first) % 12 + 1))


def _months_to(m: re.Match[str]) -> DateMention | None:
    """“the three months through September”, “the year to March 2021”."""
    years, era = _years_of(m)
    last = _number_of_month(m["mon"])
    count = m.groupdict().get("count")
    if count is None:
        span_years = (years[0] - 1, years[0]) if years and last != 12 else years
        return DateMention(_span(m), Precision.FISCAL_YEAR, span_years, era=era)
    length = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9}[lower(count)]
    return DateMention(
        _span(m), Precision.QUARTER, years, _month_range((last - length) % 12 + 1, last), era=era
    )


def _year_from(m: re.Match[str]) -> DateMention | None:
    """“the year that begins next April”."""
    years, era = _years_of(m)
    return DateMention(
        _span(m), Precision.FISCAL_YEAR, tuple(y + k for y in years for k in (0, 1)), era=era
    )


def _season(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    unit, shift = _relative_year(m)
    word = m.groupdict().get("which")
    if word:
        unit, shift = "season", _shift(word)
    return DateMention(
        _span(m), Precision.SEASON, years, _SEASONS[lower(m["season"])], unit=unit, shift=shift,
        era=era,
    )  # fmt: skip


def _quarter(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    unit, shift = _relative_year(m)
    word = lower(m["quarter"])
    if word == "last" or (not years and word == "second" and lower(m["noun"]) != "quarter"):
        return None
    number = int(word[0]) if word[0].isdigit() else ORDINALS[word]
    if lower(m["noun"]) == "half":
        return DateMention(
            _span(m), Precision.QUARTER, years, tuple(range(6 * number - 5, 6 * number + 1)),
            unit=unit, shift=shift, era=era,
        )  # fmt: skip
    # The number of a fiscal quarter says nothing of its months: kept as an amount.
    return DateMention(
        _span(m), Precision.QUARTER, years, amount=Fraction(number), unit="quarter", shift=shift,
        era=era,
    )  # fmt: skip


def _fiscal(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    if not years:
        years = (2000 + int(m["short"]),)
    return DateMention(_span(m), Precision.FISCAL_YEAR, (years[0], years[0] + 1), era=era)


_YEAR_AFTER = words(
    "in since of by until till from to for during before after year through around circa early "
    "late mid between and january february march april may june july august september october "
    "november december spring summer autumn fall winter"
)
_COUNT_AFTER = words("over than about nearly some least almost around approximately")
_COUNTED = words(
    "people men women children percent km kg metres meters tons tonnes euros dollars yen yuan won "
    "pounds crowns feet miles police employees troops yuan rubles square cubic"
)


def _is_year(text: str, start: int, end: int, year: int) -> bool:
    """Whether four digits are a year and no count, by the words beside them."""
    before = re.search(r"([^\W\d_]+)[\s(\"“-]*$", text[max(0, start - 24) : start])
    after = re.match(r"\s([a-z]+)", text[end : end + 24])
    previous = lower(before.group(1)) if before else ""
    following = after.group(1) if after else ""
    if following in _COUNTED or (previous in _COUNT_AFTER and previous != "around"):
        return False
    if previous in _YEAR_AFTER:
        return True
    if text[start - 1 : start] == "(" and text[end : end + 1] in ")-–,;":
        return True
    plural = len(following) > 4 and following.endswith("s")
    return 1900 <= year < 2040 and not plural


def _plain_year(m: re.Match[str]) -> DateMention | None:
    years, era = _years_of(m)
    end = m.groupdict().get("end")
    if not era and not end and not _is_year(m.string, m.start("year"), m.end(), years[0]):
        return None
    if end:
        last = int(end) if len(end) == 4 else years[0] // 100 * 100 + int(end)
        if not years[0] < last <= years[0] + 30:
            return None
        years = (years[0], last)
    return DateMention(_span(m), Precision.YEAR, years, era=era)


def _decade(m: re.Match[str]) -> DateMention | None:
    digits = m["decade"]
    year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return DateMention(_span(m), Precision.DECADE, tuple(range(year, year + 10)))


def _century(m: re.Match[str]) -> DateMention | None:
    number = _day_number(m["n"].replace("-", " "))
    years = tuple(range(max(1, 100 * number - 100), 100 * number + 1))
    return DateMention(_span(m), Precision.CENTURY, years, amount=Fraction(number), unit="century")


def _day_of_month(m: re.Match[str]) -> DateMention | None:
    """“the 14th of last month”, “on the 12th”."""
    word = m.groupdict().get("which")
    return DateMention(
        _span(m),
        Precision.DAY,
        days=_days_in(m),
        weekdays=_weekdays_in(m),
        unit="month" if word and lower(word) not in ("same", "following", "previous") else "",
        shift=_shift(word),
    )


def _relative_day(m: re.Match[str]) -> DateMention | None:
    words = re.sub(r"^the\s", "", lower(m.group()))
    shift = {
        "day before yesterday": -2,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "day after tomorrow": 2,
    }.get(re.sub(r"\s+", " ", words), 0)
    return DateMention(
        _span(m), Precision.DAY, amount=Fraction(abs(shift)), unit="day", shift=-1 if shift < 0 else
        1 if shift else 0,
    )  # fmt: skip


def _relative_unit(m: re.Match[str]) -> DateMention | None:
    unit = lower(m["unit"])
    shift = _shift(m["which"])
    if lower(m["which"]) in ("same", "previous", "following", "preceding"):
        return DateMention(
            _span(m), Precision.OFFSET, amount=Fraction(abs(shift)), unit=unit, shift=shift
        )
    precision = {
        "week": Precision.WEEK,
        "weekend": Precision.WEEK,
        "month": Precision.MONTH,
        "quarter": Precision.QUARTER,
        "year": Precision.YEAR,
        "decade": Precision.DECADE,
        "century": Precision.CENTURY,
        "day": Precision.DAY,
    }[unit]
    if lower(m["which"]) == "past":
        return DateMention(_span(m), Precision.VAGUE, unit=unit, shift=-1, vague=True)
    if m["which"].lower().startswith("before"):  # "the year before last"
        return DateMention(_span(m), precision, amount=Fraction(2), unit=unit, shift=-1)
    return DateMention(_span(m), precision, amount=Fraction(abs(shift)), unit=unit, shift=shift)


def _weekday(m: re.Match[str]) -> DateMention | None:
    groups = m.groupdict()
    day = _number_of_weekday(m["wd"])
    weekdays: tuple[int, ...] = (day,)
    if groups.get("night"):
        weekdays = ((day - 1) % 7, day)
    elif groups.get("wd2"):
        weekdays = (day, _number_of_weekday(m["wd2"]))
    word = groups.get("which")
    return DateMention(
        _span(m), Precision.WEEKDAY, weekdays=weekdays, unit="week" if word else "",
        shift=_shift(word), repeated=bool(groups.get("every") or groups.get("plural")),
    )  # fmt: skip


_HOURS = {word: hour for word, hour in ONES.items() if 1 <= hour <= 12}


def _minutes(words: str) -> int:
    """The value of "20", "twenty" or "twenty-five"; 0 for nothing."""
    if words.isdigit():
        return int(words)
    return sum({**ONES, **TENS}.get(word, 0) for word in re.split(r"[\s-]", words))


def _spoken_clock(m: re.Match[str]) -> DateMention | None:
    """“half past eight”, “ten at night”."""
    groups = m.groupdict()
    word = lower(m["h"] or groups["h2"])
    hour = int(word) if word.isdigit() else _HOURS.get(word, 12)
    told = _minutes(lower(groups.get("minutes") or ""))
    away = lower(groups.get("away") or groups.get("away2") or "")
    minute = (-told if away in ("to", "before") else told) or {
        "half past": 30,
        "quarter past": 15,
        "quarter to": -15,
    }.get(lower(groups.get("quarter") or ""), 0)
    part = lower(groups.get("daypart") or "")
    if not 1 <= hour <= 12:
        return None
    early = (hour % 12 * 60 + minute) % 1440
    late = (early + 720) % 1440
    if part.endswith("morning") or word == "midnight":
        minutes: tuple[int, ...] = (early,)
    elif word == "noon" or part.endswith(("afternoon", "evening")):
        minutes = (late,)
    elif part:
        minutes = (late if 6 <= hour < 12 else early,)
    else:
        minutes = (early, late)
    return DateMention(_span(m), Precision.CLOCK, minutes=minutes)


def _half_hour(m: re.Match[str]) -> DateMention | None:
    """“half seven in the evening”: half past six in some languages, half past seven in English."""
    told = _spoken_clock(m)
    if told is None:
        return None
    halves = {minute + away for minute in told.minutes for away in (-30, 30)}
    return replace(told, minutes=tuple(sorted(v % 1440 for v in halves)))


def _hours_away(m: re.Match[str]) -> DateMention:
    """“two hours after midnight”, “half an hour past noon”."""
    count = lower(m["count"] or "")
    minutes = 30 if m["half"] else 60 * (int(count) if count.isdigit() else _HOURS.get(count, 1))
    start = 0 if lower(m["word"]) == "midnight" else 720
    away = -minutes if lower(m["away"]) in ("before", "to") else minutes
    return DateMention(_span(m), Precision.CLOCK, minutes=((start + away) % 1440,))


def _clock(m: re.Match[str]) -> DateMention | None:
    groups = m.groupdict()
    word = groups.get("word")
    if word:
        minutes: tuple[int, ...] = (720,) if lower(word) in ("noon", "midday") else (0, 1440)
        return DateMention(_span(m), Precision.CLOCK, minutes=minutes)
    hour, minute = int(m["h"]), int(groups.get("min") or 0)
    half = lower(groups.get("half") or "").replace(".", "")
    if hour > 24:
        return None
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    minutes = (hour * 60 + minute,)
    part = lower(groups.get("daypart") or "")
    if part and 1 <= hour <= 12:
        late = part.endswith(("afternoon", "evening")) or (part.endswith("night") and hour >= 6)
        minutes = ((hour % 12 + 12 * late) * 60 + minute,)
    elif not half and 1 <= hour <= 12:
        minutes = (minutes[0], (minutes[0] + 720) % 1440)
    return DateMention(
        _span(m), Precision.CLOCK, minutes=minutes, zone=(groups.get("zone") or "").upper()
    )


_LEVELS = re.compile(
    r"\b(?:st(?:an|oo)d\w*|clos\w+|ended|settl\w+|trad\w+|pric\w+|valued?|remain\w*|kept|left|held"
    r"|put|estimated|rates?|index|yields?|ratio|magnitude|scored?|averag\w+)\b[^.;]*$"
)
"""What is at a figure and at no hour."""
_BEFORE_LEVEL = 60


def _dotted_clock(m: re.Match[str]) -> DateMention | None:
    """“at 14.30”, where nothing is said to stand at that level."""
    before = m.string[max(0, m.start() - _BEFORE_LEVEL) : m.start()]
    return None if _LEVELS.search(before) else _clock(m)


def _vague(m: re.Match[str]) -> DateMention | None:
    unit = lower(m.groupdict().get("unit") or "").rstrip("s")
    return DateMention(_span(m), Precision.VAGUE, unit=unit, shift=-1, vague=True)


# A day of the month without its month is one only before words that cannot be what is counted.
_AFTER_DAY = (
    r"(?=\s*(?:$|[.,;:)(\]”\"’'–—]|-\s)|\s(?:and|at|in|that|of\s(?:last|this|next|the\s(?:same|month"
    r"|previous|following))|when|local|as|with|for|to|after|before|because|due|morning|afternoon"
    r"|evening|night|by|from|the|where|he|she|they|it|we|an?|but|or|until|while|during|on|also"
    r"|followed|through|is|was|were|will|would|has|had|have|announced|reported|[a-z]{2,}ed|says?|said|shows?|which|who)\b)"
)
_BEFORE_DAY = "|".join(
    rf"(?<=\b(?i:{word})\s)"
    for word in sorted(words("on until till by since before after from to of through between and"))
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], _Handler], ...]:
    year = _year()
    opt_year = rf"(?:,?\s(?:of\s|in\s)?{year}|,?\s{_REL_YEAR})?"
    after_wd = rf"(?:\s?\((?P<wd2>{_WD})\)|,\s(?P<wd3>{FULL_WEEKDAY}))?"
    era_names = "|".join(sorted(map(re.escape, _era_names()), key=len, reverse=True))
    part = r"(?:early|late|mid|the\sbeginning\sof|the\sstart\sof|the\send\sof|end\sof)[\s-]"
    zones = (
        r"(?:\s\(?(?P<zone>GMT|UTC|E[SD]?T|C[ES]?T|P[SD]?T|KST|JST|MSK|BST|CEST|IST|HKT"
        r"|(?:[A-Z][a-z]+|local)\stime)\b\)?)"
    )
    zone = zones + "?"
    hours = "|".join((*_HOURS, "1[0-2]", "[1-9]"))
    part_of_day = r"in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight"
    daypart = rf"(?:\s(?P<daypart>{part_of_day}))"
    half = r"(?P<half>[aApP]\.?\s?[mM]\b\.?)"
    solar = "|".join(sorted(_solar_months(), key=len, reverse=True))
    table: list[tuple[str, _Handler, int]] = [
        # Iranian dates.
        (rf"(?:\b(?P<wd>{_WD}),?\s(?:the\s)?)?\b(?P<sday>{_D})(?:{_TH})?\s(?:of\s)?(?P<smon>{solar}),?"
         rf"\s(?P<syear>1[34]\d\d)\b", _solar_date, 0),
        (rf"(?:\b(?P<wd>{_WD}),?\s)?\b(?P<smon>{solar})\s(?P<sday>{_D})(?:{_TH})?,\s(?P<syear>1[34]\d\d)\b",
         _solar_date, 0),
        (rf"\b(?P<smon>{solar})\s(?:of\s)?(?P<syear>1[34]\d\d)\b", _solar_date, 0),
        # Numeric dates.
        (rf"\b(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})\b"
         rf"(?:\s?\((?P<wd>{_WD})\))?", _numeric_date, 0),
        (rf"\b(?P<era>{era_names})\s(?P<count>\d{{1,3}})[/.-](?P<m>\d{{1,2}})[/.-](?P<d>\d{{1,2}})"
         rf"\b(?:\s?\((?P<wd>{_WD})\))?", _numeric_date, 0),
        (r"\b(?P<letter>[RHSTM])(?P<count>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})\b",
         _numeric_date, 0),
        (r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\b", _numeric_date, 0),
        (r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})\b", _numeric_date, 0),
        # The year to March 2021, the three months through September.
        (rf"\b(?:the\s)?(?:(?:fiscal|financial|business)\s)?(?:year|12\smonths|twelve\smonths)\s"
         rf"(?:(?:that\s|which\s)?(?:ended|ending|ends)(?:\sin)?|to|through)\s"
         rf"(?:the\send\sof\s)?(?P<mon>{_MON})(?:\s{_DAY})?(?:,?\s(?:of\s)?{year})?",
         _months_to, 0),
        (rf"\b(?:the\s)?(?P<count>[Tt]hree|3|[Ss]ix|6|[Nn]ine|9)[\s-]months?\s(?:period\s)?"
         rf"(?:(?:that\s)?(?:ended|ending)(?:\sin)?|to|through)\s(?:the\send\sof\s)?"
         rf"(?P<mon>{_MON})(?:\s{_DAY})?(?:,?\s(?:of\s)?{year})?", _months_to, 0),
        (rf"\b(?:the\s)?(?:(?:fiscal|financial|business)\s)?year\s(?:that\s|which\s)?"
         rf"(?:begins|starts|beginning|starting|began|started)(?:\s(?:in|on|from))?\s(?:next\s)?"
         rf"(?P<mon>{_MON})(?:\s{_DAY})?(?:,?\s(?:of\s)?{year})?", _year_from, 0),
        # Days.
        (rf"(?:\b(?P<wd>{_WD}),?\s(?:the\s)?)?\b(?P<mon>{_MON})\s?(?:the\s)?(?P<day>{_DAY})"
         rf"(?:\s?(?:-|–|to|and|through|until|&)\s?(?P<day2>{_DAY})(?!\s(?:{_MON}|[a-z]+s\b|people|per)))?"
         rf"{opt_year}{after_wd}",
         _full_date, 0),
        (rf"(?:\b(?P<wd>{_WD}),?\s(?:the\s)?)?(?:\bthe\s)?\b(?P<day>{_D}(?:{_TH})?|{_WORD_DAY})\.?"
         rf"(?:{_TO}(?P<day2>{_D}(?:{_TH})?))?\s(?:of\s)?(?P<mon>{_MON}){opt_year}{after_wd}",
         _full_date, 0),
        (rf"\b(?:the\s)?(?P<day>{_D}{_TH})(?:{_TO}(?P<day2>{_D}{_TH}))?\s(?:of\s)?(?:the\s)?"
         rf"(?P<which>last|this|next|same|previous|following)\smonth(?:\s?\((?P<wd2>{_WD})\))?",
         _day_of_month, re.I),
        (rf"\b(?P<which>last|this|next)\smonth,?\son\sthe\s(?P<day>{_D}{_TH})", _day_of_month,
         re.I),
        (rf"\b(?P<wd>{FULL_WEEKDAY}),?\s(?:the\s)?(?P<day>{_D}{_TH})(?!\s\w)", _day_of_month, 0),
        (rf"\b(?:the\s)?(?P<day>{_D}{_TH})(?:{_TO}(?P<day2>{_D}{_TH}))?"
         rf"(?:\s?\((?P<wd2>{_WD})\)|(?=\s?\(?local\stime|\sof\sthe\smonth\b))", _day_of_month, 0),
        (rf"(?:{_BEFORE_DAY})(?:the\s)?"
         rf"(?P<day>{_D}{_TH})(?:{_TO}(?P<day2>{_D}{_TH}))?{_AFTER_DAY}", _day_of_month, 0),
        # Fiscal years, quarters, months, seasons.
        (rf"\b(?:the\s)?(?:fiscal(?:\syear)?|financial\syear|business\syear|FY)[\s-]?'?"
         rf"(?:{year}(?:[-/–]\d{{2,4}})?|(?P<short>\d\d))\b", _fiscal, re.I),
        (rf"\b{year}(?:[-/–]\d{{2,4}})?\s(?:fiscal|financial|business)\syear", _fiscal, re.I),
        (rf"\b(?:the\s)?(?P<quarter>first|second|third|fourth|[1-4]{_TH})[\s-]"
         rf"(?P<noun>quarter|half)(?:\s(?:of\s)?(?:fiscal\s(?:year\s)?|the\syear\s)?"
         rf"(?:{year}|{_REL_YEAR})|(?=\s(?:earnings|results|profits?|sales|revenues?|GDP)))",
         _quarter, re.I),
        (rf"\b(?P<noun>Q)(?P<quarter>[1-4])(?:,?\s(?:of\s)?{year})?", _quarter, 0),
        (rf"\b(?P<mon>{_MON})\s?(?:-|–|—|to|through)\s?(?P<mon2>{_MON}){opt_year}", _month, 0),
        (rf"\b(?:(?:the\s)?{part}|(?P<every>every|each)\s)?(?P<mon>{_MON}),?\s"
         rf"(?:of\s(?:the\s)?|in\s)?(?:{year}|{_REL_YEAR})", _month, 0),
        (rf"\b(?:the\s)?(?:{part})?(?P<season>spring|summer|autumn|fall|winter),?\s(?:of\s|in\s)?"
         rf"(?:{year}(?:[-/–]\d{{2,4}})?|{_REL_YEAR})", _season, re.I),
        (r"\b(?P<which>last|this|next|coming)\s(?P<season>spring|summer|autumn|fall|winter)\b",
         _season, re.I),
        (r"\bin\s(?:the\s)?(?P<season>spring|summer|autumn|winter)\b", _season, re.I),
        (rf"\b(?i:last|this|next|early|late|mid|(?P<lead>in|of|since|by|until|till|from|through|during"
         rf"|before|after|between|and|to|for)|(?P<every>every|each))[\s-](?:early[\s-]|late[\s-]|mid-?\s?)?"
         rf"(?P<mon>{_MON})(?!(?:(?<=April)|(?<=June)|(?<=August)|(?<=May))\s[A-Z])", _month, 0),
        (r"\b(?P<mon>January|February|July|September|October|November|December)\b",
         _month, 0),
        # Centuries, decades, years.
        (rf"\b(?:the\s)?(?P<n>\d{{1,2}}{_TH}|{_WORD_DAY})[\s-]century", _century, re.I),
        (r"(?<![\d$€£¥])\b(?P<decade>1\d\d0|20\d0)['’]?s\b", _decade, 0),
        (r"(?<!\w)['’](?P<decade>[2-9]0)s\b", _decade, 0),
        (r"(?:(?<=0s and )|(?<=0s or )|(?<=0s to ))(?P<decade>[2-9]0)s\b", _decade, 0),
        (r"\bthe\s(?P<decade>[2-9]0)s\b(?!\sand)", _decade, 0),
        (rf"(?<![\w$€£¥₩,.:/-])(?:{part})?{year}[-/–](?P<end>\d{{4}}|\d\d)\b(?![-/–\d])",
         _plain_year, 0),
        (rf"(?<![\d$€£¥₩.:/])(?<!\d,)(?:(?:{part})|\b)(?:the\syear\s|year\s)?{year}"
         r"(?!\d|-\w|\s(?:hours|hrs|GMT|UTC))", _plain_year, 0),
        # Relative days and units.
        (r"\b(?:the\s)?(?:day\sbefore\syesterday|day\safter\stomorrow)\b|\b(?:yesterday|tomorrow"
         r"|today|tonight|last\snight)\b|\bthis\s(?:morning|afternoon|evening)\b", _relative_day,
         re.I),
        (r"\b(?:earlier\s|later\s|late\s|early\s)?(?:the\s)?(?P<which>last|this|next|past|previous"
         r"|preceding|following|same|coming|current)\s(?P<unit>weekend|week|month|year|decade"
         r"|century|quarter|day)\b(?!-)", _relative_unit, re.I),
        (r"\b(?:the\s)?(?P<unit>week|month|year)\s(?P<which>before\slast)\b", _relative_unit, re.I),
        # "the Sunday before the accident": of some other week
        (rf"\bthe\s{FULL_WEEKDAY}\s(?:before|after)\s(?:the|his|her|their|its)\b", _vague, 0),
        (rf"\b(?P<night>(?:over)?night\s(?:before|to|into|on)\s(?:the\s)?|(?:early|small)\shours\sof\s)"
         rf"(?P<wd>{FULL_WEEKDAY})", _weekday, 0),
        (rf"\bnight\s(?:from|of|between)\s(?P<wd>{FULL_WEEKDAY})\s(?:to|and|on)\s(?P<wd2>{FULL_WEEKDAY})",
         _weekday, 0),
        (rf"\b(?:(?P<which>last|this|next|coming)\s|(?P<every>every|each)\s)?(?P<wd>{FULL_WEEKDAY})"
         r"(?P<plural>s)?(?!\w)", _weekday, 0),
        # Clock times.
        (rf"\b(?P<h>[01]?\d|2[0-4])[:.](?P<min>[0-5]\d)(?::[0-5]\d)?\s?{half}{zone}", _clock, 0),
        (rf"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
         rf"(?:\s(?:hours|hrs)|{daypart})?{zone}", _clock, 0),
        (rf"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])\.(?P<min>[0-5]\d){zones}", _clock, 0),
        (rf"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])\.(?P<min>[0-5][05])(?!\d)(?:{daypart}"
         rf"|(?=\s(?:on\s)?(?:{FULL_WEEKDAY}|this\s(?:morning|afternoon|evening)|yesterday|tomorrow"
         r"|tonight)\b))", _dotted_clock, 0),
        (rf"(?<=\bat\s)(?P<h>[01]?\d|2[0-4])\.(?P<min>[0-5]\d)(?!\d){_AFTER_DAY}",
         _dotted_clock, 0),
        (rf"(?<![\d:.,])(?P<h>1[0-2]|[1-9])\s?{half}{zone}", _clock, 0),
        (rf"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])\so['’]clock\s(?:and\s)?(?P<min>[0-5]?\d)\sminutes?"
         rf"{daypart}?{zone}", _clock, 0),
        (rf"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])\s(?:o['’]clock){zone}", _clock, 0),
        (rf"\b(?P<h>[01]\d|2[0-4])(?P<min>[0-5]\d)(?:\s(?:hours|hrs)\b|{zones})", _clock, 0),
        (
            rf"\b(?P<minutes>[1-5]?\d|(?:twenty|thirty|forty|fifty)?[\s-]?(?:{'|'.join(ONES)}|twenty|thirty"
            rf"|forty|fifty))(?:\sminutes\s(?P<away>to|past|before|after)\s(?P<h>{hours}|midnight|noon)"
            rf"|\s(?P<away2>to|past)\s(?P<h2>midnight|noon|(?:{hours})(?=\s(?:{part_of_day}|on\s{FULL_WEEKDAY}))))"
            rf"\b{daypart}?",
            _spoken_clock,
            re.I,
        ),
        (rf"\b(?:(?P<half>half\san\shour)|(?P<count>an|\d|{hours})\shours?)"
         r"\s(?P<away>past|after|before|to)\s(?:\w{3,6}day['’]s\s)?(?P<word>noon|midday|midnight)\b",
         _hours_away, re.I),
        (r"\b(?P<word>noon|midday|midnight)\b", _clock, re.I),
        (
            rf"\b(?:a\s)?(?P<quarter>half\spast|quarter\spast|quarter\sto)\s(?P<h>{hours})\b"
            rf"{daypart}?",
            _spoken_clock,
            re.I,
        ),
        (rf"\bhalf\s(?P<h>{hours}){daypart}", _half_hour, re.I),
        (rf"(?<![\d:.,])\b(?P<h>{hours})(?:\so['’]clock)?{daypart}", _spoken_clock, re.I),
        (rf"\b(?P<h>{hours})\so['’]clock", _spoken_clock, re.I),
        # Vague stretches of time.
        (r"\b(?:in|over|during|for)\s(?:the\s)?(?:more\s)?(?:recent|past|last)\s"
         r"(?P<unit>hours|days|weeks|months|years|decades|centuries)\b", _vague, re.I),
        (r"\b(?:for|over)\s(?:many\s|the\s|some\s|several\s)?(?P<unit>years|decades|centuries)\b",
         _vague, re.I),
        (r"\b(?:recently|lately)\b", _vague, re.I),
    ]  # fmt: skip
    return tuple((re.compile(pattern, flags), handler) for pattern, handler, flags in table)


class _Claims:
    """Spans already taken, so that a later pattern cannot read a part of an earlier one."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])

    def take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)


def find_dates(text: str, base: dt.date | None = None, offset: int = 0) -> tuple[DateMention, ...]:
    """The expressions of time in a sentence, in order.

    Args:
        text: one sentence (or any text).
        base: the day the article is dated; without it nothing relative is resolved.
        offset: added to the spans.

    >>> day, = find_dates("talks on the 14th of last month", dt.date(2021, 10, 20))
    >>> day.candidates[0].start.isoformat(), day.precision.value
    ('2021-09-14', 'day')
    >>> [m.years for m in find_dates("in the autumn of Heisei 18")]
    [(2006,)]
    """
    mentions = list(_found(text))
    if base is not None and 1000 <= base.year < 9000:
        mentions = _resolved(mentions, base)
    if offset:
        mentions = [
            replace(m, span=Span(m.span.start + offset, m.span.end + offset)) for m in mentions
        ]
    return tuple(mentions)


@lru_cache(KEPT)
def _found(text: str) -> tuple[DateMention, ...]:
    """The expressions of time in a sentence, in order, none resolved."""
    claims = _Claims(len(text))
    mentions: list[DateMention] = []
    for pattern, handler in _patterns():
        for match in pattern.finditer(text):
            if match.end() == match.start() or not claims.free(match.start(), match.end()):
                continue
            mention = handler(match)
            if mention is not None and _possible(mention):
                claims.take(match.start(), match.end())
                mentions.append(mention)
    mentions += _lengths(text, claims)
    mentions.sort(key=lambda mention: mention.span)
    mentions = [_with_part(text, mention) for mention in _added_up(text, mentions)]
    return tuple(_with_zone(text, mention) for mention in mentions)


_ZONE_BEHIND = re.compile(r"[^.;:]{0,40}?\b(?P<zone>[A-Z][a-z]+|local)\stime\b")


def _with_zone(text: str, mention: DateMention) -> DateMention:
    """An hour with the zone that comes after its day: “4 a.m. on the 16th, Korean time”."""
    if mention.precision is not Precision.CLOCK or mention.zone:
        return mention
    found = _ZONE_BEHIND.match(text, mention.span.end)
    return replace(mention, zone=f"{found['zone']} time".upper()) if found else mention


def _possible(mention: DateMention) -> bool:
    return all(1 <= day <= 31 for day in mention.days) and all(
        0 < year < 2600 for year in mention.years
    )


_PART = re.compile(
    r"\b(?:(?P<start>early|(?:beginning|start)\sof)|(?P<middle>mid|middle\sof)"
    r"|(?P<end>late|end\sof))[\s-](?:in\s)?(?:the\s)?(?:month\sof\s|year\s)?$",
    re.I,
)


def _with_part(text: str, mention: DateMention) -> DateMention:
    """The mention with the part of the month or year that the words before or in it name."""
    if not mention.is_calendar or mention.days:
        return mention
    said = text[mention.span.start : mention.span.end]
    inside = re.match(r"(?:the\s)?(?:early|late|mid|(?:beginning|start|end)\sof)[\s-]", said, re.I)
    before = text[max(0, mention.span.start - 30) : mention.span.start]
    match = _PART.search(inside.group() if inside else before)
    return replace(mention, part=match.lastgroup or "") if match else mention


def _added_up(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Durations said in two units as one: “three years and six months”."""
    out: list[DateMention] = []
    for m in mentions:
        last = out[-1] if out else None
        if (
            last is not None
            and last.precision is Precision.DURATION
            and m.precision in (Precision.DURATION, Precision.OFFSET)
            and last.amount is not None
            and m.amount is not None
            and not (last.ordinal or m.ordinal or last.low or m.low)
            and UNIT_DAYS[m.unit] < UNIT_DAYS[last.unit]
            and text[last.span.end : m.span.start] in (" and ", " ", ", ")
        ):
            total = last.amount + m.amount * UNIT_DAYS[m.unit] / UNIT_DAYS[last.unit]
            span = Span(last.span.start, m.span.end)
            out[-1] = replace(m, span=span, amount=total, unit=last.unit)
        else:
            out.append(m)
    return out


_BACK = frozenset({"ago", "earlier", "before", "previously", "prior"})
_ON = frozenset({"later", "after", "afterwards", "hence"})
_LASTING = frozenset({"for", "lasting"})


def _lengths(text: str, claims: _Claims) -> Iterator[DateMention]:
    """Durations and distances: "five years ago", "two-day", "the eighth minute", "half a year"."""
    tokens = tokenize(text)
    starts: dict[int, Numeral] = {n.first: n for n in find_numerals(text)}
    ends = {n.last: n for n in starts.values()}
    i = 0
    while i < len(tokens):
        made = _length_at(tokens, i, starts, ends)
        if made is not None:
            mention, i = made
            if claims.free(mention.span.start, mention.span.end):
                claims.take(mention.span.start, mention.span.end)
                yield mention
        else:
            i += 1


def _word(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""


def _of_one(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a share is of one unit of time: "three quarters of an hour"."""
    of, one, unit = (_word(tokens, numeral.last + k) for k in range(3))
    return numeral.share and of == "of" and one in ("a", "an") and unit in _UNIT_WORDS


_MEASURED = frozenset(
    "than over under nearly almost about for within lasts lasted lasting takes took".split()
)
"""Words before “a month” that make a length of it."""


def _length_at(
    tokens: Sequence[Token], i: int, starts: dict[int, Numeral], ends: dict[int, Numeral]
) -> tuple[DateMention, int] | None:
    numeral = starts.get(i)
    low: Fraction | None = None
    soft = counted = False
    of_one = numeral is not None and _of_one(tokens, numeral)
    if (
        numeral is not None
        and not numeral.vague
        and (of_one or not numeral.share or numeral.value == Fraction(1, 2))
    ):
        amount, j, first = numeral.value, numeral.last, i
        soft = numeral.soft
        if of_one:
            j += 2
        elif _word(tokens, j) in ("a", "an") and numeral.share:
            j += 1
        if _word(tokens, i - 1) in ("to", "-", "–", "or", "and") and i - 1 in ends:
            before = ends[i - 1]
            if before.value < amount and not before.ordinal:
                low, first = before.value, before.first
    elif _word(tokens, i) in ("a", "an"):
        amount, j, first = Fraction(1), i + 1, i
        # "a decade" and "a day and a half" are lengths, "a day" may be per day
        counted = _word(tokens, j) in ("decade", "century", "fortnight")
        # "in less than a month", "for a month", but "for a second time", "over a quarter of it"
        measured = _word(tokens, i - 1) in _MEASURED
        counted = counted or (measured and _word(tokens, j) not in ("second", "quarter"))
        counted = counted or tuple(_word(tokens, j + k) for k in (1, 2, 3)) == ("and", "a", "half")
        # "a year and two months"
        counted = counted or (
            _word(tokens, j + 1) == "and"
            and j + 2 in starts
            and _word(tokens, starts[j + 2].last) in _UNIT_WORDS
        )
    elif (
        _word(tokens, i) in _UNIT_WORDS
        and _word(tokens, i + 1) in ("-", "‑")
        and _word(tokens, i + 2) == "long"
    ):
        amount, j, first, counted = Fraction(1), i, i, True  # "a decade-long concession"
    elif _word(tokens, i) == "quarter" and "century" in (
        _word(tokens, i + 1), _word(tokens, i + 2)
    ):  # fmt: skip
        amount, j, first, counted = Fraction(1, 4), i + 1, i, True  # "a quarter-century of rule"
    else:
        return None
    if _word(tokens, i - 1) == "aged":
        return None  # "aged 87 years"
    if _word(tokens, j) == "of" and numeral is not None and numeral.soft:
        j += 1
    if _word(tokens, j) in ("-", "‑"):
        j += 1
    unit = _UNIT_WORDS.get(_word(tokens, j))
    if _word(tokens, j) in ("full", "more", "consecutive", "straight", "whole", "calendar"):
        unit = _UNIT_WORDS.get(_word(tokens, j + 1))
        j += 1 if unit else 0
    if unit is None:
        return None
    j += 1
    if unit == "quarter" and _word(tokens, j) == "of":
        return None  # a share
    if _word(tokens, j) == "and" and _word(tokens, j + 1) == "a" and _word(tokens, j + 2) == "half":
        amount, j = amount + Fraction(1, 2), j + 3
    after = _word(tokens, j)
    if after in ("old", "olds") or (after == "-" and _word(tokens, j + 1) in ("old", "olds")):
        return None
    if after == "of" and _word(tokens, j + 1) == "age":
        return None
    ordinal = numeral is not None and numeral.ordinal
    shift, precision, last = 0, Precision.DURATION, j
    # "closed for six weeks after cracks were found": how long, not when
    lasting = _word(tokens, first - 1) in _LASTING
    if not ordinal and not lasting:
        if after in _BACK and not (after == "before" and _word(tokens, j + 1) in ("the", "a")):
            precision = Precision.OFFSET
            shift, last = -1, j + 1
        elif after in _ON or (after == "from" and _word(tokens, j + 1) == "now"):
            precision, shift = Precision.OFFSET, 1
            last = j + (2 if after == "from" else 1)
        elif after == "into" and unit == "minute" and "time" in (
            _word(tokens, j + 1), _word(tokens, j + 2), _word(tokens, j + 3)
        ):  # fmt: skip
            amount += 90
    if numeral is None and not shift and not counted:
        return None
    if unit == "night" and ordinal:
        return None
    if after == "ago":
        precision = {
            "year": Precision.YEAR, "decade": Precision.YEAR, "month": Precision.MONTH,
            "week": Precision.WEEK, "day": Precision.DAY, "century": Precision.CENTURY,
        }.get(unit, Precision.OFFSET)  # fmt: skip
    mention = DateMention(
        Span(tokens[first].start, tokens[last - 1].end),
        precision,
        amount=amount,
        low=low,
        unit=unit,
        shift=shift,
        vague=soft and shift == 0,
        ordinal=ordinal,
    )
    return mention, last


def _resolved(mentions: list[DateMention], base: dt.date) -> list[DateMention]:
    """The mentions with their candidate intervals; a bare day also takes a month named before."""
    done: list[DateMention] = []
    month: tuple[int, int] | None = None
    for mention in mentions:
        if mention.months and mention.unit == "year" and not mention.years:
            mention = replace(mention, years=(base.year + mention.shift,))
        intervals = list(_intervals(mention, base))
        bare = mention.days and not mention.months and not mention.shift
        if bare and month is not None:
            intervals = [*_exact(*month, mention.days), *intervals]
        mention = replace(mention, candidates=tuple(dict.fromkeys(intervals)))
        if mention.days and not bare and mention.candidates:
            month = mention.candidates[0].start.year, mention.candidates[0].start.month
        done.append(mention)
    return done


def _exact(year: int, month: int, days: Iterable[int]) -> Iterator[Interval]:
    """Days of one month as one interval; nothing where the month has no such day."""
    try:
        dates = sorted(dt.date(year, month, day) for day in days)
    except ValueError:
        return
    yield Interval(dates[0], dates[-1])


def _month_interval(year: int, months: tuple[int, ...]) -> Interval:
    first, last = months[0], months[-1]
    end_year = year + (1 if last < first else 0)
    return Interval(
        dt.date(year, first, 1),
        dt.date(end_year, last, calendar.monthrange(end_year, last)[1]),
    )


def _plus_months(base: dt.date, months: int) -> tuple[int, int]:
    index = base.year * 12 + base.month - 1 + months
    return index // 12, index % 12 + 1


def _nearest_first(intervals: Iterable[Interval], base: dt.date) -> list[Interval]:
    return sorted(intervals, key=lambda i: abs((i.start - base).days))


def _intervals(m: DateMention, base: dt.date) -> Iterator[Interval]:
    """The stretches a mention may stand for, the likeliest first."""
    if m.repeated or not m.is_calendar:
        return
    if m.years and m.months:
        for year in m.years:
            if m.days:
                yield from _exact(year, m.months[0], m.days)
            else:
                yield _month_interval(year, m.months)
    elif m.years:
        if m.precision is Precision.FISCAL_YEAR:
            year = m.years[0]
            yield Interval(dt.date(year, 1, 1), dt.date(m.years[-1], 12, 31))
        else:
            yield Interval(dt.date(m.years[0], 1, 1), dt.date(m.years[-1], 12, 31))
    elif m.months:
        years = [base.year + m.shift] if m.unit == "year" else range(base.year - 1, base.year + 2)
        near: list[Interval] = []
        for year in years:
            near += (
                _exact(year, m.months[0], m.days) if m.days else [_month_interval(year, m.months)]
            )
        if m.unit != "year":
            near = [i for i in near if abs((i.start - base).days) <= 400]
        yield from _nearest_first(near, base)
    elif m.days:
        if m.unit == "month":
            yield from _exact(*_plus_months(base, m.shift), m.days)
        else:
            near = [i for k in (-1, 0, 1) for i in _exact(*_plus_months(base, k), m.days)]
            yield from _nearest_first([i for i in near if -45 <= (i.start - base).days <= 31], base)
    elif m.weekdays:
        window = {-1: range(-14, 0), 1: range(1, 15)}.get(m.shift, range(-8, 9))
        days = [base + dt.timedelta(k) for k in window]
        yield from _nearest_first(
            [Interval(day, day) for day in days if day.weekday() in m.weekdays], base
        )
    elif m.amount is not None and (m.shift or not m.amount):
        yield from _shifted(m, base, m.amount)


def _shifted(m: DateMention, base: dt.date, amount: Fraction) -> Iterator[Interval]:
    """Relative mentions: yesterday, last week, five years ago."""
    count = round(amount) * m.shift
    if m.unit == "day":
        day = base + dt.timedelta(max(-100_000, min(100_000, count)))
        # Time zones and the hour of publication: a day either way.
        yield Interval(day, day)
        yield Interval(day - dt.timedelta(1), day + dt.timedelta(1))
    elif m.unit in ("week", "weekend"):
        if abs(count) > 5000:
            return
        middle = base + dt.timedelta(7 * count)
        yield Interval(middle - dt.timedelta(7), middle + dt.timedelta(7))
    elif m.unit in ("month", "quarter"):
        step = count * (3 if m.unit == "quarter" else 1)
        if abs(step) > 12_000:
            return
        year, month = _plus_months(base, step)
        if abs(count) <= 1 and m.unit == "month":
            yield _month_interval(year, (month,))
        else:
            before, after = _plus_months(base, step - 1), _plus_months(base, step + 1)
            yield Interval(_month_interval(*_one(before)).start, _month_interval(*_one(after)).end)
    elif m.unit in ("year", "decade", "century"):
        years = count * {"year": 1, "decade": 10, "century": 100}[m.unit]
        year = base.year + years
        if not 2 <= year <= 9000:
            return
        slack = 1 if abs(years) > 1 else 0
        yield Interval(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if slack:
            yield Interval(dt.date(year - 1, 7, 1), dt.date(year + 1, 6, 30))


def _one(month: tuple[int, int]) -> tuple[int, tuple[int, ...]]:
    return month[0], (month[1],)


def agree(a: DateMention, b: DateMention) -> bool | None:
    """Whether two mentions can be the same time; None where that cannot be told.

    >>> base = dt.date(2021, 10, 20)
    >>> def say(x, y): return agree(find_dates(x, base)[0], find_dates(y, base)[0])
    >>> say("on Monday", "on the 18th"), say("on Sept. 14", "the 14th of last month")
    (True, True)
    >>> say("in 2017", "in 1984"), say("seven months", "7 months"), say("at noon", "in March")
    (False, True, None)
    """
    if Precision.CLOCK in (a.precision, b.precision):
        if a.precision is not b.precision:
            return None
        if set(a.minutes) & set(b.minutes):
            return True
        # Another zone moves the hour by whole or half hours.
        moved = any((m - n) % 30 == 0 for m in a.minutes for n in b.minutes)
        return None if a.zone != b.zone and moved else False
    if a.is_calendar and b.is_calendar:
        return _calendar_agree(a, b)
    lengths = (Precision.DURATION, Precision.OFFSET)
    if a.precision in lengths and b.precision in lengths:
        return _lengths_agree(a, b)
    if (a.precision in lengths and b.shift) or (b.precision in lengths and a.shift):
        return _lengths_agree(a, b)
    return None


def _lengths_agree(a: DateMention, b: DateMention) -> bool | None:
    if a.amount is None or b.amount is None or not a.unit or not b.unit:
        return None
    if a.unit == b.unit and a.amount == b.amount and a.low == b.low:
        return True
    low_a, high_a = (a.low or a.amount) * UNIT_DAYS[a.unit], a.amount * UNIT_DAYS[a.unit]
    low_b, high_b = (b.low or b.amount) * UNIT_DAYS[b.unit], b.amount * UNIT_DAYS[b.unit]
    slack = Fraction(0) if a.unit == b.unit else Fraction(8, 100)
    if a.low and b.low and a.unit == b.unit:
        return a.low == b.low and a.amount == b.amount
    return low_a * (1 - slack) <= high_b and low_b * (1 - slack) <= high_a


def _calendar_agree(a: DateMention, b: DateMention) -> bool | None:
    if a.repeated != b.repeated:
        return None
    same: list[bool] = []
    if a.months and b.months and a.unit == b.unit == "year":
        same.append(a.shift == b.shift)
    told = a.candidates and b.candidates and not (a.months or b.months)
    if told and a.days and b.days and a.unit == b.unit == "month":
        # The 14th of last month and the 14th of this month.
        same.append(any(_overlap(x, y) for x in a.candidates for y in b.candidates))
    for name in ("years", "months", "days", "weekdays"):
        one, two = getattr(a, name), getattr(b, name)
        if one and two:
            same.append(_meet(one, two))
    if a.precision is b.precision is Precision.FISCAL_YEAR and a.years and b.years:
        same.append(a.years == b.years)
    counted = a.precision in (Precision.CENTURY, Precision.QUARTER) and a.amount and b.amount
    if counted and a.precision is b.precision and a.unit == b.unit:
        same.append(a.amount == b.amount)
    if same and all(same):
        return True
    if a.amount is not None and b.amount is not None and a.unit == b.unit:
        if a.shift == b.shift:
            return a.amount == b.amount
        if a.shift * b.shift < 0:
            return False  # "last week", "next week"
    if a.candidates and b.candidates:
        if any(_overlap(x, y) for x in a.candidates for y in b.candidates):
            return not same or all(same) or not _same_fields(a, b)
        return False
    return False if same else None


def _same_fields(a: DateMention, b: DateMention) -> bool:
    """Whether both name exactly the same fields, so that a difference in one decides."""
    fields = ("years", "months", "days", "weekdays")
    return all(bool(getattr(a, name)) == bool(getattr(b, name)) for name in fields)


def _meet(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    if set(one) & set(two):
        return True
    return any(len(x) == 2 and x[0] <= y[0] and y[-1] <= x[-1] for x, y in ((one, two), (two, one)))


def _overlap(x: Interval, y: Interval) -> bool:
    return x.start <= y.end and y.start <= x.end


def weekday_conflict(mention: DateMention) -> dt.date | None:
    """The day a mention names where the weekday beside it is another; None where all is well.

    >>> base = dt.date(2021, 11, 12)
    >>> weekday_conflict(find_dates("Monday, Dec. 7", base)[0])
    datetime.date(2021, 12, 7)
    >>> weekday_conflict(find_dates("December 6 (Mon.)", base)[0])
    """
    if not (mention.weekdays and mention.days) or len(mention.days) > 1:
        return None
    days = [i.start for i in mention.candidates]
    if not days and mention.years and mention.months:
        days = [i.start for i in _exact(mention.years[0], mention.months[0], mention.days)]
    if not days:
        return None
    # Without its year a date is the nearest one; only a bare day of the month may be any near it.
    near = days if not mention.months else days[:1]
    return None if any(day.weekday() in mention.weekdays for day in near) else near[0]


def infer_dates(a: Article, b: Article) -> tuple[dt.date | None, dt.date | None]:
    """The days of the two articles; one that has none takes the other's.

    Both go back to one source, so they appeared within days of each other; the candidates of a
    mention leave room for that.
    """
    return a.date or b.date, b.date or a.date
