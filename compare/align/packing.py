"""The best set of groups: each sentence in at most one, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]


WHOLE = 1e-6
"""How near to 0 or 1 a value is one."""


def incidence(rows: Ints, n: int) -> Any:
    """``(c, n)`` sparse 0/1 matrix of members."""
    import numpy as np
    from scipy.sparse import csr_array

    row, column = np.nonzero(rows >= 0)
    data = np.ones(len(row))
    return csr_array((data, (row, rows[row, column])), shape=(len(rows), n))


def decode(
    left: Ints, right: Ints, scores: Floats, shape: tuple[int, int], bonus: float, limit: float
) -> tuple[Ints, bool]:
    """The packing with the greatest sum of scores and bonuses.

    Args:
        left: ``(c, 4)`` members on A's side, -1 fills a row.
        right: the same on B's side.
        scores: ``(c,)`` log-odds.
        shape: sentences of A and of B.
        bonus: for each group that continues another on both sides.
        limit: seconds; afterwards the best packing found so far counts.

    Returns:
        Numbers of the chosen candidates, and whether no packing is better.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array, vstack

    usable = np.nonzero(scores > -2 * bonus)[0]
    if not len(usable):
        return usable, True
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
    # Without the demand for whole numbers it is solved in a third of the time; and where all are
    # whole all the same, as they mostly are, it is solved.
    for whole in (0, 1):
        result = milp(
            -np.concatenate([value, np.full(pairs, bonus)]),
            constraints=LinearConstraint(matrix, -np.inf, upper),
            integrality=np.concatenate([np.full(count, whole), np.zeros(pairs)]),
            bounds=Bounds(0, 1),
            options={"time_limit": limit, "mip_rel_gap": 0.0},
        )
        values = np.zeros(count) if result.x is None else result.x[:count]
        if result.success and np.abs(values - values.round()).max() < WHOLE:
            break
    picked = np.nonzero(values > 0.5)[0]
    if not result.success:  # out of time, with what may be no better than nothing
        quick = greedy(in_a, in_b, value)
        picked = max(picked, quick, key=lambda rows: float(value[rows].sum()))
    chosen: Ints = usable[picked]
    return chosen, bool(result.success)


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
