"""For whom a pronoun stands: the person named just before it, or in its place in the other text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compare.annotate import Annotated, Context
from compare.names import given_gender
from compare.persons import REPORTING, Person
from compare.records import OTHER, SIDES, Sentence, Side, Span
from compare.verbs import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

Gender = Literal["f", "m", "you"]
PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("mrs", "ms", "madam"), "f"),
    "mr": "m",
}
_WOMEN = (
    "woman girl mother daughter wife sister widow actress queen lady grandmother "
    "niece aunt princess chairwoman spokeswoman congresswoman businesswoman policewoman female "
    "women girls"
)
_MEN = (
    "man boy father son husband brother widower actor king gentleman sir grandfather nephew "
    "uncle prince chairman spokesman congressman businessman policeman male men boys"
)
GENDERED: dict[str, Gender] = {
    **dict.fromkeys(_WOMEN.split(), "f"),
    **dict.fromkeys(_MEN.split(), "m"),
}
# "Her opposite number, Karl Unger, …": what the pronoun owns is the person spoken of.
OWNED = re.compile(r"\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun of the third person, and the person for whom it stands."""

    person: Person
    side: Side
    sentence: int
    span: Span
    gender: Gender
    by_other: bool = False
    """Known only from the other text, which has the name in its place."""


References = dict[Side, list[Reference]]


def pronoun_references(context: Context) -> References:
    """Every pronoun outside quotations whose person is clear, on each side.

    A text is read by itself; only where it leaves open who is meant, or means somebody of the other
    gender, the name that the other text has in the pronoun's place decides.
    """
    found: References = {side: [*_references(context, side)] for side in SIDES}
    for side in SIDES:
        for other in _by_the_other(context, side):
            own = next((r for r in found[side] if r.span == other.span), None)
            if own is None:
                found[side].append(other)
            elif own.person is not other.person:
                known = gender_of(own.person, found, besides=own)
                if known is not None and known != own.gender:
                    found[side].remove(own)
                    found[side].append(other)
    return found


def gender_of(
    person: Person, references: References, besides: Reference | None = None
) -> Gender | None:
    """A person's gender by the name, or else by most of the pronouns."""
    name = given_gender(person.name)
    if name is not None:
        return name
    counts = Counter(
        r.gender for side in SIDES for r in references[side] if r.person is person and r != besides
    )
    (first, n), (_, m) = [*counts.most_common(2), ("m", 0), ("m", 0)][:2]
    return first if n > m else None


def _references(context: Context, which: Side) -> Iterator[Reference]:
    """Pronouns with only one person near enough before them, in text order."""
    side = context.side(which)
    at: dict[int, list[tuple[Span, Person]]] = {}
    for person in context.persons:
        for m in person.on(which):
            at.setdefault(m.sentence, []).append((m.span, person))
    before: list[Person] = []  # the subjects of the sentence before
    for sentence in side.document:
        mentions = sorted(at.get(sentence.index, ()), key=lambda item: item[0])
        if not mentions and _all_quoted(sentence):
            continue  # the speaker remains who was speaking
        subjects = [
            t
            for t in side.docs[sentence.index]
            if t.dep_ in SUBJECTS and _main(t) and not sentence.quoted(side.span(sentence, t))
        ]
        resolved: list[Person] = []
        led: set[Gender] = set()  # "She said that Holm wants to fire her": not Holm
        owners = _owners(side, sentence, mentions)
        for token in side.docs[sentence.index]:
            gender = PRONOUNS.get(token.lower_) if token.pos_ == "PRON" else None
            if gender is None:
                continue
            span = side.span(sentence, token)
            if sentence.quoted(span) or OWNED.match(side.text, span.end):
                continue
            earlier = [p for s, p in mentions if s.end <= span.start]
            later = [p for s, p in mentions if s.start >= span.end]
            if later and not earlier and token.dep_ == "nsubj" and _main(token):
                led.add(gender)
            if earlier and (gender in led or any(p is q for p in owners for q in earlier)):
                continue
            near = _distinct(earlier or ([] if later else before))
            others = any(
                t.i < token.i and t.pos_ == "NOUN" and not _names(side, sentence, t, mentions)
                for t in subjects
            )
            if len(near) != 1 or (others and not earlier):
                continue
            if any(
                GENDERED.get(t.lower_) == gender for t in side.docs[sentence.index] if t.i < token.i
            ):
                continue
            resolved.append(near[0])
            yield Reference(near[0], which, sentence.index, span, gender)
        leading = [
            p for s, p in mentions if any(s.overlaps(side.span(sentence, t)) for t in subjects)
        ]
        others = any(
            t.pos_ in ("NOUN", "PROPN", "PRON")
            and not _names(side, sentence, t, mentions)
            and t.lower_ not in PRONOUNS
            for t in subjects
        )
        before = _distinct([*leading, *resolved])
        if others or len(_distinct([p for _, p in mentions])) > 1:
            before = []


def _owners(
    side: Annotated, sentence: Sentence, mentions: list[tuple[Span, Person]]
) -> list[Person]:
    """Persons who own the one that a sentence speaks of: "Holm's lawyer said that she …"."""
    return [
        person
        for span, person in mentions
        for token in side.docs[sentence.index]
        if token.dep_ == "poss"
        and token.head.dep_ in SUBJECTS
        and token.head.pos_ == "NOUN"
        and span.overlaps(side.span(sentence, token))
    ]


def _by_the_other(context: Context, which: Side) -> Iterator[Reference]:
    """Pronouns in the place where the other text has a person's name."""
    side, other = context.side(which), context.side(OTHER[which])
    for group in context.linked:
        if len(group.a) != 1 or len(group.b) != 1:
            continue
        mine, theirs = group.side(which)[0], group.side(OTHER[which])[0]
        here = [t for t in side.docs[mine.index] if _speaks(side, mine, t)]
        there = [t for t in other.docs[theirs.index] if _speaks(other, theirs, t)]
        if len(here) != 1 or len(there) != 1:
            continue
        gender = PRONOUNS.get(here[0].lower_)
        place = other.span(theirs, there[0])
        person = next(
            (p for p in context.persons if any(m.span.overlaps(place) for m in p.on(other.side))),
            None,
        )
        # "he has proposed what Lua regards as a last resort" is not Lua
        if gender and person and all(m.sentence != mine.index for m in person.on(which)):
            yield Reference(
                person, which, mine.index, side.span(mine, here[0]), gender, by_other=True
            )


def _speaks(side: Annotated, sentence: Sentence, token: Token) -> bool:
    """Whether a token is the subject of a verb of speech outside quotation marks."""
    return (
        token.dep_ == "nsubj"
        and (token.head.lemma_.lower() in REPORTING or token.head.lemma_ in _ANSWERS)
        and token.head.dep_ in ("ROOT", "ccomp", "parataxis", "conj")
        and not sentence.quoted(side.span(sentence, token))
    )


_ANSWERS = frozenset(("counter", "retort", "object", "criticize", "vow", "promise", "pledge"))


def _main(token: Token) -> bool:
    return token.head.dep_ == "ROOT" or token.head.lemma_.lower() in REPORTING


def _names(
    side: Annotated, sentence: Sentence, token: Token, mentions: list[tuple[Span, Person]]
) -> bool:
    """Whether a token belongs to a person's name."""
    return any(span.overlaps(side.span(sentence, token)) for span, _ in mentions)


def _distinct(people: list[Person]) -> list[Person]:
    out: list[Person] = []
    for person in people:
        if all(p is not person for p in out):
            out.append(person)
    return out


def _all_quoted(sentence: Sentence) -> bool:
    inside = sum(q.end - q.start for q in sentence.quotes)
    return inside >= 0.9 * (sentence.end - sentence.start)
