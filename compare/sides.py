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

_HABIT = 0.15
_MOST_HABIT = 0.6
"""What the difference in habits of style counts, per unit of log-odds and at most."""

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


def suspect(context: Context, drafts: Iterable[tuple[str, Draft]]) -> Side | None:
    """The side with clearly more signs of machine translation, if there is one.

    Args:
        context: both texts.
        drafts: (check id, draft) pairs; those with a known side are evidence.
    """
    weight = {side: _traces(context.side(side)) for side in SIDES}
    habit = _habit(context.b.text) - _habit(context.a.text)
    weight["b" if habit > 0 else "a"] += min(_HABIT * abs(habit), _MOST_HABIT)
    for check, draft in drafts:
        house_style = draft.category.startswith("terminology/")  # no fault of translation
        if draft.ledger == "fact" and draft.likely_side in ("a", "b") and not house_style:
            weight[draft.likely_side] += draft.confidence * _WEIGHTS.get(check, OTHER_FAULT)
    for side in SIDES:
        other = OTHER[side]
        if weight[side] >= _NEEDED * 0.75 and weight[side] >= 2 * weight[other]:
            return side
    return None


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


def assign(context: Context, drafts: Sequence[tuple[str, Draft]]) -> list[tuple[str, Draft]]:
    """Give contradictions of unknown side to the suspect text, and say so in the message.

    Another person's name and minor differences of number stay undecided: independent reports
    have them as often as translations.
    """
    side = suspect(context, drafts)
    if side is None:
        return list(drafts)
    out = []
    for check, draft in drafts:
        if (
            draft.ledger == "fact"
            and draft.likely_side == "unknown"
            and draft.severity in ("critical", "major")
            and check != "name"
        ):
            message = draft.message.rstrip(".") + (
                f". {side.upper()} shows other signs of faulty translation, so it is the likelier "
                "one to be wrong."
            )
            draft = replace(draft, likely_side=side, message=message)
        out.append((check, draft))
    return out
