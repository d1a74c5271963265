"""What the checks find, and where they fire without cause: ``drift.py DATA GOLD [--only …]``.

DATA holds ``drift/*.jsonl`` (sentence pairs and names), GOLD article pairs with their scorer. The
sets, to be chosen with ``--only``:

demetr    a reference against a machine translation with one planted error. The negatives of a
          category are the clean translations of the same references. Categories that DEMETR calls
          critical or major change what is said; the others change the form, or are controls.
human     two professional translations of one line: share of lines with a fact finding.
summedits a small edit that keeps the meaning (the negatives) or changes it.
wmt       WMT21 Chinese-English: a major error against no error; and human against human.
names     Korean names: spellings of one hangul name, against names that differ in one syllable.
articles  whole article pairs by their scorer; and groups of sentences with an error against those
          without any difference.

A pair is ranked by its fact findings (as a user gets them): the sum of confidence times the weight
of the severity. Besides counts a little, so that a threshold at exactly 5 % exists, the distance of
the embeddings, less a quarter of 1 - chrF (other words for one thing move the letters, and the
meaning little). "findings" is the share of rows with any fact finding and no threshold. Simple
scores stand beside: 1 - chrF, 1 - cosine of the embeddings, 1 - the ratio of rapidfuzz.

``--model both`` asks the model of meaning too, ``alone`` leaves out all that is not it. Where it is
asked, a pair also counts by what it says of the two whole texts (a contradiction, or more said
on one side), below its threshold too, and less than any finding.

``--limit N`` takes a seeded sample: N rows of a set, N of each category of demetr. ``--cache DIR``
keeps parses and vectors, so that the next run is quick. ``--show N`` prints rows to read: for each
category N without a finding, for each check N false alarms.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, JaroWinkler

from compare.align import align
from compare.annotate import SPACY_MODEL, Annotated, Context, spacy_model
from compare.checks import default_registry, selected
from compare.config import Config
from compare.detect import detect
from compare.diff import with_diff
from compare.embed import CachedEncoder, Encoder, OnnxEncoder
from compare.meaning import judge
from compare.names import relate
from compare.pipeline import compare_articles
from compare.read import read_article
from compare.records import SIDES, Article, Block, Document, Finding, Group, Role, Side, Span
from compare.report import write_run
from compare.segment import segment

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from compare.embed import Vectors

Row = dict[str, Any]
Spans = tuple[tuple[int, int], ...]
"""Characters of a text, half-open."""
T = TypeVar("T")

FALSE_ALARMS = 0.05
NAME_FALSE_MATCHES = 0.015
WEIGHTS = {"critical": 1.0, "major": 0.8, "minor": 0.4, "neutral": 0.2}
"""What a fact finding counts, times its confidence (at least .5: never less than .1)."""
SERIOUS = ("critical", "major")
MODEL = 0.1
"""The most that the model of meaning counts beside its findings."""
DISTANCE = 0.2
"""What a whole cosine counts: enough to order pairs of which the model is equally sure."""
HELD_OUT = ("newstest2021.de-en",)
"""Sets of ``human_pairs`` that the model of meaning was not trained on."""
SIMPLE = ("chrF", "cosine", "ratio")
CHANGES_MEANING = ("critical", "major")
"""What DEMETR calls the planted errors that change what is said."""
ANY = "any"


# --- measures ---------------------------------------------------------------------------------


def threshold(negatives: Sequence[float], at: float = FALSE_ALARMS) -> float:
    """The lowest score that at most the share ``at`` of the negatives lies above.

    >>> threshold([0, 1, 2, 3], at=0.25)
    2
    """
    ordered = sorted(negatives, reverse=True)
    return ordered[int(at * len(ordered))]


def above(scores: Sequence[float], limit: float) -> float:
    """Share of the scores above a limit; those at it do not count."""
    return sum(s > limit for s in scores) / len(scores)


def detection(
    positives: Sequence[float], negatives: Sequence[float], at: float = FALSE_ALARMS
) -> float:
    """Share of the positives found where at most the share ``at`` of the negatives is flagged.

    >>> detection([1, 2, 3, 4], [0, 1, 2, 2], at=0.25)
    0.5
    """
    return above(positives, threshold(negatives, at))


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Probability that a positive scores above a negative; equal scores count half.

    >>> auc([2, 3], [1, 2])
    0.875
    """
    ordered = sorted(negatives)
    wins = sum(
        (bisect.bisect_left(ordered, p) + bisect.bisect_right(ordered, p)) / 2 for p in positives
    )
    return wins / len(positives) / len(negatives)


def balanced_accuracy(found: Sequence[bool], flagged: Sequence[bool]) -> float:
    """Mean of the share of positives found and of negatives not flagged.

    >>> balanced_accuracy([True, True, False, False], [True, False, False, False])
    0.625
    """
    return (sum(found) / len(found) + 1 - sum(flagged) / len(flagged)) / 2


def best_balanced_accuracy(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Balanced accuracy at the threshold that is best for these very rows: an upper bound.

    >>> best_balanced_accuracy([2, 3], [0, 2])
    0.75
    """
    limits = sorted({*positives, *negatives})
    return max(
        balanced_accuracy([p > limit for p in positives], [n > limit for n in negatives])
        for limit in [limits[0] - 1, *limits]
    )


def chrf(hypothesis: str, reference: str, order: int = 6, beta: float = 2) -> float:
    """chrF, 0-1: F-score of character n-grams without spaces (Popović 2015), as in sacrebleu.

    >>> chrf("ab", "ab"), chrf("ab", "cd")
    (1.0, 0.0)
    """
    precision = recall = used = 0.0
    for n in range(1, order + 1):
        x, y = _grams(hypothesis, n), _grams(reference, n)
        if x and y:
            common = (x & y).total()
            precision += common / x.total()
            recall += common / y.total()
            used += 1
    if not precision:
        return 0.0
    precision, recall = precision / used, recall / used
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


@lru_cache(100_000)
def _grams(text: str, n: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[i : i + n] for i in range(len(letters) - n + 1))


def differing(a: str, b: str) -> tuple[Spans, Spans]:
    """The words of two texts that are not in both, in order.

    >>> differing("He saw a dog.", "He saw no dog.")
    (((7, 8),), ((7, 9),))
    """
    words = [[m.span() for m in re.finditer(r"\w+", text)] for text in (a, b)]
    marks: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for op in Indel.opcodes([a[s:e] for s, e in words[0]], [b[s:e] for s, e in words[1]]):
        if op.tag != "equal":
            marks[0].extend(words[0][op.src_start : op.src_end])
            marks[1].extend(words[1][op.dest_start : op.dest_end])
    return tuple(marks[0]), tuple(marks[1])


# --- sentence pairs ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """One pair of texts: the fact findings, and how far the texts differ by simple scores."""

    a: str
    b: str
    facts: tuple[Finding, ...]
    simple: dict[str, float]
    model: float = 0.0
    """What the model of meaning says against the pair, 0-1."""

    @property
    def score(self) -> float:
        """What the pair is ranked by."""
        distance = self.simple["cosine"] - self.simple["chrF"] / 4
        return weight(self.facts) + MODEL * self.model + DISTANCE * distance

    @property
    def checks(self) -> set[str]:
        """The checks that have a fact finding, and ``any`` where one has."""
        return {f.check for f in self.facts} | ({ANY} if self.facts else set())

    @property
    def serious(self) -> Result:
        """The same without what is less than major."""
        return replace(self, facts=tuple(f for f in self.facts if f.severity in SERIOUS))


def weight(facts: Iterable[Finding]) -> float:
    """What findings count, without model and distance."""
    return sum(f.confidence * WEIGHTS[f.severity] for f in facts)


def distances(a: str, b: str, vectors: Vectors) -> dict[str, float]:
    """Simple scores of a pair of texts with their unit vectors."""
    return {
        "chrF": 1 - chrf(b, a),
        "cosine": 1 - float(vectors[0] @ vectors[1]),
        "ratio": 1 - fuzz.ratio(a, b) / 100,
    }


class Runner:
    """Runs the checks on pairs of texts; each text is split, parsed and encoded once."""

    def __init__(self, config: Config, folder: Path | None = None) -> None:
        self.config = config
        self.folder = folder
        self._checks = selected(default_registry(), config)
        inner = OnnxEncoder()
        self.encoder: Encoder = CachedEncoder(inner, folder / "vectors.sqlite") if folder else inner
        self._documents: dict[str, Document] = {}
        self._docs: dict[str, Doc] = {}
        self._vectors: dict[str, Vectors] = {}
        self._sides: dict[tuple[str, Side], Annotated] = {}
        self._results: dict[tuple[str, str], Result] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The checks that run."""
        return tuple(check.id for check in self._checks)

    def prepare(self, name: str, texts: Iterable[str]) -> None:
        """Split, parse and encode the texts of a set; those of the set before are forgotten."""
        for memory in (self._sides, self._results):
            memory.clear()
        self._documents = {text: document(text) for text in texts}
        sentences = {s.text: None for d in self._documents.values() for s in d}
        self._docs = self._parse(name, list(sentences))
        wanted = list({**dict.fromkeys(self._documents), **sentences})
        self._vectors = dict(zip(wanted, self.encoder.encode(wanted), strict=True))

    def _parse(self, name: str, texts: list[str]) -> dict[str, Doc]:
        from spacy.tokens import DocBin

        model = spacy_model()
        file = None
        docs: dict[str, Doc] = {}
        if self.folder:
            file = self.folder / f"{name}-{SPACY_MODEL}-{model.meta['version']}.spacy"
            if file.exists():
                docs = {doc.text: doc for doc in DocBin().from_disk(file).get_docs(model.vocab)}
        missing = [text for text in texts if text not in docs]
        docs.update(zip(missing, model.pipe(missing, batch_size=64), strict=True))
        if file and missing:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            DocBin(docs=docs.values()).to_disk(part)
            part.replace(file)
        return docs

    def _annotated(self, text: str, side: Side) -> Annotated:
        if (text, side) not in self._sides:
            layer = Annotated(self._documents[text], side)
            # where its cached property would keep the value
            layer.__dict__["docs"] = tuple(self._docs[s.text] for s in layer.document)
            self._sides[text, side] = layer
        return self._sides[text, side]

    def __call__(self, a: str, b: str, aligned: bool = True) -> Result:
        """What the checks find in a pair of texts that were given to :meth:`prepare`.

        Where ``aligned``, all of A corresponds to all of B: one group; otherwise the sentences
        are aligned as in a run.
        """
        if (a, b) not in self._results:
            self._results[a, b] = self._run(a, b, aligned)
        return self._results[a, b]

    def _run(self, a: str, b: str, aligned: bool) -> Result:
        import numpy as np

        one, two = self._annotated(a, "a"), self._annotated(b, "b")
        documents = one.document, two.document
        pair = np.stack([self._vectors[a], self._vectors[b]])
        simple = distances(a, b, pair)
        if aligned:
            similarity = 1 - simple["cosine"]
            groups: tuple[Group, ...] = (
                Group(one.document.sentences, two.document.sentences, 1.0, similarity=similarity),
            )
        else:
            vectors = [np.stack([self._vectors[s.text] for s in d]) for d in documents]
            groups = align(*documents, *vectors)
        groups = tuple(
            replace(group, group_id=f"g{number:03}")
            for number, group in enumerate(with_diff(groups, *documents), 1)
        )
        found = detect(Context(one, two, groups, self.config), self._checks, "pair")
        model = 0.0
        if any(check.learned for check in self._checks):
            said = judge(a, b)
            model = max(said.contradicts, said.a_more, said.b_more)
        return Result(a, b, tuple(f for f in found if f.ledger == "fact"), simple, model)


def document(text: str) -> Document:
    """A text as one paragraph of an article, split into sentences."""
    return segment(Article(text, (Block(0, len(text), Role.BODY, 0),), ""))


# --- the sets ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Options:
    """What the command was asked for."""

    data: Path
    gold: Path
    limit: int | None
    show: int
    seed: int

    def rows(self, name: str) -> list[Row]:
        """The rows of a file."""
        with (self.data / "drift" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def sample(self, rows: Sequence[T], size: int | None) -> list[T]:
        """A seeded sample in the order of the rows; all of them where there are no more."""
        if size is None or size >= len(rows):
            return list(rows)
        chosen = random.Random(self.seed).sample(range(len(rows)), size)
        return [rows[i] for i in sorted(chosen)]


def demetr(run: Runner, options: Options) -> None:
    """Planted errors: detection at 5 % false alarms on the clean translations."""
    all_rows: dict[str, list[Row]] = defaultdict(list)
    for row in options.rows("demetr"):
        all_rows[row["cat"]].append(row)
    chosen = {
        category: options.sample(rows, options.limit)
        for category, rows in sorted(
            all_rows.items(), key=lambda c: (c[1][0]["sev"] not in CHANGES_MEANING, c[0])
        )
    }
    run.prepare(
        "demetr",
        (row[k] for rows in chosen.values() for row in rows for k in ("ref", "mt", "pert")),
    )
    means: dict[str, list[float]] = defaultdict(list)
    lines: list[tuple[object, ...]] = []
    planted: list[Result] = []
    clean: dict[tuple[str, str], Result] = {}
    missed: dict[str, list[tuple[Row, Result]]] = {}
    for category, rows in chosen.items():
        bad = [run(row["ref"], row["pert"]) for row in rows]
        good = [run(row["ref"], row["mt"]) for row in rows]
        clean.update(((r.a, r.b), r) for r in good)
        shares = {
            "rank": detection([r.score for r in bad], [r.score for r in good]),
            **{
                n: detection([r.simple[n] for r in bad], [r.simple[n] for r in good])
                for n in SIMPLE
            },
            "findings": share(bool(r.facts) for r in bad),
            "on clean": share(bool(r.facts) for r in good),
        }
        by = Counter(check for r in bad for check in r.checks - {ANY}).most_common(3)
        told = ", ".join(f"{check} {percent(n / len(bad))}" for check, n in by)
        counts = rows[0]["sev"] in CHANGES_MEANING
        name = category if counts else f"({category})"
        lines.append((name, len(rows), *map(percent, shares.values()), told))
        if counts:
            planted += bad
            for measure, value in shares.items():
                means[measure].append(value)
            missed[category] = [(w, r) for w, r in zip(rows, bad, strict=True) if not r.facts]
    mean = (percent(sum(values) / len(values), 1) for values in means.values())
    lines.append(("mean of those not in ( )", len(planted), *mean, ""))
    title(f"DEMETR: detection at {percent(FALSE_ALARMS)} false alarms on the clean translations")
    placed = [
        any(f.b_start < end and start < f.b_end for f in r.facts for start, end in words if f.b_end)
        for category, rows in chosen.items()
        if rows[0]["sev"] in CHANGES_MEANING
        for row in rows
        for r, words in [(run(row["ref"], row["pert"]), differing(row["mt"], row["pert"])[1])]
        if r.facts and words
    ]
    print(f"a finding stands on the planted words in {percent(share(placed))} of {len(placed)}")
    table(("category", "n", "rank", *SIMPLE, "findings", "on clean", "found by"), lines, True)
    print()
    by_check(run, {"planted, not in ( )": planted, "clean": list(clean.values())})
    for category, misses in missed.items():
        picked = options.sample(misses, options.show)
        if picked:
            print(f"\n-- {category} without a finding: {len(picked)} of {len(misses)}")
        for row, _ in picked:
            print(f"  REF {row['ref']}\n  MT  {row['mt']}\n  BAD {row['pert']}\n")
    show_alarms(run, options, "clean translations", list(clean.values()))


def human(run: Runner, options: Options) -> None:
    """Two professional translations: how many lines have a fact finding."""
    rows = options.sample(options.rows("human_pairs"), options.limit)
    run.prepare("human", (row[side] for row in rows for side in SIDES))
    results = [run(row["a"], row["b"]) for row in rows]
    title(f"Two professional translations of one line: {len(rows)} lines, share with a finding")
    columns = {"any": results, "major or critical": [r.serious for r in results]}
    fresh = [r for row, r in zip(rows, results, strict=True) if row.get("set") in HELD_OUT]
    if fresh:
        columns[f"{len(fresh)} the model has not seen"] = fresh
        columns["of them major"] = [r.serious for r in fresh]
    by_check(run, columns)
    show_alarms(run, options, "two professional translations", results)


def summedits(run: Runner, options: Options) -> None:
    """Small edits: balanced accuracy, those that keep the meaning being the negatives."""
    rows = options.sample(options.rows("summedits"), options.limit)
    run.prepare("summedits", (row[side] for row in rows for side in SIDES))
    results = [(row, run(row["a"], row["b"], aligned=False)) for row in rows]
    changed = [r for row, r in results if not row["label"]]
    kept = [r for row, r in results if row["label"]]
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for row, result in results:
        for kind in row["types"]:
            by_kind[kind].append(result)
    title(f"SummEdits: {len(changed)} edits that change the meaning, {len(kept)} that keep it")
    accuracy = balanced_accuracy([bool(r.facts) for r in changed], [bool(r.facts) for r in kept])
    best = {
        "rank": best_balanced_accuracy([r.score for r in changed], [r.score for r in kept]),
        **{
            n: best_balanced_accuracy([r.simple[n] for r in changed], [r.simple[n] for r in kept])
            for n in SIMPLE
        },
    }
    print(
        f"balanced accuracy: findings {accuracy:.3f}; at the threshold best for these rows: "
        + ", ".join(f"{name} {value:.3f}" for name, value in best.items())
    )
    by_check(run, {"meaning changed": changed, "meaning kept": kept})
    print()
    table(
        ("kind of edit", "n", "findings"),
        [(k, len(rs), percent(share(bool(r.facts) for r in rs))) for k, rs in by_kind.items()],
    )
    for kind, rs in by_kind.items():
        show(options, f"{kind} without a finding", [r for r in rs if not r.facts])
    show_alarms(run, options, "meaning kept", kept)


def wmt(run: Runner, options: Options) -> None:
    """Professionals' marks on machine translations; and two references of one segment."""
    rows = options.sample(options.rows("wmt21_zhen_mqm"), options.limit)
    # a few segments have one reference only
    run.prepare("wmt", (row[k] for row in rows for k in ("ref_a", "ref_b", "mt") if row[k]))
    major = [run(row["ref_a"], row["mt"]) for row in rows if row["major"]]
    none = [run(row["ref_a"], row["mt"]) for row in rows if not row["major"] and not row["minor"]]
    title(f"WMT21 Chinese-English: {len(major)} rows with a major error, {len(none)} with none")
    values = {
        "rank": auc([r.score for r in major], [r.score for r in none]),
        "findings": auc([weight(r.facts) for r in major], [weight(r.facts) for r in none]),
        **{n: auc([r.simple[n] for r in major], [r.simple[n] for r in none]) for n in SIMPLE},
    }
    print("AUC: " + ", ".join(f"{name} {value:.3f}" for name, value in values.items()))
    by_check(run, {"major error": major, "no error": none})
    between = [
        run(*pair)
        for pair in sorted({(row["ref_a"], row["ref_b"]) for row in rows if row["ref_b"]})
    ]
    title(f"WMT21, human against human: {len(between)} segments, share with a finding")
    by_check(run, {"any": between, "major or critical": [r.serious for r in between]})
    show(options, "major error without a finding", [r for r in major if not r.facts])
    show_alarms(run, options, "no error", none)


def names(run: Runner, options: Options) -> None:
    """Korean names: spellings of one hangul name found, and other names taken for it."""
    by_hangul: dict[str, set[str]] = defaultdict(set)
    for row in options.rows("korean_names"):
        if spells(row["en"], row["ko"]):
            by_hangul[row["ko"]].add(row["en"])
    near = defaultdict(list)
    for hangul in sorted(by_hangul):
        for i in range(len(hangul)):
            near[hangul[:i] + "_" + hangul[i + 1 :]].append(min(by_hangul[hangul]))
    variants, others = (
        sorted({p for group in groups for p in itertools.combinations(sorted(group), 2)})
        for groups in (by_hangul.values(), near.values())
    )
    variants = options.sample(
        [p for p in variants if not letters(p[0]) & letters(p[1])], options.limit
    )
    others = options.sample(others, 10 * options.limit if options.limit else None)

    matched = {p: relate(*p) in ("same", "variant") for p in (*variants, *others)}
    title(
        f"Korean names: {len(variants)} pairs of spellings of one hangul name, "
        f"{len(others)} pairs of names that differ in one syllable"
    )
    found, false = (share(matched[p] for p in pairs) for pairs in (variants, others))
    print(f"compare.names: {percent(found, 1)} of the spellings, {percent(false, 1)} false matches")
    texts = sorted({name for pair in (*variants, *others) for name in pair})
    vectors = dict(zip(texts, run.encoder.encode(texts), strict=True))
    simple: dict[str, Callable[[str, str], float]] = {
        "chrF": chrf,
        "cosine": lambda x, y: float(vectors[x] @ vectors[y]),
        "ratio": fuzz.ratio,
        "Jaro-Winkler": JaroWinkler.similarity,
    }
    for name, of in simple.items():
        scores = [of(*pair) for pair in variants], [of(*pair) for pair in others]
        print(
            f"  {name:12}  {percent(detection(*scores, NAME_FALSE_MATCHES), 1)} of the spellings "
            f"at {percent(NAME_FALSE_MATCHES, 1)} false matches"
        )
    for text, wanted, pairs in (("not found", False, variants), ("false match", True, others)):
        for pair in options.sample([p for p in pairs if matched[p] is wanted], options.show):
            print(f"  {text}: {' / '.join(pair)}")


# What each onset of hangul may write in Latin letters, in the order of Unicode.
_ONSETS = (
    *("[gk]", "[gk]+", "n", "[dt]", "[dt]+", "[rln]", "m", "[bpv]", "[bp]+", "sh?", "s+", ""),
    *("j|ch|z", "j+|ch|z", "ch?|j", "[kc]", "t", "[pf]", "w?h"),
)
_FREE_FIRST = {"n", "[rln]", ""}
"""Onsets that come and go at the head of a surname: Roh and Noh, Lee and Yi."""


def spells(latin: str, hangul: str) -> bool:
    """Whether a Latin name of several words follows a hangul one, consonant by consonant.

    Any vowels will do. Names of other languages, pen names and stage names do not pass.

    >>> spells("Roh Moo-hyun", "노무현"), spells("Moo-hyun Noh", "노무현")
    (True, True)
    >>> spells("Ga Bin", "김송이")
    False
    """
    if not re.fullmatch(r"[가-힣]{2,4}", hangul):
        return False
    onsets = [_ONSETS[(ord(c) - ord("가")) // 588] for c in hangul]
    if onsets[0] in _FREE_FIRST:
        onsets[0] = "rh|[lrny]?"
    pattern = "".join(f"(?:{onset})[aeiouwy]+[bcdghklmnprst]{{0,2}}" for onset in onsets)
    return " " in latin and any(re.fullmatch(pattern, order) for order in letters(latin))


def letters(name: str) -> set[str]:
    """A name's letters in lower case: as it stands, first word last, last word first.

    >>> sorted(letters("Noh Moo-hyun"))
    ['moohyunnoh', 'nohmoohyun']
    """
    words = ["".join(c for c in word if c.isalpha()) for word in name.casefold().split()]
    return {"".join(words[i:] + words[:i]) for i in (0, 1, -1)}


def articles(run: Runner, options: Options) -> None:
    """Whole article pairs: what the scorer says, and groups with an error against clean ones."""
    from pairs import load, total

    scorer = load(options.gold / "score.py")
    results, took = [], []
    groups: list[tuple[bool, bool, dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as tmp:
        for file in sorted(options.gold.glob("*/gold.json")):
            gold = json.loads(file.read_text("utf-8"))
            a, b = (read_article(file.parent / gold[side]["file"]) for side in "ab")
            began = time.perf_counter()
            comparison = compare_articles(a, b, run.config, run.encoder)
            out = Path(tmp) / gold["name"]
            write_run(comparison, out)
            took.append(time.perf_counter() - began)
            results.append(scorer.score(gold, out))
            groups += gold_groups(run, gold, comparison.findings)
    title("Article pairs, by the scorer")
    for result in results:
        scorer.show(
            result if options.show else {**result, "missed": [], "alarmed": [], "wrong": []}
        )
    print(f"== {total(results)}")
    print(f"time: {sum(took) / len(took):.2f} s a pair, at most {max(took):.2f} s, models loaded")
    bad = [(flagged, simple) for error, flagged, simple in groups if error]
    good = [(flagged, simple) for error, flagged, simple in groups if not error]
    print(
        f"groups of the gold: a fact finding in {percent(share(f for f, _ in bad))} of {len(bad)} "
        f"with an error and in {percent(share(f for f, _ in good))} of {len(good)} without any "
        "difference"
    )
    for name in SIMPLE:
        found = detection([s[name] for _, s in bad], [s[name] for _, s in good])
        print(f"  {name:7} flags {percent(found)} of them at {percent(FALSE_ALARMS)} false alarms")


def gold_groups(
    run: Runner, gold: Row, findings: Sequence[Finding]
) -> Iterator[tuple[bool, bool, dict[str, float]]]:
    """For each sure group with an error, or with no difference at all: which, found, distances."""
    units = {u["id"]: (side, u) for side in SIDES for u in gold[side]["units"]}
    facts = [f for f in findings if f.ledger == "fact"]
    for group in gold["alignment"]:
        inside = {*group["a"], *group["b"]}
        issues = [i for i in gold["discrepancies"] if {i.get("a"), i.get("b")} & inside]
        error = any(i["likely_error_in"] != "unknown" for i in issues)
        if group["certainty"] != "sure" or (issues and not error):
            continue
        spans = [(side, Span(u["start"], u["end"])) for side, u in (units[i] for i in inside)]
        flagged = any(
            (span := f.span(side)) is not None and span.overlaps(unit)
            for f in facts
            for side, unit in spans
        )
        a, b = (" ".join(units[i][1]["text"] for i in group[side]) for side in SIDES)
        yield error, flagged, distances(a, b, run.encoder.encode([a, b]))


# --- what is printed --------------------------------------------------------------------------


def share(flags: Iterable[bool]) -> float:
    """The share that is true; 0 of nothing."""
    values = list(flags)
    return sum(values) / len(values) if values else 0.0


def percent(value: float, digits: int = 0) -> str:
    """A share as people read it.

    >>> percent(0.05), percent(0.015, 1)
    ('5 %', '1.5 %')
    """
    return f"{100 * value:.{digits}f} %"


def title(text: str) -> None:
    """A line over a set."""
    print(f"\n== {text}")


def table(head: Sequence[str], lines: Iterable[Sequence[object]], last_left: bool = False) -> None:
    """Columns as wide as their cells: the first to the left, the others to the right.

    ``last_left``: the last column holds words and stands to the left too.
    """
    cells = [tuple(head), *(tuple(map(str, line)) for line in lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = {0, len(head) - 1} if last_left else {0}
    for line in cells:
        row = (
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(row).rstrip())


def by_check(run: Runner, columns: dict[str, list[Result]]) -> None:
    """A line for each check and one for all: the share of each list of results with a finding."""
    table(
        ("check", *columns),
        [
            (check, *(percent(share(check in r.checks for r in rs), 1) for rs in columns.values()))
            for check in (*run.ids, ANY)
        ],
    )


def show(options: Options, text: str, results: Sequence[Result]) -> None:
    """Some results to read, with what was found in them."""
    chosen = options.sample(results, options.show)
    if chosen:
        print(f"\n-- {text}: {len(chosen)} of {len(results)}")
    for result in chosen:
        print(f"  A {result.a}\n  B {result.b}")
        for f in result.facts:
            print(f"    -> {f.check}, {f.severity}, {f.confidence:.2f}: {f.message}")
        print()


def show_alarms(run: Runner, options: Options, text: str, results: Sequence[Result]) -> None:
    """False alarms of each check to read."""
    for check in run.ids:
        show(options, f"{check} on {text}", [r for r in results if check in r.checks])


SETS: dict[str, Callable[[Runner, Options], None]] = {
    f.__name__: f for f in (demetr, human, summedits, wmt, names, articles)
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", default=",".join(SETS), help="sets, parted by commas")
    parser.add_argument("--model", choices=("both", "rules", "alone"), default="rules")
    parser.add_argument("--checks", default="", help="ids of checks, parted by commas; else all")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(arguments)
    chosen = args.only.split(",")
    if unknown := set(chosen) - set(SETS):
        parser.error(f"unknown set {', '.join(sorted(unknown))}: there are {', '.join(SETS)}")
    checks = "contradiction" if args.model == "alone" else args.checks
    select = tuple(filter(None, checks.split(",")))
    run = Runner(Config(select=select, meaning=args.model == "both"), args.cache)
    options = Options(args.data, args.gold, args.limit, args.show, args.seed)
    for name in SETS:
        if name in chosen:
            SETS[name](run, options)


if __name__ == "__main__":
    main()
