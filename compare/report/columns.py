"""Several texts of one story in columns: one page, and a table of what differs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compare.records import Comparison, Finding, Sentence, Side
from compare.report.page import Mark, document, find_marks, render_sentence, stylesheet
from compare.report.safe import clean_terminal, escape, guard_cell, isolated, visible
from compare.report.tables import alignment_figures
from compare.report.write import run_files

if TYPE_CHECKING:
    from compare.variants import Difference, Variants

_STYLE = """
body.vc { max-width: none; }
.vc .wide table { border-collapse: collapse; table-layout: fixed; width: 100%; }
.vc .wide :is(th, td) {
  border-top: 1px solid var(--line); min-width: 11rem; overflow-wrap: anywhere;
  padding: .4rem .6rem; text-align: left; vertical-align: top;
}
.vc .wide thead th { background: var(--bg); position: sticky; top: 0; z-index: 1; }
.vc .wide td.alone { background: var(--panel); }
.vc .wide td p + p { margin-top: .4rem; }
.vc .told :is(th, td):is(:first-child, :last-child) { width: 8.5rem; }
.vc :is(.told small, .hint) {
  color: var(--quiet); display: block; font-size: .85rem; line-height: 1.4;
}
.vc tr:target { outline-offset: -3px; }
"""
_NONE = '<p class="none">(nothing)</p>'
_NOT_CLEAR = '<span class="none">not clear</span>'


def variants_csv(variants: Variants) -> str:
    """``variants.csv``: a row for each difference, a column of words for each text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = [f"text_{i + 1}" for i in range(len(variants.labels))]
    writer.writerow(["check", "severity", "confidence", "stands_alone", *names, "message"])
    for difference in variants.differences:
        worst = difference.worst
        alone = "" if difference.alone is None else variants.labels[difference.alone]
        row = [worst.check, worst.severity, round(worst.confidence, 4), alone]
        row += [_words(variants, difference, i) for i in range(len(names))]
        row.append(worst.message)
        writer.writerow([guard_cell(visible(v)) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def variants_files(variants: Variants) -> dict[str, str]:
    """All files: the page, the table, and the run of the pivot against each other text."""
    files = {"variants.html": variants_html(variants), "variants.csv": variants_csv(variants)}
    for number, result in variants.comparisons:
        run = f"{variants.pivot + 1}-vs-{number + 1}"
        files |= {f"{run}/{name}": text for name, text in run_files(result).items()}
    return files


def variants_dir(base: Path) -> Path:
    """A folder that does not exist yet: ``variants``, ``variants-2`` …"""
    path, number = base / "variants", 1
    while path.exists():
        number += 1
        path = base / f"variants-{number}"
    return path


def to_text(variants: Variants) -> str:
    """What the terminal shows: a line for each difference."""
    labels = [clean_terminal(label) for label in variants.labels]
    lines = [f"{len(labels)} texts, held against {labels[variants.pivot]}"]
    for number, result in variants.comparisons:
        figures = alignment_figures(result)
        lines.append(f"  {labels[number]}: {figures.b_linked} of {figures.b_sentences} sentences")
    for difference in variants.differences:
        worst = difference.worst
        alone = "" if difference.alone is None else f", alone: {labels[difference.alone]}"
        lines.append(f"{worst.severity} {worst.check}{alone}")
        for number, finding in difference.findings:
            lines.append(f"  {labels[number]}: {clean_terminal(finding.message)}")
    if not variants.differences:
        lines.append("no fact differs")
    return "\n".join(lines)


def _words(variants: Variants, difference: Difference, number: int) -> str:
    """What a text says of a difference; empty where it does not contradict the pivot."""
    if number == variants.pivot:
        return next((f.a_span for _, f in difference.findings if f.a_span), "")
    return next((f.b_span or "" for i, f in difference.findings if i == number), "")


def variants_html(variants: Variants) -> str:
    """The page: what differs, and all texts side by side, a row for each sentence of the pivot."""
    table, texts = render_variants(variants)
    body = (
        f"<h1>{len(variants.labels)} texts of one story</h1>\n"
        f"<section><h2>Where facts differ</h2>{table}</section>\n"
        f"<section><h2>The texts side by side</h2>{texts}</section>"
    )
    return document(variants.labels, stylesheet() + columns_style(variants), body)


def columns_style(variants: Variants) -> str:
    """The style of :func:`render_variants`, beside that of the report."""
    # What the chosen difference is about is marked in all columns, wherever it stands in them.
    return _STYLE + "".join(
        f".vc:has(#at{n}:target) p.d{n} {{ border-left: .25rem solid var(--link); "
        "margin-left: -.6rem; padding-left: .35rem; }\n"
        for n in range(1, len(variants.differences) + 1)
    )


def render_variants(
    variants: Variants,
    chosen: Callable[[Difference], bool] = lambda _: True,
    action: Callable[[int, Finding], str] = lambda _number, _finding: "",
) -> tuple[str, str]:
    """The table of what differs, and the texts in columns, as HTML; each leads to the other.

    Args:
        variants: the result.
        chosen: which differences are shown; each keeps its number whatever is chosen.
        action: HTML to put behind what is said of a text, by its number and the finding.
    """
    labels = [isolated(label) for label in variants.labels]
    order = [variants.pivot, *(i for i, _ in variants.comparisons)]
    shown = {n: d for n, d in enumerate(variants.differences, start=1) if chosen(d)}
    head = "".join(
        f'<th scope="col">{labels[i]}{" (pivot)" if i == variants.pivot else ""}</th>'
        for i in order
    )
    placed: set[int] = set()
    rows = "".join(_rows(variants, order, _marks(variants, shown), placed))
    told = "".join(
        _difference(variants, n, d, labels, order, n in placed, action) for n, d in shown.items()
    )
    table = (
        '<p class="hint">In each message A is the pivot and B the text of the column.</p>'
        f'<div class="wide" role="region" tabindex="0" aria-label="Where facts differ">'
        f'<table class="told"><thead><tr><th scope="col">Fact</th>{head}'
        f'<th scope="col">Stands alone</th></tr></thead><tbody>{told}</tbody></table></div>'
    )
    texts = (
        '<div class="wide columns" role="region" tabindex="0" aria-label="The texts side by side">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return table if told else "<p>Nowhere.</p>", texts


def _difference(
    variants: Variants,
    number: int,
    difference: Difference,
    labels: Sequence[str],
    order: Sequence[int],
    placed: bool,
    action: Callable[[int, Finding], str],
) -> str:
    worst = difference.worst
    name = f"{number} {escape(worst.check)}"
    if placed:
        name = f'<a href="#at{number}" title="show it in the texts">{name}</a>'
    found = dict(difference.findings)
    cells = []
    for i in order:
        words = _words(variants, difference, i)
        said = f"<p>“{isolated(words)}”</p>" if words else ""
        if i in found:
            said = said or '<p class="none">says nothing of it</p>'
            said += f"<p><small>{isolated(found[i].message)} {action(i, found[i])}</small></p>"
        elif i != variants.pivot:
            said = '<p class="none">no difference found</p>'
        alone = ' class="alone"' if i == difference.alone else ""
        cells.append(f"<td{alone}>{said or _NONE}</td>")
    alone = _NOT_CLEAR if difference.alone is None else labels[difference.alone]
    return (
        f'<tr id="d{number}"><th scope="row">{name}<br><span class="badge {worst.severity} fact">'
        f"{worst.severity}</span></th>{''.join(cells)}<td>{alone}</td></tr>"
    )


def _marks(variants: Variants, shown: Mapping[int, Difference]) -> dict[int, list[Mark]]:
    """The marks of each text, with the numbers of the differences."""
    marks: dict[int, list[Mark]] = {i: [] for i in range(len(variants.labels))}
    for number, difference in shown.items():
        for i, finding in difference.findings:
            made = find_marks([finding])
            marks[variants.pivot] += [m._replace(number=number) for m in made["a"]]
            marks[i] += [m._replace(number=number) for m in made["b"]]
    return marks


def _rows(
    variants: Variants,
    order: Sequence[int],
    marks: Mapping[int, Sequence[Mark]],
    placed: set[int],
) -> list[str]:
    """A row for each sentence of the pivot, then one for what only other texts have.

    The numbers of the differences that have a place in them are added to ``placed``.
    """
    others = dict(variants.comparisons)
    document = next(iter(others.values())).a
    shown: dict[int, set[int]] = {i: set() for i in others}
    rows = []
    for sentence in document:
        cells = [f"<td>{_sentence(sentence, 'a', marks[variants.pivot], placed)}</td>"]
        for i in order[1:]:
            theirs = _partners(others[i], sentence.index)
            new = [s for s in theirs if s.index not in shown[i]]
            shown[i] |= {s.index for s in theirs}
            if not theirs:
                cells.append('<td class="alone"><span class="none">no counterpart</span></td>')
            elif not new:
                cells.append('<td><span class="none">as above</span></td>')
            else:
                inner = "".join(_sentence(s, "b", marks[i], placed) for s in new)
                cells.append(f"<td>{inner}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    rest = ['<td class="alone"><span class="none">not here</span></td>']
    for i in order[1:]:
        left = [s for s in others[i].b if s.index not in shown[i]]
        inner = "".join(_sentence(s, "b", marks[i], placed) for s in left)
        rest.append(f"<td>{inner or '<span class=none>nothing more</span>'}</td>")
    return [*rows, f"<tr>{''.join(rest)}</tr>"]


def _partners(result: Comparison, index: int) -> tuple[Sentence, ...]:
    groups = (g for g in result.groups if any(s.index == index for s in g.a))
    return tuple(s for g in groups for s in g.b)


def _sentence(sentence: Sentence, side: Side, marks: Sequence[Mark], placed: set[int]) -> str:
    """A sentence with the numbers of its differences behind it; the first one is the place."""
    inside = [m for m in marks if m.start < sentence.end and sentence.start < m.end]
    worst = {m.number: m.finding for m in reversed(inside)}
    numbers = []
    for number, finding in sorted(worst.items()):
        place = "" if number in placed else f' id="at{number}"'
        placed.add(number)
        title = escape(f"{finding.severity} {finding.check}: show it in the table")
        numbers.append(
            f'<a class="ref {finding.severity} fact"{place} href="#d{number}" title="{title}">'
            f"{number}</a>"
        )
    names = f' class="{" ".join(f"d{n}" for n in sorted(worst))}"' if worst else ""
    words = render_sentence(sentence, side, inside, links=False)
    return f"<p{names}>{words}{''.join(numbers)}</p>"
