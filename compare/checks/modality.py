"""``modality``: a possibility told as a certainty, or a duty as a choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.polarity import negated, surroundings
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Force = Literal["possible", "certain", "duty", "plain"]
_MODALS: dict[str, Force] = {
    **dict.fromkeys(("may", "might", "could"), "possible"),
    **dict.fromkeys(("will", "'ll", "’ll", "wo", "shall"), "certain"),
    **dict.fromkeys(("must",), "duty"),
}
_HEDGES = frozenset(
    "possibly perhaps maybe probably likely reportedly allegedly apparently seemingly "
    "presumably potentially supposedly purportedly expected alleged suspected potential "
    "possible probable believed thought consider considering plan hope want seek aim intend "
    "propose appear seem suggest expect predict forecast estimate able can would should".split()
)
"""Words with which a text hedges without a modal verb; where one stands, nothing is certain."""
_CONFLICTS = {frozenset(("possible", "certain")), frozenset(("possible", "duty"))}


def find(context: Context) -> Iterator[Draft]:
    """One draft per group: a verb that both texts use, with a modal of another force."""
    for group in context.linked:
        verbs = {side: _verbs(context.side(side), group, side) for side in SIDES}
        draft = next(
            (
                d
                for x in verbs["a"]
                for y in verbs["b"]
                if (d := _compare(context, group, x, y)) is not None
            ),
            None,
        )
        if draft is not None:
            yield draft


def _verbs(side: Annotated, group: Group, which: Side) -> list[tuple[Sentence, Token, Force]]:
    """Verbs and predicates that a modal verb governs."""
    found = []
    for sentence in group.side(which):
        for token in side.docs[sentence.index]:
            force = _MODALS.get(token.lower_)
            if token.tag_ == "MD" and force is not None and token.dep_ == "aux":
                found.append((sentence, token.head, force))
    return found


def _hedged(context: Context, group: Group, side: Side) -> bool:
    return any(
        t.lemma_.lower() in _HEDGES or t.lower_ in _HEDGES
        for s in group.side(side)
        for t in context.side(side).docs[s.index]
    )


def _compare(
    context: Context,
    group: Group,
    a: tuple[Sentence, Token, Force],
    b: tuple[Sentence, Token, Force],
) -> Draft | None:
    (sentence_a, verb_a, force_a), (sentence_b, verb_b, force_b) = a, b
    if frozenset((force_a, force_b)) not in _CONFLICTS or negated(verb_a) != negated(verb_b):
        return None
    same = verb_a.lemma_.lower() == verb_b.lemma_.lower()
    shared = surroundings(verb_a) & surroundings(verb_b)
    if not same and len(shared) < 2:
        return None
    sure: Side = "a" if force_b == "possible" else "b"
    if _hedged(context, group, sure):
        return None
    spans = {
        "a": _span(context.a, sentence_a, verb_a),
        "b": _span(context.b, sentence_b, verb_b),
    }
    weak = OTHER[sure]
    strength = force_a if sure == "a" else force_b
    return Draft(
        a=spans["a"],
        b=spans["b"],
        message=(
            f"{weak.upper()} calls this possible (“{context.side(weak).words(spans[weak])}”), "
            f"{sure.upper()} {'an obligation' if strength == 'duty' else 'certain'} "
            f"(“{context.side(sure).words(spans[sure])}”)."
        ),
        severity="major",
        confidence=0.75 if same else 0.6,
    )


def _span(side: Annotated, sentence: Sentence, verb: Token) -> Span:
    """From the modal to its verb."""
    modal = next(c for c in verb.children if c.tag_ == "MD")
    first, last = sorted((side.span(sentence, modal), side.span(sentence, verb)))
    return Span(first.start, last.end)


CHECK = Check(
    id="modality",
    summary="A possibility told as a certainty, or as a duty.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("The plant may close in June.", "The plant will close in June."),
        Example("The unit might be sold next year.", "The unit will be sold next year."),
        Example("Banks could raise rates.", "Banks must raise rates."),
    ),
    passes=(
        Example("The plant will close in June.", "The plant is to close in June."),
        Example("The plant may close in June.", "The plant will probably close in June."),
        Example("The plant may close.", "The plant might close."),
        Example("He could not come.", "He will come later."),
        Example("Rain may fall, and schools will open.", "Schools will open; rain may fall."),
    ),
)
