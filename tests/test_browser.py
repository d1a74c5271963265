"""The page end to end, in a headless Chromium: decide by keyboard, lose nothing, reach all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score
from stories import story

from benchmarks import headless
from compare.project import Project
from compare.read import article_from_text, read_article
from compare.records import Group
from compare.report import worst_first, write_run
from compare.report.columns import variants_files
from compare.report.load import load_run
from compare.report.write import write_files
from compare.variants import compare_variants
from compare.verdicts import agreement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
RUN = "seeds"
SCHEMES = ("light", "dark")
FOCUS = ".focus[data-finding]"
HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'> $x$ *y* :red[z]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if headless.chromium() is None:
        missing = "no Chromium here: on Debian, apt install chromium"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(missing)
        pytest.skip(missing)
    with headless.browser() as started:
        yield started


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run on the seeds."""
    from compare.pipeline import compare_articles

    folder = tmp_path_factory.mktemp("runs")
    articles = [read_article(path) for path in SEEDS]
    write_run(compare_articles(*articles), folder / RUN)
    third = article_from_text(articles[1].text.replace("Tuesday", "Wednesday"), label="third")
    files = variants_files(compare_variants([*articles, third], pivot=0))
    write_files(files, folder / "several")
    return folder


@pytest.fixture
def project(runs: Path, tmp_path: Path) -> Path:
    """A project of the test's own with that run in it."""
    return Path(shutil.copytree(runs, tmp_path / "reports"))


@contextmanager
def serving(project: Path, url: str = "") -> Iterator[headless.Server]:
    """A server of the page, as `variant-compare app` starts it; it must not fail anywhere."""
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    with headless.serve(project, home, url=url) as server:
        yield server
    assert "Traceback" not in server.log.read_text()


@contextmanager
def visiting(
    browser: Browser, server: headless.Server, path: str = "", **kind: Any
) -> Iterator[Page]:
    """The page of a new visitor; afterwards, that it asked nothing of any other machine."""
    context = browser.new_context(
        **({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"} | kind)
    )
    context.set_default_timeout(headless.PATIENCE * 1000)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:", 1)))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{server.address}/{path}")
    yield page
    context.close()
    assert not [url for url in asked if not url.startswith((server.address, "data:", "blob:"))]
    assert not faults


def settled(page: Page) -> None:
    """Wait until the server has nothing more to send."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def focus(page: Page) -> str:
    return page.locator(FOCUS).get_attribute("data-finding") or ""


def press(page: Page, key: str) -> str:
    """Press a key that leads to another finding; the finding that was in focus."""
    before = focus(page)
    page.keyboard.press(key)
    page.wait_for_function(
        "([at, last]) => ![last, undefined].includes(document.querySelector(at)?.dataset.finding)",
        arg=[FOCUS, before],
    )
    settled(page)
    return before


def statuses(project: Path, run: str = RUN) -> dict[str, str]:
    """What became of each finding of a run, by the log on the disk."""
    reviewed = Project(project).reviewed(load_run(project / run))
    return {f.finding_id: f"{f.status} {f.reason}".strip() for f in reviewed.findings}


def press_compare(page: Page) -> None:
    # While the page is drawn anew for another source, the button of before stands beside its own.
    settled(page)
    page.get_by_role("button", name="Compare", exact=True).click()


def compare_seeds(page: Page) -> str:
    """Compare the example; the name of its run."""
    page.get_by_text("Example", exact=True).click()
    page.get_by_text("On the 18th (local time)").wait_for()
    press_compare(page)
    return in_review(page)


def in_review(page: Page) -> str:
    page.locator(FOCUS).wait_for()
    # Buttons are drawn by a script of their own that comes later, and hear their keys after that.
    page.get_by_role("button", name="Next").wait_for()
    page.evaluate("() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    settled(page)
    found = re.search(r"/review\?.*\brun=([^&]+)", page.url)
    assert found
    return found[1]


def moved(text: str, paragraph: str, before: str) -> str:
    """The text with one paragraph, by its beginning, moved before another one."""
    parts = re.split(r"\n{2,}", text)
    one = parts.pop(next(i for i, p in enumerate(parts) if p.startswith(paragraph)))
    parts.insert(next(i for i, p in enumerate(parts) if p.startswith(before)), one)
    return "\n\n".join(parts)


def test_ten_decisions_survive_a_killed_server_and_a_changed_text(
    browser: Browser, tmp_path: Path
) -> None:
    project = tmp_path / "reports"
    keys = {
        "a": "accepted",
        "d": "dismissed",
        "u": "unsure",
        "1": "dismissed same meaning",
        "2": "dismissed house style",
        "3": "dismissed alignment wrong",
        "4": "dismissed check wrong",
        "5": "dismissed other",
    }
    with serving(project) as server, visiting(browser, server) as page:
        run = compare_seeds(page)
        expected = {press(page, key): keys[key] for key in "adu12345ad"}
        assert len(expected) == 10
        assert page.get_by_text(f"10 of {len(statuses(project, run))} decided").is_visible()

        assert press(page, "z") not in expected
        undone = focus(page)
        assert undone == list(expected)[-1]
        assert statuses(project, run)[undone] == "open"
        assert press(page, "u") == undone
        expected[undone] = "unsure"

        # Keys in the note are its letters.
        here = focus(page)
        note = page.get_by_label("Note", exact=True)
        note.press_sequentially("a daz zud 12345 np", delay=20)
        note.blur()
        settled(page)
        assert focus(page) == here
        assert note.input_value() == "a daz zud 12345 np"
        assert {i: s for i, s in statuses(project, run).items() if s != "open"} == expected

        server.process.kill()
        server.process.wait()
    assert {i: s for i, s in statuses(project, run).items() if s != "open"} == expected

    with serving(project) as server:
        with visiting(browser, server, f"review?run={run}") as page:
            in_review(page)
            assert page.get_by_text(f"10 of {len(statuses(project, run))} decided").is_visible()
            assert focus(page) == here
            assert page.get_by_label("Note", exact=True).input_value() == "a daz zud 12345 np"
            page.get_by_role("radio", name="decided (10)").click()
            page.get_by_text("1 of 10").wait_for()
            seen = {press(page, "n") for _ in range(10)}
            assert seen == set(expected)

        a, b = (path.read_text("utf-8") for path in SEEDS)
        reworded = a.replace(
            "Kim also indicated that he plans to visit Seoul this weekend.",
            "At the weekend Kim means to come to Seoul.",
        )
        assert reworded != a
        for paragraph, before in (
            ("He reaffirmed his support", "Kim said he had discussed"),
            ("“We discussed various plans", "The Joe Biden administration"),
            ("President Kim said", "In recent years"),
        ):
            b = moved(b, paragraph, before)
        with visiting(browser, server) as page:
            page.get_by_text("Paste", exact=True).click()
            for side, text in (("A", reworded), ("B", b)):
                page.get_by_label(f"Words of Text {side}").fill(text)
            press_compare(page)
            anew = in_review(page)
            assert anew != run
            held = statuses(project, anew)
            assert {i: s for i, s in held.items() if i in expected} == expected
            assert page.get_by_text(f"10 of {len(held)} decided").is_visible()
            to_decide = len(held) - len(expected)
            offered = {press(page, "n") for _ in range(to_decide)}
            assert len(offered) == to_decide
            assert not offered & set(expected)


def test_from_the_pairs_to_a_finding_and_to_the_file(
    browser: Browser, project: Path, tmp_path: Path
) -> None:
    with serving(project) as server, visiting(browser, server, f"pairs?run={RUN}") as page:
        mark = page.locator(".pair mark", has_text="President Kim").first
        mark.wait_for()
        style = "e => getComputedStyle(e).textDecorationLine"
        assert "underline" in mark.evaluate(style)
        number = mark.locator("xpath=following-sibling::a[1]")
        assert "critical" in (number.get_attribute("title") or "")

        number.click()  # from the text to the finding …
        card = page.locator(number.get_attribute("href") or "")
        assert "President" in card.locator(".message").inner_text()
        assert card.evaluate("e => e.matches(':target')")
        # … which then shows the sentences, and leads back into the text.
        assert card.locator(".side p:not(.label)").first.is_visible()
        card.locator(".label a").last.click()
        page.wait_for_function("e => e.getBoundingClientRect().top > 60", arg=mark.element_handle())
        assert mark.evaluate("e => e.getBoundingClientRect().bottom < innerHeight")

        # The strip has each sentence; its last critical cell leads to that place as well.
        comparison = load_run(project / RUN)
        for side, strip in zip("ab", page.locator(".strip").all(), strict=True):
            document = comparison.a if side == "a" else comparison.b
            assert strip.locator(".cell").count() == len(document)
        page.evaluate("scrollTo(0, 0)")
        cell = page.locator(".strip").last.locator(".cell.critical").last
        widths = [c.bounding_box()["width"] for c in page.locator(".strip").last.locator("a").all()]  # type: ignore[index]
        assert max(widths) > 2 * min(widths)  # as wide as the sentence is long
        cell.click()
        page.wait_for_function(
            "e => e.matches(':target')",
            arg=page.locator(cell.get_attribute("href") or "").element_handle(),
        )

        critical = sum(f.severity == "critical" for f in comparison.findings)
        page.get_by_role("button", name=f"critical ({critical})").click()
        page.get_by_text("the filter hides the others").wait_for()
        assert page.locator(".finding").count() == critical

        words = page.locator(".legend .words")
        changed = page.locator(".pair ins:not(mark *)").first
        assert not words.is_visible()
        assert "underline" not in changed.evaluate(style)
        page.get_by_text("Differences of words").click()
        words.wait_for()
        assert "underline" in changed.evaluate(style)

        page.locator(".finding a.review").nth(1).click()
        page.locator(FOCUS).wait_for()
        settled(page)
        assert focus(page) == worst_first(comparison.findings)[1].finding_id

        page.get_by_role("link", name="Overview").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Discrepancies, CSV").click()
        table = pd.read_csv(download.value.path())
        assert len(table) == len(comparison.findings)
        assert "President Kim" in table["b_span"].tolist()


def test_many_are_decided_at_once_by_keyboard(browser: Browser, project: Path) -> None:
    with serving(project) as server, visiting(browser, server, f"review?run={RUN}") as page:
        in_review(page)
        page.get_by_text("Decide many at once").click()
        grid = page.locator('[data-testid="stDataFrame"] .dvn-scroller')
        grid.click(position={"x": 15, "y": 15})  # the box that selects all rows
        total = len(statuses(project))
        button = page.get_by_role("button", name=f"Accept {total} selected")
        button.wait_for()
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_text(f"{total} of {total} decided").wait_for()
        assert set(statuses(project).values()) == {"accepted"}
        page.keyboard.press("z")  # one press takes all of it back
        page.get_by_text(f"0 of {total} decided").wait_for()
        assert set(statuses(project).values()) == {"open"}


def test_hostile_words_do_nothing(browser: Browser, project: Path) -> None:
    with serving(project) as server, visiting(browser, server) as page:
        page.get_by_text("Paste", exact=True).click()
        story = "Envoy Noh Kyu-duk paid {} million won on 3 May. {} He said: “Nothing is decided.”"
        for side, paid in zip("AB", ("40", "70"), strict=True):
            page.get_by_label(f"Words of Text {side}").fill(story.format(paid, HOSTILE))
            page.get_by_role("textbox", name="Name").nth("AB".index(side)).fill(f"{HOSTILE} {side}")
        press_compare(page)
        in_review(page)
        assert "$x$ *y* :red[z]" in page.locator(".focus").inner_text()
        page.get_by_label("Note", exact=True).fill(HOSTILE)
        page.get_by_text("Reviewer:").click()
        reviewer = f"R {HOSTILE}"[:80].strip()
        page.get_by_role("textbox", name="Your name").fill(reviewer)
        page.keyboard.press("Enter")
        page.get_by_text("Reviewer: R <script>").wait_for()
        page.keyboard.press("Escape")
        settled(page)
        page.get_by_role("radio", name="all (").click()
        settled(page)
        page.get_by_label("Note", exact=True).fill(HOSTILE)
        page.get_by_label("Note", exact=True).blur()
        settled(page)
        finding = focus(page)
        page.locator(".st-key-key_accept button").click()
        page.get_by_role("radio", name="decided (1)").click()
        page.locator(".decided", has_text=":red[z]").wait_for()
        assert focus(page) == finding
        log = Project(project).log
        made = log.entries()[-1]
        log.close()
        assert (made.finding_id, made.verdict, made.note) == (finding, "accepted", HOSTILE)
        assert made.reviewer == reviewer  # the new name, from the next press on
        for name, at in (("Pairs", ".heads"), ("Names", "h1"), ("Overview", "h1")):
            page.get_by_role("link", name=name, exact=True).click()
            page.locator(at).filter(has_text=":red[z]").first.wait_for()
            settled(page)
            assert page.locator(".vc script, .vc img, .katex").count() == 0
        page.get_by_role("link", name="Start", exact=True).click()
        page.get_by_text("Earlier runs").wait_for()
        assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_pages_follow_the_theme_on_a_narrow_screen(
    browser: Browser, project: Path, scheme: str
) -> None:
    kind = {"color_scheme": scheme, "viewport": {"width": 400, "height": 800}}
    with serving(project) as server, visiting(browser, server, **kind) as page:
        for path in ("review", "pairs", "entities", "overview", "variants", ""):
            page.goto(f"{server.address}/{path}?run={RUN}")
            text = page.locator(".vc.page :is(.message, h1, .lead)").first
            text.wait_for()
            settled(page)
            red, green, blue = text.evaluate(
                "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
            )
            assert (min(red, green, blue) > 160) == (scheme == "dark")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            if path == "pairs":
                left, right = (
                    page.locator(".pair.linked .side").nth(i).bounding_box() for i in (0, 1)
                )
                assert left
                assert right
                assert right["y"] >= left["y"] + left["height"]  # one below the other


def test_a_difference_of_several_leads_to_its_place_and_its_review(
    browser: Browser, project: Path
) -> None:
    with serving(project) as server, visiting(browser, server) as page:
        page.goto(f"{server.address}/variants")
        page.locator(".several").wait_for()
        settled(page)
        link = page.locator(".told th a").last
        number = (link.get_attribute("href") or "").removeprefix("#at")
        link.focus()
        page.keyboard.press("Enter")
        page.locator(f"#at{number}:target").wait_for()
        bar = "e => parseFloat(getComputedStyle(e).borderLeftWidth)"
        for sentence in page.locator(f"p.d{number}").all():
            assert sentence.evaluate(bar) > 0
        other = page.locator(f".columns p:not(.d{number})").first
        assert other.evaluate(bar) == 0
        box = page.locator(f"#at{number}").bounding_box()
        assert box
        assert 60 < box["y"] < 800  # below Streamlit's own head
        page.locator(f"#at{number}").click()
        page.locator(f"tr#d{number}:target").wait_for()
        page.locator(f"tr#d{number} a.review").first.click()
        page.locator(FOCUS).wait_for()
        assert "several%2F1-vs-" in page.url


# --- accessibility ----------------------------------------------------------------------------

PLACES = {
    "start": ("", ".lead"),
    "review": (f"review?run={RUN}", FOCUS),
    "pairs": (f"pairs?run={RUN}", ".board"),
    "names": (f"entities?run={RUN}", "table.entities"),
    "overview": (f"overview?run={RUN}", ".summary"),
    "variants": ("variants", ".several"),
}


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Rule, element and what axe says, of all that it holds to be serious or critical."""
    from importlib import resources

    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (rule["id"], " ".join(map(str, node["target"])), node["failureSummary"])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_has_a_serious_fault_of_access(
    browser: Browser, project: Path, scheme: str
) -> None:
    with serving(project) as server, visiting(browser, server, color_scheme=scheme) as page:
        found: dict[tuple[str, str, str], str] = {}

        def look(name: str) -> None:
            for rule, target, why in violations(page):
                found[name, rule, target] = why

        for name, (path, at) in PLACES.items():
            page.goto(f"{server.address}/{path}")
            page.locator(at).first.wait_for()
            settled(page)
            look(name)
            if name == "review":
                press(page, "a")
                page.get_by_text("Dismiss more").click()
                page.get_by_role("button", name="These words, wherever").wait_for()
                look("review, the ways to dismiss more")
            elif name == "pairs":
                page.get_by_text("Correct the alignment").click()
                page.get_by_label("Sentences of A").wait_for()
                look("pairs, the correction")
        assert not found


# --- two reviewers ----------------------------------------------------------------------------


def interleaved(browser: Browser, project: Path, url: str, run: str = RUN, count: int = 12) -> None:
    """Two reviewers decide the same findings at the same time; nothing is lost."""
    with (
        serving(project, url) as server,
        visiting(browser, server, f"review?run={run}&reviewer=Ada") as ada,
        visiting(browser, server, f"review?run={run}&reviewer=Bo") as bo,
    ):
        for page in (ada, bo):
            in_review(page)
        said: dict[str, dict[str, str]] = {"Ada": {}, "Bo": {}}
        for i in range(count):
            for name, page, keys in (("Ada", ada, "ad"), ("Bo", bo, "aud")):
                key = keys[i % len(keys)]
                said[name][press(page, key)] = {
                    "a": "accepted",
                    "d": "dismissed",
                    "u": "unsure",
                }[key]
        total = len(load_run(project / run).findings)
        for page in (ada, bo):
            assert page.get_by_text(f"{count} of {total} decided").is_visible()
        log = Project(project, url or None).log
        for name, decisions in said.items():
            kept = {e.finding_id: e.verdict for e in log.entries() if e.reviewer == name}
            assert kept == decisions
            assert len(decisions) == count
        (agreed,) = agreement(log.entries())
        log.close()
        shared = sorted(said["Ada"].keys() & said["Bo"].keys())
        assert agreed.both == len(shared)
        assert agreed.kappa == pytest.approx(
            cohen_kappa_score(*([said[name][i] for i in shared] for name in ("Ada", "Bo")))
        )
        disputed = {i for i, v in said["Ada"].items() if said["Bo"].get(i, v) != v}
        assert disputed
        ada.reload()
        in_review(ada)
        ada.get_by_role("radio", name=f"disputed ({len(disputed)})").click()
        ada.get_by_text(f"1 of {len(disputed)}").wait_for()
        assert focus(ada) in disputed


def test_two_reviewers_at_once_on_one_file(browser: Browser, project: Path) -> None:
    interleaved(browser, project, "")


@pytest.mark.postgres
def test_two_reviewers_at_once_on_one_postgresql(
    browser: Browser, project: Path, postgres_url: str
) -> None:
    base = story(210)
    groups = tuple(
        Group((a,), (b,), 0.9, group_id=f"g{a.index + 1:03}")
        for a, b in zip(base.a, base.b, strict=True)
    )
    write_run(replace(base, groups=groups), project / "many")
    interleaved(browser, project, postgres_url, "many", 200)


# --- a login ----------------------------------------------------------------------------------

LOGIN = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "not a secret, but long enough to be one"
client_id = "id"
client_secret = "secret"
server_metadata_url = "https://login.invalid/.well-known/openid-configuration"
"""


def test_where_a_login_is_set_up_nobody_gets_further_without(
    browser: Browser, project: Path
) -> None:
    secrets = project.parent / "home" / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir(parents=True)
    secrets.write_text(LOGIN, "utf-8")
    with serving(project) as server:
        for path in ("", f"review?run={RUN}", "overview"):
            with visiting(browser, server, path) as page:
                page.get_by_role("button", name="Log in").wait_for()
                settled(page)
                assert page.locator(".vc").count() == 0
                assert not page.get_by_role("link", name="Review").is_visible()
