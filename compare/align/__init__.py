"""Alignment: which sentences of two texts say the same, many-to-many and in any order.

1. Candidate groups: runs of up to four adjacent sentences (1-4, 4-1, 2-2, 3-2, 2-3), and two
   sentences apart from each other, wherever every sentence has a partner among its best links. A
   linear sum of likenesses, of embeddings, words and letters, screens them.
2. What is left is judged closely: a small network over the same evidence and over what is counted,
   word by word: how much of either side the other covers, what each member adds and what a
   sentence outside would add. One that would add much is tried: so up to eight sentences meet.
3. The set of groups with the greatest total is chosen, each sentence in at most one of them, with
   a bonus where one group continues another on both sides; exactly, by integer programming. No
   group is worth 0: a sentence stays alone unless the evidence says otherwise.

The result does not depend on which text is A. It depends on order only through adjacency: moving
whole paragraphs changes candidates and bonuses at the cuts and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from compare.align.constraints import FREE, Constraints, Ids
from compare.align.examine import Texts, examine
from compare.align.model import Model, load_model
from compare.align.packing import decode, margins
from compare.records import Document, Group, Role, Sentence, Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from threadpoolctl import ThreadpoolController

    Floats = NDArray[np.floating[Any]]

TIE = 1e-6
"""Log-odds for each sentence that a group's sides stand apart, for a tie to be broken."""
TIME_LIMIT = 20.0
"""Seconds for the exact solution of one text pair; beyond it, the best one found so far."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A chosen group by sentence numbers."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    similarity: float


@cache
def _libraries() -> ThreadpoolController:
    """The libraries of linear algebra that are loaded."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def match(
    a: Sequence[Sentence],
    b: Sequence[Sentence],
    a_vectors: Floats,
    b_vectors: Floats,
    model: Model,
    limit: float,
    settled: Constraints = FREE,
) -> tuple[list[_Match], bool]:
    """The best groups among sentences that may be compared, and whether they are proved so.

    Settled ones are left out.
    """
    import numpy as np

    if not a or not b:
        return [], True
    # The matrices are small: a second thread would mostly wait for the first.
    with _libraries().limit(limits=1, user_api="blas"):
        texts = Texts(a, b, a_vectors, b_vectors)
        left, right, values = examine(texts, model.screen)
        scores = model.judge(values)
    # Only now, so that what is settled changes the evidence for no other group.
    free = settled.allowed(left, right)
    left, right, scores = left[free], right[free], scores[free]
    bonus = model.continuation * settled.continued(left, right)
    # Of groups that are worth the same, those that stand alike: whichever text is called A.
    apart = TIE * np.minimum(np.abs(left[:, 0] - right[:, 0]), 100)
    chosen, exact = decode(
        left, right, scores + bonus - apart, (len(a), len(b)), model.continuation, limit
    )
    margin = margins(left, right, scores, chosen, (len(a), len(b)))
    probability = 1 / (1 + np.exp(-(model.slope * margin + model.offset)))
    matches = [
        _Match(
            tuple(int(x) for x in left[c] if x >= 0),
            tuple(int(x) for x in right[c] if x >= 0),
            float(p),
            float(values["meaning.cosine"][free[c]]),
        )
        for c, p in zip(chosen, probability, strict=True)
    ]
    return matches, exact


def align(
    a: Document,
    b: Document,
    a_vectors: Floats,
    b_vectors: Floats,
    *,
    model: Model | None = None,
    time_limit: float = TIME_LIMIT,
    settled: Constraints = FREE,
    notes: list[str] | None = None,
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
        settled: groups that are given, whatever their roles, and pairs that are kept apart.
        notes: takes a line for the record of the run where the time did not suffice.

    Returns:
        Groups in A's order, sentences of B alone where they stand in B; each sentence in exactly
        one group. Swapping A and B gives the mirror image.
    """
    # Computed from one side only, whichever is called A: so equal scores are decided alike.
    swap = [(s.text, s.role) for s in b] < [(s.text, s.role) for s in a]
    x, y, x_vectors, y_vectors = (
        (b, a, b_vectors, a_vectors) if swap else (a, b, a_vectors, b_vectors)
    )
    rules = settled.mirrored if swap else settled
    matches = [
        _Match(left, right, 1.0, _cosine(x, y, x_vectors, y_vectors, left, right))
        for left, right in rules.fixed
        if left and right
    ]
    for wanted in (False, True):
        rows_x = [s.index for s in x if (s.role is Role.BODY) is not wanted]
        rows_y = [s.index for s in y if (s.role is Role.BODY) is not wanted]
        found, exact = match(
            [x.sentences[i] for i in rows_x],
            [y.sentences[i] for i in rows_y],
            x_vectors[rows_x],
            y_vectors[rows_y],
            model or load_model(),
            time_limit,
            rules.within(rows_x, rows_y),
        )
        if not exact and notes is not None:
            notes.append(
                f"the best alignment of {len(rows_x)} and {len(rows_y)} sentences was not proved "
                f"within {time_limit:g} s: the best one found so far is used"
            )
        for m in found:
            left = tuple(rows_x[i] for i in m.a)
            right = tuple(rows_y[i] for i in m.b)
            matches.append(replace(m, a=left, b=right))
    moved = _moved(matches)
    if swap:
        moved = {replace(m, a=m.b, b=m.a): value for m, value in moved.items()}
    linked = _groups(a, b, moved)
    given = set(settled.fixed)
    return tuple(
        replace(g, corrected=(tuple(s.index for s in g.a), tuple(s.index for s in g.b)) in given)
        for g in arrange(a, b, linked)
    )


def align_given(
    a: Document, b: Document, a_vectors: Floats, b_vectors: Floats, given: Iterable[Ids]
) -> tuple[Group, ...]:
    """The groups of an alignment that is given, with the score 1; nothing is aligned.

    Args:
        a: one text.
        b: the other.
        a_vectors: unit vectors of A's sentences, ``(n, d)``.
        b_vectors: the same of B's, ``(m, d)``.
        given: the groups by sentence numbers; a sentence in none of them stands alone.
    """
    matches = [
        _Match(left, right, 1.0, _cosine(a, b, a_vectors, b_vectors, left, right))
        for left, right in given
        if left and right
    ]
    return arrange(a, b, _groups(a, b, _moved(matches)))


def _moved(matches: list[_Match]) -> dict[_Match, bool]:
    """Groups in A's order, and whether each breaks B's."""
    matches = sorted(matches, key=lambda m: m.a)
    stay = longest_increasing([m.b[0] for m in matches])
    return {m: k not in stay for k, m in enumerate(matches)}


def _groups(a: Document, b: Document, moved: Mapping[_Match, bool]) -> list[Group]:
    return [
        Group(
            tuple(a.sentences[i] for i in m.a),
            tuple(b.sentences[i] for i in m.b),
            score=m.score,
            moved=value,
            similarity=m.similarity,
        )
        for m, value in moved.items()
    ]


def _cosine(
    a: Document,
    b: Document,
    a_vectors: Floats,
    b_vectors: Floats,
    left: tuple[int, ...],
    right: tuple[int, ...],
) -> float:
    """Of two sets of sentences, each sentence counting by its length."""
    import numpy as np

    x, y = (
        sum(len(text.sentences[i].text) * vectors[i].astype(np.float64) for i in rows)
        for text, vectors, rows in ((a, a_vectors, left), (b, b_vectors, right))
    )
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size else 0.0


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
    """Expected share of a text's characters, in its compared sentences, that the other text has.

    Each linked group counts by its score: a few weak links between two stories are no coverage.
    """
    total, linked = 0, 0.0
    for group in groups:
        size = sum(len(s.text) for s in group.side(side))
        total += size
        linked += size * (group.score or 0.0)
    return linked / total if total else 0.0
