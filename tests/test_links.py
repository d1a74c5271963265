"""Corrections of an alignment: found by words, honoured, the later one first, kept in a file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_align import random_vectors

from compare import compare_sentences
from compare.align import align
from compare.align.constraints import Constraints
from compare.config import Config
from compare.errors import InputError, SetupError
from compare.links import (
    ACTIONS,
    Action,
    Correction,
    Links,
    Part,
    SentenceRef,
    align_with,
    load,
    reference,
    save,
    to_json,
)
from compare.read import article_from_sentences
from compare.records import Document, Group, LinksInfo
from compare.report import to_html, to_run_json
from compare.report import to_json as comparison_json
from compare.segment import segment

A = [
    "The mayor of Lund resigned on Monday.",
    "She had hidden the cost of the bridge.",
    "Farmers fear for the rice harvest.",
    "Snow fell in the north.",
]
B = [
    "On Monday the mayor of Lund resigned.",
    "The cost of the bridge had been hidden.",
    "For the rice harvest farmers fear.",
    "In the north snow fell.",
]

Shape = set[tuple[tuple[int, ...], tuple[int, ...]]]
ALONE: Shape = {((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))}


def document(texts: Sequence[str], label: str = "a") -> Document:
    return segment(article_from_sentences(list(texts), label=label))


def refs(*sentences: str) -> tuple[SentenceRef, ...]:
    return tuple(map(SentenceRef, sentences))


def part(a: Sequence[int] = (), b: Sequence[int] = ()) -> Part:
    """Sentences of :data:`A` and :data:`B` by number."""
    return Part(refs(*(A[i] for i in a)), refs(*(B[j] for j in b)))


def make(action: Action, *parts: tuple[Sequence[int], Sequence[int]]) -> Correction:
    return Correction(action, tuple(part(a, b) for a, b in parts))


def corrected(
    corrections: Sequence[Correction], a: Sequence[str] = A, b: Sequence[str] = B
) -> tuple[tuple[Group, ...], LinksInfo, tuple[str, ...]]:
    documents = document(a), document(b, "b")
    vectors = random_vectors(a), random_vectors(b)
    return align_with(Links(tuple(corrections)), *documents, *vectors)[:3]


def shape(groups: Sequence[Group]) -> Shape:
    return {(tuple(s.index for s in g.a), tuple(s.index for s in g.b)) for g in groups}


def test_without_corrections_the_pairs_are_found() -> None:
    groups, info, notes = corrected([])
    assert shape(groups) == ALONE
    assert (info, notes) == (LinksInfo(), ())
    assert not any(g.corrected for g in groups)


@pytest.mark.parametrize(
    ("corrections", "expected", "overruled"),
    [
        pytest.param(
            [make("link", ([0], [0, 1]))],
            {((0,), (0, 1)), ((1,), ()), ((2,), (2,)), ((3,), (3,))},
            (),
            id="a link takes its sentences from other groups",
        ),
        pytest.param(
            [make("link", ([0, 2, 3], [1, 3]))],
            {((0, 2, 3), (1, 3)), ((1,), ()), ((), (0,)), ((), (2,))},
            (),
            id="a link may be any set of sentences",
        ),
        pytest.param(
            [make("unlink", ([0], [0]))],
            {((0,), ()), ((), (0,)), *ALONE - {((0,), (0,))}},
            (),
            id="unlinked",
        ),
        pytest.param(
            [make("join", ([0], [1]))],
            {((0, 1), (0, 1)), ((2,), (2,)), ((3,), (3,))},
            (),
            id="joined with what they are grouped with",
        ),
        pytest.param(
            [make("join", ([0, 1], [])), make("join", ([1, 2], []))],
            {((0, 1, 2), (0, 1, 2)), ((3,), (3,))},
            (),
            id="joins add up",
        ),
        pytest.param(
            [make("split", ([0], []), ([], [0]))],
            {((0,), ()), ((), (0,)), *ALONE - {((0,), (0,))}},
            (),
            id="split into two alone",
        ),
        pytest.param(
            [make("join", ([0, 1], [])), make("split", ([0], [1]), ([1], [0]))],
            {((0,), (1,)), ((1,), (0,)), ((2,), (2,)), ((3,), (3,))},
            (1,),
            id="a later split wins over a join",
        ),
        pytest.param(
            [make("split", ([0], [1]), ([1], [0])), make("join", ([0, 1], []))],
            {((0, 1), (0, 1)), ((2,), (2,)), ((3,), (3,))},
            (1,),
            id="a later join adds to a split",
        ),
        pytest.param(
            [make("link", ([0], [1])), make("link", ([0], [0]))],
            ALONE,
            (1,),
            id="the later link wins",
        ),
        pytest.param(
            [make("link", ([0], [0])), make("link", ([0], [1])), make("link", ([0], [0]))],
            ALONE,
            (2,),
            id="said again, so not overruled",
        ),
        pytest.param(
            [make("split", ([0], [1]), ([2], [3])), make("link", ([0], [0]))],
            {((0,), (0,)), ((1,), (1,)), ((2,), (3,)), ((3,), ()), ((), (2,))},
            (1,),
            id="of a split the other parts stay",
        ),
        pytest.param(
            [make("unlink", ([0], [0])), make("link", ([0], [0]))],
            ALONE,
            (1,),
            id="link after unlink",
        ),
        pytest.param(
            [make("link", ([0], [0])), make("unlink", ([0], [0]))],
            {((0,), ()), ((), (0,)), *ALONE - {((0,), (0,))}},
            (1,),
            id="unlink after link",
        ),
        pytest.param(
            [make("unlink", ([0], [0])), make("join", ([0], [0]))],
            ALONE,
            (1,),
            id="join after unlink",
        ),
        pytest.param(
            [make("join", ([0, 1], [])), make("unlink", ([0], [1]))],
            ALONE,
            (1,),
            id="a join that would undo a later unlink",
        ),
        pytest.param(
            [make("unlink", ([0, 1], [0, 1])), make("link", ([1], [1]))],
            {((0,), ()), ((), (0,)), *ALONE - {((0,), (0,))}},
            (1,),
            id="of many pairs kept apart one is linked",
        ),
    ],
)
def test_what_corrections_do(
    corrections: list[Correction], expected: Shape, overruled: tuple[int, ...]
) -> None:
    groups, info, notes = corrected(corrections)
    assert shape(groups) == expected
    assert (info.corrections, info.gone, info.overruled) == (len(corrections), (), overruled)
    assert notes == ()


def test_a_settled_group_is_sure_and_marked_and_has_its_real_cosine() -> None:
    groups, _, _ = corrected([make("link", ([0], [1, 2])), make("split", ([3], []), ([], [3]))])
    (linked,) = [g for g in groups if g.a and g.a[0].index == 0]
    x, y = random_vectors(A)[0], np.array([len(t) for t in B])[1:3] @ random_vectors(B)[1:3]
    assert linked.score == 1.0
    assert linked.similarity == pytest.approx(float(x @ y / np.linalg.norm(y)), abs=1e-5)
    assert {shape([g]).pop() for g in groups if g.corrected} == {
        ((0,), (1, 2)), ((3,), ()), ((), (3,)),
    }  # fmt: skip


def test_the_rest_is_as_it_would_be() -> None:
    """Settling what the aligner had found by itself changes no other group's score."""
    free, _, _ = corrected([])
    settled, _, _ = corrected([make("link", ([1], [1]))])
    assert shape(free) == shape(settled)
    for before, after in zip(free, settled, strict=True):
        if not after.corrected:
            assert (after.score, after.similarity) == (before.score, before.similarity)


def test_a_neighbour_of_a_settled_group_continues_it() -> None:
    left = np.array([[1, -1], [4, -1], [0, -1], [2, -1]])
    right = np.array([[6, 7], [6, 8], [4, -1], [6, -1]])
    settled = Constraints((((1,), (5,)), ((3,), (7,))))
    assert settled.continued(left, right).tolist() == [0, 1, 1, 2]
    assert settled.allowed(left, right).tolist() == [1, 2, 3]


# --- finding the sentences again ---------------------------------------------------------------


EDITED = "A sentence that nobody had written before stands here."


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param([EDITED, *A], [*B, EDITED], id="text before and after"),
        pytest.param(A[::-1], [*B[2:], *B[:2]], id="all of it moved"),
        pytest.param([A[0], A[1], EDITED, A[3]], B, id="edited elsewhere"),
        pytest.param([A[0].upper(), *A[1:]], [f"  “{t}” " for t in B], id="case and punctuation"),
    ],
)
def test_a_correction_holds_when_the_text_changes_around_it(a: list[str], b: list[str]) -> None:
    link = make("link", ([0], [1]))
    groups, info, _ = corrected([link], a, b)
    assert (info.gone, info.overruled) == ((), ())
    (settled,) = [g for g in groups if g.corrected]
    assert settled.a[0].text.casefold() == A[0].casefold()
    assert B[1] in settled.b[0].text


def test_of_sentences_that_say_the_same_the_named_one_is_meant() -> None:
    a, b = ["He laughed.", *A, "He laughed!"], ["He laughed.", *B, "He laughed."]
    named = Part((reference(document(a), 5),), (reference(document(b), 0),))
    assert [ref.nth for ref in (*named.a, *named.b)] == [2, 1]
    groups, info, _ = corrected([Correction("link", (named,))], a, b)
    assert ((5,), (0,)) in shape(groups)
    # Where there are fewer now, nobody knows which is gone.
    groups, info, (note,) = corrected([Correction("link", (named,))], a[:-1], b)
    assert info.gone == (1,)
    assert "A has no sentence “He laughed!” any more" in note


def test_what_is_gone_is_told_and_the_rest_is_followed() -> None:
    gone = Correction("link", (Part(refs("Nobody knows."), refs(B[0])),))
    half = Correction("split", (part([0], [1]), Part(refs("Gone.")), part([1], [0])))
    turned = Correction("link", (Part(refs(B[3]), refs(B[2])),))
    alone = Correction("join", (Part(refs(A[3], EDITED)),))
    groups, info, notes = corrected([gone, half, turned, alone], [*A, EDITED], B[:3])
    assert {((0,), (1,)), ((1,), (0,))} <= shape(groups)
    assert (info.gone, info.overruled) == ((1, 2, 3, 4), ())
    assert notes == (
        "correction 1 (link) is kept but cannot be followed: A has no sentence “Nobody knows.” "
        "any more",
        "correction 2 (split) is kept but cannot be followed: A has no sentence “Gone.” any more",
        f"correction 3 (link) is kept but cannot be followed: A has no sentence “{B[3]}” any more",
        "1 more of the 4 corrections cannot be followed either; run.json has their numbers",
    )
    _, _, notes = corrected(
        [alone, Correction("link", (Part(refs(B[2]), refs(A[0])),))], [*A, EDITED], B[:3]
    )
    assert "none of its sentences has a counterpart" in notes[0]
    assert "B has it: are the two texts the other way round?" in notes[1]


# --- properties --------------------------------------------------------------------------------


numbers = st.lists(st.integers(0, 5), max_size=3, unique=True)
some = st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)
TEXTS = [
    "mayor resigned Monday", "bridge river", "strike won strike", "Seoul minister 84",
    "bridge minister Monday", "river Seoul won",
]  # fmt: skip


@st.composite
def one_correction(draw: st.DrawFn) -> Correction:
    action: Action = draw(st.sampled_from(["link", "unlink", "join", "split"]))

    def named(a: list[int], b: list[int]) -> Part:
        return Part(refs(*(TEXTS[i] for i in a)), refs(*(TEXTS[j] for j in b)))

    if action == "split":
        a, b = (draw(st.permutations(range(6))) for _ in "ab")
        cuts = [(a[:1], b[:1]), (a[1:3], b[1:2]), (a[3:4], [])]
        return Correction(action, tuple(named(list(x), list(y)) for x, y in cuts))
    if action == "join":
        return Correction(action, (named(draw(some), draw(some)),))
    return Correction(action, (named(draw(some), draw(some)),))


def ids(correction: Correction) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [
        tuple(tuple(sorted(TEXTS.index(ref.text) for ref in side)) for side in (p.a, p.b))
        for p in correction.parts
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(TEXTS),
    st.permutations(TEXTS),
    st.lists(one_correction(), min_size=1, max_size=4),
)
def test_the_last_is_honoured_all_in_one_partition_from_either_side(
    a: list[str], b: list[str], corrections: list[Correction]
) -> None:
    assume(a != b)  # of equal texts neither is the first, and which group moved is open
    groups, info, notes = corrected(corrections, a, b)
    for side in ("a", "b"):
        assert sorted(s.index for g in groups for s in g.side(side)) == list(range(6))
    assert all(g.score == 1.0 for g in groups if g.corrected and g.linked)
    assert all(len(g.a) + len(g.b) == 1 for g in groups if not g.linked)
    assert (info.gone, notes) == ((), ())
    assert len(corrections) not in info.overruled
    held = {
        tuple(tuple(sorted(TEXTS.index(s.text) for s in g.side(side))) for side in ("a", "b"))
        for g in groups
    }
    for number, correction in enumerate(corrections, start=1):
        if number in info.overruled:
            continue
        for left, right in ids(correction):
            together = [g for g in held if set(left) & set(g[0]) or set(right) & set(g[1])]
            if correction.action == "unlink":
                assert not any(set(left) & set(g[0]) and set(right) & set(g[1]) for g in held)
            elif correction.action == "join":
                assert len(together) == 1
            elif left and right:
                assert (left, right) in held
            else:
                assert together == [((i,), ()) for i in left]
    turned = [Correction(c.action, tuple(Part(p.b, p.a) for p in c.parts)) for c in corrections]
    mirror, again, _ = corrected(turned, b, a)
    assert {(g.a, g.b, g.score, g.similarity, g.moved, g.corrected) for g in groups} == {
        (g.b, g.a, g.score, g.similarity, g.moved, g.corrected) for g in mirror
    }
    assert again == info


words = st.text(min_size=1).filter(lambda t: t.strip() != "")
references = st.builds(SentenceRef, words, st.integers(1, 4))
lists = st.lists(references, min_size=1, max_size=3, unique_by=lambda ref: ref.key).map(tuple)


@given(
    st.lists(
        st.builds(
            Correction,
            st.sampled_from(["link", "unlink", "join"]),
            st.builds(Part, lists, lists).map(lambda p: (p,)),
            note=st.text(),
            reviewer=st.text(),
        )
        | st.builds(
            lambda a, b: Correction("split", (Part(a), Part((), b)), reviewed_at="2024-05-14"),
            lists,
            lists,
        ),
        max_size=4,
    )
)
def test_round_trip(corrections: list[Correction]) -> None:
    path = Path(os.environ["VARIANT_COMPARE_CACHE"]) / "links.json"
    save(path, corrections)
    read = load(path)
    assert read.corrections == tuple(corrections)
    assert read.source == str(path)
    assert [p.name for p in path.parent.glob("*links.json*")] == ["links.json"]
    assert not set(path.read_text("utf-8")) & set("\x1b\x7f\x85\u202e\u2066")


# --- files -------------------------------------------------------------------------------------


GOOD = {"action": "link", "a": ["X."], "b": ["Y."]}

BAD = {
    "not JSON": ("{", "it is not JSON in UTF-8"),
    "nested too deep": ("[" * 100_000, "it is not JSON in UTF-8"),
    "a list": ([], "the file must be an object with the keys 'schema_version', 'corrections'"),
    "no version": ({"corrections": []}, "its 'schema_version' is null"),
    "another version": ({"schema_version": "2.0", "corrections": []}, "reads '1.0'"),
    "no corrections": ({"schema_version": "1.0"}, "'corrections' must be a list"),
    "unknown key": (
        {"schema_version": "1.0", "correction": []},
        "unknown key \"correction\" in the file: did you mean 'corrections'?",
    ),
    "a key twice": (
        '{"schema_version": "1.0", "corrections": [], "corrections": []}',
        'the key "corrections" stands twice in one object',
    ),
    "a correction that is none": ([GOOD, "link"], "correction 2: a correction must be an object"),
    "unknown action": ([{**GOOD, "action": "lnik"}], 'unknown action "lnik": use link, unlink'),
    "no action": ([{"a": ["X."], "b": ["Y."]}], "correction 1: unknown action null"),
    "unknown key of a correction": (
        [GOOD, {**GOOD, "not": "e"}],
        "correction 2: unknown key \"not\" in a correction: did you mean 'note'?",
    ),
    "link without B": ([{"action": "link", "a": ["X."]}], "link needs a sentence of A and one"),
    "unlink without A": ([{**GOOD, "action": "unlink", "a": []}], "unlink needs a sentence of A"),
    "join of one": ([{"action": "join", "b": ["X."]}], "join needs two sentences or more"),
    "split without parts": ([{"action": "split"}], "'parts' must be a list"),
    "split in one part": ([{"action": "split", "parts": [{"a": ["X."]}]}], "split needs two parts"),
    "split with nothing": (
        [{"action": "split", "parts": [{"a": ["X."]}, {}]}],
        "split needs two parts or more, each with a sentence",
    ),
    "split like a link": ([{**GOOD, "action": "split"}], "split has its sentences in 'parts'"),
    "link like a split": ([{"action": "link", "parts": []}], "link has its sentences in 'a'"),
    "a sentence twice": (
        [{**GOOD, "a": ["The end.", "the END"]}],
        "correction 1: names the sentence “the end” of A twice",
    ),
    "a sentence that is no text": ([{**GOOD, "a": [7]}], "a sentence must be an object"),
    "an empty sentence": ([{**GOOD, "a": [" "]}], 'a sentence is " ": write its words'),
    "not a list": ([{**GOOD, "a": "X."}], "'a' must be a list"),
    "nth from 0": ([{**GOOD, "a": [{"text": "X.", "nth": 0}]}], "'nth' is 0: write a whole number"),
    "nth true": ([{**GOOD, "a": [{"text": "X.", "nth": True}]}], "'nth' is true"),
    "a note that is no text": ([{**GOOD, "note": 3}], "'note' is 3: write a text"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_by_what_is_wrong(name: str, tmp_path: Path) -> None:
    content, said = BAD[name]
    if isinstance(content, list) and content:
        content = {"schema_version": "1.0", "corrections": content}
    path = tmp_path / "links.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(InputError) as raised:
        load(path)
    assert str(raised.value).startswith(f"cannot use the corrections in {path}: ")
    assert said in str(raised.value)


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give --links a file that is there, or leave it out"):
        load(f"{tmp_path}/{name}")


def test_saving_leaves_the_old_file_where_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "links.json"
    save(path, [make("link", ([0], [0]))])
    before = path.read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SetupError, match="No space left on device"):
        save(path, [])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.undo()
    with pytest.raises(SetupError, match="name a file in a folder that can be written"):
        save(tmp_path / "none" / "links.json", [])


def test_the_result_tells_of_its_corrections(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    save(path, [make("link", ([0], [1])), Correction("link", (Part(refs("Gone."), refs(B[0])),))])
    links = load(path)
    config = Config(force=True, cache=False)
    result = compare_sentences(A, B, config, links=links)
    assert ((0,), (1,)) in shape(result.groups)
    assert json.loads(to_run_json(result))["links"] == {
        "source": str(path), "sha256": links.sha256, "corrections": 2, "gone": [2],
        "overruled": [],
    }  # fmt: skip
    assert any("A has no sentence “Gone.” any more" in note for note in result.run.notes)
    marked = [g["a"] for g in json.loads(comparison_json(result))["groups"] if g["corrected"]]
    assert marked == [[0]]
    assert to_html(result).count(">corrected</span>") == 1
    without = compare_sentences(A, B, config)
    assert without.run.links is None
    assert json.loads(to_run_json(without))["links"] is None


def test_a_headline_may_be_linked_with_the_body() -> None:
    a, b = document(["Mayor quits", *A]), document(B, "b")
    x, y = random_vectors([s.text for s in a]), random_vectors(B)
    groups = align(a, b, x, y, settled=Constraints((((0,), (0,)),)))
    assert ((0,), (0,)) in shape(groups)


def test_text_is_written_as_it_is_read() -> None:
    assert "“Ōtsuka”" in to_json([Correction("link", (Part(refs("“Ōtsuka”"), refs("Y.")),))])


def test_the_example_in_the_documents_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "files.md").read_text("utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```", page, re.M | re.S)
    path = tmp_path / "links.json"
    path.write_text(example, "utf-8")
    read = load(path).corrections
    assert [c.action for c in read] == list(ACTIONS)
    save(path, read)
    assert json.loads(path.read_text("utf-8")) == json.loads(example)
