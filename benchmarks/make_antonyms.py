"""Write ``compare/data/antonyms.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_antonyms.py /usr/share/wordnet > compare/data/antonyms.tsv

WordNet's antonym pointers stand between single words of two synsets; both directions are in the
files, each pair is written once. Only single words are kept: the check compares lemmas.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}


def synsets(path: Path) -> dict[str, tuple[list[str], list[tuple[str, str, int, int]]]]:
    """Offset -> (words, pointers as (symbol, offset, source word, target word); 0 is the whole)."""
    found = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [w.split("(")[0].lower() for w in fields[4 : 4 + 2 * count : 2]]
        start = 4 + 2 * count
        pointers = [
            (symbol, offset, int(which[:2], 16), int(which[2:], 16))
            for symbol, offset, _, which in (
                fields[start + 1 + 4 * i : start + 5 + 4 * i] for i in range(int(fields[start]))
            )
        ]
        found[fields[0]] = (words, pointers)
    return found


def pairs(folder: Path) -> set[tuple[str, str, str]]:
    """(part of speech, word, antonym), the two in alphabetical order."""
    out = set()
    for name, part in _PARTS.items():
        table = synsets(folder / f"data.{name}")
        for words, pointers in table.values():
            for symbol, offset, source, target in pointers:
                if symbol == "!" and source and target and offset in table:
                    x, y = words[source - 1], table[offset][0][target - 1]
                    if x.isalpha() and y.isalpha() and x != y:
                        out.add((part, *sorted((x, y))))
    return out


if __name__ == "__main__":
    print("# Antonyms of WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for row in sorted(pairs(Path(sys.argv[1]))):
        print("\t".join(row))
