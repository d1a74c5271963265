"""A real PostgreSQL for the tests: a server of its own on loopback, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ADDRESS = "127.0.0.1"
DEBIAN = Path("/usr/lib/postgresql")
PATIENCE = 60
"""Seconds that the server may take to start or to stop."""


def programs() -> Path | None:
    """The folder that holds ``initdb`` and ``postgres``: Debian does not put them on the PATH."""
    named = os.environ.get("POSTGRES_BIN")
    if named:
        return Path(named)
    newest = sorted(DEBIAN.glob("*/bin/initdb"))
    found = shutil.which("initdb") or (newest[-1] if newest else None)
    return Path(found).resolve().parent if found else None


def missing() -> None:
    """Skip the test, or fail it in CI."""
    said = "no PostgreSQL here: on Debian, apt install postgresql"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(said)
    pytest.skip(said)


def _unprivileged() -> str | None:
    """The user to run as; None is the present one. PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """Start a server with a data folder of its own; its URL without a database."""
    user = _unprivileged()
    # Not below pytest's folder, which nobody but its owner can enter.
    folder = Path(tempfile.mkdtemp(prefix="variant-compare-postgres-"))
    if user is not None:
        shutil.chown(folder, user)
    try:
        data = folder / "data"
        subprocess.run(
            [
                *(bin_folder / "initdb", "-D", data, "-U", "tests", "-A", "trust"),
                *("-E", "UTF8", "--no-locale", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
        )
        with socket.socket() as free:
            free.bind((ADDRESS, 0))
            port = free.getsockname()[1]
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(bin_folder / "postgres", "-D", data, "-h", ADDRESS, "-p", str(port)),
                    *("-k", folder, "-c", "fsync=off"),
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
            )
        try:
            _wait(process, port, folder / "log.txt")
            yield f"postgresql://tests@{ADDRESS}:{port}"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            psycopg.connect(host=ADDRESS, port=port, user="tests", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    process.kill()
    pytest.fail(f"PostgreSQL did not start: {log.read_text('utf-8', 'replace')}")


def make_schema(url: str, name: str) -> str:
    """Make a schema, which is empty and quicker to make than a database; the URL that is in it."""
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f'create schema "{name}"')
    return f"{url}/postgres?options=-csearch_path%3D{name}"
