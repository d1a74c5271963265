"""One thing under several names in a text: one finding, with all its places."""

from __future__ import annotations

import pytest
from build import context

from compare.checks.consistency import CHECK

KEPT = (
    "The Fair Trade Commission fined the firm.",
    "Prices fell after the Fair Trade Commission stepped in.",
    "The Fair Trade Commission will appeal.",
)


def test_one_finding_has_all_the_places() -> None:
    varied = (
        "The Fair Trade Commission fined the firm.",
        "Prices fell after the Fair Transaction Committee stepped in.",
        "The Fair Transaction Committee will appeal.",
    )
    made = context(KEPT, varied)
    (draft,) = CHECK.find(made)
    assert (draft.ledger, draft.severity, draft.likely_side) == ("wording", "minor", "b")
    assert draft.a is not None
    assert draft.b is not None
    assert (made.a.words(draft.a), made.b.words(draft.b)) == (
        "Fair Trade Commission",
        "Fair Transaction Committee",
    )
    assert [made.side(p.side).text[p.start : p.end] for p in draft.places] == [
        "Fair Trade Commission",
        "Fair Trade Commission",
        "Fair Trade Commission",
        "Fair Transaction Committee",
    ]


@pytest.mark.parametrize(
    "last",
    [
        "The Commission will appeal.",
        "It will appeal.",
        "The FTC will appeal.",
        "The Fair Trading Commission will appeal.",
        "The fair transaction watchdog will appeal.",
    ],
)
def test_short_forms_and_paraphrase_pass(last: str) -> None:
    assert list(CHECK.find(context(KEPT, (*KEPT[:2], last)))) == []


def test_what_both_texts_vary_passes() -> None:
    varied = (*KEPT[:2], "The Fair Transaction Committee will appeal.")
    both = (*KEPT, "A Fair Transaction Committee was proposed.")
    assert list(CHECK.find(context(both, (*varied, "It was proposed.")))) == []


def test_one_place_in_the_other_text_is_no_habit() -> None:
    assert (
        list(CHECK.find(context(KEPT[:1], ("The Fair Transaction Committee fined the firm.",))))
        == []
    )
