"""The folder of runs: its log, rules and corrections, and the status they give to findings."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from stories import finding, sentences, story

from compare import rules
from compare.config import Config
from compare.errors import InputError, SetupError
from compare.links import Correction, Part, SentenceRef
from compare.project import BY_RULE, DATABASE, Project, with_status
from compare.read import article_from_sentences
from compare.rules import Rule
from compare.verdicts import Entry

ROOT = Path(__file__).parents[1]


def correction(a: str, b: str, at: str = "") -> Correction:
    return Correction("link", (Part((SentenceRef(a),), (SentenceRef(b),)),), reviewed_at=at)


def said(number: int, verdict: str, reviewer: str = "mk", **more: object) -> Entry:
    return Entry(f"f{number:03}", "p1", verdict, reviewer, **more)  # type: ignore[arg-type]


def test_reading_makes_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path / "reports")
    base = story()
    assert not project.has_log
    assert project.rules() == ()
    assert project.runs() == []
    assert project.related(base) == ("p1",)
    assert project.entries(base) == project.corrections(["p1"]) == ()
    assert project.links_for(base.a.article, base.b.article, Config()) is None
    assert project.reviewed(base) == base
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_decisions_loads_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from compare.project import Project; from stories import story\n"
        f"p = Project({str(tmp_path)!r}); base = story()\n"
        "p.reviewed(base); p.configured(base.config)\n"
        "p.links_for(base.a.article, base.b.article, base.config)\n"
        "print(sorted({'sqlalchemy', 'tomlkit', 'filelock', 'psycopg'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_log_is_a_file_in_the_folder_unless_the_environment_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project(tmp_path / "one").log.add([said(1, "accepted")])
    assert [p.name for p in (tmp_path / "one").iterdir()] == ["verdicts.sqlite"]
    assert Project(tmp_path / "one").has_log
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path}/team.sqlite")
    project = Project(tmp_path / "two")
    assert project.has_log
    project.log.add([said(2, "accepted")])
    assert [e.finding_id for e in Project(tmp_path / "one").log.entries()] == ["f002"]
    assert not (tmp_path / "two").exists()
    given = Project(tmp_path / "two", f"sqlite:///{tmp_path}/one/verdicts.sqlite")
    assert [e.finding_id for e in given.log.entries()] == ["f001"]


@pytest.mark.postgres
def test_a_team_has_its_log_in_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.setenv(DATABASE, postgres_url)
    base = story()
    Project(tmp_path / "one").log.register(base)
    Project(tmp_path / "one").log.add([said(1, "dismissed")])
    seen = Project(tmp_path / "two").reviewed(base)
    assert [f.finding_id for f in seen.findings if f.status == "dismissed"] == ["f001"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, None], ids=["text", "folder"])
def test_a_log_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "verdicts.sqlite"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(SetupError, match=r"cannot open the decisions in .*verdicts\.sqlite"):
        Project(tmp_path).reviewed(story())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    project = Project(tmp_path / "file")
    for act in (
        lambda: project.log,
        lambda: project.correct("p1", correction("One.", "Two.")),
        lambda: rules.add(project.rules_path, Rule("entity", names=("x",))),
    ):
        with pytest.raises(SetupError, match="file"):
            act()
    assert project.runs() == []


# Runs


def test_runs_are_listed_the_latest_first(tmp_path: Path) -> None:
    for name, when in (("old", 10), ("new", 30), ("b", 20), ("a", 20), (".partial-1", 40)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "comparison.json").touch()
        os.utime(tmp_path / name / "comparison.json", (when, when))
    (tmp_path / "links").mkdir()
    (tmp_path / "verdicts.sqlite").touch()
    project = Project(tmp_path)
    assert [run.name for run in project.runs()] == ["new", "a", "b", "old"]
    assert project.run_folder("old") == tmp_path / "old"
    for name in ("links", "..", "", ".partial-1", "old/", "/etc"):
        with pytest.raises(InputError, match="there is no run"):
            project.run_folder(name)


def test_a_comparison_of_several_is_known_by_its_table_and_its_runs(tmp_path: Path) -> None:
    names = (
        "out/2-vs-1",
        "out/2-vs-3",
        "out/x-vs-1",
        "plain/1-vs-2",
        ".partial-1/1-vs-2",
        "1-vs-2",
    )
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "comparison.json").touch()
    for name in ("out", ".partial-1"):
        (tmp_path / name / "variants.csv").touch()
    project = Project(tmp_path)
    assert [run.name for run in project.several()] == ["out"]  # else 1-vs-2 is a run as any other
    assert project.pairs("out") == [(1, 0, "out/2-vs-1"), (1, 2, "out/2-vs-3")]
    assert project.run_folder("out/2-vs-3") == tmp_path / "out" / "2-vs-3"
    for name in ("out/x-vs-1", "plain/1-vs-2", "out", "out/../1-vs-2", "./1-vs-2", "out/"):
        with pytest.raises(InputError, match="there is no run"):
            project.run_folder(name)
    itself = Project(tmp_path / "out")
    assert [run.name for run in itself.several()] == ["."]
    assert itself.pairs(".") == [(1, 0, "2-vs-1"), (1, 2, "2-vs-3")]


# Corrections


def test_corrections_of_a_story_are_found_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    a, b = sentences("a", 10), sentences("b", 10)
    first = story(a=a, b=b, pair_id="first")
    project.log.register(first)
    second, third = correction(a[1], b[2], "2024-05-02"), correction(a[2], b[1], "2024-05-03")
    project.correct("first", third)
    project.correct("first", correction(a[0], b[3], "2024-05-01"))
    project.correct("second", second)
    project.correct("elsewhere", correction("x", "y"))
    again = story(a=[*a[4:], *a[:3]], b=b, pair_id="second")
    config = Config(pair_id="second")
    found = project.links_for(again.a.article, again.b.article, config)
    assert found is not None
    assert found.corrections == (correction(a[0], b[3], "2024-05-01"), second, third)
    assert found.source == str(tmp_path / "links")
    assert found.sha256 != project.links_for(first.a.article, first.b.article, Config()).sha256  # type: ignore[union-attr]
    other = [article_from_sentences(sentences(name, 9)) for name in "xy"]
    assert project.links_for(other[0], other[1], Config()) is None


def test_corrections_made_at_once_are_all_kept(tmp_path: Path) -> None:
    def act(name: str) -> None:
        for i in range(8):
            Project(tmp_path).correct("p1", correction(f"{name} {i}", "b"))

    threads = [threading.Thread(target=act, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Project(tmp_path).corrections(["p1"])) == 32


def test_broken_corrections_are_told_and_left_alone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    path = project.links_path("p1")
    path.parent.mkdir()
    path.write_text("{")
    for act in (
        lambda: project.corrections(["p1"]),
        lambda: project.correct("p1", correction("a", "b")),
    ):
        with pytest.raises(InputError, match="cannot use the corrections"):
            act()
    assert path.read_text() == "{"


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a\0b", "\ud800", "x" * 300, "", ".."])
def test_the_name_of_a_comparison_leads_out_of_no_folder(tmp_path: Path, name: str) -> None:
    project = Project(tmp_path)
    project.correct(name, correction("a", "b"))
    assert project.links_path(name).resolve().parent == tmp_path.resolve() / "links"
    assert len(project.corrections([name])) == 1


# The status of findings


def test_decisions_go_before_rules() -> None:
    base = story()
    same = Rule("check", check="title", pair_id="p1", note="why", reviewer="jo", at="2024")
    assert [f.finding_id for f in base.findings if f.check == "title"] == ["f000", "f004"]
    entries = [
        said(0, "accepted", at="2025", note="so"),
        said(1, "dismissed", reason="other", at="2025"),
        said(1, "dismissed", "jo", reason="house style", at="2026", note="too"),
        said(2, "accepted"),
        said(2, "dismissed", "jo"),
        said(3, "open", note="later"),
        said(99, "accepted"),
    ]
    done = {
        f.finding_id: f
        for f in with_status(base, entries, rules.hiding([same], base.findings, ["p1"])).findings
    }

    def review(number: int) -> tuple[str, ...]:
        f = done[f"f{number:03}"]
        return f.status, f.reason, f.reviewer, f.reviewed_at, f.note

    assert review(0) == ("accepted", "", "mk", "2025", "so")
    assert review(1) == ("dismissed", "other; house style", "mk; jo", "2026", "too")
    assert review(2) == ("disputed", "", "mk; jo", "", "")
    assert review(3) == ("open", "", "", "", "later")
    assert review(4) == ("dismissed", BY_RULE, "jo", "2024", "no title in this story; why")
    assert review(5) == ("open", "", "", "", "")
    assert list(done) == [f.finding_id for f in base.findings]


def test_what_was_decided_before_does_not_stay_when_it_is_taken_back() -> None:
    decided = [replace(f, status="accepted", reviewer="x", note="y") for f in story().findings]
    assert with_status(story(decided), (), {}).findings == story().findings


def test_rules_about_names_are_added_to_the_settings(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for kind in ("same", "different"):
        rules.add(project.rules_path, Rule(kind, names=(f"{kind} a", "b")))  # type: ignore[arg-type]
    config = project.configured(Config(same_entities=(("x", "y"),)))
    assert config.same_entities == (("x", "y"), ("same a", "b"))
    assert config.different_entities == (("different a", "b"),)


def test_broken_rules_are_told(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[[rule]]")
    project = Project(tmp_path)
    for act in (
        project.rules,
        lambda: project.configured(Config()),
        lambda: project.reviewed(story()),
    ):
        with pytest.raises(InputError, match="cannot use rule 1 in"):
            act()


def test_a_finding_of_another_story_with_the_same_name_is_not_decided(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.log.register(story(a=sentences("x", 10), b=sentences("y", 10), pair_id="other"))
    project.log.add([replace(said(1, "dismissed"), pair_id="other")])
    assert project.reviewed(story([finding(1)])).findings[0].status == "open"
