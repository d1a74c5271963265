"""Numbers that say something else in the two texts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import combinations, permutations

from compare.annotate import Annotated, Context
from compare.checks.arithmetic import UNSTEADY, misfits, reckons, role
from compare.checks.base import Check, Draft, Example, same_place
from compare.checks.basis import MORE_OR_LESS, is_conversion, is_margin, on_another_basis
from compare.checks.figures import (
    change_role,
    dozens,
    factor_or_times,
    fraction_or_number,
    misread,
    ranks,
    scales,
    votes,
)
from compare.checks.matching import (
    Item,
    Match,
    Told,
    apart,
    both_sides,
    drop_moved,
    items,
    raw_numbers,
    same_digits,
)
from compare.checks.quantifiers import limits, part_or_none, quantified
from compare.checks.swaps import exchanged_ends, exchanged_sources, swapped
from compare.numerals import find_numerals, words
from compare.polarity import DENIED_BEHIND, RARELY
from compare.quantities import (
    Bound,
    Kind,
    Quantity,
    casualties,
    measures,
    parts,
    people,
    same_currency,
    worth,
)
from compare.records import Group, LikelySide, Sentence, Severity, Side
from compare.slots import best_pairs, likeness, stem

_Item = Item[Quantity]
_Match = Match[Quantity]


def find(ctx: Context) -> Iterator[Draft]:
    """The findings of this check."""
    matches = [_match(ctx, group) for group in ctx.groups]
    moved = drop_moved(matches, lambda x, y: _equal(x, y) and _telling(x, y), _slips)
    told = Told()
    for match in matches:
        yield from told.all(misfits(ctx, match))
        told.leave(match)
        if match.group.linked:
            pairs = list(_in_pairs(match))
            yield from pairs
            yield from told.all(misread(match))
            yield from told.all(swapped(ctx, match))
            yield from told.new(ranks(match))
            yield from told.new(exchanged_ends(match))
            yield from told.new(exchanged_sources(match))
            yield from told.new(scales(match))
            yield from told.all(quantified(ctx, match.group))
            yield from told.all(part_or_none(ctx, match.group))
            yield from told.new(votes(match.group))
            yield from told.new(factor_or_times(match.group))
            yield from told.new(fraction_or_number(match))
            yield from told.new(dozens(match.group))
            # not "more than" again behind "more than half"
            other_limits = (
                d for d in limits(ctx, match.group) if not any(same_place(d, p) for p in pairs)
            )
            yield from told.all(other_limits)
            yield from told.all(_in_rest(ctx, match))
    for match in _anchored(matches, moved, told):
        yield from told.all(_in_rest(ctx, match))
    yield from _apart(ctx, matches, told)


def _apart(ctx: Context, matches: Sequence[_Match], told: Told) -> Iterator[Draft]:
    """Slips between sentences that the alignment leaves apart.

    The same digits of one unit ten or a thousand times as large, or a rank that has become a
    multiple: hardly ever chance.
    """
    whole: dict[Side, dict[int, list[_Item]]] = {"a": {}, "b": {}}
    rest: dict[Side, dict[int, list[_Item]]] = {"a": {}, "b": {}}
    for match in matches:
        for item in (*match.all_a, *match.all_b):
            whole[item.side].setdefault(item.sentence.index, []).append(item)
        for item in (*match.a, *match.b):
            rest[item.side].setdefault(item.sentence.index, []).append(item)
    for group, share in apart(ctx):
        one, two = group.a[0].index, group.b[0].index
        left, right = (
            [i for i in those.get(index, ()) if i.mention.span not in told and not i.mention.soft]
            for those, index in ((rest["a"], one), (rest["b"], two))
        )
        for x in left:
            for y in right:
                a, b = x.mention, y.mention
                typed = a.kind is b.kind and a.kind in _TYPED
                same = typed and (a.unit == b.unit or same_currency(a.unit, b.unit))
                near = likeness(x.slot, y.slot)
                slip = _slip(a, b) or _turned(a, b)
                if slip and _comparable(a, b) and (same or (share >= 0.25 and near >= 0.5)):
                    yield from told.new([_conflict(ctx, x, y, near)])
        pairs = [
            (x, y)
            for x in whole["a"].get(one, ())
            for y in whole["b"].get(two, ())
            if {x.mention.kind, y.mention.kind} == {Kind.ORDINAL, Kind.MULTIPLE}
            and x.mention.value == y.mention.value
        ]
        yield from told.new(misread(Match(group, [], [], [], [], pairs)))


def _anchored(
    matches: Sequence[_Match], moved: Sequence[tuple[_Item, _Item]], told: Told
) -> Iterator[_Match]:
    """Sentences that the alignment leaves apart but an unusual number in both holds together."""
    single = {s for m in matches if not m.group.linked for s in (*m.group.a, *m.group.b)}
    pairs = {
        (x.sentence, y.sentence): (x, y)
        for x, y in moved
        if _digits(x.mention.value) >= 3 and single & {x.sentence, y.sentence}
    }
    for (one, two), pair in pairs.items():
        a = [i for m in matches for i in m.a if i.sentence == one]
        b = [i for m in matches for i in m.b if i.sentence == two]
        yield Match(
            Group((one,), (two,)),
            a,
            b,
            [x for x in a if x.mention.span not in told],
            [y for y in b if y.mention.span not in told],
            [pair],
        )


def _match(ctx: Context, group: Group) -> _Match:
    """Pair what agrees: equal values first, then compatible ones."""
    a, b = both_sides(ctx, group, lambda text: text.quantities)
    match = Match(group, a, b, list(a), list(b))
    if not group.linked:
        return match
    for agree in (_equal, _equal_value, _compatible):
        paired = best_pairs(
            match.a,
            match.b,
            lambda x, y, agree=agree: _liking(x, y) if agree(x, y) else None,  # type: ignore[misc]
        )
        match.pairs += [(x, y) for x, y, _ in paired]
        done = {id(item) for x, y, _ in paired for item in (x, y)}
        match.a = [x for x in match.a if id(x) not in done]
        match.b = [y for y in match.b if id(y) not in done]
    for mine, theirs in ((match.a, match.b), (match.b, match.a)):
        _drop_sums(mine, theirs, match)
    _drop_remainders(match)
    _drop_ratios(match.a, match.b, group.b)
    _drop_ratios(match.b, match.a, group.a)
    rest_a, rest_b = match.a, match.b
    match.a = _without_raw(rest_a, group.a, group.b, [y for _, y in match.pairs], rest_b)
    match.b = _without_raw(rest_b, group.b, group.a, [x for x, _ in match.pairs], rest_a)
    return match


def _liking(x: _Item, y: _Item) -> float:
    return (
        likeness(x.slot, y.slot)
        + 0.3 * _same_noun(x, y)
        - 0.1 * abs(x.slot.position - y.slot.position)
    )


def _same_noun(x: _Item, y: _Item) -> bool:
    one, two = x.mention.noun, y.mention.noun
    return bool(one) and (stem(one) == stem(two) or {one, two} <= people())


def _equal(x: _Item, y: _Item) -> bool:
    """The same value of the same unit."""
    a, b = x.mention, y.mention
    if Kind.SCORE in (a.kind, b.kind):
        return a.range == b.range
    if a.kind is not b.kind and {a.kind, b.kind} & {Kind.PERCENT, Kind.POINTS, Kind.SHARE}:
        return False
    if a.kind is b.kind is Kind.AGE and (a.range or b.range):
        return _ages_meet(a, b)
    same_unit = a.unit == b.unit or same_currency(a.unit, b.unit)
    return same_unit and a.kind is b.kind and _values_meet(a, b)


def _equal_value(x: _Item, y: _Item) -> bool:
    """The same digits, whatever they count; the unit is looked at afterwards."""
    a, b = x.mention, y.mention
    if Kind.SCORE in (a.kind, b.kind):
        return bool(a.range and b.range and sorted(a.range) == sorted(b.range))
    if any(q.kind is Kind.AGE and q.range for q in (a, b)):
        ages = all(q.kind is Kind.AGE or (q.kind is Kind.COUNT and not q.noun) for q in (a, b))
        return ages and _ages_meet(a, b)
    return _values_meet(a, b)


def _ages_meet(a: Quantity, b: Quantity) -> bool:
    """Whether an age lies in the decade of life that the other text names."""
    (low_a, high_a), (low_b, high_b) = (
        q.range if q.range and q.kind is Kind.AGE else (q.value, q.value) for q in (a, b)
    )
    return low_a <= high_b and low_b <= high_a


def _values_meet(a: Quantity, b: Quantity) -> bool:
    return any(abs(v) == abs(w) for v in a.values for w in b.values)


def _compatible(x: _Item, y: _Item) -> bool:
    """Not the same value but the same statement: rounded, converted, a share as percent."""
    a, b = x.mention, y.mention
    if Kind.SCORE in (a.kind, b.kind) or any(q.kind is Kind.AGE and q.range for q in (a, b)):
        return False
    if a.vague or b.vague:
        return _vaguely(a, b)
    pair = _on_one_scale(a, b)
    if pair is None:
        return False
    one, two, slack = pair
    return _close(one, two, a, b, slack)


def _vaguely(a: Quantity, b: Quantity) -> bool:
    """“dozens” and 40; “several thousand” and “thousands”."""
    if {a.kind, b.kind} & {Kind.PERCENT, Kind.SHARE, Kind.ORDINAL, Kind.SCORE}:
        return False
    if a.vague and b.vague:
        return Fraction(1, 5) < a.value / b.value < 5
    vague, exact = (a, b) if a.vague else (b, a)
    return any(Fraction(2, 3) < abs(v) / vague.value < 12 for v in exact.values)


_OFTEN = 20
"""So many times is how often something was, not how many times as much."""
_ZERO_CELSIUS = Fraction("273.15")
"""Kelvin."""


def _on_one_scale(a: Quantity, b: Quantity) -> tuple[Fraction, Fraction, Fraction] | None:
    """Both values in one unit and the slack that the conversion needs; None where none exists."""
    kinds = {a.kind, b.kind}
    none, some = Fraction(0), Fraction(7, 100)
    if kinds == {Kind.PERCENT, Kind.SHARE}:
        share, percent = (a, b) if a.kind is Kind.SHARE else (b, a)
        ordered = (share.value * 100, percent.value)
        loose = some if share.bound is Bound.EXACT else Fraction(12, 100)  # "almost a fifth"
        return (*(ordered if share is a else ordered[::-1]), loose)
    if kinds == {Kind.SHARE, Kind.MULTIPLE} and a.value == 1 - b.value:
        return a.value, a.value, none
    if kinds == {Kind.PERCENT, Kind.MULTIPLE}:
        multiple, percent = (a, b) if a.kind is Kind.MULTIPLE else (b, a)
        if percent.value == abs(multiple.value - 1) * 100:
            return percent.value, percent.value, none
        ordered = (multiple.value * 100, percent.value)
        return (*(ordered if multiple is a else ordered[::-1]), none)
    if kinds == {Kind.COUNT, Kind.MULTIPLE} and min(a.value, b.value) >= _OFTEN:
        return a.value, b.value, none  # "214 aftershocks", "more than 200 times"
    if kinds == {Kind.MEASURE}:
        if a.unit == b.unit != "degree":
            return a.value, b.value, none
        if a.unit == b.unit:
            # Degrees of one scale, or one text turned them into the other without saying so.
            for low, high in ((a.value, b.value), (b.value, a.value)):
                if abs(low * Fraction(9, 5) + 32 - high) <= Fraction(3, 2):
                    return low, low, none
            return a.value, b.value, none
        if "degree" in (a.unit, b.unit) and {a.unit, b.unit} & {"celsius", "fahrenheit"}:
            # "30 degrees" for 86 Fahrenheit or 30 Celsius
            plain, named = (a, b) if a.unit == "degree" else (b, a)
            low, high = sorted((plain.value, named.value))
            if abs(low * Fraction(9, 5) + 32 - high) <= Fraction(3, 2):
                return low, low, none
            return plain.value, named.value, none
        if "kelvin" in (a.unit, b.unit) and {a.unit, b.unit} & {"celsius", "degree"}:
            kelvin, known = (a, b) if a.unit == "kelvin" else (b, a)
            shifts = (_ZERO_CELSIUS, Fraction(0))  # also of a difference
            near = any(abs(known.value + c - kelvin.value) <= 1 for c in shifts)
            return (known.value, known.value, none) if near else (
                known.value + _ZERO_CELSIUS, kelvin.value, none
            )  # fmt: skip
        if {a.unit, b.unit} == {"celsius", "fahrenheit"}:
            celsius, fahrenheit = (a, b) if a.unit == "celsius" else (b, a)
            for offset in (32, 0):
                turned = celsius.value * Fraction(9, 5) + offset
                if abs(turned - fahrenheit.value) <= Fraction(3, 2):
                    return turned, turned, none
            return celsius.value * Fraction(9, 5) + 32, fahrenheit.value, none
        (one, factor), (two, other) = measures()[a.unit], measures()[b.unit]
        return (a.value * factor, b.value * other, some) if one == two else None
    if kinds == {Kind.MONEY} and a.unit != b.unit and (a.unit in parts() or b.unit in parts()):
        (one, times_a), (two, times_b) = (parts().get(q.unit, (q.unit, 1)) for q in (a, b))
        return (a.value * times_a, b.value * times_b, none) if same_currency(one, two) else None
    if a.kind is b.kind and (a.unit == b.unit or same_currency(a.unit, b.unit)):
        return a.value, b.value, none
    if kinds == {Kind.COUNT, Kind.MONEY} and (a.unit in parts() or b.unit in parts()):
        # The currency itself goes without saying: "298,000 to the dollar", "29,800 tomans".
        count, money = (a, b) if a.kind is Kind.COUNT else (b, a)
        if count.value == money.value * parts()[money.unit][1]:
            return count.value, count.value, none
    if kinds <= {Kind.COUNT, Kind.MONEY, Kind.AGE, Kind.MEASURE, Kind.PERCENT} and (
        Kind.COUNT in kinds
    ):
        return a.value, b.value, none
    return None


_DEGREES = frozenset(("degree", "celsius", "fahrenheit"))
_FROST = 2
"""Degrees by which a ten may be off where people speak of the cold or the heat: 40 for 41."""


def _close(one: Fraction, two: Fraction, a: Quantity, b: Quantity, slack: Fraction) -> bool:
    one, two = abs(one), abs(two)
    if one == two:
        return True
    small, large = sorted((one, two))
    if not small or Kind.ORDINAL in (a.kind, b.kind):
        return False
    apart = (large - small) / large
    if apart <= slack:
        return True
    digits_a, digits_b = _digits(a.value), _digits(b.value)
    low, high = (a, b) if one < two else (b, a)
    figures = _digits(low.value), _digits(high.value)
    if (low.bound is Bound.AT_LEAST or low.beyond > 0) and figures[0] == 1 < figures[1]:
        # "more than 200,000" for 212,000
        most = Fraction(1, 5) if low.value >= 100 else Fraction(1, 10)
        least = 1 if low.kind is Kind.MEASURE else 10  # "more than three kilometres" for 3,270 m
        alike = a.kind is b.kind or {a.kind, b.kind} == {Kind.COUNT, Kind.MULTIPLE}
        return apart <= most and alike and low.value >= least
    if {a.unit, b.unit} <= _DEGREES and not small % 10 and large - small <= _FROST:
        return True
    nearly = high.beyond < 0 and high.bound is not Bound.AT_MOST  # "nearly seventy" for 68
    rounded = figures[1] == 1 and high.value >= _TEN
    if nearly and rounded and apart <= Fraction(1, 10) and a.kind is b.kind:
        return True
    if (high.bound is Bound.AT_MOST or high.beyond < 0) and figures[1] == 1 < figures[0]:
        # "fewer than 300" for 280, "less than 2 percent" for 1.7
        most, least = (Fraction(1, 10), 20) if a.kind is not Kind.PERCENT else (Fraction(1, 5), 1)
        return apart <= most and a.kind is b.kind and high.value >= least
    rounded_up = high.bound is Bound.ABOUT is not low.bound and high.value >= 2 * _TEN
    if rounded_up and figures[1] == 1 < figures[0]:
        return apart <= _ROUGHLY and a.kind is b.kind  # "close to two thousand" for 1,900
    if high.beyond < 0 and high.value == _DOZEN and high.written:
        return low.value >= _DOZEN - 2 and a.kind is b.kind  # "almost a dozen" for eleven
    if a.bound is b.bound and a.kind is b.kind is Kind.COUNT and large - small == 1:
        # "fewer than four" is "up to three", "more than three" is "at least four"
        over = high if a.bound is Bound.AT_MOST else low
        other = low if over is high else high
        return a.bound in _LIMITS and over.beyond != 0 and other.beyond == 0
    if apart > Fraction(4, 100):
        return False
    if a.bound is Bound.ABOUT is b.bound:
        return True
    if digits_a == digits_b:
        return False
    if a.bound is not Bound.EXACT or b.bound is not Bound.EXACT:
        return True
    # Said as exact, one may still be the other rounded: 1.8 billion for 1.75 billion.
    short, long = (a, b) if digits_a < digits_b else (b, a)
    grain = _grain(short.value)
    rounds = grain < 1 or short.value >= 10_000 or a.kind is Kind.PERCENT
    return a.unit == b.unit and rounds and abs(abs(short.value) - abs(long.value)) <= grain / 2


_DOZEN = 12
_TEN = 10
_ROUGHLY = Fraction(6, 100)
_LIMITS = (Bound.AT_MOST, Bound.AT_LEAST)


def _digits(value: Fraction) -> int:
    """Number of significant digits."""
    text = _plain(abs(value))
    return len(text.replace(".", "").strip("0")) if text else 99


def _plain(value: Fraction) -> str:
    """Decimal notation of a terminating fraction, empty where it does not terminate."""
    scaled = value * 10**6
    if scaled.denominator != 1:
        return ""
    text = f"{value.numerator // value.denominator}"
    rest = f"{(value - value.numerator // value.denominator) * 10**6}".split("/")[0]
    return f"{text}.{int(rest):06d}".rstrip("0").rstrip(".") if int(rest) else text


def _grain(value: Fraction) -> Fraction:
    """The unit of the last significant digit: 100 for 18,400."""
    text = _plain(abs(value))
    if "." in text:
        return Fraction(1, 10 ** len(text.split(".")[1]))
    return Fraction(10 ** (len(text) - len(text.rstrip("0"))))


def _drop_sums(mine: list[_Item], theirs: list[_Item], match: _Match) -> None:
    """“43 men and 27 women” are “70 people”."""
    for total in list(mine):
        if total.mention.value < 3 or total.mention.kind is not Kind.COUNT:
            continue
        parts = [t for t in theirs if t.mention.kind is Kind.COUNT and not _is_sum(t, match)][:8]
        for size in (2, 3):
            for chosen in combinations(parts, size):
                if _is_about(total.mention, sum(c.mention.value for c in chosen)) and total in mine:
                    mine.remove(total)
                    for part in chosen:
                        theirs.remove(part)
                    break


def _is_about(total: Quantity, value: Fraction | int) -> bool:
    """Whether a number is a total, or one rounded: "more than fifty" for 53."""
    if value == total.value:
        return True
    least = total.bound is Bound.AT_LEAST or total.beyond > 0
    return (
        least and _digits(total.value) == 1 and total.value < value <= total.value * _A_TENTH_MORE
    )


_A_TENTH_MORE = Fraction(11, 10)


def _is_sum(item: _Item, match: _Match) -> bool:
    """Whether two numbers behind it make it up: “four plants, three here and one there”."""
    behind = [
        i.mention.value
        for i in (match.all_a if item.side == "a" else match.all_b)
        if i.sentence == item.sentence
        and i.mention.kind is Kind.COUNT
        and i.mention.span.start > item.mention.span.start
    ][:8]
    return any(one + two == item.mention.value for one, two in combinations(behind, 2))


def _drop_remainders(match: _Match) -> None:
    """“from 17 to 11” is “11, six fewer”; “85 percent are done” is “all but 15 percent”.

    Only where just one of them is told as a rest or a change: any two numbers have a difference.
    """
    if not match.a or not match.b:
        return
    said = (
        {n.value for s in part for n in find_numerals(s.text)}
        for part in (match.group.a, match.group.b)
    )
    known = set.intersection(*said)
    for x in match.a[:_MOST]:
        y = next((y for y in match.b[:_MOST] if _complements(x, y, known)), None)
        if y is not None:
            match.a.remove(x)
            match.b.remove(y)


_MOST = 40
"""Quantities of a side that are looked at: a group with more of them is a table."""


def _complements(x: _Item, y: _Item, known: Set[Fraction]) -> bool:
    """Whether two quantities make a whole, or one that both texts have."""
    a, b = x.mention, y.mention
    shares = {a.kind, b.kind} <= {Kind.PERCENT, Kind.SHARE}
    if (a.kind is not b.kind and not shares) or a.kind is Kind.ORDINAL:
        return False
    one, two = (abs(q.value) * (100 if shares and q.kind is Kind.SHARE else 1) for q in (a, b))
    if change_role(x) == change_role(y) == "by":
        return False  # "30 percent less", "a 70% discount"
    if shares and a.kind is not b.kind and one + two == 100:
        return True  # "a discount of 20 percent", "for four-fifths of the price"
    rests = [i for i in (x, y) if _EXCEPTED.search(i.before(40)) or _A_REST.match(i.after(30))]
    whole = shares and one + two == 100
    return len(rests) == 1 and (whole or one + two in known or abs(one - two) in known)


_EXCEPTED = re.compile(r"\ball\sbut\s(?:[\w'’]+\s){0,4}$", re.IGNORECASE)
_A_REST = re.compile(
    r"\s(?:\w+\s){0,2}(?:fewer|less|more|lower|higher|of\s(?:them|which|whom|these)|remain\w*|left)\b",
    re.IGNORECASE,
)


def _drop_ratios(mine: list[_Item], theirs: list[_Item], other: Sequence[Sentence]) -> None:
    """“four times as long as in Paris” is “52 days, against 13 in Paris”."""
    if any(t.mention.kind is Kind.MULTIPLE for t in theirs):
        return
    numbers = [n for s in other for n in find_numerals(s.text) if n.value > 0][:12]
    for item in list(mine):
        if item.mention.kind is not Kind.MULTIPLE or item.mention.value <= 1:
            continue
        for x, y in permutations(numbers, 2):
            ratio = x.value / y.value / item.mention.value
            if x.value > 3 and Fraction(9, 10) < ratio < Fraction(10, 9):
                mine.remove(item)
                # a tenth of one of them is a slip, and no way to tell it
                slipped = {t.mention.value for t in theirs for i in mine if _ten_off(i, t)}
                told = {x.value, y.value} - slipped
                theirs[:] = [t for t in theirs if t.mention.value not in told]
                break


def _ten_off(x: _Item, y: _Item) -> bool:
    """Whether two numbers of one unit have the same two and more digits at another scale."""
    a, b = x.mention, y.mention
    return _slip(a, b) != 0 and a.kind is b.kind and a.unit == b.unit and _digits(a.value) > 1


def _without_raw(
    items: list[_Item],
    own: Sequence[Sentence],
    other: Sequence[Sentence],
    matched: Sequence[_Item],
    rest: Sequence[_Item],
) -> list[_Item]:
    """Drop what the other side has as a number of another sort, e.g. inside a date."""
    taken = [m.mention.number for m in matched]
    # The "three" of "doubled three times" is no number of its own, nor the 50 of "50 basis points".
    taken += [r.mention.span for r in rest if r.mention.kind in (Kind.MULTIPLE, Kind.POINTS)]
    bag = raw_numbers(other, taken, places=False)
    return [
        i
        for i in items
        if i.mention.kind is Kind.SCORE
        or (i.mention.kind is Kind.AGE and i.mention.range)
        or not any(abs(v) in bag for v in i.mention.values)
        # both have the three months: they are no account of 3 percent
        or (i.mention.kind in _TYPED and i.mention.value in raw_numbers(own, [i.mention.span]))
    ]


def _slips(x: _Item, match: _Match) -> bool:
    """Whether the same digits stand in the same place of the other text, ten times as large."""
    return any(_slip(x.mention, y.mention) and _comparable(x.mention, y.mention) for y in match.b)


def _telling(x: _Item, y: _Item) -> bool:
    """Whether two equal numbers are one statement, and not equal by chance."""
    if x.mention.kind in (Kind.MONEY, Kind.PERCENT, Kind.MEASURE) or abs(x.mention.value) > 20:
        return True
    return _same_noun(x, y) or likeness(x.slot, y.slot) >= 0.4


_SELDOM = re.compile(
    rf"\b(?:{'|'.join(sorted(RARELY))}|never|not(?!\squite)|no|n['’]t|without|cannot|unable|forbidden"
    r"|barred)\b[^,;.]*$",
    re.IGNORECASE,
)


_ONE_UNIT = ({"km", "km/h"}, {"mile", "mph"})
"""Said for each other: "the 80-kilometre limit"."""
_MILES = {"mile", "nautical mile"}
"""Some twelve of the one are as well some twelve of the other, where a ship is off the coast."""
_NOT_ENOUGH = re.compile(
    r"\b(?:not|n['’]t|in)\s?(?:enough|sufficient|suffice|last|be enough)\b", re.IGNORECASE
)
"""“Not enough for more than four hours” is a ceiling."""


def _as_much(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers are equal, a share as percent too: half, 50 percent."""
    if {a.kind, b.kind} == {Kind.SHARE, Kind.PERCENT}:
        share, percent = (a, b) if a.kind is Kind.SHARE else (b, a)
        return share.value * 100 == percent.value
    return _values_meet(a, b)


def _in_pairs(match: _Match) -> Iterator[Draft]:
    """Equal values with another unit, currency or bound."""
    for x, y in match.pairs:
        a, b = x.mention, y.mention
        if bool(_SELDOM.search(x.before(40))) is not bool(_SELDOM.search(y.before(40))):
            continue  # "seldom more than eight", "as a rule less than eight"
        if bool(DENIED_BEHIND.match(x.after(40))) is not bool(DENIED_BEHIND.match(y.after(40))):
            continue  # "more than half of it was never spent", "less than half was spent"
        if a.vague is not b.vague and _values_meet(a, b) and _same_noun(x, y):
            many, one = (x, y) if a.vague else (y, x)
            if _ROUND.search(one.words) and _SEVERAL.search(many.words):
                yield _draft(
                    x, y, "minor", 0.65,
                    f"Once here and several times there: {_said(x)} against {_said(y)}.",
                )  # fmt: skip
        elif (
            a.kind is b.kind is Kind.MONEY
            and a.unit != b.unit
            and not same_currency(a.unit, b.unit)
            and _values_meet(a, b)
        ):
            yield _draft(
                x, y, "major", 0.8,
                f"The same sum in two currencies: {_said(x)} against {_said(y)}.",
            )  # fmt: skip
        elif {a.unit, b.unit} <= _DEGREES and a.value == -b.value != 0:
            if not any(_COLD.search(i.sentence.text) for i in (x, y) if i.mention.value > 0):
                yield _draft(
                    x, y, "major", 0.75,
                    f"Below zero in one text and above it in the other: {_said(x)}, {_said(y)}.",
                )  # fmt: skip
        elif {a.kind, b.kind} == {Kind.PERCENT, Kind.POINTS} and _values_meet(a, b):
            yield _draft(
                x, y, "minor", 0.75,
                f"Percent against points: {_said(x)} and {_said(y)} are different changes "
                "(from 50, six points down is 44, six percent down is 47).",
            )  # fmt: skip
        elif (
            {a.bound, b.bound} == {Bound.AT_LEAST, Bound.AT_MOST}
            and _as_much(a, b)
            and not any(_NOT_ENOUGH.search(i.sentence.text) for i in (x, y))
        ):
            if a.kind is b.kind or {a.kind, b.kind} == {Kind.SHARE, Kind.PERCENT}:
                yield _draft(
                    x, y, "major", 0.85,
                    f"A limit is reversed: {_said(x)} against {_said(y)}; one is a ceiling, "
                    "the other a floor.",
                )  # fmt: skip
        elif (
            a.beyond * b.beyond < 0
            and _as_much(a, b)
            and (a.kind is b.kind or {a.kind, b.kind} == {Kind.SHARE, Kind.PERCENT})
        ):
            yield _draft(
                x, y, "major", 0.7,
                f"One text says more, the other less than the figure: {_said(x)} against "
                f"{_said(y)}.",
            )  # fmt: skip
        elif (
            a.kind is b.kind is Kind.MEASURE
            and a.unit != b.unit
            and a.value == b.value
            and not (a.vague or b.vague)
            and "degree" not in (a.unit, b.unit)
            and {a.unit, b.unit} not in _ONE_UNIT
            and not (Bound.ABOUT in (a.bound, b.bound) and {a.unit, b.unit} == _MILES)
        ):
            yield _draft(
                x, y, "major", 0.8,
                f"The same figure in two units: {_said(x)} against {_said(y)}.",
            )  # fmt: skip


_COLD = re.compile(
    r"\b(?:below|sub-?zero|minus|fr[eo]ez\w*|frozen|frost\w*|cold\w*|ice|icy)\b", re.I
)
_ROUND = re.compile(r"\b(?:an?|one)\s(?:dozen|hundred|thousand|million|billion)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:dozen|hundred|thousand|million|billion)s\b", re.IGNORECASE)


def _in_rest(ctx: Context, match: _Match) -> Iterator[Draft]:
    """Numbers left over on both sides that fill one slot."""
    left = [x for x in match.a if not (x.mention.soft or is_conversion(x))]
    right = [y for y in match.b if not (y.mention.soft or is_conversion(y))]
    # of each once: a table has many, and all its pairs are scored
    reckoning = {id(i): reckons(ctx.side(i.side), i) for i in (*left, *right) if left and right}

    def score(x: _Item, y: _Item) -> float | None:
        if not _comparable(x.mention, y.mention) or _elliptic(x, y) or _elliptic(y, x):
            return None
        if _equal_value(x, y) or _compatible(x, y):
            return None  # sentences that the alignment leaves apart
        sums = reckoning[id(x)] is not reckoning[id(y)]
        if _explained(x, y, match, fits=sums):
            return None
        value = _liking(x, y)
        if sums:
            value += 0.3  # of 31 blocks 19 are sold, and the other 14 or 12 are not
        if _turned(x.mention, y.mention):
            value += 0.45
        if (
            x.mention.kind is y.mention.kind is Kind.COUNT
            and _DEAD & x.slot.near
            and _DEAD & y.slot.near
        ):
            value += 0.2  # "2,000 people have died", "left a thousand dead"
        if _slip(x.mention, y.mention):
            value += 0.5
        if _cut_short(x.mention, y.mention):
            value += 0.3
        if x.mention.kind is y.mention.kind is Kind.AGE:
            value += 0.35
        if _unit_taken_for(x.mention, y.mention):
            value += 0.4
        if any(all(way.search(_about(i)) for i in (x, y)) for way in (_ALTOGETHER, _REST)):
            value += 0.3  # "or 60 million in all", "that is 40 million in total"
        if any(_named_beside(one, two) for one, two in ((x, y), (y, x))):
            value += 0.2  # "three abstentions", "two countries abstained"
        if all(MORE_OR_LESS.match(i.after(10).lstrip()) for i in (x, y)):
            value += 0.3  # "four short of the 66", "five fewer than the 66"
        if _said_again(x, match, 1) or _said_again(y, match, 0):
            value -= 0.3
        rivals = sum(_comparable(x.mention, t.mention) for t in right) + sum(
            _comparable(t.mention, y.mention) for t in left
        )
        typed = x.mention.kind in _TYPED and y.mention.kind in _TYPED
        if x.mention.kind is y.mention.kind is Kind.SHARE:
            typed = all(_OF_THE.match(i.after(14)) for i in (x, y))
        return value + (_ALONE[typed] if rivals == 2 else 0)

    for x, y, value in best_pairs(left, right, score):
        if value >= _THRESHOLD:
            yield _conflict(ctx, x, y, value)
    yield from _worth_apart(left, right)


_ALTOGETHER = re.compile(
    r"\b(?:in\sall|in\stotal|altogether|all\stold|a\stotal\sof|total(?:s|ed|led|ing|ling)?|combined)\b",
    re.IGNORECASE,
)


def _about(item: _Item) -> str:
    """A number with the words right before and behind it."""
    return f"{item.before(14)}{item.words}{item.after(22)}"


def _named_beside(x: _Item, y: _Item) -> bool:
    """Whether what one number counts stands beside the other in another form."""
    noun = stem(x.mention.noun)
    return len(noun) == _LONG and noun != stem(y.mention.noun) and noun in y.slot.near


_LONG = 5
"""Letters of a stem that tells a word."""
_OF_THE = re.compile(r"\sof\s(?:the|its|their|all|those|these|them|his|her)\b")


_DEAD = frozenset(stem(word) for word in words("dead deaths died killed fatalities"))


def _cut_short(a: Quantity, b: Quantity) -> bool:
    """Whether one figure is the other without its thousands: 200 for 1,200."""
    small, large = sorted((abs(a.value), abs(b.value)))
    return 100 <= small < 1000 <= large < 10_000 and large % 1000 == small


_SAME_RATIO = Fraction(1, 100)


def _unit_taken_for(a: Quantity, b: Quantity) -> str:
    """The unit in which the smaller figure makes the larger one: 20,000 pyeong are 66,000 m²."""
    small, large = sorted((abs(a.value), abs(b.value)))
    if a.kind is not Kind.MEASURE or a.unit != b.unit or not small:
        return ""
    dimension, own = measures()[a.unit]
    for unit, (of, factor) in measures().items():
        ratio = factor / own
        by_ten = ratio == 10 ** round(math.log10(ratio))
        near = ratio > 1 and abs(large / small / ratio - 1) <= _SAME_RATIO
        if of == dimension and near and not by_ten:
            return unit
    return ""


def _worth_apart(left: Sequence[_Item], right: Sequence[_Item]) -> Iterator[Draft]:
    """A sum given in two currencies, of which one is some power of ten off the usual rate."""
    sums = [[i for i in items_ if i.mention.kind is Kind.MONEY] for items_ in (left, right)]
    if [len(found) for found in sums] != [1, 1]:
        return
    (x,), (y,) = sums
    units = x.mention.unit, y.mention.unit
    here, there = (worth().get(unit) for unit in units)
    if set(units) & UNSTEADY or same_currency(*units) or not here or not there:
        return
    if not y.mention.value or likeness(x.slot, y.slot) < _THRESHOLD:
        return
    ratio = abs(x.mention.value * here / (y.mention.value * there))
    power = round(math.log10(ratio)) if ratio else 0
    if power and Fraction(1, 2) < ratio / Fraction(10) ** power < 2:
        yield _draft(
            x, y, "major", 0.7,
            f"The sums differ: by the usual rates {_said(x)} and {_said(y)} are about "
            f"{_times(abs(power))}. A slip of scale is typical where the source counts in other "
            f"units{_scale_hint(abs(power))}.",
        )  # fmt: skip


_TYPED = frozenset({Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.AGE, Kind.SCORE})
_ALONE = {True: 0.45, False: 0.25}
"""What it is worth that no other pair is possible: more where both have the same unit."""
_THRESHOLD = 0.4
"""Least evidence that two numbers fill one slot; set on pairs of human translations."""


def _comparable(a: Quantity, b: Quantity) -> bool:
    if a.vague is not b.vague and not _slip(a, b):
        return False
    if a.kind is b.kind:
        if a.kind is Kind.MONEY:
            return a.unit == b.unit or same_currency(a.unit, b.unit)
        if a.kind is Kind.MEASURE:
            return measures()[a.unit][0] == measures()[b.unit][0]
        if a.kind is Kind.LABEL:
            return a.noun == b.noun
        # "for the first time" is how often; "the fourth from here" counts something else
        return a.kind is not Kind.ORDINAL or (a.noun == "time") is (b.noun == "time")
    kinds = {a.kind, b.kind}
    if kinds == {Kind.COUNT, Kind.AGE}:
        return not (a.range or b.range) and all(
            0 < q.value < 125 and not q.noun for q in (a, b) if q.kind is Kind.COUNT
        )
    if kinds == {Kind.COUNT, Kind.MONEY}:
        count = a if a.kind is Kind.COUNT else b
        return _slip(a, b) != 0 or (count.value >= 100 and not count.noun)
    if kinds == {Kind.COUNT, Kind.MULTIPLE}:
        return a.value.denominator == b.value.denominator == 1
    if kinds == {Kind.SHARE, Kind.MULTIPLE}:
        return a.value * b.value == 1  # "tripled", "by a third"
    if kinds == {Kind.COUNT, Kind.LABEL}:
        return a.value.denominator == b.value.denominator == 1  # "Room 12", "2.1 by 1.4 meters"
    return kinds == {Kind.PERCENT, Kind.SHARE}


def _slip(a: Quantity, b: Quantity) -> int:
    """Power k where b is a times ten to the k with the same digits; 0 where it is not."""
    if not a.value or not b.value or a.kind in (Kind.ORDINAL, Kind.SCORE, Kind.AGE):
        return 0
    ratio = abs(b.value / a.value)
    if a.kind is b.kind is Kind.MEASURE and a.unit != b.unit:
        (one, own), (other, theirs) = measures()[a.unit], measures()[b.unit]
        if one != other:
            return 0
        ratio *= Fraction(theirs) / Fraction(own)
    power = 0
    while ratio >= 10 and ratio.numerator % 10 == 0 and power < 15:
        ratio, power = ratio / 10, power + 1
    while ratio < 1 and ratio.denominator % 10 == 0 and power > -15:
        ratio, power = ratio * 10, power - 1
    if ratio != 1 or not power:
        return 0
    large = max(abs(a.value), abs(b.value))
    return power if large >= 1000 or _digits(a.value) >= 2 or a.vague else 0


def _turned(a: Quantity, b: Quantity) -> bool:
    """Whether one figure has the digits of the other in another order: 451,000 for 415,000."""
    long = min(_digits(a.value), _digits(b.value)) >= 3
    return long and same_digits(_plain(abs(a.value)), _plain(abs(b.value)))


_SHRUNK = re.compile(
    r"\b(?:reduc|cut|decreas|f[ae]ll|drop|lower|shr[aiu]nk|declin|diminish|lessen|shorten)\w*"
    r"(?:\s\w+){0,3}\s(?:by\s|in\s)?$",
    re.IGNORECASE,
)


def _explained(x: _Item, y: _Item, match: _Match, *, fits: bool) -> bool:
    """Whether two numbers that differ say one thing in two ways.

    Not by a sum where one of them alone ``fits`` the others of its sentence.

    By the day and by the week; by what is gone and by what is left; in a range and by its middle;
    four with three others; 18 above the limit where the other text names the limit itself.
    """
    if on_another_basis(x, y, match) or is_margin(x, y, match):
        return True
    a, b = x.mention, y.mention
    whole = {Kind.SHARE: 1, Kind.PERCENT: 100}.get(a.kind)
    if (
        whole
        and a.kind is b.kind
        and a.value + b.value == whole
        and change_role(x) != change_role(y)
    ):
        return True
    for one, two in ((a, b), (b, a)):
        about = two.bound is Bound.ABOUT
        if one.range and about and one.range[0] <= two.value <= one.range[1]:
            return True
    if bool(_OF_EVERY.search(x.before(14))) is not bool(_OF_EVERY.search(y.before(14))):
        return True  # a share: of every three pesos, two
    if Kind.AGE in (a.kind, b.kind) and abs(a.value - b.value) == 1:
        older = x if a.value > b.value else y
        if _TURNS.search(older.before(30)) or older.words.lower().startswith("turn"):
            return True  # "who turns 70 in March" is 69
    aged = Kind.AGE in (a.kind, b.kind) and abs(a.value - b.value) <= _RECKONING
    if aged and any(_RECKONED.search(i.sentence.text) for i in (x, y)):
        return True  # "four by Korean age"
    if any(_votes(one, two) for one, two in ((x, y), (y, x))):
        return True
    if (
        a.kind is b.kind is Kind.SHARE
        and a.value + b.value == 1
        and any(_REST.search(i.sentence.text) for i in (x, y))
    ):
        return True  # two thirds by the state and the rest from abroad: a third from there
    if a.kind is b.kind and a.kind in (Kind.SHARE, Kind.PERCENT, Kind.COUNT):
        wholes = {1: Kind.SHARE, 100: Kind.PERCENT}
        both = {int(i.mention.value) for i in match.all_a} & {
            int(i.mention.value) for i in match.all_b
        }
        whole_is = a.value + b.value
        total = wholes.get(int(whole_is)) is a.kind or (a.kind is Kind.COUNT and whole_is in both)
        if total and whole_is == int(whole_is) and _lacks(x) is not _lacks(y):
            return True  # three of ten are inhabited, seven are empty
    if a.kind is b.kind is Kind.COUNT and abs(a.value - b.value) == 1:
        fewer = x if a.value < b.value else y
        if _WITH_KIN.search(fewer.before(40)) or _AND_ONE.match(fewer.after(40)):
            return True  # "his wife and two children", "five men and a woman"
        if any(_ONE_OUT.search(i.sentence.text) for i in (x, y)):
            return True  # "51 were there, a single one was not", "a dozen save one"
        more = [
            bool(
                _BESIDES.match(i.after(14))
                or _BESIDES.search(i.words)
                or _BESIDES_AHEAD.search(i.before(14))
            )
            for i in (x, y)
        ]
        if more[0] is not more[1]:
            return True
    if (
        a.kind is b.kind is Kind.MULTIPLE
        and a.value * b.value == 1
        and any(_SHRUNK.search(i.before(40)) for i in (x, y) if i.mention.value > 1)
    ):
        return True  # "halved", "reduced by two times"
    if {a.kind, b.kind} == {Kind.SHARE, Kind.MULTIPLE} and a.value * b.value == 1:
        share, multiple = (x, y) if a.kind is Kind.SHARE else (y, x)
        if _A_PART.match(share.after(8)) and _AS_MUCH.match(multiple.after(14)):
            return True  # a quarter of what was asked for: four times as much was asked for
        if multiple.words.lower() == "double" and multiple.before(5).lower().endswith("the "):
            return True  # half of what they ask: they ask the double
    if fits or _slip(a, b) or _turned(a, b):
        return False
    if a.kind is Kind.COUNT and likeness(x.slot, y.slot) >= 0.5:
        return False
    if "" != change_role(x) == change_role(y) and likeness(x.slot, y.slot) >= 0.5:
        return False
    (unit_a, size_a), (unit_b, size_b) = _size(a), _size(b)
    others = [_size(i.mention) for i in (*match.all_a, *match.all_b) if i is not x and i is not y]
    # A score holds both its numbers.
    others += [
        ("", v)
        for i in (*match.all_a, *match.all_b)
        for v in i.mention.range or ()
        if i not in (x, y)
    ]
    third = {value for unit, value in others if unit == unit_a == unit_b and value}
    return bool({size_a + size_b, abs(size_a - size_b)} & third)


_RECKONING = 2
_RECKONED = re.compile(
    r"\b(?:Korean|East\sAsian|Chinese|Japanese|international|lunar|traditional|nominal|full)\s"
    r"(?:ages?|reckoning|count|counting|years\sof\sage)\b"
)
"""By how many years ways of reckoning ages differ, and that a text says which one it goes by."""
_OF_EVERY = re.compile(r"\b(?:of|for|in|out\sof)\s(?:every|each)\s$", re.IGNORECASE)


_BESIDES = re.compile(
    r"\s?\b(?:previous|earlier|preceding|prior|past|last|more|others?|further|additional|fellow)\b",
    re.IGNORECASE,
)


_BESIDES_AHEAD = re.compile(r"\b(?:others?|another|further|additional)\s$", re.IGNORECASE)


_REST = re.compile(r"\b(?:rest|remainder|remaining|others?)\b", re.IGNORECASE)


_TURNS = re.compile(r"\b(?:turn(?:s|ing|ed)?|(?:will|would|to) be(?:come)?|reach(?:es)?)\s$", re.I)
_A_PART = re.compile(r"^\s(?:of|what|the)\b")
_AS_MUCH = re.compile(r"^\s(?:as\s(?:much|many|large|big|high|long)|what|that|the)\b")
_AND_ONE = re.compile(
    r"^(?:\s\w+){0,2}?\sand\s(?:a|an|one)\s(?:wom[ae]n|man|girl|boy|child|teenager|baby|more)\b"
)
_ONE_OUT = re.compile(
    r"\b(?:(?:just|only|but|save|except|less|minus)\sone|and\sone\smore|the\sonly\sone"
    r"|a\ssingle\sone)\b",
    re.IGNORECASE,
)
_WITH_KIN = re.compile(
    r"\b(?:wife|husband|partner|spouse|mother|father|brother|sister|son|daughter|driver|pilot"
    r"|captain|himself|herself|him|her|me),?\sand\s(?:(?:his|her|their|the)\s)?$",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r"\b(?:not|no|never|none|n't|without|empty|vacant|absent|missing|lack\w*|fail\w*|lost|gone|un\w{4,}"
    r"|cut\soff|deprived|spared|exempt\w*)\b",
    re.IGNORECASE,
)


def _lacks(item: _Item) -> bool:
    return bool(_LACKING.search(item.sentence.text))


def _votes(few: _Item, all_: _Item) -> bool:
    """Whether one number is a side of a vote of which the other is all: "7 to 2", "of nine"."""
    if few.mention.kind is not Kind.COUNT or all_.mention.kind is not Kind.COUNT:
        return False
    m = re.search(r"(\d+)\s?(?:to|-|–|:|against)\s?$", few.before(12))
    return m is not None and int(m[1]) + few.mention.value == all_.mention.value


def _size(q: Quantity) -> tuple[str, Fraction]:
    """Unit and value; measures in the first unit of their dimension."""
    if q.kind is Kind.MEASURE:
        dimension, factor = measures()[q.unit]
        return dimension, q.value * factor
    return q.unit, q.value


def _said_again(item: _Item, match: _Match, other: int) -> bool:
    """Whether the other side has this number too, taken by an equal one: it may be a repetition."""
    return any(
        pair[other].mention.value == item.mention.value
        and pair[other].mention.unit == item.mention.unit
        for pair in match.pairs
    )


def _elliptic(x: _Item, y: _Item) -> bool:
    """“five million … seven” for “seven million”: the scale is left out, as it has been said."""
    q = x.mention
    scale = abs(_slip(q, y.mention))
    if scale < 3 or abs(q.value) >= 1000 or q.kind is not Kind.COUNT:
        return False
    return any(
        Fraction(10**scale) * q.value <= n.value * 1000 and n.value >= 10**3
        for n in find_numerals(x.sentence.text)
    )


def _conflict(ctx: Context, x: _Item, y: _Item, value: float) -> Draft:
    a, b = x.mention, y.mention
    power = _slip(a, b)
    side = _supported(ctx, x, y)
    if power:
        smaller, words = (x, "smaller") if power > 0 else (y, "smaller")
        severity: Severity = (
            "critical" if Kind.MONEY in (a.kind, b.kind) or _casualties(x, y) else "major"
        )
        return _draft(
            x, y, severity, min(0.97, 0.75 + value / 8),
            f"The same digits, {_times(abs(power))}: {_said(smaller)} is {_times_word(abs(power))} "
            f"{words} than {_said(y if smaller is x else x)}. A slip of scale is typical where the "
            f"source counts in other units{_scale_hint(abs(power))}.",
            side,
        )  # fmt: skip
    confidence = min(0.95, 0.55 + value / 4)
    if a.kind is b.kind is Kind.AGE and (a.range or b.range):
        return _draft(
            x, y, "major", confidence, f"The ages differ: {_said(x)} against {_said(y)}.", side
        )
    if Kind.AGE in (a.kind, b.kind) and abs(a.value - b.value) <= 2:
        return _draft(
            x, y, "minor", confidence,
            f"The ages differ, {_number(a)} against {_number(b)}: it may be a way of counting "
            "(East Asian reckoning adds a year or two), or an error.",
        )  # fmt: skip
    unit = _unit_taken_for(a, b)
    if unit:
        less, more = sorted((x, y), key=lambda item: abs(item.mention.value))
        return _draft(
            x, y, "major", confidence,
            f"{_said(less)} and {_said(more)}: so many {unit} make the larger figure, so that one "
            "text may have taken one unit for another.", side,
        )  # fmt: skip
    small, large = sorted((abs(a.value), abs(b.value)))
    slight = small > 0 and (large - small) / large <= Fraction(2, 100) and _digits(a.value) >= 3
    severity = "critical" if _casualties(x, y) and large >= 2 * small else "major"
    what = {
        Kind.ORDINAL: "The rank or order differs",
        Kind.SCORE: "The result differs",
        Kind.PERCENT: "The percentage differs",
        Kind.MONEY: "The sum differs",
        Kind.LABEL: "The number of the name differs",
    }.get(a.kind, "The number differs")
    return _draft(
        x, y, "minor" if slight else severity, confidence,
        f"{what}: {_said(x)} against {_said(y)}.", side,
    )  # fmt: skip


def _times(power: int) -> str:
    return f"a factor of 10^{power} apart" if power > 3 else f"{10**power:,} times apart"


def _times_word(power: int) -> str:
    return {1: "ten times", 2: "a hundred times", 3: "a thousand times"}.get(
        power, f"{10**power:,} times"
    )


def _scale_hint(power: int) -> str:
    if power in (1, 2, 4, 8):
        return " (万/만 is 10,000 and 亿/億/억 100 million)"
    if power in (3, 6, 9):
        return " (a Milliarde or mil millones is a billion, a European Billion a trillion)"
    return ""


def _number(q: Quantity) -> str:
    return _plain(q.value) or str(q.value)


def _said(item: _Item) -> str:
    start, end = item.mention.span
    words = item.sentence.text[start - item.sentence.start : end - item.sentence.start]
    noun = item.mention.noun
    if item.mention.range is not None and item.mention.kind not in (Kind.SCORE, Kind.AGE):
        number = item.mention.number
        part = item.sentence.text[
            number.start - item.sentence.start : number.end - item.sentence.start
        ]
        return f"“{part}” of “{words}”"
    rest = item.sentence.text[end - item.sentence.start :]
    if noun and rest.lower().lstrip(" -").startswith(noun):
        words += rest[: len(rest) - len(rest.lstrip(" -")) + len(noun)]
    return f"“{words}”"


def _casualties(x: _Item, y: _Item) -> bool:
    hurt = {stem(word) for word in casualties()}
    return bool(hurt & x.slot.near) and bool(hurt & y.slot.near)


def _supported(ctx: Context, x: _Item, y: _Item) -> LikelySide:
    """The side that is probably wrong, from evidence inside the texts.

    A text that has the other text's number elsewhere contradicts itself; so does one in which a
    total has risen by more than itself. A number that fits the others of its sentence (three times
    6,000 are the 18,000) or a conversion in brackets is supported by them.
    """
    a_repeats_b = _elsewhere(ctx.a, x, y)
    b_repeats_a = _elsewhere(ctx.b, y, x)
    if a_repeats_b != b_repeats_a:
        return "a" if a_repeats_b else "b"
    a_adds, b_adds = reckons(ctx.a, x), reckons(ctx.b, y)
    if a_adds != b_adds:
        return "b" if a_adds else "a"
    a_odd, b_odd = _rises_beyond(ctx.a, x), _rises_beyond(ctx.b, y)
    if a_odd != b_odd:
        return "a" if a_odd else "b"
    a_fits, b_fits = _conversion_fits(ctx.a, x), _conversion_fits(ctx.b, y)
    if a_fits is True and b_fits is not True:
        return "b"
    if b_fits is True and a_fits is not True:
        return "a"
    if a_fits is False and b_fits is None:
        return "a"
    if b_fits is False and a_fits is None:
        return "b"
    return "unknown"


def _elsewhere(text: Annotated, mine: _Item, other: _Item) -> bool:
    """Whether the text that says ``mine`` here says the other's number somewhere else."""
    if other.mention.kind in (Kind.COUNT, Kind.ORDINAL) and other.mention.value < 20:
        return False
    return any(
        q.value == other.mention.value
        and q.unit == other.mention.unit
        and q.kind is other.mention.kind
        and (q.kind is not Kind.COUNT or stem(q.noun) == stem(other.mention.noun))
        for sentence, quantities in zip(text.document, text.quantities, strict=True)
        if sentence.index != mine.sentence.index
        for q in quantities
    )


_RISE = re.compile(
    r"\b(?:rose|risen|climb\w*|grew|grown|increas\w*|swell\w*|swollen|jump\w*)\b", re.I
)


def _rises_beyond(text: Annotated, item: _Item) -> bool:
    """Whether the sentence has the number as the end of a rise by more than it."""
    if not _RISE.search(item.sentence.text):
        return False
    roles: dict[str, list[_Item]] = {"by": [], "to": []}
    for other in items(text, [item.sentence], text.quantities):
        if role(other) in roles and other.mention.kind in (Kind.MONEY, Kind.COUNT):
            roles[role(other)].append(other)
    ends = any(end.mention.span == item.mention.span for end in roles["to"])
    return ends and any(change.mention.value > 2 * item.mention.value for change in roles["by"])


def _conversion_fits(text: Annotated, item: _Item) -> bool | None:
    """Whether a sum in another currency right behind, in brackets, is of the right size."""
    q = item.mention
    if q.kind is not Kind.MONEY:
        return None
    for other in text.quantities[item.sentence.index]:
        between = text.text[q.span.end : other.span.start]
        if (
            other.kind is Kind.MONEY
            and other.unit != q.unit
            and between.strip() in ("(", "[", ", or")
        ):
            here, there = worth().get(q.unit), worth().get(other.unit)
            if not here or not there or not other.value:
                return None
            ratio = (q.value * here) / (other.value * there)
            return Fraction(1, 3) < ratio < 3
    return None


def _draft(
    x: _Item, y: _Item, severity: Severity, confidence: float, message: str,
    side: LikelySide = "unknown",
) -> Draft:  # fmt: skip
    return Draft(
        a=x.mention.span,
        b=y.mention.span,
        message=message,
        severity=severity,
        confidence=round(confidence, 2),
        likely_side=side,
        anchor=f"{_number(x.mention)} {x.mention.unit} | {_number(y.mention)} {y.mention.unit}",
    )


CHECK = Check(
    id="number",
    summary="Amounts, counts, percentages, ranks and limits that differ.",
    category="accuracy/mistranslation/number",
    find=find,
    flags=(
        Example(
            "The hospital said 78 of its 104 residents, or 85 percent, had joined the strike.",
            "The hospital said 78 of 104 residents had left.",
        ),
        Example(
            "Of the 120,000 women, 70,000 received the vaccine and the remaining 40,000 did not.",
            "Of the 120,000 women, 70,000 received the vaccine.",
        ),
        Example(
            "Police said 18,000 people marched; the organizers claimed 60,000.",
            "There were 18,000 according to the organizers and 60,000 according to the police.",
        ),
        Example(
            "The ward treats some 24,000 patients a year, or about 165 a day.",
            "The ward treats some 24,000 patients a year.",
        ),
        Example(
            "The shares fell from 12.40 dollars to 1.24 dollars, a loss of 80 percent.",
            "The shares fell from 12.40 dollars to 1.24 dollars.",
        ),
        Example(
            "The walkout has closed a third of the country's primary schools.",
            "Because of the walkout three primary schools in the country are closed.",
        ),
        Example(
            "Net profit reached 18.4 billion yen, against 8.1 billion yen a year earlier.",
            "Net profit was 1.84 billion yen, 2.3 times the figure of the year before.",
        ),
        Example(
            "Reserves have shrunk to $62 billion from $81 billion.",
            "The reserves declined to 81 billion dollars after they were 62 billion dollars.",
        ),
        Example(
            "Of the 31 blocks, 19 have been sold, and the remaining 14 are still to be sold.",
            "Among the 31 buildings 19 were sold, and for 12 the procedure is in progress.",
        ),
        Example(
            "The insurer will cover half of that sum, or 451,000 euros.",
            "The cleaning costs 0.83 million euros, of which the insurance pays 415,000 euros.",
        ),
        Example(
            "About 2,000 people have died, and some 48,000 have fled.",
            "The battles left about a thousand dead and displaced close to fifty thousand.",
        ),
        Example(
            "Shares in Hakuyo lost 30 percent on Friday.",
            "On Friday the share price of Hakuyo decreased to 30% of the day before.",
        ),
        Example("A dozen or so laborers were heard.", "Dozens of workers were heard."),
        Example(
            "It employs 640 people, 210 of them seasonal workers.",
            "It employs 640 people, to whom are added 210 seasonal workers.",
        ),
        Example(
            "The judgment was passed by nine votes to six.", "The judgment was passed unanimously."
        ),
        Example(
            "The town must pay them 20,000 liras jointly.",
            "The town must pay 20,000 liras to each of them.",
        ),
        Example(
            "Methane levels were double the limit.",
            "The content of methane had exceeded the limit twice.",
        ),
        Example(
            "Trains had been slowed to 20 kilometers an hour.",
            "The trains were throttled by 20 km/h.",
        ),
        Example(
            "He will return 30 percent of his pay for three months.",
            "He returns 3% of his pay for three months.",
        ),
        Example(
            "The river stood 1.82 meters above the warning level.",
            "The river rose over the warning level of 1.82 meters.",
        ),
        Example(
            "The fund sold the tower for 30 percent less.",
            "The fund sold the tower at a 70% discount.",
        ),
        Example("Half of the total has been traced.", "A quarter of the whole has been traced."),
        Example(
            "The party is four short of the 66 seats it needs.",
            "The party is five fewer than the 66 necessary seats.",
        ),
        Example(
            "It concerns chips of 28 nanometers or smaller.",
            "It concerns chips of 28 nanometers or more.",
        ),
        Example("The firm had a dozen or so complaints.", "The firm had dozens of complaints."),
        Example(
            "The cannon weighs about 330 kilograms.", "The cannon has a weight of about 20 pounds."
        ),
        Example(
            "Admissions fell to 9,800 last year from 8,600.",
            "Admissions fell to 8,600 last year from 9,800.",
        ),
        Example("It fell to minus 12 degrees.", "It rose to 12 degrees."),
        Example(
            "One family in six now buys its meat in discount stores.",
            "About 60 percent of families now buy meat at discounters.",
        ),
        Example("Pay came to sixty-odd thousand roubles.", "Pay came to 600,000 roubles."),
        Example("It weighs a tonne and a half.", "It weighs 150 kilos."),
        Example("It shrank from 120 hectares to 94.", "It shrank from 120 to 84 hectares."),
        Example("Just over 700 homes had no heat.", "Not quite 700 homes had no heat."),
        Example(
            "The union represents 62 of the hospital's 48 nurses.",
            "In the union are 48 of the 62 nurses of the hospital.",
        ),
        Example(
            "It would pay each family 2 million rubles.",
            "The families will be paid a total of 2 million rubles.",
        ),
        Example(
            "There are 16 patients for each nurse.",
            "There are 16 nurses per patient.",
        ),
        Example(
            "The 66,000-square-meter park opened in May.",
            "The park was built on a site of 20,000 square meters and opened in May.",
        ),
        Example(
            "It is not possible to keep all of the 41 workers.",
            "None of the 41 workers can be kept.",
        ),
        Example(
            "Compared with the first quarter, sales fell 5 percent.",
            "Sales fell by 5% compared with the same quarter of last year.",
        ),
        Example("The lakes hold 98 cubic hectometers.", "The lakes hold 98 cubic meters."),
        Example(
            "The state pays if less than half of the capacity is used.",
            "The state pays if over 50 percent of the capacity is used.",
        ),
        Example(
            "The city set aside ₩480 billion for the bridge.",
            "The city earmarked 48 billion won for the bridge.",
        ),
        Example(
            "Some 14,000 farms have applied for the aid.",
            "Approximately 140,000 farms applied for the aid.",
        ),
        Example(
            "The mill earned 2.1 billion euros last year.",
            "The mill had earnings of 2.1 million euros last year.",
        ),
        Example(
            "Each household can claim up to 300 dollars.",
            "Each household can claim more than 300 dollars.",
        ),
        Example("The index fell three points.", "The index fell 3 percent."),
        Example(
            "Twelve people were arrested in the port.", "Two people were arrested in the port."
        ),
        Example("Ms. Ortega, who was 71, had been ill.", "Ortega, aged 72, had been ill."),
        Example("The fine was 4,000 euros.", "The fine was 4,000 dollars."),
        Example("The tunnel is 12 kilometers long.", "The tunnel is 12 miles long."),
        Example("It was her third title in Lyon.", "It was her fourth title in Lyon."),
        Example("The home side won 3-1.", "The home side won 3-2."),
        Example("Prices have tripled since May.", "Prices have doubled three times since May."),
        Example(
            "Just under half of the loss came from the mine.",
            "A good half of the loss came from the mine.",
        ),
        Example(
            "Debt rose by 1.9 billion pesos to 11.6 billion from 10.7 billion.",
            "Debt climbed by 900 million to 11.6 billion pesos.",
        ),
        Example(
            "Turnout was 34 percent of voters.",
            "The turnout of voters came to 43 percent.",
        ),
        Example("The number of the dead rose by nine.", "The number of the dead rose to nine."),
        Example(
            "It is the country's third-largest bank.",
            "It is a bank three times larger in the country.",
        ),
        Example("It was the second of five hearings.", "It was the fifth hearing."),
        Example(
            "Four of the rowers are still in their teens.",
            "Among the rowers there are four 10-year-olds.",
        ),
        Example("The mill makes 300 bicycles a day.", "The mill makes 300 bicycles a month."),
        Example(
            "Sales were 58 percent higher than a year earlier.",
            "Sales increased by 58% month-on-month.",
        ),
        Example(
            "All but two of the sailors have left the hospital.",
            "Two of the sailors have left the hospital.",
        ),
        Example("The kilo costs 5 million rials.", "The kilo costs 5 million tomans."),
        Example("The rate rose by 50 basis points.", "The rate rose by 50 percentage points."),
        Example(
            "It exported 7.345 million tons of grain.", "It exported 7345 million tons of grain."
        ),
        Example("Each tablet has 25 milligrams.", "Each tablet has 25 grams."),
        Example("Cases more than doubled in May.", "Cases almost doubled in May."),
        Example(
            "It cut the export quota for the spring of this year to 3.8 million tons.",
            "It cut the export quota for the spring of this year by 3.8 million tons.",
        ),
        Example(
            "It is the second-longest bridge of the country.",
            "It is the longest bridge of the country.",
        ),
        Example("Several thousand people fled.", "Several people fled."),
        Example("Tens of thousands of fans came.", "Ten thousand fans came."),
        Example("Four of the five suspects left.", "Five of the four suspects left."),
        Example("The motion passed by 31 to 24.", "The motion passed by 24 to 31."),
        Example("Nearly all members voted for it.", "Hardly any members voted for it."),
        Example(
            (
                "The fleet cost ¥64.3 billion ($445 million).",
                "The ministry wants ¥5.6 trillion ($3.9 billion).",
            ),
            ("The fleet cost 64.3 billion yen.", "The ministry wants 5.6 trillion yen."),
        ),
        Example("The wall is 30 kilometers (48 miles) long.", "The wall is 30 km long."),
        Example(
            "The loss narrowed to 214 million yuan from 389 million.",
            "The loss widened to 214 million yuan from 389 million.",
        ),
        Example(
            "The loss was 3.1 million euros, less than the 4.4 million it lost in May.",
            "The loss was 3.1 million euros, expanded from 4.4 million in May.",
        ),
        Example(
            "The motion was voted down, with nine in favor and 14 against.",
            "The motion was passed with 9 in favor and 14 against.",
        ),
        Example(
            "None of the doctors joined the strike.", "Not all of the doctors joined the strike."
        ),
        Example("Most of the houses were destroyed.", "All of the houses were destroyed."),
        Example(
            "Riders are to be paid no less than the minimum wage.",
            "The pay of riders should be lower than the minimum wage.",
        ),
        Example(
            "The dose must not be higher than the limit.",
            "The dose must be higher than the limit.",
        ),
        Example(
            "Riders must be paid no less than the minimum wage.",
            "Riders must be paid less than the minimum wage.",
        ),
        Example(
            "Rents may be no higher than the local average.",
            "Rents must be higher than the local average.",
        ),
        Example("There were 12 women and 31 men aboard.", "There were 31 women and 12 men aboard."),
        Example(
            "Exports rose 4 percent and imports fell 7 percent.",
            "Exports rose 7 percent and imports fell 4 percent.",
        ),
        Example("Winds of 45 knots were measured.", "Winds of 45 nodes were measured."),
        Example("The plan costs 10 trillion won.", "The plan costs about $80 billion."),
    ),
    passes=(
        Example(
            "A total of 140 millimetres of rain fell.",
            "A total of 140 litres per square metre of rain fell.",
        ),
        Example(
            "The network recorded 214 aftershocks by noon.",
            "By noon, aftershocks were recorded more than 200 times.",
        ),
        Example(
            "A 3-year-old boy was turned away.",
            "A boy, 4 years old by Korean age, was turned away.",
        ),
        Example(
            "The organizers spoke of 60,000 people, the police of 18,000.",
            "There were 18,000 according to the police and 60,000 according to the organizers.",
        ),
        Example(
            "It led to the cancellation of 34 trains and the diversion of 19 others.",
            "More than fifty trains were cancelled or sent by another route.",
        ),
        Example("The school has some 940 pupils.", "The school has barely 950 students."),
        Example(
            "It employs 640 people, 210 of them for the summer.",
            "It employs 640 people, including 210 for the summer.",
        ),
        Example(
            "The judgment was passed by nine votes to none.", "The judgment was passed unanimously."
        ),
        Example(
            "Methane levels were double the limit.", "The content of methane was twice the norm."
        ),
        Example(
            "He will return 30 percent for three months.",
            "For three months he returns three tenths.",
        ),
        Example("It cost 40 billion pounds.", "It cost 40 billion lira."),
        Example(
            "The cells were sold at 20 percent below the list price.",
            "The cells were sold for 80 percent of the list price.",
        ),
        Example("Fewer than 40 of her paintings survive.", "Only 38 of her paintings survive."),
        Example("It fell to minus 12 degrees.", "There were 12 degrees of frost."),
        Example("The ban was halved.", "The ban was reduced by two times."),
        Example(
            "It had 5 million riyals, more than half of which was never spent.",
            "It had 5 million riyals, of which less than half was spent.",
        ),
        Example(
            "The plane had 68 people on board.",
            "The plane had nearly seventy people on board.",
        ),
        Example(
            "The island gets a quarter of what it had asked for.",
            "Four times as much as it gets stood in the island's application.",
        ),
        Example(
            "Fifty-one tapestries were in the castle when it burned.",
            "Of the 52 tapestries, just one was not in the castle when it burned.",
        ),
        Example(
            "The gang of five men and a woman goes on trial.",
            "The gang of six persons goes on trial.",
        ),
        Example(
            "The ice core is 3,270 metres long.",
            "The ice core is more than three kilometres long.",
        ),
        Example(
            "The museum received 214 almanacs.",
            "The museum received two hundred-odd almanacs.",
        ),
        Example(
            "The trawler was about 12 nautical miles off the coast.",
            "The trawler was some 12 miles off the coast.",
        ),
        Example(
            "The rate stayed at 2.75 percent.",
            "The rate stayed at two and three quarters percent.",
        ),
        Example(
            "The savings are 12 million roubles a year and go to the town.",
            "The savings are a million roubles a month and go to the town.",
        ),
        Example(
            "There are 16 patients for each nurse.",
            "There are 16 patients per nurse.",
        ),
        Example("Output rose 18 percent.", "Output was almost a fifth higher."),
        Example(
            "It cuts the wait from seventeen to eleven minutes.",
            "The wait is eleven minutes, six fewer than before.",
        ),
        Example("The work is 85 percent complete.", "All but 15 percent of the work is done."),
        Example("Six victims in ten were old.", "Of the victims, 60 percent were old."),
        Example("It is for homes with fewer than four people.", "Homes of up to three get it."),
        Example("Some 3,400 pigs died.", "About three and a half thousand pigs died."),
        Example("Profit fell 31 percent.", "Profit fell by 31.2%."),
        Example("It drew fewer than 300 visitors a day.", "It had 280 visitors a day."),
        Example("It was minus 41 degrees Celsius in Chita.", "Chita sat in a 40-degree frost."),
        Example(
            "Prosecutors are investigating him and two colleagues.",
            "Prosecutors are investigating three employees.",
        ),
        Example(
            "The batteries last no more than four hours.",
            "The batteries are not enough for more than four hours.",
        ),
        Example(
            "The wine had seldom cost him more than eight euros.",
            "The wine as a rule was to be had for less than eight euros.",
        ),
        Example(
            "It cost 62 million pounds, a third of which came from abroad.",
            "Of the 62 million pounds the state bore two thirds, the remainder was foreign grants.",
        ),
        Example(
            "The 13th storm of the season came ashore with winds of 126 kilometers per hour.",
            "The storm came ashore with winds of 35 meters per second.",
        ),
        Example(
            "The allotment was cut from 200 to 160 liters a day.",
            "The allotment was reduced to 160 liters a day, 40 less than until now.",
        ),
        Example(
            "It cost 8.4 million dinars ($3 million), two-thirds of it paid by the state.",
            "It cost 8.4 million dinars, of which the state bore 5.6 million.",
        ),
        Example(
            "Three of its managers, among them Lu Shaobin, were held.",
            "Project manager Lu Shaobin and other two managers were held.",
        ),
        Example(
            "Some 6,000 people a day used the crossing.",
            "The crossing was used by about forty-two thousand persons weekly.",
        ),
        Example(
            "A committee of six doctors, three from each country, is to meet.",
            "Each of the two countries is represented in the committee by three doctors.",
        ),
        Example(
            "Each passenger is to receive 10,000 yen.",
            "The company will pay the passengers a total of 3.1 million yen.",
        ),
        Example(
            "She beat the mayor by more than 14,000 votes.",
            "She got 161,874 votes, and the mayor had to be content with 147,638.",
        ),
        Example(
            "The hall, which had 212,000 visitors, would gain 50,000 people a year.",
            "It would bring 50,000 visitors annually to the hall, which had 212,000 last year.",
        ),
        Example("It is kept at minus 90 degrees Celsius.", "It works at 183 Kelvin."),
        Example("It was the fourth launch from here.", "The launch was not done the first time."),
        Example("It is above 86 degrees Fahrenheit.", "It is above 30 degrees."),
        Example("The bishop, who turns 70 in March, left.", "The 69-year-old bishop left."),
        Example("The vote was 7 to 2 against him.", "Seven judges of nine voted against him."),
        Example("Only three of the ten houses are inhabited.", "Seven of ten houses are empty."),
        Example("His wife and two children are well.", "The three others of his family are well."),
        Example("It had 212,000 visitors.", "It had more than two hundred thousand visitors."),
        Example("It will hang in Room 12.", "It is 2.1 by 1.4 meters."),
        Example(
            "Sales fell to a third of last year's.", "Sales fell by two thirds from last year."
        ),
        Example("It expects between 2 and 2.5 percent.", "It expects about 2.25 percent."),
        Example(
            "The train was doing 88 km/h, 18 km/h above the limit.",
            "The train was doing 88 km/h, against a limit of 70 km/h.",
        ),
        Example("He and three others were held.", "Four people were held."),
        Example(
            "Two thirds of the pesos came from the state.",
            "Of every three pesos, two came from the state.",
        ),
        Example("Nearly all members voted for it.", "Hardly any members voted against it."),
        Example(
            "The budget is ¥3.2 trillion.",
            "The budget comes to 3 trillion 200 billion yen.",
        ),
        Example("It costs 85,000 million yen.", "It costs ¥85 billion."),
        Example("Sales dropped by nearly a tenth.", "Sales dropped by 9.8%."),
        Example("Debt exceeds twice annual output.", "Debt is already over 200% of output."),
        Example(
            "They have 11 points from 24 games.", "They have eleven points in two dozen games."
        ),
        Example("About 18,400 people came.", "Around 18,400 spectators came."),
        Example("The road is 640 kilometers long.", "The road runs for 400 miles."),
        Example("The farm has 3,500 hectares.", "The farm covers 35 square kilometers."),
        Example("It was 30 degrees Celsius.", "Temperatures reached 86 degrees Fahrenheit."),
        Example("One of the two men fled.", "Both men were seen; one got away."),
        Example("Exports rose 3.2 percent.", "Exports rose 3,2 percent."),
        Example("Dozens of shops closed.", "Some 40 shops closed."),
        Example("A third of the crew left.", "33 percent of the crew left."),
        Example("The club was founded in 1998.", "The club has been there since 1998."),
        Example("The dead are 43 men and 27 women.", "The dead are 70 people."),
        Example("Three villages were flooded.", "Several villages were flooded."),
        Example(
            ("It cost 5 million euros.", "The mayor paid 300 euros."),
            ("The mayor paid 300 euros.", "It cost 5 million euros."),
        ),
        Example("Net profit was 1.75 billion euros.", "Net profit was about 1.8 billion euros."),
        Example("The vote was 120 to 31.", "The vote was 120-31."),
        Example(
            "The rate rose by half a point to 3 percent.",
            "The rate was raised by 0.5 points to 3%.",
        ),
        Example("The number of cases fell to 1,000.", "The number of cases fell below 1,000."),
        Example("A driver, 34, was arrested.", "A driver in his thirties was arrested."),
        Example(
            "The mill makes 300 bicycles a day.", "The mill has a daily output of 300 bicycles."
        ),
        Example(
            "Sales rose 58 percent from a year earlier.",
            "Sales rose 58 percent against the same period last year.",
        ),
        Example(
            "All but one of the members voted for it.", "Only one of the members voted against it."
        ),
        Example("The dollar stands at 298,000 rials.", "The dollar stands at 29,800 tomans."),
        Example(
            "Patients wait 52 days here, four times as long as in Lyon.",
            "Patients wait 52 days here against 13 in Lyon.",
        ),
        Example("He got 11 thousand 406 votes.", "He got 11,406 votes."),
        Example("Output was halved.", "Output fell by 50 percent."),
        Example("The shelter has 60 square meters.", "The shelter has about 18 pyeong."),
        Example("The plot is half a feddan.", "The plot has 2,100 square meters."),
        Example(
            "The mill cost 4.2 billion yuan ($590 million).", "The mill cost 4.2 billion yuan."
        ),
        Example(
            "A trip earns him 46,000 rupees (3.8 euros).",
            "Each trip earns him 46,000 rupees (3.8 euros).",
        ),
        Example(
            "The bill was rejected by 120 votes to 95, short of two thirds.",
            "The bill failed with 120 votes for and 95 against.",
        ),
        Example(
            "The yen rose to 108 to the dollar from 110.",
            "The yen climbed from 110 to 108 to the dollar.",
        ),
        Example("Most of the houses were destroyed.", "A majority of the homes were destroyed."),
        Example("Everyone was rescued.", "Nobody was left behind."),
        Example("Many of the villagers returned.", "Most of the villagers returned."),
        Example(
            "Rents may be no higher than the local average.",
            "Rents must not exceed the local average.",
        ),
        Example("There were 31 men and 12 women aboard.", "There were 12 women and 31 men aboard."),
        Example("The plan costs 10 trillion won.", "The plan costs about $8 billion."),
        Example("They harvested 200,000 pounds of tea.", "They harvested 91 tonnes of tea."),
    ),
)
