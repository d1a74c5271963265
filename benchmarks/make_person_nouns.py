"""Write ``compare/data/person_nouns.tsv`` from WordNet 3.0's database files.

    python benchmarks/make_person_nouns.py /usr/share/wordnet > compare/data/person_nouns.tsv

A row for each noun that in a frequent sense is a person: the word, the numbers of those synsets
with "=", and the numbers of the synsets above them, up to the person itself, which is left out.
A last field "role" marks those that can be an occupation or an office: what they mean first is no
relative, sex, inhabitant, fate or relation to somebody. Only single words are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_derived import HYPERNYM, Entries, entries, linked

_SENSES = 3
"""Of a word only its most frequent senses count."""
_PERSON = "person"
_NO_ROLE = frozenset(
    "relative male female juvenile unfortunate inhabitant acquaintance friend peer associate "
    "contestant traveler user consumer lover owner simpleton unpleasant_person bad_person "
    "good_person sufferer capitalist follower neighbor guest enemy slave debtor recipient ancestor "
    "rich_person poor_person deceased dead_person sick_person perceiver killer criminal wrongdoer "
    "victim creator writer signer communicator".split()
)


def above(table: Entries, offset: str) -> set[str]:
    """All synsets above one."""
    near = linked(table, offset, HYPERNYM)
    return near.union(*(above(table, n) for n in near))


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    table = entries(folder / "data.noun")
    (person,) = (o for o, (words, _) in table.items() if words[:2] == [_PERSON, "individual"])
    beyond = above(table, person) | {person}
    numbers: dict[str, str] = {}

    def number(offset: str) -> str:
        return numbers.setdefault(offset, str(len(numbers)))

    print("# Nouns for persons of WordNet 3.0, (c) 2006 Princeton University; see docs/licences.md")
    for line in (folder / "index.noun").read_text("ascii").splitlines():
        fields = line.split()
        if line.startswith(" ") or not fields[0].isalpha():
            continue
        own = [s for s in fields[-int(fields[2]) :][:_SENSES] if person in above(table, s)]
        instance = [s for s in own if any(p[0] == "@i" for p in table[s][1])]
        kept = [s for s in own if s not in instance]
        if kept:
            chain = set().union(*(above(table, s) for s in kept)) - beyond
            row = [*(f"={number(s)}" for s in kept), *map(number, sorted(chain))]
            first = above(table, kept[0]) | {kept[0]}
            if not any(_NO_ROLE & set(table[o][0]) for o in first):
                row.append("role")
            print(fields[0], *row, sep="\t")


if __name__ == "__main__":
    main()
