"""Word differences: tables of examples, and properties over random sentences."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.diff import diff_group, split_words, with_diff
from compare.records import Article, Document, Edit, Group, Sentence, Side
from compare.spelling import spelling_key


def sentences(*texts: str) -> tuple[str, tuple[Sentence, ...]]:
    """A text of one sentence a line, and its sentences."""
    made: list[Sentence] = []
    start = 0
    for i, text in enumerate(texts):
        made.append(Sentence(i, start, start + len(text), text))
        start += len(text) + 1
    return "\n".join(texts), tuple(made)


def steps(a: str, b: str) -> list[tuple[str, str, str]]:
    """Kind and words of each edit that is not ``equal``."""
    (a_text, a_sentences), (b_text, b_sentences) = sentences(a), sentences(b)
    edits, _ = diff_group(a_text, b_text, a_sentences, b_sentences)
    return [
        (e.kind, a_text[slice(*e.a)] if e.a else "", b_text[slice(*e.b)] if e.b else "")
        for e in edits
        if e.kind != "equal"
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He spoke", "he spoke"),
        ("“We are open,” he said", '"We are open," he said'),
        ("the US’ view", "the US' view"),
        ("It isn’t over", "It isn't over"),
        ("an end-of-war declaration", "an end of war declaration"),
        ("talks — in Seoul — ended", "talks - in Seoul – ended"),
        ("closer co-operation", "closer cooperation"),
        ("by e-mail", "by email"),
        ("a café", "a cafe"),
        ("a café", "a cafe\u0301"),
        ("the U.S. envoy", "the US envoy"),
        ("at 3 p.m. today", "at 3 pm today"),
        ("some 12,000 people", "some 12000 people"),
        ("about 50 %", "about 50%"),
        ("The Labour party", "The Labor party"),
        ("the Ministry of Defence", "the Ministry of Defense"),
        ("an organised centre", "an organized center"),
        ("they travelled, cancelled and modelled", "they traveled, canceled and modeled"),
        ("a programme of analyses", "a program of analyzes"),
        ("archaeologists with anaemia", "archeologists with anemia"),
        ("skilful fulfilment", "skillful fulfillment"),
        ("look[s] forward", "look(s) forward"),
    ],
)
def test_differences_of_form(a: str, b: str) -> None:
    assert {kind for kind, *_ in steps(a, b)} == {"form"}
    (a_text, a_sentences), (b_text, b_sentences) = sentences(a), sentences(b)
    assert diff_group(a_text, b_text, a_sentences, b_sentences)[1] == 1


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("a cost of $5", "a cost of €5", [("replace", "$5", "€5")]),
        ("a rise of 5%", "a rise of 5", [("replace", "5%", "5")]),
        ("it grew 3.5 points", "it grew 35 points", [("replace", "3.5", "35")]),
        ("minus -5 degrees", "minus 5 degrees", [("replace", "-5", "5")]),
        ("Noh Kyu-duk spoke", "Noh Kyu-deok spoke", [("replace", "duk", "deok")]),
        ("four years", "for years", [("replace", "four", "for")]),
        ("they filled it", "they filed it", [("replace", "filled", "filed")]),
        ("the refilling of it", "the refiling of it", [("replace", "refilling", "refiling")]),
        ("Michael spoke", "Michel spoke", [("replace", "Michael", "Michel")]),
        ("a poet spoke", "a pet spoke", [("replace", "poet", "pet")]),
        ("every day life", "everyday life", [("replace", "every day", "everyday")]),
        ("we do not", "we don't", [("replace", "do not", "don't")]),
        ("he left?", "he left.", [("replace", "left?", "left.")]),
        ("they agreed fully", "they agreed", [("delete", "fully", "")]),
        ("they agreed", "they all agreed", [("insert", "", "all")]),
    ],
)
def test_real_differences(a: str, b: str, expected: list[tuple[str, str, str]]) -> None:
    assert steps(a, b) == expected


def test_a_moved_phrase_is_a_move_and_not_two_changes() -> None:
    a = "In previous remarks, Noh told reporters of it"
    b = "Noh told reporters of it in previous remarks"
    assert steps(a, b) == [("move", "In previous remarks,", "in previous remarks")]


def test_function_words_alone_do_not_move() -> None:
    assert "move" not in {kind for kind, *_ in steps("of the war they spoke", "they spoke of the")}


def test_a_function_word_between_longer_changes_is_no_match() -> None:
    assert steps("ten men left the old town", "some women burned the new bridge") == [
        ("replace", "ten men left the old town", "some women burned the new bridge")
    ]
    assert steps("ten left the town", "some left the bridge") == [
        ("replace", "ten", "some"),
        ("replace", "town", "bridge"),
    ]


def test_no_edit_reaches_over_the_end_of_a_sentence() -> None:
    a_text, a = sentences("Kim spoke in Seoul.", "Left out.", "He left for Tokyo.")
    b_text, b = sentences("Kim spoke in Seoul. He left for Tokyo.")
    edits, _ = diff_group(a_text, b_text, (a[0], a[2]), b)
    assert [a_text[slice(*e.a)] for e in edits if e.a] == [
        "Kim spoke in Seoul.",
        "He left for Tokyo.",
    ]


@pytest.mark.parametrize(
    ("a", "b", "score"),
    [
        ("one two", "one two", 1),
        ("one two", "three", 0),
        ("one two", "one three", 0.5),
        ("", "x", 0),
    ],
)
def test_wording_score(a: str, b: str, score: float) -> None:
    (a_text, a_sentences), (b_text, b_sentences) = sentences(a), sentences(b)
    assert diff_group(a_text, b_text, a_sentences, b_sentences)[1] == score


def test_with_diff_fills_linked_groups_only() -> None:
    (a_text, a), (b_text, b) = sentences("Kim spoke", "alone"), sentences("Kim spoke")
    documents = (Document(Article(a_text, (), "A"), a), Document(Article(b_text, (), "B"), b))
    linked, alone = with_diff((Group(a[:1], b), Group(a[1:], ())), *documents)
    assert (linked.wording, len(linked.edits)) == (1, 1)
    assert alone == Group(a[1:], ())


def test_a_huge_sentence_is_aligned_in_bounded_memory() -> None:
    a_text, a = sentences("word other " * 8_000)
    b_text, b = sentences("other word " * 8_000)
    assert diff_group(a_text, b_text, a, b)[1] > 0.99


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "Kim kim Noh said the of end-of-war U.S. US colour color $5 5 , — “we we” isn’t isn't "
        "e-mail email ... [. Kyu-duk café cafe\u0301 \u202e אב 1,000 50 % -5 &",
    )
)
SIDES = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=3)


@given(SIDES)
def test_words_hold_every_character_that_is_not_blank(texts: list[str]) -> None:
    text, made = sentences(*texts)
    words = split_words(text, made)
    assert (
        "".join(text[w.start : w.end] for w in words).split()
        == "".join(w.text for w in words).split()
    )
    covered = {i for w in words for i in range(w.start, w.end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    assert all(x.end <= y.start for x, y in itertools.pairwise(words))


@given(SIDES, SIDES)
def test_edits_hold_every_word_once_and_mirror(a_texts: list[str], b_texts: list[str]) -> None:
    (a_text, a), (b_text, b) = sentences(*a_texts), sentences(*b_texts)
    edits, score = diff_group(a_text, b_text, a, b)
    sides: tuple[tuple[Side, str, tuple[Sentence, ...]], ...] = (("a", a_text, a), ("b", b_text, b))
    for side, text, made in sides:
        spans = [span for e in edits if (span := getattr(e, side))]
        if side == "b":  # a move stands where A has it
            assert [s for e in edits if e.kind != "move" and (s := e.b)] == sorted(
                s for e in edits if e.kind != "move" and (s := e.b)
            )
            spans.sort()
        words = split_words(text, made)
        assert [(w.start, w.end) for s in spans for w in words if s.start <= w.start < s.end] == [
            (w.start, w.end) for w in words
        ]
        assert [s.start for s in spans] == sorted({s.start for s in spans})
        starts, ends = {w.start for w in words}, {w.end for w in words}
        assert all(s.start in starts and s.end in ends for s in spans)
        assert all(any(m.start <= s.start and s.end <= m.end for m in made) for s in spans)
    mirrored, mirrored_score = diff_group(b_text, a_text, b, a)
    swap = {"insert": "delete", "delete": "insert"}
    assert {Edit(swap.get(e.kind, e.kind), e.b, e.a) for e in edits} == set(mirrored)  # type: ignore[arg-type]
    assert mirrored_score == score
    assert 0 <= score <= 1


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("behaviour", "behavior"),
        ("neighbourhood", "neighborhood"),
        ("realisation", "realization"),
        ("paralysed", "paralyzed"),
        ("theatres", "theaters"),
        ("centred", "centered"),
        ("dialogue", "dialog"),
        ("signalling", "signaling"),
        ("defenceless", "defenseless"),
        ("judgement", "judgment"),
        ("enrolment", "enrollment"),
        ("oestrogen", "estrogen"),
        ("manoeuvre", "maneuver"),
        ("ploughed", "plowed"),
        ("grey", "gray"),
    ],
)
def test_spelling_varieties_share_a_key(british: str, american: str) -> None:
    assert spelling_key(british) == spelling_key(american)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("our", "or"), ("four", "for"), ("tour", "tor"), ("prise", "prize"), ("scoured", "scored"),
        ("filling", "filing"), ("shred", "sherd"), ("timbre", "timber"), ("shoes", "shes"),
        ("canoes", "canes"), ("poets", "pets"), ("forgoes", "forges"), ("advice", "advise"),
        ("Raphael", "Raphel"), ("Carroll", "Carrol"), ("fence", "fens"),
    ],
)  # fmt: skip
def test_different_words_keep_different_keys(word: str, other: str) -> None:
    assert spelling_key(word) != spelling_key(other)
