"""The command line and what was decided: `verdicts`, and runs that honour it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stories import finding
from test_cli import A, B, findings

from compare import rules
from compare.cli import main
from compare.errors import ExitCode
from compare.links import Correction, Part, SentenceRef
from compare.project import DATABASE, Project
from compare.report import load_run
from compare.review import Review
from compare.rules import Rule
from compare.verdicts import Entry, entry, read_lines, to_lines

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.usefixtures("pair")


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files in the working directory, with one critical finding."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(B, "utf-8")


def run(*arguments: str) -> int:
    return main(["run", "a.txt", "b.txt", "-q", *arguments])


def decide(folder: Path, check: str, verdict: str = "dismissed", reviewer: str = "mk") -> str:
    """Decide the finding of a check in a run, as the page does; its name."""
    review = Review(load_run(folder), Project(folder.parent), reviewer, folder)
    chosen = next(f for f in review.findings if f.check == check)
    review.go(chosen.finding_id)
    review.decide(verdict)  # type: ignore[arg-type]
    return chosen.finding_id


# Runs


def test_a_plain_run_makes_no_log_and_loads_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from compare.cli import main; main(['run', 'a.txt', 'b.txt', '-q'])\n"
        "print(sorted({'sqlalchemy', 'tomlkit', 'psycopg'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.stderr == ""
    assert done.stdout.endswith("\n[]\n")
    assert [p.name for p in Path("reports").iterdir()] == ["a-vs-b"]
    assert Path("reports/a-vs-b/verdicts.jsonl").read_text() == ""


def test_a_decision_holds_in_later_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--fail-on", "critical") == ExitCode.FINDINGS
    assert "1. critical title" in capsys.readouterr().out
    decided = decide(Path("reports/a-vs-b"), "title")
    moved = A.split("\n\n")
    Path("a.txt").write_text("\n\n".join([moved[2].strip(), *moved[:2]]) + "\n", "utf-8")
    assert run("--fail-on", "critical") == ExitCode.OK
    out = capsys.readouterr().out
    assert "critical title" not in out
    assert "fact findings: 1 critical" in out
    assert re.search(r"Not listed here: .*1 dismissed", out)
    again = Path("reports/a-vs-b-2")
    (row,) = [f for f in load_run(again).findings if f.check == "title"]
    assert (row.finding_id, row.status, row.reviewer) == (decided, "dismissed", "mk")
    assert f"{decided}," in (again / "discrepancies.csv").read_text("utf-8")
    assert "review: dismissed" in (again / "report.html").read_text("utf-8")
    assert [e.finding_id for e in read_lines(again / "verdicts.jsonl")] == [decided]
    decide(Path("reports/a-vs-b-2"), "title", "accepted")
    assert run("--fail-on", "critical") == ExitCode.FINDINGS
    assert re.search(r", confidence 0.\d\d, review: accepted\n", capsys.readouterr().out)


def test_the_project_is_where_the_run_is_unless_it_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def titles(*arguments: str) -> list[str]:
        return [f["status"] for f in findings(capsys, *arguments) if f["check"] == "title"]

    assert run("-o", "team/one") == ExitCode.OK
    decide(Path("team/one"), "title")
    capsys.readouterr()
    assert titles() == ["open"]
    assert titles("--project", "team") == ["dismissed"]
    assert titles("-o", "team/two") == ["dismissed"]
    assert titles("-o", "elsewhere/run") == ["open"]
    assert titles("-o", "third/run", "--project", "team") == ["dismissed"]
    assert run("--project", "team") == ExitCode.OK
    assert {p.name for p in Path("team").iterdir() if p.is_dir()} == {"one", "two", "a-vs-b"}
    assert not Path("reports").exists()
    assert not Path("third/verdicts.sqlite").exists()


def test_rules_count_in_a_run() -> None:
    same = Rule("wording", words=("Mina Kerr the special envoy", "President Kerr"))
    rules.add(Path("reports/rules.toml"), same)
    assert run("--fail-on", "critical") == ExitCode.OK
    (title,) = [f for f in load_run(Path("reports/a-vs-b")).findings if f.check == "title"]
    assert (title.status, title.reason) == ("dismissed", "rule")
    assert "and “President Kerr” are the same" in title.note
    assert run("--fail-on", "critical", "--project", "other") == ExitCode.FINDINGS


def test_rules_about_names_are_settings_of_the_run() -> None:
    rules.add(Path("reports/rules.toml"), Rule("same", names=("Kerr", "Carr")))
    assert run() == ExitCode.OK
    assert load_run(Path("reports/a-vs-b")).config.same_entities == (("Kerr", "Carr"),)


def test_corrections_of_the_story_are_followed_unless_a_file_is_given() -> None:
    part = Part(
        (SentenceRef("She left for Bergen in the evening."),),
        (SentenceRef("In the evening, she left for Bergen."),),
    )

    def corrected(name: str, *arguments: str) -> object:
        assert run("-o", f"reports/{name}", *arguments) == ExitCode.OK
        return json.loads(Path("reports", name, "run.json").read_text("utf-8"))["links"]

    assert corrected("first") is None
    first = load_run(Path("reports/first"))
    project = Project("reports")
    project.log.register(first)
    project.correct(first.pair_id, Correction("unlink", (part,)))
    assert corrected("second")["corrections"] == 1  # type: ignore[index]
    groups = load_run(Path("reports/second")).groups
    assert sorted(g.link for g in groups) == ["1:1", "1:1", "a-only", "b-only"]
    Path("a.txt").write_text(A + "\nNobody was hurt.\n", "utf-8")
    assert corrected("third")["source"] == str(Path("reports/links").absolute())  # type: ignore[index]
    Path("links.json").write_text('{"schema_version": "1.0", "corrections": []}')
    assert corrected("fourth", "--links", "links.json")["source"] == "links.json"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("rules.toml", "[[rule]", ExitCode.INPUT, "cannot read the rules in"),
        ("verdicts.sqlite", "no database" * 99, ExitCode.ENVIRONMENT, "file is not a database"),
    ],
)
def test_a_project_that_cannot_be_used_is_told_before_any_work(
    name: str, content: str, code: ExitCode, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("reports").mkdir()
    Path("reports", name).write_text(content)
    assert main(["run", "a.txt", "b.txt"]) == code
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert told in line
    assert [p.name for p in Path("reports").iterdir()] == [name]


# verdicts


def log(*entries: Entry) -> None:
    Project("reports").log.add(entries)


def test_nothing_decided_is_no_error_and_makes_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("list", "stats", "export"):
        assert main(["verdicts", action]) == ExitCode.OK
        out, err = capsys.readouterr()
        assert out == ""
        assert err == "variant-compare: nothing has been decided in reports yet\n"
    assert not Path("reports").exists()


def test_decided_findings_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    log(
        entry(finding(2), "accepted", "mk", note="a\tb\n\x1b[2J\u202e", at="2024-01-02T00:00:00Z"),
        entry(finding(1), "dismissed", "jo", reason="other", at="2024-01-01T00:00:00Z"),
        entry(finding(3), "unsure", "jo"),
        entry(finding(3), "open", "jo"),
    )
    assert main(["verdicts", "list"]) == ExitCode.OK
    head, *rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert dict(zip(head, rows[0], strict=True)) == {
        "finding_id": "f001", "status": "dismissed", "at": "2024-01-01T00:00:00Z",
        "check": "name", "severity": "major", "reviewer": "jo", "reason": "other", "side": "",
        "a_span": "envoy 1", "b_span": "president 1", "note": "",
    }  # fmt: skip
    assert rows[1][-1] == "a b ␛[2J�"
    assert len(rows) == 2


def test_figures_of_checks_and_reviewers(capsys: pytest.CaptureFixture[str]) -> None:
    yes, no = "accepted", "dismissed"
    for i, (mk, jo) in enumerate([(yes, yes), (no, no), (yes, no)]):
        shown = finding(4 * i)
        log(entry(shown, mk, "mk"), entry(shown, jo, "jo"))  # type: ignore[arg-type]
    log(entry(finding(1), "unsure", "mk\u202e"))
    assert main(["verdicts", "stats"]) == ExitCode.OK
    assert capsys.readouterr().out == (
        "findings  accepted  dismissed  unsure  disputed\n"
        "4                1          1       1         1\n"
        "\n"
        "check  precision  accepted  dismissed  unsure  disputed\n"
        "name           -         0          0       1         0\n"
        "title       0.50         1          1       0         1\n"
        "\n"
        "reviewers  both decided  agree  kappa\n"
        "jo, mk                3      2   0.40\n"
    )


def test_a_log_goes_out_and_comes_in(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    log(*(entry(finding(i), "accepted", "mk", note="ü\u2028") for i in range(5)))
    entries = Project("reports").log.entries()
    assert main(["verdicts", "export"]) == ExitCode.OK
    printed = capsysbinary.readouterr().out
    assert printed == to_lines(entries).encode()
    assert main(["verdicts", "export", "-o", "all.jsonl"]) == ExitCode.OK
    assert Path("all.jsonl").read_bytes() == printed
    for told in (b"5 added, 0 there already\n", b"0 added, 5 there already\n"):
        assert main(["verdicts", "import", "all.jsonl", "--project", "other"]) == ExitCode.OK
        assert capsysbinary.readouterr().out == told
    assert Project("other").log.entries() == entries


def test_a_log_that_moved_still_knows_its_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == ExitCode.OK
    decided = decide(Path("reports/a-vs-b"), "title")
    assert main(["verdicts", "export", "-o", "all.jsonl"]) == ExitCode.OK
    assert main(["verdicts", "import", "all.jsonl", "--project", "other"]) == ExitCode.OK
    Path("a.txt").write_text(A + "\nNobody was hurt.\n", "utf-8")
    capsys.readouterr()
    statuses = {f["finding_id"]: f["status"] for f in findings(capsys, "--project", "other")}
    assert statuses[decided] == "dismissed"
    assert Project("other").log.related(replace(load_run(Path("reports/a-vs-b")), pair_id="new"))


@pytest.mark.postgres
def test_a_log_moves_to_postgresql(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    log(*(entry(finding(i), "accepted", "mk") for i in range(700)))
    assert main(["verdicts", "export", "-o", "all.jsonl"]) == ExitCode.OK
    monkeypatch.setenv(DATABASE, postgres_url)
    assert main(["verdicts", "import", "all.jsonl"]) == ExitCode.OK
    assert capsys.readouterr().out == "700 added, 0 there already\n"
    assert main(["verdicts", "stats", "--project", "anywhere"]) == ExitCode.OK
    assert "\n700            700          0       0         0\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["import", "none.jsonl"], ExitCode.INPUT, "cannot read the decisions in none.jsonl"),
        (["import", "a.txt"], ExitCode.INPUT, "line 1 of a.txt is no decision"),
        (["import"], ExitCode.USAGE, "FILE"),
        (["export", "-o", "."], ExitCode.USAGE, ". is a folder: name a file with -o"),
        (["list", "--project", "broken"], ExitCode.ENVIRONMENT, "file is not a database"),
        ([], ExitCode.USAGE, "ACTION"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], code: ExitCode, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken").mkdir()
    Path("broken/verdicts.sqlite").write_text("no database" * 99)
    assert main(["verdicts", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err
    assert not Path("reports").exists()


def test_an_export_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    log(entry(finding(1), "accepted", "mk"))
    assert main(["verdicts", "export", "-o", "a.txt/x"]) == ExitCode.ENVIRONMENT
    assert "cannot write a.txt/x" in capsys.readouterr().err


def test_a_database_of_no_use_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE, "mysql://jo:secret@host/x")
    acts: list[Callable[[], int]] = [lambda: main(["verdicts", "list"]), run]
    for act in acts:
        assert act() == ExitCode.USAGE
        err = capsys.readouterr().err
        assert "of the kind 'mysql'" in err
        assert "secret" not in err
