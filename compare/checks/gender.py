"""``gender``: a pronoun of the other gender for the same person.

Korean, Japanese, Chinese and Spanish leave pronouns out or do not mark gender: machine translation
has to guess one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from compare.actors import actor_words
from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.descriptors import is_person_noun
from compare.letters import lower
from compare.match import match
from compare.names import given_gender
from compare.persons import REPORTING
from compare.pronouns import GENDERED, OWNED, PRONOUNS, Gender, References, pronoun_references
from compare.records import OTHER, SIDES, Group, LikelySide, Place, Sentence, Side, Span
from compare.verbs import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = re.compile(r"[A-Za-z]+")
_POSSESSIVE = re.compile(r"\b(his|her|your)\s+([a-z]{3,})\b", re.IGNORECASE)
_OWNERS: dict[str, Gender] = {"his": "m", "her": "f", "your": "you"}
_WORDS: dict[Gender, str] = {"f": "a woman", "m": "a man", "you": "the reader"}
_LIGHT = frozenset("be have do go get take make come keep give seem become".split())
# "her husband" and "his wife" can be one couple, seen from either side
_RECIPROCAL = frozenset(
    frozenset(pair)
    for pair in (
        ("spouse", "spouse"),
        ("sibling", "sibling"),
        ("cousin", "cousin"),
        ("parent", "child"),
        ("grandparent", "grandchild"),
        ("parent_sibling", "sibling_child"),
    )
)


@dataclass(frozen=True, slots=True)
class _Pronoun:
    span: Span
    gender: Gender
    quoted: bool


def find(context: Context) -> Iterator[Draft]:
    """Pronouns that differ inside a group, then those that a person's gender elsewhere denies."""
    references = pronoun_references(context)
    told: list[Draft] = []
    for group in context.linked:
        pair = _differing(context, group)
        if pair is not None:
            told.append(_draft(context, group, pair, references))
    told += [d for group in context.linked for d in _person_or_thing(context, group)]
    for draft in _own_sex(context):
        if all(draft.a != d.a and draft.b != d.b for d in told):
            told.append(draft)
    yield from told
    yield from _of_persons(context, references, told)


_BODIES = frozenset(
    "bank court company government parliament opposition union club church army".split()
)
"""Kinds of actors that are no person, whatever their gender in other languages."""
_PEOPLE = frozenset(
    "official deputy lawmaker legislator mp judge magistrate justice minister worker employee staff"
    " striker labourer laborer player coach bishop priest pope imam soldier general group".split()
)
"""Words of those kinds that mean persons."""
_I = re.compile(r"\b(?:I|my|me)\b")


def _person_or_thing(context: Context, group: Group) -> Iterator[Draft]:
    """The company has done it, in one text, and she has in the other; “I”, says it.

    Many languages have a gender for things; a machine takes it for a person's, or the other way.
    """
    matched = match(context, group)
    kinds = actor_words().of
    roots = [
        [t for _, t in matched.words[s] if t.dep_ == "ROOT" and matched.of(s, t) is None]
        for s in SIDES
    ]
    pairs = (*matched.pairs(), *(product(*roots) if len(group.a) == len(group.b) == 1 else ()))
    either: tuple[tuple[Side, Token, Token], ...]
    for x, y in pairs:
        one, two = _subject_of(x), _subject_of(y)
        # "a court has banned her", "she has been banned"
        if one is None or two is None or one.dep_ != two.dep_:
            continue
        of_i = all(_says_i(matched.sentence(v)) for v in (x, y))
        either = (("a", one, two), ("b", two, one))
        for side, pronoun, other in either:
            lemma = other.lemma_.lower()
            if pronoun.lower_ not in ("he", "she") or lemma in _PEOPLE | _LIGHT:
                continue
            acts = {x.lemma_, y.lemma_}.isdisjoint(REPORTING) and kinds.get(lemma) in _BODIES
            if not acts and not (other.lower_ == "it" and of_i and x.lemma_ in REPORTING):
                continue
            yield Draft(
                *matched.spans(context, side, (pronoun,), (other,)),
                message=(
                    f"{side.upper()} speaks of a person (“{pronoun.text}”), {OTHER[side].upper()} "
                    f"of a thing or a body (“{other.text}”)."
                ),
                severity="major",
                confidence=0.65,
                anchor=f"{pronoun.lower_} {other.lower_} {x.lemma_}",
            )


def _subject_of(verb: Token) -> Token | None:
    """The subject of a verb; None for any other word."""
    if verb.pos_ != "VERB":
        return None
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def _says_i(sentence: Sentence) -> bool:
    """Whether somebody speaks of himself or herself in a quotation."""
    return any(
        _I.search(sentence.text[slice(q.start - sentence.start, q.end - sentence.start)])
        for q in sentence.quotes
    )


_Pair = tuple["_Pronoun", "_Pronoun"]


def _differing(context: Context, group: Group) -> _Pair | None:
    """One pronoun of each side, of different genders, for the same person."""
    owned = {side: _owned(group.side(side)) for side in SIDES}
    twins = [
        (owned["a"][noun], owned["b"][noun])
        for noun in owned["a"].keys() & owned["b"].keys()
        if owned["a"][noun].gender != owned["b"][noun].gender
    ]
    if twins:  # "his lawyer" against "her lawyer"
        return min(twins, key=lambda pair: pair[0].span)
    x, y = (_subject(context.side(side), group.side(side)) for side in SIDES)
    if x and y and x.gender != y.gender:
        return x, y
    pair = _kin_owners(context, group) or _same_slot(context, group)
    if pair is not None:
        return pair
    found = {side: _pronouns(group.side(side)) for side in SIDES}
    genders = {side: {p.gender for p in found[side]} for side in SIDES}
    if len(genders["a"]) != 1 or len(genders["b"]) != 1 or genders["a"] == genders["b"]:
        return None
    # A pronoun inside a quotation on one side only may speak of somebody else.
    if {p.quoted for p in found["a"]}.isdisjoint({p.quoted for p in found["b"]}):
        return None
    # "Her husband" against "his wife": both texts name a person of each gender. Not so where both
    # name a widow and nobody else.
    nouns = {side: _nouns(group.side(side)) for side in SIDES}
    of_one = nouns["a"] == nouns["b"] and len(nouns["a"]) == 1
    if not of_one and any(nouns[side] & genders[OTHER[side]] for side in SIDES):
        return None
    pair = found["a"][0], found["b"][0]
    # "Holm, her Swiss counterpart" is not she, whatever "Mr. Holm" is
    sides = zip(map(context.side, SIDES), pair, strict=True)
    return None if any(_of_another(text, p.span.start) for text, p in sides) else pair


_BEHIND_NAME = re.compile(r"\b[A-Z][\w’'-]{0,30},\s$")


def _of_another(side: Annotated, start: int) -> bool:
    """Whether a pronoun begins what is said of a name, and so means somebody else."""
    own = side.text[start : start + 4].lower() in ("his ", "her ")
    return own and _BEHIND_NAME.search(side.text[max(0, start - 40) : start]) is not None


def _kin_owners(context: Context, group: Group) -> _Pair | None:
    """The owners of a relative who is the subject of both sides: "his niece", "her grandson"."""
    owners = []
    for which in SIDES:
        side, sentence = context.side(which), group.side(which)[0]
        for token in side.docs[sentence.index]:
            gender = PRONOUNS.get(token.lower_)
            kin = actor_words().kin.get(token.head.lemma_.lower())
            if token.dep_ == "poss" and gender and kin and token.head.dep_.startswith("nsubj"):
                owners.append((kin[0], _Pronoun(side.span(sentence, token), gender, False)))
                break
    if len(owners) < 2 or frozenset((owners[0][0], owners[1][0])) in _RECIPROCAL:
        return None
    x, y = owners[0][1], owners[1][1]
    return (x, y) if x.gender != y.gender else None


def _same_slot(context: Context, group: Group) -> _Pair | None:
    """Pronouns with one function beside one word, where no side has both genders there."""
    slots: list[dict[tuple[str, str], _Pronoun]] = []
    for which in SIDES:
        side = context.side(which)
        found: dict[tuple[str, str], _Pronoun] = {}
        mixed = set()
        for sentence in group.side(which):
            for token in side.docs[sentence.index]:
                gender = PRONOUNS.get(token.lower_) if token.pos_ == "PRON" else None
                key = _slot(token) if gender else None
                if gender is None or key is None:
                    continue
                span = side.span(sentence, token)
                pronoun = _Pronoun(span, gender, sentence.quoted(span))
                if found.setdefault(key, pronoun).gender != gender:
                    mixed.add(key)
        slots.append({key: p for key, p in found.items() if key not in mixed})
    pairs = [
        (slots[0][key], slots[1][key])
        for key in slots[0].keys() & slots[1].keys()
        if slots[0][key].gender != slots[1][key].gender
        and slots[0][key].quoted == slots[1][key].quoted
    ]
    return min(pairs, key=lambda pair: pair[0].span) if pairs else None


def _slot(token: Token) -> tuple[str, str] | None:
    """What a pronoun is to which word; None where that says too little."""
    head, lemma = token.head, token.head.lemma_.lower()
    if token.dep_ == "poss":
        return "poss", lemma
    if token.dep_ == "nsubj":
        if lemma in REPORTING:
            return "subject", "say"
        if lemma in _LIGHT:
            rest = [c for c in head.children if c.dep_ in ("dobj", "attr", "acomp")]
            return ("subject", f"{lemma} {rest[0].lemma_.lower()}") if rest else None
        return "subject", lemma
    if token.dep_ == "pobj" and lemma != "by":
        return "object", f"{head.head.lemma_.lower()} {lemma}"
    if token.dep_ == "dobj" and lemma not in _LIGHT:
        return "object", lemma
    return None


def _subject(side: Annotated, sentences: tuple[Sentence, ...]) -> _Pronoun | None:
    """The pronoun that is the subject of a side's first main clause, outside quotations."""
    sentence = sentences[0]
    for token in side.docs[sentence.index]:
        if token.dep_ == "ROOT":
            for child in token.children:
                gender = PRONOUNS.get(child.lower_)
                span = side.span(sentence, child)
                if (
                    child.dep_ == "nsubj"  # a passive has another subject than its active
                    and gender is not None
                    and not sentence.quoted(span)
                ):
                    return _Pronoun(span, gender, False)
    return None


def _owned(sentences: tuple[Sentence, ...]) -> dict[str, _Pronoun]:
    """Possessives by the noun they stand before; a noun owned by both genders is left out."""
    found: dict[str, _Pronoun] = {}
    mixed = set()
    for s in sentences:
        for m in _POSSESSIVE.finditer(s.text):
            span = Span(s.start + m.start(1), s.start + m.end(1))
            pronoun = _Pronoun(span, _OWNERS[lower(m.group(1))], s.quoted(span))
            noun = m.group(2).lower()
            if noun in found and found[noun].gender != pronoun.gender:
                mixed.add(noun)
            found.setdefault(noun, pronoun)
    return {noun: p for noun, p in found.items() if noun not in mixed}


def _pronouns(sentences: tuple[Sentence, ...]) -> list[_Pronoun]:
    found = []
    for s in sentences:
        for m in _WORD.finditer(s.text):
            gender = PRONOUNS.get(m.group().lower())
            if gender is not None and not OWNED.match(s.text, m.end()):
                span = Span(s.start + m.start(), s.start + m.end())
                found.append(_Pronoun(span, gender, s.quoted(span)))
    return found


def _nouns(sentences: tuple[Sentence, ...]) -> set[Gender]:
    words = (m.group().lower() for s in sentences for m in _WORD.finditer(s.text))
    return {GENDERED[w] for w in words if w in GENDERED}


def _draft(context: Context, group: Group, pair: _Pair, references: References) -> Draft:
    x, y = pair
    likely, why = _evidence(context, group, pair, references)
    return Draft(
        a=x.span,
        b=y.span,
        message=(
            f"A speaks of {_WORDS[x.gender]} (“{context.a.words(x.span)}”), B of "
            f"{_WORDS[y.gender]} (“{context.b.words(y.span)}”){why}: "
            "one of the pronouns was guessed or refers to somebody else."
        ),
        severity="major",
        confidence=0.85 if likely != "unknown" else 0.75,
        likely_side=likely,
        anchor="",
    )


def _evidence(
    context: Context, group: Group, pair: _Pair, references: References
) -> tuple[LikelySide, str]:
    """The side whose pronoun does not fit the person: by its own text, the name, the other text."""
    x, y = pair
    mine: dict[Side, _Pronoun] = {"a": x, "b": y}
    denied = {side: _denied(context.side(side), group.side(side), mine[side]) for side in SIDES}
    for side in SIDES:
        if denied[side] and not denied[OTHER[side]]:
            return side, f"; {side.upper()} itself goes on to speak of “{denied[side]}”"
    for side in SIDES:
        if mine[side].gender == "you" and not mine[side].quoted:
            return side, f"; {side.upper()} speaks to its reader nowhere else"
    person = next(
        (
            r.person
            for side in SIDES
            for r in references[side]
            if r.span == mine[side].span and not r.by_other
        ),
        None,
    )
    if person is None:
        subjects = all(context.side(s).words(mine[s].span).lower() in ("he", "she") for s in SIDES)
        gender = {side: mine[side].gender for side in SIDES}
        return _own_words(context, group, gender, subjects=subjects)
    elsewhere: dict[Side, Counter[Gender]] = {
        side: Counter(
            r.gender
            for r in references[side]
            if r.person is person and r.sentence not in {s.index for s in group.side(side)}
        )
        for side in SIDES
    }
    name = given_gender(person.name)
    for side in SIDES:
        if name and mine[side].gender == _opposite(mine[OTHER[side]]) and mine[side].gender != name:
            return side, f"; {person.name} is the name of {_WORDS[name]}"
    contradicts: list[Side] = [
        side for side in SIDES if elsewhere[side] and not elsewhere[side][mine[side].gender]
    ]
    if len(contradicts) == 1:
        side = contradicts[0]
        return side, f"; {side.upper()} itself speaks of {_WORDS[_opposite(mine[side])]} elsewhere"
    for side in SIDES:
        if elsewhere[OTHER[side]][mine[OTHER[side]].gender] >= 2 and not elsewhere[side]:
            return side, f"; {OTHER[side].upper()} does so throughout"
    return "unknown", ""


_SEXES: dict[str, Gender] = {"female": "f", "woman": "f", "male": "m"}


def _own_sex(context: Context) -> Iterator[Draft]:
    """A pronoun against the sex that its own sentence gives: "the female driver …; he …"."""
    for which in SIDES:
        side = context.side(which)
        for sentence in side.document:
            doc = side.docs[sentence.index]
            told = [
                (t, _SEXES[t.lower_])
                for t in doc
                if t.lower_ in _SEXES
                and t.dep_ in ("amod", "compound", "nmod")
                and t.head.tag_ == "NN"
                and is_person_noun(t.head.lemma_.lower())
            ]
            pronouns = [
                (t, PRONOUNS[t.lower_]) for t in doc if t.pos_ == "PRON" and t.lower_ in PRONOUNS
            ]
            if len({gender for _, gender in told}) != 1 or not pronouns:
                continue
            mark, sex = told[0]
            wrong = next(
                (t for t, gender in pronouns if gender not in (sex, "you") and t.dep_ in SUBJECTS),
                None,
            )
            if wrong is None or any(gender == sex for _, gender in pronouns):
                continue
            noun = mark.head
            predicate = noun.dep_ == "attr" and noun.head == wrong.head
            others = [
                t
                for t in doc
                if t.i != noun.i
                and t.i < wrong.i
                and t.tag_ in ("NN", "NNP")
                and t.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
                and (t.ent_type_ == "PERSON" or is_person_noun(t.lemma_.lower()))
            ]
            if not predicate and (noun.i > wrong.i or others):
                continue
            if sentence.quoted(side.span(sentence, wrong)) != sentence.quoted(
                side.span(sentence, mark)
            ):
                continue
            group = context.group_of(which, sentence.index)
            partner = _their_pronoun(context, group, OTHER[which], sex)
            if group is not None and group.linked and partner is None and not predicate:
                theirs = _pronouns(group.side(OTHER[which]))
                if any(p.gender not in (sex, "you") for p in theirs):
                    continue  # both texts speak of somebody else
            words = side.words(side.span(sentence, mark).cover(side.span(sentence, noun)))
            yield Draft(
                *ordered(which, side.span(sentence, wrong), partner),
                message=(
                    f"{which.upper()} says “{wrong.text}” of somebody whom the same sentence "
                    f"calls “{words}”: the pronoun was guessed."
                ),
                severity="major",
                confidence=0.85 if predicate or partner else 0.7,
                likely_side=which,
            )


def _their_pronoun(
    context: Context, group: Group | None, side: Side, gender: Gender
) -> Span | None:
    """A pronoun of one gender on a group's side."""
    found = _pronouns(group.side(side)) if group else []
    return next((p.span for p in found if p.gender == gender), None)


def _denied(side: Annotated, sentences: tuple[Sentence, ...], pronoun: _Pronoun) -> str | None:
    """The noun of the other gender that a pronoun's clause calls it: "he is the first woman"."""
    for sentence in sentences:
        for token in side.docs[sentence.index]:
            if side.span(sentence, token) == pronoun.span and token.head.lemma_ in ("be", "become"):
                for noun in (c for c in token.head.children if c.dep_ == "attr"):
                    if GENDERED.get(noun.lower_) == _opposite(pronoun):
                        return noun.text
    return None


def _opposite(pronoun: _Pronoun) -> Gender:
    return _OPPOSITE.get(pronoun.gender, "f")


def _own_words(
    context: Context, group: Group, gender: dict[Side, Gender], *, subjects: bool
) -> tuple[LikelySide, str]:
    """The text that contradicts itself about the persons named here or just before.

    What a noun tells, “widow”, counts for pronouns that are subjects, as it is mostly itself.

    A text that speaks of the same person in the other gender elsewhere, against a text that does
    not, is the one that is wrong.
    """
    nouns = _unnamed(context, group)
    if nouns:  # "the student … at her home" is nobody who is named nearby
        sexes = {sex for side in SIDES for sex in _sexes_of(context.side(side), nouns)}
        if subjects:
            sexes |= {GENDERED[noun] for noun in nouns if noun in GENDERED}
        if len(sexes) == 1:
            sex = sexes.pop()
            for side in SIDES:
                if gender[side] == _OPPOSITE.get(sex):
                    return side, f"; elsewhere the one meant is {_WORDS[sex]}"
        return "unknown", ""
    people = [
        p for p in context.persons if any(_near(m.sentence, group.side(m.side)) for m in p.mentions)
    ]
    known = given_gender(people[0].name) if len(people) == 1 else None
    for side in SIDES:
        if known and gender[side] == _OPPOSITE[known]:
            return side, f"; {people[0].name} is the name of {_WORDS[known]}"
    contradicts: list[Side] = []
    for side in SIDES:
        counts: Counter[Gender] = Counter()
        here = {s.index for s in group.side(side)}
        for person in people:
            for mention in person.on(side):
                if mention.sentence not in here:
                    counts.update(
                        _referring(context.side(side), mention.sentence, mention.span, here)
                    )
        if counts and counts[gender[side]] == 0:
            contradicts.append(side)
    if len(contradicts) == 1:
        side = contradicts[0]
        other = _WORDS["m" if gender[side] == "f" else "f"]
        return side, f"; {side.upper()} itself speaks of {other} elsewhere"
    return "unknown", ""


_OPPOSITE: dict[Gender, Gender] = {"f": "m", "m": "f"}


def _unnamed(context: Context, group: Group) -> set[str]:
    """Lemmas of the nouns for persons that lead a group's sentences, where both texts have one."""
    found: list[set[str]] = []
    for which in SIDES:
        side = context.side(which)
        subjects = [
            t
            for s in group.side(which)
            for t in side.docs[s.index]
            if t.dep_ in SUBJECTS and t.pos_ in ("NOUN", "PROPN")
        ]
        nouns = {t.lemma_.lower() for t in subjects if t.pos_ == "NOUN"}
        found.append({n for n in nouns if is_person_noun(n)})
    return found[0] & found[1] if all(found) else found[0] | found[1]


def _sexes_of(side: Annotated, nouns: set[str]) -> Iterator[Gender]:
    """What a text calls these: "female student"."""
    for doc in side.docs:
        for token in doc:
            if token.lower_ in _SEXES and token.head.lemma_.lower() in nouns:
                yield _SEXES[token.lower_]


def _near(sentence: int, group: tuple[Sentence, ...]) -> bool:
    """In the group or in one of the two sentences before it, where an antecedent stands."""
    return any(s.index - 2 <= sentence <= s.index for s in group)


def _referring(side: Annotated, sentence: int, span: Span, skip: set[int]) -> list[Gender]:
    """Genders of the pronouns after a mention in its sentence and in the one that follows."""
    genders: list[Gender] = []
    for index in (sentence, sentence + 1):
        if index >= len(side.document) or index in skip:
            continue
        s = side.document.sentences[index]
        genders += [p.gender for p in _pronouns((s,)) if p.span.start > span.start]
    return genders


def _of_persons(context: Context, references: References, told: list[Draft]) -> Iterator[Draft]:
    """Persons of whom one text speaks in one gender, and the other text in the other one."""
    for person in context.persons:
        mine = {side: [r for r in references[side] if r.person is person] for side in SIDES}
        genders = {side: {r.gender for r in mine[side]} for side in SIDES}
        if len(genders["a"]) != 1 or len(genders["b"]) != 1 or genders["a"] == genders["b"]:
            continue
        odd: Side = "a" if len(mine["a"]) < len(mine["b"]) else "b"
        guessed = [side for side in SIDES if all(r.by_other for r in mine[side])]
        if len(guessed) == 1:
            odd = guessed[0]
        elif len(mine["a"]) == len(mine["b"]) and not guessed:
            # Nothing tells which side is odd: show a pair that stands together, if there is one.
            odd = "b"
        name = given_gender(person.name)
        if name:
            odd = "a" if name not in genders["a"] else "b"
        marked = [span for d in told if (span := d.a if odd == "a" else d.b)]
        sentences = context.side(odd).document.sentences
        free = [
            r for r in mine[odd] if not any(sentences[r.sentence].span.overlaps(m) for m in marked)
        ]
        if not free:
            continue
        first, other = free[0], OTHER[odd]
        certain = bool(name) or len(guessed) == 1 or len(mine[other]) > 2 * len(mine[odd])
        group = context.group_of(odd, first.sentence)
        inside = {s.index for s in group.side(other)} if group else set()
        partner = next(
            (r.span for r in mine[other] if r.sentence in inside),
            next((m.span for m in person.on(other) if m.sentence in inside), mine[other][0].span),
        )
        word = context.side(other).words(mine[other][0].span)
        yield Draft(
            *ordered(odd, first.span, partner),
            message=(
                f"{odd.upper()} speaks of {person.name} as {_WORDS[first.gender]} "
                f"(“{context.side(odd).words(first.span)}”), {other.upper()} as "
                f"{_WORDS[mine[other][0].gender]} (“{word}”): one of the pronouns was guessed or "
                "refers to somebody else."
            ),
            severity="major",
            confidence=0.75 if certain else 0.65,
            likely_side=odd if certain else "unknown",
            anchor=person.name,
            places=(
                *(Place(odd, *r.span) for r in free[1:]),
                *(Place(other, *r.span) for r in mine[other] if r.span != partner),
            ),
        )


CHECK = Check(
    id="gender",
    summary="A pronoun of the other gender for the same person.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("The company has laid off 340 workers.", "She has laid off 340 workers."),
        Example(
            "“I have never seen it so close,” she said.",
            "“I have never seen it so close,” it said.",
        ),
        Example(
            "A widow tried to cancel a deposit and was told that she had nothing left.",
            "A widow tried to cancel a deposit and was told that he had nothing left.",
        ),
        Example(
            "If all goes well she will be the first mayor.", "If all goes well he will be mayor."
        ),
        Example(
            "She said the budget would be studied.", "He said that the budget would be studied."
        ),
        Example("His former colleagues plan a memorial.", "She will be remembered by colleagues."),
        Example(
            ("Ana Ruiz won.", "She thanked her team."),
            ("Ana Ruiz won.", "He thanked his team."),
        ),
        Example(
            "The driver, 26, has told police she does not deny that she was too fast.",
            "Police questioned the female driver; he does not deny the excess speed.",
        ),
        Example(
            "The director will become the first woman to lead the company.",
            "The director will take office in May, and he will be the first female president.",
        ),
        # the other text has the name in the pronoun's place, and speaks of a woman elsewhere
        Example(
            (
                "Defense Minister Park Min-ji flew to Oslo.",
                "She met her counterpart.",
                "Serizawa, of the opposition, called the ships useless.",
                "Park replied that they would carry no weapons.",
            ),
            (
                "Defense Minister Park Min-ji flew to Oslo.",
                "A meeting with the counterpart was held.",
                "Serizawa, of the opposition, called the ships useless.",
                "To this, he replied that they would carry no weapons.",
            ),
        ),
        Example("Her grandson escaped over the roof.", "His nephew escaped through the roof."),
        Example(
            "While he agrees on the aim, Obama said people should stop worrying.",
            "While she agrees on the aim, Obama said that people should not worry.",
        ),
        Example(
            "Aksu hid the report from his lawyers and the court.",
            "The report was kept from her lawyers and the court by Aksu.",
        ),
    ),
    passes=(
        Example("The company said that it would close.", "She said that the company would close."),
        Example(
            "The court banned her from keeping animals.",
            "She was banned by the court from keeping animals.",
        ),
        Example(
            ("Ana Ruiz spoke.", "Urs Holm, her Swiss counterpart, agreed."),
            ("Ana Ruiz spoke.", "Mr. Holm agreed."),
        ),
        # who begins the sentence is not the one whom it then names
        Example(
            ("Vera Lunt struck a deal.", "She said that Ivo Brand had threatened to fire her."),
            ("Vera Lunt struck a deal.", "Ivo Brand threatened to dismiss her if he lost."),
        ),
        Example(
            ("Ivo Brand was found guilty.", "Brand's deputy said she would appeal.", "It ended."),
            ("Ivo Brand was found guilty.", "There will be an appeal.", "Brand said he was ill."),
        ),
        Example("She said it rained.", "She told reporters it rained."),
        Example("Her husband died in May.", "In May she lost the man she had married; he was 40."),
        Example("He left his wife.", "She was left by her husband."),
        Example("She left.", "The minister left."),
        Example("The man said he saw a female driver.", "He saw a female driver, the man said."),
        Example("He told her to wait.", "He asked her to wait."),
        Example("Her uncle left the house.", "His niece stayed when he left."),
        Example(
            ("Ada Holm met Jon Vik.", "She thanked him."),
            ("Jon Vik met Ada Holm.", "He was thanked by her."),
        ),
        Example(
            ("Ada Holm spoke.", "She was angry.", "Jon Vik replied."),
            ("Ada Holm spoke.", "She was angry.", "He replied, she said."),
        ),
    ),
)
