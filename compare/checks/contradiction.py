"""``contradiction``: two texts that can hardly both be true, by the model of meaning.

The model (:mod:`compare.meaning`) has read many translations with one thing changed, and finds what
no rule names: another term, an opposite, exchanged roles. It is no judge of dates, numbers, names
and places, which rules read better, and gives way wherever a rule has a finding on the same words.
Its weights are a large download and one in three of its findings is wrong (``docs/model.md``), so
it is left out by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.match import match
from compare.meaning import Judgement, Mark, judged
from compare.records import SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAST = 0.95
"""Probability of a contradiction below which nothing is said."""
_MARKED = 0.6
"""Probability of a word's mark at which the contradiction is in it."""
_NAMED = frozenset("PERSON GPE LOC ORG NORP FAC DATE TIME MONEY PERCENT CARDINAL ORDINAL".split())
_MOST_SENTENCES = 4
"""On one side of a group, above which it is no pair of statements."""


@dataclass(frozen=True)
class _Joined:
    """Sentences of one text as one string."""

    side: Annotated
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.sentences)

    def marked(self, marks: Sequence[Mark]) -> Iterator[tuple[Sentence, Token, float]]:
        """The words of the sentences with the probability of their marks."""
        offset = 0
        for sentence in self.sentences:
            for token in self.side.docs[sentence.index]:
                start = offset + token.idx
                end = start + len(token.text)
                found = [m.probability for m in marks if m.start < end and start < m.end]
                if found:
                    yield sentence, token, max(found)
            offset += len(sentence.text) + 1


def find(context: Context) -> Iterator[Draft]:
    """Statements of linked sentences that contradict each other."""
    told = [
        (group, _Joined(context.a, a), _Joined(context.b, b))
        for group in context.linked
        if max(len(group.a), len(group.b)) <= _MOST_SENTENCES
        for a, b in _statements(group)
    ]
    told = [(group, a, b) for group, a, b in told if a.text != b.text]
    answers = judged([(a.text, b.text) for _, a, b in told], keep=context.config.cache)
    for (group, a, b), judgement in zip(told, answers, strict=True):
        draft = _contradiction(context, group, a, b, judgement)
        if draft is not None:
            yield draft


def _statements(group: Group) -> Iterator[tuple[tuple[Sentence, ...], tuple[Sentence, ...]]]:
    """Each sentence of the side that has more of them, with all of the other side."""
    if len(group.a) > len(group.b):
        yield from (((sentence,), group.b) for sentence in group.a)
    elif len(group.b) > len(group.a):
        yield from ((group.a, (sentence,)) for sentence in group.b)
    else:
        yield group.a, group.b


def _contradiction(
    context: Context, group: Group, one: _Joined, two: _Joined, judgement: Judgement
) -> Draft | None:
    if judgement.contradicts < _LEAST:
        return None
    spans: dict[Side, Span] = {}
    words: dict[Side, Token] = {}
    marks: dict[Side, tuple[Mark, ...]] = {"a": judgement.a_marks, "b": judgement.b_marks}
    joined: dict[Side, _Joined] = {"a": one, "b": two}
    for side in SIDES:
        marked = list(joined[side].marked(marks[side]))
        found = max(marked, key=lambda w: w[2], default=None)
        if found is None or found[2] < _MARKED:
            return None
        sentence, token, _ = found
        if _is_for_rules(context.side(side), sentence, token):
            return None
        words[side] = token
        spans[side] = _run(context.side(side), marked, marked.index(found))
    matched = match(context, group)
    if matched.of("a", words["a"]) is not None and matched.of("b", words["b"]) is not None:
        return None  # both texts have both words: who does it to whom is read by the parse
    said = {side: f"“{context.side(side).words(spans[side])}”" for side in SIDES}
    return Draft(
        a=spans["a"],
        b=spans["b"],
        message=(
            f"A says {said['a']}, B says {said['b']}: a model of meaning takes the two sentences "
            "for a contradiction. One time in three it is wrong."
        ),
        severity="minor",
        confidence=0.5,
    )


def _run(side: Annotated, words: list[tuple[Sentence, Token, float]], at: int) -> Span:
    """The marked word with those beside it that are marked too: "in intensive care"."""
    sentence = words[at][0]
    first = last = at
    while first > 0 and _goes_on(side, words[first - 1], sentence):
        first -= 1
    while last + 1 < len(words) and _goes_on(side, words[last + 1], sentence):
        last += 1
    ends = [side.span(sentence, words[n][1]) for n in (first, last)]
    return Span(ends[0].start, ends[1].end)


def _goes_on(side: Annotated, word: tuple[Sentence, Token, float], sentence: Sentence) -> bool:
    own, token, probability = word
    return (
        own == sentence
        and probability >= _MARKED
        and not token.is_punct
        and not _is_for_rules(side, sentence, token)
    )


def _is_for_rules(side: Annotated, sentence: Sentence, token: Token) -> bool:
    """Whether a word is one that rules compare: of a name, a place, a date or a number."""
    span = side.span(sentence, token)
    named = token.ent_type_ in _NAMED or token.pos_ == "PROPN"
    placed = any(span.overlaps(place.span) for place in side.places[sentence.index])
    return named or placed or side.is_measured(sentence, span)


CHECK = Check(
    id="contradiction",
    summary="Statements that can hardly both be true, where no rule says why: by a trained model.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The council approved the plan for a new bridge.",
            "The council rejected the plan for a new bridge.",
        ),
        Example(
            "Prosecutors dropped the case against the two teachers.",
            "Prosecutors filed charges against the two teachers.",
        ),
        Example(
            "Doctors said the patient was recovering at home.",
            "Doctors said the patient was in intensive care.",
        ),
    ),
    passes=(
        Example("The mayor left on Monday.", "On the 18th, the mayor left."),
        Example("The unions accepted the offer.", "The offer was accepted by the unions."),
        Example("Prices rose by a fifth in May.", "In May, prices went up 20 percent."),
        Example("The factory will close in the spring.", "The plant is to be shut in spring."),
        Example("Snow fell in the north.", "It snowed in the north."),
        Example(
            "The minister resigned after the report.",
            "After the report came out, the minister stepped down.",
        ),
        Example("The court freed the two men.", "The court freed the two men. It was late."),
    ),
    learned=True,
)
