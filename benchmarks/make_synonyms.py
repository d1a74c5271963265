"""Write ``compare/data/synonyms.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_synonyms.py /usr/share/wordnet > compare/data/synonyms.tsv

One row per synset: part of speech and its words, those for which it is one of the first senses
(WordNet lists senses by frequency). Rarer senses would make synonyms of unlike words. Single words,
and verbs with one particle ("step down").
"""

from __future__ import annotations

import sys
from pathlib import Path

_PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}
_SENSES = {"ADJ": 2, "ADV": 2, "NOUN": 3, "VERB": 5}
_PARTICLES = set(
    "about across ahead apart around aside away back by down forth forward in off on out over "
    "through together under up".split()
)


def senses(path: Path, most: int) -> dict[str, list[str]]:
    """Synset offset -> the words that have it among their first senses."""
    out: dict[str, list[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        word, count = fields[0], int(fields[2])
        verb, _, particle = word.partition("_")
        if word.isalpha() or (fields[1] == "v" and verb.isalpha() and particle in _PARTICLES):
            for offset in fields[-count:][:most]:
                out.setdefault(offset, []).append(word.replace("_", " "))
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
