"""The page's server: where its files are, what it is started with, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from compare import appserver
from compare.cli import main
from compare.errors import ExitCode, SetupError, UsageError
from compare.project import FOLDER
from compare.settings import PAGE_FILE

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs and decisions of these tests stand in a folder of their own."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "project"))
    return tmp_path / "project"


def test_the_page_is_found_beside_the_package() -> None:
    assert appserver.page_folder() == ROOT
    argv = appserver.command()
    assert argv[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert argv[4] == str(ROOT / "app.py")


def test_the_page_is_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "compare" / "_page"
    (page / "app_pages").mkdir(parents=True)
    (page / "app.py").touch()
    monkeypatch.setattr(appserver, "__file__", str(tmp_path / "compare" / "appserver.py"))
    assert appserver.page_folder() == page


def test_a_package_without_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appserver, "__file__", str(tmp_path / "compare" / "appserver.py"))
    with pytest.raises(SetupError, match="install it again"):
        appserver.command()


@pytest.mark.parametrize(
    ("port", "browser", "ends"),
    [
        (None, True, ["--server.headless=false"]),
        (None, False, ["--server.headless=true"]),
        (8600, False, ["--server.headless=true", "--server.port=8600"]),
    ],
)
def test_options_of_the_command(port: int | None, browser: bool, ends: list[str]) -> None:
    assert appserver.command(port, browser)[5 + len(appserver.SETTINGS) :] == ends


def test_flags_and_file_say_the_same() -> None:
    """`streamlit run app.py` reads the file, `variant-compare app` gives the flags."""
    file = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

    def flat(value: object) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [str(v).lower() if isinstance(v, bool) else str(v) for v in values]

    written = {
        (f"{section}.{name}", one)
        for section in ("browser", "client", "server")
        for name, value in file[section].items()
        for one in flat(value)
    }
    assert written == set(appserver.SETTINGS)
    assert set(file) == {"browser", "client", "server", "theme"}


def test_settings_are_safe_and_known_to_streamlit() -> None:
    from streamlit import config

    settings = dict(appserver.SETTINGS)
    assert settings["browser.gatherUsageStats"] == "false"
    assert settings["server.address"] == "127.0.0.1"
    assert settings["server.enableXsrfProtection"] == "true"
    assert settings["server.maxUploadSize"] == "5"
    assert settings["client.showErrorDetails"] == "none"
    assert set(settings) <= set(config.get_config_options())


@pytest.mark.parametrize("port", [0, 65536])
def test_a_port_that_is_none(port: int) -> None:
    with pytest.raises(UsageError, match="65535"):
        appserver.serve(port)


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SetupError, match="--port"):
            appserver.serve(taken.getsockname()[1])


def test_without_streamlit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SetupError, match="pip install streamlit"):
        appserver.serve()


@pytest.mark.parametrize(("code", "ours"), [(0, ExitCode.OK), (1, ExitCode.ENVIRONMENT)])
def test_the_servers_end_is_told_by_our_exit_codes(
    code: int, ours: ExitCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = [sys.executable, "-c", f"raise SystemExit({code})"]
    monkeypatch.setattr(appserver, "command", lambda *_: ending)
    before = signal.getsignal(signal.SIGTERM)
    assert appserver.serve() == ours
    assert signal.getsignal(signal.SIGTERM) == before


STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
SERVER = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_team_reaches_the_page_through_a_proxy_alone() -> None:
    argv = appserver.command(8600, False, "https://compare.example.org")
    assert "--server.allowedHosts=compare.example.org" in argv
    assert "--server.corsAllowedOrigins=https://compare.example.org" in argv
    assert f"--server.address={appserver.ADDRESS}" in argv


@pytest.mark.parametrize("address", ["", "compare.example.org", "ftp://x", "https://x/page"])
def test_a_public_address_is_one_of_a_page(address: str) -> None:
    with pytest.raises(UsageError, match="--public as https://"):
        appserver.command(public=address)


def test_the_server_gets_the_folder_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"import os, pathlib; pathlib.Path('seen').write_text(os.environ['{FOLDER}'])"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(appserver, "command", lambda *_: [sys.executable, "-c", code])
    assert appserver.serve(project=Path("mine")) == ExitCode.OK
    assert Path("seen").read_text() == str(tmp_path / "mine")
    assert (tmp_path / "mine").is_dir()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [([], "None"), (["--no-config"], "''"), (["--config", "x.toml"], "x.toml'")],
)
def test_the_server_gets_the_configuration_file(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"import os; open('seen', 'w').write(repr(os.environ.get('{PAGE_FILE}')))"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(appserver, "command", lambda *_: [sys.executable, "-c", code])
    Path("x.toml").write_text("limit = 3", "utf-8")
    assert main(["app", *arguments]) == ExitCode.OK
    assert Path("seen").read_text().endswith(told)


def test_a_folder_that_cannot_be_written_is_told_first(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="--project"):
        appserver.serve(project=tmp_path / "file")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("server", [SERVER, STUBBORN + SERVER], ids=["willing", "stubborn"])
def test_a_signal_to_the_command_stops_the_server(sent: signal.Signals, server: str) -> None:
    code = (
        "import sys; from compare import appserver; appserver._STOP_SECONDS = 0.5\n"
        f"appserver.command = lambda *_: [sys.executable, '-c', {server!r}]\n"
        "raise SystemExit(appserver.serve())"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with started:
        assert started.stdout
        child = int(started.stdout.readline())
        started.send_signal(sent)
        assert started.wait(20) == 0
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
