"""How well texts are aligned: python benchmarks/align.py DATA [--gold DIR …] [--variants …]

DATA is a folder of ``*.jsonl``, a pair of documents a line: ``{id, a: [sentence], b: [sentence],
gold: [[[a ids], [b ids]] …], amb: [[[…], […]] …]}``. A group of ``amb`` has unknown inner links and
is neither right nor wrong; sentences in neither are alone. The pairs are put out of order on
purpose, the same way in every run:

mono   as it is
move1  one paragraph of B moved, 20 % of B deleted
shuf   B's paragraphs shuffled, 20 % of B deleted
news   as shuf, 20 % of A deleted, 10 % of the adjacent pairs of B merged into one sentence,
       10 % foreign sentences (of another document of the set) added to B
scatter  every sentence of B shuffled on its own

The sets have no paragraphs: runs of two to five sentences, never cut inside a gold group, stand in
for them. ``--gold DIR`` takes folders of article pairs, each ``DIR/*/gold.json`` with units as
sentences.

Printed per method: strict F1 (a group counts when both sets are exactly right) and link F1, each
the mean over the sets of the figure over all documents of a set; for articles, per pair. Every
method sees the same vectors. The weights are those of the package, so DATA should not be what they
were trained on: ``train_align.py`` prints the figures with each family of sets held out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from compare.align import align
from compare.embed import CachedEncoder, Encoder, OnnxEncoder
from compare.records import Article, Document, Sentence

VARIANTS = ("mono", "move1", "shuf", "news", "scatter")
Ids = frozenset[int]
Pair = tuple[Ids, Ids]


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

    def add(self, case: Case, groups: Iterable[Pair]) -> None:
        """Count one document."""
        groups = [
            (x, y) for x, y in groups if x and y and not any(x <= p and y <= q for p, q in case.amb)
        ]
        loose = frozenset(("a", i) for x, _ in case.possible for i in x) | frozenset(
            ("b", j) for _, y in case.possible for j in y
        )

        def same(p: Pair, g: Pair) -> bool:
            extra = {("a", i) for i in p[0] - g[0]} | {("b", j) for j in p[1] - g[1]}
            return g[0] <= p[0] and g[1] <= p[1] and extra <= loose

        self.right += sum(any(same(p, g) for g in case.sure) or p in case.possible for p in groups)
        self.predicted += len(groups)
        self.found += sum(any(same(p, g) for p in groups) for g in case.sure)
        self.gold += len(case.sure)
        sure, possible, unknown, told = (
            links(x) for x in (case.sure, case.possible, case.amb, groups)
        )
        told -= unknown
        self.link_right += len(told & (sure | possible))
        self.link_predicted += len(told)
        self.link_found += len(told & sure)
        self.link_gold += len(sure)

    @property
    def strict(self) -> float:
        """F1 of whole groups."""
        return f1(self.right, self.predicted, self.found, self.gold)

    @property
    def link(self) -> float:
        """F1 of links between single sentences."""
        return f1(self.link_right, self.link_predicted, self.link_found, self.link_gold)


def f1(right: int, predicted: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    p, r = right / predicted if predicted else 0.0, found / gold if gold else 1.0
    return 2 * p * r / (p + r) if p + r else 0.0


def links(groups: Iterable[Pair]) -> set[tuple[int, int]]:
    """Every pair of sentences inside a group."""
    return {(i, j) for x, y in groups for i in x for j in y}


# --- methods ---------------------------------------------------------------------------------


Method = Callable[[Sequence[str], Sequence[str], np.ndarray, np.ndarray], list[Pair]]


def document(texts: Sequence[str], label: str) -> Document:
    """Sentences as a document, one after the other."""
    start, sentences = 0, []
    for k, text in enumerate(texts):
        sentences.append(Sentence(k, start, start + len(text), text))
        start += len(text) + 1
    return Document(Article("\n".join(texts), (), label), tuple(sentences))


def ours(a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray) -> list[Pair]:
    """The aligner of this project."""
    return [
        (frozenset(s.index for s in g.a), frozenset(s.index for s in g.b))
        for g in align(document(a, "a"), document(b, "b"), x, y)
        if g.linked
    ]


THRESHOLD = 0.5
"""Least cosine of a link of the two baselines; near the best for both on the sets."""


def mutual(a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray) -> list[Pair]:
    """Mutual nearest neighbours by cosine, above a threshold."""
    cosine = x @ y.T
    best = cosine.argmax(axis=1)
    return [
        (frozenset({i}), frozenset({int(j)}))
        for i, j in enumerate(best)
        if cosine[:, j].argmax() == i and cosine[i, j] >= THRESHOLD
    ]


def hungarian(a: Sequence[str], b: Sequence[str], x: np.ndarray, y: np.ndarray) -> list[Pair]:
    """The one-to-one assignment with the greatest total cosine, above a threshold."""
    from scipy.optimize import linear_sum_assignment

    cosine = x @ y.T
    return [
        (frozenset({int(i)}), frozenset({int(j)}))
        for i, j in zip(*linear_sum_assignment(-cosine), strict=True)
        if cosine[i, j] >= THRESHOLD
    ]


METHODS: dict[str, Method] = {
    "variant-compare": ours,
    "mutual nearest neighbour": mutual,
    "Hungarian": hungarian,
}


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of *.jsonl")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="folder of articles")
    parser.add_argument("--variants", default=",".join(VARIANTS[:4]))
    options = parser.parse_args(argv)
    encoder: Encoder = CachedEncoder(OnnxEncoder())
    sets = {path.stem: read_set(path) for path in sorted(options.data.glob("*.jsonl"))}
    for variant in options.variants.split(","):
        tallies = {(m, s): Tally() for m in METHODS for s in sets}
        seconds = dict.fromkeys(METHODS, 0.0)
        for name, cases in sets.items():
            foreign = foreign_sentences(cases)
            for case in cases:
                changed = reorder(case, variant, foreign[case.name], seed=0)
                run(changed, encoder, {m: tallies[m, name] for m in METHODS}, seconds)
        print(f"\n{variant:26} strict  link   seconds   strict by set: {', '.join(sets)}")
        for method in METHODS:
            of = [tallies[method, s] for s in sets]
            print(
                f"{method:26} {np.mean([t.strict for t in of]):.3f}  "
                f"{np.mean([t.link for t in of]):.3f}  {seconds[method]:6.1f}     "
                + " ".join(f"{t.strict:.3f}" for t in of)
            )
    for folder in options.gold:
        print(
            f"\n{folder.name:26} " + "   ".join(f"{m:>24}" for m in METHODS) + "  (strict / link)"
        )
        rows = []
        for case in read_articles(folder):
            single = {m: Tally() for m in METHODS}
            run(case, encoder, single, dict.fromkeys(METHODS, 0.0))
            rows.append([(t.strict, t.link) for t in single.values()])
            print_row(case.name, rows[-1])
        print_row("mean", [tuple(x) for x in np.mean(rows, axis=0)])


def foreign_sentences(cases: Sequence[Case]) -> dict[str, list[str]]:
    """For each case, B's sentences of the next one of its set."""
    return {case.name: cases[(k + 1) % len(cases)].b for k, case in enumerate(cases)}


def run(case: Case, encoder: Encoder, tallies: dict[str, Tally], seconds: dict[str, float]) -> None:
    """Align one case by every method, and count."""
    vectors = encoder.encode(case.a + case.b)
    x, y = vectors[: len(case.a)], vectors[len(case.a) :]
    for name, tally in tallies.items():
        start = time.perf_counter()
        groups = METHODS[name](case.a, case.b, x, y)
        seconds[name] += time.perf_counter() - start
        tally.add(case, groups)


def print_row(name: str, values: Sequence[tuple[float, float]]) -> None:
    """One article pair."""
    print(f"{name:26} " + "   ".join(f"{f'{s:.3f} / {k:.3f}':>24}" for s, k in values))


if __name__ == "__main__":
    main()
