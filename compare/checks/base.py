"""What a check is: data, a function and examples it must flag and must pass."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.errors import CompareError, SetupError
from compare.records import (
    OTHER,
    SEVERITIES,
    SIDES,
    Group,
    Ledger,
    LikelySide,
    Place,
    Sentence,
    Severity,
    Side,
    Span,
)

if TYPE_CHECKING:
    from compare.annotate import Context


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts whose sentences are aligned in order, and what the check must say of them."""

    a: str | tuple[str, ...]
    b: str | tuple[str, ...]
    a_date: dt.date | None = None
    b_date: dt.date | None = None
    source_language: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a check makes it; :mod:`compare.detect` adds identity and sentences.

    Spans are document offsets. At least one side has a span.
    """

    a: Span | None
    b: Span | None
    message: str
    """One sentence a reader understands: what differs and why it matters."""
    severity: Severity
    confidence: float
    likely_side: LikelySide = "unknown"
    ledger: Ledger = "fact"
    category: str = ""
    """MQM name; the check's own where empty."""
    anchor: str = ""
    """What the finding is about, independent of position (an entity, a normal form); the words
    beside the spans where empty."""
    places: tuple[Place, ...] = field(default=())


Said = tuple[Sentence, "re.Match[str]"]
"""A pattern found in a sentence."""


def said(pattern: re.Pattern[str], group: Group, side: Side) -> list[Said]:
    """Where a side of a group has a pattern."""
    return [(s, m) for s in group.side(side) for m in pattern.finditer(s.text)]


def once_each(
    group: Group, side: Side, here: re.Pattern[str], there: re.Pattern[str]
) -> tuple[Said, Said] | None:
    """What one side says once in one way and the other side once in the other way, and no more."""
    one = said(here, group, side)
    two = said(there, group, OTHER[side]) if len(one) == 1 else []
    if len(two) != 1 or said(here, group, OTHER[side]) or said(there, group, side):
        return None
    return one[0], two[0]


def either_way(
    group: Group, here: re.Pattern[str], there: re.Pattern[str]
) -> Iterator[tuple[Side, Said, Said]]:
    """:func:`once_each` from both sides: the side that says it the first way, and both places."""
    for side in SIDES:
        both = once_each(group, side, here, there)
        if both is not None:
            yield side, *both


def part(sentence: Sentence, start: int, end: int) -> Span:
    """A stretch of a sentence, as document offsets."""
    return Span(sentence.start + start, sentence.start + end)


def two_ways(
    side: Side,
    one: Said,
    two: Said,
    message: str,
    severity: Severity = "critical",
    confidence: float = 0.75,
) -> Draft:
    """What a side says in words that the other side's contradict."""
    (sentence, here), (partner, there) = one, two
    a, b = ordered(side, part(sentence, *here.span()), part(partner, *there.span()))
    return Draft(
        a=a,
        b=b,
        message=message,
        severity=severity,
        confidence=confidence,
        anchor=f"{here.group().lower()} | {there.group().lower()}",
    )


def meet(x: Span | None, y: Span | None) -> bool:
    """Whether two spans of one text share a character."""
    return x is not None and y is not None and x.overlaps(y)


def same_place(draft: Draft, other: Draft) -> bool:
    """Whether two drafts are about the same words of either text."""
    return meet(draft.a, other.a) or meet(draft.b, other.b)


def ordered(side: Side, here: Span | None, there: Span | None) -> tuple[Span | None, Span | None]:
    """A's span and B's, from those of one side and of the side across.

    >>> ordered("b", Span(5, 9), None)
    (None, Span(start=5, end=9))
    """
    return (here, there) if side == "a" else (there, here)


@dataclass(frozen=True, slots=True)
class Check:
    """One family of differences."""

    id: str
    summary: str
    """One line for ``checks list``."""
    category: str
    """MQM category of its findings unless a draft names another."""
    find: Callable[[Context], Iterable[Draft]]
    flags: tuple[Example, ...]
    """It must report at least one finding on each of these …"""
    passes: tuple[Example, ...]
    """… and none on each of these."""
    learned: bool = False
    """It asks the model of meaning: it runs only where ``Config.meaning`` is on or where it is
    selected by name, and its findings give way to fact findings of other checks about the same
    words."""
    gives_way: bool = False
    """Its findings are dropped where any other check has one on some of the same words."""
    origin: str = ""
    """Name and version of the package that adds it; empty for a built-in one."""

    def drafts(self, context: Context) -> list[Draft]:
        """What it finds.

        Raises:
            SetupError: somebody else's check fails, or reports what cannot be; the package is
                named.
        """
        if not self.origin:
            return list(self.find(context))
        try:
            found = list(self.find(context))
            for draft in found:
                _check_sound(draft, context)
        except CompareError:
            raise
        except Exception as error:
            raise SetupError(
                f"the check {self.id!r} of the package {self.origin} failed "
                f"({type(error).__name__}: {error}); leave it out with --ignore {self.id}, or "
                "repair or uninstall the package"
            ) from error
        return found


def _check_sound(draft: Draft, context: Context) -> None:
    """Raise ValueError for a draft that no finding can be made of."""
    places = [(place.side, place.start, place.end) for place in draft.places]
    places += [("a", *draft.a)] if draft.a is not None else []
    places += [("b", *draft.b)] if draft.b is not None else []
    if draft.a is None and draft.b is None:
        raise ValueError("a finding has no place in either text")
    for side, start, end in places:
        if not 0 <= start < end <= len(context.side(side).text):
            raise ValueError(f"a finding stands at {start}-{end}, outside text {side}")
    if draft.severity not in SEVERITIES or not 0 <= draft.confidence <= 1:
        raise ValueError("a finding has an unknown severity, or a confidence not from 0 to 1")


def said_one(context: Context, draft: Draft) -> bool:
    """Whether a draft takes two names for two that the user calls one.

    One name in two spellings is another matter, and is told all the same.
    """
    if draft.a is None or draft.b is None or draft.category == "terminology/inconsistent":
        return False
    return context.declared.one(context.a.words(draft.a), context.b.words(draft.b))
