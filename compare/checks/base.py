"""What a check is: data, a function and examples it must flag and must pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.records import Ledger, LikelySide, Place, Severity, Side, Span

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


def said_one(context: Context, draft: Draft) -> bool:
    """Whether a draft takes two names for two that the user calls one.

    One name in two spellings is another matter, and is told all the same.
    """
    if draft.a is None or draft.b is None or draft.category == "terminology/inconsistent":
        return False
    return context.declared.one(context.a.words(draft.a), context.b.words(draft.b))
