"""Several texts of one story in columns: one page, and a table of what differs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.records import Comparison, Finding, Sentence
from compare.report.page import Mark, document, find_marks, render_sentence, stylesheet
from compare.report.safe import clean_terminal, escape, guard_cell, isolated, visible
from compare.report.tables import alignment_figures
from compare.report.write import run_files

if TYPE_CHECKING:
    from compare.variants import Difference, Variants

_STYLE = """
body.vc { max-width: none; }
.vc table { border-collapse: collapse; table-layout: fixed; width: 100%; }
.vc :is(th, td) {
  border-top: 1px solid var(--line); overflow-wrap: anywhere; padding: .4rem .6rem;
  text-align: left; vertical-align: top;
}
.vc thead th { background: var(--bg); position: sticky; top: 0; }
.vc td.alone { background: var(--panel); }
.vc .told th { width: 9rem; }
"""


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
    style = stylesheet() + _STYLE
    labels = [isolated(label) for label in variants.labels]
    others = dict(variants.comparisons)
    order = [variants.pivot, *others]
    head = "".join(
        f'<th scope="col">{labels[i]}{" (pivot)" if i == variants.pivot else ""}</th>'
        for i in order
    )
    told = "".join(_difference(variants, d, labels) for d in variants.differences)
    rows = "".join(_rows(variants, order))
    body = (
        f"<h1>{len(labels)} texts of one story</h1>\n"
        f'<section><h2>Where facts differ</h2><table class="told"><tbody>{told}</tbody></table>'
        f"{'' if told else '<p>Nowhere.</p>'}</section>\n"
        f"<section><h2>The texts side by side</h2><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )
    return document(variants.labels, style, body)


def _difference(variants: Variants, difference: Difference, labels: Sequence[str]) -> str:
    worst = difference.worst
    alone = "" if difference.alone is None else f" · alone: {labels[difference.alone]}"
    messages = "".join(
        f"<p>{labels[i]}: {isolated(finding.message)}</p>" for i, finding in difference.findings
    )
    return (
        f'<tr><th scope="row"><span class="badge {worst.severity} fact">{worst.severity}</span> '
        f"{escape(worst.check)}{alone}</th><td>{messages}</td></tr>"
    )


def _rows(variants: Variants, order: Sequence[int]) -> list[str]:
    """A row for each sentence of the pivot, then one for what only other texts have."""
    others = dict(variants.comparisons)
    facts: dict[int, list[Finding]] = {
        i: [f for f in result.findings if f.ledger == "fact"] for i, result in others.items()
    }
    marks = {i: find_marks(found) for i, found in facts.items()}
    pivot_marks = [mark for found in marks.values() for mark in found["a"]]
    document = next(iter(others.values())).a
    shown: dict[int, set[int]] = {i: set() for i in others}
    rows = []
    for sentence in document:
        cells = [f"<td>{_sentence(sentence, 'a', pivot_marks)}</td>"]
        for i in order[1:]:
            theirs = _partners(others[i], sentence.index)
            new = [s for s in theirs if s.index not in shown[i]]
            shown[i] |= {s.index for s in theirs}
            if not theirs:
                cells.append('<td class="alone"><span class="none">no counterpart</span></td>')
            elif not new:
                cells.append('<td><span class="none">as above</span></td>')
            else:
                inner = "".join(_sentence(s, "b", marks[i]["b"]) for s in new)
                cells.append(f"<td>{inner}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    rest = ['<td class="alone"><span class="none">not here</span></td>']
    for i in order[1:]:
        left = [s for s in others[i].b if s.index not in shown[i]]
        inner = "".join(_sentence(s, "b", marks[i]["b"]) for s in left)
        rest.append(f"<td>{inner or '<span class=none>nothing more</span>'}</td>")
    return [*rows, f"<tr>{''.join(rest)}</tr>"]


def _partners(result: Comparison, index: int) -> tuple[Sentence, ...]:
    groups = (g for g in result.groups if any(s.index == index for s in g.a))
    return tuple(s for g in groups for s in g.b)


def _sentence(sentence: Sentence, side: str, marks: Sequence[Mark]) -> str:
    which = "a" if side == "a" else "b"
    return f"<p>{render_sentence(sentence, which, marks, links=False)}</p>"  # type: ignore[arg-type]
