"""The stages together: what must hold of every pair of texts, and what a run tells of itself."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare import Comparison, Config, compare_articles, compare_sentences
from compare.embed import CachedEncoder, OnnxEncoder, SentenceTransformerEncoder, unit
from compare.errors import InputError, NotSameStoryError, SetupError, UsageError
from compare.read import article_from_text, read_article
from compare.records import Article, Block, Finding, Group, Role
from compare.secondary import pieces

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


class BagOfWords:
    """An encoder that knows which words two sentences share, and nothing else."""

    def encode(self, texts: list[str]) -> Any:
        vectors = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % 256] += 1
        return vectors


ENCODER = BagOfWords()
FORCE = Config(force=True)

STORY = (
    "Mina Kerr, the special envoy for fisheries, spoke in Oslo on Monday.",
    "Kerr said that the storm had cost 12 boats.",
    "The harbour will stay closed until 14 May.",
    "About £3.5 million is needed to rebuild the pier.",
    "Jan Holm, the mayor, did not attend the meeting.",
    "“We will not give up,” he told reporters.",
    "Police arrested three men near the station.",
    "Unemployment rose to 7 percent in Norway.",
)
OTHERWISE = (
    "Special envoy for fisheries Mina Kerr spoke in Oslo on Tuesday.",
    "President Kerr said that 14 boats were lost in the storm.",
    "Until 15 May, the harbour stays closed.",
    "To rebuild the pier, about £3.5 billion is needed.",
    "The mayor, Jan Holm, attended the meeting.",
    "She told reporters that they would not give up.",
    "Near the station, police arrested four men.",
    "In Norway, unemployment fell to 7 percent.",
    "Snow is expected at the weekend.",
)

texts_a = st.lists(st.sampled_from(STORY + OTHERWISE[-1:]), min_size=1, max_size=6)
texts_b = st.lists(st.sampled_from(STORY + OTHERWISE), min_size=1, max_size=6)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def compared(a: list[str], b: list[str], config: Config = FORCE) -> Comparison:
    return compare_sentences(a, b, config, ENCODER)


@few
@given(texts_a, texts_b)
def test_every_sentence_stands_in_exactly_one_group(a: list[str], b: list[str]) -> None:
    result = compared(a, b)
    for side, texts in (("a", a), ("b", b)):
        placed = sorted((s for g in result.groups for s in g.side(side)), key=lambda s: s.index)  # type: ignore[arg-type]
        assert [s.text for s in placed] == texts
    assert all(g.a or g.b for g in result.groups)
    assert [g.group_id for g in result.groups] == [
        f"g{n:03}" for n in range(1, len(result.groups) + 1)
    ]
    firsts = [g.a[0].index for g in result.groups if g.a]
    assert firsts == sorted(firsts)
    ids = [f.finding_id for f in result.findings]
    assert len(ids) == len(set(ids))


@few
@given(texts_a, texts_b)
def test_every_finding_stands_where_it_says(a: list[str], b: list[str]) -> None:
    result = compared(a, b)
    groups = {g.group_id: g for g in result.groups}
    for finding in result.findings:
        group = groups[finding.group_id]
        assert finding.a_span is not None or finding.b_span is not None
        for side in ("a", "b"):
            text = result.document(side).article.text
            span = finding.span(side)
            words = finding.a_span if side == "a" else finding.b_span
            whole = finding.a_text if side == "a" else finding.b_text
            assert words == (None if span is None else text[span.start : span.end])
            assert words is None or (whole is not None and words in whole)
        spans = [s for s in (finding.span("a"), finding.span("b")) if s is not None]
        assert any(x.span.overlaps(s) for x in (*group.a, *group.b) for s in spans)


_SWAP = {"a": "b", "b": "a", "omission": "addition", "addition": "omission"}
_SWAP |= {f"accuracy/{x}": f"accuracy/{y}" for x, y in list(_SWAP.items())[2:]}


def group_key(group: Group, swapped: bool) -> tuple[object, ...]:
    sides = [tuple(s.index for s in side) for side in (group.a, group.b)]
    score = None if group.score is None else round(group.score, 5)
    return (*(reversed(sides) if swapped else sides), score, group.moved)


def finding_key(finding: Finding, swapped: bool) -> tuple[object, ...]:
    def turned(value: str) -> str:
        return _SWAP.get(value, value) if swapped else value

    spans = [finding.span("a"), finding.span("b")]
    return (
        turned(finding.check),
        finding.ledger,
        turned(finding.category),
        finding.severity,
        finding.confidence,
        turned(finding.likely_side),
        *(reversed(spans) if swapped else spans),
    )


@few
@given(texts_a, texts_b)
def test_swapping_the_texts_mirrors_the_result(a: list[str], b: list[str]) -> None:
    one, other = compared(a, b), compared(b, a)
    assert {group_key(g, False) for g in one.groups} == {group_key(g, True) for g in other.groups}
    assert {finding_key(f, False) for f in one.findings} == {
        finding_key(f, True) for f in other.findings
    }


def test_swapping_the_seeds_mirrors_the_result() -> None:
    a, b = (read_article(path) for path in SEEDS)
    one, other = compare_articles(a, b), compare_articles(b, a)
    assert {group_key(g, False) for g in one.groups} == {group_key(g, True) for g in other.groups}
    assert {finding_key(f, False) for f in one.findings} == {
        finding_key(f, True) for f in other.findings
    }


def ids(result: Comparison, *checks: str) -> set[str]:
    return {f.finding_id for f in result.findings if f.check in checks}


@few
@given(st.permutations(range(8)), st.lists(st.sampled_from(["a", "b"]), max_size=4))
def test_a_finding_keeps_its_name_where_sentences_move(order: list[int], more: list[str]) -> None:
    checks = ("number", "negation")
    named = ids(compared(list(STORY), list(OTHERWISE)), *checks)
    assert len(named) >= 2
    a, b = list(STORY), [OTHERWISE[i] for i in order]
    for place, side in enumerate(more):
        (a if side == "a" else b).insert(place, f"A choir number {place} sang for the visitors.")
    assert named <= ids(compared(a, b), *checks)


def test_the_same_words_twice_are_two_findings() -> None:
    a = ["Some 12 boats were lost.", "Rain fell.", "Some 12 boats were lost."]
    b = ["Some 14 boats were lost.", "Rain fell.", "Some 14 boats were lost."]
    found = [f for f in compared(a, b).findings if f.check == "number"]
    assert len({f.finding_id for f in found}) == len(found) == 2


# What a run tells of itself


def test_a_warm_cache_encodes_nothing(tmp_path: Path) -> None:
    class Counting(BagOfWords):
        name = "counting"
        seen = 0

        def encode(self, texts: list[str]) -> Any:
            self.seen += len(texts)
            return unit(super().encode(texts))

    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path / "vectors.sqlite")
    a, b = (read_article(path) for path in SEEDS)
    cold = compare_articles(a, b, encoder=encoder, config=FORCE)
    texts = [piece.text for document in (cold.a, cold.b) for piece in pieces(document)]
    distinct = len(set(texts))
    assert (cold.run.encoded, cold.run.cached) == (distinct, len(texts) - distinct)
    warm = compare_articles(a, b, encoder=encoder, config=FORCE)
    assert (warm.run.encoded, warm.run.cached, inner.seen) == (0, len(texts), distinct)
    assert warm.groups == cold.groups
    assert warm.findings == cold.findings


def test_the_run_is_described() -> None:
    stages: list[str] = []
    a, b = article_from_text(STORY[0], label="A"), article_from_text(OTHERWISE[0], label="B")
    result = compare_articles(a, b, progress=stages.append)
    assert stages == ["segment", "embed", "align", "diff", "annotate", "detect"]
    assert [s.stage for s in result.run.stages] == stages
    assert all(s.wall >= 0 and s.cpu >= 0 for s in result.run.stages)
    assert result.run.encoder == "onnx"
    assert result.run.model.startswith("all-MiniLM-L6-v2-onnx-int8@")
    assert dict(result.run.packages)["numpy"] == np.__version__
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", result.run.started)


@pytest.mark.parametrize(
    ("encoder", "kind"),
    [
        (ENCODER, "given"),
        (OnnxEncoder(), "onnx"),
        (CachedEncoder(OnnxEncoder()), "onnx"),
    ],
)
def test_the_run_tells_what_encoded(encoder: Any, kind: str) -> None:
    assert compare_sentences(["He won."], ["He won."], encoder=encoder).run.encoder == kind


def test_the_name_of_a_pair_is_that_of_its_texts() -> None:
    one = compared(["He won."], ["He won!"])
    assert one.pair_id == compared(["He won."], ["He won!"]).pair_id
    assert one.pair_id != compared(["He won!"], ["He won."]).pair_id
    named = compared(["He won."], ["He won!"], FORCE.replace(pair_id="mine"))
    assert named.pair_id == "mine"
    assert {f.pair_id for f in named.findings} <= {"mine"}


def test_a_date_of_one_text_serves_the_other() -> None:
    a, b = (read_article(path) for path in SEEDS)
    result = compare_articles(a, b, FORCE, ENCODER)
    assert (a.date, b.date) == (dt.date(2021, 10, 20), None)
    assert (result.a.article.date_source, result.b.article.date_source) == ("text", "inferred")
    assert result.run.notes[0] == f"{b.label} has no date of its own: read as of 2021-10-20"


# What is refused


def test_two_stories_are_refused_unless_forced() -> None:
    a = ["The mayor of Oslo resigned.", "His party lost seats.", "A successor is sought."]
    b = ["Snow fell at noon.", "Trains ran late.", "More is expected.", "Roads were icy."]
    with pytest.raises(NotSameStoryError, match=r"only \d+% of A and \d+% of B.*--force"):
        compare_sentences(a, b, encoder=ENCODER)
    assert re.match(r"only \d+% of A", compared(a, b).run.notes[0])
    notes = compare_sentences(a, b, Config(min_coverage=0), ENCODER).run.notes
    assert not any("of A" in note for note in notes)


def test_an_article_without_a_sentence_is_refused() -> None:
    caption = "Kim in Seoul. (Yonhap News)"
    blocks = (Block(0, len(caption), Role.CAPTION, 0),)
    article = Article(caption, blocks, label="B")
    with pytest.raises(InputError, match=r"B holds no sentence to compare.*--sentences"):
        compare_articles(article_from_text("He won.", label="A"), article, encoder=ENCODER)


def test_unknown_checks_are_refused_before_any_work() -> None:
    with pytest.raises(UsageError, match="did you mean 'title'"):
        compare_sentences(["x"], ["x"], Config(select=("tilte",)))


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (np.zeros((1, 4)), r"shape \(1, 4\) for 2 sentences"),
        (np.zeros(2), r"shape \(2,\) for 2 sentences"),
        (np.full((2, 4), np.nan), "finite"),
        ([["x"], ["y"]], "failed"),
        ([[1.0], [1.0, 2.0]], "failed"),
    ],
)
def test_an_encoder_that_returns_something_else_is_named(returned: Any, said: str) -> None:
    class Wrong:
        def encode(self, texts: list[str]) -> Any:
            return returned

    with pytest.raises(SetupError, match=f"encoder Wrong .*{said}"):
        compare_sentences(["He won."], ["He won."], encoder=Wrong())  # type: ignore[arg-type]


def test_an_encoder_need_not_scale_its_vectors() -> None:
    class Scaled(BagOfWords):
        def encode(self, texts: list[str]) -> Any:
            return (super().encode(texts) * 1000).tolist()

    a, b = list(STORY), list(OTHERWISE)
    scaled = compare_sentences(a, b, FORCE, Scaled())  # type: ignore[arg-type]
    assert scaled.groups == compared(a, b).groups


# The two encoders


def test_both_encoders_align_the_seeds_alike() -> None:
    pytest.importorskip("sentence_transformers")
    a, b = (read_article(path) for path in SEEDS)
    fast = compare_articles(a, b, Config(select=("title",)), OnnxEncoder())
    full = compare_articles(
        a, b, Config(select=("title",)), SentenceTransformerEncoder(device="cpu")
    )
    assert full.run.encoder == "sentence-transformers"
    links = [{(g.a, g.b): g.score or 0 for g in r.groups if g.linked} for r in (fast, full)]
    # Where the evidence is even, rounding to 8 bits may tip it.
    for one, other in (links, links[::-1]):
        assert {key for key, score in one.items() if score >= 0.6} <= set(other)
    assert len(set(links[0]) & set(links[1])) >= 8
    names = [{f.finding_id for f in r.findings} for r in (fast, full)]
    assert names[0] == names[1] != set()
