"""Words that a translation takes for another one, for ``term``: false friends by source language.

They are data (``compare/data/false_friends.tsv``). Where the language is not given, the
countries or the persons that the texts name tell which ones are likely, and only these count: two
words that are known to be confused then need no more than to stand in linked sentences, and in
sentences that are not linked the same surroundings. Where nothing tells the language each may be
it, and both words must stand in one slot and be unlike in meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from compare.annotate import Context
from compare.checks.base import Draft, ordered
from compare.checks.phrases import SMALL, Phrase, Place, Sentences, Word, Words, phrase
from compare.dates import Precision
from compare.descriptors import descriptors
from compare.match import Match, match
from compare.polarity import COMMON, surroundings, vocabulary
from compare.records import OTHER, SIDES, Side, Span
from compare.tables import rows
from compare.titles import default_titles

_SLOT = 0.5
"""How alike the places of two words must be (:meth:`Match.slot`)."""
_UNLIKE, _UNLIKE_THERE = 0.38, 0.4
"""Below this cosine a word is no other rendering of the right one, wherever both stand, or in one
slot."""


@dataclass(frozen=True, slots=True)
class _Friend:
    language: str
    source: str
    right: tuple[Phrase, ...]
    wrong: tuple[Phrase, ...]
    common: bool
    """Both words are frequent: they must share a slot."""
    known: bool
    """They can mean the same besides, and count only where the language is known."""

    def can_be_in(self, here: frozenset[str], there: frozenset[str]) -> bool:
        """Whether words of two sides may hold a wrong phrase of it here and a right one there."""
        return any(p[0] in here for p in self.wrong) and any(p[0] in there for p in self.right)


@cache
def _rows() -> dict[str, list[list[str]]]:
    """The rows of the data by language."""
    table: dict[str, list[list[str]]] = {}
    for row in rows("false_friends.tsv"):
        table.setdefault(row[0], []).append(row)
    return table


@cache
def _friends(language: str) -> tuple[_Friend, ...]:
    """The false friends of a language; of none, what is confused in any."""
    return tuple(
        _Friend(
            language,
            source,
            tuple(phrase(words) for words in right.split("; ")),
            tuple(phrase(words) for words in wrong.split("; ")),
            bool(common),
            any("known" in how for how in common),
        )
        for _, source, right, wrong, *common in _rows().get(language, ())
    )


@cache
def _by_word(language: str) -> dict[str, tuple[int, ...]]:
    """By the first word of what is wrong, the numbers of a language's friends that it is of."""
    table: dict[str, set[int]] = {}
    for n, friend in enumerate(_friends(language)):
        for words in friend.wrong:
            table.setdefault(words[0], set()).add(n)
    return {word: tuple(numbers) for word, numbers in table.items()}


@cache
def known_languages() -> frozenset[str]:
    """Source languages for which the data list confusions of offices or false friends."""
    codes = {c.language for c in default_titles().confusions} | _rows().keys()
    return frozenset(codes - {""})


def _with_any(language: str, words: frozenset[str]) -> list[_Friend]:
    """The friends of a language whose wrong phrases begin with any of some words."""
    table = _by_word(language)
    found = {n for word in words for n in table.get(word, ())}
    return [_friends(language)[n] for n in sorted(found)]


def find(context: Context, sentences: dict[Side, list[list[Word]]]) -> Iterator[Draft]:
    """For each group, then for sentences that are not linked.

    Args:
        context: both texts.
        sentences: their words (:func:`compare.checks.phrases.by_sentence`).
    """
    likely = context.languages
    texts = {side: Words([w for words in sentences[side] for w in words]) for side in SIDES}
    words = texts["a"].known | texts["b"].known
    friends = [
        friend
        for language in ("", *sorted(likely or known_languages()))
        for friend in _with_any(language, words)
        if any(friend.can_be_in(texts[side].known, texts[OTHER[side]].known) for side in SIDES)
    ]
    said = _said_of_persons(context)
    for group in context.linked:
        both = {
            side: Words([w for s in group.side(side) for w in sentences[side][s.index]])
            for side in SIDES
        }
        matched = match(context, group)
        found = [
            draft
            for side in SIDES
            for draft in _in_group(context, matched, both, side, friends, likely, said)
        ]
        times = Counter((d.a, d.b) for d in found)
        for draft in found:
            # two words that are each taken for the other: nothing tells which is wrong
            yield draft if times[draft.a, draft.b] == 1 else replace(draft, likely_side="unknown")
    parts = {side: Sentences([Words(words) for words in sentences[side]]) for side in SIDES}
    linked: dict[Side, dict[int, set[int]]] = {
        side: {
            x.index: {y.index for y in group.side(OTHER[side])}
            for group in context.linked
            for x in group.side(side)
        }
        for side in SIDES
    }
    for side in SIDES:
        known = [
            f
            for f in friends
            if f.language in likely
            and f.can_be_in(texts[side].known, texts[OTHER[side]].known)
            and not texts[OTHER[side]].has(f.wrong, but=f.right)
        ]
        yield from _across_groups(context, side, known, parts, linked, said)


def _across_groups(
    context: Context,
    side: Side,
    friends: Sequence[_Friend],
    sentences: dict[Side, Sentences],
    linked: dict[Side, dict[int, set[int]]],
    said_of: Sequence[dict[Side, list[Span]]],
) -> Iterator[Draft]:
    """The wrong word in one sentence, the right one in another that is not linked with it.

    That is so where what one sentence says stands in several of the other text. The right word must
    not be said where the wrong one stands, and both must have a neighbour in common or be said of
    one person.
    """
    here, there = sentences[side], sentences[OTHER[side]]
    for friend in friends:
        holds, said = there.having(friend.right), here.having(friend.right)
        open_ = [j for j in sorted(holds) if not said & linked[OTHER[side]].get(j, set())]
        for i in sorted(here.having(friend.wrong) - said):
            if holds & linked[side].get(i, set()):
                continue
            pair = next(
                (
                    (x, y)
                    for x in here.texts[i].places(friend.wrong)
                    for j in open_
                    for y in there.texts[j].places(friend.right)
                    if (x.neighbours & y.neighbours) - COMMON
                    or (
                        _of_one(said_of, side, x, y)
                        and not _name_of_abroad(x)
                        and not _half_said(x, y)
                    )
                ),
                None,
            )
            if pair:
                yield _draft(context, side, friend, *pair, known=True)


def _in_group(
    context: Context,
    matched: Match,
    texts: dict[Side, Words],
    side: Side,
    friends: Sequence[_Friend],
    likely: frozenset[str],
    said: Sequence[dict[Side, list[Span]]],
) -> Iterator[Draft]:
    here, there = texts[side], texts[OTHER[side]]

    def share_place(x: Place, y: Place) -> bool:
        return _same_slot(matched, side, x, y) or _of_one(said, side, x, y)

    def near_enough(friend: _Friend, x: Place, y: Place) -> bool:
        if friend.language not in likely:
            return share_place(x, y) and (not friend.language or unlike(x, y, _UNLIKE_THERE))
        if not (friend.common and x.is_word) or share_place(x, y):
            return True
        return not friend.known and unlike(x, y, _UNLIKE)

    def unlike(x: Place, y: Place, least: float) -> bool:
        said_here, said_there = (" ".join(t.text for t in p.tokens) for p in (x, y))
        return context.phrases.likeness(said_here, said_there) < least

    seen: set[int] = set()
    for friend in friends:
        if not friend.can_be_in(here.known, there.known):
            continue
        if friend.known and friend.language not in likely:
            continue
        if there.has(friend.wrong, but=friend.right):
            continue
        # what is but part of a name is no word for it: "asked the Board of Audit to audit it"
        own = list(here.places(friend.right))
        if not all(map(_is_name, own)):
            continue
        known = friend.language in likely
        pair = next(
            (
                (x, y)
                for x in here.places(friend.wrong)
                for y in there.places(friend.right)
                if not (own and _is_name(y))
                and near_enough(friend, x, y)
                and not _name_of_abroad(x)
                and not _half_said(x, y)
                and not _in_a_date(context, side, x)
                and (_alike_in_kind(x, y) or share_place(x, y))
            ),
            None,
        )
        if pair is None or pair[0].first in seen:  # several languages know the same false friend
            continue
        seen.add(pair[0].first)
        yield _draft(context, side, friend, *pair, known=known)


def _is_name(place: Place) -> bool:
    """Whether all its words are capitalised as parts of a name."""
    return all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in place.tokens)


def _said_of_persons(context: Context) -> list[dict[Side, list[Span]]]:
    """Of each person whom both texts name, the words that each says of the person."""
    return [
        {
            side: [
                span
                for m in person.on(side)
                for span in (
                    *(d.span for d in descriptors(context.side(side), m)),
                    Span(max(0, m.span.start - 2), m.span.start),  # the end of the word before
                )
            ]
            for side in SIDES
        }
        for person in context.persons
        if person.on("a") and person.on("b")
    ]


def _of_one(said: Sequence[dict[Side, list[Span]]], side: Side, x: Place, y: Place) -> bool:
    """Whether two phrases are said of one person: “the conservative Ida Holm”, the curator."""
    return any(
        any(x.span.overlaps(span) for span in person[side])
        and any(y.span.overlaps(span) for span in person[OTHER[side]])
        for person in said
    )


def _draft(
    context: Context, side: Side, friend: _Friend, wrong: Place, right: Place, *, known: bool
) -> Draft:
    mine, theirs = context.side(side), context.side(OTHER[side])
    source = f" ({friend.language}: {friend.source})" if friend.language else ""
    return Draft(
        *ordered(side, wrong.span, right.span),
        message=(
            f"{side.upper()} says “{mine.words(wrong.span)}”, "
            f"{OTHER[side].upper()} “{theirs.words(right.span)}”: "
            f"another concept, and a known confusion in translation{source}."
        ),
        severity="minor",
        confidence=0.75 if known else 0.6,
        likely_side=side if known else "unknown",
    )


def _alike_in_kind(wrong: Place, right: Place) -> bool:
    """Whether two words can stand for one word of the source: no adjective for a noun.

    Nor does a word that goes with another one, "market vendors", for one that stands by itself.
    """
    x, y = wrong.tokens[-1], right.tokens[-1]
    if len(wrong.phrase) > 1 or len(right.phrase) > 1 or "PROPN" in (x.pos_, y.pos_):
        return True
    if {x.pos_, y.pos_} == {"NOUN", "ADJ"}:
        return False
    return x.dep_ != "compound" or y.dep_ == "compound"


_DENYING = vocabulary().negators | {"unable"}
_ABROAD = frozenset("de del do da di du des van von al el".split())


def _name_of_abroad(words: Place) -> bool:
    """Whether a word begins a name left in its own language: “Junta de Andalucía”."""
    behind = words.behind[:1]
    first = words.tokens[0]
    joined = first.i > 1 and first.nbor(-1).text == "-" and first.nbor(-2).text[:1].isupper()
    named = joined or any(word.token.lower_ in _ABROAD for word in behind)
    return first.text[0].isupper() and named  # "Humboldt-Gymnasium"


def _in_a_date(context: Context, side: Side, place: Place) -> bool:
    """Whether a word is part of a day of the month: "the fifth of November" is no Thursday."""
    return any(
        m.span.overlaps(place.span) and m.precision is Precision.DAY
        for found in context.side(side).dates
        for m in found
    )


def _half_said(wrong: Place, right: Place) -> bool:
    """Whether the rest of the right phrase stands by the word: “pay reduction”, “pay cut”.

    Or before it, if it is a negation: “unable to pay more”, “may pay no more”.
    """
    word = wrong.tokens[-1]
    if right.phrase[0] == "no" and any(t.lower_ in _DENYING for t in word.doc[: word.i]):
        return True
    words, rest = wrong.text.words, set(right.phrase[:-1]) - SMALL
    near = (
        *words[max(0, wrong.first - _BEFORE) : wrong.first],
        *words[wrong.last + 1 : wrong.last + 1 + _BEHIND],
    )
    return any(rest & word.forms for word in near)


_BEFORE, _BEHIND = 2, 5
"""Words in which the rest of a phrase may stand: “secretary of the Municipal Party Committee”."""


def _same_slot(matched: Match, side: Side, x: Place, y: Place) -> bool:
    """Whether two phrases share something they depend on, or a content word beside them."""
    last_x, last_y = x.tokens[-1], y.tokens[-1]
    if surroundings(last_x) & surroundings(last_y) or x.neighbours & y.neighbours:
        return True
    a, b = (last_x, last_y) if side == "a" else (last_y, last_x)
    return matched.slot(a, b) >= _SLOT
