"""``superlative``: a superlative that one text has and the other tells without."""

from __future__ import annotations

from collections.abc import Iterator

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.records import OTHER, SIDES, Group, Side, Span

_TAGS = ("JJS", "RBS")
"""Of superlatives in the Penn tag set: largest, most."""
_SET = {"at", "for"}
"""“at least”, “for the most part” compare nothing."""


def find(context: Context) -> Iterator[Draft]:
    """One draft for each superlative in a group whose other side has none."""
    for group in context.linked:
        for side in SIDES:
            if superlatives(context.side(OTHER[side]), group, OTHER[side]):
                continue
            for span in superlatives(context.side(side), group, side):
                a, b = ordered(side, span, None)
                yield Draft(
                    a=a,
                    b=b,
                    message=f"“{context.side(side).words(span)}” ranks what the other text does "
                    "not rank: readers take it for a record.",
                    severity="minor",
                    confidence=0.6,
                    ledger="wording",
                )


def superlatives(text: Annotated, group: Group, side: Side) -> list[Span]:
    """Where the superlatives of one side of a group stand."""
    return [
        text.span(sentence, token)
        for sentence in group.side(side)
        for token in text.docs[sentence.index]
        if token.tag_ in _TAGS and not (token.i and token.nbor(-1).lower_ in _SET)
    ]


CHECK = Check(
    id="superlative",
    summary="A superlative that only one text has.",
    category="accuracy/mistranslation",
    find=find,
    flags=(Example("The port is the largest in the region.", "The port is large for the region."),),
    passes=(
        Example("The port is the largest in the region.", "It is the region's biggest port."),
        Example("At least 20 ships waited.", "20 ships or more waited."),
    ),
)
