"""Time and memory of the alignment stage, without encoding, against the size of the texts.

    python benchmarks/align_size.py DATA [--lines FILE] [--sizes 20,40,…] [--time-limit SECONDS]

DATA     folder of ``*.jsonl`` document pairs, see ``align.py``
--lines  ``*.jsonl`` of lines in two translations, ``{set, a, b}``, for the longer texts

The texts are real: documents put together in one order, Bible sets first, each text once, then the
lines; a pair of size n is the first n sentences of either side. Every size runs in a process of its
own with vectors encoded beforehand. Time is the median of up to five runs after a warm-up, of
``compare.align.align`` and, as a measure of the machine, of the Hungarian method on the cosines of
the same vectors. Memory is the most that the process ever held, before the Hungarian method runs;
"before" is the same before alignment: Python, libraries, texts and vectors.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from align import document, print_table, read_set

from compare.align import TIME_LIMIT, align
from compare.embed import CachedEncoder, OnnxEncoder

SIZES = "20,40,100,200,500,1000,2000,5000"
RUNS = 5
LONGEST = 3.0
"""Seconds of runs after which no further one is begun."""
WARM_UP = 20


@dataclass(frozen=True)
class Measured:
    """What one process found."""

    seconds: float
    groups: int
    reference: float
    before: int
    """MiB"""
    peak: int
    """MiB"""


def read_texts(data: Path, lines: Path | None) -> tuple[list[str], list[str]]:
    """The sentences of both sides; no text of a document is taken twice."""
    a: list[str] = []
    b: list[str] = []
    seen: set[str] = set()
    for path in sorted(data.glob("*.jsonl"), key=lambda p: ("bible" not in p.stem, p.stem)):
        for case in read_set(path):
            texts = {" ".join(case.a), " ".join(case.b)}
            if not texts & seen:
                seen |= texts
                a += case.a
                b += case.b
    if lines is not None:
        for line in lines.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            a.append(item["a"])
            b.append(item["b"])
    return a, b


def encode(a: list[str], b: list[str], folder: Path) -> None:
    """Write texts and vectors; in a process of its own, so that no other one holds the encoder."""
    encoder = CachedEncoder(OnnxEncoder())
    (folder / "texts.json").write_text(json.dumps([a, b]), encoding="utf-8")
    np.save(folder / "a.npy", encoder.encode(a))
    np.save(folder / "b.npy", encoder.encode(b))


def peak() -> int:
    """The most memory that this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (2**20 if sys.platform == "darwin" else 2**10)


def median(run: Callable[[], object]) -> float:
    """Seconds of a run: the median of a few."""
    seconds: list[float] = []
    while len(seconds) < RUNS and sum(seconds) < LONGEST:
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def measure(folder: Path, size: int, limit: float) -> Measured:
    """Align the first ``size`` sentences of both sides, and assign them by the Hungarian method."""
    from scipy.optimize import linear_sum_assignment

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    a, b = (text[:size] for text in texts)
    x, y = (np.load(folder / f"{side}.npy")[:size] for side in "ab")
    some = slice(WARM_UP)
    align(document(a[some], "a"), document(b[some], "b"), x[some], y[some])
    before = peak()
    first, second = document(a, "a"), document(b, "b")
    groups = []

    def ours() -> None:
        groups[:] = align(first, second, x, y, time_limit=limit)

    seconds = median(ours)
    most = peak()
    cosine = x @ y.T
    reference = median(lambda: linear_sum_assignment(-cosine))
    return Measured(seconds, sum(g.linked for g in groups), reference, before, most)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of *.jsonl")
    parser.add_argument("--lines", type=Path, help="*.jsonl of {set, a, b}")
    parser.add_argument("--sizes", default=SIZES, help="sentences a side, separated by commas")
    parser.add_argument(
        "--time-limit", type=float, default=TIME_LIMIT, help="seconds for the exact solution"
    )
    options = parser.parse_args(argv)
    a, b = read_texts(options.data, options.lines)
    sizes = [int(size) for size in options.sizes.split(",")]
    long = [size for size in sizes if size > min(len(a), len(b))]
    if long:
        print(f"{len(a)} and {len(b)} sentences: too few for {', '.join(map(str, long))}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with one_process() as pool:
            pool.submit(encode, a[: max(sizes)], b[: max(sizes)], folder).result()
        rows = []
        for size in sizes:
            if size not in long:
                with one_process() as pool:
                    m = pool.submit(measure, folder, size, options.time_limit).result()
                rows.append(
                    [
                        f"{size} × {size}",
                        f"{m.groups}",
                        f"{m.seconds:.3f}",
                        f"{m.seconds / size * 1000:.2f}",
                        f"{m.reference:.4f}",
                        f"{m.seconds / m.reference:.1f}",
                        f"{m.before}",
                        f"{m.peak}",
                    ]
                )
    print_table(
        [
            "sentences",
            "groups",
            "seconds",
            "ms a sentence of A",
            "Hungarian, seconds",
            "ratio",
            "MiB before",
            "MiB at most",
        ],
        rows,
    )


def one_process() -> ProcessPoolExecutor:
    """A fresh process for one piece of work."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


if __name__ == "__main__":
    main()
