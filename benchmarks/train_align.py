"""Train the weights of the aligner.

    python benchmarks/train_align.py DATA --lines FILE --articles DIR [--articles DIR …] [--write]

DATA      folder of ``*.jsonl`` document pairs with gold groups, see ``align.py``
--lines   ``*.jsonl`` of lines in two translations, ``{set, a, b}``; runs of 18 are a document
--articles  folder of article pairs, ``DIR/*/gold.json``
--write   write ``compare/data/align_weights.json``; without it only the figures are printed

Recipe
1. Cases. Each document of DATA as it is and twice as ``news`` (see ``align.py``). News documents
   of DATA twice, and the documents of --lines once, *recombined*: on one side of each pair of
   sentences a clause is split off, sometimes set some sentences away, or dropped; sentences are
   merged, next to each other or not; a fifth of either side is deleted; paragraphs are moved. That
   makes groups of every shape and sentences alone among others on the same topic.
2. Loss. For each sentence the negative log-probability of its gold group among every candidate
   that holds it and standing alone (score 0): a multinomial logistic regression per sentence, so
   that scores of competing groups are comparable, which the packing needs. L2-penalised on
   standardised features.
3. Adaptation. Real article pairs are few and their groups differ from the sets' mostly in shape:
   the same loss on them, penalised by the distance from the weights of step 2, lightly for the
   few features of shape and heavily for the rest.
4. Calibration of what is chosen: logistic regression of being right on the margin, over documents
   whose family (article: itself) was held out.

Figures printed: strict F1 / link F1 with each family of sets held out (mean over the sets), and for
each article pair held out; expected calibration error on the ``news`` variant and the articles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from align import (
    Case,
    Pair,
    Tally,
    document,
    foreign_sentences,
    read_articles,
    read_set,
    reorder,
)
from scipy.optimize import minimize

from compare.align import Model, collect
from compare.align.packing import decode, margins
from compare.embed import CachedEncoder, Encoder, OnnxEncoder

SHAPE = ("uneven", "very_uneven", "several", "both_several", "more", "gaps")
PENALTY = 0.003
ADAPT = 0.3
ADAPT_SHAPE = 0.02
"""Share of the penalty that the features of shape pay in the adaptation."""
CONTINUATION = 1.5
TIME_LIMIT = 20.0
RUN = 18
"""Lines of --lines in a document."""
CLAUSE = re.compile(
    r"(?:, (?=(?:and|but|while|which|who|after|as|although|with|when|where|because|so)\b)"
    r"|; | – | — |: |,? (?=(?:after|because|while|although|whereas|before)\b))"
)


# --- cases -----------------------------------------------------------------------------------


def family(name: str) -> str:
    """Sets of one family share texts and are held out together."""
    for key in ("wmt21", "wmt22", "bible", "argrewrite"):
        if key in name:
            return key
    return "lines"


def read_lines(path: Path) -> list[Case]:
    """Runs of lines in two translations as documents."""
    by_set = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        by_set[d["set"]].append((d["a"], d["b"]))
    one_to_one = [(frozenset({k}), frozenset({k})) for k in range(RUN)]
    return [
        Case(
            f"{name}/{first}",
            [a for a, _ in rows[first : first + RUN]],
            [b for _, b in rows[first : first + RUN]],
            one_to_one,
            [],
            [],
        )
        for name, rows in by_set.items()
        for first in range(0, len(rows) - RUN, RUN)
    ]


def split_clause(text: str) -> tuple[str, str] | None:
    """Two sentences of one, cut at the clause boundary nearest its middle; None if none is fit."""
    cuts = [
        (abs(m.start() - len(text) / 2), m.start(), m.end())
        for m in CLAUSE.finditer(text)
        if len(text[: m.start()].split()) >= 5 and len(text[m.end() :].split()) >= 5
    ]
    if not cuts:
        return None
    _, start, end = min(cuts)
    rest = re.sub(r"^(and|but|while|so) ", "", text[end:])
    return text[:start].rstrip(" ,;:") + ".", rest[:1].upper() + rest[1:]


Item = tuple[str, frozenset[int]]
"""A new sentence and the numbers of those it was made of."""


def rework(texts: Sequence[str], may_cut: set[int], rng: random.Random) -> list[Item]:
    """Split, shorten, merge and delete sentences."""
    items: list[Item] = []
    later: list[tuple[int, Item]] = []
    for k, text in enumerate(texts):
        source = frozenset({k})
        chance = rng.random()
        parts = split_clause(text) if k in may_cut and chance < 0.6 else None
        if parts and chance < 0.35:
            items.append((parts[0], source))
            if rng.random() < 0.65:
                items.append((parts[1], source))
            else:
                later.append((len(items) + rng.randint(1, 6), (parts[1], source)))
        else:
            items.append((parts[rng.random() < 0.4] if parts else text, source))
    for place, item in later:
        items.insert(min(place, len(items)), item)
    merged: list[Item] = []
    used: set[int] = set()
    for k, (text, source) in enumerate(items):
        if k in used:
            continue
        if rng.random() < 0.12:
            other = k + (1 if rng.random() < 0.65 else rng.randint(2, 6))
            if other < len(items) and other not in used and not source & items[other][1]:
                second, more = items[other]
                if rng.random() < 0.7:
                    second = second[:1].lower() + second[1:]
                    text = text.rstrip(".") + rng.choice([", and", ";", ", while"])
                used.add(other)
                text, source = f"{text} {second}", source | more
        merged.append((text, source))
    return [item for item in merged if rng.random() >= 0.2] or merged[:1]


def recombine(case: Case, foreign: Sequence[str], seed: int) -> Case:
    """The case with sentences of both sides cut up, put together and moved."""
    rng = random.Random(f"{case.name} recombine {seed}")
    cut_a: set[int] = set()
    cut_b: set[int] = set()
    for x, y in case.sure + case.amb:
        # On one side only, so that no two pieces are linked that share nothing.
        cut_a, cut_b = (cut_a | x, cut_b) if rng.random() < 0.5 else (cut_a, cut_b | y)
    a, b = rework(case.a, cut_a, rng), rework(case.b, cut_b, rng)
    runs = []
    while b:
        size = rng.randint(1, 5)
        runs.append(b[:size])
        b = b[size:]
    if rng.random() < 0.5:
        rng.shuffle(runs)
    else:
        runs.insert(rng.randrange(len(runs)), runs.pop(rng.randrange(len(runs))))
    b = [item for run in runs for item in run]
    for _ in range(round(0.05 * len(b))):
        item = (foreign[rng.randrange(len(foreign))], frozenset[int]())
        b.insert(rng.randrange(len(b) + 1), item)
    sure, amb = joined(case, a, b)
    return Case(case.name, [t for t, _ in a], [t for t, _ in b], sure, amb, [])


def joined(case: Case, a: Sequence[Item], b: Sequence[Item]) -> tuple[list[Pair], list[Pair]]:
    """Gold groups of the new sentences: whatever is connected through the old groups."""
    old = [
        *((x, y, True) for x, y in case.sure),
        *((x, y, False) for x, y in case.amb),
    ]
    parts: list[tuple[set[int], set[int], set[int], bool]] = []
    for n, (_, _, known) in enumerate(old):
        parts.append(({n}, set(), set(), known))
    for side, items in enumerate((a, b)):
        for k, (_, source) in enumerate(items):
            touched = {n for n, group in enumerate(old) if group[side] & source}
            hit = [p for p in parts if p[0] & touched]
            if hit:
                parts = [p for p in parts if not p[0] & touched]
                new = (
                    set().union(*(p[0] for p in hit)),
                    set().union(*(p[1] for p in hit)),
                    set().union(*(p[2] for p in hit)),
                    all(p[3] for p in hit),
                )
                new[1 + side].add(k)
                parts.append(new)
    full = [(frozenset(p[1]), frozenset(p[2]), p[3]) for p in parts if p[1] and p[2]]
    return [(x, y) for x, y, k in full if k], [(x, y) for x, y, k in full if not k]


# --- instances: candidates with features and gold ---------------------------------------------


@dataclass
class Instance:
    """One case as the trainer sees it."""

    case: Case
    family: str
    variant: str
    group: str
    """Where its figures go: a set, or an article."""
    left: np.ndarray
    right: np.ndarray
    values: np.ndarray
    """``(c, f)``"""
    gold: np.ndarray
    """``(c,)`` 1 gold, 0 not, -1 neither right nor wrong."""

    @property
    def pairs(self) -> list[Pair]:
        """The candidates as sets."""
        return [
            (frozenset(x[x >= 0].tolist()), frozenset(y[y >= 0].tolist()))
            for x, y in zip(self.left, self.right, strict=True)
        ]


NAMES: list[str] = []
"""The features, in the order of the columns; filled by the first case."""


def instance(case: Case, encoder: Encoder, kind: tuple[str, str, str], keep: int = 10) -> Instance:
    """Candidates of a case, the better ones: ``keep`` times as many as there are sentences."""
    vectors = encoder.encode(case.a + case.b)
    found, table = collect(
        document(case.a, "a").sentences,
        document(case.b, "b").sentences,
        vectors[: len(case.a)],
        vectors[len(case.a) :],
    )
    if not NAMES:
        NAMES.extend(name for name in table if name != "constant")
    values = np.stack([table[name] for name in NAMES], axis=1).astype(np.float32)
    left, right = found.a.members[found.left], found.b.members[found.right]
    made = Instance(case, *kind, left, right, values, np.zeros(len(left), dtype=np.int8))
    sure, possible = set(case.sure), set(case.possible)
    loose_a = frozenset(i for x, _ in possible for i in x)
    loose_b = frozenset(j for _, y in possible for j in y)
    for c, (x, y) in enumerate(made.pairs):
        if (x, y) in sure:
            made.gold[c] = 1
        elif (
            (x, y) in possible
            or any(x <= p and y <= q for p, q in case.amb)
            or (
                possible
                and any(
                    p <= x and q <= y and x - p <= loose_a and y - q <= loose_b for p, q in sure
                )
            )
        ):
            made.gold[c] = -1
    rank = table["all.margin_low"] + table["meaning.margin_low"]
    best = np.argsort(-rank, kind="stable")[: keep * (len(case.a) + len(case.b))]
    rows = np.union1d(best, np.nonzero(made.gold == 1)[0])
    made.left, made.right = left[rows], right[rows]
    made.values, made.gold = values[rows], made.gold[rows]
    return made


# --- the loss --------------------------------------------------------------------------------


@dataclass
class Weights:
    """Log-odds = values @ slope + constant."""

    slope: np.ndarray
    constant: float

    def scores(self, made: Instance) -> np.ndarray:
        """``(c,)`` log-odds of the candidates."""
        return made.values @ self.slope + self.constant


def fit(data: Sequence[Instance], start: Weights | None = None) -> Weights:
    """Minimise the loss; from ``start``, and near it, where given."""
    values = np.concatenate([d.values for d in data]).astype(np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = (values - mean) / spread
    sentence, candidate, target, counted, ignored = flatten(data)
    weight = counted / counted.sum()
    chosen = target >= 0
    centre = np.zeros(len(NAMES)) if start is None else start.slope * spread
    first = np.append(centre, 0.0 if start is None else start.constant + start.slope @ mean)
    if start is None:
        penalty = np.full(len(NAMES), PENALTY)
    else:
        penalty = np.where(np.isin(NAMES, SHAPE), ADAPT * ADAPT_SHAPE, ADAPT)
    usable = ~ignored[candidate]
    sentence, candidate = sentence[usable], candidate[usable]

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        score = np.clip(scaled @ v[:-1] + v[-1], -40, 40)
        power = np.exp(score[candidate])
        total = 1 + np.bincount(sentence, power, len(target))  # 1: standing alone
        value = weight @ (np.log(total) - np.where(chosen, score[np.where(chosen, target, 0)], 0))
        slope = np.bincount(candidate, power / total[sentence] * weight[sentence], len(score))
        slope -= np.bincount(target[chosen], weight[chosen], len(score))
        off = v[:-1] - centre
        return (
            float(value + penalty @ off**2 / 2),
            np.append(scaled.T @ slope + penalty * off, slope.sum()),
        )

    best = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    slope = best[:-1] / spread
    return Weights(slope, float(best[-1] - slope @ mean))


def flatten(
    data: Sequence[Instance],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Memberships (sentence, candidate); per sentence its gold candidate (-1 alone) and weight."""
    sentences, candidates, targets, weights = [], [], [], []
    sentence_base = candidate_base = 0
    for d in data:
        n, m = len(d.case.a), len(d.case.b)
        target, weight = np.full(n + m, -1), np.ones(n + m)
        grouped = [(set(x), {n + j for j in y}) for x, y in d.case.sure]
        inside = {k for x, y in grouped for k in x | y}
        for x, y in d.case.amb + d.case.possible:
            weight[[k for k in [*x, *(n + j for j in y)] if k not in inside]] = 0
        weight[list(inside)] = 0  # until its gold candidate is found among the candidates
        for c in np.nonzero(d.gold == 1)[0]:
            rows = np.concatenate([d.left[c][d.left[c] >= 0], n + d.right[c][d.right[c] >= 0]])
            target[rows] = c + candidate_base
            weight[rows] = 1
        for members, offset in ((d.left, 0), (d.right, n)):
            row, column = np.nonzero(members >= 0)
            sentences.append(members[row, column] + offset + sentence_base)
            candidates.append(row + candidate_base)
        targets.append(target)
        weights.append(weight)
        sentence_base += n + m
        candidate_base += len(d.left)
    return (
        np.concatenate(sentences),
        np.concatenate(candidates),
        np.concatenate(targets),
        np.concatenate(weights),
        np.concatenate([d.gold == -1 for d in data]),
    )


# --- figures ---------------------------------------------------------------------------------


def predict(
    data: Iterable[Instance], weights: Weights, tallies: dict[tuple[str, str], Tally]
) -> list[tuple[str, float, bool]]:
    """Decode and count; the variant, margin and rightness of each group chosen."""
    told = []
    for d in data:
        scores = weights.scores(d)
        size = (len(d.case.a), len(d.case.b))
        chosen = decode(d.left, d.right, scores, size, CONTINUATION, TIME_LIMIT)
        pairs = d.pairs
        tallies[d.variant, d.group].add(d.case, [pairs[c] for c in chosen])
        margin = margins(d.left, d.right, scores, chosen, size)
        told += [
            (d.variant, float(x), bool(d.gold[c] == 1))
            for c, x in zip(chosen, margin, strict=True)
            if d.gold[c] >= 0
        ]
    return told


def calibrate(told: Sequence[tuple[str, float, bool]]) -> tuple[float, float]:
    """Slope and offset of the logistic curve from margin to probability."""
    x = np.array([t[1] for t in told])
    y = np.array([t[2] for t in told], dtype=np.float64)

    def loss(v: np.ndarray) -> float:
        z = v[0] * x + v[1]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    slope, offset = minimize(loss, [1.0, 0.0]).x
    return float(slope), float(offset)


def calibration_error(
    told: Sequence[tuple[str, float, bool]], slope: float, offset: float
) -> float:
    """Expected calibration error over ten bins of equal width."""
    p = 1 / (1 + np.exp(-(slope * np.array([t[1] for t in told]) + offset)))
    y = np.array([t[2] for t in told], dtype=np.float64)
    bins = np.minimum((p * 10).astype(int), 9)
    return float(
        sum(abs(p[bins == k].sum() - y[bins == k].sum()) for k in range(10)) / max(1, len(p))
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Train, print the held-out figures, and write the weights if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--articles", type=Path, action="append", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(argv)
    encoder = CachedEncoder(OnnxEncoder())
    training: list[Instance] = []
    testing: list[Instance] = []
    for path in sorted(options.data.glob("*.jsonl")):
        cases = read_set(path)
        foreign = foreign_sentences(cases)
        kind = family(path.stem)
        for case in cases:
            for variant, seed in (("mono", 0), ("news", 1), ("news", 2)):
                changed = reorder(case, variant, foreign[case.name], seed)
                training.append(instance(changed, encoder, (kind, variant, path.stem)))
            for seed in (0, 1) if "news" in path.stem else ():
                changed = recombine(case, foreign[case.name], seed)
                training.append(instance(changed, encoder, (kind, "recombined", path.stem)))
            for variant in ("mono", "move1", "shuf", "news"):
                changed = reorder(case, variant, foreign[case.name], 0)
                testing.append(instance(changed, encoder, (kind, variant, path.stem)))
    lines = read_lines(options.lines)
    foreign = foreign_sentences(lines)
    for case in lines:
        changed = recombine(case, foreign[case.name], 0)
        training.append(instance(changed, encoder, ("lines", "recombined", "lines")))
    articles = [
        instance(case, encoder, ("articles", folder.name, case.name), keep=1_000)
        for folder in options.articles
        for case in read_articles(folder)
    ]
    print(f"{len(training)} documents, {len(articles)} article pairs, {len(NAMES)} features")

    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    told = []
    for held in sorted({d.family for d in testing}):
        base = fit([d for d in training if d.family != held])
        told += predict((d for d in testing if d.family == held), fit(articles, base), tallies)
    base = fit(training)
    for article in articles:
        rest = [d for d in articles if d is not article]
        told += predict([article], fit(rest, base), tallies)
    report(tallies)
    final = fit(articles, base)
    of_articles = {d.variant for d in articles}
    like_news = [t for t in told if t[0] == "news" or t[0] in of_articles]
    slope, offset = calibrate(like_news)
    for variant in ("mono", "shuf", "news", *sorted(of_articles)):
        some = [t for t in told if t[0] == variant]
        print(f"calibration error, {variant}: {calibration_error(some, slope, offset):.3f}")
    if options.write:
        write(Model(dict(zip(NAMES, final.slope, strict=True)), CONTINUATION, slope, offset), final)


def report(tallies: dict[tuple[str, str], Tally]) -> None:
    """Strict and link F1 per set or article, and the means."""
    for variant in dict.fromkeys(v for v, _ in tallies):
        of = {group: t for (v, group), t in tallies.items() if v == variant}
        print(
            f"\n{variant}: strict {np.mean([t.strict for t in of.values()]):.3f} "
            f"link {np.mean([t.link for t in of.values()]):.3f}"
        )
        for group, t in of.items():
            print(f"  {group:34} {t.strict:.3f} {t.link:.3f}")


def write(model: Model, final: Weights) -> None:
    """Write the package's weights, rounded."""
    path = Path(__file__).parents[1] / "compare" / "data" / "align_weights.json"
    data = {
        "about": "Log-odds per feature of a candidate group; made by benchmarks/train_align.py",
        "weights": {
            "constant": round(final.constant, 4),
            **{name: round(float(value), 4) for name, value in model.weights.items()},
        },
        "continuation": model.continuation,
        "slope": round(model.slope, 4),
        "offset": round(model.offset, 4),
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
