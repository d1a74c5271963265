"""What is new since an earlier run, and which findings make a run fail."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from test_cli import CLEAN, A, B
from test_report import Page, comparison, finding, summary, with_findings

from compare.baseline import since
from compare.cli import _exit_code, main
from compare.errors import ExitCode
from compare.records import BaselineInfo, Comparison
from compare.report import discrepancies_csv, load_run, to_html

MORE = B + "\nPrime Minister Kerr said that nobody had seen the 40 boats again.\n"
ALSO = A + "\nKerr, the envoy, said that nobody had seen the 14 boats again.\n"


def some(*names: str) -> Comparison:
    base = comparison()
    return with_findings(
        base,
        *(finding(base.a, base.b, "Monday", "Tuesday", n, finding_id=n) for n in names),
    )


def test_each_finding_is_new_or_known_and_the_gone_ones_are_counted() -> None:
    later = since(some("one", "two", "three"), some("three", "four", "five", "six"), "before")
    assert {f.finding_id: f.new for f in later.findings} == {
        "one": True, "two": True, "three": False,
    }  # fmt: skip
    assert later.run.baseline == BaselineInfo("before", "pair", new=2, known=1, gone=3)
    again = since(later, later)
    assert not any(f.new for f in again.findings)


def test_it_is_shown() -> None:
    later = since(some("one", "two"), some("two", "four"))
    text = summary(later)
    assert "since the baseline: 1 new, 1 as before, 1 gone" in text
    assert "1. critical one (fact), probably wrong: B, confidence 0.91, new\n" in text
    assert "2. critical two (fact), probably wrong: B, confidence 0.91\n" in text
    page = to_html(later)
    assert page.count('<span class="badge new">new</span>') == 1
    assert Page(page).ids
    assert discrepancies_csv(later) == discrepancies_csv(some("one", "two"))
    plain = some("one", "two")
    assert "baseline" not in summary(plain)
    assert '"badge new"' not in to_html(plain)


@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        ({}, True),
        ({"status": "accepted"}, True),
        ({"status": "unsure"}, True),
        ({"status": "dismissed"}, False),
        ({"new": True}, True),
        ({"new": False}, False),
        ({"new": True, "status": "dismissed"}, False),
    ],
    ids=str,
)
def test_what_makes_a_run_fail(changes: dict[str, object], fails: bool) -> None:
    result = some("one")
    changed = with_findings(result, *(dataclasses.replace(f, **changes) for f in result.findings))  # type: ignore[arg-type]
    expected = ExitCode.FINDINGS if fails else ExitCode.OK
    assert _exit_code(changed, "critical") == expected
    assert _exit_code(changed, "never") == ExitCode.OK


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An earlier run on two files in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(B, "utf-8")
    assert main(["run", "a.txt", "b.txt", "-q", "-o", "before"]) == ExitCode.OK
    return "before"


def test_a_run_tells_what_is_new(before: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["run", "a.txt", "b.txt", "-q", "--baseline", before, "--fail-on", "minor"]
    capsys.readouterr()
    assert main([*command, "-o", "same"]) == ExitCode.OK
    assert "since the baseline: 0 new, 1 as before, 0 gone" in capsys.readouterr().out
    # The article is edited elsewhere: what was found is known still, what is added is new.
    Path("a.txt").write_text(ALSO, "utf-8")
    Path("b.txt").write_text(MORE, "utf-8")
    assert main([*command, "-o", "more"]) == ExitCode.FINDINGS
    later = load_run("more")
    old = {f.finding_id for f in load_run(before).findings}
    assert {f.finding_id for f in later.findings if f.new is False} == old
    assert any(f.new for f in later.findings)
    # And what is mended is gone.
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(CLEAN, "utf-8")
    assert main([*command, "-o", "clean", "--baseline", "before/comparison.json"]) == ExitCode.OK
    told = json.loads(Path("clean/run.json").read_text("utf-8"))["baseline"]
    assert told == {
        "source": "before/comparison.json",
        "pair_id": load_run(before).pair_id,
        "new": 0, "known": 0, "gone": 1,
    }  # fmt: skip


def test_a_baseline_that_is_none_is_told_before_the_work(
    before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for bad in ("nowhere", "a.txt"):
        assert main(["run", "a.txt", "b.txt", "--baseline", bad]) == ExitCode.INPUT
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert "segment" not in err
        assert bad in err
