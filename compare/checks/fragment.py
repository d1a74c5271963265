"""``fragment``: a sentence that cannot stand in a report as it is.

Dropped subjects of Korean, Japanese, Chinese or Spanish are filled in by machine translation, often
with "I"; stacked modifiers come out as nobody's office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.places import PlaceMention
from compare.records import OTHER, SIDES, Sentence, Span
from compare.titles import default_titles

_FIRST = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]yself)\b")
_MAX_SHARE = 0.15
"""Of a text's sentences that speak in the first person outside quotations; above it the text is a
column, an essay or an interview, and the first person is its own voice."""
_MANY = 3
"""Countries before one office; two are often right (the South Korea-U.S. commander)."""
_LINK = re.compile(r"[-–/ ]")
_MODIFIERS = re.compile(r"(?: [a-z-]+){0,2} ")
_OWN_LAND = re.compile(r"[Mm]y (?:own )?(?:country|nation|homeland|motherland|fatherland)\b")
_MIN_SENTENCES = 4
"""A shorter text does not show whose voice it has."""


def find(context: Context) -> Iterator[Draft]:
    """First-person sentences outside quotations, and one person given a list of countries."""
    for side in SIDES:
        annotated = context.side(side)
        for sentence, match in _first_person(annotated):
            group = context.group_of(side, sentence.index)
            partners = group.side(OTHER[side]) if group else ()
            if any(_unquoted(s) for s in partners):
                continue
            draft = _first_person_draft(annotated, sentence, match, linked=bool(partners))
            yield (
                _of_own_land(annotated, draft)
                if _OWN_LAND.match(match.string, match.start())
                else draft
            )
        yield from _of_many_countries(annotated)
        yield from _left_over(context, annotated)


# What verbs of saying and planning end in where English needs no noun: Korean "입장이다",
# Japanese "方針だ", "考えだ", "構えだ", Chinese "表示".
_LEFT_OVER = re.compile(
    # idioms of English
    r"(?!(?:It|This|That) (?:is|was) the (?:point|reason|case|idea|story)\b"
    r"|That (?:is|was) the (?:plan|policy|principle|mood|word|situation|expectation)\b)"
    r"(?:It|This|That) (?:is|was) (?:also )?(?:the|a|an|its|their|his|her)"
    r"(?: [a-z]+)? (?:position|stance|policy|plan|intention|idea|thinking|explanation|situation"
    r"|state|schedule|outlook|view|prospect|atmosphere|story|content|reason|purport|gist"
    r"|judgment|judgement|expectation|principle|case|point|appearance|posture|opinion|analysis"
    r"|evaluation|diagnosis|forecast|circumstance|trend|look|mood|word)\W{0,2}"
)


def _left_over(context: Context, side: Annotated) -> Iterator[Draft]:
    """A sentence made of the last word of the one before: "It is the position."."""
    for sentence in side.document:
        if not _LEFT_OVER.fullmatch(sentence.text) or sentence.quotes:
            continue
        group = context.group_of(side.side, sentence.index)
        partners = group.side(OTHER[side.side]) if group else ()
        if any(_LEFT_OVER.fullmatch(s.text) for s in partners):
            continue
        yield Draft(
            a=sentence.span if side.side == "a" else None,
            b=sentence.span if side.side == "b" else None,
            message=(
                f"{side.side.upper()} has a sentence of its own for the last word of the one "
                "before it: it says nothing."
            ),
            severity="minor",
            confidence=0.8,
            likely_side=side.side,
            category="fluency/grammar",
            anchor=sentence.text,
        )


def _of_many_countries(side: Annotated) -> Iterator[Draft]:
    """One person with three countries before the office: "the Japan-U.S. Chinese envoy"."""
    titles = default_titles()
    for sentence in side.document:
        places = [p for p in side.places[sentence.index] if p.kind in ("country", "people")]
        offices = [
            Span(sentence.start + m.span.start, sentence.start + m.span.end)
            for m in titles.search(sentence.text)
        ]
        for office in offices:
            before = [p for p in places if p.span.end <= office.start]
            chain: list[PlaceMention] = []
            end = office.start
            for place in reversed(before):
                gap = side.text[place.span.end : end]
                if not (_LINK.fullmatch(gap) if chain else _MODIFIERS.fullmatch(gap)):
                    break
                chain.append(place)
                end = place.span.start
            if len(chain) < _MANY or len({p.key for p in chain}) < _MANY:
                continue
            span = Span(chain[-1].span.start, office.end)
            yield Draft(
                a=span if side.side == "a" else None,
                b=span if side.side == "b" else None,
                message=(
                    f"{side.side.upper()} gives one person an office of {len(chain)} countries "
                    f"(“{side.words(span)}”): modifiers of several words have run together."
                ),
                severity="major",
                confidence=0.75,
                likely_side=side.side,
                category="fluency/grammar",
            )


def _unquoted(sentence: Sentence) -> re.Match[str] | None:
    """The first first-person word of a sentence that stands outside quotation marks."""
    for m in _FIRST.finditer(sentence.text):
        place = Span(sentence.start + m.start(), sentence.start + m.end())
        roman = m.group() == "I" and re.match(
            r"\s*(?:(?:and|or|,|\))\s*)?II\b", sentence.text[m.end() :]
        )
        initial = m.group() == "I" and sentence.text[m.end() : m.end() + 1] == "."
        named = m.group() == "I" and re.search(
            r"(?:War|Part|Phase|Type|[A-Z][a-z]+) $", sentence.text[: m.start()]
        )
        if roman or initial or named or sentence.quoted(place):
            continue
        return m
    return None


def _first_person(side: Annotated) -> list[tuple[Sentence, re.Match[str]]]:
    if len(side.document) < _MIN_SENTENCES:
        return []
    found = [(s, m) for s in side.document if (m := _unquoted(s))]
    limit = max(1, round(_MAX_SHARE * len(side.document)))
    return found if len(found) <= limit else []


def _first_person_draft(
    side: Annotated, sentence: Sentence, match: re.Match[str], linked: bool
) -> Draft:
    words = len(re.findall(r"\w+", sentence.text))
    short = words <= 6
    span = sentence.span if short else _clause(sentence, match)
    message = (
        f"{side.side.upper()} speaks in the first person outside any quotation"
        + (", with nothing to refer to" if short else "")
        + ": a dropped subject or lost quotation marks."
    )
    return Draft(
        a=span if side.side == "a" else None,
        b=span if side.side == "b" else None,
        message=message,
        severity="major",
        confidence=0.9 if short or linked else 0.75,
        likely_side=side.side,
        category="fluency/grammar",
        anchor=sentence.text if short else "",
    )


def _of_own_land(side: Annotated, draft: Draft) -> Draft:
    """The same as a matter of wording: who says "my country" for China says nothing wrong."""
    return replace(
        draft,
        message=(
            f"{side.side.upper()} says “my country” for the country that it reports from: the "
            "press of some countries does, an English report names it."
        ),
        severity="minor",
        ledger="wording",
    )


def _clause(sentence: Sentence, match: re.Match[str]) -> Span:
    """From the pronoun to its verb: the word and the two after it."""
    tail = re.match(r"(?:\W*\w[\w'’]*){0,2}", sentence.text[match.end() :])
    end = match.end() + (tail.end() if tail else 0)
    return Span(sentence.start + match.start(), sentence.start + end)


CHECK = Check(
    id="fragment",
    summary="A sentence that stands alone in the wrong person, or names nobody's office.",
    category="fluency/grammar",
    find=find,
    flags=(
        Example(
            ("The company maintains that it is safe.",),
            ("The company says that it is safe.", "It is the position."),
        ),
        Example(
            (
                "Rates rose.",
                "Prices fell.",
                "The bank is expected to lower its forecast.",
                "It rained.",
            ),
            ("Rates rose.", "Prices fell.", "I expect that the forecast is lowered.", "It rained."),
        ),
        Example(
            ("The talks ended.", "It rained.", "Nobody was hurt.", "Trains ran on time."),
            ("The talks ended.", "I expected it.", "Nobody was hurt.", "Trains ran on time."),
        ),
        Example(
            "The envoy met his American counterpart for the Iran talks.",
            "The envoy met the Germany-U.S. Iranian nuclear chief.",
        ),
    ),
    passes=(
        Example(("He wanted peace.", "That was the plan."), ("He wanted peace.", "He meant it.")),
        Example("“I expect growth,” she said.", "“I expect growth,” she said."),
        Example("The U.S.-South Korea commander spoke.", "The South Korea-U.S. commander spoke."),
        Example("German, French and Italian ministers met.", "Ministers of three countries met."),
        Example(
            ("I saw the fire.", "I ran.", "I called my brother.", "He came."),
            ("There was a fire.", "I ran off.", "I phoned my brother.", "He came."),
        ),
        Example(
            ("World War I ended in 1918.", "It rained.", "Prices fell.", "Trains ran on time."),
            ("World War I was over in 1918.", "It rained.", "Prices fell.", "Trains ran on time."),
        ),
        Example(
            ("King Charles I was executed.", "It rained.", "Prices fell.", "Trains ran on time."),
            ("Charles I was put to death.", "It rained.", "Prices fell.", "Trains ran on time."),
        ),
    ),
)
