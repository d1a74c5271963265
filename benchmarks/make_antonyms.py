"""Write ``compare/data/antonyms.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_antonyms.py /usr/share/wordnet > compare/data/antonyms.tsv

WordNet's antonym pointers stand between single words of two synsets; both directions are in the
files, each pair is written once. Only single words are kept: the check compares lemmas.

With a fourth column ``wide`` follow pairs that are opposites in a sense: the other frequent words
of two opposite synsets (rapid, slow), those like an adjective (sluggish, fast), and words of the
roots of two opposites (closure, opening).
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from make_derived import ROOT, Entries, entries, tagged

_PARTS = {"adj": "ADJ", "adv": "ADV", "noun": "NOUN", "verb": "VERB"}
_MOST_SENSES = 2
"""Of a word only its most frequent senses count."""
Sense = tuple[str, str, int]
"""File, offset, number of the word in its synset from 1."""


def opposites(tables: dict[str, Entries]) -> set[tuple[Sense, Sense]]:
    """Every antonym pointer between two words."""
    return {
        ((name, offset, source), (file, target, number))
        for name, table in tables.items()
        for offset, (_, pointers) in table.items()
        for symbol, target, file, source, number in pointers
        if symbol == "!" and source and number and target in tables[file]
    }


def ranks(folder: Path) -> dict[tuple[str, str, str], int]:
    """(file, word, offset) -> the how manieth sense of the word it is, from 0."""
    found = {}
    for name in _PARTS:
        for line in (folder / f"index.{name}").read_text("ascii").splitlines():
            fields = line.split()
            if not line.startswith(" "):
                for rank, offset in enumerate(fields[-int(fields[2]) :]):
                    found[name, fields[0], offset] = rank
    return found


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    tables = {name: entries(folder / f"data.{name}") for name in _PARTS}
    rank, common = ranks(folder), tagged(folder / "cntlist.rev")

    def word(sense: Sense) -> str:
        return tables[sense[0]][sense[1]][0][sense[2] - 1]

    def members(name: str, offset: str, most: int) -> list[str]:
        words = tables[name][offset][0]
        return [w for w in words if w in common and rank.get((name, w, offset), most) < most]

    roots: dict[Sense, set[Sense]] = {}
    for name, table in tables.items():
        for offset, (_, pointers) in table.items():
            for symbol, target, file, source, number in pointers:
                if symbol in ROOT and source and number and target in tables[file]:
                    roots.setdefault((name, offset, source), set()).add((file, target, number))
                    roots.setdefault((file, target, number), set()).add((name, offset, source))
    direct, wide = set(), set()
    for x, y in opposites(tables):
        direct.add((x[0], word(x), word(y)))
        near = [(x[0], x[1], _MOST_SENSES)]
        near += [("adj", t, 1) for s, t, f, _, _ in tables[x[0]][x[1]][1] if (s, f) == ("&", "adj")]
        for one in near:
            for pair in product(members(*one), members(y[0], y[1], _MOST_SENSES)):
                wide.add((x[0], *pair))
        for one_root, other_root in product(roots.get(x, ()), roots.get(y, ())):
            pair = word(one_root), word(other_root)
            if one_root[0] == other_root[0] and {*pair} & common:
                wide.add((one_root[0], *pair))
    print("# Antonyms of WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for rows, mark in ((direct, ()), (_ordered(wide) - _ordered(direct), ("wide",))):
        for row in sorted(_ordered(rows)):
            print(*row, *mark, sep="\t")


def _ordered(rows: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Rows of two single words, in alphabetical order, with the part of speech first."""
    out = set()
    for name, x, y in rows:
        if x.isalpha() and y.isalpha() and x != y:
            out.add((_PARTS.get(name, name), min(x, y), max(x, y)))
    return out


if __name__ == "__main__":
    main()
