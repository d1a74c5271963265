"""The benchmark of alignment: peers where the right answer is known, figures counted by hand."""

from __future__ import annotations

import itertools
import json
import math
import random
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from benches import load

from compare.align import load_model

peers, bench, size = load("peers"), load("align"), load("align_size")

TEXTS = [
    "The council met on Monday.",
    "A storm has closed the northern harbour until further notice, officials said.",
    "Prices rose.",
    "Police are looking for two men who robbed a jeweller's shop in broad daylight.",
    "The match ended in a draw after extra time.",
    "Her book, written in Lisbon over eleven years, won the country's oldest literary prize.",
]
MONOTONE = [name for name in peers.PEERS if name == "Gale-Church" or "vecalign" in name]
MONOTONE += [name for name in peers.PEERS if "bertalign" in name]
FREE = [name for name in peers.PEERS if name not in MONOTONE]
Groups = set[tuple[frozenset[int], frozenset[int]]]


def groups(*pairs: tuple[str, str]) -> Groups:
    """``("01", "2")``: the first two of A with the third of B."""
    return {(frozenset(map(int, x)), frozenset(map(int, y))) for x, y in pairs}


def told(name: str, a: list[str], b: list[str], x: np.ndarray, y: np.ndarray) -> list[Groups]:
    peer = peers.PEERS[name]
    return [set(found) for found in peer.align(a, b, x, y, peer.settings)]


# --- peers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", peers.PEERS)
def test_identical_texts_are_all_one_to_one(name: str) -> None:
    x = np.eye(len(TEXTS))
    right = {(frozenset({k}), frozenset({k})) for k in range(len(TEXTS))}
    assert right in told(name, TEXTS, TEXTS, x, x)


@pytest.mark.parametrize("name", peers.PEERS)
def test_only_a_peer_in_any_order_sees_a_text_turned_round(name: str) -> None:
    x = np.eye(len(TEXTS))
    right = {(frozenset({k}), frozenset({5 - k})) for k in range(len(TEXTS))}
    found = told(name, TEXTS, TEXTS[::-1], x, x[::-1])
    assert (right in found) == (name in FREE)


@pytest.mark.parametrize("name", MONOTONE)
def test_monotone_peers_find_two_sentences_in_one(name: str) -> None:
    x = np.eye(len(TEXTS))
    b = [f"{TEXTS[0]} {TEXTS[1]}", *TEXTS[2:]]
    merged = x[0] * len(TEXTS[0]) + x[1] * len(TEXTS[1])
    y = np.vstack([merged / np.linalg.norm(merged), x[2:]])
    right = groups(("01", "0"), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "4"))
    assert right in told(name, TEXTS, b, x, y)
    mirror = {(right_, left) for left, right_ in right}
    assert mirror in told(name, b, TEXTS, y, x)


def test_what_has_no_likeness_is_left_out() -> None:
    x, y = np.eye(8)[:4], np.eye(8)[4:]
    for name in ("mutual nearest neighbour", "Hungarian"):
        assert told(name, TEXTS[:4], TEXTS[:4], x, y)[-1] == set()
    for name in ("after_vecalign", "after_bertalign"):
        assert getattr(peers, name)(TEXTS[:4], TEXTS[:4], x, y, [(0.05,)]) == [[]]


def test_closest_by_trigrams_joins_a_part_to_its_whole() -> None:
    a = ["The harbour was closed on Monday and two ships had to wait outside.", "Prices rose."]
    b = ["The harbour was closed on Monday.", "Prices rose.", "Two ships had to wait outside."]
    none = np.zeros((1, 1))
    together, apart = peers.closest_by_trigrams(a, b, none, none, [(0.1, 0.3), (0.1, 2)])
    assert set(together) == groups(("0", "02"), ("1", "1"))
    assert len(apart) == 2
    assert all(len(x) == len(y) == 1 for x, y in apart)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], []),
        ([(0, 0), (1, 2), (0, 1)], [("0", "01"), ("1", "2")]),
        ([(0, 0), (1, 1), (0, 1)], [("01", "01")]),
    ],
)
def test_connected_links_are_a_group(
    links: list[tuple[int, int]], expected: list[tuple[str, str]]
) -> None:
    assert set(peers.connected(links)) == groups(*expected)


Way = tuple[float, list[tuple[frozenset[int], frozenset[int]]]]


def ways(costs: dict[tuple[int, int], np.ndarray], i: int, j: int) -> list[Way]:
    """Every way through the sentences before i and j, with its cost."""
    if not i and not j:
        return [(0.0, [])]
    return [
        (
            cost + table[i - p, j - q],
            [*way, peers.pair(range(i - p, i), range(j - q, j))] if p and q else way,
        )
        for (p, q), table in costs.items()
        if i >= p and j >= q
        for cost, way in ways(costs, i - p, j - q)
    ]


def test_the_cheapest_way_is_the_cheapest_of_all() -> None:
    rng = np.random.default_rng(0)
    beads = [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2)]
    for n, m in itertools.product(range(5), repeat=2):
        costs = {
            (p, q): rng.uniform(0.1, 1, (n - p + 1, m - q + 1))
            for p, q in beads
            if p <= n and q <= m
        }
        assert peers.cheapest(costs, n, m) == min(ways(costs, n, m), key=lambda way: way[0])[1]


def test_neighbours_of_a_window() -> None:
    cosine = np.array([[1.0, 2.0, 4.0, 8.0]])
    assert peers.around(cosine, 1).tolist() == [[2.0, 2.5, 5.0, 4.0]]
    assert peers.around(cosine, 2).tolist() == [[4.0, 4.5, 2.0]]
    assert peers.around(cosine, 4).tolist() == [[0.0]]


def test_a_window_has_the_mean_of_its_members() -> None:
    found = peers.windows(np.eye(3), ["aaa", "aaaa", "a"])
    assert [len(w) for w in found] == [4, 3, 2, 1, 0]
    assert found[2][0] == pytest.approx([0.6, 0.8, 0.0])


# --- figures -------------------------------------------------------------------------------------


def case(
    n: int, m: int, sure: Groups, amb: Groups | None = None, possible: Groups | None = None
) -> object:
    return bench.Case("x", ["a"] * n, ["b"] * m, list(sure), list(amb or ()), list(possible or ()))


def tally(one: object, predicted: Groups) -> object:
    made = bench.Tally()
    made.add(one, predicted)
    return made


NULLS = [
    # A2 and B2 are alone and said to be.
    (case(3, 3, groups(("0", "0"), ("1", "1"))), groups(("0", "0"), ("1", "1")), 1.0),
    # Nothing is said: A2, B2 right out of six.
    (case(3, 3, groups(("0", "0"), ("1", "1"))), set(), 2 * 2 / (6 + 2)),
    # A2 alone, B2 wrongly linked with it: nothing said.
    (case(3, 3, groups(("0", "0"), ("1", "1"))), groups(("0", "0"), ("1", "1"), ("2", "2")), 0.0),
    # B1 is wrongly alone: of A2, B2 both found, three said.
    (case(3, 3, groups(("0", "0"), ("1", "1"))), groups(("0", "0"), ("1", "2")), 2 * 1 / (2 + 2)),
    # None is alone and none is said.
    (case(1, 1, groups(("0", "0"))), groups(("0", "0")), 1.0),
    # Inside unknown and possible groups nothing counts: A3 and B3 remain, and B3 is missed.
    (
        case(4, 4, groups(("0", "0")), groups(("1", "1")), groups(("2", "2"))),
        groups(("0", "0"), ("0", "3")),
        2 * 1 / (1 + 2),
    ),
    # A sentence of a sure group is not alone, though a possible group has it too.
    (case(1, 2, groups(("0", "0")), None, groups(("0", "1"))), set(), 0.0),
]


@pytest.mark.parametrize(("one", "predicted", "expected"), NULLS)
def test_sentences_alone_counted_by_hand(one: object, predicted: Groups, expected: float) -> None:
    made = tally(one, predicted)
    assert made.null == pytest.approx(expected)
    assert bench.figures(np.array(bench.row(one, predicted)))["null F1"] == pytest.approx(expected)


def test_groups_that_are_not_one_to_one_counted_by_hand() -> None:
    one = case(6, 6, groups(("01", "0"), ("2", "12"), ("3", "3"), ("4", "4")), groups(("5", "5")))
    found = bench.figures(
        np.array(bench.row(one, groups(("01", "0"), ("2", "1"), ("34", "34"), ("5", "5"))))
    )
    assert found["multi P"] == pytest.approx(1 / 2)
    assert found["multi R"] == pytest.approx(1 / 2)
    assert found["strict P"] == pytest.approx(1 / 3)
    assert found["strict R"] == pytest.approx(1 / 4)
    assert found["link P"] == pytest.approx(5 / 7)
    assert found["link R"] == pytest.approx(5 / 6)
    nothing = bench.figures(np.array(bench.row(one, set())))
    assert math.isnan(nothing["multi P"])
    assert nothing["strict F1"] == 0


def test_figures_of_counts_are_those_of_the_tally() -> None:
    rng = random.Random(0)
    counts = []
    whole = bench.Tally()
    for _ in range(30):
        one = case(4, 4, {(frozenset({k}), frozenset({k})) for k in range(rng.randint(0, 4))})
        said = {(frozenset({k}), frozenset({rng.randrange(4)})) for k in range(rng.randint(0, 4))}
        whole.add(one, said)
        counts.append(bench.row(one, said))
    found = bench.figures(np.sum(counts, axis=0))
    assert found["strict F1"] == pytest.approx(whole.strict)
    assert found["link F1"] == pytest.approx(whole.link)
    assert found["null F1"] == pytest.approx(whole.null)


def test_the_interval_holds_the_figure_and_narrows_with_more_documents() -> None:
    one = case(3, 3, groups(("0", "0"), ("1", "1"), ("2", "2")))
    right = groups(("0", "0"), ("1", "1"), ("2", "2"))
    few = np.array([bench.row(one, set(list(right)[: k % 4])) for k in range(12)])
    width = []
    for copies in (1, 16):
        table = np.tile(few, (copies, 1))
        values = bench.over_sets([table, table], bench.resample([len(table)] * 2, 500))
        value, low, high = bench.interval(values["strict F1"])
        assert value == pytest.approx(float(bench.figures(few.sum(axis=0))["strict F1"]))
        assert low < value < high
        width.append(high - low)
    assert width[1] < width[0] / 2


def test_sets_with_few_sentences_alone_do_not_count_for_them() -> None:
    many = np.array([bench.row(case(1, 10, groups(("0", "0"))), groups(("0", "0")))] * 2)
    few = np.array([bench.row(case(1, 2, groups(("0", "0"))), set())])
    values = bench.over_sets([many, few], bench.resample([2, 1], 10))
    assert values["null F1"][0] == 1
    assert values["strict F1"][0] == 0.5
    assert np.isnan(values["multi P"]).all()


def test_calibration_error_counted_by_hand() -> None:
    scores = np.array([0.95, 0.95, 0.95, 0.95, 0.25, 1.0])
    right = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    error, bins = bench.calibration(scores, right)
    assert bins[9] == (5, pytest.approx(0.96), pytest.approx(0.8))
    assert error == pytest.approx(5 / 6 * 0.16 + 1 / 6 * 0.25)


def test_a_peer_stands_with_its_best_setting() -> None:
    x = np.eye(2)
    y = np.array([[0.6, 0.8], [0.0, 1.0]])
    one = bench.Task(case(2, 2, groups(("1", "1"))), x, y)
    peer = bench.Peer(peers.hungarian, ((0.1,), (0.7,), (1.1,)))
    counts, setting = bench.tune(peer, {"x": [one]})
    assert setting == (0.7,)
    assert bench.figures(counts[0].sum(axis=0))["strict F1"] == 1


# --- the whole ----------------------------------------------------------------------------------


def write_set(folder: Path) -> None:
    folder.mkdir()
    pairs = [{"id": k, "a": TEXTS[k:], "b": TEXTS[k:], "amb": []} for k in (0, 1)]
    for made in pairs:
        made["gold"] = [[[k], [k]] for k in range(len(made["a"]))]
    lines = "\n".join(json.dumps(made) for made in pairs)
    for name in ("news_one", "news_ylt"):
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")


def test_the_benchmark_prints_its_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "DRAWS", 20)
    write_set(tmp_path / "data")
    packaged = resources.files("compare").joinpath("data/align_weights.json").read_text("utf-8")
    held = {"about": "a test", "one": json.loads(packaged)}
    (tmp_path / "held.json").write_text(json.dumps(held), "utf-8")
    models = bench.read_models(tmp_path / "held.json")
    assert models.keys() == {"one"}
    assert models["one"].screen == load_model().screen
    bench.main(
        [str(tmp_path / "data"), "--variants", "mono", "--weights", str(tmp_path / "held.json")]
    )
    out = capsys.readouterr().out
    assert "but the package's for: news_ylt\n" in out
    lines = out.split("### mono")[1].split("Strict F1 by set")[0].splitlines()
    rows = {line.split("|")[1].strip(): line for line in lines if line.startswith("|")}
    assert set(peers.PEERS) < set(rows)
    assert "1.000 [1.000, 1.000]" in rows[bench.OURS]


def test_time_and_memory_of_a_size(tmp_path: Path) -> None:
    write_set(tmp_path / "data")
    a, b = size.read_texts(tmp_path / "data", None)
    assert a == b == [*TEXTS, *TEXTS[1:]]  # the second set has the same texts
    size.encode(a, b, tmp_path)
    found = size.measure(tmp_path, 5, 1.0)
    assert found.groups == 5
    assert found.seconds > 0
    assert found.peak >= found.before > 0
