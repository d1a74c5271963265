"""What each sentence is made of, as vectors whose sums stand for groups of sentences.

Inner products of sums are sums of inner products: so every likeness of two groups follows from
likenesses of single sentences, and no group is ever encoded.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
CHUNK = 20_000
"""Rows handled at once: bounds the memory for long texts."""
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
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def stem(word: str) -> str:
    """The beginning of a word, which its inflections and derivations mostly share."""
    return word.removesuffix(POSSESSIVE)[:5]


def words_of(text: str) -> list[str]:
    """Words cut to their beginnings, numbers in digits."""
    found = []
    for word in _WORD.findall(fold(text)):
        if word in _NUMBERS:
            found.append(_NUMBERS[word])
        found.append(word.replace(",", "") if word[0].isdigit() else stem(word))
    return found


def letters_of(text: str) -> list[str]:
    """Runs of four letters inside words, edges marked: they survive another romanisation."""
    found = []
    for word in _WORD.findall(fold(text)):
        if not word[0].isdigit():
            padded = f" {word.removesuffix(POSSESSIVE)} "
            found += [padded[i : i + 4] for i in range(max(1, len(padded) - 3))]
    return found


@dataclass(frozen=True, slots=True)
class Vectors:
    """The sentences of one text by one or more kinds of evidence, side by side."""

    parts: tuple[Any, ...]
    """``(n, d)`` each, dense or sparse."""

    def products(self, first: Ints, second: Ints) -> Floats:
        """``(k,)`` inner products of pairs of sentences."""
        import numpy as np

        values = np.zeros(len(first))
        for start in range(0, len(first), CHUNK):
            rows = slice(start, start + CHUNK)
            for part in self.parts:
                p, q = part[first[rows]], part[second[rows]]
                if hasattr(p, "multiply"):
                    values[rows] += np.asarray(p.multiply(q).sum(axis=1)).ravel()
                else:
                    values[rows] += np.einsum("nd,nd->n", p, q)
        return values


@dataclass(frozen=True, slots=True)
class Channel:
    """Both texts by one kind of evidence, and every inner product across."""

    a: Vectors
    b: Vectors
    cross: Floats
    """``(n, m)`` float32."""
    norm_a: Floats
    """``(n,)`` squared lengths."""
    norm_b: Floats

    @property
    def cosine(self) -> Floats:
        """``(n, m)`` of single sentences."""
        return ratio(self.cross, self.norm_a[:, None], self.norm_b[None, :])

    @property
    def mirrored(self) -> Channel:
        """The same with the texts exchanged."""
        return Channel(self.b, self.a, self.cross.T, self.norm_b, self.norm_a)


def ratio(dot: Floats, x: Floats, y: Floats) -> Floats:
    """Cosine from an inner product and two squared lengths; 0 where a vector is empty."""
    import numpy as np

    size = np.sqrt(np.maximum(x * y, 0.0)).astype(dot.dtype)
    value: Floats = np.where(size > 1e-9, dot / np.maximum(size, 1e-9), 0.0)
    return value


def channel(a: Sequence[Any], b: Sequence[Any]) -> Channel:
    """Kinds of evidence taken together; matrices ``(n, d)`` and ``(m, d)`` of each."""
    import numpy as np

    cross = np.zeros((a[0].shape[0], b[0].shape[0]), dtype=np.float32)
    for x, y in zip(a, b, strict=True):
        product = x @ y.T
        cross += product.toarray() if hasattr(product, "toarray") else product
    left, right = Vectors(tuple(a)), Vectors(tuple(b))
    rows, columns = np.arange(len(cross)), np.arange(cross.shape[1])
    return Channel(left, right, cross, left.products(rows, rows), right.products(columns, columns))


def rarity(a: Sequence[list[str]], b: Sequence[list[str]]) -> tuple[Any, Any]:
    """Sparse unit vectors of tokens, the rarer in both texts the heavier."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array

    rows = [Counter(items) for items in (*a, *b)]
    frequency = Counter(token for row in rows for token in row)
    vocabulary = {token: column for column, token in enumerate(frequency)}
    weight = {t: float(np.log((len(rows) + 1) / f)) for t, f in frequency.items()}
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((vocabulary[t] for row in rows for t in row), dtype=np.int64)
    values = np.fromiter((weight[t] for row in rows for t in row), dtype=np.float64)
    shape = (len(rows), max(1, len(vocabulary)))
    matrix = csr_array((values, indices, indptr), shape=shape)
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = (diags_array(1 / np.maximum(length, 1e-9)) @ matrix).tocsr()
    return matrix[: len(a)], matrix[len(a) :]


def channels(
    vectors: tuple[Floats, Floats],
    lengths: tuple[Floats, Floats],
    tokens: Iterable[Sequence[Sequence[list[str]]]],
) -> tuple[Channel, Channel]:
    """The evidence by meaning alone, and by meaning and tokens together.

    A sentence counts in proportion to its length, each kind of evidence the same.

    Args:
        vectors: ``(n, d)`` unit vectors of A's sentences, ``(m, d)`` of B's.
        lengths: ``(n,)`` and ``(m,)`` characters.
        tokens: kinds of tokens, each A's and B's sentences as lists.
    """
    import numpy as np
    from scipy.sparse import diags_array

    sides: list[list[Any]] = [
        [x.astype(np.float64) * length[:, None]] for x, length in zip(vectors, lengths, strict=True)
    ]
    for a, b in tokens:
        for side, length, x in zip(sides, lengths, rarity(a, b), strict=True):
            side.append((diags_array(length) @ x).tocsr())
    return channel(sides[0][:1], sides[1][:1]), channel(*sides)
