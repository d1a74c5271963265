"""A note for the corrections desk, in Markdown: what was run, what it should say, the evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from compare.records import OTHER, SIDES, Comparison, Finding, Side, Span
from compare.report.safe import escape_markdown, visible
from compare.report.tables import worst_first

ACCEPTED = "accepted"
"""The status of a finding that the reviewer holds to be an error."""


def correction_note(comparison: Comparison) -> str:
    """The note on the findings that are accepted, by the text that is wrong.

    What a text should say instead is a proposal: the words of the other text, which may be wrong
    too. Nothing of the texts is read as Markdown or HTML.
    """
    accepted = [f for f in worst_first(comparison.findings) if f.status == ACCEPTED]
    parts = ["# Corrections", _texts(comparison)]
    if not accepted:
        parts.append("No finding is accepted, so there is nothing to correct.")
    sections = {
        "a": f"In {_label(comparison, 'a')}",
        "b": f"In {_label(comparison, 'b')}",
        "both": "In both texts",
        "unknown": "Not clear which text is wrong",
    }
    number = 0
    for likely, title in sections.items():
        here = [f for f in accepted if f.likely_side == likely]
        if here:
            parts.append(f"## {title}")
        for finding in here:
            number += 1
            parts += _correction(comparison, number, finding)
    return "\n\n".join(parts) + "\n"


def _label(comparison: Comparison, side: Side) -> str:
    label = comparison.document(side).article.label
    letter = side.upper()
    return letter if label in ("", letter) else f"{letter} · {escape_markdown(label)}"


def _texts(comparison: Comparison) -> str:
    lines = []
    for side in SIDES:
        date = comparison.document(side).article.date
        dated = f", {date.isoformat()}" if date else ""
        lines.append(f"- {_label(comparison, side)}{dated}")
    return "\n".join(lines)


def _correction(comparison: Comparison, number: int, finding: Finding) -> Iterator[str]:
    yield f"### {number}\\. {escape_markdown(finding.check)}, {finding.severity}"
    if finding.likely_side in SIDES:
        yield from _one_side(comparison, finding, "a" if finding.likely_side == "a" else "b")
    else:
        for side in SIDES:
            yield f"**{_label(comparison, side)} has**"
            yield from _quoted(comparison, finding, side)
        yield f"**Evidence:** {escape_markdown(finding.message)}"
    if finding.note:
        by = f" ({escape_markdown(finding.reviewer)})" if finding.reviewer else ""
        yield f"**Note**{by}**:** {escape_markdown(finding.note)}"


def _one_side(comparison: Comparison, finding: Finding, side: Side) -> Iterator[str]:
    other = OTHER[side]
    ours, theirs = (_words(finding, s) for s in (side, other))
    yield "**What we ran**"
    yield from _quoted(comparison, finding, side)
    if theirs and ours:
        proposal = f"“{theirs}” in place of “{ours}”"
    elif theirs:
        proposal = f"what the other text has: “{theirs}”"
    else:
        proposal = f"put “{ours}” right or leave it out: the other text does not have it"
    yield f"**What it should say** (proposed, to be checked with the source)**:** {proposal}"
    yield f"**Evidence:** {escape_markdown(finding.message)}"
    if finding.span(other) is not None or _text(finding, other):
        yield f"{_label(comparison, other)} has"
        yield from _quoted(comparison, finding, other)


def _words(finding: Finding, side: Side) -> str:
    return escape_markdown((finding.a_span if side == "a" else finding.b_span) or "")


def _text(finding: Finding, side: Side) -> str:
    return (finding.a_text if side == "a" else finding.b_text) or ""


def _quoted(comparison: Comparison, finding: Finding, side: Side) -> Iterator[str]:
    """The sentences of one side as quotations, the finding's words in bold."""
    span = finding.span(side)
    text = _text(finding, side)
    if span is not None:
        yield from _sentences(comparison, side, [span])
    elif text:
        yield f"> {escape_markdown(text)}"
    else:
        yield "> (nothing)"
    further = [Span(p.start, p.end) for p in finding.places if p.side == side]
    if span is not None:
        document = comparison.document(side)
        own = [s.index for s in document if s.span.overlaps(span)]
        further = [
            p for p in further if all(s.index not in own for s in document if s.span.overlaps(p))
        ]
    yield from _sentences(comparison, side, further)


def _sentences(comparison: Comparison, side: Side, spans: Sequence[Span]) -> Iterator[str]:
    document = comparison.document(side)
    for span in spans:
        holding = [s for s in document if s.span.overlaps(span)]
        start = min([span.start, *(s.start for s in holding)])
        end = max([span.end, *(s.end for s in holding)])
        yield f"> {_bold(document.article.text[start:end], span.start - start, span.end - start)}"


def _bold(text: str, start: int, end: int) -> str:
    """The text with a part in bold, escaped; the part is widened where Markdown would not see it.

    >>> _bold("It cost $5 then.", 8, 10), _bold("a(b)c", 1, 4)
    ('It cost **\\\\$5** then.', '**a(b)c**')
    """
    text = visible(text)  # one character for one; some control characters count as blanks
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return escape_markdown(text)
    if start and _letter(text[start - 1]) and not _letter(text[start]):
        start = max((m.end() for m in re.finditer(r"\s", text[:start])), default=0)
    if end < len(text) and _letter(text[end]) and not _letter(text[end - 1]):
        end += next((m.start() for m in re.finditer(r"\s", text[end:])), len(text) - end)
    parts = text[:start], text[start:end], text[end:]
    before, words, after = (escape_markdown(p) for p in parts)
    left = " " if before and parts[0][-1].isspace() else ""
    right = " " if after and parts[2][0].isspace() else ""
    return f"{before}{left}**{words}**{right}{after}"


def _letter(character: str) -> bool:
    """Whether it is neither punctuation nor a blank, as Markdown sees it."""
    return not character.isspace() and unicodedata.category(character)[0] not in "PSZ"
