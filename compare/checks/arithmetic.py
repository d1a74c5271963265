"""Figures of one sentence that do not fit each other.

A change and its two ends, a sum and its conversion in brackets, a rise from more to less, a motion
passed by a minority: what a text says twice in different ways cannot both be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from compare.annotate import Annotated, Context
from compare.checks.base import Draft, ordered
from compare.checks.matching import Item, Match, items
from compare.quantities import Bound, Kind, Quantity, measures, same_currency, worth
from compare.records import SIDES, Sentence, Span

_Item = Item[Quantity]
_AMOUNTS = (Kind.MONEY, Kind.COUNT, Kind.MEASURE)


@dataclass(frozen=True, slots=True)
class _Misfit:
    """What does not fit in a sentence."""

    span: Span
    why: str
    confidence: float
    anchor: str
    expected: Fraction | None = None
    """What would fit; the other text's number of this value is the other side of the finding."""
    partner: _Item | None = None
    """Else the other text's number that equals this one."""
    unless: Fraction | None = None
    """A number that clears the text where the other one has it too."""
    turned: bool | None = None
    """Else the other text's word for a rise (True) or a fall (False)."""


def misfits(ctx: Context, match: Match[Quantity]) -> Iterator[Draft]:
    """What a group's sentences say against themselves, beside what the other text has there."""
    for side in SIDES:
        text = ctx.side(side)
        rivals = match.all_b if side == "a" else match.all_a
        said = {r.mention.value for r in rivals}
        for sentence in match.group.side(side):
            for misfit in _in_sentence(ctx, text, sentence):
                if misfit.unless in said:
                    continue  # it stands in the source too
                other, words = _counterpart(misfit, match, rivals)
                yield Draft(
                    *ordered(side, misfit.span, other),
                    message=misfit.why
                    + (f", as the other text has it (“{words}”)." if words else "."),
                    severity="major",
                    confidence=round(misfit.confidence + (0.1 if words else 0), 2),
                    likely_side=side,
                    anchor=misfit.anchor,
                )


_MOST = 60
"""Figures in one sentence; more are a table, which says nothing about itself in words."""


def _in_sentence(ctx: Context, text: Annotated, sentence: Sentence) -> Iterator[_Misfit]:
    found = items(text, [sentence], text.quantities)
    if len(found) > _MOST:
        return
    yield from _change(found)
    yield from _percent_change(found)
    yield from _conversion(ctx, found)
    yield from _direction(sentence, found)
    yield from _vote(sentence, found)
    yield from _part_and_whole(found)
    yield from _whole_and_rest(found)
    yield from _share_of(found)
    yield from _rates(found)


def _counterpart(
    misfit: _Misfit, match: Match[Quantity], rivals: Sequence[_Item]
) -> tuple[Span | None, str]:
    """The other side's span; and its words where they say what would fit."""
    if misfit.expected is not None:
        for r in rivals:
            if r.mention.value == misfit.expected:
                return r.mention.span, r.words
    if misfit.turned is not None:
        for sentence in {r.sentence for r in rivals}:
            for m in _TURN.finditer(sentence.text):
                if (m.lastgroup == "up") is misfit.turned:
                    return Span(sentence.start + m.start(), sentence.start + m.end()), m.group()
    if misfit.partner is not None:
        for pair in match.pairs:
            numbers = [i.mention.number for i in pair if i.side == misfit.partner.side]
            if misfit.partner.mention.number in numbers:
                y = pair[1] if misfit.partner.side == "a" else pair[0]
                return y.mention.span, ""
    return None, ""


_ROLE = re.compile(r"\b(?P<role>by|to|from)\s(?:just\s|only\s|a\stotal\sof\s)?$")


def role(item: _Item) -> str:
    """``by``, ``to`` or ``from`` right before a number, else empty."""
    match = _ROLE.search(item.before(24))
    return match["role"] if match else ""


def spelled(value: Fraction) -> str:
    """A value as news writes it.

    >>> spelled(Fraction(900_000_000))
    '900 million'
    """
    for scale, word in ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")):
        if value >= scale:
            return f"{float(value / scale):g}{word}"
    return f"{float(value):,g}"


def _change(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“rose by 1.9 to 11.6 from 10.7”."""
    roles: dict[str, list[_Item]] = {"by": [], "to": [], "from": []}
    for item in found:
        if role(item) and item.mention.kind in _AMOUNTS:
            roles[role(item)].append(item)
    if any(len(those) != 1 for those in roles.values()):
        return
    change, end, start = (roles[name][0] for name in ("by", "to", "from"))
    units = {i.mention.unit for i in (change, end, start)} - {""}
    apart = abs(end.mention.value - start.mention.value)
    if len(units) > 1 or not change.mention.value or not apart or start.mention.range:
        return
    if abs(apart - abs(change.mention.value)) > apart * Fraction(15, 100):
        yield _Misfit(
            change.mention.span,
            f"The figures do not add up: “{change.words}” is said to be the change, but the two "
            f"ends are {spelled(apart)} apart",
            0.7,
            f"change {change.mention.value}",
            expected=apart,
        )


_MOVED_BY = re.compile(
    r"\b(?:loss|fall|drop|decline|decrease|slump|plunge|rise|increase|gain|jump|growth|change)\sof\s$",
    re.IGNORECASE,
)


def _percent_change(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“fell from 12.40 to 1.24, a loss of 80 percent”: 90."""
    starts, ends = ([i for i in found if role(i) == name] for name in ("from", "to"))
    percents = [i for i in found if i.mention.kind is Kind.PERCENT]
    if len(starts) != 1 or len(ends) != 1 or len(percents) != 1:
        return
    start, end, percent = starts[0].mention, ends[0].mention, percents[0].mention
    if start.kind is Kind.PERCENT or start.kind is not end.kind or start.unit != end.unit:
        return
    if start.value <= 0 or start.range or not _MOVED_BY.search(percents[0].before(24)):
        return
    right = abs(end.value - start.value) / start.value * 100
    if abs(right - percent.value) > max(Fraction(_ROUNDED_OFF + 1), right / 10):
        yield _not_percent(
            percent,
            f"From “{starts[0].words}” to “{ends[0].words}”",
            right,
            f"{start.value} {end.value} {percent.value}",
        )


def _not_percent(percent: Quantity, what: str, right: Fraction, anchor: str) -> _Misfit:
    """That something is another percentage than is said."""
    expected = Fraction(round(right))
    return _Misfit(
        percent.span,
        f"{what} are {spelled(expected)} percent, not {spelled(percent.value)}",
        0.8,
        anchor,
        expected=expected,
        unless=percent.value,
    )


_BRACKET = re.compile(r"^\s?(?:[(\[]|,\sor\s|/|;\s)\s?(?:or\s|i\.e\.,?\s)?$")
UNSTEADY = frozenset(
    {
        "TRY",
        "lira",
        "IRR",
        "toman",
        "UAH",
        "RUB",
        "peso",
        "NGN",
        "EGP",
        "ZAR",
        "BRL",
        "VND",
        "dinar",
    }
    | {"pound", "franc", "crown", "riyal", "dirham", "cent", "KPW", "DEM", "IDR", "HUF"}
)
"""Currencies whose rate has moved too far, or of which the name does not tell the country."""


def _converted(found: Sequence[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """The sums and measures with their conversion right behind."""
    for x, y in pairwise(found):
        text, offset = x.sentence.text, x.sentence.start
        between = text[x.mention.span.end - offset : y.mention.span.start - offset]
        plain = not (x.mention.range or y.mention.range or x.mention.vague or y.mention.vague)
        if plain and x.mention.value > 0 and y.mention.value > 0 and _BRACKET.match(between):
            yield x, y


def _conversion(ctx: Context, found: Sequence[_Item]) -> Iterator[_Misfit]:
    for x, y in _converted(found):
        one, two = x.mention, y.mention
        why = ""
        if one.kind is two.kind is Kind.MONEY and not same_currency(one.unit, two.unit):
            why = _rate_misfit(ctx, one, two)
        elif one.kind is two.kind is Kind.MEASURE and one.unit != two.unit:
            why = _measure_misfit(one, two)
        if why:
            yield _Misfit(
                y.mention.span,
                f"The conversion does not fit: “{x.words}” is not “{y.words}”, {why}",
                0.8,
                f"{one.value} {one.unit} {two.value} {two.unit}",
                partner=x,
                unless=two.value,
            )


def _rate_misfit(ctx: Context, one: Quantity, two: Quantity) -> str:
    """What is wrong with a conversion of currencies, by the other ones of both texts if any."""
    rate = one.value / two.value
    known = worth().get(one.unit), worth().get(two.unit)
    usual = known[1] / known[0] if known[0] and known[1] else None
    rates = []
    for text in ctx.sides:
        for sentence, quantities in zip(text.document, text.quantities, strict=True):
            if len(quantities) > 1:
                for x, y in _converted(items(text, [sentence], text.quantities)):
                    pair = x.mention, y.mention
                    if (pair[0].unit, pair[1].unit) == (one.unit, two.unit):
                        rates.append(pair[0].value / pair[1].value)
    others = [r for r in rates if r != rate]
    off = max(rate / usual, usual / rate) if usual else Fraction(1)
    if others and all(max(rate / r, r / rate) > 3 for r in others):
        best = others[0]
        nearer = usual is None or off > max(best / usual, usual / best)
        fit = spelled(_rounded(one.value / best, 2))
        return f"which at the rate of the other conversion is {fit}" if nearer else ""
    if usual and off > 5 and not {one.unit, two.unit} & UNSTEADY:
        return f"but something like {spelled(_rounded(one.value / usual, 1))}"
    return ""


def _rounded(value: Fraction, digits: int) -> Fraction:
    """To so many significant digits."""
    return Fraction(f"{float(value):.{digits - 1}e}")


def _measure_misfit(one: Quantity, two: Quantity) -> str:
    units = {one.unit, two.unit}
    if units == {"celsius", "fahrenheit"}:
        celsius, fahrenheit = (one, two) if one.unit == "celsius" else (two, one)
        turned = celsius.value * Fraction(9, 5)
        if any(abs(turned + shift - fahrenheit.value) <= 3 for shift in (0, 32)):
            return ""
        return f"{float(celsius.value):g} °C being {float(turned + 32):g} °F"
    if units & {"degree", "kelvin"} or any(u not in measures() for u in units):
        return ""
    (here, factor), (there, other) = measures()[one.unit], measures()[two.unit]
    if here != there:
        return ""
    ratio = one.value * factor / (two.value * other)
    if Fraction(3, 4) < ratio < Fraction(4, 3):
        return ""
    return f"which would be about {float(one.value * factor / other):.2g}"


_UP = (
    r"r[io]s(?:e|es|en|ing)|increas(?:e|es|ed|ing)|gr[eo]w(?:s|n|ing)?|climb(?:s|ed|ing)?"
    r"|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|swell(?:s|ed|ing)?|swollen"
    r"|widen(?:s|ed|ing)?|expand(?:s|ed|ing)?|up(?!\sto\b)|advanc(?:e|es|ed|ing)|improv(?:e|es|ed|ing)"
)
_DOWN = (
    r"f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|shr[aiu]nk(?:s|ing)?|narrow(?:s|ed|ing)?|slid(?:e|es|ing)?|slump(?:s|ed|ing)?"
    r"|plung(?:e|es|ed|ing)|dwindl(?:e|es|ed|ing)|down|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)"
)
_TURN = re.compile(
    rf"\b(?:(?P<up>{_UP}|more\sthan|higher\sthan)"
    rf"|(?P<down>{_DOWN}|less\sthan|fewer\sthan|lower\sthan))\b",
    re.IGNORECASE,
)
_BEFORE_THEN = re.compile(
    r"^\s(?:[a-z]+\s){0,3}?(?:in\s|for\s|during\s|of\s)?(?:the\s|a\s)?(?:same\s\w+\s(?:of\s)?(?:the\s)?(?:last"
    r"|previous)\syear|year\s(?:earlier|ago|before)|last\syear|previous\s\w+|month\s(?:earlier|before))",
    re.IGNORECASE,
)
_THAN_THE = re.compile(
    r"^(?:more|higher|greater|larger|less|fewer|lower|smaller)\sthan\sthe\s", re.IGNORECASE
)
_RATES = re.compile(
    r"\b(?:to|against|per)\s(?:the\s|a\s)?(?:US\s|U\.S\.\s)?(?:dollar|euro|yen|yuan|pound)\b"
)
"""The rate of a currency falls as the currency rises."""
_HELD = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.MEASURE})


def _direction(sentence: Sentence, found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“rose to 20 from 30”, “a loss of 3, expanded from 4”."""
    if _RATES.search(sentence.text) or any(i.mention.value <= 0 for i in found):
        return
    held = [
        i for i in found if i.mention.kind in _HELD and not i.mention.range and not i.mention.vague
    ]
    for then in held:
        now, turn = _now_and_turn(then, held)
        if now is None or turn is None or now.mention.value == then.mention.value:
            continue
        up = turn.lastgroup == "up"
        if (now.mention.value > then.mention.value) is up:
            continue
        yield _Misfit(
            Span(sentence.start + turn.start(), sentence.start + turn.end()),
            f"“{turn.group()}” goes against the figures beside it: “{then.words}” before, "
            f"“{now.words}” then",
            0.75,
            f"{turn.group().lower()} {then.mention.value} {now.mention.value}",
            partner=now,
            turned=not up,
        )


_ON = re.compile(r"(?:\s\w+)?\s(?:to|and)\b")


def _one_measure(a: Quantity, b: Quantity) -> bool:
    """Whether two figures can be two states of one thing."""
    if a.soft or b.soft:
        return False
    if a.kind is b.kind and a.kind is not Kind.COUNT:
        return a.unit == b.unit
    # "58 percent, up from 52"
    money = {a.kind, b.kind} <= {Kind.MONEY, Kind.COUNT} or {a.kind, b.kind} == {
        Kind.PERCENT,
        Kind.COUNT,
    }
    return money and not any(q.kind is Kind.COUNT and q.noun for q in (a, b))


def _now_and_turn(then: _Item, held: Sequence[_Item]) -> tuple[_Item | None, re.Match[str] | None]:
    """The later figure to an earlier one, and the word that says which way it went."""
    text, offset = then.sentence.text, then.sentence.start
    start, end = then.mention.span.start - offset, then.mention.span.end - offset
    alike = [i for i in held if i is not then and _one_measure(i.mention, then.mention)]
    than = _THAN_THE.match(then.words)
    before = [i for i in alike if i.mention.span.end <= then.mention.span.start]
    if than is not None:
        now = before[-1] if before else None
        return now, _TURN.search(text, start)
    if role(then) == "from":
        ends = [i for i in alike if role(i) == "to"]
        turns = list(_TURN.finditer(text, max(0, start - 90), start))
        if len(ends) == 1:
            first = min(start, ends[0].mention.span.start - offset)
            turns = [t for t in turns if t.end() <= first and first - t.end() < 40]
            return ends[0], turns[-1] if turns else None
        close = [t for t in turns if start - t.end() <= 12]
        if before and close and not ends and not _ON.match(text, end):
            return before[-1], close[-1]
        return None, None
    if _BEFORE_THEN.match(text[end : end + 60]) and len(alike) == 1 and before:
        turns = [t for t in _TURN.finditer(text) if "than" not in t.group()]
        return (before[0], turns[0]) if len(turns) == 1 and turns[0].start() > end else (None, None)
    return None, None


_PASSED = re.compile(
    r"\b(?:pass(?:ed|es)|adopt(?:ed|s)|approv(?:ed|es)|carried|endors(?:ed|es)|ratif(?:ied|ies))\b"
)
_REJECTED = re.compile(
    r"\b(?:reject(?:ed|s)|vot(?:ed|es)\sdown|defeated|turned\sdown|thrown\sout)\b|\bfail(?:ed|s)\sto\spass\b"
)
_FOR = re.compile(
    r"^(?:\svotes?|\s\w+s)?\s(?:(?:voted\s)?in\sfavou?r|(?:voted\s)?for|ayes?|yes)\b", re.I
)
_AGAINST = re.compile(
    r"^(?:\svotes?|\s\w+s)?\s(?:(?:voted\s)?against|opposed|no(?:es)?|nays?)\b", re.I
)
_VOTES_TO = re.compile(r"^(?:\svotes)?\s(?:to|against)\s$")


def _vote(sentence: Sentence, found: Sequence[_Item]) -> Iterator[_Misfit]:
    """A motion that a minority passed, or a clear majority rejected."""
    passed, rejected = _PASSED.search(sentence.text), _REJECTED.search(sentence.text)
    if (passed is None) is (rejected is None):
        return
    counts = [i for i in found if i.mention.kind in (Kind.COUNT, Kind.SCORE)]
    ayes = [i for i in counts if _FOR.match(i.after(30))]
    noes = [i for i in counts if _AGAINST.match(i.after(30))]
    if len(ayes) != 1 or len(noes) != 1 or ayes[0] is noes[0]:
        between = [
            (x, y)
            for x, y in pairwise(counts)
            if _VOTES_TO.match(_between(x, y))
            and x.before(30).rstrip().endswith(("by", "with", "of"))
        ]
        if len(between) != 1 or rejected is not None:
            return
        ayes, noes = [between[0][0]], [between[0][1]]
    word = passed or rejected
    assert word is not None
    yes, no = ayes[0].mention.value, noes[0].mention.value
    if (yes <= no) if passed else (yes > 2 * no):
        yield _Misfit(
            Span(sentence.start + word.start(), sentence.start + word.end()),
            f"“{word.group()}” goes against the count of the votes: {yes} for, {no} against",
            0.75,
            f"{word.group().lower()} {yes} {no}",
            partner=ayes[0],
        )


_PART_OF = re.compile(
    r"^\s(?:\w+\s)?(?:of|out\sof|among)\s"
    r"(?:the|its|his|her|their|those|these|(?:the\s|its\s)?[\w-]+['’]s)\s$"
)


def _between(one: _Item, two: _Item) -> str:
    """What stands between two numbers of a sentence."""
    offset = one.sentence.start
    return one.sentence.text[one.mention.number.end - offset : two.mention.number.start - offset]


def _part_and_whole(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“Five of the four suspects”: more than there are."""
    for part, whole in pairwise(found):
        a, b = part.mention, whole.mention
        text, offset = part.sentence.text, part.sentence.start
        between = _between(part, whole)
        plain = a.kind is b.kind is Kind.COUNT and not (a.vague or b.vague or a.range or b.range)
        if plain and a.value > b.value and not b.soft and _PART_OF.match(between):
            if text[b.number.end - offset : b.number.end - offset + 1] == "-":
                continue  # "200 of the four-wheel carts"
            span = Span(a.span.start, b.span.end)
            words = text[span.start - offset : span.end - offset]
            yield _Misfit(
                span, f"“{words}” cannot be: the part is larger than the whole", 0.8,
                f"{a.value} of {b.value}", partner=whole,
            )  # fmt: skip


_OUT_OF = re.compile(
    r"\b(?:of|out\sof|among)\s(?:(?:the|its|their|all|some|a\stotal\sof)\s){0,2}$", re.I
)
_THE_REST = re.compile(r"\bthe\s(?:other|remaining|rest,?)\s$", re.IGNORECASE)
_OR_SO_MUCH = re.compile(
    r"^[^.;\d]{0,40}(?:,\s(?:or|that\sis|i\.e\.)|[,(])\s(?:(?:about|around|some|only|just)\s)?$"
)
_ROUNDED_OFF = 2
"""Percentage points by which a share may be rounded."""


def _whole_and_rest(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“Of the 120, 70 were vaccinated and the remaining 40 were not”: who are the others?"""
    if len(found) != _THREE:
        return
    whole, part, rest = found
    counts = [i.mention for i in found]
    if any(
        q.kind is not Kind.COUNT or q.vague or q.range or q.bound is not Bound.EXACT for q in counts
    ):
        return
    if not _OUT_OF.search(whole.before(30)) or not _THE_REST.search(rest.before(20)):
        return
    left = whole.mention.value - part.mention.value
    if 0 < left != rest.mention.value:
        yield _Misfit(
            rest.mention.span,
            f"Of “{whole.words}” less “{part.words}” there remain {spelled(left)}, not "
            f"{spelled(rest.mention.value)}",
            0.8,
            f"{whole.mention.value} {part.mention.value} {rest.mention.value}",
            expected=left,
            unless=rest.mention.value,
        )


_THREE = 3
_A_TIME = re.compile(
    r"^\s(?:[\w-]+\s){0,2}?(?:a|per|each|every)\s(?P<unit>hour|day|week|month|year)\b",
    re.IGNORECASE,
)
_OR_THAT = re.compile(
    r"(?:,|\()\s?(?:or|that\sis|being|which\sis|i\.e\.)\s(?:(?:about|around|some|nearly|almost|roughly)\s)?$",
    re.I,
)
_IN_A_YEAR = {"hour": 24 * 365, "day": 365, "week": 52, "month": 12, "year": 1}


def _rates(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“24,000 patients a year, or about 165 a day”: 66 a day."""
    for one, two in pairwise(found):
        a, b = one.mention, two.mention
        first, second = _A_TIME.match(one.after(40)), _A_TIME.match(two.after(40))
        if first is None or second is None or not _OR_THAT.search(two.before(20)):
            continue
        units = first["unit"].lower(), second["unit"].lower()
        if a.kind is not b.kind or a.unit != b.unit or not a.value or units[0] == units[1]:
            continue
        # a day may be a working day, and all of them are rounded
        right = a.value * _IN_A_YEAR[units[0]] / _IN_A_YEAR[units[1]]
        if b.value and not Fraction(4, 5) < right / b.value < Fraction(
            5, 3 if "day" in units else 4
        ):
            yield _Misfit(
                b.span,
                f"“{one.words}” a {units[0]} are about {spelled(Fraction(round(right)))} a "
                f"{units[1]}, not {spelled(b.value)}",
                0.8,
                f"{a.value} {units[0]} {b.value} {units[1]}",
                unless=b.value,
            )


def _share_of(found: Sequence[_Item]) -> Iterator[_Misfit]:
    """“78 of its 104 residents, or 85 percent”: they are 75."""
    for part, whole, percent in zip(found, found[1:], found[2:], strict=False):
        a, b, c = part.mention, whole.mention, percent.mention
        if a.kind is not Kind.COUNT or b.kind is not Kind.COUNT or c.kind is not Kind.PERCENT:
            continue
        between, behind = _between(part, whole), _between(whole, percent)
        if not (_PART_OF.match(between) or between == " of ") or not _OR_SO_MUCH.match(behind):
            continue
        if a.vague or b.vague or not 0 < a.value < b.value:
            continue
        share = a.value / b.value * 100
        if abs(share - c.value) > _ROUNDED_OFF:
            yield _not_percent(
                c, f"“{part.words}” of “{whole.words}”", share, f"{a.value} of {b.value} {c.value}"
            )


def reckons(text: Annotated, item: _Item) -> bool:
    """Whether the number makes a sum or a product with others of its sentence."""
    value = item.mention.value
    others = sorted(
        {q.value for q in text.quantities[item.sentence.index] if q.value > 1} - {value}
    )[:10]
    if value <= 1:
        return False
    if any(k < 1000 and value * k in others for k in others):
        return True
    for size in (2, 3):
        for chosen in combinations(others, size):
            total = sum(chosen)
            if max(chosen) > 10 and (total == value or 2 * max(chosen) == total + value):
                return True
    return False
