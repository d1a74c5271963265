"""Which text is probably the faulty translation, from what the two texts show of themselves.

A difference says that one side is wrong, not which. But faults of machine translation come in
company: a text that makes a general of a head of department and says "I expected it" in its own
voice is the likelier source of the next contradiction too. Only evidence found in the texts (or a
label that the user gave) counts, and it must be clearly on one side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from compare.annotate import Annotated, Context
from compare.checks.base import Draft
from compare.records import OTHER, SIDES, Side

_WEIGHTS = {
    "fragment": 1.0,
    "title": 1.0,
    "participants": 1.0,
    "gender": 1.0,
    "untranslated": 1.0,
    "name": 0.5,
}
"""How much a fault with a known side says about a text; faults that people make too say less."""
OTHER_FAULT = 0.5
_NEEDED = 1.0
_CUE = 0.25
"""What one kind of wording says that translation from other number, date or name systems leaves
behind: a hint, never enough by itself."""

_HABIT = 0.5
_MOST_HABIT = 1.5
"""What the difference in habits of style counts, per unit of log-odds and at most: from a
difference of 1.5 on it is enough where nothing speaks against it. Where one of two texts is a
machine translation, 95 % of the 98 that differ by 1.5 and more are told right, each language
left out (``benchmarks/train_sides.py``); two human translations differ as much, so that it tells
which is the more literal one and no more."""

_ENOUGH = 200
"""Words from which on rates of frequent words mean something."""

# General traces of literal translation; each kind counts once. Bounded: a search begins at every
# digit of a long list of numbers.
_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b\d[\d,.]{0,15} (?:trillion|billion|million) \d[\d,.]* (?:billion|million|thousand)\b",
        r"\b\d[\d,]{2,15} (?:thousand|million|billion)\b|\b\d+ thousand\b",
        r"\(local time\)|\blocal time\b",
        r"\b(?:Heisei|Reiwa|Showa)\b",
        r"\b(?:Mr|Ms|Mrs)\. [A-Z]\w+ [A-Z]\w+-\w+|\bFormer [A-Z]\w+ [A-Z]\w+'s\b",
    )
)
_MACHINE = re.compile(r"machine|\bMT\b|google|deepl|papago|bing|yandex|\bAI\b", re.IGNORECASE)


def suspect(context: Context, drafts: Iterable[tuple[str, Draft]]) -> tuple[Side, str] | None:
    """The side with clearly more signs of machine translation, and what they are, if there is one.

    Args:
        context: both texts.
        drafts: (check id, draft) pairs; those with a known side are evidence.
    """
    weight = {side: _traces(context.side(side)) for side in SIDES}
    for check, draft in drafts:
        house_style = draft.category.startswith("terminology/")  # no fault of translation
        if draft.ledger == "fact" and draft.likely_side in ("a", "b") and not house_style:
            weight[draft.likely_side] += draft.confidence * _WEIGHTS.get(check, OTHER_FAULT)
    habit = _habit(context.b.text) - _habit(context.a.text)
    literal: Side = "b" if habit > 0 else "a"
    signs = dict(weight)
    least = min(len(context.side(side).text.split()) for side in SIDES)
    enough = min(1.0, least / _ENOUGH)
    weight[literal] += enough * min(_HABIT * abs(habit), _MOST_HABIT)
    for side in SIDES:
        other = OTHER[side]
        if weight[side] >= _NEEDED * 0.75 and weight[side] >= 2 * weight[other]:
            shown = signs[side] >= OTHER_FAULT * _LEAST
            return side, "shows other signs of faulty translation" if shown else (
                "reads like the more literal translation of the two"
            )
    return None


_LEAST = 0.5
"""Of the weight of a fault: the least by which a text is said to show signs."""


@cache
def _features() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Habits of style with their weights; fitted by ``benchmarks/train_sides.py``."""
    data = json.loads((files("compare") / "data" / "sides.json").read_text("utf-8"))
    return tuple((re.compile(f["pattern"]), float(f["weight"])) for f in data["features"])


def _habit(text: str) -> float:
    """How much a text reads like machine translation; only differences mean anything."""
    words = max(1, len(text.split()))
    return sum(100 * len(p.findall(text)) / words * weight for p, weight in _features())


def _traces(side: Annotated) -> float:
    label = side.document.article.label
    known = 1.0 if _MACHINE.search(label) else 0.0
    return known + _CUE * sum(bool(cue.search(side.text)) for cue in _CUES)


_MINOR_TOO = ("term", "title")
"""A milder word or an office that is no longer held comes of translation, a rounded number of any
report."""


def assign(context: Context, drafts: Sequence[tuple[str, Draft]]) -> list[tuple[str, Draft]]:
    """Give contradictions of unknown side to the suspect text, and say so in the message.

    Another person's name and minor differences of number stay undecided: independent reports
    have them as often as translations.
    """
    found = suspect(context, drafts)
    if found is None:
        return list(drafts)
    side, why = found
    out = []
    for check, draft in drafts:
        if (
            draft.ledger == "fact"
            and draft.likely_side == "unknown"
            and (draft.severity != "minor" or check in _MINOR_TOO)
            and check != "name"
        ):
            message = draft.message.rstrip(".") + (
                f". {side.upper()} {why}, so it is the likelier one to be wrong."
            )
            draft = replace(draft, likely_side=side, message=message)
        out.append((check, draft))
    return out
