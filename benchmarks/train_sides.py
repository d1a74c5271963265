"""Fit ``compare/data/sides.json``: which of two texts reads like machine translation.

    python benchmarks/train_sides.py ../shared/data > compare/data/sides.json

The two texts of a pair say the same, so only differences of rates (per 100 words) count: articles,
genitives, verb particles, bare days of the month. Pairs are a machine translation and a human
reference of the same segments: WMT21 Chinese-English by document and system, DEMETR by language in
runs of twelve. Figures on standard error: share of pairs told right, each language left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

FEATURES = {
    "the": r"(?i)\bthe\b",
    "of": r"\bof\b",
    "genitive": r"\w['’]s\b",
    "particle": r"\b(?:up|out|off|over|back)\b",
    "bare day": r"(?i)\bon the \d{1,2}(?:st|nd|rd|th)\b",
}
MIN_SEGMENTS = 5
CLEAR = 1.5
"""Difference from which on style alone tells the side (``compare/sides.py``)."""
RUN = 12
"""Segments of DEMETR that make up one text."""


def rates(text: str) -> np.ndarray:
    """Each feature per 100 words."""
    words = max(1, len(text.split()))
    return np.array([100 * len(re.findall(p, text)) / words for p in FEATURES.values()])


def rows(path: Path) -> list[dict]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def pairs(data: Path) -> list[tuple[str, str, str]]:
    """(language, machine translation, reference)."""
    out = []
    documents = defaultdict(list)
    for row in rows(data / "drift" / "wmt21_zhen_mqm.jsonl"):
        documents[row["sys"], row["doc"]].append(row)
    for segments in documents.values():
        if len(segments) >= MIN_SEGMENTS:
            segments.sort(key=lambda r: r["seg"])
            out.append(
                ("zh", " ".join(r["mt"] for r in segments), " ".join(r["ref_a"] for r in segments))
            )
    by_language: dict[str, dict[str, dict]] = defaultdict(dict)
    for row in rows(data / "drift" / "demetr.jsonl"):
        by_language[row["lang"]].setdefault(row["ref"], row)
    for language, unique in by_language.items():
        kept = list(unique.values())
        for first in range(0, len(kept) - RUN + 1, RUN):
            run = kept[first : first + RUN]
            mt, reference = (" ".join(r[key] for r in run) for key in ("mt", "ref"))
            out.append((language, mt, reference))
    return out


def fit(x: np.ndarray) -> np.ndarray:
    """Weights that tell which side of a pair is the machine translation."""
    both = np.vstack([x, -x])
    labels = np.r_[np.ones(len(x)), np.zeros(len(x))]
    return LogisticRegression(C=0.3, fit_intercept=False).fit(both, labels).coef_[0]


def main() -> None:
    """Print the weights, and on standard error how they do on languages left out."""
    data = pairs(Path(sys.argv[1]))
    difference = np.array([rates(mt) - rates(ref) for _, mt, ref in data])
    scale = difference.std(0)
    x = difference / scale
    languages = np.array([language for language, _, _ in data])
    odds = np.zeros(len(x))
    for language in set(languages):
        test = languages == language
        odds[test] = x[test] @ fit(x[~test])
        print(f"{language}: {(odds[test] > 0).mean():.2f} of {test.sum()}", file=sys.stderr)
    clear = odds[abs(odds) >= CLEAR]
    print(f"left out, all: {(odds > 0).mean():.3f} of {len(x)}", file=sys.stderr)
    print(
        f"left out, those that differ by {CLEAR} and more: {(clear > 0).mean():.3f} of "
        f"{len(clear)}",
        file=sys.stderr,
    )
    weights = fit(x) / scale
    features = [
        {"name": name, "pattern": pattern, "weight": round(float(w), 4)}
        for (name, pattern), w in zip(FEATURES.items(), weights, strict=True)
    ]
    print(json.dumps({"made_by": "benchmarks/train_sides.py", "features": features}, indent=1))


if __name__ == "__main__":
    main()
