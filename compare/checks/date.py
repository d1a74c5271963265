"""Days, months, years, hours and lengths of time that differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.checks.figures import change_beside
from compare.checks.matching import (
    Item,
    Match,
    Told,
    apart,
    both_sides,
    drop_moved,
    raw_numbers,
    same_digits,
)
from compare.checks.timing import (
    before_christ,
    day_before_or_after,
    days_against_tense,
    early_or_late,
    first_or_again,
    frequencies,
    lengths_against_ends,
    orders,
    over_or_to_come,
    parts_of_day,
    relations,
    runs,
    sooner_or_later,
    turned_spans,
    turns,
    weekday_or_rank,
    years_since,
)
from compare.dates import (
    UNIT_DAYS,
    DateMention,
    Precision,
    agree,
    eras,
    weekday_conflict,
)
from compare.letters import lower
from compare.polarity import RARELY
from compare.records import SIDES, Group, LikelySide, Sentence, Severity, Side, Span
from compare.slots import best_pairs, likeness

_DAYS = frozenset({Precision.DAY, Precision.WEEKDAY})
_YEARS = frozenset({Precision.YEAR, Precision.FISCAL_YEAR})
_LENGTHS = frozenset({Precision.DURATION, Precision.OFFSET})
_LONG_UNITS = frozenset({"year", "decade", "century"})
_ONSET = ("begin", "began", "begun", "start", "since", "from", "launch", "open")
_THRESHOLD = 0.34
"""Least evidence that two mentions fill one slot; set on pairs of human translations."""


_Item = Item[DateMention]
_Match = Match[DateMention]


def find(ctx: Context) -> Iterator[Draft]:
    """The findings of this check."""
    matches = [_match(ctx, group) for group in ctx.groups]
    drop_moved(matches, _telling)
    told = Told()
    for match in matches:
        if match.group.linked:
            yield from told.all(lengths_against_ends(match))
            told.leave(match)
            yield from told.all(_conflicts(match))
            yield from told.all(_limits(match))
            yield from told.all(_first_or_ago(match))
            yield from told.new(relations(match))
            yield from told.new(orders(match.group))
            yield from told.new(turned_spans(match.group))
            yield from told.new(day_before_or_after(match.group))
            yield from told.new(frequencies(match.group))
            yield from told.new(turns(match.group))
            yield from told.new(first_or_again(match.group))
            yield from told.new(parts_of_day(match))
            yield from told.new(early_or_late(match))
            yield from told.new(sooner_or_later(match))
            yield from told.new(days_against_tense(ctx, match.group))
            yield from told.new(before_christ(match.group))
            yield from told.new(years_since(ctx, match.group))
            yield from told.new(runs(match.group))
            yield from told.new(over_or_to_come(ctx, match))
            yield from told.all(weekday_or_rank(ctx, match))
            yield from told.all(_vague_against_definite(ctx, match))
            yield from told.new(_republic_years(match))
            yield from told.new(_reign_as_century(ctx, match))
    for match in _with_neighbours(matches):
        yield from told.new(_limits(match, said_outright=True))
    for match in _anchored(matches):
        yield from told.new(_conflicts(match))
        yield from told.new(_limits(match))
        yield from told.new(_vague_against_definite(ctx, match))
    for match, share in _apart(ctx, matches):
        yield from told.new(_conflicts(match, least=_APART, more=share))
    for match in matches:
        for mine, others in ((match.all_a, match.all_b), (match.all_b, match.all_a)):
            for item in mine:
                if item.mention.span not in told and not _as_the_other(item, others):
                    yield from _inner(item)


_APART = 0.75
"""Least evidence in sentences that the alignment leaves apart."""


def _apart(ctx: Context, matches: Sequence[_Match]) -> Iterator[tuple[_Match, float]]:
    """Two sentences without a counterpart that are probably one, with their share of words."""
    rest: dict[Side, dict[int, list[_Item]]] = {"a": {}, "b": {}}
    for match in matches:
        if not match.group.linked:
            for item in (*match.a, *match.b):
                rest[item.side].setdefault(item.sentence.index, []).append(item)
    for group, share in apart(ctx):
        left = rest["a"].get(group.a[0].index, [])
        right = rest["b"].get(group.b[0].index, [])
        if left and right:
            yield Match(group, left, right, list(left), list(right)), share


def _match(ctx: Context, group: Group) -> _Match:
    """What has no counterpart on the other side of the group."""
    a, b = both_sides(ctx, group, lambda text: text.dates)
    match = Match(group, a, b, list(a), list(b))
    if not group.linked:
        return match
    match.a = [x for x in a if not any(_answers(x, y, a) for y in b)]
    match.b = [y for y in b if not any(_answers(y, x, b) for x in a)]
    match.a = _without_raw(match.a, group.b, b)
    match.b = _without_raw(match.b, group.a, a)
    return match


_NEARLY = re.compile(
    r"\b(?:about|around|some|roughly|approximately|almost|nearly|close\sto|just\s(?:over|under)"
    r"|(?:a\slittle|slightly)\s(?:over|under|more\sthan|less\sthan)|circa|more\sthan|over)\s$",
    re.IGNORECASE,
)


def _about(x: _Item, y: _Item) -> bool:
    """Almost nine hours, 8 hours and 50 minutes: one is the other rounded."""
    one, two = _length(x), _length(y)
    if one is None or two is None or x.mention.precision is not y.mention.precision:
        return False
    for item, own, other in ((x, one, two), (y, two, one)):
        if re.match(r"an?\s", item.words):  # "more than a week" for nine days
            bound = _BOUND.search(item.before(24))
            least = bound and bound.lastgroup == "least"
            if bound and (own <= other < 2 * own if least else own < 2 * other <= 2 * own):
                return True
        elif (
            own < other < own * _WELL_OVER
            and x.mention.unit != y.mention.unit
            and (bound := _BOUND.search(item.before(24)))
            and bound.lastgroup == "least"
        ):
            return True  # "more than two weeks" for 17 nights
    for item, own, other in ((x, one, two), (y, two, one)):
        bound = _BOUND.search(item.before(24))
        if bound and bound.lastgroup == "most" and own * Fraction(4, 5) <= other < own:
            return True  # "in less than ten minutes" for eight
    if x.mention.unit != y.mention.unit and abs(one - two) <= max(one, two) / 12:
        return True  # six weeks, a month and a half
    if not any(_NEARLY.search(i.before(24)) for i in (x, y)):
        return False
    rough = any("half" in i.words for i in (x, y))  # "more than half a year" for seven months
    return abs(one - two) <= max(one, two) * Fraction(15 if rough else 6, 100)


_WELL_OVER = Fraction(5, 4)


def _answers(x: _Item, y: _Item, beside: Sequence[_Item]) -> bool:
    """Whether ``y`` says what ``x`` says.

    A single length answers a range that holds it only if it is not the counterpart of another
    mention beside ``x``.
    """
    agreed = agree(x.mention, y.mention)
    if not agreed:
        if any(meets(*pair) for meets in _ONE_TIME for pair in ((x, y), (y, x))):
            return True
        # "3:43 local time" and "9:43 Moscow time" may be one: it is no rival of another hour
        zones = x.mention.zone and y.mention.zone
        if agreed is None and zones and x.mention.minutes and y.mention.minutes:
            return True
        return _about(x, y)
    if bool(x.mention.low) == bool(y.mention.low):
        return True
    return not any(
        bool(z.mention.low) == bool(y.mention.low) and agree(z.mention, y.mention)
        for z in beside
        if z is not x
    )


_TO_THE_END = re.compile(
    r"\b(?:(?:by|until|till|through|up\sto|not\slater\sthan)\s(?:(?:the\s(?:end|night)\sof|late(?:\son)?)\s)?"
    r"|before\sthe\send\sof\s)(?:the\s)?$",
    re.IGNORECASE,
)
_BEFORE_THE_NEXT = re.compile(r"\b(?:before|ahead\sof|prior\sto)\s(?:the\s)?$", re.IGNORECASE)
_LASTS_TO = re.compile(
    r"\b(?:ends?|ended|ending|expires?|expired|runs?|lasts?|lasted)\s(?:on|until|till|through)\s(?:the\s)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through)\s(?:the\s(?:end|night)\sof\s)?$", re.IGNORECASE)
_FROM_THE_NEXT = re.compile(
    r"\b(?:as\s(?:of|from)|from|since|starting(?:\son)?|beginning(?:\son)?)\s(?:the\s)?$",
    re.IGNORECASE,
)
_SHORTLY = re.compile(
    r"\b(?:(?:shortly|just|soon|a\slittle|minutes)\s(?:after|past|before)|(?<!half\s)past)\s$",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\b(?:around|about|towards?|approximately|roughly)\s$", re.IGNORECASE)
_SHORT, _ABOUT_THEN = 15, 5
"""Minutes."""


def _day_ends(x: _Item, y: _Item) -> bool:
    """Whether one is the last day and the other the next one: by Monday, before Tuesday."""
    by = _TO_THE_END.search(x.before(24)) and _BEFORE_THE_NEXT.search(y.before(14))
    lasts = _LASTS_TO.search(x.before(20)) or _UNTIL.search(x.before(24))
    till = lasts and _FROM_THE_NEXT.search(y.before(16))
    return bool(by or till) and _next_day(x.mention, y.mention)


def _next_day(one: DateMention, two: DateMention) -> bool:
    if not one.days and not two.days and len(one.months) == len(two.months) == 1:
        # "until the end of February", "before March"
        follows = two.months[0] == one.months[0] % 12 + 1
        return follows and one.part in ("", "end") and not two.part
    if not one.days and two.days == (1,) and len(one.months) == len(two.months) == 1:
        # "until the end of June", "from July 1"
        return two.months[0] == one.months[0] % 12 + 1 and one.part in ("", "end")
    if one.weekdays and two.weekdays:
        return two.weekdays == ((one.weekdays[-1] + 1) % 7,)
    if not one.days or not two.days or one.years != two.years:
        return False
    if one.months == two.months:
        return two.days == (one.days[-1] + 1,)
    return (
        one.days[-1] in (28, 29, 30, 31)
        and two.days == (1,)
        and two.months == tuple(month % 12 + 1 for month in one.months)
    )


def _over_night(x: _Item, y: _Item) -> bool:
    """Whether one is the evening and the other the morning behind it."""
    late, early = x.after(10).lower(), y.after(10).lower()
    return (
        late.startswith((" night", " evening"))
        and early.startswith(" morning")
        and _next_day(x.mention, y.mention)
    )


def _shortly_after(x: _Item, y: _Item) -> bool:
    """Whether an hour told roughly can be one that is told to the minute."""
    before = x.before(18)
    if before.endswith("before "):  # "before half past five" for 5:20
        return any(0 < m - n <= _SHORT for m in x.mention.minutes for n in y.mention.minutes)
    slack = _SHORT if _SHORTLY.search(before) else _ABOUT_THEN if _AROUND.search(before) else 0
    return bool(slack) and any(
        abs(m - n) <= slack for m in x.mention.minutes for n in y.mention.minutes
    )


_ONE_TIME = (_day_ends, _over_night, _shortly_after)


def _without_raw(
    items: list[_Item], other: Sequence[Sentence], theirs: Sequence[_Item]
) -> list[_Item]:
    """Drop what the other side says in numbers of another sort ("the 5" of "page 5")."""
    taken = [t.mention.span for t in theirs]
    bag = raw_numbers(other, taken)
    # June 7 is not said by "7 votes"
    uncounted = raw_numbers(other, taken, counted=False)
    return [
        i
        for i in items
        if not _numbers(i.mention)
        or not _numbers(i.mention) <= (uncounted if i.mention.days else bag)
    ]


def _numbers(m: DateMention) -> set[Fraction]:
    numbers = {Fraction(v) for v in (*m.years[:1], *m.days)}
    if m.amount and m.precision in _LENGTHS:
        numbers.add(m.amount)
    return numbers


def _anchored(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Passages that the alignment leaves apart but two days in both hold together.

    A sentence without a counterpart goes with the one before or after it.
    """
    alone = {
        "a": {s.index: m for m in matches if not m.group.b for s in m.group.a},
        "b": {s.index: m for m in matches if not m.group.a for s in m.group.b},
    }
    for i, one in alone["a"].items():
        for k, two in alone["b"].items():
            days = [
                (x, y)
                for x in one.all_a
                for y in two.all_b
                if x.mention.days and y.mention.days and agree(x.mention, y.mention)
            ]
            if len({x.mention.span for x, _ in days}) < 2:
                continue
            beside_a = [alone["a"][n] for n in (i - 1, i, i + 1) if n in alone["a"]]
            beside_b = [alone["b"][n] for n in (k - 1, k, k + 1) if n in alone["b"]]
            yield Match(
                Group(one.group.a, two.group.b),
                [x for m in beside_a for x in m.all_a],
                [y for m in beside_b for y in m.all_b],
                [x for x in one.a if x not in [pair[0] for pair in days]],
                [y for y in two.b if y not in [pair[1] for pair in days]],
            )


def _with_neighbours(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Linked groups with the sentences beside them, wherever those are linked.

    Good for what two equal days with opposite limits prove, and for nothing else.
    """
    items: dict[Side, dict[int, list[_Item]]] = {"a": {}, "b": {}}
    for match in matches:
        for item in (*match.all_a, *match.all_b):
            items[item.side].setdefault(item.sentence.index, []).append(item)
    for match in matches:
        if match.group.linked:
            wide: dict[Side, list[_Item]] = {"a": [], "b": []}
            for side in SIDES:
                own = {s.index for s in match.group.side(side)}
                for n in sorted(own | {n + step for n in own for step in (-1, 1)}):
                    wide[side] += items[side].get(n, [])
            yield Match(match.group, wide["a"], wide["b"], [], [])


def _telling(x: _Item, y: _Item) -> bool:
    """Whether two mentions agree on more than a length or a weekday that may recur."""
    if not agree(x.mention, y.mention):
        return False
    if _class(x.mention) != _class(y.mention):
        return False
    exact = x.mention.precision in (Precision.DAY, Precision.YEAR, Precision.MONTH, Precision.CLOCK)
    return exact or likeness(x.slot, y.slot) >= 0.4


def _class(m: DateMention) -> str:
    if m.precision in _DAYS:
        return "day"
    if m.precision in _YEARS:
        return "year"
    return m.precision.value


_UNUSUAL = 13
"""A number that two lengths have in common by no chance."""


def _comparable(a: DateMention, b: DateMention) -> bool:
    """Whether two mentions that do not agree can be rival statements of one fact."""
    if a.vague or b.vague or agree(a, b) is not False:
        return False
    one, two = _class(a), _class(b)
    if one == two == "duration":
        if a.ordinal != b.ordinal or not a.amount or not b.amount:
            return False
        ratio = (a.amount * UNIT_DAYS[a.unit]) / (b.amount * UNIT_DAYS[b.unit])
        same = a.amount == b.amount >= _UNUSUAL  # 98 hours, 98 minutes
        return a.unit == b.unit or same or Fraction(1, 40) < ratio < 40
    if one == two:
        return True
    if {one, two} == {"duration", "offset"}:
        # "the first day" and "the same day" are no lengths
        return a.unit == b.unit and not (a.ordinal or b.ordinal) and bool(a.amount and b.amount)
    if {one, two} == {"month", "day"}:
        return bool(a.months and b.months) and not set(a.months) & set(b.months)
    if {one, two} <= {"year", "decade", "century"}:
        return bool(a.years and b.years) and not set(a.years) & set(b.years)
    if {one, two} <= {"year", "month", "day", "season", "quarter"}:
        return bool(a.years and b.years) and not set(a.years) & set(b.years)
    return False


def _conflicts(match: _Match, *, least: float = _THRESHOLD, more: float = 0.0) -> Iterator[Draft]:
    """Times that differ, with ``least`` evidence; ``more`` is what their sentences give."""

    def score(x: _Item, y: _Item) -> float | None:
        if not _comparable(x.mention, y.mention) or _makes_a_sum(x, y, match):
            return None
        if _is_stretch(x) is not _is_stretch(y) or _is_margin(x) is not _is_margin(y):
            return None
        value = likeness(x.slot, y.slot) - 0.2 * abs(x.slot.position - y.slot.position)
        rivals = sum(_comparable(x.mention, t.mention) for t in match.b) + sum(
            _comparable(t.mention, y.mention) for t in match.a
        )
        if _class(x.mention) == _class(y.mention):
            value += 0.1
        if x.mention.precision is Precision.CLOCK and rivals == 2:
            value += 0.2  # two hours in one statement are rare
        if _shares_a_field(x.mention, y.mention) or _turned_digits(x.mention, y.mention):
            value += 0.25
        if "" != _edge(x) == _edge(y):
            value += 0.1
        if _weekday_alone(x, match.all_a) and _weekday_alone(y, match.all_b):
            value += 0.2
        return value + more + (0.25 if rivals == 2 else 0)

    for x, y, value in best_pairs(match.a, match.b, score):
        if value >= least:
            yield _conflict(x, y, value)


def _edge(item: _Item) -> str:
    """The preposition that makes a limit of a time: until, since, by, before, after."""
    match = _EDGE.search(item.before(24))
    return match.lastgroup or "" if match and not match["part"] else ""


def _weekday_alone(item: _Item, beside: Sequence[_Item]) -> bool:
    """Whether it is a weekday, and all that its side of the group says about time."""
    return item.mention.precision is Precision.WEEKDAY and len(beside) == 1


def _is_stretch(item: _Item) -> bool:
    """Whether it tells a part of a time and no length: “the first three months of”."""
    return bool(_PART_OF.search(item.before(10))) and item.after(4).startswith(" of ")


def _is_margin(item: _Item) -> bool:
    """Whether it tells by how much something differs: “nine months below what was asked”."""
    return item.mention.amount is not None and bool(_MORE_OR_LESS.match(item.after(16)))


_MORE_OR_LESS = re.compile(
    r"\s(?:below|above|(?:under|over)(?=\s(?:what|that|the|its|this)\b)|less|more|shorter|longer|earlier|later"
    r"|younger|older)\b(?!\sor\b)"
)
_PART_OF = re.compile(r"\b(?:first|opening|final)\s$")


def _turned_digits(a: DateMention, b: DateMention) -> bool:
    """Whether two years are of the same digits, 1989 for 1998; or 6/7 is read as June and July."""
    if a.days and b.days and a.days != b.days and (a.months, a.days) == (b.days, b.months):
        return True
    return any(same_digits(str(x), str(y)) for x in a.years for y in b.years)


def _makes_a_sum(x: _Item, y: _Item, match: _Match) -> bool:
    """Whether two lengths make a third: a year and a half on top of two are three and a half."""
    if x.mention.days and y.mention.days:
        return _reckoned(x, y, match)
    one, two = _length(x), _length(y)
    if one is None or two is None:
        return False
    lengths = {_length(i) for i in (*match.all_a, *match.all_b) if i is not x and i is not y}
    return one + two in lengths or (abs(one - two) in lengths and one != 2 * two and two != 2 * one)


def _reckoned(x: _Item, y: _Item, match: _Match) -> bool:
    """Whether a length leads from one day to the other: two days after the 12th is the 14th."""
    if set(x.mention.months) != set(y.mention.months) and x.mention.months and y.mention.months:
        return False
    lengths = [_length(i) for i in (*match.all_a, *match.all_b)]
    return any(abs(v - w) in lengths for v in x.mention.days for w in y.mention.days)


def _length(item: _Item) -> Fraction | None:
    m = item.mention
    return m.amount * UNIT_DAYS[m.unit] if m.precision in _LENGTHS and m.amount else None


def _shares_a_field(a: DateMention, b: DateMention) -> bool:
    """A day of one month, one day of two months, a month of one year: only the rest differs."""
    fields = ("years", "months", "days", "weekdays")
    return any(set(getattr(a, field)) & set(getattr(b, field)) for field in fields)


def _conflict(x: _Item, y: _Item, value: float) -> Draft:
    a, b = x.mention, y.mention
    wrong_a, wrong_b = weekday_conflict(a), weekday_conflict(b)
    side: LikelySide = "unknown"
    evidence = ""
    if (wrong_a is None) != (wrong_b is None):
        side = "a" if wrong_a is not None else "b"
        wrong, item = (wrong_a, x) if wrong_a is not None else (wrong_b, y)
        assert wrong is not None
        evidence = f" {_day(wrong)} was a {wrong:%A}, so “{item.words}” contradicts itself."
    kind = {
        "clock": "The hour differs",
        "duration": "The length of time differs",
        "offset": "The distance in time differs",
        "year": "The year differs",
        "month": "The month differs",
        "day": "The day differs",
    }.get(_class(a), "The time differs")
    severity: Severity = "major"
    return _draft(
        x, y, severity, min(0.95, 0.55 + value / 3),
        f"{kind}: “{x.words}”{_meaning(a)} against “{y.words}”{_meaning(b)}: "
        f"one of the texts misleads about the time.{evidence}", side,
    )  # fmt: skip


def _meaning(m: DateMention) -> str:
    """What a mention stands for, where its words do not say so themselves."""
    if m.era and m.years:
        return f" ({m.years[0]})"
    if m.candidates and not (m.years or m.months) and len(m.candidates) == 1:
        start, end = m.candidates[0]
        if start == end:
            return f" ({_day(start)})"
    return ""


def _day(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _draft(
    x: _Item, y: _Item, severity: Severity, confidence: float, message: str,
    side: LikelySide = "unknown",
) -> Draft:  # fmt: skip
    return Draft(
        a=x.mention.span,
        b=y.mention.span,
        message=message,
        severity=severity,
        confidence=round(confidence, 2),
        likely_side=side,
        anchor=f"{x.words.lower()} | {y.words.lower()}",
    )


_LIMITS = re.compile(
    r"(?P<from>\bat\sthe\s(?:very\s)?earliest|\b(?:no|not)\s(?:earlier|sooner)\sthan|\bnot\sbefore)"
    r"|(?P<to>\bat\sthe\s(?:very\s)?latest|\b(?:no|not)\slater\sthan)",
    re.I,
)
_EDGE = re.compile(
    r"(?<!\bnot\s)(?<!\bday\s)\b(?:"
    r"(?P<coming>(?:forecast|predicted|expected|due|planned|scheduled)\s(?:\w+\s){0,2}?"
    r"(?:from|starting|beginning))|(?P<after>after)|(?P<before>before|prior\sto)|(?P<within>within)"
    r"|(?P<since>from|since|starting(?:\son)?|beginning(?:\son)?)|(?P<asof>as\s(?:of|from))"
    r"|(?P<until>until|till|through|up\sto)|(?P<by>by))"
    r"(?P<part>\s(?:the\s)?(?:early|late|mid|\w+\sof))?\s(?:the\s)?$",
    re.I,
)


_NOT_YET = re.compile(
    r"(?:\bnot|n['’]t|\bunlikely|\bnever)\s(?:expected\s|likely\s|due\s|set\s|going\s)?"
    r"(?:to\s)?(?:be\s)?\w+\s(?:\w+\s){0,4}$",
    re.IGNORECASE,
)
"""Before "before": the deed comes later."""
_DENIES = re.compile(
    r"\b(?:no|not|never|nothing|nobody|against|refus\w*|forb\w+|avoid\w*|unless|if|whether|until|wait\w*|should)\b|n['’]t\b",
    re.I,
)
_OF_A_YEAR = re.compile(r"\s[a-z]{4,}(?<!ing)(?<!ed)\b")
_BOUND = re.compile(
    r"(?P<least>\bat\s(?:the\s)?(?:very\s)?least|\b(?:no|not)\s(?:less|fewer|shorter)\sthan"
    r"|\b(?:more|longer)\sthan|(?<!\ball\s)\bover|\bupwards?\sof|\ba\s(?:minimum\sof|good))\s$"
    r"|(?P<most>\bup\sto|\bat\s(?:the\s)?(?:very\s)?most|\b(?:no|not(?:\smuch)?)\s(?:more|longer)\sthan"
    r"|\b(?:less|fewer|shorter)\sthan|\b(?:under|nearly|almost|not\squite|close\sto)"
    r"|\ba\smaximum\sof)\s$",
    re.IGNORECASE,
)
"""Right before a length: it is so long or longer, or so long at most."""
_DENIED = re.compile(
    rf"\b(?:{'|'.join(sorted(RARELY))}|not|no|nobody|none|never|n['’]t|cannot|unable|insufficient)\b[^,;.]{{0,40}}$",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(
    r"\s(?:(?P<least>(?:or|and)\s(?:more|longer|over|above)|at\s(?:the\s)?(?:very\s)?least)"
    r"|(?P<most>(?:or|and)\s(?:less|fewer|under|shorter)|at\s(?:the\s)?(?:very\s)?most))\b",
    re.IGNORECASE,
)
_EDGES = ("coming", "after", "before", "within", "since", "asof", "until", "by")
_OPPOSITE = {
    frozenset(("before", "after")): "Before in one text, after in the other",
    frozenset(("not before", "before")): "Not before a time in one text, before it in the other",
    frozenset(("since", "until")): "The beginning in one text, the end in the other",
    frozenset(("asof", "until")): "The beginning in one text, the end in the other",
    frozenset(("since", "coming")): "Still to come in one text, under way in the other",
    frozenset(("since", "by")): "The beginning in one text, the end in the other",
    frozenset(("after", "by")): "The earliest time in one text, the latest in the other",
    frozenset(("within", "after")): "Within a time in one text, after it in the other",
}


_FROM_THEN = re.compile(r"\b(?:will|would|may|might|can|could)\b", re.IGNORECASE)
_FROM_THEN_ON = re.compile(
    r"\b(?:(?:since|from)\sthen|thereafter|afterwards?|after\sthat|ever\ssince)\b", re.IGNORECASE
)
_AHEAD = re.compile(r"\b(?:will|can|may|must|shall|ha(?:s|ve|d)\suntil)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Limit:
    """The words beside a mention that make it a limit, and the whole expression."""

    span: Span
    limit: str
    """``from``, ``to`` or empty."""
    edge: str
    """``before``, ``after``, ``within``, ``since``, ``asof``, ``until``, ``by`` or empty."""
    bound: str
    """``least``, ``most`` or empty."""
    words: str


def _limit(item: _Item) -> _Limit:
    text, offset = item.sentence.text, item.sentence.start
    start, end = item.mention.span.start - offset, item.mention.span.end - offset
    head, tail = text[max(0, start - 40) : start], text[end : end + 30]
    edge = _EDGE.search(head)
    if edge and edge["by"] and item.mention.precision in _YEARS and _OF_A_YEAR.match(text, end):
        edge = None  # "by the 2017 blaze"
    ahead = next((m for m in _LIMITS.finditer(head) if len(head) - m.end() < 5), None)
    behind = _LIMITS.match(tail.lstrip(" ,"))
    limit = behind or ahead
    if behind is not None:
        end += len(tail) - len(tail.lstrip(" ,")) + behind.end()
    first = edge or (ahead if behind is None else None)
    if first is not None:
        start -= len(head) - first.start()
    kind = (limit.lastgroup or "") if limit else ""
    side = next((k for k in _EDGES if edge and edge[k]), "")
    not_yet = _NOT_YET.search(text[:start]) if side == "before" else None
    if not_yet is not None:
        side, start = "not before", not_yet.start()  # "is not expected to rule before May"
    bound = _BOUND.search(head)
    if bound is not None and _DENIED.search(text[: start - len(head) + bound.start()]):
        bound = None  # "not sufficient for more than four hours"
    if bound is not None and first is None:
        start -= len(head) - bound.start()
    if bound is None and (bound := _BOUND_BEHIND.match(tail)):
        end += bound.end()
    return _Limit(
        Span(start + offset, end + offset),
        kind,
        side,
        (bound.lastgroup or "") if bound else "",
        text[start:end],
    )


def _limits(match: _Match, *, said_outright: bool = False) -> Iterator[Draft]:
    """The same time, but at the earliest here and at the latest there; early May, late May.

    ``said_outright`` takes only "at the earliest" and its like.
    """
    told: set[Span] = set()
    for x in match.all_a:
        for y in match.all_b:
            lengths = x.mention.amount is not None and y.mention.amount is not None
            if not lengths and not (x.mention.is_calendar and y.mention.is_calendar):
                continue
            if not agree(x.mention, y.mention) or {x.mention.span, y.mention.span} & told:
                continue
            one, two = _limit(x), _limit(y)
            said = _reversed(x.mention, y.mention, one, two)
            edges = (one.edge, two.edge)
            plain = y if edges[0] == "not before" else x
            if "not before" in edges and _DENIES.search(plain.sentence.text):
                continue
            if set(edges) == {"since", "coming"} and _FROM_THEN.search(
                (x if edges[0] == "since" else y).sentence.text
            ):
                continue  # "from June on there would be hurricanes"
            if set(edges) == {"since", "until"} and any(
                _FROM_THEN_ON.search(i.sentence.text) for i in (x, y)
            ):
                continue  # "worked there until June, and from then he is unemployed"
            if "asof" in edges and not any(_AHEAD.search(i.sentence.text) for i in (x, y)):
                continue  # "as of Tuesday, until Tuesday 40 had died"
            if not said and lengths and {change_beside(x), change_beside(y)} == {"by", "to"}:
                said = "How much longer or shorter in one text is how long in the other"
            if said and (one.limit or not said_outright):
                told |= {x.mention.span, y.mention.span}
                yield Draft(
                    one.span, two.span, f"{said}: “{one.words}” against “{two.words}”.", "major",
                    0.8, anchor=f"{one.words.lower()} | {two.words.lower()}",
                )  # fmt: skip


def _reversed(a: DateMention, b: DateMention, one: _Limit, two: _Limit) -> str:
    """What is wrong between two limits on one time, empty where nothing is."""
    if {one.limit, two.limit} == {"from", "to"}:
        return "A limit in time is reversed"
    lengths = a.precision is Precision.DURATION is b.precision
    distances = {a.precision, b.precision} <= _LENGTHS  # "at least three days before"
    if distances and {one.bound, two.bound} == {"least", "most"}:
        return "A limit in time is reversed"
    if _class(a) != _class(b):
        return ""
    if lengths and "by" in (one.edge, two.edge):
        return ""  # "exhausted by twelve days of it"
    opposite = _OPPOSITE.get(frozenset((one.edge, two.edge)))
    if opposite:
        return opposite
    if a.part and b.part and a.part != b.part:
        return "Another part of the same time"
    whole = (Precision.MONTH, Precision.YEAR)
    for m, n, limit in ((a, b, one), (b, a, two)):
        if limit.edge == "before" and not m.part and n.part == "end" and m.precision in whole:
            return "Before the end of a time is not before the time"
    return ""


_FIRST_IN = re.compile(r"\bfirst\b.{0,60}\b(?:in|for)\s(?:the\s)?(?:more\sthan\s|over\s)?$", re.S)


def _first_or_ago(match: _Match) -> Iterator[Draft]:
    """“the first in four months” against “the first … four months ago”."""
    for mine, theirs in ((match.all_a, match.all_b), (match.all_b, match.all_a)):
        for item in mine:
            m = item.mention
            start = m.span.start - item.sentence.start
            if m.precision is not Precision.DURATION or not _FIRST_IN.search(
                item.sentence.text[max(0, start - 90) : start]
            ):
                continue
            for other in theirs:
                o = other.mention
                if o.amount == m.amount and o.unit == m.unit and other.words.endswith(" ago"):
                    x, y = (item, other) if item.side == "a" else (other, item)
                    yield _draft(
                        x, y, "major", 0.8,
                        f"A first in “{item.words}” has become something of “{other.words}”, or "
                        "the other way round.",
                    )  # fmt: skip


_REPUBLIC = 1911
"""Taiwan counts the years from the one after this."""
_BARE_YEAR = re.compile(
    r"\b(?:in|from|since|until|to|and|between|of)\s(?P<year>[89]\d|1[0-4]\d)"
    r"(?=\s(?:to|and|until)\b|[.,;)]|$)"
)


def _republic_years(match: _Match) -> Iterator[Draft]:
    """Years of the Republic that nobody converted: “from 103 to 106” for 2014 to 2017."""
    for side in SIDES:
        theirs = match.all_b if side == "a" else match.all_a
        for sentence in match.group.side(side):
            for m in _BARE_YEAR.finditer(sentence.text):
                year = int(m["year"]) + _REPUBLIC
                twin = next((x for x in theirs if year in x.mention.years), None)
                if twin is None:
                    continue
                place = Span(sentence.start + m.start(), sentence.start + m.end())
                yield Draft(
                    *ordered(side, place, twin.mention.span),
                    message=(
                        f"“{m['year']}” is the year {year} of the calendar of Taiwan, left as it "
                        "was."
                    ),
                    severity="major",
                    confidence=0.8,
                    likely_side=side,
                    anchor=f"{m['year']} {year}",
                )
                return


_REIGNS = (("Showa", 64, 1900), ("Heisei", 31, 2000), ("Reiwa", 31, 2000))
"""Eras of Japan with their last year, and the century for which their years are taken."""


def _reign_as_century(ctx: Context, match: _Match) -> Iterator[Draft]:
    """The year 62 of Showa, 1987, told as 1962."""
    if "ja" not in ctx.languages:
        return
    alone = [
        [x for x in items if len(x.mention.years) == 1 and not x.mention.era]
        for items in (match.all_a, match.all_b)
    ]
    if any(len(items) != 1 for items in alone):
        return
    for (right,), (wrong,) in (alone, alone[::-1]):
        for name, last, century in _REIGNS:
            n = right.mention.years[0] - eras()[lower(name)][1]
            if 0 < n <= last and wrong.mention.years[0] == century + n:
                x, y = alone[0][0], alone[1][0]
                yield _draft(
                    x, y, "major", 0.8,
                    f"“{wrong.words}” is what the year {n} of {name} becomes if it is taken for a "
                    f"year of the century; it is {right.mention.years[0]}.", wrong.side,
                )  # fmt: skip
                return


def _vague_against_definite(ctx: Context, match: _Match) -> Iterator[Draft]:
    """“In recent years” where the other text dates the same statement to the past weeks."""
    for vague_items, definite_items, vague_side in (
        (match.all_a, match.all_b, ctx.a),
        (match.all_b, match.all_a, ctx.b),
    ):
        base = ctx.b.date if vague_side is ctx.a else ctx.a.date
        for item in vague_items:
            m = item.mention
            if m.precision is not Precision.VAGUE or m.unit not in _LONG_UNITS or base is None:
                continue
            definite = _recent_start(definite_items, base)
            if definite is None:
                continue
            x, y = (item, definite) if vague_side is ctx.a else (definite, item)
            start = definite.mention.candidates[0].start
            side: LikelySide = "unknown"
            yield _draft(
                x, y, "major", 0.75,
                f"“{item.words}” speaks of years, the other text dates the same events from "
                f"{_day(start)}.", side,
            )  # fmt: skip


def _recent_start(items: Sequence[_Item], base: dt.date) -> _Item | None:
    """The first of the days of a statement that is all within the last three months.

    None where anything in it reaches back further, or where a single day is not said to be a
    beginning.
    """
    days = []
    for item in items:
        m = item.mention
        if m.precision in _LENGTHS and m.unit in _LONG_UNITS:
            return None
        if m.precision is Precision.VAGUE and m.unit in _LONG_UNITS:
            return None
        if m.is_calendar and not m.candidates:
            return None
        if m.is_calendar:
            if not any(0 <= (base - c.start).days <= 100 or c.start >= base for c in m.candidates):
                return None
            if m.precision in _DAYS:
                days.append(item)
    if not days:
        return None
    first = min(days, key=lambda item: item.mention.candidates[0].start)
    text, offset = first.sentence.text, first.mention.span.start - first.sentence.start
    begins = any(word in text[max(0, offset - 40) : offset].lower() for word in _ONSET)
    past = [d for d in days if d.mention.candidates[0].start < base]
    return first if (begins or len(past) >= 2) and first in past else None


def _as_the_other(item: _Item, others: Sequence[_Item]) -> bool:
    """Whether the other text has the same day with the same weekday: then the year is another."""
    m = item.mention
    return any(
        m.weekdays and m.days and m.weekdays == o.mention.weekdays and m.days == o.mention.days
        for o in others
    )


def _inner(item: _Item) -> Iterator[Draft]:
    """A weekday that does not fit its date."""
    m = item.mention
    wrong = weekday_conflict(m)
    if wrong is None:
        return
    span = m.span
    a, b = (span, None) if item.side == "a" else (None, span)
    yield Draft(
        a=a,
        b=b,
        message=f"“{item.words}”: {_day(wrong)} was a {wrong:%A}.",
        severity="minor",
        confidence=0.7 if m.years else 0.6,
        likely_side=item.side,
        anchor=item.words.lower(),
    )


CHECK = Check(
    id="date",
    summary="Days, months, years, hours and lengths of time that differ or contradict themselves.",
    category="accuracy/mistranslation/date-time",
    find=find,
    flags=(
        Example(
            "It was a loss for the third straight quarter.",
            "It was a loss for four quarters in a row.",
        ),
        Example(
            "Opened in 1987 and now in its 44th year of service, the refinery burned.",
            "The refinery entered service in the year 1987, that is 34 years ago, and burned.",
        ),
        Example(
            "He spent a year and a half under house arrest.",
            "He stayed half a year under house arrest.",
        ),
        Example(
            "The victory ended a quarter-century of rule by the party.",
            "The victory put an end to the 15-year power of the party.",
        ),
        Example(
            "The plant has made most of the dye since it opened in 2004.",
            "Most of the dye comes from this factory, which was put into production in 2014.",
        ),
        Example("In May he was killed.", "He was killed in June."),
        Example(
            "Tokyo replaced the system, which was installed in 1987.",
            "Tokyo renewed the equipment introduced in 1962.",
            source_language="ja",
        ),
        Example("He scored 17 goals last season.", "He scored 17 goals in the next season."),
        Example("The trains run every 20 minutes.", "The trains run for 20 minutes."),
        Example(
            "It reported a loss, its first in five years.",
            "It reported a loss for the fifth year in a row.",
        ),
        Example("The party has until Tuesday to appeal.", "The party can appeal as of Tuesday."),
        Example(
            "The river burst its banks on Sunday night.",
            "The river burst its banks on Sunday morning.",
        ),
        Example("The workers were paid weekly.", "The workers were paid monthly."),
        Example(
            "The ranchers filed their appeal on June 7.",
            "The ranchers filed their appeal on July 6.",
        ),
        Example(
            "The ban covers the six hours between 11 p.m. and 6 a.m.",
            "The ban covers the seven hours between 11 p.m. and 6 a.m.",
        ),
        Example("The ward will be shut on Dec. 1.", "The ward was shut on Dec. 1."),
        Example(
            "The campaign begins two weeks earlier than planned.",
            "The start of the campaign was pushed back by two weeks.",
        ),
        Example("The statue is of the second century B.C.", "The statue is of the 2nd century AD."),
        Example("It circles the Earth every 98 hours.", "It goes round the Earth in 98 minutes."),
        Example("They have at least 11 hours off.", "They have 11 hours or less off."),
        Example("The session begins at half past eight.", "The session begins at 9.30."),
        Example("He was out for just under six weeks.", "He was out for just over six weeks."),
        Example(
            "The board canceled the exam on Friday night.",
            "Tomorrow night the board cancelled the exam.",
        ),
        Example(
            "The results will be announced by Oct. 27.",
            "The results will be declared at a date not exceeding the 27th of November.",
        ),
        Example(
            "She opened the packet 45 minutes before the exam.",
            "She opened the packet a quarter of an hour before the exam.",
        ),
        Example(
            "The court is not expected to rule before May.",
            "The court will rule before May.",
        ),
        Example(
            "Shan was 42 when he founded the company in 1989 to make batteries for bicycles.",
            "In 1998, the 42-year-old Shan Guoliang started with bicycle batteries.",
        ),
        Example(
            "Police sealed the kitchen in the early hours of Tuesday.",
            "On Tuesday night the police sealed the kitchen.",
        ),
        Example("The boat capsized at 11:40 p.m.", "The boat capsized at ten minutes to midnight."),
        Example("Heavy rain is forecast from Tuesday.", "There has been heavy rain since Tuesday."),
        Example(
            "The term is eight months shorter than before.", "The term was reduced to 8 months."
        ),
        Example("It happened between 2014 and 2017.", "It happened from 103 to 106."),
        Example(
            "They get money toward the rent for up to two years.",
            "They get money for the rent during at least two years.",
        ),
        Example(
            "It will close its terminal for six weeks after inspectors found cracks.",
            "It will close its terminal for six months, after inspectors found cracks.",
        ),
        Example("Gatherings are banned until Friday.", "Gatherings are banned from Friday."),
        Example(
            "It will make a profit within three years.", "It will make a profit after three years."
        ),
        Example("The court must decide by Friday.", "The court must decide since Friday."),
        Example("The road is shut from March to June.", "The road is shut from June to March."),
        Example("He was held the previous evening.", "He will be held the following evening."),
        Example("The bridge opened in 1987.", "The bridge was opened in 1978."),
        Example(
            "The session convenes on Monday, Dec. 7.",
            "The session is convened on December 6 (Mon.).",
            dt.date(2021, 11, 12),
            dt.date(2021, 11, 12),
        ),
        Example(
            "The fund was created in the fall of 2008.",
            "The fund was founded in the autumn of Heisei 18.",
        ),
        Example("He was arrested on Saturday.", "He was arrested on Sunday."),
        Example(
            "She met the envoy on Monday.",
            "She met the envoy on the 19th.",
            dt.date(2021, 10, 20),
            dt.date(2021, 10, 20),
        ),
        Example("The plant closed in November.", "The plant closed in October."),
        Example("The talks lasted four weeks.", "The talks lasted three weeks."),
        Example("They were told at 7:30 a.m.", "They were told at half past eight."),
        Example(
            "The dam will be ready on Thursday at the earliest.",
            "The dam will be ready on the 16th at the latest.",
            dt.date(2020, 7, 14),
            dt.date(2020, 7, 14),
        ),
        Example(
            "A report is due before the end of September.",
            "A report is due before September.",
        ),
        Example(
            "It was the first shipment in four months.",
            "It was the first shipment that came four months ago.",
        ),
        Example(
            "The election is in November next year.",
            "The election is this November.",
            dt.date(2019, 5, 3),
            dt.date(2019, 5, 3),
        ),
        Example(
            "The two met often in a run of talks beginning in Rome on Sept. 14.",
            "In recent years the two have met more often.",
            dt.date(2021, 10, 20),
            dt.date(2021, 10, 20),
        ),
        Example("The search ended after a day and a half.", "The search ended after half a day."),
        Example(
            "He flew to Dubai two days before the searches.",
            "Before the searches he flew to Dubai for two days.",
        ),
        Example(
            "It will do so within three weeks of receiving the money.",
            "It will do so three weeks before receiving the money.",
        ),
        Example("She resigned after the vote.", "She resigned before the vote."),
        Example(
            "Sales fell 5 percent from the previous quarter.",
            "Sales fell by 5% compared with the same quarter of last year.",
        ),
        Example("The board meets every two years.", "The board meets twice a year."),
        Example("He was found on Monday morning.", "He was found on Monday evening."),
        Example("The quake struck at 3:20 a.m.", "The quake struck at 3:20 in the afternoon."),
        Example(
            "A second inspection found expired drugs.", "The Monday inspection found expired drugs."
        ),
        Example("The school was founded in the 18th century.", "The school was founded in 1873."),
        Example("The bridge opened early in 2019.", "The bridge opened late in 2019."),
        Example("The round ended on Dec. 9, 2021.", "The round ended on 18 Dey 1400."),
    ),
    passes=(
        Example(
            "The quake hit at 2:47 a.m. on Tuesday.",
            "The quake hit at 2 o'clock 47 minutes in the early morning on Tuesday.",
        ),
        Example(
            "Nobody lives more than 25 minutes from the ward.",
            "Each inhabitant lives at most 25 minutes from the ward.",
        ),
        Example(
            "It was a loss for the third straight quarter.",
            "It was a loss for three quarters in a row.",
        ),
        Example(
            "He scored 17 goals last season and hopes for more in the next season.",
            "Last season he scored 17 goals; he hopes for more.",
        ),
        Example("It was the first loss in five years.", "It had made no loss for five years."),
        Example("As of Tuesday, 40 had died.", "Until Tuesday, 40 had died."),
        Example("The river rose on Sunday night.", "The river rose late on Sunday."),
        Example("The talks will resume on April 28.", "The talks were postponed to April 28."),
        Example("He has slept there for 17 nights.", "He has slept there for more than two weeks."),
        Example(
            "The camp runs for three weeks, from May 3 to May 24.",
            "The camp runs from May 3 to May 24.",
        ),
        Example("Patients waited nine days for it.", "Patients waited more than a week for it."),
        Example(
            "The fare will not rise before March 2025.",
            "The fare stays as it is until the end of February 2025.",
        ),
        Example(
            "The board said it would cancel the exam on Saturday.",
            "The board said tomorrow it would cancel the exam.",
        ),
        Example(
            "The effect would not be felt before 2030.",
            "There will be no effect before 2030.",
        ),
        Example("Admission is free until the end of June.", "From July 1, admission has a price."),
        Example(
            "From June on one would have to reckon with hurricanes.",
            "Hurricanes are expected from June on.",
        ),
        Example("The ambulance came within eight minutes.", "It came in less than ten minutes."),
        Example(
            "They met at 6.30 p.m. in the hall.",
            "They met at half seven in the evening in the hall.",
        ),
        Example("It began at 5:20 a.m.", "It began before half past five in the morning."),
        Example("It was seen at 4:58 a.m.", "It was seen at around 5 a.m."),
        Example(
            "He has been out of work since June.",
            "He worked there until June, and from then he is unemployed.",
        ),
        Example("It must be done by Thursday night.", "It must be done before Friday."),
        Example("The trial period is six weeks.", "The trial lasts a month and a half."),
        Example("The gates opened at 2 a.m.", "The gates opened two hours after midnight."),
        Example("They left on Sunday night.", "By Monday morning they had left."),
        Example("The season ends on 30 April.", "From the first of May the season is over."),
        Example(
            "After 11 quarterly losses it made a profit in the first three months of 2023.",
            "Losses of two years and nine months ended; from January to March it had a profit.",
        ),
        Example(
            "Police sealed the kitchen in the early hours of Tuesday.",
            "On Monday night the police sealed the kitchen.",
        ),
        Example(
            "The boat capsized at 11:40 p.m.", "The boat capsized at twenty minutes to midnight."
        ),
        Example("She felt a jolt on May 15.", "She felt a jolt on the Sunday before the accident."),
        Example(
            "The session lasted almost nine hours and broke up at 8 p.m.",
            "The session took 8 hours and 50 minutes, until 4:00 am on the 16th, Korean time.",
        ),
        Example(
            "He fell ill on Aug. 14, two days after his return.",
            "He came back on August 12 and fell ill two days later.",
        ),
        Example("She worked on it for 14 months.", "She worked on it for a year and two months."),
        Example(
            "Workers had known of it for 19 days before the crash.",
            "Workers had known of it from 19 days before the crash.",
        ),
        Example("It has been open since Monday.", "It has been open from Monday on."),
        Example(
            "Exports rose 3 percent from a year earlier.",
            "Exports increased 3% against the same month of the previous year.",
        ),
        Example(
            "At 3:43 p.m. local time it rose, and it separated two hours later.",
            "It rose at 9:43 Moscow time, and it separated at 11:46.",
        ),
        Example("Come on the first day of fever.", "Go to a doctor on the same day fever appears."),
        Example(
            "The train ran into a snowdrift on Tuesday evening.",
            "The express went on at 9:50 AM on Wednesday.",
        ),
        Example("The ban holds through Friday.", "The ban holds until Friday."),
        Example(
            "He died on Tuesday.",
            "He died on the 14th.",
            dt.date(2019, 5, 14),
            dt.date(2019, 5, 15),
        ),
        Example(
            "They met in Tokyo on Sept. 14 and in Jakarta on Sept. 30.",
            "They met in Tokyo on the 14th of last month and in Jakarta on the 30th.",
            dt.date(2021, 10, 20),
            dt.date(2021, 10, 20),
        ),
        Example(
            "She took office last month.",
            "She took office in October.",
            dt.date(2021, 11, 12),
            dt.date(2021, 11, 12),
        ),
        Example("The tax rose in March 2019.", "The tax was raised in March of Heisei 31."),
        Example(
            "It should arrive before the fiscal year closes on March 31.",
            "It should arrive within fiscal 2021.",
            dt.date(2021, 11, 12),
            dt.date(2021, 11, 12),
        ),
        Example("It fell short in the year to March 2021.", "It fell short in fiscal 2020."),
        Example("The three months through September were poor.", "July-September was poor."),
        Example(
            "The hall reopened in 2017.",
            "The hall reopened five years ago.",
            dt.date(2022, 3, 6),
            dt.date(2022, 3, 7),
        ),
        Example("It is the first fall in seven months.", "It is the first decline in 7 months."),
        Example("He collapsed at 6:45 a.m.", "He collapsed at 6:45 am."),
        Example(
            "They hunt between 10 p.m. and 4 a.m.",
            "They hunt from ten at night to four in the morning.",
        ),
        Example("The talks went on for two weeks.", "The talks went on for fourteen days."),
        Example("He got three and a half years.", "He was given three years and six months."),
        Example("It may rain in May.", "Rain is possible in May."),
        Example("He scored in the eighth minute.", "He scored after eight minutes."),
        Example(
            "The vote is on Friday.",
            "The vote is today.",
            dt.date(2020, 7, 17),
            dt.date(2020, 7, 17),
        ),
        Example("The plan runs until the end of October.", "The plan runs until October 31."),
        Example(
            "They are named only after they are charged.",
            "They are not named before they are charged.",
        ),
        Example(
            "He left two days before the vote.",
            "Two days later there was the vote, which he missed.",
        ),
        Example(
            "He got five years, a year and a half more than before.",
            "He got five years, after three years and six months before.",
        ),
        Example("The board meets every two years.", "The board meets every other year."),
        Example("He was found before dawn.", "He was found early in the morning."),
        Example("Voting ends at 9 p.m. Korean time.", "Voting ends at noon GMT."),
        Example("The school was founded in the 19th century.", "The school was founded in 1873."),
        Example(
            "The mill opened in 2010.", "The mill opened in the year 1389 of the Persian calendar."
        ),
        Example(
            "The round ended on Thursday, Dec. 9, 2021.",
            "The round ended on Thursday, 18 Azar 1400.",
        ),
        Example(
            "Tourists are put in quarantine after their return for two weeks.",
            "Tourists are put in quarantine for two weeks after their return.",
        ),
    ),
)
