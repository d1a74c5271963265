"""Files of anybody: read no further than a limit, written whole or not at all, one at a time."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from compare.config import Config
from compare.errors import InputError

MAX_BYTES = Config().max_bytes
_AT_ONCE = 2**20
_WAIT = 30
"""Seconds that a writer waits for another one."""
_MAX_DOTS = 32
"""In one key of TOML: the time that tomllib takes for a key grows with the cube of its parts."""
# Strings and comments, whose dots part no key. One that is not closed goes on to the end: what
# stands behind it is never read, and nothing is looked at twice.
_NO_KEY = re.compile(
    r'''"""(?:[^"\\]|\\.?|"(?!""))*+"{0,5}+'''
    r"""|'{3}(?:[^']|'(?!''))*+'{0,5}+"""
    r"""|"(?:[^"\\\n]|\\[^\n]?)*+"?|'[^'\n]*+'?|\#[^\n]*+""",
    re.DOTALL,
)


def read_whole(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it is larger than ``max_bytes``.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return read_bounded(file, str(path), max_bytes)


def read_bounded(file: IO[bytes], shown: str, max_bytes: int = MAX_BYTES) -> bytes:
    """What is left of an open file, or of a stream, which may have no end.

    Args:
        file: where to read.
        shown: what messages call it.
        max_bytes: the most that is read.

    Raises:
        InputError: it holds more.
        OSError: it cannot be read.
    """
    data = bytearray()
    while part := file.read(min(_AT_ONCE, max_bytes + 1 - len(data))):
        data += part
    if len(data) > max_bytes:
        raise too_large(shown, _size(file), max_bytes)
    return bytes(data)


def _size(file: IO[bytes]) -> int | None:
    """Of a file, in bytes; None of what has no size."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        status = os.fstat(file.fileno())
        return status.st_size if stat.S_ISREG(status.st_mode) else None
    return None


def too_large(shown: str, size: int | None, max_bytes: int, what: str = "is") -> InputError:
    """The error that tells a limit of size, what was met, and what raises it.

    >>> str(too_large("a.txt", 2_000, 1_000))[:52]
    'a.txt is larger than 1,000 bytes, the limit: it has '
    """
    met = f"it has {size:,}" if size else "it has more"
    return InputError(
        f"{shown} {what} larger than {max_bytes:,} bytes, the limit: {met}; give less, or raise "
        "the limit with --max-bytes (setting max_bytes)"
    )


def load_toml(text: str) -> dict[str, Any]:
    """The record of a TOML file that anybody may have written; never slow.

    Raises:
        ValueError: it is no TOML, or a key in it has too many parts.
        RecursionError: it is nested too deeply.

    >>> load_toml('note = "1.0 ... 2.0"')
    {'note': '1.0 ... 2.0'}
    """
    keys = re.split(r"[=\n,\[\]{}]", _NO_KEY.sub("", text))
    if any(key.count(".") > _MAX_DOTS for key in keys):
        raise ValueError(f"more than {_MAX_DOTS} dots stand in a row")
    return tomllib.loads(text)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file over an older one, which stays as it was after an error or interruption.

    Raises:
        OSError: it cannot be written.
    """
    target = path.resolve()
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        partial.write_bytes(data)
        if target.exists():
            shutil.copymode(target, partial)  # a team may share it
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def one_writer(path: Path) -> Iterator[None]:
    """Hold others off who would read a file, change it and write it back at the same time.

    Makes the file's folder. A writer that dies holds nobody off.

    Raises:
        OSError: the folder cannot be made or written, or another writer takes too long.
    """
    from filelock import FileLock

    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_name(f".{target.name}.lock"), timeout=_WAIT):
        yield
