"""Directions that are turned round: upstream for downstream, the south bank for the north bank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.checks.base import Draft, ordered, part, said
from compare.numerals import words
from compare.records import OTHER, SIDES, Group, Sentence, Span
from compare.slots import stem

_POINTS = {
    "north": (0, 1), "northeast": (1, 1), "east": (1, 0), "southeast": (1, -1),
    "south": (0, -1), "southwest": (-1, -1), "west": (-1, 0), "northwest": (-1, 1),
}  # fmt: skip
_COMPASS = re.compile(
    r"\b(?P<point>(?:north|south)[-\s]?(?:east|west)|north|south|east|west)"
    r"(?:ern|erly|wards?|bound|ernmost)?\b"
)
"""In small letters only: "South Africa" and "the West" are names."""
_POLES = {
    word: (axis, sign)
    for axis, poles in enumerate(
        (
            ("upstream upriver", "downstream downriver"),
            ("left left-hand", "right right-hand"),
            ("inside indoors indoor", "outside outdoors outdoor"),
            ("upper top", "lower bottom ground"),
            ("uphill", "downhill"),
            ("onshore inland ashore", "offshore"),
            ("inbound incoming arriving", "outbound outgoing departing"),
            ("domestic home", "overseas foreign abroad"),
            ("clockwise", "counterclockwise anticlockwise"),
            ("front", "rear back"),
            ("inner", "outer"),
            ("upstairs", "downstairs"),
            ("northbound", "southbound"),
            ("eastbound", "westbound"),
        )
    )
    for sign, those in zip((1, -1), poles, strict=True)
    for word in those.split()
}
"""Of each word which pair of opposites it is of, and which of the two."""
_ALONG = {"above": (_POLES["upstream"][0], (1, 0)), "below": (_POLES["upstream"][0], (-1, 0))}
_ALONG_THE_RIVER = re.compile(
    r"\b(?P<way>above|below)(?=\s(?:the|its|that)\s(?:[\w-]+\s)?"
    r"(?:dam|barrage|weir|lock|reservoir|falls|confluence|power\splant)\b)"
)
"""Where a place lies: “18 kilometres below the dam”; “the water above the dam” does so too."""
_NEEDS_A_THING = words("left right upper lower top bottom ground front rear back home foreign")
"""Words of other senses: they count only beside a thing that has two sides."""
_THINGS = words(
    "bank side hand wing lane floor floors storey story deck house chamber reaches half leg arm "
    "eye foot knee wheel wheels seat seats row door gate part parts market markets sales demand "
    "trade flank edge end lung kidney ear shoulder engine corner"
)
_FACES = {stem(w) for w in words("side front face facade wall wing end bank shore flank slope")}
"""What is said for each other of one side of a thing."""
_STOP = words(
    "the a an of from to in on at and or its his her their this that is was were are be been by "
    "for with who which"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Direction:
    span: Span
    text: str
    axis: int
    """Which pair of opposites; -1 for the compass."""
    pole: tuple[int, int]
    beside: frozenset[str]
    """Stems of the content words around it."""
    after: str
    """Stem of the content word behind it."""
    of: str
    """Stem of the content word behind “of”, where that follows."""
    ahead: frozenset[str]
    """Stems of the content words before it."""


def turned(group: Group) -> Iterator[Draft]:
    """Directions of a group that point the other way about the same thing."""
    found = {side: list(_found(group.side(side))) for side in SIDES}
    for x in found["a"]:
        for y in found["b"]:
            if x.axis != y.axis or not _opposed(x, y):
                continue
            if any(_same(x, o) for o in found["b"]) or any(_same(y, o) for o in found["a"]):
                continue
            if x.of and y.of and x.of in y.ahead and y.of in x.ahead:
                continue  # east of Sendai, where the other text has Sendai to the west of it
            one_thing = bool(x.after) and (x.after == y.after or {x.after, y.after} <= _FACES)
            if not one_thing and len(x.beside & y.beside) < 2:
                continue
            yield Draft(
                a=x.span,
                b=y.span,
                message=f"The direction differs: “{x.text}” against “{y.text}”.",
                severity="major",
                confidence=0.75 if one_thing else 0.65,
                anchor=f"{x.text.lower()} {y.text.lower()} {x.after}",
            )


_MOVES = re.compile(
    r"\b(?:push|mov|driv|drove|spread|advanc|drift|blew|blow|carr|sweep|swept|head|turn|fle[de]|flow"
    r"|march|retreat|travel|sail|flew|fly|rac|shift|extend)\w*\s(?:[\w'’-]+\s){0,4}?"
    r"(?:(?:towards?|to)\sthe\s)?(?P<point>(?:north|south)[-\s]?(?:east|west)|north|south|east|west)(?:wards?)?\b"
    r"(?!\s(?:of|side|bank|coast|wind|from)\b)"
)
"""Where something goes; the wind of the west goes to the east."""


def moved(group: Group) -> Iterator[Draft]:
    """The wind pushed the flames west, it pushed them toward the east."""
    ways = {side: said(_MOVES, group, side) for side in SIDES}
    if any(len(those) != 1 for those in ways.values()):
        return
    (one, m), (two, n) = ways["a"][0], ways["b"][0]
    x, y = _point(m), _point(n)
    if x[0] * y[0] + x[1] * y[1] < 0:
        yield Draft(
            part(one, *m.span()),
            part(two, *n.span()),
            message=f"The direction differs: “{m.group()}” against “{n.group()}”.",
            severity="major",
            confidence=0.75,
            anchor=f"{m['point']} {n['point']}",
        )


_TRAVEL = words(
    "train express flight plane airliner bus coach ship vessel ferry boat freighter tanker convoy "
    "truck lorry car van tram shipment cargo consignment delegation passengers travellers "
    "travelers pilgrims refugees migrants bound heading headed travelling traveling flying sailing "
    "driving en-route way flew sailed drove travelled traveled journey voyage trip "
    "shipped sent flown transported brought ferried towed delivered trucked airlifted moved"
)
_TOWARDS = re.compile(
    r"\b(?:bound for|head(?:ed|ing) (?:for|to|towards?)|en route (?:for|to)"
    r"|on (?:its|their|his|her) way to|to|towards?|for) (?P<name>[A-Z][\w’'-]+)"
)
_FROM = re.compile(r"\bfrom (?P<name>[A-Z][\w’'-]+)")


def journeys(group: Group) -> Iterator[Draft]:
    """A train bound for a place in one text and coming from it in the other."""
    ways = {
        side: {way: list(_ways(group.side(side), way)) for way in (_TOWARDS, _FROM)}
        for side in SIDES
    }
    for side in SIDES:
        here, there = ways[side], ways[OTHER[side]]
        for name, span in here[_TOWARDS]:
            twin = next((s for n, s in there[_FROM] if n == name), None)
            again = [n for found in (here[_FROM], there[_TOWARDS]) for n, _ in found]
            if twin is not None and name not in again:
                yield Draft(
                    *ordered(side, span, twin),
                    message=f"{side.upper()} has this go to {name}, {OTHER[side].upper()} come "
                    "from there.",
                    severity="major",
                    confidence=0.7,
                )


_NEAR = re.compile(
    r"\b(?:near|outside|close to|not far from|on the (?:edge|outskirts) of)\s"
    r"(?:the (?:city|town|village) of )?(?P<name>[A-Z][\w’'-]+)"
)
_UNDER = re.compile(r"\bunder (?P<name>[A-Z][\w’'-]+)")


def beneath(group: Group) -> Iterator[Draft]:
    """A plant near a town in one text and "under" it in the other, word by word from Slavic."""
    for side in SIDES:
        for sentence in group.side(side):
            for m in _UNDER.finditer(sentence.text):
                near = next(
                    (
                        Span(s.start + n.start(), s.start + n.end())
                        for s in group.side(OTHER[side])
                        for n in _NEAR.finditer(s.text)
                        if n["name"] == m["name"]
                    ),
                    None,
                )
                if near is not None:
                    yield Draft(
                        *ordered(
                            side, Span(sentence.start + m.start(), sentence.start + m.end()), near
                        ),
                        message=f"{side.upper()} has this under {m['name']}, "
                        f"{OTHER[side].upper()} near it.",
                        severity="major",
                        confidence=0.75,
                        likely_side=side,
                    )


_NAME = r"\b(?P<name>[A-Z][\w’'-]{1,30})"
_AWAY = re.compile(rf"\b[Aa]way\s(?:to|at|against)\s{_NAME}")
_AT_HOME = (
    re.compile(rf"\b(?:[Aa]t\s)?[Hh]ome\s(?:to|against)\s{_NAME}"),
    re.compile(rf"\bhost(?:s|ed|ing)?\s{_NAME}"),
    re.compile(
        rf"{_NAME}\s(?:\w+\s)?(?:com(?:es?|ing)|came|arriv(?:es?|ed)|visit(?:s|ed)?)\s(?:as\s(?:an?\s|the\s)?)?guests?\b"
    ),
)


def home_or_away(group: Group) -> Iterator[Draft]:
    """A match away to a club in one text, at home to it in the other."""
    for side in SIDES:
        for sentence, m in said(_AWAY, group, side):
            for way in _AT_HOME:
                for other, n in said(way, group, OTHER[side]):
                    if m["name"] != n["name"]:
                        continue
                    yield Draft(
                        *ordered(side, part(sentence, *m.span()), part(other, *n.span())),
                        message=f"{side.upper()} has this away (“{m.group()}”), "
                        f"{OTHER[side].upper()} at home (“{n.group()}”).",
                        severity="major",
                        confidence=0.75,
                    )
                    return


def _ways(sentences: Sequence[Sentence], way: re.Pattern[str]) -> Iterator[tuple[str, Span]]:
    """The places that a journey has as its aim or start: (name, preposition with name)."""
    for sentence in sentences:
        for m in way.finditer(sentence.text):
            before = _WORD.findall(sentence.text[max(0, m.start() - 40) : m.end()].lower())
            if sentence.text.count(m["name"]) == 1 and not _TRAVEL.isdisjoint(before[-6:]):
                yield m["name"], Span(sentence.start + m.start(), sentence.start + m.end())


def _opposed(x: _Direction, y: _Direction) -> bool:
    """Whether two poles of one axis lie apart by a right angle or more."""
    return x.pole[0] * y.pole[0] + x.pole[1] * y.pole[1] <= 0


def _same(x: _Direction, y: _Direction) -> bool:
    return x.axis == y.axis and x.pole == y.pole


def _found(sentences: Sequence[Sentence]) -> Iterator[_Direction]:
    for sentence in sentences:
        for m in _COMPASS.finditer(sentence.text):
            yield _made(sentence, m, -1, _point(m))
        for m in _ALONG_THE_RIVER.finditer(sentence.text):
            yield _made(sentence, m, *_ALONG[m["way"]])
        for m in _WORD.finditer(sentence.text):
            word = m.group() if m.start() else m.group().lower()
            if word in _POLES:
                axis, sign = _POLES[word]
                following = _WORD.match(sentence.text, m.end() + 1)
                beside = following.group() if following else ""
                if word not in _NEEDS_A_THING or beside in _THINGS:
                    yield _made(sentence, m, axis, (sign, 0))


def _point(m: re.Match[str]) -> tuple[int, int]:
    """Where a word for a point of the compass points: "south-east"."""
    return _POINTS[re.sub(r"[-\s]", "", m["point"])]


def _made(sentence: Sentence, m: re.Match[str], axis: int, pole: tuple[int, int]) -> _Direction:
    behind = [w.lower() for w in _WORD.findall(sentence.text[m.end() : m.end() + 60])]
    before = [w.lower() for w in _WORD.findall(sentence.text[max(0, m.start() - 60) : m.start()])]
    content = [w for w in behind[:5] if w not in _STOP]
    around = [w for w in before[-5:] if w not in _STOP] + content[:3]
    return _Direction(
        Span(sentence.start + m.start(), sentence.start + m.end()),
        m.group(),
        axis,
        pole,
        frozenset(stem(w) for w in around),
        stem(content[0]) if content else "",
        stem(content[0]) if content and behind[0] == "of" else "",
        frozenset(stem(w) for w in before if w not in _STOP),
    )
