"""What each sentence is made of, as vectors whose sums stand for groups of sentences.

Inner products of sums are sums of inner products: so every likeness of two groups follows from
likenesses of single sentences, and no group is ever encoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.align.tokens import Bags

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

CHUNK = 20_000
"""Rows handled at once: bounds the memory for long texts."""
GRAM = 1_500
"""Sentences up to which all inner products within a text are computed at once."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The sentences of one text by one or more kinds of evidence, side by side."""

    parts: tuple[Any, ...]
    """``(n, d)`` each, dense or sparse."""
    gram: Floats | None
    """``(n, n)`` all their inner products; None where the text is long."""

    def products(self, first: Ints, second: Ints) -> Floats:
        """``(k,)`` inner products of pairs of sentences."""
        import numpy as np

        found: Floats
        if self.gram is not None:
            found = self.gram[first, second]
            return found
        count = self.parts[0].shape[0]
        keys, place = np.unique(
            np.minimum(first, second) * count + np.maximum(first, second), return_inverse=True
        )
        values = np.zeros(len(keys))
        for start in range(0, len(keys), CHUNK):
            rows = slice(start, start + CHUNK)
            one, two = np.divmod(keys[rows], count)
            for part in self.parts:
                p, q = part[one], part[two]
                if hasattr(p, "multiply"):
                    values[rows] += np.asarray(p.multiply(q).sum(axis=1)).ravel()
                else:
                    values[rows] += np.einsum("nd,nd->n", p, q)
        found = values[place.ravel()]
        return found


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
    value: Floats = np.zeros(np.broadcast_shapes(dot.shape, size.shape), dot.dtype)
    return np.divide(dot, size, out=value, where=size > 1e-9)


def channel(a: Sequence[Any], b: Sequence[Any]) -> Channel:
    """Kinds of evidence taken together; matrices ``(n, d)`` and ``(m, d)`` of each."""
    import numpy as np

    cross = np.zeros((a[0].shape[0], b[0].shape[0]), dtype=np.float32)
    for x, y in zip(a, b, strict=True):
        cross += inner(x, y)
    left, right = together(a), together(b)
    rows, columns = np.arange(len(cross)), np.arange(cross.shape[1])
    return Channel(left, right, cross, left.products(rows, rows), right.products(columns, columns))


def together(parts: Sequence[Any]) -> Vectors:
    """Kinds of evidence of one text, with their inner products where there is room."""
    import numpy as np

    count = parts[0].shape[0]
    if count > GRAM:
        return Vectors(tuple(parts), None)
    gram = np.zeros((count, count))
    for part in parts:
        gram += inner(part, part)
    return Vectors(tuple(parts), gram)


def inner(x: Any, y: Any) -> Floats:
    """``(n, m)`` inner products of rows, dense or sparse."""
    product = x @ y.T
    found: Floats = product.toarray() if hasattr(product, "toarray") else product
    return found


def rarity(texts: tuple[Bags, Bags]) -> list[Any]:
    """Sparse unit vectors of tokens, the rarer in both texts the heavier."""
    import numpy as np
    from scipy.sparse import csr_array

    made = []
    for text in texts:
        some = slice(text.start[0], text.start[-1])
        indptr, indices = text.start - text.start[0], text.token[some]
        weight = text.weight[indices]
        row = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
        length = np.sqrt(np.bincount(row, weight**2, minlength=len(indptr) - 1))
        values = weight / np.maximum(length, 1e-9)[row]
        made.append(
            csr_array((values, indices, indptr), shape=(len(indptr) - 1, max(1, len(text.weight))))
        )
    return made


def channels(
    vectors: tuple[Floats, Floats],
    lengths: tuple[Floats, Floats],
    tokens: Iterable[tuple[Bags, Bags]],
) -> tuple[Channel, Channel]:
    """The evidence by meaning alone, and by meaning and tokens together.

    A sentence counts in proportion to its length, each kind of evidence the same.

    Args:
        vectors: ``(n, d)`` unit vectors of A's sentences, ``(m, d)`` of B's.
        lengths: ``(n,)`` and ``(m,)`` characters.
        tokens: kinds of tokens of A's and B's sentences.
    """
    import numpy as np
    from scipy.sparse import diags_array

    sides: list[list[Any]] = [
        [x.astype(np.float64) * length[:, None]] for x, length in zip(vectors, lengths, strict=True)
    ]
    for texts in tokens:
        for side, length, x in zip(sides, lengths, rarity(texts), strict=True):
            side.append((diags_array(length) @ x).tocsr())
    return channel(sides[0][:1], sides[1][:1]), channel(*sides)
