"""What the page shows, as escaped HTML made of the report's pieces; free of Streamlit."""

from __future__ import annotations

import datetime as dt
import re
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import NotSameStoryError
from compare.links import Part, reference
from compare.project import Run
from compare.records import SEVERITIES, SIDES, Article, Comparison, Finding, Ledger, Severity, Side
from compare.report import (
    alignment_figures,
    correction_note,
    discrepancies_csv,
    pairs_csv,
    to_html,
    to_json,
    to_xlsx,
    worst_first,
)
from compare.report.columns import columns_style, render_variants
from compare.report.page import (
    find_marks,
    render_again,
    render_block,
    render_finding,
    render_group,
    side_labels,
    stylesheet,
)
from compare.report.safe import escape, isolated, visible
from compare.rules import HIDING, Rule

if TYPE_CHECKING:
    import pandas as pd

    from compare.variants import Difference, Variants

STAGES = {
    "read": "Reading the texts",
    "segment": "Finding the sentences",
    "embed": "Reading what each sentence means",
    "align": "Matching the sentences",
    "diff": "Comparing their words",
    "annotate": "Finding names, numbers and dates",
    "detect": "Checking the facts",
}
"""What the reader is told while a stage runs, by the name that the pipeline gives it."""

LEAD = (
    '<div class="vc page"><p class="lead">Two English texts that go back to one source: what both '
    "say, where the facts drift apart, and what is probably a translation error. The texts stay on "
    "this machine.</p></div>"
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WORDS_SHOWN = ".vc:is(.show-words, :has(#show-words:checked))"
# How report.css begins the rules for differences of words.

_SIGNS = {"critical": "!!", "major": "!", "minor": "·", "alone": "○"}
"""What stands for a kind in the strip besides its colour."""

LEDGERS: dict[Ledger, str] = {"fact": "Facts", "wording": "Wording"}
SIDE_NAMES = {"a": "A", "b": "B", "both": "both", "unknown": "not clear"}
"""What the page calls a text that may be wrong."""


class Choices(NamedTuple):
    """What there is to filter by, with the number of findings, in the order to show it."""

    ledgers: dict[Ledger, int]
    severities: dict[Severity, int]
    checks: dict[str, int]


def choices(findings: Sequence[Finding]) -> Choices:
    """Ledgers, severities and checks that have findings."""
    ledger = Counter(f.ledger for f in findings)
    severity = Counter(f.severity for f in findings)
    check = Counter(f.check for f in findings)
    return Choices(
        {name: ledger[name] for name in LEDGERS if ledger[name]},
        {name: severity[name] for name in SEVERITIES if severity[name]},
        {name: check[name] for name in sorted(check)},
    )


class Download(NamedTuple):
    """A file that the reader can take away."""

    label: str
    name: str
    mime: str
    make: Callable[[], bytes]


def downloads(comparison: Comparison) -> tuple[Download, ...]:
    """The files of the run, made when asked for; named by the pair, so that two runs differ."""
    pair = re.sub(r"[^\w-]+", "-", comparison.pair_id)

    def file(label: str, name: str, mime: str, render: Callable[[Comparison], str]) -> Download:
        return Download(label, f"{pair}-{name}", mime, lambda: render(comparison).encode())

    return (
        file("Discrepancies, CSV", "discrepancies.csv", "text/csv", discrepancies_csv),
        file("Pairs, CSV", "pairs.csv", "text/csv", pairs_csv),
        Download("All, XLSX", f"{pair}.xlsx", XLSX, lambda: to_xlsx(comparison)),
        file("Report, HTML", "report.html", "text/html", to_html),
        file("Correction note, Markdown", "correction.md", "text/markdown", correction_note),
        file("All, JSON", "comparison.json", "application/json", to_json),
    )


def style() -> str:
    """The report's style, and what the page adds, in one element.

    The report follows the system's light or dark, the page the one chosen in it: each colour of
    the report becomes one that follows its element's ``color-scheme``.
    """
    report = stylesheet()
    palette: dict[str, list[str]] = defaultdict(list)
    for name, colour in re.findall(r"(--[\w-]+): (#\w+);", report):
        palette[name].append(colour)
    colours = "".join(
        f"{name}:light-dark({light},{dark});" for name, (light, dark) in palette.items()
    )
    page = resources.files("compare").joinpath("data/page.css").read_text("utf-8")
    return f"<style>{report}\n.vc.page{{{colours}}}\n{page}</style>"


def word_style() -> str:
    """A further style that shows the differences of words.

    They are always on the board, and it stays as it is: for long texts that is much quicker than
    sending and reading it again.
    """
    rules = re.findall(rf"^{re.escape(_WORDS_SHOWN)}[^{{]*{{[^}}]*}}", stylesheet(), re.MULTILINE)
    shown = "\n".join(rule.replace(_WORDS_SHOWN, ".vc.page") for rule in rules)
    return f"<style>\n{shown}\n.vc.page .legend .words {{ display: block; }}</style>"


def alert(message: str) -> str:
    """An error, whose message may hold words of an article, a file's name or a label."""
    return block(f'<p class="alert" role="alert">{isolated(message)}</p>')


def unrelated(error: NotSameStoryError) -> str:
    """What to say where the texts do not tell one story; the page offers to go on beside it."""
    # What follows names the command line's option.
    said = str(error).partition(";")[0]
    return alert(f"{said[:1].upper()}{said[1:]}. Check that both are the right texts.")


def excerpt(text: str, label: str) -> str:
    """An article as read, in a box that scrolls."""
    text = re.sub(r"\n\s*\n", "\n\n", text.strip())
    # Focusable, or the keyboard could not scroll it.
    return block(
        f'<div class="excerpt" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"{isolated(text)}</div>"
    )


def names(comparison: Comparison) -> str:
    """The names of the two texts, in one line."""
    return block(f"<header>{_heading(comparison)}</header>")


def _heading(comparison: Comparison) -> str:
    a, b = map(isolated, side_labels(comparison))
    return f"<h1>{a} <span>and</span> {b}</h1>"


def headline(comparison: Comparison) -> str:
    """The names of the two texts, how much they share, and what the reader should know."""
    figures = alignment_figures(comparison)
    linked = ((figures.a_linked, figures.a_sentences), (figures.b_linked, figures.b_sentences))
    facts = [
        f"{side.upper()}: {_dated(comparison, side)}{some} of {total} sentences have a counterpart."
        for side, (some, total) in zip(SIDES, linked, strict=True)
    ]
    facts += [isolated(note) for note in comparison.run.notes]
    count = Counter(f.severity for f in comparison.findings)
    badges = " ".join(
        f'<span class="badge {severity}">{count[severity]} {severity}</span>'
        for severity in SEVERITIES
        if count[severity]
    )
    return block(
        f"<header>{_heading(comparison)}"
        f'<p class="badges">{badges or "No findings."}</p>'
        f'<ul class="sources">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul></header>'
    )


def board(
    comparison: Comparison, chosen: Callable[[Finding], bool] = lambda _: True, run: str = ""
) -> str:
    """The findings, and beside them the two texts in full, with the findings marked.

    A finding keeps its number whatever is chosen. :func:`word_style` shows the differences of
    words.

    Args:
        comparison: the comparison.
        chosen: which findings are shown.
        run: the name under which the review page finds it; each card then leads there.
    """
    findings = worst_first(comparison.findings)
    shown = {n: f for n, f in enumerate(findings, start=1) if chosen(f)}
    marks = {
        side: [m for m in made if m.number in shown] for side, made in find_marks(findings).items()
    }
    labels = side_labels(comparison)
    cards = "".join(
        render_finding(comparison, n, f, action=_review_link(run, f)) for n, f in shown.items()
    )
    heads = "".join(f'<div class="side">{isolated(label)}</div>' for label in labels)
    again = render_again(comparison)
    rows = "".join(render_group(group, marks, labels, again) for group in comparison.groups)
    strips = "".join(_strip(comparison, side, shown) for side in SIDES)
    return block(
        '<div class="board" lang="en">'
        '<section class="list" tabindex="0" aria-label="Findings">'
        "<h2>Findings, the worst first</h2>"
        f'<p class="count" role="status">{_count(len(shown), len(findings))}</p>'
        f'<ol class="findings">{cards}</ol></section>'
        '<section class="texts" aria-label="The two texts">'
        f'{_legend()}<div class="strips">{strips}</div>'
        f'<div class="pair heads"><div class="about"></div>{heads}</div>{rows}'
        f"{_left_out(comparison, again)}</section></div>"
    )


def several_headline(variants: Variants) -> str:
    """The texts of a comparison of several, and how much of each the pivot has too."""
    facts = [f"<strong>{isolated(variants.labels[variants.pivot])}</strong>: the pivot"]
    for number, result in variants.comparisons:
        figures = alignment_figures(result)
        facts.append(
            f"<strong>{isolated(variants.labels[number])}</strong>: {figures.b_linked} of "
            f"{figures.b_sentences} sentences linked with the pivot"
        )
    return block(
        f"<header><h1>{len(variants.labels)} texts of one story</h1>"
        f'<ul class="sources">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul></header>'
    )


def several_board(
    variants: Variants, chosen: Callable[[Difference], bool], runs: Mapping[int, str]
) -> str:
    """What differs, and the texts in columns, as ``variants.html`` has them.

    Args:
        variants: the comparison of several texts.
        chosen: which differences are shown.
        runs: the name under which the review page finds the comparison of each other text.
    """

    def action(number: int, finding: Finding) -> str:
        decided = "" if finding.status == "open" else f"{escape(finding.status)} "
        return f"{decided}{_review_link(runs[number], finding)}"

    table, texts = render_variants(variants, chosen, action)
    total = len(variants.differences)
    count = _count(sum(map(chosen, variants.differences)), total)
    return block(
        f'<style>{columns_style(variants)}</style><div class="several" lang="en">'
        f'<h2>Where facts differ</h2><p class="count" role="status">{count}</p>'
        f"{table if total else ''}<h2>The texts side by side</h2>{texts}</div>"
    )


def _review_link(run: str, finding: Finding) -> str:
    if not run:
        return ""
    query = urllib.parse.urlencode({"run": run, "finding": finding.finding_id})
    return f'<a class="review" href="review?{escape(query)}">review</a>'


def _strip(comparison: Comparison, side: Side, shown: Mapping[int, Finding]) -> str:
    """A text as a strip: a cell for each sentence, as wide as it is long, with what is there."""
    worst: dict[int, tuple[int, Finding]] = {}
    for number, finding in shown.items():  # the worst first
        span = finding.span(side)
        starts = [p.start for p in finding.places if p.side == side]
        for start in [span.start, *starts] if span else starts:
            sentence = comparison.document(side).sentence_at(start)
            if sentence is not None:
                worst.setdefault(sentence.index, (number, finding))
    cells = []
    for group in comparison.groups:
        for sentence in group.side(side):
            number, found = worst.get(sentence.index, (0, None))
            kind = found.severity if found else "alone" if not group.linked else "plain"
            what = (
                f"{found.severity} {found.check}"
                if found
                else "no counterpart"
                if not group.linked
                else "nothing found"
            )
            target = f"f{number}-{side}" if found and found.span(side) else group.group_id
            cells.append(
                (
                    sentence.index,
                    f'<a class="cell {kind}" style="flex-grow:{max(len(sentence.text), 12)}" '
                    f'href="#{escape(target)}" title="{sentence.index + 1}: {what}">'
                    f'<span class="sign">{_SIGNS.get(kind, "")}</span></a>',
                )
            )
    inner = "".join(cell for _, cell in sorted(cells))
    label = escape(side_labels(comparison)[SIDES.index(side)])
    return (
        f'<nav class="strip" aria-label="{label}, sentence by sentence">'
        f'<span class="name">{side.upper()}</span>{inner}</nav>'
    )


def block(inner: str) -> str:
    """HTML in the element that the style holds for."""
    return f'<div class="vc page">{inner}</div>'


def _dated(comparison: Comparison, side: Side) -> str:
    article = comparison.document(side).article
    if article.date is None:
        return ""
    inferred = " (inferred)" if article.date_source == "inferred" else ""
    return f"dated {article.date.isoformat()}{inferred}, "


def _legend() -> str:
    kinds = " ".join(f'<mark class="{name} fact">{name}</mark>' for name in SEVERITIES)
    return (
        f'<div class="legend"><p>Findings, with their number: {kinds}</p><p class="words">Words: '
        '<del>only in the left text</del> <ins>only in the right text</ins> <span class="move">'
        'moved</span> <span class="form">other spelling or punctuation</span></p></div>'
    )


def _left_out(comparison: Comparison, again: Mapping[tuple[Side, int], str]) -> str:
    sides = "".join(
        f'<div class="side"><p class="label">{isolated(label)}</p>'
        f"{_furniture(comparison.document(side).article, side, again) or '<p>nothing</p>'}</div>"
        for side, label in zip(SIDES, side_labels(comparison), strict=True)
    )
    return (
        '<details class="left-out"><summary>Left out of the comparison: dates, bylines, captions, '
        f'page furniture</summary><div class="sides">{sides}</div></details>'
    )


def _furniture(article: Article, side: Side, again: Mapping[tuple[Side, int], str]) -> str:
    return "".join(
        render_block(article, block, side, again)
        for block in article.blocks
        if not block.role.compared
    )


def _count(shown: int, total: int) -> str:
    if not total:
        return "None."
    return (
        f"All {total}." if shown == total else f"{shown} of {total}; the filter hides the others."
    )


def quoted(words: str | None) -> str:
    """Words of a finding, or what stands for none."""
    return f"“{words}”" if words else "(nothing)"


def said(*words: str) -> str:
    """Words of the texts, each on its line."""
    return block("".join(f'<p class="said">{isolated(one)}</p>' for one in words))


def rule(held: Rule, hidden: int) -> str:
    """A rule with what it does here and who made it."""
    about = f"dismisses {hidden} here" if held.kind in HIDING else "for later runs"
    facts = [about, *(isolated(v) for v in (held.reviewer, held.at[:10], held.note) if v)]
    return block(f'<p class="said">{isolated(str(held))} <small>{", ".join(facts)}</small></p>')


def table(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings as the bulk view lists them."""
    import pandas as pd

    columns = {
        "severity": "severity",
        "check": "check",
        "A's words": "a_span",
        "B's words": "b_span",
        "message": "message",
        "status": "status",
    }
    return pd.DataFrame(
        {
            name: [visible(getattr(f, field) or "") for f in findings]
            for name, field in columns.items()
        }
    )


def option(text: str) -> str:
    """Words for an option of a list to choose from, in one line."""
    return visible(" ".join(text.split()))


def label(text: str) -> str:
    """Words for a label of Streamlit's, which reads Markdown there, as they are."""
    return re.sub(r"([^\w\s])", r"\\\1", option(text))


def run_label(run: Run) -> str:
    """A run in a list: its folder, and when it was written."""
    written = dt.datetime.fromtimestamp(run.written).strftime("%Y-%m-%d %H:%M")
    return f"{option(run.name)} · {written}"


def rest_of_group(comparison: Comparison, chosen: Mapping[Side, Sequence[int]]) -> Part:
    """What is left of the groups of some sentences without these, as a correction names it."""
    groups = [
        g
        for g in comparison.groups
        if any(s.index in chosen[side] for side in SIDES for s in g.side(side))
    ]
    a, b = (
        tuple(
            reference(comparison.document(side), s.index)
            for g in groups
            for s in g.side(side)
            if s.index not in chosen[side]
        )
        for side in SIDES
    )
    return Part(a, b)
