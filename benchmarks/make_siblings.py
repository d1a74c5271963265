"""Write ``compare/data/siblings.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_siblings.py /usr/share/wordnet > compare/data/siblings.tsv

A row for each noun: the word, ``=`` with the number of each of its frequent senses, and the numbers
of the kinds up to three levels above these (hypernyms). Two words of one kind are siblings (lung,
liver; copper, iron), unless one is the other's kind. Only single words are kept whose first sense
is an animal, a plant, a part of the body, food, a substance, or one of a few kinds of people and
made things, and not itself the name of many kinds (ship, car): other things two good translations
name now by one word, now by its sibling.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_derived import HYPERNYM, Entries, entries, linked

_SENSES = 2
_FILES = frozenset((5, 8, 13, 20, 27))
"""WordNet's lexicographer files of animals, body, food, plants, substances."""
_UNDER = frozenset(
    "conveyance vehicle weapon military_officer clergyman health_professional musical_instrument "
    "garment disease crime metallic_element".split()
)
"""Kinds of other files that are kept with all that is under them."""
_NOT_UNDER = frozenset(("microorganism", "relative"))
_LEVELS = 3
_MOST_KINDS, _MOST_MEMBERS = 20, 60
"""Words that name more kinds are too general, kinds with more members too wide."""
_HYPONYM = ("~", "~i")


def files(path: Path) -> dict[str, int]:
    """Offset -> lexicographer file."""
    rows = (line.split() for line in path.read_text("ascii").splitlines() if line[0] != " ")
    return {fields[0]: int(fields[1]) for fields in rows}


def under(table: Entries, offset: str, names: frozenset[str]) -> bool:
    """Whether a synset is one of some, or lies under one."""
    above = linked(table, offset, HYPERNYM)
    return bool(names & set(table[offset][0])) or any(under(table, k, names) for k in above)


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    table, file = entries(folder / "data.noun"), files(folder / "data.noun")

    def kept(offset: str) -> bool:
        wanted = file[offset] in _FILES or under(table, offset, _UNDER)
        return wanted and not under(table, offset, _NOT_UNDER)

    def kinds(offset: str) -> set[str]:
        found, level = set(), {offset}
        for _ in range(_LEVELS):
            level = {k for o in level for k in linked(table, o, HYPERNYM)}
            found |= level
        return {k for k in found if len(linked(table, k, _HYPONYM)) <= _MOST_MEMBERS}

    numbers: dict[str, str] = {}

    def number(offset: str) -> str:
        return numbers.setdefault(offset, str(len(numbers)))

    print("# Kinds of nouns by WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for line in (folder / "index.noun").read_text("ascii").splitlines():
        fields = line.split()
        if line.startswith(" ") or not fields[0].isalpha():
            continue
        senses = fields[-int(fields[2]) :]
        if kept(senses[0]) and len(linked(table, senses[0], _HYPONYM)) <= _MOST_KINDS:
            own = [s for s in senses[:_SENSES] if kept(s)]
            above = sorted({k for s in own for k in kinds(s)} - set(own))
            if above:
                print(fields[0], *(f"={number(s)}" for s in own), *map(number, above), sep="\t")


if __name__ == "__main__":
    main()
