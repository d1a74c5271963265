"""Packages that add a check or a reader: the example from its own wheel, and broken ones."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compare import readers, stories
from compare.checks import BUILT_IN, default_registry
from compare.checks.base import Check, Draft
from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode, InputError, SetupError
from compare.pipeline import compare_articles, compare_sentences
from compare.read import SUFFIXES, article_from_sentences, read_article, suffixes
from compare.readers import Reading
from compare.records import Comparison, Place, Role, Span

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "variant-compare-example"
SOURCE = EXAMPLE / "src" / "variant_compare_example"
ORG = """\
#+TITLE: Port reopens after the storm
#+DATE: <2021-10-20 Wed>
# The photograph comes later.

* Yesterday
The port is the largest in the region, and it had been closed for a week.

Twelve ships left it on Tuesday, the harbour master said.
"""
OTHER_TEXT = """\
Port reopens after the storm

The port is large for the region, and it had been closed for a week.

Twelve ships left it on Tuesday, the harbour master said.
"""


def run(*command: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def installed_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example installed from its wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder / "source")  # a build leaves files behind
    pip = (sys.executable, "-m", "pip")
    for arguments in (
        ("wheel", "--no-deps", "--no-build-isolation", "-w", folder / "dist", folder / "source"),
        ("install", "--no-deps", "--target", folder / "site", "--no-index", "-f", folder / "dist"),
    ):
        done = run(*pip, *arguments, *(["variant-compare-example"] * (arguments[0] == "install")))
        assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def command(installed_example: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command with the example installed."""
    path = os.pathsep.join((str(installed_example), str(ROOT)))
    return lambda *words: run(sys.executable, "-m", "compare", *words, PYTHONPATH=path)


def test_the_example_is_listed_and_explained(
    command: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    listed = command("checks", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [*BUILT_IN, "superlative"]
    assert listed[-1].endswith("[variant-compare-example 0.1.0]")
    assert not any(line.endswith("]") for line in listed[:-1])
    told = command("checks", "explain", "superlative").stdout
    assert "From the package variant-compare-example 0.1.0" in told


def test_the_example_reads_and_checks(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "a.org").write_text(ORG, "utf-8")
    (tmp_path / "b.txt").write_text(OTHER_TEXT, "utf-8")
    out = tmp_path / "out"
    done = command(
        *("run", tmp_path / "a.org", tmp_path / "b.txt", "--select", "superlative", "-o", out)
    )
    assert done.returncode == 0, done.stderr
    record = json.loads((out / "comparison.json").read_text("utf-8"))
    (finding,) = record["findings"]
    assert (finding["check"], finding["a_span"]) == ("superlative", "largest")
    assert record["a"]["date"] == "2021-10-20"
    assert (out / "a.txt").read_text("utf-8").startswith("Port reopens after the storm\n\nYester")
    versions = json.loads((out / "run.json").read_text("utf-8"))["packages"]
    assert dict(versions)["variant-compare-example"] == "0.1.0"


def test_the_examples_own_examples_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SOURCE.parent))
    from variant_compare_example.superlative import CHECK

    for example in (*CHECK.flags, *CHECK.passes):
        assert isinstance(example.a, str)
        assert isinstance(example.b, str)
        found = checked(CHECK, [example.a], [example.b]).findings
        assert bool(found) == (example in CHECK.flags), example


def checked(check: Check, a: list[str], b: list[str]) -> Comparison:
    """Two lists of sentences, compared with one check."""
    articles = article_from_sentences(a), article_from_sentences(b)
    return compare_articles(*articles, Config(force=True), registry={check.id: check})


# Packages that are wrong -----------------------------------------------------------------------


MODULE = """
from compare.checks.base import Check, Draft
from compare.readers import Reader, Reading
from compare.records import Span

def of(found):
    return lambda context: found

def crash(argument):
    raise KeyError("oops")

def check(id, find=of([])):
    return Check(id, "One.", "style", find, (), ())

title, twin = check("title"), check("twin")
crashing = check("crashing", crash)
outside = check("outside", of([Draft(Span(0, 9999), None, "So.", "minor", 0.9)]))
crashes = Reader((".crash",), crash)
empty = Reader((".empty",), lambda data: None)
taken = Reader((".TXT".lower(),), lambda data: Reading("Words."))
odd = Reader(("ORG",), lambda data: Reading("Words."))
again = Reader((".crash",), crash)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Makes a package that seems installed, with these entry points."""
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    readers.installed.cache_clear()

    def make(name: str, group: str, *points: str) -> None:
        info = tmp_path / "site" / f"{name}-1.2.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        lines = (f"{point.rpartition(':')[2]} = {point}" for point in points)
        (info / "entry_points.txt").write_text(f"[variant_compare.{group}]\n" + "\n".join(lines))
        (tmp_path / "site" / "bad_plugin.py").write_text(MODULE)

    yield make
    readers.installed.cache_clear()
    sys.modules.pop("bad_plugin", None)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("no_such_package:CHECK", "the check 'CHECK' (no_such_package:CHECK) of the package bad 1.2"
         " does not load: No module"),
        ("bad_plugin:taken", "the check 'taken' (bad_plugin:taken) of the package bad 1.2 is not"
         " a Check"),
        ("bad_plugin:title", "two checks have the id 'title': that of the package bad 1.2, and a"
         " built-in one"),
    ],
)  # fmt: skip
def test_a_broken_check_names_its_package(
    package: Callable[..., None], capsys: pytest.CaptureFixture[str], point: str, said: str
) -> None:
    package("bad", "checks", point)
    assert main(["checks", "list"]) == ExitCode.ENVIRONMENT
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_two_packages_with_one_id_are_both_named(package: Callable[..., None]) -> None:
    package("one", "checks", "bad_plugin:twin")
    package("two", "checks", "bad_plugin:twin")
    with pytest.raises(SetupError) as told:
        default_registry()
    assert "one 1.2" in str(told.value)
    assert "two 1.2" in str(told.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [("crashing", "failed (KeyError: 'oops')"), ("outside", "0-9999, outside text a")],
)
def test_a_check_that_fails_names_its_package(
    package: Callable[..., None], name: str, said: str
) -> None:
    package("bad", "checks", f"bad_plugin:{name}")
    with pytest.raises(SetupError, match=f"the check '{name}' of the package bad 1.2") as told:
        compare_sentences(["He won."], ["He won."])
    assert said in str(told.value)
    assert compare_sentences(["He won."], ["He won."], Config(ignore=(name,))).findings == ()


@pytest.mark.parametrize(
    ("draft", "sound"),
    [
        (Draft(Span(0, 2), None, "So.", "minor", 0.9), True),
        (Draft(None, None, "So.", "minor", 0.9), False),
        (Draft(None, Span(3, 3), "So.", "minor", 0.9), False),
        (Draft(Span(0, 2), None, "So.", "minor", 1.1), False),
        (Draft(Span(0, 2), None, "So.", "bad", 0.9), False),  # type: ignore[arg-type]
        (Draft(Span(0, 2), None, "So.", "minor", 0.9, places=(Place("b", 0, 99),)), False),
    ],
)
def test_what_a_foreign_check_reports_must_be_possible(draft: Draft, sound: bool) -> None:
    check = Check("own", "One.", "style", lambda context: [draft], (), (), origin="bad 1.2")
    texts = ["He won."], ["He won."]
    if sound:
        assert len(checked(check, *texts).findings) == 1
        return
    with pytest.raises(SetupError, match=r"bad 1\.2 failed \(ValueError"):
        checked(check, *texts)
    assert dataclasses.replace(check, origin="").drafts(None) == [draft]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (["bad_plugin:missing"], "the reader 'missing' (bad_plugin:missing) of the package bad"),
        (["bad_plugin:title"], "is not a Reader"),
        (["bad_plugin:taken"], "package bad 1.2 reads files that end in '.txt', as does variant-c"),
        (["bad_plugin:odd"], "'ORG': an ending begins with a dot and is in lower case"),
        (["bad_plugin:crashes", "bad_plugin:again"], "'.crash', as does the package bad 1.2"),
    ],
)
def test_a_broken_reader_names_its_package(
    package: Callable[..., None], tmp_path: Path, points: list[str], said: str
) -> None:
    package("bad", "readers", *points)
    (tmp_path / "a.crash").write_text("He won.")
    (tmp_path / "a.txt").write_text("He won.")
    with pytest.raises(SetupError, match=re.escape(said)):
        read_article(tmp_path / "a.crash")
    assert read_article(tmp_path / "a.txt").text == "He won."  # nobody else's is asked for


@pytest.mark.parametrize(
    ("name", "said"),
    [("crashes", "bad 1.2 failed (KeyError: 'oops')"), ("empty", "it gives NoneType and no Read")],
)
def test_a_reader_that_fails_is_no_crash(
    package: Callable[..., None], tmp_path: Path, name: str, said: str
) -> None:
    package("bad", "readers", f"bad_plugin:{name}")
    ending = "." + {"crashes": "crash"}.get(name, name)
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / f"a{ending}").write_text("He won.")
    assert suffixes() == (*SUFFIXES, ending)
    with pytest.raises(InputError, match=re.escape(said)):
        read_article(articles / f"a{ending}")
    told: list[str] = []
    with pytest.raises(InputError, match="no article that can be read"):
        stories.read_folder(articles, told.append)
    assert said in told[0]


@pytest.mark.parametrize(
    ("text", "roles"), [("One.\r\n", {}), ("One.", {4: Role.BODY}), ("One.", {-1: Role.BODY})]
)
def test_a_reading_must_fit_its_text(text: str, roles: dict[int, Role]) -> None:
    with pytest.raises(ValueError, match=r"newlines|offset"):
        Reading(text, roles)
