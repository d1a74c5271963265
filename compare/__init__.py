"""Compare two English texts that go back to one source.

>>> from compare import compare_sentences
>>> result = compare_sentences(["The mayor resigned."], ["The mayor resigned."])
>>> result.groups[0].link
'1:1'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.config import Config as Config
    from compare.pipeline import compare_articles as compare_articles
    from compare.pipeline import compare_sentences as compare_sentences
    from compare.pipeline import compare_texts as compare_texts
    from compare.records import Comparison as Comparison

__all__ = ["Comparison", "Config", "compare_articles", "compare_sentences", "compare_texts"]

_HOME = {
    "Comparison": "compare.records",
    "Config": "compare.config",
    "compare_articles": "compare.pipeline",
    "compare_sentences": "compare.pipeline",
    "compare_texts": "compare.pipeline",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: `variant-compare --help` must not wait for numpy and scipy.
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'compare' has no attribute {name!r}")
