"""Numbers as written, in digits or in words, with their exact value.

The ground under :mod:`compare.dates` and :mod:`compare.quantities`: it reads "85,000 million",
"3 trillion 200 billion", "two and a half million", "12 500", "3,2" and "twenty-first", and says
nothing about what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from compare.letters import lower

KEPT = 1024
"""Sentences whose reading is kept: several checks ask for that of the same ones."""


def words(text: str) -> frozenset[str]:
    """The words of a string as a set: the form in which this package writes its word lists."""
    return frozenset(text.split())


def _numbered(text: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * k for k, word in enumerate(text.split())}


ONES = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    0,
)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40}
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "dozen": 12,
}
SHORT_SCALES = {
    "k": 10**3,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
MONEY_SCALES = {"m": 10**6, "b": 10**9, "t": 10**12}
"""Only after a sum of money: elsewhere ``m`` is a metre and ``t`` a tonne."""

PLURAL_SCALES = {
    "handful": 5,
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 10**2,
    "thousands": 10**3,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
_ORDINAL_STEMS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1
) | {"eigth": 8}
ORDINALS = (
    _ORDINAL_STEMS
    | {f"{word}th": value for word, value in ONES.items() if value >= 13}
    | {word[:-1] + "ieth": value for word, value in TENS.items()}
)
_ORDINAL_SCALES = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
_DENOMINATORS = {word: value for word, value in ORDINALS.items() if value > 2} | {
    "half": 2,
    "quarter": 4,
    "hundredth": 100,
    "thousandth": 1000,
}
_PLURAL_DENOMINATORS = {word + "s": value for word, value in _DENOMINATORS.items()} | {"halves": 2}
_VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}
_SETS = {
    "both": 2,
    "pair": 2,
    "couple": 2,
    "duo": 2,
    "twin": 2,
    "twins": 2,
    "neither": 2,
    "trio": 3,
    "triplets": 3,
    "quartet": 4,
    "quintet": 5,
    "single": 1,
    "sole": 1,
    "once": 1,
}
_VAGUE_HEADS = frozenset({"several", "few", "many", "some"})
_TOKEN = re.compile(
    r"(?P<num>\d+(?:[.,]\d+)*)|(?P<vulgar>[" + "".join(_VULGAR) + r"])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sym>[^\s\w]|_)"
)
_ORDINAL_SUFFIX = frozenset({"st", "nd", "rd", "th"})
# After "a third" these show that a share is meant, not a further thing of a kind.
_AFTER_SHARE = words(
    "of in to from as more less lower higher compared since on by for after and but while or "
    "during with at last this over than"
)
_NOT_COUNTED = words(
    "of can could must should would will may might shall has had is was are were be does did do "
    "who that which what where when why how and or but nor to in on at by for from with as if "
    "another other by more might need needs else thing side hand day way step you he she they i "
    "we it such never always also not wants"
)
_BEFORE_PRONOUN_ONE = words("no any every some each this that the which another such only not a an")


_MOST_DIGITS = 30
"""A longer run of digits is a serial number or noise."""
_LARGEST = 10**18
"""Scale words are not multiplied beyond it."""


class Token(NamedTuple):
    """A word, number or mark; ``text`` is in lower case."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text."""

    start: int
    end: int
    value: Fraction
    other: Fraction | None = None
    """The second reading of an ambiguous separator: ``272.000`` is 272 or 272000."""
    ordinal: bool = False
    share: bool = False
    """A fraction of something: "a third of", "half"."""
    written: bool = False
    """In words."""
    vague: bool = False
    """An order of magnitude only: "dozens", "several hundred"."""
    soft: bool = False
    """May be no number at all ("one", "both"): good for a match, never for a conflict."""
    first: int = 0
    """Index of its first token."""
    last: int = 0
    """Index of the token after it."""


@lru_cache(KEPT)
def tokenize(text: str) -> tuple[Token, ...]:
    """Words, numbers and marks of a text, in order.

    >>> [t.text for t in tokenize("Up to ¥3,200bn.")]
    ['up', 'to', '¥', '3,200', 'bn', '.']
    """
    return tuple(
        Token(m.start(), m.end(), m.lastgroup or "sym", lower(m.group()))
        for m in _TOKEN.finditer(text)
    )


def read_digits(digits: str) -> tuple[Fraction, Fraction | None]:
    """The value of a run of digits with separators, and its second reading where there is one.

    >>> read_digits("85,000"), read_digits("3,2"), read_digits("1.234.567")
    ((Fraction(85000, 1), None), (Fraction(16, 5), None), (Fraction(1234567, 1), None))
    >>> read_digits("272.000")
    (Fraction(272, 1), Fraction(272000, 1))
    """
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return Fraction(digits), None
    parts = re.split("[.,]", digits)
    last = marks[-1]
    if len(marks) == 1:
        whole, tail = parts
        thousands = len(tail) == 3 and len(whole) <= 3 and not whole.startswith("0")
        if last == "," and thousands:
            return Fraction(whole + tail), None
        decimal = Fraction(f"{whole}.{tail}")
        return decimal, Fraction(whole + tail) if thousands else None
    if len(set(marks)) == 1:
        # 1,234,567, 5,00,000 and 1.234.567
        return Fraction("".join(parts)), None
    return Fraction("".join(parts[:-1]) + "." + parts[-1]), None


_TOPS = {"a": 1, "one": 1, "three": 3}
"""Of quarters behind “and”."""


class _Reader:
    """Recursive descent over the tokens; every method returns (value, next index) or None."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def joined(self, i: int) -> bool:
        """Whether token ``i`` follows the one before without a space."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def skip_hyphen(self, i: int) -> int:
        if self.text(i) in ("-", "‐", "‑") and self.joined(i) and self.joined(i + 1):
            return i + 1
        return i

    def below_hundred(self, i: int) -> tuple[int, int] | None:
        word = self.text(i)
        if word in ONES:
            return ONES[word], i + 1
        if word in TENS:
            j = self.skip_hyphen(i + 1)
            ones = ONES.get(self.text(j), 0)
            if 1 <= ones <= 9:
                return TENS[word] + ones, j + 1
            return TENS[word], i + 1
        return None

    def words(self, i: int) -> tuple[Fraction, int] | None:
        """``two hundred and six``, without larger scales."""
        read = self.below_hundred(i)
        if read is None:
            start = i + 1 if self.text(i) == "a" else i
            joined = self.text(start) == "hundred" and self.text(start + 1) == "and"
            if not joined or self.below_hundred(start + 2) is None:
                return None
            read = 1, start  # "some hundred and eighty"
        value, j = read
        k = self.skip_hyphen(j)
        if self.text(k) == "hundred" and value < 100:
            value, j = value * 100, k + 1
            k = j + 1 if self.text(j) == "and" else j
            rest = self.below_hundred(k)
            if rest and self.text(rest[1]) not in _PLURAL_DENOMINATORS:
                value, j = value + rest[0], rest[1]
        if self.text(j) == "point" and ONES.get(self.text(j + 1), 10) < 10:
            decimals = ""  # "two point four"
            j += 1
            while ONES.get(self.text(j), 10) < 10:
                decimals += str(ONES[self.text(j)])
                j += 1
            return Fraction(f"{value}.{decimals}"), j
        return Fraction(value), j

    def digits(self, i: int) -> tuple[Fraction, Fraction | None, int] | None:
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "vulgar":
            return _VULGAR[token.text], None, i + 1
        if token.kind != "num" or len(token.text) > _MOST_DIGITS:
            return None
        j = i + 1
        if token.text.isdecimal() and len(token.text) <= 3 and not token.text.startswith("0"):
            # 12 500 and 1 234 567: blanks between the thousands
            whole = token.text
            while self._thousands(j) and len(whole) < _MOST_DIGITS:
                whole += self.tokens[j].text
                j += 1
            if j > i + 1:
                return Fraction(whole), None, j
        value, other = read_digits(token.text)
        if j < len(self.tokens) and self.tokens[j].kind == "vulgar":
            return value + _VULGAR[self.tokens[j].text], None, j + 1
        if (
            token.text.isdecimal()
            and self.text(j) == "/"
            and self.joined(j)
            and self.joined(j + 1)
            and self.text(j + 1).isdecimal()
            and len(self.text(j + 1)) <= 2
            and 1 < int(self.text(j + 1)) <= 20
            and 0 < value < int(self.text(j + 1))
            and self.text(j + 2) != "/"
        ):
            return value / int(self.text(j + 1)), None, j + 2
        return value, other, j

    def _thousands(self, i: int) -> bool:
        if i >= len(self.tokens):
            return False
        token, before = self.tokens[i], self.tokens[i - 1]
        return (
            token.kind == "num"
            and len(token.text) == 3
            and token.text.isdecimal()
            and token.start == before.end + 1
            and before.text.isdecimal()
        )

    def remainder(self, i: int) -> tuple[Fraction, int]:
        """The value of ``and a half``, ``and three quarters``, and the index after; 0, ``i``."""
        top = _TOPS.get(self.text(i + 1), 0) if self.text(i) == "and" else 0
        j = self.skip_hyphen(i + 2)
        word = self.text(j)
        if top == 1 and word == "half":
            return Fraction(1, 2), j + 1
        quarters = word == "quarter" if top == 1 else word in ("quarter", "quarters")
        if top in (1, 3) and quarters and self.text(j + 1) != "of":
            return Fraction(top, 4), j + 1
        return Fraction(0), i

    def scale(self, i: int) -> tuple[int, int]:
        """The product of the scale words at ``i``, and the index after them."""
        factor, j = 1, i
        while factor < _LARGEST:
            k = self.skip_hyphen(j)
            word = self.text(k)
            if word == "odd" and j == i and self.text(k + 1) in SCALES:  # "sixty-odd thousand"
                k, word = k + 1, self.text(k + 1)
            if word in SCALES:
                factor, j = factor * SCALES[word], k + 1
            elif (
                word in SHORT_SCALES
                and j == i
                and self.tokens[k - 1].kind == "num"
                and (self.joined(k) or word != "k")
            ):
                factor, j = factor * SHORT_SCALES[word], k + 1
            elif word == "thousands" and j == i and self.tokens[k - 1].kind == "num":
                factor, j = factor * 1000, k + 1
            elif word in ("millions", "billions", "trillions") and j == i:
                factor, j = factor * SCALES[word[:-1]], k + 1
            else:
                break
        return factor, j

    def group(self, i: int) -> tuple[Fraction, Fraction | None, int, int, bool] | None:
        """One number and its scale: value, second reading, scale, next index, in words."""
        other: Fraction | None = None
        written = True
        word = self.text(i)
        if word in ("a", "hundred") and (joined := self.words(i)) is not None:
            value, j = joined  # "a hundred and eighty"
        elif word in ("a", "an") and self.text(i + 1) in SCALES:
            value, j = Fraction(1), i + 1
        elif word == "half" and self.text(i + 1) in ("a", "an") and self.text(i + 2) in SCALES:
            value, j = Fraction(1, 2), i + 2
        elif word == "hundred" or word == "thousand":
            value, j = Fraction(1), i
        else:
            read = self.words(i)
            if read is not None:
                value, j = read
            else:
                digits = self.digits(i)
                if digits is None:
                    return None
                value, other, j = digits
                written = False
        part, j = self.remainder(j)
        value += part
        factor, j = self.scale(j)
        if factor > 1 and other and other % 10:
            other = None  # "2.500 million" may be thousands of millions, "7.345 million" is not
        return value * factor, other and other * factor, factor, j, written

    def number(self, i: int) -> Numeral | None:
        """A cardinal with all its groups: ``3 trillion 200 billion``."""
        read = self.group(i)
        if read is None:
            return None
        value, other, factor, j, written = read
        while factor >= 1000:
            k = j
            if self.text(k) in (",", "and"):
                k += 1
            if self.text(k) == "and":
                k += 1
            more = self.group(k)
            if more is None or self.text(k) in ("a", "an", "half", "hundred", "thousand"):
                break
            glued = k == j
            if glued and written and more[4] and more[0] / more[2] < factor < more[2]:
                # "two thousand five hundred billion"
                value, factor, j = value * more[2] + more[0], more[2], more[3]
                continue
            fits = more[0] < factor and (
                (more[2] >= 1000 and (glued or written))
                or (written and more[4])
                or (glued and "," in self.text(k))
                # "11 thousand 406" has all three digits of the rest
                or (glued and factor == 1000 and more[0] >= 100 and not more[4])
            )
            if not fits or (more[2] > 1 and more[2] >= factor):
                break
            value, factor, j, other = value + more[0], more[2], more[3], None
        start, end = self.tokens[i].start, self.tokens[j - 1].end
        return Numeral(start, end, value, other, written=written, first=i, last=j)


@lru_cache(KEPT)
def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Every number of a text, in order and without overlaps.

    >>> [int(n.value) for n in find_numerals("3 trillion 200 billion yen for 14,000 firms")]
    [3200000000000, 14000]
    >>> [(n.ordinal, int(n.value)) for n in find_numerals("the twenty-first of 85,000 million")]
    [(True, 21), (False, 85000000000)]
    """
    tokens = tokenize(text)
    reader = _Reader(tokens)
    found: list[Numeral] = []
    i = 0
    while i < len(tokens):
        numeral = _numeral_at(reader, i)
        if numeral is None:
            i += 1
        else:
            found.append(numeral)
            i = numeral.last
    return tuple(found)


def _numeral_at(reader: _Reader, i: int) -> Numeral | None:
    tokens = reader.tokens
    token = tokens[i]
    word = token.text
    if token.kind == "num" and _in_a_name(tokens, i):
        return None
    if token.kind == "sym" or (i == 0 and reader.text(1) in (".", ")") and token.kind == "num"):
        # "1." and "2)" number the items of a list.
        return None
    special = _vague(reader, i) or _share(reader, i) or _ordinal(reader, i)
    if special is not None:
        return special
    if word == "one" and not _counts_one(reader, i):
        return None
    numeral = reader.number(i)
    if numeral is not None:
        if word == "one" and numeral.last == i + 1:
            return _with(numeral, soft=True)
        return numeral
    if word in _SETS:
        return Numeral(
            token.start,
            token.end,
            Fraction(_SETS[word]),
            written=True,
            soft=True,
            first=i,
            last=i + 1,
        )
    return None


def _with(n: Numeral, *, soft: bool) -> Numeral:
    return Numeral(
        n.start,
        n.end,
        n.value,
        n.other,
        n.ordinal,
        n.share,
        n.written,
        n.vague,
        soft,
        n.first,
        n.last,
    )


def _in_a_name(tokens: Sequence[Token], i: int) -> bool:
    """F-35, covid-19, G20, Kukiz'15: digits that belong to a name."""
    if i == 0:
        return False
    before = tokens[i - 1]
    if before.end != tokens[i].start:
        return False
    if before.kind == "word":
        return before.text not in ("us", "usd", "eur", "rmb", "rs", "c", "ca", "no")
    joiner = before.text in ("-", "‑", "–", "'", "’", "/") and i > 1
    return (
        joiner
        and tokens[i - 2].kind == "word"
        and tokens[i - 2].end == before.start
        and tokens[i - 2].text not in ONES
        and not (i > 2 and tokens[i - 3].kind == "num" and tokens[i - 3].end == tokens[i - 2].start)
    )


def _counts_one(reader: _Reader, i: int) -> bool:
    after = reader.text(i + 1)
    if after in SCALES or after in ("-", "and") or after in _DENOMINATORS:
        return True
    if reader.text(i - 1) in _BEFORE_PRONOUN_ONE:
        return False
    return after not in _NOT_COUNTED and after[:1].isalpha()


def _vague(reader: _Reader, i: int) -> Numeral | None:
    """``dozens``, ``hundreds of thousands``, ``several hundred``, ``a few thousand``."""
    tokens = reader.tokens
    word = tokens[i].text
    if word in ("hundred", "thousand") and (reader.text(i - 2), reader.text(i - 1)) == (
        "by",
        "the",
    ):
        value, j = Fraction(SCALES[word]), i + 1  # "by the hundred"
    elif word in PLURAL_SCALES:
        if word in ("scores", "handful") and reader.text(i + 1) != "of":
            return None
        value, j = Fraction(PLURAL_SCALES[word]), i + 1
        while reader.text(j) == "of" and value < _LARGEST:
            more = PLURAL_SCALES.get(reader.text(j + 1)) or SCALES.get(reader.text(j + 1))
            if more is None:
                break
            value, j = value * more, j + 2
        factor, j = reader.scale(j)
        value *= factor
    elif word in _VAGUE_HEADS:
        if reader.words(i + 1) is not None:
            return None  # "some hundred and eighty"
        factor, j = reader.scale(i + 1)
        if factor == 1 and reader.text(j) in PLURAL_SCALES:
            factor, j = PLURAL_SCALES[reader.text(j)], j + 1
            if reader.text(j) == "of" and reader.text(j + 1) in PLURAL_SCALES:
                factor, j = factor * PLURAL_SCALES[reader.text(j + 1)], j + 2
        if factor == 1:
            return None
        value = Fraction(factor)
    else:
        return None
    return Numeral(
        tokens[i].start, tokens[j - 1].end, value, written=True, vague=True, first=i, last=j
    )


def _share(reader: _Reader, i: int) -> Numeral | None:
    """``two-thirds``, ``a quarter of``, ``nearly a tenth``, ``half``."""
    tokens = reader.tokens
    word = tokens[i].text

    def made(value: Fraction, j: int) -> Numeral:
        return Numeral(
            tokens[i].start, tokens[j - 1].end, value, share=True, written=True, first=i, last=j
        )

    every = _in_every(reader, i)
    if every is not None:
        return made(*every)
    if word == "half":
        scaled = reader.text(i + 1) in ("a", "an") and reader.text(i + 2) in SCALES
        return None if scaled else made(Fraction(1, 2), i + 1)
    if word in ("a", "one"):
        j = reader.skip_hyphen(i + 1)
        bottom = _DENOMINATORS.get(reader.text(j))
        if bottom is None:
            return None
        after = reader.text(j + 1)
        if bottom == 4 and after == "of" and reader.text(j + 2) in ("a", "an"):
            factor, k = reader.scale(j + 3)
            if factor > 1:
                value = Fraction(factor, 4)
                return Numeral(
                    tokens[i].start, tokens[k - 1].end, value, written=True, first=i, last=k
                )
        if bottom == 4 and after != "of" and j == i + 1:
            return None
        share = word == "one" or after in _AFTER_SHARE or not after[:1].isalpha()
        return made(Fraction(1, bottom), j + 1) if share else None
    top = reader.below_hundred(i)
    if top is None and tokens[i].kind == "num" and word.isdecimal() and len(word) < 4:
        top = (int(word), i + 1)
    if top is None or not top[0]:
        return None
    j = reader.skip_hyphen(top[1])
    bottom = _PLURAL_DENOMINATORS.get(reader.text(j))
    if bottom is None or (bottom == 4 and top[0] > 3) or (bottom == 2 and top[0] == 2):
        return None
    return made(Fraction(top[0], bottom), j + 1)


_OUT_OF = {"five": 5, "ten": 10, "twenty": 20, "hundred": 100} | _numbered("two three four", 2)
_OUT_OF_DIGITS = words("2 3 4 5 10 20 100")
_ONE_OUT_OF = _OUT_OF | _numbered("six seven eight nine", 6) | {"twelve": 12, "fifty": 50}
_TRIES = words(
    "days weeks months years hours minutes seconds games matches starts attempts tries elections "
    "races events weeks tests seasons"
)


def _in_every(reader: _Reader, i: int) -> tuple[Fraction, int] | None:
    """``nine out of ten``, ``67 in every hundred``, ``one victim in five``: share, next index."""
    top = reader.below_hundred(i)
    if top is None and reader.tokens[i].kind == "num" and reader.text(i).isdecimal():
        top = int(reader.text(i)[:4]), i + 1
    if top is None or not top[0]:
        return None
    j = top[1]
    named = reader.text(j) not in ("in", "out") and reader.text(j).isalpha()
    j += named  # "six victims in ten"
    every = reader.text(j) == "out"
    j += 1 + every
    if reader.text(j - 1) != ("of" if every else "in"):
        return None
    if reader.text(j) in ("every", "each", "a"):
        every, j = True, j + 1
    word, after = reader.text(j), reader.text(j + 1)
    known = _ONE_OUT_OF if top[0] == 1 else _OUT_OF
    bottom = known.get(word, int(word) if word in _OUT_OF_DIGITS else 0)
    if top[0] >= bottom or after in SCALES or after in _TRIES:
        return None
    if named and not every and after.isalpha() and top[0] > 1:
        return None  # "twelve people in twenty villages", but "one German in four works"
    return Fraction(top[0], bottom), j + 1


def _ordinal(reader: _Reader, i: int) -> Numeral | None:
    tokens = reader.tokens
    token = tokens[i]
    word = token.text
    if token.kind == "num":
        if len(word) > _MOST_DIGITS:
            return None
        if reader.text(i + 1) in _ORDINAL_SUFFIX and reader.joined(i + 1):
            value, _ = read_digits(word)
            return Numeral(token.start, tokens[i + 1].end, value, ordinal=True, first=i, last=i + 2)
        return None
    value_, j = 0, i
    if word in ORDINALS:
        value_, j = ORDINALS[word], i + 1
    elif word in TENS:
        k = reader.skip_hyphen(i + 1)
        ones = _ORDINAL_STEMS.get(reader.text(k), 0)
        if 1 <= ones <= 9:
            value_, j = TENS[word] + ones, k + 1
    elif word in _ORDINAL_SCALES:
        value_, j = _ORDINAL_SCALES[word], i + 1
    if not value_:
        return None
    return Numeral(
        token.start,
        tokens[j - 1].end,
        Fraction(value_),
        ordinal=True,
        written=True,
        first=i,
        last=j,
    )
