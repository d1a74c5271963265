"""``entity``: another organisation, work or place name where both texts speak of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.names import fold, same_token
from compare.places import relation
from compare.polarity import is_word
from compare.records import SIDES, Group, Sentence, Side, Span
from compare.slots import Slot, best_pairs, likeness, slots

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEEDED = 0.5
"""How alike the words around two names must be."""
_ALIKE = 70
"""Character similarity from which two words may be two spellings."""
_NOT_LABELS = frozenset(
    ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE", "NORP")
)


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    text: str
    words: tuple[str, ...]
    slot: Slot


def find(context: Context) -> Iterator[Draft]:
    """Pairs of names that only one text has each, in surroundings that are the same."""
    known = {side: _vocabulary(context.side(side)) for side in SIDES}
    told: set[tuple[str, str]] = set()
    for group in context.linked:
        mine = {
            "a": _names(context, "a", group, known["b"]),
            "b": _names(context, "b", group, known["a"]),
        }
        for x, y, score in best_pairs(mine["a"], mine["b"], _score):
            key = (x.text, y.text)
            if key in told or _related(context, x, y):
                continue
            told.add(key)
            yield Draft(
                a=x.span,
                b=y.span,
                message=f"A names {x.text}, B {y.text}: another name where the rest agrees.",
                severity="major",
                confidence=min(0.75, 0.4 + score * 0.35),
                anchor=f"{x.text} {y.text}",
            )


def _vocabulary(side: Annotated) -> frozenset[str]:
    return frozenset(fold(w) for w in re.findall(r"[^\W\d_]+", side.text))


def _names(context: Context, which: Side, group: Group, there: frozenset[str]) -> list[_Name]:
    """Proper names of a group's side of which the other text has no word."""
    side = context.side(which)
    found = []
    for sentence in group.side(which):
        runs = list(_runs(side, sentence))
        for span, slot in zip(runs, slots(sentence.text, sentence.start, runs), strict=True):
            text = side.words(span)
            words = tuple(fold(w) for w in re.findall(r"[^\W\d_]+", text))
            if any(w in there or _spelled(w, there) for w in words if len(w) > 2):
                continue
            # "Class 1" against "Level 1", "Právo" against "Law": a name made of words is translated
            if all(is_word(w) for w in words):
                continue
            found.append(_Name(span, text, words, slot))
    return found


def _spelled(word: str, vocabulary: frozenset[str]) -> bool:
    """Whether a text has another spelling or a derived form of a word."""
    return any(
        w[0] == word[0]
        and (w[:4] == word[:4] or fuzz.ratio(w, word) >= _ALIKE or same_token(w, word))
        for w in vocabulary
        if len(w) > 2
    )


def _runs(side: Annotated, sentence: Sentence) -> Iterator[Span]:
    """Runs of capitalised proper nouns, as the parser tags them."""
    run: list[Token] = []
    for token in [*side.docs[sentence.index], None]:
        if (
            token is not None
            and token.pos_ == "PROPN"
            and token.is_title
            and token.is_alpha
            and token.ent_type_ not in _NOT_LABELS
        ):
            run.append(token)
            continue
        if run and len("".join(t.text for t in run)) > 2:
            first, last = side.span(sentence, run[0]), side.span(sentence, run[-1])
            yield Span(first.start, last.end)
        run = []


def _score(x: _Name, y: _Name) -> float | None:
    value = likeness(x.slot, y.slot)
    enough = len(x.slot.wide & y.slot.wide) >= 2
    return value if value >= _NEEDED and enough else None


def _related(context: Context, x: _Name, y: _Name) -> bool:
    """Whether two names may be of one thing: spellings, an acronym, a place and its country."""
    initials = ["".join(w[0] for w in n.words) for n in (x, y)]
    if "".join(x.words) == initials[1] or "".join(y.words) == initials[0]:
        return True
    if any(same_token(v, w) or fuzz.ratio(v, w) >= _ALIKE for v in x.words for w in y.words):
        return True
    places = [
        [p for found in context.side(side).places for p in found if p.span.overlaps(name.span)]
        for side, name in zip(SIDES, (x, y), strict=True)
    ]
    return any(relation(p, q) != "different" for p in places[0] for q in places[1])


CHECK = Check(
    id="entity",
    summary="Another name of an organisation, a place or a work where the rest agrees.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The agency Xinhua reported that a plane had been hijacked.",
            "The agency Tassinform reported that a plane had been hijacked.",
        ),
    ),
    passes=(
        Example("The talks in Kiev ended on Friday.", "The talks in Kyiv ended on Friday."),
        Example("Shares of Lanyu fell on Friday.", "Shares of the company fell on Friday."),
    ),
)
