"""The measures of ``benchmarks/drift.py``, counted by hand, and its runner."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from benchmarks import drift
from compare.config import Config


def test_examples() -> None:
    result = doctest.testmod(drift)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("positives", "negatives", "at", "found"),
    [
        ([1.0, 2, 3, 4], [0.0, 0, 0, 0], 0.0, 1.0),
        # twenty negatives, one may pass: the limit is the second highest
        ([8.0, 9, 10, 20], [*range(10), *range(10)], 0.05, 0.5),
        # ties at the limit are neither flagged nor found, though fewer than 5 % then pass
        ([5.0, 5, 6], [5.0] * 10 + [0.0] * 10, 0.05, 1 / 3),
        ([1.0, 1], [1.0] * 20, 0.05, 0.0),
        # below twenty negatives none may pass
        ([2.0, 4], [1.0, 2, 3], 0.05, 0.5),
    ],
)
def test_detection_at_fixed_false_alarms(
    positives: list[float], negatives: list[float], at: float, found: float
) -> None:
    assert drift.detection(positives, negatives, at) == pytest.approx(found)
    assert drift.above(negatives, drift.threshold(negatives, at)) <= at


@pytest.mark.parametrize(
    ("positives", "negatives", "area"),
    [
        ([2.0, 3], [0.0, 1], 1.0),
        ([0.0, 1], [2.0, 3], 0.0),
        ([1.0, 1], [1.0, 1, 1], 0.5),
        ([1.0, 3], [2.0, 3], (0 + 0 + 1 + 0.5) / 4),
    ],
)
def test_auc(positives: list[float], negatives: list[float], area: float) -> None:
    assert drift.auc(positives, negatives) == area


def test_balanced_accuracy_does_not_depend_on_how_many_of_each() -> None:
    assert drift.balanced_accuracy([True] * 3 + [False], [False] * 9 + [True]) == 0.825
    assert drift.balanced_accuracy([True] * 30 + [False] * 10, [False] * 9 + [True]) == 0.825


def test_best_balanced_accuracy() -> None:
    assert drift.best_balanced_accuracy([1.0, 2], [1.0, 2]) == 0.5
    assert drift.best_balanced_accuracy([0.0], [1.0]) == 0.5  # no threshold does worse than chance
    assert drift.best_balanced_accuracy([1.0, 5, 6], [0.0, 1, 2]) == pytest.approx(5 / 6)


def test_chrf() -> None:
    # one-grams 2 of 3, two-grams 1 of 2, three-grams 0 of 1 on both sides
    assert drift.chrf("abc", "abd") == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert drift.chrf("a b c", "abc") == 1
    # precision 1, recall (1/2 + 0) … only one-grams exist in the hypothesis: recall 1/2
    assert drift.chrf("a", "ab") == pytest.approx(5 * 0.5 / (4 + 0.5))


@pytest.mark.parametrize(
    ("latin", "hangul", "fits"),
    [
        ("Rhee Syng-man", "이승만", True),
        ("Seung-man Yi", "이승만", True),
        ("Park Chung-hee", "박정희", True),
        ("Bak Jeong-hui", "박정희", True),
        ("Kim Youngmin", "김영민", True),
        ("Michael Kim", "김영민", False),
        ("Li Xiucheng", "이수성", False),
        ("Kim", "김영민", False),
        ("Hafez Assad", "Hafez", False),
    ],
)
def test_spells(latin: str, hangul: str, fits: bool) -> None:
    assert drift.spells(latin, hangul) is fits


A = "Mina Kerr left Oslo at 5 p.m. on Monday with 300 guests."
B = "Mina Kerr departed from Oslo on Monday at 5 p.m. with 300 guests."
C = "Mina Kerr departed from Oslo on Monday at 5 p.m. with 900 guests."


def test_a_finding_ranks_above_every_tie_breaker(tmp_path: Path) -> None:
    run = drift.Runner(Config(select=("number", "date")), tmp_path)
    run.prepare("some", [A, B, C, "It rained."])
    same, other, unlike = run(A, B), run(A, C), run(A, "It rained.")
    assert same.checks == unlike.checks == set()
    assert other.checks == {"number", drift.ANY}
    assert same.score < unlike.score < other.score
    # read back from the cache, the parses give the same
    again = drift.Runner(Config(select=("number", "date")), tmp_path)
    again.prepare("some", [A, B, C])
    assert list(tmp_path.glob("some-*.spacy"))
    assert again(A, C).facts == other.facts
    assert again(A, C).score == pytest.approx(other.score)


def test_the_command_prints_each_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "drift").mkdir()
    row = f'"ref": "{A}", "mt": "{B}", "pert": "{C}"'
    (tmp_path / "drift" / "demetr.jsonl").write_text(
        f'{{"cat": "numbers_replaced", "sev": "critical", {row}}}\n', "utf-8"
    )
    (tmp_path / "drift" / "human_pairs.jsonl").write_text(f'{{"a": "{A}", "b": "{B}"}}\n', "utf-8")
    drift.main([str(tmp_path), str(tmp_path), "--only", "demetr,human", "--checks", "number"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:4] == ["numbers_replaced", "1", "100", "%"] for line in lines)
    assert lines[-1].split() == ["any", "0.0", "%", "0.0", "%"]


def test_an_unknown_set_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        drift.main(["data", "gold", "--only", "demeter"])
    assert "unknown set demeter" in capsys.readouterr().err
