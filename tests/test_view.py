"""What the page shows, as HTML: filters, numbers, words on demand, downloads; hostile words."""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from compare import view
from compare.config import Config
from compare.errors import NotSameStoryError
from compare.project import Run
from compare.records import (
    SEVERITIES,
    SIDES,
    Article,
    Block,
    Comparison,
    Document,
    Edit,
    Finding,
    Group,
    Ledger,
    Role,
    RunInfo,
    Sentence,
    Severity,
    Span,
)
from compare.review import Filter
from compare.rules import Rule

HOSTILE = '<script>alert(1)</script> *x* $y$ :red[z] "<img src=x onerror=alert(2)>" \u202e\x1b[31m'


def document(lines: list[str], label: str) -> Document:
    """A byline that is left out, then a sentence a line."""
    text = "\n".join(("By A. Writer", *lines))
    sentences, start = [], len("By A. Writer\n")
    for i, line in enumerate(lines):
        sentences.append(Sentence(i, start, start + len(line), line))
        start += len(line) + 1
    blocks = [Block(0, 12, Role.BYLINE, 0)]
    blocks += [Block(s.start, s.end, Role.BODY, s.index + 1) for s in sentences]
    return Document(Article(text, tuple(blocks), label), tuple(sentences))


def comparison(
    findings: list[tuple[str, Ledger, Severity]],
    pairs: int = 3,
    words: str = "word",
    label: str = "One",
) -> Comparison:
    """Pairs of sentences, each with a changed word, and a sentence that only B has.

    Findings are given as check, ledger and severity; the n-th is about the n-th pair.
    """
    a = document([f"Old {words} in number {i}." for i in range(pairs)], label)
    b = document([*(f"New {words} in number {i}." for i in range(pairs)), "Alone."], "Two")

    def first(sentence: Sentence) -> Span:
        return Span(sentence.start, sentence.start + 3)

    groups = [
        Group((x,), (y,), 0.9, i == 1, 0.8, f"g{i:03}", 0.7,
              (Edit("replace", first(x), first(y)),))
        for i, (x, y) in enumerate(zip(a, b, strict=False))
    ]  # fmt: skip
    groups.append(Group((), (b.sentences[-1],), group_id="g999"))
    made = []
    for i, (check, ledger, severity) in enumerate(findings):
        x, y = a.sentences[i % pairs], b.sentences[i % pairs]
        made.append(
            Finding(f"id{i}", "pa/ir", f"g{i % pairs:03}", check, ledger, "accuracy", severity, 0.9,
                    "b", "Old", "New", x.start, x.start + 3, y.start, y.start + 3, x.text, y.text,
                    f"Finding {i}: {words}.")
        )  # fmt: skip
    run = RunInfo(notes=("Two is read as of 2021-10-20",))
    return Comparison("pa/ir", a, b, tuple(groups), tuple(made), Config(), run)


class Page(HTMLParser):
    """Tags, attributes, ids and words of some HTML; refuses tags that are not closed in order."""

    VOID = ("br", "img", "input", "meta", "link")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.styles += [value or "" for name, value in attrs if name == "style"]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


FINDINGS: list[tuple[str, Ledger, Severity]] = [
    ("date", "fact", "minor"),
    ("title", "fact", "critical"),
    ("wording", "wording", "minor"),
]


def listed(html: str) -> list[str]:
    """The numbers and messages of the cards, in order."""
    return re.findall(r'<li class="finding[^"]*" id="(f\d+)".*?(Finding \d+)', html)


def test_the_worst_finding_comes_first() -> None:
    assert listed(view.board(comparison(FINDINGS))) == [
        ("f1", "Finding 1"),
        ("f2", "Finding 0"),
        ("f3", "Finding 2"),
    ]


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (Filter(), ["f1", "f2", "f3"]),
        (Filter(ledgers=frozenset({"fact"})), ["f1", "f2"]),
        (Filter(severities=frozenset({"minor"})), ["f2", "f3"]),
        (Filter(severities=frozenset({"minor", "critical"})), ["f1", "f2", "f3"]),
        (Filter(checks=frozenset({"wording"})), ["f3"]),
        (Filter("all", frozenset({"fact"}), frozenset({"minor"}), frozenset({"date"})), ["f2"]),
        (Filter("all", frozenset({"wording"}), frozenset({"critical"})), []),
    ],
)
def test_a_filter_hides_card_and_mark_and_leaves_the_numbers(
    chosen: Filter, numbers: list[str]
) -> None:
    html = view.board(comparison(FINDINGS), chosen.chooses)
    assert [number for number, _ in listed(html)] == numbers
    assert set(re.findall(r'id="(f\d+)-b"', html)) == set(numbers)
    said = re.search(r'class="count"[^>]*>([^<]*)<', html)
    assert said
    assert said[1].startswith("All 3" if len(numbers) == 3 else f"{len(numbers)} of 3")


def test_choices_count_what_there_is() -> None:
    made = view.choices(comparison(FINDINGS).findings)
    assert made.ledgers == {"fact": 2, "wording": 1}
    assert list(made.severities.items()) == [("critical", 1), ("minor", 2)]
    assert list(made.checks) == ["date", "title", "wording"]


def test_everything_stands_on_the_board() -> None:
    result = comparison(FINDINGS)
    page = Page(view.board(result))
    for side in SIDES:
        for sentence in result.document(side):
            assert sentence.text in re.sub(r"(Old|New)\d+", r"\1", page.text)
    assert page.text.count("⇅ moved") == 1
    assert "no counterpart" in page.text
    assert page.text.count("By A. Writer") == 2  # what was left out can be seen
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_words_are_marked_on_demand() -> None:
    html = view.board(comparison([]))
    assert "<del>Old</del>" in html
    assert "<ins>New</ins>" in html
    assert "None." in html
    rules = view.word_style()
    for element, look in (
        ("del", "line-through"),
        ("ins", "underline"),
        (".move", "dashed"),
        (".form", "dotted"),
    ):
        assert re.search(rf"^\.vc\.page {re.escape(element)} {{[^}}]*{look}", rules, re.MULTILINE)
    assert "show-words" not in rules


def test_the_headline_says_what_was_compared() -> None:
    text = Page(view.headline(comparison(FINDINGS))).text
    for said in ("A · One", "B · Two", "3 of 3 sentences", "3 of 4 sentences", "read as of 2021"):
        assert said in text
    assert "1 critical" in text
    assert "2 minor" in text
    assert "No findings" in view.headline(comparison([]))


@pytest.mark.parametrize(
    "html",
    [
        view.board(comparison(FINDINGS, words=HOSTILE, label=HOSTILE)),
        view.headline(comparison(FINDINGS, words=HOSTILE, label=HOSTILE)),
        view.alert(HOSTILE),
        view.unrelated(NotSameStoryError(HOSTILE)),
        view.excerpt(HOSTILE, HOSTILE),
        view.names(comparison(FINDINGS, words=HOSTILE, label=HOSTILE)),
        view.said(HOSTILE, view.quoted(HOSTILE)),
        view.rule(Rule("wording", (HOSTILE, ""), note=HOSTILE, reviewer=HOSTILE), 1),
    ],
    ids=["board", "headline", "alert", "unrelated", "excerpt", "names", "said", "rule"],
)
def test_hostile_words_stay_words(html: str) -> None:
    page = Page(html)
    assert not page.tags & {"script", "img", "iframe", "style", "link", "form", "input", "object"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(re.fullmatch(r"flex-grow:\d+", style) for style in page.styles)
    assert all(link.startswith("#") for link in page.links)
    assert "<script>alert(1)</script> *x* $y$ :red[z]" in page.text
    assert not re.search("[\x1b\u202e]", html)


def test_an_unrelated_pair_is_told_without_the_commands_options() -> None:
    said = Page(view.unrelated(NotSameStoryError("only 3% is shared; go on with --force"))).text
    assert said.startswith("Only 3% is shared.")
    assert "--" not in said


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_can_be_read(theme: int) -> None:
    pairs = re.findall(r"(--[\w-]+):light-dark\((#\w{6}),(#\w{6})\)", view.style())
    colour = {name: both[theme] for name, *both in pairs}
    on: dict[str, list[str]] = defaultdict(lambda: ["--bg", "--panel"])
    for name in (*SEVERITIES, "del", "ins"):
        on[f"--{name}"].append(f"--{name}-tint")
        on["--text"].append(f"--{name}-tint")
        on["--quiet"].append(f"--{name}-tint")  # the legend
    for text in ("--text", "--quiet", "--link", *(f"--{s}" for s in (*SEVERITIES, "del", "ins"))):
        for ground in on[text]:
            low, high = sorted((luminance(colour[text]), luminance(colour[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


def test_the_style_is_one_element_that_fetches_nothing() -> None:
    style = view.style()
    assert style.startswith("<style>")
    assert "<" not in style[1:].removesuffix("</style>")  # or the browser's sanitiser drops it
    assert not re.search(r"url\(|@import|@font-face", style)


def test_downloads_are_the_files_of_the_run() -> None:
    result = comparison(FINDINGS, words=HOSTILE)
    files = {file.name: file.make() for file in view.downloads(result)}
    assert list(files) == [
        "pa-ir-discrepancies.csv",
        "pa-ir-pairs.csv",
        "pa-ir.xlsx",
        "pa-ir-report.html",
        "pa-ir-correction.md",
        "pa-ir-comparison.json",
    ]
    discrepancies, pairs, workbook, report, _, everything = files.values()
    table: Any = pd.read_csv(io.BytesIO(discrepancies))
    assert table["check"].tolist() == ["title", "date", "wording"]
    assert pd.read_csv(io.BytesIO(pairs))["link"].tolist() == ["1:1", "1:1", "1:1", "b-only"]
    assert workbook.startswith(b"PK")
    assert report.startswith(b"<!DOCTYPE html>")
    assert len(json.loads(everything)["findings"]) == 3


def test_five_hundred_findings_make_one_page() -> None:
    result = comparison([("title", "fact", "major")] * 500, pairs=250)
    html = view.board(result)
    assert len(listed(html)) == 500
    assert len(html) < 3_000_000


def test_every_stage_of_the_pipeline_has_a_name_for_the_reader() -> None:
    from compare.pipeline import compare_articles
    from compare.read import article_from_text

    class Fixed:
        name = "fixed"

        def encode(self, texts: list[str], /) -> Any:
            import numpy as np

            return np.ones((len(texts), 1), dtype=np.float32)

    told: list[str] = []
    a, b = (article_from_text("The mayor opened the new bridge on Monday.") for _ in SIDES)
    compare_articles(a, b, Config(), encoder=Fixed(), registry={}, progress=told.append)
    assert told
    assert set(told) <= set(view.STAGES)


def cells(html: str, side: str) -> list[tuple[str, str, str]]:
    """Kind, where it leads and sign of each cell in a text's strip, in order."""
    strips = re.findall(r'<nav class="strip".*?</nav>', html)
    return re.findall(
        r'<a class="cell (\w+)"[^>]*href="#([^"]*)"[^>]*><span class="sign">([^<]*)<',
        strips[SIDES.index(side)],  # type: ignore[arg-type]
    )


def test_the_strip_has_a_cell_for_each_sentence_that_leads_to_the_worst_there() -> None:
    result = comparison([*FINDINGS[:2], ("name", "fact", "critical")], pairs=2)
    html = view.board(result)
    # Two findings are about the first pair: a minor date and a critical name.
    assert cells(html, "a") == [("critical", "f1-a", "!!"), ("critical", "f2-a", "!!")]
    assert cells(html, "b") == [
        ("critical", "f1-b", "!!"),
        ("critical", "f2-b", "!!"),
        ("alone", "g999", "○"),
    ]
    assert [c for c, *_ in cells(view.board(result, lambda f: f.check == "date"), "a")] == [
        "minor",
        "plain",
    ]


def test_each_card_leads_to_its_review() -> None:
    page = Page(view.board(comparison(FINDINGS), run="a & b"))
    assert [link for link in page.links if link.startswith("review")] == [
        f"review?run=a+%26+b&finding=id{n}" for n in (1, 0, 2)
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a  b\nc", "a b c"),
        ("*y* $x$", r"\*y\* \$x\$"),
        (":red[z]", r"\:red\[z\]"),
        ("<b>", r"\<b\>"),
        ("Noh Kyu-duk", r"Noh Kyu\-duk"),
        ("노규덕", "노규덕"),
    ],
)
def test_a_label_is_free_of_markdown_and_an_option_needs_no_escape(text: str, label: str) -> None:
    assert view.label(text) == label
    assert view.option(text) == " ".join(text.split())


def test_a_run_is_listed_with_the_time_it_was_written() -> None:
    assert re.fullmatch(r"a-vs-b · \d{4}-\d\d-\d\d \d\d:\d\d", view.run_label(Run("a-vs-b", 1e9)))


def test_a_rule_is_told_with_what_it_does_here_and_who_made_it() -> None:
    hiding = Rule("check", check="name", pair_id="p", reviewer="mina", at="2026-01-02T03:04:05Z")
    said = Page(view.rule(hiding, 3)).text
    assert said == "no name in this story dismisses 3 here, mina, 2026-01-02"
    said = Page(view.rule(Rule("same", names=("Roh", "Noh"), note="one man"), 0)).text
    assert said == "Roh and Noh are one for later runs, one man"


def test_the_bulk_table_shows_what_a_terminal_or_reader_cannot_be_fooled_by() -> None:
    table = view.table(comparison(FINDINGS, words=HOSTILE).findings)
    assert table["severity"].tolist() == ["minor", "critical", "minor"]
    assert table["A's words"].tolist() == ["Old"] * 3
    assert not re.search("[\x1b\u202e]", " ".join(table["message"]))


def test_what_a_split_leaves_behind() -> None:
    result = comparison([])
    x, y, _ = result.a
    joined = Group((x, y), (result.b.sentences[0],), group_id="g000")
    whole = replace(result, groups=(joined, *result.groups[2:]))
    part = view.rest_of_group(whole, {"a": [1], "b": []})
    assert [r.text for r in part.a] == [x.text]
    assert [r.text for r in part.b] == [result.b.sentences[0].text]
