"""Who is quoted with which words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from build import context

from compare.quotations import quotations


def said(a: str | Sequence[str]) -> list[tuple[str, str]]:
    """Speaker and words of each quotation of A."""
    made = context(a, "Nothing else happened.")
    return [
        (q.speaker, made.a.document.article.text[q.start : q.end])
        for q in quotations(made)
        if q.side == "a"
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            ["Mina Kerr, the envoy, said: “The talks went well.”"],
            [("Mina Kerr", "The talks went well.")],
        ),
        (
            ["Officials said “the talks are going well” on Monday."],
            [("Officials", "the talks are going well")],
        ),
        # By a later part of the name, and by a pronoun: the fullest name.
        (
            ["Mina Kerr came to Oslo.", "Kerr said: “I like it here.”"],
            [("Mina Kerr", "I like it here.")],
        ),
        (
            ["Mina Kerr came to Oslo.", "“I like it here,” she told reporters."],
            [("Mina Kerr", "I like it here,")],
        ),
        # A sentence that is all quotation goes on with the speaker before it …
        (
            ["“We will see what they bring,” the minister told reporters.", "“There is no way.”"],
            [
                ("the minister", "We will see what they bring,"),
                ("the minister", "There is no way."),
            ],
        ),
        # … and without one has none.
        (["“There is no way back.”"], [("", "There is no way back.")]),
        # Who speaks inside the quotation does not say it.
        (
            ["Mina Kerr said: “The minister told me to wait.”"],
            [("Mina Kerr", "The minister told me to wait.")],
        ),
        # Names and terms in quotation marks are no quotations.
        (["He called the ship a “grey zone” case."], []),
        (["Nothing was said."], []),
    ],
)
def test_quotations_have_their_speakers(text: list[str], quoted: list[tuple[str, str]]) -> None:
    assert said(text) == quoted


def test_quotations_of_both_texts_know_their_groups() -> None:
    made = context(
        ["Rain fell in the north.", "Kerr said: “The talks went well.”"],
        ["It rained in the north.", "“The talks have gone well,” said Kerr."],
    )
    found = quotations(made)
    assert [(q.side, q.group_id) for q in found] == [("a", "g002"), ("b", "g002")]
    assert {q.speaker for q in found} == {"Kerr"}
