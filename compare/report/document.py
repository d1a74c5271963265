"""The result as JSON: ``comparison.json``, which a schema describes, and ``run.json``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from importlib import resources
from typing import Any

from compare.records import SIDES, Comparison, Document, Edit, Finding, Group, Secondary
from compare.report.safe import escape_json, storable
from compare.report.tables import rounded, worst_first

SCHEMA_VERSION = "1.1"
"""Of ``comparison.json`` and ``run.json``: the first number changes when a reader must change."""


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of ``comparison.json``."""
    text = resources.files("compare").joinpath("data/comparison.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def to_json(comparison: Comparison) -> str:
    """``comparison.json`` as text.

    The same inputs, settings and versions give the same text to the byte: what differs between
    two such runs, as times do, stands in ``run.json``.
    """
    return _dump(
        {
            "schema_version": SCHEMA_VERSION,
            "pair_id": comparison.pair_id,
            "version": comparison.run.version,
            "model": comparison.run.model,
            "encoder": comparison.run.encoder,
            "notes": list(comparison.run.notes),
            "config": _settings(comparison),
            "a": _document(comparison.a),
            "b": _document(comparison.b),
            "groups": [_group(group) for group in comparison.groups],
            "secondary": [_secondary(match) for match in comparison.secondary],
            "entities": [dataclasses.asdict(entity) for entity in comparison.entities],
            "quotations": [dataclasses.asdict(q) for q in comparison.quotations],
            "findings": [_finding(finding) for finding in worst_first(comparison.findings)],
        }
    )


def to_run_json(comparison: Comparison) -> str:
    """``run.json`` as text: versions, model, settings, hashes of the inputs, times."""
    run = comparison.run
    return _dump(
        {
            "schema_version": SCHEMA_VERSION,
            "pair_id": comparison.pair_id,
            "version": run.version,
            "python": run.python,
            "packages": dict(run.packages),
            "model": run.model,
            "encoder": run.encoder,
            "config": _settings(comparison),
            "inputs": _inputs(comparison),
            "started": run.started,
            "stages": [
                {"stage": s.stage, "wall_s": round(s.wall, 3), "cpu_s": round(s.cpu, 3)}
                for s in run.stages
            ],
            "encoded": run.encoded,
            "cached": run.cached,
            "notes": list(run.notes),
            "links": None if run.links is None else dataclasses.asdict(run.links),
            "baseline": None if run.baseline is None else dataclasses.asdict(run.baseline),
            "glossaries": [dataclasses.asdict(glossary) for glossary in run.glossaries],
        }
    )


def _dump(record: dict[str, Any]) -> str:
    return escape_json(storable(_lines(record, indent=""))) + "\n"


def _lines(value: Any, indent: str) -> str:
    """JSON with one line a key and one line a record: readable, and small in a diff."""
    inner = indent + " "
    if isinstance(value, dict) and len(indent) < 2:
        items = [f"{json.dumps(key)}: {_lines(v, inner)}" for key, v in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        items = [_lines(v, indent="  ") for v in value]
        opening, closing = "[", "]"
    else:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{closing}"


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _settings(comparison: Comparison) -> dict[str, Any]:
    return dataclasses.asdict(comparison.config)


def _inputs(comparison: Comparison) -> dict[str, Any]:
    inputs: dict[str, Any] = {str(side): _input(comparison.document(side)) for side in SIDES}
    return inputs | {"witnesses": [_input(other) for other in comparison.witnesses]}


def _input(document: Document) -> dict[str, Any]:
    article = document.article
    return {
        "label": article.label,
        "source": article.source,
        "sha256": article.sha256,
        "encoding": article.encoding,
        "date": article.date,
        "date_source": article.date_source,
        "presplit": article.presplit,
        "characters": len(article.text),
        "sentences": len(document),
    }


def _document(document: Document) -> dict[str, Any]:
    described = _input(document)
    del described["characters"]
    return described | {
        "text": document.article.text,
        "blocks": [dataclasses.asdict(block) for block in document.article.blocks],
        "sentences": [dataclasses.asdict(sentence) for sentence in document],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "group_id": group.group_id,
        "link": group.link,
        "moved": group.moved,
        "score": rounded(group.score),
        "similarity": rounded(group.similarity),
        "wording": rounded(group.wording),
        "a": [s.index for s in group.a],
        "b": [s.index for s in group.b],
        "corrected": group.corrected,
        "a_unmatched": rounded(group.a_unmatched),
        "b_unmatched": rounded(group.b_unmatched),
        "edits": [_edit(edit) for edit in group.edits],
    }


def _secondary(match: Secondary) -> dict[str, Any]:
    record = dataclasses.asdict(match)
    return record | {name: rounded(record[name]) for name in ("score", "similarity")}


def _edit(edit: Edit) -> dict[str, Any]:
    return {"kind": edit.kind, "a": edit.a, "b": edit.b}


def _finding(finding: Finding) -> dict[str, Any]:
    record = dataclasses.asdict(finding)
    record["confidence"] = rounded(finding.confidence)
    return record
