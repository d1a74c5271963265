"""``addition``: a sentence of B, or a part of one, that A does not have."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Check, Draft, Example
from compare.checks.coverage import one_sided


def find(context: Context) -> Iterator[Draft]:
    """One draft per sentence that only B has, and for the surest parts of sentences."""
    return one_sided(context, "b")


CHECK = Check(
    id="addition",
    summary="A sentence, or a part of one, that only B has.",
    category="accuracy/addition",
    find=find,
    flags=(
        Example(
            "The vote is on Monday.", ("The vote is on Monday.", "Turnout is expected to be low.")
        ),
        Example(
            "The mayor praised the engineers.",
            "The mayor, who had opened the bridge in a thunderstorm, praised the engineers.",
        ),
    ),
    passes=(
        Example("The vote is on Monday.", "The vote is on Monday."),
        Example(("The vote is on Monday.", "Rain is forecast."), "The vote is on Monday."),
        Example(
            "Soaked by the storm, the mayor praised the engineers.",
            "The mayor, whom a thunderstorm had soaked, praised the engineers.",
        ),
    ),
)
