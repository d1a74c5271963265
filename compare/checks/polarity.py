"""``polarity``: an opposite in place of a word: convicted for acquitted, rose for fell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.polarity import CONTENT, is_implicit, negated, surroundings, vocabulary
from compare.records import OTHER, SIDES, Sentence, Side

if TYPE_CHECKING:
    from spacy.tokens import Token

_Word = tuple["Sentence", "Token"]


def find(context: Context) -> Iterator[Draft]:
    """Per group, the pairs of opposites that stand for each other."""
    for group in context.linked:
        words = {side: _words(context.side(side), group.side(side)) for side in SIDES}
        lemmas = {side: {t.lemma_.lower() for _, t in words[side]} for side in SIDES}
        # A word that both sides have contradicts nothing.
        own = {
            side: [w for w in words[side] if w[1].lemma_.lower() not in lemmas[OTHER[side]]]
            for side in SIDES
        }
        for (sentence_a, a), (sentence_b, b) in product(own["a"], own["b"]):
            confidence = _confidence(a, b, lemmas)
            if confidence:
                yield Draft(
                    a=context.a.span(sentence_a, a),
                    b=context.b.span(sentence_b, b),
                    message=(
                        f"A says “{a.text}”, B “{b.text}”: the opposite, "
                        "where both speak of the same thing."
                    ),
                    severity="critical" if _is_verdict(a) or _is_verdict(b) else "major",
                    confidence=confidence,
                )


def _words(side: Annotated, sentences: tuple[Sentence, ...]) -> list[_Word]:
    return [
        (s, t)
        for s in sentences
        for t in side.docs[s.index]
        if t.is_alpha and t.pos_ in CONTENT and t.pos_ != "PROPN"
    ]


def _confidence(a: Token, b: Token, lemmas: dict[Side, set[str]]) -> float:
    """How surely two words contradict each other; 0 where they do not."""
    words = vocabulary()
    x, y = _lemma(a), _lemma(b)
    # past participles that the tagger calls adjectives keep their own form as lemma
    opposed = words.opposed(x, y) or words.opposed(a.lower_, b.lower_)
    if not opposed or _kind(a) != _kind(b):
        return 0.0
    # the opposite negated is the same
    if (negated(a) or _turned(a)) != (negated(b) or _turned(b)):
        return 0.0
    # the other side has the word's own opposite too: "not the winner but the loser"
    if x in lemmas["b"] or y in lemmas["a"]:
        return 0.0
    shared = surroundings(a) & surroundings(b)
    return 0.8 if shared else 0.0


def _lemma(token: Token) -> str:
    """The lemma, of a verb with its particle: "vote down"."""
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    return f"{token.lemma_.lower()} {particle}".strip()


def _kind(token: Token) -> str:
    """Verbs and the adjectives made of them are one kind here."""
    if token.pos_ in ("VERB", "ADJ") and token.tag_ in ("VBN", "VBD", "VBG", "VB", "VBP", "VBZ"):
        return "VERB"
    return token.pos_


def _turned(token: Token) -> bool:
    """Whether a word over or beside it turns it round: "failed to win"."""
    near = [c for c in token.children if c.dep_ in ("advmod", "det")]
    near += [token.head] if token.dep_ in ("xcomp", "pobj", "dobj", "amod") else []
    return any(is_implicit(t) for t in near if t is not token)


def _is_verdict(token: Token) -> bool:
    return token.lemma_.lower() in _VERDICTS


_VERDICTS = frozenset(
    "acquit convict acquittal conviction guilty innocent kill die survive approve reject admit "
    "deny".split()
)


CHECK = Check(
    id="polarity",
    summary="An opposite in place of a word: convicted for acquitted, rose for fell.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("The court acquitted him of fraud.", "The court convicted him of fraud."),
        Example("Exports fell 4.6 percent in May.", "Exports increased 4.6% in May."),
        Example("The village lies upstream of the dam.", "The village lies downstream of the dam."),
        Example("The council approved the plan.", "The council rejected the plan."),
        Example("The union welcomed the decision.", "The union criticised the decision."),
    ),
    passes=(
        Example("Imports of grain grew and exports shrank.", "Exports fell; imports increased."),
        Example("The council rejected the plan.", "The council did not approve the plan."),
        Example("Prices rose while wages fell.", "Wages dropped as prices went up."),
        Example("The team won.", "The other side lost."),
        Example("They failed to win the vote.", "They lost the vote."),
        Example("The court acquitted him.", "The court cleared him."),
    ),
)
