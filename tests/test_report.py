"""What a run writes and shows: tables, JSON, page, terminal, folder; and hostile article text."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.config import Config
from compare.diff import with_diff
from compare.errors import SetupError, UsageError
from compare.records import (
    Article,
    Block,
    Comparison,
    Document,
    Finding,
    Group,
    Place,
    Role,
    RunInfo,
    Sentence,
    Severity,
    StageTime,
)
from compare.report import (
    check_output,
    clean_terminal,
    default_run_dir,
    discrepancies_csv,
    pairs_csv,
    print_summary,
    schema,
    to_html,
    to_json,
    to_run_json,
    worst_first,
    write_run,
)
from compare.report.page import (
    MAX_PLACES,
    find_marks,
    render_finding,
    render_group,
    render_sentence,
    side_labels,
    stylesheet,
)
from compare.report.safe import guard_cell

A = (
    "Kim to visit",
    "Special Representative Kim spoke on Monday.",
    "He will travel to Seoul.",
    "No more.",
)
B = ("President Kim spoke on Tuesday.", "Nobody asked.", "He will go to Seoul.")


def document(lines: tuple[str, ...], label: str) -> Document:
    """A sentence a line, after a caption that is left out."""
    caption = "A photo."
    text = "\n\n".join((caption, *lines))
    start = len(caption) + 2
    blocks = [Block(0, len(caption), Role.CAPTION, 0)]
    sentences = []
    for i, line in enumerate(lines):
        role = Role.HEADLINE if label == "A" and i == 0 else Role.BODY
        blocks.append(Block(start, start + len(line), role, i + 1))
        sentences.append(Sentence(i, start, start + len(line), line, role, i + 1))
        start += len(line) + 2
    return Document(Article(text, tuple(blocks), label, sha256="0" * 64), tuple(sentences))


def finding(
    a: Document,
    b: Document,
    a_words: str | None,
    b_words: str | None,
    check: str = "title",
    severity: Severity = "critical",
    **changes: object,
) -> Finding:
    """A finding on the first place of some words."""

    def where(side: Document, words: str | None) -> tuple[int | None, int | None, str | None]:
        if words is None:
            return None, None, None
        start = side.article.text.index(words)
        sentence = side.sentence_at(start)
        return start, start + len(words), sentence.text if sentence else None

    (a_start, a_end, a_text), (b_start, b_end, b_text) = where(a, a_words), where(b, b_words)
    made = Finding(
        "f-" + check, "pair", "g002", check, "fact", "accuracy/mistranslation", severity, 0.91239,
        "b", a_words, b_words, a_start, a_end, b_start, b_end, a_text, b_text, "They differ.",
    )  # fmt: skip
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def comparison(a_lines: tuple[str, ...] = A, b_lines: tuple[str, ...] = B) -> Comparison:
    """Two short texts with one group, moved, and one-sided rows, without findings."""
    a, b = document(a_lines, "A"), document(b_lines, "B")
    groups = (
        Group(a.sentences[:1], (), group_id="g001"),
        Group(a.sentences[1:3], (b.sentences[0], b.sentences[-1]), 0.98765, True, 0.81, "g002"),
        *(Group((), (s,), group_id=f"g{i:03}") for i, s in enumerate(b.sentences[1:-1], start=3)),
        *(Group((s,), (), group_id=f"g{i:03}") for i, s in enumerate(a.sentences[3:], start=9)),
    )
    run = RunInfo("0.1", "3.11", (("numpy", "2"),), "mini:abc", "onnx", "2021-10-20T17:18:00Z",
                  (StageTime("align", 0.5, 0.25),), 3, 4, ("B has no date",))  # fmt: skip
    return Comparison("pair", a, b, with_diff(groups, a, b), (), Config(), run)


def with_findings(base: Comparison, *findings: Finding) -> Comparison:
    return dataclasses.replace(base, findings=findings)


@pytest.fixture
def result() -> Comparison:
    base = comparison()
    return with_findings(
        base,
        finding(base.a, base.b, "Monday", "Tuesday", "date", "major", message="Two days."),
        finding(base.a, base.b, "Special Representative", "President"),
        finding(base.a, base.b, None, "Nobody asked.", "addition", "minor", ledger="wording",
                group_id="g003", likely_side="unknown"),
    )  # fmt: skip


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# Tables


def test_pairs_csv_is_the_contract(result: Comparison) -> None:
    rows = read_csv(pairs_csv(result))
    assert ",".join(rows[0]) == (
        "group_id,link,moved,score,a_sentences,b_sentences,a_spans,b_spans,a_text,b_text,"
        "similarity,wording"
    )
    assert [row["link"] for row in rows] == ["a-only", "n:m", "b-only", "a-only"]
    row = rows[1]
    assert (row["moved"], row["score"], row["similarity"]) == ("yes", "0.9877", "0.81")
    assert (row["a_sentences"], row["b_sentences"]) == ("2 3", "1 3")
    for side, text in (("a", result.a.article.text), ("b", result.b.article.text)):
        spans = [span.split(":") for span in row[f"{side}_spans"].split()]
        assert " ".join(text[int(s) : int(e)] for s, e in spans) == row[f"{side}_text"]
    assert {rows[0][c] for c in ("moved", "score", "b_text", "b_spans", "wording")} == {""}


def test_discrepancies_csv_is_the_contract(result: Comparison) -> None:
    text = discrepancies_csv(result)
    rows = read_csv(text)
    assert text.splitlines()[0] == (
        "finding_id,pair_id,group_id,check,ledger,category,severity,confidence,likely_side,a_span,"
        "b_span,a_start,a_end,b_start,b_end,a_text,b_text,message,status,reason,reviewer,"
        "reviewed_at,note"
    )
    assert "\r" not in text
    assert [row["check"] for row in rows] == ["title", "date", "addition"]
    assert rows[0]["confidence"] == "0.9124"
    assert result.b.article.text[int(rows[0]["b_start"]) : int(rows[0]["b_end"])] == "President"
    assert (rows[2]["a_span"], rows[2]["a_start"], rows[2]["status"]) == ("", "", "open")


def test_frames_hold_the_tables_with_none_for_what_is_missing(result: Comparison) -> None:
    pairs, findings = result.pairs_frame(), result.findings_frame()
    assert list(pairs.columns) == list(pd.read_csv(io.StringIO(pairs_csv(result))).columns)
    assert pairs.b_text[0] is None
    assert pairs.a_text[1] == "Special Representative Kim spoke on Monday. He will travel to Seoul."
    assert findings.a_span[2] is None
    assert findings.a_start.isna().tolist() == [False, False, True]
    assert str(findings.a_start.dtype) == "Int64"
    assert findings.reason[0] == ""
    empty = comparison().findings_frame()
    assert (len(empty), list(empty.columns)) == (0, list(findings.columns))
    assert empty.dtypes.astype(str).tolist() == findings.dtypes.astype(str).tolist()


def test_pandas_reads_the_tables_back(result: Comparison) -> None:
    read = pd.read_csv(io.StringIO(discrepancies_csv(result)))
    frame = result.findings_frame()
    assert read.b_start.tolist() == frame.b_start.tolist()
    assert read.message.tolist() == frame.message.tolist()


def test_order_severity_then_ledger_then_confidence_then_position() -> None:
    base = comparison()

    def made(name: str, **changes: object) -> Finding:
        return finding(base.a, base.b, "Monday", None, name, **changes)  # type: ignore[arg-type]

    expected = [
        made("critical-wording", ledger="wording", confidence=0.1),
        made("major-sure", severity="major", confidence=0.9),
        made("major-early", severity="major", confidence=0.8, a_start=1),
        made("major-late", severity="major", confidence=0.8),
        made("major-b-only", severity="major", confidence=0.8, a_start=None, b_start=0),
        made("major-wording", severity="major", ledger="wording"),
        made("neutral", severity="neutral", confidence=1.0),
    ]
    assert worst_first(reversed(expected)) == expected


# JSON


def test_comparison_json_is_valid_and_whole(result: Comparison) -> None:
    place = Place("b", 10, 19)
    result = with_findings(
        result, *(dataclasses.replace(f, places=(place,)) for f in result.findings)
    )
    record = json.loads(to_json(result))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(record, schema(), jsonschema.Draft202012Validator)
    assert record["a"]["text"] == result.a.article.text
    assert [s["text"] for s in record["b"]["sentences"]] == [s.text for s in result.b]
    assert record["groups"][1]["a"] == [1, 2]
    assert len(record["groups"][1]["edits"]) == len(result.groups[1].edits)
    assert record["findings"][0]["places"] == [{"side": "b", "start": 10, "end": 19}]


def test_the_schema_refuses_what_is_not_ours(result: Comparison) -> None:
    record = json.loads(to_json(result))
    for wrong in ({"groups": [{}]}, {"schema_version": "2.0"}, {"more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(record | wrong, schema(), jsonschema.Draft202012Validator)


def test_times_stand_in_run_json_alone(result: Comparison) -> None:
    run = json.loads(to_run_json(result))
    assert run["stages"] == [{"stage": "align", "wall_s": 0.5, "cpu_s": 0.25}]
    assert (run["encoded"], run["cached"], run["packages"]) == (3, 4, {"numpy": "2"})
    assert run["inputs"]["b"]["sha256"] == "0" * 64
    assert run["config"]["min_confidence"] == Config().min_confidence
    later = dataclasses.replace(
        result, run=dataclasses.replace(result.run, started="later", stages=(), encoded=0, cached=7)
    )
    assert to_json(later) == to_json(result)
    assert to_html(later) == to_html(result)
    assert to_run_json(later) != to_run_json(result)


# HTML


class Page(HTMLParser):
    """Elements, ids, links and the text of a page; checks that elements nest."""

    VOID = frozenset({"meta", "input", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def test_page_is_whole_and_linked_inside(result: Comparison) -> None:
    page = Page(to_html(result))
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert {"script", "img", "link", "iframe", "form"}.isdisjoint(page.tags)
    assert "style" not in page.attributes
    unnumbered = Page(re.sub(r'<a class="ref.*?</a>', "", to_html(result))).text
    assert all(sentence.text in unnumbered for sentence in (*result.a, *result.b))
    for said in (
        "They differ.",
        "probably wrong: B",
        "only in A",
        "moved",
        "A photo.",
        "B has no date",
    ):
        assert said in page.text


def test_the_style_is_the_one_that_the_policy_allows(result: Comparison) -> None:
    import base64
    import hashlib

    page = to_html(result)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


def test_overlapping_marks_split_at_their_bounds() -> None:
    base = comparison()
    findings = (
        finding(base.a, base.b, "Special Representative Kim", None, "title"),
        finding(base.a, base.b, "Kim spoke", None, "name", "minor"),
    )
    made = render_sentence(base.a.sentences[1], "a", find_marks(findings)["a"])
    assert re.findall(r'<mark class="(\w+) fact"[^>]*>(.*?)</mark>', made) == [
        ("critical", "Special Representative "),
        ("critical", "Kim"),
        ("minor", " spoke"),
    ]
    assert made.index("Representative") < made.index('id="f1-a"') < made.index('id="f2-a"')


def test_a_finding_with_many_places_shows_some_and_counts_the_rest() -> None:
    lines = tuple(f"Kim spoke {n}." for n in range(9))
    base = comparison(A, lines)
    places = tuple(Place("b", s.start, s.start + 3) for s in base.b)
    made = finding(base.a, base.b, None, "Kim spoke 5", places=places)
    card = render_finding(with_findings(base, made), 1, made)
    shown = re.findall(r"<p><bdi.*?</p>", card)
    assert len(shown) == MAX_PLACES
    assert "spoke 5" in shown[0]
    assert f"and {len(lines) - MAX_PLACES} more" in card
    row = render_group(base.groups[1], find_marks([made]), side_labels(base))
    assert row.count('id="f1-b"') == 0
    assert row.count('href="#f1"') == 2


def test_words_that_differ_are_in_the_row() -> None:
    base = comparison()
    row = render_group(base.groups[1], {"a": [], "b": []}, ("A", "B"))
    assert "<del>Special Representative</del>" in row
    assert "<ins>President</ins>" in row
    assert "<ins>Tuesday.</ins>" in row


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours ``#rrggbb``."""

    def luminance(colour: str) -> float:
        red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_in_light_and_dark() -> None:
    themes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\.vc \{(\s+--bg.*?)\}", stylesheet(), re.S)
    ]
    assert len(themes) == 2
    for colours in themes:
        tints = [name for name in colours if name.endswith("-tint")]
        pairs = [(tint.removesuffix("-tint"), tint) for tint in tints]
        pairs += [("text", tint) for tint in tints]
        pairs += [(ink, paper) for ink in ("text", "quiet", "link") for paper in ("bg", "panel")]
        for ink, paper in pairs:
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


# Terminal


def summary(result: Comparison, limit: int = 10) -> str:
    out = io.StringIO()
    print_summary(result, {"pairs.csv": Path("out/pairs.csv")}, out, limit)
    return out.getvalue()


def test_summary_tells_the_worst_first_in_plain_text(result: Comparison) -> None:
    text = summary(result)
    lines = text.splitlines()
    worst = lines.index("1. critical title (fact), probably wrong: B, confidence 0.91")
    assert lines[worst + 1 : worst + 4] == [
        "   They differ.",
        "   A: [[Special Representative]] Kim spoke on Monday.",
        "   B: [[President]] Kim spoke on Tuesday.",
    ]
    assert "fact findings: 1 critical, 1 major" in lines
    assert "wording findings: 1 minor" in lines
    assert "note: B has no date" in lines
    assert "2. major date (fact), probably wrong: B, confidence 0.91" in lines
    assert "pairs.csv          out/pairs.csv" in lines
    assert "\x1b" not in text


def test_summary_shows_facts_first_under_the_numbers_of_the_report(result: Comparison) -> None:
    base = dataclasses.replace(result, findings=())
    wording = finding(base.a, base.b, "No more.", None, "quote", "major", ledger="wording")
    fact = finding(base.a, base.b, "Monday", "Tuesday", "date", "minor")
    shown = re.findall(r"^\d+\. .*?(?=,)", summary(with_findings(base, wording, fact)), re.M)
    assert shown == ["2. minor date (fact)", "1. major quote (wording)"]


def test_summary_counts_what_it_does_not_list(result: Comparison) -> None:
    line = "Not listed here: 1 more finding, 1 sentence only in B (see report.html)"
    assert line in summary(result, limit=1).splitlines()
    assert "Nobody asked." not in summary(result)
    assert "Not listed" not in summary(comparison())


def test_summary_tells_which_sentences_correspond(result: Comparison) -> None:
    lines = summary(result).splitlines()
    head = lines.index(
        "These sentences correspond (2 of 4 of A, 2 of 3 of B; confidence in brackets):"
    )
    assert re.fullmatch(
        r"  A 2 3 ↔ B 1 3 \(0\.99, moved\)  Special Representative Kim s.*… ↔ President Kim .*…",
        lines[head + 1],
    )
    assert lines[head + 2 : head + 4] == [
        "Words without a counterpart: 0% of A's, 0% of B's.",
        "",
    ]
    unlinked = dataclasses.replace(comparison(), groups=())
    assert "No sentences correspond." in summary(unlinked).splitlines()


def test_summary_of_a_long_text_stays_short() -> None:
    base = comparison()
    many = tuple(dataclasses.replace(base.groups[1], group_id=f"g{n}") for n in range(50))
    lines = summary(dataclasses.replace(base, groups=many)).splitlines()
    assert sum("↔" in line for line in lines) < 30
    assert any(re.fullmatch(r"  and \d\d more groups \(see report.html\)", line) for line in lines)


def test_summary_in_a_terminal_is_coloured_unless_no_color(
    result: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    coloured = Terminal()
    print_summary(result, {}, coloured)
    assert "\x1b[1;31mcritical" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_summary(result, {}, plain)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain.getvalue())
    assert "[[President]]" in plain.getvalue()


def test_summary_survives_a_narrow_encoding() -> None:
    base = comparison(b_lines=("President Kim — 김 — spoke.", "x", "y"))
    result = with_findings(base, finding(base.a, base.b, None, "김"))
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    print_summary(result, {}, file)
    file.flush()
    assert b"[[?]]" in raw.getvalue()


# Hostile text

HOSTILE = {
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "dollars": "$x$ *bold* :red[x] `code` </style> &amp; {{x}}",
    "ansi": "\x1b[2J\x1b]0;owned\x07\x9b31mred\x7f",
    "bidi": "\u202eevil\u202c \u2066x\u2069",
    "markup": "[bold]x[/bold] [link=file:///etc/passwd]y[/link] [/] :smile:",
    "nul": "a\x00b\ud800c",
    "newlines": "one\ntwo\r\nthree\u2028four\x85five",
}


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> Comparison:
    """The hostile text as label, sentence, span, message, note and source."""
    text = HOSTILE[request.param]
    base = comparison((text, text + " more", text, text), (text, text, text + " other"))
    article = dataclasses.replace(base.b.article, label=text, source="/tmp/" + text)
    base = dataclasses.replace(
        base,
        b=dataclasses.replace(base.b, article=article),
        run=dataclasses.replace(base.run, notes=(text,), model=text),
    )
    return with_findings(
        base,
        finding(base.a, base.b, text, text[1:], message=text, reason=text, check="own" + text),
        finding(base.a, base.b, None, text, message=text, a_text=text, severity="minor"),
    )


def test_hostile_text_in_csv(hostile: Comparison) -> None:
    for text in (pairs_csv(hostile), discrepancies_csv(hostile)):
        text.encode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        rows = read_csv(text)
        assert not [
            v for row in rows for v in row.values() if v.startswith(("=", "+", "-", "@", "\t"))
        ]
        assert len(pd.read_csv(io.StringIO(text))) == len(rows)
    row = read_csv(discrepancies_csv(hostile))[0]
    assert (int(row["a_start"]), int(row["b_end"])) == (
        hostile.findings[0].a_start,
        hostile.findings[0].b_end,
    )


def test_hostile_text_in_html(hostile: Comparison) -> None:
    markup = to_html(hostile)
    markup.encode()
    page = Page(markup)
    assert {"script", "img"}.isdisjoint(page.tags)
    assert page.tags.count("style") == 1
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", markup)
    assert all(link.startswith("#") for link in page.links)


def test_hostile_text_in_json(hostile: Comparison) -> None:
    text = to_json(hostile)
    text.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    record = json.loads(text)
    jsonschema.validate(record, schema(), jsonschema.Draft202012Validator)
    assert record["b"]["text"] == hostile.b.article.text.replace("\ud800", "\ufffd")
    json.loads(to_run_json(hostile))


def test_hostile_text_in_the_terminal(hostile: Comparison) -> None:
    text = summary(hostile)
    text.encode()
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text
    )
    if "[bold]" in hostile.a.article.text:
        assert "[bold]x[/bold] [link=file:///etc/passwd]y[/link] [/] :smile:" in text


@given(st.text())
def test_clean_terminal_leaves_one_harmless_line(text: str) -> None:
    clean = clean_terminal(text)
    assert len(clean.splitlines()) <= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean)


@given(st.text(alphabet="'=+-@\t＝ab "))
def test_the_guard_of_cells_is_reversible(text: str) -> None:
    guarded = guard_cell(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "＝"))
    undone = guarded[1:] if re.match(r"'+[=+\-@\t＝＋－＠]", guarded) else guarded
    assert undone == text


# The folder

FILES = {
    "verdicts.jsonl",
    "pairs.csv",
    "discrepancies.csv",
    "comparison.json",
    "run.json",
    "report.html",
    "a.txt",
    "b.txt",
}


@pytest.mark.parametrize("made", ["new", "nested", "empty"])
def test_a_run_is_written_into_a_new_or_an_empty_folder(
    result: Comparison, tmp_path: Path, made: str
) -> None:
    target = tmp_path / "x" / "y" / "run" if made == "nested" else tmp_path / "run"
    if made == "empty":
        target.mkdir()
    paths = write_run(result, target)
    assert set(paths) == FILES == {p.name for p in target.iterdir()}
    assert all(path == target / name for name, path in paths.items())
    assert {name for name, path in paths.items() if not path.stat().st_size} == {"verdicts.jsonl"}
    assert [p.name for p in target.parent.iterdir()] == ["run"]


def test_texts_are_written_so_that_offsets_hold(tmp_path: Path) -> None:
    base = comparison(("one\r\ntwo\rthree", "x", "y", "é😀"))
    paths = write_run(base, tmp_path / "run")
    with paths["a.txt"].open(encoding="utf-8", newline="") as file:
        text = file.read()
    assert text == base.a.article.text
    assert all(text[s.start : s.end] == s.text for s in base.a)


def test_a_run_writes_over_nothing(result: Comparison, tmp_path: Path) -> None:
    write_run(result, tmp_path / "run")
    before = (tmp_path / "run" / "run.json").read_bytes()
    with pytest.raises(UsageError, match=r"not empty.*-o"):
        write_run(result, tmp_path / "run")
    assert (tmp_path / "run" / "run.json").read_bytes() == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        write_run(result, tmp_path / "file")
    assert {p.name for p in tmp_path.iterdir()} == {"run", "file"}


def test_a_folder_inside_a_file_is_refused(result: Comparison, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for act in (check_output, lambda folder: write_run(result, folder)):
        with pytest.raises(UsageError, match=r"file is a file.*-o"):
            act(tmp_path / "file" / "run")


def test_an_unwritable_folder_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_output(tmp_path / "new" / "run")
    check_output(tmp_path)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    for folder in (tmp_path, tmp_path / "new" / "run", Path("here")):
        with pytest.raises(SetupError, match=r"cannot write.*no right.*-o"):
            check_output(folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("made", ["new", "nested", "empty"])
@pytest.mark.parametrize("method", ["write_bytes", "rename"])
def test_a_run_cut_short_leaves_nothing(
    result: Comparison,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException] | OSError,
    made: str,
    method: str,
) -> None:
    target = tmp_path / "x" / "run" if made == "nested" else tmp_path / "run"
    if made == "empty":
        target.mkdir()
    real = getattr(Path, method)
    calls = 0

    def fails(self: Path, *args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 3 or target.parent == self.parent:
            raise error
        return real(self, *args)

    monkeypatch.setattr(Path, method, fails)
    with pytest.raises(SetupError if isinstance(error, OSError) else KeyboardInterrupt):
        write_run(result, target)
    assert [p for p in tmp_path.rglob("*") if p != target] == []
    assert target.exists() == (made == "empty")


@pytest.mark.parametrize(
    ("a_source", "b_label", "name"),
    [
        ("seeds/000_x.txt", "Machine translation (1)", "000_x-vs-machine-translation-1"),
        ("-", "../../etc/passwd", "a-vs-etc-passwd"),
        ("", "\x00/\u202e", "a-vs-b"),
        ("", "한겨레", "a-vs-한겨레"),
        ("", "x" * 500, "a-vs-" + "x" * 32),
    ],
)
def test_default_folder_is_named_by_the_texts_and_new(
    tmp_path: Path, a_source: str, b_label: str, name: str
) -> None:
    base = comparison()
    a, b = base.a, base.b
    base = dataclasses.replace(
        base,
        a=dataclasses.replace(a, article=dataclasses.replace(a.article, source=a_source)),
        b=dataclasses.replace(b, article=dataclasses.replace(b.article, label=b_label)),
    )
    assert default_run_dir(base, tmp_path) == tmp_path / name
    (tmp_path / name).mkdir()
    (tmp_path / f"{name}-2").mkdir()
    assert default_run_dir(base, tmp_path) == tmp_path / f"{name}-3"
