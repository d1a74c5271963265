"""The formats of ``variant-compare report``, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from compare.records import Comparison
from compare.report.correction import correction_note
from compare.report.document import to_json
from compare.report.junit import to_junit
from compare.report.mqm import mqm_score, to_mqm
from compare.report.page import to_html
from compare.report.sarif import to_sarif
from compare.report.tables import discrepancies_csv
from compare.report.tmx import to_tmx
from compare.report.workbook import to_xlsx
from compare.report.xliff import to_xliff


@dataclass(frozen=True, slots=True)
class Format:
    """How a result is written."""

    render: Callable[[Comparison], str | bytes]
    text: bool = True
    """Whether it can be printed."""
    remark: Callable[[Comparison], str] | None = None
    """A line for the reader, beside the file."""

    def data(self, comparison: Comparison) -> bytes:
        """The bytes of the file, whatever the encoding and the line ends of the terminal."""
        made = self.render(comparison)
        return made.encode() if isinstance(made, str) else made


FORMATS: Mapping[str, Format] = {
    "json": Format(to_json),
    "csv": Format(discrepancies_csv),
    "html": Format(to_html),
    "md": Format(correction_note),
    "xlsx": Format(to_xlsx, text=False),
    "sarif": Format(to_sarif),
    "junit": Format(to_junit),
    "tmx": Format(to_tmx),
    "xliff": Format(to_xliff),
    "mqm": Format(to_mqm, remark=mqm_score),
}
