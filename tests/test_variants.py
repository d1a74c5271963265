"""Three texts or more of one story: the one with the error stands alone, whichever it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from compare.cli import main
from compare.errors import ExitCode, UsageError
from compare.read import article_from_text
from compare.records import Article
from compare.report.columns import to_text, variants_csv, variants_html
from compare.variants import compare_variants, with_labels

TEXTS = (
    "{} The ferry had left the port of Mersin at dawn. Rescue boats searched the bay for hours. "
    "The captain was questioned by the police.",
    "{} At dawn the ferry had sailed from the port of Mersin. For hours rescue boats combed the "
    "bay. Police questioned the captain.",
    "{} The ferry sailed from Mersin at dawn. Boats searched the bay for hours to rescue "
    "survivors. The captain has been questioned by police.",
)
PLANTED = {
    "number": (
        "The fire on the ferry killed {} passengers.",
        "{} passengers were killed in the fire on the ferry.",
        "In the ferry fire, {} passengers lost their lives.",
        ("14", "41"),
    ),
    "place": (
        "The ferry that burned was built in {}.",
        "The burned ferry was built in {}.",
        "The ferry, which burned, had been built in {}.",
        ("Norway", "Portugal"),
    ),
}


def articles(kind: str, wrong: int) -> tuple[Article, ...]:
    *frames, (right, other) = PLANTED[kind]
    return tuple(
        article_from_text(text.format(frame.format(other if i == wrong else right)), label=f"T{i}")
        for i, (text, frame) in enumerate(zip(TEXTS, frames, strict=True))
    )


@pytest.mark.parametrize("pivot", [0, 1, 2])
@pytest.mark.parametrize("wrong", [0, 1, 2])
@pytest.mark.parametrize("kind", list(PLANTED))
def test_the_text_with_the_error_stands_alone(kind: str, wrong: int, pivot: int) -> None:
    result = compare_variants(articles(kind, wrong), pivot=pivot)
    assert result.pivot == pivot
    (difference,) = [d for d in result.differences if d.worst.check == kind]
    assert difference.alone == wrong


def test_texts_that_agree_differ_nowhere() -> None:
    result = compare_variants(articles("number", 9))
    assert not result.differences
    assert "no fact differs" in to_text(result)
    assert "<p>Nowhere.</p>" in variants_html(result)


def test_the_table_has_a_column_for_each_text() -> None:
    result = compare_variants(articles("number", 2), pivot=0)
    (row,) = csv.DictReader(io.StringIO(variants_csv(result)))
    assert (row["text_1"], row["text_2"], row["text_3"]) == ("14", "", "41")
    assert row["stands_alone"] == "T2"


def test_the_page_shows_hostile_words_as_they_are() -> None:
    hostile = "<script>alert(1)</script>"
    texts = with_labels(articles("number", 2), (hostile, "", "=1+1"))
    result = compare_variants(texts, pivot=0)
    assert hostile not in variants_html(result)
    assert "&lt;script&gt;" in variants_html(result)
    assert "\n" not in to_text(compare_variants(texts, pivot=0)).splitlines()[0]
    (row,) = csv.DictReader(io.StringIO(variants_csv(result)))
    assert row["stands_alone"] == "'=1+1"


def test_two_texts_are_not_enough_and_the_pivot_must_be_there() -> None:
    with pytest.raises(UsageError, match="three texts or more"):
        compare_variants(articles("number", 0)[:2])
    with pytest.raises(UsageError, match="there is no text 4"):
        compare_variants(articles("number", 0), pivot=3)


def test_the_command_writes_the_page_the_table_and_the_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for i, article in enumerate(articles("number", 2)):
        paths.append(str(tmp_path / f"{i}.txt"))
        Path(paths[-1]).write_text(article.text, "utf-8")
    out = tmp_path / "out"
    argv = ["variants", *paths, "-q", "-o", str(out), "--pivot", "2", "--label", "ours"]
    assert main(argv) == 0
    shown = capsys.readouterr().out
    assert "held against 1.txt" in shown
    assert "alone: 2.txt" in shown
    assert sorted(p.name for p in out.iterdir()) == [
        "2-vs-1",
        "2-vs-3",
        "variants.csv",
        "variants.html",
    ]
    assert (out / "2-vs-3" / "comparison.json").exists()
    assert main(argv) == ExitCode.USAGE  # a run never writes over another one
