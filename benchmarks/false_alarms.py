"""How often checks fire where they should, and where they should not.

    python benchmarks/false_alarms.py DATA [--checks number,date] [--show N] [--set human|demetr]

DATA is a folder with ``drift/human_pairs.jsonl`` (two human translations of one sentence) and
``drift/demetr.jsonl`` (reference, translation, translation with one planted error).
"""

from __future__ import annotations

import argparse
import importlib
import json
import pathlib
import random
import time
from collections import defaultdict

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft
from compare.config import Config
from compare.records import Article, Document, Group, Sentence


def context(a: str, b: str) -> Context:
    """Two sentences as two linked one-sentence texts."""

    def document(text: str) -> Document:
        return Document(Article(text, (), ""), (Sentence(0, 0, len(text), text),))

    one, two = document(a), document(b)
    group = Group(one.sentences, two.sentences, 1.0)
    return Context(Annotated(one, "a"), Annotated(two, "b"), (group,), Config())


def reported(check: Check, a: str, b: str) -> list[Draft]:
    """The drafts that would be shown with the default settings."""
    floor = Config().min_confidence
    return [d for d in check.find(context(a, b)) if d.confidence >= floor and d.ledger == "fact"]


def show(text_a: str, text_b: str, drafts: list[Draft]) -> None:
    """Print one row and what was said of it."""
    print("  A", text_a)
    print("  B", text_b)
    for d in drafts:
        print("   ->", d.severity, d.confidence, d.message)


def main() -> None:
    """Run the checks over the data and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--checks", default="number,date")
    parser.add_argument("--show", type=int, default=0, help="print N alarms (or misses) of a set")
    parser.add_argument("--set", default="human", choices=["human", "demetr"])
    parser.add_argument("--category", default="numbers_replaced")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    checks: list[Check] = [
        importlib.import_module(f"compare.checks.{name}").CHECK for name in args.checks.split(",")
    ]

    def rows(name: str) -> list[dict[str, str]]:
        with (args.data / "drift" / name).open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    human = rows("human_pairs.jsonl")
    began = time.perf_counter()
    alarms: dict[str, list[tuple[dict[str, str], list[Draft]]]] = defaultdict(list)
    for row in human:
        for check in checks:
            drafts = reported(check, row["a"], row["b"])
            if drafts:
                alarms[check.id].append((row, drafts))
    took = time.perf_counter() - began
    print(f"two human translations: {len(human)} segments, {took:.1f} s")
    for check in checks:
        print(f"  {check.id:12} {len(alarms[check.id]) / len(human):6.2%}")
    either = {id(row) for found in alarms.values() for row, _ in found}
    print(f"  {'any':12} {len(either) / len(human):6.2%}")
    if args.show and args.set == "human":
        for check in checks:
            sample = random.Random(args.seed).sample(
                alarms[check.id], min(args.show, len(alarms[check.id]))
            )
            for row, drafts in sample:
                print(check.id)
                show(row["a"], row["b"], drafts)

    demetr: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("demetr.jsonl"):
        demetr[row["cat"]].append(row)
    misses = []
    print("planted errors: found by / fired on the clean translation")
    for category, items in sorted(demetr.items()):
        hit: dict[str, int] = defaultdict(int)
        clean: dict[str, int] = defaultdict(int)
        for row in items:
            before = {check.id: reported(check, row["ref"], row["mt"]) for check in checks}
            after = {check.id: reported(check, row["ref"], row["pert"]) for check in checks}
            for check in checks:
                clean[check.id] += bool(before[check.id])
                hit[check.id] += bool(after[check.id])
            clean["any"] += any(before.values())
            hit["any"] += any(after.values())
            if category == args.category and not any(after.values()):
                misses.append(row)
        shares = "  ".join(
            f"{name} {hit[name] / len(items):6.1%} / {clean[name] / len(items):5.1%}"
            for name in [*(check.id for check in checks), "any"]
        )
        print(f"  {category:20} {shares}")
    if args.show and args.set == "demetr":
        for row in misses[: args.show]:
            print("  REF", row["ref"])
            print("  MT ", row["mt"])
            print("  BAD", row["pert"])


if __name__ == "__main__":
    main()
