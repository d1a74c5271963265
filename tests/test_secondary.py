"""Secondary matches: what is said again outside its group, the same from either side."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_align import encoder, random_vectors

from compare import compare_articles, view
from compare.checks import default_registry
from compare.config import Config
from compare.links import Correction, Links, Part, SentenceRef
from compare.records import Article, Block, Comparison, Document, Group, Role, Secondary, Side
from compare.report import alignment_figures, schema, to_html, to_json
from compare.secondary import CLOSE, OTHERS, SUMMARY, pieces, secondary
from compare.segment import segment

HEAD = "Mayor of Lund quits over cost of the bridge"
OTHER_HEAD = "A bridge too far"
LEAD = "On Monday Eva Berg resigned as mayor of Lund because of what the new bridge had cost."
REPORT = (
    "The council, from which 40 million crowns were hidden, meets again in the town hall on Friday "
    "evening to debate the report of the auditors, the first of its kind in a century."
)
MEETING = "The council meets again in the town hall on Friday evening to debate the report."
ELECTION = "Her successor will be elected by the people of the town in the spring."
SNOW = "Snow is expected in the mountains of the far north."
CAPTION = "Eva Berg, who on Monday resigned as mayor of Lund because of the cost of the new bridge."

Rows = Sequence[tuple[Role, str]]
H, S, T, C = Role.HEADLINE, Role.SUBTITLE, Role.BODY, Role.CAPTION
BODY: Rows = [(T, LEAD), (T, REPORT), (T, ELECTION)]


def article(rows: Rows, label: str = "") -> Article:
    """A paragraph a row, with the role it is given."""
    blocks: list[Block] = []
    start = 0
    for role, words in rows:
        blocks.append(Block(start, start + len(words), role, len(blocks)))
        start += len(words) + 2
    return Article("\n\n".join(words for _, words in rows), tuple(blocks), label)


def matches(
    a: Rows,
    b: Rows,
    linked: Collection[tuple[int, int]] = (),
    settled: Collection[int] = (),
    apart: Collection[tuple[int, int]] = (),
    encode: Callable[[list[str]], np.ndarray] | None = None,
) -> tuple[Document, Document, tuple[Secondary, ...]]:
    """Both texts and their matches, with groups 1:1 by number and all others alone.

    A's sentences in ``settled`` stand alone by a correction.
    """
    x, y = segment(article(a)), segment(article(b))
    groups = [Group((x.sentences[i],), (y.sentences[j],), 0.9) for i, j in linked]
    in_a, in_b = {i for i, _ in linked}, {j for _, j in linked}
    groups += [Group((s,), (), corrected=s.index in settled) for s in x if s.index not in in_a]
    groups += [Group((), (s,)) for s in y if s.index not in in_b]
    left, right = pieces(x), pieces(y)
    vectors = [
        (encode or encoder().encode)([piece.text for piece in side]) for side in (left, right)
    ]
    return x, y, secondary(left, right, groups, *vectors, apart)


@pytest.mark.parametrize(
    ("a", "b", "linked", "expected"),
    [
        pytest.param([(H, HEAD)], BODY, [], {(H, HEAD, LEAD)}, id="headline"),
        pytest.param(
            [(H, HEAD)], [(H, OTHER_HEAD), *BODY], [(0, 0)], {(H, HEAD, LEAD)},
            id="headline of a group",
        ),
        pytest.param(
            [(H, OTHER_HEAD), (S, MEETING)], BODY, [], {(S, MEETING, REPORT)}, id="subtitle"
        ),
        pytest.param([(T, SNOW), (C, CAPTION)], BODY, [], {(C, CAPTION, LEAD)}, id="caption"),
        pytest.param(
            [(T, "On Sunday: " + REPORT), (T, MEETING)], BODY, [(0, 1)],
            {(T, MEETING, REPORT)},
            id="what stands alone is part of a sentence in a group",
        ),
        pytest.param(
            [(T, CAPTION), (T, SNOW)], [(T, ELECTION), *BODY], [(0, 0)], {(T, CAPTION, LEAD)},
            id="lead that is in another group",
        ),
        pytest.param([(H, HEAD)], [(H, HEAD), (T, SNOW)], [(0, 0)], set(), id="no headline"),
        pytest.param([(T, LEAD)], BODY, [(0, 0)], set(), id="not in its own group"),
        pytest.param(
            [(T, SNOW), (T, LEAD)], [(T, LEAD), (T, SNOW), (T, LEAD)], [(0, 1), (1, 0)], set(),
            id="not what is in a group, further down",
        ),
        pytest.param([(H, SNOW), (T, SNOW), (C, SNOW)], BODY, [], set(), id="nothing like it"),
        pytest.param([(T, "He did.")], [(T, "They did, he told us.")], [], set(), id="short"),
        pytest.param([(H, HEAD)], [(T, LEAD), (T, LEAD)], [], set(), id="two that say the same"),
        pytest.param([(H, HEAD)], [(H, HEAD)], [], set(), id="no body"),
        pytest.param([(T, LEAD)], [], [], set(), id="no text"),
    ],
)  # fmt: skip
def test_matches(
    a: Rows, b: Rows, linked: list[tuple[int, int]], expected: set[tuple[Role, str, str]]
) -> None:
    x, y, found = matches(a, b, linked)
    told = {
        (m.role, x.article.text[m.start : m.end], y.sentences[m.other].text)
        for m in found
        if m.side == "a"
    }
    assert told == expected
    for match in found:
        if match.index is not None:
            document = x if match.side == "a" else y
            assert document.sentences[match.index].span == (match.start, match.end)


def test_what_a_user_settled_is_not_matched() -> None:
    a: Rows = [(T, SNOW), (T, MEETING)]
    assert [m.index for m in matches(a, BODY)[2] if m.side == "a"] == [1]
    assert not [m for m in matches(a, BODY, settled=[1])[2] if m.side == "a"]
    assert not [m for m in matches(a, BODY, apart=[(1, 1)])[2] if m.side == "a"]


words = st.sampled_from("mayor resigned Monday bridge river 84 won strike Seoul minister".split())
some_rows = st.lists(
    st.tuples(
        st.sampled_from([H, S, T, T, T, C]), st.lists(words, min_size=1, max_size=7).map(" ".join)
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(some_rows, some_rows, st.data())
def test_properties(a: Rows, b: Rows, data: st.DataObject) -> None:
    n, m = (sum(role is not C for role, _ in rows) for rows in (a, b))
    places = data.draw(st.permutations(range(m)))
    linked = list(zip(range(0, n, 2), places, strict=False))
    x, y, found = matches(a, b, linked, encode=random_vectors)
    documents: dict[Side, Document] = {"a": x, "b": y}
    for match in found:
        across = documents["b" if match.side == "a" else "a"]
        assert across.sentences[match.other].role is T
        pair = (match.index, match.other) if match.side == "a" else (match.other, match.index)
        assert pair not in linked
        summary = match.role in (H, S)
        assert match.score >= (SUMMARY if summary else OTHERS)
        assert match.score <= 1
        assert summary or match.similarity >= CLOSE
    *_, mirror = matches(b, a, [(j, i) for i, j in linked], encode=random_vectors)

    def plain(made: Sequence[Secondary], turned: bool) -> set[tuple[object, ...]]:
        side = {"a": "b", "b": "a"} if turned else {"a": "a", "b": "b"}
        return {
            (side[q.side], q.start, q.index, q.other, round(q.score, 6), round(q.similarity, 6))
            for q in made
        }

    assert plain(found, turned=False) == plain(mirror, turned=True)


# --- in a run ----------------------------------------------------------------------------------


def run(links: Links | None = None) -> Comparison:
    a: Rows = [(H, HEAD), (T, LEAD), (T, "Now: " + REPORT), (T, MEETING), (T, SNOW)]
    b: Rows = [(T, LEAD), (T, REPORT), (T, ELECTION), (C, CAPTION)]
    registry = {name: default_registry()[name] for name in ("omission", "addition")}
    return compare_articles(
        article(a, "A"), article(b, "B"), Config(), encoder(), registry, links=links
    )


def test_a_sentence_that_is_said_again_is_no_omission_and_is_shown() -> None:
    result = run()
    told = {(m.side, m.role): m.other for m in result.secondary}
    assert told == {("a", H): 0, ("a", T): 1, ("b", C): 1}
    omitted = {f.a_span for f in result.findings if f.check == "omission"}
    assert MEETING not in omitted
    assert SNOW in omitted
    record = json.loads(to_json(result))
    jsonschema.validate(record, schema(), jsonschema.Draft202012Validator)
    assert [(m["side"], m["role"], m["other"]) for m in record["secondary"]] == [
        ("a", "headline", 0), ("a", "body", 1), ("b", "caption", 1),
    ]  # fmt: skip
    for page in (to_html(result), view.board(result)):
        assert page.count(">also said in B\xa01</a>") == 1
        assert page.count(">also said in B\xa02</a>") == 1
        assert page.count(">also said in A\xa02</a>") == 1
        assert page.count("<strong>said elsewhere</strong>") == 2
    figures = alignment_figures(result)
    assert figures.again == 2
    assert figures.a_only + figures.again + figures.a_linked == figures.a_sentences
    assert "2 more are said again in another place." in to_html(result)


def test_an_unlinked_pair_is_an_omission_again() -> None:
    part = Part((SentenceRef(MEETING),), (SentenceRef(REPORT),))
    result = run(Links((Correction("unlink", (part,)),)))
    assert ("a", T) not in {(m.side, m.role) for m in result.secondary}
    assert MEETING in {f.a_span for f in result.findings if f.check == "omission"}
