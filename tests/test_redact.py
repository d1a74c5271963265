"""A redacted result holds no more than a few words of either article, in any format."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_load import as_written, reviewed
from test_report import comparison, finding, with_findings

from compare.cli import main
from compare.errors import ExitCode
from compare.records import Comparison, Entity, Form, GlossaryInfo, Quotation, Span
from compare.report import FORMATS, load_run, redacted, write_run

WORD = re.compile(r"\w+")


def strings(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


class Texts(HTMLParser):
    """The texts and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def values(form: str, data: bytes) -> Iterator[str]:
    """Every text in a file: a cell, a line, an attribute, what stands between two tags."""
    if form in ("json", "sarif"):
        yield from strings(json.loads(data))
    elif form in ("csv", "mqm"):
        quoting = csv.QUOTE_MINIMAL if form == "csv" else csv.QUOTE_NONE
        rows = csv.reader(
            io.StringIO(data.decode(), newline=""),
            delimiter="," if form == "csv" else "\t",
            quoting=quoting,
        )
        for row in rows:
            yield " ".join(row)
    elif form == "xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            for row in sheet.iter_rows(values_only=True):
                yield from (str(cell) for cell in row)
    elif form in ("junit", "tmx", "xliff"):
        for element in etree.fromstring(data).iter():
            yield from (element.text or "").split("\n")
            yield element.tail or ""
            yield from element.attrib.values()
    elif form == "html":
        yield from Texts(data.decode()).found
    else:
        yield from data.decode().splitlines()


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    words = WORD.findall(text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def leaks(result: Comparison, form: str, words: int) -> set[tuple[str, ...]]:
    """Runs of more words of an article than may be shown, in the file of a redacted result."""
    told = runs(result.a.article.text, words + 1) | runs(result.b.article.text, words + 1)
    # The texts around them say “A photo.”, and so may the program.
    known = {run for run in told if set(run) <= set(SYLLABLES)}
    data = FORMATS[form].data(redacted(result, words))
    return {run for value in values(form, data) for run in runs(value, words + 1)} & known


SYLLABLES = ("zqa", "zqe", "zqi", "zqo", "zqu", "zqy")
"""No program says such words by itself."""
sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def results(draw: st.DrawFn) -> Comparison:
    """Articles of made-up words, with findings wherever, and such words in all other fields."""
    texts = st.lists(sentences, min_size=4, max_size=4).map(tuple)
    base = comparison(draw(texts), draw(texts))
    said = base.a.sentences[1].text
    made = []
    for number in range(draw(st.integers(1, 5))):
        spans = []
        for document in (base.a, base.b):
            size = len(document.article.text)
            start = draw(st.integers(0, size - 1))
            spans.append(Span(start, draw(st.integers(start, min(size, start + 40)))))
        (a_start, a_end), (b_start, b_end) = spans
        a, b = (d.article.text[s:e] for d, (s, e) in zip((base.a, base.b), spans, strict=True))
        made.append(
            dataclasses.replace(
                finding(base.a, base.b, None, None, "title", finding_id=f"f{number}"),
                a_span=a, b_span=b, a_start=a_start, a_end=a_end, b_start=b_start, b_end=b_end,
                a_text=said, b_text=base.b.article.text, message=base.b.article.text, note=said,
                status=draw(st.sampled_from(["open", "accepted", "dismissed"])),
                likely_side=draw(st.sampled_from(["a", "b", "both", "unknown"])),
                check=draw(st.sampled_from(["title", "not here"])),
            )
        )  # fmt: skip
    article = dataclasses.replace(base.a.article, label=said, source=f"{said}.txt")
    return dataclasses.replace(
        with_findings(base, *made),
        a=dataclasses.replace(base.a, article=article),
        config=base.config.replace(
            a_label=said, b_label=said, glossary=(said,), same_entities=((said, said),)
        ),
        run=dataclasses.replace(base.run, notes=(said,), glossaries=(GlossaryInfo(said, "0", 1),)),
        entities=(Entity("person", said, (Form("a", said, said, (Span(0, 3),)),)),),
        quotations=(Quotation("a", 0, 3, said, "g001"),),
        witnesses=(base.b,),
    )


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=25)
@given(results(), st.integers(0, 4))
def test_no_run_of_words_is_longer_than_allowed(form: str, result: Comparison, words: int) -> None:
    assert leaks(result, form, words) == set()


@pytest.mark.parametrize("form", FORMATS)
def test_the_test_would_see_a_leak(form: str) -> None:
    base = comparison()
    made = finding(base.a, base.b, "Representative Kim spoke on", "President", status="accepted")
    data = FORMATS[form].data(with_findings(base, made))
    known = runs(base.a.article.text, 4)
    assert {run for value in values(form, data) for run in runs(value, 4)} & known


@pytest.mark.parametrize("form", [name for name in FORMATS if FORMATS[name].text])
def test_the_whole_file_of_the_example_has_no_such_run_either(form: str) -> None:
    result = load_run(Path(__file__).parents[1] / "reports" / "example")
    data = FORMATS[form].data(redacted(result)).decode()
    known = runs(result.a.article.text, 4) | runs(result.b.article.text, 4)
    assert runs(data, 4) & known == set()


@settings(deadline=None)
@given(results(), st.integers(0, 4))
def test_what_findings_show_together_is_no_longer_either(result: Comparison, words: int) -> None:
    shown: dict[str, set[int]] = {"a": set(), "b": set()}
    hidden = redacted(result, words)
    for found in hidden.findings:
        for side, text in (("a", found.a_span), ("b", found.b_span)):
            start = found.a_start if side == "a" else found.b_start
            assert text is not None
            assert start is not None
            kept = text.removesuffix("…").rstrip()
            shown[side].update(range(start, start + len(kept)))
    for side in ("a", "b"):
        whole = result.document(side).article.text  # type: ignore[arg-type]
        seen = "".join(c if i in shown[side] else " | " for i, c in enumerate(whole))
        # Of a word that is cut a part may be seen: it counts as the word.
        parts = re.split(r"(?: \| )+", seen)
        assert all(len(WORD.findall(part)) <= words for part in parts)


def test_offsets_lines_and_hashes_hold() -> None:
    result = as_written(reviewed())
    hidden = redacted(result)
    for side in ("a", "b"):
        text, masked = (r.document(side).article.text for r in (result, hidden))  # type: ignore[arg-type]
        assert [i for i, c in enumerate(text) if c == "\n"] == [
            i for i, c in enumerate(masked) if c == "\n"
        ]
        assert len(masked) == len(text)
        for old, new in zip(result.document(side), hidden.document(side), strict=True):  # type: ignore[arg-type]
            assert new.span == old.span
            assert masked[new.start : new.end] == new.text
            digest = hashlib.sha256(old.text.encode()).hexdigest()
            assert new.text == digest[: len(old.text)].ljust(len(old.text), "·")
    assert [(f.finding_id, f.span("a"), f.span("b")) for f in hidden.findings] == [
        (f.finding_id, f.span("a"), f.span("b")) for f in result.findings
    ]
    assert "spoke" not in hidden.a.article.text + hidden.b.article.text


@pytest.mark.parametrize(
    ("words", "spans", "expected"),
    [
        (3, ["Special Representative"], ["Special Representative"]),
        (1, ["Special Representative"], ["Special …"]),
        (0, ["Special Representative"], ["…"]),
        (3, ["Special Representative Kim spoke"], ["Special Representative Kim …"]),
        # The second would run on from the first.
        (3, ["Special Representative Kim", "spoke"], ["Special Representative Kim", "…"]),
        (3, ["Kim", "Kim", "Monday"], ["Kim", "Kim", "Monday"]),
    ],
)
def test_so_many_words_are_shown(words: int, spans: Sequence[str], expected: list[str]) -> None:
    base = comparison()
    start = base.a.article.text.index("Special")
    found = []
    for number, span in enumerate(spans):
        at = base.a.article.text.index(span, start)
        made = finding(base.a, base.b, span, None, confidence=1 - number / 10)
        found.append(dataclasses.replace(made, a_start=at, a_end=at + len(span)))
    hidden = redacted(with_findings(base, *found), words)
    assert [f.a_span for f in hidden.findings] == expected


def test_a_redacted_json_is_a_run_like_any_other(tmp_path: Path) -> None:
    write_run(reviewed(), tmp_path / "run")
    command = ["report", str(tmp_path / "run"), "--format", "json", "--redact"]
    assert main([*command, "-o", str(tmp_path / "safe.json")]) == ExitCode.OK
    read = load_run(tmp_path / "safe.json")
    assert read.findings == redacted(load_run(tmp_path / "run")).findings
    assert main([*command, "1", "-o", str(tmp_path / "one.json")]) == ExitCode.OK
    assert "Special …" in (tmp_path / "one.json").read_text("utf-8")
    assert main([*command, "-1"]) == ExitCode.USAGE
