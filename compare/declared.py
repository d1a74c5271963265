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
_Key = tuple[str, ...]


@cache
def _key(name: str) -> _Key:
    return tuple(sorted(word for word in name_tokens(name) if word != "the"))


@dataclass(frozen=True, slots=True)
class Declared:
    """The pairs of names that are one, and those that are two; the second wins."""

    same: Pairs = ()
    different: Pairs = ()

    def one(self, x: str, y: str) -> bool:
        """Whether two names are declared one, or differ in nothing but two that are.

        >>> declared = Declared(same=(("Roh", "Noh"),))
        >>> declared.one("NOH", "Roh"), declared.one("Noh Kyu-duk", "Kyu-duk Roh")
        (True, True)
        >>> declared.one("Noh Kyu-duk", "Roh")
        False
        """
        return _key(y) in self._others(_key(x))

    def _others(self, name: _Key) -> set[_Key]:
        """A name with a part of it, or all of it, put otherwise."""
        made = set()
        for pair in self.same:
            for old, new in (pair, pair[::-1]):
                words = list(name)
                if _key(old) and all(w in words for w in _key(old)):
                    for word in _key(old):
                        words.remove(word)
                    made.add(tuple(sorted((*words, *_key(new)))))
        return made

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
            held = [_holding(groups, _key(name), names) for name in pair]
            # A form that several have says too little to make one of them the one meant.
            if len(held[0]) == len(held[1]) == 1:
                groups = self._join(groups, held[0][0], held[1][0], names)
        if self.same:
            for item in items:
                for other in sorted({k for form in names(item) for k in self._others(_key(form))}):
                    here = next(g for g in groups if any(i is item for i in g))
                    there = _holding(groups, other, names)
                    if len(there) == 1 and len(other) > 1:
                        groups = self._join(groups, here, there[0], names)
        return groups

    def _join(
        self,
        groups: list[list[_T]],
        one: list[_T],
        other: list[_T],
        names: Callable[[_T], Sequence[str]],
    ) -> list[list[_T]]:
        """The groups with two made one, unless names of theirs are declared two."""
        forms = [n for item in other for n in names(item)]
        if one is other or any(self.two(n, forms) for item in one for n in names(item)):
            return groups
        one += other
        return [g for g in groups if g is not other]


def _which(name: _Key, keys: tuple[_Key, _Key]) -> int | None:
    """Which of two names stands in a name, the longer one first."""
    order = sorted((0, 1), key=lambda i: -len(keys[i]))
    return next((i for i in order if keys[i] and set(keys[i]) <= set(name)), None)


def _holding(
    groups: Sequence[list[_T]], key: _Key, names: Callable[[_T], Sequence[str]]
) -> list[list[_T]]:
    """The groups with a name as their fullest form, or else as any of their forms."""
    full = [g for g in groups if any(_key(form) == key for i in g for form in names(i)[:1])]
    return full or [g for g in groups if any(_key(form) == key for i in g for form in names(i))]
