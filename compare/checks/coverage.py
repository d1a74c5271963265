"""What stands on one side only, for ``omission`` and ``addition``: sentences, parts of them."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Draft, ordered
from compare.records import OTHER, Role, Side

_MOST_PARTS = 3
"""Parts of sentences that are told of each text, the surest: others may be other wording."""


def one_sided(context: Context, side: Side) -> Iterator[Draft]:
    """A draft for every body sentence and for the surest parts of sentences that one side has.

    A condition that is left out changes what is said, and is a matter of the check ``modality``.

    Headlines are not reported: they restate what the body says. Nor is a sentence that the other
    text says again in a group of its own.
    """
    other = OTHER[side].upper()
    for group in context.groups:
        if group.linked:
            continue
        for sentence in group.side(side):
            if sentence.role is Role.BODY and (side, sentence.index) not in context.restated:
                yield Draft(
                    *ordered(side, sentence.span, None),
                    message=f"Only in {side.upper()}: no sentence of {other} says this.",
                    severity="minor",
                    confidence=0.8,
                    ledger="wording",
                    anchor=sentence.text,
                )
    parts = [gap for gap in context.gaps if gap.side == side and not gap.condition]
    for gap in parts[:_MOST_PARTS]:
        words = context.side(side).words(gap.span)
        yield Draft(
            *ordered(side, gap.span, None),
            message=(
                f"Only in {side.upper()}: “{words}” stands neither in {other}'s sentence nor "
                f"elsewhere in {other}."
            ),
            severity="minor",
            confidence=0.6,
            ledger="wording",
            anchor=words,
        )
