"""Pairs of files checked as a compiler does: lines, places, baselines, CI and hooks."""

from __future__ import annotations

import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.baseline import load_baseline
from compare.cli import main
from compare.errors import ExitCode, InputError
from compare.lint import Located, Location, github_line, location, text_line
from compare.pipeline import compare_texts

ROOT = Path(__file__).parents[1]

A = """\
Mina Kerr, the special envoy for fisheries, spoke in Oslo on Monday.

Kerr said that the storm had cost twelve boats and that the harbour would stay closed.

She left for Bergen in the evening.
"""
B = """\
Special envoy for fisheries Mina Kerr spoke in Oslo on Monday.

President Kerr said that the storm had cost twelve boats and that the harbour would stay closed.

In the evening, she left for Bergen.
"""
CLEAN = B.replace("President", "Envoy")
TWO = B.replace("twelve", "fourteen")
OTHER = "The orchestra opened its season.\n\nTickets had been sold out for weeks.\n"
PAIRS = """\
[[pairs]]
a = "en/x.txt"
b = "mt/x.txt"
[[pairs]]
a = "en/y.txt"
b = "mt/y.txt"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pairs, the first of which has a critical finding."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    for name, text in (("en/x", A), ("mt/x", B), ("en/y", A), ("mt/y", CLEAN)):
        path = Path(f"{name}.txt")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    Path("variant-compare.toml").write_text(PAIRS, "utf-8")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> list[str]:
    """What the command tells on standard output."""
    assert main(["check", *arguments]) == code
    return capsys.readouterr().out.splitlines()


def finding(message: str = "They differ.", **fields: Any) -> Located:
    (first, *_) = compare_texts(A, B).findings
    found = replace(first, message=message, check="title", severity="critical", likely_side="b")
    places = {"a": Location("en/x.txt", 3, 1), "b": Location("mt/x.txt", 3, 11)}
    return Located(replace(found, **fields), places)  # type: ignore[arg-type]


# Lines


def test_a_line_for_each_fact_that_differs(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = lines(capsys, 1, "en/x.txt", "mt/x.txt")
    found = re.fullmatch(
        r"mt/x\.txt:3:1: critical title: .*“President”.*"
        r" \[A en/x\.txt:\d+:\d+; B mt/x\.txt:3:1\]",
        line,
    )
    assert found
    assert lines(capsys, 0, "en/y.txt", "mt/y.txt") == []
    assert {p.name for p in Path().iterdir()} == {"en", "mt", "variant-compare.toml"}


def test_the_level_says_what_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mt/x.txt").write_text(TWO, "utf-8")
    every = lines(capsys, 0, "--fail-on", "never", "en/x.txt", "mt/x.txt")
    assert {line.split()[1] for line in every} == {"critical", "major"}
    assert lines(capsys, 1, "--fail-on", "neutral", "en/x.txt", "mt/x.txt") == every
    (worst,) = lines(capsys, 1, "--fail-on", "critical", "en/x.txt", "mt/x.txt")
    assert worst == every[0]
    assert len(lines(capsys, 1, "en/x.txt", "mt/x.txt", "--ignore", "number")) == 1


@pytest.mark.parametrize(
    ("offset", "place"), [(0, "f:1:1"), (3, "f:1:4"), (4, "f:2:1"), (5, "f:3:1"), (7, "f:3:3")]
)
def test_lines_and_columns_count_from_1(offset: int, place: str) -> None:
    assert str(location("f", "abc\n\ndef", offset)) == place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_places_are_those_of_the_file(encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = B.replace("In the", "“Naïve” – in the").replace("\n", "\r\n")
    Path("mt/x.txt").write_bytes(text.encode(encoding))
    (line,) = lines(capsys, 1, "en/x.txt", "mt/x.txt")
    assert line.startswith("mt/x.txt:3:1: ")


def test_an_extracted_text_has_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    body = "".join(f"<p>{line}</p>" for line in B.split("\n\n"))
    Path("mt/x.html").write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    (line,) = lines(capsys, 1, "en/x.txt", "mt/x.html")
    assert line.startswith("mt/x.html: critical title: ")
    assert line.endswith("; B mt/x.html]")
    (line,) = lines(capsys, 1, "en/x.txt", "mt/x.html", "--format", "github")
    assert line.startswith("::error file=mt/x.html,title=critical title::")


def test_one_text_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(B.encode())))
    (line,) = lines(capsys, 1, "en/x.txt", "-")
    assert line.startswith("<stdin>:3:1: ")
    assert lines(capsys, ExitCode.USAGE, "-", "-") == []


def test_github_gets_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = lines(capsys, 1, "en/x.txt", "mt/x.txt", "--format", "github")
    assert re.fullmatch(
        r"::error file=mt/x\.txt,line=3,col=1,title=critical title::.*President.*", line
    )


@pytest.mark.parametrize(
    ("severity", "level"),
    [("critical", "error"), ("major", "error"), ("minor", "warning"), ("neutral", "notice")],
)
def test_github_has_levels_of_its_own(severity: str, level: str) -> None:
    assert github_line(finding(severity=severity)).startswith(f"::{level} file=")


def test_nothing_in_a_name_or_a_text_is_a_command() -> None:
    item = finding("100%0A\n::error::x\r\x1b[2J ##[add-mask]y, a: b")
    odd = Located(item.finding, {"b": Location("a,b:c%\n::stop.txt", 1, 2)})
    line = github_line(odd)
    assert "\n" not in line
    assert line.startswith(
        "::error file=a%2Cb%3Ac%25%0A%3A%3Astop.txt,line=1,col=2,title=critical title::"
        "100%250A ::error::x ␛[2J ##[add-mask]y, a: b [B "
    )
    told = text_line(odd)
    assert not re.search(r"[\n\r\x1b]|##\[", told)
    assert told.startswith("a,b:c% ::stop.txt:1:2: critical title: ")


def test_paths_are_those_of_the_checkout(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here))
    monkeypatch.chdir(here / "mt")
    (line,) = lines(capsys, 1, "../en/x.txt", "x.txt", "--format", "github")
    assert line.startswith("::error file=mt/x.txt,line=3,")
    assert line.endswith("B x.txt:3:1]")


# Which pairs


def test_all_pairs_of_the_configuration_are_checked(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["check"]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["mt/x.txt"]
    assert err == "variant-compare: pairs: 2, failed: 0, findings: 1, known: 0\n"
    monkeypatch.chdir(here / "en")
    (line,) = lines(capsys, 1, "-q")
    assert line.startswith(str(Path("..", "mt", "x.txt:3:1: ")))


@pytest.mark.parametrize(
    ("files", "count"),
    [
        (["en/x.txt"], 1),
        (["mt/x.txt", "en/x.txt"], 1),
        (["mt/y.txt"], 0),
        (["en/x.txt", "en/y.txt", "README.md"], 1),
        (["README.md"], 0),
        ([], 1),
        (["./en/../mt/x.txt"], 1),
    ],
)
def test_a_hook_checks_the_pairs_of_its_files(
    files: list[str], count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(lines(capsys, int(bool(count)), "--pairs", *files)) == count


def test_the_days_of_a_pair_count(capsys: pytest.CaptureFixture[str]) -> None:
    Path("en/x.txt").write_text(A.replace("on Monday", "on 18 October 2021"), "utf-8")
    Path("mt/x.txt").write_text(CLEAN, "utf-8")
    for day, code in (("2021-10-20", 0), ("2021-10-28", 1)):
        text = f'[[pairs]]\na = "en/x.txt"\nb = "mt/x.txt"\nb-date = {day}\n'
        Path("variant-compare.toml").write_text(text, "utf-8")
        assert len(lines(capsys, code)) == code
        assert len(lines(capsys, code, "en/x.txt", "mt/x.txt")) == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x"], "name two files, A and B"),
        (["x", "y", "z"], "with --pairs any number"),
        (["--no-config"], "list pairs in the configuration file"),
        (["--pairs", "x", "--no-config"], "list pairs in the configuration file"),
        (["--fail-on", "bad"], "--fail-on"),
        (["--select", "titel"], "did you mean 'title'"),
        (["--baseline", "run"], "is a run of one pair"),
    ],
)
def test_wrong_usage_is_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "run" in arguments:
        assert main(["run", "en/x.txt", "mt/x.txt", "-q", "-o", "run"]) == ExitCode.OK
        capsys.readouterr()
    assert main(["check", *arguments]) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_a_pair_that_cannot_be_compared_stops_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("en/y.txt").unlink()
    Path("variant-compare.toml").write_text(
        PAIRS.replace("x.txt", "z.txt").replace("y.txt", "x.txt").replace("z.txt", "y.txt"),
        "utf-8",
    )
    assert main(["check"]) == ExitCode.INPUT
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "error: en/y.txt and mt/y.txt: cannot read en/y.txt: there is no such file" in err
    Path("en/y.txt").write_text(OTHER, "utf-8")
    assert main(["check", "en/y.txt", "mt/y.txt"]) == ExitCode.INPUT
    assert "do not seem to tell the same story" in capsys.readouterr().err


# What is known


def test_only_what_is_new_counts_also_when_the_text_moves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lines(capsys, 0, "--write-baseline", "known.json") == []
    record = json.loads(Path("known.json").read_text("utf-8"))
    assert [(p["a"], p["b"], len(p["findings"])) for p in record["pairs"]] == [
        ("en/x.txt", "mt/x.txt", 1),
        ("en/y.txt", "mt/y.txt", 0),
    ]
    assert set(record["pairs"][0]["findings"][0]) == {
        "finding_id", "check", "severity", "message",
    }  # fmt: skip
    assert lines(capsys, 0, "--baseline", "known.json") == []
    Path("mt/x.txt").write_text("Rain was forecast for Tuesday.\n\n" + B, "utf-8")
    assert lines(capsys, 0, "--baseline", "known.json") == []
    Path("mt/x.txt").write_text(TWO, "utf-8")
    (line,) = lines(capsys, 1, "--baseline", "known.json")
    assert "number" in line.split(": ")[1]
    # The same words in another pair are another finding.
    Path("mt/y.txt").write_text(B, "utf-8")
    assert [line.split(":")[0] for line in lines(capsys, 1, "--baseline", "known.json")] == [
        "mt/x.txt",
        "mt/y.txt",
    ]


def test_a_baseline_holds_in_every_folder_and_keeps_other_pairs(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines(capsys, 0, "--write-baseline", "known.json") == []
    before = Path("known.json").read_bytes()
    assert lines(capsys, 0, "en/y.txt", "mt/y.txt", "--write-baseline", "known.json") == []
    assert Path("known.json").read_bytes() == before
    monkeypatch.chdir(here / "mt")
    assert lines(capsys, 0, "--baseline", "../known.json", "../en/x.txt", "x.txt") == []


def test_a_run_is_a_baseline_of_its_pair(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "en/x.txt", "mt/x.txt", "-q", "-o", "run"]) == ExitCode.OK
    capsys.readouterr()
    for path in ("run", "run/comparison.json"):
        assert lines(capsys, 0, "en/x.txt", "mt/x.txt", "--baseline", path) == []
    Path("mt/x.txt").write_text(TWO, "utf-8")
    assert len(lines(capsys, 1, "en/x.txt", "mt/x.txt", "--baseline", "run")) == 1


BAD = [
    (None, "No such file"),
    (b"\xff", "it is not JSON in UTF-8"),
    (b"[" * 100_000, "it is not JSON in UTF-8"),
    (b"[]", "it has no schema_version"),
    (b'{"baseline_version": "2.0"}', "it is of version '2.0'"),
    (b'{"baseline_version": 1}', "it is of version"),
    (b'{"baseline_version": "1.0"}', "its pairs have not all"),
    (b'{"baseline_version": "1.0", "pairs": [1]}', "its pairs have not all"),
    (b'{"baseline_version": "1.0", "pairs": [{"a": 1, "b": "", "findings": []}]}', "its pairs"),
    (
        b'{"baseline_version": "1.0", "pairs": [{"a": "", "b": "", "findings": [{}]}]}',
        "its findings have not all a finding_id",
    ),
]


@pytest.mark.parametrize(("data", "said"), BAD, ids=[said for _, said in BAD])
def test_a_bad_baseline_is_3(
    data: bytes | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if data is not None:
        Path("known.json").write_bytes(data)
    with pytest.raises(InputError, match=re.escape(said)):
        load_baseline(Path("known.json"))
    assert main(["check", "--baseline", "known.json"]) == ExitCode.INPUT
    assert capsys.readouterr().out == ""


def test_nothing_else_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("notes.json", "{}"), ("en/x.txt", A)):
        Path(name).write_text(text, "utf-8")
        assert main(["check", "--write-baseline", name]) == ExitCode.INPUT
        assert Path(name).read_text("utf-8") == text
    Path("en/y.txt").unlink()
    assert main(["check", "--write-baseline", "known.json"]) == ExitCode.INPUT
    assert not Path("known.json").exists()


def test_what_was_dismissed_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    rule = '[[rule]]\nkind = "entity"\nnames = ["Kerr"]\n'
    for folder, arguments in (("reports", []), ("house", ["--project", "house"])):
        assert len(lines(capsys, 1, *arguments)) == 1
        Path(folder).mkdir()
        Path(folder, "rules.toml").write_text(rule, "utf-8")
        assert lines(capsys, 0, *arguments) == []
        assert {p.name for p in Path(folder).iterdir()} == {"rules.toml"}
        Path(folder, "rules.toml").unlink()


# CI and hooks


def documented(number: int) -> Any:
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    return yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)[number])


def test_the_workflow_of_the_documents_works(capsys: pytest.CaptureFixture[str]) -> None:
    workflow = documented(0)
    assert workflow[True] == ["pull_request"]  # YAML 1.1 takes `on` for a truth value
    (job,) = workflow["jobs"].values()
    commands = [shlex.split(step["run"]) for step in job["steps"] if "run" in step]
    assert [command[0] for command in commands] == ["pip", "variant-compare"]
    (line,) = lines(capsys, 1, *commands[1][2:])
    assert line.startswith("::error file=mt/x.txt,line=3,")


@pytest.mark.parametrize("where", ["docs", "repository"])
def test_the_hooks_work(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    if where == "docs":
        (repository,) = documented(1)["repos"]
        (hook,) = repository["hooks"]
    else:
        (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    # Several at a time would each load the models.
    assert hook["require_serial"] is True
    assert re.search(hook["files"], "en/x.txt")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "variant-compare"
    assert main([*arguments, "mt/x.txt"]) == ExitCode.FINDINGS
    assert main([*arguments, "en/y.txt", "mt/y.txt", "en/other.txt"]) == ExitCode.OK
    assert capsys.readouterr().out.count("\n") == 1


def test_the_commands_of_the_documents_work(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    (settings,) = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
    Path("variant-compare.toml").unlink()
    Path("pyproject.toml").write_text(settings.replace("envoy.txt", "x.txt"), "utf-8")
    (block,) = re.findall(r"^```bash\n(.*?)^```", text, re.M | re.S)
    first, *others = (shlex.split(line, comments=True)[1:] for line in block.splitlines())
    assert main(["check"]) == ExitCode.INPUT  # no baseline yet
    for arguments in (first, *others, first):
        assert main(arguments) == ExitCode.OK
        assert capsys.readouterr().out == ""
    Path("mt/x.txt").write_text(TWO, "utf-8")
    for arguments, code in zip(others, (1, 0), strict=True):
        assert main(arguments) == code
        assert "number" in capsys.readouterr().out
