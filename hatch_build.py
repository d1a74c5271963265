"""Build hook: puts the page and the seeds, which stand at the root, into the wheel.

An editable install gets no copy; there the code reads the files at the root.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Ships the page's files and the seeds as ``compare/_page/``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; ``version`` is the wheel's flavour."""
        if version == "editable":
            return
        for name in (".streamlit", "app.py", "app_pages", "seeds"):
            source = Path(self.root, name)
            if source.exists():
                build_data["force_include"][str(source)] = f"compare/_page/{name}"
