"""The summary in the terminal: the worst findings, with their sentences, and what was aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from compare.records import SEVERITIES, SIDES, Comparison, Finding, Severity, Side
from compare.report.safe import clean_terminal
from compare.report.tables import alignment_figures, worst_first

if TYPE_CHECKING:
    from rich.text import Text

_STYLES: dict[Severity, str] = {
    "critical": "bold red",
    "major": "bold yellow",
    "minor": "yellow",
    "neutral": "dim",
}

_COVERAGE = ("omission", "addition")


def print_summary(
    comparison: Comparison, paths: Mapping[str, Path], file: TextIO, limit: int = 10
) -> None:
    """Write the summary: plain where the file is no terminal or ``NO_COLOR`` is set.

    Args:
        comparison: the result.
        paths: the files that were written, by name; empty where none were.
        file: usually standard output.
        limit: how many findings are shown.
    """
    from rich.console import Console

    # A pipe has no width: one line a sentence is then the best for `grep`.
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    plain = not console.is_terminal
    with console.capture() as captured:
        for line in _lines(comparison, paths, limit, brackets=plain or console.no_color):
            console.print(line, soft_wrap=plain)
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(captured.get().encode(encoding, "replace").decode(encoding))


def _lines(
    comparison: Comparison, paths: Mapping[str, Path], limit: int, brackets: bool
) -> list[Text]:
    from rich.text import Text

    labels = [clean_terminal(comparison.document(side).article.label) for side in SIDES]
    findings = worst_first(comparison.findings)
    lines = [Text(f"A  {labels[0]}"), Text(f"B  {labels[1]}"), Text()]
    f = alignment_figures(comparison)
    moved = f", {f.moved} moved" if f.moved else ""
    lines.append(
        Text(
            f"{f.groups} groups aligned{moved}: {f.a_linked} of {f.a_sentences} sentences of A, "
            f"{f.b_linked} of {f.b_sentences} of B; {f.a_only} only in A, {f.b_only} only in B"
        )
    )
    lines += [_counts(findings, ledger) for ledger in ("fact", "wording")]
    lines += [Text(clean_terminal(f"note: {note}")) for note in comparison.run.notes]
    for number, finding in enumerate(findings[:limit], start=1):
        lines += [Text(), *_finding(comparison, number, finding, brackets)]
    if len(findings) > limit:
        lines += [Text(), Text(f"… and {len(findings) - limit} more")]
    if paths:
        lines.append(Text())
        lines += [Text(f"{name:18} {clean_terminal(str(path))}") for name, path in paths.items()]
    return lines


def _counts(findings: list[Finding], ledger: str) -> Text:
    from rich.text import Text

    count = Counter(finding.severity for finding in findings if finding.ledger == ledger)
    told = ", ".join(f"{count[s]} {s}" for s in SEVERITIES if count[s])
    return Text(f"{ledger} findings: {told or 'none'}")


def _finding(comparison: Comparison, number: int, finding: Finding, brackets: bool) -> list[Text]:
    from rich.text import Text

    head = Text(f"{number}. ")
    head.append(finding.severity, _STYLES[finding.severity])
    head.append(f" {clean_terminal(finding.check)} ({finding.ledger})", "bold")
    if finding.likely_side in SIDES:
        head.append(f", probably wrong: {finding.likely_side.upper()}")
    elif finding.likely_side == "both":
        head.append(", both probably wrong")
    head.append(f", confidence {finding.confidence:.2f}")
    told = [
        Text(f"   {side.upper()}: ", "dim") + sentence
        for side in SIDES
        if (sentence := _sentence(comparison, finding, side, brackets)) is not None
    ]
    if finding.check in _COVERAGE and finding.ledger == "wording":
        return [head, *told]  # the check's name says it all, many times over
    return [head, Text(f"   {clean_terminal(finding.message)}"), *told]


def _sentence(comparison: Comparison, finding: Finding, side: Side, brackets: bool) -> Text | None:
    """The finding's sentences on one side with its words set off."""
    from rich.text import Text

    span = finding.span(side)
    text = finding.a_text if side == "a" else finding.b_text
    if span is None:
        return Text(clean_terminal(text)) if text else None
    document = comparison.document(side)
    holding = [s for s in document if s.span.overlaps(span)]
    start = min([span.start, *(s.start for s in holding)])
    end = max([span.end, *(s.end for s in holding)])
    whole = document.article.text
    marks = ("[[", "]]") if brackets and (start, end) != span else ("", "")
    shown = Text(clean_terminal(whole[start : span.start]))
    shown.append(marks[0] + clean_terminal(whole[span.start : span.end]) + marks[1], "underline")
    return shown + Text(clean_terminal(whole[span.end : end]))
