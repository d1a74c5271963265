"""The correction note: what is accepted, by the text that is wrong, read as it stands."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from test_report import comparison, finding, with_findings

from compare.cli import main
from compare.errors import ExitCode
from compare.records import Comparison, Finding, Place
from compare.report import correction_note, write_run
from compare.report.correction import _bold
from compare.report.safe import escape_markdown, visible

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline(text: str) -> list[Token]:
    """The inline tokens of a Markdown text, of all its blocks."""
    return [child for token in READER.parse(text) for child in token.children or ()]


def shown(text: str) -> str:
    """What a reader of the rendered text sees."""
    return "".join(t.content for t in inline(text) if t.type == "text")


def read(text: str) -> str:
    """What a text is when blanks are one and control characters are visible."""
    return " ".join(visible(text).split())


def noted(**changes: object) -> Comparison:
    base = comparison()
    changes = {"status": "accepted", **changes}
    return with_findings(
        base,
        finding(base.a, base.b, "Special Representative", "President", **changes),  # type: ignore[arg-type]
    )


def several() -> Comparison:
    base = comparison()

    def made(*words: str | None, **changes: object) -> Finding:
        return finding(base.a, base.b, *words, **{"status": "accepted", **changes})  # type: ignore[arg-type]

    return with_findings(
        base,
        made("Special Representative", "President", message="Two titles."),
        made("Monday", "Tuesday", "date", "major", likely_side="unknown", message="Two days."),
        made("travel", "go", "term", "minor", likely_side="a", note="Ask her.", reviewer="mk"),
        made("No more.", None, "omission", "minor", message="B lacks it."),
        made(None, "Nobody", "addition", "minor", likely_side="both", message="Odd."),
        made("Seoul", "Seoul", "place", status="dismissed", message="Never mind."),
        made("Kim", "Kim", "name", status="open", message="Not decided."),
    )


def test_the_note_tells_what_we_ran_and_what_it_should_say() -> None:
    note = correction_note(several())
    heads = [line for line in note.splitlines() if line.startswith("#")]
    assert heads == [
        "# Corrections",
        "## In A",
        "### 1\\. term, minor",
        "## In B",
        "### 2\\. title, critical",
        "### 3\\. omission, minor",
        "## In both texts",
        "### 4\\. addition, minor",
        "## Not clear which text is wrong",
        "### 5\\. date, major",
    ]
    title = note[note.index("### 2") : note.index("### 3")]
    assert title == (
        "### 2\\. title, critical\n\n"
        "**What we ran**\n\n"
        "> **President** Kim spoke on Tuesday.\n\n"
        "**What it should say** (proposed, to be checked with the source)**:** "
        "“Special Representative” in place of “President”\n\n"
        "**Evidence:** Two titles.\n\n"
        "A has\n\n"
        "> **Special Representative** Kim spoke on Monday.\n\n"
    )
    assert "**Note** (mk)**:** Ask her." in note
    assert "what the other text has: “No more.”" in note
    unclear = note[note.index("## Not clear") :]
    assert "**A has**\n\n> Special Representative Kim spoke on **Monday**." in unclear
    assert "**B has**\n\n> President Kim spoke on **Tuesday**." in unclear
    assert "should say" not in unclear
    for left_out in ("Never mind", "Not decided"):
        assert left_out not in note


def test_no_accepted_finding_says_so() -> None:
    note = correction_note(comparison())
    assert "No finding is accepted" in note
    assert "##" not in note


def test_every_further_place_is_quoted() -> None:
    start = comparison().b.article.text.index("Nobody")
    places = (Place("b", start, start + 6), Place("b", 10, 19))
    note = correction_note(noted(places=places))
    assert "> **Nobody** asked." in note
    assert note.count("> **President** Kim") == 1


HOSTILE = [
    "$5 and $6",
    "*now* _now_ **now** ~~now~~",
    ":red[x] :smile: :material/home:",
    "<script>alert(1)</script> <b> <!-- x -->",
    "&lt; &amp; &#65;",
    "[a](http://x.org) ![i](x.png) [^1] [a]: x",
    "http://x.org www.x.org me@x.org <http://x.org>",
    "`code` ```",
    "# head",
    "1. one",
    "1) one",
    "- one",
    "+ one",
    "> quoted",
    "---",
    "===",
    "a | b\n--|--\nc | d",
    "a\n\n# head\n    code",
    "a  \nb\\\nc",
    "\\*now\\* \\",
    "\x1b[31m \u202e",
    "{x} {{x}} ^x^ ==x== ||x||",
    "Term\n: definition",
]


@settings(deadline=None)
@given(st.text() | st.text(st.sampled_from('a 1.*_`[]()<>#|$~:&;\\!-+=@{}^\n"w')))
def test_escaped_text_reads_as_it_stands(text: str) -> None:
    for lead in ("", "> ", "- ", "x "):
        escaped = lead + escape_markdown(text)
        assert shown(escaped) == read(lead.strip("> -") + " " + text).strip()
        assert {t.type for t in inline(escaped)} <= {"text", "text_special"}


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab1 .,*_“”$()\\é\n'")) | st.text(),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_words_in_bold_are_bold_wherever_they_stand(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    made = _bold(text, start, end)
    assert shown("> " + made) == read(text)
    words = read(text[start:end])
    strong = [t.type for t in inline("> " + made) if t.type != "text"]
    assert strong == (["strong_open", "strong_close"] if words else [])


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_note_is_interpreted(text: str) -> None:
    line = " ".join(text.split())
    base = comparison((line or "x", "Kim came."), ("President Kim came.", line or "x"))
    made = dataclasses.replace(
        finding(base.a, base.b, line, line, message=text, note=text, reviewer=text, check=text),
        status="accepted",
    )
    for likely in ("a", "b", "both", "unknown"):
        result = with_findings(base, dataclasses.replace(made, likely_side=likely))
        a = dataclasses.replace(result.a, article=dataclasses.replace(result.a.article, label=text))
        note = correction_note(dataclasses.replace(result, a=a))
        kinds = {t.type for t in inline(note)}
        assert kinds <= {"text", "strong_open", "strong_close", "softbreak"}, kinds
        blocks = {t.type.removesuffix("_open") for t in READER.parse(note) if t.nesting > 0}
        assert blocks <= {"heading", "paragraph", "blockquote", "bullet_list", "list_item"}, blocks
        assert read(text) in shown(note)


def test_it_is_made_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = noted()
    write_run(result, tmp_path / "run")
    assert main(["report", str(tmp_path / "run"), "--format", "md"]) == ExitCode.OK
    assert capsys.readouterr().out == correction_note(result)
