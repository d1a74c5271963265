"""The workbook: four sheets to read and filter, in which no text is ever a formula."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from test_load import reviewed
from test_report import comparison, finding, with_findings

from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode
from compare.records import Comparison, Entity, Form, Span
from compare.report import pairs_csv, to_xlsx, worst_first, write_run
from compare.report.safe import visible
from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS


def opened(result: Comparison) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(result)))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rest]


def full() -> Comparison:
    noh = Form("a", "Kim", "Special Representative", (Span(29, 55), Span(60, 63)))
    return dataclasses.replace(
        reviewed(),
        entities=(Entity("person", "Kim", (noh, Form("b", "Kim", "", (Span(10, 13),)))),),
        config=Config(same_entities=(("Noh", "Roh"),), ignore=("omission", "addition")),
    )


def test_the_sheets_hold_the_result() -> None:
    result = full()
    book = opened(result)
    assert book.sheetnames == ["Findings", "Pairs", "Entities", "Run"]
    found = rows(book["Findings"])
    for number, (row, told) in enumerate(
        zip(found, worst_first(result.findings), strict=True), start=1
    ):
        assert row.pop("number") == number
        assert row.pop("new") == ("yes" if told.new else None)
        assert set(row) == set(FINDING_COLUMNS)
        for name, value in row.items():
            expected = getattr(told, name)
            expected = round(expected, 4) if name == "confidence" else expected
            assert value == (None if expected == "" else expected), name
    pairs = rows(book["Pairs"])
    assert list(pairs[0]) == list(PAIR_COLUMNS)
    assert len(pairs) == len(pairs_csv(result).splitlines()) - 1
    assert [p["a_text"] for p in pairs if p["link"] == "a-only"] == ["Kim to visit", "No more."]
    assert rows(book["Entities"]) == [
        {"kind": "person", "entity": "Kim", "side": "A", "name": "Kim",
         "title": "Special Representative", "times": 2, "spans": "29:55 60:63"},
        {"kind": "person", "entity": "Kim", "side": "B", "name": "Kim",
         "title": None, "times": 1, "spans": "10:13"},
    ]  # fmt: skip
    run = [(row["what"], row["value"]) for row in rows(book["Run"])]
    for entry in (
        ("A label", "A"),
        ("B sentences", "3"),
        ("model", "mini:abc"),
        ("note", "one"),
        ("setting same_entities", "Noh = Roh"),
        ("setting ignore", "omission, addition"),
        ("package numpy", "2"),
    ):
        assert entry in [(what, str(value)) for what, value in run]


def test_it_is_made_to_be_read() -> None:
    for sheet in opened(full()).worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        for row in sheet.iter_rows():
            assert all(c.alignment.wrap_text for c in row if c.value is not None)
        widths = [d.width for d in sheet.column_dimensions.values()]
        assert len(widths) == sheet.max_column
        assert all(6 < width <= 90 for width in widths)


def test_a_result_without_findings_is_a_workbook_too() -> None:
    book = opened(dataclasses.replace(comparison(), findings=()))
    assert rows(book["Findings"]) == []
    assert rows(book["Entities"]) == []


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "#REF!",
    "{=1}",
    "1e5",
    "TRUE",
    "2021-10-20",
    "_x0041_",
    "_x005F_x0041_",
    "a\x00\x1b\x0b\x0d\x85b",
    "\ud800\ufffe\uffff",
    "<b>&amp;</b>",
    "]]>",
    " padded ",
    "a\nb",
    "\u202ex",
]


@settings(deadline=None, max_examples=60)
@given(st.text() | st.sampled_from(HOSTILE))
@example("x" * 40_000)
@example("\U0001f600" * 20_000)
@example("_x0041_" * 5_000)
def test_every_text_stays_text(text: str) -> None:
    base = comparison()
    made = finding(base.a, base.b, "Monday", "Tuesday", message="m" + text, note=text, a_span=text)
    book = opened(with_findings(base, made))
    sheet = book["Findings"]
    heads = [cell.value for cell in sheet[1]]
    shown = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    for name in ("note", "a_span"):
        cell = sheet[2][heads.index(name)]
        assert cell.data_type in ("s", "n")
        if not text:
            assert cell.value is None
        elif len(text) < 5_000:
            assert cell.data_type == "s"
            # What spreadsheets take for an escape is escaped; openpyxl shows it as it is stored.
            assert cell.value == re.sub("_(?=x[0-9a-fA-F]{4}_)", "_x005F_", shown)
        else:
            assert len(cell.value.encode("utf-16-le")) <= 2 * 32_767
            assert cell.value.endswith("…")


def test_no_part_of_the_file_is_a_formula() -> None:
    base = comparison(("=1+1 is two.",), ('=HYPERLINK("http://x") spoke.', "@SUM(A1) left."))
    made = [
        finding(base.a, base.b, "=1+1", None, message=text, reviewer=text) for text in HOSTILE[:8]
    ]
    result = dataclasses.replace(
        with_findings(base, *made),
        config=Config(a_label="=1"),
        entities=(Entity("person", "=1+1", (Form("a", "=1+1", "@x", (Span(10, 14),)),)),),
    )
    with zipfile.ZipFile(io.BytesIO(to_xlsx(result))) as book:
        sheets = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/")]
    assert len(sheets) == 4
    assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets)
    cell = next(c for c in opened(result)["Findings"]["H"] if c.value == "=1+1")
    assert cell.quotePrefix


def test_the_same_result_is_the_same_file() -> None:
    assert to_xlsx(full()) == to_xlsx(full())
    assert b"20" + b"26-" not in to_xlsx(full())


def test_it_is_made_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(full(), tmp_path / "run")
    out = tmp_path / "findings.xlsx"
    command = ["report", str(tmp_path / "run"), "--format", "xlsx"]
    assert main([*command, "-o", str(out)]) == ExitCode.OK
    assert rows(openpyxl.load_workbook(out)["Findings"])
    assert main(command) == ExitCode.USAGE
    assert "name a file for it with -o" in capsys.readouterr().err
