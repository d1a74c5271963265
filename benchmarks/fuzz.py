"""Fuzzing: odd inputs into every reader, the segmenter, the aligner, every check and every writer.

    python benchmarks/fuzz.py                       # every target, as often as its default says
    python benchmarks/fuzz.py html compare --inputs 5000 --workers 2
    python benchmarks/fuzz.py html --case 1:4711    # one input again, with the whole traceback

Whatever comes in, the outcome is a result or a :class:`compare.errors.CompareError`; anything else
is a fault. A result must also be sound: no text lost, every offset inside, what is written reads
back as it was. For each target it prints the inputs, how many gave a result, the seconds, the
slowest input and every fault once, with the case that makes it again: the seed of the run and the
number of the input. The exit code is 1 where there was a fault or an input took longer than
``--slow`` seconds.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import datetime as dt
import faulthandler
import functools
import io
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import fuzz_inputs as make

from compare.config import Config
from compare.errors import CompareError
from compare.records import SIDES, Comparison, Document

Random = random.Random
CONFIG = Config(force=True, cache=False)


@functools.cache
def scratch() -> Path:
    """A folder of this process for files that are read by their path; in memory where there is."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None)
    import atexit
    import shutil

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def written(name: str, data: bytes) -> Path:
    """A file of these bytes."""
    path = scratch() / name
    path.write_bytes(data)
    return path


# --- what is tried ----------------------------------------------------------------------------


def check_document(document: Document) -> None:
    """Nothing of a compared block is lost, and every offset points at its words."""
    article = document.article
    held = "".join("".join(s.text.split()) for s in document)
    blocks = (b for b in article.blocks if b.role.compared)
    assert held == "".join("".join(article.text[b.start : b.end].split()) for b in blocks)
    end = 0
    for index, sentence in enumerate(document):
        assert sentence.index == index
        assert end <= sentence.start < sentence.end
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert all(sentence.start <= q.start <= q.end <= sentence.end for q in sentence.quotes)
        end = sentence.end


def read(data: bytes, name: str, sentences: bool = False) -> None:
    """A reader, and the segmenter on what it read."""
    from compare.read import article_from_bytes
    from compare.segment import segment

    check_document(segment(article_from_bytes(data, name, sentences=sentences)))


def segmented(data: bytes) -> None:
    """The segmenter on a string; what is no UTF-8 becomes half characters."""
    from compare.read import article_from_text
    from compare.segment import segment

    check_document(segment(article_from_text(data.decode("utf-8", "surrogateescape"))))


def bitext(data: bytes, kind: str) -> None:
    """A file with both texts: every sentence of its groups is there, once."""
    from compare.bitext import read_bitext

    both = read_bitext(written(f"both.{kind}", data))
    for side, article in enumerate((both.a, both.b)):
        held = sorted(number for ids in both.groups for number in ids[side])
        assert held == list(range(len(article.blocks)))


def glossary(data: bytes, name: str = "glossary.csv") -> None:
    """A glossary, and a search with it."""
    from compare.glossary import load, pieces

    held = load([written(name, data)])
    held.search(pieces("The special envoy won the Sea of Japan, a President said.", {}))


def configuration(data: bytes, name: str = "variant-compare.toml") -> None:
    """A configuration file, with the line of each of its settings."""
    from compare.settings import load

    file = load(written(name, data))
    for key in file.values:
        file.line(key)


@functools.cache
def texts() -> tuple[list[str], list[str]]:
    """Two texts whose sentences corrections name; some stand there twice."""
    a, b = ([s for pair in make.examples()[:6] for s in pair[side]] for side in (0, 1))
    return [*a, a[0]], [*b, b[0], b[0]]


@functools.cache
def documents() -> tuple[Document, Document]:
    """The same, read."""
    from compare.read import article_from_sentences
    from compare.segment import segment

    a, b = (segment(article_from_sentences(side)) for side in texts())
    return a, b


def links(data: bytes) -> None:
    """Corrections: read, written, read again, and found in two texts."""
    from compare.links import load, resolve, save, to_json

    path = written("links.json", data)
    held = load(path).corrections
    save(path, held)
    assert to_json(load(path).corrections) == to_json(held)
    resolve(held, *documents())


def manifest(data: bytes, kind: str) -> None:
    """A manifest and the texts of its rows."""
    from compare.manifest import read_manifest

    for row in read_manifest(written(f"manifest.{kind}", data)):
        assert row.folder_name
        for side in SIDES:
            with contextlib.suppress(CompareError):  # one row is no reason not to read the rest
                row.article(side)


def verdicts(data: bytes) -> None:
    """An export of decisions, what it comes to, and its way into a log."""
    from compare.verdicts import (
        VerdictLog,
        agreement,
        notes,
        precision,
        read_lines,
        settle,
        to_lines,
    )

    entries = read_lines(written("verdicts.jsonl", data))
    assert read_lines(written("again.jsonl", to_lines(entries).encode())) == entries
    for summed_up in (settle, agreement, precision, notes):
        summed_up(entries)
    if len(data) % 10 == 0:  # a database for each is slow
        log = VerdictLog("sqlite://")
        log.take_over(entries)
        assert len(log.entries()) <= len(entries)
        log.close()


def rules(data: bytes) -> None:
    """A file of rules, what they hide, and a rule that is added."""
    from compare import rules

    known = finding()
    path = written("rules.toml", data)
    held = rules.load(path)
    for rule in held:
        str(rule)
        rule.hides(known, ("p1",))
    if len(data) % 3 == 0:
        more = rules.Rule("wording", words=("won", f"won {len(data)}"))
        rules.add(path, more)
        assert more.rule_id in {rule.rule_id for rule in rules.load(path)}


def known(data: bytes) -> None:
    """A baseline, or an earlier run in its place."""
    from compare.baseline import load_baseline

    load_baseline(written("known.json", data))


def saved_run(data: bytes) -> None:
    """A run read back from a file that somebody has changed."""
    from compare.report import load_run, to_html, to_json

    result = load_run(written("comparison.json", data))
    to_html(result).encode()
    again = load_run(written("comparison.json", to_json(result).encode()))
    assert to_json(again) == to_json(result)


@functools.cache
def finding() -> Any:
    """A finding for rules to hide."""
    from compare import compare_texts

    a, b = make.examples()[0]
    return compare_texts(" ".join(a), " ".join(b), CONFIG).findings[0]


@functools.cache
def records() -> tuple[tuple[Any, Any], ...]:
    """``comparison.json`` and ``run.json`` of a few runs."""
    from compare import compare_texts
    from compare.report import to_json, to_run_json

    rng = Random(0)
    made = []
    while len(made) < 8:
        with contextlib.suppress(CompareError):
            result = compare_texts(*make.pair(rng), CONFIG)
            made.append((json.loads(to_json(result)), json.loads(to_run_json(result))))
    return tuple(made)


def run_folder(rng: Random) -> None:
    """A run read back from files that somebody has changed, and shown in every form."""
    from compare.report import load_run

    record, run = rng.choice(records())
    path = written("comparison.json", make.as_json(rng, make.altered(rng, record)))
    beside = path.with_name("run.json")
    beside.unlink(missing_ok=True)
    if rng.random() < 0.3:
        written("run.json", make.as_json(rng, make.altered(rng, run)))
    show(load_run(path), rng)


def show(result: Comparison, rng: Random) -> None:
    """All writers on one result; the slow one not always."""
    from compare.overview import entity_table, quotations
    from compare.report import correction_note, print_summary, to_xlsx
    from compare.report.write import run_files
    from compare.view import board, headline

    for text in run_files(result).values():
        text.encode()
    print_summary(result, {}, io.StringIO(), limit=100)
    if rng.random() < 0.3:
        accepted = tuple(replace(f, status="accepted") for f in result.findings)
        correction_note(replace(result, findings=accepted)).encode()
        entity_table(result).encode()
        quotations(result).encode()
        headline(result).encode()
        board(result).encode()
    if rng.random() < 0.05:
        to_xlsx(result)


def aligned(rng: Random) -> None:
    """The aligner on vectors that have nothing to do with the texts, or everything."""
    import numpy as np

    from compare.align import align
    from compare.embed import unit
    from compare.read import article_from_sentences
    from compare.segment import segment

    kind = rng.randrange(4)
    documents = []
    for side in make.sentences(rng):
        more = [make.sentence(rng) for _ in range(rng.randint(0, 6))]
        documents.append(segment(article_from_sentences([*side, *more])))
    vectors = []
    for document in documents:
        numbers = np.random.default_rng(rng.randrange(2**32)).normal(size=(len(document), 16))
        if kind == 0:
            numbers[:] = 1.0
        elif kind == 1:
            numbers[:] = 0.0
        elif kind == 2:
            for row, sentence in zip(numbers, document, strict=True):
                row[:] = [sentence.text.count(c) for c in "etaoinshrdlucmfw"]
        vectors.append(unit(numbers))
    groups = align(*documents, *vectors)
    check_groups(groups, *documents)


def check_groups(groups: Sequence[Any], *documents: Document) -> None:
    """Every sentence stands in exactly one group."""
    for side, document in zip(SIDES, documents, strict=True):
        held = sorted(s.index for group in groups for s in group.side(side))
        assert held == list(range(len(document)))


def checks(rng: Random) -> None:
    """Every check by itself, on sentences that are put side by side in order."""
    from compare.annotate import Annotated, Context
    from compare.diff import with_diff
    from compare.read import article_from_sentences
    from compare.records import Group
    from compare.segment import segment

    dates = [rng.choice((None, *_DAYS)) for _ in range(2)]
    documents = [
        segment(article_from_sentences(side, label=label, date=day))
        for side, label, day in zip(make.sentences(rng), "AB", dates, strict=True)
    ]
    left, right = (d.sentences for d in documents)
    groups = [Group((x,), (y,), score=0.9) for x, y in zip(left, right, strict=False)]
    n = len(groups)
    groups += [Group((x,), ()) for x in left[n:]] + [Group((), (y,)) for y in right[n:]]
    groups = [replace(g, group_id=f"g{i}") for i, g in enumerate(groups)]
    config = replace(CONFIG, source_language=rng.choice((None, "ko", "ja", "de", "ru", "xx")))
    context = Context(
        Annotated(documents[0], "a"),
        Annotated(documents[1], "b"),
        with_diff(tuple(groups), *documents),
        config,
    )
    for check in registry().values():
        if check.learned:
            continue  # a model of its own: tried with --meaning below
        for draft in check.find(context):
            assert draft.a or draft.b
            for span, document in zip((draft.a, draft.b), documents, strict=True):
                text = document.article.text
                assert span is None or 0 <= span.start <= span.end <= len(text)
            FOUND[check.id] += 1


@functools.cache
def registry() -> Any:
    """All checks, made once."""
    from compare.checks import default_registry

    return default_registry()


FOUND: collections.Counter[str] = collections.Counter()
"""Findings by check, which tells whether the inputs reach the checks at all."""
_DAYS = (dt.date(2021, 10, 20), dt.date.min, dt.date.max, dt.date(2024, 2, 29))


def compared(rng: Random) -> None:
    """A whole comparison of two short articles, written in every form and read back."""
    from compare.pipeline import compare_articles
    from compare.read import article_from_text
    from compare.report import load_run, to_json

    days = [rng.choice((None, None, *_DAYS)) for _ in range(2)]
    a, b = (
        article_from_text(text, label=rng.choice(("A", make.atom(rng))), date=day)
        for text, day in zip(make.pair(rng), days, strict=True)
    )
    witnesses = (article_from_text(make.pair(rng)[0]),) if rng.random() < 0.05 else ()
    config = replace(CONFIG, meaning=rng.random() < 0.02)
    encoder = None if rng.random() < 0.2 else Letters()
    result = compare_articles(a, b, config, encoder, registry(), witnesses=witnesses)
    check_document(result.a)
    check_document(result.b)
    check_groups(result.groups, result.a, result.b)
    for one in result.findings:
        FOUND[one.check] += 1
        for side in SIDES:
            span, text = one.span(side), result.document(side).article.text
            words = one.a_span if side == "a" else one.b_span
            assert words == (None if span is None else text[span.start : span.end])
    show(result, rng)
    if rng.random() < 0.1:
        record = to_json(result)
        assert to_json(load_run(written("comparison-whole.json", record.encode()))) == record


class Letters:
    """An encoder that takes no time: how often each letter stands in a text."""

    name = "letters"

    def encode(self, texts: list[str], /) -> Any:
        import numpy as np

        counts = [[text.count(c) for c in "etaoinshrdlucmfwypvbgkjqxz"] for text in texts]
        return np.array(counts, np.float32)


class Reader(NamedTuple):
    """What reads bytes, and what makes such bytes."""

    make: Callable[[Random], bytes]
    act: Callable[[bytes], object]
    inputs: int
    """How many, where nothing is said."""


class Target(NamedTuple):
    """What inputs are put into, and how often where nothing is said."""

    act: Callable[[Random], object]
    inputs: int


def _tables(rng: Random) -> bytes:
    return make.as_json(rng, make.altered(rng, rng.choice(records())[0]))


READERS = {
    "txt": Reader(make.text_bytes, lambda data: read(data, "a.txt"), 40_000),
    "lines": Reader(make.text_bytes, lambda data: read(data, "a.txt", sentences=True), 10_000),
    "md": Reader(make.markdown, lambda data: read(data, "a.md"), 20_000),
    "html": Reader(make.html, lambda data: read(data, "a.html"), 20_000),
    "docx": Reader(make.docx, lambda data: read(data, "a.docx"), 10_000),
    "word": Reader(make.word, lambda data: read(make.packed(data), "a.docx"), 5_000),
    "tmx": Reader(make.tmx, lambda data: bitext(data, "tmx"), 10_000),
    "xliff": Reader(make.xliff, lambda data: bitext(data, "xlf"), 10_000),
    "tsv": Reader(make.tsv, lambda data: bitext(data, "tsv"), 10_000),
    "segment": Reader(make.utf8, segmented, 60_000),
    "glossary": Reader(make.glossary, glossary, 15_000),
    "tbx": Reader(make.tbx, lambda data: glossary(data, "terms.tbx"), 10_000),
    "settings": Reader(make.settings, configuration, 10_000),
    "pyproject": Reader(make.pyproject, lambda d: configuration(d, "pyproject.toml"), 5_000),
    "links": Reader(lambda rng: make.links(rng, *texts()), links, 15_000),
    "manifest-csv": Reader(make.manifest_csv, lambda data: manifest(data, "csv"), 10_000),
    "manifest-jsonl": Reader(make.manifest_jsonl, lambda data: manifest(data, "jsonl"), 10_000),
    "manifest-parquet": Reader(make.manifest_parquet, lambda d: manifest(d, "parquet"), 10_000),
    "verdicts": Reader(make.verdicts, verdicts, 15_000),
    "rules": Reader(make.rules, rules, 15_000),
    "baseline": Reader(make.baseline, known, 5_000),
    "saved": Reader(_tables, saved_run, 2_000),
}
"""Whatever reads a file; ``fuzz_coverage.py`` puts bytes of its own into them."""


def _target(reader: Reader) -> Target:
    return Target(lambda rng: reader.act(reader.make(rng)), reader.inputs)


TARGETS = {
    **{name: _target(reader) for name, reader in READERS.items()},
    "run": Target(run_folder, 10_000),
    "align": Target(aligned, 5_000),
    "checks": Target(checks, 20_000),
    "compare": Target(compared, 20_000),
}


# --- how it is run ----------------------------------------------------------------------------


class TooSlowError(BaseException):
    """An input took longer than it may; no Exception, so that nobody takes it for a bad file."""


@dataclass
class Outcome:
    """What became of some inputs of one target."""

    target: str
    inputs: int = 0
    results: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)
    """Seconds, and the number of the input."""
    faults: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By what they say and where: the first input that makes it, and how many do."""
    found: collections.Counter[str] = field(default_factory=collections.Counter)

    def add(self, other: Outcome) -> None:
        self.inputs += other.inputs
        self.results += other.results
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        for what, (first, count) in other.faults.items():
            mine = self.faults.get(what, (first, 0))
            self.faults[what] = min(first, mine[0]), mine[1] + count
        self.found += other.found


def source(seed: int, target: str, number: int) -> Random:
    """The generator of one input, by its case alone."""
    return Random(f"{seed}:{target}:{number}")


def _told(error: BaseException) -> str:
    """A fault by its kind and where in the package it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f"{os.sep}compare{os.sep}" in f.filename] or list(frames)
    last = ours[-1]
    where = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    inner = f" ({Path(frames[-1].filename).name})" if frames[-1] is not last else ""
    return f"{type(error).__name__} in {where}{inner}: {str(error)[:120]!r}"


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlowError


def try_some(target: str, seed: int, first: int, last: int, limit: float) -> Outcome:
    """Put the inputs of these numbers into a target."""
    signal.signal(signal.SIGALRM, _too_slow)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    act = TARGETS[target].act
    outcome = Outcome(target)
    with contextlib.suppress(Exception):
        act(source(seed, target, -1))  # what is loaded first is no input's time
    FOUND.clear()
    for number in range(first, last):
        rng = source(seed, target, number)
        # for where no signal gets through
        faulthandler.dump_traceback_later(4 * limit, exit=True, file=sys.__stderr__)
        signal.setitimer(signal.ITIMER_REAL, 2 * limit)
        start = time.perf_counter()
        try:
            act(rng)
            outcome.results += 1
        except CompareError as error:
            str(error).encode("utf-8", "surrogatepass")
        except (Exception, TooSlowError) as error:
            what = _told(error)
            known = outcome.faults.get(what, (number, 0))
            outcome.faults[what] = known[0], known[1] + 1
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
        took = time.perf_counter() - start
        outcome.inputs += 1
        outcome.seconds += took
        outcome.slowest = max(outcome.slowest, (took, number))
    outcome.found = FOUND.copy()
    return outcome


def chunks(targets: Sequence[str], inputs: int | None, size: int) -> Iterator[tuple[str, int, int]]:
    """Stretches of inputs, the targets by turns so that a stop leaves something of all."""
    lists = []
    for name in targets:
        total = TARGETS[name].inputs if inputs is None else inputs
        share = max(1, min(size, TARGETS[name].inputs // 100))
        lists.append([(name, n, min(n + share, total)) for n in range(0, total, share)])
    for turn in itertools.zip_longest(*lists):
        yield from (chunk for chunk in turn if chunk is not None)


def fuzz(args: argparse.Namespace) -> dict[str, Outcome]:
    """Run all inputs in processes of their own, until they or the time run out."""
    totals = {name: Outcome(name) for name in args.targets}
    waiting = chunks(args.targets, args.inputs, args.chunk)
    end = time.monotonic() + args.seconds if args.seconds else float("inf")
    under_way: dict[Future[Outcome], tuple[str, int, int]] = {}
    while True:
        # Workers are replaced now and then: the parser keeps every word that it has seen.
        pool = ProcessPoolExecutor(
            args.workers, get_context("spawn"), max_tasks_per_child=args.worn
        )
        try:
            with pool:
                while True:
                    while len(under_way) < 2 * args.workers and time.monotonic() < end:
                        chunk = next(waiting, None)
                        if chunk is None:
                            break
                        name, first, last = chunk
                        future = pool.submit(try_some, name, args.seed, first, last, args.slow)
                        under_way[future] = chunk
                    if not under_way:
                        return totals
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()
                        del under_way[future]
                        new = set(outcome.faults) - set(totals[outcome.target].faults)
                        totals[outcome.target].add(outcome)
                        for what in sorted(new):
                            case = f"{args.seed}:{outcome.faults[what][0]}"
                            print(f"{outcome.target} --case {case}: {what}", flush=True)
        except BrokenProcessPool:
            for name, first, last in under_way.values():
                what = f"a process died in one of the inputs {first} to {last - 1}"
                totals[name].faults[what] = first, 1
                print(f"{name}: {what}", flush=True)
            under_way.clear()
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            return totals  # what there is by now


def report(totals: dict[str, Outcome], slow: float) -> int:
    """Print the figures; how many faults and slow inputs there were."""
    wrong = 0
    print(f"{'target':<18}{'inputs':>9}{'results':>9}{'seconds':>9}{'slowest':>9}  faults")
    for outcome in totals.values():
        took, number = outcome.slowest
        print(
            f"{outcome.target:<18}{outcome.inputs:>9,}{outcome.results:>9,}"
            f"{outcome.seconds:>9,.0f}{took:>8.2f}s  {len(outcome.faults)}"
        )
        wrong += len(outcome.faults)
        if took > slow:
            wrong += 1
            print(f"  input {number} took {took:.1f} s")
        for what, (first, count) in sorted(outcome.faults.items()):
            print(f"  {count} x {what}; first input {first}")
    found = sum((outcome.found for outcome in totals.values()), collections.Counter())
    if found:
        print("findings:", ", ".join(f"{name} {n:,}" for name, n in sorted(found.items())))
    total = sum(outcome.inputs for outcome in totals.values())
    print(f"{total:,} inputs, {wrong} of them a fault or slower than {slow:g} s")
    return wrong


def main(argv: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, metavar="N", help="of each target")
    parser.add_argument("--seconds", type=float, metavar="N", help="stop after these")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--slow", type=float, default=10.0, help="seconds an input may take")
    parser.add_argument("--chunk", type=int, default=200, help="inputs that a process gets at once")
    parser.add_argument("--worn", type=int, default=40, help="chunks after which it is replaced")
    parser.add_argument("--case", metavar="SEED:NUMBER", help="one input, with its traceback")
    args = parser.parse_args(argv)
    args.targets = args.targets or list(TARGETS)
    unknown = set(args.targets) - set(TARGETS)
    if unknown:
        parser.error(f"unknown target {min(unknown)!r}: use {', '.join(TARGETS)}")
    if args.case:
        seed, number = map(int, args.case.split(":"))
        (name,) = args.targets
        TARGETS[name].act(source(seed, name, number))
        return 0
    return 1 if report(fuzz(args), args.slow) else 0


if __name__ == "__main__":
    sys.exit(main())
