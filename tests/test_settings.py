"""Settings from a file: which file counts, what it may hold, and what wins over it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import time
import tomllib
from pathlib import Path

import pytest

from compare.cli import _parser, main
from compare.errors import ExitCode, UsageError
from compare.settings import KEYS, OWN_FILES, Pair, SettingsFile, all_options, find, load

ROOT = Path(__file__).parents[1]
HEAD = "[tool.variant-compare]\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory below another one, with no configuration file above."""
    folder = tmp_path / "outer" / "inner"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def write(path: Path | str, text: str | bytes) -> Path:
    path = Path(path)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[object, str]]:
    """Each setting and where it comes from, as the command tells it."""
    assert main(["config", "show", "--format", "json", *arguments]) == ExitCode.OK
    settings = json.loads(capsys.readouterr().out)["settings"]
    return {key: (said["value"], said["from"]) for key, said in settings.items()}


# Which file


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({}, None),
        ({"../pyproject.toml": HEAD + "limit = 1"}, 1),
        ({"../pyproject.toml": HEAD + "limit = 1", "pyproject.toml": HEAD + "limit = 2"}, 2),
        ({"../pyproject.toml": HEAD + "limit = 1", "pyproject.toml": "[tool.ruff]"}, 1),
        ({"../pyproject.toml": HEAD + "limit = 1", "pyproject.toml": "not [ TOML"}, 1),
        ({"pyproject.toml": '[project]\nname = "variant-compare"'}, None),
        ({"variant-compare.toml": "limit = 3", "pyproject.toml": HEAD + "limit = 2"}, 3),
        ({".variant-compare.toml": "limit = 4", "variant-compare.toml": "limit = 3"}, 4),
        ({"../variant-compare.toml": "limit = 3", "pyproject.toml": HEAD + "limit = 2"}, 2),
        ({"pyproject.toml": HEAD, "../pyproject.toml": HEAD + "limit = 1"}, None),
        ({"other.toml": "limit = 5"}, None),
    ],
)
def test_the_nearest_file_that_has_settings_counts(
    files: dict[str, str], limit: int | None
) -> None:
    for name, text in files.items():
        write(name, text)
    found = find()
    assert (found.values.get("limit") if found else None) == limit


def test_a_folder_of_the_name_is_no_file() -> None:
    for name in (*OWN_FILES, "pyproject.toml"):
        Path(name).mkdir()
    assert find() is None


def test_a_file_that_is_named_counts_alone(capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", HEAD + "limit = 1\nquiet = true")
    write("other.toml", "limit = 2")
    assert shown(capsys, "--config", "other.toml")["limit"] == (2, "file")
    assert shown(capsys, "--config", "other.toml")["quiet"] == (False, "default")
    assert shown(capsys, "--no-config")["limit"] == (10, "default")
    assert main(["config", "show", "--config", "other.toml", "--no-config"]) == ExitCode.USAGE
    write("sub.toml", "x = ")
    assert main(["config", "show", "--config", "sub.toml"]) == ExitCode.USAGE
    assert main(["config", "show", "--config", "gone.toml"]) == ExitCode.USAGE


def test_a_pyproject_that_is_named_must_have_the_table() -> None:
    with pytest.raises(UsageError, match=r"has no table \[tool.variant-compare\]"):
        load(write("pyproject.toml", "[tool.ruff]"))


def test_paths_begin_at_the_file() -> None:
    write(
        "../pyproject.toml",
        HEAD + 'glossary = ["terms.csv", "inner/more.csv"]\nproject = "runs"\nmodel = "inner"\n'
        '[[tool.variant-compare.pairs]]\na = "en/x.txt"\nb = "inner/x.txt"\nb-date = 2021-10-20\n',
    )
    found = find()
    assert found is not None
    above = os.pardir
    assert found.values["glossary"] == [os.path.join(above, "terms.csv"), "more.csv"]  # noqa: PTH118
    assert found.values["project"] == Path("..", "runs")
    assert found.values["model"] == "."
    day = dt.date(2021, 10, 20)
    assert found.pairs == (Pair(str(Path("..", "en", "x.txt")), "x.txt", None, day),)


# What it may hold

WRONG = [
    ("min-confidense = 1", "unknown setting 'min-confidense': did you mean 'min-confidence'?"),
    ("min_confidence = 1", "did you mean 'min-confidence'?"),
    ("a-label = 'x'", "'a-label' is for one run and not for a file"),
    ("[tool.variant-compare]", "write the settings without [tool.variant-compare]"),
    ("min-confidence = 2", "line 1: min-confidence is 2; give a number from 0 to 1"),
    ("min-confidence = nan", "give a number from 0 to 1"),
    ("min-confidence = true", "give a number from 0 to 1"),
    ("min-confidence = '0.5'", "min-confidence is '0.5'; give a number from 0 to 1"),
    ("\n\nmax-chars = 0", "line 3: max-chars is 0; give a whole number from 1"),
    ("max-bytes = 0", "max-bytes is 0; give a whole number from 1"),
    ("max-sentence = true", "max-sentence is true; give a whole number from 1"),
    ("limit = -1", "give a whole number from 0"),
    ("limit = 1.5", "give a whole number from 0"),
    ("quiet = 1", "quiet is 1; give true or false"),
    ("glossary = 'x.csv'", 'give a list of paths, e.g. ["terms.csv"]'),
    ("glossary = [1]", "give a list of paths"),
    ("select = 'title'", "give a list of checks"),
    ("source-language = ''", "give a text"),
    ('source-language = "k\\u001b[2J"', "give a text"),
    ('project = "a\\u0000b"', "give a path"),
    ("fail-on = 'bad'", "fail-on is 'bad'; give one of"),
    ("encoder = 'x'", '"auto", "onnx", "sentence-transformers"'),
    ("format = 'x'", '"text", "json"'),
    ("select = ['titel']", "line 1: select: unknown check 'titel': did you mean 'title'?"),
    ("ignore = ['titel']", "ignore: unknown check"),
    ("pairs = 1", "pairs is 1; write each pair as a [[pairs]] table"),
    ("[[pairs]]\na = 'x'", "pair 1 needs 'b'"),
    ("[[pairs]]\na = 'x'\nb = 2", "pair 1 needs 'b'"),
    ("[[pairs]]\na = 'x'\nb = 'y'\nc = 'z'", "line 1: pair 1 has an unknown key 'c'"),
    ("[[pairs]]\na = 'x'\nb = 'y'\na-date = 'soon'", "a-date is 'soon'; write a day as 2021"),
    ("[[pairs]]\na = 'x'\nb = 'y'\na-date = 2021-10-20T10:00:00", "write a day as 2021-10-20"),
    ("limit = ", "cannot read the settings in variant-compare.toml"),
    ("limit = 1\nlimit = 2", "cannot read the settings"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[text[-30:] for text, _ in WRONG])
def test_what_is_wrong_is_told_and_2(
    text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("variant-compare.toml", text)
    assert main(["config", "show"]) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "variant-compare.toml" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "it is not UTF-8"),
        (b"# " + b"x" * 2**18, "it is larger than 256 KiB"),
        (b"x = " + b"[" * 10_000, "cannot read"),
        (b"a." * 2**16 + b"a = 1", "more than 32 dots stand in a row"),
        (b"x = {" + b"a." * 2**16 + b"a = 1}", "more than 32 dots stand in a row"),
        (b"[" + b"a." * 2**16 + b"a]", "more than 32 dots stand in a row"),
        (b"limit = " + b"9" * 5_000, "cannot read"),
    ],
)
def test_a_hostile_file_is_refused_at_once(data: bytes, said: str) -> None:
    write("variant-compare.toml", data)
    begun = time.process_time()
    with pytest.raises(UsageError, match=said):
        find()
    assert time.process_time() - begun < 2


def test_a_file_full_of_long_keys_takes_no_time() -> None:
    line = "x" + ".x" * 250 + "{} = 1\n"
    text = "".join(line.format(i) for i in range(2**18 // (len(line) + 3)))
    write("variant-compare.toml", text)
    begun = time.process_time()
    with pytest.raises(UsageError):
        find()
    assert time.process_time() - begun < 5


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize("name", [*OWN_FILES, "pyproject.toml"])
@pytest.mark.parametrize("kind", ["loop", "broken link", "pipe"])
def test_what_is_there_and_no_file_is_not_passed_over(name: str, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(name)
    else:
        Path(name).symlink_to(name if kind == "loop" else "nowhere")
    with pytest.raises(UsageError, match="cannot read the settings in"):
        find()


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble() -> None:
    found = load(write("x.toml", b"\xef\xbb\xbflimit = 3\r\nquiet = true\r\n"))
    assert found.values == {"limit": 3, "quiet": True}
    assert found.line("quiet") == 2


TRICKY = """\
[tool.other]
limit = 1
text = '''
[tool.variant-compare]
limit = 2
'''
[tool.variant-compare]
# limit = 3
"quiet" = true
limit = 4
select = [
  "title",
]
[tool.more]
limit = 5
"""


@pytest.mark.parametrize(("key", "line"), [("limit", 10), ("quiet", 9), ("select", 11)])
def test_the_line_is_that_of_the_setting(key: str, line: int) -> None:
    path = write("pyproject.toml", TRICKY)
    assert load(path).line(key) == line


def test_a_setting_in_an_inline_table_has_no_line() -> None:
    path = write("pyproject.toml", "[tool]\nvariant-compare = {limit = 4}\n")
    assert (load(path).values, load(path).line("limit")) == ({"limit": 4}, None)


# What wins


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("variant-compare.toml", "project = 'p'\nlimit = 3\nignore = ['term']\ncache = false\n")
    assert shown(capsys)["project"] == ("p", "file")
    monkeypatch.setenv("VARIANT_COMPARE_PROJECT", "env")
    assert shown(capsys)["project"] == ("env", "environment")
    told = shown(capsys, "--project", "q", "--limit", "10", "--cache")
    assert told["project"] == ("q", "command line")
    # Also where it says what is the default anyway.
    assert told["limit"] == (10, "command line")
    assert told["cache"] == (True, "command line")
    assert told["ignore"] == (["term"], "file")
    assert told["quiet"] == (False, "default")
    assert list(told) == list(KEYS)


def test_show_tells_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    write("../pyproject.toml", HEAD + "limit = 3\n[[tool.variant-compare.pairs]]\na='x'\nb='y'\n")
    assert main(["config", "show", "-q"]) == ExitCode.OK
    lines = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    file = str(Path("..", "pyproject.toml"))
    assert lines["limit"] == ["3", f"{file}:2"]
    assert lines["pairs"] == ["1", "of", "files", f"{file}:3"]
    assert lines["quiet"] == ["true", "command", "line"]
    assert lines["model"] == ["not", "set", "default"]


@pytest.mark.parametrize("key", [key for key, kind in KEYS.items() if kind == "flag"])
def test_every_flag_can_be_undone(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in (True, False):
        write("variant-compare.toml", f"{key} = {json.dumps(value)}")
        assert shown(capsys)[key] == (value, "file")
        undo = f"--no-{key}" if value else f"--{key}"
        assert shown(capsys, undo)[key] == (not value, "command line")


def test_settings_reach_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", "Mina Kerr, the special envoy, spoke in Oslo.\n\nKerr left on Tuesday.\n")
    write("b.txt", "Special envoy Mina Kerr spoke in Oslo.\n\nOn Tuesday, President Kerr left.\n")
    write("terms.csv", "required,forbidden\n,special envoy\n")
    write("../terms.csv", "required,forbidden\n,nothing\n")
    write(
        "pyproject.toml",
        HEAD + 'min-confidence = 0.6\nselect = ["title", "term"]\nglossary = ["terms.csv"]\n'
        'source-language = "ko"\nsentences = true\nmax-chars = 999\nquiet = true\n'
        "max-bytes = 9999\nmax-sentence = 99\n"
        'project = "runs"\nformat = "csv"\nfail-on = "critical"\n',
    )
    assert main(["run", "a.txt", "b.txt", "-o", "out"]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert err == ""
    assert {row["check"] for row in csv.DictReader(out.splitlines())} == {"title", "term"}
    record = json.loads(Path("out", "run.json").read_text("utf-8"))["config"]
    wanted = {
        "min_confidence": 0.6, "select": ["title", "term"], "glossary": ["terms.csv"],
        "max_chars": 999, "max_bytes": 9999, "max_sentence": 99,
    }  # fmt: skip
    assert {key: record[key] for key in wanted} == wanted
    assert (record["source_language"], record["sentences"]) == ("ko", True)
    assert main(["run", "a.txt", "b.txt", "--select", "title", "--fail-on", "never"]) == ExitCode.OK
    rows = csv.DictReader(capsys.readouterr().out.splitlines())
    assert {row["check"] for row in rows} == {"title"}


def test_settings_reach_a_batch(capsys: pytest.CaptureFixture[str]) -> None:
    write("pairs.csv", "pair_id,a_text,b_text\n1,He won on Monday.,He won on Monday.\n")
    write("pyproject.toml", HEAD + 'workers = 1\nselect = ["date"]\nquiet = true\nlimit = 3')
    assert main(["batch", "pairs.csv", "-o", "out"]) == ExitCode.OK
    out, err = capsys.readouterr()
    assert (out.split(":")[0], err) == ("1 pairs, 0 failed", "")
    assert json.loads(Path("out", "batch.json").read_text("utf-8"))["config"]["select"] == ["date"]


def test_settings_reach_variants_and_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", HEAD + 'project = "elsewhere"\nforce = true\nmin-confidence = 0.9')
    assert main(["verdicts", "list"]) == ExitCode.OK
    assert "decided in elsewhere yet" in capsys.readouterr().err
    storm = "The storm cost twelve boats.\n\nThe harbour stays closed.\n"
    opera = "The orchestra opened its season with Mahler.\n\nTickets had been sold out for weeks.\n"
    for name, text in (("x", storm), ("y", storm), ("z", opera)):
        write(name, text)
    assert main(["variants", "x", "y", "z", "-o", "out", "-q"]) == ExitCode.OK
    assert main(["variants", "x", "y", "z", "-o", "on", "-q", "--no-force"]) == ExitCode.INPUT


def test_commands_without_settings_read_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("variant-compare.toml", "broken")
    assert main(["checks", "list"]) == ExitCode.OK
    assert main(["run", "a", "b"]) == ExitCode.USAGE


# The documents


def test_every_setting_is_an_option_and_documented() -> None:
    assert list(all_options(_parser())) == list(KEYS)
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    table = page.split("| key | holds | of |")[1].split("\n\n")[0]
    listed = {}
    for row in table.splitlines()[2:]:
        keys, _, commands = row.strip("| ").split(" | ")
        for key in re.findall(r"`([\w-]+)`", keys):
            listed[key] = re.findall(r"`([\w-]+)`", commands)
    assert listed.pop("pairs") == ["check"]
    assert sorted(listed) == sorted(KEYS)
    (action,) = (a for a in _parser()._actions if isinstance(a.choices, dict))
    taken = {
        name: set(command.get_default("takes") or all_options(command))
        for name, command in action.choices.items()
        if name != "config"
    }
    for key, commands in listed.items():
        assert sorted(commands) == sorted(name for name, keys in taken.items() if key in keys), key


@pytest.mark.parametrize("page", ["cli.md", "ci.md"])
def test_the_examples_are_settings(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
    assert blocks
    for block in blocks:
        assert set(tomllib.loads(block)) == {"tool"}
        assert isinstance(load(write("pyproject.toml", block)), SettingsFile)
