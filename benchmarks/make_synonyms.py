"""Write ``compare/data/synonyms.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_synonyms.py /usr/share/wordnet > compare/data/synonyms.tsv

One row per synset: part of speech and its single words, those for which it is one of the first
senses (WordNet lists senses by frequency). Rarer senses would make synonyms of unlike words.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}
_SENSES = {"ADJ": 2, "ADV": 2, "NOUN": 3, "VERB": 5}


def senses(path: Path, most: int) -> dict[str, list[str]]:
    """Synset offset -> the single words that have it among their first senses."""
    out: dict[str, list[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        word, count = fields[0], int(fields[2])
        if word.isalpha():
            for offset in fields[-count:][:most]:
                out.setdefault(offset, []).append(word)
    return out


def main() -> None:
    """Print the table."""
    print("# Synonyms of WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for name, part in _PARTS.items():
        groups = senses(Path(sys.argv[1]) / f"index.{name}", _SENSES[part]).values()
        for words in sorted({tuple(sorted(w)) for w in groups if len(w) > 1}):
            print(part, *words, sep="\t")


if __name__ == "__main__":
    main()
