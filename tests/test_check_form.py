"""Questions, words left untranslated and broken sentences, beyond the examples of the checks."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Sequence
from importlib.resources import files

import pytest
from build import context

from compare.annotate import Context
from compare.checks import fragment, garbled, question, untranslated
from compare.checks.base import Draft
from compare.match import match
from compare.records import Document, Role


def said(ctx: Context, side: str, found: Sequence[Draft]) -> list[str]:
    text = getattr(ctx, side).text
    return [text[span.start : span.end] for d in found if (span := getattr(d, side)) is not None]


def test_a_question_inside_a_quotation_is_marked_alone() -> None:
    ctx = context(
        "“Is the bridge safe for trucks?” the mayor said on Monday.",
        "“The bridge is safe for trucks,” the mayor said on Monday.",
    )
    assert said(ctx, "a", list(question.find(ctx))) == ["Is the bridge safe for trucks?"]


def test_a_headline_may_ask() -> None:
    ctx = context("Is the bridge safe for trucks?", "The bridge is safe for trucks.")
    assert list(question.find(ctx))
    for side in (ctx.a, ctx.b):
        article = side.document.article
        lines = tuple(dataclasses.replace(s, role=Role.HEADLINE) for s in side.document)
        side.document = Document(article, lines)
    groups = tuple(
        dataclasses.replace(g, a=ctx.a.document.sentences, b=ctx.b.document.sentences)
        for g in ctx.groups
    )
    assert not list(question.find(dataclasses.replace(ctx, groups=groups)))


def test_one_word_left_in_two_places_is_one_finding() -> None:
    ctx = context(
        ["The tax rose.", "He paid the tax."],
        ["The 税金 rose.", "He paid the 税金."],
    )
    (draft,) = untranslated.find(ctx)
    assert draft.likely_side == "b"
    assert draft.severity == "major"
    assert [ctx.b.text[p.start : p.end] for p in draft.places] == ["税金"]


@pytest.mark.parametrize(
    ("b", "words"),
    [
        ("The dam, plötzlich closed, held.", ["plötzlich"]),
        ("The dam detrás de la ciudad held.", ["detrás de la ciudad"]),
        ("The dam zamknięta held.", ["zamknięta"]),
        ("The плотина held.", ["плотина"]),
        ("The السد held.", ["السد"]),
        ("The वर्षा बाँध held.", ["वर्षा बाँध"]),
        ("The plant of café fame held.", []),
        ("The Ōmura dam held.", []),
        ("The dam held (댐).", []),
        ("The dam of jangmadang fame held.", []),
        ("The Сovid ward held.", []),  # a Cyrillic letter that looks like a Latin one
        ("The α decay held.", []),
        ("Tweets with #댐 held.", []),
    ],
)
def test_what_is_left_in_another_language(b: str, words: list[str]) -> None:
    ctx = context("The dam held.", b)
    assert said(ctx, "b", list(untranslated.find(ctx))) == words


def test_the_list_of_foreign_words_is_in_lower_case_and_says_each_word_once() -> None:
    lists = tomllib.loads((files("compare") / "data" / "foreign_words.toml").read_text("utf-8"))
    for language, text in lists.items():
        words = text.split()
        assert len(words) == len(set(words)), language
        assert all(w == w.lower() for w in words), language


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("Cases in Osaka rose sharply.", "Cases in, rose sharply.", ["Cases in"]),
        (
            "They were withdrawn from schools.",
            "They were withdrawn from.",
            ["withdrawn from"],
        ),
        (
            "It is known for its walls and cliffs.",
            "It is known for its walls and.",
            ["walls and"],
        ),
        ("Next week the court will rule.", "Next week the will rule.", ["week the will"]),
        ("The army said it had won.", "Said it had won.", ["Said"]),
        ("The sick were cared for.", "People cared for the sick.", []),
        ("They gave in, he said.", "They yielded, he said.", []),
        ("The firm he works for, a bank, failed.", "His bank failed.", []),
        ("“Let's go,” he said.", "He said they should go.", []),
        ("In the square stood a statue.", "A statue stood in the square.", []),
        ("Take the bridge over the river.", "You should take the bridge over the river.", []),
    ],
)
def test_where_a_sentence_is_broken(a: str, b: str, words: list[str]) -> None:
    ctx = context(a, b)
    found = list(garbled.find(ctx))
    assert said(ctx, "b", found) == words
    assert all(d.likely_side == "b" for d in found)


def test_words_are_matched_anew_when_one_text_meets_another() -> None:
    first, second = context("The dam held.", "The wall held."), context("x y.", "The dam broke.")
    other = dataclasses.replace(
        first,
        b=second.b,
        groups=(dataclasses.replace(first.groups[0], b=second.b.document.sentences),),
    )

    def pairs(ctx: Context) -> set[tuple[str, str]]:
        return {(x.text, y.text) for x, y in match(ctx, ctx.groups[0]).pairs()}

    assert pairs(first) == {("held", "held")}
    assert pairs(other) == {("dam", "dam")}


@pytest.mark.parametrize("words", ["my country", "My own country", "my motherland"])
def test_the_writers_own_country_is_wording(words: str) -> None:
    rest = ("Prices fell.", "Trains ran on time.", "It rained.")
    ctx = context(("The launch was China's first.", *rest), (f"It was {words}'s first.", *rest))
    (draft,) = fragment.find(ctx)
    assert (draft.ledger, draft.severity) == ("wording", "minor")
