"""SARIF, JUnit, TMX, XLIFF and MQM: read by other programs, whatever the articles hold."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_report import comparison, finding, with_findings
from translate.storage import tmx, xliff2

from compare.checks import default_registry
from compare.cli import main
from compare.errors import ExitCode
from compare.records import Comparison, Finding, Place
from compare.report import FORMATS, write_run
from compare.report.junit import to_junit
from compare.report.mqm import COLUMNS, mqm_score, ratings, system_names, to_mqm
from compare.report.safe import storable, storable_xml, visible
from compare.report.sarif import to_sarif
from compare.report.tmx import LANG, to_tmx
from compare.report.xliff import CORE, SENTENCE, to_xliff

SARIF = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.schema.json").read_text("utf-8"))
NS = {"x": CORE}

# The content models of the specification, as far as they are used here.
TMX_DTD = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""

HOSTILE = [
    "]]> <![CDATA[ x ]]>",
    "<script>alert(1)</script> & &amp; &#0; &x;",
    "\x00\x01\x1b[31m\x7f\x9b \ufffe\uffff",
    "\ud800 \udfff",
    "=cmd|' /C calc'!A0",
    "@SUM(1) \u202e txt \u2066",
    "tab\there",
    "lines\none\r\ntwo\u2028three\x85four",
    '"quoted" \'too\' "',
    "<v>not a mark</v> </v>",
    "{0} {{1}} [a](javascript:alert(1))",
]


def several() -> Comparison:
    """Findings of every kind and state, over a group of two sentences and two."""
    base = comparison()

    def made(*words: str | None, **changes: Any) -> Finding:
        return finding(base.a, base.b, *words, **changes)

    return with_findings(
        base,
        made("Special Representative", "President", message="Two titles.",
             places=(Place("a", 60, 63),)),
        made("Monday", "Tuesday", "date", "major", likely_side="unknown", message="Two days."),
        made("travel", "go", "term", "minor", likely_side="a", message="Two words."),
        made("Seoul", "Seoul", "place", "minor", status="dismissed", reason="same meaning",
             reviewer="mk", reviewed_at="2024-05-14T09:30:00Z", note="one town"),
        made("Kim", "Kim", "name", "neutral", status="dismissed", reason="rule"),
        made("No more.", None, "omission", "minor", ledger="wording", likely_side="unknown",
             group_id="g009", category="accuracy/omission"),
        made(None, "Nobody", "addition", "minor", ledger="wording", likely_side="b",
             group_id="g003", category="accuracy/addition"),
    )  # fmt: skip


def hostile(text: str) -> Comparison:
    """The text in every place that takes any, in a file too that others wrote."""
    base = comparison((text or "x", "Kim came."), ("President Kim came.", text or "x"))
    found = finding(base.a, base.b, text or "x", text or "x", message=text, note=text, check=text,
                    reviewer=text, reason=text, category=text)  # fmt: skip
    result = with_findings(
        base,
        dataclasses.replace(found, finding_id="1"),
        dataclasses.replace(found, finding_id="2", status="dismissed"),
    )
    a = dataclasses.replace(result.a, article=dataclasses.replace(result.a.article, label=text))
    run = dataclasses.replace(result.run, version=text)
    groups = (*result.groups[:-1], dataclasses.replace(result.groups[-1], group_id=text))
    return dataclasses.replace(result, a=a, run=run, groups=groups, pair_id=text)


every_text = pytest.mark.parametrize("text", HOSTILE)
texts = st.text() | st.text(
    st.sampled_from("ab <>&]\"'=\t\n\x00\x1b\x85\ud800\ufffe\u202e{}[]()v/")
)


# SARIF -----------------------------------------------------------------------------------------


def sarif(result: Comparison) -> dict[str, Any]:
    log = json.loads(to_sarif(result))
    jsonschema.Draft4Validator(SARIF).validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def cut(text: str, region: dict[str, int]) -> str:
    """What a reader that goes by lines and columns finds, if by offsets it is the same."""
    lines = text.split("\n")
    first, last = region["startLine"] - 1, region["endLine"] - 1
    start = sum(len(line) + 1 for line in lines[:first]) + region["startColumn"] - 1
    end = sum(len(line) + 1 for line in lines[:last]) + region["endColumn"] - 1
    assert (start, end - start) == (region["charOffset"], region["charLength"])
    return text[start:end]


def test_sarif_tells_rules_places_and_states() -> None:
    result = several()
    run = sarif(result)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(default_registry())
    assert run["columnKind"] == "unicodeCodePoints"
    found = {r["ruleId"]: r for r in run["results"]}
    for name, entry in found.items():
        assert rules[entry["ruleIndex"]]["id"] == name
        (told,) = [f for f in result.findings if f.check == name]
        assert entry["partialFingerprints"] == {"findingId/v1": told.finding_id}
        for place in (*entry["locations"], *entry["relatedLocations"]):
            physical = place["physicalLocation"]
            side = physical["artifactLocation"]["uri"][0]
            article = result.document("a" if side == "a" else "b").article
            words = cut(article.text, physical["region"])
            if "snippet" in physical["region"]:
                assert words == physical["region"]["snippet"]["text"]
                assert words == (told.a_span if side == "a" else told.b_span)
    assert {name: entry["level"] for name, entry in found.items()} == {
        "title": "error", "date": "error", "term": "warning", "place": "warning", "name": "note",
        "omission": "warning", "addition": "warning",
    }  # fmt: skip
    title = found["title"]
    assert title["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.txt"
    related = [r["message"]["text"] for r in title["relatedLocations"]]
    assert related == ["what A has", "also in A"]
    assert [n for n, entry in found.items() if entry["suppressions"]] == ["place", "name"]
    assert found["place"]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "dismissed, same meaning, by mk, 2024-05-14T09:30:00Z: one town",
        }
    ]
    assert not any("baselineState" in entry for entry in found.values())


def test_sarif_tells_what_is_new_and_checks_that_are_gone() -> None:
    first, second, *_ = several().findings
    result = with_findings(
        several(),
        dataclasses.replace(first, new=True, check="theirs"),
        dataclasses.replace(second, new=False),
    )
    run = sarif(result)
    assert [r["baselineState"] for r in run["results"]] == ["new", "unchanged"]
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]] == {"id": "theirs"}


@every_text
def test_sarif_is_valid_whatever_the_texts_hold(text: str) -> None:
    result = hostile(text)
    written = to_sarif(result)
    assert not {"\x1b", "\x7f", "\x9b", "\u202e", "\ud800"}.intersection(written)
    entry = sarif(result)["results"][0]
    region = entry["locations"][0]["physicalLocation"]["region"]
    assert cut(result.b.article.text, region) == text
    told = entry["message"]["text"]
    assert "](" not in text or not re.search(r"(?<!\\)\[", told)
    plain = told.replace("{{", "{").replace("}}", "}")
    if "](" in text:
        plain = plain.replace("\\[", "[").replace("\\]", "]")
    assert plain == storable(visible(text))


# JUnit -----------------------------------------------------------------------------------------


def cases(result: Comparison) -> dict[str, list[junitparser.TestCase]]:
    """The cases of each suite, whose counts are right."""
    report = junitparser.JUnitXml.fromstring(to_junit(result))
    suites = {suite.name: list(suite) for suite in report}
    for suite in report:
        told = (suite.tests, suite.failures, suite.skipped, suite.errors)
        suite.update_statistics()
        assert told == (suite.tests, suite.failures, suite.skipped, suite.errors)
    told = (report.tests, report.failures, report.skipped)
    report.update_statistics()
    assert told == (report.tests, report.failures, report.skipped)
    return suites


def test_junit_has_a_suite_for_each_check_and_a_case_for_each_fact() -> None:
    result = several()
    suites = cases(result)
    ran = [name for name, check in default_registry().items() if not check.learned]
    assert list(suites) == ran
    kinds = {
        name: [type(r).__name__ for case in found for r in case.result]
        for name, found in suites.items()
    }
    assert {name: kind for name, kind in kinds.items() if kind} == {
        "title": ["Failure"], "date": ["Failure"], "term": ["Failure"],
        "place": ["Skipped"], "name": ["Skipped"],
    }  # fmt: skip
    assert all(len(found) == 1 for found in suites.values())
    (title,) = suites["title"]
    assert title.name == "“Special Representative” / “President” (f-title)"
    assert title.result[0].message == "Two titles."
    assert "b.txt:10-19: President" in title.result[0].text
    assert suites["place"][0].result[0].message == "dismissed: same meaning"
    assert suites["omission"][0].name == "no fact differs"


def test_junit_has_the_checks_that_ran() -> None:
    result = several()
    for config, ran in (
        (result.config.replace(select=("title", "contradiction")), {"title", "contradiction"}),
        (result.config.replace(meaning=True), set(default_registry())),
    ):
        found = with_findings(dataclasses.replace(result, config=config), result.findings[0])
        assert set(cases(found)) == ran
    left_out = result.config.replace(ignore=("negation",))
    assert "negation" not in cases(dataclasses.replace(result, config=left_out))


@every_text
def test_junit_is_read_whatever_the_texts_hold(text: str) -> None:
    failed, skipped = cases(hostile(text))[storable_xml(visible(text))]
    shown = storable_xml(visible(" ".join(text.split())))
    assert failed.result[0].message == skipped.result[0].text == shown
    assert f"A: {shown}" in failed.result[0].text


# TMX -------------------------------------------------------------------------------------------


def test_tmx_has_a_unit_for_each_group() -> None:
    result = several()
    data = to_tmx(result)
    root = etree.fromstring(data)
    assert etree.DTD(io.StringIO(TMX_DTD)).validate(root)
    units = root.findall("body/tu")
    assert [unit.get("tuid") for unit in units] == [group.group_id for group in result.groups]
    unit = units[1]
    assert [note.text for note in unit.findall("note")][:2] == ["Two titles.", "Two days."]
    props = [(prop.get("type"), prop.text) for prop in unit.findall("prop")]
    assert props[:3] == [("x-link", "n:m"), ("x-moved", "yes"), ("x-score", "0.9877")]
    assert ("x-finding", "f-place place minor fact dismissed") in props
    assert [v.get(LANG) for v in unit.findall("tuv")] == ["en-x-a", "en-x-b"]
    kept = {p.get("type"): p.text for p in unit.find("tuv").findall("prop")}
    assert kept == {"x-sentences": "2 3", "x-spans": "0:43 44:68"}
    assert [len(u.findall("tuv")) for u in units] == [1, 2, 1, 1]
    assert units[0].findtext("tuv/prop[@type='x-roles']") == "headline"


def test_translate_toolkit_reads_the_tmx() -> None:
    read = tmx.tmxfile.parsestring(to_tmx(several()))
    unit = read.units[1]
    assert unit.getid() == "g002"
    assert unit.source == "Special Representative Kim spoke on Monday. He will travel to Seoul."
    assert unit.target == "President Kim spoke on Tuesday. He will go to Seoul."
    assert "Two titles." in unit.getnotes()


@every_text
def test_tmx_holds_whatever_the_texts_hold(text: str) -> None:
    result = hostile(text)
    data = to_tmx(result)
    root = etree.fromstring(data)
    assert etree.DTD(io.StringIO(TMX_DTD)).validate(root)
    shown = storable_xml(text).replace("\r\n", "\n")
    (first, *_) = [seg.text.replace("\r\n", "\n") for seg in root.iter("seg")]
    assert first == shown
    assert root.findtext("header/prop[@type='x-a-label']").replace("\r\n", "\n") == shown
    assert tmx.tmxfile.parsestring(data).units[0].source.replace("\r\n", "\n") == shown


# XLIFF -----------------------------------------------------------------------------------------


def check_core(root: Any) -> None:
    """The rules of the core for the elements that are used here."""
    assert root.tag == f"{{{CORE}}}xliff"
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        "2.0", "en-x-a", "en-x-b",
    )  # fmt: skip
    (file,) = root
    for element in root.iter(f"{{{CORE}}}*"):
        inner = [child.tag.rpartition("}")[2] for child in element]
        name = element.tag.rpartition("}")[2]
        if name == "file":
            assert inner[0] == "metadata"
            assert set(inner[1:]) == {"unit"}
        elif name == "unit":
            assert inner in (["metadata", "segment"], ["metadata", "notes", "segment"])
            ids = [e.get("id") for e in element.iter(f"{{{CORE}}}mrk", f"{{{CORE}}}segment")]
            assert len(ids) == len(set(ids))
        elif name == "notes":
            assert set(inner) == {"note"}
            assert len({note.get("id") for note in element}) == len(element)
            assert all(1 <= int(note.get("priority")) <= 10 for note in element)
            assert {note.get("appliesTo") for note in element} <= {"source", "target", None}
        elif name == "segment":
            assert inner in (["source"], ["source", "target"])
            assert element.get("state") in ("initial", "translated", "reviewed", "final")
            assert inner[1:] or element.get("state") == "initial"
        elif name in ("source", "target"):
            assert set(inner) <= {"mrk"}
            assert all(mark.get("type") == SENTENCE for mark in element)
    ids = [unit.get("id") for unit in file.iter(f"{{{CORE}}}unit")]
    assert len(ids) == len(set(ids))


def test_xliff_has_a_unit_for_each_group_and_a_note_for_each_finding() -> None:
    result = several()
    root = etree.fromstring(to_xliff(result))
    check_core(root)
    units = root.findall("x:file/x:unit", NS)
    assert [unit.get("id") for unit in units] == [group.group_id for group in result.groups]
    notes = units[1].findall("x:notes/x:note", NS)
    assert notes[0].text == "Two titles. [f-title title critical fact open]"
    told = [(n.get("category"), n.get("priority"), n.get("appliesTo")) for n in notes[:3]]
    assert told == [("title", "1", "target"), ("date", "2", None), ("term", "5", "source")]
    states = [unit.find("x:segment", NS).get("state") for unit in units]
    assert states == ["initial", "translated", "translated", "initial"]
    marks = units[1].findall("x:segment/x:target/x:mrk", NS)
    assert [mark.text for mark in marks] == [s.text for s in result.groups[1].b]


def test_xliff_tells_what_is_decided() -> None:
    done = [dataclasses.replace(f, status="accepted") for f in several().findings]
    root = etree.fromstring(to_xliff(with_findings(several(), *done)))
    assert root.findall("x:file/x:unit/x:segment", NS)[1].get("state") == "reviewed"


def test_translate_toolkit_reads_the_xliff() -> None:
    read = xliff2.Xliff2File.parsestring(to_xliff(several()))
    unit = read.units[1]
    assert unit.source == "Special Representative Kim spoke on Monday. He will travel to Seoul."
    assert unit.target == "President Kim spoke on Tuesday. He will go to Seoul."
    assert read.units[0].target is None


@every_text
def test_xliff_holds_whatever_the_texts_hold(text: str) -> None:
    data = to_xliff(hostile(text))
    root = etree.fromstring(data)
    check_core(root)
    shown = storable_xml(text).replace("\r\n", "\n")
    assert root.findtext(".//x:source", namespaces=NS).replace("\r\n", "\n") == shown
    assert xliff2.Xliff2File.parsestring(data).units[0].source.replace("\r\n", "\n") == shown


# MQM -------------------------------------------------------------------------------------------


def table(result: Comparison) -> pd.DataFrame:
    """The table as the tools of the task read it, without quoting."""
    read = pd.read_csv(
        io.StringIO(to_mqm(result)), sep="\t", quoting=3, keep_default_na=False, dtype=str
    )
    assert tuple(read.columns) == COLUMNS
    for _, rows in read.groupby("system"):
        # Their scorer wants every segment of a document, by numbers.
        assert sorted({int(n) for n in rows.doc_id}) == list(range(1, len(result.groups) + 1))
    return read


def test_mqm_rates_each_text_against_the_other() -> None:
    result = several()
    read = table(result)
    errors = read[read.severity != "No-error"]
    told = [tuple(row) for row in errors[["system", "seg_id", "category", "severity"]].values]
    assert told == [
        ("A", "2", "Accuracy/Mistranslation", "Major"),  # the days: open which is wrong
        ("A", "2", "Accuracy/Mistranslation", "Minor"),
        ("A", "4", "Accuracy/Addition", "Neutral"),
        ("B", "2", "Accuracy/Mistranslation", "Major"),
        ("B", "2", "Accuracy/Mistranslation", "Major"),
        ("B", "3", "Accuracy/Addition", "Neutral"),
        ("B", "4", "Accuracy/Omission", "Neutral"),
    ]
    title = errors[errors.target.str.contains("President")].iloc[0]
    assert title.target == "<v>President</v> Kim spoke on Tuesday. He will go to Seoul."
    assert title.source == "Special Representative Kim spoke on Monday. He will travel to Seoul."
    left_out = errors[errors.category == "Accuracy/Omission"].iloc[0]
    assert (left_out.source, left_out.target) == ("<v>No more.</v>", "")
    assert set(read.rater) == {"variant-compare"}
    assert mqm_score(result) == (
        "MQM, WMT weights, 4 segments: A: 6 (1.500 a segment; 5 of it may be the other text's), "
        "B: 10 (2.500 a segment; 5 of it may be the other text's)"
    )


@pytest.mark.parametrize(
    ("category", "severity", "ledger", "weight"),
    [
        ("accuracy/mistranslation", "critical", "fact", 5),
        ("accuracy/mistranslation/number", "major", "fact", 5),
        ("fluency/grammar", "minor", "fact", 1),
        ("fluency/punctuation", "minor", "fact", 0.1),
        ("fluency/punctuation", "major", "fact", 5),
        ("non-translation", "critical", "fact", 25),
        ("accuracy/mistranslation", "neutral", "fact", 0),
        ("accuracy/omission", "major", "wording", 0),
        ("", "minor", "fact", 1),
    ],
)
def test_the_weights_are_those_of_wmt(
    category: str, severity: Any, ledger: str, weight: float
) -> None:
    base = comparison()
    made = finding(base.a, base.b, "Kim", "Kim", "name", severity, category=category, ledger=ledger)
    (rated,) = [r for r in ratings(with_findings(base, made)) if r.finding]
    assert (rated.system, rated.weight) == ("b", weight)


def test_words_over_two_sentences_are_marked_as_one() -> None:
    base = comparison()
    made = finding(base.a, base.b, "Monday.\n\nHe", "Tuesday", likely_side="a")
    read = table(with_findings(base, made))
    (target,) = read[read.severity == "Major"].target
    assert target == "Special Representative Kim spoke on <v>Monday. He</v> will travel to Seoul."


def test_the_words_are_marked_in_their_own_group() -> None:
    base = comparison()
    made = finding(base.a, base.b, "No more.", "President", likely_side="a", group_id="g002")
    read = table(with_findings(base, made))
    assert list(read[read.severity == "Major"].seg_id) == ["4"]


def test_texts_of_one_name_are_called_by_their_letters() -> None:
    base = comparison()
    assert system_names(base) == {"a": "A", "b": "B"}
    for a, b, names in (("x", "x", "AB"), ("", "x", "AB"), ("x", "y\tz", ("x", "y z"))):
        documents = {
            side: dataclasses.replace(d, article=dataclasses.replace(d.article, label=label))
            for side, d, label in (("a", base.a, a), ("b", base.b, b))
        }
        made = system_names(dataclasses.replace(base, **documents))  # type: ignore[arg-type]
        assert tuple(made.values()) == tuple(names)


@settings(deadline=None)
@given(texts)
@example('=1\t"x\n</v>')
def test_mqm_is_read_whatever_the_texts_hold(text: str) -> None:
    result = hostile(text)
    read = table(result)
    assert len(read) == sum(1 for _ in ratings(result))
    for cell in (read.source, read.target):
        assert all(c.count("<v>") == c.count("</v>") <= 1 for c in cell)
        assert not any(c.startswith(tuple("=+-@\t")) for c in cell)


# The command -----------------------------------------------------------------------------------


@settings(deadline=None)
@given(texts)
def test_xml_is_well_formed_whatever_the_texts_hold(text: str) -> None:
    for render in (to_junit, to_tmx, to_xliff):
        etree.fromstring(render(hostile(text)))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_made_on_the_command_line(
    form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_run(several(), tmp_path / "run")
    command = ["report", str(tmp_path / "run"), "--format", form]
    assert main([*command, "-o", str(tmp_path / "out")]) == ExitCode.OK
    written = (tmp_path / "out").read_bytes()
    told = capfdbinary.readouterr().err.decode()
    assert ("MQM, WMT weights" in told) == (form == "mqm")
    if FORMATS[form].text:
        assert main(command) == ExitCode.OK
        assert capfdbinary.readouterr().out == written
    assert written == FORMATS[form].data(several())
