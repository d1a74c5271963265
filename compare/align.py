"""Alignment: which sentences of two texts say the same, many-to-many and in any order.

1. Candidate groups: runs of up to four adjacent sentences (1-4, 4-1, 2-2, 3-2, 2-3), and two
   sentences apart from each other, wherever every sentence has a partner among its best links.
2. Each candidate gets the log-odds of a logistic regression over evidence that is the same from
   either side: likeness of embeddings, words, letters, names, numbers and quotations; what the
   group gains by each member and would gain by a neighbour; the best competitor.
3. The set of groups with the greatest total is chosen, each sentence in at most one of them, with
   a bonus where one group continues another on both sides; exactly, by integer programming. No
   group is worth 0: a sentence stays alone unless the evidence says otherwise.

The result does not depend on which text is A. It depends on order only through adjacency: moving
whole paragraphs changes candidates and bonuses at the cuts and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from compare.records import Document, Group, Role, Sentence, Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

LINKS = 5
"""Best links kept per sentence, direction and channel."""
MOST = 4
"""Sentences on one side of a group at most."""
SHAPES = tuple((p, q) for p in range(1, 5) for q in range(1, 5) if p == 1 or q == 1 or p + q <= 5)
TIME_LIMIT = 20.0
"""Seconds for the exact solution of one text pair; beyond it, the best one found so far."""


@dataclass(frozen=True, slots=True)
class Model:
    """The trained numbers, as kept in ``data/align_weights.json``."""

    weights: Mapping[str, float]
    """Log-odds per unit of each feature; a feature not named counts nothing."""
    continuation: float
    """Log-odds for a group that continues another one on both sides."""
    slope: float
    """Calibration: probability = logistic(slope * margin + offset)."""
    offset: float


@cache
def load_model() -> Model:
    """The weights that come with the package."""
    text = resources.files("compare").joinpath("data/align_weights.json").read_text("utf-8")
    data = json.loads(text)
    return Model(data["weights"], data["continuation"], data["slope"], data["offset"])


# ---------------------------------------------------------------------------------------------
# Evidence per sentence


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
class Channel:
    """One kind of evidence: a vector per sentence, and every inner product across the texts."""

    a: Any
    """``(n, d)``, dense or sparse."""
    b: Any
    cross: Floats
    """``(n, m)`` inner products."""


def sparse_channel(a: Sequence[list[str]], b: Sequence[list[str]]) -> Channel:
    """Inverse-document-frequency vectors over both texts; what every sentence has counts little."""
    import numpy as np
    from scipy.sparse import csr_array

    rows = [Counter(items) for items in (*a, *b)]
    frequency = Counter(token for row in rows for token in row)
    vocabulary = {token: column for column, token in enumerate(frequency)}
    idf = {t: float(np.log((len(rows) + 1) / f)) for t, f in frequency.items()}
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((vocabulary[t] for row in rows for t in row), dtype=np.int64)
    values = np.fromiter((idf[t] for row in rows for t in row), dtype=np.float64)
    shape = (len(rows), max(1, len(vocabulary)))
    matrix = csr_array((values, indices, indptr), shape=shape)
    return channel(matrix[: len(a)], matrix[len(a) :])


def channel(a: Any, b: Any) -> Channel:
    """Vectors with their inner products."""
    cross = a @ b.T
    return Channel(a, b, cross.toarray() if hasattr(cross, "toarray") else cross)


def channels(
    a: Sequence[Sentence], b: Sequence[Sentence], a_vectors: Floats, b_vectors: Floats
) -> dict[str, Channel]:
    """The evidence of each kind: meaning, letters, and all with words taken together.

    A sentence counts in proportion to its length.
    """
    import numpy as np

    length_a = np.array([len(s.text) for s in a], dtype=np.float64)
    length_b = np.array([len(s.text) for s in b], dtype=np.float64)
    x = a_vectors.astype(np.float64) * length_a[:, None]
    y = b_vectors.astype(np.float64) * length_b[:, None]
    meaning = channel(x, y)
    words = sparse_channel([words_of(s.text) for s in a], [words_of(s.text) for s in b])
    letters = sparse_channel([letters_of(s.text) for s in a], [letters_of(s.text) for s in b])
    return {
        "meaning": meaning,
        "letters": letters,
        "all": together([meaning, words, letters], length_a, length_b),
    }


def together(parts: Sequence[Channel], length_a: Floats, length_b: Floats) -> Channel:
    """One vector of several kinds of evidence, each with the same share in every sentence."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array, hstack

    stacks: tuple[list[Any], list[Any]] = ([], [])
    for part in parts:
        for stack, vectors, length in zip(
            stacks, (part.a, part.b), (length_a, length_b), strict=True
        ):
            scale = length / np.maximum(np.sqrt(square_norms(vectors)), 1e-9)
            stack.append(diags_array(scale) @ csr_array(vectors))
    a, b = (hstack(stack).tocsr() for stack in stacks)
    return channel(a, b)


# ---------------------------------------------------------------------------------------------
# Candidate groups


@dataclass(frozen=True, slots=True)
class Windows:
    """Sets of sentences of one text; -1 fills a row."""

    members: Ints
    """``(w, 4)`` ascending sentence numbers."""
    around: Ints
    """``(w, 2)`` the sentences just before and just after."""

    @property
    def size(self) -> Ints:
        count: Ints = (self.members >= 0).sum(axis=1)
        return count


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of windows that may be a group."""

    a: Windows
    b: Windows
    left: Ints
    """``(c,)`` row of ``a``."""
    right: Ints
    """``(c,)`` row of ``b``."""

    def __len__(self) -> int:
        return len(self.left)


def best_links(found: dict[str, Channel]) -> Bools:
    """``(n, m)``: the pairs that are among the best of either sentence by meaning or by letters."""
    import numpy as np

    n, m = found["meaning"].cross.shape
    linked = np.zeros((n, m), dtype=bool)
    for name in ("meaning", "letters"):
        cosine = cosines(found[name])
        for axis in (0, 1):
            count = min(LINKS, cosine.shape[axis])
            best = np.argpartition(-cosine, count - 1, axis=axis).take(range(count), axis=axis)
            np.put_along_axis(linked, best, True, axis=axis)
    return linked


def cosines(channel: Channel) -> Floats:
    """``(n, m)`` cosine of single sentences."""
    import numpy as np

    norm_a, norm_b = np.sqrt(square_norms(channel.a)), np.sqrt(square_norms(channel.b))
    scaled: Floats = channel.cross / np.maximum(norm_a[:, None] * norm_b[None, :], 1e-9)
    return scaled


def square_norms(vectors: Any) -> Floats:
    """``(n,)`` squared lengths of dense or sparse rows."""
    import numpy as np

    if hasattr(vectors, "multiply"):
        return np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float64).ravel()
    dense: Floats = np.einsum("nd,nd->n", vectors, vectors)
    return dense


def candidates(linked: Bools) -> Candidates:
    """Every pair of windows of a known shape in which each sentence has a link to the other side.

    Args:
        linked: ``(n, m)``, the links that are worth a look.
    """
    import numpy as np

    n, m = linked.shape
    i, j = np.nonzero(linked)
    lefts: list[Ints] = []
    rights: list[Ints] = []

    def add(left: Ints, right: Ints) -> None:
        lefts.append(pad(left))
        rights.append(pad(right))

    for p, q in SHAPES:
        for o in range(p):
            for r in range(q):
                start_a, start_b = i - o, j - r
                ok = (start_a >= 0) & (start_a + p <= n) & (start_b >= 0) & (start_b + q <= m)
                add(
                    start_a[ok, None] + np.arange(p)[None, :],
                    start_b[ok, None] + np.arange(q)[None, :],
                )
    for left, right in apart(linked):
        add(left, right)
    for right, left in apart(linked.T):
        add(left, right)
    left, right = np.concatenate(lefts), np.concatenate(rights)
    keep = covered(linked, left, right)
    a, left_rows = windows(left[keep], n)
    b, right_rows = windows(right[keep], m)
    pairs = np.unique(left_rows.astype(np.int64) * len(b.members) + right_rows)
    return Candidates(a, b, pairs // len(b.members), pairs % len(b.members))


def pad(rows: Ints) -> Ints:
    """Rows filled with -1 to ``MOST`` columns."""
    import numpy as np

    return np.pad(rows, ((0, 0), (0, MOST - rows.shape[1])), constant_values=-1)


def apart(linked: Bools) -> list[tuple[Ints, Ints]]:
    """Two sentences that are not neighbours against one, and, a little apart, against two."""
    import numpy as np

    m = linked.shape[1]
    found = []
    for shift in (0, 1, -1):
        # Both partners of column j, or one of column j and one of its neighbour.
        pairs: list[tuple[int, int, int]] = []
        for j in range(m):
            if not 0 <= j + shift < m:
                continue
            first, second = np.nonzero(linked[:, j])[0], np.nonzero(linked[:, j + shift])[0]
            x, y = np.meshgrid(first, second, indexing="ij")
            far = (y - x > 1) if shift == 0 else (y - x > 1) & (y - x <= 3)
            pairs += [(int(p), int(q), j) for p, q in zip(x[far], y[far], strict=True)]
        if pairs:
            table = np.array(pairs, dtype=np.int64)
            columns = (
                [table[:, 2]]
                if shift == 0
                else [
                    np.minimum(table[:, 2], table[:, 2] + shift),
                    np.maximum(table[:, 2], table[:, 2] + shift),
                ]
            )
            found.append((table[:, :2], np.stack(columns, axis=1)))
    return found


def covered(linked: Bools, left: Ints, right: Ints) -> Bools:
    """Whether each sentence of each pair of windows has a link to the other window."""
    import numpy as np

    here = linked[left[:, :, None], right[:, None, :]]
    here &= (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
    left_ok = np.all(here.any(axis=2) | (left < 0), axis=1)
    right_ok = np.all(here.any(axis=1) | (right < 0), axis=1)
    both: Bools = left_ok & right_ok
    return both


def windows(rows: Ints, n: int) -> tuple[Windows, Ints]:
    """The distinct rows, and for each row its number among them."""
    import numpy as np

    members, inverse = np.unique(rows, axis=0, return_inverse=True)
    before = members[:, 0] - 1
    after = members.max(axis=1) + 1 if len(members) else before
    after = np.where(after < n, after, -1)
    return Windows(members, np.stack([before, after], axis=1)), inverse.ravel()


# ---------------------------------------------------------------------------------------------
# Features of a candidate


@dataclass(frozen=True, slots=True)
class Norms:
    """Squared lengths of the vectors of windows, and of each changed by one sentence."""

    full: Floats
    """``(w,)``"""
    without: Floats
    """``(w, 4)``: without each member."""
    extended: Floats
    """``(w, 2)``: with the sentence before, and after."""
    single: Floats
    """``(n,)``: of each sentence."""


def norms(vectors: Any, table: Windows) -> Norms:
    """Squared lengths of the sums of vectors over each window."""
    import numpy as np

    single = square_norms(vectors)
    nodes = np.concatenate([table.members, table.around], axis=1)
    there = nodes >= 0
    gram = pair_products(vectors, nodes)
    inner = gram[:, :MOST, :MOST]
    full = inner.sum(axis=(1, 2))
    touching = inner.sum(axis=2)
    own = np.where(there[:, :MOST], single[table.members], 0.0)
    around = np.where(there[:, MOST:], single[table.around], 0.0)
    return Norms(
        full,
        np.maximum(full[:, None] - 2 * touching + own, 0.0),
        full[:, None] + 2 * gram[:, :MOST, MOST:].sum(axis=1) + around,
        single,
    )


def pair_products(vectors: Any, nodes: Ints) -> Floats:
    """``(w, k, k)`` inner products between the sentences of each row; 0 where one is -1."""
    import numpy as np

    n = vectors.shape[0]
    k = nodes.shape[1]
    x = np.broadcast_to(nodes[:, :, None], (len(nodes), k, k))
    y = np.broadcast_to(nodes[:, None, :], (len(nodes), k, k))
    valid = (x >= 0) & (y >= 0)
    keys, inverse = np.unique(
        np.minimum(x[valid], y[valid]) * n + np.maximum(x[valid], y[valid]), return_inverse=True
    )
    values = np.zeros(len(keys))
    for first in range(0, len(keys), 20_000):
        some = keys[first : first + 20_000]
        p, q = vectors[some // n], vectors[some % n]
        if hasattr(p, "multiply"):
            values[first : first + len(some)] = np.asarray(p.multiply(q).sum(axis=1)).ravel()
        else:
            values[first : first + len(some)] = np.einsum("nd,nd->n", p, q)
    out = np.zeros((len(nodes), k, k))
    out[valid] = values[inverse.ravel()]
    return out


def ratio(dot: Floats, x: Floats, y: Floats) -> Floats:
    """Cosine from an inner product and two squared lengths; 0 where a vector is empty."""
    import numpy as np

    size = np.sqrt(np.maximum(x * y, 0.0))
    value: Floats = np.where(size > 1e-9, dot / np.maximum(size, 1e-9), 0.0)
    return value


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two sides of each candidate are by one channel; ``(c,)`` each."""

    cosine: Floats
    weakest: Floats
    """Least cosine of a member with the whole other side."""
    held: Floats
    """Least share of a member's own vector that the other side holds."""
    gain: Floats
    """Least that a member adds to the cosine; 1 where no member can be left out."""
    missed: Floats
    """Most that a neighbour outside would add."""
    margin_low: Floats
    margin_high: Floats
    """Cosine less that of the best single sentence outside, for either side."""
    loyal: Floats
    """Least margin by which a member prefers the other side to any single sentence outside."""
    courted: Floats
    """Greatest margin by which a neighbour outside would prefer the other side."""
    contain_low: Floats
    contain_high: Floats
    """How much of each side's vector the other side holds."""


def likeness(channel: Channel, found: Candidates) -> Likeness:
    """Compare the two sides of each candidate by one channel."""
    import numpy as np

    norm_a, norm_b = norms(channel.a, found.a), norms(channel.b, found.b)
    left, right = found.a.members[found.left], found.b.members[found.right]
    there = (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
    dots = np.where(there, channel.cross[left[:, :, None], right[:, None, :]], 0.0)
    total = dots.sum(axis=(1, 2))
    full_a, full_b = norm_a.full[found.left], norm_b.full[found.right]
    cosine = ratio(total, full_a, full_b)

    weakest = np.full(len(cosine), np.inf)
    held = np.full(len(cosine), np.inf)
    gain = np.full(len(cosine), np.inf)
    missed = np.full(len(cosine), -np.inf)
    loyal = np.full(len(cosine), np.inf)
    courted = np.full(len(cosine), -1.0)
    alike = ratio(channel.cross, norm_a.single[:, None], norm_b.single[None, :])
    sides = (
        (norm_a, found.left, left, dots.sum(axis=2), full_b, found.a, right, channel.cross, alike),
        (
            norm_b,
            found.right,
            right,
            dots.sum(axis=1),
            full_a,
            found.b,
            left,
            channel.cross.T,
            alike.T,
        ),
    )
    for own, rows, members, by_member, other, table, others, cross, single_alike in sides:
        nodes = np.concatenate([members, table.around[rows]], axis=1)
        prefer = preference(single_alike, nodes, others)
        loyal = np.minimum(loyal, np.where(nodes >= 0, prefer, np.inf)[:, :MOST].min(axis=1))
        courted = np.maximum(courted, np.where(nodes >= 0, prefer, -1.0)[:, MOST:].max(axis=1))
        valid = members >= 0
        single = np.where(valid, own.single[members], 1.0)
        alone = ratio(by_member, single, other[:, None])
        weakest = np.minimum(weakest, np.where(valid, alone, np.inf).min(axis=1))
        share = np.where(valid, by_member / np.maximum(single, 1e-9), np.inf)
        held = np.minimum(held, share.min(axis=1))
        less = ratio(total[:, None] - by_member, own.without[rows], other[:, None])
        several = valid & (valid.sum(axis=1) > 1)[:, None]
        gain = np.minimum(gain, np.where(several, cosine[:, None] - less, np.inf).min(axis=1))
        around = table.around[rows]
        extra = np.where(
            (around >= 0)[:, :, None] & (others >= 0)[:, None, :],
            cross[around[:, :, None], others[:, None, :]],
            0.0,
        ).sum(axis=2)
        more = ratio(total[:, None] + extra, own.extended[rows], other[:, None])
        more = np.where(around >= 0, more - cosine[:, None], -1.0).max(axis=1)
        missed = np.maximum(missed, more)
    gain = np.where(np.isfinite(gain), gain, 1.0)
    rival_b = rivals(channel.cross, norm_a, norm_b.single, found.a)
    rival_a = rivals(channel.cross.T, norm_b, norm_a.single, found.b)
    margin_1 = cosine - outside(rival_b, found.left, right)
    margin_2 = cosine - outside(rival_a, found.right, left)
    hold_1 = np.where(full_a > 1e-9, total / np.maximum(full_a, 1e-9), 0.0)
    hold_2 = np.where(full_b > 1e-9, total / np.maximum(full_b, 1e-9), 0.0)
    return Likeness(
        cosine,
        weakest,
        np.clip(held, 0, 1),
        gain,
        missed,
        np.minimum(margin_1, margin_2),
        np.maximum(margin_1, margin_2),
        loyal,
        courted,
        np.clip(np.minimum(hold_1, hold_2), 0, 1),
        np.clip(np.maximum(hold_1, hold_2), 0, 1),
    )


def rivals(cross: Floats, own: Norms, other: Floats, table: Windows) -> tuple[Ints, Floats]:
    """For each window its ``MOST + 1`` most alike single sentences of the other text."""
    import numpy as np

    count = min(MOST + 1, cross.shape[1])
    best = np.empty((len(table.members), count), dtype=np.int64)
    value = np.empty((len(table.members), count))
    for first in range(0, len(best), 2_000):  # bounds the memory for long texts
        rows = table.members[first : first + 2_000]
        total = np.where((rows >= 0)[:, :, None], cross[rows], 0.0).sum(axis=1)
        like = ratio(total, own.full[first : first + 2_000, None], other[None, :])
        top = np.argpartition(-like, count - 1, axis=1)[:, :count]
        best[first : first + 2_000] = top
        value[first : first + 2_000] = np.take_along_axis(like, top, axis=1)
    return best, value


def preference(alike: Floats, nodes: Ints, others: Ints) -> Floats:
    """By how much each sentence is more like its best of ``others`` than like any other one.

    Args:
        alike: ``(n, m)`` cosines of single sentences.
        nodes: ``(c, k)`` sentences of one text.
        others: ``(c, 4)`` sentences of the other, -1 fills a row.
    """
    import numpy as np

    count = min(MOST + 1, alike.shape[1])
    best = np.argpartition(-alike, count - 1, axis=1)[:, :count]
    value = np.take_along_axis(alike, best, axis=1)
    inside = np.where(
        (others >= 0)[:, None, :], alike[nodes[:, :, None], others[:, None, :]], -1.0
    ).max(axis=2)
    taken = (best[nodes][:, :, :, None] == others[:, None, None, :]).any(axis=3)
    rival = np.where(taken, 0.0, value[nodes]).max(axis=2)
    margin: Floats = inside - np.maximum(rival, 0.0)
    return margin


def outside(rival: tuple[Ints, Floats], rows: Ints, members: Ints) -> Floats:
    """The best rival that is no member; 0 where there is none."""
    import numpy as np

    best, value = rival[0][rows], rival[1][rows]
    inside = (best[:, :, None] == members[:, None, :]).any(axis=2)
    found: Floats = np.where(inside, 0.0, value).max(axis=1)
    return np.maximum(found, 0.0)


def features(
    found: Candidates, evidence: Mapping[str, Channel], length_a: Floats, length_b: Floats
) -> dict[str, Floats]:
    """Name → ``(c,)`` values, the same whichever text is A."""
    import numpy as np

    size_a, size_b = found.a.size[found.left], found.b.size[found.right]
    out: dict[str, Floats] = {"constant": np.ones(len(found))}
    for name in ("meaning", "all"):
        like = likeness(evidence[name], found)
        out[f"{name}.cosine"] = like.cosine
        out[f"{name}.weakest"] = like.weakest
        out[f"{name}.held"] = like.held
        several = (size_a > 1) | (size_b > 1)
        out[f"{name}.gain"] = np.where(several, like.gain, 0.0)
        out[f"{name}.missed"] = like.missed.clip(-0.3)
        out[f"{name}.loyal"] = like.loyal
        out[f"{name}.courted"] = like.courted.clip(-0.5)
        out[f"{name}.margin_low"] = like.margin_low
        out[f"{name}.margin_high"] = like.margin_high
        out[f"{name}.contain_low"] = like.contain_low
        out[f"{name}.contain_high"] = like.contain_high
    near, next_to = support(cosines(evidence["all"]), found)
    out["support.next"] = next_to
    out["support.near"] = near
    total_a = np.where(found.a.members >= 0, length_a[found.a.members], 0.0).sum(axis=1)
    total_b = np.where(found.b.members >= 0, length_b[found.b.members], 0.0).sum(axis=1)
    uneven = np.abs(np.log((total_a[found.left] + 5) / (total_b[found.right] + 5)))
    out["uneven"] = uneven
    out["very_uneven"] = np.maximum(uneven - 0.7, 0.0)
    out["several"] = ((size_a > 1) | (size_b > 1)).astype(np.float64)
    out["both_several"] = ((size_a > 1) & (size_b > 1)).astype(np.float64)
    out["more"] = np.maximum(np.maximum(size_a, size_b) - 2.0, 0.0)
    out["gaps"] = gaps(found.a)[found.left] + gaps(found.b)[found.right]
    return out


def support(cosine: Floats, found: Candidates) -> tuple[Floats, Floats]:
    """How alike the surroundings are: the best pair of neighbours a little apart, and adjoining.

    Each the mean over the sentence before and the sentence after, as far as there are any.
    """
    import numpy as np

    n, m = cosine.shape
    centred = np.pad(cosine, 3)  # so that what lies outside counts nothing
    before_a, after_a = found.a.around[found.left].T
    before_b, after_b = found.b.around[found.right].T
    inside_a, inside_b = found.a.members[found.left], found.b.members[found.right]

    def at(i: Ints, j: Ints) -> Floats:
        value: Floats = centred[i + 3, j + 3]
        return value

    adjoining = (
        np.where((before_a >= 0) & (before_b >= 0), at(before_a, before_b), 0.0)
        + np.where((after_a >= 0) & (after_b >= 0), at(after_a, after_b), 0.0)
    ) / 2
    around_a = near_ones(inside_a, n)
    around_b = near_ones(inside_b, m)
    table = np.where(
        (around_a >= 0)[:, :, None] & (around_b >= 0)[:, None, :],
        at(around_a[:, :, None], around_b[:, None, :]),
        0.0,
    )
    close = (table.max(axis=2).max(axis=1) + np.sort(table.max(axis=2), axis=1)[:, -2]) / 2
    far = (table.max(axis=1).max(axis=1) + np.sort(table.max(axis=1), axis=1)[:, -2]) / 2
    return np.minimum(close, far), adjoining


def near_ones(members: Ints, n: int) -> Ints:
    """``(c, 4)`` the two sentences before and the two after; -1 where there is none."""
    import numpy as np

    first, last = members[:, 0], members.max(axis=1)
    rows = np.stack([first - 2, first - 1, last + 1, last + 2], axis=1)
    found: Ints = np.where((rows >= 0) & (rows < n), rows, -1)
    return found


def gaps(table: Windows) -> Floats:
    """1 for a window with a hole of one or two sentences, 2 for a wider one."""
    import numpy as np

    span = table.members.max(axis=1) - table.members[:, 0] + 1
    hole = span - table.size
    return np.where(hole > 2, 2.0, np.where(hole > 0, 1.0, 0.0))


# ---------------------------------------------------------------------------------------------
# Decoding


def incidence(rows: Ints, n: int) -> Any:
    """``(c, n)`` sparse 0/1 matrix of members."""
    import numpy as np
    from scipy.sparse import csr_array

    row, column = np.nonzero(rows >= 0)
    data = np.ones(len(row))
    return csr_array((data, (row, rows[row, column])), shape=(len(rows), n))


def decode(
    left: Ints, right: Ints, scores: Floats, shape: tuple[int, int], bonus: float, limit: float
) -> Ints:
    """Numbers of the chosen candidates: the packing with the greatest sum of scores and bonuses.

    Args:
        left: ``(c, 4)`` members on A's side, -1 fills a row.
        right: the same on B's side.
        scores: ``(c,)`` log-odds.
        shape: sentences of A and of B.
        bonus: for each group that continues another on both sides.
        limit: seconds; afterwards the best packing found so far counts.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array, vstack

    usable = np.nonzero(scores > -2 * bonus)[0]
    if not len(usable):
        return usable
    in_a, in_b = incidence(left[usable], shape[0]), incidence(right[usable], shape[1])
    value = scores[usable]
    follows = ((in_a[:, :-1] @ in_a[:, 1:].T) * (in_b[:, :-1] @ in_b[:, 1:].T)).tocoo()
    conflict = ((in_a @ in_a.T) + (in_b @ in_b.T)).tocsr()
    row, column = follows.coords
    free = np.asarray(conflict[row, column]).ravel() == 0 if len(row) else np.zeros(0, dtype=bool)
    row, column = row[free], column[free]
    count, pairs = len(usable), len(row)
    ones = np.ones(pairs)
    first = csr_array((ones, (row, np.arange(pairs))), shape=(count, pairs))
    second = csr_array((ones, (column, np.arange(pairs))), shape=(count, pairs))
    own = eye_array(count, format="csr")
    sentences = vstack([in_a.T, in_b.T])
    none = csr_array((sentences.shape[0], pairs))
    matrix = block_array([[sentences, none], [-own, first], [-own, second]]).tocsr()
    upper = np.concatenate([np.ones(sentences.shape[0]), np.zeros(2 * count)])
    result = milp(
        -np.concatenate([value, np.full(pairs, bonus)]),
        constraints=LinearConstraint(matrix, -np.inf, upper),
        integrality=np.concatenate([np.ones(count), np.zeros(pairs)]),
        bounds=Bounds(0, 1),
        options={"time_limit": limit, "mip_rel_gap": 0.0},
    )
    if result.x is None:
        picked = greedy(in_a, in_b, value)
    else:
        picked = np.nonzero(result.x[:count] > 0.5)[0]
    chosen: Ints = usable[picked]
    return chosen


def greedy(in_a: Any, in_b: Any, value: Floats) -> Ints:
    """The best candidate, then the best that is still free, and so on."""
    import numpy as np

    used_a, used_b = np.zeros(in_a.shape[1], dtype=bool), np.zeros(in_b.shape[1], dtype=bool)
    chosen = []
    for row in np.argsort(-value, kind="stable"):
        a = in_a.indices[in_a.indptr[row] : in_a.indptr[row + 1]]
        b = in_b.indices[in_b.indptr[row] : in_b.indptr[row + 1]]
        if value[row] > 0 and not used_a[a].any() and not used_b[b].any():
            used_a[a] = used_b[b] = True
            chosen.append(row)
    return np.array(chosen, dtype=np.int64)


def margins(
    left: Ints, right: Ints, scores: Floats, chosen: Ints, shape: tuple[int, int]
) -> Floats:
    """``(g,)`` what each chosen group is worth above the best group that could replace it.

    A replacement uses sentences of the group itself and such as stand alone; standing alone is
    worth 0.
    """
    import numpy as np

    owner_a, owner_b = np.full(shape[0] + 1, -1), np.full(shape[1] + 1, -1)  # last row: for -1
    for k, c in enumerate(chosen):
        owner_a[left[c][left[c] >= 0]] = k
        owner_b[right[c][right[c] >= 0]] = k
    owners = np.concatenate([owner_a[left], owner_b[right]], axis=1)
    highest = owners.max(axis=1)
    one_owner = ((owners == highest[:, None]) | (owners == -1)).all(axis=1) & (highest >= 0)
    one_owner[chosen] = False
    best = np.zeros(len(chosen))
    np.maximum.at(best, highest[one_owner], scores[one_owner])
    found: Floats = scores[chosen] - best
    return found


# ---------------------------------------------------------------------------------------------
# The stage


@dataclass(frozen=True, slots=True)
class _Match:
    """A chosen group by sentence numbers."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    similarity: float


def collect(
    a: Sequence[Sentence], b: Sequence[Sentence], a_vectors: Floats, b_vectors: Floats
) -> tuple[Candidates, dict[str, Floats]]:
    """The candidate groups of two lists of sentences (neither empty), and their features."""
    import numpy as np

    evidence = channels(a, b, a_vectors, b_vectors)
    found = candidates(best_links(evidence))
    length_a = np.array([len(s.text) for s in a], dtype=np.float64)
    length_b = np.array([len(s.text) for s in b], dtype=np.float64)
    return found, features(found, evidence, length_a, length_b)


def match(
    a: Sequence[Sentence],
    b: Sequence[Sentence],
    a_vectors: Floats,
    b_vectors: Floats,
    model: Model,
    limit: float,
) -> list[_Match]:
    """The groups among sentences that may be compared with each other."""
    import numpy as np

    if not a or not b:
        return []
    found, values = collect(a, b, a_vectors, b_vectors)
    scores = np.zeros(len(found))
    for name, weight in model.weights.items():
        scores += weight * values[name]
    left, right = found.a.members[found.left], found.b.members[found.right]
    chosen = decode(left, right, scores, (len(a), len(b)), model.continuation, limit)
    margin = margins(left, right, scores, chosen, (len(a), len(b)))
    probability = 1 / (1 + np.exp(-(model.slope * margin + model.offset)))
    return [
        _Match(
            tuple(int(x) for x in left[c] if x >= 0),
            tuple(int(x) for x in right[c] if x >= 0),
            float(p),
            float(values["meaning.cosine"][c]),
        )
        for c, p in zip(chosen, probability, strict=True)
    ]


def align(
    a: Document,
    b: Document,
    a_vectors: Floats,
    b_vectors: Floats,
    *,
    model: Model | None = None,
    time_limit: float = TIME_LIMIT,
) -> tuple[Group, ...]:
    """Group the sentences of two texts by what they say.

    Headlines and subtitles go with headlines and subtitles only.

    Args:
        a: one text.
        b: the other.
        a_vectors: unit vectors of A's sentences, ``(n, d)``.
        b_vectors: the same of B's, ``(m, d)``.
        model: other weights than those of the package.
        time_limit: seconds for the exact solution; afterwards the best one found is taken.

    Returns:
        Groups in A's order, sentences of B alone where they stand in B; each sentence in exactly
        one group. Swapping A and B gives the mirror image.
    """
    # Computed from one side only, whichever is called A: so equal scores are decided alike.
    swap = [s.text for s in b] < [s.text for s in a]
    x, y, x_vectors, y_vectors = (
        (b, a, b_vectors, a_vectors) if swap else (a, b, a_vectors, b_vectors)
    )
    matches: list[_Match] = []
    for wanted in (False, True):
        rows_x = [s.index for s in x if (s.role is Role.BODY) is not wanted]
        rows_y = [s.index for s in y if (s.role is Role.BODY) is not wanted]
        for m in match(
            [x.sentences[i] for i in rows_x],
            [y.sentences[i] for i in rows_y],
            x_vectors[rows_x],
            y_vectors[rows_y],
            model or load_model(),
            time_limit,
        ):
            left = tuple(rows_x[i] for i in m.a)
            right = tuple(rows_y[i] for i in m.b)
            matches.append(replace(m, a=left, b=right))
    matches.sort(key=lambda m: m.a)
    stay = longest_increasing([m.b[0] for m in matches])
    moved = {m: k not in stay for k, m in enumerate(matches)}
    if swap:
        moved = {replace(m, a=m.b, b=m.a): value for m, value in moved.items()}
    linked = [
        Group(
            tuple(a.sentences[i] for i in m.a),
            tuple(b.sentences[i] for i in m.b),
            score=m.score,
            moved=value,
            similarity=m.similarity,
        )
        for m, value in moved.items()
    ]
    return arrange(a, b, linked)


def arrange(a: Document, b: Document, linked: Sequence[Group]) -> tuple[Group, ...]:
    """Linked groups and the sentences left alone, in A's order, numbered from ``g001``.

    A sentence of B alone follows the group of the nearest sentence of B before it.
    """
    taken = {s.index for g in linked for s in g.a}
    with_a = [*linked, *(Group((s,), ()) for s in a if s.index not in taken)]
    with_a.sort(key=lambda g: g.a[0].index)
    place = {s.index: k for k, g in enumerate(with_a) for s in g.b}
    ordered = [(k, -1, g) for k, g in enumerate(with_a)]
    latest = -1
    for s in b:
        if s.index in place:
            latest = place[s.index]
        else:
            ordered.append((latest, s.index, Group((), (s,))))
    ordered.sort(key=lambda entry: entry[:2])
    return tuple(replace(g, group_id=f"g{k:03}") for k, (_, _, g) in enumerate(ordered, 1))


def longest_increasing(values: Sequence[int]) -> set[int]:
    """Positions of a longest strictly increasing subsequence.

    >>> sorted(longest_increasing([5, 1, 2, 0, 3]))
    [1, 2, 4]
    """
    from bisect import bisect_left

    ends: list[int] = []
    where: list[int] = []
    before: list[int] = []
    for k, value in enumerate(values):
        place = bisect_left(ends, value)
        ends[place : place + 1] = [value]
        where[place : place + 1] = [k]
        before.append(where[place - 1] if place else -1)
    found: set[int] = set()
    k = where[-1] if where else -1
    while k >= 0:
        found.add(k)
        k = before[k]
    return found


def coverage(groups: Iterable[Group], side: Side) -> float:
    """Share of a text's characters, in its compared sentences, that stand in linked groups."""
    total = linked = 0
    for group in groups:
        size = sum(len(s.text) for s in group.side(side))
        total += size
        linked += size * group.linked
    return linked / total if total else 0.0
