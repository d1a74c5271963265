"""The page end to end, in a headless Chromium: the seeds, a finding, a jump, a filter, a file."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from compare import appserver

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE = 60_000
"""Milliseconds; the first comparison loads the models, on a machine that may be busy."""


@pytest.fixture(scope="module")
def chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path and shutil.which(path):
        return path
    missing = f"no Chromium here ({path or 'none on the PATH'}): on Debian, apt install chromium"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS) as started,
    ):
        yield started


@pytest.fixture(scope="module")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the page, as `variant-compare app` starts it."""
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind((appserver.ADDRESS, 0))
        port = free.getsockname()[1]
    address = f"http://{appserver.ADDRESS}:{port}"
    log = folder / "log.txt"
    env = {**os.environ, "HOME": str(folder), "VARIANT_COMPARE_CACHE": str(folder)}
    with log.open("w") as out:
        server = subprocess.Popen(
            appserver.command(port, browser=False),
            cwd=folder,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + PATIENCE / 1000
        while not _answers(f"{address}/_stcore/health"):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)
    assert "Traceback" not in log.read_text()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page of a new visitor; afterwards, that it asked nothing of any other machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:", 1)))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not faults


def compare_seeds(page: Page) -> None:
    page.get_by_text("Example", exact=True).click()
    page.get_by_text("On the 18th (local time)").wait_for()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_role("heading", name="Findings, the worst first").wait_for()


def test_the_seeds_from_start_to_file(page: Page, tmp_path: Path) -> None:
    compare_seeds(page)

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

    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Discrepancies, CSV").click()
    table = pd.read_csv(download.value.path())
    assert len(table) == page.locator(".finding").count()
    assert "President Kim" in table["b_span"].tolist()
    page.keyboard.press("Escape")

    critical = int((table["severity"] == "critical").sum())
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

    picture = tmp_path / "page.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000


def test_a_reload_keeps_the_comparison(page: Page) -> None:
    compare_seeds(page)
    page.reload()
    page.locator(".pair mark", has_text="President Kim").first.wait_for()


def test_hostile_words_do_nothing(page: Page) -> None:
    hostile = "<script>window.hit=1</script><img src=x onerror='window.hit=1'> $x$ *y* :red[z]"
    page.get_by_text("Paste", exact=True).click()
    for side, story in (("A", "The mayor opened the bridge."), ("B", "The bridge was opened.")):
        page.get_by_label(f"Words of Text {side}").fill(f"{story} Then {hostile} he said.")
        page.get_by_role("textbox", name="Name").nth("AB".index(side)).fill(f"{hostile} {side}")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_role("heading", name="Findings, the worst first").wait_for()
    assert "$x$ *y* :red[z]" in page.locator(".heads").inner_text()
    assert page.locator(".texts").inner_text().count("<script>window.hit=1</script>") >= 2
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_theme_on_a_narrow_screen(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 400, "height": 800})
    compare_seeds(page)
    red, green, blue = page.locator(".vc.page .message").first.evaluate(
        "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert (min(red, green, blue) > 200) == (scheme == "dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    left = page.locator(".pair.linked .side").first.bounding_box()
    right = page.locator(".pair.linked .side").nth(1).bounding_box()
    assert left
    assert right
    assert right["y"] >= left["y"] + left["height"]  # one below the other
