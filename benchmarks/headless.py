"""The page, served from a folder of its own, and a headless Chromium to look at it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare import appserver
from compare.project import DATABASE, FOLDER

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE = 60
"""Seconds; the first comparison loads the models, on a machine that may be busy."""


class Server(NamedTuple):
    """A server of the page."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


def chromium() -> str | None:
    """The browser: the environment variable ``CHROMIUM``, or the first one on the path."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return path if path and shutil.which(path) else None


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS) as started,
    ):
        yield started


@contextlib.contextmanager
def serve(project: Path, home: Path, script: Path | None = None, url: str = "") -> Iterator[Server]:
    """The page as ``variant-compare app`` starts it, until the block is left.

    Args:
        project: the folder of runs.
        home: of the server: what it writes besides runs, and its log.
        script: another page than ours.
        url: the database of decisions, where it is not in the project.
    """
    with socket.socket() as free:
        free.bind((appserver.ADDRESS, 0))
        port = free.getsockname()[1]
    address = f"http://{appserver.ADDRESS}:{port}"
    log = home / f"server-{port}.txt"
    env = {k: v for k, v in os.environ.items() if k != DATABASE}
    env |= {"HOME": str(home), "VARIANT_COMPARE_CACHE": str(home / "cache"), FOLDER: str(project)}
    if url:
        env[DATABASE] = url
    command = appserver.command(port, browser=False)
    if script is not None:
        command[command.index("run") + 1] = str(script)
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=home, env=env, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(f"{address}/_stcore/health"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield Server(address, process, log)
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False
