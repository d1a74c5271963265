"""``negation``: a statement that one text negates and the other does not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.polarity import (
    Negation,
    content_lemmas,
    is_implicit,
    negated,
    negations,
    surroundings,
    synonyms,
    vocabulary,
)
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXCEPTIONS = frozenset(("only", "but", "except", "unless", "until"))
"""They limit a statement and do not turn it round."""
_NEAR = 2
"""Sentences on each side of a group that are looked into."""
_PREDICATES = ("VERB", "ADJ", "NOUN", "AUX")
_OBJECTS = ("dobj", "attr", "acomp", "oprd", "nsubjpass")
_LIGHT = frozenset(("be", "have", "do"))
_SPEECH = frozenset(("say", "tell", "know"))
"""Verbs so frequent that two of them need not be the same act."""


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
    here, rest = _unmatched(here, there), _unmatched(there, here)
    here = _unmatched(here, _nearby(context.side(OTHER[side]), group.side(OTHER[side])))
    # "It had not rained since May" is the last time it did; "never stopped" affirms.
    here = [n for n in here if not n.double and all(t.lower_ != "since" for t in n.head.doc)]
    tokens = {
        s_: [t for s in group.side(s_) for t in context.side(s_).docs[s.index]] for s_ in SIDES
    }
    own, other = tokens[side], tokens[OTHER[side]]
    implicit = sum(map(is_implicit, other)) > sum(map(is_implicit, own))
    if not rest:
        for negation in here:
            twin = _twin(negation.head, own, other)
            if twin is not None:
                exact = twin.lemma_ == negation.head.lemma_
                confidence = 0.6 if implicit else 0.85 if exact else 0.7
                return _draft(context, group, side, negation, twin, confidence)
    if there or implicit or not _comparable(group):
        return None
    lost = next((n for n in here if _stands(n, content_lemmas(other))), None)
    return None if lost is None else _draft(context, group, side, lost, None, 0.65)


def _unmatched(some: list[Negation], others: list[Negation]) -> list[Negation]:
    """Negations without one on the other side that bears on the same word; those cancel out."""

    def heads(negation: Negation) -> set[str]:
        return {negation.head.lemma_.lower()} - _LIGHT

    def reach(negation: Negation) -> set[str]:
        objects = [c for c in negation.head.children if c.dep_ in _OBJECTS]
        objects += [g for c in negation.head.children if c.dep_ == "prep" for g in c.children]
        return heads(negation) | content_lemmas(objects)

    return [
        n
        for n in some
        if not any(heads(n) & reach(other) or heads(other) & reach(n) for other in others)
    ]


def _nearby(side: Annotated, sentences: tuple[Sentence, ...]) -> list[Negation]:
    """Negations just beside a group: the other text may have the statement there."""
    inside = {s.index for s in sentences}
    reach = range(min(inside) - _NEAR, max(inside) + _NEAR + 1)
    around = [s for s in side.document if s.index in reach and s.index not in inside]
    return list(negations(side, around))


def _twin(head: Token, own: list[Token], other: list[Token]) -> Token | None:
    """The same word, or one of the same sense, on the other side, where nothing negates it."""
    lemma = head.lemma_.lower()
    if lemma in _LIGHT | _SPEECH:
        return None
    affirmed = [t for t in other if not negated(t)]
    if lemma in vocabulary().refusal:
        return next((t for t in affirmed if t.lemma_.lower() in vocabulary().refusal), None)
    if any(t.lemma_.lower() == lemma and not negated(t) for t in own):
        return None  # its own side says it without a negation too
    for t in affirmed:
        if t.lemma_.lower() == lemma and t.pos_ in _PREDICATES and not _softened(t):
            return t
    mine, theirs = content_lemmas(own), content_lemmas(other)
    close = len(mine & theirs) * 2.5 >= min(len(mine), len(theirs))
    return next(
        (
            t
            for t in affirmed
            if t.pos_ == head.pos_ in _PREDICATES
            and synonyms(head, t)
            and not _softened(t)
            and (close or surroundings(head) & surroundings(t))
        ),
        None,
    )


def _stands(negation: Negation, lemmas: set[str]) -> bool:
    """Whether the negated clause is on the other side at all: else it is left out, not turned."""
    clause = content_lemmas(list(negation.head.subtree))
    shared = clause & lemmas
    contrast = negation.head.pos_ in ("ADP", "NOUN", "PROPN") and shared == clause != set()
    return contrast or (len(shared) >= 2 and len(shared) * 2 >= len(clause))


def _softened(token: Token) -> bool:
    """Whether a word that negates stands over or under this one: "failed to end"."""
    near = [*token.children, *itertools.islice(token.ancestors, 3), *token.head.children]
    return any(is_implicit(t) for t in near if t.lower_ not in _EXCEPTIONS)


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
