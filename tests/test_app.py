"""The page as Streamlit runs it, without a browser: choose texts, compare, filter, take away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import results
from compare.records import Comparison
from compare.view import word_style

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = "<script>alert(1)</script> *x* $y$ :red[z] <img src=x onerror=alert(2)> [a](http://b.c)"
STORY = "The mayor opened the new bridge on Monday. She thanked the builders for their work."
TOLD = "On Monday the mayor opened the new bridge. She thanked the workers who built it."
OTHER = "Cats sleep for most of the day. Their dreams are of fish and of warm windows."


@pytest.fixture(autouse=True, scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Vectors that the tests make stay out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def start(source: str = "Files") -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    page.segmented_control(key="source").set_value(source).run()
    return page


def press(page: AppTest, key: str = "compare") -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def paste(a: str, b: str) -> AppTest:
    page = start("Paste")
    page.text_area(key="paste_a").set_value(a)
    page.text_area(key="paste_b").set_value(b)
    return page


def shown(page: AppTest) -> str:
    """All HTML of the page but its style."""
    return "\n".join(e.value for e in page.html if not e.value.startswith("<style>"))


def said(page: AppTest) -> str:
    """The words of the page's HTML."""
    return re.sub("<[^>]*>", "", shown(page))


def cards(page: AppTest) -> int:
    return shown(page).count('<li class="finding')


@pytest.fixture(scope="module")
def example(vectors: None) -> AppTest:
    """The seeds, compared."""
    return press(start("Example"))


def result(page: AppTest) -> Comparison:
    made = results._results()[page.session_state["result"]]
    assert isinstance(made, Comparison)
    return made


def test_the_example_shows_its_errors_in_place(example: AppTest) -> None:
    comparison = result(example)
    html = shown(example)
    assert re.search(r'<mark class="critical fact"[^>]*>President Kim</mark>', html)
    assert "Sung Kim" in next(f.message for f in comparison.findings if f.severity == "critical")
    assert cards(example) == len(comparison.findings)
    assert html.count('<div class="pair ') == len(comparison.groups) + 1  # the heads
    assert html.count("⇅ moved") == sum(group.moved for group in comparison.groups)
    assert "A · Hankyoreh English edition" in said(example)


def test_filters_narrow_the_list_and_can_be_taken_back(example: AppTest) -> None:
    comparison = result(example)
    for key, field in (("ledgers", "ledger"), ("severities", "severity")):
        for value in {getattr(f, field) for f in comparison.findings}:
            example.pills(key=key).set_value([value]).run()
            assert cards(example) == sum(getattr(f, field) == value for f in comparison.findings)
        example.pills(key=key).set_value([]).run()
    for check in {f.check for f in comparison.findings}:
        example.multiselect(key="checks").set_value([check]).run()
        assert cards(example) == sum(f.check == check for f in comparison.findings)
    example.multiselect(key="checks").set_value([]).run()
    assert cards(example) == len(comparison.findings)
    assert not example.exception


def test_differences_of_words_are_shown_on_demand(example: AppTest) -> None:
    for on in (True, False):
        example.toggle(key="words").set_value(on).run()
        styles = [e.value for e in example.html if e.value.startswith("<style>")]
        assert any(style == word_style() for style in styles) == on


def test_the_files_can_be_taken_away(example: AppTest) -> None:
    labels = [button.label for button in example.download_button]
    assert labels == ["Discrepancies, CSV", "Pairs, CSV", "Report, HTML", "All, JSON"]


def test_a_reload_finds_the_comparison_and_a_wrong_address_says_so(example: AppTest) -> None:
    for key, found in ((example.session_state["result"], True), ("unknown", False)):
        again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        again.query_params["result"] = key
        again.switch_page("app_pages/pairs.py").run()
        assert not again.exception
        assert ("President Kim" in said(again)) == found
        assert bool(again.title) != found


def test_pasted_texts_are_compared_with_name_and_date() -> None:
    page = paste(STORY, TOLD)
    page.text_input(key="label_Paste_a").set_value("  Wire ")
    page.date_input(key="date_Paste_b").set_value("2021-10-20")
    page.selectbox(key="language").set_value("ko")
    comparison = result(press(page))
    assert comparison.a.article.label == "Wire"
    assert str(comparison.b.article.date) == "2021-10-20"
    assert comparison.config.source_language == "ko"
    assert "A · Wire" in said(page)
    assert [g.link for g in comparison.groups] == ["1:1", "1:1"]


def test_uploads_are_compared_under_their_names() -> None:
    page = start()
    page.file_uploader(key="file_a").set_value(("one.txt", STORY.encode("utf-16"), "text/plain"))
    page.file_uploader(key="file_b").set_value(
        ("two.html", f"<html><body><p>{TOLD}</p></body></html>".encode(), "text/html")
    )
    comparison = result(press(page))
    assert (comparison.a.article.label, comparison.b.article.label) == ("one.txt", "two.html")
    assert comparison.a.article.encoding == "utf-16"


def problem(page: AppTest) -> str:
    found = re.search(r'role="alert">(.*?)</p>', shown(page), re.DOTALL)
    assert found, "no message"
    return re.sub("<[^>]*>", "", found[1])


def test_nothing_pasted() -> None:
    assert "Text A is empty" in problem(press(paste("", TOLD)))
    assert "Text B is empty" in problem(press(paste(STORY, " \n")))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "Text B is missing"),
        (b"", "two.txt is empty"),
        (b"\x00\x01\x02\xff" * 100, "two.txt"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_an_upload_that_cannot_be_used(data: bytes | None, message: str) -> None:
    page = start()
    page.file_uploader(key="file_a").set_value(("one.txt", STORY.encode(), "text/plain"))
    if data is not None:
        page.file_uploader(key="file_b").set_value(("two.txt", data, "text/plain"))
    assert message in problem(press(page))
    assert page.title[0].value == "Compare two articles"


def test_unrelated_texts_can_be_compared_anyway() -> None:
    page = press(paste(STORY, OTHER))
    assert "same story" in problem(page)
    assert "--force" not in problem(page)
    comparison = result(press(page, "anyway"))
    assert comparison.config.force
    assert "no counterpart" in said(page)
    page.switch_page("app_pages/start.py").run()
    assert not [b for b in page.button if b.key == "anyway"]


def test_without_a_comparison_the_pairs_lead_back() -> None:
    page = start()
    page.switch_page("app_pages/pairs.py").run()
    assert not page.exception
    assert page.title[0].value == "Nothing to show"
    assert not page.html[1:]


def test_what_was_pasted_is_there_again_after_a_look_at_the_pairs() -> None:
    page = press(paste(STORY, TOLD))
    page.switch_page("app_pages/start.py").run()
    assert page.segmented_control(key="source").value == "Paste"
    assert page.text_area(key="paste_a").value == STORY


def test_hostile_words_stay_words_everywhere() -> None:
    page = paste(f"{STORY} {HOSTILE}.", f"{TOLD} {HOSTILE}!")
    page.text_input(key="label_Paste_a").set_value(HOSTILE)
    press(page)
    page.toggle(key="words").set_value(True).run()
    html = shown(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    for tag in ("<script", "<img"):
        assert tag not in html
    # What is no escaped HTML is Markdown, or a widget's label, which is Markdown too.
    others = [str(e.proto) for e in page if hasattr(e, "proto") and e.type != "html"]
    assert any("Differences of words" in proto for proto in others)
    assert not [proto for proto in others if "alert(" in proto]


def test_a_hostile_file_name_stays_a_name() -> None:
    page = start()
    page.file_uploader(key="file_a").set_value((f"{HOSTILE.replace('/', '')}.txt", b"", ""))
    page.file_uploader(key="file_b").set_value(("b.txt", STORY.encode(), "text/plain"))
    press(page)
    assert "is empty" in problem(page)
    assert "<img" not in shown(page)
    assert "<script" not in shown(page)


def test_the_oldest_comparison_makes_room(
    example: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = result(example)
    monkeypatch.setattr(results, "KEPT", 2)
    monkeypatch.setattr(results.st, "session_state", {})
    held = results._results()
    before = dict(held)
    try:
        keys = [results.keep(comparison) for _ in range(3)]
        assert list(held) == keys[1:]
        assert len(set(keys)) == 3
    finally:
        held.clear()
        held.update(before)
