"""What runs the pairs of a batch: a pool of processes on this machine, or Ray here or elsewhere."""

from __future__ import annotations

import itertools
import json
import math
import multiprocessing
import os
import threading
import warnings
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from compare.batch import Job, Summary, compare_row, compare_rows, failure
from compare.errors import CompareError, SetupError
from compare.manifest import Row

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from compare.embed import Encoder

_AHEAD = 4
"""Pairs that wait for each worker: enough to keep it busy, few enough to hold in memory."""
_WORN = 500
"""Pairs after which a worker is replaced: spaCy keeps every word that it has seen."""
_MICRO = 16
"""Pairs of a micro-batch of Ray: a pair that is under way when an actor dies costs so many."""
_WAVE = 20_000
"""Pairs that Ray is given at once: the texts of so many are held in its memory."""
_RETRIES = 3
"""Times that a micro-batch is tried again when its actor dies."""
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Several threads of one process cost more than as many processes."""


def workers_here() -> int:
    """How many processes this machine can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


# --- on this machine --------------------------------------------------------------------------


class Local:
    """A pool of processes, each with the models loaded once and one thread.

    A worker that dies, because a pair takes all memory, say, costs that pair alone.

    Args:
        workers: how many processes.
        worn: after how many pairs a worker is replaced by a fresh one.
    """

    def __init__(self, workers: int, worn: int = _WORN) -> None:
        self.workers = workers
        self.worn = worn

    def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
        waiting = iter(rows)
        for first in waiting:
            shift = itertools.islice(waiting, self.workers * self.worn - 1)
            lost: list[Row] = []
            yield from self._shift(itertools.chain((first,), shift), job, lost)
            for row in sorted(lost, key=lambda row: row.number):
                yield self._alone(row, job)

    def _shift(self, rows: Iterator[Row], job: Job, lost: list[Row]) -> Generator[Summary]:
        """Run rows until a worker dies; the rows that were under way then are lost."""
        under_way: dict[Future[Summary], Row] = {}
        with _pool(self.workers) as pool:
            try:
                while True:
                    for row in itertools.islice(rows, self.workers * _AHEAD - len(under_way)):
                        try:
                            future = pool.submit(_compare, row, job)
                        except BrokenProcessPool:
                            lost.append(row)
                            raise
                        under_way[future] = row
                    if not under_way:
                        return
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        summary = future.result()
                        del under_way[future]
                        yield summary
            except BrokenProcessPool:
                lost.extend(under_way.values())

    def _alone(self, row: Row, job: Job) -> Summary:
        """A pair that was lost with others, in a process of its own: was it the one?"""
        with _pool(1) as pool:
            try:
                return pool.submit(_compare, row, job).result()
            except BrokenProcessPool:
                return failure(row, "its process died: too little memory, or a fault of a library")


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the block, at once where it is left by an error."""
    # Not fork: the threads of the libraries would be gone in the child, and their locks held.
    context = multiprocessing.get_context("spawn")
    # Nothing is ever sent: its other end closes when this process ends, whatever ends it.
    life, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, _begin, (life,))
    try:
        yield pool
    except BaseException:
        ours.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        ours.close()
        life.close()


def _begin(life: Connection) -> None:
    """Begin a worker: one thread for all libraries, and an end when its parent's has come."""
    import signal

    os.environ.update(_ONE_THREAD)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has it too, and ends us
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()


def _end_with(life: Connection) -> None:
    """A parent that is killed cannot stop its workers: they must see it themselves."""
    life.poll(None)
    os._exit(1)


@cache
def _encoder(job: Job) -> Encoder:
    from compare.embed import make_encoder

    return make_encoder(job.config)


def _compare(row: Row, job: Job) -> Summary:
    return compare_row(row, job, _encoder(job))


# --- with Ray ---------------------------------------------------------------------------------


class Ray:
    """A Ray Data pipeline: actors that hold the models, fed with micro-batches of pairs.

    The folder of the batch, and texts that the manifest names by their paths, must be at the same
    place on every machine. An actor that dies is started again, and its micro-batch too.

    Args:
        workers: how many actors; None is one for each CPU but one, which Ray needs for itself.
        address: of a cluster, as ``ray.init`` takes it; None starts Ray on this machine.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        self.workers = workers
        self.address = address

    def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
        ray = self._started()
        try:
            workers = self.workers or max(1, int(ray.cluster_resources().get("CPU", 2)) - 1)
            waiting = iter(rows)
            while wave := list(itertools.islice(waiting, _WAVE)):
                yield from _wave(wave, job, workers)
        except (ray.exceptions.RayError, RuntimeError) as error:
            told = _told(error)
            if told is not None:
                raise told from None
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise SetupError(
                f"Ray failed ({type(error).__name__}: {reason}): start the batch again to go on "
                "where it was, or use --engine local, which tells the pair that is at fault"
            ) from error
        finally:
            ray.shutdown()

    def _started(self) -> Any:
        # Read when Ray is imported.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise SetupError(
                f"cannot import Ray ({error}): run pip install 'variant-compare[ray]', or use "
                "--engine local"
            ) from error
        import logging

        settings: dict[str, Any] = {"address": self.address}
        if self.address is None:
            workers = self.workers or workers_here()
            # Actors that take every CPU leave none for what feeds them, and Ray waits for ever.
            settings = {"address": "local", "num_cpus": workers + 1, "include_dashboard": False}
        try:
            ray.init(**settings, logging_level=logging.ERROR, log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise SetupError(
                f"cannot start Ray, or reach it at {self.address} ({error}): check --address"
            ) from error
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # it raises what it logs
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.raise_original_map_exception = True
        return ray


def _told(error: BaseException | None) -> BaseException | None:
    """What a worker said for the user, under all that Ray wraps it in."""
    while error is not None:
        # What Ray raises is of the same class as its cause, and says the whole traceback.
        inner = getattr(error, "cause", None) or error.__cause__
        if inner is None and isinstance(error, CompareError | OSError):
            return error
        error = inner
    return None


def _wave(rows: list[Row], job: Job, workers: int) -> Iterator[Summary]:
    import ray.data

    items = [{"row": row} for row in rows]
    # Several micro-batches for each actor, so that none waits long for another at the end.
    micro = max(1, min(_MICRO, len(rows) // (workers * 4)))
    data = ray.data.from_items(items, override_num_blocks=math.ceil(len(rows) / micro))
    with warnings.catch_warnings():
        # Ray 2.64 will want the number of retries elsewhere. Without one it tries for ever.
        warnings.simplefilter("ignore", DeprecationWarning)
        compared = data.map_batches(
            _Actor,
            fn_constructor_args=(job,),
            batch_size=None,
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(rows))),
            num_cpus=1,
            max_restarts=-1,
            max_task_retries=_RETRIES,
        )
    for item in compared.iter_rows():
        yield json.loads(item["summary"])


class _Actor:
    """What Ray keeps for as long as it runs: the models, loaded once."""

    def __init__(self, job: Job) -> None:
        os.environ.update(_ONE_THREAD)
        self._job = job
        self._encoder = _encoder(job)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        rows = list(batch["row"])
        summaries = compare_rows(rows, self._job, self._encoder)
        # As words: Arrow wants all values of one name to be of one type.
        return {"summary": [json.dumps(summary) for summary in summaries]}
