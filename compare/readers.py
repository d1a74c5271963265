"""Readers of further formats, which installed packages add.

A package names a :class:`Reader` by an entry point in the group ``variant_compare.readers``; files
with one of its endings are then read by it, everywhere a file is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from compare import plugins
from compare.errors import CompareError, InputError, SetupError
from compare.records import Role

ENTRY_POINT_GROUP = "variant_compare.readers"


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a reader found it.

    Raises:
        ValueError: a newline is not ``\\n``, or a role is given for no place in the text.
    """

    text: str
    """What is compared, and what every offset points into; blank lines part paragraphs."""
    roles: Mapping[int, Role] = field(default_factory=dict)
    """What lines are known to be, by the offset at which each begins. The others are told by
    their words, as in plain text."""
    date: dt.date | None = None
    """The day that the file says; one in the text counts more."""

    def __post_init__(self) -> None:
        if "\r" in self.text:
            raise ValueError("the newlines of a text must be \\n, or offsets would shift")
        for offset in self.roles:
            if not 0 <= offset < len(self.text):
                raise ValueError(f"a role is given for offset {offset}, which is not in the text")


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of some format are read."""

    suffixes: tuple[str, ...]
    """Endings of file names, with the dot, in lower case."""
    read: Callable[[bytes], Reading]
    """The article of a file's bytes. It may raise :class:`compare.errors.InputError` with a
    message of its own; any other exception is told as a failure of the reader."""


@cache
def installed(taken: Collection[str]) -> Mapping[str, tuple[Reader, str]]:
    """The readers that installed packages add, and the package of each, by ending.

    Args:
        taken: endings that no package may take over.

    Raises:
        SetupError: an entry point does not load or names no reader, or an ending is taken.
    """
    found: dict[str, tuple[Reader, str]] = {}
    for reader, origin in plugins.load(ENTRY_POINT_GROUP, Reader):
        for suffix in reader.suffixes:
            if not suffix.startswith(".") or suffix != suffix.lower():
                raise SetupError(
                    f"the package {origin} reads files that end in {suffix!r}: an ending begins "
                    "with a dot and is in lower case; repair or uninstall the package"
                )
            if suffix in taken or suffix in found:
                by = f"the package {found[suffix][1]}" if suffix in found else "variant-compare"
                raise SetupError(
                    f"the package {origin} reads files that end in {suffix!r}, as does {by}; "
                    "uninstall one of them"
                )
            found[suffix] = (reader, origin)
    return found


def read(reader: Reader, origin: str, data: bytes, shown: str) -> Reading:
    """A file's bytes, read by somebody else's reader.

    Raises:
        InputError: it cannot read them.
    """
    try:
        reading = reader.read(data)
        if not isinstance(reading, Reading):
            raise TypeError(f"it gives {type(reading).__name__} and no Reading")
    except CompareError:
        raise
    except Exception as error:
        raise InputError(
            f"cannot read {shown}: the reader of the package {origin} failed "
            f"({type(error).__name__}: {error}); save the article as plain text in UTF-8"
        ) from error
    return reading
