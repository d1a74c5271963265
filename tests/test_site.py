"""The documentation as a site: its reference is made from the program, and all of it is there."""

from __future__ import annotations

import argparse
import inspect
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import compare
from compare.cli import _parser
from tools import site_pages
from tools.site_pages import COPIES, PAGES, PUBLIC, command_reference, commands, public_names

ROOT = Path(__file__).parents[1]
CONFIG = (ROOT / "mkdocs.yml").read_text("utf-8")


def test_every_page_is_in_the_navigation_once() -> None:
    shown = re.findall(r"^ +- .+: (\S+\.md)$", CONFIG, re.M)
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    made = {"reference/command.md", "reference/python.md"}
    assert sorted(shown) == sorted(pages | made | set(PAGES.values()))


def test_nothing_on_the_site_is_asked_for_elsewhere() -> None:
    """Fonts, counters and icons of a repository are what the theme would fetch."""
    assert re.search(r"^  font: false$", CONFIG, re.M)
    assert not re.search(r"^(repo_url|extra_javascript|extra):", CONFIG, re.M)
    assert "https://" not in CONFIG
    assert "url(" not in (ROOT / "docs" / "styles" / "site.css").read_text("utf-8")
    assert not any("```mermaid" in p.read_text("utf-8") for p in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize(
    ("page", "link", "turned"),
    [
        ("docs/tutorial.md", "../reports/example/summary.txt", "example/summary.txt"),
        ("docs/licences.md", "../LICENSE", "LICENSE.txt"),
        ("docs/plugins.md", "../CONTRIBUTING.md#layout", "contributing.md#layout"),
        ("docs/files.md", "checks.md", "checks.md"),
        ("docs/files.md", "#in-python", "#in-python"),
        ("README.md", "docs/images/review-light.png", "images/review-light.png"),
        ("README.md", "reports/example/", "example/report.html"),
        ("README.md", "https://example.org/", "https://example.org/"),
    ],
)  # fmt: skip
def test_links_are_turned_to_the_site(page: str, link: str, turned: str) -> None:
    assert site_pages.relinked(f"see [it]({link}).", page) == f"see [it]({turned})."


def test_a_link_to_what_is_not_on_the_site_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"README\.md links to app\.py"):
        site_pages.relinked("[it](app.py)", "README.md")


def test_all_links_of_all_pages_can_be_turned() -> None:
    for path in [*(ROOT / "docs").glob("*.md"), *(ROOT / name for name in PAGES)]:
        site_pages.relinked(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    assert all((ROOT / name).is_file() for name in (*PAGES, *COPIES))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<script src="https://cdn.example/a.js"></script>', ["https://cdn.example/a.js"]),
        ('<link rel="stylesheet" href="//fonts.example/a.css">', ["//fonts.example/a.css"]),
        ("@import 'https://fonts.example/b.css'", ["https://fonts.example/b.css"]),
        (".a { background: url(http://a.example/a.png) }", ["http://a.example/a.png"]),
        ('<link rel="canonical" href="https://docs.example/">', []),
        ('<a href="https://a.example">a</a> <img src="images/a.png"> url(data:image/png;a)', []),
    ],
)
def test_what_a_page_loads_from_other_hosts_is_seen(text: str, found: list[str]) -> None:
    assert site_pages.loaded_from_elsewhere(text) == found


def test_every_command_and_option_is_in_the_reference_and_says_what_it_does() -> None:
    page = command_reference()
    found = list(commands(_parser()))
    assert [c.prog for c in found] == re.findall(r"^## (variant-compare .*)$", page, re.M)
    sections = dict(zip((c.prog for c in found), page.split("\n## ")[1:], strict=False))
    for command in found:
        assert command.description, f"{command.prog} has no description"
        for action in command._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            assert action.help, f"{command.prog} {action.dest} has no help"
            for name in action.option_strings or [str(action.metavar or action.dest)]:
                assert name in sections[command.prog]
    assert "%(" not in page
    assert "| 130 | interrupted |" in page


def test_the_python_reference_names_what_is_public_once() -> None:
    page = site_pages.python_reference()
    shown = re.findall(r"^::: (\S+)$", page, re.M)
    assert len(shown) == len(set(shown))
    for module in PUBLIC:
        assert set(public_names(module)) <= set(shown)
        assert f"`{module}`" in page
    for name in compare.__all__:
        assert f"{getattr(compare, name).__module__}.{name}" in shown
    for name in shown:
        module, _, last = name.rpartition(".")
        assert inspect.getdoc(getattr(__import__(module, fromlist=[last]), last)), name


def test_the_picture_of_the_data_flow_names_every_stage() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    picture = ET.parse(ROOT / "docs" / "images" / "architecture.svg").getroot()
    words = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    source = (ROOT / "compare" / "pipeline.py").read_text("utf-8")
    stages = {"read", *re.findall(r'with clock\("(\w+)"\)', source), "report", "review"}
    assert len(stages) > 6
    assert stages <= words
    assert stages == set(re.findall(r"^\| `(\w+)` \|", page, re.M))
    (alternative,) = re.findall(r"!\[(.*?)\]\(images/architecture\.svg\)", page)
    assert all(re.search(rf"\b{stage}\b", alternative) for stage in stages)
    assert not list(picture.iter("{http://www.w3.org/2000/svg}script"))
