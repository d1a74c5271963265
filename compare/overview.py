"""What the pages “Names” and “Overview” show, as escaped HTML and tables; free of Streamlit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from compare.records import SEVERITIES, SIDES, Comparison, Entity, Finding, Form, Side
from compare.report.page import side_labels
from compare.report.safe import escape, isolated
from compare.report.tables import two_decimals
from compare.review import Review
from compare.verdicts import DISPUTED, Agreement, Precision, State
from compare.view import SIDE_NAMES, block

if TYPE_CHECKING:
    import pandas as pd

ENTITY_KINDS = {"person": "Persons", "organisation": "Organisations", "place": "Places"}
CHART_COLOURS = ("#b3202f", "#b8651b", "#a08a1e", "#5f7085")
"""Of the severities, worst first; told apart by eyes that do not see red or green, and each bar
says its severity when it is pointed at."""
_FIELDS = {"check": "check", "side": "likely_side", "status": "status"}


def entity_table(
    comparison: Comparison, kinds: frozenset[str] = frozenset(), differ: bool = False
) -> str:
    """Every entity with its names and titles in both texts, and how often each stands there.

    Args:
        comparison: the comparison.
        kinds: only these; all where empty.
        differ: only those that the texts name or title differently.
    """
    shown = [
        entity
        for entity in comparison.entities
        if (not kinds or entity.kind in kinds) and (not differ or _differs(entity))
    ]
    if not shown:
        return block("<p>None.</p>")
    a, b = (escape(label) for label in side_labels(comparison))
    rows = "".join(
        f'<tr><th scope="row">{isolated(entity.name)} <small>{entity.kind}</small></th>'
        + "".join(f"<td>{_forms(comparison, entity, side)}</td>" for side in SIDES)
        + f"<td>{'≠' if _differs(entity) else ''}</td></tr>"
        for entity in shown
    )
    return block(
        '<table class="entities" lang="en"><caption>Names and titles, with how often and where '
        "(number of the sentence)</caption><thead><tr>"
        f'<th scope="col">Who or what</th><th scope="col">{a}</th><th scope="col">{b}</th>'
        f'<th scope="col">differs</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _differs(entity: Entity) -> bool:
    """Whether both texts have it, and one has a name or a title that the other has not."""
    sides = [{(f.name, f.title) for f in entity.forms if f.side == side} for side in SIDES]
    return all(sides) and sides[0] != sides[1]


def _forms(comparison: Comparison, entity: Entity, side: Side) -> str:
    forms = sorted(
        (f for f in entity.forms if f.side == side), key=lambda f: (-len(f.spans), f.spans)
    )
    if not forms:
        return '<span class="none">not named</span>'
    items = "".join(f"<li>{_form(comparison, form)}</li>" for form in forms)
    return f"<ul>{items}</ul>"


def _form(comparison: Comparison, form: Form) -> str:
    document = comparison.document(form.side)
    held = (document.sentence_at(span.start) for span in form.spans)
    places = ", ".join(dict.fromkeys(str(s.index + 1) for s in held if s is not None))
    title = f" <em>{isolated(form.title)}</em>" if form.title else ""
    where = f" <small>in {places}</small>" if places else ""
    return f"{isolated(form.name)}{title} <strong>{len(form.spans)}×</strong>{where}"


def entity_names(comparison: Comparison) -> list[str]:
    """Every form of name of a person or organisation, once, in alphabetical order."""
    kinds = ("person", "organisation")
    names = {form.name for e in comparison.entities if e.kind in kinds for form in e.forms}
    return sorted(names, key=str.casefold)


def counted(findings: Iterable[Finding], field: str) -> pd.DataFrame:
    """How many findings there are by a field and severity.

    Columns: the field, ``severity``, ``findings``, and ``rank``, the severity's place.
    """
    import pandas as pd

    values = ((getattr(f, _FIELDS[field]), f.severity) for f in findings)
    count = Counter((SIDE_NAMES.get(value, value), severity) for value, severity in values)
    rows = [
        (value, severity, n, SEVERITIES.index(severity)) for (value, severity), n in count.items()
    ]
    return pd.DataFrame(sorted(rows), columns=[field, "severity", "findings", "rank"])


def decided(review: Review) -> str:
    """What was decided, by severity, in a table."""
    count = Counter((f.severity, f.status) for f in review.findings)
    statuses = ["accepted", "dismissed", "unsure", DISPUTED, "open"]
    statuses = [s for s in statuses if s != DISPUTED or any(count[v, s] for v in SEVERITIES)]
    head = "".join(f'<th scope="col">{status}</th>' for status in statuses)
    rows = "".join(
        f'<tr><th scope="row"><span class="badge {severity}">{severity}</span></th>'
        + "".join(f"<td>{count[severity, status] or '–'}</td>" for status in statuses)
        + "</tr>"
        for severity in SEVERITIES
        if any(count[severity, status] for status in statuses)
    )
    if not rows:
        return block("<p>No findings.</p>")
    return block(
        '<section class="summary"><h2>What was decided</h2><table><thead><tr><td></td>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def gone(states: Sequence[State]) -> str:
    """What was decided of findings that are no longer found, in a table; nothing where none is."""
    if not states:
        return ""
    told = ((state, state.entries[0]) for state in states)
    rows = "".join(
        f'<tr><th scope="row">{escape(entry.check)}</th><td>{isolated(entry.a_span)}</td>'
        f"<td>{isolated(entry.b_span)}</td><td>{escape(state.status)}</td>"
        f"<td>{isolated(state.field('note'))}</td></tr>"
        for state, entry in told
    )
    return block(
        '<section class="summary"><h2>Decided before, and not found in these texts</h2>'
        "<p>The words were changed, or what showed the difference stands elsewhere now. The "
        "decisions are kept, and hold where the findings come back.</p>"
        '<table class="entities" lang="en"><thead><tr><th scope="col">check</th>'
        '<th scope="col">words of A</th><th scope="col">words of B</th>'
        '<th scope="col">decided</th><th scope="col">note</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def precision_table(made: dict[str, Precision], agreed: Sequence[Agreement]) -> str:
    """How often each check was right by what was decided, and how far reviewers agree."""
    if not made:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(check)}</th><td>{p.accepted}</td><td>{p.dismissed}</td>'
        f"<td>{p.unsure}</td><td>{p.disputed}</td>"
        f"<td>{'–' if p.share is None else f'{p.share:.0%}'}</td></tr>"
        for check, p in made.items()
    )
    lines = "".join(
        f"<p>{isolated(a.reviewers[0])} and {isolated(a.reviewers[1])} both decided {a.both} "
        f"findings, {a.same} of them alike"
        + (f"; Cohen’s kappa {two_decimals(a.kappa)}" if a.kappa is not None else "")
        + ".</p>"
        for a in agreed
        if a.both
    )
    return block(
        '<section class="summary"><h2>Checks, by what was decided in this project</h2><table>'
        '<thead><tr><td></td><th scope="col">accepted</th><th scope="col">dismissed</th>'
        '<th scope="col">unsure</th><th scope="col">disputed</th><th scope="col">right</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>{lines}</section>"
    )


def quotations(comparison: Comparison) -> str:
    """Quotations side by side with who says them; those of one group in one row."""
    by_group: dict[str, dict[Side, list[str]]] = defaultdict(lambda: {"a": [], "b": []})
    for quotation in comparison.quotations:
        words = comparison.document(quotation.side).article.text[quotation.start : quotation.end]
        speaker = f"<strong>{isolated(quotation.speaker)}</strong>: " if quotation.speaker else ""
        by_group[quotation.group_id][quotation.side].append(f"<p>{speaker}“{isolated(words)}”</p>")
    order = [g.group_id for g in comparison.groups if g.group_id in by_group]
    if not order:
        return ""
    a, b = (escape(label) for label in side_labels(comparison))
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{''.join(by_group[group][side]) or '<span class=none>no quotation</span>'}</td>"
            for side in SIDES
        )
        + "</tr>"
        for group in order
    )
    return block(
        '<section class="summary"><h2>Quotations</h2><table class="entities" lang="en"><thead><tr>'
        f'<th scope="col">{a}</th><th scope="col">{b}</th></tr></thead><tbody>{rows}</tbody>'
        "</table></section>"
    )
