"""What the user says of names: which two are one person, organisation or place, and which are two.

A name counts by its words in any order; case, accents, "the" and a possessive ending do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from compare.names import name_tokens

_T = TypeVar("_T")
Pairs = tuple[tuple[str, str], ...]


@cache
def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in name_tokens(name) if word != "the"))


@dataclass(frozen=True, slots=True)
class Declared:
    """The pairs of names that are one, and those that are two; the second wins."""

    same: Pairs = ()
    different: Pairs = ()

    def one(self, x: str, y: str) -> bool:
        """Whether two names are declared one.

        >>> Declared(same=(("Roh", "Noh Kyu-duk"),)).one("NOH Kyu-duk", "Roh")
        True
        """
        return any({_key(x), _key(y)} == {_key(p), _key(q)} for p, q in self.same)

    def two(self, x: str, names: Iterable[str]) -> bool:
        """Whether a name is declared another one than one of some names, or than a part of it.

        >>> apart = Declared(different=(("Roh", "Noh"),))
        >>> apart.two("Roh", ["Noh Kyu-duk"]), apart.two("Noh", ["Noh Kyu-duk"])
        (True, False)
        """
        if not self.different:
            return False
        known = [_key(name) for name in names]
        for pair in self.different:
            keys = (_key(pair[0]), _key(pair[1]))
            mine = _which(_key(x), keys)
            if mine is not None and any(_which(k, keys) == 1 - mine for k in known):
                return True
        return False

    def merged(self, items: Sequence[_T], names: Callable[[_T], Sequence[str]]) -> list[list[_T]]:
        """The items in groups: those with names that are declared one, the others alone.

        Args:
            items: persons, organisations or places.
            names: the name forms of one, the fullest first.
        """
        groups = [[item] for item in items]
        for pair in self.same:
            held = [_holding(groups, name, names) for name in pair]
            # A form that several have says too little to make one of them the one meant.
            if not all(held) or any(g in held[1] for g in held[0]) or max(map(len, held)) > 1:
                continue
            ((one,), (other,)) = held
            forms = [n for item in other for n in names(item)]
            if not any(self.two(n, forms) for item in one for n in names(item)):
                one += other
                groups = [g for g in groups if g is not other]
        return groups


def _which(name: tuple[str, ...], keys: tuple[tuple[str, ...], tuple[str, ...]]) -> int | None:
    """Which of two names stands in a name, the longer one first."""
    order = sorted((0, 1), key=lambda i: -len(keys[i]))
    return next((i for i in order if keys[i] and set(keys[i]) <= set(name)), None)


def _holding(
    groups: Sequence[list[_T]], name: str, names: Callable[[_T], Sequence[str]]
) -> list[list[_T]]:
    """The groups with a name as their fullest form, or else as any of their forms."""
    key = _key(name)
    full = [g for g in groups if any(_key(form) == key for i in g for form in names(i)[:1])]
    return full or [g for g in groups if any(_key(form) == key for i in g for form in names(i))]
