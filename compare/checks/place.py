"""``place``: another place in the same role: Laos for Cambodia, "from Japan to China" turned round.

Coarser places (a city against its country), capitals that stand for their country and other
spellings are no difference; :mod:`compare.places` knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.checks.directions import beneath, home_or_away, journeys, moved, turned
from compare.checks.participants import other_parties
from compare.names import name_tokens
from compare.places import PlaceMention, relation, stands_for
from compare.records import OTHER, SIDES, Group, LikelySide, Sentence, Side, Span
from compare.slots import Slot, best_pairs, content, likeness, slots, stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEIGHBOURS = 2
"""Sentences before and after a group in which the other text's place is looked for."""
_MIN_LIKENESS = 0.5
_SOME_LIKENESS = 0.25
_MAX_RATIO = 50
"""Above it two unknown names may be two spellings."""
_HOME_TOWN = re.compile(r"\b(?:home ?town|home village|home city|native (?:town|village|city))\b")
_AT_HOME = re.compile(r"\b(?:home\w*|native|born|birth\w*|grew up|childhood)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A place and its role in the sentence."""

    mention: PlaceMention
    sentence: Sentence
    role: str
    governor: str
    slot: Slot


def find(context: Context) -> Iterator[Draft]:
    """Per group, places of one text that stand where the other has a different one."""
    for group in context.linked:
        lone = {side: list(_unmatched(context, group, side)) for side in SIDES}
        alone = len(lone["a"]) == len(lone["b"]) == 1
        told = [d for d in other_parties(context, group) if d.a and d.b]
        for x, y, confidence in best_pairs(lone["a"], lone["b"], partial(_confidence, alone=alone)):
            if context.declared.one(x.mention.text, y.mention.text):
                continue
            if any(_inside(x, d.a) and _inside(y, d.b) for d in told):
                continue  # the parties of one list: ``participants`` tells of them
            yield _draft(context, x, y, confidence)
        for side in SIDES:
            yield from _home_or_country(context, group, side, lone)
        yield from _exchanged(context, group)
        yield from _other_end(context, group)
        yield from _reassigned(context, group)
        directions = list(turned(group))
        yield from directions or moved(group)
        yield from journeys(group)
        yield from beneath(group)
        yield from home_or_away(group)


def _inside(placed: _Placed, span: Span | None) -> bool:
    return span is not None and placed.mention.span.overlaps(span)


def _home_or_country(
    context: Context, group: Group, side: Side, lone: dict[Side, list[_Placed]]
) -> Iterator[Draft]:
    """Somebody's home town in one text where the other names a country, which is no town."""
    other = OTHER[side]
    countries = [p for p in lone[other] if p.mention.kind == "country"]
    if lone[side] or len(countries) != 1 or any(_AT_HOME.search(s.text) for s in group.side(other)):
        return
    country = countries[0]
    for sentence in group.side(side):
        for m in _HOME_TOWN.finditer(sentence.text):
            span = Span(sentence.start + m.start(), sentence.start + m.end())
            slot = slots(sentence.text, sentence.start, [span])[0]
            if not slot.wide & country.slot.wide:
                continue
            yield Draft(
                *ordered(side, span, country.mention.span),
                message=(
                    f"{side.upper()} speaks of a {m.group()}, {other.upper()} of "
                    f"{country.mention.text}, which is a country."
                ),
                severity="major",
                confidence=0.6,
                anchor=f"{m.group()} {country.mention.key}",
            )


def _exchanged(context: Context, group: Group) -> Iterator[Draft]:
    """The way from one place to another, turned round: from Lyon to Milan, from Milan to Lyon."""
    routes = {side: list(_routes(context.side(side), group.side(side))) for side in SIDES}
    for start_a, end_a in routes["a"]:
        for start_b, end_b in routes["b"]:
            crossed = stands_for(start_a, end_b) and stands_for(end_a, start_b)
            if crossed and not stands_for(start_a, start_b) and not stands_for(end_a, end_b):
                yield Draft(
                    a=start_a.span.cover(end_a.span),
                    b=start_b.span.cover(end_b.span),
                    message=(
                        f"A goes from {start_a.text} to {end_a.text}, B from {start_b.text} to "
                        f"{end_b.text}: the direction is turned round."
                    ),
                    severity="major",
                    confidence=0.75,
                    anchor=f"{start_a.key} {end_a.key}",
                )


_GOING = re.compile(
    r"\b(?:bound|head(?:s|ed|ing)|leav(?:es|ing)|left|depart(?:s|ed|ing)|on\s(?:the|its|his|her|their)"
    r"\sway|en\sroute|destined|travel\w*|f[lr]ew|fly(?:ing)?|sail(?:s|ed|ing)|r[ua]n(?:ning|s)?|go(?:es|ing)?"
    r"|went|arriv\w+|com(?:es|ing)|came|return(?:s|ed|ing)|mov(?:es|ed|ing)|transport\w*|ship(?:ped|s|ping)"
    r"|sent|brought|deliver\w*|driv\w+|drove|set\s(?:out|off)|trains?|express|flights?|ferry|ferries|bus"
    r"|buses|convoys?|ships?|planes?|trucks?|delegation|exports?|imports?|shipments?)\b",
    re.IGNORECASE,
)
_TO_HERE = re.compile(
    r"(?:\b(?:bound|destined|head(?:s|ed|ing))\sfor|\bon\s(?:the|its|his|her|their)\sway\sto|\ben\sroute\sto"
    r"|\btowards?|\bto)\s(?:the\s)?$",
    re.IGNORECASE,
)
_FROM_HERE = re.compile(
    r"(?:\bfrom|\bout\sof|\b(?:left|leaving|departing|departed))\s(?:the\s)?$", re.IGNORECASE
)


def _other_end(context: Context, group: Group) -> Iterator[Draft]:
    """A train bound for Oda in one text, from Oda in the other."""
    ends = {side: list(_ends(context.side(side), group.side(side))) for side in SIDES}
    for x, to_x, thing_x, text_x in ends["a"]:
        for y, to_y, thing_y, text_y in ends["b"]:
            if to_x is to_y or not stands_for(x, y) or not thing_x & thing_y:
                continue
            if any(t is to_x and stands_for(m, x) for m, t, _, _ in ends["b"]) or any(
                t is to_y and stands_for(m, y) for m, t, _, _ in ends["a"]
            ):
                continue
            yield Draft(
                a=Span(x.span.end - len(text_x), x.span.end),
                b=Span(y.span.end - len(text_y), y.span.end),
                message=f"“{text_x}” against “{text_y}”: the direction is turned round.",
                severity="major",
                confidence=0.75,
                anchor=f"{x.key} {text_x.lower()} {text_y.lower()}",
            )


def _ends(
    side: Annotated, sentences: Sequence[Sentence]
) -> Iterator[tuple[PlaceMention, bool, frozenset[str], str]]:
    """Places to or from which something moves: whether to, what moves, the words."""
    for sentence in sentences:
        for mention in side.places[sentence.index]:
            start = mention.span.start - sentence.start
            ahead = sentence.text[max(0, start - 60) : start]
            goes, comes = _TO_HERE.search(ahead), _FROM_HERE.search(ahead)
            found = goes or comes
            moving = {stem(m.group().lower()) for m in _GOING.finditer(ahead)}
            if mention.inside or found is None or not moving:
                continue
            words = content(ahead[: found.start()])
            text = found.group() + side.words(mention.span)
            yield mention, bool(goes), words, text


_NOUNS = ("in", "to", "from", "of")


def _reassigned(context: Context, group: Group) -> Iterator[Draft]:
    """One noun with another place, though that place is named too: crimes in Japan, in Peru."""
    held: dict[Side, dict[tuple[str, str], list[PlaceMention]]] = {"a": {}, "b": {}}
    for side in SIDES:
        text = context.side(side)
        for sentence in group.side(side):
            for mention in text.places[sentence.index]:
                token = _token(text, sentence, mention)
                alone = token is not None and not mention.inside and not _joined(text, mention)
                key = _thing(token) if token is not None and alone else None
                if key is not None:
                    held[side].setdefault(key, []).append(mention)
    named = {side: [m for those in held[side].values() for m in those] for side in SIDES}
    for key in held["a"].keys() & held["b"].keys():
        one, two = held["a"][key], held["b"][key]
        if len(one) != 1 or len(two) != 1 or relation(one[0], two[0]) != "different":
            continue
        x, y = one[0], two[0]
        # A place that the other text does not name is told of as such.
        if not any(stands_for(x, m) for m in _of(context, group, "b", named)) and not any(
            stands_for(y, m) for m in _of(context, group, "a", named)
        ):
            continue
        yield Draft(
            a=x.span,
            b=y.span,
            message=(
                f"“{key[1]}” goes with {x.text} in A and with {y.text} in B, and the passage has "
                "both: one place may stand for the other."
            ),
            severity="major",
            confidence=0.7,
            anchor=f"{key[1]} {x.key} {y.key}",
        )


def _of(
    context: Context, group: Group, side: Side, named: dict[Side, list[PlaceMention]]
) -> list[PlaceMention]:
    """The places that one side of a group names, in whatever role."""
    text = context.side(side)
    return [m for s in group.side(side) for m in text.places[s.index]] or named[side]


def _joined(side: Annotated, mention: PlaceMention) -> bool:
    """Whether a place stands in a pair: “the US-Mexico border”."""
    start, end = mention.span
    return bool({side.text[max(0, start - 1) : start], side.text[end : end + 1]} & set("-–—/"))


def _thing(token: Token) -> tuple[str, str] | None:
    """Role of a place and the thing that it is said of: a noun, or what is done to one."""
    role, _ = _dependency(token)
    governor = token.head.head if token.dep_ == "pobj" else token.head
    if role not in _NOUNS:
        return None
    if governor.pos_ == "NOUN":
        return role, governor.lemma_.lower()
    objects = [c for c in governor.children if c.dep_ == "dobj" and c.pos_ == "NOUN"]
    if governor.pos_ == "VERB" and len(objects) == 1:
        return role, objects[0].lemma_.lower()
    return None


_TO_NEXT = re.compile(r"^\s(?:to|for)\s(?:the\s)?$")
_FROM_BEFORE = re.compile(r"\bfrom\s(?:the\s)?$")
_LEFT_BEFORE = re.compile(r"\b(?:left|leav(?:e|es|ing)|depart(?:s|ed|ing)?)\s(?:the\s)?$")
_FOR_NEXT = re.compile(r"^(?:\s[a-z]+){0,2}\sfor\s(?:the\s)?$")


def _routes(
    side: Annotated, sentences: Sequence[Sentence]
) -> Iterator[tuple[PlaceMention, PlaceMention]]:
    """The pairs of places joined by "from … to …"."""
    for sentence in sentences:
        placed = [(m, _role(side, sentence, m)) for m in side.places[sentence.index]]
        for start, (role, governor) in placed:
            for end, (end_role, end_governor) in placed:
                between = side.text[start.span.end : end.span.start]
                ahead = side.text[max(0, start.span.start - 12) : start.span.start]
                told = _TO_NEXT.match(between) and _FROM_BEFORE.search(ahead)
                left = _LEFT_BEFORE.search(ahead) and _FOR_NEXT.match(between)
                if (
                    told
                    or left
                    or (role == "from" and end_role == "to" and governor == end_governor)
                ):
                    yield start, end


def _unmatched(context: Context, group: Group, side: Side) -> Iterator[_Placed]:
    """Places of one side of a group that the other text does not have there or nearby."""
    annotated, other = context.side(side), context.side(OTHER[side])
    own = [m for s in group.side(side) for m in annotated.places[s.index]]
    near = list(_near(other, group.side(other.side)))
    # "Naples, the capital of Italy" holds no Rome: its Italy is the Italy of the other text.
    free = [n for n in near if all(relation(m, n) != "same" for m in own)]
    people = [m.span for p in context.persons for m in p.on(side) if " " in m.name]
    for sentence in group.side(side):
        mentions = annotated.places[sentence.index]
        found = slots(sentence.text, sentence.start, [m.span for m in mentions])
        for mention, slot in zip(mentions, found, strict=True):
            if mention.inside or any(relation(mention, n) == "same" for n in near):
                continue
            if mention.kind != "named" and any(p.overlaps(mention.span) for p in people):
                continue
            if any(stands_for(mention, n) for n in free):
                continue
            role, governor = _role(annotated, sentence, mention)
            yield _Placed(mention, sentence, role, governor, slot)


def _near(side: Annotated, sentences: Sequence[Sentence]) -> Iterator[PlaceMention]:
    first, last = sentences[0].index - _NEIGHBOURS, sentences[-1].index + _NEIGHBOURS
    for index in range(max(0, first), min(len(side.places) - 1, last) + 1):
        yield from side.places[index]


def _role(side: Annotated, sentence: Sentence, mention: PlaceMention) -> tuple[str, str]:
    """What a place is in its sentence, and the word that governs it."""
    token = _token(side, sentence, mention)
    return ("", "") if token is None else _dependency(token)


def _token(side: Annotated, sentence: Sentence, mention: PlaceMention) -> Token | None:
    """The head of the words that name a place, or the first of the list in which they stand."""
    start = mention.span.start - sentence.start
    piece = side.docs[sentence.index].char_span(
        start, start + len(mention.text), alignment_mode="expand"
    )
    if piece is None:
        return None
    token = piece.root
    while token.dep_ in ("conj", "appos") and token.head is not token:
        token = token.head
    return token


def _dependency(token: Token) -> tuple[str, str]:
    head = token.head
    if token.dep_ == "pobj":
        role = _PREPOSITIONS.get(head.lower_, head.lower_)
        return role, head.head.lemma_.lower()
    if token.dep_ in ("amod", "compound", "poss", "nmod"):
        return "of", head.lemma_.lower()
    return token.dep_, head.lemma_.lower()


_WIDE = ("country", "region", "people", "seat")
_PREPOSITIONS = {
    **dict.fromkeys(("in", "at", "inside", "within", "on", "across", "throughout"), "in"),
    **dict.fromkeys(("to", "into", "toward", "towards", "for"), "to"),
    **dict.fromkeys(("from", "off", "out"), "from"),
    **dict.fromkeys(("near", "outside", "around", "by"), "near"),
}


def _confidence(x: _Placed, y: _Placed, alone: bool) -> float | None:
    """How surely two places stand for each other; None where they do not."""
    found = relation(x.mention, y.mention)
    if found not in ("different", "unclear"):
        return None
    alike = likeness(x.slot, y.slot)
    same_role = x.role == y.role and bool(x.role)
    same_governor = x.governor == y.governor and (same_role or {x.role, y.role} == {"in", "of"})
    if found == "unclear":  # a name that the data lacks
        if any(e.kind in _WIDE or e.capital for m in (x, y) for e in m.mention.entries):
            return None  # which may hold the other
        named = _unlike(x.mention.text, y.mention.text)
        return 0.55 if named and alone and same_role and alike >= _MIN_LIKENESS else None
    if same_governor and (alone or alike >= _MIN_LIKENESS):
        return 0.8
    if (alone and same_role) or ((alone or same_role) and alike >= _MIN_LIKENESS):
        return 0.7
    if same_role and alike >= _SOME_LIKENESS:
        return 0.6
    return 0.55 if alone and alike >= _SOME_LIKENESS else None


def _unlike(x: str, y: str) -> bool:
    """Whether two names can hardly be spellings or translations of one."""
    shared = set(name_tokens(x)) & set(name_tokens(y))
    return not shared and fuzz.ratio(x.lower(), y.lower()) < _MAX_RATIO


def _draft(context: Context, x: _Placed, y: _Placed, confidence: float) -> Draft:
    known = relation(x.mention, y.mention) == "different"
    why = (
        "different places, and neither lies in the other"
        if known
        else "the names do not look like two spellings of one"
    )
    likely = _likely(context, x, y)
    return Draft(
        a=x.mention.span,
        b=y.mention.span,
        message=(f"A has {x.mention.text} where B has {y.mention.text}: {why}."),
        severity="major",
        confidence=confidence,
        likely_side=likely,
        anchor=f"{x.mention.key} {y.mention.key}",
    )


def _likely(context: Context, x: _Placed, y: _Placed) -> LikelySide:
    """The side that elsewhere names the other's place, while its own stands nowhere else."""

    def times(side: Annotated, placed: _Placed) -> int:
        named = (m for found in side.places for m in found)
        return sum(stands_for(placed.mention, m) for m in named)

    own_a, theirs_a = times(context.a, x), times(context.a, y)
    own_b, theirs_b = times(context.b, y), times(context.b, x)
    if own_a == 1 and theirs_a and not theirs_b:
        return "a"
    if own_b == 1 and theirs_b and not theirs_a:
        return "b"
    return "unknown"


CHECK = Check(
    id="place",
    summary="Another place in the same role, neither within the other nor standing for it.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The town lies 18 kilometers upstream of the dam.",
            "The town lies 18 kilometers below the dam.",
        ),
        Example(
            "The first match is away to Derby.",
            "The first match will be played when Derby comes as guest.",
        ),
        Example(
            "Strong westerly winds pushed the flames west.",
            "The wind of the west pushed the front toward the east.",
        ),
        Example(
            "The scaffolding on the south front went up in August.",
            "The scaffolding on the northern side went up in August.",
        ),
        Example(
            "An express bound for Oda with 620 people left the rails.",
            "An express train from Oda with 620 people derailed.",
        ),
        Example("The plant near Gliwice stands still.", "The plant under Gliwice stands still."),
        Example("The trial run is planned in Laos.", "The pilot operation is planned in Cambodia."),
        Example("The ship left for Osaka on Monday.", "On Monday the ship left for Nagoya."),
        Example(
            "The Norwegian company bought the mine.", "The Swedish company purchased the mine."
        ),
        Example("He was born in Hamburg in 1931.", "Born in Munich in 1931, he died last week."),
        Example("Floods hit the province of Hunan.", "The province of Henan was hit by floods."),
        Example(
            "The minister flew to Baghdad for talks.", "For talks the minister flew to Tehran."
        ),
        Example(
            "The flood reached the village of Ostrowiec Maly.",
            "The flood reached the village of Brzeziny.",
        ),
        Example(
            "The goods were shipped from Chile to Canada.",
            "The goods were shipped from Canada to Chile.",
        ),
        Example(
            "Her grave lies on a ridge above her hometown.",
            "Her grave is on a ridge from which one sees Albania.",
        ),
        Example(
            "The dike broke a kilometer upstream from the town.",
            "The dike broke 1 km downstream of the town.",
        ),
        Example(
            "The left bank of the river was flooded.", "The right bank of the river was flooded."
        ),
        Example("The typhoon is moving northeast.", "The typhoon is moving southwest."),
        Example("The train bound for Lima derailed.", "The train from Lima derailed."),
        Example("The convoy left Minsk for Warsaw.", "The convoy left Warsaw for Minsk."),
        Example("Domestic sales rose 3 percent.", "Overseas sales rose 3 percent."),
        Example(
            "Peruvian soldiers who commit crimes in Chile are tried at home.",
            "Soldiers who commit crimes in Peru are tried at home.",
        ),
        Example(
            "The Chinese embassy in Tokyo was closed.",
            "The Japanese embassy in Beijing was closed.",
        ),
    ),
    passes=(
        Example(
            "Strong westerly winds pushed the flames east.",
            "The wind of the west pushed the front toward the east.",
        ),
        Example(
            "The epicenter was 30 kilometers east of Sendai.",
            "Sendai lies 30 kilometers west of the epicenter.",
        ),
        Example("The train from Lima to Cusco derailed.", "The train to Cusco derailed."),
        Example("The trial run is planned in Tokyo.", "The trial run is planned in Japan."),
        Example("He died at his home in western Seoul.", "He died at his home in Seoul."),
        Example("Pyongyang has not replied.", "North Korea has not replied."),
        Example("The White House declined to comment.", "Washington declined to comment."),
        Example("He was born in Kiev in 1950.", "Born in Kyiv in 1950, he never left."),
        Example("Aid reached Rangoon, in Burma.", "Aid reached Yangon, in Myanmar."),
        Example("The trucks left El Obeid on Friday.", "On Friday the trucks left Al-Ubayyid."),
        Example("The DPRK fired a missile.", "North Korea fired a missile."),
        Example("The British minister resigned.", "The UK minister resigned."),
        Example("He lives in Lower Saxony.", "He lives in Hannover."),
        Example("The road from Oslo to Bergen is shut.", "The Oslo to Bergen road is shut."),
        Example("She returned to her hometown.", "She went back to Cahors, where she was born."),
        Example("Wages in Germany and Austria rose.", "Wages in Austria and Germany rose."),
        Example(
            ("He moved to Lima.", "There he worked, as he had in Quito."),
            ("He moved to Peru, from Quito.", "In Lima he worked as before."),
        ),
        Example(
            "The village lies in the north of the country.",
            "The village lies in the northeast of the country.",
        ),
        Example(
            "The left bank was flooded and the right bank held.",
            "The right bank held, the left bank was flooded.",
        ),
        Example("She was right to leave the house.", "She was left with no house."),
        Example("The Chinese embassy in Tokyo was closed.", "China's embassy in Japan was closed."),
        Example(
            "The storm crossed the US-Mexico border.", "The storm crossed the Mexico-US border."
        ),
    ),
)
