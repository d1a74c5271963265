"""``attribution``: the same words put into another person's mouth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.persons import Mention, Person, speaking
from compare.polarity import surroundings
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = frozenset(("after", "since", "because", "although", "though", "as", "once"))


def find(context: Context) -> Iterator[Draft]:
    """Words given to another speaker, then words that one text tells as its own."""
    for group in context.linked:
        yield from _own_voice(context, group)
    yield from _other_speaker(context)


def _own_voice(context: Context, group: Group) -> Iterator[Draft]:
    """What one text quotes, the other tells as a fact in a subordinate clause."""
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        for sentence in group.side(side):
            doc = here.docs[sentence.index]
            for quote in sentence.quotes:
                verb = next((t for t in doc if _heads(t, quote, here, sentence)), None)
                if verb is None:
                    continue
                for partner in group.side(OTHER[side]):
                    twin = next(
                        (
                            t
                            for t in there.docs[partner.index]
                            if t.lemma_ == verb.lemma_
                            and t.pos_ == "VERB"
                            and _told(t)
                            and not partner.quoted(there.span(partner, t))
                        ),
                        None,
                    )
                    if twin is None or not surroundings(verb) & surroundings(twin):
                        continue
                    clause = list(twin.subtree)  # in text order
                    told = there.span(partner, clause[0]).cover(there.span(partner, clause[-1]))
                    spans: dict[Side, Span] = {side: quote, OTHER[side]: told}
                    yield Draft(
                        a=spans["a"],
                        b=spans["b"],
                        message=(
                            f"{side.upper()} quotes somebody as saying this, {OTHER[side].upper()} "
                            "tells it as a fact of its own that came before."
                        ),
                        severity="major",
                        confidence=0.65,
                    )
                    return


def _heads(token: Token, quote: Span, side: Annotated, sentence: Sentence) -> bool:
    """Whether a token is the present-tense main verb of what a quotation says."""
    inside = quote.overlaps(side.span(sentence, token))
    outer = token.dep_ == "ROOT" or not quote.overlaps(side.span(sentence, token.head))
    return inside and outer and token.pos_ == "VERB" and token.tag_ in ("VBP", "VBZ")


def _told(token: Token) -> bool:
    """Whether a past-tense verb leads a clause of time or reason: nobody's words any more."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod", "prep")}
    return token.tag_ == "VBD" and token.dep_ == "advcl" and bool(marks & _BEFORE)


def _other_speaker(context: Context) -> Iterator[Draft]:
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
            message=f"A has {person_a.name} say this, B {person_b.name}: another speaker.",
            severity="critical",
            confidence=0.75,
            anchor=f"{person_a.name} {person_b.name} {group.a[0].text[:40]}",
        )


def _speakers(context: Context, group: Group, side: Side) -> list[tuple[Person, Mention]]:
    """The persons who are subjects of a reporting verb in a group's side."""
    layer = context.side(side)
    found: list[tuple[Person, Mention]] = []
    for sentence in group.side(side):
        subjects = [t for t in speaking(layer.docs[sentence.index]) if t.head.pos_ == "VERB"]
        if any(t.pos_ == "PRON" for t in subjects):
            return []  # whoever "he" is, it is not known well enough
        for token in subjects:
            place = layer.span(sentence, token)
            for person in context.persons:
                mention = next((m for m in person.on(side) if m.span.overlaps(place)), None)
                if mention is not None and all(p is not person for p, _ in found):
                    found.append((person, mention))
    return found


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
        Example(
            "“Our teams continue to search the valley,” the chief said.",
            "After the teams continued to search the valley, the chief asked for help.",
        ),
    ),
    passes=(
        Example(
            "“Our teams continue to search the valley,” the chief said.",
            "The chief said that the teams continued to search the valley.",
        ),
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
