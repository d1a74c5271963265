"""Who and what the two texts name: each person, organisation and place with all of its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.organisations import People, cluster, find_organisations
from compare.places import PlaceMention, relation
from compare.records import SIDES, Entity, EntityKind, Form, Side, Span

if TYPE_CHECKING:
    from compare.annotate import Context
    from compare.declared import Declared

_KINDS: tuple[EntityKind, ...] = ("person", "organisation", "place")

_ALIKE = 40
"""Character similarity from which the names of two places may be two spellings."""


@dataclass(frozen=True, slots=True)
class _Named:
    """One place where something is named."""

    side: Side
    name: str
    title: str
    span: Span


def entities(context: Context) -> tuple[Entity, ...]:
    """Everybody and everything that the texts name; what each says is in ``docs/files.md``."""
    people = _people(context)
    organisations = list(_organisations(context, people))
    found = [*_persons(context), *organisations, *_places(context, people, organisations)]
    return tuple(
        sorted(
            found,
            key=lambda e: (
                _KINDS.index(e.kind),
                -sum(len(f.spans) for f in e.forms),
                e.forms[0].side,
                e.forms[0].spans[0],
            ),
        )
    )


def _entity(kind: EntityKind, name: str, named: Iterable[_Named]) -> Entity:
    """An entity with its forms; titles that differ in case alone are one."""
    forms: dict[tuple[Side, str, str], list[_Named]] = {}
    for one in named:
        forms.setdefault((one.side, one.name, one.title.casefold()), []).append(one)
    made = [
        Form(side, name, some[0].title, tuple(sorted(one.span for one in some)))
        for (side, name, _), some in forms.items()
    ]
    made.sort(key=lambda f: (f.side, -len(f.spans), f.spans[0]))
    return Entity(kind, name, tuple(made))


def _persons(context: Context) -> Iterator[Entity]:
    for person in context.persons:
        named = [
            _Named(m.side, m.name, m.title.text if m.title else "", m.whole)
            for m in person.mentions
        ]
        yield _entity("person", person.name, named)


def _people(context: Context) -> dict[Side, dict[int, list[Span]]]:
    """Where persons are named, by text and sentence."""
    found: dict[Side, dict[int, list[Span]]] = {side: {} for side in SIDES}
    for mention in (m for person in context.persons for m in person.mentions):
        found[mention.side].setdefault(mention.sentence, []).append(mention.whole)
    return found


def _organisations(context: Context, people: People) -> Iterator[Entity]:
    full = {name for person in context.persons for name in person.names() if " " in name}
    found = find_organisations(context.sides, people, full)
    names: Counter[str] = Counter()
    for side in SIDES:
        names.update({name: len(spans) for name, spans in found[side].items()})
    for group in cluster(names, context.declared):
        named = [
            _Named(side, name, "", span)
            for side in SIDES
            for name in group
            for span in found[side].get(name, ())
        ]
        yield _entity("organisation", group[0], named)


def _places(context: Context, people: People, organisations: Iterable[Entity]) -> Iterator[Entity]:
    inside = {
        (form.side, place)
        for entity in organisations
        for form in entity.forms
        for span in form.spans
        for place in range(*span)
    }
    mentions: dict[str, list[tuple[Side, PlaceMention]]] = {}
    for side in SIDES:
        here = enumerate(context.side(side).places)
        for index, mention in ((i, m) for i, some in here for m in some):
            longer = mention.inside or (side, mention.span.start) in inside
            person = any(mention.span.overlaps(p) for p in people[side].get(index, ()))
            if not longer and not person and mention.kind != "seat":
                mentions.setdefault(mention.text, []).append((side, mention))
    first = {name: some[0][1] for name, some in mentions.items()}
    for names in _one_place(first, context.declared):
        named = [
            _Named(side, name, "", mention.span)
            for name in names
            for side, mention in mentions[name]
        ]
        # "South Korea", and not "South Korean" if that stands there more often
        usual = max(names, key=lambda n: (first[n].kind != "people", len(mentions[n])))
        yield _entity("place", usual, named)


def _one_place(places: Mapping[str, PlaceMention], declared: Declared) -> list[list[str]]:
    """The names in groups, each of one place: by what the data say, else by the spelling."""

    def same(x: PlaceMention, y: PlaceMention) -> bool:
        if "named" not in (x.kind, y.kind):
            return x.key == y.key
        # two spellings have letters in common, and comparing these takes no time
        return fuzz.ratio(x.text.lower(), y.text.lower()) >= _ALIKE and relation(x, y) == "same"

    groups: list[list[str]] = []
    for name in sorted(places, key=lambda n: places[n].kind == "named"):
        fitting = (
            g
            for g in groups
            if any(same(places[name], places[n]) for n in g) and not declared.two(name, g)
        )
        home = next(fitting, None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    merged = declared.merged(groups, list)
    return [[name for group in found for name in group] for found in merged]
