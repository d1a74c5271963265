"""Which sets of sentences may belong together: few enough to look at each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from compare.align.evidence import Channel
from compare.align.tokens import spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

MOST = 4
"""Sentences on one side of a group at most."""
SHAPES = tuple((p, q) for p in range(1, 5) for q in range(1, 5) if p == 1 or q == 1 or p + q <= 5)
LINKS = 5
"""Best links kept per sentence, direction and channel …"""
CLOSE_LINKS = 3
"""… and those that are followed to put together sentences that are not neighbours."""
A_LITTLE_APART = 3
TIE = 1e-5
"""Cosine that two sentences at opposite ends of their texts lose, for a tie to be broken."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Sets of sentences of one text; -1 fills a row."""

    members: Ints
    """``(w, k)`` ascending sentence numbers."""
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


def best_links(channels: tuple[Channel, ...], counts: tuple[int, ...]) -> list[Bools]:
    """For each count ``(n, m)``: the pairs among so many best of either sentence by a channel."""
    import numpy as np

    linked: list[Bools] = [np.zeros(channels[0].cross.shape, dtype=bool) for _ in counts]
    for channel in channels:
        cosine = channel.cosine
        # Among sentences that are the same the one that stands alike: whichever text is A.
        rows, columns = (np.linspace(0, TIE, n, dtype=np.float32) for n in cosine.shape)
        unlike = np.abs(rows[:, None] - columns) - cosine
        for axis, (count, found) in product((0, 1), zip(counts, linked, strict=True)):
            some = min(count, unlike.shape[axis])
            best = np.argpartition(unlike, some - 1, axis=axis).take(range(some), axis=axis)
            np.put_along_axis(found, best, True, axis=axis)
    return linked


def candidates(channels: tuple[Channel, ...]) -> Candidates:
    """Pairs of windows of known shapes in which each sentence has a link to the other side."""
    import numpy as np

    linked, close = best_links(channels, (LINKS, CLOSE_LINKS))
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
    for left, right in apart(close):
        add(left, right)
    for right, left in apart(close.T):
        add(left, right)
    left, right = np.concatenate(lefts), np.concatenate(rights)
    keep = covered(linked, left, right)
    a, left_rows = windows(left[keep], n)
    b, right_rows = windows(right[keep], m)
    pairs = np.unique(left_rows.astype(np.int64) * len(b.members) + right_rows)
    return Candidates(a, b, pairs // len(b.members), pairs % len(b.members))


def pad(rows: Ints, width: int = MOST) -> Ints:
    """Rows filled with -1 to so many columns."""
    import numpy as np

    wide: Ints = np.full((len(rows), width), -1, dtype=rows.dtype)
    wide[:, : rows.shape[1]] = rows
    return wide


def apart(linked: Bools) -> list[tuple[Ints, Ints]]:
    """Two sentences that are not neighbours against one, and, a little apart, against two."""
    import numpy as np

    column, row = np.nonzero(linked.T)  # by column
    count = np.bincount(column, minlength=linked.shape[1])
    start = np.cumsum(count) - count
    found = []
    for shift in (0, 1, -1):
        # Both partners of a column, or one of it and one of its neighbour.
        partner = column + shift
        inside = (partner >= 0) & (partner < linked.shape[1])
        x, j, k = row[inside], column[inside], partner[inside]
        each, place = spread(count[k], start[k])
        y = row[place]
        x, j, k = x[each], j[each], k[each]
        far = (y - x > 1) if shift == 0 else (y - x > 1) & (y - x <= A_LITTLE_APART)
        left = np.stack([x[far], y[far]], axis=1)
        columns = {0: [j], 1: [j, k], -1: [k, j]}[shift]
        found.append((left, np.stack([c[far] for c in columns], axis=1)))
    return found


def covered(linked: Bools, left: Ints, right: Ints) -> Bools:
    """Whether each sentence of each pair of windows has a link to the other window."""
    import numpy as np

    x, y = np.ascontiguousarray(left.T), np.ascontiguousarray(right.T)
    here = linked[x[:, None], y]
    here &= (x >= 0)[:, None] & (y >= 0)
    left_ok = np.all(here.any(axis=1) | (x < 0), axis=0)
    right_ok = np.all(here.any(axis=0) | (y < 0), axis=0)
    both: Bools = left_ok & right_ok
    return both


def windows(rows: Ints, n: int) -> tuple[Windows, Ints]:
    """The distinct rows, and for each row its number among them."""
    first, which = distinct(rows)
    members = rows[first]
    return Windows(members, beside(members, n)), which


def distinct(rows: Ints) -> tuple[Ints, Ints]:
    """Where each distinct row stands once, in ascending order of the rows, and each row's number.

    >>> import numpy as np
    >>> first, which = distinct(np.array([[2, 3], [0, -1], [2, 3]]))
    >>> first.tolist(), which.tolist()
    ([1, 0], [1, 0, 1])
    """
    import numpy as np

    base = int(rows.max(initial=-1)) + 2
    key, bound = np.zeros(len(rows), np.int64), 1
    for column in rows.T:
        if bound > np.iinfo(np.int64).max // base:
            key = np.unique(key, return_inverse=True)[1]
            bound = len(rows)
        key = key * base + (column + 1)
        bound *= base
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which


def beside(members: Ints, n: int) -> Ints:
    """``(c, 2)`` the sentences just before and just after; -1 where there is none."""
    import numpy as np

    before, after = members[:, 0] - 1, members.max(axis=1, initial=-1) + 1
    return np.stack([before, np.where(after < n, after, -1)], axis=1)
