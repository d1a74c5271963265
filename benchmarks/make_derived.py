"""Write ``compare/data/derived.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_derived.py /usr/share/wordnet > compare/data/derived.tsv

WordNet's pointers between words of one root (decide, decision; legal, legally), each pair once.
Only single words are kept, and pairs of which one word at least occurs in WordNet's tagged texts.
"""

from __future__ import annotations

import sys
from pathlib import Path

_FILES = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
ROOT = ("+", "\\", "<")
"""Derivationally related, made from an adjective, participle of a verb."""


HYPERNYM = ("@", "@i")
"""Pointers to what a noun is a kind or an instance of."""
Entries = dict[str, tuple[list[str], list[tuple[str, str, str, int, int]]]]


def entries(path: Path) -> Entries:
    """Offset -> (words, pointers as (symbol, offset, file, source word, target word))."""
    found = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        start = 4 + 2 * count
        pointers = [
            (symbol, offset, _FILES[part], int(which[:2], 16), int(which[2:], 16))
            for symbol, offset, part, which in (
                fields[start + 1 + 4 * i : start + 5 + 4 * i] for i in range(int(fields[start]))
            )
        ]
        words = [w.split("(")[0].lower() for w in fields[4 : 4 + 2 * count : 2]]
        found[fields[0]] = (words, pointers)
    return found


def linked(table: Entries, offset: str, symbols: tuple[str, ...]) -> set[str]:
    """The synsets that one points to by some relation."""
    return {target for symbol, target, *_ in table[offset][1] if symbol in symbols}


def tagged(path: Path) -> set[str]:
    """The words with a count in ``cntlist.rev``."""
    return {line.split("%")[0] for line in path.read_text("ascii").splitlines()}


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    tables = {name: entries(folder / f"data.{name}") for name in dict.fromkeys(_FILES.values())}
    common = tagged(folder / "cntlist.rev")
    pairs = set()
    for table in tables.values():
        for words, pointers in table.values():
            for symbol, offset, file, source, target in pointers:
                if symbol in ROOT and source and target and offset in tables[file]:
                    x, y = words[source - 1], tables[file][offset][0][target - 1]
                    if x.isalpha() and y.isalpha() and x != y and {x, y} & common:
                        pairs.add(tuple(sorted((x, y))))
    print("# Words of one root of WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for pair in sorted(pairs):
        print("\t".join(pair))


if __name__ == "__main__":
    main()
