"""Starts the page: the command line of its server, from a checkout or from an installed package."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from compare.errors import ExitCode, SetupError, UsageError
from compare.project import FOLDER, check_folder
from compare.settings import PAGE_FILE

ADDRESS = "127.0.0.1"

SETTINGS: tuple[tuple[str, str], ...] = (
    ("browser.gatherUsageStats", "false"),
    ("client.showErrorDetails", "none"),
    ("client.toolbarMode", "minimal"),
    ("server.address", ADDRESS),
    ("server.allowedHosts", ADDRESS),
    ("server.allowedHosts", "localhost"),
    ("server.enableCORS", "true"),
    ("server.enableXsrfProtection", "true"),
    ("server.fileWatcherType", "none"),
    ("server.maxUploadSize", "5"),
    ("server.showEmailPrompt", "false"),
)
"""What must hold whatever configuration Streamlit finds: this machine only, nothing sent out, no
traceback on the page. The same as in ``.streamlit/config.toml``."""

_STOP_SECONDS = 5


def page_folder() -> Path:
    """The folder of ``app.py``: beside this package in a checkout, inside it when installed.

    Raises:
        SetupError: the page's files are missing.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_page", package.parent):
        if (folder / "app.py").is_file() and (folder / "app_pages").is_dir():
            return folder
    raise SetupError(
        "the page's files (app.py, app_pages) are missing from this installation: install it "
        "again, e.g. pip install --force-reinstall variant-compare"
    )


def command(port: int | None = None, browser: bool = True, public: str | None = None) -> list[str]:
    """The command line that serves the page.

    Args:
        port: the port to listen on; None lets Streamlit take the first free one from 8501.
        browser: open the page in the user's browser.
        public: the address under which a proxy on this machine offers the page to others.

    Raises:
        UsageError: ``public`` is no address.
    """
    argv = [sys.executable, "-m", "streamlit", "run", str(page_folder() / "app.py")]
    argv += [f"--{name}={value}" for name, value in SETTINGS]
    if public is not None:
        host, origin = _public(public)
        argv += [f"--server.allowedHosts={host}", f"--server.corsAllowedOrigins={origin}"]
        argv.append(f"--browser.serverAddress={host}")
    argv.append(f"--server.headless={'false' if browser else 'true'}")
    if port is not None:
        argv.append(f"--server.port={port}")
    return argv


def _public(address: str) -> tuple[str, str]:
    """Host and origin of an address.

    >>> _public("https://compare.example.org/")
    ('compare.example.org', 'https://compare.example.org')
    """
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise UsageError(
            f"{address!r} is no address of a page: give --public as https://compare.example.org"
        )
    return parts.hostname, f"{parts.scheme}://{parts.netloc}"


def serve(
    port: int | None = None,
    browser: bool = True,
    project: Path | None = None,
    public: str | None = None,
    settings: str | None = None,
) -> int:
    """Serve the page until it is stopped; the exit code.

    Ctrl-C, or SIGTERM, stops the server and is a good end.

    Args:
        port: as for :func:`command`.
        browser: as for :func:`command`.
        project: the folder of runs and decisions; ``reports`` where None.
        public: as for :func:`command`.
        settings: path of the configuration file; empty for none, the nearest one where None.

    Raises:
        UsageError: no such port, or no such address.
        SetupError: Streamlit or the page's files are missing, the port is taken, or the folder
            cannot be written.
    """
    if importlib.util.find_spec("streamlit") is None:
        raise SetupError("the page needs Streamlit: run pip install streamlit")
    if port is not None:
        _check_port(port)
    folder = Path(os.environ.get(FOLDER) or "reports") if project is None else project
    check_folder(folder)
    environment = {**os.environ, FOLDER: str(folder.resolve())}
    if settings is not None:
        environment[PAGE_FILE] = settings
    server = subprocess.Popen(command(port, browser, public), env=environment)
    try:
        with _terminable():
            code = server.wait()
    except KeyboardInterrupt:
        # At a terminal the server has had the Ctrl-C as well; it has not had a signal that was
        # sent to this process alone.
        server.terminate()
        try:
            server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        return ExitCode.OK
    # Streamlit has said why; its own codes mean other things than ours.
    return ExitCode.ENVIRONMENT if code else ExitCode.OK


def _check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise UsageError(f"{port} is no port: give --port a number from 1 to 65535")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # as the server does: a port that was just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise SetupError(
                f"cannot listen on port {port} ({error.strerror}): choose another one with "
                "--port, or leave --port out"
            ) from error


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the wait as Ctrl-C does, so that no server is left behind."""

    def stop(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread, where alone signals arrive
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
