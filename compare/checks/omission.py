"""``omission``: a sentence of A that B does not have."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.checks.coverage import one_sided


def find(context: Context) -> Iterator[Draft]:
    """One draft per sentence that only A has."""
    return one_sided(context, "a", "Only in A: no sentence of B says this.")


CHECK = Check(
    id="omission",
    summary="A sentence that only A has.",
    category="accuracy/omission",
    find=find,
    flags=(
        Example(
            ("The vote is on Monday.", "Turnout is expected to be low."), "The vote is on Monday."
        ),
    ),
    passes=(
        Example("The vote is on Monday.", "The vote is on Monday."),
        Example("The vote is on Monday.", ("The vote is on Monday.", "Rain is forecast.")),
    ),
)
