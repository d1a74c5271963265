"""The settings of a run: one typed record, with the defaults in one place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from compare.errors import UsageError


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting that changes a run's outcome; written to ``run.json``."""

    a_label: str | None = None
    b_label: str | None = None
    a_date: dt.date | None = None
    b_date: dt.date | None = None
    source_language: str | None = None
    """ISO 639-1 code of the language both texts were translated from, where known."""
    encoder: str = "auto"
    """``auto``, ``onnx`` or ``sentence-transformers``."""
    model: str | None = None
    """Name or path of a sentence-transformers model; None is the packaged one."""
    glossary: tuple[str, ...] = ()
    """Paths of the user's glossaries (:mod:`compare.glossary`)."""
    select: tuple[str, ...] = ()
    """Ids of the checks to run; empty is all."""
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    """Findings below it are not reported."""
    min_coverage: float = 0.15
    """Where less than this share of either text is expected in the other one, it is not the same
    story. Pairs about one story lie above 0.4, pairs about two below 0.15."""
    force: bool = False
    """Go on where the texts are not the same story."""
    sentences: bool = False
    """The inputs hold one sentence per line."""
    max_chars: int = 200_000
    """Longest text that is compared, in characters; two of this length take some minutes."""
    max_bytes: int = 64 * 2**20
    """Largest file that is read, in bytes: an article, packed and unpacked, a file with both texts,
    a glossary, corrections, a run."""
    max_sentence: int = 2_000
    """Longest sentence, in characters, which no article has; a longer one is read in parts, or
    refused where sentences are given. The time of the checks grows faster than its words."""
    meaning: bool = False
    """Ask the model of meaning too, for contradictions that no rule sees; needs its weights."""
    cache: bool = True
    """Keep embeddings on disk between runs."""
    pair_id: str | None = None
    same_entities: tuple[tuple[str, str], ...] = ()
    """Pairs of names that are one person, organisation or place, whatever they look like."""
    different_entities: tuple[tuple[str, str], ...] = ()
    """Pairs of names that are two; they win over ``same_entities``."""

    def __post_init__(self) -> None:
        for name in ("min_confidence", "min_coverage"):
            if not 0 <= getattr(self, name) <= 1:
                raise UsageError(f"{name} is {getattr(self, name)}: give a number from 0 to 1")
        for name in ("max_chars", "max_bytes", "max_sentence"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}: give a whole number from 1")

    def replace(self, **changes: Any) -> Config:
        """A copy with some settings changed; an unknown name is an error naming the nearest one.

        >>> Config().replace(min_confidence=0.8).min_confidence
        0.8
        """
        check_keys(changes)
        return dataclasses.replace(self, **changes)


def check_keys(settings: Mapping[str, object]) -> None:
    """Raise :class:`UsageError` for a setting that does not exist, naming the nearest one."""
    from rapidfuzz import process

    known = [f.name for f in dataclasses.fields(Config)]
    for key in settings:
        if key not in known:
            near = process.extractOne(key, known)
            raise UsageError(f"unknown setting {key!r}: did you mean {near[0]!r}?")
