"""What the checks of amounts and of times share.

Mentions in their sentences, and what is left of a group once all that agrees is taken out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from compare.annotate import Annotated, Context
from compare.checks.base import Draft
from compare.match import governor, is_content
from compare.match import match as correspondence
from compare.numerals import find_numerals
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.slots import Slot, content, slots, stem


class Mention(Protocol):
    """Something said at a place of a text."""

    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=Mention)


@dataclass(frozen=True, slots=True)
class Item(Generic[M]):
    """A mention in its sentence."""

    side: Side
    sentence: Sentence
    mention: M
    slot: Slot

    @property
    def words(self) -> str:
        start, end = self.mention.span
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def before(self, length: int) -> str:
        """At most so many characters of the sentence before the mention."""
        start = self.mention.span.start - self.sentence.start
        return self.sentence.text[max(0, start - length) : start]

    def after(self, length: int) -> str:
        """At most so many characters of the sentence behind the mention."""
        end = self.mention.span.end - self.sentence.start
        return self.sentence.text[end : end + length]


@dataclass(slots=True)
class Match(Generic[M]):
    """The mentions of one group, and those of them that nothing on the other side answers."""

    group: Group
    all_a: list[Item[M]]
    all_b: list[Item[M]]
    a: list[Item[M]]
    b: list[Item[M]]
    pairs: list[tuple[Item[M], Item[M]]] = field(default_factory=list)
    """What agrees, one to one, where the check pairs it."""


def both_sides(
    ctx: Context, group: Group, mentions: Callable[[Annotated], Sequence[Sequence[M]]]
) -> tuple[list[Item[M]], list[Item[M]]]:
    """The mentions of a group's sides, those of B among the words that A has for them."""
    a, b = items(ctx.a, group.a, mentions(ctx.a)), items(ctx.b, group.b, mentions(ctx.b))
    if not (a and b and group.linked):
        return a, b
    names = correspondence(ctx, group).as_in_a
    return a, [replace(i, slot=i.slot.renamed(names)) for i in b]


def items(
    text: Annotated, sentences: Iterable[Sentence], mentions: Sequence[Sequence[M]]
) -> list[Item[M]]:
    """The mentions of some sentences with their surroundings; ``mentions`` is by sentence."""
    made: list[Item[M]] = []
    for sentence in sentences:
        found = mentions[sentence.index]
        around = slots(sentence.text, sentence.start, [m.span for m in found])
        for mention, slot in zip(found, around, strict=True):
            over = _governor(text, sentence, mention.span)
            made.append(Item(text.side, sentence, mention, replace(slot, over=over)))
    return made


def _governor(text: Annotated, sentence: Sentence, span: Span) -> str:
    """The content word that a mention hangs on, however far; empty where there is none."""
    place = text.docs[sentence.index].char_span(
        span.start - sentence.start, span.end - sentence.start, alignment_mode="expand"
    )
    over = None if place is None else governor(place.root)[0]
    return stem(over.lower_) if over is not None and is_content(over) else ""


def raw_numbers(
    sentences: Iterable[Sentence],
    taken: Sequence[Span],
    *,
    places: bool = True,
    counted: bool = True,
) -> set[Fraction]:
    """The numbers of some sentences outside the spans that are taken, whatever they count.

    Without ``places`` written ordinals ("the third") are left out, without ``counted`` what has a
    noun behind it ("7 votes").
    """
    return {
        n.value
        for sentence in sentences
        for n in find_numerals(sentence.text)
        if (places or not (n.ordinal and n.written))
        and (counted or n.ordinal or not _NOUN_BEHIND.match(sentence.text, n.end))
        and not any(
            Span(sentence.start + n.start, sentence.start + n.end).overlaps(t) for t in taken
        )
    }


def same_digits(x: str, y: str) -> bool:
    """Whether two numbers are of the same digits in another order.

    >>> same_digits("1989", "1998"), same_digits("451000", "451000")
    (True, False)
    """
    return x != y and sorted(x) == sorted(y)


_NOUN_BEHIND = re.compile(
    r"\s(?!(?:and|or|to|at|in|on|of|by|for|from|through|until|till|when|as|with|a\.m|p\.m)\b)[a-z]{3,}"
)


def drop_moved(
    matches: Sequence[Match[M]],
    same: Callable[[Item[M], Item[M]], bool],
    stays: Callable[[Item[M], Match[M]], bool] | None = None,
) -> list[tuple[Item[M], Item[M]]]:
    """Take out what stands in another group of the other text: it has moved, and is no conflict.

    Args:
        matches: changed in place.
        same: whether two mentions are one statement.
        stays: whether a mention is to be kept all the same.
    """
    moved: list[tuple[Item[M], Item[M]]] = []
    for match in matches:
        for x in list(match.a):
            if stays is not None and stays(x, match):
                continue
            for other in matches:
                found = next((y for y in other.b if other is not match and same(x, y)), None)
                if found is not None:
                    match.a.remove(x)
                    other.b.remove(found)
                    moved.append((x, found))
                    break
    return moved


_SHARED = 0.25
"""Least share of the words of the poorer sentence, rare ones counting more."""


def apart(ctx: Context) -> list[tuple[Group, float]]:
    """Sentences that the alignment leaves apart and that may still be one.

    A wrong figure in a sentence is often what keeps it from being linked. Two sentences without a
    counterpart that stand at the same place of the story, and one without beside those that the
    other text has there. With each pair comes the share of words in common.
    """
    words = {side: [content(s.text) for s in ctx.side(side).document] for side in SIDES}
    often = Counter(w for side in SIDES for found in words[side] for w in found)

    def share(s: Sentence, t: Sentence) -> float:
        one, two = words["a"][s.index], words["b"][t.index]
        # exact, so that the order of a set, which changes with every run, can't turn a border case
        weight = [math.fsum(1 / often[w] for w in those) for those in (one & two, one, two)]
        return weight[0] / min(weight[1:]) if min(weight[1:]) else 0.0

    alone = {side: [s for g in ctx.groups if not g.linked for s in g.side(side)] for side in SIDES}
    linked = {side: {s.index: g for g in ctx.linked for s in g.side(side)} for side in SIDES}
    if len(alone["a"]) * len(alone["b"]) > _MOST_APART:
        return []
    found: dict[tuple[int, int], tuple[Sentence, Sentence]] = {}
    for s in alone["a"]:
        low, high = _gap(s.index, linked["a"], len(ctx.b.document))
        for t in alone["b"]:
            if low < t.index < high or share(s, t) >= _SHARED:
                found[s.index, t.index] = s, t
    for side in SIDES:
        for s in alone[side]:
            beside = [linked[side].get(s.index + step) for step in (-1, 1)]
            for t in dict.fromkeys(t for g in beside if g is not None for t in g.side(OTHER[side])):
                x, y = (s, t) if side == "a" else (t, s)
                found[x.index, y.index] = x, y
    return [(Group((s,), (t,)), share(s, t)) for s, t in found.values()]


_MOST_APART = 10_000


def _gap(index: int, linked: dict[int, Group], size: int) -> tuple[int, int]:
    """Between which sentences of B one of A without a counterpart would stand."""
    before = max((i for i in linked if i < index), default=None)
    after = min((i for i in linked if i > index), default=None)
    low = -1 if before is None else max(s.index for s in linked[before].b)
    high = size if after is None else min(s.index for s in linked[after].b)
    return low, high


class Told:
    """Which spans a check has told of, so that it tells of each but once."""

    def __init__(self) -> None:
        self._spans: set[Span] = set()

    def __contains__(self, span: Span) -> bool:
        return span in self._spans

    def all(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Pass drafts on, and remember their spans."""
        for draft in drafts:
            self._add(draft)
            yield draft

    def new(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Pass on the drafts of which no span has been told."""
        for draft in drafts:
            if draft.a not in self._spans and draft.b not in self._spans:
                self._add(draft)
                yield draft

    def leave(self, match: Match[M]) -> None:
        """Take out of a match what has been told."""
        match.a = [x for x in match.a if x.mention.span not in self]
        match.b = [y for y in match.b if y.mention.span not in self]

    def _add(self, draft: Draft) -> None:
        self._spans |= {span for span in (draft.a, draft.b) if span is not None}
