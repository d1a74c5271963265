"""The summary in the terminal: the findings that matter most, and what was aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from compare.records import SEVERITIES, SIDES, Comparison, Finding, Group, Severity, Side
from compare.report.safe import clean_terminal
from compare.report.tables import alignment_figures, two_decimals, worst_first

if TYPE_CHECKING:
    from rich.text import Text

_STYLES: dict[Severity, str] = {
    "critical": "bold red",
    "major": "bold yellow",
    "minor": "yellow",
    "neutral": "dim",
}

_ONE_SIDED = {"omission": "A", "addition": "B"}
_MAX_GROUPS = 20
"""Groups in the table of what corresponds; the report has all of them."""
_PIPE_WIDTH = 120


def print_summary(
    comparison: Comparison, paths: Mapping[str, Path], file: TextIO, limit: int = 10
) -> None:
    """Write the summary: plain where the file is no terminal or ``NO_COLOR`` is set.

    Facts come first. Sentences that only one text has are counted and not listed: there can be
    many, and the report marks them where they stand. Nor is what was dismissed. A finding's number
    is that of the report.

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
        width = _PIPE_WIDTH if plain else console.width
        brackets = plain or console.no_color
        for line in _lines(comparison, paths, limit, brackets, width):
            console.print(line, soft_wrap=plain)
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(captured.get().encode(encoding, "replace").decode(encoding))


def _lines(
    comparison: Comparison, paths: Mapping[str, Path], limit: int, brackets: bool, width: int
) -> list[Text]:
    from rich.text import Text

    labels = [clean_terminal(comparison.document(side).article.label) for side in SIDES]
    findings = worst_first(comparison.findings)
    lines = [Text(f"A  {labels[0]}"), Text(f"B  {labels[1]}"), Text()]
    lines += [_counts(findings, ledger) for ledger in ("fact", "wording")]
    since = comparison.run.baseline
    if since is not None:
        told = f"{since.new} new, {since.known} as before, {since.gone} gone"
        lines.append(Text(f"since the baseline: {told}"))
    lines += [Text(clean_terminal(f"note: {note}")) for note in comparison.run.notes]
    listed = [
        (finding.ledger != "fact", number, finding)
        for number, finding in enumerate(findings, start=1)
        if not _one_sided(finding) and finding.status != "dismissed"
    ]
    if listed and limit:
        lines += [Text(), Text("The findings that matter most, numbered as in report.html:")]
    for _, number, finding in sorted(listed, key=lambda entry: entry[:2])[:limit]:
        lines += [Text(), *_finding(comparison, number, finding, brackets)]
    rest = _rest(findings, len(listed) - limit)
    if rest:
        lines += [Text(), Text(rest)]
    lines += [Text(), *_aligned(comparison, width)]
    if paths:
        lines.append(Text())
        lines += [Text(f"{name:18} {clean_terminal(str(path))}") for name, path in paths.items()]
    return lines


def _one_sided(finding: Finding) -> bool:
    """Whether a finding is a sentence that one text has alone, and no part of one."""
    return finding.check in _ONE_SIDED and None in (finding.a_text, finding.b_text)


def _rest(findings: Sequence[Finding], unlisted: int) -> str:
    """What is not listed, and where it is."""
    dismissed = sum(finding.status == "dismissed" for finding in findings)
    count = Counter(
        finding.check
        for finding in findings
        if _one_sided(finding) and finding.status != "dismissed"
    )
    parts = [_count(unlisted, "more finding")] if unlisted > 0 else []
    parts += [
        f"{_count(count[check], 'sentence')} only in {letter}"
        for check, letter in _ONE_SIDED.items()
        if count[check]
    ]
    parts += [f"{dismissed} dismissed"] if dismissed else []
    return f"Not listed here: {', '.join(parts)} (see report.html)" if parts else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _aligned(comparison: Comparison, width: int) -> list[Text]:
    """How much is aligned, and a line for each group: numbers, confidence, first words."""
    from rich.text import Text

    f = alignment_figures(comparison)
    lines = [
        Text(
            f"These sentences correspond ({f.a_linked} of {f.a_sentences} of A, {f.b_linked} of "
            f"{f.b_sentences} of B; confidence in brackets):"
            if f.groups
            else "No sentences correspond."
        )
    ]
    linked = [group for group in comparison.groups if group.linked]
    heads = [_numbers(group) for group in linked[:_MAX_GROUPS]]
    room = max(16, (width - max(map(len, heads), default=0) - 7) // 2)
    for head, group in zip(heads, linked, strict=False):
        line = Text(f"  {head:{max(map(len, heads))}}  ")
        line.append(
            f"{_beginning(group, 'a', room):{room}} ↔ {_beginning(group, 'b', room)}", "dim"
        )
        lines.append(line)
    if len(linked) > _MAX_GROUPS:
        more = _count(len(linked) - _MAX_GROUPS, "more group")
        lines.append(Text(f"  and {more} (see report.html)"))
    shares = f"{f.a_unmatched:.0%} of A's, {f.b_unmatched:.0%} of B's"
    lines.append(Text(f"Words without a counterpart: {shares}."))
    return lines


def _numbers(group: Group) -> str:
    """Sentence numbers of both sides, e.g. ``A 5 ↔ B 5 6 (0.81, moved)``."""
    a, b = (" ".join(str(s.index + 1) for s in group.side(side)) for side in SIDES)
    score = "" if group.score is None else two_decimals(group.score)
    told = (score, "moved" if group.moved else "", "corrected" if group.corrected else "")
    facts = ", ".join(filter(None, told))
    return f"A {a} ↔ B {b}" + (f" ({facts})" if facts else "")


def _beginning(group: Group, side: Side, room: int) -> str:
    text = clean_terminal(" ".join(s.text for s in group.side(side)))
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


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
    head.append(f", confidence {two_decimals(finding.confidence)}")
    if finding.status != "open":
        head.append(f", review: {clean_terminal(finding.status)}")
    if finding.new:
        head.append(", new")
    told = [
        Text(f"   {side.upper()}: ", "dim") + sentence
        for side in SIDES
        if (sentence := _sentence(comparison, finding, side, brackets)) is not None
    ]
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
