"""``addition``: a sentence of B that A does not have."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.checks.coverage import one_sided


def find(context: Context) -> Iterator[Draft]:
    """One draft per sentence that only B has."""
    return one_sided(context, "b", "Only in B: no sentence of A says this.")


CHECK = Check(
    id="addition",
    summary="A sentence that only B has.",
    category="accuracy/addition",
    find=find,
    flags=(
        Example(
            "The vote is on Monday.", ("The vote is on Monday.", "Turnout is expected to be low.")
        ),
    ),
    passes=(
        Example("The vote is on Monday.", "The vote is on Monday."),
        Example(("The vote is on Monday.", "Rain is forecast."), "The vote is on Monday."),
    ),
)
