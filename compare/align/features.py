"""What speaks for and against each candidate, the same whichever text is A."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.align.candidates import Candidates, Windows
from compare.align.evidence import CHUNK, Channel, Vectors, ratio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Norms:
    """Squared lengths of the vectors of windows, and of each changed by one sentence."""

    full: Floats
    """``(w,)``"""
    without: Floats
    """``(k, w)``: without each member."""
    extended: Floats
    """``(2, w)``: with the sentence before, and after."""


def norms(vectors: Vectors, single: Floats, table: Windows) -> Norms:
    """Squared lengths of the sums of vectors over each window; ``single`` those of sentences."""
    import numpy as np

    width = table.members.shape[1]
    nodes = np.concatenate([table.members.T, table.around.T])
    first, second = np.triu_indices(len(nodes), k=1)
    x, y = nodes[first], nodes[second]
    valid = (x >= 0) & (y >= 0)
    product = np.zeros(x.shape)
    product[valid] = vectors.products(x[valid], y[valid])
    gram = np.zeros((len(nodes), *nodes.shape))
    gram[first, second] = gram[second, first] = product
    own = np.where(nodes >= 0, single[nodes], 0.0)
    members, around = own[:width], own[width:]
    touching = gram[:width, :width].sum(axis=0)
    full = members.sum(axis=0) + touching.sum(axis=0)
    return Norms(
        full,
        np.maximum(full - 2 * touching - members, 0.0),
        full + 2 * gram[:width, width:].sum(axis=0) + around,
    )


@dataclass(frozen=True, slots=True)
class View:
    """A channel seen from one text: what all its windows share."""

    channel: Channel
    """With that text as ``a``."""
    cosine: Floats
    """``(n, m)`` of single sentences."""
    favourites: tuple[Ints, Floats]
    """``(n, k)`` the most alike sentences of the other text for each, with their cosines."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Two texts with all that the features of candidates are made from."""

    views: Mapping[str, tuple[View, View]]
    """By kind of evidence: ``meaning``, and ``all`` together."""
    alike: Floats
    """``(n, m)`` cosines of single sentences by all evidence."""
    level: Mapping[str, float]
    """Cosine usual for sentences that prefer each other, by kind."""
    length_a: Floats
    """``(n,)`` characters of A's sentences."""
    length_b: Floats
    """The same of B's."""


def scene(
    meaning: Channel, everything: Channel, length_a: Floats, length_b: Floats, most: int
) -> Scene:
    """Look at both texts by both kinds of evidence; ``most`` members on a side of a group."""
    import numpy as np

    alike = everything.cosine
    first, second = mutual_best(alike)
    views, level = {}, {}
    # What is little for two translations of one text may be much for two reports.
    for name, channel, usual in (("meaning", meaning, 0.45), ("all", everything, 0.35)):
        cosine = alike if channel is everything else channel.cosine
        # One more than the other side has members at most: then one of them is outside.
        views[name] = (
            View(channel, cosine, top(cosine, most + 1)),
            View(channel.mirrored, cosine.T, top(cosine.T, most + 1)),
        )
        level[name] = max(float(np.median(cosine[first, second])), usual)
    return Scene(views, alike, level, length_a, length_b)


def top(like: Floats, count: int) -> tuple[Ints, Floats]:
    """The columns of the ``count`` greatest values of each row, greatest first, and the values."""
    import numpy as np

    count = min(count, like.shape[1])
    best = np.argpartition(like, like.shape[1] - count, axis=1)[:, -count:]
    value = np.take_along_axis(like, best, axis=1)
    order = np.argsort(-value, axis=1, kind="stable")
    sorted_value: Floats = np.take_along_axis(value, order, axis=1).astype(np.float64)
    return np.take_along_axis(best, order, axis=1), sorted_value


@dataclass(frozen=True, slots=True)
class Half:
    """The windows of one text by one kind of evidence."""

    view: View
    windows: Windows
    norms: Norms
    rivals: tuple[Ints, Floats]
    """``(w, k)`` the most alike single sentences of the other text, with their cosines."""

    @property
    def channel(self) -> Channel:
        """With the text of the windows as ``a``."""
        return self.view.channel


def half(view: View, table: Windows, count: int) -> Half:
    """Prepare the comparison from one side; ``count`` rivals a window."""
    own = norms(view.channel.a, view.channel.norm_a, table)
    rivals = most_alike(view.channel, table.members, own.full, count)
    return Half(view, table, own, rivals)


def most_alike(channel: Channel, rows: Ints, squares: Floats, count: int) -> tuple[Ints, Floats]:
    """For each row of sentences the ``count`` most alike sentences of the other text."""
    import numpy as np

    pieces = []
    # A row's own length scales all its values alike: it comes in last.
    lengths: Floats = np.sqrt(np.maximum(channel.norm_b, 1e-18)).astype(np.float32)
    step = max(1, CHUNK * 100 // channel.cross.shape[1])
    for first in range(0, len(rows), step):
        some = rows[first : first + step]
        total = channel.cross[some[:, 0]]
        for column in range(1, rows.shape[1]):
            more = np.nonzero(some[:, column] >= 0)[0]
            total[more] += channel.cross[some[more, column]]
        best, value = top(total / lengths, count)
        own = np.maximum(np.sqrt(squares[first : first + step]), 1e-9)
        pieces.append((best, value / own[:, None]))
    return np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])


def rival(best: tuple[Ints, Floats], rows: Ints, members: Ints) -> Floats:
    """Cosine of the best one that is no member, at least 0; the shape of ``rows``.

    Args:
        best: ``(r, k)`` the most alike sentences, greatest first, with their cosines.
        rows: ``(c,)`` or ``(n, c)`` rows of ``best``.
        members: ``(width, c)`` sentences that do not count.
    """
    import numpy as np

    enough = len(members) + 1  # then one of them is no member
    found = np.zeros(rows.shape)
    for names, value in zip(best[0].T[:enough], best[1].T[:enough], strict=True):
        name = names[rows]
        taken = np.zeros(rows.shape, dtype=bool)
        for member in members:
            taken |= name == member
        np.maximum(found, np.where(taken, 0.0, value[rows]), out=found)
    return found


@dataclass(frozen=True, slots=True)
class OneWay:
    """How well the windows of one text go with those of the other; ``(c,)`` each."""

    weakest: Floats
    """Least cosine of a member with the whole other side."""
    held: Floats
    """Least share of a member's own vector that the other side holds."""
    gain: Floats
    """Least that a member adds to the cosine; infinite where there is one member only."""
    missed: Floats
    """Most that a neighbour outside would add; -1 where there is none."""
    loyal: Floats
    """Least margin by which a member prefers the other side to any single sentence outside."""
    courted: Floats
    """Greatest margin by which a neighbour outside would prefer the other side."""
    margin: Floats
    """Cosine less that of the best single sentence outside."""
    contained: Floats
    """How much of this side's vector the other side holds."""


def one_way(own: Half, other: Half, rows: Ints, other_rows: Ints) -> OneWay:
    """Look at candidates, given by their windows, from one side."""
    import numpy as np

    # The few members along the first axis: numpy is far slower along a last one of four.
    members = np.ascontiguousarray(own.windows.members[rows].T)
    others = np.ascontiguousarray(other.windows.members[other_rows].T)
    around = own.windows.around[rows].T
    width = len(members)
    nodes = np.concatenate([members, around])
    cross = own.channel.cross[nodes[:, None], others].astype(np.float64)
    there = (nodes >= 0)[:, None] & (others >= 0)
    dots = np.where(there, cross, 0.0)
    by_node = dots.sum(axis=1)
    by_member = by_node[:width]
    total = by_member.sum(axis=0)
    mine, theirs = own.norms.full[rows], other.norms.full[other_rows]
    cosine = ratio(total, mine, theirs)
    valid = members >= 0
    single = np.where(nodes >= 0, own.channel.norm_a[nodes], 1.0)
    alone = ratio(by_member, single[:width], theirs)
    share = by_member / np.maximum(single[:width], 1e-9)
    less = ratio(total - by_member, own.norms.without[:, rows], theirs)
    several = valid & (valid.sum(axis=0) > 1)
    more = ratio(total + by_node[width:], own.norms.extended[:, rows], theirs)
    best = np.where(there, own.view.cosine[nodes[:, None], others], -1.0).max(axis=1)
    prefer = best - rival(own.view.favourites, nodes, others)
    return OneWay(
        np.where(valid, alone, np.inf).min(axis=0),
        np.where(valid, share, np.inf).min(axis=0).clip(0, 1),
        np.where(several, cosine - less, np.inf).min(axis=0),
        np.where(around >= 0, more - cosine, -1.0).max(axis=0),
        np.where(valid, prefer[:width], np.inf).min(axis=0),
        np.where(around >= 0, prefer[width:], -1.0).max(axis=0),
        cosine - rival(own.rivals, rows, others),
        (total / np.maximum(mine, 1e-9)).clip(0, 1),
    )


def features(seen: Scene, found: Candidates) -> dict[str, Floats]:
    """Name → ``(c,)`` values."""
    import numpy as np

    most = max(found.a.members.shape[1], found.b.members.shape[1]) + 1
    halves = {
        name: (half(a, found.a, most), half(b, found.b, most))
        for name, (a, b) in seen.views.items()
    }
    pieces = [
        _features(found, slice(start, start + CHUNK), halves, seen)
        for start in range(0, len(found), CHUNK)
    ]
    out = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    for name, level in seen.level.items():
        out[f"{name}.level"] = np.full(len(found), level)
    out["meaning.low"] = np.maximum(0.5 - out["meaning.cosine"], 0.0)
    out["all.low"] = np.maximum(0.4 - out["all.cosine"], 0.0)
    return out


def mutual_best(alike: Floats) -> tuple[Ints, Ints]:
    """The pairs that prefer each other; there is always one."""
    import numpy as np

    best = alike.argmax(axis=1)
    rows = np.arange(len(best))
    mutual = alike.argmax(axis=0)[best] == rows
    return rows[mutual], best[mutual]


def _features(
    found: Candidates,
    rows: slice,
    halves: dict[str, tuple[Half, Half]],
    seen: Scene,
) -> dict[str, Floats]:
    import numpy as np

    left, right = found.left[rows], found.right[rows]
    size_a, size_b = found.a.size[left], found.b.size[right]
    several = (size_a > 1) | (size_b > 1)
    out: dict[str, Floats] = {"constant": np.ones(len(left))}
    for name, (half_a, half_b) in halves.items():
        a, b = one_way(half_a, half_b, left, right), one_way(half_b, half_a, right, left)
        cosine = np.sqrt(a.contained * b.contained)
        out[f"{name}.cosine"] = cosine
        out[f"{name}.weakest"] = np.minimum(a.weakest, b.weakest)
        out[f"{name}.held"] = np.minimum(a.held, b.held)
        out[f"{name}.gain"] = np.where(several, np.minimum(a.gain, b.gain), 0.0)
        out[f"{name}.missed"] = np.maximum(a.missed, b.missed).clip(-0.3)
        out[f"{name}.loyal"] = np.minimum(a.loyal, b.loyal)
        out[f"{name}.courted"] = np.maximum(a.courted, b.courted).clip(-0.5)
        out[f"{name}.margin_low"] = np.minimum(a.margin, b.margin)
        out[f"{name}.margin_high"] = np.maximum(a.margin, b.margin)
        out[f"{name}.contain_low"] = np.minimum(a.contained, b.contained)
        out[f"{name}.contain_high"] = np.maximum(a.contained, b.contained)
    members_a, members_b = found.a.members[left], found.b.members[right]
    out["support.near"], out["support.next"] = support(
        seen.alike, members_a, members_b, found.a.around[left], found.b.around[right]
    )
    total_a = np.where(members_a >= 0, seen.length_a[members_a], 0.0).sum(axis=1)
    total_b = np.where(members_b >= 0, seen.length_b[members_b], 0.0).sum(axis=1)
    uneven = np.abs(np.log((total_a + 5) / (total_b + 5)))
    out["uneven"] = uneven
    out["very_uneven"] = np.maximum(uneven - 0.7, 0.0)
    out["several"] = several.astype(np.float64)
    out["both_several"] = ((size_a > 1) & (size_b > 1)).astype(np.float64)
    out["more"] = np.maximum(np.maximum(size_a, size_b) - 2.0, 0.0)
    out["gaps"] = gaps(members_a, size_a) + gaps(members_b, size_b)
    return out


def support(
    alike: Floats, inside_a: Ints, inside_b: Ints, around_a: Ints, around_b: Ints
) -> tuple[Floats, Floats]:
    """How alike the surroundings are: best pairs of neighbours a little apart, and adjoining.

    Each the mean over the sentences before and after; what lies outside the text counts 0.
    """
    import numpy as np

    def at(i: Ints, j: Ints) -> Floats:
        value: Floats = np.where((i >= 0) & (j >= 0), alike[i, j], 0.0)
        return value

    adjoining = at(around_a.T, around_b.T).mean(axis=0)
    near_a = near_ones(inside_a, alike.shape[0])
    near_b = near_ones(inside_b, alike.shape[1])
    table = at(near_a[:, None], near_b)
    by_a, by_b = np.sort(table.max(axis=1), axis=0), np.sort(table.max(axis=0), axis=0)
    return np.minimum(by_a[-2:].mean(axis=0), by_b[-2:].mean(axis=0)), adjoining


def near_ones(members: Ints, n: int) -> Ints:
    """``(4, c)`` the two sentences before and the two after; -1 where there is none."""
    import numpy as np

    first, last = members[:, 0], members.max(axis=1)
    rows = np.stack([first - 2, first - 1, last + 1, last + 2])
    found: Ints = np.where((rows >= 0) & (rows < n), rows, -1)
    return found


def gaps(members: Ints, size: Ints) -> Floats:
    """1 for a window with a hole of one or two sentences, 2 for a wider one."""
    import numpy as np

    hole = members.max(axis=1) - members[:, 0] + 1 - size
    return np.where(hole > 2, 2.0, np.where(hole > 0, 1.0, 0.0))
