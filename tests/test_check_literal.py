"""Names and idioms that were translated word by word, and the data that tell them."""

from __future__ import annotations

import dataclasses

import pytest
from build import context

from compare.annotate import Context
from compare.checks import idioms, name_words
from compare.checks.base import Draft
from compare.checks.false_friends import known_languages
from compare.checks.phrases import by_sentence
from compare.config import Config
from compare.names import fold
from compare.pipeline import compare_sentences
from compare.tables import rows


def found_in(ctx: Context) -> list[Draft]:
    return list(idioms.find(ctx, by_sentence(ctx)))


def test_the_names_are_in_order() -> None:
    found = list(rows("name_words.tsv"))
    assert all(len(row) == 3 for row in found)
    assert all(len(language) == 2 for language, _, _ in found)
    for _, names, words in found:
        assert all(0 < len(name.split()) <= 2 for name in names.split("; "))
        assert all(word == word.strip() != "" for word in words.split("; "))
        assert {fold(n) for n in names.split("; ")}.isdisjoint(words.split("; "))
    once = [(language, name) for language, names, _ in found for name in names.split("; ")]
    assert len(once) == len(set(once))


def test_the_idioms_are_in_order() -> None:
    found = list(rows("idioms.tsv"))
    assert all(len(row) == 4 for row in found)
    assert known_languages() <= {row[0] for row in found}
    for some in idioms._idioms().values():
        assert all(len(idiom.words) > 1 for idiom in some), "one word is no idiom"
    once = [(i.language, i.words) for some in idioms._idioms().values() for i in some]
    assert len(once) == len(set(once))


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (
            "Iraq striker Saeed Makhlouf has joined the club.",
            "The attacker, the happy Makhlouf, has joined the club.",
            ("Saeed", "happy"),
        ),
        (
            "Some 20,000 people marched in Las Cruces on Sunday.",
            "On Sunday around 20,000 people marched in the crosses.",
            ("Cruces", "crosses"),
        ),
        (
            "The train stood in Hof for an hour.",
            "The train stood in court for an hour.",
            ("Hof", "court"),
        ),
    ],
)
def test_a_name_that_became_a_word_is_found(a: str, b: str, words: tuple[str, str]) -> None:
    for here, there, side in ((a, b, "b"), (b, a, "a")):
        ctx = context(here, there)
        (draft,) = name_words.find(ctx)
        assert draft.a is not None
        assert draft.b is not None
        found = ctx.a.words(draft.a), ctx.b.words(draft.b)
        assert found == (words if side == "b" else words[::-1])
        assert draft.likely_side == side


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # both have the name
        ("The train stood in Hof, near the court.", "Near the court in Hof stood the train."),
        # the name in another spelling
        ("Noh said the old law was dead.", "Roh called it dead: it was an old one, she said."),
        # both have the word
        ("The court of Hof heard him.", "The court there heard him."),
        # "said" is no form of Saeed; the club is known by what its name means
        ("The union said it would sue Al-Ittihad.", "The union said it would sue the Union club."),
    ],
)
def test_a_name_that_is_there_is_none(a: str, b: str) -> None:
    assert not list(name_words.find(context(a, b)))


def test_one_name_in_two_places_is_one_finding() -> None:
    ctx = context(
        ["The train stood in Hof.", "In Hof it was cold."],
        ["The train stood in court.", "At the court it was cold."],
    )
    (draft,) = name_words.find(ctx)
    assert [getattr(ctx, p.side).text[p.start : p.end] for p in draft.places] == ["Hof", "court"]


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (
            "Mining suppliers were up in arms.",
            "The guild of mining suppliers put the cry in the sky.",
            "put the cry in the sky",
        ),
        (
            "He told acquaintances that he quit that life long ago.",
            "To those around him he says that he washed his feet long ago.",
            "washed his feet",
        ),
    ],
)
def test_an_idiom_word_by_word_is_found(a: str, b: str, words: str) -> None:
    ctx = context(a, b)
    (draft,) = found_in(ctx)
    assert draft.a is None
    assert draft.b is not None
    assert ctx.b.words(draft.b) == words
    assert (draft.likely_side, draft.ledger) == ("b", "fact")


def test_an_idiom_that_both_have_is_none() -> None:
    a = "The pilgrims washed their feet at the gate."
    assert not (found_in(context(a, "At the gate the feet of the pilgrims were washed.")))


def test_an_idiom_of_another_language_is_none() -> None:
    ctx = context("Suppliers were up in arms.", "Suppliers put the cry in the sky.")
    assert found_in(ctx)
    for language, found in (("es", 1), ("ko", 0)):
        config = dataclasses.replace(ctx.config, source_language=language)
        assert len(found_in(dataclasses.replace(ctx, config=config))) == found


@pytest.mark.parametrize(
    ("language", "a", "b", "words"),
    [
        (
            "de",
            "The producer may appeal the order within a month.",
            "The producer will eventually lodge an objection within a month.",
            "eventually",
        ),
        (
            "zh",
            "The minister asked that the law protect the whistleblower and her family.",
            "The minister wants the safety of the reporter and her family to be ensured by law.",
            "reporter",
        ),
        # near in meaning, and in different places: the one may stand for the other
        (
            "es",
            "Tickets for the museum cost 12 euros.",
            "Whoever comes to the museum has to pay 12 euros at the entrance.",
            None,
        ),
    ],
)
def test_two_frequent_words_that_are_unlike(
    language: str, a: str, b: str, words: str | None
) -> None:
    comparison = compare_sentences([a], [b], Config(source_language=language, force=True))
    found = [f.message for f in comparison.findings if f.check == "term"]
    assert [f"“{words}”" in message for message in found] == ([True] if words else [])
