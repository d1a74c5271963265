"""Which words of a candidate's sides the other side has, member by member.

Likeness tells that two groups are about the same; only counting shows that a short sentence fills
exactly what its neighbour leaves open. The same from either side, for words, pairs of words that
follow each other, and runs of letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.align.candidates import beside, distinct
from compare.align.tokens import Bags, spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

COMMON = 40
"""A token of more sentences than this does not say which of them has what is missing."""
CELLS = 4_000_000
"""Sums held at once while that sentence is looked for."""
TABLE = 50_000_000
"""Sets times tokens up to which a table says which set has which; beyond, sorted keys do."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Candidates seen from one side; ``(c,)`` each, shares of weight."""

    covered: Floats
    """Of this side: what the other side has."""
    held: Floats
    """The same of the member with the least."""
    gain: Floats
    """Of the other side: what only one member has, the least of several; inf for one member."""
    missed: Floats
    """Of the other side: what a neighbour outside would cover besides."""
    missed_own: Floats
    """Of that neighbour: what it would cover so."""
    far: Floats
    """As ``missed``, by the best of all sentences outside …"""
    far_own: Floats
    far_who: Ints
    """… and which it is; -1 where none would."""


class Windows:
    """Rows of sentences of one text as sets of tokens; what is equal is kept once."""

    def __init__(self, text: Bags, rows: Ints) -> None:
        import numpy as np

        self.text, self.rows = text, rows
        first, self.of = distinct(rows)
        members = rows[first]
        """``(c,)`` the set of each row."""
        width, kinds = rows.shape[1], len(text.weight)
        flat, self.token = text.entries(members.ravel())
        row, self.slot = flat // width, flat % width
        keys, place, count = np.unique(
            row * kinds + self.token, return_inverse=True, return_counts=True
        )
        self.times = count[place.ravel()]
        """How many members of its set have an entry's token."""
        self.count = np.bincount(row, minlength=len(members))
        self.start = np.cumsum(self.count) - self.count
        self.set_row, self.set_token = keys // kinds, keys % kinds
        self.size = np.bincount(self.set_row, text.weight[self.set_token], minlength=len(members))
        """Weight of each set."""
        self._keys = keys
        self._table = None
        if len(members) * kinds <= TABLE:
            self._table = np.zeros((len(members), kinds), dtype=bool)
            self._table[self.set_row, self.set_token] = True

    def has(self, row: Ints, token: Ints) -> Bools:
        """Whether the set of each of some rows has a token."""
        import numpy as np

        found: Bools
        if self._table is not None:
            found = self._table[self.of[row], token]
            return found
        wanted = self.of[row] * len(self.text.weight) + token
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found = self._keys[place] == wanted
        return found

    def entries(self) -> tuple[Ints, Ints]:
        """Row and entry, for every row and every entry of its set."""
        return spread(self.count[self.of], self.start[self.of])


def seen(own: Windows, other: Windows) -> Seen:
    """Look at candidates from one side: row by row of both."""
    import numpy as np

    weight, rows = own.text.weight, own.rows
    count, width = rows.shape
    own_size = np.maximum(own.size[own.of], 1e-9)
    whole = np.maximum(other.size[other.of], 1e-9)
    row, entry = own.entries()
    token, times = own.token[entry], own.times[entry]
    of_token = weight[token]
    hit = of_token * other.has(row, token)
    cell = own.slot[entry] * count + row

    def by_member(value: Floats) -> Floats:
        """``(width, c)``: over the first axis of few, numpy is far faster than over the last."""
        total = np.bincount(cell, value, minlength=count * width)
        return total.reshape(width, count).astype(np.float64)

    shared = np.bincount(row, hit / times, minlength=count)
    here = rows.T >= 0
    share = by_member(hit) / np.maximum(by_member(of_token), 1e-9)
    only = by_member(hit * (times == 1)) / whole
    several = here.sum(axis=0) > 1
    near, near_own = neighbours(own, other)
    who, far = outsiders(own, other)
    size = np.maximum(own.text.sizes(), 1e-9)
    return Seen(
        shared / own_size,
        np.where(here, share, np.inf).min(axis=0),
        np.where(several, np.where(here, only, np.inf).min(axis=0), np.inf),
        near / whole,
        near_own,
        far / whole,
        np.where(who >= 0, far / size[who], 0.0),
        who,
    )


def neighbours(own: Windows, other: Windows) -> tuple[Floats, Floats]:
    """``(c,)`` weight of what a neighbour would add, and as a share of it; the greater of two."""
    import numpy as np

    around = beside(own.rows, len(own.text.start) - 1).ravel()
    flat, token = own.text.entries(around)
    row = flat // 2
    of_token = own.text.weight[token]
    new = of_token * (other.has(row, token) & ~own.has(row, token))
    gain = np.bincount(flat, new, minlength=len(around)).reshape(-1, 2)
    size = np.bincount(flat, of_token, minlength=len(around)).reshape(-1, 2)
    return gain.max(axis=1), (gain / np.maximum(size, 1e-9)).max(axis=1)


def outsiders(own: Windows, other: Windows) -> tuple[Ints, Floats]:
    """Which sentence outside has most of what the other side has beyond these members."""
    import numpy as np

    text, rows = own.text, own.rows
    sentences = len(text.start) - 1
    mine = text.token[text.start[0] : text.start[-1]]
    order = np.argsort(mine, kind="stable")
    holder = np.repeat(np.arange(sentences), np.diff(text.start))[order]
    frequency = np.bincount(mine, minlength=len(text.weight))
    begin = np.cumsum(frequency) - frequency
    sets = np.bincount(other.set_row, minlength=len(other.size))
    row, place = spread(sets[other.of], (np.cumsum(sets) - sets)[other.of])
    token = other.set_token[place]
    known = np.nonzero((frequency[token] > 0) & (frequency[token] <= COMMON))[0]
    known = known[~own.has(row[known], token[known])]
    row, token = row[known], token[known]
    who: Ints = np.full(len(rows), -1)
    best = np.zeros(len(rows))
    step = max(1, CELLS // sentences)
    for start in range(0, len(rows), step):
        stop = min(start + step, len(rows))
        some = slice(*np.searchsorted(row, [start, stop]))
        each, posting = spread(frequency[token[some]], begin[token[some]])
        total = np.bincount(
            (row[some][each] - start) * sentences + holder[posting],
            text.weight[token[some]][each],
            minlength=(stop - start) * sentences,
        ).reshape(stop - start, sentences)
        inside, slot = np.nonzero(rows[start:stop] >= 0)
        total[inside, rows[start:stop][inside, slot]] = 0.0
        most: Ints = total.argmax(axis=1)
        best[start:stop] = total[np.arange(len(most)), most]
        who[start:stop] = np.where(best[start:stop] > 0, most, -1)
    return who, best


def overlap(
    texts: tuple[Bags, Bags], left: Ints, right: Ints
) -> tuple[dict[str, Floats], tuple[Seen, Seen]]:
    """Name → ``(c,)`` values by one kind of token, and both views they come from.

    Args:
        texts: both texts.
        left: ``(c, w)`` members on A's side, ascending, -1 fills a row.
        right: the same on B's side.
    """
    import numpy as np

    a, b = Windows(texts[0], left), Windows(texts[1], right)
    x, y = seen(a, b), seen(b, a)
    gain = np.minimum(x.gain, y.gain)
    return {
        "covered_low": np.minimum(x.covered, y.covered),
        "covered_high": np.maximum(x.covered, y.covered),
        "held": np.minimum(x.held, y.held),
        "gain": np.where(np.isfinite(gain), gain, 0.0),
        "missed": np.maximum(x.missed, y.missed),
        "missed_own": np.maximum(x.missed_own, y.missed_own),
        "far": np.maximum(x.far, y.far),
        "far_own": np.maximum(x.far_own, y.far_own),
    }, (x, y)
