"""How alike in meaning phrases are, by the packaged sentence encoder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from compare.embed import packaged_encoder

if TYPE_CHECKING:
    from compare.embed import Encoder, Vectors


class Phrases:
    """Phrases and sentences of one comparison with their vectors, each encoded once.

    Args:
        encoder: the packaged model, with or without a cache; what the thresholds of the checks
            were set with, whatever encodes the sentences.
    """

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder: Encoder = encoder or packaged_encoder()
        self._vectors: dict[str, Vectors] = {}

    def know(self, texts: Iterable[str], vectors: Vectors) -> None:
        """Take over vectors of the packaged model, ``(n, d)``, one for each text."""
        self._vectors.update(zip(texts, vectors, strict=True))

    def learn(self, texts: Iterable[str]) -> None:
        """Encode what is not known yet, in one call."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self.know(new, self._encoder.encode(new))

    def likeness(self, a: str, b: str) -> float:
        """Cosine of two phrases; case does not count, as the model reads none.

        >>> phrases = Phrases()
        >>> near = phrases.likeness("chief prosecutor", "Prosecutor General")
        >>> near > 0.7 > phrases.likeness("director", "president")
        True
        """
        self.learn((a, b))
        return float(self._vectors[a] @ self._vectors[b])
