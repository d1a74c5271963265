"""Idioms that a translation rendered word by word, for ``term``: “put the cry in the sky”.

They are data (``compare/data/idioms.tsv``): what a literal translation makes of them is no English,
so that one text shows the fault by itself. The other one must not have the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from compare.annotate import Context
from compare.checks.base import Draft, ordered
from compare.checks.phrases import Word
from compare.records import OTHER, SIDES, Side, Span
from compare.tables import rows

_SKIPPED = frozenset(
    "a an the my your his her its our their one 's of to in on at by from with into onto upon over "
    "under for up out off and be have".split()
)
"""Words that a rendering may have or not."""
_GAP = 3
"""Words that may stand between two of a rendering; of two words together at most …"""
_GAP_OF_TWO = 2


@dataclass(frozen=True, slots=True)
class _Idiom:
    language: str
    source: str
    meaning: str
    words: tuple[str, ...]
    """The content words of one literal rendering, in order."""


@cache
def _idioms() -> dict[str, tuple[_Idiom, ...]]:
    """By the first word of the rendering."""
    table: dict[str, list[_Idiom]] = {}
    for language, source, meaning, renderings in rows("idioms.tsv"):
        for rendering in renderings.split("; "):
            words = tuple(w for w in rendering.split() if w not in _SKIPPED)
            table.setdefault(words[0], []).append(_Idiom(language, source, meaning, words))
    return {first: tuple(found) for first, found in table.items()}


def find(context: Context, sentences: dict[Side, list[list[Word]]]) -> Iterator[Draft]:
    """Every idiom that one text has word by word, at the first place.

    Args:
        context: both texts.
        sentences: their words (:func:`compare.checks.phrases.by_sentence`).
    """
    likely = context.languages
    for side in SIDES:
        seen: set[str] = set()
        for words in sentences[side]:
            for idiom, span in _in_sentence(words):
                if idiom.source in seen or (likely and idiom.language not in likely):
                    continue
                if any(_has(other, idiom.words) for other in sentences[OTHER[side]]):
                    continue
                seen.add(idiom.source)
                yield _draft(context, side, span, idiom, known=bool(likely))


def _in_sentence(words: Sequence[Word]) -> Iterator[tuple[_Idiom, Span]]:
    """The idioms in a sentence with their places, the longest of those at one place."""
    taken = -1
    for i, word in enumerate(words):
        if i <= taken:
            continue
        found = [
            (idiom, last)
            for form in sorted(word.forms)
            for idiom in _idioms().get(form, ())
            if (last := _last(words, i, idiom.words)) is not None
        ]
        if found:
            idiom, taken = max(found, key=lambda f: (len(f[0].words), f[0].source))
            yield idiom, word.span.cover(words[taken].span)


def _last(words: Sequence[Word], first: int, wanted: Sequence[str]) -> int | None:
    """Where a rendering ends that begins at a word, if it stands there."""
    gap = _GAP if len(wanted) > 2 else _GAP_OF_TWO
    at = first
    for want in wanted[1:]:
        near = range(at + 1, min(at + gap + 2, len(words)))
        at = next((i for i in near if want in words[i].forms), -1)
        if at < 0:
            return None
    return at


def _has(words: Sequence[Word], wanted: Sequence[str]) -> bool:
    """Whether a sentence has all the words, in any order."""
    return all(any(want in word.forms for word in words) for want in wanted)


def _draft(context: Context, side: Side, span: Span, idiom: _Idiom, *, known: bool) -> Draft:
    return Draft(
        *ordered(side, span, None),
        message=(
            f"{side.upper()} says “{context.side(side).words(span)}”: word by word an idiom "
            f"({idiom.language}: {idiom.source}) that means “{idiom.meaning}”."
        ),
        severity="minor",
        confidence=0.8 if known else 0.6,
        likely_side=side,
        anchor=idiom.source,
    )
