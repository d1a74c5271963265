"""Published ways of aligning sentences, to be measured beside this project's on the same vectors.

Each takes the sentences of two texts, their unit vectors ``(n, d)`` and ``(m, d)``, and a list of
settings, and gives its groups for each setting: ``PEERS`` holds them with the settings to try.
Windows of several sentences have the length-weighted mean of their members' vectors, as here.

Of the peers' own programs, vecalign's dynamic programme can be had as the package ``sentalign``
(``pip install sentalign``; it compiles C) and is measured too where that is installed. Bertalign's
package asks for Python 3.12, and brings its own sentence splitter and language detector: its
scores are in a compact version of our own, ``after bertalign``. hunalign and SentAlign are no
Python packages.
"""

from __future__ import annotations

import importlib.util
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

Ids = frozenset[int]
Pair = tuple[Ids, Ids]
Bead = tuple[int, int]
"""How many sentences of A and of B."""
Setting = tuple[float, ...]
Align = Callable[
    [Sequence[str], Sequence[str], np.ndarray, np.ndarray, Sequence[Setting]], list[list[Pair]]
]
BEADS = [(p, q) for p, q in product(range(1, 5), repeat=2) if p + q <= 5]
"""Groups of the dynamic programmes over vectors: up to 1-4, 4-1, 2-3 and 3-2."""


@dataclass(frozen=True)
class Peer:
    """A method and the settings among which the best is chosen."""

    align: Align
    settings: tuple[Setting, ...]


# --- in any order ----------------------------------------------------------------------------


def mutual(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Mutual nearest neighbours by cosine, from a least cosine on.

    The rule of bitext mining, here by plain cosine: Artetxe and Schwenk, "Margin-based Parallel
    Corpus Mining", ACL 2019.
    """
    cosine = x @ y.T
    found = mutual_best(cosine)
    return [[pair((i,), (j,)) for i, j in found if cosine[i, j] >= least] for (least,) in settings]


def mutual_best(likeness: np.ndarray) -> list[tuple[int, int]]:
    """The pairs in which each is the other's best."""
    best, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    return [(i, int(j)) for i, j in enumerate(best) if back[j] == i]


def hungarian(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """The one-to-one assignment of greatest total cosine, from a least cosine on.

    Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics 2, 1955.
    """
    from scipy.optimize import linear_sum_assignment

    cosine = x @ y.T
    found = list(zip(*linear_sum_assignment(-cosine), strict=True))
    return [[pair((i,), (j,)) for i, j in found if cosine[i, j] >= least] for (least,) in settings]


def closest_by_trigrams(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Each sentence with its closest by character trigrams (TF-IDF cosine); no vectors.

    Štajner, Franco-Salvador, Rosso and Ponzetto, "CATS: A Tool for Customized Alignment of Text
    Simplification Corpora", LREC 2018: the closest-sentence strategy with C3G. A setting is the
    least likeness of two sentences that are each other's closest, and of a sentence to its closest
    where that has a closer one; what is connected is a group.
    """
    likeness = trigram_likeness(a, b)
    both = mutual_best(likeness)
    one_way = {(i, int(j)) for i, j in enumerate(likeness.argmax(axis=1))}
    one_way |= {(int(i), j) for j, i in enumerate(likeness.argmax(axis=0))}
    one_way -= set(both)
    return [
        connected(
            [link for link in both if likeness[link] >= least]
            + [link for link in sorted(one_way) if likeness[link] >= join]
        )
        for least, join in settings
    ]


def trigram_likeness(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    """``(n, m)`` TF-IDF cosine over character trigrams, document frequencies of both texts."""
    from scipy.sparse import csr_array

    bags = [
        Counter(padded[k : k + 3] for k in range(len(padded) - 2))
        for padded in (f" {text.lower()} " for text in [*a, *b])
    ]
    documents = Counter(gram for bag in bags for gram in bag)
    number = {gram: k for k, gram in enumerate(documents)}
    idf = {gram: math.log((1 + len(bags)) / (1 + d)) + 1 for gram, d in documents.items()}
    rows = [k for k, bag in enumerate(bags) for _ in bag]
    columns = [number[gram] for bag in bags for gram in bag]
    values = np.array([count * idf[gram] for bag in bags for gram, count in bag.items()])
    table = csr_array((values, (rows, columns)), shape=(len(bags), len(number)))
    length = np.sqrt(table.multiply(table).sum(axis=1))
    dots: np.ndarray = (table[: len(a)] @ table[len(a) :].T).toarray()
    return dots / np.maximum(np.outer(length[: len(a)], length[len(a) :]), 1e-12)


def connected(links: Sequence[tuple[int, int]]) -> list[Pair]:
    """Links as groups: whatever is connected."""
    groups: list[Pair] = []
    for i, j in links:
        touched = [g for g in groups if i in g[0] or j in g[1]]
        groups = [g for g in groups if g not in touched]
        groups.append(
            (
                frozenset({i}).union(*(g[0] for g in touched)),
                frozenset({j}).union(*(g[1] for g in touched)),
            )
        )
    return groups


def pair(left: Sequence[int], right: Sequence[int]) -> Pair:
    """A group of sentence numbers."""
    return frozenset(int(i) for i in left), frozenset(int(j) for j in right)


# --- in one order: dynamic programmes --------------------------------------------------------


def gale_church(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Sentence lengths alone, beads 1-1, 1-0, 0-1, 2-1, 1-2 and 2-2; no vectors.

    Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational
    Linguistics 19(1), 1993. A setting is the variance of the length per character (there 6.8) and
    the prior of a sentence alone (there .0099 for both sides together).
    """
    from scipy.stats import norm

    sums_a = np.concatenate([[0.0], np.cumsum([len(text) for text in a])])
    sums_b = np.concatenate([[0.0], np.cumsum([len(text) for text in b])])
    found = []
    for variance, alone in settings:
        prior = {(1, 1): 0.89, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
        prior = {bead: p * (1 - alone) / sum(prior.values()) for bead, p in prior.items()}
        costs = {}
        for (p, q), share in {**prior, (1, 0): alone / 2, (0, 1): alone / 2}.items():
            if p > len(a) or q > len(b):
                continue
            left = (sums_a[p:] - sums_a[: len(sums_a) - p])[:, None]
            right = (sums_b[q:] - sums_b[: len(sums_b) - q])[None, :]
            delta = np.abs(right - left) / np.sqrt(np.maximum((left + right) / 2 * variance, 1e-9))
            costs[p, q] = -(np.log(2) + norm.logsf(delta)) - math.log(share)
        found.append(cheapest(costs, len(a), len(b)))
    return found


def after_vecalign(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Monotone many-to-many dynamic programme of our own with vecalign's cost.

    Thompson and Koehn, "Vecalign: Improved Sentence Alignment in Linear Time and Space", EMNLP
    2019: (1 - cosine) times the sentences on either side, over its mean against the other text
    (there against random sentences). A setting is the cost of leaving a sentence out. The whole
    table is searched.
    """
    left, right = windows(x, a), windows(y, b)
    costs = {}
    for p, q in BEADS:
        if p > len(a) or q > len(b):
            continue
        far = 1 - left[p] @ right[q].T
        usual = (1 - left[p] @ y.T).mean(axis=1)[:, None] + (1 - x @ right[q].T).mean(axis=0)
        costs[p, q] = far * p * q * 2 / np.maximum(usual, 1e-6)
    return [cheapest(costs | skips(a, b, skip), len(a), len(b)) for (skip,) in settings]


def after_bertalign(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Monotone many-to-many dynamic programme of our own with bertalign's score.

    Liu and Zhu, "Bertalign: Improved word embedding-based sentence alignment for Chinese-English
    parallel corpora of literary texts", Digital Scholarship in the Humanities 38(2), 2023: the
    cosine less its mean with the sentences just before and after, times log2(1 + the ratio of
    lengths). A setting is the score of leaving a sentence out (there -0.1). The whole table is
    searched, not a band around a first pass of 1-1 beads.
    """
    left, right = windows(x, a), windows(y, b)
    size_a, size_b = sizes(a), sizes(b)
    scale = size_a[1].sum() / size_b[1].sum()
    costs = {}
    for p, q in BEADS:
        if p > len(a) or q > len(b):
            continue
        near = (around(left[p] @ y.T, q) + around(right[q] @ x.T, p).T) / 2
        one, other = size_a[p][:, None], size_b[q][None, :] * scale
        penalty = np.log2(1 + np.minimum(one, other) / np.maximum(one, other))
        costs[p, q] = (near - left[p] @ right[q].T) * penalty
    return [cheapest(costs | skips(a, b, -skip), len(a), len(b)) for (skip,) in settings]


def around(cosine: np.ndarray, size: int) -> np.ndarray:
    """Mean cosine of each row with the sentences just outside each window of a size.

    Args:
        cosine: ``(k, m)`` with the other text's single sentences.
        size: sentences in a window.

    Returns:
        ``(k, m - size + 1)``; with one neighbour its cosine, with none 0.
    """
    count = cosine.shape[1] - size + 1
    total, there = np.zeros((len(cosine), count)), np.zeros(count)
    total[:, 1:] += cosine[:, : count - 1]
    there[1:] += 1
    total[:, :-1] += cosine[:, size:]
    there[:-1] += 1
    return total / np.maximum(there, 1)


def skips(a: Sequence[str], b: Sequence[str], cost: float) -> dict[Bead, np.ndarray]:
    """The beads that leave a sentence out."""
    return {
        (1, 0): np.full((len(a), len(b) + 1), cost),
        (0, 1): np.full((len(a) + 1, len(b)), cost),
    }


def sizes(texts: Sequence[str]) -> list[np.ndarray]:
    """Characters of the windows of 0 to 4 sentences."""
    total = np.concatenate([[0.0], np.cumsum([max(1, len(text)) for text in texts])])
    return [total[size:] - total[: max(0, len(total) - size)] for size in range(5)]


def windows(vectors: np.ndarray, texts: Sequence[str]) -> list[np.ndarray]:
    """Unit vectors of the windows of 0 to 4 sentences: the length-weighted mean of the members."""
    weighted = vectors * sizes(texts)[1][:, None]
    total = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(weighted, axis=0)])
    sums = [total[size:] - total[: max(0, len(total) - size)] for size in range(5)]
    return [s / np.maximum(np.linalg.norm(s, axis=1, keepdims=True), 1e-12) for s in sums]


def cheapest(costs: Mapping[Bead, np.ndarray], n: int, m: int) -> list[Pair]:
    """The cheapest way through both texts in order, without the sentences left out.

    Args:
        costs: for each bead ``(p, q)`` the cost ``[i, j]`` of putting the p sentences of A from i
            on with the q of B from j on, ``(n - p + 1, m - q + 1)``.
        n: sentences of A.
        m: sentences of B.
    """
    steps = [(p, q, table.tolist()) for (p, q), table in costs.items()]
    best = [[math.inf] * (m + 1) for _ in range(n + 1)]
    last: list[list[Bead]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            for p, q, table in steps:
                if i >= p and j >= q:
                    cost = best[i - p][j - q] + table[i - p][j - q]
                    if cost < best[i][j]:
                        best[i][j], last[i][j] = cost, (p, q)
    found = []
    i, j = n, m
    while i or j:
        p, q = last[i][j]
        if p and q:
            found.append(pair(range(i - p, i), range(j - q, j)))
        i, j = i - p, j - q
    return found[::-1]


def vecalign(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, settings: Sequence[Setting]
) -> list[list[Pair]]:
    """Vecalign's own dynamic programme as the package ``sentalign`` has it, groups of up to five.

    Thompson and Koehn 2019, see ``after_vecalign``. A setting is the share of random costs below
    that of leaving a sentence out (there .2).
    """
    from sentalign import dp_utils

    layers = []
    for vectors, texts in ((x, a), (y, b)):
        # By the last sentence of a window; the first places of a layer hold what is never used.
        by_size = windows(vectors, texts)
        layer = np.zeros((4, *vectors.shape), dtype=np.float32)
        for size in range(1, min(4, len(texts)) + 1):
            layer[size - 1, size - 1 :] = by_size[size]
        layers.append(layer)
    found = []
    for (share,) in settings:
        np.random.seed(0)  # it samples from the global generator
        with np.errstate(invalid="ignore"):  # it casts infinite costs
            stack = dp_utils.vecalign(
                *(layer.copy() for layer in layers),
                final_alignment_types=dp_utils.make_alignment_types(5),
                del_percentile_frac=share,
                width_over2=9,
                max_size_full_dp=300,
                costs_sample_size=20_000,
                num_samps_for_norm=100,
            )
        found.append([pair(left, right) for left, right in stack[0]["final_alignments"]])
        found[-1] = [(left, right) for left, right in found[-1] if left and right]
    return found


def grid(*values: Sequence[float]) -> tuple[Setting, ...]:
    """Every combination."""
    return tuple(product(*values))


COSINES = [round(0.1 + 0.05 * k, 2) for k in range(15)]
PEERS: dict[str, Peer] = {
    "mutual nearest neighbour": Peer(mutual, grid(COSINES)),
    "Hungarian": Peer(hungarian, grid(COSINES)),
    "char-3-gram closest (CATS)": Peer(
        closest_by_trigrams,
        grid(
            [0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45],
            [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 2],
        ),
    ),
    "Gale-Church": Peer(gale_church, grid([1.5, 6.8, 20], [0.0099, 0.05, 0.2, 0.4])),
    "monotone many-to-many DP (own, after vecalign)": Peer(
        after_vecalign, grid([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    ),
    "monotone many-to-many DP (own, after bertalign)": Peer(
        after_bertalign, grid([-0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2, 0.25])
    ),
}
if importlib.util.find_spec("sentalign"):
    PEERS["vecalign"] = Peer(vecalign, grid([0.01, 0.03, 0.05, 0.1, 0.2, 0.3]))
