"""The finding in focus as escaped HTML: what differs, in place, and what was decided of it."""

from __future__ import annotations

from compare.records import SIDES, Comparison, Finding, Sentence, Side
from compare.report.page import MAX_PLACES, find_marks, likely, render_sentence, side_labels
from compare.report.safe import escape, isolated
from compare.report.tables import two_decimals
from compare.review import Progress, Review
from compare.verdicts import DISPUTED, Entry
from compare.view import block

_SAID = {"accepted": "accepted", "dismissed": "dismissed", "unsure": "not sure", "open": "open"}


def render_focus(review: Review, words: bool = False) -> str:
    """The finding in focus.

    Args:
        review: the session.
        words: show the differences of words in its sentences too.
    """
    finding = review.focus
    if finding is None:
        return block(f'<p class="done" role="status">{_nothing_left(review)}</p>')
    comparison = review.comparison
    labels = side_labels(comparison)
    place = f"{review.place} of {len(review.shown)}" if review.place else "not in this filter"
    accepted = review.precision(finding.check)
    facts = [
        f"<span>{place}</span>",
        f'<span class="badge {finding.severity} {finding.ledger}">{finding.severity}</span>',
        f"<strong>{escape(finding.check)}</strong>"
        + (f" <small>{escape(accepted)}</small>" if accepted else ""),
        f"<span>{finding.ledger}</span>",
        f'<span class="likely">{likely(finding, labels)}</span>',
        f'<span title="how sure the tool is">confidence {two_decimals(finding.confidence)}</span>',
        '<span class="badge new">new</span>' if finding.new else "",
    ]
    sides = "".join(
        _side(comparison, finding, side, label, words)
        for side, label in zip(SIDES, labels, strict=True)
    )
    return block(
        f'<article class="focus {finding.severity} {finding.ledger}" lang="en" '
        f'data-finding="{escape(finding.finding_id)}">'
        f'<p class="about">{" ".join(filter(None, facts))}</p>'
        f'<h2 class="message">{isolated(finding.message)}</h2>'
        f'<div class="sides">{sides}</div>{_decided(review, finding)}</article>'
    )


def _nothing_left(review: Review) -> str:
    left = review.views()["to decide"]
    if not review.findings:
        return "No findings: the two texts agree in all that the checks look at."
    if review.filter.view == "to decide" and not left:
        return "Nothing is left to decide here. “Overview” has the files to take away."
    return "No finding is of this kind."


def _side(comparison: Comparison, finding: Finding, side: Side, label: str, words: bool) -> str:
    """The sentences that a finding is about on one side, between their greyed neighbours."""
    document = comparison.document(side)
    group = next((g for g in comparison.groups if g.group_id == finding.group_id), None)
    marks = find_marks([finding])[side]
    held = {s.index for s in document if any(m.start < s.end and s.start < m.end for m in marks)}
    shown = sorted(held)[:MAX_PLACES]
    if group is not None:
        shown = sorted({*shown, *(s.index for s in group.side(side))})
    edits = group.edits if group is not None and words else ()
    if not shown:
        inner = '<p class="none">no counterpart</p>'
    else:
        parts, last = [], -1
        for index in shown:
            if index - 1 > last:
                parts.append(_context(document.sentences[index - 1], side))
            sentence = document.sentences[index]
            text = render_sentence(sentence, side, marks, edits, links=False)
            parts.append(f'<p class="here">{_number(sentence)} {text}</p>')
            last = index
            if index + 1 < len(document) and index + 1 not in shown:
                parts.append(_context(document.sentences[index + 1], side))
                last = index + 1
        if len(held) > MAX_PLACES:
            parts.append(f'<p class="none">and {len(held) - MAX_PLACES} more, see “Pairs”</p>')
        inner = "".join(parts)
    wrong = " wrong" if finding.likely_side in (side, "both") else ""
    return (
        f'<section class="side{wrong}"><h3 class="label"><bdi>{escape(label)}</bdi></h3>'
        f"{inner}</section>"
    )


def _number(sentence: Sentence) -> str:
    return f'<span class="no" title="sentence {sentence.index + 1}">{sentence.index + 1}</span>'


def _context(sentence: Sentence, side: Side) -> str:
    return f'<p class="context">{_number(sentence)} {render_sentence(sentence, side)}</p>'


def _decided(review: Review, finding: Finding) -> str:
    """What was decided of it: by this reviewer, and then by the others; and by a rule."""
    lines = []
    mine = review.mine(finding)
    if mine is not None:
        lines.append(f"You: {_entry(mine)}")
        # Others' opinions would sway one that is still to come.
        lines += [f"{isolated(e.reviewer)}: {_entry(e)}" for e in review.others(finding)]
    if finding.status == DISPUTED:
        lines.append("<strong>Disputed</strong>: settle it under “disputed”")
    elif finding.reason == "rule":
        lines.append(f"Dismissed by the rule {isolated(finding.note)}")
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f'<ul class="decided">{items}</ul>' if items else ""


def _entry(entry: Entry) -> str:
    parts = [f"<strong>{_SAID[entry.verdict]}</strong>"]
    if entry.reason:
        parts.append(escape(entry.reason))
    if entry.side:
        parts.append(f"wrong: {escape(entry.side.upper() if entry.side in SIDES else entry.side)}")
    if entry.note:
        parts.append(f"“{isolated(entry.note)}”")
    return ", ".join(parts)


def render_progress(review: Review) -> str:
    """How much is decided, in all and by severity."""
    by_severity = review.progress()
    decided = sum(p.decided for p in by_severity.values())
    total = sum(p.total for p in by_severity.values())
    if not total:
        return block('<p class="progress" role="status">Nothing to decide.</p>')
    parts = " ".join(
        f'<span class="badge {severity}">{severity} {_of(p)}</span>'
        for severity, p in by_severity.items()
    )
    return block(
        f'<div class="progress"><progress max="{total}" value="{decided}" '
        f'aria-label="decided"></progress> <span role="status">{decided} of {total} decided'
        f"</span> {parts}</div>"
    )


def _of(progress: Progress) -> str:
    return f"{progress.decided}/{progress.total}"
