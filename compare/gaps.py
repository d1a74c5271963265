"""What one side of a group says and the other text leaves out: clauses and phrases, not words.

A part of a sentence counts as left out where three things agree: hardly a content word of it has a
counterpart in the group; the other side has few words over that could stand for it in another
wording; and nothing in the other text, there or elsewhere, is near it in meaning. That a word has
no counterpart says little by itself: good translations of one sentence differ in half their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from compare.descriptors import is_person_noun
from compare.match import is_content, match, roots
from compare.persons import REPORTING
from compare.polarity import senses
from compare.records import OTHER, SIDES, Group, Role, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from compare.annotate import Context

_PARTS = frozenset("advcl relcl acl appos prep conj".split())
"""Dependencies that hold a part which a sentence can do without."""


class _Rule(NamedTuple):
    """What is asked of a part."""

    least: int
    """Content words."""
    lone: float
    """Share of them without a counterpart in the group."""
    most: float
    """Share of the sentence's content words."""
    elsewhere: float
    """Share of them that another sentence has, from which on they are not left out."""
    doubt: float
    """Above it a part may be there in other words."""


_ANY = _Rule(3, 0.8, 0.5, 0.5, 0.33)
_CONDITIONS = _Rule(2, 0.5, 0.7, 0.7, 0.5)
"""For these there is further evidence: the verb, and no condition anywhere near."""
_MATCHED = 0.25
"""How much of a group must be matched, or nothing is known of the rest."""
_NEAR = 0.45
"""A part may be there in other words if anything in the other text is as like it as this."""
_PER_WORD = 0.1
"""What a word of the other side that stands for nothing counts, for each word of the part."""
_LIGHT = frozenset("be have do say tell add make take get go come".split())


_CONDITION = re.compile(
    r"(?:only if|unless|except if|if|provided|providing|as long as|so long as|on condition"
    r"|on the condition)(?! not\b)\b"
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|provid\w+|condition\w*|as long as|in (?:the )?case|in the event|when|whenever"
    r"|once|without|depend\w*|whether|otherwise|assum\w+|suppos\w+|subject to|except|until|till"
    r"|after|should|were to|or else|only|pending|approv\w+|consent|permi\w+|requir\w+|need\w*)\b"
)
"""Words with which a text makes something depend on something else, in any form."""
_SPEECH = REPORTING | frozenset(("address", "speak", "talk"))
_NAMED = 2
"""So many further words of a part are taken to be said where its names are."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a sentence that the other text does not have."""

    side: Side
    group: Group
    sentence: Sentence
    span: Span
    root: Token
    doubt: float
    """0 and more: how far it may still be there in other words."""
    condition: bool = False
    """Without it the statement holds of more cases: "if the council agrees"."""


def find_gaps(context: Context) -> tuple[Gap, ...]:
    """All gaps of both texts, the surest first."""
    known = {side: [_Known.of(doc) for doc in context.side(side).docs] for side in SIDES}
    parts = [
        part
        for group in context.linked
        if match(context, group).share() >= _MATCHED
        for side in SIDES
        for part in _of_group(context, group, side, known[OTHER[side]])
    ]
    phrases = context.phrases  # encoded together, since one by one they take longer
    phrases.learn(context.side(part.side).words(part.span) for part in parts)
    doubtful = [(part, doubt) for part in parts if (doubt := _doubt(context, part)) is not None]
    others = [_others(context, part) for part, _ in doubtful]
    phrases.learn(words for some in others for words in some)
    made = []
    for (part, doubt), some in zip(doubtful, others, strict=True):
        words = context.side(part.side).words(part.span)
        if not any(phrases.likeness(words, other) > _NEAR for other in some):
            made.append(replace(part, doubt=doubt))
    return tuple(sorted(made, key=lambda gap: (gap.doubt, gap.side, gap.span)))


def with_density(context: Context) -> tuple[Group, ...]:
    """The groups, each with the share of its content words that have no counterpart."""
    return tuple(
        replace(
            group,
            a_unmatched=_unmatched(context, group, "a"),
            b_unmatched=_unmatched(context, group, "b"),
        )
        for group in context.groups
    )


def _unmatched(context: Context, group: Group, side: Side) -> float | None:
    """Share of one side's content words that the other side has not; None of no words at all."""
    if not group.linked:
        return 1.0 if group.side(side) else None
    matched = match(context, group)
    of = sum(is_content(t) for _, t in matched.words[side])
    return len(matched.lone(side)) / of if of else None


def _of_group(context: Context, group: Group, side: Side, known: Sequence[_Known]) -> Iterator[Gap]:
    """The parts of a side of a group that may be gaps; ``known`` are the other text's words."""
    matched, text = match(context, group), context.side(side)
    spare = len(matched.lone(OTHER[side]))
    for sentence in group.side(side):
        if sentence.role is not Role.BODY:
            continue
        doc = text.docs[sentence.index]
        whole = len(_content(doc))
        taken: set[int] = set()
        parts = ((t, _words(t)) for t in doc if t.dep_ in _PARTS)
        for root, words in sorted(parts, key=lambda part: (-len(part[1]), part[0].i)):
            content = _content(words)
            lone = sum(matched.of(side, t) is None for t in content)
            condition = root.dep_ in ("advcl", "prep") and _is_condition(words)
            rule = _CONDITIONS if condition else _ANY
            if (
                len(content) < rule.least
                or lone < rule.lone * len(content)
                or len(content) > rule.most * whole
                or not taken.isdisjoint(t.i for t in words)
                or (condition and matched.of(side, root) is not None)
                or _describes_person(root)
                or _frames_speech(root)
            ):
                continue
            taken.update(t.i for t in words)
            span = text.span(sentence, words[0]).cover(text.span(sentence, words[-1]))
            if condition:
                if _conditional(context, group, OTHER[side], content):
                    continue
            elif _typed(context, group, side, sentence, span):
                continue
            if _elsewhere(known, content, rule.elsewhere):
                continue
            doubt = _PER_WORD * spare / len(content)
            if doubt <= rule.doubt:  # meaning takes longer to measure
                yield Gap(side, group, sentence, span, root, doubt, condition)


def _words(root: Token) -> list[Token]:
    """A word with all that depends on it, where they stand together; punctuation cut off."""
    words = sorted(root.subtree, key=lambda t: t.i)
    if words[-1].i - words[0].i + 1 != len(words):
        return []
    while words and (words[0].is_punct or words[0].dep_ == "cc"):
        words.pop(0)
    while words and words[-1].is_punct:
        words.pop()
    return words


def _content(words: Iterable[Token]) -> list[Token]:
    return [t for t in words if (is_content(t) or t.like_num) and t.lemma_.lower() not in _LIGHT]


def _is_condition(words: Sequence[Token]) -> bool:
    return _CONDITION.match(" ".join(t.lower_ for t in words[:4])) is not None and any(
        t.pos_ in ("VERB", "AUX") for t in words[1:]
    )


def _conditional(context: Context, group: Group, side: Side, content: Sequence[Token]) -> bool:
    """Whether a side of a group makes anything a condition, or a sentence beside it one of this.

    Args:
        context: both texts.
        group: where a condition of the other text stands.
        side: the side that may have it too.
        content: the condition's content words.
    """
    text, indices = context.side(side), [s.index for s in group.side(side)]
    wanted = {t.lemma_.lower() for t in content}
    return any(
        _CONDITIONAL.search(s.text.lower())
        and (s.index in indices or wanted & {t.lemma_.lower() for t in text.docs[s.index]})
        for s in text.document
        if min(indices) - 1 <= s.index <= max(indices) + 1
    )


def _describes_person(root: Token) -> bool:
    """Whether a part says who somebody is: texts introduce people where they like."""
    head = root.head
    person = head.ent_type_ == "PERSON" or is_person_noun(head.lemma_.lower())
    if root.dep_ == "appos":
        return person or is_person_noun(root.lemma_.lower()) or root.ent_type_ == "PERSON"
    return root.dep_ == "relcl" and person and root.tag_ in ("VBZ", "VBP")


def _frames_speech(root: Token) -> bool:
    """Whether a part only says that somebody speaks: "Addressing his supporters, he said …"."""
    lemma = root.lemma_.lower()
    return lemma in (_LIGHT if root.dep_ == "conj" else _SPEECH) and root.dep_ not in (
        "prep",
        "appos",
    )


def _typed(context: Context, group: Group, side: Side, sentence: Sentence, span: Span) -> bool:
    """Whether a part has a number or a date, and the other side has some too: checked as such."""
    here, there = context.side(side), context.side(OTHER[side])
    return here.is_measured(sentence, span) and any(
        there.quantities[s.index] or there.dates[s.index] for s in group.side(OTHER[side])
    )


class _Known(NamedTuple):
    """The words of a sentence of the other text."""

    words: frozenset[str]
    lemmas: frozenset[str]
    """Of its content words …"""
    senses: frozenset[int]
    """… and what these can mean."""

    @classmethod
    def of(cls, doc: Doc) -> _Known:
        content = _content(doc)
        return cls(
            frozenset(t.lower_ for t in doc),
            frozenset(t.lemma_.lower() for t in content),
            frozenset(number for t in content for number in senses(t)),
        )

    def has(self, token: Token) -> bool:
        """Whether it has a word itself, a synonym of it or a word of its root."""
        return not (
            roots(token.lemma_.lower()).isdisjoint(self.lemmas)
            and senses(token).isdisjoint(self.senses)
        )


def _elsewhere(known: Iterable[_Known], content: Sequence[Token], enough: float) -> bool:
    """Whether some sentence of the other text has the words, or the names and little is left."""
    names = {t.lower_ for t in content if t.pos_ == "PROPN"}
    few = names and len(content) - len(names) <= _NAMED
    return any(
        (few and names <= sentence.words)
        or sum(map(sentence.has, content)) >= enough * len(content)
        for sentence in known
    )


def _doubt(context: Context, part: Gap) -> float | None:
    """How far a part may be there in other words of its group; None where it is too like them."""
    words = context.side(part.side).words(part.span)
    sentences = part.group.side(OTHER[part.side])
    doubt = part.doubt + max(0.0, *(context.phrases.likeness(words, s.text) for s in sentences))
    return None if doubt > (_CONDITIONS if part.condition else _ANY).doubt else doubt


def _others(context: Context, part: Gap) -> list[str]:
    """What a part may be in other words: parts of its group's other side, and all sentences."""
    side = OTHER[part.side]
    there, matched = context.side(side), match(context, part.group)
    parts = []
    for sentence in part.group.side(side):
        for token in there.docs[sentence.index]:
            words = _words(token) if token.dep_ in _PARTS else []
            content = _content(words)
            if len(content) > 1 and any(matched.of(side, t) is None for t in content):
                span = there.span(sentence, words[0]).cover(there.span(sentence, words[-1]))
                parts.append(there.words(span))
    return [*parts, *(s.text for s in there.document)]
