"""Docstrings as the Python reference shows them: an extension of Griffe (``mkdocs.yml``)."""

from __future__ import annotations

import re
from typing import Any

import griffe

ROLE = re.compile(r":(?:attr|class|data|func|meth|mod):`~?([^`]+)`")
DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def as_markdown(text: str) -> str:
    r"""A docstring without roles, and with its doctests as blocks of code.

    >>> as_markdown("See :func:`load`.\n\n>>> 1 + 1\n2\n\nMore.")
    'See `load`.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore.'
    """
    return DOCTEST.sub(r"```pycon\n\g<0>\n```", ROLE.sub(r"`\1`", text))


class Docstrings(griffe.Extension):
    """Turns every docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called once for each object, with its docstring as it stands in the source."""
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)
