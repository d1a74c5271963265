"""Whole sentences that stand on one side only, for the checks ``omission`` and ``addition``."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Draft
from compare.records import Role, Side


def one_sided(context: Context, side: Side, message: str) -> Iterator[Draft]:
    """A draft for every body sentence of one side that has no counterpart.

    Headlines are not reported: they restate what the body says. Nor is a sentence that the other
    text says again in a group of its own.
    """
    for group in context.groups:
        if group.linked:
            continue
        for sentence in group.side(side):
            if sentence.role is Role.BODY and (side, sentence.index) not in context.restated:
                span = sentence.span
                yield Draft(
                    a=span if side == "a" else None,
                    b=span if side == "b" else None,
                    message=message,
                    severity="minor",
                    confidence=0.8,
                    ledger="wording",
                    anchor=sentence.text,
                )
