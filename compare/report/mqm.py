"""The result as the table of ratings that the tools of the WMT metrics task read, and its score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compare.records import OTHER, SIDES, Comparison, Finding, Group, Sentence, Side, Span
from compare.report.safe import guard_cell, storable, visible
from compare.report.tables import worst_first

COLUMNS = (
    "system",
    "doc",
    "doc_id",
    "seg_id",
    "rater",
    "source",
    "target",
    "category",
    "severity",
)
_NO_ERROR = "No-error"
_RATER = "variant-compare"
_SEVERITIES = {"critical": "Major", "major": "Major", "minor": "Minor", "neutral": "Neutral"}
_CATEGORIES = {
    "accuracy/untranslated": "Accuracy/Untranslated text",
    "terminology/inconsistent": "Terminology/Inconsistent use",
    "terminology/inconsistent-with-terminology-resource": "Terminology/Inconsistent use",
    "terminology/wrong-term": "Terminology/Inappropriate for context",
    "style/wording": "Style/Awkward",
}
"""Names that the ratings have for ours; of the others each part begins with a capital."""
_ONE_SIDED = ("accuracy/omission", "accuracy/addition")
_WEIGHTS = {
    "major": 5.0,
    "minor": 1.0,
    "major/non-translation": 25.0,
    "minor/fluency/punctuation": 0.1,
}
"""Freitag et al. 2021, Experts, Errors, and Context; the most specific entry counts."""
_BREAKS = re.compile("[\t\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MARK = re.compile("<(/?v)>")


class Rating(NamedTuple):
    """One row: an error in a segment of one text, or none."""

    system: Side
    segment: int
    """Number of the group, from 1."""
    group: Group
    finding: Finding | None

    @property
    def category(self) -> str:
        if self.finding is None:
            return _NO_ERROR
        ours = self.finding.category
        if ours in _ONE_SIDED:
            # Of the text that lacks the words it is an omission, of the other one an addition.
            ours = _ONE_SIDED[self.finding.span(self.system) is not None]
        return _category(ours)

    @property
    def severity(self) -> str:
        if self.finding is None:
            return _NO_ERROR
        # The same told otherwise is no error: what raters mark as a matter of taste.
        wording = self.finding.ledger == "wording"
        return "Neutral" if wording else _SEVERITIES[self.finding.severity]

    @property
    def weight(self) -> float:
        """What it takes off the score.

        >>> Rating("a", 1, Group((), ()), None).weight
        0.0
        """
        keys = [self.severity.lower(), *self.category.lower().split("/")]
        names = ("/".join(keys[:n]) for n in range(len(keys), 0, -1))
        return next((_WEIGHTS[name] for name in names if name in _WEIGHTS), 0.0)


def to_mqm(comparison: Comparison) -> str:
    """The ratings of both texts as tab-separated values, each text held against the other."""
    names = system_names(comparison)
    lines = ["\t".join(COLUMNS)]
    for rating in ratings(comparison):
        source, target = _segments(rating)
        cells = (
            names[rating.system],
            _cell(comparison.pair_id),
            str(rating.segment),
            str(rating.segment),
            _RATER,
            guard_cell(source),
            guard_cell(target),
            _cell(rating.category),
            rating.severity,
        )
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def mqm_score(comparison: Comparison) -> str:
    """One line with the score of each text: the sum of its errors' weights, 0 is best."""
    rows = list(ratings(comparison))
    parts = []
    for side, name in system_names(comparison).items():
        ours = [r for r in rows if r.system == side]
        total = sum(r.weight for r in ours)
        open_ = sum(
            r.weight for r in ours if r.finding and r.finding.likely_side not in (side, "both")
        )
        parts.append(
            f"{name}: {total:g} ({total / max(1, len(comparison.groups)):.3f} a segment; {open_:g} "
            "of it may be the other text's)"
        )
    return f"MQM, WMT weights, {len(comparison.groups)} segments: " + ", ".join(parts)


def ratings(comparison: Comparison) -> Iterator[Rating]:
    """The rows: every group for A, then for B, so that no segment is missing.

    An error counts against the text that is likely wrong, and against both where that is open.
    What was dismissed is no error.
    """
    found = [f for f in worst_first(comparison.findings) if f.status != "dismissed"]
    for side in SIDES:
        of_side = [f for f in found if f.likely_side != OTHER[side]]
        where = [_group_id(comparison.groups, f, side) for f in of_side]
        for number, group in enumerate(comparison.groups, start=1):
            here = [f for f, i in zip(of_side, where, strict=True) if i == group.group_id]
            if not here:
                yield Rating(side, number, group, None)
            for finding in here:
                yield Rating(side, number, group, finding)


def system_names(comparison: Comparison) -> dict[Side, str]:
    """What the two texts are called: their labels, or the letters where these do not tell."""
    labels = {side: _cell(comparison.document(side).article.label) for side in SIDES}
    if labels["a"] and labels["b"] and labels["a"] != labels["b"]:
        return labels
    return {side: side.upper() for side in SIDES}


def _group_id(groups: Sequence[Group], finding: Finding, side: Side) -> str:
    """The group of the words on the side that is rated; a finding may hold two groups together."""
    span = finding.span(side)
    if span is None:
        return finding.group_id
    holding = [g for g in groups if any(s.span.overlaps(span) for s in g.side(side))]
    ids = [g.group_id for g in holding]
    return ids[0] if ids and finding.group_id not in ids else finding.group_id


def _segments(rating: Rating) -> tuple[str, str]:
    """Source and target; the words are marked in the source only where the target lacks them."""
    side, finding = rating.system, rating.finding
    spans = {s: finding.span(s) if finding else None for s in SIDES}
    target = _marked(rating.group.side(side), spans[side])
    other = None if spans[side] is not None else spans[OTHER[side]]
    return _marked(rating.group.side(OTHER[side]), other), target


def _marked(sentences: Sequence[Sentence], span: Span | None) -> str:
    text, at, inside = "", 0, []
    for sentence in sentences:
        if span is not None and sentence.span.overlaps(span):
            inside.append(at + max(span.start, sentence.start) - sentence.start)
            inside.append(at + min(span.end, sentence.end) - sentence.start)
        text += _cell(sentence.text, guard=False) + " "
        at = len(text)
    text = text[:-1]
    if not inside:
        return text
    start, end = inside[0], inside[-1]
    return f"{text[:start]}<v>{text[start:end]}</v>{text[end:]}"


def _category(ours: str) -> str:
    """The name of a category in the ratings.

    >>> _category("accuracy/untranslated"), _category("fluency/grammar")
    ('Accuracy/Untranslated text', 'Fluency/Grammar')
    """
    known = _CATEGORIES.get(ours)
    return known or "/".join(part[:1].upper() + part[1:] for part in (ours or "other").split("/"))


def _cell(text: str, guard: bool = True) -> str:
    """The text as a cell, one character for one unless it is guarded: no break, no mark of ours."""
    line = storable(visible(_BREAKS.sub(" ", text)))
    line = _MARK.sub(r"‹\1›", line)
    return guard_cell(line) if guard else line
