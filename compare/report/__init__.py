"""What a run shows: tables, JSON, one page of HTML, a summary in the terminal, its folder."""

from compare.report.correction import correction_note
from compare.report.document import SCHEMA_VERSION, schema, to_json, to_run_json
from compare.report.formats import FORMATS
from compare.report.load import load_run
from compare.report.page import to_html
from compare.report.redact import redacted
from compare.report.safe import clean_terminal
from compare.report.tables import (
    alignment_figures,
    discrepancies_csv,
    findings_frame,
    pairs_csv,
    pairs_frame,
    worst_first,
)
from compare.report.terminal import print_summary
from compare.report.workbook import to_xlsx
from compare.report.write import RUN_FILES, check_output, default_run_dir, write_run

__all__ = [
    "FORMATS",
    "RUN_FILES",
    "SCHEMA_VERSION",
    "alignment_figures",
    "check_output",
    "clean_terminal",
    "correction_note",
    "default_run_dir",
    "discrepancies_csv",
    "findings_frame",
    "load_run",
    "pairs_csv",
    "pairs_frame",
    "print_summary",
    "redacted",
    "schema",
    "to_html",
    "to_json",
    "to_run_json",
    "to_xlsx",
    "worst_first",
    "write_run",
]
