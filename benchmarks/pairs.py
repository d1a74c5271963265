"""Score article pairs: ``python benchmarks/pairs.py GOLD [--specs DIR …] [--quiet] [--kinds]``.

GOLD holds the scorer (``score.py``), the builder of spec files (``build.py``) and the gold pairs.
Further pairs in the spec format are built into a temporary folder first. With ``--quiet`` only the
figures are printed, which is how a set-aside folder is to be run. ``--kinds`` adds for each set
the errors found by kind, an error of several kinds under each, and the findings that hit nothing
by check.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from compare.config import Config
from compare.pipeline import compare_articles
from compare.read import read_article
from compare.report import write_run


def load(path: Path) -> ModuleType:
    """A module from a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_pair(
    scorer: ModuleType, gold_file: Path, out: Path, config: Config | None = None
) -> dict[str, Any]:
    """Run one pair as the command does, and score what it wrote."""
    gold = json.loads(gold_file.read_text("utf-8"))
    a, b = (read_article(gold_file.parent / gold[side]["file"]) for side in "ab")
    folder = out / gold["name"]
    write_run(compare_articles(a, b, config), folder)
    result = dict(scorer.score(gold, folder))
    missed = {line.split(":")[0] for line in result["missed"]}
    result["kinds"] = [
        (kind, item["id"] not in missed)
        for item in gold["discrepancies"]
        if item["likely_error_in"] != "unknown"
        for kind in item["kinds"]
    ]
    return result


def total(results: list[dict[str, Any]]) -> str:
    """The figures over all pairs: counts are summed, F1 is averaged."""

    def share(hit: str, of: str) -> str:
        x, n = sum(r[hit] for r in results), sum(r[of] for r in results)
        return f"{x}/{n} = {x / n:.3f}" if n else "0/0"

    def mean(key: str) -> float:
        return sum(r[key] for r in results) / len(results)

    return (
        f"{len(results)} pairs: strict F1 {mean('strict_f1'):.3f}, link F1 {mean('link_f1'):.3f}; "
        f"errors {share('errors_hit', 'errors')}; issues {share('issues_hit', 'issues')}; "
        f"precision {share('facts_good', 'facts')}; alarms {share('alarms', 'same')}; "
        f"side {share('side_ok', 'errors_hit')}; one-sided {share('one_sided_hit', 'one_sided')}, "
        f"precision {share('told_good', 'told')}"
    )


def kinds(results: list[dict[str, Any]]) -> str:
    """Errors found by kind, and findings that hit nothing by check."""
    found, of = Counter[str](), Counter[str]()
    for kind, hit in (entry for r in results for entry in r["kinds"]):
        of[kind] += 1
        found[kind] += hit
    wrong = Counter(line.split(":")[0].split()[0] for r in results for line in r["wrong"])
    return (
        "   found: "
        + ", ".join(f"{kind} {found[kind]}/{n}" for kind, n in of.most_common())
        + "\n   hit nothing: "
        + (", ".join(f"{check} {n}" for check, n in wrong.most_common()) or "none")
    )


def main() -> int:
    """Print a line per pair and one per set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--specs", type=Path, nargs="*", default=[])
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--meaning", action="store_true", help="with the model of meaning")
    args = parser.parse_args()
    config = Config(meaning=args.meaning)
    scorer = load(args.gold / "score.py")
    with tempfile.TemporaryDirectory() as tmp:
        sets = {"gold": sorted(args.gold.glob("*/gold.json"))}
        for folder in args.specs:
            built = Path(tmp) / "built" / folder.name
            built.mkdir(parents=True)
            command = [sys.executable, str(args.gold / "build.py"), str(folder), str(built)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            sets[folder.name] = sorted(built.glob("*/gold.json"))
        for name, files in sets.items():
            start = time.perf_counter()
            results = [score_pair(scorer, f, Path(tmp) / "runs" / name, config) for f in files]
            seconds = time.perf_counter() - start
            by_kind = kinds(results)
            for result in results:
                if args.quiet:
                    for key in ("missed", "alarmed", "wrong"):
                        result[key] = []
                scorer.show(result)
            print(f"== {name}: {total(results)}; {seconds / len(files):.1f} s a pair")
            print(by_kind if args.kinds else "")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
