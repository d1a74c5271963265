"""Planted changes and the trainer of the model of meaning, at toy size."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from benches import load

from compare.annotate import spacy_model
from compare.embed import OnnxEncoder
from compare.verdicts import Entry, to_lines

TEXTS = (
    (
        "The minister rejected the offer on Monday.",
        "On Monday, the minister turned the offer down.",
    ),
    ("The firm will sell two large ports in Spain.", "Two big Spanish ports will be sold."),
    ("The mayor accepted the small plan because prices fell.", "As prices fell, he accepted it."),
    ("A court said that all workers may leave if they ask.", "All staff can go if they ask."),
    ("Two young doctors praised the old hospital in Oslo.", "Young doctors praised a clinic."),
    ("She buys more bread than her brother in Germany.", "Her brother buys less bread now."),
    ("The union did not accept the large offer.", "The large offer was not accepted."),
    ("He often sold the plan, which ports rejected.", "Peru and Chad sold it after Rome did."),
    ("The minister said the union fell.", "The court said that the mayor praised it."),
)


@pytest.fixture(scope="module")
def planted() -> ModuleType:
    return load("planted")


@pytest.fixture(scope="module")
def pairs(planted: ModuleType) -> list[Any]:
    model = spacy_model()
    return [planted.Pair(model(a), model(b), "news") for a, b in TEXTS]


@pytest.fixture(scope="module")
def lexicon(planted: ModuleType, pairs: list[Any]) -> Any:
    return planted.Lexicon([doc for p in pairs for doc in (p.a, p.b)], OnnxEncoder())


KINDS = (
    "term antonym roles number date name negation modality quantifier tense comparison condition "
    "gender added removed synonym form order"
).split()


def test_every_kind_of_change_can_be_made_and_is_marked_where_it_stands(
    planted: ModuleType, pairs: list[Any], lexicon: Any
) -> None:
    made = {}
    for seed in range(40):
        rng = random.Random(seed)
        for pair in pairs:
            for kind, (maker, _) in planted.MAKERS.items():
                for doc in (pair.a, pair.b):
                    for change in maker(doc, lexicon, rng):
                        text, marks = planted.apply(doc.text, change.edits)
                        new = [e.new for e in sorted(change.edits, key=lambda e: e.start) if e.new]
                        assert [text[s:e].lower() for s, e in marks] == [n.lower() for n in new]
                        made.setdefault(change.kind, (kind, change.effect, doc.text, text))
    assert set(KINDS) == set(made)


@pytest.mark.parametrize(
    ("kind", "contradicts", "a_more", "b_more"),
    [
        ("negation", True, None, None),
        ("term", True, None, None),
        ("added", False, False, True),
        ("removed", False, True, False),
        ("synonym", False, False, False),
    ],
)
def test_what_a_change_does(
    planted: ModuleType,
    pairs: list[Any],
    lexicon: Any,
    kind: str,
    contradicts: bool,
    a_more: bool | None,
    b_more: bool | None,
) -> None:
    found = [planted.plant(p, lexicon, random.Random(1), kind) for p in pairs]
    changed = [e for e in found if e.kind == kind]
    assert changed
    for example in changed:
        assert (example.contradicts, example.a_more, example.b_more) == (
            contradicts,
            a_more,
            b_more,
        )
        other = example.turned
        assert (other.a, other.a_marks, other.a_more) == (example.b, example.b_marks, b_more)
        assert other.turned == example


def test_the_other_text_is_marked_where_it_has_what_was_changed(planted: ModuleType) -> None:
    doc = spacy_model()("The mayor rejected the offer, and rejected it again.")
    assert planted.places(doc, frozenset(("offer",))) == ((23, 28),)
    assert planted.places(doc, frozenset(("reject",))) == ((10, 18), (34, 42))
    assert planted.places(doc, frozenset(("minister",))) is None


def test_the_same_seed_gives_the_same_examples(
    planted: ModuleType, pairs: list[Any], lexicon: Any
) -> None:
    first, second = (list(planted.examples(pairs, lexicon, random.Random(3))) for _ in range(2))
    assert first == second
    assert len(first) == len(pairs)


def test_sentences_teach_an_error_by_what_is_right_in_its_place(tmp_path: Path) -> None:
    trainer = load("train_meaning")
    items = [
        {"a": "He was freed.", "right": "They let him go.", "wrong": "They shot him.",
         "in_a": "freed", "in_wrong": "shot"},
        {"a": "He was freed.", "same": "They let him go.", "right": "He was released.",
         "wrong": "He was seized.", "in_a": "freed", "in_wrong": "seized"},
        {"a": "He left at once.", "same": "He went away.", "wrong": "He went away sadly.",
         "in_a": "", "in_wrong": "sadly"},
    ]  # fmt: skip
    file = tmp_path / "some.jsonl"
    file.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    chosen = [(e.a, e.b, e.contradicts, e.b_more, e.b_marks) for e in trainer.translated(tmp_path)]
    assert chosen == [
        ("He was freed.", "They shot him.", True, None, ((5, 9),)),
        ("He was freed.", "They let him go.", False, None, ()),
        ("He was freed.", "He was seized.", True, None, ((7, 13),)),
        ("He was freed.", "They let him go.", False, None, ()),
        ("He was freed.", "He was released.", False, None, ()),
        ("They let him go.", "He was released.", False, None, ()),
        ("They let him go.", "He was seized.", True, None, ((7, 13),)),
        ("He left at once.", "He went away sadly.", False, True, ((13, 18),)),
        ("He left at once.", "He went away.", False, None, ()),
    ]


def test_a_newsroom_can_train_on_its_verdicts(planted: ModuleType, tmp_path: Path) -> None:
    trainer = load("train_meaning")
    torch = sys.modules["torch"]
    log = tmp_path / "verdicts.jsonl"
    texts = {"a_text": "The unions rejected it.", "b_text": "The unions accepted it."}
    words = {"a_span": "rejected", "b_span": "accepted"}
    same = {"a_text": "He left on Monday.", "b_text": "On the 18th he left."}
    entries = [
        Entry("1", "p", "accepted", "mk", **texts, **words),
        Entry("2", "p", "dismissed", "mk", reason="same meaning", **same),
        Entry("3", "p", "dismissed", "mk", reason="house style", **same),
        Entry("4", "p", "accepted", "mk", a_text="Snow fell."),
        Entry("5", "p", "accepted", "mk", **texts),
        Entry("5", "p", "open", "mk", **texts),
    ]
    told = [
        replace(e, at=f"2024-05-14T09:30:0{i}Z", entry_id=str(i)) for i, e in enumerate(entries)
    ]
    log.write_text(to_lines(told), "utf-8")
    chosen = trainer.decided(log)
    assert [(e.contradicts, e.a_marks, e.b_marks) for e in chosen] == [
        (True, ((11, 19),), ((11, 19),)),
        (False, (), ()),
    ]
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network, coder = trainer.Network(), trainer.Coder()
    trainer.freeze(network)
    before = trainer.predict(network, coder, chosen)
    stream = trainer.batches(coder, iter(chosen * 20), 4, random.Random(0))
    taken = torch.multiprocessing.Value("i", 0)
    assert list(trainer.train(network, stream, 8, 1e-3, taken))[-1] == 8
    after = trainer.predict(network, coder, chosen)
    assert after[0][0] - after[1][0] > before[0][0] - before[1][0] + 0.02


@pytest.mark.meaning
def test_with_vectors_of_words_what_is_told_of_them_is_trained(tmp_path: Path) -> None:
    trainer = load("train_meaning")
    torch = sys.modules["torch"]
    chosen = [
        trainer.Example("The unions rejected it.", "The unions accepted it.", True),
        trainer.Example("The unions rejected it.", "The unions refused it.", False),
    ]
    texts = [text for e in chosen for text in (e.a, e.b)]
    vectors = trainer.Vectors(tmp_path / "toy.vectors", texts)
    assert len(vectors.kept) == sum(len(trainer.mpnet.pieces(t)) for t in set(texts))
    assert (vectors(texts[1]) == trainer.mpnet.pieces(texts[1])).all()
    again = trainer.Vectors(tmp_path / "toy.vectors", ["Not read: the file is there."])
    assert again.places == vectors.places
    assert len(again("Snow fell.")) == 3  # made when asked for
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network = trainer.Network()
    trainer.freeze(network)
    network.words.fit(vectors.sample(1000))
    before = network.words.own.weight.clone()
    stream = trainer.batches(trainer.Coder(vectors), iter(chosen * 8), 4, random.Random(0))
    taken = torch.multiprocessing.Value("i", 0)
    assert list(trainer.train(network, stream, 3, 1e-3, taken))[-1] == 3
    assert not torch.equal(before, network.words.own.weight)
