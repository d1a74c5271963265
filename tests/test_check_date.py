from __future__ import annotations

import datetime as dt

from build import of_example

from compare.annotate import Context
from compare.checks.base import Draft, Example
from compare.checks.date import CHECK
from compare.config import Config
from compare.records import Group


def test_a_weekday_that_does_not_fit_its_date_is_against_its_own_text() -> None:
    day = dt.date(2021, 11, 12)
    (draft,) = find("It convenes on Monday, Dec. 7.", "It convenes on December 6 (Mon.).", day)
    assert draft.likely_side == "a"
    assert "Tuesday" in draft.message


def test_an_inner_contradiction_is_reported_without_a_counterpart() -> None:
    (draft,) = find("The court met on Monday, March 6, 2018.", "The court met.", None)
    assert (draft.b, draft.likely_side) == (None, "a")


def test_a_fitting_weekday_is_not_reported() -> None:
    assert find("The court met on Tuesday, March 6, 2018.", "The court met.", None) == []


def test_without_a_base_a_weekday_and_a_day_are_not_compared() -> None:
    assert find("They met on Monday.", "They met on the 19th.", None) == []


def test_a_date_that_is_only_missing_is_no_conflict() -> None:
    assert find("They met on Monday in Lima.", "They met in Lima.", dt.date(2020, 1, 8)) == []


def test_era_years_are_spelled_out() -> None:
    (draft,) = find("Founded in the fall of 2008.", "Founded in the autumn of Heisei 18.", None)
    assert "2006" in draft.message


def test_a_date_that_moved_to_another_sentence_is_no_conflict() -> None:
    a = ("The line opened on March 3, 1998.", "It closed on June 5, 2004.")
    b = ("It closed on June 5, 2004.", "The line opened on March 3, 1998.")
    assert find(a, b, None) == []


def find(a: str | tuple[str, ...], b: str | tuple[str, ...], day: dt.date | None) -> list[Draft]:
    return list(CHECK.find(of_example(Example(a, b, day, day))))


def test_two_days_hold_passages_together_that_the_alignment_leaves_apart() -> None:
    day = dt.date(2021, 10, 20)
    a = "A run of talks, beginning in Rome on Sept. 14 and going on in Oslo on Sept. 30."
    b = (
        "In recent years talks have become frequent.",
        "They met on the 14th and the 30th of last month.",
    )
    one, two = of_example(Example(a, a, day, day)), of_example(Example(b, b, day, day))
    groups = (
        Group(one.a.document.sentences, ()),
        *(Group((), (s,)) for s in two.b.document),
    )
    (draft,) = CHECK.find(Context(one.a, two.b, groups, Config()))
    assert draft.b is not None
    assert b[0][slice(*draft.b)] == "In recent years"


def test_a_limit_is_found_in_the_sentence_beside_a_linked_group() -> None:
    day = dt.date(2020, 7, 14)
    a = "Troops work day and night, and hope to finish on Thursday at the earliest."
    b = ("Troops work day and night.", "The dam will be finished on the 16th at the latest.")
    one, two = of_example(Example(a, a, day, day)), of_example(Example(b, b, day, day))
    first, second = two.b.document
    groups = (Group(one.a.document.sentences, (first,), 1.0), Group((), (second,)))
    (draft,) = CHECK.find(Context(one.a, two.b, groups, Config()))
    assert draft.severity == "major"
