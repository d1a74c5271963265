"""``quote``: words inside quotation marks that differ, or that the other text only reports.

A reader takes what stands in quotation marks for what was said. Two translations of one statement
may word it differently; that is worth seeing, and no error by itself: the wording ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.polarity import content_lemmas
from compare.records import OTHER, SIDES, Group, Place, Side, Span

_MIN_WORDS = 4
"""A shorter quotation is a name, a title or a word held at arm's length."""
_SAME = 0.6
"""Share of content words from which two quotations are one."""
_TOLD = 0.3
"""Share of a quotation's content words from which the other side reports it at all."""


@dataclass(frozen=True, slots=True)
class _Quotation:
    span: Span
    words: frozenset[str]


def find(context: Context) -> Iterator[Draft]:
    """Per group, quotations that differ, then those that one side has in reported speech."""
    for group in context.linked:
        quotes = {side: _quotations(context.side(side), group, side) for side in SIDES}
        paired: dict[Side, set[Span]] = {"a": set(), "b": set()}
        for x, y in _partners(quotes["a"], quotes["b"]):
            paired["a"].add(x.span)
            paired["b"].add(y.span)
            if max(_best(x, quotes["b"]), _best(y, quotes["a"])) < _SAME:
                yield _differ(x, y)
        for side in SIDES:
            yield from _reported(context, group, side, quotes, paired[side])


def _quotations(side: Annotated, group: Group, which: Side) -> list[_Quotation]:
    found = []
    for sentence in group.side(which):
        doc = side.docs[sentence.index]
        for span in sentence.quotes:
            if len(re.findall(r"\w+", side.words(span))) < _MIN_WORDS:
                continue
            inside = [t for t in doc if span.overlaps(side.span(sentence, t))]
            words = frozenset(content_lemmas(inside))
            if words:
                found.append(_Quotation(span, words))
    return found


def _partners(a: list[_Quotation], b: list[_Quotation]) -> Iterator[tuple[_Quotation, _Quotation]]:
    """Each quotation with the one that it is most like, from either side."""
    pairs = {(x, max(b, key=lambda q: _alike(x, q))): None for x in a if _best(x, b) >= _TOLD}
    pairs |= {(max(a, key=lambda q: _alike(q, y)), y): None for y in b if _best(y, a) >= _TOLD}
    yield from sorted(pairs, key=lambda pair: (pair[0].span, pair[1].span))


def _best(x: _Quotation, others: list[_Quotation]) -> float:
    return max((_alike(x, y) for y in others), default=0.0)


def _alike(x: _Quotation, y: _Quotation) -> float:
    """Content words in common, as a share of the shorter quotation's."""
    return len(x.words & y.words) / min(len(x.words), len(y.words))


def _differ(x: _Quotation, y: _Quotation) -> Draft:
    return Draft(
        a=x.span,
        b=y.span,
        message=(
            "Both quote this directly, in different words: a reader takes both for what was said."
        ),
        severity="minor",
        confidence=0.6,
        ledger="wording",
    )


def _reported(
    context: Context,
    group: Group,
    side: Side,
    quotes: dict[Side, list[_Quotation]],
    paired: set[Span],
) -> Iterator[Draft]:
    """One draft for the quotations of a group's side that the other side has without marks."""
    other = context.side(OTHER[side])
    best: list[tuple[_Quotation, Span]] = []
    for quotation in quotes[side]:
        if quotation.span in paired:
            continue
        scored = [
            (len(quotation.words & content_lemmas(list(other.docs[s.index]))), s)
            for s in group.side(OTHER[side])
        ]
        count, sentence = max(scored, key=lambda item: item[0])
        if count >= max(2, _TOLD * len(quotation.words)):
            best.append((quotation, sentence.span))
    if not best:
        return
    first, there = best[0]
    yield Draft(
        *ordered(side, first.span, there),
        message=(
            f"{side.upper()} quotes directly what {OTHER[side].upper()} reports in its own words."
        ),
        severity="minor",
        confidence=0.7,
        ledger="wording",
        places=tuple(Place(side, *q.span) for q, _ in best[1:]),
    )


CHECK = Check(
    id="quote",
    summary="Quoted words that differ, or that the other text only reports.",
    category="style/wording",
    find=find,
    flags=(
        Example(
            "“We are ready to work with farmers on water rights,” the minister said.",
            "The minister said the government was ready to work with farmers on water rights.",
        ),
        Example(
            "“The bridge needs a full repair this winter,” she said.",
            "“The bridge must be rebuilt from the ground up,” she said.",
        ),
    ),
    passes=(
        Example(
            "“We kept believing in the team,” she said.",
            "“We never stopped believing in our team,” she said.",
        ),
        Example("The “yellow vests” marched.", "The yellow vests marched."),
        Example("He said it would rain.", "It would rain, he said."),
    ),
)
