"""Names, counts and quotations as the pages show them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_view import FINDINGS, HOSTILE, Page, comparison

from compare import overview
from compare.project import Project
from compare.records import Comparison, Entity, Form, Quotation, Span
from compare.review import Review
from compare.verdicts import Agreement, Entry, Precision, State


def entity(name: str, *forms: tuple[str, str, str, int], kind: str = "person") -> Entity:
    """Forms are given as side, title, name and how often."""
    return Entity(
        kind,
        name,
        tuple(
            Form(side, said, title, tuple(Span(13 + i, 16 + i) for i in range(often)))  # type: ignore[arg-type]
            for side, title, said, often in forms
        ),
    )


NOH = entity(
    "Noh Kyu-duk", ("a", "", "Noh", 5), ("a", "envoy", "Noh Kyu-duk", 1), ("b", "General", "Roh", 2)
)
KERR = entity("Mina Kerr", ("a", "", "Kerr", 1), ("b", "", "Kerr", 3))
OSLO = entity("Oslo", ("a", "", "Oslo", 2), kind="place")


def named(*entities: Entity, label: str = "One") -> Comparison:
    return replace(comparison(FINDINGS, label=label), entities=entities)


def rows(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><bdi[^>]*>([^<]*)', html)


def test_every_name_and_title_is_listed_the_most_frequent_first() -> None:
    html = overview.entity_table(named(NOH, KERR, OSLO))
    cells = [re.sub("<[^>]*>", "", c) for c in re.findall("<td>(.*?)</td>", html)]
    assert cells[0].startswith("Noh 5×")
    assert "Noh Kyu-duk envoy 1×" in cells[0]
    assert cells[1].startswith("Roh General 2×")
    assert cells[2] == "≠"
    assert cells[5] == ""
    assert cells[7] == "not named"
    Page(html)


@pytest.mark.parametrize(
    ("kinds", "differ", "shown"),
    [
        ((), False, ["Noh Kyu-duk", "Mina Kerr", "Oslo"]),
        (("place",), False, ["Oslo"]),
        (("person", "place"), False, ["Noh Kyu-duk", "Mina Kerr", "Oslo"]),
        ((), True, ["Noh Kyu-duk"]),
        (("organisation",), False, []),
    ],
)
def test_names_are_filtered(kinds: tuple[str, ...], differ: bool, shown: list[str]) -> None:
    assert rows(overview.entity_table(named(NOH, KERR, OSLO), frozenset(kinds), differ)) == shown


def test_the_names_to_choose_from_are_of_persons_and_organisations() -> None:
    assert overview.entity_names(named(NOH, KERR, OSLO)) == ["Kerr", "Noh", "Noh Kyu-duk", "Roh"]


def test_findings_are_counted_by_a_field() -> None:
    findings = comparison(FINDINGS).findings
    frame = overview.counted(findings, "check")
    assert frame.values.tolist() == [
        ["date", "minor", 1, 2],
        ["title", "critical", 1, 0],
        ["wording", "minor", 1, 2],
    ]
    assert set(overview.counted(findings, "side")["side"]) == {"B"}
    assert set(overview.counted([replace(findings[0], likely_side="unknown")], "side")["side"]) == {
        "not clear"
    }
    assert overview.counted([], "status").empty


def test_what_was_decided_stands_in_a_table(tmp_path: Path) -> None:
    review = Review(comparison(FINDINGS), Project(tmp_path), "mina")
    assert "disputed" not in overview.decided(review)
    review.decide("accepted")
    table = re.sub("<[^>]+>", " ", overview.decided(review)).split()
    assert table[-10:] == ["critical", "1", "–", "–", "–", "minor", "–", "–", "–", "2"]
    assert "No findings" in overview.decided(Review(comparison([]), Project(tmp_path), "mina"))


def test_precision_and_agreement_are_told_in_words_and_numbers() -> None:
    made = {"title": Precision(3, 1, 2, 0), "quote": Precision(0, 0, 1, 0)}
    agreed = [
        Agreement(("Ada", "Bo"), 4, 3, 0.5),
        Agreement(("Ada", "Cy"), 2, 2, None),
        Agreement(("Bo", "Cy"), 0, 0, None),
    ]
    text = Page(overview.precision_table(made, agreed)).text
    assert "title312075%" in text
    assert "quote0010–" in text
    assert "Ada and Bo both decided 4 findings, 3 of them alike; Cohen’s kappa 0.50." in text
    assert "Ada and Cy both decided 2 findings, 2 of them alike." in text
    assert "Bo and Cy" not in text
    assert overview.precision_table({}, []) == ""


def test_decisions_without_their_finding_are_listed() -> None:
    entry = Entry("f1", "p", "accepted", "mk", check="title", a_span="<b>", b_span="", note="yes")
    html = overview.gone([State("accepted", (entry,))])
    assert "&lt;b&gt;" in html
    assert all(word in html for word in ("title", "accepted", "yes"))
    assert overview.gone([]) == ""


def quoted(*found: tuple[str, int, str]) -> Comparison:
    """Side, number of the pair and speaker of each quotation."""
    made = comparison([])
    quotations = tuple(
        Quotation(side, s.start, s.end, speaker, f"g{i:03}")  # type: ignore[arg-type]
        for side, i, speaker in found
        for s in [made.document(side).sentences[i]]  # type: ignore[arg-type]
    )
    return replace(made, quotations=quotations)


def test_quotations_of_one_group_stand_beside_each_other() -> None:
    html = overview.quotations(quoted(("a", 0, "Kerr"), ("b", 0, ""), ("b", 2, "Roh")))
    found = [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td>(.*?)</td>", row)]
        for row in re.findall("<tr>(.*?)</tr>", html.split("</thead>")[1])
    ]
    assert found == [
        ["Kerr: “Old word in number 0.”", "“New word in number 0.”"],
        ["no quotation", "Roh: “New word in number 2.”"],
    ]
    assert overview.quotations(comparison([])) == ""


def test_hostile_words_stay_words() -> None:
    made = comparison(FINDINGS, words=HOSTILE, label=HOSTILE)
    made = replace(
        made,
        entities=(entity(HOSTILE, ("a", HOSTILE, HOSTILE, 1)),),
        quotations=(Quotation("a", 13, 13 + len(made.a.sentences[0].text), HOSTILE, "g000"),),
    )
    for html in (
        overview.entity_table(made),
        overview.quotations(made),
        overview.precision_table(
            {HOSTILE: Precision(1, 0, 0, 0)}, [Agreement((HOSTILE, "x"), 1, 1, 1.0)]
        ),
    ):
        page = Page(html)
        assert not page.tags & {"script", "img", "style", "link"}
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
        assert "<script>alert(1)</script> *x* $y$ :red[z]" in page.text
        assert not re.search("[\x1b\u202e]", html)
