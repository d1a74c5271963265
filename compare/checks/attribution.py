"""``attribution``: the same words put into another person's mouth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.actors import actor_words
from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.descriptors import descriptors, is_person_noun
from compare.match import is_content, match
from compare.names import shared_tokens
from compare.persons import REPORTING, Person, speaking
from compare.polarity import negated, surroundings
from compare.pronouns import References, pronoun_references
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.verbs import SUBJECTS, helpers

if TYPE_CHECKING:
    from spacy.tokens import Token

_HIS = frozenset(("his", "her", "their"))
_BEFORE = frozenset(("after", "since", "because", "although", "though", "as", "once"))


def find(context: Context) -> Iterator[Draft]:
    """Words given to another speaker, then words that one text tells as its own."""
    references = pronoun_references(context)
    for group in context.linked:
        yield from _own_voice(context, group)
        yield from _not_himself(context, group)
        sources = _one_source_each(context, group)
        if sources is not None:
            yield from _other_party(context, *sources)
            yield from _another_source(context, group, *sources)
        yield from _claim_as_fact(context, group)
    yield from _other_speaker(context, references)
    for group in context.linked:
        yield from _others_speak(context, group, references)


_Source = tuple[Span, frozenset[str]]
"""Who speaks, and for which parties."""


def _one_source_each(context: Context, group: Group) -> tuple[_Source, _Source] | None:
    """Who alone speaks in A and in B; None where several do, or nobody."""
    a, b = (list(_parties(context, group, side)) for side in SIDES)
    return (a[0], b[0]) if len(a) == len(b) == 1 else None


def _other_party(context: Context, in_a: _Source, in_b: _Source) -> Iterator[Draft]:
    """Words of the one party to a quarrel in the mouth of the other: the police, the organizers."""
    (place_a, a), (place_b, b) = in_a, in_b
    for pair in actor_words().opposed:
        for one, two in permutations(pair):
            if one not in a or two not in b or two in a or one in b:
                continue
            yield Draft(
                a=place_a,
                b=place_b,
                message=(
                    f"A has this from “{context.a.words(place_a)}”, B from "
                    f"“{context.b.words(place_b)}”: the other party."
                ),
                severity="major",
                confidence=0.7,
                anchor=f"{one} {two}",
            )


def _parties(context: Context, group: Group, side: Side) -> Iterator[_Source]:
    """Who speaks in a group's side, by a verb or behind "according to", and for which party."""
    text, kinds = context.side(side), actor_words().of
    for sentence in group.side(side):
        doc = text.docs[sentence.index]
        sources = [
            g
            for t in doc
            if t.lower_ == "according"
            for c in t.children
            if c.lower_ == "to"
            for g in c.children
            if g.dep_ == "pobj"
        ]
        said = (t for t in speaking(doc) if t.head.lemma_.lower() not in _ASKS)
        for token in (*said, *sources):
            place = text.span(sentence, token.left_edge).cover(text.span(sentence, token))
            beside = [c for c in token.children if c.dep_ in ("compound", "amod", "appos")]
            lemmas = {t.lemma_.lower() for t in (token, *beside)}
            for person in context.persons:
                if any(m.span.overlaps(place) for m in person.on(side)):
                    for told in (d for m in person.on(side) for d in descriptors(text, m)):
                        lemmas |= {told.head, *text.words(told.core).lower().split()}
            yield place, frozenset(kinds[w] for w in lemmas - _ANY_PARTY if w in kinds)


_MUCH_THE_SAME = 0.6
_ENOUGH = 3
"""Words that what both sources say must have in common, and which share of them."""


def _another_source(
    context: Context, group: Group, in_a: _Source, in_b: _Source
) -> Iterator[Draft]:
    """What observers say in one text and the ministry in the other."""
    (place_a, a), (place_b, b) = in_a, in_b
    actors, matched = actor_words(), match(context, group)
    if not (a and b) or a & b or any(frozenset((x, y)) in actors.close for x in a for y in b):
        return
    places: dict[Side, Span] = {"a": place_a, "b": place_b}
    for side, place in places.items():
        if any(m.span.overlaps(place) for p in context.persons for m in p.on(side)):
            return  # whoever has a name may be meant by the other noun
    told = {
        side: [
            (t, actors.of.get(t.lemma_.lower()))
            for s, t in matched.words[side]
            if is_content(t)
            and not context.side(side).span(s, t).overlaps(places[side])
            and t.lemma_.lower() not in REPORTING
        ]
        for side in SIDES
    }
    if a & {kind for _, kind in told["b"]} or b & {kind for _, kind in told["a"]}:
        return  # both texts know both
    shared = sum(matched.akin("a", t) is not None for t, _ in told["a"])
    if shared < max(_ENOUGH, _MUCH_THE_SAME * min(len(those) for those in told.values())):
        return
    words = context.a.words(place_a), context.b.words(place_b)
    yield Draft(
        a=place_a,
        b=place_b,
        message=f"A has this from “{words[0]}”, B from “{words[1]}”: another speaker.",
        severity="major",
        confidence=0.65,
        anchor=" ".join(sorted(a | b)),
    )


_ANY_PARTY = frozenset(("group", "business", "side", "local"))
_ASKS = frozenset("ask call urge".split())
"""For what both parties ask, each for something else."""


_CLAIMING = frozenset(
    "maintain claim insist allege contend argue purport profess fear suspect worry assume".split()
)


def _claim_as_fact(context: Context, group: Group) -> Iterator[Draft]:
    """What somebody maintains in one text is told as a fact in the other."""
    matched = match(context, group)
    for side in SIDES:
        words = [t for _, t in matched.words[OTHER[side]]]
        if any(t.lemma_.lower() in _PASSES_ON or t.text in '“”"' for t in words):
            continue
        for _, claim in matched.words[side]:
            if claim.lemma_.lower() not in _CLAIMING or claim.pos_ != "VERB" or negated(claim):
                continue
            told = next(
                (c for c in claim.children if c.dep_ in ("ccomp", "xcomp") and c.i > claim.i), None
            )
            if told is not None and told.lemma_ == "be":
                told = next((c for c in told.children if c.dep_ == "acomp"), told)
            twin = None if told is None else matched.of(side, told)
            if told is None or twin is None:
                continue
            main = twin.head if twin.dep_ == "acomp" else twin
            said = main.dep_ == "ccomp" and main.head.pos_ == "VERB" and main.head.i < main.i
            if main.dep_ not in ("ROOT", "conj", "ccomp") or said:
                continue
            if negated(twin) != negated(told):
                continue
            if {t.lower_ for t in (*helpers(main), *told.subtree)} & _LEFT_OPEN:
                continue
            own = [t for t in told.subtree if is_content(t)]
            if sum(matched.of(side, t) is not None for t in own) * 2 < len(own):
                continue
            yield Draft(
                *matched.spans(context, side, (claim, told), (twin,)),
                message=(
                    f"{side.upper()} says that somebody holds this (“{claim.text}”), "
                    f"{OTHER[side].upper()} tells it as a fact."
                ),
                severity="major",
                confidence=0.65,
            )
            return


_LEFT_OPEN = frozenset("may might could would should".split())
_PASSES_ON = REPORTING | _CLAIMING | {
    "accord", "reportedly", "allegedly", "supposedly", "purportedly", "apparently", "version",
    "view", "opinion", "words", "accuse", "accusation", "allegation", "claim", "statement",
}  # fmt: skip


_BODIES = frozenset(
    "commission committee union board lawyers residents experts prosecutors opposition parliament "
    "workers researchers scientists victims families witnesses critics investors analysts students "
    "doctors lawmakers journalists association foundation church tribunal".split()
)


def _others_speak(context: Context, group: Group, references: References) -> Iterator[Draft]:
    """Words of a known person in the mouth of a body or of people he does not speak for."""
    if len(group.a) != 1 or len(group.b) != 1:
        return
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        mine, theirs = group.side(side)[0], group.side(OTHER[side])[0]
        named = _speakers(context, group, side, references)
        if len(named) != 1 or not named[0].named:
            continue
        person = named[0].person
        if not person.on(OTHER[side]) or any(
            m.sentence in (theirs.index, theirs.index - 1) for m in person.on(OTHER[side])
        ):
            continue
        tokens = list(speaking(there.docs[theirs.index]))
        if len(tokens) != 1:
            continue
        token = tokens[0]
        if token.lower_ not in _BODIES and not _goes_on(
            context, OTHER[side], theirs, token, person
        ):
            continue
        said = [
            t.lemma_.lower() for m in person.mentions for t in context.side(m.side).docs[m.sentence]
        ]
        if token.lemma_.lower() in said or token.lower_ in here.words(mine.span).lower():
            continue
        yield Draft(
            *ordered(side, named[0].span, there.span(theirs, token)),
            message=(
                f"{side.upper()} has {person.name} say this, {OTHER[side].upper()} the "
                f"“{token.text}”, for whom nothing shows {person.name} to speak."
            ),
            severity="major",
            confidence=0.6,
            anchor=f"{person.name} {token.lower_}",
        )


def _goes_on(
    context: Context, side: Side, sentence: Sentence, token: Token, person: Person
) -> bool:
    """Whether “adds the unionist” goes on with whoever speaks in the sentence before."""
    if token.head.lemma_.lower() not in _GOING_ON or not is_person_noun(token.lemma_.lower()):
        return False
    if not sentence.index or not any(c.lower_ == "the" for c in token.children):
        return False
    text = context.side(side)
    before = text.document.sentences[sentence.index - 1]
    spoken = [text.span(before, t) for t in speaking(text.docs[before.index])]
    speakers = [
        p
        for p in context.persons
        if any(m.span.overlaps(place) for m in p.on(side) for place in spoken)
    ]
    return len(speakers) == 1 and speakers[0] is not person


_GOING_ON = frozenset("add continue conclude stress emphasize emphasise explain".split())


def _not_himself(context: Context, group: Group) -> Iterator[Draft]:
    """What one text has a speaker say of himself, and the other of somebody of his."""
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        mine = [
            (sentence, token)
            for sentence in group.side(side)
            for token in here.docs[sentence.index]
            if token.text == "I"
            and token.dep_ in SUBJECTS
            and token.head.pos_ == "VERB"
            and sentence.quoted(here.span(sentence, token))
        ]
        for sentence, token in mine:
            for partner in group.side(OTHER[side]):
                doc = there.docs[partner.index]
                if any(t.text == "I" for t in doc):
                    continue
                other = next(
                    (
                        t
                        for t in doc
                        if t.dep_ == token.dep_
                        and t.pos_ == "NOUN"
                        and any(c.lower_ in _HIS for c in t.children)
                        and t.head.lemma_ == token.head.lemma_
                        and t.head.lemma_ not in REPORTING  # the speaker, "her mother said"
                    ),
                    None,
                )
                if other is None:
                    continue
                start = min(c.i for c in other.children if c.lower_ in _HIS)
                owned = there.span(partner, doc[start]).cover(there.span(partner, other))
                verb = here.span(sentence, token.head)
                yield Draft(
                    *ordered(
                        side,
                        here.span(sentence, token).cover(verb),
                        owned.cover(there.span(partner, other.head)),
                    ),
                    message=(
                        f"{side.upper()} has a speaker say this of himself or herself, "
                        f"{OTHER[side].upper()} of “{there.words(owned)}”."
                    ),
                    severity="major",
                    confidence=0.7,
                )
                return


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
                    yield Draft(
                        *ordered(side, quote, told),
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


def _other_speaker(context: Context, references: References) -> Iterator[Draft]:
    """Groups whose only speakers are two persons whom both texts know apart."""
    for group in context.linked:
        speakers = {side: _speakers(context, group, side, references) for side in SIDES}
        if any(len(speakers[side]) != 1 for side in SIDES):
            continue
        a, b = speakers["a"][0], speakers["b"][0]
        if a.person is b.person:
            continue
        # One text must know both: otherwise a name is missing, or differs.
        if not _known(context, a.person, "b") and not _known(context, b.person, "a"):
            continue
        if _namesakes(a.person, b.person):
            continue
        # "Kim, who met Noh, said": the other speaker takes part on this side too.
        inside = {side: {s.index for s in group.side(side)} for side in SIDES}
        quoting: dict[Side, set[int]] = {
            side: {s.index for s in group.side(side) if s.quotes and s.span.overlaps(speaker.span)}
            for side, speaker in zip(SIDES, (a, b), strict=True)
        }
        if all(quoting.values()):  # not in the sentence beside that of the quotation
            inside = quoting
        if _there(context, b.person, "a", inside["a"]) or _there(
            context, a.person, "b", inside["b"]
        ):
            continue
        named = a.named and b.named
        yield Draft(
            a=a.span,
            b=b.span,
            message=f"A has {a.person.name} say this, B {b.person.name}: another speaker.",
            severity="critical" if named else "major",
            confidence=0.75 if named else 0.65,
            anchor=f"{a.person.name} {b.person.name} {group.a[0].text[:40]}",
        )


def _known(context: Context, person: Person, side: Side) -> bool:
    """Whether a text has a person, if under a name with another spelling ("Hatnell")."""
    if person.on(side):
        return True
    return any(
        p.on(side) and not p.on(OTHER[side]) and _namesakes(p, person) for p in context.persons
    )


def _there(context: Context, person: Person, side: Side, sentences: set[int]) -> bool:
    """Whether some sentences of a text name a person, if under another spelling."""
    return any(
        m.sentence in sentences
        for p in context.persons
        if p is person or _namesakes(p, person)
        for m in p.on(side)
    )


def _namesakes(x: Person, y: Person) -> bool:
    """Whether two persons share a part of their full names and are alike in the rest."""
    return any(
        shared_tokens(m, n) and fuzz.ratio(m.lower(), n.lower()) >= _ALIKE
        for m in x.names()
        for n in y.names()
        if " " in m and " " in n
    )


_ALIKE = 85
"""Character similarity of two full names that can be one misspelled."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    person: Person
    span: Span
    named: bool
    """By name, not by a pronoun."""


def _speakers(context: Context, group: Group, side: Side, references: References) -> list[_Speaker]:
    """The persons who are subjects of a reporting verb in a group's side."""
    layer = context.side(side)
    found: list[_Speaker] = []
    for sentence in group.side(side):
        for token in speaking(layer.docs[sentence.index]):
            if token.head.pos_ != "VERB":
                continue
            place = layer.span(sentence, token)
            if token.pos_ == "PRON":
                meant = next(
                    (r for r in references[side] if r.span == place and not r.by_other), None
                )
                if meant is None:
                    return []  # whoever "he" is, it is not known well enough
                found.append(_Speaker(meant.person, place, named=False))
                continue
            for person in context.persons:
                mention = next((m for m in person.on(side) if m.span.overlaps(place)), None)
                if mention is not None:
                    found.append(_Speaker(person, mention.whole, named=True))
    distinct: list[_Speaker] = []
    for speaker in found:
        if all(s.person is not speaker.person for s in distinct):
            distinct.append(speaker)
    return distinct


CHECK = Check(
    id="attribution",
    summary="The same words put into another person's mouth.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Observers from abroad said the vote had been fair despite cases of vote buying.",
            "The interior ministry said the vote had been fair in spite of cases of vote buying.",
        ),
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“It is only half of the way,” Ruiz said."),
            (
                "Minister Ana Ruiz met Mayor Paul Holm.",
                "Holm met with reporters and said, “It is only half of the way.”",
            ),
        ),
        Example(
            "Some 20,000 people marched, according to the police.",
            "Some 20,000 people marched, according to the organizers.",
        ),
        Example(
            "The museum maintained that it acquired the works in good faith.",
            "The museum acquired the works in good faith.",
        ),
        Example(
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” said Ruiz."),
            ("Minister Ana Ruiz met Mayor Paul Holm.", "“The bridge is safe,” said Holm."),
        ),
        Example(
            "“Our teams continue to search the valley,” the chief said.",
            "After the teams continued to search the valley, the chief asked for help.",
        ),
        # the pronoun is somebody else's
        Example(
            (
                "Mayor Jan Vik spoke.",
                "Ana Ruiz accused the mayor of delay.",
                "“We have counted twice,” Vik said.",
            ),
            (
                "Mayor Jan Vik spoke.",
                "Ana Ruiz accused the mayor of delay.",
                "“We have counted twice,” she said.",
            ),
        ),
        Example(
            "The lawyer said that his client had been threatened.",
            "“I was threatened,” the lawyer said.",
        ),
        Example(
            "The defense argued that the files were worthless.",
            "The files are worthless and were published long ago.",
        ),
        # beside a sentence that names the other one
        Example(
            (
                "“We cannot rule out that other welds are affected,” said Delphine Aubrac, who "
                "heads the authority.",
                "Luc Marchetti, who runs the plant, sold his shares in it last year.",
            ),
            (
                "“One cannot exclude that other welds are touched,” admitted Luc Marchetti.",
                "The head of the authority is Delphine Aubrac.",
            ),
        ),
        # a known person's words in the mouth of others
        Example(
            ("Governor Jan Vik came.", "The reservoir was built.", "“They must pay,” Vik said."),
            (
                "Governor Jan Vik came.",
                "The reservoir was built.",
                "The commission said that they must pay.",
            ),
        ),
        # the other minister is misspelled
        Example(
            ("Minister Claire Hartnell came.", "Jan Vik came.", "Hartnell condemned the tests."),
            ("Minister Claire Hatnell came.", "Jan Vik came.", "Vik denounced the tests."),
        ),
    ),
    passes=(
        Example(
            "The analysts said the bonds might recover next year.",
            "The economist said the bonds might recover next year.",
        ),
        Example(
            "Some 20,000 people marched, according to the police.",
            "Some 20,000 people marched, police said.",
        ),
        Example(
            "The museum maintained that it acquired the works in good faith.",
            "The museum acquired the works in good faith, it said.",
        ),
        Example(
            "They fear that the car might be damaged.", "The car may be damaged when it is parked."
        ),
        Example(
            "“She called at noon,” her mother told reporters.",
            "The mother said, “I was called at noon, and I told her to wait.”",
        ),
        Example(
            ("Jan Vik, a lawyer, came.", "It rained.", "“They must pay,” Vik said."),
            ("The lawyer Jan Vik came.", "It rained.", "The lawyers said that they must pay."),
        ),
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
        Example(
            "The driver said that he had been threatened.", "“I was threatened,” the driver said."
        ),
        Example(
            ("Mayor Jan Vik met Ana Ruiz.", "“It is safe,” Vik said."),
            ("Mayor Jan Vik met Ana Ruiz.", "“It is safe,” he said."),
        ),
    ),
)
