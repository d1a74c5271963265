"""Single sentences: ``python benchmarks/sentences.py DIR [--meaning] [--show]``.

DIR holds sentences with a faithful and a wrong translation (``DIR/*.jsonl``; the format is told in
``tests/sentences/README.md``). By family of error it prints in how many wrong ones a fact finding
stands on the words that are wrong, and on how many faithful ones there is any. Sentences are harder
than articles: nothing stands around them, and half of the faithful ones are worded as freely as two
newspapers tell one fact.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from compare.config import Config
from compare.pipeline import compare_articles
from compare.read import article_from_text
from compare.records import Finding
from compare.segment import segment

_WHOLE = ("omission", "addition")
"""Checks of what one text lacks: one sentence may say more."""


def facts(a: str, b: str, config: Config) -> list[Finding]:
    """The fact findings on two texts that are taken for one statement."""
    articles = article_from_text(a, label="A"), article_from_text(b, label="B")
    lengths = [len(segment(article, config.max_sentence).sentences) for article in articles]
    given = [tuple(tuple(range(n)) for n in lengths)]
    found = compare_articles(*articles, config, given=given).findings
    return [f for f in found if f.ledger == "fact" and f.check not in _WHOLE]


def on_words(finding: Finding, row: dict[str, Any]) -> bool:
    """Whether a finding stands on the words that are wrong, in either text."""
    for side, text, words in (("a", "a", "in_a"), ("b", "wrong", "in_wrong")):
        span = finding.span(side)  # type: ignore[arg-type]
        start = row[text].find(row[words]) if row[words] else -1
        if span is None or start < 0:
            continue
        if span.start < start + len(row[words]) and start < span.end:
            return True
    return False


_Row = dict[str, Any]


def judge(row: _Row, *, meaning: bool) -> tuple[_Row, list[Finding], int, bool]:
    """The row, the findings in the faithful one, how many miss the error; whether one hits it."""
    config = Config(source_language=row["lang"], force=True, meaning=meaning)
    wrong = facts(row["a"], row["wrong"], config)
    alarms = facts(row["a"], row.get("right") or row["same"], config)
    right = [f for f in wrong if on_words(f, row)]
    return row, alarms, len(wrong) - len(right), bool(right)


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The items of a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--meaning", action="store_true", help="with the model of meaning")
    parser.add_argument("--show", action="store_true", help="what is found in faithful ones")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with multiprocessing.Pool(args.workers) as pool:
        judged = pool.map(
            partial(judge, meaning=args.meaning), list(lines(args.folder)), chunksize=8
        )
    hits: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for row, found, _, hit in judged:
        all_[row["family"]] += 1
        hits[row["family"]] += hit
        alarms.update(f.check for f in found)
        for finding in found if args.show else ():
            print(f"A {row['a']}\nB {row.get('right') or row['same']}\n  {finding.message}")
    for family, n in all_.most_common():
        print(f"{family:12} {hits[family]:5} of {n:5} = {hits[family] / n:.2f}")
    n = len(judged)
    off = sum(rest for _, _, rest, _ in judged)
    flagged = sum(bool(found) for _, found, _, _ in judged)
    print(f"{n} sentences: wrong ones hit {hits.total()} = {hits.total() / n:.3f}; ", end="")
    print(f"findings beside the error {off}; faithful ones flagged {flagged} = {flagged / n:.3f}")
    print("findings in faithful ones:", ", ".join(f"{c} {k}" for c, k in alarms.most_common()))


if __name__ == "__main__":
    main()
