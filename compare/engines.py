"""What runs the pairs of a batch: a pool of processes on this machine."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TYPE_CHECKING

from compare.batch import FAILED, SUMMARY, Job, Summary, compare_row
from compare.manifest import Row

if TYPE_CHECKING:
    from compare.embed import Encoder

_AHEAD = 4
"""Pairs that wait for each worker: enough to keep it busy, few enough to hold in memory."""


def workers_here() -> int:
    """How many processes this machine can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


class Local:
    """A pool of processes, each with the models loaded once and one thread.

    A worker that dies, because a pair takes all memory, say, costs that pair alone.

    Args:
        workers: how many processes.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __call__(self, rows: Iterable[Row], job: Job) -> Iterator[Summary]:
        waiting = iter(rows)
        ahead = self.workers * _AHEAD
        while True:
            under_way: dict[Future[Summary], Row] = {}
            pool = self._pool()
            try:
                for row in itertools.islice(waiting, ahead):
                    under_way[pool.submit(_compare, row, job)] = row
                if not under_way:
                    return
                while under_way:
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        summary = future.result()  # raises where a worker died
                        del under_way[future]
                        yield summary
                        for row in itertools.islice(waiting, 1):
                            under_way[pool.submit(_compare, row, job)] = row
                return
            except BrokenProcessPool:
                lost = sorted(under_way.values(), key=lambda row: row.number)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
            for row in lost:
                yield self._alone(row, job)

    def _alone(self, row: Row, job: Job) -> Summary:
        """A pair that was lost with others, in a process of its own: was it the one?"""
        with ProcessPoolExecutor(1, _context(), _begin) as pool:
            try:
                return pool.submit(_compare, row, job).result()
            except BrokenProcessPool:
                summary: dict[str, str | int] = dict.fromkeys(SUMMARY, "")
                reason = "its process died: too little memory, or a fault of a library"
                return summary | {"pair_id": row.pair_id, "status": FAILED, "error": reason}

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, _context(), _begin)


def _context() -> multiprocessing.context.SpawnContext:
    # Not fork: the threads of the libraries would be gone in the child, and their locks held.
    return multiprocessing.get_context("spawn")


def _begin() -> None:
    """Begin a worker: one thread for all libraries, and an end when its parent is gone."""
    import signal

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has it too, and ends us
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """A parent that is killed cannot stop its workers: they must see it themselves."""
    parent.join()
    os._exit(1)


@cache
def _encoder(job: Job) -> Encoder:
    from compare.embed import make_encoder

    return make_encoder(job.config)


def _compare(row: Row, job: Job) -> Summary:
    return compare_row(row, job, _encoder(job))
