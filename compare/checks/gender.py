"""``gender``: a pronoun of the other gender for the same person.

Korean, Japanese, Chinese and Spanish leave pronouns out or do not mark gender: machine translation
has to guess one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.records import OTHER, SIDES, Group, LikelySide, Sentence, Side, Span

Gender = Literal["f", "m", "you"]
_PRONOUNS: dict[str, Gender] = {
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
_NOUNS: dict[str, Gender] = {
    **dict.fromkeys(_WOMEN.split(), "f"),
    **dict.fromkeys(_MEN.split(), "m"),
}
_WORD = re.compile(r"[A-Za-z]+")
# "Her opposite number, Karl Unger, …": what the pronoun owns is the person spoken of.
_OWNED = re.compile(r"\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ]")
_POSSESSIVE = re.compile(r"\b(his|her|your)\s+([a-z]{3,})\b", re.IGNORECASE)
_OWNERS: dict[str, Gender] = {"his": "m", "her": "f", "your": "you"}
_WORDS: dict[Gender, str] = {"f": "a woman", "m": "a man", "you": "the reader"}


@dataclass(frozen=True, slots=True)
class _Pronoun:
    span: Span
    gender: Gender
    quoted: bool


def find(context: Context) -> Iterator[Draft]:
    """Groups in which one text has only feminine pronouns and the other only masculine ones."""
    for group in context.linked:
        found = {side: _pronouns(group.side(side)) for side in SIDES}
        owned = {side: _owned(group.side(side)) for side in SIDES}
        twins = [
            (owned["a"][noun], owned["b"][noun])
            for noun in owned["a"].keys() & owned["b"].keys()
            if owned["a"][noun].gender != owned["b"][noun].gender
        ]
        if twins:  # "his lawyer" against "her lawyer"
            a, b = min(twins, key=lambda pair: pair[0].span)
            yield _draft(context, group, {"a": [a], "b": [b]})
            continue
        subjects = {side: _subject(context.side(side), group.side(side)) for side in SIDES}
        x, y = subjects["a"], subjects["b"]
        if x and y and x.gender != y.gender:
            yield _draft(context, group, {"a": [x], "b": [y]})
            continue
        genders = {side: {p.gender for p in found[side]} for side in SIDES}
        if len(genders["a"]) != 1 or len(genders["b"]) != 1 or genders["a"] == genders["b"]:
            continue
        # A pronoun inside a quotation on one side only may speak of somebody else.
        if {p.quoted for p in found["a"]}.isdisjoint({p.quoted for p in found["b"]}):
            continue
        # "Her husband" against "his wife": both texts name a person of each gender.
        nouns = {side: _nouns(group.side(side)) for side in SIDES}
        if any(nouns[side] & genders[OTHER[side]] for side in SIDES):
            continue
        yield _draft(context, group, found)


def _subject(side: Annotated, sentences: tuple[Sentence, ...]) -> _Pronoun | None:
    """The pronoun that is the subject of a side's first main clause, outside quotations."""
    sentence = sentences[0]
    for token in side.docs[sentence.index]:
        if token.dep_ == "ROOT":
            for child in token.children:
                gender = _PRONOUNS.get(child.lower_)
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
            pronoun = _Pronoun(span, _OWNERS[m.group(1).lower()], s.quoted(span))
            noun = m.group(2).lower()
            if noun in found and found[noun].gender != pronoun.gender:
                mixed.add(noun)
            found.setdefault(noun, pronoun)
    return {noun: p for noun, p in found.items() if noun not in mixed}


def _pronouns(sentences: tuple[Sentence, ...]) -> list[_Pronoun]:
    found = []
    for s in sentences:
        for m in _WORD.finditer(s.text):
            gender = _PRONOUNS.get(m.group().lower())
            if gender is not None and not _OWNED.match(s.text, m.end()):
                span = Span(s.start + m.start(), s.start + m.end())
                found.append(_Pronoun(span, gender, s.quoted(span)))
    return found


def _nouns(sentences: tuple[Sentence, ...]) -> set[Gender]:
    words = (m.group().lower() for s in sentences for m in _WORD.finditer(s.text))
    return {_NOUNS[w] for w in words if w in _NOUNS}


def _draft(context: Context, group: Group, found: dict[Side, list[_Pronoun]]) -> Draft:
    gender = {side: found[side][0].gender for side in SIDES}
    likely, why = _evidence(context, group, gender)
    return Draft(
        a=found["a"][0].span,
        b=found["b"][0].span,
        message=(
            f"A speaks of {_WORDS[gender['a']]} (“{context.a.words(found['a'][0].span)}”), B of "
            f"{_WORDS[gender['b']]} (“{context.b.words(found['b'][0].span)}”){why}: "
            "one of the pronouns was guessed or refers to somebody else."
        ),
        severity="major",
        confidence=0.85 if likely != "unknown" else 0.75,
        likely_side=likely,
        anchor="",
    )


def _evidence(context: Context, group: Group, gender: dict[Side, Gender]) -> tuple[LikelySide, str]:
    """The text that contradicts itself about the persons named here or just before.

    A text that speaks of the same person in the other gender elsewhere, against a text that does
    not, is the one that is wrong.
    """
    people = [
        p for p in context.persons if any(_near(m.sentence, group.side(m.side)) for m in p.mentions)
    ]
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


CHECK = Check(
    id="gender",
    summary="A pronoun of the other gender for the same person.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
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
    ),
    passes=(
        Example("She said it rained.", "She told reporters it rained."),
        Example("Her husband died in May.", "In May she lost the man she had married; he was 40."),
        Example("He left his wife.", "She was left by her husband."),
        Example("She left.", "The minister left."),
        Example("He told her to wait.", "He asked her to wait."),
    ),
)
