"""Fit ``compare/data/match_weights.json``: how sure it is that two articles tell one story.

    python benchmarks/train_match.py DATA GOLD --specs DIR … > compare/data/match_weights.json

1. How common a token is: its share of the articles to fit on (``match.stories(…, "fit")``), of
   numbers and letters of names in at least one article in a hundred.
2. Cases: draws from these articles as ``match.py`` makes them, of large and small folders, whole
   and with paragraphs dropped on either side.
3. A logistic regression over the evidence of a pair; of each draw the right pairs and, for every
   article, the dozen that look most like it. Draws count the same; twins count a fifth, since
   real folders have few; independent reports count more, since they are what it is for.

Dates have no part in it: the data have none.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from match import Drawn, Story, draw, stories
from sklearn.linear_model import LogisticRegression

import compare.stories as matching
from compare.embed import Encoder, packaged_encoder
from compare.read import article_from_text

COMMON = 0.01
SIZES = ((200, 400, 40), (40, 80, 10), (10, 20, 3), (3, 4, 0))
"""Pairs, others and twins of a draw."""
KEPT = (1.0, 0.6)
"""Share of the paragraphs."""
DRAWS = 12
LIKE = 12
TWIN = 0.2
REPORT = 1.5


class Articles:
    """Articles by their paragraphs, each read once; vectors likewise."""

    def __init__(self, encoder: Encoder) -> None:
        self._inner = encoder
        self.name = encoder.name
        self._read: dict[tuple[str, ...], matching.Story] = {}
        self._vectors: dict[str, np.ndarray] = {}

    def story(self, paragraphs: tuple[str, ...]) -> matching.Story:
        if paragraphs not in self._read:
            article = article_from_text("\n\n".join(paragraphs))
            self._read[paragraphs] = matching.story(article)
        return self._read[paragraphs]

    def encode(self, texts: list[str], /) -> np.ndarray:
        new = [text for text in texts if text not in self._vectors]
        self._vectors.update(zip(new, self._inner.encode(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])


def shares(articles: Articles, found: Sequence[Story]) -> dict[str, dict[str, float]]:
    """Of each kind of token the share of articles that have it."""
    read = [articles.story(s.a) for s in found]
    counts = {kind: Counter(t for s in read for t in getattr(s, kind)) for kind in matching.KINDS}
    return {
        kind: {
            t: round(n / len(read), 3) for t, n in sorted(count.items()) if n / len(read) >= COMMON
        }
        for kind, count in counts.items()
    }


def thinned(paragraphs: tuple[str, ...], kept: float, rng: random.Random) -> tuple[str, ...]:
    """Some of the paragraphs, one at least."""
    return tuple(p for p in paragraphs if rng.random() < kept) or paragraphs[:1]


def cases(articles: Articles, drawn: Drawn, kept: float, rng: random.Random) -> tuple:
    """Evidence ``(n, features)``, labels and weights of the pairs that count."""
    left, right = (
        [articles.story(thinned(text, kept, rng)) for _, text in side]
        for side in (drawn.a, drawn.b)
    )
    blocks = [block for _, block in matching.features(left, right, articles)]
    x = np.stack([np.concatenate(values) for values in zip(*blocks, strict=True)], axis=-1)
    label = np.zeros(x.shape[:2], bool)
    label[list(drawn.pairs), list(drawn.pairs.values())] = True
    weight = np.full(x.shape[:2], 1 / len(drawn.pairs))
    for i, (kind, _) in enumerate(drawn.a):
        weight[i] *= {"twin": TWIN, "reports": REPORT}.get(kind, 1.0)
    for j, (kind, _) in enumerate(drawn.b):
        weight[:, j] *= TWIN if kind == "twin" else 1.0
    like = x.sum(axis=-1)
    counts = label | (like >= -np.sort(-like, axis=1)[:, :LIKE][:, -1:])
    counts |= like >= -np.sort(-like, axis=0)[:LIKE][-1:]
    return x[counts], label[counts], weight[counts]


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--specs", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    found = stories(args.data, args.gold, args.specs, "fit")
    articles = Articles(packaged_encoder())
    model = {
        "made_by": "benchmarks/train_match.py",
        "bias": 0.0,
        "weights": {},
        "shares": shares(articles, found),
    }
    matching.model = lambda: model
    parts = []
    for size in SIZES:
        for kept in KEPT:
            draws = max(1, min(DRAWS, 60 // size[0]))
            for number in range(draws):
                rng = random.Random(f"{size}{kept}{number}")
                x, label, weight = cases(articles, draw(found, rng, *size), kept, rng)
                parts.append((x, label, weight / draws))
    x, label, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    fitted = LogisticRegression(C=100, max_iter=5000).fit(x, label, weight / weight.mean())
    print(f"{len(parts)} draws, {label.sum()} right of {len(label)} pairs", file=sys.stderr)
    model["bias"] = round(float(fitted.intercept_[0]), 3)
    model["weights"] = {
        name: round(float(w), 3) for name, w in zip(matching.FEATURES, fitted.coef_[0], strict=True)
    }
    print(model["bias"], model["weights"], file=sys.stderr)
    print(json.dumps(model, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
