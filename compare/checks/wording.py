"""``wording``: the same place in two linked sentences filled with other words.

What no check calls a difference of fact may still be worth a look: a term that is rendered
otherwise, a verb of saying that takes sides. Similarity of words and of the sentence around them
tells which words stand for each other; whether they mean one thing is left to the reader. So all
of it is in the wording ledger, and gives way to whatever else is found on the same words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.match import Match, match
from compare.polarity import negated
from compare.records import SIDES, Group, Place, Severity, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARE = 0.2
"""How much of a group must be matched, or nothing is known of which words stand for which."""
_SLOT = 0.5
"""Evidence by the words around, without which two words are not held against each other."""
_EVIDENCE = 1.7
"""What slot and likeness together must reach …"""
_LIKENESS = 3.0
"""… and what a whole cosine counts in it, in units of the slot."""
_SURE = 3.0
_LIGHT = frozenset(
    "be have do make take get go come give put let keep become seem say tell see find show "
    "accord include follow".split()
)
"""Verbs that say hardly anything by themselves: that they differ says nothing."""
_FAMILIES = {
    "NOUN": "noun",
    "PROPN": "noun",
    "VERB": "verb",
    "ADJ": "modifier",
    "ADV": "modifier",
}
_PLACES = frozenset(("GPE", "LOC", "NORP"))
_MODIFIERS = ("compound", "amod", "nmod")
_SPOKEN = ("ccomp", "parataxis")


def find(context: Context) -> Iterator[Draft]:
    """Verbs of saying of another force, then other words in one place, each pair of words once."""
    yield from _reports(context)
    yield from _other_words(context)


# --- how a text says that somebody speaks -------------------------------------------------------


_PLAIN = "plain"
"""The class of the verbs that only say that something was said."""


class _Force(NamedTuple):
    """What a class of verbs of saying adds to "say"."""

    name: str
    why: str
    severity: Severity


@cache
def _forces() -> dict[str, _Force]:
    """The class of each verb of saying, with its particle where it has one."""
    table = tomllib.loads((files("compare") / "data" / "speech.toml").read_text("utf-8"))
    return {
        verb: _Force(name, row["why"], row["severity"])
        for name, row in table.items()
        for verb in row["verbs"]
    }


def _reports(context: Context) -> Iterator[Draft]:
    """One statement that is said in one text and claimed, admitted or shouted in the other."""
    for group in context.linked:
        matched = match(context, group)
        verbs = {side: _saying(matched, side) for side in SIDES}
        if not len(verbs["a"]) == len(verbs["b"]) == 1:
            continue  # whose words they are is another matter, of ``attribution``
        (a, force_a), (b, force_b) = verbs["a"][0], verbs["b"][0]
        if force_a.name == force_b.name:
            continue
        told = [
            f"{side}'s word {force.why}"
            for side, force in (("A", force_a), ("B", force_b))
            if force.name != _PLAIN
        ]
        yield Draft(
            a=matched.span(context.a, a),
            b=matched.span(context.b, b),
            message=f"A says “{a.text}”, B “{b.text}”: {', '.join(told)}.",
            severity="minor" if "minor" in (force_a.severity, force_b.severity) else "neutral",
            confidence=0.7,
            ledger="wording",
            anchor=f"{a.lemma_.lower()} | {b.lemma_.lower()}",
        )


def _saying(matched: Match, side: Side) -> list[tuple[Token, _Force]]:
    """The verbs of one side with which somebody says something."""
    found = []
    for _, token in matched.words[side]:
        force = _forces().get(_with_particle(token)) if token.pos_ == "VERB" else None
        spoken = token.dep_ in _SPOKEN or any(c.dep_ in _SPOKEN for c in token.children)
        if force is not None and spoken and not negated(token):
            found.append((token, force))
    return found


def _particle(token: Token) -> Token | None:
    """The "off" of "put off", where it stands right behind its verb."""
    return next((c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1), None)


def _with_particle(token: Token) -> str:
    """The lemma of a word, with its particle."""
    particle = _particle(token)
    return " ".join((token.lemma_.lower(), *([particle.lower_] if particle else [])))


# --- other words in one place -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words of A and of B that seem to fill one place."""

    words: tuple[Token, ...]
    """Of both sides."""
    a: Span
    b: Span
    key: tuple[str, str]
    """What they are pairs of, whatever their form."""
    slot: float

    @property
    def spans(self) -> dict[Side, Span]:
        return {"a": self.a, "b": self.b}


def _other_words(context: Context) -> Iterator[Draft]:
    """Words of one text and those that the other has in their place, the surest of each first."""
    found = [pair for group in context.linked for pair in _candidates(context, group)]
    texts = {side: [context.side(side).words(p.spans[side]) for p in found] for side in SIDES}
    context.phrases.learn(word for words in texts.values() for word in words)
    scored = [
        (pair.slot + _LIKENESS * context.phrases.likeness(a, b), pair)
        for pair, a, b in zip(found, texts["a"], texts["b"], strict=True)
    ]
    scored = [(round(e, 6), pair) for e, pair in scored if e >= _EVIDENCE]
    # Symmetric where two are equally good, so that the result does not depend on which is A.
    scored.sort(
        key=lambda s: (-s[0], s[1].a.start + s[1].b.start, abs(s[1].a.start - s[1].b.start))
    )
    taken: set[Token] = set()
    chosen: dict[tuple[str, str], list[tuple[float, _Pair]]] = {}
    for evidence, pair in scored:
        if not taken.isdisjoint(pair.words):
            continue
        taken.update(pair.words)
        chosen.setdefault(pair.key, []).append((evidence, pair))
    for some in chosen.values():
        evidence, first = some[0]
        a, b = (context.side(side).words(first.spans[side]) for side in SIDES)
        yield Draft(
            a=first.a,
            b=first.b,
            message=(
                f"A says “{a}” where B says “{b}”: other words, and no check knows whether "
                "they mean one thing."
            ),
            severity="neutral",
            confidence=0.8 if evidence >= _SURE else 0.6,
            ledger="wording",
            anchor=" | ".join(first.key),
            places=tuple(Place(side, *pair.spans[side]) for _, pair in some[1:] for side in SIDES),
        )


def _candidates(context: Context, group: Group) -> Iterator[_Pair]:
    matched = match(context, group)
    if matched.share() < _SHARE:
        return
    lone = {side: _comparable(context, matched, side) for side in SIDES}
    for x in lone["a"]:
        for y in lone["b"]:
            if _FAMILIES[x.pos_] != _FAMILIES[y.pos_] or (slot := matched.slot(x, y)) < _SLOT:
                continue
            if x.ent_type_ in _PLACES and y.ent_type_ in _PLACES:
                continue  # of the check ``place``
            here, there = _phrase(x, lone["a"]), _phrase(y, lone["b"])
            yield _Pair(
                (*here, *there),
                matched.span(context.a, *here),
                matched.span(context.b, *there),
                (_with_particle(x), _with_particle(y)),
                slot,
            )


def _comparable(context: Context, matched: Match, side: Side) -> list[Token]:
    """The words of one side that the other has not, but for persons, amounts and dates."""
    text = context.side(side)
    return [
        token
        for sentence, token in matched.lone(side)
        if token.pos_ in _FAMILIES
        and token.is_alpha
        and not (token.pos_ == "VERB" and _says_little(token))
        and token.ent_type_ != "PERSON"
        and not text.is_measured(sentence, text.span(sentence, token))
    ]


def _says_little(verb: Token) -> bool:
    """Whether a verb only carries others or says that somebody speaks."""
    words = _with_particle(verb)
    return words in _LIGHT or words in _forces()


def _phrase(token: Token, lone: Sequence[Token]) -> tuple[Token, ...]:
    """A word with its particle, and with the modifiers before it that are as lone."""
    words = [token]
    while words[0].i and (before := words[0].nbor(-1)) in lone:
        if before.head not in words or before.dep_ not in _MODIFIERS:
            break
        words.insert(0, before)
    particle = _particle(token)
    return (*words, particle) if particle is not None else tuple(words)


CHECK = Check(
    id="wording",
    summary="Other words in the same place, and verbs of saying that add something of their own.",
    category="style/wording",
    find=find,
    flags=(
        Example(
            "The minister said the talks had failed.",
            "The minister admitted that the talks had failed.",
        ),
        Example(
            "The company said that its filters were safe.",
            "The company claimed that its filters were safe.",
        ),
        Example(
            "The union wants the depot on the river to be closed.",
            "The union wants the garage on the river to be closed.",
        ),
    ),
    passes=(
        Example(
            "The minister said the talks had failed.", "The talks had failed, the minister said."
        ),
        Example(
            "The mayor stated that the bridge was safe.", "The mayor said that the bridge was safe."
        ),
        Example("Snow closed the road on Monday.", "On Monday the road was closed by snow."),
        Example("Anna Reiter opened the school.", "The school was opened by Anna Reiter."),
    ),
    gives_way=True,
)
