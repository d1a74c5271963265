"""What models have worked out, kept on disk between runs: blobs by key in one SQLite file.

Several processes may use the file at once. Whatever is wrong with it (damaged, folder not writable,
no SQLite in this Python) costs time, never the run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class Kept:
    """One table of the file: bytes by key."""

    def __init__(self, path: Path, table: str, column: str) -> None:
        self.path = path
        self._table = table
        self._column = column

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is known of some keys; nothing where the file cannot be read."""
        wanted = sorted(keys)
        found: dict[bytes, bytes] = {}
        try:
            with closing(self._open()) as connection:
                for first in range(0, len(wanted), 500):
                    some = wanted[first : first + 500]
                    marks = ",".join("?" * len(some))
                    found.update(
                        connection.execute(
                            f"SELECT key, {self._column} FROM {self._table} WHERE key IN ({marks})",
                            some,
                        )
                    )
        except (_sqlite_error(), OSError, ValueError, TypeError):
            return {}
        return found

    def write(self, rows: Iterable[tuple[bytes, bytes]], most: int) -> None:
        """Keep some more, and of all only the newest ``most``."""
        try:
            with closing(self._open()) as connection, connection:
                connection.executemany(
                    f"INSERT OR REPLACE INTO {self._table} (key, {self._column}) VALUES (?, ?)",
                    rows,
                )
                connection.execute(
                    f"DELETE FROM {self._table} WHERE id <= (SELECT max(id) FROM {self._table})"
                    " - ?",
                    (most,),
                )
        except _sqlite_error() as error:
            if "not a database" in str(error) or "malformed" in str(error):
                self.path.unlink(missing_ok=True)  # damaged: the next run starts a new one
        except OSError:
            pass

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table}"
            f" (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, {self._column} BLOB)"
        )
        return connection


def _sqlite_error() -> type[Exception]:
    """``sqlite3.Error``, or ImportError in a Python that was built without SQLite."""
    try:
        import sqlite3
    except ImportError:
        return ImportError
    return sqlite3.Error


def cache_file() -> Path:
    """The file: in ``$VARIANT_COMPARE_CACHE``, else in the user's cache folder."""
    folder = os.environ.get("VARIANT_COMPARE_CACHE")
    if folder:
        return Path(folder).expanduser() / "vectors.sqlite"
    import platformdirs

    return Path(platformdirs.user_cache_dir("variant-compare")) / "vectors.sqlite"
