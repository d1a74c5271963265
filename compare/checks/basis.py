"""What a number is counted by: a day or a week, each or all together.

Two numbers with different bases are not held against each other as they stand: 6,000 a day are
42,000 a week, three doctors from each of two countries are six, and 10,000 yen for each passenger
says nothing against 3.1 million for all of them.
"""

from __future__ import annotations

import re
from fractions import Fraction

from compare.checks.figures import rate
from compare.checks.matching import Item, Match
from compare.dates import UNIT_DAYS
from compare.quantities import Bound, Kind, Quantity

_Item = Item[Quantity]

_EACH = re.compile(
    r"\b(?:each|every|apiece|respectively|per\s(?:person|head|capita|household|family|child|adult"
    r"|passenger|visitor|share|unit|hectare|ton|tonne|barrel|night|day)|individual(?:ly)?)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:total(?:l?ing|l?ed|s)?|altogether|in\sall|combined|overall|together|sum\sof|in\ssum"
    r"|all\stold|aggregate)\b",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters of the sentence on either side in which "each" and "in all" go with a number."""
_SLACK = Fraction(12, 100)
"""A month is four weeks or a twelfth of a year, and people round."""


def on_another_basis(x: _Item, y: _Item, match: Match[Quantity]) -> bool:
    """Whether two numbers differ only, or may differ, by what they are counted by."""
    return _rates_agree(x, y) or _each_and_all(x, y) or _multiplied(x, y, match)


def _rates_agree(x: _Item, y: _Item) -> bool:
    """6,000 a day, 42,000 weekly."""
    one, two = rate(x), rate(y)
    if not one or not two or one == two or x.mention.unit != y.mention.unit:
        return False
    daily, other = x.mention.value / UNIT_DAYS[one], y.mention.value / UNIT_DAYS[two]
    return bool(other) and 1 - _SLACK <= daily / other <= 1 + _SLACK


def _each_and_all(x: _Item, y: _Item) -> bool:
    """One is what each gets, the other what all get."""
    said = [(bool(_EACH.search(text)), bool(_ALL.search(text))) for text in map(_around, (x, y))]
    return sorted(said) == [(False, True), (True, False)]


def _around(item: _Item) -> str:
    return f"{item.before(_NEAR)} {item.after(_NEAR)}"


def _multiplied(x: _Item, y: _Item, match: Match[Quantity]) -> bool:
    """Six doctors; three from each of two countries."""
    if x.mention.kind is not Kind.COUNT or y.mention.kind is not Kind.COUNT:
        return False
    for whole, part, theirs in ((x, y, match.all_b), (y, x, match.all_a)):
        if not _EACH.search(part.sentence.text):
            continue
        times = [i.mention.value for i in theirs if i is not part and _counts(i)]
        if _counts(part) and any(n * part.mention.value == whole.mention.value for n in times):
            return True
    return False


def _counts(item: _Item) -> bool:
    """Whether it is a number of things that may be multiplied: two and more."""
    mention = item.mention
    return mention.kind is Kind.COUNT and not mention.soft and mention.value > 1


def is_conversion(item: _Item) -> bool:
    """Whether a sum says the one before it in another currency: "8 million dinars ($3 million)"."""
    if item.mention.kind is not Kind.MONEY:
        return False
    return bool(_IN_BRACKETS.search(item.before(30)))


_IN_BRACKETS = re.compile(
    r"\d[^()\[\]]{0,30}[(\[](?:(?:or|about|some|around|approximately|=)\s){0,2}$"
)


def is_margin(x: _Item, y: _Item, match: Match[Quantity]) -> bool:
    """Whether one number is the distance between two of the other text, ``y`` among them.

    "won by more than 14,000 votes"; "got 161,874 votes, her rival 147,638".
    """
    for margin, end, theirs in ((x, y, match.all_b), (y, x, match.all_a)):
        behind = margin.words[-6:] + margin.after(20)
        if not (_MARGIN.search(margin.before(40)) or MORE_OR_LESS.search(behind)):
            continue
        value, bound = margin.mention.value, margin.mention.bound
        for other in theirs:
            if other is end or other.mention.kind in (Kind.ORDINAL, Kind.SCORE, Kind.LABEL):
                continue
            apart = abs(end.mention.value - other.mention.value)
            low, high = (
                (1, Fraction(6, 5)) if bound is Bound.AT_LEAST
                else (Fraction(5, 6), 1) if bound is Bound.AT_MOST
                else (Fraction(19, 20), Fraction(21, 20))
            )  # fmt: skip
            if value and low <= apart / value <= high:
                return True
    return False


MORE_OR_LESS = re.compile(
    r"\b(?:less|more|fewer|higher|lower|above|below|short|shy)\b", re.IGNORECASE
)
_MARGIN = re.compile(
    r"\b(?:by|margin\sof|lead\sof|majority\sof|difference\sof|gap\sof|ahead\sby)\s(?:[\w]+\s){0,2}$",
    re.IGNORECASE,
)
