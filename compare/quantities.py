"""Quantities: numbers with what they count, their unit, and how exactly they are meant.

Years, days, clock times and durations belong to :mod:`compare.dates`; what is left of the numbers
of a sentence is here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from compare.dates import find_dates
from compare.letters import lower
from compare.numerals import (
    MONEY_SCALES,
    TENS,
    Numeral,
    Token,
    find_numerals,
    tokenize,
    words,
)
from compare.records import Span


class Kind(StrEnum):
    """What sort of number it is: numbers of different kinds are not held against each other."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    MEASURE = "measure"
    COUNT = "count"
    AGE = "age"
    ORDINAL = "ordinal"
    SCORE = "score"
    SHARE = "share"
    """A fraction: "a third", "half"."""
    MULTIPLE = "multiple"
    """“twice”, “fivefold”, “three times”."""
    LABEL = "label"
    """A number that is part of a name: "Article 5"."""


class Bound(StrEnum):
    """How the value is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a text with its meaning."""

    span: Span
    """The whole expression: bound, currency, digits, scale and unit."""
    number: Span
    """The number alone."""
    value: Fraction
    kind: Kind
    unit: str = ""
    """Currency code, ``%``, ``points``, the short name of a measure, ``year-old``, or empty."""
    bound: Bound = Bound.EXACT
    noun: str = ""
    """What is counted, in lower case, where it stands right behind; of a label the word before."""
    other: Fraction | None = None
    """A second reading ("272.000"; the 100 of "100 to 200 thousand")."""
    beyond: int = 0
    """1 where the value is passed ("a good half", "just over"), -1 where it is not reached."""
    range: tuple[Fraction, Fraction] | None = None
    """Both ends, on each of the two quantities of a range; both numbers of a score; of a decade of
    life ("in her thirties") the ages that it may mean."""
    written: bool = False
    vague: bool = False
    """Only an order of magnitude: "dozens", "several thousand"."""
    soft: bool = False
    """Good for a match, never for a conflict: "one", "both"."""

    @property
    def values(self) -> tuple[Fraction, ...]:
        return (self.value,) if self.other is None else (self.value, self.other)


@cache
def units() -> dict[str, Any]:
    """The data of ``units.json``."""
    text = resources.files("compare").joinpath("data/units.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def short_names() -> dict[str, str]:
    """Code of a currency to the code of the short name that may stand for it."""
    return {c["code"]: c["short"] for c in units()["currencies"] if "short" in c}


def same_currency(one: str, two: str) -> bool:
    """Whether two codes can be one currency: “dollars” can be US or Australian ones.

    >>> same_currency("$", "AUD"), same_currency("USD", "AUD"), same_currency("pound", "EGP")
    (True, False, True)
    """

    def short(code: str) -> str:
        return short_names().get(code) or (code.split()[-1] if " " in code else code)

    names = {short(one), short(two)}
    # in Lebanon and Syria the pound is the lira
    return one == two or short(one) == two or short(two) == one or names == {"pound", "lira"}


@cache
def parts() -> dict[str, tuple[str, Fraction]]:
    """Code of a part or a multiple of a currency to (code of the currency, how many of it)."""
    return {
        c["code"]: (c["of"], Fraction(str(c["times"]))) for c in units()["currencies"] if "of" in c
    }


@cache
def worth() -> dict[str, Fraction]:
    """Rough worth of one unit of a currency in US dollars, by code."""
    return {c["code"]: Fraction(str(c["usd"])) for c in units()["currencies"]}


@cache
def measures() -> dict[str, tuple[str, Fraction]]:
    """Unit to (dimension, factor to the dimension's first unit)."""
    return {m["unit"]: (m["dimension"], Fraction(str(m["factor"]))) for m in units()["measures"]}


@cache
def people() -> frozenset[str]:
    """Words for people in general: which of them is used is a matter of wording."""
    return frozenset(units()["people"])


@cache
def casualties() -> frozenset[str]:
    """Words for the dead, the hurt and the missing: numbers beside them weigh more."""
    return frozenset(units()["casualties"])


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in ordered)


@cache
def _after() -> tuple[re.Pattern[str], dict[str, tuple[Kind, str]]]:
    """Pattern of a unit behind a number, and what each unit means."""
    meaning: dict[str, tuple[Kind, str]] = {}
    for word in units()["percent"]:
        meaning[word] = Kind.PERCENT, "%"
    for word in units()["points"]:
        meaning[word] = Kind.POINTS, "points"
    for currency in units()["currencies"]:
        for word in currency["after"]:
            meaning[word] = Kind.MONEY, currency["code"]
    for measure in units()["measures"]:
        for word in measure["after"]:
            meaning[word] = Kind.MEASURE, measure["unit"]
    words = [w for w in meaning if w[-1].isalnum()]
    marks = [w for w in meaning if not w[-1].isalnum()]
    return re.compile(
        rf"[\s-]{{0,2}}(?:(?P<word>{_alternatives(words)})(?!\w)|(?P<mark>{_alternatives(marks)}))"
    ), meaning


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {word: c["code"] for c in units()["currencies"] for word in c["before"]}
    words = [w for w in codes if w[0].isalpha()]
    marks = [w for w in codes if not w[0].isalpha()]
    return re.compile(
        rf"(?:(?P<mark>{_alternatives(marks)})|(?<!\w)(?P<word>{_alternatives(words)}))\s?$"
    ), codes


_BOUND_BEFORE = {
    Bound.AT_LEAST: (
        r"more\sthan|over(?!\sthe\b)|at\sleast|no\sfewer\sthan|no\sless\sthan|not\sless\sthan|exceed(?:s|ed|ing)?"
        r"|in\sexcess\sof|upwards?\sof|above|greater\sthan|larger\sthan|higher\sthan|longer\sthan"
        r"|minimum(?:\sof)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|beyond|bigger\sthan|older\sthan"
    ),
    Bound.AT_MOST: (
        r"up\sto|at\smost|less\sthan|fewer\sthan|under|below|no\smore\sthan|not\smore\sthan"
        r"|no\sgreater\sthan|as\smany\sas|as\smuch\sas|maximum(?:\sof)?|not\sexceed(?:ing)?"
        r"|lower\sthan|smaller\sthan|within|younger\sthan|shorter\sthan"
    ),
    Bound.ABOUT: (
        r"about|around|approximately|approx\.?|some|roughly|nearly|almost|barely|close\sto|circa|ca\.|~"
        r"|a\sgood|(?:an\s)?estimated|just\sunder|just\sover|just\sabove|just\sbelow|somewhat\s(?:over|above|under|below)|(?:slightly|somewhat)\s(?:more|less)"
        r"\sthan|a\slittle\s(?:over|under|more\sthan|less\sthan)|in\sthe\s(?:region|neighbou?rhood)"
        r"\sof|an\saverage\sof"
    ),
}
_BOUND_AFTER = {
    Bound.AT_LEAST: (
        r"\s?\+|[\s-]odd\b|\sat\sleast\b|\s(?:or|and)\s(?:more|above|over|up|older|higher|upwards?"
        r"|larger|bigger|longer|greater|heavier|taller|thicker|deeper|wider|hotter|warmer)\b"
    ),
    Bound.AT_MOST: (
        r"\sat\s(?:the\s)?most\b|\s(?:or|and)\s(?:less|fewer|below|under|younger|lower|smaller"
        r"|shorter|lighter|thinner|shallower|narrower|colder)\b"
    ),
    Bound.ABOUT: r"\sor\sso\b",
}
# Longest reading first: "not more than" is no "more than", "slightly more than" is about.
_BOUNDS_BEFORE = [
    (bound, re.compile(rf"(?<!\w)(?P<b>{pattern})\s(?:the\s|a\s|an\s)?$", re.I))
    for bound, pattern in _BOUND_BEFORE.items()
]
_BOUNDS_AFTER = [
    (bound, re.compile(rf"(?:[\s-][a-z]+)?(?:{pattern})", re.I))
    for bound, pattern in _BOUND_AFTER.items()
]
_BEYOND = re.compile(
    r"(?<!\w)(?:(?P<over>more\sthan|(?:just|well|slightly|somewhat|a\slittle)\s(?:over|above)|over(?!\sthe\b)|a\sgood"
    r"|(?:slightly|somewhat|a\slittle)\smore\sthan|exceed(?:s|ed|ing))"
    r"|(?P<under>(?:just|slightly|somewhat|a\slittle)\s(?:under|below|short\sof)|nearly|almost|barely|close\sto|not\s(?:quite|even)"
    r"|(?:slightly|somewhat|a\slittle)\sless\sthan|less\sthan|fewer\sthan))\s(?:the\s|a\s|an\s)?$",
    re.I,
)
_ODD = re.compile(r"[\s-]odd\s")
"""Inside a number: “sixty-odd thousand”."""
_NATIONAL = re.compile(
    r"\s(?P<land>[A-Z]\w+(?:\s[A-Z]\w+)?)\s(?P<coin>dollar|pound|franc|dinar|peso|crown|lira|rupee"
    r"|riyal|rial|shilling|mark|dirham|won|krona|krone)s?\b"
)
_MINUS = re.compile(r"(?:(?<!\w)(?:minus|negative)\s|(?:^|(?<=[\s(]))[-−–])$", re.I)
_AGE_BEFORE = re.compile(r"(?<!\w)(?:aged|ages?(?:\sof)?|turned|turning|turns)\s$", re.I)
_AGE_SAID = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|who)(?:\s(?:was|is|would\sbe)|['’]s)|\b(?:died|dies|dead)\sat|(?:^|[.“\"]\s?)At)"
    r"\s(?:only\s|just\s)?$"
)
_AGE_AFTER = re.compile(r"[\s-]years?[\s-](?:olds?\b|of\sage\b)", re.I)
_TIMES = re.compile(r"[\s-]?(?:fold\b|times\b|x\b)", re.I)
_NUMBER_OF_A_NAME = re.compile(
    r"(?:\b(?:[Nn]o\.|[Nn]umber|[Aa]rticle|[Cc]hapter|[Ss]ection|[Pp]aragraph|[Pp]age|[Rr]oom"
    r"|[Vv]ersion|[Ll]evel|[Tt]ype|[Pp]hase|[Rr]oute|[Ll]ine|[Cc]hannel|[Gg]rade|[Ss]tage"
    r"|[Rr]esolution|[Ff]light|p\.?|pp\.)|(?P<name>\b[A-Z][\w.&'’]{0,60}))\s?$"
)
_NOT_A_NAME = words(
    "a an the in on at of to by for from with and or but if as is are was were it its he she they "
    "we i you this that these those there about around over under only some more most all another "
    "after before since until when while where than nearly almost up down out also still just "
    "between both each every other its his her their our my at least select choose among within "
    "according currently so far then now although because however during through"
)
_SCORE_WORDS = re.compile(
    r"\b(?:w[io]n|wins|winning|beat|beaten|beating|victory|defeat\w*|los[te]|losing|lead|led|draw"
    r"|drew|score\w*|game|set|match|goals?|against|tie[ds]?|trail\w*|ahead|result)\b",
    re.I,
)
_STOP = words(
    "a an the and or but of in on at to from by for with as than that which who whom whose this "
    "these those it its is are was were be been being has have had will would can could may might "
    "must shall should do does did not no nor so if then while when where after before during "
    "until since because between into onto over under about per each every all also"
)
_WORD_MULTIPLES: dict[str, int | Fraction] = {
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "doubles": 2,
    "doubling": 2,
    "twofold": 2,
    "thrice": 3,
    "triple": 3,
    "tripled": 3,
    "tripling": 3,
    "threefold": 3,
    "quadruple": 4,
    "quadrupled": 4,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "tenfold": 10,
    "halve": Fraction(1, 2),
    "halved": Fraction(1, 2),
    "halves": Fraction(1, 2),
    "halving": Fraction(1, 2),
}
_DECADES_OF_LIFE = {
    word: 10 * tens
    for tens, forms in enumerate(
        (
            "teens teenager teenagers",
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies septuagenarian",
            "eighties octogenarian",
            "nineties nonagenarian",
        ),
        start=1,
    )
    for word in forms.split()
}
_TIES = r"(?:[1-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)"
_DECADE_OF_LIFE = re.compile(
    r"\b(?:(?P<noun>teenagers?|septuagenarian|octogenarian|nonagenarian)"
    rf"|(?:his|her|their)\s(?:early\s|mid[-\s]?|late\s)?(?P<own>teens|{_TIES})"
    rf"(?:\s(?:and|or|to)\s(?:early\s|late\s)?(?P<to>{_TIES}))?"
    r"|(?P<some>[1-9]0|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-something"
    r"|(?P<bare>[1-9]0)s(?=\s(?:man|men|woman|women|male|female|couple)\b))\b",
    re.IGNORECASE,
)
"""“in her thirties”, “teenagers”; "in the thirties" may be a decade of the century."""


def find_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; ``offset`` is added to their spans.

    >>> [(text, str(q.value), q.unit, q.bound.value)
    ...  for text in ["up to ¥2 million", "more than 2 million yen", "9.8%", "nearly a tenth"]
    ...  for q in find_quantities(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('up to ¥2 million', '2000000', 'JPY', 'at most'),
     ('more than 2 million yen', '2000000', 'JPY', 'at least'),
     ('9.8%', '49/5', '%', 'exact'), ('nearly a tenth', '1/10', '', 'about')]
    >>> [q.noun for q in find_quantities("some 14,000 firms and 71 small rivers in 2019")]
    ['firms', 'rivers']
    """
    tokens = tokenize(text)
    dated = bytearray(len(text))
    for mention in find_dates(text):
        dated[mention.span.start : mention.span.end] = b"\1" * (
            mention.span.end - mention.span.start
        )
    numerals = [n for n in find_numerals(text) if not any(dated[n.start : n.end])]
    found: list[Quantity] = []
    i = 0
    while i < len(numerals):
        score = _score(text, tokens, numerals, i)
        if score is not None:
            found.append(score)
            i += 2
            continue
        found.append(_quantity(text, tokens, numerals[i]))
        i += 1
    found = _multiples(text, tokens, found)
    ages = list(_decades_of_life(text, dated))
    found = [q for q in found if not any(q.span.overlaps(a.span) for a in ages)] + ages
    found.sort(key=lambda q: q.span)
    found = _joined(text, _with_units(text, _with_halves(text, found)))
    # the "second" of "meters per second" and "hundredths of a second"
    measured = [q.span for q in found if q.kind is Kind.MEASURE]
    found = [
        q
        for q in found
        if q.kind is not Kind.ORDINAL
        or not (
            any(q.span.overlaps(span) for span in measured)
            or text[: q.span.start].endswith(("ths of a ", "ths of the "))
        )
    ]
    if offset:
        found = [
            replace(
                q,
                span=Span(q.span.start + offset, q.span.end + offset),
                number=Span(q.number.start + offset, q.number.end + offset),
            )
            for q in found
        ]
    return tuple(found)


def _with_halves(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Measures with “and a half” behind the unit: “a tonne and a half”, “two miles and a half”."""
    pattern, meaning = _after()
    made: list[Quantity] = []
    for q in found:
        if q.kind is not Kind.SHARE or text[q.span.start : q.span.end].lower() != "a half":
            made.append(q)
            continue
        whole = text[: q.span.start].removesuffix(_AND_MORE)
        if len(whole) == q.span.start:
            made.append(q)
        elif made and made[-1].kind is Kind.MEASURE and made[-1].span.end == len(whole):
            last = made.pop()
            span = Span(last.span.start, q.span.end)
            made.append(replace(last, span=span, value=last.value + q.value))
        else:
            one = _ONE.search(whole)
            unit = pattern.match(whole, one.end(1)) if one else None
            if one is None or unit is None or unit.end() < len(whole):
                made.append(q)
                continue
            kind, name = meaning[_unit_word(unit)]
            span = Span(one.start(), q.span.end)
            made.append(replace(q, span=span, number=span, kind=kind, unit=name, value=1 + q.value))
    return made


def _with_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """What changes from one figure to another has one unit: “from 120 hectares to 94”."""
    made = list(found)
    for i, (one, two) in enumerate(pairwise(found)):
        between = text[one.span.end : two.span.start]
        if between != " to " or not text[: one.span.start].lower().endswith("from "):
            continue
        if (
            one.kind in _WITH_UNIT
            and two.kind is Kind.COUNT
            and not _NOUN.match(text, two.span.end)
        ):
            made[i + 1] = replace(two, kind=one.kind, unit=one.unit, noun="")
    return made


_WITH_UNIT = (Kind.MEASURE, Kind.MONEY, Kind.PERCENT)
_NOUN = re.compile(r"[\s-][a-z]+s\b")
_AND_MORE = " and "
_ONE = re.compile(r"\b(an?|one)\s[\w-]+$")


def _decades_of_life(text: str, dated: bytearray) -> Iterator[Quantity]:
    """The ages said by their decade; “teens” are taken to begin at eleven."""

    def read(word: str) -> int:
        word = lower(word).removesuffix("s") if word[0].isdigit() else lower(word)
        return int(word) if word.isdigit() else _DECADES_OF_LIFE.get(word) or TENS[word]

    for m in _DECADE_OF_LIFE.finditer(text):
        if any(dated[m.start() : m.end()]):
            continue
        first = read(m["noun"] or m["own"] or m["some"] or m["bare"])
        last = read(m["to"]) if m["to"] else first
        span = Span(m.start(), m.end())
        ages = Fraction(first + (first == 10)), Fraction(last + 9)
        yield Quantity(span, span, Fraction(first), Kind.AGE, "year-old", range=ages, written=True)


def _multiples(text: str, tokens: Sequence[Token], found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with “twice”, “tripled”; “doubled three times” is eightfold."""
    starts = {q.span.start: q for q in found}
    inside = {t for q in found for t in range(q.span.start, q.span.end)}
    made: list[Quantity] = []
    for token in tokens:
        factor = _WORD_MULTIPLES.get(token.text)
        if not factor or token.start in inside:
            continue
        span, power = Span(token.start, token.end), 1
        times = starts.get(token.end + 1) if token.text in ("doubled", "tripled") else None
        if times is not None and times.kind is Kind.MULTIPLE and 1 < times.value < 20:
            del starts[times.span.start]
            span, power = Span(span.start, times.span.end), int(times.value)
        head = text[max(0, span.start - 40) : span.start]
        bound, length = _bound_before(head)
        made.append(
            Quantity(
                Span(span.start - length, span.end), span, Fraction(factor) ** power,
                Kind.MULTIPLE, "times", bound, beyond=_beyond(head), written=True,
            )
        )  # fmt: skip
    return [*starts.values(), *made]


def _bound_before(head: str) -> tuple[Bound, int]:
    """How exactly the words before a number mean it, and how long they are."""
    bound, longest = Bound.EXACT, 0
    for candidate, pattern in _BOUNDS_BEFORE:
        match = pattern.search(head)
        if match is not None and len(head) - match.start() > longest:
            bound, longest = candidate, len(head) - match.start()
    return bound, longest


def _score(
    text: str, tokens: Sequence[Token], numerals: Sequence[Numeral], i: int
) -> Quantity | None:
    """“2-1”, “3:1”: two whole numbers that belong together without a range being meant."""
    if i + 1 >= len(numerals):
        return None
    one, two = numerals[i], numerals[i + 1]
    between = text[one.end : two.start]
    if between not in ("-", "–", "—", ":", "−") or one.written or two.written:
        return None
    values = sorted((one.value, two.value))
    if two.ordinal or one.ordinal or values[1] > 250 or any(v.denominator > 1 for v in values):
        return None
    if text[two.end : two.end + 1] in tuple("-–:%°/") or text[: one.start].endswith(
        tuple("$€£¥-:/")
    ):
        return None
    if between != ":" and one.value < two.value:
        window = text[max(0, one.start - 60) : two.end + 40]
        if not _SCORE_WORDS.search(window):
            return None
    unit, _ = _after()
    if between != ":" and unit.match(text, two.end):
        return None
    span = Span(one.start, two.end)
    return Quantity(span, span, values[1], Kind.SCORE, range=(values[0], values[1]))


def _quantity(text: str, tokens: Sequence[Token], n: Numeral) -> Quantity:
    start, end = n.start, n.end
    value, other = n.value, n.other
    kind, unit = (Kind.ORDINAL, "") if n.ordinal else (Kind.COUNT, "")
    if n.share:
        kind = Kind.SHARE
    before, codes = _before()
    head = text[max(0, start - 40) : start]
    money = None if n.ordinal or n.share else before.search(head)
    if money is not None:
        code = codes[re.sub(r"\s", " ", money.group().rstrip())]
        kind, unit = Kind.MONEY, code
        start -= len(head) - money.start()
        scale = MONEY_SCALES.get(tokens[n.last].text) if n.last < len(tokens) else None
        if scale and tokens[n.last].start == end:
            value, end = value * scale, tokens[n.last].end
            other = other and other * scale
    if n.share:
        kind, unit, end = _part_of_unit(text, kind, unit, end)
    elif not n.ordinal:
        bare = end
        kind, unit, end = _unit_behind(text, n, kind, unit, end)
        if kind is Kind.POINTS and "basis" in text[bare:end]:
            value, other = value / 100, other and other / 100
    beyond = _beyond(text[max(0, start - 40) : start])
    head = text[max(0, start - 40) : start]
    minus = _MINUS.search(head)
    if minus is not None and not n.ordinal and not n.share:
        value, other = -value, other and -other
        start -= len(head) - minus.start()
        head = text[max(0, start - 40) : start]
    age = _AGE_BEFORE.search(head)
    if age is not None and kind is Kind.COUNT and 0 < value < 125 and not n.ordinal:
        kind, unit = Kind.AGE, "year-old"
        start -= len(head) - age.start()
        head = text[max(0, start - 40) : start]
    elif (
        kind is Kind.COUNT
        and 5 < value < 115
        and _AGE_SAID.search(head)
        and (not text[end:].strip() or text[end : end + 1] in tuple(",.;"))
    ) or (kind is Kind.COUNT and _bracketed_age(text, start, end, value)):
        kind, unit = Kind.AGE, "year-old"
    bound, longest = _bound_before(head)
    start -= longest
    if bound is Bound.EXACT and _ODD.search(text, n.start, n.end):
        bound = Bound.ABOUT
    if bound is Bound.EXACT:
        for candidate, pattern in _BOUNDS_AFTER:
            match = pattern.match(text, end)
            if match is not None:
                bound, end = candidate, match.end()
    noun = _noun(tokens, n, end)
    if kind is Kind.COUNT and not noun and not n.written and bound is Bound.EXACT:
        name = _NUMBER_OF_A_NAME.search(head)
        if name is not None:
            word = lower(name.group("name") or name.group().strip()).strip(".")
            if word not in _NOT_A_NAME:
                kind, noun = Kind.LABEL, word
    return Quantity(
        Span(start, end), Span(n.start, n.end), value, kind, unit, bound, noun, other,
        written=n.written, vague=n.vague, soft=n.soft, beyond=beyond,
    )  # fmt: skip


_WEIGHED = re.compile(
    r"\sof\s(?!(?:the\s|their\s|its\s|his\s|her\s|public\s|state\s|tax\w*['’]?\s|foreign\s|new\s"
    r"|extra\s|private\s)*(?:money|debts?|aid|fund\w*|invest\w*|cash|damages?|savings|loans?|tax\w*"
    r"|revenues?|income|profits?|loss\w*|spending|support|capital|assets|property|budget|sales|fines?"
    r"|credits?|subsid\w*|compensation|grants?|bonds|shares|stock|goods|business|contracts?)\b)",
    re.IGNORECASE,
)
"""“pounds of tea” are weighed, “pounds of debt” are counted."""
_WEIGHS = re.compile(r"\bweigh(?:s|ed|ing|t(?:\sof)?)?\s(?:[a-z]+\s){0,4}$", re.IGNORECASE)
_PART_OF = re.compile(r"\s(?:of\s)?(?:an?|one)(?=[\s-])")


def _part_of_unit(text: str, kind: Kind, unit: str, end: int) -> tuple[Kind, str, int]:
    """“half a point”, “a quarter of a mile”: a number with its unit, and no share."""
    of = _PART_OF.match(text, end)
    pattern, meaning = _after()
    match = pattern.match(text, of.end()) if of else None
    if match is None:
        return kind, unit, end
    found = re.sub(r"\s", " ", match.group("mark") or match.group("word"))
    return *meaning[found], match.end()


def _beyond(head: str) -> int:
    """Which way the words before a number say that the true value lies."""
    match = _BEYOND.search(head)
    if match is None or re.search(r"\b(?:no|not)\s$", head[: match.start()]):
        return 0
    return 1 if match.lastgroup == "over" else -1


def _unit_behind(text: str, n: Numeral, kind: Kind, unit: str, end: int) -> tuple[Kind, str, int]:
    """Kind, unit and end once the words behind the number are read."""
    pattern, meaning = _after()
    age = _AGE_AFTER.match(text, end)
    if age is not None and kind is Kind.COUNT:
        return Kind.AGE, "year-old", age.end()
    times = _TIMES.match(text, end)
    if times is not None and kind is Kind.COUNT:
        return Kind.MULTIPLE, "times", times.end()
    match = pattern.match(text, end)
    national = _NATIONAL.match(text, end) if match is None and kind is Kind.COUNT else None
    if national is not None:
        return Kind.MONEY, f"{national['land']} {national['coin']}".lower(), national.end()
    if match is None and kind is Kind.COUNT and n.vague:
        match = re.compile(r"\sof" + pattern.pattern).match(text, end)
    if match is None:
        return kind, unit, end
    found = _unit_word(match)
    next_kind, next_unit = meaning[found]
    if next_unit == "pound" and kind is Kind.COUNT:
        weighed = _WEIGHED.match(text, match.end()) or _WEIGHS.search(text[: n.start])
        if weighed is not None:
            next_kind, next_unit = Kind.MEASURE, "pound-mass"
    if kind is Kind.MONEY:
        # "$5 million US dollars": the code behind is the more exact one.
        return (kind, next_unit, match.end()) if next_kind is Kind.MONEY else (kind, unit, end)
    # "The party with 21 seats … 14 won": a verb, as sums in won are never small.
    if kind is Kind.SHARE or (found == "won" and n.value < 50):
        return kind, unit, end
    short = len(found) <= 2 and found.isalpha() and found.islower()
    if short and n.written:
        return kind, unit, end
    return next_kind, next_unit, match.end()


def _unit_word(match: re.Match[str]) -> str:
    """The unit that stands behind a number, as the data have it."""
    return re.sub(r"\s", " ", match.group("mark") or match.group("word"))


def _bracketed_age(text: str, start: int, end: int, value: Fraction) -> bool:
    """“Watanabe (81),” or “Watanabe, 81,”."""
    if not (value.denominator == 1 and 5 < value < 115):
        return False
    before, after = text[max(0, start - 20) : start], text[end : end + 1]
    if before.endswith("(") and after == ")":
        return re.search(r"[A-Z][\w.'’-]+\s?\($", before) is not None
    return after in (",", ".") and re.search(r"[A-Z][\w'’-]+,\s$", before) is not None


def _noun(tokens: Sequence[Token], n: Numeral, end: int) -> str:
    """The word that is counted: the first plural behind the number, else the next word."""
    first = ""
    i = n.last
    while i < len(tokens) and tokens[i].start < end:
        i += 1
    for token in tokens[i : i + 5]:
        if not first and (token.text == "-" or (n.vague and token.text == "of")):
            continue
        if token.kind != "word" or token.text in _STOP or token.text in ("last", "next"):
            break  # "fell to 9,800 last year"
        first = first or token.text
        plural = len(token.text) > 3 and token.text.endswith("s") and not token.text.endswith("ss")
        if plural or token.text in people():
            return token.text
    return first


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Both ends of a range share span, kind, unit and scale: "3-5 %", "100 to 200 thousand"."""
    out = list(found)
    for i in range(len(out) - 1):
        one, two = out[i], out[i + 1]
        if Kind.SCORE in (one.kind, two.kind) or Kind.ORDINAL in (one.kind, two.kind):
            continue
        between = text[one.number.end : two.number.start]
        if not re.fullmatch(r"\s?(?:-|–|—|~|to|or|and|till)\s?(?:[$€£¥₩]\s?)?", between):
            continue
        before = text[max(0, one.number.start - 14) : one.number.start]
        if "and" in between and not re.search(r"\bbetween\s\S{0,3}$", before):
            if one.kind is Kind.COUNT and not one.noun and two.kind is Kind.MONEY:
                out[i] = replace(one, kind=two.kind, unit=two.unit)
            continue
        if one.value >= two.value:
            continue
        kind, unit = one.kind, one.unit
        if one.kind in (Kind.COUNT, Kind.LABEL) and two.kind not in (Kind.SHARE, Kind.LABEL):
            kind, unit = two.kind, two.unit
        scale = _scale_of(text[two.number.start : two.number.end])
        other = one.other
        if (
            scale > 1
            and one.value < 1000
            and _scale_of(text[one.number.start : one.number.end]) == 1
        ):
            other = one.value * scale
        span = Span(one.span.start, two.span.end)
        ends = (other or one.value, two.value)
        noun = one.noun if one.noun and one.noun not in ("to", "or", "and") else two.noun
        out[i] = replace(one, span=span, kind=kind, unit=unit, other=other, range=ends, noun=noun)
        out[i + 1] = replace(
            two, span=span, range=ends,
            kind=kind if two.kind is Kind.COUNT and kind is Kind.MONEY else two.kind,
            unit=two.unit or unit,
        )  # fmt: skip
    return out


def _scale_of(text: str) -> int:
    match = re.search(r"(thousand|million|billion|trillion|lakh|crore)s?$", lower(text))
    return (
        {
            "thousand": 10**3,
            "lakh": 10**5,
            "million": 10**6,
            "crore": 10**7,
            "billion": 10**9,
            "trillion": 10**12,
        }[match.group(1)]
        if match
        else 1
    )
