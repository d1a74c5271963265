"""``question``: what one text asks and the other one states."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.match import is_content, match
from compare.polarity import vocabulary
from compare.records import OTHER, SIDES, Group, Role, Sentence, Side, Span
from compare.verbs import helpers

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARKS = "?？؟‽⁇⁈"
_MARK = re.compile(rf"[{_MARKS}](?=[{_MARKS}]{{0,9}}\s{{0,9}}(?:[”’\"')\]»]|$|[A-Z]))")
"""A mark that ends a question, also one inside quotation marks."""
_START = re.compile(rf"[…{_MARKS}“”\"]")
_MOST = 8
"""Questions looked at in one sentence."""
_REPORTED = frozenset(
    "ask inquire enquire wonder question query doubt unclear unknown uncertain unsure debate guess "
    "puzzle clarify explain reason mystery whether please let may might could perhaps maybe "
    "possible possibly possibility".split()
)
"""Where only the other side has one of these, it reports the question or leaves it open."""
_OPENING = frozenset(':“"‘(')
_WH = ("WP", "WRB", "WDT", "WP$")
_ONLY_AGREE = frozenset("right no correct eh okay ok huh yes true".split())
"""After a comma and before the mark they only ask to agree."""
_INDIRECT = ("ccomp", "csubj", "csubjpass", "pcomp", "xcomp", "acl")
"""Clauses that a question word or "if" leads when a question is reported."""
_LEAST, _LEAST_INVERTED = 0.6, 0.4
"""Share of a question's content words that the other side must have for it to be the same; less
where the order of words makes it a question too."""


def find(context: Context) -> Iterator[Draft]:
    """Questions that the other side of the group has as a statement."""
    for group in context.linked:
        for side in SIDES:
            if any(mark in s.text for s in group.side(OTHER[side]) for mark in _MARKS):
                continue
            for sentence in group.side(side):
                # headlines ask for effect
                if sentence.role is Role.BODY:
                    for span in _questions(sentence.text):
                        yield from _judge(context, group, side, sentence, span)


def _questions(text: str) -> Iterator[Span]:
    """From the end of a sentence or a quotation mark to a question mark."""
    starts = [0, *(m.end() for m in _START.finditer(text))]
    for mark in itertools.islice(_MARK.finditer(text), _MOST):
        start = max(s for s in starts if s <= mark.start())
        words = text[start : mark.start()]
        yield Span(mark.start() - len(words.lstrip()), mark.end())


def _judge(
    context: Context, group: Group, side: Side, sentence: Sentence, local: Span
) -> Iterator[Draft]:
    here, there = context.side(side), context.side(OTHER[side])
    doc = here.docs[sentence.index]
    words = [t for t in doc if local.start <= t.idx < local.end]
    if _rhetorical(words):
        return
    content = [t for t in words if is_content(t)]
    # The statement may follow the question at once: "Was he right? He was."
    rest = [t for s in group.side(side) for t in here.docs[s.index] if t not in words]
    if not content or {t.lemma_ for t in content} & {t.lemma_ for t in rest if is_content(t)}:
        return
    matched = match(context, group)
    pairs = [(t, u) for t in content if (u := matched.of(side, t)) is not None]
    inverted = _inverted(words)
    if len(pairs) < (_LEAST_INVERTED if inverted else _LEAST) * len(content):
        return
    partners = [
        s for s in group.side(OTHER[side]) if any(u.doc is there.docs[s.index] for _, u in pairs)
    ]
    told = [t for s in partners for t in there.docs[s.index]]
    if _reports(told, {t.lemma_.lower() for t in words}):
        return
    # "Who would pay?" is "nobody would pay", "isn't it enough?" is "it is enough"
    if _negations(doc) != _negations(told):
        return
    span = partners[0].span
    for partner in partners[1:]:
        span = span.cover(partner.span)
    question = Span(sentence.start + local.start, sentence.start + local.end)
    yield Draft(
        *ordered(side, question, span),
        message=(
            f"{side.upper()} asks this, {OTHER[side].upper()} states it: "
            "what is open in one text is a fact in the other."
        ),
        severity="major",
        confidence=0.85 if inverted else 0.7,
        anchor="",
    )


def _reports(told: list[Token], question: set[str]) -> bool:
    """Whether a statement says that there is a question: "asked whether", "why it did is open"."""
    return any(
        (t.lemma_.lower() in _REPORTED and t.lemma_.lower() not in question)
        or (
            (t.tag_ in _WH or t.lower_ == "if")
            and any(v.dep_ in _INDIRECT for v in (t.head, t.head.head))
        )
        for t in told
    )


def _negations(words: Iterable[Token]) -> int:
    """How many words negate."""
    return sum(t.lower_.replace("’", "'") in vocabulary().negators for t in words)


def _rhetorical(question: list[Token]) -> bool:
    """Whether a question only leads over, or asks to agree or to do something."""
    words = [t for t in question if t.is_alpha]
    if not any(t.pos_ in ("VERB", "AUX") for t in words):
        return True  # "His reason? Money."
    # "…, is it?", "…, right?"
    comma = max((t.i for t in question if t.text in (",", "–", "—", "-")), default=-1)
    tail = [t for t in words if t.i > comma]
    if comma >= 0 and 0 < len(tail) <= 3:
        last = tail[-1]
        if last.lower_ in _ONLY_AGREE or last.pos_ == "PRON":
            return True
    return any(
        x.tag_ == "MD" and y.lower_ in ("you", "we", "i") for x, y in itertools.pairwise(words)
    )


def _inverted(question: list[Token]) -> bool:
    """Whether an auxiliary stands before its subject, or a question word leads."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass", "expl") and _before(t, c)
        for t in question
        for c in t.children
    ) or any(t.tag_ in _WH for t in question[:3])


def _before(verb: Token, subject: Token) -> bool:
    return any(h.pos_ == "AUX" and h.i < subject.i for h in (verb, *helpers(verb)))


CHECK = Check(
    id="question",
    summary="What one text asks and the other states as a fact.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("The minister resigned on Friday.", "Did the minister resign on Friday?"),
        Example(
            "Fishermen were paid to keep silent about the spill.",
            "Were fishermen paid to keep silent about the spill?",
        ),
        Example(
            "“Is the bridge safe for trucks?” the mayor said.",
            "“The bridge is safe for trucks,” the mayor said.",
        ),
        Example(
            ("Turnout was high.", "Why did the party lose the south to the greens?"),
            ("Turnout was high.", "The party lost the south to the greens."),
        ),
        Example(
            "The bank will raise its rates in March.", "The bank will raise its rates in March?"
        ),
    ),
    passes=(
        Example("Did the minister resign?", "Has the minister stepped down?"),
        Example("Is the bridge safe? he asked.", "He asked whether the bridge was safe."),
        Example("Who would pay for such a wall?", "Nobody would pay for such a wall."),
        Example("Isn't the wall expensive enough?", "The wall is expensive enough."),
        Example("The wall is expensive, isn't it?", "The wall is expensive."),
        Example("You saw the wall, right?", "You saw the wall."),
        Example("Could you open the gate?", "Open the gate."),
        Example("Will the plant close in June?", "It is unclear if the plant will close in June."),
        Example("His reason for the visit? Chicken wings.", "He came for chicken wings."),
        Example("What about the schools?", "Schools were shut, and teachers stayed at home."),
    ),
)
