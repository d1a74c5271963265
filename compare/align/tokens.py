"""What sentences are written with: words, pairs of words and runs of letters.

All sentences of both texts are cut at once, each word of the vocabulary but once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
POSSESSIVE = "'s"
_NUMBERS = {
    word: str(value)
    for value, words in {
        1: "first",
        2: "two second half twice couple",
        3: "three third",
        4: "four fourth quarter quarters",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth decade",
        11: "eleven eleventh",
        12: "twelve twelfth dozen",
        13: "thirteen thirteenth",
        14: "fourteen fourteenth",
        15: "fifteen fifteenth",
        16: "sixteen sixteenth",
        17: "seventeen seventeenth",
        18: "eighteen eighteenth",
        19: "nineteen nineteenth",
        20: "twenty twentieth",
        30: "thirty thirtieth",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    }.items()
    for word in words.split()
}


def fold(text: str) -> str:
    """Lower case without accents, so that ``Ōtsuka`` and ``otsuka`` meet."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def stem(word: str) -> str:
    """The beginning of a word, which its inflections and derivations mostly share."""
    return word.removesuffix(POSSESSIVE)[:5]


def _words(word: str) -> list[str]:
    """A folded word cut to its beginning; a number in digits too."""
    cut = word.replace(",", "") if word[0].isdigit() else stem(word)
    return [_NUMBERS[word], cut] if word in _NUMBERS else [cut]


def _letters(word: str) -> list[str]:
    """The runs of four letters of a folded word, its edges marked."""
    if word[0].isdigit():
        return []
    padded = f" {word.removesuffix(POSSESSIVE)} "
    return [padded[i : i + 4] for i in range(max(1, len(padded) - 3))]


def words_of(text: str) -> list[str]:
    """Words cut to their beginnings, numbers in digits."""
    return [token for word in _WORD.findall(fold(text)) for token in _words(word)]


def letters_of(text: str) -> list[str]:
    """Runs of four letters inside words, edges marked: they survive another romanisation."""
    return [token for word in _WORD.findall(fold(text)) for token in _letters(word)]


@dataclass(frozen=True, slots=True)
class Bags:
    """The sentences of one text as sets of tokens, numbered alike in both texts."""

    start: Ints
    """``(n + 1,)`` where each sentence's tokens begin …"""
    token: Ints
    """… among these."""
    weight: Floats
    """``(v,)`` of each token of both texts: the rarer the heavier."""

    def sizes(self) -> Floats:
        """``(n,)`` weight of each sentence."""
        import numpy as np

        total = np.concatenate([[0.0], np.cumsum(self.weight[self.token])])
        size: Floats = total[self.start[1:]] - total[self.start[:-1]]
        return size

    def entries(self, sentences: Ints) -> tuple[Ints, Ints]:
        """Place in ``sentences`` and token, for every token of each; -1 has none."""
        import numpy as np

        there = np.maximum(sentences, 0)
        count = np.where(sentences >= 0, self.start[there + 1] - self.start[there], 0)
        place, position = spread(count, self.start[there])
        return place, self.token[position]


def tokens(a: Sequence[str], b: Sequence[str]) -> Mapping[str, tuple[Bags, Bags]]:
    """The kinds of tokens of two texts, given as sentences: ``words``, ``pairs``, ``letters``.

    ``pairs`` are words that follow each other, the ends of a sentence among them.
    """
    import numpy as np

    number: dict[str, int] = {}
    found = [_WORD.findall(fold(text)) for text in (*a, *b)]
    flat = np.array([number.setdefault(w, len(number)) for row in found for w in row], np.int64)
    row = np.repeat(np.arange(len(found)), [len(words) for words in found])
    shape = len(a), len(b)
    words, letters = (_cut(number, flat, row, cut) for cut in (_words, _letters))
    return {
        "words": _bags(*words, shape),
        "pairs": _bags(*_pairs(*words, len(found)), shape),
        "letters": _bags(*letters, shape),
    }


def _cut(
    vocabulary: Iterable[str], flat: Ints, row: Ints, cut: Callable[[str], list[str]]
) -> tuple[Ints, Ints]:
    """The sentence of each token and its number, in the order of the text.

    Args:
        vocabulary: the words.
        flat: the numbers of the words of all sentences.
        row: the sentence of each.
        cut: gives the tokens of a word.
    """
    import numpy as np

    number: dict[str, int] = {}
    made = [cut(word) for word in vocabulary]
    ids = np.array([number.setdefault(t, len(number)) for some in made for t in some], np.int64)
    count = np.array([len(some) for some in made], np.int64)
    start = np.cumsum(count) - count
    which, place = spread(count[flat], start[flat])
    return row[which], ids[place]


def _pairs(row: Ints, token: Ints, sentences: int) -> tuple[Ints, Ints]:
    """The sentence of each two tokens that follow each other and their number as a pair."""
    import numpy as np

    end = int(token.max(initial=-1)) + 1
    chain = np.full(len(token) + 2 * sentences, end)
    chain[np.arange(len(token)) + 2 * row + 1] = token
    of = np.repeat(np.arange(sentences), np.bincount(row, minlength=sentences) + 2)
    within = np.nonzero(of[:-1] == of[1:])[0]
    keys = chain[within] * (end + 1) + chain[within + 1]
    _, pair = np.unique(keys, return_inverse=True)
    return of[within], pair


def _bags(row: Ints, token: Ints, shape: tuple[int, int]) -> tuple[Bags, Bags]:
    """Tokens by sentences of both texts, A's first."""
    import numpy as np

    sentences, kinds = sum(shape), int(token.max(initial=-1)) + 1
    row, token = np.divmod(np.unique(row * max(kinds, 1) + token), max(kinds, 1))
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=sentences))])
    weight = np.log((sentences + 1) / np.maximum(np.bincount(token, minlength=kinds), 1))
    return Bags(start[: shape[0] + 1], token, weight), Bags(start[shape[0] :], token, weight)


def spread(count: Ints, start: Ints) -> tuple[Ints, Ints]:
    """``count`` numbers from ``start`` up for each; and which it is they belong to."""
    import numpy as np

    which = np.repeat(np.arange(len(count)), count)
    first = np.cumsum(count) - count
    return which, np.arange(len(which)) - first[which] + start[which]
