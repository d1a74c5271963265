"""Who is quoted with which words, so that a reader can lay the quotations side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.persons import speaking
from compare.pronouns import References, pronoun_references
from compare.records import SIDES, Quotation, Sentence, Side

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = 3
"""Shorter ones are names and terms in quotation marks."""


def quotations(context: Context) -> tuple[Quotation, ...]:
    """The quotations of both texts with their speakers, A's first, in the order of the text."""
    references = pronoun_references(context)
    return tuple(q for side in SIDES for q in _of(context, side, references))


def _of(context: Context, side: Side, references: References) -> Iterator[Quotation]:
    layer = context.side(side)
    group_of = {s.index: g.group_id for g in context.groups for s in g.side(side)}
    last = ""  # whose words go on in the next sentence
    for sentence, doc in zip(layer.document, layer.docs, strict=True):
        named = next(
            (
                speaker
                for token in speaking(doc)
                if not sentence.quoted(layer.span(sentence, token))
                and (speaker := _speaker(context, side, sentence, doc, token, references))
            ),
            "",
        )
        speaker = named or (last if _all_quoted(sentence) else "")
        for span in sentence.quotes:
            if len(layer.words(span).split()) >= _WORDS:
                group = group_of.get(sentence.index, "")
                yield Quotation(side, span.start, span.end, speaker, group)
        last = speaker


def _speaker(
    context: Context,
    side: Side,
    sentence: Sentence,
    doc: Doc,
    token: Token,
    references: References,
) -> str:
    """Who the subject of a verb of speech is: a person's fullest name, else the words."""
    place = context.side(side).span(sentence, token)
    if token.pos_ == "PRON":
        meant = next((r for r in references[side] if r.span == place and not r.by_other), None)
        return token.text if meant is None else meant.person.name
    for person in context.persons:
        if any(m.span.overlaps(place) for m in person.on(side)):
            return person.name
    return next((c.text for c in doc.noun_chunks if c.start <= token.i < c.end), token.text)


def _all_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is hardly more than a quotation."""
    quoted = sum(span.end - span.start for span in sentence.quotes)
    return quoted >= (sentence.end - sentence.start) - 4
