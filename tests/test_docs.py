"""The documents tell the truth: options, columns, examples, output, links."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from compare import rules
from compare.cli import _parser, main
from compare.config import Config
from compare.errors import ExitCode
from compare.project import DATABASE, FOLDER
from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS
from compare.verdicts import REASONS, SAME_STORY, VERDICTS, Entry

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "reports" / "README.md"])
EXAMPLE = ROOT / "reports" / "example"


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of one language, in order."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def parsers(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parser of each command and subcommand, the whole one first."""
    found = [parser]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                found += parsers(sub)
    return found


def test_every_option_and_command_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8").replace("python -m compare", "")
    known = {
        option
        for parser in parsers(_parser())
        for action in parser._actions
        for option in action.option_strings
    }
    assert set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", page)) == known
    for parser in parsers(_parser())[1:]:
        assert parser.prog.split()[-1] in page
        for action in parser._actions:
            if action.option_strings and action.choices:
                assert all(f"`{choice}`" in page for choice in action.choices)


def test_defaults_in_the_documents_are_the_real_ones() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    args = _parser().parse_args(["run", "a", "b"])
    assert f"`--limit N` | findings in the summary (default {args.limit})" in page
    assert re.search(rf"--min-confidence.*default {args.min_confidence}\)", page)
    assert f"(default {args.max_chars:,})" in page
    assert f"(default {args.max_bytes:,}, which is {args.max_bytes // 2**20} MiB)" in page
    assert f"(default {args.max_sentence:,})" in page
    assert f"{args.max_chars:,} characters" in (ROOT / "docs" / "limits.md").read_text("utf-8")


def test_every_column_and_file_is_documented() -> None:
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    tables = re.split(r"^##+ ", page, flags=re.M)
    for name, columns in (("pairs.csv", PAIR_COLUMNS), ("discrepancies.csv", FINDING_COLUMNS)):
        (section,) = [part for part in tables if part.startswith(name)]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(columns)
    for path in EXAMPLE.iterdir():
        if path.name != "summary.txt":
            assert f"`{path.name}`" in page
    assert "`run.json`" in page


def test_every_fault_has_its_test_and_its_codes() -> None:
    rows = re.findall(
        r"^\| (?!fault|-)(.+) \|$", (ROOT / "docs/faults.md").read_text("utf-8"), re.M
    )
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "tests").glob("test_*.py"))
    known = set(re.findall(r"^def (test_\w+)\(", sources, re.M))
    assert len(rows) > 30
    for row in rows:
        cells = row.split(" | ")
        assert len(cells) == 5, row
        assert {int(code) for code in cells[2].split(", ")} <= {*map(int, ExitCode)}
        tests = re.findall(r"`(test_\w+)`", cells[4])
        assert tests, row
        assert set(tests) <= known, row
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", page, re.M)] == sorted(map(int, ExitCode))
    limits = (ROOT / "docs" / "limits.md").read_text("utf-8")
    assert f"more than {Config().max_sentence:,} characters" in limits
    assert f"A file may have {Config().max_bytes // 2**20} MiB" in limits


def test_what_was_decided_is_documented(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    sections = {part.split(":")[0]: part for part in re.split(r"^##+ ", page, flags=re.M)}
    table = re.findall(r"^\| (`.*?`) \|", sections["verdicts.jsonl"], re.M)
    keys = [key for cell in table for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(keys) == sorted(field.name for field in dataclasses.fields(Entry))
    assert all(f"`{value}`" in sections["verdicts.jsonl"] for value in (*VERDICTS, *REASONS))
    assert re.findall(r"^\| `(\w+)` \|", sections["rules.toml"], re.M) == list(rules.KINDS)
    (example,) = re.findall(r"^```toml\n(.*?)^```", sections["rules.toml"], re.M | re.S)
    (tmp_path / "rules.toml").write_text(example, "utf-8")
    assert len(rules.load(tmp_path / "rules.toml")) == 2
    assert f"at least {SAME_STORY:.0%}".replace("%", " %") in page


def test_every_block_is_of_a_kind_that_a_test_looks_at() -> None:
    """``text`` is what a program prints or a file holds: no test can know that it is true."""
    for page in PAGES:
        kinds = set(re.findall(r"^```(.*)$", page.read_text("utf-8"), re.M))
        assert kinds <= {"", "bash", "csv", "json", "python", "text", "toml", "yaml"}, page.name
        text = page.read_text("utf-8")
        assert len(re.findall(r"^```$", text, re.M)) == len(re.findall(r"^```\w", text, re.M))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_examples_of_files_can_be_read(page: Path) -> None:
    for block in blocks(str(page), "toml"):
        assert tomllib.loads(block)
    for block in blocks(str(page), "json"):
        assert json.loads(block)
    for block in blocks(str(page), "yaml"):
        assert yaml.safe_load(block)
    for block in blocks(str(page), "csv"):
        rows = list(csv.reader(block.splitlines()))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_python_examples_run(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The blocks of a page in their order: a later one may use what an earlier one made."""
    names: dict[str, object] = {}
    for code in blocks(str(page), "python"):
        exec(compile(code, page.name, "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_are_commands(page: Path) -> None:
    for block in blocks(str(page), "bash"):
        for line in block.splitlines():
            words = shlex.split(line.split(" > ")[0], comments=True)
            if words[0] == "export":
                assert words[1].split("=")[0] in (DATABASE, FOLDER)
            elif words[:2] == ["pip", "install"]:
                extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
                wanted = re.findall(r"^variant-compare\[(\w+)\]$", words[2])
                assert set(wanted) <= set(extras["optional-dependencies"])
            elif "variant-compare" in words:
                _parser().parse_args(words[words.index("variant-compare") + 1 :])
            else:
                assert re.search(r"\bpython3? (dev|benchmarks)", line), line


NOT_RUN = {
    r"python3 dev\.py ": "makes an environment and downloads: tests/test_dev.py",
    r"pip install ": "downloads: test_commands_are_commands knows the extras",
    r"export ": "changes the shell that it is typed into",
    r"variant-compare app\b": "serves until it is stopped: tests/test_browser.py",
    r"python benchmarks/(train|export)_": "trains a model for hours: tests/test_meaning.py",
    r"python benchmarks/fuzz(_coverage)?\.py": "run for hours: a little is in tests/test_fuzz.py",
}
"""Commands in the documents that no test runs as they stand, and why."""
STORY = """\
Port reopens after the storm

BUSAN, Oct. 20, 2021

The port of Busan reopened on Monday after a storm had kept it closed for a week.

Twelve ships left it on Tuesday, Kim Min-su, the harbour master, said in the evening.

“We expect {ships} more ships by the end of the month,” Kim told reporters at the pier.

The storm had sunk two fishing boats, and a sailor was still missing.
"""


def sandbox(folder: Path) -> None:
    """Every file that a command in the documents names."""
    import docx

    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "reports").mkdir()
    (folder / "reports" / "example").symlink_to(EXAMPLE)
    one, other = STORY.format(ships="forty"), STORY.format(ships="14")
    for name in ("ours", "third", "FOLDER_A/one", "ref/001", "ref/002"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(one, "utf-8")
    for name in ("theirs", "FOLDER_B/other", "sys/001", "sys/002"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(other, "utf-8")
    for name, text in (("reference", one), ("system", other)):
        (folder / f"{name}.txt").write_text("\n".join(filter(None, text.split("\n"))), "utf-8")
    title, *paragraphs = filter(None, one.split("\n"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<html><body><article><h1>{title}</h1>{body}</article></body></html>"
    (folder / "ours.html").write_text(page, "utf-8")
    document = docx.Document()
    for paragraph in filter(None, other.split("\n")):
        document.add_paragraph(paragraph)
    document.save(str(folder / "theirs.docx"))
    (glossary,) = blocks("docs/files.md", "csv")
    (folder / "house.csv").write_text(glossary, "utf-8")
    (manifest,) = blocks("docs/evaluation.md", "csv")
    (folder / "pairs.csv").write_text(manifest, "utf-8")


def listed_pairs(folder: Path, page: Path) -> None:
    """The configuration of docs/ci.md, and the files of its pairs."""
    (settings,) = blocks("docs/ci.md", "toml")
    if page.name != "ci.md":  # only there a command writes the baseline first, and none is `run`
        settings = re.sub(r"^(?:baseline|fail-on) = .*\n", "", settings, flags=re.M)
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    for pair in tomllib.loads(settings)["tool"]["variant-compare"]["pairs"]:
        for side, ships in (("a", "forty"), ("b", "14")):
            (folder / pair[side]).parent.mkdir()
            (folder / pair[side]).write_text(STORY.format(ships=ships), "utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_runs(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The commands of a page one after the other, in a folder with the files that they name."""
    lines = [line for block in blocks(str(page), "bash") for line in block.splitlines()]
    runnable = [line for line in lines if not any(re.search(part, line) for part in NOT_RUN)]
    if runnable:
        sandbox(tmp_path)
        monkeypatch.chdir(tmp_path)
    if any("variant-compare check " in f"{line} " for line in runnable):
        listed_pairs(tmp_path, page)
    for line in runnable:
        command, _, target = line.partition(" > ")
        words = shlex.split(command, comments=True)
        assert words[0] == "variant-compare", line
        code = main(words[1:])
        told = capsys.readouterr()
        judges = "--fail-on" in words or words[1] == "check"
        assert code in ((0, 1) if judges else (0,)), (line, told.err)
        made = [words[i + 1] for i, word in enumerate(words) if word == "-o"]
        assert all((tmp_path / name).exists() for name in made), line
        assert told.out or made or {"verdicts", "check"} & set(words), line
        assert bool(target) <= bool(told.out)


def test_what_is_not_run_is_in_the_documents() -> None:
    lines = [line for p in PAGES for block in blocks(str(p), "bash") for line in block.splitlines()]
    for part in NOT_RUN:
        assert any(re.search(part, line) for line in lines), f"nothing is like {part}: take it out"


def test_the_tutorial_shows_the_real_output() -> None:
    summary = (EXAMPLE / "summary.txt").read_text("utf-8")
    shown = blocks("docs/tutorial.md", "text")
    assert shown
    for block in shown:
        for line in block.splitlines():
            assert line in summary, line


def test_the_example_is_a_run_on_the_seeds() -> None:
    record = json.loads((EXAMPLE / "comparison.json").read_text("utf-8"))
    for side, path in zip("ab", sorted((ROOT / "seeds").glob("*.txt")), strict=True):
        assert record[side]["source"] == f"seeds/{path.name}"
    criticals = [f for f in record["findings"] if f["severity"] == "critical"]
    assert {"President Kim", "General Roh"} <= {f["b_span"] for f in criticals}
    assert all(f["likely_side"] == "b" for f in criticals if f["check"] == "title")


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target), link
