"""Writing a file whole or not at all, and one writer at a time."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from compare.errors import InputError

MOST_BYTES = 256 * 2**20
"""Of a file of settings, decisions or results; a device, say, has no end."""
_WAIT = 30
"""Seconds that a writer waits for another one."""


def read_whole(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it is larger than :data:`MOST_BYTES`.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{path} is larger than {MOST_BYTES // 2**20} MiB, the most that is read of such a "
            "file: name another one"
        )
    return data


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
