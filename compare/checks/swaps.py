"""Two numbers that have changed places: 12 women and 31 men against 31 women and 12 men."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from compare.annotate import Annotated, Context
from compare.checks.arithmetic import role
from compare.checks.base import Draft, ordered
from compare.checks.matching import Item, Match
from compare.numerals import words
from compare.polarity import CONTENT
from compare.quantities import Kind, Quantity
from compare.records import SIDES, Side
from compare.slots import stem

_Item = Item[Quantity]
_SEAM = re.compile(
    r"(?<!\d)[,;:()]|[,;:()](?!\d)|\s[-–—]\s"
    r"|\b(?:and|while|but|whereas|as\swell\sas|against|versus|or|plus)\b"
)
_IN_ORDER = re.compile(r"\brespectively\b|\bin\sthat\sorder\b", re.IGNORECASE)
_ANY = words(
    "hour day night week month quarter year annual yearly monthly weekly daily "
    "people person visitor individual"
)
"""Words that any number of people may go with, and tell none from another."""
_MOST = 8
"""More equal numbers than this make a table, in which every order is tried in vain."""


def swapped(ctx: Context, match: Match[Quantity]) -> Iterator[Draft]:
    """Pairs of equal numbers of which each stands with the other's words."""
    pairs = [p for p in match.pairs if not (p[0].mention.soft or p[1].mention.soft)]
    if len(pairs) > _MOST:
        return
    for (x1, y1), (x2, y2) in combinations(pairs, 2):
        if x1.sentence != x2.sentence or y1.sentence != y2.sentence:
            continue
        if not _alike(x1, x2) or not _alike(y1, y2) or x1.mention.value == x2.mention.value:
            continue
        if any(_IN_ORDER.search(i.sentence.text) for i in (x1, y1)):
            continue
        a1, a2 = _words(ctx.a, x1, x2)
        b1, b2 = _words(ctx.b, y1, y2)
        crossed = min(_shared(a1, b2), _shared(a2, b1))
        straight = max(_shared(a1, b1), _shared(a2, b2))
        if crossed > straight and straight < _NOUN:
            one, two = (
                _named(ctx, "a", x1, a1.keys() & b2.keys()),
                _named(ctx, "a", x2, a2.keys() & b1.keys()),
            )
            yield Draft(
                a=x1.mention.span.cover(x2.mention.span),
                b=y1.mention.span.cover(y2.mention.span),
                message=(
                    f"Two numbers have changed places: in A {x1.words} goes with {one} and "
                    f"{x2.words} with {two}, in B it is the other way round."
                ),
                severity="major",
                confidence=0.8,
                anchor=f"{x1.mention.value} {x2.mention.value}",
            )


def exchanged_ends(match: Match[Quantity]) -> Iterator[Draft]:
    """Shrunk to 62 billion from 81 billion, declined to 81 after they were 62."""
    for side in SIDES:
        here, there = (match.all_a, match.all_b) if side == "a" else (match.all_b, match.all_a)
        ends = {name: [i for i in here if role(i) == name] for name in ("to", "from")}
        others = [i for i in there if role(i) == "to"]
        if any(len(those) != 1 for those in (*ends.values(), others)):
            continue
        end, start, other = ends["to"][0], ends["from"][0], others[0]
        values = {i.mention.value for i in there if i is not other}
        if (
            other.mention.value == start.mention.value != end.mention.value
            and other.mention.kind is start.mention.kind is end.mention.kind
            and end.mention.value in values
        ):
            yield Draft(
                *ordered(side, end.mention.span, other.mention.span),
                message=(
                    f"The two ends of the change are exchanged: “{end.words}” in the end in "
                    f"{side.upper()}, “{other.words}” in the other text."
                ),
                severity="major",
                confidence=0.8,
                anchor=f"{end.mention.value} {start.mention.value}",
            )
            return


_SOURCE_BEHIND = re.compile(
    r"^[^.;“”\"\d]{0,40}?\b(?:according\sto|by\sthe\scount\sof|for)\s(?:the\s)?(?P<who>[\w'’-]+)(?P<by>)",
    re.IGNORECASE,
)
_SOURCE_BEFORE = re.compile(
    r"(?:\baccording\sto\s(?:the\s)?(?P<by>[\w'’-]+),"
    r"|(?:^|[,;.“”\"]\s|\b(?:and|but|while|whereas)\s)(?:the\s)?(?P<who>[\w'’-]+)\s(?:\w+\s)?"
    r"(?:sa(?:id|ys?)|claim(?:s|ed)?|estimat(?:es?|ed)|count(?:s|ed)?|puts?|spoke\sof|speaks?\sof"
    r"|report(?:s|ed)?|gave|gives?|ha(?:s|ve|d))\b)[^.;“”\"\d]{0,40}$",
    re.IGNORECASE,
)


def exchanged_sources(match: Match[Quantity]) -> Iterator[Draft]:
    """18,000 by the police, 60,000 by the organizers; or the other way round."""
    told = [_by_source(items) for items in (match.all_a, match.all_b)]
    for (one, x), (two, y) in combinations(told[0].items(), 2):
        other, another = told[1].get(one), told[1].get(two)
        if other is None or another is None:
            continue
        values = [i.mention.value for i in (x, y, other, another)]
        if values[0] == values[3] != values[1] == values[2]:
            yield Draft(
                x.mention.span.cover(y.mention.span),
                other.mention.span.cover(another.mention.span),
                message=(
                    f"Whose figure is whose is exchanged: “{x.words}” and “{y.words}” in A, "
                    f"“{other.words}” and “{another.words}” in B."
                ),
                severity="major",
                confidence=0.8,
                anchor=f"{x.mention.value} {y.mention.value} sources",
            )
            return


def _by_source(items: Sequence[_Item]) -> dict[str, _Item]:
    """Who tells a number, of those that tell one; as a stem."""
    found: dict[str, _Item] = {}
    for item in items:
        m = _SOURCE_BEHIND.search(item.after(60)) or _SOURCE_BEFORE.search(item.before(80))
        if m is not None:
            who = m["who"] or m["by"]
            found.setdefault(stem(who.lower().replace("organis", "organiz")), item)
    return found


_NOUN = 2
"""What a noun counts against a verb: "officers and soldiers died" says "died" of both."""


def _shared(one: dict[str, bool], two: dict[str, bool]) -> int:
    return sum(_NOUN if one[lemma] or two[lemma] else 1 for lemma in one.keys() & two.keys())


def _alike(x: _Item, y: _Item) -> bool:
    a, b = x.mention, y.mention
    counts = {a.kind, b.kind} <= {Kind.COUNT, Kind.LABEL}  # "France 14" looks like a name
    return (
        (a.kind is b.kind or counts)
        and a.kind is not Kind.SCORE
        and a.unit == b.unit
        and a.range is None
        and b.range is None
        and not x.mention.span.overlaps(y.mention.span)
    )


def _words(text: Annotated, x: _Item, y: _Item) -> tuple[dict[str, bool], dict[str, bool]]:
    """What stands with each of two numbers of a sentence and not with the other."""
    one, two = _piece(text, x), _piece(text, y)
    if one is None or two is None or one == two:
        return {}, {}
    first, second = _lemmas(text, x, one), _lemmas(text, y, two)
    return (
        {lemma: noun for lemma, noun in first.items() if lemma not in second},
        {lemma: noun for lemma, noun in second.items() if lemma not in first},
    )


def _piece(text: Annotated, item: _Item) -> tuple[int, int] | None:
    """The part of the sentence between two seams that holds a number.

    A number that stands alone ("Kim, 34,") goes with the part before it.
    """
    sentence = item.sentence
    start, end = item.mention.span.start - sentence.start, item.mention.span.end - sentence.start
    seams = [m for m in _SEAM.finditer(sentence.text) if m.end() <= start or m.start() >= end]
    before = [m.end() for m in seams if m.end() <= start]
    after = [m.start() for m in seams if m.start() >= end]
    left, right = max(before, default=0), min(after, default=len(sentence.text))
    if not _lemmas(text, item, (left, right)) and len(before) > 1:
        left = sorted(before)[-2]
    return left, right


def _lemmas(text: Annotated, item: _Item, piece: tuple[int, int]) -> dict[str, bool]:
    """The lemmas of a part of a sentence, each with whether it is a noun."""
    doc = text.docs[item.sentence.index]
    own = item.mention.number
    start = item.sentence.start
    return {
        t.lemma_.lower(): t.pos_ in ("NOUN", "PROPN")
        for t in doc
        if piece[0] <= t.idx < piece[1]
        and t.pos_ in CONTENT - {"NUM"}
        and t.is_alpha
        # "50,000 people a year", "212,000 visitors in a year" tell nothing apart
        and not {t.lemma_.lower(), t.lower_} & _ANY
        and not own.start - start <= t.idx < own.end - start
    }


def _named(ctx: Context, side: Side, item: _Item, lemmas: set[str]) -> str:
    """One of the words with which a number stands, as written."""
    doc = ctx.side(side).docs[item.sentence.index]
    here = item.mention.span.start - item.sentence.start
    near = [t for t in doc if t.lemma_.lower() in lemmas]
    return min(near, key=lambda t: (t.pos_ not in ("NOUN", "PROPN"), abs(t.idx - here))).text
