"""How quick the page is with 500 findings: ``python benchmarks/page.py [--runs N] [--presses N]``.

Key press: from the press of N to the next finding on the screen, in a headless Chromium, beside a
page of Streamlit's that has a button and a line of text and nothing else. Both figures hold the
network of this machine, the server, and the browser's drawing. Data path: so many runs are opened
as the page opens them, filtered by each severity and check, and gone through; no browser. Texts and
findings are made up: 250 pairs of sentences with two findings each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import headless

from compare.config import Config
from compare.project import Project
from compare.read import article_from_sentences
from compare.records import SEVERITIES, Comparison, Edit, Finding, Group, RunInfo, Span
from compare.report import to_json, write_run
from compare.report.load import load_run
from compare.review import Filter, Review
from compare.segment import segment

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAIRS, EACH = 250, 2
CHECKS = ("title", "name", "number", "date", "place", "negation", "omission", "quote")
DECIDED = 25
"""Findings of each run that are decided before it is opened."""
PLAIN = """\
import streamlit as st

number = st.session_state.setdefault("number", 0)


def add():
    st.session_state.number += 1


st.button("Next", shortcut="N", on_click=add)
st.text(f"finding {st.session_state.number}")
"""
WATCH = """\
(selector) => {
    const read = () => {
        const e = document.querySelector(selector);
        return e && (e.dataset.finding || e.textContent);
    };
    let last = read(), pressed = null;
    window.times = [];
    addEventListener("keydown", () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
        const now = read();
        if (!now || now === last) return;
        last = now;
        const from = pressed;
        pressed = null;
        requestAnimationFrame(() => { if (from) window.times.push(performance.now() - from); });
    }).observe(
        document.body, {subtree: true, childList: true, attributes: true, characterData: true}
    );
}
"""


def story(number: int) -> Comparison:
    """A comparison with :data:`PAIRS` pairs of sentences and :data:`EACH` findings on each."""
    texts = [
        [
            f"Envoy {verb} {i} of story {number} met the {rank} on day {i} to speak of the accord "
            "that both sides had been working on since the spring."
            for i in range(PAIRS)
        ]
        for verb, rank in (("Mina Kerr", "minister"), ("Mina Karr", "president"))
    ]
    a, b = (segment(article_from_sentences(t, label=x)) for t, x in zip(texts, "AB", strict=True))
    pair = f"story-{number:03}"

    def word(sentence: Span, text: str, n: int) -> Span:
        words = text.split()
        start = sentence.start + text.index(words[n])
        return Span(start, start + len(words[n]))

    groups, findings = [], []
    for i, (x, y) in enumerate(zip(a, b, strict=True)):
        name = f"g{i + 1:03}"
        at = [(word(x.span, x.text, n), word(y.span, y.text, n)) for n in (2, 9)]
        edits = tuple(Edit("replace", *spans) for spans in at)
        groups.append(Group((x,), (y,), 0.9, i % 9 == 5, 0.8, name, 0.7, edits))
        for n, (p, q) in enumerate(at):
            k = i * EACH + n
            findings.append(
                Finding(
                    f"{number:04x}{k:012x}", pair, name, CHECKS[k % len(CHECKS)],
                    "fact" if k % 3 else "wording", "accuracy", SEVERITIES[k % 4], 0.9, "b",
                    a.article.text[p.start:p.end], b.article.text[q.start:q.end],
                    p.start, p.end, q.start, q.end, x.text, y.text,
                    f"A says one thing of matter {k}, B another.",
                )
            )  # fmt: skip
    return Comparison(pair, a, b, tuple(groups), tuple(findings), Config(), RunInfo())


def presses(browser: Browser, address: str, selector: str, count: int) -> list[float]:
    """Milliseconds from each press of N to the change on the screen, without a first few."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(headless.PATIENCE * 1000)
    page.goto(address)
    page.locator(selector).wait_for()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(1000)
    page.evaluate(WATCH, selector)
    warm = 5
    for done in range(1, count + warm + 1):
        page.keyboard.press("n")
        page.wait_for_function("n => window.times.length >= n", arg=done)
        page.wait_for_timeout(250)  # a reader looks before the next press
    times: list[float] = page.evaluate("window.times")
    page.close()
    return times[warm:]


def told(name: str, times: Sequence[float]) -> float:
    """Print the median and what 95 of 100 presses stay below; the median."""
    median = statistics.median(times)
    high = statistics.quantiles(times, n=20)[-1]
    print(f"{name:<28} median {median:4.0f} ms   95 % {high:4.0f} ms   ({len(times)} presses)")
    return median


def key_press(count: int) -> None:
    """Print the time from key press to finding."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        project = home / "reports"
        write_run(story(0), project / "run")
        plain = home / "plain.py"
        plain.write_text(PLAIN)
        with headless.browser() as browser:
            with headless.serve(project, home) as server:
                ours = told(
                    f"review, {PAIRS * EACH} findings",
                    presses(
                        browser, f"{server.address}/review?run=run", ".focus[data-finding]", count
                    ),
                )
            with headless.serve(project, home, script=plain) as server:
                theirs = told(
                    "a button and a line of text",
                    presses(browser, server.address, '[data-testid="stText"]', count),
                )
    print(f"{'ratio':<28} {ours / theirs:.1f}")


def data_path(count: int) -> None:
    """Print what opening and filtering many runs takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            made = story(number)
            place = folder / f"run-{number:03}"
            place.mkdir()
            (place / "comparison.json").write_text(to_json(made), "utf-8")
            review = Review(made, Project(folder), "first")
            review.decide_all([f.finding_id for f in review.findings[:DECIDED]], "accepted")
        project = Project(folder)
        opened, filtered, decided = [], [], []
        reviews = []
        before = memory()
        start = time.perf_counter()
        runs = project.runs()
        listed = time.perf_counter() - start
        for run in runs:
            start = time.perf_counter()
            review = Review(load_run(project.run_folder(run.name)), project, "second")
            opened.append(time.perf_counter() - start)
            filters = [Filter("all", severities=frozenset({s})) for s in SEVERITIES]
            filters += [Filter("to decide", checks=frozenset({c})) for c in CHECKS]
            start = time.perf_counter()
            for one in filters:
                review.choose(one)
                assert review.shown
                review.views()
                review.progress()
            filtered.append((time.perf_counter() - start) / len(filters))
            review.choose(Filter())
            start = time.perf_counter()
            review.decide("dismissed", "same meaning")
            review.refresh()
            decided.append(time.perf_counter() - start)
            reviews.append(review)
        print(
            f"{count} runs of {PAIRS * EACH} findings: listed in {listed:.2f} s, all opened in "
            f"{sum(opened):.1f} s; medians: a run opens in {statistics.median(opened):.2f} s, a "
            f"filter takes {statistics.median(filtered) * 1000:.1f} ms, a decision "
            f"{statistics.median(decided) * 1000:.1f} ms (slowest {max(opened):.2f} s, "
            f"{max(filtered) * 1000:.1f} ms, {max(decided) * 1000:.1f} ms)"
        )
        print(f"memory with all {len(reviews)} held: {memory() - before:.0f} MB more")


def memory() -> float:
    """Megabytes that this process holds (on other systems than Linux, the most it ever held)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--presses", type=int, default=60)
    arguments = parser.parse_args()
    print(json.dumps({"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}))
    if arguments.presses:
        key_press(arguments.presses)
    if arguments.runs:
        data_path(arguments.runs)


if __name__ == "__main__":
    main()
