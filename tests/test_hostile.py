"""Hostile text in both articles, through the whole pipeline and out of every end."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
import jsonschema
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from compare.cli import main
from compare.config import Config
from compare.errors import ExitCode, InputError
from compare.manifest import read_manifest
from compare.pipeline import compare_texts
from compare.read import article_from_bytes, article_from_text
from compare.report import print_summary, schema, write_run
from compare.segment import MAX_SENTENCE, segment

HOSTILE = {
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></style></title>",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "command": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "dollars": "$x$ $$\\frac{1}{2}$$ *bold* :red[x] `code` {{x}} %s {0}",
    "markup": "[bold]x[/bold] [link=file:///etc/passwd]y[/link] [/] :smile: ![x](http://x)",
    "ansi": "\x1b[2J\x1b]0;owned\x07\x9b31mred\x7f\x08\x08",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200fx\u200e",
    "nul": "a\x00b",
    "invisible": "a\u200bb\u200c\u200d\ufeff\u2060\u00adc",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "paths": "../../etc/passwd C:\\con file:///x",
}

A = (
    "{} begins this report on the harbour.",
    "Mina Kerr, the special envoy {} for fisheries, spoke in Oslo on Monday.",
    "Kerr said that the storm {} had cost twelve boats.",
    "“{}” she said.",
)
B = (
    "{} begins this report on the harbour.",
    "Special envoy for fisheries Mina Kerr spoke {} in Oslo on Tuesday.",
    "President Kerr said that the storm had cost fourteen boats {}.",
    "She said: “{}”",
)
FILLER = "\n\n".join(
    f"Pier {n} of the harbour was flooded as well, and the road behind it stayed closed for days."
    for n in range(1, 7)
)
"""So that the control characters are few among many, and the file no binary one."""

UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"


@pytest.fixture(params=HOSTILE, scope="module")
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on two articles that are full of one hostile text.

    It holds ``summary`` as well, what the command printed.
    """
    text = HOSTILE[request.param]
    folder = tmp_path_factory.mktemp("hostile")
    for name, lines in (("a.txt", A), ("b.txt", B)):
        article = "\n\n".join((*(line.replace("{}", text) for line in lines), FILLER))
        (folder / name).write_bytes(article.encode())
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("sys.stdout", out)
        arguments = ["run", "a.txt", "b.txt", "-q", "--a-label", text, "--limit", "100"]
        assert main(arguments) == ExitCode.OK
    (made,) = (folder / "reports").iterdir()
    assert re.fullmatch(r"[\w-]+", made.name)
    (folder / "summary").write_bytes(out.buffer.getvalue())  # type: ignore[attr-defined]
    return folder


def written(run: Path, name: str) -> str:
    (folder,) = (run / "reports").iterdir()
    return (folder / name).read_bytes().decode("utf-8")


def test_the_findings_are_there_all_the_same(run: Path) -> None:
    rows = csv.DictReader(io.StringIO(written(run, "discrepancies.csv"), newline=""))
    assert {"title", "date"} <= {row["check"] for row in rows}


def test_the_page_runs_nothing(run: Path) -> None:
    page = written(run, "report.html")
    seen: dict[str, int] = {}
    attributes: list[tuple[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen[tag] = seen.get(tag, 0) + 1
            attributes.extend(attrs)

    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not {"script", "img", "iframe", "object", "link", "form", "base"} & set(seen)
    assert (seen["style"], seen["title"], seen["body"]) == (1, 1, 1)
    assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
    assert all((v or "").startswith("#") for name, v in attributes if name in ("href", "src"))
    assert "default-src 'none'" in page
    assert not re.search(f"[{UNSAFE}]", page)


def test_no_cell_is_a_formula(run: Path) -> None:
    for name in ("pairs.csv", "discrepancies.csv"):
        text = written(run, name)
        assert not re.search(f"[{UNSAFE}]", text)
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t＝＋－＠]", cell)]
        assert len(pd.read_csv(io.StringIO(text))) == len(rows) - 1


def test_nothing_printed_can_move_the_terminal(run: Path) -> None:
    summary = (run / "summary").read_bytes().decode("utf-8")
    assert "special envoy" in summary
    assert not re.search(f"[{UNSAFE}\t\u2028\u2029]", summary)


def test_offsets_hold_in_the_texts_as_written(run: Path) -> None:
    record = json.loads(written(run, "comparison.json"))
    jsonschema.validate(record, schema(), jsonschema.Draft202012Validator)
    for side in "ab":
        text = written(run, f"{side}.txt")
        assert text == record[side]["text"]
        for sentence in record[side]["sentences"]:
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        for finding in record["findings"]:
            if finding[f"{side}_start"] is not None:
                span = text[finding[f"{side}_start"] : finding[f"{side}_end"]]
                assert span == finding[f"{side}_span"]


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    text = "\n\n".join(A[1:3]).replace("{}", "\ud83d")
    result = compare_texts(text, text.replace("\ud83d", "\ude00"))
    paths = write_run(result, tmp_path / "run")
    assert "envoy \ufffd for fisheries" in paths["a.txt"].read_text("utf-8")
    print_summary(result, paths, io.StringIO())


@pytest.mark.parametrize("word", ["word ", "x", "“", "(", "1,", "\u0301"])
def test_a_line_of_a_hundred_kilobytes_is_no_trouble(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, lines in (("a.txt", A), ("b.txt", B)):
        text = "\n\n".join(line.replace("{} ", "").replace(" {}", "") for line in lines[:3])
        Path(name).write_text(text, "utf-8")
    with Path("a.txt").open("a", encoding="utf-8") as file:
        file.write("\n\n" + word * (100_000 // len(word.encode())))
    assert main(["run", "a.txt", "b.txt", "-q", "--force", "-o", "out"]) == ExitCode.OK
    assert "critical" in Path("out", "discrepancies.csv").read_text("utf-8")


ODD = {
    "combining marks": "Kerr" + "\u0301" * 3000 + " left.",
    "right to left": "قال كير إن العاصفة كلفت اثني عشر قاربا. " * 20,
    "turned round": "\u202eKerr left\u202c and \u2067came\u2069 back. " * 50,
    "emoji": "👩‍👩‍👧‍👦 🇰🇷 ❤️ 👍🏿 " * 200,
    "no spaces": "克尔说这场风暴造成十二艘船损失" * 100,
    "surrogates": "Kerr \ud83d left \ude00. " * 50,
    "names": "Mr. Kim " * 400,
    "figures": "1 " * 2000,
    "one word": "A" * 50_000,
    "marks": "“" * 5_000,
    "brackets": "(" * 20_000,
    "blanks": " \t" * 50_000,
    "front matter": "---\n" + "-:\n" * 60,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_compared_and_nothing_of_it_lost(name: str) -> None:
    odd = ODD[name]
    text = "\n\n".join(line.replace("{} ", "").replace(" {}", "") for line in A[1:3])
    # What is at the top may be front matter, so the odd text stands there in one of them.
    result = compare_texts(f"{odd}\n\n{text}", f"{text}\n\n{odd}", Config(force=True))
    for document in (result.a, result.b):
        article = document.article
        held = {place for s in document for place in range(s.start, s.end)}
        for block in article.blocks:
            if block.role.compared:
                lost = set(range(block.start, block.end)) - held
                assert not [place for place in lost if not article.text[place].isspace()]


def test_a_sentence_that_is_too_long_is_read_in_parts() -> None:
    words = "and the boats went on " * 1000
    document = segment(article_from_text(f"Kerr said {words}. She left."))
    assert max(len(s.text) for s in document) <= MAX_SENTENCE
    assert document.sentences[-1].text.endswith("She left.")
    assert " ".join(s.text for s in document) == f"Kerr said {words.strip()} . She left."
    whole = segment(document.article, max_sentence=len(document.article.text))
    assert whole.sentences[0].text == f"Kerr said {words}."


def test_ten_thousand_sentences_are_read() -> None:
    text = "\n\n".join(f"Pier {n} was flooded." for n in range(10_000))
    document = segment(article_from_text(text, max_chars=10**6))
    assert len(document) == 10_000
    with pytest.raises(InputError, match=r"setting max_chars"):
        article_from_text(text)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "It rained in Oslo." + "</div>" * 20_000,
        "<table><tr><td>" * 5_000 + "It rained in Oslo.",
        "<p>" + "<b>" * 50_000 + "It rained in Oslo.",
        "<p " + "a='b' " * 50_000 + ">It rained in Oslo.</p>",
        "<" * 100_000,
        "&amp;" * 100_000,
    ],
    ids=lambda page: page[:6],
)
def test_a_page_of_any_depth_is_read_or_refused(page: str) -> None:
    try:
        article = article_from_bytes(page.encode(), "a.html")
    except InputError:
        return
    assert "rained" in article.text or "&" in article.text


def test_entities_that_grow_are_not_followed() -> None:
    document = docx.Document()
    document.add_paragraph("It rained.")
    sound = io.BytesIO()
    document.save(sound)
    bomb = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    out = io.BytesIO()
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                head, rest = data.split(b"?>", 1)
                data = head + f'?><!DOCTYPE d [<!ENTITY x0 "boom">{bomb}]>'.encode() + rest
                data = data.replace(b"It rained.", b"It rained. &x9;")
            archive.writestr(name, data)
    try:
        article = article_from_bytes(out.getvalue(), "a.docx")
    except InputError:
        return
    assert article.text.count("boom") == 0


def test_a_row_that_unpacks_to_much_is_refused_by_its_length(tmp_path: Path) -> None:
    path = tmp_path / "pairs.parquet"
    row = {"pair_id": ["one"], "a_text": ["It rained. " * 10**6], "b_text": ["It rained."]}
    pq.write_table(pa.table(row), path)
    assert path.stat().st_size < 10**6
    (found,) = read_manifest(path)
    with pytest.raises(InputError, match="too long"):
        found.article("a")
