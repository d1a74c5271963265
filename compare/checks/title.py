"""``title``: an office that a person does not hold, shown by the other text or the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered, same_place
from compare.descriptors import (
    Descriptor,
    described,
    descriptors,
    is_person_noun,
    is_role,
    one_kind,
)
from compare.match import related
from compare.persons import REPORTING, Mention, Person
from compare.places import PlaceMention
from compare.polarity import content_lemmas, one_sense, synonyms
from compare.records import OTHER, SIDES, Group, LikelySide, Place, Severity, Side, Span
from compare.titles import Confusion, TitleMatch, Titles, default_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

# Offices that make news by themselves: to give one to somebody who does not hold it is the kind
# of mistake a newspaper prints a correction for.
_HIGH = frozenset(
    "president prime_minister chancellor king minister foreign_minister finance_minister general "
    "secretary_of_state secretary_general judge prosecutor".split()
)
_MINISTERS = frozenset("minister foreign_minister finance_minister state_secretary deputy".split())
_LANGUAGES = {
    "ko": "KR KP",
    "ja": "JP",
    "zh": "CN TW HK MO",
    "de": "DE AT",
    "fr": "FR",
    "es": "ES MX AR CL CO PE VE EC BO UY PY GT CR CU DO HN NI SV PA",
    "it": "IT",
    "pt": "PT BR AO MZ",
    "ru": "RU BY",
    "pl": "PL",
    "tr": "TR",
    "ar": "SA EG IQ SY SD DZ MA TN LB JO AE QA KW YE LY PS OM BH",
    "fa": "IR",
    "hi": "IN",
    "vi": "VN",
    "id": "ID",
}
_SPOKEN = {code: language for language, codes in _LANGUAGES.items() for code in codes.split()}
_SHARE = 0.5
"""Share of the places in countries of one language, among all whose language we know."""
_ACTING = re.compile(r"(?i)\b(?:acting|interim|provisional|caretaker|temporary|pro tem)\b")
_STANDS_IN = re.compile(
    r"(?i)\b(?:acting|interim|provisional|caretaker|temporar\w+|pro tem|stand(?:s|ing)? in"
    r"|deputi[sz]\w+|substitut\w+|fill(?:s|ing)? in|for the time being|in functions?)\b"
)
_FORMER = re.compile(
    r"(?i)\b(?:former|ex|ex-|onetime|one-time|previous|retired|late)[\s-]{1,9}(?:[\w-]{1,60}\s{1,9}){0,3}$"
)
_PAST = re.compile(
    r"(?i)\b(?:former(?:ly)?|ex|onetime|previous(?:ly)?|retired|late|then|was|were|served|had|once|until"
    r"|resign\w*|oust\w*|predecessor|outgoing|at the time|died|stepp?\w* down|left office)\b"
)


_UNLIKE = 0.45
"""Likeness of two phrases below which they are hardly one office. Measured: special envoy and
special representative .48, deputy and lawmaker .50, director and coach .46; dispatcher and
commander .40, party chief and clerk .31."""
_UNITS = frozenset(
    "headquarters secretariat ministry department division bureau office directorate section "
    "committee commission presidency chairmanship command inspectorate management prefecture "
    "governorate mayoralty leadership".split()
)
"""Bodies, which no name of a person can follow at once."""


def find(context: Context) -> Iterator[Draft]:
    """Offices that nothing supports: of persons first, then of those who are not named."""
    titles = default_titles()
    language = _language(context)
    told: list[Draft] = []
    for draft in _all(context, titles, language):
        if not any(same_place(draft, other) for other in told):
            told.append(draft)
            yield draft


def _all(context: Context, titles: Titles, language: str | None) -> Iterator[Draft]:
    for person in context.persons:
        told: set[frozenset[str]] = set()
        for side in ("b", "a"):
            for office in _offices(person.on(side)):
                draft = _judge(context, titles, language, person, side, office, told)
                if draft is not None:
                    yield draft
    for person in context.persons:
        for rule in (
            _other_portfolio,
            _other_rank,
            _other_deputy,
            _deputy_lost,
            _deputy_unlisted,
            _acting_lost,
            _no_longer,
        ):
            draft = rule(context, titles, person)
            if draft is not None:
                yield draft
        for side in SIDES:
            yield from _odd_one_out(context, titles, person, side)
    for side in SIDES:
        yield from _held_by_two(context, titles, side)
    for group in context.linked:
        yield from _unnamed(context, titles, language, group)
    for person in context.persons:
        for side in SIDES:
            yield from _unit(context, person, side)
            yield from _of_another(context, person, side)
        yield from _other_noun(context, titles, person)
        yield from _other_body(context, person)
        yield from _of_country(context, person)
    for group in context.linked:
        yield from _other_role(context, group)


def _language(context: Context) -> str | None:
    """The source language: as given, or that of the country of which both texts speak most."""
    if context.config.source_language:
        return context.config.source_language
    spoken = Counter(
        _SPOKEN[code]
        for side in context.sides
        for places in side.places
        for place in places
        for code in place.countries
        if len(place.countries) == 1 and code in _SPOKEN
    )
    if not spoken:
        return None
    language, count = spoken.most_common(1)[0]
    return language if count >= _SHARE * spoken.total() else None


def _offices(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(m.title.office for m in mentions if m.title))


def _judge(
    context: Context,
    titles: Titles,
    language: str | None,
    person: Person,
    side: Side,
    office: str,
    told: set[frozenset[str]],
) -> Draft | None:
    """The draft for one office that one side gives a person, if it contradicts the rest."""
    here = [m for m in person.on(side) if m.title and m.title.office == office]
    own = [m for m in person.on(side) if m.title and m.title.office != office]
    cross = [m for m in person.on(OTHER[side]) if m.title]
    cross_offices, own_offices = set(_offices(cross)), set(_offices(own))
    against_cross = {
        o
        for o in cross_offices
        if titles.conflict(office, o) and not _one_field(context, titles, here, cross, o)
    }
    if office not in cross_offices:
        # "President Roux" for the leader of a group: the office may be his, the address misleads
        against_cross |= {
            y.title.office
            for x in here
            for y in cross
            if y.title and _misleads(context, titles, language, x, y)
        }
    against_own = {o for o in own_offices if titles.conflict(office, o)}
    supported = any(not titles.offices[o].generic and o not in against_cross for o in cross_offices)
    if supported or not (against_cross or against_own):
        return None
    if not against_cross and (len(here) > 1 or len(own) < 2):
        return None  # two offices in one text: only an odd one out among several says something
    # Its own text contradicts it where it gives the person an office that fits the other text.
    inner = any(
        o == c or not titles.conflict(o, c)
        for o in against_own
        for c in (cross_offices or own_offices)
    )
    likely: LikelySide = "unknown"
    confidence = 0.7
    why = ""
    known = _confusion(titles, language, against_cross, {office})
    reverse = _confusion(titles, language, {office}, against_cross)
    if inner and against_own:
        likely, confidence = side, 0.95 if against_cross else 0.8
        own_word = next(m.title.text for m in own if m.title and m.title.office in against_own)
        why = f"; {side.upper()} itself says “{own_word}” elsewhere"
    elif known and not reverse:
        likely, confidence = side, 0.85
        why = f"; {_told(known)}"
    elif reverse and not known:
        return None  # reported from the other side, which is the likely error
    key = frozenset({office, *against_cross})
    if likely == "unknown" and key in told:
        return None
    told.add(key)

    first = here[0]
    partner = _partner(
        context, first, [m for m in cross if m.title and m.title.office in against_cross]
    )
    other_word = partner.title.text if partner and partner.title else ""
    assert first.title is not None
    said = f"{side.upper()} calls {person.name} “{first.title.text}”"
    if other_word:
        said += f", {OTHER[side].upper()} “{other_word}”"
    # Where it is open who is wrong, the graver of the two offices counts.
    doubtful = (first, partner) if likely == "unknown" else (first,)
    grave = any(m and m.title and m.address and m.title.office in _HIGH for m in doubtful)
    severity: Severity = "critical" if grave else "major"
    return Draft(
        *ordered(side, _span(first), _span(partner) if partner else None),
        message=f"{said}{why}: one person can hardly hold both offices.",
        severity=severity,
        confidence=confidence,
        likely_side=likely,
        anchor=f"{person.name} {office}",
        places=tuple(Place(side, *_span(m)) for m in here[1:]),
    )


_EVERYDAY = {
    "president": frozenset(("party_leader", "speaker", "councillor", "union_leader", "lawmaker")),
    "director": frozenset(("coach",)),
    "chief_executive": frozenset(("director_general",)),
}
"""Offices that can be called this, but by whose everyday word in some languages machine translation
gives the wrong address."""
_PUBLIC = re.compile(
    r"\b(?:[Aa]gency|[Mm]inistry|[Oo]rgani[sz]ation|[Cc]ommission|[Dd]epartment|[Ff]und|[Aa]uthority)\b"
    r"|\bUnited Nations\b"
    r"|\b(?:U\.?N|IAEA|UNESCO|WHO|WTO|IMF)\b"
)


def _misleads(
    context: Context, titles: Titles, language: str | None, here: Mention, there: Mention
) -> bool:
    """Whether a text addresses somebody by a word that stands for another office in English."""
    if here.title is None or there.title is None:
        return False
    office, right = here.title.office, there.title.office
    if right not in _EVERYDAY.get(office, ()) or not titles.confusion(right, office, language):
        return False
    if office == "chief_executive":  # a company's director-general is its chief executive
        other = context.side(there.side)
        return bool(_PUBLIC.search(other.document.sentences[there.sentence].text))
    return here.address and here.title.text.lower() == office


def _one_field(
    context: Context, titles: Titles, here: Sequence[Mention], cross: Sequence[Mention], office: str
) -> bool:
    """Whether two texts call somebody a secretary of one thing: of a state, or simply so."""
    for x in here:
        for y in cross:
            if not x.title or not y.title or y.title.office != office:
                continue
            if not all(t.text.lower().endswith("secretary") for t in (x.title, y.title)):
                continue
            fields = [titles.fields(_phrase(context.side(m.side), m)) for m in (x, y)]
            if fields[0] & fields[1]:
                return True
    return False


def _confusion(
    titles: Titles, language: str | None, rights: set[str], wrongs: set[str]
) -> Confusion | None:
    """The known confusion of one of some offices with one of others."""
    for right in sorted(rights):
        for wrong in sorted(wrongs):
            found = titles.confusion(right, wrong, language)
            if found is not None:
                return found
    return None


def _told(confusion: Confusion) -> str:
    source = f"{confusion.language}: {confusion.source}"
    return f"a known confusion of machine translation ({source})"


def _other_portfolio(context: Context, titles: Titles, person: Person) -> Draft | None:
    """A minister of one thing who is a minister of another thing in the other text, or of all."""
    fields: dict[Side, frozenset[str]] = {}
    shown: dict[Side, Mention] = {}
    for side in SIDES:
        for mention in person.on(side):
            if mention.title and mention.title.office in _MINISTERS:
                words = _phrase(context.side(side), mention)
                if "inist" in words and (found := titles.fields(words)):
                    fields[side] = fields.get(side, frozenset()) | found
                    shown.setdefault(side, mention)
    for side in SIDES:
        # the head of a government may hold a ministry besides, but one text says only this
        own = [m for m in person.on(OTHER[side]) if m.title and m.title.office == "prime_minister"]
        if (
            side in fields
            and OTHER[side] not in fields
            and own
            and not _PREMIER.search(context.side(side).text)
        ):
            fields[OTHER[side]], shown[OTHER[side]] = frozenset(), own[0]
    if len(fields) < 2 or fields["a"] & fields["b"]:
        return None
    a, b = shown["a"], shown["b"]
    return Draft(
        a=_phrase_span(context.a, a),
        b=_phrase_span(context.b, b),
        message=(
            f"A gives {person.name} “{_phrase(context.a, a)}”, B “{_phrase(context.b, b)}”: "
            "two different ministries."
        ),
        severity="major",
        confidence=0.75,
        anchor=f"{person.name} ministry",
    )


_PREMIER = re.compile(r"(?i)\b(?:prime minister|premier|head of (?:the )?government)\b")
_PHRASE_BEFORE = re.compile(r"(?:[A-Z][\w'’-]{1,60},?\s+(?:(?:and|&|of|for)\s+)?){0,6}$")
_PHRASE_AFTER = re.compile(
    r"^\s+(?:of|for|at|in)\s+(?:the\s+)?(?:(?:[A-Z][\w'’-]+|and|of|for|the|&)[,\s]*){1,8}"
)


def _phrase_span(side: Annotated, mention: Mention) -> Span:
    """The office with the field that stands before it or after "of", without the name."""
    assert mention.title is not None
    sentence = side.document.sentences[mention.sentence]
    span = mention.title.span
    before = _PHRASE_BEFORE.search(side.text[sentence.start : span.start])
    start = span.start - (len(before.group()) if before else 0)
    after = _PHRASE_AFTER.match(side.text[span.end : sentence.end])
    end = span.end + (after.end() if after else 0)
    if start < mention.span.end <= span.start:
        start = span.start
    if span.end <= mention.span.start < end:
        end = mention.span.start
    text = side.text[start:end]
    return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip(" ,")))


def _phrase(side: Annotated, mention: Mention) -> str:
    return side.words(_phrase_span(side, mention))


def _other_rank(context: Context, titles: Titles, person: Person) -> Draft | None:
    """A rank that is a step higher or lower: "Colonel" for a lieutenant colonel."""
    first = {
        side: next((m for m in person.on(side) if m.title and len(m.name.split()) > 1), None)
        for side in SIDES
    }
    a, b = first["a"], first["b"]
    if not a or not b or not a.title or not b.title or a.title.office != b.title.office:
        return None
    if any(
        context.side(s).text.endswith("-star ", 0, _span(m).start) for s, m in first.items() if m
    ):
        return None  # "two-star general", a major general
    steps = {side: [m.title.text for m in person.on(side) if m.title] for side in SIDES}
    if any(titles.same_rank(x, y) for x in steps["a"] for y in steps["b"]):
        return None
    return Draft(
        a=_span(a),
        b=_span(b),
        message=(
            f"A calls {person.name} “{a.title.text}”, B “{b.title.text}”: one rank is above the "
            "other."
        ),
        severity="minor",
        confidence=0.7,
        anchor=f"{person.name} rank",
    )


def _other_deputy(context: Context, titles: Titles, person: Person) -> Draft | None:
    """Somebody's deputy who is somebody else's deputy in the other text."""
    bases = {
        side: {m.title.base: m for m in reversed(person.on(side)) if m.title and m.title.base}
        for side in SIDES
    }
    if not bases["a"] or not bases["b"]:
        return None
    if not all(titles.conflict(x, y) for x in bases["a"] for y in bases["b"]):
        return None
    a, b = next(iter(bases["a"].values())), next(iter(bases["b"].values()))
    assert a.title is not None
    assert b.title is not None
    return Draft(
        a=_span(a),
        b=_span(b),
        message=(
            f"A calls {person.name} “{a.title.text}”, B “{b.title.text}”: deputies of two "
            "different offices."
        ),
        severity="major",
        confidence=0.7,
        anchor=f"{person.name} deputy",
    )


def _deputy_lost(context: Context, titles: Titles, person: Person) -> Draft | None:
    """A deputy who holds the office itself in the other text: "director" for a deputy director."""
    for side in SIDES:
        here, there = person.on(side), person.on(OTHER[side])
        deputy = next((m for m in here if m.title and _DEPUTY.match(m.title.text)), None)
        if deputy is None or deputy.title is None:
            continue
        if _DEPUTY.search(" ".join(_around(context.side(OTHER[side]), m) for m in there)):
            continue
        word = deputy.title.text.lower().split()[-1]
        same = [m for m in there if m.title and m.title.text.lower().split()[-1] == word]
        partner = _partner(context, deputy, same)
        if partner is None or any(
            m.title and m.title.text.lower().split()[-1] == word and m.title.office != "deputy"
            for m in here
        ):
            continue
        assert partner.title is not None
        return Draft(
            *ordered(side, _span(deputy), _span(partner)),
            message=(
                f"{side.upper()} calls {person.name} “{deputy.title.text}”, "
                f"{OTHER[side].upper()} “{partner.title.text}” and nowhere a deputy."
            ),
            severity="major",
            confidence=0.75,
            likely_side=OTHER[side],
            anchor=f"{person.name} deputy {word}",
        )
    return None


def _deputy_unlisted(context: Context, titles: Titles, person: Person) -> Draft | None:
    """The same of offices that the lexicon does not know: "deputy chief engineer"."""
    found = described(context, person)
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        if _DEPUTY.search(" ".join(_around(there, m) for m in person.on(OTHER[side]))):
            continue
        for m, own in found[side]:
            phrase = here.words(own.core)
            plain = _core(_DEPUTY.sub(" ", phrase))
            if not _DEPUTY.search(phrase) or len(plain) < _TELLING:
                continue
            for n, other in found[OTHER[side]]:
                if _core(there.words(other.core)) == plain:
                    return Draft(
                        *ordered(side, own.span.cover(m.span), other.span.cover(n.span)),
                        message=(
                            f"{side.upper()} calls {person.name} “{phrase}”, "
                            f"{OTHER[side].upper()} “{there.words(other.core)}” and nowhere a "
                            "deputy."
                        ),
                        severity="major",
                        confidence=0.7,
                        likely_side=OTHER[side],
                        anchor=f"{person.name} deputy {own.head}",
                    )
    return None


_TELLING = 2
"""Words of an office that leave no doubt which it is: "chief engineer"."""


def _core(phrase: str) -> list[str]:
    return [w for w in phrase.lower().split() if w not in ("the", "a", "an", "its", "his", "her")]


def _acting_lost(context: Context, titles: Titles, person: Person) -> Draft | None:
    """An acting head who is head without reserve in the other text."""
    for side in SIDES:
        here, there = context.side(side), person.on(OTHER[side])
        if _STANDS_IN.search(context.side(OTHER[side]).text):
            continue
        acting = next(
            (m for m in person.on(side) if m.title and _ACTING_LEAD.search(_lead(here, m))), None
        )
        if acting is None or acting.title is None:
            continue
        offices = titles.offices
        same = [
            m
            for m in there
            if m.title
            and (
                m.title.office == acting.title.office
                or m.title.office in offices[acting.title.office].compatible
            )
        ]
        partner = _partner(context, acting, same)
        if partner is None or partner.title is None:
            continue
        return Draft(
            *ordered(side, _span(acting), _span(partner)),
            message=(
                f"{side.upper()} calls {person.name} acting “{acting.title.text}”, "
                f"{OTHER[side].upper()} “{partner.title.text}” and nowhere says that the office is "
                "held for the time being."
            ),
            severity="minor",
            confidence=0.7,
            likely_side=OTHER[side],
            anchor=f"{person.name} acting",
        )
    return None


_ACTING_LEAD = re.compile(rf"{_ACTING.pattern}\s(?:[\w-]{{1,40}}\s){{0,2}}$")
_DEPUTY = re.compile(r"(?i)\b(?:deputy|vice|assistant|associate|sub|second)[\s-]")


def _around(side: Annotated, mention: Mention) -> str:
    return side.document.sentences[mention.sentence].text


def _no_longer(context: Context, titles: Titles, person: Person) -> Draft | None:
    """Somebody who is out of office in one text and in office in the other."""
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        old = next((m for m in person.on(side) if m.title and _FORMER.search(_lead(here, m))), None)
        now = [m for m in person.on(OTHER[side]) if m.title and m.address]
        if old is None or old.title is None or not now:
            continue
        if any(m.title and not _FORMER.search(_lead(here, m)) for m in person.on(side)):
            continue  # holds another office now
        same = [m for m in now if m.title and m.title.office == old.title.office]
        if len(same) < len(now) or any(
            _PAST.search(there.document.sentences[m.sentence].text) for m in person.on(OTHER[side])
        ):
            continue
        new = _partner(context, old, same)
        assert new is not None
        assert new.title is not None
        return Draft(
            *ordered(side, _span(old), _span(new)),
            message=(
                f"{side.upper()} calls {person.name} a former “{old.title.text}”, "
                f"{OTHER[side].upper()} “{new.title.text}” and nowhere a former one."
            ),
            severity="minor",
            confidence=0.6,
            likely_side="unknown",
            anchor=f"{person.name} former",
        )
    return None


def _lead(side: Annotated, mention: Mention) -> str:
    """What stands before a mention's title, in its sentence."""
    assert mention.title is not None
    return side.text[side.document.sentences[mention.sentence].start : mention.title.span.start]


def _odd_one_out(context: Context, titles: Titles, person: Person, side: Side) -> Iterator[Draft]:
    """One form of address among several others of a text, that the other text never uses."""
    mentions = [m for m in person.on(side) if m.title and m.address]
    counts = Counter(m.title.office for m in mentions if m.title)
    if len(counts) < 2:
        return
    (usual, most), *_ = counts.most_common()
    there = set(_offices(person.on(OTHER[side])))
    for mention in mentions:
        title = mention.title
        if (
            title is None
            or counts[title.office] > 1
            or most < 2
            or title.office in there
            or (there and usual not in there)
            or titles.offices[title.office].generic
            or titles.offices[usual].generic
        ):
            continue
        first = next(m for m in mentions if m.title and m.title.office == usual)
        assert first.title is not None
        partner = _partner(context, mention, person.on(OTHER[side]), inside=True)
        yield Draft(
            *ordered(side, _span(mention), _span(partner) if partner else None),
            message=(
                f"{side.upper()} calls {person.name} “{title.text}” here and “{first.title.text}” "
                "everywhere else: readers may take them for two people or two offices."
            ),
            severity="minor",
            confidence=0.7,
            likely_side=side,
            category="terminology/inconsistent",
            anchor=f"{person.name} {title.office}",
            places=(Place(side, *_span(first)),),
        )


def _held_by_two(context: Context, titles: Titles, side: Side) -> Iterator[Draft]:
    """Two persons with one office of which there is one, whom the other text tells apart."""
    holders: dict[str, list[Person]] = {}
    for person in context.persons:
        for office in _offices(person.on(side)):
            if titles.offices[office].single:
                holders.setdefault(office, []).append(person)
    for office, people in holders.items():
        if len(people) != 2:
            continue
        for person, rival in (people, people[::-1]):
            theirs = set(_offices(rival.on(OTHER[side])))
            others = {
                o
                for o in _offices(person.on(OTHER[side]))
                if o != office and not titles.offices[o].generic
            }
            if office not in theirs or not others or others & theirs:
                continue
            if office in _offices(person.on(OTHER[side])):
                continue
            mine = next(m for m in person.on(side) if m.title and m.title.office == office)
            second = next(m for m in rival.on(side) if m.title and m.title.office == office)
            partner = _partner(
                context,
                mine,
                [m for m in person.on(OTHER[side]) if m.title and m.title.office in others],
            )
            assert partner is not None
            assert mine.title is not None
            assert partner.title is not None
            yield Draft(
                *ordered(side, _span(mine), _span(partner)),
                message=(
                    f"{side.upper()} calls both {person.name} and {rival.name} "
                    f"“{mine.title.text}”, {OTHER[side].upper()} calls {person.name} "
                    f"“{partner.title.text}”: two offices have become one."
                ),
                severity="major",
                confidence=0.75,
                likely_side=side,
                anchor=f"{person.name} {office}",
                places=(Place(side, *_span(second)),),
            )


# --- offices of those who are not named -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bare:
    """An office in a group; ``person`` where it is somebody's who is named."""

    span: Span
    match: TitleMatch
    token: Token
    person: Person | None


def _unnamed(
    context: Context, titles: Titles, language: str | None, group: Group
) -> Iterator[Draft]:
    """Offices of two linked sentences of which one cannot be the other."""
    here = {side: _bare(context, titles, group, side) for side in SIDES}
    yield from _stand_ins(context, group, here)
    lone: dict[Side, list[_Bare]] = {}
    for side in SIDES:
        theirs = {x.match.office for x in here[OTHER[side]]}
        lone[side] = [
            x
            for x in here[side]
            if not titles.offices[x.match.office].generic
            and all(
                titles.conflict(x.match.office, o) for o in theirs if not titles.offices[o].generic
            )
        ]
    if any(len(lone[side]) != 1 for side in SIDES):
        return
    x, y = lone["a"][0], lone["b"][0]
    if x.person is not None and x.person is y.person:
        return  # judged already
    words = x.match.text.lower(), y.match.text.lower()
    if words[0] in words[1] or words[1] in words[0]:
        return
    for word, side in zip(words, (OTHER["a"], OTHER["b"]), strict=True):
        docs = [context.side(side).docs[s.index] for s in group.side(side)]
        if any(t.lemma_.lower() == word.split()[-1] for doc in docs for t in doc):
            return  # several of them: "prosecutors are investigating"
    known = _confusion(titles, language, {x.match.office}, {y.match.office})
    reverse = _confusion(titles, language, {y.match.office}, {x.match.office})
    same = _same_place_in(x.token, y.token)
    if not same and not (language and (known or reverse)):
        return
    likely: LikelySide = "unknown"
    why = ""
    if known and not reverse:
        likely, why = "b", f"; {_told(known)}"
    elif reverse and not known:
        likely, why = "a", f"; {_told(reverse)}"
    yield Draft(
        a=x.span,
        b=y.span,
        message=(
            f"A speaks of “{x.match.text}”, B of “{y.match.text}”{why}: "
            "two offices that one person can hardly hold."
        ),
        severity="major",
        confidence=0.75 if same and (known or reverse) else 0.6,
        likely_side=likely,
        anchor=f"{x.match.office} {y.match.office}",
    )


def _bare(context: Context, titles: Titles, group: Group, which: Side) -> list[_Bare]:
    side = context.side(which)
    found = []
    for sentence in group.side(which):
        doc = side.docs[sentence.index]
        for match in titles.search(sentence.text):
            span = Span(sentence.start + match.span.start, sentence.start + match.span.end)
            inside = [t for t in doc if span.overlaps(side.span(sentence, t))]
            if not inside or inside[-1].pos_ not in ("NOUN", "PROPN"):
                continue  # "to chair", "presiding"
            last = inside[-1]
            if last.dep_ in ("compound", "nmod") and last.head.pos_ == "NOUN":
                continue  # "the governor race"
            person = next(
                (
                    p
                    for p in context.persons
                    for m in p.on(which)
                    if m.title and m.title.span == span
                ),
                None,
            )
            found.append(_Bare(span, match, last, person))
    return found


def _same_place_in(x: Token, y: Token) -> bool:
    """Whether two words do the same in their sentences: subjects of one verb, or both speak."""
    if x.dep_ != y.dep_ or x.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return False
    heads = x.head.lemma_.lower(), y.head.lemma_.lower()
    return synonyms(x.head, y.head) or all(h in REPORTING for h in heads)


def _stand_ins(context: Context, group: Group, here: dict[Side, list[_Bare]]) -> Iterator[Draft]:
    """An acting holder of an office who holds it without reserve in the other text."""
    for side in SIDES:
        if not here[side] or _STANDS_IN.search(context.side(OTHER[side]).text):
            continue
        for x in here[side]:
            sentence = context.side(side).document.sentence_at(x.span.start)
            assert sentence is not None
            before = context.side(side).text[sentence.start : x.span.start]
            acting = _ACTING.search(before[-40:])
            twins = [y for y in here[OTHER[side]] if y.match.office == x.match.office]
            if not acting or len(before[-40:][acting.end() :].split()) > 3 or len(twins) != 1:
                continue
            start = sentence.start + max(0, len(before) - 40) + acting.start()
            office = Span(start, x.span.end)
            yield Draft(
                *ordered(side, office, twins[0].span),
                message=(
                    f"{side.upper()} has “{context.side(side).words(office)}”, "
                    f"{OTHER[side].upper()} “{twins[0].match.text}” and nowhere says that the "
                    "office is held for the time being."
                ),
                severity="minor",
                confidence=0.7,
                likely_side=OTHER[side],
                anchor=f"acting {x.match.office}",
            )


# --- by any noun for a person, not only those of the lexicon -----------------------------------


def _unit(context: Context, person: Person, side: Side) -> Iterator[Draft]:
    """A body in the place of an office: "Quality Headquarters Gil Dae-hyun"."""
    layer = context.side(side)
    for mention in person.on(side):
        doc = layer.docs[mention.sentence]
        sentence = layer.document.sentences[mention.sentence]
        name = [t for t in doc if mention.span.overlaps(layer.span(sentence, t))]
        if not name or name[0].i < 2 - bool(sentence.text[0].isupper()):
            continue
        first = low = name[0].i - 1
        if first < 0 or doc[first].lower_ not in _UNITS or not doc[first].is_title:
            continue
        while low and doc[low - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
            low -= 1
        if low and doc[low - 1].pos_ in ("ADP", "CCONJ", "PART", "VERB"):
            continue  # "Minister of the Presidency Ida Holm", "told Head Office Holm had left"
        if low > 1 and doc[low - 1].pos_ == "DET" and doc[low - 2].pos_ == "ADP":
            continue
        span = layer.span(sentence, doc[low]).cover(mention.span)
        others = person.on(OTHER[side])
        partner = _partner(context, mention, others)
        yield Draft(
            *ordered(side, span, _span(partner) if partner else None),
            message=(
                f"{side.upper()} calls a person “{layer.words(span)}”: “{doc[first].text}” is no "
                "person; an office was translated as the body that it belongs to."
            ),
            severity="major",
            confidence=0.8,
            likely_side=side,
            anchor=f"{person.name} {doc[first].lower_}",
        )
        return


def _of_another(context: Context, person: Person, side: Side) -> Iterator[Draft]:
    """A form of address that is another person's: "Minister Vega" for the secretary Ana Vega."""

    def word_of(title: TitleMatch) -> str:
        return re.split(r"\s(?:of|for)\s", title.text.lower())[0].split()[-1]

    def words(who: Person, which: Side) -> Counter[str]:
        return Counter(
            word_of(m.title)
            for m in who.on(which)
            if m.title and not _FORMER.search(_lead(context.side(which), m))
        )

    here, there = words(person, side), words(person, OTHER[side])
    for mention in person.on(side):
        if mention.title is None or not mention.address:
            continue
        word = word_of(mention.title)
        own = {w for w in here if w != word and w in there}
        if here[word] > 1 or word in there or not own or not is_role(word):
            continue
        rival = next(
            (
                p
                for p in context.persons
                if p is not person and all(word in words(p, which) for which in SIDES)
            ),
            None,
        )
        if rival is None:
            continue
        usual = next(m for m in person.on(side) if m.title and word_of(m.title) in own)
        assert usual.title is not None
        partner = _partner(context, mention, person.on(OTHER[side]))
        yield Draft(
            *ordered(side, _span(mention), _span(partner) if partner else None),
            message=(
                f"{side.upper()} calls {person.name} “{mention.title.text}” here and "
                f"“{usual.title.text}” elsewhere, as {OTHER[side].upper()} does; the "
                f"“{mention.title.text}” of both texts is {rival.name}."
            ),
            severity="major",
            confidence=0.75,
            likely_side=side,
            category="terminology/inconsistent",
            anchor=f"{person.name} {word}",
            places=(Place(side, *_span(usual)),),
        )
        return


def _other_noun(context: Context, titles: Titles, person: Person) -> Iterator[Draft]:
    """Two nouns for one person in linked sentences, of which neither can be the other."""
    found = described(context, person)
    heads = {side: {d.head for _, d in found[side] if d.person} for side in SIDES}
    if any(one_kind(x, y) for x in heads["a"] for y in heads["b"]):
        return
    for m, x in found["a"]:
        group = context.group_of("a", m.sentence)
        linked = {s.index for s in group.b} if group else set()
        for n, y in found["b"]:
            if n.sentence not in linked or not (is_role(x.head) and is_role(y.head)):
                continue
            if _is_degree(x, m) or _is_degree(y, n):
                continue
            if any(_RETIRED.search(s.words(d.span)) for s, d in ((context.a, x), (context.b, y))):
                continue  # "a retired teacher", who is chairwoman of an association now
            words = context.a.words(x.span), context.b.words(y.span)
            cores = context.a.words(x.core), context.b.words(y.core)
            if _compatible(titles, *cores) or context.phrases.likeness(*cores) >= _UNLIKE:
                continue
            yield Draft(
                a=x.span.cover(m.span),
                b=y.span.cover(n.span),
                message=(
                    f"A calls {person.name} “{words[0]}”, B “{words[1]}”: two occupations or "
                    "offices that are hardly one."
                ),
                severity="major",
                confidence=0.65,
                anchor=f"{person.name} {x.head} {y.head}",
            )
            return


_ANY_BODY = frozenset(
    "department division unit bureau office agency authority organization organisation company "
    "firm group committee commission board council city town village district county province "
    "region country nation state area side house service section branch program project team staff "
    "body institute institution facility center centre headquarters association party chapter time "
    "year deputy vice assistant associate senior chief co acting interim former".split()
)
"""Words that one text has for what the other names more closely, and ranks."""


_HEADS = frozenset(("head", "chief", "leader", "boss"))


def _other_body(context: Context, person: Person) -> Iterator[Draft]:
    """One office, held in the museum in one text and in the theater in the other."""
    found = described(context, person)
    for (m, x), (n, y) in product(found["a"], found["b"]):
        group = context.group_of("a", m.sentence)
        if group is None or all(s.index != n.sentence for s in group.b):
            continue
        if x.head != y.head or not (is_role(x.head) or x.head in _HEADS):
            continue
        said = {
            side: {
                t.lemma_.lower() for s in group.side(side) for t in context.side(side).docs[s.index]
            }
            for side in SIDES
        }
        a, b = _bodies(context.a, x, m), _bodies(context.b, y, n)
        a, b = a - b, b - a
        if not a or not b or a & said["b"] or b & said["a"] or (a | b) & _ANY_BODY:
            continue
        if any(one_sense(u, v) or related(u, v) for u in a for v in b):
            continue
        if context.phrases.likeness(" ".join(sorted(a)), " ".join(sorted(b))) >= _UNLIKE:
            continue
        yield Draft(
            a=x.span,
            b=y.span,
            message=(
                f"{person.name} is “{context.a.words(x.span)}” in A, "
                f"“{context.b.words(y.span)}” in B: the same office of another body."
            ),
            severity="major",
            confidence=0.65,
            anchor=f"{person.name} {sorted(a)} {sorted(b)}",
        )
        return


def _bodies(text: Annotated, descriptor: Descriptor, mention: Mention) -> set[str]:
    """The nouns that say of what somebody is the head: “museum” of “the museum's director”."""
    sentence = text.document.sentences[mention.sentence]
    if not default_titles().search(descriptor.head) and descriptor.head not in _HEADS:
        return set()
    return {
        t.lemma_.lower()
        for t in text.docs[mention.sentence]
        if t.pos_ == "NOUN"
        and descriptor.span.start <= sentence.start + t.idx < descriptor.span.end
        and t.lemma_.lower() != descriptor.head
        # "offend General Secretary"
        and not (t.dep_ == "compound" and any(n.pos_ == "PROPN" for n in t.doc[t.i + 1 : t.i + 2]))
    }


_RETIRED = re.compile(r"(?i)\b(?:retired|former|ex|onetime|trained|by\s(?:training|profession))\b")


def _compatible(titles: Titles, x: str, y: str) -> bool:
    """Whether the lexicon knows offices in both phrases and lets one person hold them."""
    found = [[m.office for m in titles.search(words)] for words in (x, y)]
    return any(
        not titles.offices[a].generic
        and not titles.offices[b].generic
        and not titles.conflict(a, b)
        for a in found[0]
        for b in found[1]
    )


def _is_degree(noun: Descriptor, name: Mention) -> bool:
    """Whether it is the doctor of “Doctor Ames”, who may be of any learned profession."""
    return noun.head == "doctor" and 0 <= name.span.start - noun.span.end <= 1


_ABROAD = re.compile(
    r"\b(?:envoy|ambassador|representative|minister|president|premier|chancellor|negotiator"
    r"|delegate|diplomat|general|commander|secretary|consul|spokes\w+|official|leader|king|queen"
    r"|prince|coach|captain)s?\b",
    re.IGNORECASE,
)
"""Offices that one holds for a country; the country beside them is whose they are."""
_HEAD_ROOM = 30
"""Characters before an office in which its country stands."""
_ONLY_WORDS = re.compile(r"^(?:['’]s?)?\s(?:[a-zA-Z-]+\s){0,3}$")


def _of_country(context: Context, person: Person) -> Iterator[Draft]:
    """An office of one country in one text, of another country in the other: Sweden's envoy."""
    owners = {
        side: [(m, *found) for m in person.on(side) if (found := _country(context.side(side), m))]
        for side in SIDES
    }
    countries = {side: {c for _, p, _ in owners[side] for c in p.countries} for side in SIDES}
    for m, x, office_a in owners["a"]:
        group = context.group_of("a", m.sentence)
        linked = {s.index for s in group.b} if group else set()
        for n, y, office_b in owners["b"]:
            if n.sentence not in linked or x.countries & y.countries:
                continue
            mixed = bool(x.countries & countries["b"]), bool(y.countries & countries["a"])
            if all(mixed):
                continue  # both texts have both
            side: LikelySide = "b" if mixed[0] else "a" if mixed[1] else "unknown"
            yield Draft(
                a=office_a,
                b=office_b,
                message=(
                    f"{person.name} holds an office of {x.text} in A and of {y.text} in B: one of "
                    "the texts gives it to another country."
                ),
                severity="major",
                confidence=0.8,
                likely_side=side,
                anchor=f"{person.name} {x.key} {y.key}",
            )
            return


def _country(text: Annotated, mention: Mention) -> tuple[PlaceMention, Span] | None:
    """The country right before a person's office, and both: the US of “the US special envoy”."""
    spans = [d.span for d in descriptors(text, mention)]
    if mention.title is not None:
        spans.insert(0, mention.title.span)
    spans += _apposed(text, mention)
    for span in spans:
        if not _ABROAD.search(text.words(span)):
            continue
        for place in text.places[mention.sentence]:
            if not place.countries or place.inside:
                continue
            inside = span.start <= place.span.start < span.end
            before = 0 <= span.start - place.span.end <= _HEAD_ROOM
            between = text.text[place.span.end : span.start]
            if inside or (before and _ONLY_WORDS.match(between)):
                return place, place.span.cover(span)
    return None


def _apposed(text: Annotated, mention: Mention) -> list[Span]:
    """The office before a name with a comma between: “the envoy, Daniel Harlow”."""
    sentence = text.document.sentences[mention.sentence]
    for token in text.docs[mention.sentence]:
        span = text.span(sentence, token)
        if span.start == mention.span.start:
            root = token if token.dep_ == "appos" else token.head
            if root.dep_ == "appos" and root.head.i < token.i:
                return [text.span(sentence, root.head)]
    return []


@dataclass(frozen=True, slots=True)
class _Role:
    head: str
    span: Span
    token: Token
    """The subject or object, which may be the name that the noun describes."""
    person: Person | None


def _other_role(context: Context, group: Group) -> Iterator[Draft]:
    """Who does one thing in both texts, by two nouns of which neither can be the other."""
    roles = {side: _roles(context, group, side) for side in SIDES}
    titles = default_titles()
    for x in roles["a"]:
        for y in roles["b"]:
            if (
                (x.person is not None and y.person is not None)
                or not (is_role(x.head) or is_role(y.head))
                or not (_telling(context.a, titles, x) and _telling(context.b, titles, y))
                or any(one_kind(x.head, z.head) for z in roles["b"])
                or any(one_kind(z.head, y.head) for z in roles["a"])
            ):
                continue
            if not (_same_place_in(x.token, y.token) or _same_company(x.token, y.token)):
                continue
            words = context.a.words(x.span), context.b.words(y.span)
            if (
                _compatible(titles, *words)
                or context.phrases.likeness(*words) >= _UNLIKE
                or context.phrases.likeness(x.head, y.head) >= _UNLIKE
            ):
                continue
            yield Draft(
                a=x.span,
                b=y.span,
                message=(
                    f"A speaks of “{words[0]}”, B of “{words[1]}” in the same place: two "
                    "occupations or offices that are hardly one."
                ),
                severity="major",
                confidence=0.6,
                anchor=f"{x.head} {y.head}",
            )
            return


def _roles(context: Context, group: Group, which: Side) -> list[_Role]:
    """Persons in the singular that are subject or object, by the nouns said of them."""
    side = context.side(which)
    found = []
    for sentence in group.side(which):
        named = [
            (m, p) for p in context.persons for m in p.on(which) if m.sentence == sentence.index
        ]
        for chunk in side.docs[sentence.index].noun_chunks:
            root = chunk.root
            if root.dep_ not in ("nsubj", "nsubjpass", "dobj") or root.tag_ in ("NNS", "NNPS"):
                continue
            place = side.span(sentence, root)
            mention, person = next(
                ((m, p) for m, p in named if m.span.overlaps(place)), (None, None)
            )
            if mention is not None:
                found += [
                    _Role(d.head, d.span, root, person)
                    for d in descriptors(side, mention)
                    if d.person
                ]
            elif root.pos_ == "NOUN" and is_person_noun(root.lemma_.lower()):
                found.append(_Role(root.lemma_.lower(), side.span(sentence, chunk), root, None))
    return found


def _telling(side: Annotated, titles: Titles, role: _Role) -> bool:
    """Whether a phrase names one occupation: by its noun, or as an office ("party chief")."""
    found = titles.search(side.words(role.span))
    return is_role(role.head) or any(not titles.offices[m.office].generic for m in found)


def _same_company(x: Token, y: Token) -> bool:
    """Whether two nouns have one function and are described by the same words."""
    shared = [
        content_lemmas([t for t in z.subtree if t != z and t.pos_ != "PROPN"]) for z in (x, y)
    ]
    return x.dep_ == y.dep_ and len(shared[0] & shared[1]) > 1


def _span(mention: Mention) -> Span:
    if mention.title is None or mention.address:
        return mention.whole
    return mention.title.span.cover(mention.span)


def _partner(
    context: Context, mention: Mention, others: Sequence[Mention], inside: bool = False
) -> Mention | None:
    """The other text's mention to show beside one: in the same group if there is one."""
    group = context.group_of(mention.side, mention.sentence)
    linked = {s.index for s in group.side(OTHER[mention.side])} if group else set()
    near = next((m for m in others if m.sentence in linked), None)
    return near or (others[0] if others and not inside else None)


CHECK = Check(
    id="title",
    summary="An office that a person does not hold, by the other text or by the same text.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Deputy emergencies minister Anna Gromova said so.",
            "Minister of Emergencies Anna Gromova said so.",
        ),
        Example(
            "Han Seo-jin, floor leader of the opposition party, called the plan premature.",
            "Han Seo-jin, the party leader of the opposition party, called the plan premature.",
        ),
        Example(
            "Internal Affairs Minister Kaoru Dehara declined to comment.",
            "Prime Minister Dehara Kaoru avoided comment.",
        ),
        Example(
            "Pavel Drozd, the deputy chairman of the council, said so.",
            "The chairman of the council Pavel Drozd said so.",
        ),
        Example(
            "Paul Stein is the director of the museum.",
            "Paul Stein is the director of the theater.",
        ),
        Example(
            "The deputy chief engineer, Shen Yalan, asked for a delay of two days.",
            "Chief engineer Shen Yalan asked for a delay of two days.",
        ),
        Example(
            "Hanna Wieczorek, the acting chief executive, agreed.",
            "The president, Hanna Wieczorek, agreed.",
        ),
        Example(
            "The United States' special envoy, Daniel Harlow, called the talks useful.",
            "Sweden's special representative Daniel Harlow called the talks useful.",
        ),
        Example(
            (
                "Mina Kerr, the special envoy for fisheries, spoke on Monday.",
                "Kerr left on Tuesday.",
            ),
            (
                "Special envoy for fisheries Mina Kerr spoke on Monday.",
                "President Kerr left on Tuesday.",
            ),
        ),
        Example(
            "Prosecutor Luis Mena asked for ten years.", "Attorney Luis Mena asked for ten years."
        ),
        Example(
            "Chief Cabinet Secretary Ken Ogata declined to comment.",
            "Secretary of State Ogata Ken declined to comment.",
        ),
        Example("Mayor Olga Petrova opened the bridge.", "General Olga Petrova opened the bridge."),
        Example(
            "Lieutenant Colonel Ida Moe flew the helicopter.",
            "Colonel Ida Moe flew the helicopter.",
        ),
        Example(
            "Deputy Minister of Foreign Affairs Ana Vega flew to Oslo.",
            "Deputy Minister of Justice Ana Vega flew to Oslo.",
        ),
        Example(
            "The acting governor of the region opened the bridge.",
            "The governor of the region opened the bridge.",
        ),
        Example(
            "Paul Roy, a deputy head of the county, resigned.", "Vice Governor Paul Roy resigned."
        ),
        Example(
            "Former Prime Minister Jan Holm opened the bridge.",
            "Prime Minister Jan Holm opened the bridge.",
        ),
        # one text calls him chairman but for once
        Example(
            ("Chairman Han Il-gu spoke.", "Han left.", "Han slept.", "Han came back."),
            (
                "Chairman Han Il-gu spoke.",
                "President Han left.",
                "Chairman Han slept.",
                "Chairman Han came back.",
            ),
        ),
        Example(
            ("Jun Oribe, the president, spoke.", "His mother, chairwoman Hisako Oribe, left."),
            ("President Oribe Jun spoke.", "President Oribe Hisako left."),
        ),
        Example(
            "Édouard Marchand, who leads the socialists, voted against it in Paris, France.",
            "President Marchand voted against it in Paris, France.",
        ),
        Example(
            "The prefect has banned the march in Lyon.",
            "The chief of police has banned the march in Lyon.",
        ),
        Example(
            "A former police sergeant of Osaka, Japan, was jailed.",
            "A former Patrol Department Manager of Osaka, Japan, was jailed.",
        ),
        Example(
            "Head coach Eom Hae-jin of South Korea left.",
            "Director Eom Hae-jin of South Korea left.",
        ),
        Example(
            "Mayor Anna Nowak of Gdansk in Poland resigned.",
            "President Anna Nowak of Gdansk in Poland resigned.",
        ),
        Example(
            "Governor Ali Osman of Kassala in Sudan resigned.",
            "Ali Osman, the guardian of Kassala in Sudan, resigned.",
        ),
        Example(
            "The district mayor spoke to reporters in Hanoi, Vietnam.",
            "The judge spoke to reporters in Hanoi, Vietnam.",
        ),
        # offices and occupations that no lexicon lists
        Example(
            "The dispatcher on duty noted the fault.", "The commander on duty noted the fault."
        ),
        Example(
            "The Communist Party chief was removed.", "The municipal clerk Deng Wen was removed."
        ),
        Example("Pharmacist Ida Holm was shot.", "Ida Holm, a locksmith, was shot."),
        # a body in the place of an office
        Example("Deputy director Ida Holm spoke.", "Ida Holm, director of the centre, spoke."),
        Example(
            "Gil Dae-hyun, who heads the quality division, resigned.",
            "Quality Headquarters Gil Dae-hyun resigned.",
        ),
        # the minister is somebody else
        Example(
            (
                "Ana Vega, the state's health secretary, spoke.",
                "Health Minister Paul Roy agreed.",
                "The state will buy doses, Vega said.",
            ),
            (
                "State health secretary Ana Vega spoke.",
                "The minister of health, Paul Roy, agreed.",
                "According to Minister Vega, the state will buy doses.",
            ),
        ),
    ),
    passes=(
        Example(
            "Han Seo-jin, floor leader of the opposition party, called the plan premature.",
            "Han Seo-jin, the opposition leader, called the plan premature.",
        ),
        Example(
            "Vice Land Minister Gil Seong-tae said so.",
            "Gil Seong-tae, the second vice minister of land, said so.",
        ),
        Example(
            "Zhao Wenbo, the Chinese ambassador, protested.",
            "China's top diplomat in Korea, Zhao Wenbo, protested.",
        ),
        Example(
            "Eva Lang, the old people's home director, agreed.",
            "Eva Lang, the facility's director, agreed.",
        ),
        Example(
            "Renate Voss, 71, a retired teacher, filed the suit.",
            "The suit was filed by Renate Voss, chairwoman of an association.",
        ),
        Example(
            "US special envoy Daniel Harlow called the talks useful.",
            "The American special envoy Daniel Harlow called the talks in Sweden useful.",
        ),
        Example(
            "said Anna Holl, a physicist who leads the team.",
            "The head, doctor Holl, said it.",
        ),
        Example("Special envoy Mina Kerr spoke.", "Special representative Mina Kerr spoke."),
        Example("Foreign Minister Jan Holm arrived.", "Jan Holm, the foreign secretary, arrived."),
        Example(
            "Chief executive Ada Brandt resigned.",
            "Ada Brandt, president of the company, resigned.",
        ),
        Example("Former Minister Paul Roy died.", "Paul Roy, who was minister, died."),
        Example("Lawmaker Sara Lind, party leader, agreed.", "Party leader Sara Lind agreed."),
        Example("Director Park Min-ji agreed.", "Park Min-ji, head of the division, agreed."),
        Example(
            "President Joan Ruiz met Minister Ana Vega.",
            "Minister Ana Vega met President Joan Ruiz.",
        ),
        Example(
            ("Lt. Col. Ida Moe flew the helicopter.", "Moe was tired."),
            ("Lt. Col. Ida Moe flew the helicopter.", "Colonel Moe was tired."),
        ),
        Example(
            "Minister of Economy and Finance Ana Vega flew to Oslo.",
            "Finance Minister Ana Vega flew to Oslo.",
        ),
        Example(
            "The acting governor opened the bridge.",
            "The governor, who stands in for a colleague, opened the bridge.",
        ),
        Example(
            ("Defense Minister Ida Holm, a former transport minister, spoke.",),
            ("Minister Ida Holm spoke.",),
        ),
        Example("Former President Jan Holm died.", "Jan Holm, president until 2001, died."),
        Example("Chairman Han Il-gu spoke.", "President Han Il-gu of the company spoke."),
        Example("The provincial governor banned it.", "The voivode banned it."),
        Example("The interior secretary resigned.", "The secretary of the interior resigned."),
        Example("The prefect banned the march.", "The authorities banned the march."),
        Example("His deputy, Nuria Castells, agreed.", "Councilor Nuria Castells agreed."),
        Example("The mayor spoke.", "Mayor Ida Holm spoke."),
        Example("Bishop Paul Roy blessed it.", "Monsignor Paul Roy blessed it."),
        Example(
            "Police chief Omar Haddad spoke.", "Omar Haddad, who heads the city's police, spoke."
        ),
        Example(
            "Judge Eva Novak, the court's president, agreed.", "Presiding judge Eva Novak agreed."
        ),
        Example("The judge fined the lawyer.", "The lawyer was fined by the judge."),
        Example("The secretary of education, Ida Moe, left.", "Education secretary Ida Moe left."),
        Example("Ida Moe, a retired teacher, was shot.", "Former schoolteacher Ida Moe was shot."),
        Example("The infectologist Paul Roy spoke.", "Paul Roy, a doctor for infections, spoke."),
        Example("Deputy director Ida Holm spoke.", "Ida Holm, vice director, spoke."),
        Example("The skipper noted the fault.", "The captain noted the fault."),
        Example("A neighbor noted the fault.", "A nurse noted the fault."),
        Example("Head Office Minister Paul Roy left.", "Minister Paul Roy left."),
    ),
)
