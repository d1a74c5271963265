"""The result as SARIF 2.1.0, the format in which code analysers tell what they found."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from compare.records import OTHER, SIDES, Comparison, Finding, Side, Span
from compare.report.safe import escape_json, storable, visible
from compare.report.tables import rounded, worst_first

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}
_BASE = "RUN"


def to_sarif(comparison: Comparison) -> str:
    """The findings as one SARIF run; places are those of ``a.txt`` and ``b.txt`` of the run."""
    rules = _rules(comparison)
    numbers = {rule["id"]: i for i, rule in enumerate(rules)}
    places = {side: _Places(comparison, side) for side in SIDES}
    run = {
        "tool": {
            "driver": {
                "name": "variant-compare",
                **({"version": comparison.run.version} if comparison.run.version else {}),
                "rules": rules,
            }
        },
        "automationDetails": {"id": f"variant-compare/{comparison.pair_id}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder of the run."}}},
        "artifacts": [places[side].artifact for side in SIDES],
        "results": [
            _result(finding, numbers, places) for finding in worst_first(comparison.findings)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escape_json(storable(json.dumps(log, ensure_ascii=False, indent=1))) + "\n"


def message(text: str) -> dict[str, str]:
    """A text as a message: no part of it is a placeholder or a link.

    >>> message("{0} [a](b)")
    {'text': '{{0}} \\\\[a\\\\](b)'}
    """
    text = visible(text).replace("{", "{{").replace("}", "}}")
    if "](" in text:
        text = text.replace("[", "\\[").replace("]", "\\]")
    return {"text": text}


def _rules(comparison: Comparison) -> list[dict[str, Any]]:
    """Every check there is, and those of findings whose package is not here any more."""
    from compare.checks import default_registry

    registry = default_registry()
    rules = [
        {
            "id": check.id,
            "shortDescription": message(check.summary),
            # Not its examples: they are many, and a redacted result must hold no article's words.
            "help": message(
                f"{check.summary} MQM category: {check.category}. What it flags and what it "
                f"passes is shown by: variant-compare checks explain {check.id}"
            ),
            "properties": {"category": check.category, "tags": check.category.split("/")},
        }
        for check in registry.values()
    ]
    gone = sorted({f.check for f in comparison.findings} - registry.keys())
    return rules + [{"id": name} for name in gone]


class _Places:
    """Locations in one of the two texts."""

    def __init__(self, comparison: Comparison, side: Side) -> None:
        article = comparison.document(side).article
        self._text = article.text
        self._lines = [0, *(i + 1 for i, c in enumerate(article.text) if c == "\n")]
        self._location = {"uri": f"{side}.txt", "uriBaseId": _BASE, "index": SIDES.index(side)}
        self.artifact = {
            "location": {
                "uri": f"{side}.txt",
                "uriBaseId": _BASE,
                **({"description": message(article.label)} if article.label else {}),
            },
            "roles": ["analysisTarget"],
            "mimeType": "text/plain",
            "encoding": "utf-8",
        }

    def location(self, span: Span, words: str | None = None) -> dict[str, Any]:
        """A location; ``words`` are those that stand there, where they are to be told."""
        (line, column), (last, end) = (self._position(offset) for offset in span)
        region = {
            "startLine": line,
            "startColumn": column,
            "endLine": last,
            "endColumn": end,
            "charOffset": span.start,
            "charLength": span.end - span.start,
            **({} if words is None else {"snippet": {"text": visible(words)}}),
        }
        return {"physicalLocation": {"artifactLocation": self._location, "region": region}}

    def _position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _result(finding: Finding, rules: dict[str, int], places: dict[Side, _Places]) -> dict[str, Any]:
    first: Side = "b" if finding.likely_side == "b" else "a"
    if finding.span(first) is None:
        first = OTHER[first]
    span = finding.span(first)
    made: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rules[finding.check],
        "level": _LEVELS[finding.severity],
        "rank": round(100 * finding.confidence, 2),
        "message": message(finding.message),
        "locations": [places[first].location(span, _words(finding, first))] if span else [],
        "relatedLocations": [
            {"id": number, **location}
            for number, location in enumerate(_related(finding, first, places), start=1)
        ],
        "partialFingerprints": {"findingId/v1": finding.finding_id},
        # Of all results or of none, says the standard: an empty list is “not suppressed”.
        "suppressions": _suppressions(finding),
        "properties": {
            "ledger": finding.ledger,
            "severity": finding.severity,
            "confidence": rounded(finding.confidence),
            "category": finding.category,
            "likelySide": finding.likely_side,
            "groupId": finding.group_id,
            "status": finding.status,
        },
    }
    if finding.new is not None:
        made["baselineState"] = "new" if finding.new else "unchanged"
    return made


def _words(finding: Finding, side: Side) -> str | None:
    return finding.a_span if side == "a" else finding.b_span


def _related(
    finding: Finding, first: Side, places: dict[Side, _Places]
) -> Iterator[dict[str, Any]]:
    other = OTHER[first]
    span = finding.span(other)
    if span is not None:
        told = message(f"what {other.upper()} has")
        yield {**places[other].location(span, _words(finding, other)), "message": told}
    for place in finding.places:
        told = message(f"also in {place.side.upper()}")
        yield {**places[place.side].location(Span(place.start, place.end)), "message": told}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    if finding.status != "dismissed":
        return []
    by = f"by {finding.reviewer}" if finding.reviewer else ""
    told = ", ".join(filter(None, ("dismissed", finding.reason, by, finding.reviewed_at)))
    why = f"{told}: {finding.note}" if finding.note else told
    return [{"kind": "external", "status": "accepted", "justification": visible(why)}]
