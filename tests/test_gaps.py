"""What one side of a group says and the other text leaves out; and how much of each group."""

from __future__ import annotations

import pytest
from build import context

from compare.checks import coverage
from compare.gaps import with_density
from compare.pipeline import compare_sentences
from compare.report import alignment_figures


def gaps(a: object, b: object) -> list[tuple[str, str]]:
    made = context(a, b)  # type: ignore[arg-type]
    return [(gap.side, made.side(gap.side).words(gap.span)) for gap in made.gaps]


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        (
            "The company, which lost its licence in Norway, will open two mines.",
            "The company will open two mines.",
            "which lost its licence in Norway",
        ),
        (
            "Nurses marched to the ministry and demanded warmer uniforms.",
            "Nurses marched to the ministry.",
            "demanded warmer uniforms",
        ),
        (
            "Villagers left their homes because wolves had attacked the cattle.",
            "Villagers left their homes.",
            "because wolves had attacked the cattle",
        ),
        (
            "The minister signed the agreement in Lima despite the anger of sheep farmers.",
            "The minister signed the agreement in Lima.",
            "despite the anger of sheep farmers",
        ),
    ],
)
def test_a_part_that_the_other_text_lacks_is_found(a: str, b: str, found: str) -> None:
    assert gaps(a, b) == [("a", found)]
    assert gaps(b, a) == [("b", found)]


LONG = "Villagers left their homes because wolves had attacked the cattle."


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, "Villagers left their homes after attacks by wolves on their cattle."),
        (LONG, "Since packs of predators had fallen upon the herds, villagers left their homes."),
        ((LONG, "It rained."), ("Villagers left their homes.", "Wolves attacked cattle again.")),
        ("Ida Holm, a chemist from the north coast, left.", "Ida Holm left."),
        ("The mayor said, addressing his loud supporters, that he had won.", "He won, he said."),
        ("Prices rose by 4 percent in eight cold months.", "Prices rose by 3 percent."),
        ("The sea was calm and blue.", "Villagers left their homes."),
    ],
)
def test_what_is_told_otherwise_or_elsewhere_is_none(a: object, b: object) -> None:
    assert gaps(a, b) == []


def test_a_condition_is_marked() -> None:
    (gap,) = context("The road opens if the council agrees.", "The road opens.").gaps
    assert gap.condition


def test_only_the_surest_parts_are_told() -> None:
    parts = (
        "which lost its licence in Norway",
        "whose founder once sold violins",
        "which paints its lorries purple",
        "whose chimneys frighten the horses",
    )
    a = [f"The company number {i}, {part}, opens mines." for i, part in enumerate(parts)]
    b = [f"The company number {i} opens mines." for i in range(len(parts))]
    told = list(coverage.one_sided(context(a, b), "a"))
    assert len(told) == 3
    assert {draft.ledger for draft in told} == {"wording"}
    assert list(coverage.one_sided(context(a, b), "b")) == []


def test_density_is_the_share_of_content_words_without_counterpart() -> None:
    made = context(
        ("The mayor opened the old bridge.", "Snow fell."), ("The mayor opened the bridge.",)
    )
    linked, alone = with_density(made)
    assert (linked.a_unmatched, linked.b_unmatched) == (0.25, 0.0)
    assert (alone.a_unmatched, alone.b_unmatched) == (1.0, None)


def test_a_text_has_the_mean_of_its_groups_by_length() -> None:
    result = compare_sentences(
        ["The mayor opened the old bridge.", "Snow fell."], ["The mayor opened the bridge."]
    )
    figures = alignment_figures(result)
    assert (figures.a_unmatched, figures.b_unmatched) == ((6 * 0.25 + 2) / 8, 0.0)
