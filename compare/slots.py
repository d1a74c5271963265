"""Which expressions of two linked sentences fill the same slot, by the words around them.

Two numbers that differ are a conflict only when they are about one thing. Without knowing what a
sentence means, the words beside the numbers are the evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from compare.numerals import Token, tokenize, words
from compare.records import Span

_STOP = words(
    "a an the and or but of in on at to from by for with as than that which who whom whose this "
    "these those it its is are was were be been being has have had will would can could may might "
    "must shall should do does did not no nor so if then there also only just more most other "
    "he she they his her their him them we our us you your i my said says about around some over "
    "up while when where after before during until since because between into onto under per"
)
_NEAR, _WIDE = 3, 7
"""Tokens looked at on each side of an expression."""
_GOVERNED = 0.15
"""What one word that governs both expressions adds to the words around them."""
_MOST_PAIRS = 100_000
"""Above it a group is no pair of sentences but a table or a broken text, and is not paired."""


def stem(word: str) -> str:
    """A rough common form of a word's inflections.

    >>> stem("companies") == stem("company"), stem("firm")
    (True, 'firm')
    """
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:5]


@dataclass(frozen=True, slots=True)
class Slot:
    """The surroundings of an expression: stems of the content words around it."""

    near: frozenset[str]
    """Within three tokens."""
    wide: frozenset[str]
    """Within seven tokens."""
    position: float
    """Where in its sentence it stands, 0 to 1."""
    over: str = ""
    """The content word that governs it, however far that stands; empty where none is known."""

    def renamed(self, names: Mapping[str, str]) -> Slot:
        """The same with some stems under other names."""
        near, wide = (
            frozenset(names.get(word, word) for word in words) for words in (self.near, self.wide)
        )
        return Slot(near, wide, self.position, names.get(self.over, self.over))


def slots(text: str, offset: int, spans: Sequence[Span]) -> list[Slot]:
    """The slot of each span of one sentence; spans are document offsets, ``offset`` its start."""
    tokens = tokenize(text)
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    made = []
    for span in spans:
        start, end = span.start - offset, span.end - offset
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        made.append(
            Slot(
                _content(
                    [*tokens[max(0, before - _NEAR) : before], *tokens[after : after + _NEAR]]
                ),
                _content(
                    [*tokens[max(0, before - _WIDE) : before], *tokens[after : after + _WIDE]]
                ),
                (start + end) / 2 / max(1, len(text)),
            )
        )
    return made


def content(text: str) -> frozenset[str]:
    """Stems of the content words of a sentence."""
    return _content(tokenize(text))


def _content(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(
        stem(t.text) for t in tokens if t.kind == "word" and t.text not in _STOP and len(t.text) > 1
    )


def likeness(a: Slot, b: Slot) -> float:
    """How far two slots look like one, 0 to 1.

    >>> one, = slots("some 14,000 firms will apply", 0, [Span(0, 11)])
    >>> two, = slots("140,000 firms are to apply", 0, [Span(0, 7)])
    >>> likeness(one, two)
    1.0
    """
    share = max(_share(a.wide, b.wide), 0.9 * _share(a.near, b.near))
    return min(1.0, share + _GOVERNED) if a.over and a.over == b.over else share


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    small = min(len(a), len(b))
    return len(a & b) / small if small else 0.0


_A = TypeVar("_A")
_B = TypeVar("_B")


def best_pairs(
    left: Sequence[_A], right: Sequence[_B], score: Callable[[_A, _B], float | None]
) -> list[tuple[_A, _B, float]]:
    """One-to-one pairs, the highest score first; a score of None means the two cannot pair."""
    if len(left) * len(right) > _MOST_PAIRS:
        return []
    scored: list[tuple[float, int, int]] = []
    for i, x in enumerate(left):
        for j, y in enumerate(right):
            value = score(x, y)
            if value is not None:
                scored.append((-value, i, j))
    scored.sort()
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[_A, _B, float]] = []
    for value, i, j in scored:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j], -value))
    return pairs
