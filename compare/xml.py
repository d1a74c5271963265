"""XML that somebody else wrote: no entity is replaced, and nothing that it names is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

UNTRUSTED: Mapping[str, bool] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Options of lxml's parsers; without huge trees depth and text are bounded."""


def declares_entities(element: etree._Element) -> bool:
    """Whether the document of an element declares entities, which serve attacks alone."""
    subset = element.getroottree().docinfo.internalDTD
    return subset is not None and next(subset.iterentities(), None) is not None


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for what is none.

    >>> from lxml import etree
    >>> local_name(etree.fromstring('<x:tmx xmlns:x="urn:x"/>')), local_name(etree.Comment("x"))
    ('tmx', '')
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def to_bytes(root: etree._Element) -> bytes:
    """A document as a file holds it."""
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
