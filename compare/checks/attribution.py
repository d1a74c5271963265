"""``attribution``: the same words put into another person's mouth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.persons import REPORTING, Mention, Person
from compare.records import SIDES, Group, Sentence, Side

if TYPE_CHECKING:
    from spacy.tokens import Token


def find(context: Context) -> Iterator[Draft]:
    """Groups whose only speakers are two persons whom both texts know apart."""
    for group in context.linked:
        speakers = {side: _speakers(context, group, side) for side in SIDES}
        if any(len(speakers[side]) != 1 for side in SIDES):
            continue
        (person_a, mention_a), (person_b, mention_b) = speakers["a"][0], speakers["b"][0]
        if person_a is person_b:
            continue
        # Each must be known to the other text too: otherwise a name is missing, or differs.
        if not person_a.on("b") or not person_b.on("a"):
            continue
        # "Kim, who met Noh, said": the other speaker takes part on this side too.
        inside = {side: {s.index for s in group.side(side)} for side in SIDES}
        if any(m.sentence in inside["a"] for m in person_b.on("a")) or any(
            m.sentence in inside["b"] for m in person_a.on("b")
        ):
            continue
        yield Draft(
            a=mention_a.whole,
            b=mention_b.whole,
            message=(
                f"A has {person_a.name} say this, B {person_b.name}: another speaker."
            ),
            severity="critical",
            confidence=0.75,
            anchor=f"{person_a.name} {person_b.name} {group.a[0].text[:40]}",
        )


def _speakers(context: Context, group: Group, side: Side) -> list[tuple[Person, Mention]]:
    """The persons who are subjects of a reporting verb in a group's side."""
    layer = context.side(side)
    found: list[tuple[Person, Mention]] = []
    for sentence in group.side(side):
        subjects = list(_subjects(layer, sentence))
        if any(t.pos_ == "PRON" for t in subjects):
            return []  # whoever "he" is, it is not known well enough
        for token in subjects:
            place = layer.span(sentence, token)
            for person in context.persons:
                mention = next((m for m in person.on(side) if m.span.overlaps(place)), None)
                if mention is not None and all(p is not person for p, _ in found):
                    found.append((person, mention))
    return found


def _subjects(side: Annotated, sentence: Sentence) -> Iterator[Token]:
    for token in side.docs[sentence.index]:
        if token.lemma_.lower() in REPORTING and token.pos_ == "VERB":
            yield from (c for c in token.children if c.dep_ == "nsubj")


CHECK = Check(
    id="attribution",
    summary="The same words put into another person's mouth.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” said Ruiz."),
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” said Holm."),
        ),
    ),
    passes=(
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” said Ruiz."),
            ("Minister Ana Ruiz met Mayor Paul Holm.", "Ruiz said the bridge was safe."),
        ),
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” she said."),
            ("Minister Ana Ruiz met Mayor Paul Holm.", "Ruiz said the bridge was safe."),
        ),
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "Ruiz told Holm the bridge was safe."),
            (
                "Minister Ana Ruiz met Mayor Paul Holm.",
                "Holm said Ruiz had told him the bridge was safe.",
            ),
        ),
    ),
)
