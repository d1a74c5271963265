"""The page as Streamlit runs it, without a browser: compare, decide, correct, take away."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from compare.project import DATABASE, FOLDER, Project
from compare.read import article_from_text, read_article
from compare.records import Comparison, Finding
from compare.report import write_run
from compare.report.columns import variants_csv, variants_files
from compare.report.load import load_run
from compare.report.write import write_files
from compare.settings import PAGE_FILE
from compare.variants import compare_variants, gathered
from compare.verdicts import REASONS
from compare.view import word_style

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
HOSTILE = "<script>alert(1)</script> *x* $y$ :red[z] <img src=x onerror=alert(2)> [a](http://b.c)"
STORY = "The mayor opened the new bridge on Monday. She thanked the builders for their work."
TOLD = "On Monday the mayor opened the new bridge. She thanked the workers who built it."
OTHER = "Cats sleep for most of the day. Their dreams are of fish and of warm windows."
SEEDS_RUN, HOSTILE_RUN = "seeds", "hostile"
FERRY = (
    "The ferry fire killed 14 people. It was built in Norway {}. The port lies near Mersin.",
    "14 people were killed in the ferry fire. Norway had built it {}. The port is near Mersin.",
    "In the ferry fire 41 people died. It had been built in Norway {}. The port is near Mersin.",
)
FERRIES, HOSTILE_FERRIES = "ferries", "hostile ferries"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs: the seeds, and texts that no page may interpret."""
    from compare.pipeline import compare_articles

    folder = tmp_path_factory.mktemp("runs")
    a, b = map(read_article, SEEDS)
    write_run(compare_articles(a, b), folder / SEEDS_RUN)
    lines = "Envoy Noh Kyu-duk paid 40 million won on 3 May. {} He said: “Nothing is {} decided.”"
    a, b = (
        article_from_text(lines.format(HOSTILE, HOSTILE).replace("40", n), label=HOSTILE + n)
        for n in ("40", "70")
    )
    write_run(compare_articles(a, b), folder / HOSTILE_RUN)
    for name, word, labels in (
        (FERRIES, "in 1998", ("ours", "wire", "agency")),
        (HOSTILE_FERRIES, HOSTILE, (HOSTILE, f"{HOSTILE}2", "=1+1")),
    ):
        texts = [
            article_from_text(text.format(word), label=label)
            for text, label in zip(FERRY, labels, strict=True)
        ]
        write_files(variants_files(compare_variants(texts, pivot=0)), folder / name)
    return folder


@pytest.fixture(autouse=True)
def project(runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of the test's own, with the runs in it."""
    folder = tmp_path / "reports"
    shutil.copytree(runs, folder)
    monkeypatch.setenv(FOLDER, str(folder))
    monkeypatch.delenv(DATABASE, raising=False)
    return folder


def start(source: str = "Files") -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    page.segmented_control(key="source").set_value(source).run()
    return page


def opened(name: str = "review", run: str = SEEDS_RUN, **query: str) -> AppTest:
    """A page of a run, as its address opens it."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for key, value in {"run": run, **query}.items():
        page.query_params[key] = value
    page.switch_page(f"app_pages/{name}.py").run()
    assert not page.exception
    return page


def go(page: AppTest, name: str) -> AppTest:
    page.switch_page(f"app_pages/{name}.py").run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
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


def focus(page: AppTest) -> str:
    found = re.search(r'data-finding="(\w+)"', shown(page))
    return found[1] if found else ""


def progress(page: AppTest) -> str:
    found = re.search(r"\d+ of \d+ decided", said(page))
    assert found
    return found[0]


def result(page: AppTest, project: Path) -> Comparison:
    """The run in view as the folder has it."""
    return load_run(project / page.session_state["run"])


def reviewed(project: Path, run: str = SEEDS_RUN) -> dict[str, Finding]:
    """What the project's log and rules say of each finding."""
    comparison = Project(project).reviewed(load_run(project / run))
    return {f.finding_id: f for f in comparison.findings}


def problem(page: AppTest) -> str:
    found = re.search(r'role="alert">(.*?)</p>', shown(page), re.DOTALL)
    assert found, "no message"
    return re.sub("<[^>]*>", "", found[1])


# --- start ------------------------------------------------------------------------------------


def test_the_example_is_compared_written_and_opened_for_review(project: Path) -> None:
    page = press(start("Example"), "compare")
    comparison = result(page, project)
    assert focus(page) in {f.finding_id for f in comparison.findings if f.severity == "critical"}
    assert "A · Hankyoreh English edition" in said(page)
    assert progress(page) == f"0 of {len(comparison.findings)} decided"
    assert (project / page.session_state["run"] / "report.html").exists()


def test_pasted_texts_are_compared_with_name_date_and_language(project: Path) -> None:
    page = paste(STORY, TOLD)
    page.text_input(key="label_Paste_a").set_value("  Wire ")
    page.date_input(key="date_Paste_b").set_value("2021-10-20")
    page.selectbox(key="language").set_value("ko")
    comparison = result(press(page, "compare"), project)
    assert comparison.a.article.label == "Wire"
    assert str(comparison.b.article.date) == "2021-10-20"
    assert comparison.config.source_language == "ko"
    assert "A · Wire" in said(page)
    assert [g.link for g in comparison.groups] == ["1:1", "1:1"]
    go(page, "start")
    assert page.segmented_control(key="source").value == "Paste"
    assert page.text_area(key="paste_a").value == STORY


def test_settings_of_the_file_count_beneath_what_is_chosen(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "variant-compare.toml"
    file.write_text(
        'source-language = "de"\nmin-confidence = 0.7\nselect = ["term"]\nglossary = ["terms.csv"]',
        "utf-8",
    )
    (tmp_path / "terms.csv").write_text("forbidden\nbuilders\n", "utf-8")
    comparison = result(press(paste(STORY, TOLD), "compare"), project)
    held = comparison.config
    assert (held.source_language, held.min_confidence, held.select) == ("de", 0.7, ("term",))
    assert [f.check for f in comparison.findings] == ["term"]
    page = paste(STORY, TOLD)
    page.selectbox(key="language").set_value("ko")
    press(page, "compare")
    assert load_run(project / page.session_state["run"]).config.source_language == "ko"
    file.write_text("limit = -1", "utf-8")
    assert "limit is -1; give a whole number from 0" in problem(
        press(paste(STORY, TOLD), "compare")
    )
    monkeypatch.setenv(PAGE_FILE, "")
    press(paste(STORY, TOLD), "compare")


def test_three_texts_are_compared_and_opened_in_columns(project: Path) -> None:
    page = press(start("Paste"), "add")
    assert not page.markdown  # a bare string of the script would be shown
    for side, text, label in zip("abc", FERRY, ("ours", "", "agency"), strict=True):
        page.text_area(key=f"paste_{side}").set_value(text.format("in 1998"))
        page.text_input(key=f"label_Paste_{side}").set_value(label)
    page.date_input(key="date_Paste_c").set_value("2021-10-20")
    press(page, "compare")
    assert "3 texts of one story" in said(page)
    assert "agency" in said(page)
    runs = [load_run(project / run) for _, _, run in Project(project).pairs("variants")]
    labels = {side.article.label for run in runs for side in (run.a, run.b)}
    assert labels == {"ours", "B", "agency"}
    assert str(runs[-1].b.article.date) == "2021-10-20"
    press(go(page, "start"), "remove")
    assert not [box for box in page.text_area if box.key == "paste_c"]


def test_a_third_text_that_is_missing() -> None:
    page = press(paste(STORY, TOLD), "add")
    assert "Text C is empty" in problem(press(page, "compare"))


def test_uploads_are_compared_under_their_names(project: Path) -> None:
    page = start()
    page.file_uploader(key="file_a").set_value(("one.txt", STORY.encode("utf-16"), "text/plain"))
    page.file_uploader(key="file_b").set_value(
        ("two.html", f"<html><body><p>{TOLD}</p></body></html>".encode(), "text/html")
    )
    comparison = result(press(page, "compare"), project)
    assert (comparison.a.article.label, comparison.b.article.label) == ("one.txt", "two.html")
    assert comparison.a.article.encoding == "utf-16"


def test_nothing_pasted() -> None:
    assert "Text A is empty" in problem(press(paste("", TOLD), "compare"))
    assert "Text B is empty" in problem(press(paste(STORY, " \n"), "compare"))


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
    assert message in problem(press(page, "compare"))
    assert page.title[0].value == "Compare two articles"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "Text A is missing"),
        ("ftp://example.org/x", "begins with http"),
        ("http://127.0.0.1:8501/", "private network"),
        ("file:///etc/passwd", "begins with http"),
    ],
)
def test_an_address_that_cannot_be_used(address: str, message: str) -> None:
    page = start("Web address")
    for side in "ab":
        page.text_input(key=f"address_{side}").set_value(address)
    assert message in problem(press(page, "compare"))


def test_unrelated_texts_can_be_compared_anyway(project: Path) -> None:
    page = press(paste(STORY, OTHER), "compare")
    assert "same story" in problem(page)
    assert "--force" not in problem(page)
    comparison = result(press(page, "anyway"), project)
    assert comparison.config.force
    assert "no counterpart" in said(go(page, "pairs"))
    go(page, "start")
    assert not [b for b in page.button if b.key == "anyway"]


def test_a_run_that_is_there_is_opened(project: Path) -> None:
    page = start()
    assert {option.split(" · ")[0] for option in page.selectbox(key="earlier").options} == {
        SEEDS_RUN,
        HOSTILE_RUN,
    }
    page.selectbox(key="earlier").set_value(SEEDS_RUN)
    press(page, "open")
    assert "President Kim" in said(page)


# --- review -----------------------------------------------------------------------------------


def test_a_decision_is_written_and_leads_on_and_can_be_taken_back(project: Path) -> None:
    page = opened()
    decided = {}
    for key, status in (("accept", "accepted"), ("dismiss", "dismissed"), ("unsure", "unsure")):
        decided[focus(page)] = status
        press(page, f"key_{key}")
        made = reviewed(project)
        assert {i: made[i].status for i in decided} == decided
        assert focus(page) not in decided
    assert len(decided) == 3
    assert progress(page).startswith("3 of ")
    lines = (project / SEEDS_RUN / "verdicts.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 3

    last = list(decided)[-1]
    press(page, "key_undo")
    assert focus(page) == last
    assert reviewed(project)[last].status == "open"
    assert progress(page).startswith("2 of ")
    for _ in range(3):  # one more than there is to take back
        press(page, "key_undo")
    assert progress(page).startswith("0 of ")


def test_each_reason_has_its_key(project: Path) -> None:
    page = opened()
    for number, reason in enumerate(REASONS, start=1):
        finding = focus(page)
        press(page, f"key_reason_{number}")
        assert reviewed(project)[finding].reason == reason


def test_two_keys_that_come_at_once_decide_nothing(project: Path) -> None:
    page = opened()
    finding = focus(page)
    page.button(key="key_reason_1").click()
    press(page, "key_accept")
    assert "too fast" in problem(page)
    assert focus(page) == finding
    assert {f.status for f in reviewed(project).values()} == {"open"}
    press(page, "key_accept")
    assert reviewed(project)[finding].status == "accepted"
    assert 'role="alert"' not in shown(page)


def test_next_and_previous_go_round() -> None:
    page = opened()
    first = focus(page)
    press(page, "key_previous")
    assert focus(page) != first
    press(page, "key_next")
    assert focus(page) == first
    assert focus(press(page, "key_next")) != first


def test_filters_narrow_what_is_gone_through_and_can_be_taken_back(project: Path) -> None:
    page = opened()
    findings = list(reviewed(project).values())

    def places() -> int:
        found = re.search(r"<span>\d+ of (\d+)</span>", shown(page))
        return int(found[1]) if found else 0

    for key, field in (("ledgers", "ledger"), ("severities", "severity"), ("checks", "check")):
        for value in sorted({getattr(f, field) for f in findings}):
            widget = page.multiselect(key=key) if key == "checks" else page.pills(key=key)
            widget.set_value([value]).run()
            assert places() == sum(getattr(f, field) == value for f in findings)
        widget = page.multiselect(key=key) if key == "checks" else page.pills(key=key)
        widget.set_value([]).run()
    assert places() == len(findings)
    assert not page.exception


def test_the_views_follow_what_was_decided() -> None:
    page = opened()
    first = focus(page)
    press(page, "key_accept")
    page.segmented_control(key="view").set_value("decided").run()
    assert focus(page) == first
    assert "You: accepted" in said(page)
    page.segmented_control(key="view").set_value("all").run()
    press(page, "key_dismiss")  # changes their mind
    page.segmented_control(key="view").set_value("decided").run()
    assert "1 of 1" in said(page)


def test_when_all_is_decided_the_page_says_so(project: Path) -> None:
    page = opened()
    page.pills(key="severities").set_value(["critical"]).run()
    for _ in range(sum(f.severity == "critical" for f in reviewed(project).values())):
        press(page, "key_accept")
    page.pills(key="severities").set_value([]).run()
    page.segmented_control(key="view").set_value("to decide").run()
    assert focus(page)
    page.pills(key="severities").set_value(["critical"]).run()
    assert "Nothing is left to decide here" in said(page)
    assert page.button(key="key_accept").disabled


def test_a_note_and_the_wrong_text_are_kept_with_the_decision(project: Path) -> None:
    page = opened()
    finding = focus(page)
    page.text_area(key=f"note_{finding}").set_value("ask the desk").run()
    assert reviewed(project)[finding].note == "ask the desk"
    assert reviewed(project)[finding].status == "open"
    page.segmented_control(key=f"side_{finding}").set_value("both").run()
    press(page, "key_accept")
    made = Project(project).log.entries()[-1]
    assert (made.verdict, made.note, made.side) == ("accepted", "ask the desk", "both")
    again = opened(finding=finding)
    assert focus(again) == finding
    assert again.text_area(key=f"note_{finding}").value == "ask the desk"
    assert again.segmented_control(key=f"side_{finding}").value == "both"


@pytest.mark.parametrize("kind", ["wording", "check", "entity"])
def test_a_dismissal_is_widened_and_taken_back(project: Path, kind: str) -> None:
    page = opened()
    if not [b for b in page.button if b.key == f"widen_{kind}"]:
        for _ in reviewed(project):
            press(page, "key_next")
            if [b for b in page.button if b.key == f"widen_{kind}"]:
                break
        else:
            pytest.skip("no finding about a name")
    finding, check = focus(page), reviewed(project)[focus(page)].check
    press(page, f"widen_{kind}")
    assert focus(page) != finding
    made = reviewed(project)
    assert (made[finding].status, made[finding].reason) == ("dismissed", "rule")
    hidden = [f for f in made.values() if f.reason == "rule"]
    if kind == "check":
        assert {f.check for f in hidden} == {check}
    (rule,) = Project(project).rules()
    assert rule.kind == kind
    assert f"dismisses {len(hidden)} here" in said(page)
    page.segmented_control(key="view").set_value("by rule").run()
    assert focus(page) in {f.finding_id for f in hidden}
    press(page, f"rule_{rule.rule_id}")
    assert not Project(project).rules()
    assert reviewed(project)[finding].status == "open"


def test_the_reviewers_name_counts_and_is_asked_for(project: Path) -> None:
    page = opened(reviewer="Mina *Kerr*")
    finding = focus(page)
    press(page, "key_accept")
    assert reviewed(project)[finding].reviewer == "Mina *Kerr*"
    page.text_input(key="reviewer_input").set_value("Ada").run()
    assert progress(page).startswith("0 of ")
    assert focus(page) == finding
    press(page, "key_dismiss")
    assert reviewed(project)[finding].status == "disputed"
    page.segmented_control(key="view").set_value("disputed").run()
    assert focus(page) == finding
    press(page, "key_accept")  # settles it
    assert reviewed(project)[finding].status == "accepted"


# --- pairs ------------------------------------------------------------------------------------


def test_the_pairs_show_the_errors_in_place(project: Path) -> None:
    page = opened("pairs")
    comparison = result(page, project)
    html = shown(page)
    assert re.search(r'<mark class="critical fact"[^>]*>President Kim</mark>', html)
    assert cards(page) == len(comparison.findings)
    assert html.count('<div class="pair ') == len(comparison.groups) + 1  # the heads
    assert html.count("⇅ moved") == sum(group.moved for group in comparison.groups)
    cells = re.findall(r'<a class="cell ', html)
    assert len(cells) == len(comparison.a) + len(comparison.b)


def test_the_pairs_are_filtered(project: Path) -> None:
    page = opened("pairs")
    findings = result(page, project).findings
    page.pills(key="pairs_severities").set_value(["critical"]).run()
    assert cards(page) == sum(f.severity == "critical" for f in findings)
    page.pills(key="pairs_severities").set_value([]).run()
    page.multiselect(key="pairs_checks").set_value(["title"]).run()
    assert cards(page) == sum(f.check == "title" for f in findings)
    assert not page.exception


def test_a_dismissed_finding_is_hidden_until_it_is_asked_for(project: Path) -> None:
    page = press(opened(), "key_dismiss")
    total = len(reviewed(project))
    assert cards(go(page, "pairs")) == total - 1
    page.toggle(key="dismissed").set_value(True).run()
    assert cards(page) == total


def test_differences_of_words_are_shown_on_demand() -> None:
    for name in ("pairs", "review"):
        page = opened(name)
        for on in (True, False):
            page.toggle(key="words").set_value(on).run()
            styles = [e.value for e in page.html if e.value.startswith("<style>")]
            assert any(style == word_style() for style in styles) == on


def test_a_correction_is_kept_and_the_next_comparison_honours_it(project: Path) -> None:
    page = opened("pairs")
    comparison = result(page, project)
    group = next(g for g in comparison.groups if g.link == "1:1")
    page.selectbox(key="action").set_value("unlink").run()
    page.multiselect(key="sentences_a").set_value([group.a[0].index]).run()
    page.multiselect(key="sentences_b").set_value([group.b[0].index]).run()
    press(page, "correct")
    assert page.multiselect(key="sentences_a").value == []
    (made,) = Project(project).corrections((comparison.pair_id,))
    assert made.action == "unlink"
    assert made.parts[0].a[0].text == group.a[0].text

    press(page, "again")
    assert page.session_state["run"] != SEEDS_RUN
    anew = result(page, project)
    assert not any(group.a[0] in g.a and group.b[0] in g.b for g in anew.groups)


@pytest.mark.parametrize("action", ["link", "unlink", "join", "split"])
def test_a_correction_without_sentences_says_what_it_needs(action: str) -> None:
    page = opened("pairs")
    page.selectbox(key="action").set_value(action).run()
    assert "needs" in problem(press(page, "correct"))


# --- names, overview --------------------------------------------------------------------------


def test_two_names_are_made_one_by_a_rule_that_can_be_taken_back(project: Path) -> None:
    page = opened("entities")
    assert page.button(key="rule_same").disabled
    for key, name in (("name_1", "Noh"), ("name_2", "Roh")):
        page.selectbox(key=key).set_value(name).run()
    press(page, "rule_same")
    (rule,) = Project(project).rules()
    assert (rule.kind, rule.names) == ("same", ("Noh", "Roh"))
    assert "Noh and Roh are one" in said(page)
    press(page, f"rule_{rule.rule_id}")
    assert not Project(project).rules()


def test_what_is_said_about_two_names_counts_when_compared_again(project: Path) -> None:
    page = opened("entities")
    for key, name in (("name_1", "Noh Kyu-duk"), ("name_2", "Sung Kim")):
        page.selectbox(key=key).set_value(name).run()
    press(page, "rule_same")
    press(page, "again")
    entities = result(page, project).entities
    together = [e for e in entities if {"Noh Kyu-duk", "Sung Kim"} <= {f.name for f in e.forms}]
    assert len(together) == 1


def test_the_names_are_filtered(project: Path) -> None:
    page = opened("entities")
    entities = result(page, project).entities

    def rows() -> int:
        return shown(page).count('<th scope="row">')

    assert rows() == len(entities)
    for kind in {e.kind for e in entities}:
        page.pills(key="entity_kinds").set_value([kind]).run()
        assert rows() == sum(e.kind == kind for e in entities)
    page.pills(key="entity_kinds").set_value([]).run()
    page.toggle(key="differ").set_value(True).run()
    assert 0 < rows() < len(entities)
    assert shown(page).count("<td>≠</td>") == rows()


def test_the_overview_counts_and_gives_the_files(project: Path) -> None:
    page = go(press(opened(), "key_accept"), "overview")
    labels = [button.label for button in page.download_button]
    assert labels == [
        "Discrepancies, CSV",
        "Pairs, CSV",
        "All, XLSX",
        "Report, HTML",
        "Correction note, Markdown",
        "All, JSON",
    ]
    table = re.search(r"What was decided.*?</table>", shown(page), re.DOTALL)
    assert table
    total = sum(int(n) for n in re.findall(r"<td>(\d+)</td>", table[0]))
    assert total == len(reviewed(project))
    assert "100%" in said(page)  # of the one check whose finding was accepted


def test_the_overview_of_a_run_without_any_decision_or_quotation() -> None:
    page = go(press(paste(STORY, TOLD), "compare"), "overview")
    assert "Quotations" not in said(page)
    assert page.download_button


# --- several texts ----------------------------------------------------------------------------


def several(name: str = FERRIES) -> AppTest:
    return opened("variants", variants=name)


def test_several_texts_stand_in_columns_with_what_differs() -> None:
    html = shown(several())
    told, texts = re.findall(r"<table.*?</table>", html, re.DOTALL)
    heads = ["ours (pivot)", "wire", "agency"]
    words = [re.sub("<[^>]*>", "", h) for h in re.findall(r'<th scope="col">(.*?)</th>', texts)]
    assert words == heads
    (row,) = re.findall(r"<tr id=.*?</tr>", told)
    cells = [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
    assert cells[0].startswith("1 number")
    assert cells[1] == "“14”"
    assert cells[2] == "no difference found"
    assert cells[3].startswith("“41”")
    assert cells[4] == "agency"
    for text in FERRY:
        for sentence in text.format("in 1998").split(". "):
            assert sentence in re.sub("<[^>]*>", "", texts)


def test_a_difference_leads_to_its_place_and_back() -> None:
    html = shown(several())
    for name in ("at1", "d1"):
        assert html.count(f'id="{name}"') == 1
        assert f'href="#{name}"' in html
    assert ".vc:has(#at1:target) p.d1" in html
    assert html.count('<p class="d1">') == 2  # in the two texts that contradict each other


def test_differences_are_filtered_by_check_and_severity() -> None:
    page = several()
    assert "All 1." in said(page)
    for key, value in (("variants_checks", ["number"]), ("variants_severities", ["critical"])):
        widget = page.pills(key=key) if "sev" in key else page.multiselect(key=key)
        assert len(widget.options) == 1
        widget.set_value(value).run()
        assert "All 1." in said(page)
    assert not page.exception


def test_a_pair_of_several_is_reviewed_as_any_other(project: Path) -> None:
    page = several()
    html = shown(page)
    run, finding = re.findall(r'href="review\?run=([^&"]*)&amp;finding=(\w+)"', html)[0]
    assert run == f"{FERRIES}%2F1-vs-3"
    assert page.get("page_link")[0].proto.query_string == f"run={FERRIES}%2F1-vs-2"
    review = opened(run=f"{FERRIES}/1-vs-3", finding=finding)
    assert focus(review) == finding
    press(review, "key_accept")
    assert (project / FERRIES / "1-vs-3" / "verdicts.jsonl").read_text("utf-8").count("\n") == 1
    assert reviewed(project, f"{FERRIES}/1-vs-3")[finding].status == "accepted"
    assert "accepted review" in said(several())


def test_the_table_of_several_is_taken_away_as_it_was_written(project: Path) -> None:
    for name in (FERRIES, HOSTILE_FERRIES):
        variants = gathered(0, [(n - 1, load_run(project / name / f"1-vs-{n}")) for n in (2, 3)])
        assert variants_csv(variants) == (project / name / "variants.csv").read_text("utf-8")
    (button,) = several().download_button
    assert button.label == "Differences, CSV"


def test_a_comparison_of_several_is_opened_from_the_start_and_changed() -> None:
    page = start()
    options = page.selectbox(key="earlier_several").options
    assert {option.split(" · ")[0] for option in options} == {FERRIES, HOSTILE_FERRIES}
    page.selectbox(key="earlier_several").set_value(FERRIES)
    press(page, "open_several")
    assert "agency" in said(page)
    page.selectbox(key=f"choose_variants_{FERRIES}").set_value(HOSTILE_FERRIES).run()
    assert not page.exception
    assert "&lt;script&gt;" in shown(page)


def test_the_folder_that_variants_wrote_is_opened_by_itself(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(project / FERRIES))
    page = go(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run(), "variants")
    assert "agency" in said(page)
    assert 'href="review?run=1-vs-3&amp;' in shown(page)
    assert focus(opened(run="1-vs-3"))


@pytest.mark.parametrize("name", ["unknown", "..", "../..", SEEDS_RUN, "<b>$x$"])
def test_a_comparison_of_several_that_is_not_there(name: str) -> None:
    assert "there is no comparison" in problem(several(name))


def test_without_a_comparison_of_several_the_page_leads_back(project: Path) -> None:
    for name in (FERRIES, HOSTILE_FERRIES):
        shutil.rmtree(project / name)
    page = go(start(), "variants")
    assert page.title[0].value == "Nothing to show"


def test_a_comparison_of_several_that_is_not_whole(project: Path) -> None:
    folder = project / FERRIES
    (folder / "1-vs-2" / "comparison.json").rename(folder / "other.json")
    assert "a run is missing" in problem(several())
    shutil.copytree(project / HOSTILE_FERRIES / "1-vs-2", folder / "1-vs-2", dirs_exist_ok=True)
    assert "same text as A" in problem(several())
    (folder / "1-vs-2" / "comparison.json").write_text('{"schema_version": "1.0"}')
    assert "cannot use the run" in problem(several())


# --- what is not there, not right, or not nice ------------------------------------------------


@pytest.mark.parametrize("name", ["review", "pairs", "entities", "overview"])
def test_without_a_run_the_pages_lead_back(name: str) -> None:
    page = go(start(), name)
    assert page.title[0].value == "Nothing to show"
    assert not page.html[1:]


@pytest.mark.parametrize("name", ["review", "pairs", "entities", "overview"])
@pytest.mark.parametrize("run", ["unknown", "..", "../..", "", "a/b", "<b>$x$"])
def test_a_run_that_is_not_there(name: str, run: str) -> None:
    page = opened(name, run)
    if run:
        assert "there is no run" in problem(page)
    else:
        assert page.title[0].value == "Nothing to show"


@pytest.mark.parametrize("name", ["review", "pairs", "entities", "overview"])
def test_a_run_that_cannot_be_read(project: Path, name: str) -> None:
    (project / SEEDS_RUN / "comparison.json").write_text('{"schema_version": "1.0"}')
    assert "cannot use the run" in problem(opened(name))


@pytest.mark.parametrize("name", ["review", "pairs", "entities", "overview"])
def test_rules_that_cannot_be_read(project: Path, name: str) -> None:
    (project / "rules.toml").write_text("[[rule]\nkind = ")
    assert "cannot read the rules" in problem(opened(name))


def test_rules_that_break_while_the_page_is_open(project: Path) -> None:
    page = opened()
    (project / "rules.toml").write_text("x = 1")
    page.button(key="key_next").click().run()
    assert not page.exception
    assert "rules" in problem(page)
    (project / "rules.toml").unlink()
    page.run()
    assert focus(page)


@pytest.mark.parametrize("name", ["review", "pairs", "entities", "overview"])
def test_decisions_that_cannot_be_read(project: Path, name: str) -> None:
    (project / "verdicts.sqlite").write_bytes(b"no database" * 100)
    assert "decisions" in problem(opened(name))


def test_a_folder_of_runs_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a file"
    place.write_text("")
    monkeypatch.setenv(FOLDER, str(place))
    assert "there is no run" in problem(opened())
    page = press(paste(STORY, TOLD), "compare")
    assert str(place) in problem(page)


def test_hostile_words_stay_words_everywhere(project: Path) -> None:
    note = f"{HOSTILE} note"
    page = opened(run=HOSTILE_RUN, reviewer=f"{HOSTILE}1")
    finding = focus(page)
    assert finding
    page.text_area(key=f"note_{finding}").set_value(note).run()
    press(page, "key_accept")
    page.segmented_control(key="view").set_value("all").run()
    press(page, "widen_wording")
    page.toggle(key="words").set_value(True).run()
    pages = [page, opened(run=HOSTILE_RUN, finding=finding)]
    pages += [opened(name, HOSTILE_RUN) for name in ("pairs", "entities", "overview")]
    pages.append(several(HOSTILE_FERRIES))
    for one in pages:
        html = shown(one)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        for tag in ("<script", "<img", '<a href="http'):
            assert tag not in html
        # What is no escaped HTML is Markdown, or a widget's label, which is Markdown too.
        labels = [str(getattr(e, "label", "")) for e in one if e.type != "html"]
        markdown = [e.value for e in (*one.markdown, *one.caption, *one.title, *one.header)]
        for text in (*labels, *markdown):
            assert not re.search(r"(?<!\\)(<script|<img|\$y|:red|\[a\])", text), text


def test_a_hostile_file_name_stays_a_name() -> None:
    page = start()
    page.file_uploader(key="file_a").set_value((f"{HOSTILE.replace('/', '')}.txt", b"", ""))
    page.file_uploader(key="file_b").set_value(("b.txt", STORY.encode(), "text/plain"))
    press(page, "compare")
    assert "is empty" in problem(page)
    assert "<img" not in shown(page)
    assert "<script" not in shown(page)
