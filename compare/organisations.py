"""Organisations named in a text: where they stand, and which names are of one organisation."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.letters import lower
from compare.names import fold, same_token
from compare.numerals import KEPT
from compare.places import PlaceMention, find_places
from compare.polarity import is_word
from compare.records import Sentence, Side, Span
from compare.titles import default_titles

if TYPE_CHECKING:
    from compare.annotate import Annotated
    from compare.declared import Declared

MINISTRY = re.compile(
    r"(?<![\w-])(?:(?:[A-Z][\w'’-]{1,60},?\s+(?:(?:and|&)\s+)?){1,5}"
    r"(?:[Mm]inistry|[Dd]epartment)(?!\s+(?:of|for)\b)"
    r"|(?:[Mm]inistry|Department)\s+(?:of|for)\s+(?:the\s+)?"
    r"[A-Z]\w+(?:(?:,?\s+(?:and|&|of|the)\s+|,?\s+)[A-Z]\w+){0,6})"
)
_SMALL = frozenset("of the and for in on to de la du des del der".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?|\d+")
_AROUND = re.compile(
    r"^(?:[Tt]he|[Aa]n?)\s+"
    # from the first mark on, so that a long run is read once
    r"|(?<!['’\s,.;:\"“”()])(?<!['’]s)(?:['’]s?|[\s,.;:\"“”()])+$"
    r"|^[\"“”(]"
)
# "representative for Peace and | Security Affairs": the field of an office, which the parser cuts
_FIELD = re.compile(
    r"(?<!\s)\s+(?:for|of)\s+(?:the\s+)?((?:[A-Z][\w'’-]*,?\s+(?:(?:and|&|of)\s+)?){1,40})$"
)
_AND = re.compile(r"\s*(?:,|and|&)\s+(?:the\s+)?")
_HEADS = frozenset(
    "bureau ministry department office council committee agency commission party bank union "
    "association institute university company group corporation court police army force forces "
    "parliament assembly authority service board center centre federation foundation".split()
)
_LOOK = 400
"""Characters before a name in which the office may stand whose field it is."""
_ALIKE = 50
"""Character similarity from which two names may be two spellings."""
_COMMON = frozenset("state justice customs government finance health treasury house".split())


@dataclass(frozen=True, slots=True)
class Body:
    """Words that name a body of ``bodies.toml``."""

    kind: str
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Bodies:
    """``bodies.toml``, ready to search."""

    pattern: re.Pattern[str]
    of: dict[str, tuple[str, str]]
    """(kind, body) by form."""
    together: frozenset[tuple[str, frozenset[str]]]


@cache
def _bodies() -> _Bodies:
    data = tomllib.loads((files("compare") / "data" / "bodies.toml").read_text("utf-8"))
    of = {
        form: (kind, body)
        for kind, bodies in data.items()
        for body, forms in bodies.items()
        if body != "together"
        for form in forms
    }
    forms = "|".join(re.escape(f) for f in sorted(of, key=len, reverse=True))
    together = {
        (kind, frozenset(pair))
        for kind, bodies in data.items()
        for pair in bodies.get("together", ())
    }
    return _Bodies(
        re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE), of, frozenset(together)
    )


@lru_cache(KEPT)
def find_bodies(text: str, offset: int = 0) -> tuple[Body, ...]:
    """The bodies that a string names, in order; ``offset`` is added to every span.

    >>> [(b.kind, b.id) for b in find_bodies("The Court of Cassation")]
    [('courts', 'supreme')]
    """
    bodies = _bodies()
    return tuple(
        Body(*bodies.of[lower(m.group())], Span(offset + m.start(), offset + m.end()))
        for m in bodies.pattern.finditer(text)
    )


def one_name(x: Body, y: Body) -> bool:
    """Whether two bodies of one kind can be called by each other's name."""
    return (x.kind, frozenset((x.id, y.id))) in _bodies().together


# --- every organisation of a text -------------------------------------------------------------


People = Mapping[Side, Mapping[int, Sequence[Span]]]
"""Where persons are named, by text and sentence."""


def find_organisations(
    sides: Iterable[Annotated], people: People, persons: Iterable[str]
) -> dict[Side, dict[str, list[Span]]]:
    """Where each name of an organisation stands, by text and name.

    A name that the parser knows in one place is one wherever it stands in either text, and so are
    its initials.

    Args:
        sides: both texts.
        people: where persons are named.
        persons: their full names.
    """
    found: dict[Side, dict[str, list[Span]]] = {side.side: {} for side in sides}
    taken = {(side.side, s.index): _places(side, s.index) for side in sides for s in side.document}

    def add(side: Annotated, sentence: Sentence, span: Span) -> None:
        here = people[side.side].get(sentence.index, ())
        busy = taken[side.side, sentence.index]
        span = _after_names(side, span, here)
        # "UN Security Council" holds a place, and is none
        free = all(s.start <= t.start and t.end <= s.end and t != s for s, t in _across(span, busy))
        if free and span.start < span.end and not any(span.overlaps(p) for p in here):
            busy.append(span)
            found[side.side].setdefault(side.words(span), []).append(span)

    for side in sides:
        for sentence, doc in zip(side.document, side.docs, strict=True):
            spans = [
                *(Span(*m.span()) for m in MINISTRY.finditer(sentence.text)),
                *(Span(e.start_char, e.end_char) for e in doc.ents if e.label_ == "ORG"),
            ]
            for span in spans:
                name = _trimmed(sentence.text, span)
                if name and not any(p in sentence.text[slice(*name)] for p in persons):
                    add(side, sentence, Span(*(sentence.start + x for x in name)))
            for place in side.places[sentence.index]:
                if place.kind == "seat":
                    add(side, sentence, place.span)
    known = {n for by in found.values() for n in by}
    known |= {i.upper() for n in known for i in _Form(n).initials if len(i) > 2}
    names = sorted(known, key=lambda n: (-len(n), n))
    if names:
        again = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
        for side in sides:
            for sentence in side.document:
                for m in again.finditer(sentence.text):
                    add(side, sentence, Span(*(sentence.start + x for x in m.span())))
    return found


def _places(side: Annotated, index: int) -> list[Span]:
    return [p.span for p in side.places[index] if not p.inside and p.kind != "seat"]


def _across(span: Span, others: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    return ((span, other) for other in others if span.overlaps(other))


def _after_names(side: Annotated, span: Span, people: Iterable[Span]) -> Span:
    """The span without a person's name at its beginning: "Kim and | Japan's Foreign Ministry"."""
    start = max((p.end for p in people if p.start <= span.start < p.end), default=span.start)
    lead = _AND.match(side.text, start) if start > span.start else None
    return Span(lead.end() if lead else start, span.end)


def _trimmed(text: str, span: Span) -> Span | None:
    """An organisation's name without article and possessive; None where it is none."""
    start, end = span
    while m := _AROUND.search(text[start:end]):
        start, end = (start + m.end(), end) if m.start() == 0 else (start, start + m.start())
    name = text[start:end]
    words = _WORD.findall(name)
    if not any(w[0].isupper() for w in words) or "\n" in name or len(name) < 2:
        return None
    if all(w.lower() == "the" for w in words):
        return None  # "The The" is left of nothing
    if len(words) == 1 and words[0].lower() in _HEADS | _COMMON:
        return None
    if words[-1].lower() not in _HEADS and default_titles().search(name):
        return None  # "Minister of Justice"
    near = max(0, start - _LOOK)
    field = _FIELD.search(text, near, start)
    offices = default_titles().search(text[near : field.start()]) if field else []
    if field is None or not offices or near + offices[-1].span.end != field.start():
        return Span(start, end)
    return Span(field.start(1), end) if words[-1].lower() in _HEADS else None


# --- which of them are one --------------------------------------------------------------------


@dataclass(frozen=True)
class _Form:
    """A name of an organisation, and what tells of which."""

    name: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(w) or w for w in _WORD.findall(self.name) if w.lower() != "the")

    @cached_property
    def _places(self) -> list[PlaceMention]:
        return [p for p in find_places(self.name) if p.kind in ("country", "people")]

    @cached_property
    def countries(self) -> frozenset[str]:
        """Those that the name names: "Russian" of "Russian Foreign Ministry"."""
        return frozenset().union(*(p.countries for p in self._places))

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words but for places at either end; all where nothing else is left; never none."""
        kept = tuple(
            fold(m.group()) or m.group()
            for m in _WORD.finditer(self.name)
            if m.group().lower() not in _SMALL
            and not any(Span(*m.span()).overlaps(p.span) for p in self._places)
        )
        return kept or self.words or (self.name.lower(),)

    @cached_property
    def body(self) -> tuple[str, str] | None:
        """Kind and id of the body that the whole name is."""
        whole = " ".join(self.core)
        return next(
            (
                (b.kind, b.id)
                for b in find_bodies(self.name)
                if " ".join(_Form(self.name[b.span.start : b.span.end]).core) == whole
            ),
            None,
        )

    @cached_property
    def fields(self) -> frozenset[str]:
        """What a ministry is for; empty for other organisations."""
        ministry = MINISTRY.fullmatch(self.name)
        return default_titles().fields(self.name) if ministry else frozenset()

    @property
    def acronym(self) -> str:
        """The name itself where it is made of initials."""
        letters = self.name.replace(".", "")
        return letters.lower() if letters.isupper() and 2 <= len(letters) <= 6 else ""

    @cached_property
    def initials(self) -> frozenset[str]:
        """Those of all words, and those of the words but small ones."""
        big = [w for w in self.words if w not in _SMALL]
        return frozenset("".join(w[0] for w in some) for some in (self.words, big) if some)


def cluster(names: Counter[str], declared: Declared) -> list[list[str]]:
    """The names in groups, each of one organisation; the fullest first.

    Args:
        names: how often each stands in both texts.
        declared: which the user calls one, and which two.

    >>> from compare.declared import Declared
    >>> names = Counter(["World Health Organization", "WHO", "US State Department",
    ...                  "State Department", "Red Cross", "Red Crescent"])
    >>> for group in cluster(names, Declared()):
    ...     print(group)
    ['World Health Organization', 'WHO']
    ['US State Department', 'State Department']
    ['Red Cross']
    ['Red Crescent']
    """
    forms = sorted(
        map(_Form, names),
        key=lambda f: (not f.countries, -len(f.core), -names[f.name], f.name),
    )
    order = {name: i for i, name in enumerate(names)}
    groups: list[list[_Form]] = []
    for form in forms:
        fitting = [
            g
            for g in groups
            if any(_one(form, other) for other in g)
            and not any(_elsewhere(form, other) for other in g)
            and not declared.two(form.name, [other.name for other in g])
        ]
        # "the Foreign Ministry" where two countries' are named: it may be either
        if len(fitting) == 1 or (fitting and not _apart(fitting)):
            fitting[0].append(form)
        else:
            groups.append([form])
    listed = [
        sorted((f.name for f in g), key=lambda n: (-len(_Form(n).words), -names[n], n))
        for g in groups
    ]
    merged = [
        [name for group in found for name in group] for found in declared.merged(listed, list)
    ]
    return sorted(merged, key=lambda group: min(order[name] for name in group))


def _apart(groups: Iterable[Sequence[_Form]]) -> bool:
    """Whether some of these groups are of other countries than others."""
    seen = [frozenset().union(*(f.countries for f in g)) for g in groups]
    known = [c for c in seen if c]
    return any(not x & y for x in known for y in known)


def _elsewhere(x: _Form, y: _Form) -> bool:
    return bool(x.countries and y.countries) and not x.countries & y.countries


def _one(x: _Form, y: _Form) -> bool:
    """Whether two names can be of one organisation."""
    if x.core == y.core or x.words == y.words:
        return True
    # other words for it: "Foreign Ministry" need not be Japan's "Ministry of Foreign Affairs"
    alike = (x.body is not None and x.body == y.body) or x.fields & y.fields
    if alike and bool(x.countries) == bool(y.countries):
        return True
    for short, long in ((x, y), (y, x)):
        if short.acronym and short.acronym in long.initials and len(long.words) > 1:
            return True
    short_core, long_core = sorted((x.core, y.core), key=len)
    if len(short_core) == len(long_core):
        # two spellings have letters in common, and comparing these takes no time
        return fuzz.ratio(" ".join(x.core), " ".join(y.core)) >= _ALIKE and all(
            v == w or (not is_word(v) and not is_word(w) and same_token(v, w))
            for v, w in zip(short_core, long_core, strict=True)
        )
    # "Hyundai", "Hyundai Motor Company": a proper name and words that say what it is
    return (
        long_core[: len(short_core)] == short_core
        and len(short_core[0]) > 2
        and not any(map(is_word, short_core))
        and all(is_word(w) or w in _HEADS for w in long_core[len(short_core) :])
    )
