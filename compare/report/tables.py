"""The two tables of a run, as rows, as CSV and as pandas frames; and the order of findings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.records import SEVERITIES, SIDES, Comparison, Finding, Group, Sentence
from compare.report.safe import guard_cell, visible

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | None

PAIR_COLUMNS = {
    "group_id": str,
    "link": str,
    "moved": str,
    "score": float,
    "a_sentences": str,
    "b_sentences": str,
    "a_spans": str,
    "b_spans": str,
    "a_text": str,
    "b_text": str,
    "similarity": float,
    "wording": float,
}
"""Columns of ``pairs.csv`` and what they hold."""

FINDING_COLUMNS = {
    "finding_id": str,
    "pair_id": str,
    "group_id": str,
    "check": str,
    "ledger": str,
    "category": str,
    "severity": str,
    "confidence": float,
    "likely_side": str,
    "a_span": str,
    "b_span": str,
    "a_start": int,
    "a_end": int,
    "b_start": int,
    "b_end": int,
    "a_text": str,
    "b_text": str,
    "message": str,
    "status": str,
    "reason": str,
    "reviewer": str,
    "reviewed_at": str,
    "note": str,
}
"""Columns of ``discrepancies.csv``, which are fields of a finding, and what they hold."""


_DECIMALS = 4


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, facts before wording, the surest first, then in the order of the text.

    What only B has comes after what A has too.
    """

    def place(finding: Finding) -> tuple[int, bool, float, bool, int, int, str]:
        return (
            SEVERITIES.index(finding.severity),
            finding.ledger == "wording",
            -round(finding.confidence, _DECIMALS),
            finding.a_start is None,
            finding.a_start or 0,
            finding.b_start or 0,
            finding.finding_id,
        )

    return sorted(findings, key=place)


@dataclass(frozen=True, slots=True)
class Figures:
    """How the sentences of the two texts were aligned."""

    a_sentences: int
    b_sentences: int
    a_linked: int
    b_linked: int
    groups: int
    """Groups with sentences on both sides."""
    moved: int
    a_only: int
    b_only: int
    again: int
    """Sentences of both texts that stand alone, but are said again in another place."""
    a_unmatched: float
    """0-1, share of A's words without counterpart, by that of each group."""
    b_unmatched: float


def alignment_figures(comparison: Comparison) -> Figures:
    """Counts of sentences and groups."""
    linked = [group for group in comparison.groups if group.linked]
    again = {(match.side, match.index) for match in comparison.secondary}
    alone = {
        side: [s for g in comparison.groups if not g.linked for s in g.side(side)] for side in SIDES
    }
    only = {side: sum((side, s.index) not in again for s in some) for side, some in alone.items()}
    return Figures(
        a_sentences=len(comparison.a),
        b_sentences=len(comparison.b),
        a_linked=sum(len(group.a) for group in linked),
        b_linked=sum(len(group.b) for group in linked),
        groups=len(linked),
        moved=sum(group.moved for group in linked),
        a_only=only["a"],
        b_only=only["b"],
        again=sum(map(len, alone.values())) - sum(only.values()),
        a_unmatched=_unmatched((g.a, g.a_unmatched) for g in comparison.groups),
        b_unmatched=_unmatched((g.b, g.b_unmatched) for g in comparison.groups),
    )


def _unmatched(sides: Iterable[tuple[Sequence[Sentence], float | None]]) -> float:
    """The mean share of the words without counterpart, each group by its length."""
    lengths = [
        (sum(len(s.text.split()) for s in sentences), share)
        for sentences, share in sides
        if share is not None
    ]
    words = sum(length for length, _ in lengths)
    return sum(length * share for length, share in lengths) / words if words else 0.0


def rounded(value: float | None) -> float | None:
    """Four decimals are more than a score means."""
    return None if value is None else round(value, _DECIMALS) + 0.0  # and no -0.0


def two_decimals(value: float) -> str:
    """A score to show: that of the files, so that a run read back from them shows the same.

    >>> two_decimals(0.12504), f"{0.12504:.2f}"
    ('0.12', '0.13')
    """
    return f"{rounded(value):.2f}"


def pair_rows(comparison: Comparison) -> list[tuple[Value, ...]]:
    """The rows of ``pairs.csv``: values in the order of :data:`PAIR_COLUMNS`."""
    return [_pair_row(group) for group in comparison.groups]


def _pair_row(group: Group) -> tuple[Value, ...]:
    def numbers(sentences: Sequence[Sentence]) -> str | None:
        return " ".join(str(s.index + 1) for s in sentences) or None

    def spans(sentences: Sequence[Sentence]) -> str | None:
        return " ".join(f"{s.start}:{s.end}" for s in sentences) or None

    def text(sentences: Sequence[Sentence]) -> str | None:
        return " ".join(s.text for s in sentences) or None

    return (
        group.group_id,
        group.link,
        "yes" if group.moved else None,
        rounded(group.score),
        numbers(group.a),
        numbers(group.b),
        spans(group.a),
        spans(group.b),
        text(group.a),
        text(group.b),
        rounded(group.similarity),
        rounded(group.wording),
    )


def finding_rows(comparison: Comparison) -> list[tuple[Value, ...]]:
    """The rows of ``discrepancies.csv``, worst first, in the order of :data:`FINDING_COLUMNS`."""
    return [
        tuple(
            rounded(getattr(finding, name)) if kind is float else getattr(finding, name)
            for name, kind in FINDING_COLUMNS.items()
        )
        for finding in worst_first(comparison.findings)
    ]


def pairs_csv(comparison: Comparison) -> str:
    """``pairs.csv`` as text."""
    return _csv(PAIR_COLUMNS, pair_rows(comparison))


def discrepancies_csv(comparison: Comparison) -> str:
    """``discrepancies.csv`` as text."""
    return _csv(FINDING_COLUMNS, finding_rows(comparison))


def _csv(columns: Iterable[str], rows: Iterable[Sequence[Value]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guard_cell(visible(v)) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def pairs_frame(comparison: Comparison) -> pd.DataFrame:
    """The rows of ``pairs.csv``; a missing string is None."""
    return _frame(PAIR_COLUMNS, pair_rows(comparison))


def findings_frame(comparison: Comparison) -> pd.DataFrame:
    """The rows of ``discrepancies.csv``; a missing string is None, a missing offset ``pd.NA``."""
    return _frame(FINDING_COLUMNS, finding_rows(comparison))


def _frame(columns: dict[str, type], rows: Sequence[Sequence[Value]]) -> pd.DataFrame:
    import pandas as pd

    # Strings as objects: pandas' own string type would turn None into nan, which is not false.
    dtypes = {str: "object", float: "float64", int: "Int64"}
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=dtypes[kind])
            for (name, kind), column in zip(columns.items(), values, strict=True)
        }
    )
