"""Smoke test of the package as a user gets it: python3 dev.py smoke.

Builds the sdist and from it the wheel, installs the wheel as pinned into a new environment that
holds nothing else, and there, outside the checkout, runs the console script on the seeds and
starts the page. Needs the package ``build`` in the Python that runs it, and some gigabytes in the
temporary folder.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PAGE_SECONDS = 60.0
PROBE = """
import importlib.metadata, json, pathlib, compare
page = pathlib.Path(compare.__file__).parent / "_page"
print(json.dumps({
    "compare": compare.__file__,
    "page": sorted(path.relative_to(page).as_posix() for path in page.rglob("*")),
    "packages": sorted(d.metadata["Name"].lower() for d in importlib.metadata.distributions()),
}))
"""


def run(*command: object, **options: object) -> str:
    """Run a program that must end well; its standard output. What else it says is shown."""
    shown = " ".join(str(part) for part in command).partition("\n")[0]
    print(f"$ {shown}", flush=True)
    done = subprocess.run(  # type: ignore[call-overload]
        [str(part) for part in command], stdout=subprocess.PIPE, encoding="utf-8", **options
    )
    if done.returncode:
        raise SystemExit(f"smoke: exit code {done.returncode} from: {shown}\n{done.stdout}")
    return str(done.stdout)


def expect(holds: bool, what: str) -> None:
    """End the test where something does not hold."""
    if not holds:
        raise SystemExit(f"smoke: not so: {what}")


def install(folder: Path) -> Path:
    """Build the wheel and install it into a new environment; the folder of its programs."""
    run(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    env = folder / "env"
    run(sys.executable, "-m", "venv", "--without-pip", env)
    pip = (sys.executable, "-m", "pip", "--python", env / SCRIPTS / "python")
    constraints = ROOT / "constraints.txt"
    run(*pip, "install", "--quiet", "--no-compile", "-c", constraints, wheel)
    run(*pip, "check")
    return env / SCRIPTS


def check_contents(programs: Path, folder: Path) -> None:
    """The wheel holds the package, the page and the seeds, and brought no development package."""
    found = json.loads(run(programs / "python", "-c", PROBE, cwd=folder))
    expect(Path(found["compare"]).is_relative_to(programs.parent), "compare comes from the wheel")
    seeds = {f"seeds/{path.name}" for path in (ROOT / "seeds").iterdir()}
    files = {"app.py", ".streamlit/config.toml", *seeds}
    expect(files <= set(found["page"]), f"the page is there: {found['page']}")
    extras = {"pytest", "hypothesis", "mypy", "ruff", "build", "playwright"} & {*found["packages"]}
    expect(not extras, f"no development package is there: {extras}")


def check_run(programs: Path, folder: Path) -> None:
    """The console script compares the seeds and writes every file of the contract."""
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    version = run(programs / "variant-compare", "--version", cwd=folder)
    expect(metadata["project"]["version"] in version, f"the version is told: {version!r}")
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    print(run(programs / "variant-compare", "run", *seeds, "-o", "out", cwd=folder, env=env))
    out = folder / "out"
    for name in ("pairs.csv", "discrepancies.csv"):
        with (out / name).open(encoding="utf-8", newline="") as file:
            expect(len(list(csv.DictReader(file))) > 0, f"{name} has rows")
    for name in ("comparison.json", "run.json"):
        expect(bool(json.loads((out / name).read_text("utf-8"))), f"{name} is not empty")
    expect(
        "President Kim" in (out / "report.html").read_text("utf-8"), "the report tells the error"
    )


def check_page(programs: Path, folder: Path) -> None:
    """The page starts from the wheel and answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(programs / "variant-compare"), "app", "--no-browser", "--port", str(port)]
    print("$ variant-compare app", flush=True)
    page = subprocess.Popen(command, cwd=folder)
    try:
        deadline = time.monotonic() + PAGE_SECONDS
        while True:
            expect(page.poll() is None, "the page keeps running")
            expect(time.monotonic() < deadline, f"the page answers within {PAGE_SECONDS} s")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                break
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.3)
    finally:
        page.terminate()
        page.wait(timeout=30)


def main() -> None:
    """Run all of it in a temporary folder."""
    os.environ.pop("PYTHONPATH", None)  # it may name the checkout
    with tempfile.TemporaryDirectory(prefix="variant-compare-") as name:
        folder = Path(name).resolve()
        programs = install(folder)
        check_contents(programs, folder)
        check_run(programs, folder)
        check_page(programs, folder)
    print("smoke: the wheel works by itself")


if __name__ == "__main__":
    main()
