"""The log of decisions, over SQLite and PostgreSQL: nothing lost, and what the entries come to."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import random
import sqlite3
import threading
import warnings
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import finding, sentences, story

from compare.errors import CompareError, InputError, SetupError, UsageError
from compare.report.safe import visible
from compare.verdicts import (
    DECIDED,
    DISPUTED,
    REASONS,
    VERDICTS,
    Entry,
    VerdictLog,
    agreement,
    entry,
    latest,
    precision,
    read_lines,
    rulings,
    settle,
    to_lines,
)


def said(finding_id: str, verdict: str, reviewer: str = "mk", **more: object) -> Entry:
    return Entry(finding_id, "p1", verdict, reviewer, **more)  # type: ignore[arg-type]


# The log


def test_entries_come_back_as_they_were_written(place: str | Path) -> None:
    log = VerdictLog(place)
    first = entry(
        finding(1), "dismissed", "mk", reason="other", note="Ä ’ 漢 \n\t", side="a", batch="b1"
    )
    second = entry(
        finding(2, a_span=None, a_text=None), "accepted", "jo", adjudicates=True, undoes="b1"
    )
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    written = log.add([first, second])
    assert [replace(e, at="", entry_id="", number=0) for e in written] == [first, second]
    assert [e.number for e in written] == [1, 2]
    assert len({e.entry_id for e in written}) == 2
    for one in written:
        at = dt.datetime.strptime(one.at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
        assert before <= at <= dt.datetime.now(dt.UTC)
    log.close()
    again = VerdictLog(place)
    assert again.entries() == written
    assert again.entries(["p1"]) == written
    assert again.entries([]) == again.entries(["p2"]) == ()
    assert (again.count(["p1"]), again.count(["p1", "p2"]), again.count(["p2"])) == (2, 2, 0)


HOSTILE = ["\0", "a\x00b", "\ud800", "\x1b[2J", "\u202e", "'; drop table verdicts; --", "%s :x", ""]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_remarks_of_every_kind_are_kept(place: str | Path, text: str) -> None:
    log = VerdictLog(place)
    fields = {"note": text, "reviewer": f"m{text}", "a_text": text, "entry_id": f"e{text}"}
    (written,) = log.add([replace(said("f1", "accepted"), **fields)])
    assert log.entries() == (written,)
    assert written.note == visible(text)
    assert log.add([replace(said("f1", "accepted"), **fields)]) == ()


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", "\x1b[2J"], ids=ascii)
def test_a_name_that_no_database_can_hold_is_refused(place: str | Path, name: str) -> None:
    log = VerdictLog(place)
    for field in ("finding_id", "pair_id"):
        one = replace(said("f1", "open"), **{field: name})  # type: ignore[arg-type]
        with pytest.raises(InputError, match="cannot name a finding or a comparison"):
            log.add([said("f2", "accepted"), one])
    for act in (log.register, log.related):
        with pytest.raises(InputError, match="cannot name"):
            act(replace(story(), pair_id=name))
    assert log.entries() == ()


def test_what_is_in_the_log_is_not_added_again(place: str | Path) -> None:
    log = VerdictLog(place)
    many = [said(f"f{i}", "accepted", entry_id=f"e{i}") for i in range(1201)]
    assert len(log.add([*many[:700], many[0]])) == 700
    assert [e.entry_id for e in log.add(many)] == [e.entry_id for e in many[700:]]
    assert log.add(many) == ()
    assert [e.number for e in log.entries()] == sorted(e.number for e in log.entries())
    assert log.count(["p1"]) == len(log.entries()) == 1201


def test_a_batch_is_written_whole_or_not_at_all(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = VerdictLog(place)
    log.add([said("f0", "accepted")])
    broken = replace(said("f2", "accepted"), note=None)  # type: ignore[arg-type]
    with pytest.raises(SetupError, match="cannot write the decisions in"):
        log.add([said("f1", "accepted"), broken])
    assert [e.finding_id for e in log.entries()] == ["f0"]


def test_many_comparisons_are_read_at_once(place: str | Path) -> None:
    log = VerdictLog(place)
    log.add([replace(said("f", "accepted"), pair_id=f"p{i}") for i in range(1100)])
    pairs = [f"p{i}" for i in range(0, 1100, 2)]
    assert [e.pair_id for e in log.entries(pairs)] == pairs
    assert log.count(pairs) == 550


def test_a_later_entry_counts_though_the_clock_was_set_back(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = VerdictLog(place)
    log.add([said("f1", "accepted", at="2999-01-01T00:00:00Z")])
    log.add([said("f1", "dismissed")])
    assert settle(log.entries())["f1"].status == "dismissed"
    (other,) = log.add([said("f1", "unsure", "jo")])
    assert other.at < "2999"


def test_older_entries_taken_over_do_not_replace_newer_ones(place: str | Path) -> None:
    log = VerdictLog(place)
    log.add([said("f1", "accepted")])
    log.add([said("f1", "dismissed", at="2020-01-01T00:00:00Z", entry_id="old")])
    assert settle(log.entries())["f1"].status == "accepted"
    assert [e.verdict for e in log.entries()] == ["dismissed", "accepted"]


# Two at once


def _write(place: str | Path, reviewer: str, verdicts: list[str], gate: object) -> None:
    gate.wait(60)  # type: ignore[attr-defined]
    log = VerdictLog(place)
    for i, verdict in enumerate(verdicts):
        gate.wait(60)  # type: ignore[attr-defined]
        log.add([said(f"f{i}", verdict, reviewer)])
    log.close()


def test_two_reviewers_at_once_lose_nothing(place: str | Path) -> None:
    """Each from a process of its own, both beginning with a database that has no tables."""
    chance = random.Random(5)
    verdicts = {name: chance.choices(DECIDED, (5, 3, 1), k=200) for name in ("jo", "mk")}
    verdicts["mk"] = [
        v if chance.random() < 0.5 else w
        for v, w in zip(verdicts["jo"], verdicts["mk"], strict=True)
    ]
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(2)
    writers = [
        spawn.Process(target=_write, args=(place, name, said, gate))
        for name, said in verdicts.items()
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    log = VerdictLog(place)
    entries = log.entries()
    assert len(entries) == len({e.entry_id for e in entries}) == 400
    for name, wanted in verdicts.items():
        assert [e.verdict for e in entries if e.reviewer == name] == wanted
    names = [e.reviewer for e in sorted(entries, key=lambda e: e.number)]
    assert sum(x != y for x, y in pairwise(names)) > 100  # interleaved indeed
    (found,) = agreement(entries)
    assert found.reviewers == ("jo", "mk")
    assert found.both == 200
    assert found.kappa == pytest.approx(_kappa(verdicts["jo"], verdicts["mk"]))


def test_threads_take_over_the_same_entries_and_comparison_once(place: str | Path) -> None:
    log = VerdictLog(place)
    many = [said(f"f{i}", "accepted", entry_id=f"e{i}") for i in range(300)]
    shared = story()
    written: list[int] = []
    failed: list[Exception] = []

    def act() -> None:
        try:
            log.register(shared)
            written.append(len(log.add(many)))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(written) == [0, 0, 0, 0, 0, 300]
    assert len(log.entries()) == 300


def _kappa(x: list[str], y: list[str]) -> float:
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(x, y))


# Which comparisons are of one story


def test_a_comparison_is_related_to_those_that_share_sentences(place: str | Path) -> None:
    log = VerdictLog(place)
    a, b = sentences("a", 10), sentences("b", 10)
    log.register(story(a=a, b=b, pair_id="first"))
    log.register(story(a=a, b=b, pair_id="first"))
    cases = {
        "the same": (a, b),
        "moved and reworded": ([*a[3:9], *a[:3], "Quite another one."], b[::-1]),
        "A alone": (a, sentences("x", 10)),
        "B alone": (sentences("x", 10), b),
        "a third": ([*a[:3], *sentences("x", 7)], sentences("x", 10)),
        "cut short": (a[:2], sentences("x", 10)),
        "made long": ([*a, *sentences("x", 90)], sentences("y", 100)),
        "other case and marks": ([s.upper().replace(".", "!") for s in a], sentences("x", 10)),
    }
    for name, (left, right) in cases.items():
        assert log.related(story(a=left, b=right, pair_id="new")) == ("first", "new"), name
    apart = {
        "another story": (sentences("x", 10), sentences("y", 10)),
        "a stock phrase or two": ([*a[:2], *sentences("x", 8)], [*b[:2], *sentences("y", 8)]),
        "the other way round": (b, a),
    }
    for name, (left, right) in apart.items():
        assert log.related(story(a=left, b=right, pair_id="new")) == ("new",), name


def test_a_text_of_many_sentences_is_related(place: str | Path) -> None:
    log = VerdictLog(place)
    a = sentences("a", 1300)
    log.register(story(a=a, b=a, pair_id="first"))
    assert log.related(story(a=a[600:], b=["One."], pair_id="new")) == ("first", "new")
    assert log.related(story(a=a[:200] + sentences("x", 1100), b=["One."], pair_id="new")) == (
        "new",
    )


def test_a_sentence_said_twice_is_one(place: str | Path) -> None:
    log = VerdictLog(place)
    log.register(story(a=["No.", *sentences("a", 5)], b=["No."] * 3, pair_id="first"))
    found = log.related(story(a=["No."] * 9 + sentences("x", 9), b=["Yes."], pair_id="new"))
    assert found == ("new",)


# What cannot be used


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://jo:secret@host/name", "of the kind 'mysql'"),
        ("oracle://jo:secret@host/name", "of the kind 'oracle'"),
        ("jo:secret@host", "cannot be read"),
        ("postgresql://jo:secret@host:port/name", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_a_url_of_no_use_is_wrong_usage(url: str, told: str) -> None:
    with pytest.raises(UsageError, match="give a URL such as") as caught:
        VerdictLog(url)
    assert told in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_a_server_that_is_not_there_is_told_without_the_password(scheme: str) -> None:
    with pytest.raises(SetupError, match="cannot open the decisions in postgresql") as caught:
        VerdictLog(f"{scheme}://jo:secret@127.0.0.1:9/name")
    assert "secret" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_is_no_log_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database" * 100)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    sqlite3.connect(tmp_path / "other").execute("create table verdicts (x)").connection.close()
    for name in ("text", "folder", "missing/verdicts.sqlite", "file/verdicts.sqlite", "other"):
        with pytest.raises(SetupError, match="the decisions in") as caught:
            VerdictLog(tmp_path / name).entries()
        assert str(tmp_path / name) in str(caught.value)
    assert (tmp_path / "text").read_text() == "no database" * 100


def test_a_database_that_may_only_be_read_can_be_read(tmp_path: Path) -> None:
    VerdictLog(tmp_path / "log").add([said("f1", "accepted")])
    log = VerdictLog(f"sqlite:///file:{tmp_path / 'log'}?mode=ro&uri=true")
    assert len(log.entries()) == 1
    with pytest.raises(SetupError, match="cannot write the decisions"):
        log.add([said("f2", "accepted")])
    with pytest.raises(SetupError, match="cannot write the decisions"):
        log.register(story())


def test_the_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c %20 ä'"
    folder.mkdir()
    VerdictLog(folder / "verdicts.sqlite").add([said("f1", "accepted")])
    assert [p.name for p in folder.iterdir()] == ["verdicts.sqlite"]


# What the entries come to


@pytest.mark.parametrize(
    ("entries", "status", "by"),
    [
        ([("accepted", "x")], "accepted", {"x"}),
        ([("accepted", "x"), ("accepted", "y")], "accepted", {"x", "y"}),
        ([("accepted", "x"), ("dismissed", "y")], DISPUTED, {"x", "y"}),
        ([("accepted", "x"), ("unsure", "y")], DISPUTED, {"x", "y"}),
        ([("accepted", "x"), ("dismissed", "y"), ("accepted", "y")], "accepted", {"x", "y"}),
        ([("accepted", "x"), ("dismissed", "y"), ("open", "y")], "accepted", {"x"}),
        ([("accepted", "x"), ("open", "x")], None, set()),
        ([("open", "x")], None, set()),
        ([("accepted", "x"), ("dismissed", "z!")], "dismissed", {"z"}),
        ([("dismissed", "z!"), ("accepted", "x")], "dismissed", {"z"}),
        ([("dismissed", "z!"), ("accepted", "y!")], "accepted", {"y"}),
        ([("dismissed", "z!"), ("accepted", "y!"), ("open", "y!")], "dismissed", {"z"}),
        ([("accepted", "y!"), ("dismissed", "z!"), ("accepted", "y!")], "accepted", {"y"}),
        ([("accepted", "x"), ("dismissed", "y"), ("accepted", "z!"), ("open", "z!")], DISPUTED,
         {"x", "y"}),
        ([("accepted", "x"), ("dismissed", "x!")], "dismissed", {"x"}),
    ],
)  # fmt: skip
def test_what_becomes_of_a_finding(
    entries: list[tuple[str, str]], status: str | None, by: set[str]
) -> None:
    made = [said("f", v, r.strip("!"), adjudicates=r.endswith("!")) for v, r in entries]
    state = settle(made).get("f")
    assert (state.status if state else None) == status
    assert {e.reviewer for e in state.entries} == by if state else not by
    assert ("f" in rulings(made)) == bool(state and state.entries[0].adjudicates)


def test_a_state_tells_each_remark_once() -> None:
    state = settle(
        [
            said("f", "dismissed", "x", reason="other", note="one"),
            said("f", "dismissed", "y", reason="other", note="two"),
            said("f", "dismissed", "z"),
        ]
    )["f"]
    assert (state.field("reason"), state.field("note"), state.field("reviewer")) == (
        "other", "one; two", "x; y; z",
    )  # fmt: skip


decisions = st.lists(
    st.tuples(st.sampled_from("12345678"), st.sampled_from(VERDICTS), st.sampled_from("xyz")),
    max_size=60,
)


@given(decisions)
def test_kappa_is_that_of_scikit_learn(made: list[tuple[str, str, str]]) -> None:
    entries = [said(f, v, r) for f, v, r in made]
    by = latest(entries)
    for found in agreement(entries):
        x, y = found.reviewers
        both = [(held[x].verdict, held[y].verdict) for held in by.values() if {x, y} <= set(held)]
        assert found.both == len(both)
        assert found.same == sum(v == w for v, w in both)
        if len({v for pair in both for v in pair}) > 1:
            assert found.kappa == pytest.approx(_kappa(*map(list, zip(*both, strict=True))))
        else:  # scikit-learn has no number for it either
            assert found.kappa is None
            if both:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    assert _kappa(*map(list, zip(*both, strict=True))) != pytest.approx(0.0)


@given(decisions)
def test_every_decided_finding_has_one_state(made: list[tuple[str, str, str]]) -> None:
    entries = [said(f, v, r) for f, v, r in made]
    states = settle(entries)
    last = {(f, r): v for f, v, r in made}
    for f in "12345678":
        verdicts = {v for (g, _), v in last.items() if g == f and v != "open"}
        if not verdicts:
            assert f not in states
        else:
            assert states[f].status == (verdicts.pop() if len(verdicts) == 1 else DISPUTED)


def test_precision_of_each_check() -> None:
    def about(number: int, verdict: str, check: str, **more: object) -> Entry:
        return said(f"f{number}", verdict, check=check, **more)

    entries = [
        about(1, "accepted", "title"),
        about(2, "accepted", "title"),
        about(3, "dismissed", "title", reason="check wrong"),
        about(4, "dismissed", "title", reason="alignment wrong"),
        about(5, "unsure", "title"),
        about(6, "accepted", "title"),
        about(6, "dismissed", "title", reviewer="jo"),
        about(7, "dismissed", "name", reason="alignment wrong"),
        about(7, "dismissed", "name", reason="house style", reviewer="jo"),
        about(8, "unsure", "date"),
        about(9, "accepted", "place"),
        about(9, "open", "place"),
    ]
    found = precision(entries)
    assert {check: tuple(p) for check, p in found.items()} == {
        "date": (0, 0, 1, 0), "name": (0, 1, 0, 0), "title": (2, 1, 1, 1),
    }  # fmt: skip
    assert {check: p.share for check, p in found.items()} == {
        "date": None, "name": 0.0, "title": pytest.approx(2 / 3),
    }  # fmt: skip


# JSON Lines

texts = st.text(st.characters(codec=None), max_size=20)
names = st.text(st.characters(categories=["L", "N", "Zs", "Po"]), min_size=1, max_size=10)
any_entries = st.builds(
    Entry,
    finding_id=names,
    pair_id=names,
    verdict=st.sampled_from(VERDICTS),
    reviewer=names,
    reason=st.sampled_from(("", *REASONS)),
    note=texts,
    a_text=texts,
    adjudicates=st.booleans(),
    at=st.datetimes(min_value=dt.datetime(2000, 1, 1)).map(
        lambda t: t.strftime("%Y-%m-%dT%H:%M:%SZ")
    ),
    entry_id=names,
    number=st.integers(1, 2**40),
)


@given(st.lists(any_entries, max_size=5))
def test_lines_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "verdicts.jsonl"
    text = to_lines(entries)
    assert text.count("\n") == len(entries)
    assert not set("\x1b\x7f\u2028\u202e\ud800") & set(text)
    path.write_bytes(text.encode())
    assert read_lines(path) == tuple(entries)


def test_a_log_moves_to_another_database(place: str | Path, tmp_path: Path) -> None:
    first = VerdictLog(tmp_path / "first.sqlite")
    first.add([said(f"f{i}", "accepted", note="\u2028 \ud800") for i in range(20)])
    lines = tmp_path / "verdicts.jsonl"
    lines.write_text("\ufeff" + to_lines(first.entries()) + "\n", "utf-8")
    second = VerdictLog(place)
    second.add([said("g", "unsure", at="2020-01-01T00:00:00Z")])
    assert len(second.add(read_lines(lines))) == 20
    assert second.add(read_lines(lines)) == ()
    moved = [replace(e, number=0) for e in second.entries() if e.finding_id != "g"]
    assert moved == [replace(e, number=0) for e in first.entries()]


GOOD = asdict(said("f", "accepted", at="2024-05-14T09:30:00Z", entry_id="e1"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "Expecting"),
        ("[]", "not an object"),
        ("[" * 100_000, "recursion"),
        (json.dumps(GOOD | {"verdct": "x"}), "not an object with the fields"),
        (json.dumps(GOOD | {"verdict": "good"}), "the verdict 'good' is none of accepted"),
        (json.dumps(GOOD | {"reason": "rule"}), "the reason 'rule' is none of same meaning"),
        (json.dumps(GOOD | {"note": None}), "'note' is None"),
        (json.dumps(GOOD | {"adjudicates": 1}), "'adjudicates' is 1"),
        (json.dumps(GOOD | {"number": True}), "'number' is True"),
        (json.dumps(GOOD | {"entry_id": ""}), "'entry_id' is missing"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "at"}), "'at' is missing"),
        (json.dumps(GOOD | {"at": "2024-5-14T9:30:00Z"}), "is not written as"),
        (json.dumps(GOOD | {"at": "yesterday"}), "is not written as"),
    ],
)
def test_a_line_that_is_no_decision_is_told(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + line + "\n", "utf-8")
    with pytest.raises(InputError, match="line 3 of") as caught:
        read_lines(path)
    assert told in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xff\xfe\xfa")
    for path in (tmp_path / "none", tmp_path, tmp_path / "latin", Path("a\0b")):
        with pytest.raises(CompareError, match="cannot read the decisions in"):
            read_lines(path)
