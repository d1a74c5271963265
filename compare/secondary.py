"""Secondary matches: what a sentence says is said again in the other text, but they are no group.

A headline, a subtitle, a caption or a lead sums up what other sentences say, and a sentence that
the aligner left alone may still be part of what a sentence in a group says. Each such sentence is
held against every body sentence of the other text:

- *likeness*: the mean of the cosine, and of the shares of its words and of its runs of letters
  that the other sentence has too. The rarer a word in both texts, the more it counts, and a
  sentence of few words is taken to share less (:data:`FEW`);
- *lead*: by how much this is above the next best sentence, so that what is usual for the subject
  counts little.

Where likeness and lead together reach a threshold, the best sentence is a secondary match. The
thresholds are where what lies above was right nearly always, read one by one: for headlines and
subtitles on the development article pairs, for the others there and on the sets that the aligner is
trained on, put out of order with sentences left out on both sides, where a sentence that lost its
counterpart has no match but by chance (in news the first line of a text is mostly its headline).
Sentences that gold leaves alone, and that are said again all the same, counted as right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.align.tokens import letters_of, words_of
from compare.records import OTHER, SIDES, Document, Group, Role, Secondary, Side, Span
from compare.segment import sentence_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FEW = 6.0
"""Weight of words that every sentence is taken to have and no other one: about that of two."""
SUMMARY = 0.43
"""Threshold for headlines and subtitles, which by nature restate something …"""
OTHERS = 0.55
"""… and for all other sentences, which need a cosine of :data:`CLOSE` too."""
CLOSE = 0.5

_KINDS: tuple[tuple[Callable[[str], list[str]], float], ...] = (
    (words_of, FEW),
    (letters_of, 4 * FEW),  # a word has about four runs of letters
)
_CHUNK = 500
"""Sentences that are held against the other text at once: bounds the memory for long texts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence that may have a secondary match."""

    span: Span
    text: str
    role: Role
    index: int | None
    """Among the compared sentences; None in a caption, which is not compared."""


def pieces(document: Document) -> tuple[Piece, ...]:
    """The compared sentences of a text, in order, then those of its captions."""
    article = document.article
    captions = (
        Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        for block in article.blocks
        if block.role is Role.CAPTION
        for start, end in sentence_spans(article.text, block.start, block.end)
        if (words := article.text[start:end]).strip()
    )
    return (
        *(Piece(s.span, s.text, s.role, s.index) for s in document),
        *(Piece(span, article.text[slice(*span)], Role.CAPTION, None) for span in captions),
    )


def secondary(
    a: Sequence[Piece],
    b: Sequence[Piece],
    groups: Sequence[Group],
    a_vectors: Floats,
    b_vectors: Floats,
    apart: Collection[tuple[int, int]] = (),
) -> tuple[Secondary, ...]:
    """The secondary matches of both texts, A's first.

    Looked at are headlines, subtitles, captions, the first body sentence, and every sentence that
    stands alone, unless a user settled that it does. No match is in the sentence's own group.

    Args:
        a: one text, from :func:`pieces`.
        b: the other.
        groups: their alignment.
        a_vectors: unit vectors of ``a``, ``(n, d)``.
        b_vectors: the same of ``b``.
        apart: pairs of sentences that a user has kept apart.
    """
    import numpy as np

    text = {"a": a, "b": b}
    vectors = {side: v.astype(np.float64) for side, v in (("a", a_vectors), ("b", b_vectors))}
    shared = [_Tokens(a, b, split, few) for split, few in _KINDS]
    found: list[Secondary] = []
    for side in SIDES:
        across = OTHER[side]
        columns = [k for k, p in enumerate(text[across]) if p.role is Role.BODY]
        place = {j: k for k, j in enumerate(columns)}
        barred = _barred(side, groups, apart)
        rows = list(_wanted(side, text[side], groups))
        for start in range(0, len(rows) if columns else 0, _CHUNK):
            some = rows[start : start + _CHUNK]
            cosine = vectors[side][some] @ vectors[across][columns].T
            likeness = cosine + sum(tokens.shares(side, some, columns) for tokens in shared)
            likeness = np.round(likeness / (1 + len(shared)), 6)  # equal sentences are equal
            for k, row in enumerate(some):
                piece = text[side][row]
                likeness[k, [place[j] for j in barred.get(piece.index, ()) if j in place]] = 0.0
                best = int(likeness[k].argmax())
                score = float(2 * likeness[k, best] - np.delete(likeness[k], best).max(initial=0.0))
                if _reaches(piece.role, score, float(cosine[k, best])):
                    found.append(
                        Secondary(
                            side,
                            *piece.span,
                            piece.role,
                            piece.index,
                            columns[best],
                            min(score, 1.0),
                            float(cosine[k, best]),
                        )
                    )
    return tuple(found)


def _reaches(role: Role, score: float, cosine: float) -> bool:
    if role in (Role.HEADLINE, Role.SUBTITLE):
        return score >= SUMMARY
    return score >= OTHERS and cosine >= CLOSE


def _wanted(side: Side, text: Sequence[Piece], groups: Sequence[Group]) -> Iterator[int]:
    """Rows of the sentences that may have a match."""
    alone = {s.index for g in groups if not g.linked and not g.corrected for s in g.side(side)}
    settled = {s.index for g in groups if not g.linked and g.corrected for s in g.side(side)}
    lead = next((p.index for p in text if p.role is Role.BODY), None)
    for row, piece in enumerate(text):
        sums_up = piece.role is not Role.BODY or piece.index == lead
        if piece.index in alone or (sums_up and piece.index not in settled):
            yield row


def _barred(
    side: Side, groups: Sequence[Group], apart: Collection[tuple[int, int]]
) -> dict[int | None, set[int]]:
    """Sentences of the other text that are none for a sentence: of its own group, or kept apart."""
    barred: dict[int | None, set[int]] = {}
    for group in groups:
        across = {s.index for s in group.side(OTHER[side])}
        for sentence in group.side(side):
            barred.setdefault(sentence.index, set()).update(across)
    for pair in apart:
        mine, other = pair if side == "a" else pair[::-1]
        barred.setdefault(mine, set()).add(other)
    return barred


class _Tokens:
    """Which words, or other tokens, the sentences of both texts share."""

    def __init__(
        self, a: Sequence[Piece], b: Sequence[Piece], split: Callable[[str], list[str]], few: float
    ) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        rows = [sorted(set(split(p.text))) for p in (*a, *b)]
        frequency = Counter(token for row in rows for token in row)
        # In the order of the alphabet, so that sums come out the same from either side.
        column = {token: k for k, token in enumerate(sorted(frequency))}
        indptr = np.cumsum([0, *map(len, rows)])
        indices = np.fromiter((column[t] for row in rows for t in row), dtype=np.int64)
        weight = np.array([np.log((len(rows) + 1) / frequency[t]) for t in column])
        matrix = csr_array(
            (np.sqrt(weight[indices]), indices, indptr), shape=(len(rows), len(column))
        )
        self._matrix = {"a": matrix[: len(a)], "b": matrix[len(a) :]}
        self._few = few

    def shares(self, side: Side, rows: Sequence[int], columns: Sequence[int]) -> Floats:
        """``(rows, columns)``: how much of each sentence of a side those of the other one have."""
        import numpy as np

        mine, other = self._matrix[side][rows], self._matrix[OTHER[side]][columns]
        whole = np.asarray(mine.multiply(mine).sum(axis=1)).ravel() + self._few
        share: Floats = (mine @ other.T).toarray() / whole[:, None]
        return share
