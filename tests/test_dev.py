"""dev.py: what it installs and when, what it starts, and what it says where it cannot."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev


class Machine:
    """Stands in for the programs that dev.py starts: keeps what they were given."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.env: dict[str, str] | None = None
        self.fails: dict[str, int] = {}
        """Exit code for a command that holds this word."""

    def call(
        self, *command: object, env: dict[str, str] | None = None, stdout: int | None = None
    ) -> int:
        """In place of ``dev.call``."""
        words = [str(part) for part in command]
        self.calls.append(words)
        self.env = env
        return next((code for word, code in self.fails.items() if word in words), 0)

    def quietly(self, *command: object) -> bool:
        """In place of ``dev.quietly``; makes what ``python -m venv`` makes."""
        code = self.call(*command)
        if code == 0 and "venv" in self.calls[-1]:
            dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            dev.PYTHON.touch()
        return code == 0

    def installs(self) -> list[str]:
        """What each installation so far was for."""
        return [words[-1] for words in self.calls if "install" in words]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A project folder of its own, with nothing set up, in which nothing is really started."""
    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "constraints.txt").write_text("rich==1\n")
    root = dev.ROOT
    for name in ("ROOT", "VENV", "PYTHON", "STAMP", "CONSTRAINTS", "HASHED", "EXAMPLE"):
        monkeypatch.setattr(dev, name, tmp_path / getattr(dev, name).relative_to(root))
    fake = Machine()
    monkeypatch.setattr(dev, "call", fake.call)
    monkeypatch.setattr(dev, "quietly", fake.quietly)
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    monkeypatch.setenv("POSTGRES_BIN", "/opt/pg")
    return fake


def test_a_second_command_installs_nothing(machine: Machine) -> None:
    assert dev.main(["demo"]) == 0
    machine.calls.clear()
    assert dev.main(["demo", "--format", "json"]) == 0
    (only,) = machine.calls
    assert only[1:] == ["-m", "compare", "run", *dev.SEEDS, "--format", "json"]


@pytest.mark.parametrize(
    ("commands", "installs"),
    [
        (["demo", "test", "demo", "test"], [".", ".[test]"]),
        (["test", "demo", "app"], [".[test]"]),
        (["check", "test", "smoke"], [".[dev,test]"]),
        (["test", "smoke", "test"], [".[test]", ".[dev,test]"]),
    ],
)
def test_each_command_installs_what_it_lacks(
    machine: Machine, commands: list[str], installs: list[str]
) -> None:
    for command in commands:
        assert dev.main([command]) == 0
    assert machine.installs() == installs


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_changed_dependencies_are_installed_with_the_extras_there(
    machine: Machine, changed: str
) -> None:
    dev.main(["test"])
    (dev.ROOT / changed).write_text("[project]\nname = 'other'")
    dev.main(["demo"])
    dev.main(["test"])
    assert machine.installs() == [".[test]", ".[test]"]


def test_a_lost_python_is_set_up_again(machine: Machine) -> None:
    dev.main(["demo"])
    dev.PYTHON.unlink()
    dev.main(["demo"])
    assert machine.installs() == [".", "."]


@pytest.mark.parametrize(("pip", "code"), [(1, 4), (130, 130)])
def test_a_failed_installation_is_not_taken_for_done(
    machine: Machine, capsys: pytest.CaptureFixture[str], pip: int, code: int
) -> None:
    dev.main(["demo"])
    machine.fails["install"] = pip
    assert dev.main(["test"]) == code
    assert ("pip says above" in capsys.readouterr().err) == (code == 4)
    assert not dev.STAMP.exists()
    machine.fails.clear()
    assert dev.main(["demo"]) == 0
    assert machine.installs() == [".", ".[test]", "."]


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"extras": []}', "null"])
def test_a_damaged_stamp_counts_as_none(machine: Machine, stamp: str) -> None:
    dev.main(["demo"])
    dev.STAMP.write_text(stamp)
    assert dev.main(["demo"]) == 0
    assert machine.installs() == [".", "."]


def test_without_ensurepip_the_pip_outside_is_taken(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:

    def quietly(*command: object) -> bool:
        whole = "venv" in command and "--without-pip" not in command
        return not whole and machine.quietly(*command)

    monkeypatch.setattr(dev, "quietly", quietly)
    assert dev.main(["demo"]) == 0
    assert any(words[1:5] == ["-m", "pip", "--python", str(dev.PYTHON)] for words in machine.calls)


def test_without_venv_and_pip_one_line_says_what_to_install(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fails["venv"] = 1
    assert dev.main(["demo"]) == 4
    error = capsys.readouterr().err.splitlines()[-1]
    assert "apt install python3-venv" in error
    assert machine.installs() == []


@pytest.mark.parametrize("code", [0, 1, 3, 130])
def test_the_exit_code_is_passed_on(machine: Machine, code: int) -> None:
    machine.fails["compare"] = code
    assert dev.main(["demo"]) == code


def test_check_runs_every_step_and_fails_with_any(machine: Machine) -> None:
    machine.fails["--check"] = 1
    assert dev.main(["check"]) == 1
    assert [words[2] for words in machine.calls[-3:]] == ["ruff", "ruff", "mypy"]


@pytest.mark.parametrize("browser", ["/opt/chromium", None])
def test_browser_tests_run_where_there_is_a_browser(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    browser: str | None,
) -> None:
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr("shutil.which", lambda name: browser)
    assert dev.main(["test", "-k", "read"]) == 0
    skipped = "not browser" in machine.calls[-1]
    assert skipped == (browser is None) == ("browser tests did not run" in capsys.readouterr().err)
    assert machine.calls[-1][-2:] == ["-k", "read"]
    assert machine.env is not None
    assert machine.env.get("CHROMIUM") == browser


@pytest.mark.parametrize("where", ["named", "Debian", "path", None])
def test_postgresql_tests_run_where_there_is_one(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    where: str | None,
) -> None:
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    monkeypatch.setattr(dev, "POSTGRES", tmp_path / "postgresql")
    monkeypatch.setattr("shutil.which", lambda name: None)
    folders = [tmp_path / "postgresql" / version / "bin" for version in ("14", "15")]
    if where == "named":
        monkeypatch.setenv("POSTGRES_BIN", "/opt/pg")
    elif where == "path":
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    elif where == "Debian":
        for folder in folders:
            folder.mkdir(parents=True)
            (folder / "initdb").touch()
    assert dev.main(["test"]) == 0
    skipped = "not postgres" in machine.calls[-1]
    told = "PostgreSQL tests did not run" in capsys.readouterr().err
    assert skipped == told == (where is None)
    found = {"named": "/opt/pg", "path": "/usr/bin", "Debian": str(folders[1])}
    assert machine.env is not None
    assert machine.env.get("POSTGRES_BIN") == found.get(where or "")


def test_what_is_lacking_is_left_out_together(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    monkeypatch.setattr(dev, "POSTGRES", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)
    machine.fails[dev.HAS_RAY] = machine.fails[dev.HAS_WEIGHTS] = 1
    dev.main(["test"])
    assert "not browser and not postgres and not ray and not meaning" in machine.calls[-1]


@pytest.mark.parametrize("there", [True, False])
def test_ray_tests_run_where_it_is_installed(
    machine: Machine, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    machine.fails[dev.HAS_RAY] = 0 if there else 1
    assert dev.main(["test"]) == 0
    assert ("not ray" in machine.calls[-1]) == (not there)
    assert ("Ray tests did not run" in capsys.readouterr().err) == (not there)


@pytest.mark.parametrize("there", [True, False])
def test_tests_of_the_model_of_meaning_run_where_its_weights_are(
    machine: Machine, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    machine.fails[dev.HAS_WEIGHTS] = 0 if there else 1
    assert dev.main(["test"]) == 0
    assert ("not meaning" in machine.calls[-1]) == (not there)
    assert ("model of meaning did not run" in capsys.readouterr().err) == (not there)


def test_the_whole_test_run_measures_coverage(machine: Machine) -> None:
    dev.main(["test"])
    assert "--cov" in machine.calls[-1]
    dev.main(["test", "tests/test_dev.py"])
    assert "--cov" not in machine.calls[-1]


@pytest.mark.parametrize(
    ("newer", "hint"), [("python3.12", ": run it with python3.12"), (None, "3.10")]
)
def test_an_old_python_is_told_in_one_line(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    newer: str | None,
    hint: str,
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 10, 13, "final", 0))
    monkeypatch.setattr("shutil.which", lambda name: name == newer)
    assert dev.main(["demo"]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("dev.py needs Python 3.11 or newer, and this is 3.10")
    assert line.endswith(hint)
    assert machine.calls == []


def test_an_old_python_can_read_the_script() -> None:
    source = Path(dev.__file__).read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(Path(dev.__file__).read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 0), (["--help"], 0), (["-h"], 0), (["install"], 2)]
)
def test_help_names_every_command(
    machine: Machine, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert dev.main(arguments) == code
    printed = capsys.readouterr()
    assert all(f"\n  {name} " in (printed.err if code else printed.out) for name in dev.COMMANDS)
    assert machine.calls == []


@pytest.mark.parametrize(("script", "code"), [("raise SystemExit(3)", 3), ("", 0)])
def test_call_gives_the_exit_code(script: str, code: int) -> None:
    assert dev.call(sys.executable, "-c", script) == code


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("at_interrupt", "code"),
    [("sys.exit(0)", 0), ("sys.exit(2)", dev.INTERRUPTED), ("raise", dev.INTERRUPTED)],
)
def test_an_interrupt_lets_the_program_end_by_itself(at_interrupt: str, code: int) -> None:
    child = (
        "import sys, time\n"
        "try:\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    print('tidied', flush=True)\n"
        f"    {at_interrupt}\n"
    )
    parent = f"import dev, sys; sys.exit(dev.call(sys.executable, '-c', {child!r}))"
    process = subprocess.Popen(
        [sys.executable, "-c", parent],
        cwd=dev.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read() == "tidied\n"
    assert process.wait(timeout=30) == code


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_program_gives_128_and_the_signal() -> None:
    assert dev.call(sys.executable, "-c", "import os; os.kill(os.getpid(), 9)") == 128 + 9


def test_nothing_reports_home() -> None:
    probe = (
        "import os, sys; sys.exit(os.environ['STREAMLIT_BROWSER_GATHER_USAGE_STATS'] != 'false')"
    )
    assert dev.call(sys.executable, "-c", probe) == 0


def test_constraints_are_public_versions_in_order() -> None:
    found = [
        {"name": "Torch", "version": "2.13.0+cpu"},
        {"name": "variant-compare", "version": "0.1.0"},
        {"name": "en_core_web.sm", "version": "3.8.0"},
    ]
    head, *pins = dev.constraints(found).splitlines()
    assert head.startswith("#")
    assert pins == ["en-core-web-sm==3.8.0", "torch==2.13.0"]


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert set(dev.LOCKED) == set(extras)
    direct = [*project["dependencies"], *(line for lines in extras.values() for line in lines)]
    lines = dev.CONSTRAINTS.read_text("utf-8").splitlines()[1:]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in lines)
    pinned = {line.split("==")[0] for line in lines}
    assert {re.split(r"[<>=[]", requirement)[0] for requirement in direct} <= pinned


def test_lock_keeps_the_pins_that_are_held(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []

    def pip(*arguments: object) -> int:
        words = [str(part) for part in arguments]
        if "uv" in words:
            return 0
        kept.append(Path(words[words.index("-c") + 1]).read_text("utf-8"))
        installs = [{"metadata": {"name": name, "version": "2"}} for name in ("rich", "torch")]
        installs.append({"metadata": {"name": "variant-compare", "version": "0.1.0"}})
        Path(words[words.index("--report") + 1]).write_text(json.dumps({"install": installs}))
        return 0

    def call(*command: object, env: dict[str, str] | None = None, stdout: int | None = None) -> int:
        words = [str(part) for part in command]
        Path(words[words.index("-o") + 1]).write_text("rich==2 --hash=sha256:0\n")
        return 0

    monkeypatch.setattr(dev, "pip", pip)
    monkeypatch.setattr(dev, "call", call)
    dev.CONSTRAINTS.write_text("rich==1\ntorch==1\n")
    assert dev.main(["lock"]) == 0
    assert dev.CONSTRAINTS.read_text("utf-8").splitlines()[1:] == ["rich==2", "torch==2"]
    dev.main(["lock", "--upgrade"])
    assert kept[0] == "rich==1\ntorch==1"
    assert kept[1] == "torch==2"
    assert dev.HASHED.read_text("utf-8") == dev.LOCK_HEAD + "rich==2 --hash=sha256:0\n"


def test_a_lock_without_hashes_is_not_written(machine: Machine) -> None:
    dev.HASHED.write_text("as it was")
    machine.fails["uv"] = 2
    assert dev.hashes() == 2
    assert dev.HASHED.read_text("utf-8") == "as it was"


def test_the_documents_are_built_or_served(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["docs"]) == 0
    assert machine.calls[-1][1:] == ["-m", "mkdocs", "build"]
    assert "site/index.html" in capsys.readouterr().out
    dev.main(["docs", "serve"])
    assert machine.calls[-1][1:] == ["-m", "mkdocs", "serve"]
    machine.fails["mkdocs"] = 1
    assert dev.main(["docs"]) == 1


def test_the_bill_of_materials_has_what_users_may_install(machine: Machine) -> None:
    assert dev.main(["sbom"]) == 0
    assert machine.installs() == [".[ray,supply,team]"]
    assert machine.calls[-1][1:] == ["tools/dependencies.py", "sbom", "sbom.json"]


SOUND = {"name": "one", "version": "1", "vulns": []}
FAULTY = {
    "name": "two",
    "version": "2",
    "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}, {"id": "CVE-2", "fix_versions": []}],
}
UNKNOWN = {"name": "three", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "out", "err"),
    [
        ([SOUND], 0, "", "1 of 1 packages were looked up, 0 faults"),
        ([SOUND, FAULTY], 1, "two 2: CVE-1, mended in 2.1\ntwo 2: CVE-2, mended in no", "2 of 2"),
        ([SOUND, UNKNOWN], 4, "", "Nothing is known about the rest"),
        ([UNKNOWN], 4, "", "0 of 1 packages"),
        (None, 4, "", "0 of 0 packages"),
    ],
)
def test_an_audit_tells_what_could_not_be_looked_up(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    found: list[dict[str, object]] | None,
    code: int,
    out: str,
    err: str,
) -> None:
    def call(*command: object, env: dict[str, str] | None = None, stdout: int | None = None) -> int:
        words = [str(part) for part in command]
        if "pip_audit" in words and found is not None:
            Path(words[words.index("-o") + 1]).write_text(json.dumps({"dependencies": found}))
        return machine.call(*command)

    monkeypatch.setattr(dev, "call", call)
    assert dev.main(["audit"]) == code
    printed = capsys.readouterr()
    assert printed.out.startswith(out)
    assert err in printed.err


@pytest.fixture
def run_of_the_seeds(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a run on the seeds writes, to be changed at will."""
    files = {"pairs.csv": "a group, 0.7134\n", "report.html": "3 findings\n", "run.json": "1.5 s"}

    def call(*command: object, env: dict[str, str] | None = None, stdout: int | None = None) -> int:
        words = [str(part) for part in command]
        assert stdout is not None
        folder = Path(words[words.index("-o") + 1])
        (dev.ROOT / folder).mkdir()
        for name, text in files.items():
            (dev.ROOT / folder / name).write_text(text)
            os.write(stdout, f"{name} {folder / name}\n".encode())
        return machine.call(*command)

    monkeypatch.setattr(dev, "ensure", lambda *extras: None)
    monkeypatch.setattr(dev, "call", call)
    dev.EXAMPLE.parent.mkdir()
    return files


def test_the_example_is_written_without_times(run_of_the_seeds: dict[str, str]) -> None:
    assert dev.main(["example"]) == 0
    assert {p.name for p in dev.EXAMPLE.iterdir()} == {"pairs.csv", "report.html", "summary.txt"}
    assert (dev.EXAMPLE / "summary.txt").read_text() == "".join(
        f"{name} {Path('reports', 'example', name)}\n" for name in ("pairs.csv", "report.html")
    )
    assert [p.name for p in dev.EXAMPLE.parent.iterdir()] == ["example"]


def test_the_example_is_checked_but_for_the_last_digit(
    run_of_the_seeds: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["example", "--check"]) == 1
    assert not dev.EXAMPLE.exists()
    dev.main(["example"])
    run_of_the_seeds |= {"pairs.csv": "a group, 0.7135\n", "run.json": "9.9 s"}
    capsys.readouterr()
    assert dev.main(["example", "--check"]) == 0
    assert capsys.readouterr().err == ""
    run_of_the_seeds |= {"pairs.csv": "a group, 0.7334\n", "new.txt": "x"}
    assert dev.main(["example", "--check"]) == 1
    assert "out of date (new.txt, pairs.csv, summary.txt)" in capsys.readouterr().err
    assert (dev.EXAMPLE / "pairs.csv").read_text() == "a group, 0.7134\n"
    run_of_the_seeds |= {"report.html": "4 findings\n"}
    assert dev.main(["example", "--check"]) == 1
    assert "report.html" in capsys.readouterr().err


def test_a_run_that_fails_leaves_the_example(
    run_of_the_seeds: dict[str, str], machine: Machine
) -> None:
    dev.main(["example"])
    machine.fails["compare"] = 3
    assert dev.main(["example"]) == 3
    assert (dev.EXAMPLE / "report.html").read_text() == "3 findings\n"
