"""Make article pairs: ``python benchmarks/synthetic.py N OUT.jsonl [--seed 0] [--paragraphs 0]``.

From the pairs of ``seeds/`` and ``tests/pairs/specs``: names and figures are exchanged for others,
the same in both texts, some paragraphs are left out and some change places. So each pair has words
that no other has, is a story of its own, and has the findings and the alignment of a real one.
The same arguments make the same pairs, and the first of many are those of few.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = frozenset(
    """January February March April June July August September October November December Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday The This That They There These What When Where
    President Minister Prime Chief General""".split()
)
ONSETS = "b d f g h j k l m n p r s t v w br dr gr kr st tr sh ch".split()
VOWELS = "a e i o u ai ou".split()
CODAS = ("", "n", "r", "s", "l", "m", "nd", "rt", "x")


def sources() -> list[tuple[str, str]]:
    """The two texts of each pair there is."""
    found = []
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    found.append((seeds[0].read_text("utf-8"), seeds[1].read_text("utf-8")))
    for path in sorted((ROOT / "tests" / "pairs" / "specs").glob("*.spec")):
        parts = re.split(r"^=== (\w+)\n", path.read_text("utf-8"), flags=re.M)
        sections = dict(zip(parts[1::2], parts[2::2], strict=True))
        found.append((text(sections["A"]), text(sections["B"])))
    return found


def text(section: str) -> str:
    """A side of a spec as an article: its headline and body, a line a paragraph."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", section.strip()):
        lines = [re.sub(r"^(\[\w+\]|\(meta\)) ", "", line) for line in block.splitlines()]
        meta = block.startswith("(meta)")
        paragraphs.append(("\n" if meta else " ").join(lines))
    return "\n\n".join(paragraphs) + "\n"


def pairs(count: int, seed: int = 0, paragraphs: int = 0) -> Iterator[dict[str, str]]:
    """Rows of a manifest.

    Args:
        count: how many.
        seed: of the random numbers.
        paragraphs: the most that a text has; 0 is all.
    """
    real = sources()
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        a, b = real[number % len(real)]
        names, figures = exchanged(a, b, rng)
        yield {
            "pair_id": f"p{number:06}",
            **{
                f"{side}_text": told(article, names, figures, rng, paragraphs)
                for side, article in (("a", a), ("b", b))
            },
        }


def exchanged(a: str, b: str, rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Another name for each that both texts have, and another figure for each above 31."""
    both = set(re.findall(r"\b[A-Z][a-z]{3,}\b", a)) & set(re.findall(r"\b[A-Z][a-z]{3,}\b", b))
    lower = set(re.findall(r"\b[a-z]+\b", a + b))
    names = sorted(name for name in both if name not in KEPT and name.lower() not in lower)
    figures = sorted(set(re.findall(r"(?<![\d.,:])\d{2,3}(?![\d.,:])", a + b)))
    return (
        {name: invented(rng) for name in names if rng.random() < 0.7},
        {f: str(rng.randrange(32, 10 ** len(f))) for f in figures if int(f) > 31},
    )


def invented(rng: random.Random) -> str:
    """A name of two or three syllables."""
    syllables = (
        rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS)
        for _ in range(rng.choice((2, 2, 3)))
    )
    return "".join(syllables).capitalize()


def told(
    article: str,
    names: dict[str, str],
    figures: dict[str, str],
    rng: random.Random,
    most: int,
) -> str:
    """One text of a pair."""
    article = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda m: names.get(m[0], m[0]), article)
    article = re.sub(r"(?<![\d.,:])\d{2,3}(?![\d.,:])", lambda m: figures.get(m[0], m[0]), article)
    head, *rest = re.split(r"\n\s*\n", article.strip())
    if most:
        rest = rest[:most]
    kept = [part for part in rest if rng.random() < 0.92] or rest
    for i in range(len(kept) - 1):
        if rng.random() < 0.06:
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
    return "\n\n".join([head, *kept]) + "\n"


def write(path: Path, count: int, seed: int = 0, paragraphs: int = 0) -> Path:
    """A manifest in JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in pairs(count, seed, paragraphs):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def main() -> int:
    """Write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--paragraphs", type=int, default=0)
    args = parser.parse_args()
    write(args.out, args.count, args.seed, args.paragraphs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
