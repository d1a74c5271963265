"""The Python interface."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import compare
from compare import Comparison, Config, compare_sentences, compare_texts
from compare.cli import main
from compare.errors import CompareError, InputError, UsageError
from compare.report import to_json
from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
A = "Mina Kerr, the special envoy for fisheries, spoke in Oslo.\n\nKerr left on Tuesday."
B = "Special envoy for fisheries Mina Kerr spoke in Oslo.\n\nOn Tuesday, President Kerr left."


def test_texts_are_compared() -> None:
    result = compare_texts(A, B)
    assert isinstance(result, Comparison)
    assert [([s.index for s in g.a], [s.index for s in g.b]) for g in result.groups] == [
        ([0], [0]),
        ([1], [1]),
    ]
    for group in result.groups:
        assert 0 < (group.score or 0) <= 1
        assert group.moved is False
        assert all(A[s.start : s.end] == s.text for s in group.a)
        assert all(B[s.start : s.end] == s.text for s in group.b)
    (finding,) = [f for f in result.findings if f.check == "title"]
    assert finding.b_start is not None
    assert B[finding.b_start : finding.b_end] == finding.b_span == "President Kerr"
    assert (finding.likely_side, finding.status) == ("b", "open")
    assert list(result.pairs_frame().columns) == list(PAIR_COLUMNS)
    assert list(result.findings_frame().columns) == list(FINDING_COLUMNS)
    assert len(result.findings_frame()) == len(result.findings)


def test_a_finding_has_the_fields_of_the_table() -> None:
    (finding,) = compare_texts(A, B, Config(select=("title",))).findings
    assert all(hasattr(finding, name) for name in FINDING_COLUMNS)


def test_sentences_are_taken_as_they_are() -> None:
    result = compare_sentences(["He came. He saw.", "He won."], ["He won.", "He came. He saw."])
    assert [s.text for s in result.a] == ["He came. He saw.", "He won."]
    pairs = [(g.a[0].index, g.b[0].index) for g in result.groups if g.linked]
    assert pairs == [(0, 1), (1, 0)]
    assert any(g.moved for g in result.groups)


def test_an_encoder_of_ones_own_needs_one_method() -> None:
    class Lengths:
        def encode(self, texts: list[str]) -> Any:
            seen.extend(texts)
            return np.array([[len(t), 1.0] for t in texts], dtype=np.float32)

    seen: list[str] = []
    result = compare_texts(A, B, Config(force=True), encoder=Lengths())  # type: ignore[arg-type]
    assert seen == [s.text for s in (*result.a, *result.b)]
    assert (result.run.encoder, result.run.model) == ("given", "Lengths")
    assert result.run.encoded == len(seen)


def test_settings_count() -> None:
    config = Config(a_label="Ours", select=("title",), min_confidence=0.99)
    result = compare_texts(A, B, config)
    assert result.config is config
    assert (result.a.article.label, result.b.article.label) == ("Ours", "B")
    assert result.findings == ()
    lines = compare_texts("He came. He saw.\nHe won.", "He won.", Config(sentences=True))
    assert [s.text for s in lines.a] == ["He came. He saw.", "He won."]
    with pytest.raises(UsageError, match="unknown setting 'min_confidance': did you mean 'min_con"):
        Config().replace(min_confidance=0.3)
    with pytest.raises(UsageError, match="min_coverage is 3"):
        Config(min_coverage=3)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("", "He won.", "A holds only whitespace"),
        ("He won.", " \n", "B holds only whitespace"),
        ("He won. " * 50, "He won.", "A is too long: .* limit is 100;"),
    ],
)
def test_texts_that_cannot_be_used(a: str, b: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        compare_texts(a, b, Config(max_chars=100))
    assert isinstance(caught.value, CompareError)


@pytest.mark.parametrize(
    ("a", "said"), [([], "nothing to compare"), (["He won.", " "], "sentence 1 .* is empty")]
)
def test_sentences_that_cannot_be_used(a: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        compare_sentences(a, ["He won."])


def test_it_is_the_same_as_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    labels = ["--a-label", "A", "--b-label", "B"]
    arguments = ["run", *map(str, SEEDS), *labels, "-q", "--format", "json"]
    assert main(arguments) == 0
    commanded = json.loads(capsys.readouterr().out)
    a, b = (path.read_text("utf-8") for path in SEEDS)
    called = json.loads(to_json(compare_texts(a, b, Config(a_label="A", b_label="B"))))
    for record in (commanded, called):
        for side in "ab":
            del record[side]["source"]
    assert called == commanded


def test_names_are_loaded_when_they_are_used() -> None:
    for name in compare.__all__:
        assert getattr(compare, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'compare_text'"):
        _ = compare.compare_text
    code = "import sys, compare; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
