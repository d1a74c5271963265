"""Contexts from strings, for tests of what runs after alignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from compare.annotate import Annotated, Context
from compare.checks.base import Example
from compare.config import Config
from compare.read import article_from_sentences
from compare.records import Group
from compare.segment import segment


def context(
    a: str | Sequence[str],
    b: str | Sequence[str],
    *,
    a_date: dt.date | None = None,
    b_date: dt.date | None = None,
    config: Config | None = None,
) -> Context:
    """Sentences aligned 1:1 in order; what is left over stands alone."""
    documents = [
        segment(
            article_from_sentences([s] if isinstance(s, str) else list(s), label=name, date=day)
        )
        for s, name, day in ((a, "A", a_date), (b, "B", b_date))
    ]
    left, right = (d.sentences for d in documents)
    n = min(len(left), len(right))
    groups = [Group((x,), (y,), score=0.9) for x, y in zip(left[:n], right[:n], strict=True)]
    groups += [Group((x,), ()) for x in left[n:]] + [Group((), (y,)) for y in right[n:]]
    numbered = tuple(Group(g.a, g.b, g.score, group_id=f"g{i:03}") for i, g in enumerate(groups, 1))
    return Context(
        Annotated(documents[0], "a"), Annotated(documents[1], "b"), numbered, config or Config()
    )


def of_example(example: Example) -> Context:
    """The context that an example of a check stands for."""
    return context(
        example.a,
        example.b,
        a_date=example.a_date,
        b_date=example.b_date,
        config=Config(source_language=example.source_language),
    )


def mirrored(example: Example) -> Example:
    """The example with the texts swapped."""
    return Example(example.b, example.a, example.b_date, example.a_date, example.source_language)
