"""How well texts are aligned, beside published ways of doing it.

    python benchmarks/align.py DATA [--gold DIR …] [--variants …] [--weights FILE] [--apart GLOB]

DATA is a folder of ``*.jsonl``, a pair of documents a line: ``{id, a: [sentence], b: [sentence],
gold: [[[a ids], [b ids]] …], amb: [[[…], […]] …]}``. A group of ``amb`` has unknown inner links and
is neither right nor wrong; sentences in neither are alone. The pairs are put out of order on
purpose, the same way in every run:

mono   as it is
move1  one paragraph of B moved, 20 % of B deleted
shuf   B's paragraphs shuffled, 20 % of B deleted
news   as shuf, 20 % of A deleted, 10 % of the adjacent pairs of B merged into one sentence,
       10 % foreign sentences (of another document of the set) added to B
scatter  every sentence of B shuffled on its own, none deleted: a gold group of several sentences
       of B is no longer adjacent

The sets have no paragraphs: runs of two to five sentences, never cut inside a gold group, stand in
for them. ``--gold DIR`` takes folders of article pairs, each ``DIR/*/gold.json`` with units as
sentences.

Weights. FILE (``align_held_out.json`` beside this script, written by ``train_align.py --write``)
has for each family of sets, and for each article pair by name, the model that was trained without
it: ``{family: model as in compare/data/align_weights.json}``. A set takes the model whose key is in
its name; one without takes the package's weights, and the output says so.

Peers (``peers.py``) see the same vectors and texts. Each has a few settings; in every table it
stands with the one of the best mean strict F1 on that very table, so its figures are flattering.

Printed for each variant and method: strict precision, recall and F1 (a group counts when both sets
are exactly right), the same of links between single sentences, F1 of the sentences that stand
alone, precision and recall of the groups that are not 1:1, and the seconds of alignment. Each is
the mean over the sets of the figure over all documents of a set; a set with fewer than ten
sentences alone, or groups that are not 1:1, counts for the others only. In brackets 95 % intervals
by bootstrap over the documents of each set, the same draws for every method. Of this project's
``score`` the expected calibration error, in ten bins of equal width over the groups of all sets.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
from peers import PEERS, Pair, Peer, Setting

from compare.align import align
from compare.align.model import Model, load_model, model_from
from compare.embed import CachedEncoder, Encoder, OnnxEncoder
from compare.records import Article, Document, Sentence

VARIANTS = ("mono", "move1", "shuf", "news", "scatter")
OURS = "variant-compare"
HELD_OUT = Path(__file__).with_name("align_held_out.json")
DRAWS = 1_000
ENOUGH = 10
"""Sentences alone, or groups that are not 1:1, that a set must have to count for their figures."""
BINS = 10


@dataclass(frozen=True)
class Case:
    """Two texts with what is known of their alignment."""

    name: str
    a: list[str]
    b: list[str]
    sure: list[Pair]
    amb: list[Pair]
    """Inner links unknown: what is predicted inside counts neither way."""
    possible: list[Pair]
    """Right if predicted, not missed if absent; their sentences may join a sure group."""


def read_set(path: Path) -> list[Case]:
    """The document pairs of a file."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        groups = {
            k: [(frozenset(x), frozenset(y)) for x, y in d[k] if x and y] for k in ("gold", "amb")
        }
        cases.append(
            Case(f"{path.stem}/{d['id']}", d["a"], d["b"], groups["gold"], groups["amb"], [])
        )
    return cases


def read_articles(folder: Path) -> list[Case]:
    """The article pairs in the subfolders of a folder."""
    cases = []
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        number = {
            side: {unit["id"]: k for k, unit in enumerate(gold[side]["units"])} for side in "ab"
        }
        groups: dict[bool, list[Pair]] = {True: [], False: []}
        for g in gold["alignment"]:
            left, right = (frozenset(number[side][x] for x in g[side]) for side in "ab")
            groups[g["certainty"] == "sure"].append((left, right))
        texts = [[unit["text"] for unit in gold[side]["units"]] for side in "ab"]
        cases.append(Case(gold["name"], *texts, groups[True], [], groups[False]))
    return cases


# --- putting a pair out of order -------------------------------------------------------------


def paragraphs(case: Case, rng: random.Random) -> list[list[int]]:
    """Runs of two to five sentences of B, never cut inside a gold group."""
    glued = {j for _, right in case.sure + case.amb for j in range(min(right) + 1, max(right) + 1)}
    runs: list[list[int]] = []
    size = 0
    for j in range(len(case.b)):
        if j not in glued and len(runs[-1] if runs else []) >= size:
            runs.append([])
            size = rng.randint(2, 5)
        runs[-1].append(j)
    return runs


def reorder(case: Case, variant: str, foreign: Sequence[str], seed: int) -> Case:
    """The case put out of order; ``foreign`` are sentences of other documents."""
    rng = random.Random(f"{case.name} {variant} {seed}")
    if variant == "mono":
        return case
    runs = paragraphs(case, rng)
    if variant == "scatter":
        order = list(range(len(case.b)))
        rng.shuffle(order)
    else:
        if variant == "move1":
            run = runs.pop(rng.randrange(len(runs)))
            runs.insert(rng.randrange(len(runs) + 1), run)
        else:
            rng.shuffle(runs)
        order = [j for run in runs for j in run]
        order = [j for j in order if rng.random() >= 0.2] or order[:1]
    keep_a = list(range(len(case.a)))
    pieces: list[list[int]] = [[j] for j in order]
    texts = {(j,): case.b[j] for j in order}
    if variant == "news":
        keep_a = [i for i in keep_a if rng.random() >= 0.2] or keep_a[:1]
        merged: list[list[int]] = []
        k = 0
        while k < len(order):
            step = 2 if k + 1 < len(order) and rng.random() < 0.1 else 1
            merged.append(order[k : k + step])
            k += step
        pieces = merged
        texts = {tuple(p): " ".join(case.b[j] for j in p) for p in pieces}
        for number in range(round(0.1 * len(pieces))):
            piece = [-1 - number]
            texts[tuple(piece)] = foreign[rng.randrange(len(foreign))]
            pieces.insert(rng.randrange(len(pieces) + 1), piece)
    new_a = {i: k for k, i in enumerate(keep_a)}
    new_b = {j: k for k, piece in enumerate(pieces) for j in piece}
    sure, amb = regroup(case, new_a, new_b)
    return Case(
        case.name,
        [case.a[i] for i in keep_a],
        [texts[tuple(p)] for p in pieces],
        sure,
        amb,
        [],
    )


def regroup(
    case: Case, new_a: dict[int, int], new_b: dict[int, int]
) -> tuple[list[Pair], list[Pair]]:
    """The groups after deletions and merges; groups that now share a sentence become one."""
    groups: list[tuple[set[int], set[int], bool]] = []
    for known, source in ((True, case.sure), (False, case.amb)):
        for x, y in source:
            left, right = {new_a[i] for i in x if i in new_a}, {new_b[j] for j in y if j in new_b}
            for other in [g for g in groups if g[0] & left or g[1] & right]:
                groups.remove(other)
                left, right, known = left | other[0], right | other[1], known and other[2]
            groups.append((left, right, known))
    full = [(frozenset(x), frozenset(y), known) for x, y, known in groups if x and y]
    return [(x, y) for x, y, k in full if k], [(x, y) for x, y, k in full if not k]


# --- scoring ---------------------------------------------------------------------------------


@dataclass
class Tally:
    """Counts from which the figures follow; add one per document."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0
    link_right: int = 0
    link_predicted: int = 0
    link_found: int = 0
    link_gold: int = 0
    null_right: int = 0
    """Sentences alone, of both texts."""
    null_predicted: int = 0
    null_gold: int = 0
    multi_right: int = 0
    """Groups that are not 1:1."""
    multi_predicted: int = 0
    multi_found: int = 0
    multi_gold: int = 0

    def add(self, case: Case, groups: Iterable[Pair]) -> None:
        """Count one document."""
        groups = counted(case, groups)
        right = [rightly(case, p) for p in groups]
        found = [any(same(case, p, g) for p in groups) for g in case.sure]
        self.right += sum(right)
        self.predicted += len(groups)
        self.found += sum(found)
        self.gold += len(case.sure)
        sure, possible, unknown, told = (
            links(x) for x in (case.sure, case.possible, case.amb, groups)
        )
        told -= unknown
        self.link_right += len(told & (sure | possible))
        self.link_predicted += len(told)
        self.link_found += len(told & sure)
        self.link_gold += len(sure)
        everything = {("a", i) for i in range(len(case.a))} | {("b", j) for j in range(len(case.b))}
        grouped = sentences(case.sure)
        judged = everything - (sentences(case.amb + case.possible) - grouped)
        alone, said = judged - grouped, judged - sentences(groups)
        self.null_right += len(alone & said)
        self.null_predicted += len(said)
        self.null_gold += len(alone)
        self.multi_right += sum(ok for p, ok in zip(groups, right, strict=True) if several(p))
        self.multi_predicted += sum(map(several, groups))
        self.multi_found += sum(ok for g, ok in zip(case.sure, found, strict=True) if several(g))
        self.multi_gold += sum(map(several, case.sure))

    @property
    def strict(self) -> float:
        """F1 of whole groups."""
        return f1(self.right, self.predicted, self.found, self.gold)

    @property
    def link(self) -> float:
        """F1 of links between single sentences."""
        return f1(self.link_right, self.link_predicted, self.link_found, self.link_gold)

    @property
    def null(self) -> float:
        """F1 of sentences alone; 1 where there is none and none is said."""
        if not self.null_predicted and not self.null_gold:
            return 1.0
        return f1(self.null_right, self.null_predicted, self.null_right, self.null_gold)


def counted(case: Case, groups: Iterable[Pair]) -> list[Pair]:
    """The linked groups that do not lie inside one of unknown inner links."""
    return [
        (x, y) for x, y in groups if x and y and not any(x <= p and y <= q for p, q in case.amb)
    ]


def same(case: Case, p: Pair, g: Pair) -> bool:
    """Whether a predicted group is a gold one, give or take sentences of possible groups."""
    extra = {("a", i) for i in p[0] - g[0]} | {("b", j) for j in p[1] - g[1]}
    return g[0] <= p[0] and g[1] <= p[1] and extra <= sentences(case.possible)


def rightly(case: Case, p: Pair) -> bool:
    """Whether a predicted group is right."""
    return any(same(case, p, g) for g in case.sure) or p in case.possible


def several(group: Pair) -> bool:
    """Whether a group is not 1:1."""
    return len(group[0]) + len(group[1]) > 2


def sentences(groups: Iterable[Pair]) -> set[tuple[str, int]]:
    """Every sentence inside a group, with its side."""
    return {item for x, y in groups for item in [*(("a", i) for i in x), *(("b", j) for j in y)]}


def f1(right: int, predicted: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    p, r = right / predicted if predicted else 0.0, found / gold if gold else 1.0
    return 2 * p * r / (p + r) if p + r else 0.0


def links(groups: Iterable[Pair]) -> set[tuple[int, int]]:
    """Every pair of sentences inside a group."""
    return {(i, j) for x, y in groups for i in x for j in y}


COLUMN = {f.name: k for k, f in enumerate(fields(Tally))}
Figures = dict[str, np.ndarray]


def figures(counts: np.ndarray) -> Figures:
    """The figures of counts ``(…, columns of Tally)``: shares, ``(…)`` each.

    As ``Tally`` has them, for many draws at once. Where nothing was said, precision is 0 in F1 and
    not a number on its own.
    """
    value = {name: counts[..., k].astype(np.float64) for name, k in COLUMN.items()}
    told: Figures = {}
    for kind, prefix in (("strict", ""), ("link", "link_"), ("multi", "multi_")):
        predicted, gold = value[f"{prefix}predicted"], value[f"{prefix}gold"]
        p = value[f"{prefix}right"] / np.maximum(predicted, 1)
        r = np.where(gold > 0, value[f"{prefix}found"] / np.maximum(gold, 1), 1.0)
        told[f"{kind} P"] = np.where(predicted > 0, p, np.nan)
        told[f"{kind} R"] = r
        told[f"{kind} F1"] = 2 * p * r / np.maximum(p + r, 1e-12)
    said = value["null_predicted"] + value["null_gold"]
    told["null F1"] = np.where(said > 0, 2 * value["null_right"] / np.maximum(said, 1), 1.0)
    return told


def resample(sizes: Sequence[int], draws: int) -> list[np.ndarray]:
    """How often each document is drawn, ``(draws, size)`` for each set; the first draw is one each.

    The same in every run and for every method: differences of methods are of the same documents.
    """
    rng = np.random.default_rng(0)
    return [
        np.concatenate(
            [np.ones((1, size), dtype=np.int64), rng.multinomial(size, [1 / size] * size, draws)]
        )
        for size in sizes
    ]


def over_sets(counts: Sequence[np.ndarray], drawn: Sequence[np.ndarray]) -> Figures:
    """Means over sets, ``(draws + 1,)`` each: first the figure itself, then the bootstrap draws.

    Args:
        counts: for each set ``(documents, columns of Tally)``.
        drawn: as ``resample`` gives it.
    """
    each = [figures(times @ table) for table, times in zip(counts, drawn, strict=True)]
    enough = {
        kind: [k for k, t in enumerate(counts) if t[:, COLUMN[f"{kind}_gold"]].sum() >= ENOUGH]
        for kind in ("null", "multi")
    }
    means = {}
    for name in each[0]:
        of = enough.get(name.split()[0], range(len(each)))
        means[name] = (
            np.mean([each[k][name] for k in of], axis=0) if of else np.full(len(drawn[0]), np.nan)
        )
    return means


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """The figure itself and the bounds of its 95 % interval."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return float(values[0]), float(low), float(high)


def calibration(
    scores: np.ndarray, right: np.ndarray
) -> tuple[float, list[tuple[int, float, float]]]:
    """Expected calibration error, and for each bin its size, mean score and share of right ones."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins = []
    error = 0.0
    for k in range(BINS):
        inside = place == k
        count = int(inside.sum())
        said, was = (float(v[inside].mean()) if count else 0.0 for v in (scores, right))
        error += count / max(1, len(scores)) * abs(said - was)
        bins.append((count, said, was))
    return error, bins


# --- this project's aligner ------------------------------------------------------------------


def document(texts: Sequence[str], label: str) -> Document:
    """Sentences as a document, one after the other."""
    start, sentences = 0, []
    for k, text in enumerate(texts):
        sentences.append(Sentence(k, start, start + len(text), text))
        start += len(text) + 1
    return Document(Article("\n".join(texts), (), label), tuple(sentences))


def ours(
    a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray, model: Model
) -> tuple[list[Pair], list[float]]:
    """The groups of this project's aligner, with their scores."""
    found = [g for g in align(document(a, "a"), document(b, "b"), x, y, model=model) if g.linked]
    groups = [(frozenset(s.index for s in g.a), frozenset(s.index for s in g.b)) for g in found]
    return groups, [g.score or 0.0 for g in found]


def read_models(path: Path) -> dict[str, Model]:
    """The model of each held-out family or article pair; none where there is no file."""
    if not path.exists():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {key: model_from(entry) for key, entry in data.items() if key != "about"}


def model_for(name: str, models: Mapping[str, Model]) -> Model | None:
    """The model trained without a set or article pair."""
    return next((model for key, model in models.items() if key in name), None)


# --- running -----------------------------------------------------------------------------------


@dataclass
class Task:
    """A case with its vectors."""

    case: Case
    x: np.ndarray
    y: np.ndarray

    @property
    def inputs(self) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
        """What a method sees."""
        return self.case.a, self.case.b, self.x, self.y


@dataclass
class Outcome:
    """What the methods did with some sets of tasks."""

    counts: dict[str, list[np.ndarray]] = field(default_factory=dict)
    """By method, for each set ``(documents, columns of Tally)``."""
    seconds: dict[str, float] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    """Of this project's groups, with …"""
    right: list[bool] = field(default_factory=list)


def prepare(case: Case, encoder: Encoder) -> Task:
    """Encode a case."""
    vectors = encoder.encode(case.a + case.b)
    return Task(case, vectors[: len(case.a)], vectors[len(case.a) :])


def row(case: Case, groups: Iterable[Pair]) -> tuple[int, ...]:
    """The counts of one document."""
    tally = Tally()
    tally.add(case, groups)
    return astuple(tally)


def run(tasks: Mapping[str, Sequence[Task]], model: Callable[[str], Model]) -> Outcome:
    """Align every set of tasks by every method; ``model`` gives the weights for a case."""
    made = Outcome()
    start = time.perf_counter()
    found = {
        name: [ours(*task.inputs, model(task.case.name)) for task in some]
        for name, some in tasks.items()
    }
    made.seconds[OURS] = time.perf_counter() - start
    made.counts[OURS] = [
        np.array([row(t.case, g) for t, (g, _) in zip(some, found[name], strict=True)])
        for name, some in tasks.items()
    ]
    for name, some in tasks.items():
        for task, (groups, scores) in zip(some, found[name], strict=True):
            score_of = dict(zip(groups, scores, strict=True))
            for group in counted(task.case, groups):
                made.scores.append(score_of[group])
                made.right.append(rightly(task.case, group))
    for name, peer in PEERS.items():
        made.counts[name], made.settings[name] = tune(peer, tasks)
        start = time.perf_counter()
        for some in tasks.values():
            for task in some:
                peer.align(*task.inputs, [made.settings[name]])
        made.seconds[name] = time.perf_counter() - start
    return made


def tune(peer: Peer, tasks: Mapping[str, Sequence[Task]]) -> tuple[list[np.ndarray], Setting]:
    """The counts of a peer by its best setting on these very tasks, and that setting."""
    by_set = [
        np.array(
            [[row(task.case, g) for g in peer.align(*task.inputs, peer.settings)] for task in some]
        )
        for some in tasks.values()
    ]
    # (documents, settings, columns)
    strict = np.mean([figures(table.sum(axis=0))["strict F1"] for table in by_set], axis=0)
    best = int(strict.argmax())
    return [table[:, best] for table in by_set], peer.settings[best]


# --- printing --------------------------------------------------------------------------------


def share(value: float) -> str:
    """A share as ``.947``; a dash where there is none."""
    return "–" if np.isnan(value) else f"{value:.3f}".removeprefix("0")


def ranged(values: np.ndarray) -> str:
    """A figure with its 95 % interval."""
    value, low, high = interval(values)
    return share(value) if np.isnan(value) else f"{share(value)} [{share(low)}, {share(high)}]"


def signed(values: np.ndarray) -> str:
    """A difference with its 95 % interval."""
    value, low, high = interval(values)
    return "–" if np.isnan(value) else f"{value:+.3f} [{low:+.3f}, {high:+.3f}]"


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table, columns aligned."""
    lines = [list(header), *map(list, rows)]
    width = [max(len(line[k]) for line in lines) for k in range(len(header))]
    lines.insert(1, ["-" * w for w in width])
    for line in lines:
        cells = [
            line[0].ljust(width[0]),
            *(c.rjust(w) for c, w in zip(line[1:], width[1:], strict=True)),
        ]
        print(f"| {' | '.join(cells)} |")
    print()


def print_variant(variant: str, made: Outcome, sets: Sequence[str], apart: str) -> dict[str, str]:
    """The tables of a variant; its line of the summary by column."""
    sizes = [len(t) for t in made.counts[OURS]]
    drawn = resample(sizes, DRAWS)
    told = {name: over_sets(counts, drawn) for name, counts in made.counts.items()}
    rest = [k for k, name in enumerate(sets) if not fnmatch(name, apart)]
    partly = {
        name: over_sets([counts[k] for k in rest], [drawn[k] for k in rest]) if rest else told[name]
        for name, counts in made.counts.items()
    }
    best = max(PEERS, key=lambda name: told[name]["strict F1"][0])
    print(f"### {variant}\n")
    print_table(
        [
            "method",
            "strict P",
            "strict R",
            "strict F1",
            "link P",
            "link R",
            "link F1",
            "null F1",
            "not 1:1 P",
            "not 1:1 R",
            "seconds",
        ],
        (
            [
                name,
                *(share(f[c][0]) for c in ("strict P", "strict R")),
                ranged(f["strict F1"]),
                *(share(f[c][0]) for c in ("link P", "link R")),
                ranged(f["link F1"]),
                ranged(f["null F1"]),
                *(share(f[c][0]) for c in ("multi P", "multi R")),
                f"{made.seconds[name]:.2f}",
            ]
            for name, f in told.items()
        ),
    )
    print(f"Strict F1 by set, and the mean without {apart}:\n")
    print_table(
        ["method", *sets, f"without {apart}", "setting"],
        (
            [
                name,
                *(share(figures(counts.sum(axis=0))["strict F1"]) for counts in of),
                ranged(partly[name]["strict F1"]),
                " ".join(f"{v:g}" for v in made.settings.get(name, ())),
            ]
            for name, of in made.counts.items()
        ),
    )
    error, _ = calibration(np.array(made.scores), np.array(made.right, dtype=np.float64))
    line = {"variant": variant}
    for kind in ("strict F1", "link F1", "null F1"):
        line[kind] = ranged(told[OURS][kind])
        line[f"peer {kind}"] = share(told[best][kind][0])
        line[f"ahead {kind}"] = signed(told[OURS][kind] - told[best][kind])
    line["peer"] = best
    line["without"] = ranged(partly[OURS]["strict F1"])
    line["not 1:1 P"] = ranged(told[OURS]["multi P"])
    line["not 1:1 R"] = ranged(told[OURS]["multi R"])
    line["ECE"] = share(error)
    return line


def print_summary(lines: Sequence[Mapping[str, str]], apart: str) -> None:
    """Ours and the best peer of each variant."""
    print("### Beside the best peer of each variant (by strict F1)\n")
    print_table(
        ["variant", "measure", OURS, "best peer", "ahead by", "peer"],
        (
            [
                line["variant"],
                kind,
                line[kind],
                line[f"peer {kind}"],
                line[f"ahead {kind}"],
                line["peer"],
            ]
            for line in lines
            for kind in ("strict F1", "link F1", "null F1")
        ),
    )
    print_table(
        ["variant", f"strict F1 without {apart}", "not 1:1 P", "not 1:1 R", "ECE of score"],
        (
            [line["variant"], line["without"], line["not 1:1 P"], line["not 1:1 R"], line["ECE"]]
            for line in lines
        ),
    )


def print_calibration(made: Mapping[str, Outcome]) -> None:
    """For each bin of ``score`` what was said and what was right."""
    print("### Score: mean said / share right (groups)\n")
    bins = {
        variant: calibration(np.array(m.scores), np.array(m.right, dtype=np.float64))[1]
        for variant, m in made.items()
    }
    print_table(
        ["score", *bins],
        (
            [
                f"{k / BINS:.1f}–{(k + 1) / BINS:.1f}",
                *(
                    f"{share(said)} / {share(was)} ({count})" if count else "–"
                    for count, said, was in (b[k] for b in bins.values())
                ),
            ]
            for k in range(BINS)
        ),
    )


def print_articles(folder: Path, made: Outcome, names: Sequence[str]) -> None:
    """Article pairs, strict F1 / link F1 by method."""
    print(f"### {folder.name}: strict F1 / link F1\n")
    told = {
        name: [figures(table.sum(axis=0)) for table in counts]
        for name, counts in made.counts.items()
    }
    rows = [
        [pair, *(f"{share(f[k]['strict F1'])} / {share(f[k]['link F1'])}" for f in told.values())]
        for k, pair in enumerate(names)
    ]
    means = [
        " / ".join(share(np.mean([f[kind] for f in of])) for kind in ("strict F1", "link F1"))
        for of in told.values()
    ]
    print_table(["pair", *told], [*rows, ["mean", *means]])


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of *.jsonl")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="folder of articles")
    parser.add_argument("--variants", default=",".join(VARIANTS), help="separated by commas")
    parser.add_argument("--weights", type=Path, default=HELD_OUT, help="models by held-out family")
    parser.add_argument("--apart", default="*ylt*", help="sets that a second mean leaves out")
    options = parser.parse_args(argv)
    encoder: Encoder = CachedEncoder(OnnxEncoder())
    models = read_models(options.weights)
    sets = {path.stem: read_set(path) for path in sorted(options.data.glob("*.jsonl"))}
    articles = {folder: read_articles(folder) for folder in options.gold}
    told = [*sets, *(case.name for cases in articles.values() for case in cases)]
    own = [name for name in told if model_for(name, models) is None]
    print(
        "Weights held out by family" + (f", but the package's for: {', '.join(own)}" if own else "")
    )
    print("Each peer has the setting that is best for it on the very table it stands in\n")

    def model(name: str) -> Model:
        return model_for(name, models) or load_model()

    results = {}
    lines = []
    for variant in options.variants.split(",") if sets else ():
        tasks = defaultdict(list)
        for name, cases in sets.items():
            foreign = foreign_sentences(cases)
            for case in cases:
                changed = reorder(case, variant, foreign[case.name], seed=0)
                tasks[name].append(prepare(changed, encoder))
        results[variant] = run(tasks, model)
        lines.append(print_variant(variant, results[variant], list(sets), options.apart))
    if lines:
        print_summary(lines, options.apart)
        print_calibration(results)
    for folder, cases in articles.items():
        made = run({case.name: [prepare(case, encoder)] for case in cases}, model)
        print_articles(folder, made, [case.name for case in cases])


def foreign_sentences(cases: Sequence[Case]) -> dict[str, list[str]]:
    """For each case, B's sentences of the next one of its set."""
    return {case.name: cases[(k + 1) % len(cases)].b for k, case in enumerate(cases)}


if __name__ == "__main__":
    main()
