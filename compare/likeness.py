"""How alike in meaning two short phrases are, by the packaged sentence encoder."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compare.embed import packaged_encoder

if TYPE_CHECKING:
    from compare.embed import Vectors

_KEPT = 4096
"""Phrases whose vectors are kept, 6 MB."""


@lru_cache(_KEPT)
def _vector(phrase: str) -> Vectors:
    vector: Vectors = packaged_encoder().encode([phrase])[0]
    return vector


def likeness(a: str, b: str) -> float:
    """Cosine of two phrases, case folded; 1.0 for the same words.

    >>> likeness("chief prosecutor", "Prosecutor General") > 0.7 > likeness("director", "president")
    True
    """
    return float(_vector(a.casefold()) @ _vector(b.casefold()))
