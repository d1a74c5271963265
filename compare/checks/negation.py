"""``negation``: a statement that one text negates and the other does not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.polarity import Negation, content_lemmas, is_implicit, negated, negations, vocabulary
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIGHT = frozenset(("be", "have", "do"))


def find(context: Context) -> Iterator[Draft]:
    """At most one draft per group: the negation that the other side has nothing for."""
    for group in context.linked:
        found = {side: list(negations(context.side(side), group.side(side))) for side in SIDES}
        for side in SIDES:
            draft = _judge(context, group, side, found)
            if draft is not None:
                yield draft
                break


def _judge(
    context: Context, group: Group, side: Side, found: dict[Side, list[Negation]]
) -> Draft | None:
    here, there = found[side], found[OTHER[side]]
    if len(here) <= len(there):
        return None
    # What both sides negate cancels out.
    both = {n.head.lemma_.lower() for n in here} & {n.head.lemma_.lower() for n in there} - _LIGHT
    here, rest = (
        [n for n in side_ if n.head.lemma_.lower() not in both] for side_ in (here, there)
    )
    other = context.side(OTHER[side])
    tokens = [t for s in group.side(OTHER[side]) for t in other.docs[s.index]]
    lemmas = content_lemmas(tokens)
    own = {
        t.lemma_.lower()
        for s in group.side(side)
        for t in context.side(side).docs[s.index]
        if not negated(t)
    }
    implicit = sum(is_implicit(t) for t in tokens)
    own_implicit = sum(
        is_implicit(t) for s in group.side(side) for t in context.side(side).docs[s.index]
    )
    refusal = vocabulary().refusal
    for negation in here:
        lemma = negation.head.lemma_.lower()
        # The same word stands on the other side and nothing there negates it.
        twin = next(
            (
                t
                for t in tokens
                if t.lemma_.lower() == lemma
                and t.pos_ in ("VERB", "ADJ", "NOUN", "AUX")
                and not negated(t)
            ),
            None,
        )
        if lemma in refusal and not rest:
            refused = next(
                (t for t in tokens if t.lemma_.lower() in refusal and not negated(t)), None
            )
            if refused is None:
                continue
            return _draft(context, group, side, negation, refused, 0.85)
        if (
            twin is not None
            and not _softened(twin)
            and lemma not in _LIGHT
            and lemma not in own
            and not rest
        ):
            confidence = 0.85 if implicit <= own_implicit else 0.6
            return _draft(context, group, side, negation, twin, confidence)
    if there or implicit > own_implicit:
        return None
    for negation in here:
        clause = content_lemmas(list(negation.head.subtree))
        # The negated clause must be on the other side at all: otherwise it is left out, not turned.
        shared = clause & lemmas
        contrast = negation.head.pos_ in ("ADP", "NOUN", "PROPN") and shared == clause != set()
        if (contrast or (len(clause) >= 2 and len(shared) * 2 >= len(clause))) and _comparable(
            group
        ):
            return _draft(context, group, side, negation, None, 0.65)
    return None


def _softened(token: Token) -> bool:
    """Whether a word that negates stands over or under this one: "failed to end"."""
    near = [*token.children, *itertools.islice(token.ancestors, 3)]
    return any(is_implicit(t) for t in near) or any(is_implicit(t) for t in token.head.children)


def _comparable(group: Group) -> bool:
    """Both sides about as long: a much shorter one leaves clauses out."""
    a, b = (sum(len(s.text) for s in group.side(side)) for side in SIDES)
    return min(a, b) * 1.8 >= max(a, b)


def _draft(
    context: Context,
    group: Group,
    side: Side,
    negation: Negation,
    twin: Token | None,
    confidence: float,
) -> Draft:
    other = context.side(OTHER[side])
    spans: dict[Side, Span | None] = {side: negation.clause, OTHER[side]: None}
    if twin is not None:
        sentence = next(s for s in group.side(OTHER[side]) if other.docs[s.index] is twin.doc)
        spans[OTHER[side]] = other.span(sentence, twin)
    else:
        spans[OTHER[side]] = _counterpart(context, group, side, negation)
    words = context.side(side).words(negation.clause)
    return Draft(
        a=spans["a"],
        b=spans["b"],
        message=(
            f"{side.upper()} negates this (“{words}”), {OTHER[side].upper()} does not: "
            "the statement is turned into its opposite."
        ),
        severity="critical",
        confidence=confidence,
        anchor="",
    )


def _counterpart(context: Context, group: Group, side: Side, negation: Negation) -> Span | None:
    """The stretch of the other side that shares most with the negated clause."""
    other = context.side(OTHER[side])
    clause = content_lemmas(list(negation.head.subtree))
    best: tuple[int, Sentence, list[Token]] | None = None
    for sentence in group.side(OTHER[side]):
        doc = other.docs[sentence.index]
        shared = [t for t in doc if t.lemma_.lower() in clause]
        if shared and (best is None or len(shared) > best[0]):
            verb = next((a for a in shared[0].ancestors if a.pos_ in ("VERB", "AUX")), shared[0])
            best = (len(shared), sentence, [*shared, verb])
    if best is None:
        return None
    spans = [other.span(best[1], t) for t in best[2]]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


CHECK = Check(
    id="negation",
    summary="A statement that one text negates and the other does not.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Creditors were persuaded not to recall the loans.",
            "Creditors were persuaded to recall the loans.",
        ),
        Example(
            "He did not rule out a second package.",
            "He rejected the possibility of a second package.",
        ),
        Example("The law isn't the same for everyone.", "The law is the same for everyone."),
        Example("If I had gone back we would be dead.", "If I had not gone back we would be dead."),
        Example(
            "The city is guarded by police and not by the army.",
            "The city is guarded by police and the army.",
        ),
    ),
    passes=(
        Example("He would not visit the altar.", "He had no plans to visit the altar."),
        Example("Prosecutors did not appeal.", "The prosecution decided against an appeal."),
        Example("It was not a corner.", "That wasn't a corner kick."),
        Example("Not only farmers complained.", "Farmers and others complained."),
        Example("Nine matches without defeat.", "Unbeaten in nine matches."),
        Example("The talks failed to end the strike.", "The talks did not end the strike."),
        Example(
            "She does not believe lamps are to blame.", "Lamps are not to blame, she believes."
        ),
        Example("No fewer than nine people came.", "At least nine people came."),
    ),
)
