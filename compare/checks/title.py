"""``title``: an office that a person does not hold, shown by the other text or the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.persons import Mention, Person
from compare.records import OTHER, LikelySide, Place, Severity, Side, Span
from compare.titles import Titles, default_titles

# Offices that make news by themselves: to give one to somebody who does not hold it is the kind
# of mistake a newspaper prints a correction for.
_HIGH = frozenset(
    "president prime_minister chancellor king minister foreign_minister finance_minister general "
    "secretary_of_state secretary_general judge prosecutor".split()
)


def find(context: Context) -> Iterator[Draft]:
    """One draft per person, side and office that nothing supports."""
    titles = default_titles()
    for person in context.persons:
        told: set[frozenset[str]] = set()
        for side in ("b", "a"):
            for office in _offices(person.on(side)):
                draft = _judge(context, titles, person, side, office, told)
                if draft is not None:
                    yield draft


def _offices(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(m.title.office for m in mentions if m.title))


def _judge(
    context: Context,
    titles: Titles,
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
    against_cross = {o for o in cross_offices if titles.conflict(office, o)}
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
    known = next(
        (
            k
            for c in against_cross
            if (k := titles.confusion(c, office, context.config.source_language))
        ),
        None,
    )
    reverse = next(
        (
            k
            for c in against_cross
            if (k := titles.confusion(office, c, context.config.source_language))
        ),
        None,
    )
    if inner and against_own:
        likely, confidence = side, 0.95 if against_cross else 0.8
        own_word = next(m.title.text for m in own if m.title and m.title.office in against_own)
        why = f"; {side.upper()} itself says “{own_word}” elsewhere"
    elif known and not reverse:
        likely, confidence = side, 0.85
        why = f"; a known confusion of machine translation ({known.language}: {known.source})"
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
    spans: dict[Side, Span | None] = {
        side: _span(first),
        OTHER[side]: _span(partner) if partner else None,
    }
    return Draft(
        a=spans["a"],
        b=spans["b"],
        message=f"{said}{why}: one person can hardly hold both offices.",
        severity=severity,
        confidence=confidence,
        likely_side=likely,
        anchor=f"{person.name} {office}",
        places=tuple(Place(side, *_span(m)) for m in here[1:]),
    )


def _span(mention: Mention) -> Span:
    if mention.title is None or mention.address:
        return mention.whole
    return mention.title.span.cover(mention.span)


def _partner(context: Context, mention: Mention, others: Sequence[Mention]) -> Mention | None:
    """The other text's mention to show beside one: in the same group if there is one."""
    group = context.group_of(mention.side, mention.sentence)
    inside = {s.index for s in group.side(OTHER[mention.side])} if group else set()
    near = next((m for m in others if m.sentence in inside), None)
    return near or (others[0] if others else None)


CHECK = Check(
    id="title",
    summary="An office that a person does not hold, by the other text or by the same text.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
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
    ),
    passes=(
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
    ),
)
