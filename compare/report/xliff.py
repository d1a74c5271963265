"""The aligned sentences as XLIFF 2.0, the exchange format of translation editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from compare.records import SIDES, Comparison, Finding, Group, Sentence, Side
from compare.report.safe import storable_xml
from compare.report.tmx import LANGUAGES, about, by_group, figures, numbers, roles, told
from compare.xml import to_bytes

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
SENTENCE = "variant-compare:sentence"
"""Type of the annotation of a sentence, where a segment holds several."""
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]")
_PRIORITIES = {"critical": "1", "major": "2", "minor": "5", "neutral": "10"}


def to_xliff(comparison: Comparison) -> bytes:
    """A unit for each group: A is the source, B the target, and a note tells each finding."""
    from lxml import etree

    root = etree.Element(
        f"{{{CORE}}}xliff",
        {"version": "2.0", "srcLang": LANGUAGES["a"], "trgLang": LANGUAGES["b"]},
        nsmap={None: CORE, "mda": METADATA},
    )
    file = etree.SubElement(
        root,
        f"{{{CORE}}}file",
        # The texts are as they were read, with all their blanks.
        {
            "id": "f1",
            "original": "a.txt",
            "{http://www.w3.org/XML/1998/namespace}space": "preserve",
        },
    )
    _metadata(file, about(comparison))
    findings = by_group(comparison)
    for group in comparison.groups:
        _unit(file, group, findings.get(group.group_id, []))
    return to_bytes(root)


def _unit(file: Any, group: Group, found: Sequence[Finding]) -> None:
    from lxml import etree

    name = _NO_NAME.sub("_", group.group_id) or "_"
    unit = etree.SubElement(file, f"{{{CORE}}}unit", id=name, canResegment="no")
    sentences = [(f"{side}-sentences", numbers(group.side(side))) for side in SIDES]
    sentences += [(f"{side}-roles", roles(group.side(side)) or "") for side in SIDES]
    _metadata(unit, (*figures(group), *sentences))
    if found:
        notes = etree.SubElement(unit, f"{{{CORE}}}notes")
        for number, finding in enumerate(found, start=1):
            note = etree.SubElement(
                notes,
                f"{{{CORE}}}note",
                id=f"n{number}",
                category=storable_xml(finding.check),
                priority=_PRIORITIES[finding.severity],
            )
            if finding.likely_side in SIDES:
                note.set("appliesTo", "source" if finding.likely_side == "a" else "target")
            note.text = storable_xml(f"{finding.message} [{told(finding)}]")
    segment = etree.SubElement(unit, f"{{{CORE}}}segment", id="s1", state=_state(group, found))
    _content(etree.SubElement(segment, f"{{{CORE}}}source"), "a", group.a)
    if group.b:
        _content(etree.SubElement(segment, f"{{{CORE}}}target"), "b", group.b)


def _metadata(parent: Any, told: Iterable[tuple[str, object]]) -> None:
    from lxml import etree

    metadata = etree.SubElement(parent, f"{{{METADATA}}}metadata")
    group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category="variant-compare")
    for name, value in told:
        if value is not None and value != "":
            meta = etree.SubElement(group, f"{{{METADATA}}}meta", type=name)
            meta.text = storable_xml(str(value))


def _state(group: Group, found: Sequence[Finding]) -> str:
    if not group.b:
        return "initial"
    decided = found and all(f.status in ("accepted", "dismissed") for f in found)
    return "reviewed" if decided else "translated"


def _content(parent: Any, side: Side, sentences: Sequence[Sentence]) -> None:
    from lxml import etree

    if len(sentences) < 2:
        parent.text = storable_xml("".join(s.text for s in sentences))
        return
    for number, sentence in enumerate(sentences, start=1):
        mark = etree.SubElement(parent, f"{{{CORE}}}mrk", id=f"{side}{number}", type=SENTENCE)
        mark.text = storable_xml(sentence.text)
        mark.tail = " " if number < len(sentences) else None
