"""The tables of the package: tab-separated files under ``compare/data``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, without its comments.

    >>> next(row for row in rows("siblings.tsv"))[0].isalpha()
    True
    """
    text = (files("compare") / "data" / name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
