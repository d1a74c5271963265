"""What the words around an expression of time make of it.

Two days before the search or for two days; within three weeks of it or three weeks before it; every
two years or twice a year; in the morning or in the evening; Monday taken for the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Draft, either_way, ordered, part, said, two_ways
from compare.checks.matching import Item, Match
from compare.dates import FULL_WEEKDAY, UNIT_DAYS, DateMention, Precision, agree
from compare.letters import lower
from compare.match import match as correspondence
from compare.match import said_of
from compare.numerals import ORDINALS, find_numerals, words
from compare.persons import REPORTING
from compare.polarity import negated
from compare.quantities import Kind
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.slots import Slot, likeness, slots, stem
from compare.verbs import PERFECT, helpers, particle, past

if TYPE_CHECKING:
    from spacy.tokens import Token

_Item = Item[DateMention]
_STOP = words(
    "the a an his her its their this that these those of in on at to for by with from and or was "
    "were is are be been being had has have he she it they we which who"
)
_BEHIND = re.compile(
    r"^(?:\s(?:(?P<before>before|prior\sto|ahead\sof)|(?P<after>after|following|since)|(?P<of>of))"
    r"\s(?P<what>(?:[\w’'-]+\s?){1,6}))",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|lasting|lasted|spent|took)\s(?:about\s|some\s|only\s|just\s)?$", re.IGNORECASE
)
_EVERY = re.compile(r"\bevery\s$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin\s(?:about\s|some\s|only\s|just\s|the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Relation:
    """How a length of time is meant."""

    kind: str
    """``before``, ``after``, ``within``, ``for``, ``every`` or empty."""
    what: frozenset[str]
    """Stems of what it is before or after."""
    span: Span
    text: str


def relations(match: Match[DateMention]) -> Iterator[Draft]:
    """Equal lengths of time that stand on the other side of an event, or are no distance at all."""
    for x in match.all_a:
        for y in match.all_b:
            m, n = x.mention, y.mention
            if m.amount is None or m.amount != n.amount or m.unit != n.unit:
                continue
            if m.ordinal or n.ordinal:
                continue
            one, two = _relation(x), _relation(y)
            why = _why(one, two, x, y)
            if why:
                yield Draft(
                    a=one.span,
                    b=two.span,
                    message=f"{why}: “{one.text}” against “{two.text}”.",
                    severity="major",
                    confidence=0.75,
                    anchor=f"{one.text.lower()} | {two.text.lower()}",
                )


def _why(one: _Relation, two: _Relation, x: _Item, y: _Item) -> str:
    kinds = {one.kind, two.kind}
    if kinds == {"every", "for"}:
        return "How often in one text is how long in the other"
    if kinds in ({"before", "after"}, {"before", "within"}) and one.what & two.what:
        return "Before an event in one text, after it in the other"
    for mine, other, item in ((one, two, x), (two, one, y)):
        if mine.kind == "for" and other.kind in ("before", "after") and other.what - mine.what:
            heard = {stem(w) for w in re.findall(r"\w+", item.sentence.text.lower())}
            if other.what <= heard:
                return "A length of time in one text is a distance in time in the other"
    return ""


def _relation(item: _Item) -> _Relation:
    text, offset = item.sentence.text, item.sentence.start
    start, end = item.mention.span.start - offset, item.mention.span.end - offset
    said = re.search(r"\s(?:before|after|later|earlier|ago)$", text[start:end])
    behind = _BEHIND.match(text[end - len(said.group()) if said else end :])
    within, lasting = _WITHIN.search(text[:start]), _LASTING.search(text[:start])
    kind, what, last = "", frozenset[str](), end
    if behind is not None:
        named = "before" if behind["before"] else "after" if behind["after"] else "of"
        what = frozenset([stem(w) for w in behind["what"].lower().split() if w not in _STOP][:2])
        kind = "within" if within and named in ("of", "after") else named if named != "of" else ""
        last = (end - len(said.group()) if said else end) + behind.end()
        last = len(text[:last].rstrip())
    if lasting is not None and kind != "within":
        kind, start = "for", lasting.start()
    elif within is not None:
        start = within.start()
    elif (every := _EVERY.search(text[:start])) is not None:
        kind, start = "every", every.start()
    if not kind or kind in ("for", "every"):
        last = end
    # "had known for 19 days before the crash" is a length of time and a distance.
    return _Relation(kind, what, Span(start + offset, last + offset), text[start:last])


_ORDER = re.compile(
    r"\b(?:(?P<before>before|prior\sto|ahead\sof|on\sthe\seve\sof)|(?P<after>after|following"
    r"|in\sthe\swake\sof))\s(?P<what>(?:[\w’'-]+\s?){1,5})",
    re.IGNORECASE,
)


_TURNED = re.compile(
    r"\b(?:not|never|no|without|declin\w+|refus\w+|only|until|till|unless|nor|neither|cannot|yet"
    r"|fail\w*|avoid\w*|prevent\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


def orders(group: Group) -> Iterator[Draft]:
    """Before an event in one text, after it in the other."""
    found = {side: list(_orders(group.side(side))) for side in SIDES}
    for span_x, before_x, what_x, text_x in found["a"]:
        for span_y, before_y, what_y, text_y in found["b"]:
            if before_x is before_y or what_x != what_y:
                continue
            if _TURNED.search(" ".join(s.text for s in (*group.a, *group.b))):
                continue  # not before they are charged, only after they are
            if any(b is before_x and w & what_x for _, b, w, _ in found["b"]):
                continue
            if any(b is before_y and w & what_y for _, b, w, _ in found["a"]):
                continue
            yield Draft(
                a=span_x,
                b=span_y,
                message=f"Before in one text, after in the other: “{text_x}” against “{text_y}”.",
                severity="major",
                confidence=0.7,
                anchor=f"{text_x.lower()} | {text_y.lower()}",
            )


def _orders(sentences: Sequence[Sentence]) -> Iterator[tuple[Span, bool, frozenset[str], str]]:
    """Span, whether before, the first stem of what, words."""
    for sentence in sentences:
        for m in _ORDER.finditer(sentence.text):
            content = [w for w in lower(m["what"]).split() if w not in _STOP and w.isalpha()]
            if content:
                at = m.start("what") + lower(m["what"]).index(content[0])
                end = at + len(content[0])
                span = Span(sentence.start + m.start(), sentence.start + end)
                text = sentence.text[m.start() : end]
                yield span, bool(m["before"]), frozenset({stem(content[0])}), text


_NAMED = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|fall|winter"
)
_SPAN_OF = re.compile(
    rf"\b(?P<one>{_NAMED})\s?(?:to|until|till|through|-|–|—|and)\s?(?P<two>{_NAMED})\b"
)


def turned_spans(group: Group) -> Iterator[Draft]:
    """From March to June, from June to March."""
    for one, two in product(said(_SPAN_OF, group, "a"), said(_SPAN_OF, group, "b")):
        (_, m), (_, n) = one, two
        if "and" in m.group() + n.group() or m["one"] == m["two"]:
            continue
        if (m["one"], m["two"]) == (n["two"], n["one"]):
            what = f"Beginning and end are exchanged: “{m.group()}” against “{n.group()}”."
            yield two_ways("a", one, two, what, "major", 0.8)


_FROM = re.compile(r"^,?\s(?:from|between)\s(?:the\s)?$")
_TO = re.compile(r"^\s(?:to|until|till|through|and|–|-)\s(?:the\s)?$")
_ROUGHLY = re.compile(
    r"\b(?:about|around|some|roughly|approximately|almost|nearly|over|under|than|least|most|to"
    r"|first|last|half)\s$",
    re.IGNORECASE,
)


def lengths_against_ends(match: Match[DateMention]) -> Iterator[Draft]:
    """The six hours between 11 p.m. and 6 a.m. are seven."""
    for side in SIDES:
        mine, theirs = (match.all_a, match.all_b) if side == "a" else (match.all_b, match.all_a)
        said = {_days(i.mention): i for i in theirs}
        for length, start, end in zip(mine, mine[1:], mine[2:], strict=False):
            days = _days(length.mention)
            ends = _apart(start.mention, end.mention)
            if not (length.sentence == start.sentence == end.sentence) or not days or not ends:
                continue
            text, offset = length.sentence.text, length.sentence.start
            gaps = [
                text[one.mention.span.end - offset : two.mention.span.start - offset]
                for one, two in ((length, start), (start, end))
            ]
            if not (_FROM.match(gaps[0]) and _TO.match(gaps[1])) or days in said:
                continue
            if _ROUGHLY.search(length.before(16)) or ends[0] <= days <= ends[1]:
                continue
            other = next((i for d, i in said.items() if d and ends[0] <= d <= ends[1]), None)
            right = f", as the other text has it (“{other.words}”)" if other else ""
            whole = text[length.mention.span.start - offset : end.mention.span.end - offset]
            yield Draft(
                *ordered(side, length.mention.span, other.mention.span if other else None),
                message=f"“{whole}”: the length does not fit its two ends{right}.",
                severity="major",
                confidence=0.8 if other else 0.7,
                likely_side=side,
                anchor=whole.lower(),
            )


def _days(m: DateMention) -> Fraction | None:
    """The length of a time in days, where it is one."""
    if m.precision is not Precision.DURATION or not m.amount or m.low or m.ordinal:
        return None
    return m.amount * UNIT_DAYS[m.unit]


def _apart(start: DateMention, end: DateMention) -> tuple[Fraction, Fraction] | None:
    """Least and most days from one time to another, its last day counted or not."""
    if start.precision is not end.precision:
        return None
    if len(start.minutes) == len(end.minutes) == 1:
        apart = Fraction((end.minutes[0] - start.minutes[0]) % 1440, 1440)
        return (apart, apart) if apart else None
    year, month = Fraction(UNIT_DAYS["year"]), Fraction(UNIT_DAYS["month"])
    if len(start.days) == len(end.days) == 1 and (start.years, start.months) == (
        end.years,
        end.months,
    ):
        return Fraction(end.days[0] - start.days[0] - 1), Fraction(end.days[0] - start.days[0] + 2)
    if start.days or end.days or not (len(start.years) == len(end.years) == 1):
        return None
    years = end.years[0] - start.years[0]
    if len(start.months) == len(end.months) == 1:
        months = 12 * years + end.months[0] - start.months[0]
        return (months - 2) * month, (months + 3) * month
    if start.precision is Precision.YEAR:
        return (years - Fraction(1, 2)) * year, (years + Fraction(3, 2)) * year
    return None


_STEP = (
    r"(?:day|night|evening|morning|afternoon|week|weekend|month|year|season|quarter|summer|winter"
    r"|spring|autumn)"
)
_BESIDE = re.compile(
    rf"\b(?:(?P<past>(?:the\s)?(?:previous|preceding)\s(?P<p1>{_STEP})"
    rf"|the\s(?P<p2>{_STEP})\sbefore(?=[.,;]|$))"
    rf"|(?P<next>the\s(?:following|next)\s(?P<n1>{_STEP})"
    rf"|the\s(?P<n2>{_STEP})\safter(?=[.,;]|$)))\b",
    re.IGNORECASE,
)


def day_before_or_after(group: Group) -> Iterator[Draft]:
    """The previous evening, the following evening: of a day that both texts leave to the reader."""
    found = {side: [f for s in group.side(side) for f in _beside(s)] for side in SIDES}
    if any(len(those) != 1 for those in found.values()):
        return
    (span_a, past_a, step_a, text_a), (span_b, past_b, step_b, text_b) = (
        found["a"][0],
        found["b"][0],
    )
    if past_a is not past_b and step_a == step_b:
        yield Draft(
            a=span_a,
            b=span_b,
            message=f"The time before in one text, the time after in the other: “{text_a}” against "
            f"“{text_b}”.",
            severity="major",
            confidence=0.75,
            anchor=f"{text_a.lower()} | {text_b.lower()}",
        )


def _beside(sentence: Sentence) -> Iterator[tuple[Span, bool, str, str]]:
    """Span, whether before, unit and words."""
    for m in _BESIDE.finditer(sentence.text):
        step = m["p1"] or m["p2"] or m["n1"] or m["n2"]
        span = Span(sentence.start + m.start(), sentence.start + m.end())
        yield span, bool(m["past"]), step.lower(), m.group()


_UNITS = "minute|hour|day|night|week|month|quarter|year|decade"
_OFTEN = re.compile(
    rf"\b(?:(?P<times>once|twice|thrice|[\w-]+\stimes)\s(?:an?|per|each|every)\s(?P<unit>{_UNITS})"
    rf"|every\s(?:(?P<other>other|second)\s|(?P<count>[\w-]+)\s)?(?P<each>{_UNITS})s?)\b(?!-)",
    re.IGNORECASE,
)


_WEEKLY = re.compile(
    r"(?i)\b(?:hourly|daily|weekly|fortnightly|monthly|quarterly|annually)\b(?!\s[A-Z])"
)


_TURNS = "season|campaign|round|edition|term|session|semester|election|match|game|race|summit"
_TURN_BEFORE = re.compile(rf"(?i)\b(?:last|previous|past|preceding)\s(?P<turn>{_TURNS})\b")
_TURN_AFTER = re.compile(rf"(?i)\b(?:next|coming|upcoming|following)\s(?P<turn>{_TURNS})\b")


def turns(group: Group) -> Iterator[Draft]:
    """The last season in one text, the next one in the other."""
    for side, one, two in either_way(group, _TURN_BEFORE, _TURN_AFTER):
        (_, here), (_, there) = one, two
        if here["turn"].lower() == there["turn"].lower():
            how = f"“{here.group()}” is over where “{there.group()}” is to come."
            yield two_ways(side, one, two, how, "major")


def frequencies(group: Group) -> Iterator[Draft]:
    """How often: every two years against twice a year."""
    found = {side: [f for s in group.side(side) for f in _often(s)] for side in SIDES}
    words = [said(_WEEKLY, group, side) for side in SIDES]
    if not any(found.values()) and all(len(those) == 1 for those in words):
        one, two = words[0][0], words[1][0]
        here, there = one[1].group(), two[1].group()
        if here.lower() != there.lower():
            how = f"How often it happens differs: “{here}” against “{there}”."
            yield two_ways("a", one, two, how, "major", 0.7)
    if any(len(those) != 1 for those in found.values()):
        return
    if any(words):
        return  # another time is told in one word: every two weeks at first, weekly later
    (span_a, often_a, text_a), (span_b, often_b, text_b) = found["a"][0], found["b"][0]
    if max(often_a, often_b) > min(often_a, often_b) * Fraction(11, 10):
        yield Draft(
            a=span_a,
            b=span_b,
            message=f"How often it happens differs: “{text_a}” against “{text_b}”.",
            severity="major",
            confidence=0.75,
            anchor=f"{text_a.lower()} | {text_b.lower()}",
        )


_FIRST_IN = re.compile(
    rf"\bfirst\s(?:[\w’'-]+\s){{0,4}}?(?:in|for)\s(?:(?:more\sthan|about|nearly|almost|over)\s)?(?P<n>[\w-]+)\s(?P<unit>{_UNITS})s\b",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(
    rf"\b(?P<n>[\w-]+)\s(?:(?:consecutive|straight|successive)\s(?P<unit>{_UNITS})s?"
    rf"|(?P<each>{_UNITS})s?\s(?:in\s(?:a\srow|succession)|running|on\send))\b",
    re.IGNORECASE,
)


def first_or_again(group: Group) -> Iterator[Draft]:
    """Its first loss in five years, a loss for the fifth year in a row."""
    for side, first, again in either_way(group, _FIRST_IN, _IN_A_ROW):
        (_, one), (_, two) = first, again
        if one["unit"].lower() != (two["unit"] or two["each"]).lower():
            continue
        counts = [_number(m["n"]) or ORDINALS.get(lower(m["n"])) for m in (one, two)]
        if counts[0] is not None and counts[0] == counts[1]:
            yield two_ways(
                side, first, again,
                f"For the first time in {side.upper()} (“{one.group()}”), time after time in "
                f"{OTHER[side].upper()} (“{two.group()}”).",
                "major",
            )  # fmt: skip


def _often(sentence: Sentence) -> Iterator[tuple[Span, Fraction, str]]:
    """Span, times a day and words."""
    for m in _OFTEN.finditer(sentence.text):
        unit = UNIT_DAYS[(m["unit"] or m["each"]).lower()]
        count: Fraction | None
        if m["times"]:
            word = m["times"].lower().removesuffix("times").strip()
            count = {"once": Fraction(1), "twice": Fraction(2), "thrice": Fraction(3)}.get(word)
            count = count or _number(word)
            often = count / unit if count else None
        else:
            count = Fraction(2) if m["other"] else _number(m["count"] or "one")
            often = 1 / (count * unit) if count else None
        if often is not None:
            yield Span(sentence.start + m.start(), sentence.start + m.end()), often, m.group()


def _number(word: str, *, ranks: bool = False) -> Fraction | None:
    """3 for "three"; with ``ranks`` for "third" and "3rd" too."""
    found = find_numerals(word + " men")
    if not found or found[0].vague or found[0].share or (found[0].ordinal and not ranks):
        return None
    return found[0].value


_PARTS = {
    "dawn": (180, 510),
    "morning": (180, 750),
    "noon": (660, 840),
    "midday": (660, 840),
    "afternoon": (690, 1140),
    "evening": (990, 1500),
}
_PART = re.compile(
    r"\b(?P<part>dawn|morning|noon|midday|afternoon|evening)s?\b"
    r"(?!\s(?:[A-Z]|star|news|paper|show|dress))"
)


_ALIKE = 0.25
"""Least likeness of the surroundings of two times of day of one event."""


def parts_of_day(match: Match[DateMention]) -> Iterator[Draft]:
    """In the morning against in the evening; 3:20 a.m. against the afternoon."""
    found = {side: list(_parts(match, side)) for side in SIDES}
    if any(len(those) != 1 for those in found.values()):
        return
    if any("night" in s.text for s in (*match.group.a, *match.group.b)):
        return  # "Monday night and Tuesday morning", "from Monday evening until Tuesday"
    (span_a, range_a, text_a, slot_a), (span_b, range_b, text_b, slot_b) = (
        found["a"][0],
        found["b"][0],
    )
    if likeness(slot_a, slot_b) < _ALIKE:
        return  # it got stuck in the evening, it went on in the morning
    if range_a not in _PARTS.values() and range_b not in _PARTS.values():
        return  # two clock times are compared as such, with their zones
    if range_a[0] > range_b[1] or range_b[0] > range_a[1]:
        yield Draft(
            a=span_a,
            b=span_b,
            message=f"The time of day differs: “{text_a}” against “{text_b}”.",
            severity="major",
            confidence=0.7,
            anchor=f"{text_a.lower()} | {text_b.lower()}",
        )


def _parts(
    match: Match[DateMention], side: Side
) -> Iterator[tuple[Span, tuple[int, int], str, Slot]]:
    """Span, minutes from and to, words and slot; a clock time where its half of the day is said."""
    clocks = [
        i
        for i in (match.all_a if side == "a" else match.all_b)
        if i.mention.precision is Precision.CLOCK
    ]
    for sentence in match.group.side(side):
        for m in _PART.finditer(sentence.text):
            span = Span(sentence.start + m.start(), sentence.start + m.end())
            if not any(c.mention.span.overlaps(span) for c in clocks):
                (slot,) = slots(sentence.text, sentence.start, [span])
                yield span, _PARTS[m["part"]], m.group(), slot
    for clock in clocks:
        low, high = min(clock.mention.minutes), max(clock.mention.minutes)
        yield clock.mention.span, (low, high), clock.words, clock.slot


_EARLY = re.compile(
    rf"\b(?:(?:early|small)\shours\s(?:of|on)\s|early\son\s|before\sdawn\son\s)(?P<day>{FULL_WEEKDAY})\b"
)
_MORNING = re.compile(rf"\b(?P<day>{FULL_WEEKDAY})\s(?:morning|at\sdawn)\b(?!\s(?:and|to|until))")
_LATE = re.compile(rf"\b(?P<day>{FULL_WEEKDAY})\s(?:night|evening)\b")


def early_or_late(match: Match[DateMention]) -> Iterator[Draft]:
    """The first hours of a day against its last: before dawn on Tuesday, Tuesday night."""
    found = {
        side: [
            (Span(s.start + m.start(), s.start + m.end()), m["day"], early)
            for s in match.group.side(side)
            for early, pattern in ((True, _EARLY), (True, _MORNING), (False, _LATE))
            for m in pattern.finditer(s.text)
        ]
        for side in SIDES
    }
    if any(len(those) != 1 for those in found.values()):
        return
    (span_a, day_a, early_a), (span_b, day_b, early_b) = found["a"][0], found["b"][0]
    if day_a == day_b and early_a is not early_b:
        yield Draft(
            a=span_a,
            b=span_b,
            message=(
                f"One text means the first hours of {day_a}, the other the last: nearly a day "
                "lies between."
            ),
            severity="major",
            confidence=0.7,
            anchor=f"{day_a} early late",
        )


_SOONER = re.compile(
    r"\b(?:earlier|sooner|ahead\sof|brought\sforward|bring(?:s|ing)?\sforward|moved\s(?:up|forward)|before\stime)\b"
)
_LATER = re.compile(
    r"\b(?:later\sthan|push(?:ed|es|ing)?\sback|put(?:s|ting)?\s(?:off|back)|postpon\w+|delay\w*|late|behind"
    r"\sschedule|deferred|set\sback)\b"
)
_AROUND = 40
"""Characters on either side of a length."""


def sooner_or_later(match: Match[DateMention]) -> Iterator[Draft]:
    """Two weeks earlier than planned, pushed back by two weeks."""
    for x in match.all_a:
        for y in match.all_b:
            if not (x.mention.amount and y.mention.amount and agree(x.mention, y.mention)):
                continue
            ways = [
                [
                    bool(p.search(i.before(_AROUND) + i.words + i.after(_AROUND)))
                    for p in (_SOONER, _LATER)
                ]
                for i in (x, y)
            ]
            if sorted(ways) == [[False, True], [True, False]]:
                yield Draft(
                    a=x.mention.span,
                    b=y.mention.span,
                    message=f"Brought forward in one text, put off in the other: by “{x.words}”.",
                    severity="major",
                    confidence=0.75,
                    anchor=f"{x.words.lower()} sooner later",
                )


_DAYS = (Precision.DAY, Precision.WEEKDAY)
_NUMBERED = (2, 1)
"""Monday is the second day (Portuguese, Greek, Arabic, Persian, Vietnamese) or the first (Chinese,
and the Slavic names of Tuesday, Thursday and Friday)."""


def weekday_or_rank(ctx: Context, match: Match[DateMention]) -> Iterator[Draft]:
    """“The Monday inspection” against “the second inspection”: some languages number their days."""
    for items, others, text in (
        (match.all_a, match.all_b, ctx.b),
        (match.all_b, match.all_a, ctx.a),
    ):
        for x in items:
            if any(o.mention.precision in _DAYS for o in others):
                continue
            noun = re.match(r"(?:['’]s)?\s([a-z]{3,})", x.after(25))
            if x.mention.precision is not Precision.WEEKDAY or noun is None:
                continue
            ranks = {x.mention.weekdays[0] + first for first in _NUMBERED} - {1, 7, 8}
            for span, value in _ranks(text, match.group.side(text.side), noun.group(1)):
                if value in ranks:
                    first = x.side == "a"
                    yield Draft(
                        a=x.mention.span if first else span,
                        b=span if first else x.mention.span,
                        message=f"“{x.words}” against “{text.words(span)}”: in languages that "
                        "number the days of the week, one is easily taken for the other.",
                        severity="minor",
                        confidence=0.7,
                        anchor=f"{x.words.lower()} {text.words(span).lower()}",
                    )


def _ranks(text: Annotated, sentences: Sequence[Sentence], noun: str) -> Iterator[tuple[Span, int]]:
    for sentence in sentences:
        for q in text.quantities[sentence.index]:
            behind = text.text[q.span.end : q.span.end + 25].split()
            if q.kind is Kind.ORDINAL and behind and stem(behind[0].strip(",.")) == stem(noun):
                yield q.span, int(q.value)


_NEXT, _BEFORE = "tomorrow", "yesterday"
_TO_COME = frozenset(("will", "'ll", "’ll", "shall"))


def days_against_tense(ctx: Context, group: Group) -> Iterator[Draft]:
    """“Tomorrow” of what is over, “yesterday” of what is to come: some languages have one word.

    Only where the other text has not the same word, which would be a manner of speaking.
    """
    for which in SIDES:
        side, other = ctx.side(which), group.side(OTHER[which])
        for sentence in group.side(which):
            for token in side.docs[sentence.index]:
                word = token.lower_
                if word not in (_NEXT, _BEFORE) or any(word in s.text.lower() for s in other):
                    continue
                time = token.head if token.dep_ == "compound" else token  # "tomorrow night"
                verb, span = time.head, side.span(sentence, token)
                if time.dep_ != "npadvmod" or verb.pos_ != "VERB" or sentence.quoted(span):
                    continue
                if verb.lemma_.lower() in REPORTING or any(c.dep_ in _SAID for c in verb.children):
                    continue  # "said tomorrow it would close"
                coming = any(c.lower_ in _TO_COME for c in helpers(verb))
                if not (past(verb) if word == _NEXT else coming):
                    continue
                told = side.span(sentence, verb)
                yield Draft(
                    *ordered(which, span.cover(told), None),
                    message=(
                        f"{which.upper()} tells “{side.words(told)}” of “{word}”: the day and the "
                        "verb cannot both be right."
                    ),
                    severity="major",
                    confidence=0.8,
                    likely_side=which,
                    anchor=f"{word} {verb.lemma_.lower()}",
                )


_SAID = ("ccomp", "xcomp")
_DUE = frozenset("due set schedule plan expect slate go".split())
_WORDS_IN_COMMON = 2
_PLANS = _DUE | frozenset(
    "postpone delay reschedule adjourn defer order require invite oblige request summon promise "
    "agree decide want intend hope aim".split()
)
"""Verbs whose past tells of what is to come."""
_NOT_DONE = _PLANS | REPORTING


def over_or_to_come(ctx: Context, match: Match[DateMention]) -> Iterator[Draft]:
    """On show from December, in one text; since December on show in the other."""
    matched = correspondence(ctx, match.group)
    for x in match.all_a:
        for y in match.all_b:
            m, n = x.mention, y.mention
            exact = m.is_calendar and n.is_calendar and (m.months or m.days or m.weekdays)
            if not exact or not agree(m, n):
                continue
            one, two = _governing(ctx.a, x), _governing(ctx.b, y)
            if one is None or two is None or negated(one) != negated(two):
                continue
            coming = _to_come(one) and _is_over(two)
            if not coming and not (_to_come(two) and _is_over(one)):
                continue
            twins = matched.of("a", one), matched.of("b", two)
            if any(t is not None and t.pos_ == "VERB" and t not in (one, two) for t in twins):
                continue
            theirs = {*_clause(two), two}
            shared = sum(matched.of("a", t) in theirs for t in (*_clause(one), one))
            if shared < _WORDS_IN_COMMON or x.sentence.quoted(m.span) != y.sentence.quoted(n.span):
                continue
            told_a = ctx.a.span(x.sentence, one).cover(m.span)
            told_b = ctx.b.span(y.sentence, two).cover(n.span)
            first = "A" if coming else "B"
            yield Draft(
                a=told_a,
                b=told_b,
                message=(
                    f"What is still to come in {first} is over or under way in the other text: "
                    f"“{ctx.a.words(told_a)}” against “{ctx.b.words(told_b)}”."
                ),
                severity="major",
                confidence=0.7,
            )


_PLACED = frozenset(("at", "in", "into", "on"))
_STRETCH = frozenset("end beginning start middle course".split())
"""“By the end of June”."""


def _governing(text: Annotated, item: _Item) -> Token | None:
    """The verb of the clause that a time stands in."""
    doc = text.docs[item.sentence.index]
    start, end = (place - item.sentence.start for place in item.mention.span)
    place = doc.char_span(start, end, alignment_mode="expand")
    if place is None:
        return None
    over = place.root.head
    # "gave notice of a strike from May": the strike is in May, not the notice
    while over.head != over and (
        over.pos_ in ("ADP", "SCONJ", "PROPN")
        or over.lemma_ in _STRETCH
        or (over.pos_ == "NOUN" and (over.dep_ == "dobj" or over.head.lower_ in _PLACED))
    ):
        over = over.head
    return over if over.pos_ in ("VERB", "AUX") else None


def _clause(verb: Token) -> list[Token]:
    return said_of(verb, without=("ccomp", "advcl", "relcl", "conj"))


def _to_come(verb: Token) -> bool:
    """Whether its clause tells of the future: "will", "is to", "said it would"."""
    words = {c.lower_ for c in helpers(verb)}
    over = verb.head
    if words & _TO_COME:
        return True
    if "would" in words and "have" not in words:
        return any(a.lemma_.lower() in REPORTING for a in verb.ancestors)
    if verb.tag_ != "VB" or verb.dep_ != "xcomp":
        return False
    now = {c.lower_ for c in (over, *helpers(over))} & {"is", "are", "'s", "’s"}
    return bool(now) and (over.lemma_ == "be" or over.lemma_.lower() in _DUE)


def _is_over(verb: Token) -> bool:
    """Whether its clause tells of the past, or of what has been so since."""
    words = {c.lower_ for c in helpers(verb)}
    if verb.lemma_.lower() in _NOT_DONE or particle(verb) in ("off", "back", "forward"):
        return False
    return past(verb, PERFECT) and not words & {"would", "could", "might", "may", "had"}


_ERA = re.compile(
    r"\b(?P<number>\d{1,4}(?:st|nd|rd|th)?|[a-z]+th|first|second|third)(?P<century>[\s-]century)?\s"
    r"(?P<era>B\.?\s?C\.?(?:E\b\.?)?|A\.?D\b\.?|C\.?E\b\.?)"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")


def before_christ(group: Group) -> Iterator[Draft]:
    """One year or century, B.C. in one text and A.D. in the other."""
    found = {side: [f for s in group.side(side) for f in _eras(s)] for side in SIDES}
    for span, value, before, text in found["a"]:
        for other, same, earlier, words_there in found["b"]:
            if value == same and before is not earlier:
                yield Draft(
                    a=span,
                    b=other,
                    message=f"Before our era in one text, in it in the other: “{text}” against "
                    f"“{words_there}”.",
                    severity="major",
                    confidence=0.85,
                    anchor=f"{text.lower()} | {words_there.lower()}",
                )


def _eras(sentence: Sentence) -> Iterator[tuple[Span, tuple[int, bool], bool, str]]:
    """Span, number and whether of a century, whether before our era, and words."""
    for m in _ERA.finditer(sentence.text):
        word = m["number"].lower()
        number = ORDINALS.get(word) or (int(_ORDINAL.sub("", word)) if word[0].isdigit() else 0)
        if number:
            span = Span(sentence.start + m.start(), sentence.start + m.end())
            yield span, (number, bool(m["century"])), m["era"].startswith("B"), m.group()


_SO_LONG_AGO = re.compile(
    r"\b(?:in|since|from)\s(?:the\syear\s)?(?P<year>1[5-9]\d\d|20\d\d)\b[,(–—-]?\s\(?"
    r"(?:(?:that\sis|which\sis|i\.e\.|or|thus)\s)?(?:(?:and\s)?(?:is\s)?(?:now\s)?(?P<its>in\sits)\s)?"
    r"(?P<about>(?:nearly|almost|about|some|more\sthan|over|around|roughly|just\sover)\s)?"
    r"(?P<n>\d{1,3}|[a-z]+(?:-[a-z]+)?)(?:st|nd|rd|th)?\s"
    r"(?:(?P<unit>years|decades|centuries)\sago\b|(?(its)year\b|(?!)))",
    re.IGNORECASE,
)
"""“Opened in 1987 and now in its 34th year of service”, “since 1996, nearly three decades ago”."""
_IN_YEARS = {"": 1, "years": 1, "decades": 10, "centuries": 100}
_MAY_BE_OFF = 2
"""Years: the anniversary lies ahead or behind, the first year counts or does not."""


def years_since(ctx: Context, group: Group) -> Iterator[Draft]:
    """Since 1996, nearly four decades ago: in 2024 it is not three."""
    told = {side: list(_so_long_ago(group, side)) for side in SIDES}
    for side in SIDES:
        base = ctx.side(side).date or ctx.side(OTHER[side]).date
        for sentence, m, year, long, slack in told[side]:
            others = [t for t in told[OTHER[side]] if t[2] == year]
            fits = [base.year - year] if base else [t[3] for t in others]
            if len(fits) != 1 or abs(fits[0] - long) <= slack:
                continue
            if any(abs(t[3] - long) <= slack for t in others):
                continue  # both texts reckon so
            twin = others[0] if others else None
            words = m.group()
            yield Draft(
                *ordered(
                    side,
                    part(sentence, *m.span()),
                    part(twin[0], *twin[1].span()) if twin else None,
                ),
                message=(
                    f"“{words}”: from {year} it is {fits[0]} years"
                    + (f", as the article is of {base.year}." if base else " in the other text.")
                ),
                severity="major",
                confidence=0.75,
                likely_side=side if base else "unknown",
                anchor=words.lower(),
            )
            return


def _so_long_ago(
    group: Group, side: Side
) -> Iterator[tuple[Sentence, re.Match[str], int, int, int]]:
    """(sentence, place, year, years since then, years that these may be off)."""
    for sentence, m in said(_SO_LONG_AGO, group, side):
        number = _number(m["n"].lower())
        unit = _IN_YEARS[(m["unit"] or "").lower()]
        if number is None or number.denominator != 1 or number < 1:
            continue
        slack = _MAY_BE_OFF if unit == 1 else unit * 7 // 10
        if m["about"]:
            slack = max(slack, int(number) * unit // 10)
        yield sentence, m, int(m["year"]), int(number) * unit, slack


_SPELLS = (
    r"(?P<unit>quarter|year|month|week|day|night|season|game|match|session|election|term|time)s?"
)
_RUN = (
    re.compile(
        rf"\b(?P<n>[\w-]+)\s(?:straight|consecutive|successive)\s(?:\w+\s)?{_SPELLS}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<n>[\w-]+)\s{_SPELLS}\s(?:in\sa\srow|running|in\ssuccession|on\sthe\strot|straight)\b",
        re.IGNORECASE,
    ),
)


def runs(group: Group) -> Iterator[Draft]:
    """The third straight quarter, four quarters in a row."""
    told = {
        side: [
            (s, m, length)
            for way in _RUN
            for s, m in said(way, group, side)
            if (length := _number(m["n"], ranks=True)) is not None
        ]
        for side in SIDES
    }
    if any(len(those) != 1 for those in told.values()):
        return
    (one, m, here), (two, n, there) = told["a"][0], told["b"][0]
    if m["unit"].lower() == n["unit"].lower() and here != there:
        yield Draft(
            part(one, *m.span()),
            part(two, *n.span()),
            message=f"How often in a row differs: “{m.group()}” against “{n.group()}”.",
            severity="major",
            confidence=0.8,
            anchor=f"{here} {there} {m['unit'].lower()}",
        )
