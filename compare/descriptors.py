"""What a text calls a person beside the name, by any noun: "dispatcher Ida Holm".

Open where :mod:`compare.titles` is closed: WordNet tells which nouns are persons and which of
them can be one and the same (``compare/data/person_nouns.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from compare.records import SIDES, Side, Span
from compare.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from compare.annotate import Annotated, Context
    from compare.persons import Mention, Person

_INSIDE = frozenset(("compound", "amod", "nmod", "poss", "case", "nummod", "prep", "pobj", "det"))
_VAGUE = frozenset(
    "member leader head official chief officer executive expert specialist representative boss "
    "spokesperson spokesman spokeswoman staff worker employee professional authority figure "
    "star man woman person resident carrier operator holder".split()
)
"""Said of too many occupations to contradict one."""
_NO_OFFICE = ("PERSON", "GPE", "NORP", "DATE")
"""What the entity recognizer calls phrases that are said of nobody."""


@dataclass(frozen=True, slots=True)
class _Noun:
    own: frozenset[int]
    above: frozenset[int]
    role: bool


@cache
def _nouns() -> dict[str, _Noun]:
    table = {}
    for word, *numbers in rows("person_nouns.tsv"):
        own = frozenset(int(n[1:]) for n in numbers if n[0] == "=")
        above = frozenset(int(n) for n in numbers if n.isdecimal())
        table[word] = _Noun(own, above, numbers[-1] == "role")
    return table


def is_person_noun(word: str) -> bool:
    """Whether a lower-case noun is said of persons.

    >>> is_person_noun("dispatcher"), is_person_noun("headquarters")
    (True, False)
    """
    return word in _nouns()


def is_role(word: str) -> bool:
    """Whether a lower-case noun is an occupation or an office, and no vague one.

    >>> is_role("dispatcher"), is_role("uncle"), is_role("official")
    (True, False, False)
    """
    return word in _nouns() and _nouns()[word].role and word not in _VAGUE


def one_kind(x: str, y: str) -> bool:
    """Whether two nouns for persons are one, or one is a kind of the other.

    >>> one_kind("prosecutor", "lawyer"), one_kind("dispatcher", "commander")
    (True, False)
    """
    if x == y or x not in _nouns() or y not in _nouns():
        return True
    a, b = _nouns()[x], _nouns()[y]
    return bool(a.own & (b.own | b.above) or b.own & a.above)


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A noun phrase said of a person who is named beside it; the span is a document offset."""

    span: Span
    core: Span
    """Up to the head, without "of …"."""
    head: str
    """Lemma, lower case."""
    person: bool
    """Whether the head is a noun for persons."""


_MADE: WeakKeyDictionary[Annotated, dict[Mention, tuple[Descriptor, ...]]] = WeakKeyDictionary()


def descriptors(side: Annotated, mention: Mention) -> tuple[Descriptor, ...]:
    """The phrases that a mention's sentence gives the person; made once for all checks.

    They stand before the name, after a comma on either side of it, or behind “is” or “who was”.
    """
    made = _MADE.setdefault(side, {})
    if mention not in made:
        made[mention] = tuple(_descriptors(side, mention))
    return made[mention]


def described(context: Context, person: Person) -> dict[Side, list[tuple[Mention, Descriptor]]]:
    """What each text says of a person, with the mention beside which it stands."""
    return {
        side: [(m, d) for m in person.on(side) for d in descriptors(context.side(side), m)]
        for side in SIDES
    }


def _descriptors(side: Annotated, mention: Mention) -> Iterator[Descriptor]:
    sentence = side.document.sentences[mention.sentence]
    doc = side.docs[mention.sentence]
    start, end = (place - sentence.start for place in mention.span)
    name = doc.char_span(start, end, alignment_mode="expand")
    if name is None:
        return
    first, last = name.start, name.end - 1
    for low, high, head in (*_before(doc, first), *_apposed(doc, name), *_after(doc, last)):
        span = side.span(sentence, doc[low]).cover(side.span(sentence, doc[high]))
        lemma = head.lemma_.lower()
        core = Span(span.start, side.span(sentence, head).end)
        yield Descriptor(span, core, lemma, is_person_noun(lemma) or is_person_noun(head.lower_))


def _before(doc: Doc, first: int) -> Iterator[tuple[int, int, Token]]:
    """The words of a noun phrase that end right before a name."""
    if first == 0:
        return
    head = doc[first - 1]
    if head.pos_ not in ("NOUN", "PROPN") or head.tag_ == "NNS" or head.ent_type_ in _NO_OFFICE:
        return
    low = first - 1
    while (low and doc[low - 1].pos_ in ("NOUN", "PROPN", "ADJ")) or (
        low > 1 and doc[low - 1].tag_ in ("HYPH", "POS")
    ):
        low -= 1
    if doc[low].tag_ in ("HYPH", "POS"):
        return
    yield low, first - 1, head


def _apposed(doc: Doc, name: DocSpan) -> Iterator[tuple[int, int, Token]]:
    """The noun phrase before a name and a comma: “the chief of the precinct, Ivan Orlov”."""
    head = name.root.head
    if name.root.dep_ == "appos" and name.start and doc[name.start - 1].text == ",":
        near = (c for c in doc.noun_chunks if c.start <= head.i and c.end < name.start)
        for low, high, root in _phrases(near):
            if high == name.start - 2 and low <= head.i:
                yield low, high, root
                return  # the longest: "the head of the clinic", not "the clinic"


_LINKING = frozenset("who is was has had been became now then".split())


def _after(doc: Doc, last: int) -> Iterator[tuple[int, int, Token]]:
    """The noun phrase that stands after a name and a comma or a form of “be”."""
    i = last + 1
    if i + 1 < len(doc) and doc[i].text == "," and doc[i + 1].like_num:
        i += 2  # "Paul Roy, 58, …"
    if i >= len(doc) or doc[i].text not in (",", "is", "was", "became"):
        return
    copula = doc[i].text != ","
    i += 1
    while i < len(doc) and doc[i].lower_ in _LINKING:
        i += 1
    for low, high, root in _phrases(c for c in doc.noun_chunks if c.start == i):
        if not copula or root.dep_ == "attr":
            yield low, high, root


def _phrases(chunks: Iterable[DocSpan]) -> Iterator[tuple[int, int, Token]]:
    """First and last word and head of those noun phrases that may be said of a person."""
    for chunk in chunks:
        root = chunk.root
        if root.pos_ in ("NOUN", "PROPN") and root.ent_type_ not in _NO_OFFICE:
            inside = (t.i for t in root.subtree if _inside(t, root))
            yield chunk.start, max(inside, default=chunk.end - 1), root


def _inside(token: Token, root: Token) -> bool:
    """Whether a token belongs to a noun with its "of …" and nothing further."""
    while token != root:
        if token.dep_ not in _INSIDE:
            return False
        token = token.head
    return True
