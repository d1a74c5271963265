"""A review: going through findings, deciding them, undoing it, two at once, and nothing lost."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from stories import CHECKS, finding, sentences, story

from compare.errors import InputError, UsageError
from compare.project import Project
from compare.records import SEVERITIES, Comparison
from compare.review import VIEWS, Filter, Progress, Review
from compare.rules import Rule
from compare.verdicts import Entry, read_lines, settle


@pytest.fixture
def project(place: str | Path, tmp_path: Path) -> Project:
    """A project with its log in SQLite, and then in PostgreSQL."""
    url = f"sqlite:///{place}" if isinstance(place, Path) else place
    return Project(tmp_path / "reports", url)


def reviewing(project: Project, reviewer: str = "mk", base: Comparison | None = None) -> Review:
    return Review(base or story(), project, reviewer)


def focus(review: Review) -> str:
    assert review.focus is not None
    return review.focus.finding_id


def status(review: Review) -> dict[str, str]:
    return {f.finding_id: f.status for f in review.comparison.findings if f.status != "open"}


def order(review: Review) -> list[str]:
    return [f.finding_id for f in review.findings]


# Going through


def test_the_worst_comes_first_and_deciding_moves_on(project: Project) -> None:
    review = reviewing(project)
    ids = order(review)
    assert [f.severity for f in review.findings] == sorted(
        (f.severity for f in review.findings), key=SEVERITIES.index
    )
    for i, finding_id in enumerate(ids):
        assert (focus(review), review.place, len(review.shown)) == (finding_id, 1, len(ids) - i)
        review.decide("accepted")
    assert (focus(review), review.place, review.shown) == (ids[-1], 0, [])
    assert set(status(review).values()) == {"accepted"}


def test_decisions_of_findings_that_are_gone_are_told(tmp_path: Path) -> None:
    project = Project(tmp_path)
    first = reviewing(project)
    name = first.findings[0].finding_id
    first.decide("accepted", note="clear")
    assert first.gone == []
    base = story()
    left = tuple(f for f in base.findings if f.finding_id != name)
    (state,) = reviewing(project, base=replace(base, findings=left)).gone
    assert (state.status, state.field("finding_id")) == ("accepted", name)
    first.undo()
    assert reviewing(project, base=replace(base, findings=left)).gone == []


def test_reviewers_who_agree_know_better_which_text_is_wrong(tmp_path: Path) -> None:
    project = Project(tmp_path)
    ann, ben = reviewing(project, "ann"), reviewing(project, "ben")
    name = ann.findings[0].finding_id

    def wrong() -> str:
        ann.refresh()
        return next(f.likely_side for f in ann.result.findings if f.finding_id == name)

    assert wrong() == "b"
    ann.go(name)
    ann.decide("accepted", side="a")
    assert wrong() == "a"
    assert ann.findings[0].likely_side == "b"  # the tool's own word stays in the run
    ben.go(name)
    ben.decide("accepted", side="both")
    assert wrong() == "b"
    ben.undo()
    assert wrong() == "a"


def test_next_and_previous_go_round(project: Project) -> None:
    review = reviewing(project, base=story(3))
    ids = order(review)
    seen = [focus(review)]
    for _ in range(3):
        review.next()
        seen.append(focus(review))
    assert seen == [*ids, ids[0]]
    review.previous()
    assert focus(review) == ids[2]


@pytest.mark.parametrize(("step", "reaches"), [("next", 3), ("previous", 1)])
def test_from_a_finding_that_is_not_shown_one_goes_to_its_neighbour(
    project: Project, step: str, reaches: int
) -> None:
    review = reviewing(project, base=story(5))
    ids = order(review)
    review.go(ids[2])
    review.decide("accepted")
    review.go(ids[2])
    assert (focus(review), review.place) == (ids[2], 0)
    getattr(review, step)()
    assert focus(review) == ids[reaches]


def test_a_filter_keeps_the_focus_where_it_can(project: Project) -> None:
    review = reviewing(project)
    review.next()
    here = review.focus
    assert here is not None
    review.choose(Filter(severities=frozenset({here.severity})))
    assert review.focus == here
    review.choose(Filter(checks=frozenset({"no such check"})))
    assert (review.focus, review.place, review.shown) == (None, 0, [])
    for act in (review.next, review.previous, lambda: review.decide("accepted")):
        act()
    assert review.focus is None
    assert project.log.entries() == ()
    review.choose(Filter())
    assert focus(review) == order(review)[0]
    review.go("no such finding")
    assert focus(review) == order(review)[0]


def test_filters_show_what_they_say(project: Project) -> None:
    review = reviewing(project, base=story(24))
    for ledger, severity, check in itertools.product(
        [(), ("fact",), ("fact", "wording")], [(), ("critical",)], [(), ("title", "name")]
    ):
        chosen = Filter("all", frozenset(ledger), frozenset(severity), frozenset(check))
        review.choose(chosen)
        assert review.shown == [
            f
            for f in review.findings
            if (not ledger or f.ledger in ledger)
            and (not severity or f.severity in severity)
            and (not check or f.check in check)
        ]
    with pytest.raises(UsageError, match="unknown view 'open'"):
        Filter("open")


def test_views_tell_what_they_would_show(project: Project) -> None:
    base = story([replace(f, new=int(f.finding_id[1:]) < 3) for f in story(12).findings])
    review, other = reviewing(project, "mk", base), reviewing(project, "jo", base)
    ids = order(review)
    for number, verdict in ((0, "accepted"), (1, "dismissed"), (2, "unsure")):
        review.go(ids[number])
        review.decide(verdict)  # type: ignore[arg-type]
    other.go(ids[0])
    other.decide("dismissed")
    other.refresh()
    other.add_rule(Rule("wording", words=("envoy 11", "president 11")))
    review.refresh()
    for one in (review, other):
        told = one.views()
        for view in VIEWS:
            one.choose(Filter(view))
            assert len(one.shown) == told[view], view
            severe = Filter(view, severities=frozenset({"critical"}))
            one.choose(severe)
            assert len(one.shown) == one.views()[view]
            one.choose(Filter())
    assert review.views() == {
        "to decide": 8, "decided": 3, "disputed": 1, "new": 3, "by rule": 1, "all": 11,
    }  # fmt: skip
    assert other.views()["to decide"] == 10


def test_progress_counts_by_severity(project: Project) -> None:
    review = reviewing(project, base=story(10))
    total = {s: p.total for s, p in review.progress().items()}
    assert total == {"critical": 3, "major": 3, "minor": 2, "neutral": 2}
    assert list(total) == list(SEVERITIES)
    review.decide("unsure")
    review.add_rule(Rule("wording", words=("envoy 1", "president 1")))
    assert review.progress() == {
        "critical": Progress(1, 3), "major": Progress(0, 2),
        "minor": Progress(0, 2), "neutral": Progress(0, 2),
    }  # fmt: skip
    assert sum(review.counts("check").values()) == 9
    assert set(review.counts("check")) == set(CHECKS)


@pytest.mark.parametrize("view", ["disputed", "decided"])
def test_in_a_view_of_decided_ones_deciding_goes_on_in_it(project: Project, view: str) -> None:
    jo = reviewing(project, "jo", story(6))
    jo.decide_all(order(jo)[1:5], "dismissed")
    mk = reviewing(project, "mk", story(6))
    mk.decide_all(order(mk)[1:5], "accepted")
    mk.choose(Filter(view))
    ids = order(mk)
    assert focus(mk) == ids[1]
    mk.decide("accepted", note="sure", adjudicates=True)
    assert focus(mk) == ids[2]
    assert status(mk)[ids[1]] == "accepted"
    assert status(mk)[ids[2]] == "disputed"


def test_what_is_new_is_decided_once(project: Project) -> None:
    base = story([replace(f, new=int(f.finding_id[1:]) < 3) for f in story(6).findings])
    review = reviewing(project, base=base)
    review.choose(Filter("new"))
    seen = set()
    for _ in range(3):
        seen.add(focus(review))
        review.decide("accepted")
    assert seen == set(status(review)) == {"f000", "f001", "f002"}


# Deciding


def test_a_decision_is_in_the_log_with_its_evidence(project: Project) -> None:
    review = reviewing(project)
    review.decide("dismissed", "house style", "a note", "a")
    (made,) = project.log.entries()
    shown = finding(0)
    assert (made.finding_id, made.pair_id, made.verdict, made.reviewer) == (
        "f000", "p1", "dismissed", "mk",
    )  # fmt: skip
    assert (made.reason, made.note, made.side) == ("house style", "a note", "a")
    assert (made.check, made.a_span, made.b_text) == (shown.check, shown.a_span, shown.b_text)
    decided = next(f for f in review.comparison.findings if f.finding_id == "f000")
    assert (decided.status, decided.reason, decided.reviewer, decided.reviewed_at) == (
        "dismissed", "house style", "mk", made.at,
    )  # fmt: skip


def test_deciding_anew_keeps_note_and_side(project: Project) -> None:
    review = reviewing(project)
    review.decide("dismissed", "other", "a note", "a")
    review.go("f000")
    review.decide("accepted")
    mine = review.mine(finding(0))
    assert mine is not None
    assert (mine.verdict, mine.reason, mine.note, mine.side) == ("accepted", "", "a note", "a")
    review.go("f000")
    review.decide("accepted", note="", side="")
    mine = review.mine(finding(0))
    assert mine is not None
    assert (mine.note, mine.side) == ("", "")


def test_to_say_the_same_again_is_no_step(project: Project) -> None:
    review = reviewing(project)
    review.decide("accepted")
    for verdict, finding_id in (("accepted", "f000"), ("open", "f001")):
        review.go(finding_id)
        review.decide(verdict)  # type: ignore[arg-type]
    assert len(project.log.entries()) == 1
    assert review.decide_all(["f000", "f004", "f004", "gone"], "accepted") == 1
    assert review.undo()
    assert status(review) == {"f000": "accepted"}
    assert review.undo()
    assert status(review) == {}
    assert not review.undo()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("fine",), "unknown verdict 'fine'"),
        (("disputed",), "unknown verdict"),
        (("dismissed", "rule"), "unknown reason 'rule'"),
        (("accepted", "other"), "unknown reason"),
        (("accepted", "", None, "c"), "unknown side 'c'"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    tmp_path: Path, arguments: tuple[Any, ...], told: str
) -> None:
    review = reviewing(Project(tmp_path))
    with pytest.raises(UsageError, match=told):
        review.decide(*arguments)
    assert Project(tmp_path).log.entries() == ()


@pytest.mark.parametrize("name", ["", " \n", "\u2003"])
def test_a_reviewer_has_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="reviewer's name"):
        reviewing(Project(tmp_path), name)


@pytest.mark.parametrize("name", ["  Jose\u0301\u00a0 Ruiz ", "a\0b", "\ud800", "\x1b[2J", "'--"])
def test_a_reviewer_of_any_name_finds_their_decisions_again(project: Project, name: str) -> None:
    reviewing(project, name).decide("accepted", note=f"{name}\u2028")
    review = reviewing(project, name)
    assert review.mine(finding(0)) is not None
    assert review.others(finding(0)) == ()
    review.remark("f000", review.note(finding(0)))
    review.remark("f000", f"{name}\u2028")
    assert len(project.log.entries()) == 1
    assert review.undo()
    assert status(review) == {}
    assert reviewing(project, "José Ruiz").reviewer == "José Ruiz"


# Notes


def test_a_note_stays_whatever_is_decided(project: Project) -> None:
    review = reviewing(project)
    review.remark("f000", "look again")
    assert review.note(finding(0)) == "look again"
    assert review.mine(finding(0)) is None
    assert review.focus is not None
    assert review.focus.note == "look again"
    review.decide("accepted")
    assert review.undo()
    assert (review.note(finding(0)), status(review)) == ("look again", {})
    review.decide("accepted", note="now sure")
    assert review.note(finding(0)) == "now sure"
    assert review.undo()
    assert review.note(finding(0)) == "look again"
    review.decide("accepted", side="b")
    review.remark("f000", "later still")
    mine = review.mine(finding(0))
    assert mine is not None
    assert (mine.verdict, mine.side, mine.note) == ("accepted", "b", "later still")
    assert review.undo()
    assert (review.note(finding(0)), status(review)) == ("later still", {})
    review.remark("gone", "x")
    assert not review.undo()


# Undo


def test_undo_after_a_restart(project: Project) -> None:
    reviewing(project).decide("accepted")
    review = reviewing(project)
    review.decide("dismissed", "other")
    again = reviewing(project)
    assert focus(again) == "f001"
    assert again.undo()
    assert (focus(again), status(again)) == ("f004", {"f000": "accepted"})
    assert reviewing(project).undo()
    assert not reviewing(project).undo()
    assert status(reviewing(project)) == {}


def test_a_bulk_is_undone_in_one_step(project: Project) -> None:
    review = reviewing(project, base=story(600))
    review.decide("accepted", note="mine")
    ids = order(review)
    assert review.decide_all(ids[:580], "dismissed", "same meaning", "all of them") == 580
    assert set(status(review).values()) == {"dismissed"}
    assert focus(review) == ids[580]
    assert review.undo()
    assert status(review) == {ids[0]: "accepted"}
    assert (focus(review), review.note(review.findings[0])) == (ids[0], "mine")
    assert review.note(review.findings[1]) == ""
    assert review.undo()
    assert status(review) == {}
    assert len(project.log.entries()) == 2 * 581


def test_undo_of_an_undo_is_the_step_before(project: Project) -> None:
    review = reviewing(project)
    steps: list[Callable[[], object]] = [
        lambda: review.decide("accepted"),
        lambda: review.decide_all(["f000", "f001"], "dismissed"),
        lambda: (review.go("f000"), review.decide("unsure")),
    ]
    states = [status(review)]
    for step in steps:
        step()
        states.append(status(review))
    for state in states[2:0:-1]:
        assert review.undo()
        assert status(review) == state
    review.go("f007")
    review.decide("accepted")
    assert review.undo()
    assert status(review) == states[1]
    assert review.undo()
    assert status(review) == states[0] == {}
    assert not review.undo()


def test_undo_touches_nobody_else(project: Project) -> None:
    mk, jo = reviewing(project, "mk"), reviewing(project, "jo")
    mk.decide("accepted")
    jo.decide("dismissed")
    assert not reviewing(project, "al").undo()
    assert jo.undo()
    mk.refresh()
    assert status(mk) == {"f000": "accepted"}


def test_an_adjudication_is_undone_to_what_was_before(project: Project) -> None:
    mk, jo = reviewing(project, "mk"), reviewing(project, "jo")
    mk.decide("accepted")
    jo.decide("dismissed")
    mk.refresh()
    for review, verdict in ((mk, "accepted"), (jo, "unsure")):
        review.go("f000")
        review.decide(verdict, adjudicates=True)  # type: ignore[arg-type]
    mk.refresh()
    assert status(mk) == {"f000": "unsure"}
    assert jo.undo()
    assert status(jo) == {"f000": "accepted"}
    mk.refresh()
    assert mk.undo()
    assert status(mk) == {"f000": "disputed"}
    al = reviewing(project, "al")
    assert "f000" in [f.finding_id for f in al.shown]


# Two at once


def test_the_same_reviewer_in_two_windows(project: Project) -> None:
    one, two = reviewing(project), reviewing(project)
    one.decide("dismissed", "other", "from one")
    two.decide("accepted")
    one.refresh()
    for review in (one, two):
        mine = review.mine(finding(0))
        assert mine is not None
        assert (mine.verdict, mine.note) == ("accepted", "from one")
    assert one.undo()
    two.refresh()
    mine = two.mine(finding(0))
    assert mine is not None
    assert (mine.verdict, mine.reason, mine.note) == ("dismissed", "other", "from one")
    two.remark("f001", "x")
    assert two.undo()
    assert not two.undo()
    one.refresh()
    assert (status(one), one.note(finding(1))) == ({}, "x")


def test_two_reviewers_see_each_other_and_stay_two(project: Project) -> None:
    mk, jo = reviewing(project, "mk"), reviewing(project, "jo")
    mk.decide("accepted")
    assert jo.others(finding(0)) == ()
    before = jo.revision
    jo.refresh()
    assert jo.revision != before
    assert [e.reviewer for e in jo.others(finding(0))] == ["mk"]
    assert focus(jo) == "f000"
    jo.decide("dismissed")
    assert status(jo) == {"f000": "disputed"}
    assert jo.views()["disputed"] == 1
    jo.go("f000")
    jo.decide("accepted")
    assert status(jo) == {"f000": "accepted"}
    assert jo.precision("title") == "1 of 1 accepted"
    assert jo.precision("name") == ""


def test_the_log_of_a_run_goes_with_its_folder(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "run"
    folder.mkdir(parents=True)
    for name in ("mk", "jo"):
        review = Review(story(), project, name, folder)
        review.decide("accepted")
        review.decide_all(["f005", "f006"], "dismissed", "other")
        review.undo()
    assert read_lines(folder / "verdicts.jsonl") == project.log.entries()
    shutil.rmtree(folder)
    review.decide("accepted")
    assert not folder.exists()
    assert len(project.log.entries()) == 11


# Rules


def test_a_dismissal_is_widened(project: Project) -> None:
    same = [finding(i, a_span="the envoy", b_span="the ambassador") for i in (0, 1, 4)]
    review = reviewing(project, base=story([*same, finding(8), finding(2)]))
    rule = review.widen("wording")
    assert (rule.kind, rule.words, rule.check) == (
        "wording", ("the envoy", "the ambassador"), "title",
    )  # fmt: skip
    assert [f.finding_id for f in review.findings if f.reason == "rule"] == ["f000", "f004"]
    assert (focus(review), review.hidden_by(review.rules[0])) == ("f008", 2)
    review.go("f001")
    review.widen("wording", any_check=True)
    assert review.views()["by rule"] == 3
    for held in review.rules:
        assert (held.reviewer, len(held.at)) == ("mk", 20)
        review.remove_rule(held.rule_id)
    assert review.views() == {
        "to decide": 5, "decided": 0, "disputed": 0, "new": 0, "by rule": 0, "all": 5,
    }  # fmt: skip
    assert project.log.entries() == ()


def test_a_check_is_not_wanted_in_this_story_alone(project: Project) -> None:
    review = reviewing(project)
    review.widen("check", any_check=True)
    assert {f.check for f in review.findings if f.reason == "rule"} == {"title"}
    again = story(8, a=sentences("a", 10)[3:], pair_id="p2")
    assert reviewing(project, base=again).views()["by rule"] == 2
    other = story(8, a=sentences("x", 9), b=sentences("y", 9), pair_id="p3")
    assert reviewing(project, base=other).views()["by rule"] == 0


def test_one_reviewers_decision_beats_a_rule_and_asks_no_other(project: Project) -> None:
    mk = reviewing(project, "mk")
    mk.decide("accepted")
    mk.add_rule(Rule("check", check="title", pair_id="p1"))
    assert status(mk) == {"f000": "accepted", "f004": "dismissed"}
    jo = reviewing(project, "jo")
    assert {"f000", "f004"}.isdisjoint(f.finding_id for f in jo.shown)
    jo.choose(Filter("by rule"))
    assert focus(jo) == "f004"
    jo.decide("accepted")
    assert status(jo)["f004"] == "accepted"
    assert jo.undo()
    assert status(jo)["f004"] == "dismissed"


def test_what_no_rule_can_be_made_of_is_refused(tmp_path: Path) -> None:
    review = reviewing(Project(tmp_path), base=story([finding(0, a_span="“", b_span="…")]))
    for kind in ("wording", "entity"):
        with pytest.raises(InputError, match="needs"):
            review.widen(kind)  # type: ignore[arg-type]
    review.choose(Filter(checks=frozenset({"name"})))
    with pytest.raises(UsageError, match="no finding is in focus"):
        review.widen("check")
    assert not (tmp_path / "rules.toml").exists()


def test_broken_rules_stop_no_decision(tmp_path: Path) -> None:
    project = Project(tmp_path)
    review = reviewing(project)
    review.widen("check")
    (tmp_path / "rules.toml").write_text("[[rule]")
    review.decide("accepted")
    assert review.undo()
    with pytest.raises(InputError, match="cannot read the rules"):
        review.refresh()
    assert len(review.rules) == 1
    with pytest.raises(InputError, match="cannot read the rules"):
        reviewing(project)


# The article again


def test_decisions_hold_when_the_article_is_compared_again(project: Project) -> None:
    from compare import compare_sentences

    a = [
        "Mina Kerr, the special envoy for fisheries, spoke in Oslo on Monday.",
        "The storm cost twelve boats, she said.",
        "The harbour will stay closed until 14 May.",
        "Nobody was hurt.",
        "Repairs will cost 3.5 million crowns.",
        "The minister, Jon Dale, did not visit the harbour.",
        "Fishermen had asked for help in March.",
        "She left for Bergen in the evening.",
    ]
    b = [
        "President Mina Kerr spoke in Oslo on Monday.",
        "She said that the storm had cost twenty boats.",
        "The harbour will stay closed until 24 May.",
        "Nobody was hurt.",
        "Repairs will cost 5.3 million crowns.",
        "The minister, Jon Dale, visited the harbour.",
        "The fishermen asked for help in April.",
        "In the evening she left for Bergen.",
    ]
    first = reviewing(project, base=compare_sentences(a, b))
    count = len(first.findings)
    assert count >= 5
    for verdict in itertools.islice(itertools.cycle(["accepted", "dismissed", "unsure"]), count):
        first.decide(verdict)  # type: ignore[arg-type]
    assert first.shown == []
    moved = [a[0], a[4], a[5], a[6], a[1], a[2], "No one came to any harm.", a[7]]
    again = reviewing(project, base=compare_sentences(moved, b))
    assert again.comparison.pair_id != first.comparison.pair_id
    before = {f.finding_id: f.status for f in first.findings}
    assert {f.finding_id: f.status for f in again.findings if f.finding_id in before} == before
    assert not {f.finding_id for f in again.shown} & set(before)
    assert again.undo()
    assert len(again.shown) == 1


# A model of it all

NAMES = ("mk", "jo")
IDS = tuple(f.finding_id for f in story(6).findings)


class Model(RuleBasedStateMachine):
    """Two reviewers, in windows that are opened anew, against dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project(self.folder)
        self.base = story(6)
        self.log: tuple[Entry, ...] = ()
        self.held: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in NAMES}
        self.past: dict[str, list[dict[str, tuple[str, str]]]] = {name: [] for name in NAMES}

    @initialize()
    def open_all(self) -> None:
        self.open = {name: Review(self.base, self.project, name) for name in NAMES}

    @rule(name=st.sampled_from(NAMES))
    def open_again(self, name: str) -> None:
        self.open[name] = Review(self.base, Project(self.folder), name)

    def _change(self, name: str, changes: dict[str, tuple[str, str]]) -> None:
        before = self.held[name]
        after = {**before, **changes}
        self.held[name] = {i: v for i, v in after.items() if v != ("open", "")}
        if self.held[name] != before:
            self.past[name].append(before)

    @rule(name=st.sampled_from(NAMES), verdict=st.sampled_from(["accepted", "dismissed", "open"]))
    def decide(self, name: str, verdict: Any) -> None:
        review = self.open[name]
        if review.focus is not None:
            here = review.focus.finding_id
            self._change(name, {here: (verdict, "")})
            review.decide(verdict)
            left = {f.finding_id for f in review.shown}
            if review.filter == Filter() and left:
                assert review.focus.finding_id in left

    @rule(
        name=st.sampled_from(NAMES),
        ids=st.lists(st.sampled_from(IDS), max_size=4),
        reason=st.sampled_from(["other", "check wrong"]),
    )
    def decide_all(self, name: str, ids: list[str], reason: str) -> None:
        changed = {i for i in ids if self.held[name].get(i) != ("dismissed", reason)}
        self._change(name, dict.fromkeys(ids, ("dismissed", reason)))
        assert self.open[name].decide_all(ids, "dismissed", reason) == len(changed)

    @rule(name=st.sampled_from(NAMES))
    def undo(self, name: str) -> None:
        assert self.open[name].undo() == bool(self.past[name])
        if self.past[name]:
            self.held[name] = self.past[name].pop()

    @rule(name=st.sampled_from(NAMES), step=st.sampled_from(["next", "previous"]))
    def step(self, name: str, step: str) -> None:
        review = self.open[name]
        getattr(review, step)()
        assert not review.shown or review.focus in review.shown

    @rule(name=st.sampled_from(NAMES), view=st.sampled_from(VIEWS), check=st.sampled_from(CHECKS))
    def choose(self, name: str, view: str, check: str) -> None:
        self.open[name].choose(Filter(view, checks=frozenset({check})))

    @rule(name=st.sampled_from(NAMES))
    def choose_all(self, name: str) -> None:
        self.open[name].choose(Filter())

    @precondition(lambda self: hasattr(self, "open"))
    @invariant()
    def nothing_is_lost(self) -> None:
        now = self.project.log.entries()
        assert now[: len(self.log)] == self.log
        self.log = now
        for name, review in self.open.items():
            review.refresh()
            said = {f.finding_id: review.mine(f) for f in review.findings}
            assert {i: (e.verdict, e.reason) for i, e in said.items() if e} == self.held[name]
            assert review.progress().keys() == {f.severity for f in self.base.findings}
            decided = sum(p.decided for p in review.progress().values())
            assert decided == len(self.held[name])
        for i in IDS:
            verdicts = {self.held[name][i][0] for name in NAMES if i in self.held[name]}
            state = settle(now).get(i)
            assert (state is None) == (not verdicts)
            if state is not None:
                assert state.status == ("disputed" if len(verdicts) > 1 else verdicts.pop())

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


Model.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestModel = Model.TestCase
