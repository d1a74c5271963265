"""Names that a translation took for words, for ``name``: Las Cruces as “the crosses”.

What names mean is data (``compare/data/name_words.tsv``). A name of one text that the other does
not have at all, and in the linked sentence there a word for what it means that the first does not
have: that is no chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from compare.annotate import Context
from compare.checks.base import Draft, ordered
from compare.match import Match, match
from compare.names import fold, same_token
from compare.records import OTHER, SIDES, Place, Side, Span
from compare.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Token


class _Meaning(NamedTuple):
    """What a name means in a language."""

    language: str
    words: frozenset[str]


@cache
def _meanings() -> dict[tuple[str, ...], tuple[_Meaning, ...]]:
    """By the words of a name, in plain lower-case letters."""
    table: dict[tuple[str, ...], list[_Meaning]] = {}
    for language, names, words in rows("name_words.tsv"):
        meaning = _Meaning(language, frozenset(words.split("; ")))
        for name in names.split("; "):
            key = tuple(fold(word) for word in name.split())
            if meaning not in table.setdefault(key, []):
                table[key].append(meaning)
    return {key: tuple(found) for key, found in table.items()}


def find(context: Context) -> Iterator[Draft]:
    """Each name once, with all places where the other text has a word for it."""
    for side in SIDES:
        found: dict[str, list[Draft]] = {}
        theirs = {
            fold(t.text)
            for doc in context.side(OTHER[side]).docs
            for t in doc
            if t.text[:1].isupper()  # Saeed, and not "said"
        }
        for group in context.linked:
            matched = match(context, group)
            for name, draft in _in_group(context, matched, side, theirs):
                found.setdefault(name, []).append(draft)
        for first, *more in found.values():
            places = [p for d in more for p in _places(d)]
            yield replace(first, places=tuple(places))


def _places(draft: Draft) -> Iterator[Place]:
    for side in SIDES:
        span = draft.a if side == "a" else draft.b
        if span is not None:
            yield Place(side, *span)


def _in_group(
    context: Context, matched: Match, side: Side, theirs: set[str]
) -> Iterator[tuple[str, Draft]]:
    """Names of a side of a group that the other side has as words; ``theirs`` is its whole text."""
    here = [t for _, t in matched.words[side]]
    names = list(_names(here))
    if not names:
        return
    lemmas = {t.lemma_.lower() for t in here} | {t.lower_ for t in here}
    others = [
        t
        for _, t in matched.words[OTHER[side]]
        if t.is_alpha and t.lemma_.lower() not in lemmas and matched.of(OTHER[side], t) is None
    ]
    for name in names:
        key = tuple(fold(t.text) for t in name)
        if any(same_token(x, y) for x in key for y in theirs):
            continue
        here_span = matched.span(context.side(side), *name)
        person = _of_a_person(context, side, here_span)
        for meaning in _meanings()[key]:
            word = next(
                (
                    t
                    for t in others
                    if {t.lemma_.lower(), t.lower_} & meaning.words
                    # a firm or a district may well be known by what its name means
                    and (person or t.text[:1].islower())
                ),
                None,
            )
            if word is None:
                continue
            there_span = matched.span(context.side(OTHER[side]), word)
            words = context.side(side).words(here_span)
            yield (
                " ".join(key),
                Draft(
                    *ordered(side, here_span, there_span),
                    message=(
                        f"{OTHER[side].upper()} has “{word.text}” where {side.upper()} has "
                        f"“{words}”: a name was translated as a word ({meaning.language})."
                    ),
                    severity="major",
                    confidence=0.75,
                    likely_side=OTHER[side],
                    anchor=f"{words} {word.lemma_.lower()}",
                ),
            )
            break


def _of_a_person(context: Context, side: Side, span: Span) -> bool:
    """Whether a name is of somebody who is called by more than that, or by a title."""
    return any(
        any(m.span.overlaps(span) for m in person.on(side))
        and any(m.title or " " in m.name for m in person.mentions)
        for person in context.persons
    )


def _names(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Proper names of one word or two that mean something, the longer first."""
    taken: set[Token] = set()
    for size in (2, 1):
        for first in words:
            name = tuple(first.doc[first.i : first.i + size])
            if len(name) < size or taken & set(name):
                continue
            if not all(t.text[:1].isupper() and t.pos_ == "PROPN" for t in name):
                continue
            if tuple(fold(t.text) for t in name) in _meanings():
                taken |= set(name)
                yield name
