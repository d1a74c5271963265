"""``report.html``: one file that needs no network and no script.

The pieces (:func:`render_group`, :func:`render_finding`, :func:`render_sentence`,
:func:`stylesheet`) are pure functions that return escaped HTML, so that another page can show
the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from compare.records import (
    OTHER,
    SEVERITIES,
    SIDES,
    Article,
    Block,
    Comparison,
    Edit,
    Finding,
    Group,
    Role,
    Secondary,
    Sentence,
    Side,
)
from compare.report.safe import escape, escape_showing, isolated
from compare.report.tables import alignment_figures, two_decimals, worst_first

MAX_PLACES = 4
"""Sentences of one finding that are shown on each side; the text itself marks every place."""

_EDIT_TITLES = {
    "form": "only spelling or punctuation differs",
    "move": "stands elsewhere in the other text",
}


def side_labels(comparison: Comparison) -> tuple[str, str]:
    """What the page calls the two texts; with the letters, as messages name them by these."""
    a, b = (comparison.document(side).article.label for side in SIDES)
    return ("A" if a in ("", "A") else f"A · {a}", "B" if b in ("", "B") else f"B · {b}")


class Mark(NamedTuple):
    """A place in a text that a finding is about."""

    start: int
    end: int
    number: int
    """Number of the finding on the page, from 1."""
    finding: Finding
    main: bool
    """The finding's own span; otherwise one of its further places."""


def find_marks(findings: Sequence[Finding]) -> dict[Side, list[Mark]]:
    """The marks of both texts; a finding's number is its place in the sequence, from 1."""
    marks: dict[Side, list[Mark]] = {"a": [], "b": []}
    for number, finding in enumerate(findings, start=1):
        for side in SIDES:
            span = finding.span(side)
            if span is not None:
                marks[side].append(Mark(span.start, span.end, number, finding, main=True))
        for place in finding.places:
            marks[place.side].append(Mark(place.start, place.end, number, finding, main=False))
    return {
        side: sorted(made, key=lambda m: (m.start, m.end, m.number)) for side, made in marks.items()
    }


def render_again(comparison: Comparison) -> dict[tuple[Side, int], str]:
    """What says a sentence again in the other text, as HTML, by side and start of the sentence."""
    held = {(side, s.index): g for g in comparison.groups for side in SIDES for s in g.side(side)}

    def note(match: Secondary) -> str:
        across = OTHER[match.side]
        group = escape(held[across, match.other].group_id)
        cosine = two_decimals(match.similarity)
        return (
            f' <a class="again" href="#{group}" title="cosine {cosine}; not counted '
            f'as corresponding">also said in {across.upper()}\u00a0{match.other + 1}</a>'
        )

    return {(match.side, match.start): note(match) for match in comparison.secondary}


def render_sentence(
    sentence: Sentence,
    side: Side,
    marks: Iterable[Mark] = (),
    edits: Iterable[Edit] = (),
    links: bool = True,
) -> str:
    """A sentence as HTML: its findings marked, its differences of words as ``<del>``, ``<ins>``.

    Args:
        sentence: offsets of marks and edits are those of its document.
        side: which text it is of.
        marks: of that text; those outside the sentence are left out, and they may overlap.
        edits: of its group.
        links: put each finding's number, linked to the finding, after its marked words.
    """
    inside = [m for m in marks if _touches(m, sentence)]
    changes = [
        (span, edit.kind)
        for edit in edits
        if edit.kind != "equal"
        and (span := edit.a if side == "a" else edit.b) is not None
        and span.overlaps(sentence.span)
    ]
    cuts = {sentence.start, sentence.end}
    for start, end in [(m.start, m.end) for m in inside] + [(s.start, s.end) for s, _ in changes]:
        cuts |= {max(start, sentence.start), min(end, sentence.end)}
    points = sorted(cuts)
    parts = []
    for start, end in pairwise(points):
        part = escape_showing(sentence.text[start - sentence.start : end - sentence.start])
        kind = next((kind for span, kind in changes if span.start <= start < span.end), None)
        if kind is not None:
            part = _change(part, kind, side)
        here = [m for m in inside if m.start <= start < m.end]
        if here:
            part = _marked(part, here, sentence)
        parts.append(part)
        if links:
            ending = (m for m in here if m.end == end or end == sentence.end)
            parts += [_reference(m, side, sentence) for m in ending]
    return f'<bdi dir="auto">{"".join(parts)}</bdi>'


def _change(part: str, kind: str, side: Side) -> str:
    if kind in _EDIT_TITLES:
        return f'<span class="{kind}" title="{_EDIT_TITLES[kind]}">{part}</span>'
    tag = "del" if side == "a" else "ins"
    return f"<{tag}>{part}</{tag}>"


def _marked(part: str, marks: Sequence[Mark], sentence: Sentence) -> str:
    # A sentence that has no counterpart is not underlined: its number at the end says enough.
    shown = [
        m
        for m in marks
        if m.finding.ledger == "fact" or not (m.start <= sentence.start and sentence.end <= m.end)
    ]
    if not shown:
        return part
    worst = min(shown, key=lambda m: m.number)
    title = " | ".join(
        f"{m.number} {m.finding.severity} {m.finding.check}: {m.finding.message}" for m in shown
    )
    return f'<mark class="{_classes(worst.finding)}" title="{escape(title)}">{part}</mark>'


def _reference(mark: Mark, side: Side, sentence: Sentence) -> str:
    finding = mark.finding
    begins = mark.main and sentence.start <= mark.start < sentence.end
    anchor = f' id="f{mark.number}-{side}"' if begins else ""
    title = f"{finding.severity} {finding.check}: {finding.message}"
    return (
        f'<a class="ref {_classes(finding)}" href="#f{mark.number}"{anchor} '
        f'title="{escape(title)}">{mark.number}</a>'
    )


def _classes(finding: Finding) -> str:
    return f"{finding.severity} {finding.ledger}"


def render_group(
    group: Group,
    marks: Mapping[Side, Sequence[Mark]],
    labels: tuple[str, str],
    again: Mapping[tuple[Side, int], str] | None = None,
) -> str:
    """A row: the sentences of both sides, one beside the other, or one side and a gap.

    Args:
        group: with its edits.
        marks: from :func:`find_marks`.
        labels: of the two texts, from :func:`side_labels`.
        again: what is said again elsewhere, from :func:`render_again`.
    """
    again = again or {}
    about = [f'<a href="#{escape(group.group_id)}">{escape(group.group_id)}</a>']
    if group.linked:
        about.append(f"<span>{group.link}</span>")
        if group.score is not None:
            about.append(
                f'<span title="confidence of the alignment">{two_decimals(group.score)}</span>'
            )
        if group.moved:
            about.append(
                '<strong title="stands at another place in the other text">⇅ moved</strong>'
            )
    elif any((side, s.start) in again for side in SIDES for s in group.side(side)):
        about.append("<strong>said elsewhere</strong>")
    else:
        about.append(f"<strong>only in {'A' if group.a else 'B'}</strong>")
    if group.corrected:
        about.append('<span title="as a reader corrected the alignment">corrected</span>')
    sides = "".join(_cell(group, side, marks[side], labels, again) for side in SIDES)
    kind = "linked" if group.linked else "alone"
    moved = " moved" if group.moved else ""
    return (
        f'<div class="pair {kind}{moved}" id="{escape(group.group_id)}">'
        f'<div class="about">{" ".join(about)}</div>{sides}</div>'
    )


def _cell(
    group: Group,
    side: Side,
    marks: Sequence[Mark],
    labels: tuple[str, str],
    again: Mapping[tuple[Side, int], str],
) -> str:
    label = escape(labels[0] if side == "a" else labels[1])
    sentences = group.side(side)
    if not sentences:
        return f'<div class="side none" data-label="{label}">no counterpart</div>'
    inner = "".join(
        f'<p class="{sentence.role}"><span class="no" title="sentence {sentence.index + 1}">'
        f"{sentence.index + 1}</span> "
        f"{_role(sentence.role)}{render_sentence(sentence, side, marks, group.edits)}"
        f"{again.get((side, sentence.start), '')}</p>"
        for sentence in sentences
    )
    return f'<div class="side" data-label="{label}">{inner}</div>'


def _role(role: Role) -> str:
    return "" if role is Role.BODY else f'<span class="role">{role}</span> '


def render_finding(
    comparison: Comparison, number: int, finding: Finding, extra: str = "", action: str = ""
) -> str:
    """A finding: how bad, what differs, and the words of both texts inside their sentences.

    Args:
        comparison: that it is a finding of.
        number: its number on the page.
        finding: the finding.
        extra: a further class of the element, to filter by.
        action: HTML to put behind what is said about it.
    """
    labels = side_labels(comparison)
    facts = [
        f'<a class="number" href="#f{number}">{number}</a>',
        f'<span class="badge {_classes(finding)}">{finding.severity}</span>',
        '<span class="badge new">new</span>' if finding.new else "",
        f"<strong>{escape(finding.check)}</strong>",
        f"<span>{finding.ledger}</span>",
        f'<span class="likely">{likely(finding, labels)}</span>',
        f'<span title="how sure the tool is">confidence {two_decimals(finding.confidence)}</span>',
        _review(finding),
        action,
    ]
    sides = [
        _finding_side(comparison, number, finding, side, label)
        for side, label in zip(SIDES, labels, strict=True)
    ]
    lone = "" if all(sides) else " lone"
    return (
        f'<li class="finding {_classes(finding)} {escape(extra)}" id="f{number}">'
        f'<p class="about">{" ".join(filter(None, facts))}</p>'
        f'<p class="message">{isolated(finding.message)}</p>'
        f'<div class="sides{lone}">{"".join(sides)}</div></li>'
    )


def _review(finding: Finding) -> str:
    if finding.status == "open":
        return ""
    reason = f" ({finding.reason})" if finding.reason else ""
    return f"<span>review: {escape(finding.status + reason)}</span>"


def likely(finding: Finding, labels: tuple[str, str]) -> str:
    """Which text is probably wrong, as HTML."""
    if finding.likely_side in SIDES:
        label = labels[SIDES.index(finding.likely_side)]
        return f"probably wrong: <bdi>{escape(label)}</bdi>"
    if finding.likely_side == "both":
        return "probably wrong: both"
    return "not clear which is wrong" if finding.ledger == "fact" else ""


def _finding_side(
    comparison: Comparison, number: int, finding: Finding, side: Side, label: str
) -> str:
    """The sentences of one side with the finding's words, or nothing where it is not about any."""
    span = finding.span(side)
    marks = find_marks([finding])[side]
    held = sorted(
        (s for s in comparison.document(side) if any(_touches(m, s) for m in marks)),
        key=lambda s: span is None or not s.span.overlaps(span),  # its own sentence before others
    )
    shown = [render_sentence(s, side, marks, links=False) for s in held[:MAX_PLACES]]
    text = finding.a_text if side == "a" else finding.b_text
    if not shown and text:
        shown = [isolated(text)]
    if not shown:
        return ""
    if len(held) > MAX_PLACES:
        shown.append(
            f'<span class="none">and {len(held) - MAX_PLACES} more, marked in the text</span>'
        )
    name = f"<bdi>{escape(label)}</bdi>"
    if span is not None and any(s.start <= span.start < s.end for s in held):
        name = f'<a href="#f{number}-{side}" title="show it in the text">{name}</a>'
    paragraphs = "".join(f"<p>{one}</p>" for one in shown)
    return f'<div class="side"><p class="label">{name}</p>{paragraphs}</div>'


def _touches(mark: Mark, sentence: Sentence) -> bool:
    return mark.start < sentence.end and sentence.start < mark.end


def stylesheet() -> str:
    """The style of the pieces and of the whole page; its names are those of the page alone."""
    return resources.files("compare").joinpath("data/report.css").read_text("utf-8")


def to_html(comparison: Comparison) -> str:
    """The whole page."""
    findings = worst_first(comparison.findings)
    marks = find_marks(findings)
    checks = sorted({finding.check for finding in findings})
    style = stylesheet() + "".join(
        f"body:has(#show-check-{i}:not(:checked)) .check-{i}{{display:none!important}}\n"
        for i in range(len(checks))
    )
    labels = side_labels(comparison)
    again = render_again(comparison)
    body = [
        f"<header><h1>{isolated(labels[0])} <span>against</span> {isolated(labels[1])}</h1>",
        _sources(comparison),
        _notes(comparison.run.notes),
        '<nav><a href="#findings">Findings</a><a href="#texts">The two texts side by side</a>'
        '<a href="#left-out">Left out of the comparison</a></nav>',
        "</header><main>",
        _counts(comparison, findings),
        '<section><h2 id="findings">Findings, the worst first</h2>',
        _filters(findings, checks),
        '<ol class="findings">',
        *(
            render_finding(comparison, number, finding, f"check-{checks.index(finding.check)}")
            for number, finding in enumerate(findings, start=1)
        ),
        "</ol>" if findings else "</ol><p>None.</p>",
        '</section><section class="texts"><h2 id="texts">The two texts side by side</h2>',
        _legend(),
        '<div class="pair heads"><div class="about"></div>',
        *(f'<div class="side">{isolated(label)}</div>' for label in labels),
        "</div>",
        *(render_group(group, marks, labels, again) for group in comparison.groups),
        "</section>",
        _left_out(comparison, again),
        "</main>",
        _footer(comparison),
    ]
    return document(labels, style, "\n".join(filter(None, body)))


def document(labels: Sequence[str], style: str, body: str) -> str:
    """A whole page that needs no script and no network, and is allowed none.

    Args:
        labels: of the texts, which make its title.
        style: its style sheet.
        body: HTML.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(' / '.join(labels))}</title>\n<style>{style}</style></head>\n"
        f'<body class="vc">\n{body}\n</body></html>\n'
    )


def _sources(comparison: Comparison) -> str:
    rows = []
    for side, label in zip(SIDES, side_labels(comparison), strict=True):
        document = comparison.document(side)
        article = document.article
        facts = [f"{len(document)} sentences"]
        if article.source not in ("", "-"):
            facts.append(f"from <code>{escape(article.source)}</code>")
        if article.date is not None:
            how = " (inferred)" if article.date_source == "inferred" else ""
            facts.append(f"dated {article.date.isoformat()}{how}")
        rows.append(f"<li><strong>{isolated(label)}</strong>: {', '.join(facts)}</li>")
    return f'<ul class="sources">{"".join(rows)}</ul>'


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    items = "".join(f"<li>{escape_showing(note)}</li>" for note in notes)
    return f'<ul class="notes" aria-label="notes">{items}</ul>'


def _counts(comparison: Comparison, findings: Sequence[Finding]) -> str:
    count = Counter((finding.ledger, finding.severity) for finding in findings)
    ledgers = {
        "fact": "Facts <small>both cannot be right, or one is wrong by itself</small>",
        "wording": "Wording <small>the same told otherwise, or in one text only</small>",
    }
    head = "".join(f'<th scope="col"><span class="badge {s}">{s}</span></th>' for s in SEVERITIES)
    rows = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{count[ledger, s] or '–'}</td>" for s in SEVERITIES)  # type: ignore[index]
        + "</tr>"
        for ledger, name in ledgers.items()
    )
    f = alignment_figures(comparison)
    moved = f", {f.moved} of them moved" if f.moved else ""
    elsewhere = f" {f.again} more are said again in another place." if f.again else ""
    return (
        '<section class="summary"><h2>Summary</h2><table><thead><tr>'
        f"<td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p>{f.groups} groups of sentences say the same thing{moved}: {f.a_linked} of "
        f"{f.a_sentences} sentences of A, {f.b_linked} of {f.b_sentences} of B. {f.a_only} stand "
        f"only in A, {f.b_only} only in B.{elsewhere}</p>"
        f"<p>Of A's words {f.a_unmatched:.0%} have no counterpart in B, of B's {f.b_unmatched:.0%} "
        "none in A: neither the same word nor a synonym nor one of its root.</p></section>"
    )


def _filters(findings: Sequence[Finding], checks: Sequence[str]) -> str:
    def boxes(legend: str, options: Iterable[tuple[str, str, int]]) -> str:
        inputs = "".join(
            f'<label><input type="checkbox" id="show-{key}" checked> {escape(name)} ({n})</label>'
            for key, name, n in options
            if n
        )
        return f"<fieldset><legend>{legend}</legend>{inputs}</fieldset>"

    severity = Counter(finding.severity for finding in findings)
    ledger = Counter(finding.ledger for finding in findings)
    check = Counter(finding.check for finding in findings)
    if not findings:
        return ""
    return (
        '<div class="filters">'
        + boxes("Severity", ((s, s, severity[s]) for s in SEVERITIES))
        + boxes(
            "Ledger", (("fact", "fact", ledger["fact"]), ("wording", "wording", ledger["wording"]))
        )
        + boxes("Check", ((f"check-{i}", name, check[name]) for i, name in enumerate(checks)))
        + "</div>"
    )


def _legend() -> str:
    marks = " ".join(f'<mark class="{severity} fact">{severity}</mark>' for severity in SEVERITIES)
    return (
        '<div class="legend"><label><input type="checkbox" id="show-words"> Show differences of '
        "words</label>"
        f"<span>Findings: {marks}, with the number of the finding; wording without a tint.</span>"
        '<span class="words">Words: <del>only here in the left text</del>, <ins>only here in the '
        'right text</ins>, <span class="move">moved</span>, <span class="form">other spelling or '
        "punctuation</span>.</span></div>"
    )


def render_block(
    article: Article, block: Block, side: Side, again: Mapping[tuple[Side, int], str]
) -> str:
    """A block that is left out of the comparison, with what says its sentences again."""
    notes = "".join(
        note
        for (where, start), note in again.items()
        if where == side and block.start <= start < block.end
    )
    return (
        f'<p><span class="role">{block.role}</span> <bdi dir="auto">'
        f"{escape_showing(article.text[block.start : block.end])}</bdi>{notes}</p>"
    )


def _left_out(comparison: Comparison, again: Mapping[tuple[Side, int], str]) -> str:
    columns = []
    for side, label in zip(SIDES, side_labels(comparison), strict=True):
        article = comparison.document(side).article
        items = "".join(
            render_block(article, block, side, again)
            for block in article.blocks
            if not block.role.compared
        )
        columns.append(
            f'<div class="side"><p class="label">{isolated(label)}</p>'
            f"{items or '<p>nothing</p>'}</div>"
        )
    return (
        '<section class="left-out"><h2 id="left-out">Left out of the comparison</h2>'
        f'<div class="sides">{"".join(columns)}</div></section>'
    )


def _footer(comparison: Comparison) -> str:
    run = comparison.run
    facts = [
        f"variant-compare {run.version}".strip(),
        f"model {run.model}" if run.model else "",
        f"encoder {run.encoder}" if run.encoder else "",
        *(
            f"{side.upper()} sha256 {comparison.document(side).article.sha256[:16]}"
            for side in SIDES
            if comparison.document(side).article.sha256
        ),
    ]
    return f"<footer>{escape(' · '.join(filter(None, facts)))}</footer>"
