"""Time of segmentation against length, beside Python's own ``re.split``: linear or not.

    python benchmarks/segment.py

Each line doubles the length; a ratio near 2 from line to line is linear time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from compare.segment import sentence_spans

UNITS = [
    "The U.S. said on Sept. 3 that “it rained. It poured.” He left. ",
    "a ",
    "他",
    ". ",
    "“a. ",
    "[a. B ",
]
SIZES = (10_000, 20_000, 40_000, 80_000)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print a table per kind of text."""
    for unit in UNITS:
        print(f"{unit!r}")
        for size in SIZES:
            text = unit * (size // len(unit))
            ours = seconds(lambda text=text: sentence_spans(text))
            split = seconds(lambda text=text: re.split(r"(?<=[.!?])\s+", text))
            print(f"  {size:7,} characters: {ours:7.4f} s, re.split {split:7.4f} s")


if __name__ == "__main__":
    main()
