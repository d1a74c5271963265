"""Train the weights of the aligner.

    python benchmarks/train_align.py DATA --lines FILE --articles DIR [--articles DIR …] [--write]

DATA      folder of ``*.jsonl`` document pairs with gold groups, see ``align.py``
--lines   ``*.jsonl`` of lines in two translations, ``{set, a, b}``; runs of 18 are a document
--articles  folder of article pairs, ``DIR/*/gold.json``
--write   write ``compare/data/align_weights.json`` and, for ``align.py``, the weights with each
          family held out, ``align_held_out.json``; without it only the figures are printed

Recipe
1. Cases. Each document of DATA as it is, scattered, and twice as ``news`` (see ``align.py``). News
   documents of DATA twice, and the documents of --lines once, *recombined*: on one side of each
   pair of sentences a clause is split off, sometimes set some sentences away, or dropped;
   sentences are merged, next to each other or not; a fifth of either side is deleted; paragraphs
   are moved. That makes groups of every shape and sentences alone among others on the same topic.
   The first sentences of one document with those of another, where nothing belongs together. The
   article pairs as they are.
2. Loss. For each sentence the negative log-probability of its gold group among every candidate
   that holds it and standing alone (score 0): a multinomial logistic regression per sentence, so
   that scores of competing groups are comparable, which the packing needs.
3. Screen. A linear model by that loss over all candidates, L2-penalised.
4. Judge. What passes the screen, by the same loss: a linear sum and a layer of tanh units, the
   mean of three such networks from different seeds. Adam, weight decay, whole features dropped at
   random, full batches; article pairs weigh a fixed share of the loss.
5. Calibration of what is chosen: logistic regression of being right on the margin, over documents
   whose family (article pair: fold) was held out.

Figures printed: strict F1 / link F1 with each family of sets held out (mean over the sets), and for
the article pairs in four folds; expected calibration error on the ``news`` variant and the
articles. Families share texts: lines of a year's translation task are held out with its documents.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from align import (
    VARIANTS,
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

from compare.align.examine import Texts, examine
from compare.align.model import FAR_OUT, Model, model_from
from compare.align.packing import decode, margins
from compare.embed import CachedEncoder, Encoder, OnnxEncoder

PENALTY = 0.003
"""Of the screen."""
UNITS = 16
NETWORKS = 3
STEPS = 500
RATE = 0.02
DECAY = 1e-4
DROPPED = 0.1
"""Share of the features left out at each step."""
ARTICLES = 0.3
"""Share of the loss that the article pairs have."""
STRANGERS = 0.2
"""What a sentence counts where nothing belongs together: real reports have such, but not many."""
CONTINUATION = 0.7
TIME_LIMIT = 20.0
FOLDS = 4
RUN = 18
"""Lines of --lines in a document."""
CLAUSE = re.compile(
    r"(?:, (?=(?:and|but|while|which|who|after|as|although|with|when|where|because|so)\b)"
    r"|; | – | — |: |,? (?=(?:after|because|while|although|whereas|before)\b))"
)


# --- cases -----------------------------------------------------------------------------------


def family(name: str) -> str:
    """Sets of one family share texts and are held out together."""
    keys = {"newstest2021": "wmt21", "generaltest2022": "wmt22"}
    keys |= {key: key for key in ("wmt21", "wmt22", "bible", "argrewrite")}
    return next(family for key, family in keys.items() if key in name)


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


def strangers(case: Case, foreign: Sequence[str]) -> Case:
    """The first sentences of a case and of another document: no groups."""
    rng = random.Random(f"{case.name} strangers")
    a, b = case.a[: rng.randint(1, 15)], list(foreign[: rng.randint(1, 15)])
    return Case(case.name, a, b, [], [], [])


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
class Document:
    """A case and where its figures go."""

    case: Case
    family: str
    variant: str
    group: str
    """A set, or an article pair."""


@dataclass
class Instance:
    """A document's candidates as the trainer sees them."""

    case: Case
    family: str
    left: np.ndarray
    right: np.ndarray
    values: np.ndarray
    """``(c, f)``"""
    gold: np.ndarray
    """``(c,)`` 1 gold, 0 not, -1 neither right nor wrong."""
    names: tuple[str, ...]
    worth: float
    """How much a sentence of it counts in the loss."""

    @property
    def pairs(self) -> list[Pair]:
        """The candidates as sets."""
        return [
            (frozenset(x[x >= 0].tolist()), frozenset(y[y >= 0].tolist()))
            for x, y in zip(self.left, self.right, strict=True)
        ]


def instance(
    d: Document, left: np.ndarray, right: np.ndarray, table: Mapping[str, np.ndarray]
) -> Instance:
    """Candidates with what is known of them."""
    case, names = d.case, tuple(name for name in table if name != "constant")
    values = np.stack([table[name] for name in names], axis=1).astype(np.float32)
    gold = np.zeros(len(left), dtype=np.int8)
    worth = STRANGERS if d.variant == "strangers" else 1.0
    made = Instance(case, d.family, left, right, values, gold, names, worth)
    sure, possible = set(case.sure), set(case.possible)
    loose_a = frozenset(i for x, _ in possible for i in x)
    loose_b = frozenset(j for _, y in possible for j in y)
    for c, (x, y) in enumerate(made.pairs):
        if (x, y) in sure:
            gold[c] = 1
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
            gold[c] = -1
    return made


def texts_of(case: Case, encoder: Encoder) -> Texts:
    """The evidence of a case."""
    vectors = encoder.encode(case.a + case.b)
    a, b = document(case.a, "a").sentences, document(case.b, "b").sentences
    return Texts(a, b, vectors[: len(a)], vectors[len(a) :])


def at_first(d: Document, encoder: Encoder, keep: int = 10) -> Instance:
    """All candidates; only the better ones of many: ``keep`` for each sentence."""
    texts = texts_of(d.case, encoder)
    found = texts.candidates()
    table = texts.features(found)
    left, right = found.a.members[found.left], found.b.members[found.right]
    made = instance(d, left, right, table)
    rank = table["all.margin_low"] + table["meaning.margin_low"]
    best = np.argsort(-rank, kind="stable")[: keep * (len(d.case.a) + len(d.case.b))]
    rows = np.union1d(best, np.nonzero(made.gold == 1)[0])
    made.left, made.right = left[rows], right[rows]
    made.values, made.gold = made.values[rows], made.gold[rows]
    return made


def at_second(d: Document, encoder: Encoder, screen: Mapping[str, float]) -> Instance:
    """The candidates that pass the screen."""
    return instance(d, *examine(texts_of(d.case, encoder), screen))


# --- the loss --------------------------------------------------------------------------------


def fit_screen(data: Sequence[Instance]) -> dict[str, float]:
    """Weights of the first look."""
    values = np.concatenate([d.values for d in data]).astype(np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = (values - mean) / spread
    sentence, candidate, target, weight = flatten(data)
    weight /= weight.sum()
    chosen = target >= 0

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        score = np.clip(scaled @ v[:-1] + v[-1], -40, 40)
        power = np.exp(score[candidate])
        total = 1 + np.bincount(sentence, power, len(target))  # 1: standing alone
        value = weight @ (np.log(total) - np.where(chosen, score[np.where(chosen, target, 0)], 0))
        slope = np.bincount(candidate, power / total[sentence] * weight[sentence], len(score))
        slope -= np.bincount(target[chosen], weight[chosen], len(score))
        return (
            float(value + PENALTY * v[:-1] @ v[:-1] / 2),
            np.append(scaled.T @ slope + PENALTY * v[:-1], slope.sum()),
        )

    start = np.zeros(len(mean) + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    slope = best[:-1] / spread
    constant = round(float(best[-1] - slope @ mean), 4)
    named = zip(data[0].names, slope, strict=True)
    return {"constant": constant, **{name: round(float(value), 4) for name, value in named}}


def fit_judge(data: Sequence[Instance]) -> dict[str, Any]:
    """The networks of the second look, side by side as one: their part of a model's JSON."""
    import torch

    torch.set_num_threads(1)  # the sums in one order: the same weights every time
    values = np.concatenate([d.values for d in data])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    table = torch.tensor((values - mean) / spread).clamp(-FAR_OUT, FAR_OUT)
    sentence, candidate, target, weight = flatten(data)
    article = np.repeat(
        [d.family == "articles" for d in data], [len(d.case.a) + len(d.case.b) for d in data]
    )
    if article.any():
        weight[article] *= ARTICLES / weight[article].sum()
        weight[~article] *= (1 - ARTICLES) / weight[~article].sum()
    of = torch.tensor(sentence)
    members, targets = torch.tensor(candidate), torch.tensor(target)
    share = torch.tensor(weight / weight.sum(), dtype=torch.float32)
    grouped, some = targets >= 0, targets.clamp(min=0)
    features = values.shape[1]
    linear, hidden, output = [], [], []
    for seed in range(NETWORKS):
        torch.manual_seed(seed)
        straight, bent = torch.nn.Linear(features, 1), torch.nn.Linear(features, UNITS)
        last = torch.nn.Linear(UNITS, 1, bias=False)
        torch.nn.init.zeros_(straight.weight)
        torch.nn.init.normal_(last.weight, std=0.1)
        parameters = [p for part in (straight, bent, last) for p in part.parameters()]
        optimiser = torch.optim.Adam(parameters)
        plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=STEPS)
        for _ in range(STEPS):
            seen = table * (torch.rand(1, features) >= DROPPED)
            score = (straight(seen) + last(torch.tanh(bent(seen)))).squeeze(1).clamp(-40, 40)
            total = torch.ones(len(targets)).index_add(0, of, score.exp()[members])
            loss = (share * (total.log() - torch.where(grouped, score[some], 0.0))).sum()
            loss = loss + DECAY * sum((p.weight**2).sum() for p in (straight, bent, last))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            plan.step()
        linear.append(torch.cat([straight.weight[0], straight.bias]).detach().numpy())
        hidden.append(torch.cat([bent.weight, bent.bias[:, None]], dim=1).detach().numpy())
        output.append(last.weight[0].detach().numpy() / NETWORKS)
    return {
        "names": list(data[0].names),
        "mean": rounded(mean),
        "spread": rounded(spread),
        "linear": rounded(np.mean(linear, axis=0)),
        "hidden": [rounded(row) for row in np.concatenate(hidden)],
        "output": rounded(np.concatenate(output)),
    }


def rounded(values: np.ndarray) -> list[float]:
    """Four figures each."""
    return [float(f"{value:.4g}") for value in values]


def flatten(data: Sequence[Instance]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Memberships (sentence, candidate); per sentence its gold candidate (-1 alone) and weight."""
    sentences, candidates, targets, weights = [], [], [], []
    sentence_base = candidate_base = 0
    for d in data:
        n, m = len(d.case.a), len(d.case.b)
        target, weight = np.full(n + m, -1), np.full(n + m, d.worth)
        grouped = [(set(x), {n + j for j in y}) for x, y in d.case.sure]
        inside = {k for x, y in grouped for k in x | y}
        for x, y in d.case.amb + d.case.possible:
            weight[[k for k in [*x, *(n + j for j in y)] if k not in inside]] = 0
        weight[list(inside)] = 0  # until its gold candidate is found among the candidates
        for c in np.nonzero(d.gold == 1)[0]:
            rows = np.concatenate([d.left[c][d.left[c] >= 0], n + d.right[c][d.right[c] >= 0]])
            target[rows] = c + candidate_base
            weight[rows] = d.worth
        usable = np.nonzero(d.gold >= 0)[0]
        for members, offset in ((d.left[usable], 0), (d.right[usable], n)):
            row, column = np.nonzero(members >= 0)
            sentences.append(members[row, column] + offset + sentence_base)
            candidates.append(usable[row] + candidate_base)
        targets.append(target)
        weights.append(weight)
        sentence_base += n + m
        candidate_base += len(d.left)
    return (
        np.concatenate(sentences),
        np.concatenate(candidates),
        np.concatenate(targets),
        np.concatenate(weights),
    )


def train(
    first: Sequence[tuple[Document, Instance]], encoder: Encoder, held: str
) -> tuple[dict[str, Any], list[Instance]]:
    """Screen and judge without a family; and the instances that the judge was trained on."""
    rest = [(d, made) for d, made in first if d.family != held]
    screen = fit_screen([made for _, made in rest])
    second = [at_second(d, encoder, screen) for d, _ in rest]
    return {"screen": screen, **fit_judge(second)}, second


# --- figures ---------------------------------------------------------------------------------


def predict(
    data: Iterable[tuple[Document, Instance]],
    model: Model,
    tallies: dict[tuple[str, str], Tally],
) -> list[tuple[str, float, bool]]:
    """Decode and count; the variant, margin and rightness of each group chosen."""
    told = []
    for d, made in data:
        scores = model.judge(dict(zip(made.names, made.values.T, strict=True)))
        size = (len(d.case.a), len(d.case.b))
        chosen, _ = decode(made.left, made.right, scores, size, CONTINUATION, TIME_LIMIT)
        pairs = made.pairs
        tallies[d.variant, d.group].add(d.case, [pairs[c] for c in chosen])
        margin = margins(made.left, made.right, scores, chosen, size)
        told += [
            (d.variant, float(x), bool(made.gold[c] == 1))
            for c, x in zip(chosen, margin, strict=True)
            if made.gold[c] >= 0
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
    training, testing, articles = documents(options)
    print(f"{len(training)} documents, {len(articles)} article pairs")
    first = [(d, at_first(d, encoder)) for d in training]
    first += [(d, at_first(d, encoder, keep=1_000)) for d in articles]

    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    told, held_out = [], {}
    for held in sorted({d.family for d in testing}):
        data, _ = train(first, encoder, held)
        held_out[held] = data
        model = model_from({**data, **UNSET})
        tested = [d for d in testing if d.family == held]
        told += predict(
            ((d, at_second(d, encoder, data["screen"])) for d in tested), model, tallies
        )
    final, second = train(first, encoder, "")
    on_sets, on_articles = second[: len(training)], second[len(training) :]
    for fold in range(FOLDS):
        rest = [made for k, made in enumerate(on_articles) if k % FOLDS != fold]
        model = model_from({"screen": final["screen"], **fit_judge(on_sets + rest), **UNSET})
        some = [*zip(articles, on_articles, strict=True)][fold::FOLDS]
        told += predict(some, model, tallies)
    report(tallies)
    of_articles = {d.variant for d in articles}
    like_news = [t for t in told if t[0] == "news" or t[0] in of_articles]
    slope, offset = calibrate(like_news)
    for variant in (*VARIANTS, *sorted(of_articles)):
        some = [t for t in told if t[0] == variant]
        print(f"calibration error, {variant}: {calibration_error(some, slope, offset):.3f}")
    if options.write:
        rest = {
            "continuation": CONTINUATION,
            "slope": round(slope, 4),
            "offset": round(offset, 4),
        }
        here = Path(__file__).parent
        write(here.parent / "compare" / "data" / "align_weights.json", {**final, **rest})
        write(
            here / "align_held_out.json",
            {key: {**data, **rest} for key, data in held_out.items()},
        )


UNSET = {"continuation": CONTINUATION, "slope": 1.0, "offset": 0.0}
"""The rest of a model, while it is not known."""


def documents(
    options: argparse.Namespace,
) -> tuple[list[Document], list[Document], list[Document]]:
    """For training, for testing, and the article pairs."""
    training, testing = [], []
    for path in sorted(options.data.glob("*.jsonl")):
        cases, kind = read_set(path), family(path.stem)
        foreign = foreign_sentences(cases)
        for case in cases:
            for variant, seed in (("mono", 0), ("news", 1), ("news", 2), ("scatter", 1)):
                changed = reorder(case, variant, foreign[case.name], seed)
                training.append(Document(changed, kind, variant, path.stem))
            for seed in (0, 1) if "news" in path.stem else ():
                changed = recombine(case, foreign[case.name], seed)
                training.append(Document(changed, kind, "recombined", path.stem))
            changed = strangers(case, foreign[case.name])
            training.append(Document(changed, kind, "strangers", path.stem))
            for variant in VARIANTS:
                changed = reorder(case, variant, foreign[case.name], 0)
                testing.append(Document(changed, kind, variant, path.stem))
    lines = read_lines(options.lines)
    foreign = foreign_sentences(lines)
    for case in lines:
        changed = recombine(case, foreign[case.name], 0)
        training.append(Document(changed, family(case.name), "recombined", "lines"))
        changed = strangers(case, foreign[case.name])
        training.append(Document(changed, family(case.name), "strangers", "lines"))
    articles = [
        Document(case, "articles", folder.name, case.name)
        for folder in options.articles
        for case in read_articles(folder)
    ]
    return training, testing, articles


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


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write weights, a row of numbers a line."""
    text = json.dumps({"about": "made by benchmarks/train_align.py", **data}, indent=1)
    inner = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")
    joined = inner.sub(lambda m: "[" + " ".join(m[1].split()) + "]", text)
    path.write_text(joined + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
