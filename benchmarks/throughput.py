"""How fast, and in how much memory: ``python benchmarks/throughput.py PART [options]``.

Parts, each by itself so that none warms another up:

- ``stages``: one process; CPU seconds a pair of each stage, and how much of it lies inside the
  encoder, spaCy's model and the solver;
- ``plain``: the straightforward pipeline of the same purpose, with the sentences given: every
  window of one to four sentences encoded with sentence-transformers as bertalign does, a dynamic
  programme over them, difflib over each group;
- ``both``: the two in turn on the same pairs, so that other load on the machine meets both;
- ``batch``: the whole command by the workers' number, cold (processes started, models loaded) and
  warm (from the moment when each has loaded them), and with vectors from the cache;
- ``memory``: the greatest memory of a batch by the number of pairs done;
- ``kill``: a batch killed at random moments, against one that nothing disturbs.

Pairs are made by ``synthetic.py``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import multiprocessing
import os
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import peers
import synthetic

from compare import Config
from compare.batch import Job, compare_row, run_batch
from compare.embed import OnnxEncoder, make_encoder
from compare.engines import Local, Ray
from compare.manifest import Row, read_manifest
from compare.read import article_from_text
from compare.segment import segment

CONFIG = Config(cache=False, force=True)


def seconds() -> tuple[float, float]:
    """Wall and CPU seconds so far."""
    return time.perf_counter(), time.process_time()


def since(before: tuple[float, float]) -> tuple[float, float]:
    """Wall and CPU seconds since then."""
    wall, cpu = seconds()
    return wall - before[0], cpu - before[1]


class Inside:
    """CPU seconds inside the encoder, spaCy's model and the solver."""

    def __init__(self) -> None:
        import scipy.optimize

        import compare.annotate as annotate

        self.spent: Counter[str] = Counter()
        nlp = annotate.spacy_model()
        pipe = nlp.pipe
        nlp.pipe = self._timed("spaCy's model", lambda texts: iter(list(pipe(texts))))  # type: ignore[method-assign,assignment]
        OnnxEncoder.encode = self._timed("encoder", OnnxEncoder.encode)  # type: ignore[method-assign]
        scipy.optimize.milp = self._timed("solver", scipy.optimize.milp)

    def _timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.spent[name] += time.process_time() - begun

        return timed


class Ours:
    """The project itself, one pair after another in this process."""

    def __init__(self, folder: Path) -> None:
        self.job = Job(folder, CONFIG)
        self.encoder = make_encoder(CONFIG)

    def __call__(self, row: Row) -> None:
        compare_row(row, self.job, self.encoder)


class Plain:
    """The straightforward pipeline, on one thread as ours; it has our sentences for nothing."""

    def __init__(self, folder: Path) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        from compare.embed import MODEL_PACKAGE, package_file

        torch.set_num_threads(1)
        self.model = SentenceTransformer(str(package_file(MODEL_PACKAGE, "model")), device="cpu")
        self.folder = folder

    def __call__(self, row: Row) -> None:
        texts = [
            [sentence.text for sentence in segment(article_from_text(row.fields[f"{side}_text"]))]
            for side in "ab"
        ]
        windows = [
            [" ".join(side[i : i + size]) for i in range(len(side) - size + 1)]
            for side in texts
            for size in range(1, 5)
        ]
        flat = list(itertools.chain(*windows))
        vectors = self.model.encode(flat, normalize_embeddings=True, show_progress_bar=False)
        ends = np.cumsum([len(some) for some in windows])[:-1]
        parts = [np.zeros((0, vectors.shape[1])), *np.split(vectors, ends)]
        left, right = [parts[0], *parts[1:5]], [parts[0], *parts[5:9]]
        groups = aligned(texts[0], texts[1], left, right)
        rows = []
        for i, j in groups:
            a, b = (
                " ".join(side[k] for k in sorted(ids)).split()
                for side, ids in zip(texts, (i, j), strict=True)
            )
            rows.append([a, b, SequenceMatcher(None, a, b, autojunk=False).get_opcodes()])
        (self.folder / f"{row.folder_name}.json").write_text(json.dumps(rows), "utf-8")


def aligned(
    a: list[str], b: list[str], left: list[np.ndarray], right: list[np.ndarray]
) -> list[peers.Pair]:
    """The score of bertalign over true window vectors, searched by :func:`peers.cheapest`."""
    size_a, size_b = peers.sizes(a), peers.sizes(b)
    scale = size_a[1].sum() / size_b[1].sum()
    costs = {}
    for p, q in peers.BEADS:
        if p > len(a) or q > len(b):
            continue
        near = (peers.around(left[p] @ right[1].T, q) + peers.around(right[q] @ left[1].T, p).T) / 2
        one, other = size_a[p][:, None], size_b[q][None, :] * scale
        penalty = np.log2(1 + np.minimum(one, other) / np.maximum(one, other))
        costs[p, q] = (near - left[p] @ right[q].T) * penalty
    return peers.cheapest(costs | peers.skips(a, b, 0.1), len(a), len(b))


def stages(rows: list[Row], folder: Path) -> None:
    """CPU seconds a pair by stage."""
    import compare.pipeline as pipeline

    begun = seconds()
    ours = Ours(folder)
    ours(rows[0])
    _, cpu = since(begun)
    print(f"cold: the first pair and all that it loads, {cpu:.1f} s of CPU, {own_peak()} MB")
    inside = Inside()
    spent: Counter[str] = Counter()
    compare_articles = pipeline.compare_articles

    def watched(*args: Any, **kwargs: Any) -> Any:
        result = compare_articles(*args, **kwargs)
        spent.update({stage.stage: stage.cpu for stage in result.run.stages})
        return result

    pipeline.compare_articles = watched
    begun = seconds()
    for row in rows[1:]:
        ours(row)
    _, cpu = since(begun)
    count = len(rows) - 1
    spent["write"] = cpu - sum(spent.values())
    print(f"warm: {cpu / count:.3f} s of CPU a pair, {count} pairs, {own_peak()} MB")
    for name, part in spent.items():
        print(f"  {name:10} {part / count:.3f}  {part / cpu:.0%}")
    told = ", ".join(f"{name} {part / cpu:.0%}" for name, part in inside.spent.items())
    print(f"inside: {told}; together {sum(inside.spent.values()) / cpu:.0%}")


def both(rows: list[Row], folder: Path) -> None:
    """Ours and the straightforward pipeline in turn."""
    runs: dict[str, Any] = {"ours": Ours(folder), "plain": Plain(folder)}
    for run in runs.values():
        run(rows[0])
    spent = {name: [0.0, 0.0] for name in runs}
    for row in rows[1:]:
        for name, run in runs.items():
            begun = seconds()
            run(row)
            spent[name] = [x + y for x, y in zip(spent[name], since(begun), strict=True)]
    count = len(rows) - 1
    for name, (wall, cpu) in spent.items():
        print(f"{name:6} {cpu / count:.3f} s of CPU a pair, {wall / count:.3f} s by the clock")
    print(
        f"ours is {spent['plain'][1] / spent['ours'][1]:.1f} × as fast by CPU seconds, "
        f"{spent['plain'][0] / spent['ours'][0]:.1f} × by the clock, {count} pairs"
    )


def plain(rows: list[Row], folder: Path) -> None:
    """The straightforward pipeline by itself."""
    begun = seconds()
    run = Plain(folder)
    run(rows[0])
    print(f"cold: {since(begun)[1]:.1f} s of CPU, {own_peak()} MB")
    begun = seconds()
    for row in rows[1:]:
        run(row)
    print(f"warm: {since(begun)[1] / (len(rows) - 1):.3f} s of CPU a pair, {own_peak()} MB")


def batches(manifest: Path, folder: Path, workers: list[int], engine: str) -> None:
    """The whole batch by the number of workers."""
    for number in workers:
        os.environ["VARIANT_COMPARE_CACHE"] = str(folder / f"cache{number}")
        for kept in ("no cache", "an empty cache", "the cache filled"):
            out = folder / f"{number} {kept}"
            moments: list[float] = []
            begun = time.perf_counter()
            children = resource.getrusage(resource.RUSAGE_CHILDREN)

            def note(*_: int, moments: list[float] = moments) -> None:
                moments.append(time.perf_counter())

            job = Job(out, CONFIG.replace(cache=kept != "no cache"))
            count, failed = run_batch(
                manifest, job, Ray(number) if engine == "ray" else Local(number), progress=note
            )
            wall = time.perf_counter() - begun
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
            # Of the moments the first is the beginning, and the next ones may still be loading.
            first = 2 * number
            pace = (len(moments) - 1 - first) / (moments[-1] - moments[first])
            print(
                f"{engine}, {number} workers, {kept}: "
                f"cold {count / wall:.2f} pairs/s, warm {pace:.2f} pairs/s, "
                f"{cpu / count:.2f} s of CPU a pair with all that is loaded, {failed} failed",
                flush=True,
            )


def memory(manifest: Path, folder: Path, workers: int, marks: list[int]) -> None:
    """The greatest memory so far, of the whole batch and of its parts, as pairs are done."""
    peak = Counter[str]()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.25):
            sizes = [
                size
                for child in multiprocessing.active_children()
                if child.pid and (size := resident(child.pid))
            ]
            main = resident(os.getpid())
            now = {"parent": main, "worker": max(sizes, default=0), "all": main + sum(sizes)}
            for name, size in now.items():
                peak[name] = max(peak[name], size)

    def note(count: int, total: int, failed: int) -> None:
        if count in marks or count == total:
            told = ", ".join(f"{name} {size} MB" for name, size in peak.items())
            print(f"{count} pairs: {told}; {time.perf_counter() - begun:.0f} s", flush=True)

    begun = time.perf_counter()
    threading.Thread(target=watch, daemon=True).start()
    run_batch(manifest, Job(folder / "memory", CONFIG), Local(workers), progress=note)
    ended.set()


def kill(manifest: Path, folder: Path, times: int, workers: int) -> None:
    """Batches killed at random moments, each run to its end by the next."""
    command = [sys.executable, "-m", "compare", "batch", manifest, "-q"]
    command += ["--force", "--workers", str(workers), "-o"]

    def start(out: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*command, out], stdout=subprocess.DEVNULL)

    begun = time.perf_counter()
    start(folder / "undisturbed").wait()
    took = time.perf_counter() - begun
    wanted = outcome(folder / "undisturbed")
    rng = random.Random(7)
    for number in range(times):
        out = folder / f"killed{number}"
        process = start(out)
        moment = rng.uniform(0.1, 0.8) * took
        time.sleep(moment)
        early = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        log = out / "done.jsonl"
        done = log.read_bytes().count(b"\n") if log.exists() else 0
        start(out).wait()
        same = outcome(out) == wanted
        print(
            f"killed after {moment:.1f} s{'' if early else ' (it was through)'} with {done} pairs "
            f"done: {'the same to the byte' if same else 'DIFFERENT'}, {len(wanted)} files",
            flush=True,
        )


def outcome(folder: Path) -> dict[str, bytes]:
    """The tables and the summary of a batch."""
    files = [p for part in ("pairs", "findings") for p in (folder / part).rglob("*") if p.is_file()]
    files.append(folder / "summary.csv")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def resident(process: int) -> int:
    """MB of a process now; 0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    return next((int(s.split()[1]) for s in status.splitlines() if s.startswith("VmRSS")), 0) >> 10


def own_peak() -> int:
    """Greatest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def machine() -> Iterator[str]:
    """What the figures hold for."""
    yield dt.date.today().isoformat()
    yield f"{os.cpu_count()} CPUs"
    info = Path("/proc/cpuinfo")
    names = [s for s in info.read_text("utf-8").splitlines() if "model name" in s]
    yield names[0].partition(":")[2].strip() if names else platform.processor()
    yield f"Python {platform.python_version()}"
    yield f"load {os.getloadavg()[0]:.1f}"


def main() -> int:
    """Print the figures of one part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("stages", "plain", "both", "batch", "memory", "kill"))
    parser.add_argument("--pairs", type=int, default=31)
    parser.add_argument("--paragraphs", type=int, default=0, help="the most of a text; 0: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--times", type=int, default=5, help="kills")
    parser.add_argument("--marks", type=int, nargs="*", default=[10, 100, 300, 1000, 3000])
    args = parser.parse_args()
    print("; ".join(machine()), flush=True)
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        made = folder / "pairs.jsonl"
        manifest = synthetic.write(made, args.pairs, args.seed, args.paragraphs)
        if args.part in ("stages", "plain", "both"):
            part = {"stages": stages, "plain": plain, "both": both}[args.part]
            part(list(read_manifest(manifest)), folder)
        elif args.part == "batch":
            batches(manifest, folder, args.workers, args.engine)
        elif args.part == "memory":
            memory(manifest, folder, args.workers[-1], args.marks)
        else:
            kill(manifest, folder, args.times, args.workers[-1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
