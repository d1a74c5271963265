"""Words for those who act in news, by kind; the knowledge is ``compare/data/actors.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ActorWords:
    """``actors.toml``, ready to look up."""

    of: dict[str, str]
    """Kind by word."""
    close: frozenset[frozenset[str]]
    """Kinds that can be one actor."""
    opposed: frozenset[frozenset[str]]
    """Kinds that are the two sides of something."""
    kin: dict[str, tuple[str, str]]
    """Degree and sex ("" where the word does not tell) of a relative."""


@cache
def actor_words() -> ActorWords:
    """The packaged vocabulary."""
    data = tomllib.loads((files("compare") / "data" / "actors.toml").read_text("utf-8"))
    return ActorWords(
        {word: kind for kind, words in data["kinds"].items() for word in words},
        frozenset(map(frozenset, data["close"])),
        frozenset(map(frozenset, data["opposed"])),
        {
            word: (degree, sex)
            for degree, words in data["kin"].items()
            for word, _, sex in (w.partition("/") for w in words)
        },
    )
