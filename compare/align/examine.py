"""Candidates looked at twice: all of them quickly, the better ones closely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compare.align.candidates import Candidates, candidates, distinct, pad, windows
from compare.align.evidence import channels
from compare.align.features import features, scene
from compare.align.overlap import Seen, overlap
from compare.align.tokens import tokens
from compare.records import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

MOST = 8
"""Sentences on one side of a group at most, when one after the other has been found to fit."""
BEST = 6
"""Candidates kept for each sentence after the first look …"""
HOPELESS = -7.0
"""… if they have more than this log-odds."""
WORTH_GROWING = -4.0
"""Log-odds from which a candidate is tried with one sentence more …"""
FILLS = 0.1
"""… that covers this share of what the other side says."""


class Texts:
    """Two lists of sentences (neither empty) and their evidence."""

    def __init__(
        self, a: Sequence[Sentence], b: Sequence[Sentence], a_vectors: Floats, b_vectors: Floats
    ) -> None:
        import numpy as np

        self.shape = (len(a), len(b))
        self._tokens = tokens([s.text for s in a], [s.text for s in b])
        lengths = [np.array([len(s.text) for s in text], dtype=np.float64) for text in (a, b)]
        self._channels = channels(
            (a_vectors, b_vectors),
            (lengths[0], lengths[1]),
            (self._tokens["words"], self._tokens["letters"]),
        )
        self._scene = scene(*self._channels, lengths[0], lengths[1], most=MOST)

    def candidates(self) -> Candidates:
        """All that may be groups, up to four sentences a side."""
        return candidates(self._channels)

    def features(self, found: Candidates) -> dict[str, Floats]:
        """What the first look goes by."""
        return features(self._scene, found)

    def overlap(self, left: Ints, right: Ints) -> tuple[dict[str, Floats], tuple[Seen, Seen]]:
        """What the second look adds; and both sides of it by words."""
        values, by_words = {}, None
        for kind, texts in self._tokens.items():
            found, sides = overlap(texts, left, right)
            by_words = by_words or sides
            values.update({f"{kind}.{name}": value for name, value in found.items()})
        assert by_words is not None
        return values, by_words


def examine(texts: Texts, screen: Mapping[str, float]) -> tuple[Ints, Ints, dict[str, Floats]]:
    """The candidates worth a closer look.

    Args:
        texts: the sentences.
        screen: weights of the first look.

    Returns:
        ``(c, k)`` members on A's side and on B's, -1 fills a row; name → ``(c,)`` values.
    """
    import numpy as np

    found = texts.candidates()
    values = texts.features(found)
    scores = screened(values, screen)
    left, right = found.a.members[found.left], found.b.members[found.right]
    rows = shortlist(left, right, scores, texts.shape)
    left, right = pad(left[rows], MOST), pad(right[rows], MOST)
    values, scores = {name: value[rows] for name, value in values.items()}, scores[rows]
    more, sides = texts.overlap(left, right)
    values.update(more)
    new = len(left)  # how many of the last are new
    while new:
        fresh = slice(len(left) - new, None)
        some = scores[fresh] > WORTH_GROWING
        longer = grown(left[fresh], right[fresh], sides, some)
        lefts, rights = unknown(left, right, *longer)
        new = len(lefts)
        if not new:
            break
        a, left_rows = windows(lefts, texts.shape[0])
        b, right_rows = windows(rights, texts.shape[1])
        added = texts.features(Candidates(a, b, left_rows, right_rows))
        more, sides = texts.overlap(lefts, rights)
        added.update(more)
        left, right = np.concatenate([left, lefts]), np.concatenate([right, rights])
        values = {name: np.concatenate([value, added[name]]) for name, value in values.items()}
        scores = np.concatenate([scores, screened(added, screen)])
    return left, right, values


def screened(values: Mapping[str, Floats], screen: Mapping[str, float]) -> Floats:
    """``(c,)`` log-odds at first look."""
    import numpy as np

    found: Floats = np.sum([weight * values[name] for name, weight in screen.items()], axis=0)
    return found


def shortlist(left: Ints, right: Ints, scores: Floats, shape: tuple[int, int]) -> Ints:
    """Rows of the candidates that are among the best of any of their sentences."""
    import numpy as np

    hopeful = np.nonzero(scores > HOPELESS)[0]
    members = np.concatenate(
        [left[hopeful], np.where(right[hopeful] >= 0, right[hopeful] + shape[0], -1)], axis=1
    )
    row, column = np.nonzero(members >= 0)
    sentence = members[row, column]
    order = np.lexsort((row, -scores[hopeful][row], sentence))
    sentence, row = sentence[order], row[order]
    count = np.bincount(sentence, minlength=sum(shape))
    rank = np.arange(len(sentence)) - (np.cumsum(count) - count)[sentence]
    kept: Ints = hopeful[np.unique(row[rank < BEST])]
    return kept


def grown(
    left: Ints, right: Ints, sides: tuple[Seen, Seen], worth: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """One sentence more, which says what the other side says besides; against one only."""
    import numpy as np

    lefts, rights = [], []
    for swap, (own, other, side) in enumerate(((left, right, sides[0]), (right, left, sides[1]))):
        size, against = (own >= 0).sum(axis=1), (other >= 0).sum(axis=1)
        some = worth & (side.far >= FILLS) & (against == 1) & (size < MOST)
        rows = np.nonzero(some)[0]
        more = own[rows]
        more[np.arange(len(rows)), size[rows]] = side.far_who[rows]
        more = np.where(more < 0, np.iinfo(more.dtype).max, more)
        more.sort(axis=1)
        more = np.where(more == np.iinfo(more.dtype).max, -1, more)
        pair = (more, other[rows])
        lefts.append(pair[swap])
        rights.append(pair[1 - swap])
    return np.concatenate(lefts), np.concatenate(rights)


def unknown(left: Ints, right: Ints, lefts: Ints, rights: Ints) -> tuple[Ints, Ints]:
    """Those of the second pairs of rows that are not among the first, each once."""
    import numpy as np

    old, new = np.concatenate([left, right], axis=1), np.concatenate([lefts, rights], axis=1)
    new = new[distinct(new)[0]]
    first, _ = distinct(np.concatenate([old, new]))
    fresh = new[np.sort(first[first >= len(old)]) - len(old)]
    return fresh[:, : left.shape[1]], fresh[:, left.shape[1] :]
