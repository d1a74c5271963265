"""Fuzzing that looks at the code: an input that reaches what none reached before is varied.

    pip install atheris                                     # Linux and macOS, CPython up to 3.13
    python benchmarks/fuzz_coverage.py                      # every reader, a minute each
    python benchmarks/fuzz_coverage.py html tbx --seconds 600 --corpus folder
    python benchmarks/fuzz_coverage.py html --input crash-4711   # one input again

The readers, and what is asked of their results, are those of ``fuzz.py``; its inputs are where it
begins. For each it prints how often it ran, how many edges of the code of ``compare`` were reached
with the first inputs and at the end, how many inputs it has kept, and each fault with the file that
makes it again. A reader ends with its first fault. The exit code is 1 where there was a fault, or
an input took longer than ``--slow`` seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve()
TRACED = (
    *("read", "readers", "layout", "segment", "bitext", "xml", "glossary", "tbx", "settings"),
    *("files", "links", "manifest", "verdicts", "rules", "baseline", "records", "detect"),
    *("report.load", "report.document", "report.safe"),
)
"""Modules whose edges count; of the rest only that it does not fail."""
MISSING = (
    "this needs atheris, which is no part of the product: run pip install atheris (Linux or macOS, "
    "CPython 3.11 to 3.13), or use fuzz.py, which needs nothing"
)
_RUNNING = re.compile(r"^#\d+\s+(\w+)\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.M)
_UNITS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_FAULT = re.compile(r"(?<=Uncaught Python exception: ===\n).*?(?===\d+==|\Z)", re.S)
_STOPPED = re.compile(r"SUMMARY: libFuzzer: (.*)")


def child(target: str, folder: Path, arguments: Sequence[str]) -> None:
    """Fuzz one reader in this process, which does not come back: nothing is tidied up at its end.

    Args:
        target: the reader.
        folder: where files may be left.
        arguments: those of libFuzzer.
    """
    import atheris

    with atheris.instrument_imports(include=[f"compare.{name}" for name in TRACED]):
        for name in TRACED:
            importlib.import_module(f"compare.{name}")
        import fuzz
    from compare.errors import CompareError

    fuzz.scratch = lambda: folder
    act = fuzz.READERS[target].act

    def once(data: bytes) -> None:
        with contextlib.suppress(CompareError):
            act(data)

    with contextlib.suppress(Exception):
        once(b"")  # what is loaded first is no input's time
    atheris.Setup([sys.argv[0], *arguments], once)
    atheris.Fuzz()


def seeds(target: str, folder: Path, count: int) -> None:
    """The inputs to begin with: those of ``fuzz.py``."""
    import fuzz

    for number in range(count):
        data = fuzz.READERS[target].make(fuzz.source(1, target, number))
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def dictionary(path: Path) -> None:
    """Words, marks, numbers and dates that an input may have put in."""
    import fuzz_inputs

    rng = random.Random(1)
    words = {fuzz_inputs.atom(rng).encode("utf-8", "surrogatepass") for _ in range(3000)}
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words) if word)
    path.write_text("".join(f'"{line}"\n' for line in lines if len(line) <= 4 * 64), "ascii")


def fuzzed(target: str, args: argparse.Namespace, place: Path, left: str) -> bool:
    """Fuzz one reader in a process of its own, and print what came of it; whether all was well."""
    corpus = place / target
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        seeds(target, corpus, args.seeds)
    words = place / "words"
    if not words.exists():
        dictionary(words)
    told = subprocess.run(
        [
            *(sys.executable, str(HERE), "--child", target, left, str(corpus)),
            *(f"-max_total_time={args.seconds}", f"-seed={args.seed}", f"-dict={words}"),
            *(f"-timeout={args.slow}", f"-artifact_prefix={target}-", "-max_len=65536"),
            *("-print_final_stats=1", "-rss_limit_mb=4096"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parents[1]), str(HERE.parent)))},
    )
    states = {name: tuple(map(int, found)) for name, *found in _RUNNING.findall(told.stdout)}
    last = [*map(int, _RUNNING.findall(told.stdout)[-1][1:])] if states else [0, 0, 0]
    units = _UNITS.search(told.stdout)
    print(
        f"{target:<18}{int(units[1]) if units else 0:>10,}{states.get('INITED', (0,))[0]:>9,}"
        f"{last[0]:>9,}{last[2]:>8,}  {'ok' if told.returncode == 0 else 'FAULT'}",
        flush=True,
    )
    if told.returncode:
        fault = _FAULT.search(told.stdout)
        stopped = _STOPPED.search(told.stdout)
        print(fault[0].strip() if fault else stopped[1] if stopped else told.stdout[-2000:])
        for name in re.findall(r"Test unit written to (\S+)", told.stdout):
            print(f"again: python benchmarks/fuzz_coverage.py {target} --input {name}")
    return told.returncode == 0


def main(argv: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    arguments = sys.argv[1:] if argv is None else [*argv]
    if importlib.util.find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    if arguments[:1] == ["--child"]:
        child(arguments[1], Path(arguments[2]), arguments[3:])
    import fuzz

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(fuzz.READERS))
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=200, help="inputs to begin with")
    parser.add_argument("--slow", type=int, default=10, help="seconds an input may take")
    parser.add_argument("--corpus", type=Path, help="a folder that keeps the inputs")
    parser.add_argument("--input", type=Path, help="one input, with its traceback")
    args = parser.parse_args(arguments)
    readers = args.readers or [*fuzz.READERS]
    unknown = set(readers) - set(fuzz.READERS)
    if unknown:
        parser.error(f"unknown reader {min(unknown)!r}: use {', '.join(fuzz.READERS)}")
    if args.input:
        (name,) = readers
        fuzz.READERS[name].act(args.input.read_bytes())
        return 0
    print(f"{'reader':<18}{'runs':>10}{'edges':>9}{'at end':>9}{'kept':>8}")
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as left,
    ):
        fine = [fuzzed(name, args, args.corpus or Path(folder), left) for name in readers]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
