"""Other words in one place and verbs of saying, beyond the examples of the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from build import context

from compare import compare_sentences
from compare.annotate import Context
from compare.checks import wording
from compare.checks.base import Draft


def pairs(ctx: Context, found: Sequence[Draft]) -> list[tuple[str, str]]:
    return [(ctx.a.words(d.a), ctx.b.words(d.b)) for d in found if d.a and d.b]


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (
            "The largest customer put off two tankers that are due in July.",
            "The largest customer saw off two tankers that are due in July.",
            ("put off", "saw off"),  # the particle makes the sense
        ),
        (
            "The official of the polling station apologized to the voters.",
            "The official of the table apologized to the voters.",
            ("polling station", "table"),
        ),
        (
            "The dam at Binhe holds the water of the river back.",
            "The dam at Riverside holds the water of the river back.",
            ("Binhe", "Riverside"),  # a name that was translated
        ),
    ],
)
def test_the_words_in_one_place_are_named(a: str, b: str, words: tuple[str, str]) -> None:
    ctx = context(a, b)
    assert words in pairs(ctx, list(wording.find(ctx)))


def test_the_same_two_words_are_one_finding_with_all_places() -> None:
    ctx = context(
        ["The depot on the river burned.", "Nobody was in the depot on Monday."],
        ["The garage on the river burned.", "Nobody was in the garage on Monday."],
    )
    (draft,) = wording.find(ctx)
    assert pairs(ctx, [draft]) == [("depot", "garage")]
    assert [getattr(ctx, p.side).text[p.start : p.end] for p in draft.places] == [
        "depot",
        "garage",
    ]


def test_persons_amounts_and_days_are_left_to_their_checks() -> None:
    ctx = context(
        "Anna Reiter sold 12 boats to the club on Monday.",
        "Maria Holm sold 14 boats to the club on Friday.",
    )
    assert not list(wording.find(ctx))


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ("said", "claimed", "minor: B's word leaves open whether it is true"),
        ("admitted", "said", "minor: A's word takes it that there was something to admit"),
        ("said", "warned", "neutral: B's word adds weight to it"),
        ("hinted", "claimed", "minor: A's word only hints at it, B's word leaves open"),
        ("said", "stated", ""),
    ],
)
def test_a_verb_of_saying_is_told_by_what_it_adds(a: str, b: str, told: str) -> None:
    ctx = context(
        f"The director {a} that the plant was closed.",
        f"The director {b} that the plant was closed.",
    )
    found = [f"{d.severity}: {d.message.split(': ')[1]}" for d in wording.find(ctx)]
    assert len(found) == bool(told)
    assert all(text.startswith(told) for text in found)


def test_where_two_speak_nothing_is_said_of_their_verbs() -> None:
    ctx = context(
        "The director said that the plant was closed, and the union added that it was too late.",
        "The director claimed that the plant was closed, and the union warned that it was late.",
    )
    assert not [d for d in wording.find(ctx) if "word " in d.message]


def test_it_gives_way_to_every_other_finding_on_the_same_words() -> None:
    a = ["The court acquitted the director of the old mine.", "The depot on the river burned."]
    b = ["The court convicted the director of the old mine.", "The garage on the river burned."]
    found = compare_sentences(a, b).findings
    assert Counter(f.check for f in found if f.a_span == "acquitted")["wording"] == 0
    assert [f.a_span for f in found if f.check == "wording"] == ["depot"]
    assert {f.ledger for f in found if f.check == "wording"} == {"wording"}


def test_the_texts_exchanged_give_the_same_words() -> None:
    a = "The groundsman could take the dispute over his pay to the court, and the club agreed."
    b = "The lawn keeper can direct the case over his pay to the court, and the club consented."
    one, two = context(a, b), context(b, a)
    found = pairs(one, list(wording.find(one)))
    assert found
    assert sorted(found) == sorted((x, y) for y, x in pairs(two, list(wording.find(two))))
