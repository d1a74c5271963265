"""The finding in focus: in place, with what was decided, and hostile words as words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_view import FINDINGS, HOSTILE, Page, comparison

from compare.cards import render_focus, render_progress
from compare.project import Project
from compare.records import Comparison, Place
from compare.review import Filter, Review
from compare.rules import Rule


def review(tmp_path: Path, made: Comparison, reviewer: str = "mina") -> Review:
    return Review(made, Project(tmp_path), reviewer)


def text(html: str) -> str:
    return " ".join(Page(html).text.split())


def test_the_worst_finding_is_shown_between_its_neighbours(tmp_path: Path) -> None:
    html = render_focus(review(tmp_path, comparison(FINDINGS)))
    assert 'data-finding="id1"' in html  # the critical one, about the second pair
    said = text(html)
    for part in ("1 of 3", "critical", "title", "fact", "confidence 0.90", "Finding 1: word."):
        assert part in said
    here = re.findall(r'<p class="here">(.*?)</p>', html)
    around = re.findall(r'<p class="context">(.*?)</p>', html)
    assert [text(f"<p>{x}</p>") for x in here] == [
        "2 Old word in number 1.",
        "2 New word in number 1.",
    ]
    assert [text(f"<p>{x}</p>") for x in around] == [
        "1 Old word in number 0.",
        "3 Old word in number 2.",
        "1 New word in number 0.",
        "3 New word in number 2.",
    ]
    assert html.count("<mark") == 2
    # B is likely wrong, in words and not by colour alone.
    assert re.search(r"probably wrong: <bdi>B · Two</bdi>", html)
    assert html.count('class="side wrong"') == 1


def test_differences_of_words_come_on_demand(tmp_path: Path) -> None:
    made = comparison(FINDINGS, words="word")
    held = review(tmp_path, made)
    assert "<del>" not in render_focus(held)
    group = replace(
        made.groups[1], edits=(replace(made.groups[1].edits[0], a=None, kind="insert"),)
    )
    other = replace(made, groups=(made.groups[0], group, *made.groups[2:]))
    assert "<ins>" in render_focus(review(tmp_path, other), words=True)


def test_a_finding_about_one_text_alone(tmp_path: Path) -> None:
    made = comparison([("addition", "wording", "minor")])
    alone = made.b.sentences[-1]
    finding = replace(
        made.findings[0], group_id="g999", a_span=None, a_start=None, a_end=None, a_text=None,
        b_span=alone.text, b_start=alone.start, b_end=alone.end, b_text=alone.text,
    )  # fmt: skip
    html = render_focus(review(tmp_path, replace(made, findings=(finding,))))
    assert "no counterpart" in html
    assert html.count('<p class="here">') == 1


def test_many_places_are_cut_short_and_the_first_is_among_them(tmp_path: Path) -> None:
    made = comparison(FINDINGS[:1], pairs=40)
    places = tuple(Place("a", s.start, s.end) for s in made.a)
    finding = replace(made.findings[0], places=places)
    html = render_focus(review(tmp_path, replace(made, findings=(finding,))))
    assert re.search(r"and \d+ more, see “Pairs”", html)
    assert html.count('<p class="here">') < 40
    assert "Old word in number 0." in text(html)


def test_ones_own_decision_shows_the_others_too_and_not_before(tmp_path: Path) -> None:
    made = comparison(FINDINGS[1:2])
    ada, bo = review(tmp_path, made, "Ada"), review(tmp_path, made, "Bo")
    ada.decide("dismissed", "house style", note="as agreed", side="both")
    bo.refresh()
    assert "as agreed" not in render_focus(bo)
    assert 'class="decided"' not in render_focus(bo)
    bo.decide("accepted")
    bo.choose(Filter("all"))
    said = text(render_focus(bo))
    assert "You: accepted" in said
    assert "Ada: dismissed, house style, wrong: both, “as agreed”" in said
    assert "Disputed" in said


def test_a_finding_that_a_rule_dismissed_says_which(tmp_path: Path) -> None:
    held = review(tmp_path, comparison(FINDINGS))
    finding = held.focus
    assert finding
    held.add_rule(Rule("wording", words=("Old", "New"), note="house style"))
    held.choose(Filter("by rule"))
    assert "Dismissed by the rule “Old” and “New” are the same" in text(render_focus(held))


@pytest.mark.parametrize(
    ("kinds", "view", "said"),
    [
        ([], "to decide", "No findings"),
        (FINDINGS, "disputed", "No finding is of this kind"),
    ],
)
def test_where_there_is_nothing_to_show(tmp_path: Path, kinds: list, view: str, said: str) -> None:  # type: ignore[type-arg]
    held = review(tmp_path, comparison(kinds))
    held.choose(Filter(view))
    assert said in render_focus(held)


def test_when_all_is_decided_the_overview_is_named(tmp_path: Path) -> None:
    held = review(tmp_path, comparison(FINDINGS))
    held.decide_all([f.finding_id for f in held.findings], "accepted")
    held.choose(Filter("decided"))
    held.choose(Filter())
    assert "Nothing is left to decide" in render_focus(held)
    assert "3 of 3 decided" in render_progress(held)


def test_progress_counts_by_severity(tmp_path: Path) -> None:
    held = review(tmp_path, comparison(FINDINGS))
    held.decide("unsure")
    said = text(render_progress(held))
    assert said == "1 of 3 decided critical 1/1 minor 0/2"
    assert 'max="3" value="1"' in render_progress(held)
    assert "Nothing to decide" in render_progress(review(tmp_path / "x", comparison([])))


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    held = review(tmp_path, comparison(FINDINGS, words=HOSTILE, label=HOSTILE), HOSTILE)
    held.decide("accepted", note=HOSTILE)
    held.choose(Filter("decided"))
    html = render_focus(held, words=True)
    page = Page(html)
    assert not page.tags & {"script", "img", "iframe", "style", "link", "form", "input", "object"}
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert page.text.count("<script>alert(1)</script> *x* $y$ :red[z]") >= 3
    assert not re.search("[\x1b\u202e]", html)
