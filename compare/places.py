"""Places named in a text, and how two of them relate: the same, one inside the other, or different.

A country, its people, its capital and the seat of its government can all stand for one another in
news, and a city for its country. The knowledge is data: ``countries.tsv``, ``regions.tsv`` and
``cities.tsv`` under ``compare/data``; their headers document the formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from compare.names import fold, name_tokens, same_token
from compare.records import Span
from compare.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc

Kind = Literal["country", "people", "seat", "city", "region", "named"]
Relation = Literal["same", "coarser", "metonym", "unclear", "different"]
_ORDER: tuple[Relation, ...] = ("same", "metonym", "coarser", "unclear", "different")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of the gazetteer under one of its names."""

    key: str
    """Normal form: a country's code, a region's key, or ``country:city``."""
    kind: Kind
    countries: frozenset[str]
    """Codes of the countries that it lies in; empty for a sea and for a name not in the data."""
    region: str = ""
    """Key of the region that a city lies in, where known."""
    capital: bool = False
    doubtful: bool = False
    """The name is also a word or a person's."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place; ``entries`` holds every place that they can stand for."""

    span: Span
    text: str
    entries: tuple[PlaceEntry, ...]
    inside: bool = False
    """Part of a longer name: of an organisation, a building, an event."""

    @property
    def kind(self) -> Kind:
        return self.entries[0].kind

    @property
    def key(self) -> str:
        """The normal form; that of the first entry where several fit."""
        return self.entries[0].key

    @property
    def countries(self) -> frozenset[str]:
        """Every country that it can stand for or lie in."""
        return frozenset().union(*(e.countries for e in self.entries))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places by their names, and the names by their first word."""

    entries: dict[str, tuple[PlaceEntry, ...]]
    starts: dict[str, tuple[str, ...]]
    """Names, longest first, by the letters with which they begin."""
    divisions: frozenset[str]
    """Regions of which the data knows the cities."""


_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]+")
_KOREAN = ("Korea", "Korean")
_BOTH_KOREAS = re.compile(r"[Tt]he (?P<side>North|South)(?![\w-]|['’]?\s+[A-Z])")
_BETWEEN_KOREAS = re.compile(
    r"(?P<side>North|South)(?:(?=[-–](?:North|South)\b)|(?<=(?:North|South)[-–](?:North|South))\b)"
)
_BEFORE_NAME = re.compile(
    r"\b(?:Bank|University|Duke|Duchess|Prince|Princess|Bishop|Archbishop|Treaty|Battle|Port|Voice|"
    r"Institute|College|Church|Times|Museum|House|Tower|Lord|Earl) of (?:the )?$"
)
_AFTER_NAME = re.compile(
    r"(?:['’]s)? (?:University|Times|Post|Bank|Herald|Airlines?|Airways|Stadium|Airport|Institute|"
    r"College|United|Group|Corp|Inc|Ltd|News|Daily|Tribune|Journal|Globe|Gazette|Telegraph|Street|"
    r"Road|Avenue|Square|Hospital|Museum|Hotel|Club|FC|Cup|Open|Games|Olympics|Marathon|Festival|"
    r"Prize|Accords?|Agreement|Convention|Protocol|Declaration|Treaty|Motors?|Electric|Steel|Oil|"
    r"Saint-Germain|Rovers|Rangers|Rovers|Madrid)\b"
)
_CALLED = re.compile(
    r"\b(?:village|town|township|city|suburb|hamlet|county|district|province|port|island) of "
    r"(?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)"
)
_COMPASS = frozenset(
    "north south east west northeast northwest southeast southwest northern southern eastern "
    "western easter earth".split()
)
_PLACE_WORDS = frozenset("in at near from to towards toward into outside around across of".split())
_PERSON_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Miss|Saint|St)\.? $")


@cache
def gazetteer() -> Gazetteer:
    """The packaged data."""
    entries: dict[str, list[PlaceEntry]] = {}
    continents: dict[str, set[str]] = {}
    capitals: dict[tuple[str, str], None] = {}

    def add(name: str, entry: PlaceEntry) -> None:
        for form in {name, name.replace("'", "’")}:
            known = entries.setdefault(form, [])
            if all(e.key != entry.key for e in known):
                known.append(entry)

    for code, continent, name, others, people, chief, seats in rows("countries.tsv"):
        continents.setdefault(continent, set()).add(code)
        here = frozenset({code})
        for form in (name, *_parts(others)):
            add(form, PlaceEntry(code, "country", here))
        for form in _parts(people):
            for inflected in _people(form):
                add(inflected, PlaceEntry(code, "people", here))
        for form in _parts(chief):
            capitals[code, form] = None
            usual = _parts(chief)[0]
            add(form, PlaceEntry(f"{code}:{fold(usual)}", "city", here, capital=True))
        for form in _parts(seats):
            add(form, PlaceEntry(f"{code}!{fold(form)}", "seat", here))
    both = frozenset({"KP", "KR"})
    for form in _KOREAN:
        # The country that an article calls Korea is its own; it may be the other one.
        kind: Kind = "country" if form == "Korea" else "people"
        entries[form] = [PlaceEntry("KR", kind, both), PlaceEntry("KP", kind, both)]
    entries["Koreans"] = entries["Korean"]
    divisions = set()
    for key, codes, names, people, _ in rows("regions.tsv"):
        inside: set[str] = set()
        for code in _parts(codes):
            inside |= continents[code[:-1]] if code.endswith(":") else {code}
        for form in _parts(names):
            add(form, PlaceEntry(key, "region", frozenset(inside)))
        for form in _parts(people):
            for inflected in _people(form):
                add(inflected, PlaceEntry(key, "region", frozenset(inside)))
    for name, code, region, others, mark in rows("cities.tsv"):
        divisions.add(region)
        for form in (name, *_parts(others)):
            if (code, form) in capitals:
                continue
            key = f"{code}:{fold(name)}"
            add(form, PlaceEntry(key, "city", frozenset({code}), region, doubtful=bool(mark)))
    starts: dict[str, list[str]] = {}
    for name in entries:
        begin = _LETTERS.match(name)
        if begin:
            starts.setdefault(begin.group(), []).append(name)
    return Gazetteer(
        {name: tuple(found) for name, found in entries.items()},
        {word: tuple(sorted(names, key=len, reverse=True)) for word, names in starts.items()},
        frozenset(divisions - {""}),
    )


def _parts(cell: str) -> list[str]:
    return [p for p in cell.split("|") if p]


def _people(form: str) -> Iterator[str]:
    """The inflected forms of a word for a people.

    >>> list(_people("Irish"))
    ['Irish', 'Irishman', 'Irishmen', 'Irishwoman', 'Irishwomen']
    >>> list(_people("Korean"))
    ['Korean', 'Koreans']
    """
    yield form
    if form.endswith(("sh", "ch")):
        yield from (form + end for end in ("man", "men", "woman", "women"))
    elif not form.endswith(("s", "ese")):
        yield form + "s"


def find_places(
    text: str, offset: int = 0, *, doc: Doc | None = None, koreas: bool = False
) -> tuple[PlaceMention, ...]:
    """Every place named in a string, in order.

    Args:
        text: one sentence.
        offset: added to every span.
        doc: the sentence parsed by spaCy; its entities tell persons from places and add places
            that the data lacks.
        koreas: the text is about Korea, so that "the North" is North Korea.

    >>> [(m.text, m.key) for m in find_places("US-North Korea talks in Hanoi")]
    [('US', 'US'), ('North Korea', 'KP'), ('Hanoi', 'VN:hanoi')]
    >>> [(m.text, m.key) for m in find_places("The North Koreans met Seoul’s envoy.")]
    [('North Koreans', 'KP'), ('Seoul', 'KR:seoul')]
    """
    found: list[PlaceMention] = []
    data = gazetteer()
    at = 0
    for m in _LETTERS.finditer(text):
        if m.start() < at:
            continue
        name = next(
            (
                n
                for n in data.starts.get(m.group(), ())
                if text.startswith(n, m.start()) and _ends(text, m.start() + len(n))
            ),
            None,
        )
        span = Span(m.start(), m.start() + len(name or ""))
        entries: tuple[PlaceEntry, ...] = data.entries[name] if name else ()
        if koreas and not entries:
            half = _BOTH_KOREAS.match(text, m.start()) or _BETWEEN_KOREAS.match(text, m.start())
            if half:
                span = Span(*half.span("side"))
                code = "KP" if half["side"] == "North" else "KR"
                entries = (PlaceEntry(code, "country", frozenset({code})),)
        if not entries:
            continue
        mention = _read(text, span, entries, doc)
        at = span.end
        if mention is not None:
            found.append(mention)
    found += _unlisted(text, found, doc)
    return tuple(
        PlaceMention(Span(m.span.start + offset, m.span.end + offset), m.text, m.entries, m.inside)
        for m in sorted(found, key=lambda m: m.span)
    )


def _ends(text: str, end: int) -> bool:
    """Whether a name can end here: no letter or figure follows."""
    return end == len(text) or not (text[end].isalnum() or text[end] == "_")


def _read(
    text: str, span: Span, entries: tuple[PlaceEntry, ...], doc: Doc | None
) -> PlaceMention | None:
    """The mention, or None where the words name a person or are no name."""
    before, after = text[: span.start], text[span.end :]
    words = text[span.start : span.end]
    inside = bool(_BEFORE_NAME.search(before) or _AFTER_NAME.match(after))
    label = ""
    if doc is not None:
        for ent in doc.ents:
            if ent.start_char <= span.start and span.end <= ent.end_char:
                label = ent.label_
                longer = len(re.sub(r"^[Tt]he |['’]s?$", "", ent.text)) > len(words)
                if label == "PERSON" and longer and not re.match(r"['’]s\b", after):
                    return None
                inside = inside or (
                    longer and label in ("ORG", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
                )
    if all(e.doubtful for e in entries) and label not in ("GPE", "LOC"):
        last = re.search(r"(?<!\w)(\w+)\s+$", before)
        if label or last is None or last.group(1).lower() not in _PLACE_WORDS:
            return None
        if re.match(r"\s+[A-Z]", after):
            return None
    named = entries[0].kind in ("city", "country", "region")
    if named and label != "GPE" and _PERSON_TITLES.search(before):
        return None
    return PlaceMention(span, words, entries, inside)


def _unlisted(text: str, found: Sequence[PlaceMention], doc: Doc | None) -> Iterator[PlaceMention]:
    """Places that the data lacks: what spaCy takes for one, and "the village of …"."""
    spans = [
        Span(e.start_char, e.end_char)
        for e in (doc.ents if doc is not None else ())
        if e.label_ in ("GPE", "LOC")
    ]
    spans += [Span(*m.span("name")) for m in _CALLED.finditer(text)]
    taken = [m.span for m in found]
    for span in spans:
        words = re.sub(r"^[Tt]he |['’]s?$", "", text[span.start : span.end])
        tokens = name_tokens(words)
        if not re.search(r"[A-Z]", words) or not tokens or set(tokens) <= _COMPASS:
            continue
        if any(span.overlaps(t) for t in taken):
            continue
        start = text.index(words, span.start)
        taken.append(span)
        entry = PlaceEntry(" ".join(tokens), "named", frozenset())
        yield PlaceMention(Span(start, start + len(words)), words, (entry,))


def relation(x: PlaceMention, y: PlaceMention) -> Relation:
    """How two mentions relate, read in the way that brings them nearest.

    ``coarser`` where one lies inside the other, ``metonym`` where one stands for the other (capital
    or seat of government against country), ``unclear`` where the data does not tell.

    >>> def read(text):
    ...     return find_places(text)[0]
    >>> relation(read("Tokyo"), read("Japan")), relation(read("Osaka"), read("Japan"))
    ('metonym', 'coarser')
    >>> relation(read("Kiev"), read("Kyiv")), relation(read("Laos"), read("Cambodia"))
    ('same', 'different')
    >>> relation(read("DPRK"), read("North Korean")), relation(read("Munich"), read("Saxony"))
    ('same', 'different')
    """
    if x.text == y.text or name_tokens(x.text) == name_tokens(y.text):
        return "same"
    best = min(_ORDER.index(_relation(a, b)) for a in x.entries for b in y.entries)
    if _ORDER[best] == "unclear" and _alike(x.text, y.text):
        return "same"  # another spelling; two names that the data has are two places
    return _ORDER[best]


def _relation(x: PlaceEntry, y: PlaceEntry) -> Relation:
    if x.key == y.key:
        return "same"
    if "named" in (x.kind, y.kind) or not x.countries or not y.countries:
        return "unclear"
    shared = x.countries & y.countries
    if not shared:
        return "different"
    kinds = {x.kind, y.kind}
    if kinds <= {"country", "people"}:
        return "same"
    if "seat" in kinds and not kinds & {"region"}:
        local = [e for e in (x, y) if e.kind == "city"]
        return "metonym" if all(e.capital for e in local) else "coarser"
    if kinds & {"country", "people"}:
        return "metonym" if x.capital or y.capital else "coarser"
    if len(x.countries) > 1 or len(y.countries) > 1:
        return "coarser"
    if kinds == {"city", "region"}:
        city, region = (x, y) if x.kind == "city" else (y, x)
        if city.region == region.key:
            return "coarser"
        return "different" if city.region and region.key in gazetteer().divisions else "unclear"
    return "different"


def _alike(x: str, y: str) -> bool:
    """Whether two names can be two spellings of one."""
    tx, ty = name_tokens(x), name_tokens(y)
    if not tx or not ty:
        return False
    short, long = sorted((tx, ty), key=len)
    rest = list(long)
    for token in short:
        match = next((r for r in rest if _same_word(token, r)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _same_word(x: str, y: str) -> bool:
    if x == y or same_token(x, y):
        return True
    bare_x, bare_y = _skeleton(x), _skeleton(y)
    return len(bare_x) >= 3 and bare_x == bare_y


def _skeleton(word: str) -> str:
    """The consonants of a name, each class of them as one letter, doubled ones once.

    >>> _skeleton("jebel") == _skeleton("jabal"), _skeleton("obeid") == _skeleton("ubayyid")
    (True, True)
    """
    word = re.sub(r"[aeiouyh'’-]", "", word).translate(_CLASSES)
    return re.sub(r"(.)\1+", r"\1", word)


_CLASSES = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "z": "s", "d": "t", "v": "b", "w": "b", "j": "k"}
)


def stands_for(x: PlaceMention, y: PlaceMention) -> bool:
    """Whether two places can be one: a country, its capital, its government, its people.

    A region of several countries stands for none of them.

    >>> def read(text):
    ...     return find_places(text)[0]
    >>> stands_for(read("Moscow"), read("Russian")), stands_for(read("Europe"), read("France"))
    (True, False)
    """
    found = relation(x, y)
    if found == "coarser":
        return len(x.countries) == len(y.countries) == 1
    return found in ("same", "metonym")


def may_stand_for(x: PlaceMention, y: PlaceMention) -> bool:
    """The same, a place that the data does not know being taken for any other."""
    return stands_for(x, y) or relation(x, y) == "unclear"
