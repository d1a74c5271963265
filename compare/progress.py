"""How far a batch is, on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[int, int, int], None]
"""Told after each pair: how many are done, of how many, and how many failed."""

_EVERY = 30.0
"""Seconds between two plain lines."""


@contextmanager
def shown(stream: TextIO, name: str) -> Iterator[Progress]:
    """What shows the progress of a batch, with pairs a second and the time left."""
    if not stream.isatty():
        yield _Lines(stream, name)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(name),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=stream), speed_estimate_period=120) as bar:
        task = bar.add_task("", total=None, told="")
        pace = _Pace()

        def update(count: int, total: int, failed: int) -> None:
            told = f"{pace(count):.2f} pairs/s" + (f", {failed:,} failed" if failed else "")
            bar.update(task, completed=count, total=total, told=told)

        yield update


class _Pace:
    """Pairs a second of this run: those that were done before it do not count."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._before: int | None = None

    def __call__(self, count: int) -> float:
        if self._before is None:
            self._before = count
        return (count - self._before) / max(time.monotonic() - self._begun, 1e-9)


class _Lines:
    """A line when it begins, then one now and again, and one at the end."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._pace = _Pace()
        self._next = 0.0

    def __call__(self, count: int, total: int, failed: int) -> None:
        pace = self._pace(count)
        now = time.monotonic()
        if now < self._next and count < total:
            return
        self._next = now + _EVERY
        line = f"{self._name}: {count:,} of {total:,} pairs, {failed:,} failed"
        if pace:
            left = round((total - count) / pace)
            line += f", {pace:.2f} pairs/s, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
        self._stream.write(line + "\n")
        self._stream.flush()
