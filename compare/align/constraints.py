"""What a user has settled about an alignment: groups that are given, sentences kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Ids = tuple[tuple[int, ...], tuple[int, ...]]
"""A group by the numbers of its sentences of A and of B; one side may be empty."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Settled groups, and pairs of sentences that no group may hold; by sentence numbers."""

    fixed: tuple[Ids, ...] = ()
    forbidden: frozenset[tuple[int, int]] = frozenset()

    @property
    def mirrored(self) -> Constraints:
        """The same with the texts exchanged.

        >>> Constraints((((0,), (1, 2)),), frozenset({(0, 3)})).mirrored
        Constraints(fixed=(((1, 2), (0,)),), forbidden=frozenset({(3, 0)}))
        """
        return Constraints(
            tuple((b, a) for a, b in self.fixed), frozenset((j, i) for i, j in self.forbidden)
        )

    def within(self, rows_a: Sequence[int], rows_b: Sequence[int]) -> Constraints:
        """The same for some sentences of each text, by their places among them.

        >>> Constraints((((0, 4), (1,)),), frozenset({(4, 2)})).within([3, 4], [2, 3])
        Constraints(fixed=(((1,), ()),), forbidden=frozenset({(1, 0)}))
        """
        place_a = {row: k for k, row in enumerate(rows_a)}
        place_b = {row: k for k, row in enumerate(rows_b)}
        fixed = (
            (
                tuple(place_a[i] for i in a if i in place_a),
                tuple(place_b[j] for j in b if j in place_b),
            )
            for a, b in self.fixed
        )
        return Constraints(
            tuple(ids for ids in fixed if ids != ((), ())),
            frozenset(
                (place_a[i], place_b[j]) for i, j in self.forbidden if i in place_a and j in place_b
            ),
        )

    def allowed(self, left: Ints, right: Ints) -> Ints:
        """Numbers of the candidates that leave settled sentences and forbidden pairs alone.

        Args:
            left: ``(c, k)`` members on A's side, -1 fills a row.
            right: the same on B's side.
        """
        import numpy as np

        taken_a = [i for a, _ in self.fixed for i in a]
        taken_b = [j for _, b in self.fixed for j in b]
        free = ~(np.isin(left, taken_a).any(axis=1) | np.isin(right, taken_b).any(axis=1))
        for i, j in self.forbidden:
            free &= ~((left == i).any(axis=1) & (right == j).any(axis=1))
        rows: Ints = np.nonzero(free)[0]
        return rows

    def continued(self, left: Ints, right: Ints) -> Ints:
        """``(c,)`` how often, 0 to 2, a candidate goes on from a settled group or leads to one."""
        import numpy as np

        count = np.zeros(len(left), dtype=np.int64)
        if not self.fixed:
            return count

        def beside(rows: Ints, side: int, step: int) -> Ints:
            """The settled group that each member comes just after (1) or before (-1), else -1."""
            owner = np.full(rows.max(initial=0) + 1, -1)
            for k, ids in enumerate(self.fixed):
                for i in ids[side]:
                    if 0 <= i + step < len(owner):
                        owner[i + step] = k
            return np.where(rows >= 0, owner[rows], -1)

        for step in (1, -1):
            in_a, in_b = beside(left, 0, step), beside(right, 1, step)
            same = (in_a[:, :, None] == in_b[:, None, :]) & (in_a >= 0)[:, :, None]
            count += same.any(axis=(1, 2))
        return count


FREE = Constraints()
"""Nothing is settled."""
