"""Pictures of the pages for the documentation: ``python benchmarks/screenshots.py [FOLDER]``.

Each page on the texts of ``seeds/`` with some findings decided, light and dark, in a headless
Chromium; FOLDER is ``docs/images`` unless it is given. The project is a temporary one.
"""

from __future__ import annotations

import dataclasses
import io
import sys
import tempfile
from pathlib import Path

import headless
from PIL import Image

from compare.pipeline import compare_articles
from compare.project import Project
from compare.read import read_article
from compare.report import write_run
from compare.review import Review

ROOT = Path(__file__).resolve().parents[1]
LABELS = ("Hankyoreh English edition", "Machine translation")
REVIEWER = "Mina"
PAGES = {
    "start": ("", ".lead"),
    "review": ("review", ".focus"),
    "pairs": ("pairs", ".board"),
    "names": ("entities", "table.entities"),
    "overview": ("overview", "canvas, svg.marks"),
}
RUN = "envoy"
LARGEST = 200 * 1024


def decide(folder: Path) -> None:
    """Compare the example's texts and decide some findings, as a reviewer would."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    a, b = (
        dataclasses.replace(read_article(path), label=label)
        for path, label in zip(seeds, LABELS, strict=True)
    )
    made = compare_articles(a, b)
    write_run(made, folder / RUN)
    review = Review(made, Project(folder), REVIEWER, folder / RUN)
    review.next()  # the first one stays, to be looked at
    for verdict, reason in (
        ("accepted", ""),
        ("accepted", ""),
        ("dismissed", "same meaning"),
        ("accepted", ""),
        ("unsure", ""),
        ("dismissed", "check wrong"),
    ):
        review.decide(verdict, reason)  # type: ignore[arg-type]


def take(folder: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        project = home / "reports"
        decide(project)
        with headless.serve(project, home) as server, headless.browser() as browser:
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": 1440, "height": 900},
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
                context.set_default_timeout(headless.PATIENCE * 1000)
                page = context.new_page()
                for picture, (path, shown) in PAGES.items():
                    page.goto(f"{server.address}/{path}?run={RUN}&reviewer={REVIEWER}")
                    page.locator(shown).first.wait_for()
                    if picture == "start":
                        page.get_by_text("Example", exact=True).click()
                        page.get_by_text("On the 18th (local time)").wait_for()
                        page.mouse.move(720, 890)
                    page.wait_for_selector(
                        '[data-testid="stApp"][data-test-script-state="notRunning"]'
                    )
                    page.wait_for_timeout(1500)  # what fades in is there
                    target = folder / f"{picture}-{scheme}.png"
                    # 256 colours, those of the tints among them, take a third of the bytes.
                    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                    few = seen.quantize(
                        256, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE
                    )
                    few.save(target, optimize=True)
                    size = target.stat().st_size
                    if size > LARGEST:
                        sys.exit(f"{target} is too large: {size} bytes")
                    print(f"{target.name} {size // 1024} KB")
                context.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
