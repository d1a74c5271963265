from __future__ import annotations

from dataclasses import replace

import pytest
from build import of_example

from compare.annotate import Annotated, Context
from compare.checks.base import Draft, Example
from compare.checks.number import CHECK
from compare.config import Config
from compare.records import Group


def found(a: str | tuple[str, ...], b: str | tuple[str, ...]) -> list[Draft]:
    return list(CHECK.find(of_example(Example(a, b))))


def words(a: str, b: str) -> tuple[str, str]:
    (draft,) = found(a, b)
    assert draft.a is not None
    assert draft.b is not None
    return a[slice(*draft.a)], b[slice(*draft.b)]


def test_spans_hold_the_whole_expression() -> None:
    assert words(
        "Each farm can claim a subsidy of up to ¥2 million.",
        "A subsidy of more than 2 million yen is paid to each farm.",
    ) == ("up to ¥2 million", "more than 2 million yen")


@pytest.mark.parametrize(
    ("a", "b", "severity"),
    [
        ("The loan is $58 billion.", "The loan is 5.8 billion dollars.", "critical"),
        ("The flood killed 1,200 people.", "The flood killed 12,000 people.", "critical"),
        ("The town has 1,200 shops.", "The town has 12,000 shops.", "major"),
        ("He was 84.", "He died at the age of 85.", "minor"),
        ("The index lost six points.", "The index lost 6%.", "minor"),
        ("The clinic has 5,254 beds.", "The clinic has 5,245 beds.", "minor"),
    ],
)
def test_severity(a: str, b: str, severity: str) -> None:
    assert [d.severity for d in found(a, b)] == [severity]


def test_the_text_that_has_the_other_number_too_is_the_likely_one() -> None:
    a = ("The fund holds 780 million yuan.", "The villages got 120 million yuan.")
    b = ("The fund holds 7.8 billion yuan.", "Of the 780 million yuan 120 million went there.")
    assert [d.likely_side for d in found(a, b)] == ["b"]


def test_a_conversion_in_brackets_speaks_for_its_sum() -> None:
    (draft,) = found(
        "About ¥480 billion ($4.2 billion) goes to exporters.",
        "About 48 billion yen goes to exporters.",
    )
    assert draft.likely_side == "b"


def test_a_change_that_does_not_add_up_is_against_its_own_text() -> None:
    (draft,) = found(
        "Debt rose by 3 billion pesos to 11.6 billion from 10.7 billion.",
        "Debt climbed by 900 million to 11.6 billion pesos.",
    )
    assert draft.likely_side == "a"
    assert "900 million" in draft.message


def test_a_number_that_moved_to_another_sentence_is_no_conflict() -> None:
    a = ("The bank has 340 branches.", "It was founded by 12 farmers.")
    b = ("It was founded by 12 farmers.", "The bank has 340 branches.")
    assert found(a, b) == []


def test_a_number_that_is_only_missing_is_no_conflict() -> None:
    assert found("The bank has 340 branches in Peru.", "The bank has branches in Peru.") == []


def test_powers_of_ten_are_named() -> None:
    (draft,) = found("Sales were 4.6 billion yen.", "Sales were 46 billion yen.")
    assert "ten times" in draft.message


def test_an_unusual_number_holds_sentences_together_that_the_alignment_leaves_apart() -> None:
    a = Example("Sales slipped 4.5 percent to 18.7 billion euros.", "Debt rose.")
    b = Example("Turnover went back by 45 percent to 18.7 billion euros.", "Debt rose.")
    one, two = of_example(a), of_example(b)
    apart = Context(
        one.a,
        Annotated(two.a.document, "b"),
        (Group(one.a.document.sentences, ()), Group((), two.a.document.sentences)),
        Config(),
    )
    assert ["45 percent" in d.message for d in CHECK.find(apart)] == [True]


@pytest.mark.parametrize(
    ("a", "b", "side"),
    [
        (
            "Some 18,000 people share three wells, one for every 600 of them.",
            "Some 18,000 people share three wells, one for every 6,000 of them.",
            "a",
        ),
        (
            "Debt climbed by 900 million euros to 11.6 billion euros.",
            "Debt climbed by 900 million euros to 11.6 million euros.",
            "b",
        ),
    ],
)
def test_the_other_figures_of_the_sentence_tell_which_is_wrong(a: str, b: str, side: str) -> None:
    assert [d.likely_side for d in found(a, b)] == [side]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The toll rose by nine.", "The toll rose to nine."),
        ("The third-largest bank failed.", "A bank three times larger than others failed."),
        ("It was the second of five hearings.", "It was the fifth hearing."),
        ("All but two of the men have left.", "Two of the men have left."),
        ("None of the doctors joined.", "Not all of the doctors joined."),
        ("It must be no less than the wage paid.", "It must be less than the wage paid."),
        ("Exports rose 4 percent, imports 7%.", "Exports rose 7 percent, imports 4%."),
        ("They earn 2,000 euros a month.", "They have an annual income of 2,000 euros."),
    ],
)  # fmt: skip
def test_mirrored_texts_give_mirrored_findings(a: str, b: str) -> None:
    there, back = found(a, b), found(b, a)
    assert [(d.a, d.b, d.severity) for d in there] == [(d.b, d.a, d.severity) for d in back] != []


@pytest.mark.parametrize(
    ("a", "b", "side"),
    [
        # from the other conversion of the same text
        (
            ("It cost ¥64.3 billion ($445 million).", "It asked for ¥5.6 trillion ($3.9 billion)."),
            ("It cost 64.3 billion yen.", "It asked for 5.6 trillion yen."),
            "a",
        ),
        ("The pipe is 30 km long.", "The pipe is 30 kilometers (48 miles) long.", "b"),
        ("Debt fell to 2 million from 3 million.", "Debt rose to 2 million from 3 million.", "b"),
        (
            "It was passed with 9 votes in favor and 14 against.",
            "It was voted down with 9 votes in favor and 14 against.",
            "a",
        ),
        (
            "Of 709 workers, 641 voted for and 83 against, and 12 abstained.",
            "Of 709 workers, 614 voted for and 83 against, and 12 abstained.",
            "a",
        ),
    ],
)
def test_a_text_against_its_own_figures(
    a: str | tuple[str, ...], b: str | tuple[str, ...], side: str
) -> None:
    assert [d.likely_side for d in found(a, b)] == [side]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # the same odd figures in both texts stand in the source
        ("It earns 46,000 rupees (3.8 euros).", "It makes 46,000 rupees (3.8 euros)."),
        ("The yen rose to 108 to the dollar from 110.", "The yen rose to 108 per dollar from 110."),
        ("The two paid 5 and 7 euros, respectively.", "They paid 7 and 5 euros in that order."),
        ("All the shops closed.", "Every shop closed."),
        ("He scored in all three games.", "He scored in some games."),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_contradiction(a: str, b: str) -> None:
    assert found(a, b) == []


def test_a_slip_is_seen_between_sentences_that_the_alignment_leaves_apart() -> None:
    a = ("The mill opened in May.", "A new boiler would have cost ¥360,000.", "Nobody was hurt.")
    b = ("The mill opened in May.", "The expense of it is said to be 3.6 million yen.", "None was.")
    ctx = of_example(Example(a, b))
    groups = (
        ctx.groups[0],
        Group((), (ctx.b.document.sentences[1],)),
        Group((ctx.a.document.sentences[1],), (ctx.b.document.sentences[2],)),
    )
    drafts = list(CHECK.find(replace(ctx, groups=groups)))
    assert [ctx.b.words(d.b) for d in drafts if d.b] == ["3.6 million yen"]
