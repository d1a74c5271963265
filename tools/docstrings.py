"""Docstrings as the Python reference shows them: an extension of Griffe (``mkdocs.yml``)."""

from __future__ import annotations

from typing import Any

import griffe

from tools.site_pages import as_markdown


class Docstrings(griffe.Extension):  # type: ignore[misc,unused-ignore]  # Any where it is missing
    """Turns every docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called once for each object, with its docstring as it stands in the source."""
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)
