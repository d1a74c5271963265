"""The result as a workbook (``.xlsx``): findings, pairs, entities and the run, a sheet each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from compare.records import SIDES, Comparison, Finding
from compare.report.safe import guard_cell, visible
from compare.report.tables import PAIR_COLUMNS, Value, pair_rows, rounded, worst_first

if TYPE_CHECKING:
    from openpyxl import Workbook

_FINDINGS = {
    "number": 8,
    "severity": 10,
    "check": 13,
    "ledger": 9,
    "likely_side": 11,
    "confidence": 11,
    "message": 60,
    "a_span": 24,
    "b_span": 24,
    "a_text": 50,
    "b_text": 50,
    "status": 11,
    "reason": 16,
    "note": 30,
    "reviewer": 14,
    "reviewed_at": 21,
    "new": 7,
    "group_id": 10,
    "category": 26,
    "a_start": 9,
    "a_end": 9,
    "b_start": 9,
    "b_end": 9,
    "finding_id": 19,
    "pair_id": 15,
}
"""Columns of the first sheet and their widths; what a reader wants first stands first."""

_PAIRS = {
    "group_id": 10,
    "link": 8,
    "moved": 8,
    "score": 8,
    "a_sentences": 12,
    "b_sentences": 12,
    "a_spans": 16,
    "b_spans": 16,
    "a_text": 60,
    "b_text": 60,
    "similarity": 11,
    "wording": 10,
}
_ENTITIES = {
    "kind": 13,
    "entity": 30,
    "side": 7,
    "name": 30,
    "title": 26,
    "times": 8,
    "spans": 60,
}
_RUN = {"what": 24, "value": 90}

_LONGEST = 32_767
"""Characters of UTF-16 that a cell can hold."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# A workbook tells when it was made, and so does each file in it; the same result is the same file.
_DAY = dt.datetime(2000, 1, 1)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def to_xlsx(comparison: Comparison) -> bytes:
    """The workbook as a file. Every text is stored as text, so that no cell is ever a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "variant-compare"
    book.properties.created = _DAY
    found = enumerate(worst_first(comparison.findings), start=1)
    _sheet(book, "Findings", _FINDINGS, [_finding(n, finding) for n, finding in found])
    pairs = (dict(zip(PAIR_COLUMNS, row, strict=True)) for row in pair_rows(comparison))
    _sheet(book, "Pairs", _PAIRS, [[row[name] for name in _PAIRS] for row in pairs])
    _sheet(book, "Entities", _ENTITIES, _entities(comparison))
    _sheet(book, "Run", _RUN, _run(comparison))
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _finding(number: int, finding: Finding) -> list[Value]:
    told = {None: None, True: "yes", False: "no"}
    made: dict[str, Value] = {
        "number": number,
        "confidence": rounded(finding.confidence),
        "new": told[finding.new],
    }
    return [made[name] if name in made else getattr(finding, name) for name in _FINDINGS]


def _entities(comparison: Comparison) -> list[list[Value]]:
    return [
        [
            entity.kind,
            entity.name,
            form.side.upper(),
            form.name,
            form.title,
            len(form.spans),
            " ".join(f"{start}:{end}" for start, end in form.spans),
        ]
        for entity in comparison.entities
        for form in entity.forms
    ]


def _run(comparison: Comparison) -> list[list[Value]]:
    run = comparison.run
    rows: list[tuple[str, object]] = [("pair_id", comparison.pair_id)]
    for side in SIDES:
        article = comparison.document(side).article
        names = ("label", "source", "date", "date_source", "sha256", "encoding")
        rows += [(f"{side.upper()} {name}", getattr(article, name)) for name in names]
        rows.append((f"{side.upper()} sentences", len(comparison.document(side))))
    rows += [(name, getattr(run, name)) for name in ("version", "python", "model", "encoder")]
    rows.append(("started", run.started))
    rows += [("note", note) for note in run.notes]
    rows += [(f"setting {name}", value) for name, value in _settings(comparison)]
    rows += [(f"package {name}", version) for name, version in run.packages]
    return [[name, _plain(value)] for name, value in rows]


def _settings(comparison: Comparison) -> Iterable[tuple[str, object]]:
    config = comparison.config
    return ((f.name, getattr(config, f.name)) for f in dataclasses.fields(config))


def _plain(value: object) -> Value:
    if isinstance(value, tuple):
        return ", ".join(" = ".join(v) if isinstance(v, tuple) else str(v) for v in value) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return None if value is None else str(value)


def _sheet(
    book: Workbook, title: str, widths: Mapping[str, int], rows: Sequence[Sequence[Value]]
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for i, row in enumerate([list(widths), *rows], start=1):
        for j, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(i, j)
            cell.alignment = top
            if i == 1:
                cell.font = bold
            if isinstance(value, str):
                cell.value = _text(value)
                cell.data_type = "s"  # whatever it looks like
                # … and stays text where somebody edits the cell.
                cell.quotePrefix = guard_cell(value) != value
            else:
                cell.value = value
    for number, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows) + 1}"


def _text(text: str) -> str:
    """The text as a cell can hold it: no control characters, not too long, nothing decoded.

    >>> _text("a\\x1bb"), _text("_x0041_")
    ('a\u241bb', '_x005F_x0041_')
    """
    text = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    # A reader takes _x0041_ for an escaped A.
    text = _ESCAPE.sub("_x005F_", text)
    data = text.encode("utf-16-le")
    if len(data) <= 2 * _LONGEST:
        return text
    return data[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def _undated(data: bytes) -> bytes:
    """The same workbook without the time when it was made."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in book.namelist():
            part = book.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + _DAY.isoformat().encode() + b"Z", part)
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, part)
    return out.getvalue()
