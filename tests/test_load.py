"""A run is read back as it was written, and what is no run is refused with a reason."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_report import comparison, finding, summary

from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode, InputError
from compare.pipeline import compare_texts
from compare.records import BaselineInfo, Comparison, LinksInfo, Place, Role, Secondary
from compare.report import RUN_FILES, load_run, to_html, worst_first, write_run
from compare.report.tables import rounded
from compare.report.write import run_files

ROOT = Path(__file__).parents[1]


def as_written(result: Comparison) -> Comparison:
    """The result with the rounding and the order of the files."""
    return dataclasses.replace(
        result,
        groups=tuple(
            dataclasses.replace(
                g,
                score=rounded(g.score),
                similarity=rounded(g.similarity),
                wording=rounded(g.wording),
                a_unmatched=rounded(g.a_unmatched),
                b_unmatched=rounded(g.b_unmatched),
            )
            for g in result.groups
        ),
        findings=tuple(
            dataclasses.replace(f, confidence=round(f.confidence, 4))
            for f in worst_first(result.findings)
        ),
        secondary=tuple(
            dataclasses.replace(m, score=round(m.score, 4), similarity=round(m.similarity, 4))
            for m in result.secondary
        ),
        run=dataclasses.replace(
            result.run,
            stages=tuple(
                s._replace(wall=round(s.wall, 3), cpu=round(s.cpu, 3)) for s in result.run.stages
            ),
        ),
    )


def reviewed(confidence: float = 0.75, score: float = 0.98765, note: str = "") -> Comparison:
    """A result with something in every field."""
    base = comparison()
    found = (
        finding(base.a, base.b, "Monday", "Tuesday", "date", "major", confidence=confidence),
        finding(
            base.a,
            base.b,
            "Special Representative",
            "President",
            status="accepted",
            reason="check wrong",
            reviewer="mk",
            reviewed_at="2024-05-14T09:30:00Z",
            note=note,
            new=True,
            places=(Place("b", 10, 19),),
        ),
        finding(base.a, base.b, "No more.", None, "omission", "neutral", ledger="wording"),
    )
    baseline = BaselineInfo("before", "p", 2, 1, 4)
    links = LinksInfo("links.json", "0" * 64, 3, (1,), (2, 3))
    return dataclasses.replace(
        base,
        groups=(
            base.groups[0],
            dataclasses.replace(base.groups[1], score=score, corrected=True),
            *base.groups[2:],
        ),
        findings=found,
        secondary=(Secondary("a", 0, 8, Role.CAPTION, None, 0, score, -0.123456),),
        config=Config(select=("date", "title"), a_label="ours", min_confidence=0.25),
        run=dataclasses.replace(base.run, links=links, baseline=baseline, notes=("one", "two")),
    )


@settings(deadline=None, max_examples=50)
@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_a_run_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, confidence: float, score: float, note: str
) -> None:
    result = reviewed(confidence, score, note)
    folder = tmp_path_factory.mktemp("run") / "run"
    write_run(result, folder)
    for source in (folder, folder / "comparison.json"):
        again = load_run(source)
        assert again == as_written(result)
        assert run_files(again) == run_files(result)
        assert summary(again) == summary(result)


def test_a_real_run_is_read_back(tmp_path: Path) -> None:
    a, b = (p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt")))
    result = compare_texts(a, b, Config(source_language="ko"))
    write_run(result, tmp_path)
    again = load_run(tmp_path)
    assert again == as_written(result)
    assert run_files(again) == run_files(result)
    assert again.run.stages


def test_the_names_of_the_files_are_those_that_are_written() -> None:
    assert tuple(run_files(comparison())) == RUN_FILES


def test_without_run_json_only_the_times_are_missing(tmp_path: Path) -> None:
    result = reviewed()
    write_run(result, tmp_path)
    (tmp_path / "run.json").unlink()
    again = load_run(tmp_path)
    assert (again.run.model, again.run.notes) == (result.run.model, result.run.notes)
    assert (again.run.started, again.run.stages, again.run.links) == ("", (), None)
    assert to_html(again) == to_html(result)


def test_what_another_minor_version_adds_or_lacks_is_no_fault(tmp_path: Path) -> None:
    write_run(reviewed(), tmp_path)
    path = tmp_path / "comparison.json"
    record = json.loads(path.read_text("utf-8"))
    record |= {"schema_version": "1.99", "more": [1]}
    record["findings"][0]["more"] = {}
    del record["config"]["force"]
    path.write_text(json.dumps(record), "utf-8")
    assert load_run(tmp_path) == as_written(reviewed())


def change(*keys: str | int, to: object) -> Callable[[Any], None]:
    """Put a value into the record, at the end of some keys."""

    def edit(record: Any) -> None:
        for key in keys[:-1]:
            record = record[key]
        record[keys[-1]] = to

    return edit


BAD: dict[str, tuple[Callable[[Any], None], str]] = {
    "newer": (change("schema_version", to="2.0"), "it is of version 2.0"),
    "foreign": (change("schema_version", to=None), "not written by this program"),
    "no group": (change("groups", to=[]), "not every sentence of A is in one group"),
    "groups no list": (change("groups", to={}), "groups is not there, or is no list"),
    "group no object": (change("groups", 0, to=3), "groups[0] is no object"),
    "no such sentence": (change("groups", 0, "a", to=[99]), "groups[0].a names a sentence"),
    "sentence twice": (change("groups", 1, "a", to=[0, 1]), "not every sentence of A"),
    "other words": (change("a", "sentences", 0, "text", to="x"), "a.sentences[0] is not what"),
    "outside": (change("findings", 0, "a_end", to=10**6), "findings[0] lies outside the text"),
    "place outside": (change("findings", 0, "places", 0, "end", to=10**6), "outside the text"),
    "negative": (change("findings", 0, "a_start", to=-1), "outside the text"),
    "block": (change("b", "blocks", 0, "end", to=10**6), "a block of B lies outside"),
    "edit": (change("groups", 1, "edits", 0, "a", to=[0, 10**6]), "outside the text"),
    "range": (change("groups", 1, "edits", 0, "a", to=[0]), "groups[1].edits[0].a is [0]"),
    "severity": (change("findings", 0, "severity", to="bad"), 'findings[0].severity is "bad"'),
    "a bool": (change("findings", 0, "a_start", to=True), "findings[0].a_start is true"),
    "a string": (change("findings", 0, "confidence", to="1"), 'findings[0].confidence is "1"'),
    "too large": (change("findings", 0, "confidence", to=10**400), "findings[0].confidence is 1"),
    "role": (change("a", "blocks", 0, "role", to="x"), 'a.blocks[0].role is "x"'),
    "date": (change("a", "date", to="yesterday"), 'a.date is "yesterday"'),
    "setting": (change("config", "min_confidence", to=7), "config: min_confidence is 7"),
    "text": (change("a", "text", to=None), "a.text is null"),
    "secondary": (change("secondary", 0, "other", to=77), "there is no such sentence"),
    "quotes": (change("a", "sentences", 0, "quotes", to=5), "a.sentences[0].quotes is 5"),
}


@pytest.mark.parametrize(("edit", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_what_is_wrong(
    edit: Callable[[Any], None], said: str, tmp_path: Path
) -> None:
    write_run(reviewed(), tmp_path)
    path = tmp_path / "comparison.json"
    record = json.loads(path.read_text("utf-8"))
    edit(record)
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError) as caught:
        load_run(tmp_path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "compare the texts again" in str(caught.value)


@pytest.mark.parametrize("name", ["a", "schema_version", "config", "findings", "pair_id"])
def test_a_file_that_lacks_something_is_refused(name: str, tmp_path: Path) -> None:
    write_run(reviewed(), tmp_path)
    path = tmp_path / "comparison.json"
    record = json.loads(path.read_text("utf-8"))
    del record[name]
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match=name):
        load_run(path)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"\xff\xfe{}", b'{"schema_version": "1.0", "x": NaN}', b"[" * 100_000, b"{"],
    ids=range(6),
)
def test_what_is_no_run_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "comparison.json").write_bytes(data)
    with pytest.raises(InputError, match=r"comparison\.json"):
        load_run(tmp_path)


def test_a_run_json_of_another_pair_is_refused(tmp_path: Path) -> None:
    write_run(reviewed(), tmp_path)
    path = tmp_path / "run.json"
    record = json.loads(path.read_text("utf-8")) | {"pair_id": "other"}
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match="another pair of texts"):
        load_run(tmp_path)


# On the command line


@pytest.fixture
def run(tmp_path: Path) -> Path:
    write_run(reviewed(), tmp_path / "run")
    return tmp_path / "run"


def test_report_prints_and_writes_the_files_of_the_run(
    run: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = {"json": "comparison.json", "csv": "discrepancies.csv", "html": "report.html"}
    for form, name in files.items():
        expected = (run / name).read_bytes()
        assert main(["report", str(run), "--format", form]) == ExitCode.OK
        assert capsysbinary.readouterr() == (expected, b"")
        out = run.parent / f"again.{form}"
        out.write_text("older")
        assert main(["report", str(run), "--format", form, "-o", str(out)]) == ExitCode.OK
        assert out.read_bytes() == expected
    assert main(["report", str(run / "comparison.json"), "--limit", "1"]) == ExitCode.OK
    whole = summary(reviewed(), limit=1)
    assert capsysbinary.readouterr().out.decode() == whole[: whole.rindex("\n\npairs.csv") + 1]
    assert {p.name for p in run.parent.iterdir()} == {"run", *(f"again.{f}" for f in files)}


def test_report_refuses_what_would_harm(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {p: p.read_bytes() for p in run.iterdir()}
    wrong = {
        run / "comparison.json": (ExitCode.USAGE, "a file of the run itself"),
        run: (ExitCode.USAGE, "is a folder"),
        run / "none" / "x.html": (ExitCode.ENVIRONMENT, "name another file with -o"),
    }
    for target, (code, said) in wrong.items():
        assert main(["report", str(run), "--format", "html", "-o", str(target)]) == code
        assert said in capsys.readouterr().err
    assert main(["report", str(run.parent / "nowhere")]) == ExitCode.INPUT
    assert "cannot read the run" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in run.iterdir()} == before
