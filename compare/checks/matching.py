"""What the checks of amounts and of times share.

Mentions in their sentences, and what is left of a group once all that agrees is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from compare.annotate import Annotated
from compare.checks.base import Draft
from compare.numerals import find_numerals
from compare.records import Group, Sentence, Side, Span
from compare.slots import Slot, slots


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


def items(
    text: Annotated, sentences: Iterable[Sentence], mentions: Sequence[Sequence[M]]
) -> list[Item[M]]:
    """The mentions of some sentences with their surroundings; ``mentions`` is by sentence."""
    made: list[Item[M]] = []
    for sentence in sentences:
        found = mentions[sentence.index]
        around = slots(sentence.text, sentence.start, [m.span for m in found])
        made += [Item(text.side, sentence, m, s) for m, s in zip(found, around, strict=True)]
    return made


def raw_numbers(
    sentences: Iterable[Sentence], taken: Sequence[Span], *, places: bool = True
) -> set[Fraction]:
    """The numbers of some sentences outside the spans that are taken, whatever they count.

    Without ``places`` written ordinals ("the third") are left out.
    """
    return {
        n.value
        for sentence in sentences
        for n in find_numerals(sentence.text)
        if (places or not (n.ordinal and n.written))
        and not any(
            Span(sentence.start + n.start, sentence.start + n.end).overlaps(t) for t in taken
        )
    }


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

    def _add(self, draft: Draft) -> None:
        self._spans |= {span for span in (draft.a, draft.b) if span is not None}
