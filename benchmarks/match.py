"""Measure ``variant-compare match``: ``python benchmarks/match.py DATA GOLD [--specs DIR …]``.

200 articles in two versions and 400 others, each in one of the folders, are written as files; the
right pairs are to be found. DATA has ``align/``, ``drift/`` and ``nli/``; GOLD holds ``build.py``
and the gold pairs; ``--specs`` names folders of pairs in the spec format.

Pairs: the gold pairs and the spec pairs that are not named ``dev…`` (independent reports), news in
two translations, chapters of the Bible cut in halves, two drafts of essays on one question. So
there are near topics: halves and neighbours of a chapter, twenty essays on one question. Others:
news without a counterpart (a few are about one affair all the same, and count as wrong where they
are paired), and *twins*: the article of one side with all names and numbers changed, laid into the
folder of the other side, where it is worded closer to its model than the right article is.

None of these texts is seen by ``train_match.py``, which takes the others (``stories(…, "fit")``).

Printed for each of five draws, and over all: recall@1 (articles of A whose best-scored article of
B is the right one), recall and precision of the manifest, how well the scores are calibrated, and
seconds.
"""

from __future__ import annotations

import argparse
import calendar
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compare.embed import CachedEncoder, OnnxEncoder
from compare.stories import Proposal, propose, read_folder

RUN = 10
"""Sentences that make an article where a file has lines only."""
SHORT = 4
"""Sentences that an article has at least."""
GAP = 3
"""Lines left out between two of them: an article ends somewhere."""
PAIRS, OTHERS = 200, 400
TWINS = 40
NAMED = 8
"""Names that an article must have for another one to differ from it by them."""
DRAWS = 5


@dataclass(frozen=True)
class Story:
    """An article in two versions, as paragraphs; ``b`` is empty for one without counterpart."""

    kind: str
    a: tuple[str, ...]
    b: tuple[str, ...] = ()


def rows(path: Path) -> list[dict]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def stories(data: Path, gold: Path, specs: Sequence[Path], part: str) -> list[Story]:
    """The texts to fit on (``fit``) or to measure with (``test``); no text is in both."""
    test = part == "test"
    found = [s for s, name in spec_pairs(gold, specs) if name.startswith("dev") != test]
    found += [s for s, drafts in essays(data / "align") if (drafts[0] != "A") == test]
    found += [s for s, book in chapters(data / "align") if (book >= "40") == test]
    lines = defaultdict(list)
    for row in rows(data / "drift" / "human_pairs.jsonl"):
        lines[row["set"]].append((row["a"], row["b"]))
    if test:
        translated = list(news(data))
        seen = {sentence for story in translated for sentence in story.a}
        found += translated
        zh = runs(lines["generaltest2022.zh-en"])
        found += [
            Story("lines", *sides(run))
            for run in zh
            if not seen & {s for pair in run for s in pair}
        ]
        found += [Story("left", sides(run)[0]) for run in runs(lines["generaltest2022.cs-en"], 6)]
        mt = {row["ref"]: row["mt"] for row in rows(data / "drift" / "demetr.jsonl")}
        found += [Story("right", sides(run)[i % 2]) for i, run in enumerate(runs([*mt.items()], 6))]
    else:
        for name in ("newstest2021.cs-en", "newstest2021.de-en"):
            found += [Story("lines", *sides(run)) for run in runs(lines[name])]
    return found + [Story("other", text) for i, text in enumerate(reports(data)) if i % 2 == test]


def runs(
    lines: Sequence[tuple[str, str]], length: int = RUN, gap: int = GAP
) -> list[Sequence[tuple[str, str]]]:
    """Stretches of lines, each of which stands for an article."""
    return [lines[i : i + length] for i in range(0, len(lines) - length + 1, length + gap)]


def sides(run: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two columns."""
    a, b = zip(*run, strict=True)
    return a, b


def reports(data: Path) -> Iterator[tuple[str, ...]]:
    """Articles of one agency from two summers; many are about the same affairs."""
    article: list[str] = []
    for row in rows(data / "nli" / "korean_english_news.jsonl"):
        if "(CNN)" in row["en"]:
            if len(article) >= SHORT:
                yield tuple(article[:RUN])
            article = []
        article.append(row["en"])


def spec_pairs(gold: Path, specs: Sequence[Path]) -> Iterator[tuple[Story, str]]:
    """Independent reports of one event, with the pair's name."""
    with tempfile.TemporaryDirectory() as tmp:
        files = sorted(gold.glob("*/gold.json"))
        for i, folder in enumerate(specs):
            built = Path(tmp) / str(i)
            built.mkdir()
            command = [sys.executable, str(gold / "build.py"), str(folder), str(built)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            files += sorted(built.glob("*/gold.json"))
        for file in files:
            record = json.loads(file.read_text("utf-8"))
            texts = ((file.parent / record[s]["file"]).read_text("utf-8") for s in "ab")
            a, b = (tuple(text.strip().split("\n\n")) for text in texts)
            yield Story("reports", a, b), record["name"]


def essays(folder: Path) -> Iterator[tuple[Story, str]]:
    """Two drafts of an essay, one pair for each writer."""
    writers = set()
    for row in rows(folder / "argrewrite_v2.jsonl"):
        writer = (row["id"][0], row["id"].rsplit("/", 1)[1])
        if writer not in writers:
            writers.add(writer)
            yield Story("essays", tuple(row["a"]), tuple(row["b"])), row["id"]


def chapters(folder: Path) -> Iterator[tuple[Story, str]]:
    """Chapters of the Bible in two translations, each half an article of its own."""
    names = ("bible_kjv_web.jsonl", "bible_ylt_web.jsonl")
    for i, both in enumerate(zip(*(rows(folder / name) for name in names), strict=True)):
        row = both[i % 2]
        middle = len(row["a"]) // 2
        cut = max(max(b) for a, b in row["gold"] if a and b and max(a) < middle) + 1
        for part_a, part_b in (
            (row["a"][:middle], row["b"][:cut]),
            (row["a"][middle:], row["b"][cut:]),
        ):
            yield Story("bible", tuple(part_a), tuple(part_b)), row["id"]


def news(data: Path) -> Iterator[Story]:
    """Documents of the WMT news tasks: two translations, or one and a machine's."""
    human, machine = (
        rows(data / "align" / f"news_wmt21_ruen_refA_{name}.jsonl")
        for name in ("refB", "mtOnlineG")
    )
    for i, (x, y) in enumerate(zip(human, machine, strict=True)):
        one, other = ((x["a"], x["b"]), (x["a"], y["b"]), (x["b"], y["b"]))[i % 3]
        yield Story("news", tuple(one), tuple(other))
    for row in rows(data / "align" / "news_wmt22_zhen_refA_mtOnlineB.jsonl"):
        yield Story("news", tuple(row["a"]), tuple(row["b"]))
    documents = defaultdict(dict)
    for row in rows(data / "drift" / "wmt21_zhen_mqm.jsonl"):
        # the first system named stands for all
        documents[row["doc"]].setdefault(row["seg"], (row["ref_a"], row["mt"]))
    for segments in documents.values():
        yield Story("news", *sides(segments[i] for i in sorted(segments)))


_CALENDAR = {*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr}
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")
_CHANGED = re.compile(r"\d{4}-\d\d-\d\d|\b(?:19|20)\d\d\b|\d+|[A-Z][a-z]{2,}")


def names(paragraphs: Iterable[str]) -> list[str]:
    """Words with a capital inside a sentence, the calendar's aside."""
    found = {m[0]: None for text in paragraphs for m in _NAME.finditer(text)}
    return [name for name in found if name not in _CALENDAR]


def twin(paragraphs: Sequence[str], pool: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    """Another event told in the same words: all names and numbers changed, years and dates kept."""
    new: dict[str, str] = {name: rng.choice(pool) for name in names(paragraphs)}

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdigit() and len(word) != 4:
            new.setdefault(word, str(rng.randint(10 ** (len(word) - 1), 10 ** len(word) - 1)))
        return new.get(word, word)

    return tuple(_CHANGED.sub(change, text) for text in paragraphs)


@dataclass(frozen=True)
class Drawn:
    """Two folders: articles as (kind, paragraphs), and the right pairs by number."""

    a: list[tuple[str, tuple[str, ...]]]
    b: list[tuple[str, tuple[str, ...]]]
    pairs: dict[int, int]


def draw(found: Sequence[Story], rng: random.Random, pairs: int, others: int, twins: int) -> Drawn:
    """So many pairs, all independent reports among them, and so many other articles."""
    told = [s for s in found if s.b]
    rng.shuffle(told)
    told.sort(key=lambda s: s.kind != "reports")
    rest = [replace(s, kind="other") for s in told[pairs:]]
    told = [replace(s, a=s.b, b=s.a) if rng.random() < 0.5 else s for s in told[:pairs]]
    left: list[tuple] = [(s.kind, s.a, i) for i, s in enumerate(told)]
    right: list[tuple] = [(s.kind, s.b, i) for i, s in enumerate(told)]
    pool = names(text for s in told for text in s.a)
    models = [s for s in told if min(len(names(s.a)), len(names(s.b))) >= NAMED][:twins]
    for i, model in enumerate(models):
        side, text = (left, model.b) if i % 2 else (right, model.a)
        side.append(("twin", twin(text, pool, rng), None))
    alone = [s for s in found if not s.b] + rest
    rng.shuffle(alone)
    for i, story in enumerate(alone[: others - len(models)]):
        # Where a file of lines is cut without regard to its articles, neighbours tell one story.
        to_left = story.kind == "left" or (story.kind == "other" and i % 2)
        (left if to_left else right).append((story.kind, story.a, None))
    rng.shuffle(left)
    rng.shuffle(right)
    place = {number: j for j, (_, _, number) in enumerate(right) if number is not None}
    gold = {i: place[number] for i, (_, _, number) in enumerate(left) if number is not None}
    return Drawn([x[:2] for x in left], [x[:2] for x in right], gold)


def write(folder: Path, texts: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """Each article in a file of its own, by its number."""
    folder.mkdir()
    for i, (_, paragraphs) in enumerate(texts):
        (folder / f"{i:03}.txt").write_text("\n\n".join(paragraphs) + "\n", "utf-8")


@dataclass
class Tally:
    """What came out, over all draws."""

    best: list[bool] = field(default_factory=list)
    """Of each right pair: B's article is the best for A's."""
    found: list[bool] = field(default_factory=list)
    """Of each right pair: it is in the manifest."""
    good: list[bool] = field(default_factory=list)
    """Of each proposal: it is right."""
    scores: list[float] = field(default_factory=list)
    """Of each proposal."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Right pairs whose best is another, and wrong proposals, by kind."""

    def add(self, other: Tally) -> None:
        for mine, its in zip(self._lists(), other._lists(), strict=True):
            mine += its
        self.kinds += other.kinds

    def _lists(self) -> tuple[list, ...]:
        return self.best, self.found, self.good, self.scores

    def count(self, drawn: Drawn, ranked: Sequence[Proposal], chosen: Sequence[Proposal]) -> None:
        best: dict[int, int] = {}
        for p in ranked:
            best.setdefault(p.a, p.b)
        made = {(p.a, p.b) for p in chosen}
        for a, b in drawn.pairs.items():
            self.best.append(best.get(a) == b)
            self.found.append((a, b) in made)
            if not self.found[-1]:
                self.kinds[f"missed {drawn.a[a][0]}"] += 1
        for p in chosen:
            self.good.append(drawn.pairs.get(p.a) == p.b)
            self.scores.append(p.score)
            if not self.good[-1]:
                self.kinds[f"wrong {drawn.a[p.a][0]}/{drawn.b[p.b][0]}"] += 1

    def error(self) -> float:
        """Expected calibration error of the proposals, in ten bins."""
        bins: dict[int, list[float]] = defaultdict(list)
        for score, good in zip(self.scores, self.good, strict=True):
            bins[min(9, int(10 * score))].append(score - good)
        return sum(abs(sum(b)) for b in bins.values()) / len(self.scores)

    def __str__(self) -> str:
        def share(values: Sequence[bool]) -> str:
            return f"{sum(values)}/{len(values)} = {sum(values) / len(values):.3f}"

        return (
            f"recall@1 {share(self.best)}, in the manifest {share(self.found)}, precision "
            f"{share(self.good)}, calibration error {self.error():.3f}"
        )


def measure(drawn: Drawn, encoder: CachedEncoder) -> Tally:
    """Match the articles of a draw as the command does, and print a line."""
    with tempfile.TemporaryDirectory() as tmp:
        folders = [Path(tmp) / side for side in "ab"]
        for folder, texts in zip(folders, (drawn.a, drawn.b), strict=True):
            write(folder, texts)
        start = time.perf_counter()
        a, b = ([*read_folder(folder, print).values()] for folder in folders)
        read = time.perf_counter() - start
    before = encoder.encoded
    start = time.perf_counter()
    chosen = propose(a, b, encoder)
    seconds = time.perf_counter() - start
    tally = Tally()
    new = encoder.encoded - before
    tally.count(drawn, propose(a, b, encoder, threshold=0, every=True), chosen)
    print(
        f"{len(drawn.pairs)} pairs in {len(a)} x {len(b)} articles: {tally}; read {read:.1f} s, "
        f"match {seconds:.1f} s with {new} sentences encoded",
        flush=True,
    )
    return tally


def main() -> None:
    """Print a line for each draw, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--specs", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    found = stories(args.data, args.gold, args.specs, "test")
    total = Tally()
    with tempfile.TemporaryDirectory() as tmp:
        # Draws share articles; what is encoded anew is printed with the seconds.
        encoder = CachedEncoder(OnnxEncoder(), Path(tmp) / "vectors.sqlite")
        for number in range(DRAWS):
            one = measure(draw(found, random.Random(number), PAIRS, OTHERS, TWINS), encoder)
            total.add(one)
    print(f"== all: {total}\n   {', '.join(f'{k} {n}' for k, n in total.kinds.most_common())}")


if __name__ == "__main__":
    main()
