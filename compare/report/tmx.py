"""The aligned sentences as TMX 1.4b, the exchange format of translation memories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from compare.records import SIDES, Comparison, Finding, Group, Role, Sentence, Side
from compare.report.safe import storable_xml
from compare.report.tables import rounded, worst_first
from compare.xml import to_bytes

if TYPE_CHECKING:
    from lxml import etree

LANGUAGES: dict[Side, str] = {"a": "en-x-a", "b": "en-x-b"}
"""Both texts are English; a memory that held two variants of one language would mix them up."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_tmx(comparison: Comparison) -> bytes:
    """A translation unit for each group, with one variant where a sentence stands alone."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(
        root,
        "header",
        {
            "creationtool": "variant-compare",
            "creationtoolversion": storable_xml(comparison.run.version) or "unknown",
            "segtype": "block",
            "o-tmf": "variant-compare",
            "adminlang": "en",
            "srclang": LANGUAGES["a"],
            "datatype": "plaintext",
        },
    )
    for name, value in about(comparison):
        _prop(header, f"x-{name}", value)
    body = etree.SubElement(root, "body")
    findings = by_group(comparison)
    for group in comparison.groups:
        unit = etree.SubElement(body, "tu", tuid=storable_xml(group.group_id))
        found = findings.get(group.group_id, [])
        for finding in found:
            etree.SubElement(unit, "note").text = storable_xml(finding.message)
        for name, value in figures(group):
            _prop(unit, f"x-{name}", value)
        for finding in found:
            _prop(unit, "x-finding", told(finding))
        for side in SIDES:
            if group.side(side):
                _variant(unit, side, group.side(side))
    return to_bytes(root)


def by_group(comparison: Comparison) -> dict[str, list[Finding]]:
    """The findings of each group, by its name, the worst first."""
    found: dict[str, list[Finding]] = {}
    for finding in worst_first(comparison.findings):
        found.setdefault(finding.group_id, []).append(finding)
    return found


def about(comparison: Comparison) -> Iterator[tuple[str, object]]:
    """What is told of the two texts, by name."""
    yield "pair-id", comparison.pair_id
    for side in SIDES:
        article = comparison.document(side).article
        yield f"{side}-label", article.label
        yield f"{side}-date", article.date


def figures(group: Group) -> Iterator[tuple[str, object]]:
    """What is told of a group, by name; None where there is nothing to tell."""
    yield "link", group.link
    yield "moved", "yes" if group.moved else None
    yield "score", rounded(group.score)
    yield "similarity", rounded(group.similarity)
    yield "wording", rounded(group.wording)


def told(finding: Finding) -> str:
    """A finding in a word for each: its name, check, severity, ledger and status."""
    return f"{finding.finding_id} {finding.check} {finding.severity} {finding.ledger} " + (
        finding.status
    )


def numbers(sentences: Sequence[Sentence]) -> str:
    """Their numbers in the text, from 1."""
    return " ".join(str(s.index + 1) for s in sentences)


def roles(sentences: Sequence[Sentence]) -> str | None:
    """What each is, where one of them is no body text."""
    told = [s.role.value for s in sentences]
    return " ".join(told) if any(s.role is not Role.BODY for s in sentences) else None


def _variant(unit: etree._Element, side: Side, sentences: Sequence[Sentence]) -> None:
    from lxml import etree

    variant = etree.SubElement(unit, "tuv", {LANG: LANGUAGES[side]})
    _prop(variant, "x-sentences", numbers(sentences))
    _prop(variant, "x-roles", roles(sentences))
    if len(sentences) > 1:
        _prop(variant, "x-spans", " ".join(_spans(sentences)))
    text = " ".join(s.text for s in sentences)
    etree.SubElement(variant, "seg").text = storable_xml(text)


def _spans(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Where each sentence stands in the segment."""
    start = 0
    for sentence in sentences:
        yield f"{start}:{start + len(sentence.text)}"
        start += len(sentence.text) + 1


def _prop(parent: Any, name: str, value: object) -> None:
    from lxml import etree

    if value is not None and value != "":
        etree.SubElement(parent, "prop", type=name).text = storable_xml(str(value))
