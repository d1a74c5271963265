"""The command line: what it prints and writes, its exit codes, and what it imports."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from compare.checks import default_registry
from compare.cli import main
from compare.embed import OnnxEncoder
from compare.errors import ExitCode
from compare.report import schema

ROOT = Path(__file__).parents[1]
SEEDS = sorted(str(path) for path in (ROOT / "seeds").glob("*.txt"))

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
OTHER = """\
The orchestra opened its season with a symphony by Mahler.

Tickets had been sold out for weeks, the box office said.
"""


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The names of two files in the working directory, with one critical finding."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(B, "utf-8")
    return "a.txt", "b.txt"


def start(*arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "compare", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# What it does


def test_run_prints_a_summary_and_writes_a_new_folder_each_time(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a-vs-b", "a-vs-b-2"):
        assert main(["run", *pair]) == ExitCode.OK
        out, err = capsys.readouterr()
        assert "1. critical title (fact), probably wrong: B" in out
        assert "[[President Kerr]]" in out
        assert "A 2 ↔ B 2" in out
        assert str(Path("reports", folder, "report.html")) in out
        assert {p.name for p in Path("reports", folder).iterdir()} == {
            "pairs.csv", "discrepancies.csv", "comparison.json", "report.html", "run.json",
            "a.txt", "b.txt", "verdicts.jsonl",
        }  # fmt: skip
        assert err == (
            "variant-compare: read · segment · embed · align · diff · annotate · detect · report\n"
        )


def test_formats_on_standard_output_are_the_files(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"json": "comparison.json", "csv": "discrepancies.csv", "html": "report.html"}
    printed = {}
    for form, name in files.items():
        assert main(["run", *pair, "-q", "-o", form, "--format", form]) == ExitCode.OK
        printed[form], err = capsys.readouterr()
        assert err == ""
        assert printed[form].encode() == Path(form, name).read_bytes()
    jsonschema.validate(json.loads(printed["json"]), schema(), jsonschema.Draft202012Validator)
    assert "title" in pd.read_csv(io.StringIO(printed["csv"])).check.tolist()
    parser = HTMLParser()
    parser.feed(printed["html"])
    parser.close()
    assert printed["html"].startswith("<!DOCTYPE html>")


def test_a_format_alone_writes_no_files(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *pair, "--format", "csv"]) == ExitCode.OK
    assert {p.name for p in Path().iterdir()} == {*pair}
    assert rows(capsys.readouterr().out)


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main(["run", "a.txt", "b.txt", "-q", "--format", "csv", *arguments]) == ExitCode.OK
    return rows(capsys.readouterr().out)


@pytest.mark.usefixtures("pair")
def test_checks_are_chosen_and_findings_thinned_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.txt").write_text(B + "\nNobody was hurt.\n", "utf-8")
    everything = findings(capsys)
    assert {"title", "addition"} <= {f["check"] for f in everything}
    assert {f["check"] for f in findings(capsys, "--select", "title, addition")} == {
        "title",
        "addition",
    }
    assert "title" not in {f["check"] for f in findings(capsys, "--ignore", "title")}
    best = max(everything, key=lambda f: float(f["confidence"]))["confidence"]
    sure = findings(capsys, "--min-confidence", best)
    assert {f["confidence"] for f in sure} == {best}
    assert len(sure) < len(everything)


def test_labels_and_dates_are_used(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--a-label", "Ours", "--b-label", "Theirs", "--a-date", "2024-05-14"]
    assert main(["run", *pair, *given, "--b-date", "2024-05-15", "-q", "-o", "out"]) == ExitCode.OK
    inputs = json.loads(Path("out", "run.json").read_text("utf-8"))["inputs"]
    assert [(inputs[s]["label"], inputs[s]["date"], inputs[s]["date_source"]) for s in "ab"] == [
        ("Ours", "2024-05-14", "given"),
        ("Theirs", "2024-05-15", "given"),
    ]
    assert capsys.readouterr().out.startswith("A  Ours\nB  Theirs\n")


def test_sentences_are_taken_as_they_are(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text("He came. He saw.\nHe won.\n", "utf-8")
    Path("b.txt").write_text("He came and saw.\nHe won.\n", "utf-8")
    assert main(["run", *pair, "-q", "--sentences", "--format", "json"]) == ExitCode.OK
    record = json.loads(capsys.readouterr().out)
    assert [s["text"] for s in record["a"]["sentences"]] == ["He came. He saw.", "He won."]


def test_corrections_of_the_alignment_are_followed_and_recorded(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    unlink = {
        "action": "unlink",
        "a": ["She left for Bergen in the evening."],
        "b": ["In the evening, she left for Bergen."],
    }
    gone = {"action": "join", "a": ["Nobody was hurt."], "b": unlink["b"]}
    text = json.dumps({"schema_version": "1.0", "corrections": [unlink, gone]})
    Path("links.json").write_text(text, "utf-8")
    assert main(["run", *pair, "-q", "--links", "links.json", "-o", "out"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "note: correction 2 in links.json (join) is kept but cannot be followed: A has no" in out
    record = json.loads(Path("out", "run.json").read_text("utf-8"))["links"]
    assert record == {
        "source": "links.json", "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "corrections": 2, "gone": [2], "overruled": [],
    }  # fmt: skip
    table = rows(Path("out", "pairs.csv").read_text("utf-8"))
    assert sorted(r["link"] for r in table) == ["1:1", "1:1", "a-only", "b-only"]
    assert Path("links.json").read_text("utf-8") == text


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot read the corrections in links.json (No such file or directory)"),
        (b"\xff\xfe", "it is not JSON in UTF-8"),
        (b'{"schema_version": "1.0", "corections": []}', "did you mean 'corrections'?"),
        (
            b'{"schema_version": "1.0", "corrections": [{"action": "\\u001b[2Jmerge"}]}',
            'correction 1: unknown action "\\u001b[2Jmerge": use link, unlink, join, split',
        ),
    ],
    ids=["missing", "not UTF-8", "unknown key", "unknown action"],
)
def test_bad_corrections_are_3_and_nothing_is_written(
    content: bytes | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path("links.json").write_bytes(content)
    before = set(Path().iterdir())
    assert main(["run", "a.txt", "b.txt", "--links", "links.json"]) == ExitCode.INPUT
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert said in line
    assert set(Path().iterdir()) == before


def test_one_text_comes_from_standard_input(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(B.encode())))
    assert main(["run", pair[0], "-", "-q", "-o", "out"]) == ExitCode.OK
    assert "B  standard input\n" in capsys.readouterr().out
    assert Path("out", "b.txt").read_text("utf-8") == B
    assert main(["run", "-", "-", "-q"]) == ExitCode.USAGE
    assert "give a file for one of them" in capsys.readouterr().err


def test_no_cache_keeps_nothing(
    pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path / "cache"))
    assert main(["run", *pair, "-q", "--no-cache"]) == ExitCode.OK
    assert not Path("cache").exists()
    assert main(["run", *pair, "-q"]) == ExitCode.OK
    assert Path("cache").exists()


def test_checks_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks", "list"]) == ExitCode.OK
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(default_registry())
    assert main(["checks", "explain", "title"]) == ExitCode.OK
    told = capsys.readouterr().out
    title = default_registry()["title"]
    assert title.summary in told
    for part, examples in (("It flags", title.flags), ("It passes", title.passes)):
        assert part in told
        assert all(f"A: {e.a if isinstance(e.a, str) else ' '.join(e.a)}" in told for e in examples)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == ExitCode.OK
    assert re.fullmatch(
        r"variant-compare (\d+\.\d+\.\d+\S*|\(not installed\))\n", capsys.readouterr().out
    )
    assert main(["--help"]) == ExitCode.OK
    assert "exit codes:" in capsys.readouterr().out


def test_the_module_is_the_command(pair: tuple[str, str], tmp_path: Path) -> None:
    process = start("run", *pair, "-q", "--select", "title", "-o", "out", cwd=tmp_path)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (ExitCode.OK, "")
    assert "critical title" in out


# Exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["--select", ""],
        ["--select", ","],
        ["--select", "title", "--ignore", "title"],
        ["--max-chars", "0"],
    ],
    ids=" ".join,
)
def test_a_run_without_checks_or_text_is_wrong_usage(
    pair: tuple[str, str], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *pair, "-q", *arguments]) == ExitCode.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("variant-compare: error: ")


@pytest.mark.parametrize(
    ("texts", "options", "told"),
    [
        (("Tokyo is hot.", "It is hot in Osaka."), [], ["Japanese"]),
        (("It is hot.", "It is hot today."), [], ["no place or person"]),
        (("Tokyo is hot.", "It is hot in Osaka."), ["--source-language", "de"], []),
    ],
)
def test_the_source_language_that_was_taken_is_told(
    texts: tuple[str, str],
    options: list[str],
    told: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    main(["run", *map(str, paths), "-q", "--format", "json", *options])
    notes = json.loads(capsys.readouterr().out)["notes"]
    of_language = [note for note in notes if "source language" in note]
    assert len(of_language) == len(told)
    assert all(word in note for word, note in zip(told, of_language, strict=True))


def test_an_unknown_source_language_is_told(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *pair, "-q", "--format", "json", "--source-language", "xx"]) == ExitCode.OK
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert any("'xx'" in note and "ko" in note for note in notes)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], ExitCode.OK),
        (["--fail-on", "never"], ExitCode.OK),
        (["--fail-on", "critical"], ExitCode.FINDINGS),
        (["--fail-on", "neutral"], ExitCode.FINDINGS),
        (["--fail-on", "critical", "--format", "json"], ExitCode.FINDINGS),
        (["--fail-on", "critical", "--ignore", "title"], ExitCode.OK),
        (["--select", "omission,addition", "--fail-on", "neutral"], ExitCode.OK),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_fail_on_counts_fact_findings(
    pair: tuple[str, str], arguments: list[str], code: ExitCode
) -> None:
    Path("b.txt").write_text(B + "\nNobody was hurt.\n", "utf-8")
    assert main(["run", *pair, "-q", *arguments]) == code


def test_fail_on_passes_what_is_less_severe(pair: tuple[str, str]) -> None:
    Path("b.txt").write_text(CLEAN, "utf-8")
    assert main(["run", *pair, "-q", "--fail-on", "neutral"]) == ExitCode.OK


WRONG_USAGE = [
    (["run", "a.txt", "b.txt", "--select", "titel"], "did you mean 'title'"),
    (["run", "a.txt", "b.txt", "--ignore", "ommission"], "did you mean 'omission'"),
    (["checks", "explain", "nmae"], "did you mean 'name'"),
    (["run", "a.txt"], "B is missing"),
    (["run", "a.txt", "b.txt", "--min-confidence", "2"], "no number from 0 to 1"),
    (["run", "a.txt", "b.txt", "--min-confidence", "nan"], "no number from 0 to 1"),
    (["run", "a.txt", "b.txt", "--min-confidence", "high"], "no number from 0 to 1"),
    (["run", "a.txt", "b.txt", "--limit", "-1"], "--limit"),
    (["run", "a.txt", "b.txt", "--a-date", "yesterday"], "write it as 2021-10-20"),
    (["run", "a.txt", "b.txt", "--fail-on", "bad"], "critical"),
    (["run", "a.txt", "b.txt", "--encoder", "onnx", "--model", "x"], "--model"),
    (["compare"], "run"),
    ([], "COMMAND"),
]


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(("arguments", "said"), WRONG_USAGE, ids=lambda v: " ".join(v)[-40:])
def test_wrong_usage_is_2_and_says_what_to_do(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert {p.name for p in Path().iterdir()} == {"a.txt", "b.txt"}


def bad_inputs(folder: Path) -> dict[str, tuple[str, str]]:
    """A file or folder that cannot be read, by a name, and what is said of it."""
    contents = {
        "empty.txt": (b"", "is empty"),
        "blank.txt": (b" \n\t\r\n\xc2\xa0", "holds only whitespace"),
        "marks.txt": (b"*** --- ***", "holds no words"),
        "binary.txt": (bytes(range(256)) * 40, "binary file"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG image"),
        "paper.pdf": (b"%PDF-1.7\n" + bytes(200), "PDF"),
        "broken.docx": (b"PK\x03\x04" + bytes(200), "broken.docx"),
        "unknown.txt": (b"\xc3\x28 \xa0\xff\xfe\x81\x8d\x90\x9d\x80\xff" * 9, "encoding"),
        "huge.txt": (b"All work and no play makes Jack a dull boy. " * 120_000, "200,000"),
    }
    for name, (data, _) in contents.items():
        (folder / name).write_bytes(data)
    (folder / "folder").mkdir()
    named = {name: (name, said) for name, (_, said) in contents.items()}
    return named | {
        "missing": ("missing.txt", "no such file"),
        "directory": ("folder", "it is a folder"),
        "under a file": ("a.txt/b.txt", "cannot read"),
        "a NUL": ("a\0.txt", "cannot read"),
    }


@pytest.mark.parametrize("where", ["A", "B"])
def test_input_that_cannot_be_used_is_3(
    pair: tuple[str, str], where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = bad_inputs(Path())
    before = {p.name for p in Path().iterdir()}
    for bad, said in files.values():
        names = [bad, pair[1]] if where == "A" else [pair[0], bad]
        assert main(["run", *names, "-q"]) == ExitCode.INPUT, bad
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("variant-compare: error: ")
        assert said in err
        assert len(err.splitlines()) == 1
        assert {p.name for p in Path().iterdir()} == before


def test_what_is_too_long_says_how_to_go_on(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *pair, "-q", "--max-chars", "100"]) == ExitCode.INPUT
    assert "the limit is 100; " in (err := capsys.readouterr().err)
    assert "--max-chars" in err


def test_two_stories_are_3_unless_forced(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("b.txt").write_text(OTHER, "utf-8")
    assert main(["run", *pair, "-q", "-o", "out"]) == ExitCode.INPUT
    err = capsys.readouterr().err
    assert "do not seem to tell the same story" in err
    assert "--force" in err
    assert not Path("out").exists()
    assert main(["run", *pair, "-q", "-o", "out", "--force"]) == ExitCode.OK
    note = r"note: only \d+% of A and \d+% of B say the same thing"
    assert re.search(note, capsys.readouterr().out)


def test_an_article_of_one_sentence_works(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text("The mayor of Oslo resigned on Monday.", "utf-8")
    Path("b.txt").write_text("On Monday, the mayor of Oslo resigned.", "utf-8")
    assert main(["run", *pair, "-q"]) == ExitCode.OK
    assert "A 1 ↔ B 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("folder", "code", "said"),
    [
        ("a.txt", ExitCode.USAGE, "a.txt is a file: name a folder"),
        ("a.txt/deeper", ExitCode.USAGE, "a.txt is a file: name a folder"),
        ("full", ExitCode.USAGE, "is not empty"),
        ("/proc/variant-compare", ExitCode.ENVIRONMENT, "cannot write the run into"),
        ("x" * 300, ExitCode.ENVIRONMENT, "cannot write the run into"),
    ],
)
def test_an_output_folder_that_cannot_be_used(
    pair: tuple[str, str],
    folder: str,
    code: ExitCode,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if folder.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("no /proc here")
    Path("full").mkdir()
    Path("full", "mine").touch()
    before = {str(p) for p in Path().rglob("*")}
    assert main(["run", *pair, "-q", "-o", folder]) == code
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert said in err
    assert "-o" in err
    assert {str(p) for p in Path().rglob("*")} == before
    assert Path("a.txt").read_text("utf-8") == A


def test_a_default_folder_that_cannot_be_used_is_told_before_the_work(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("reports").touch()
    assert main(["run", *pair]) == ExitCode.USAGE
    err = capsys.readouterr().err
    assert err.endswith("reports is a file: name a folder with -o\n")
    assert len(err.splitlines()) == 1


def test_a_model_that_is_not_there_is_4(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.embed.ONNX_PACKAGE", "no_such_package")
    # Another test of this process may have loaded it.
    monkeypatch.setattr("compare.embed.packaged_encoder", OnnxEncoder)
    assert main(["run", *pair, "-q", "--no-cache"]) == ExitCode.ENVIRONMENT
    assert "not installed: run pip install" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [False, True])
def test_a_fault_of_the_program_shows_a_traceback_only_if_asked_for(
    asked: bool,
    pair: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("at \x1b[31m0")

    monkeypatch.setattr("compare.detect.detect", broken)
    if asked:
        monkeypatch.setenv("VARIANT_COMPARE_TRACEBACK", "1")
        with pytest.raises(ZeroDivisionError):
            main(["run", *pair, "-q"])
        return
    assert main(["run", *pair, "-q"]) == ExitCode.ENVIRONMENT
    err = capsys.readouterr().err
    assert "internal error: ZeroDivisionError: at ␛[31m0" in err
    assert "VARIANT_COMPARE_TRACEBACK=1" in err


# Interruptions


@pytest.mark.parametrize("wrapped", [False, True])
def test_ctrl_c_is_130_even_where_an_import_wraps_it(
    wrapped: bool,
    pair: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        if wrapped:
            raise ImportError("initialization failed") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr("compare.detect.detect", interrupted)
    assert main(["run", *pair, "-o", "out"]) == ExitCode.INTERRUPTED
    err = capsys.readouterr().err.splitlines()
    assert err[0].endswith("detect")
    assert err[1:] == ["variant-compare: interrupted; nothing was left half-written"]
    assert not Path("out").exists()


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be sent a Ctrl-C there")
@pytest.mark.parametrize("stage", ["embed", "annotate"])
def test_ctrl_c_leaves_nothing_half_written(stage: str, tmp_path: Path) -> None:
    process = start("run", *SEEDS, "-o", "out", "--no-cache", cwd=tmp_path)
    assert process.stderr is not None
    said = ""
    while not said.endswith(stage):
        one = process.stderr.read(1)
        assert one, said
        said += one
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == ExitCode.INTERRUPTED
    assert out == ""
    assert err.splitlines()[-1] == "variant-compare: interrupted; nothing was left half-written"
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["checks", "list"], ExitCode.OK),
        (["run", *SEEDS, "-q", "--format", "html"], ExitCode.OK),
        (["run", *SEEDS, "-q", "--format", "html", "--fail-on", "major"], ExitCode.FINDINGS),
    ],
)
def test_a_reader_that_goes_away_is_no_fault(
    arguments: list[str], code: ExitCode, tmp_path: Path
) -> None:
    process = start(*arguments, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    assert (process.wait(timeout=120), err) == (code, "")


# What it imports

HEAVY = {
    "numpy", "pandas", "rich", "scipy", "sentence_transformers", "spacy", "streamlit", "syntok",
    "tokenizers", "torch", "trafilatura", "transformers", "onnxruntime", "docx",
}  # fmt: skip


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The packages that a process of its own has imported when the command is done."""
    code = (
        "import sys\nfrom compare.cli import main\n"
        f"assert main({list(arguments)!r}) == 0\n"
        "names = {n.partition('.')[0] for n, module in sys.modules.items() if module}\n"
        "sys.stderr.write(' '.join(names))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["run", "--help"], ["checks", "list"]], ids=" ".join
)
def test_what_needs_no_articles_is_quick(arguments: list[str], tmp_path: Path) -> None:
    assert not imported(*arguments, cwd=tmp_path) & HEAVY


def test_a_run_imports_no_torch(tmp_path: Path) -> None:
    names = imported("run", *SEEDS, "-q", "--no-cache", cwd=tmp_path)
    assert {"onnxruntime", "spacy", "numpy"} <= names
    assert not names & {
        "torch", "transformers", "sentence_transformers", "pandas", "streamlit", "trafilatura",
        "docx",
    }  # fmt: skip


def test_a_warm_run_loads_no_more_than_the_packaged_encoder(tmp_path: Path) -> None:
    arguments = ["run", *SEEDS, "-q", "--format", "json"]
    imported(*arguments, cwd=tmp_path)
    warm = imported(*arguments, cwd=tmp_path)
    assert "onnxruntime" in warm  # for the words in the sentences
    assert not warm & {"torch", "sentence_transformers"}
