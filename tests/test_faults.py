"""What goes wrong around a run: signals, full disks, closed streams, strange files, two at once.

``docs/faults.md`` lists each with what happens; every test that it names is there.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from compare import Config, compare_sentences, compare_texts
from compare.cli import main
from compare.errors import CompareError, ExitCode, InputError, SetupError, UsageError
from compare.read import read_article
from compare.report import RUN_FILES, write_run
from compare.verdicts import VerdictLog

ROOT = Path(__file__).parents[1]
SEEDS = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
A = "Mina Kerr, the special envoy, spoke in Oslo on Monday. Kerr said it had cost twelve boats."
B = "Special envoy Mina Kerr spoke in Oslo on Tuesday. Kerr said it had cost fourteen boats."
posix = pytest.mark.skipif(os.name != "posix", reason="signals and files of POSIX")


def start(*arguments: str, cwd: Path, before: Any = None, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "compare", *arguments],
        stdout=more.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=before,
        **more,
    )


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(A, "utf-8")
    Path("b.txt").write_text(B, "utf-8")
    return tmp_path


def left(folder: Path) -> list[str]:
    """What a failed run has left beside the articles."""
    return sorted({path.name for path in folder.iterdir()} - {"a.txt", "b.txt"})


# --- signals ----------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("stage", ["embed", "annotate"])
def test_sigterm_leaves_nothing_half_written(stage: str, tmp_path: Path) -> None:
    process = start("run", *SEEDS, "-o", "out", "--no-cache", cwd=tmp_path)
    assert process.stderr is not None
    said = ""
    while not said.endswith(stage):
        one = process.stderr.read(1)
        assert one, said
        said += one
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=120)
    assert process.returncode == ExitCode.TERMINATED
    assert out == ""
    assert err.splitlines()[-1].endswith("stopped by SIGTERM; nothing was left half-written")
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_while_files_are_written_takes_them_away(
    name: str, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        if path.name == "report.html":
            os.kill(os.getpid(), signal.Signals[name])
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    before = signal.getsignal(signal.SIGTERM)
    code = main(["run", "a.txt", "b.txt", "-q", "-o", "deep/er/out"])
    assert code == {"SIGINT": ExitCode.INTERRUPTED, "SIGTERM": ExitCode.TERMINATED}[name]
    assert signal.getsignal(signal.SIGTERM) == before
    assert left(pair) == []


# --- disks and folders ------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_is_told_and_nothing_is_left(
    there: bool, pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "report.html":
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    if there:
        Path("out").mkdir()
    assert main(["run", "a.txt", "b.txt", "-q", "-o", "out"]) == ExitCode.ENVIRONMENT
    assert "No space left" in capsys.readouterr().err
    assert left(pair) == (["out"] if there else [])
    assert not there or list(Path("out").iterdir()) == []


ON_FULL_DISK = [
    *("run", "run into a folder", "run without any room", "report", "cache", "workbook", "batch"),
    *("log", "new log", "export", "rules", "corrections", "baseline"),
]


@pytest.fixture(scope="module")
def on_full_disk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ``full_disk.py`` tells of each case."""
    folder = tmp_path_factory.mktemp("full")
    unshare = shutil.which("unshare")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if unshare is None or subprocess.run([unshare, "-rm", *mount], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: it needs Linux with user namespaces")
    done = subprocess.run(
        [unshare, "-rm", sys.executable, str(ROOT / "tests" / "full_disk.py"), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("case", ON_FULL_DISK)
def test_a_file_system_that_is_really_full(case: str, on_full_disk: dict[str, Any]) -> None:
    assert set(on_full_disk) == set(ON_FULL_DISK)
    told = on_full_disk[case]
    before, after, made = told["before"], told["after"], told["made"]
    if case == "cache":  # it only saves time
        assert (told["code"], told["said"]) == (ExitCode.OK, "")
    else:
        assert told["code"] == ExitCode.ENVIRONMENT
        assert len(told["said"].splitlines()) == 1
        assert re.search(r"cannot (write|open) .*(No space left|disk is full)", told["said"])
    # what was there is as it was, and nothing else is there …
    assert {path: after.get(path) for path in before} == before
    left = after.keys() - before.keys()
    if case in ("new log", "cache"):  # an empty database
        assert len(left) == 2
    elif case == "batch":  # the pairs that are done, each whole
        for kind, files in (("runs/", RUN_FILES), ("pairs/pair_id=", ["part-0.parquet"])):
            for pair in {p.removeprefix(f"out/{kind}")[0] for p in left if f"out/{kind}" in p}:
                assert {f"out/{kind}{pair}/{name}" for name in files} <= left
    else:
        assert not left
    # … and when there is room it is all done
    assert told["again"] == ExitCode.OK
    assert made != after
    if case == "batch":
        assert {f"out/runs/{pair}/{name}" for pair in "012" for name in RUN_FILES} <= made.keys()


@posix
def test_a_limit_on_the_size_of_files_is_told_and_nothing_is_left(pair: Path) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    process = start("run", "a.txt", "b.txt", "-q", "--no-cache", cwd=pair, before=limited)
    _, err = process.communicate(timeout=120)
    assert process.returncode == ExitCode.ENVIRONMENT
    assert "cannot write the run" in err
    assert {p.name for p in pair.rglob("*") if p.is_file()} == {"a.txt", "b.txt"}


def test_two_runs_into_one_folder_give_one_whole_run(pair: Path) -> None:
    runs = [compare_texts(A, B, Config(a_label=label)) for label in "xy"]
    target = pair / "out"
    for there in (False, True):
        if there:
            target.mkdir()
        gate = threading.Barrier(2)
        outcomes: list[object] = []

        def one(result: Any, gate: Any = gate, outcomes: Any = outcomes) -> None:
            gate.wait()
            try:
                outcomes.append(write_run(result, target))
            except CompareError as error:
                outcomes.append(error)

        threads = [threading.Thread(target=one, args=(run,)) for run in runs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (lost,) = [o for o in outcomes if isinstance(o, CompareError)]
        assert isinstance(lost, UsageError)
        assert "is not empty" in str(lost)
        labels = re.findall(r'"label": "(.)"', (target / "comparison.json").read_text("utf-8"))
        assert labels[0] in "xy"
        assert not [p for p in target.parent.rglob("*") if p.name.startswith(".partial")]
        for path in target.iterdir():
            path.unlink()
        target.rmdir()


@pytest.mark.parametrize("meanwhile", ["partial", "done"])
def test_a_folder_that_another_run_has_just_taken_is_left_alone(
    meanwhile: str, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compare.report import write

    target = pair / "out"
    target.mkdir()
    result = compare_texts(A, B)
    before, theirs = write.check_output, target / (".partial" if meanwhile == "partial" else "x")

    def then_taken(directory: Path) -> None:
        before(directory)
        theirs.mkdir(exist_ok=True)

    monkeypatch.setattr(write, "check_output", then_taken)
    with pytest.raises((UsageError, SetupError)):
        write_run(result, target)
    assert list(target.iterdir()) == [theirs]


def test_a_default_name_that_is_taken_meanwhile_becomes_another(
    pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compare import report

    names = report.default_run_dir

    def taken(comparison: Any, base: Path) -> Path:
        path = names(comparison, base)
        if path.name == "a-vs-b":
            path.mkdir(parents=True)
            (path / "theirs").touch()
        return path

    monkeypatch.setattr(report, "default_run_dir", taken)
    assert main(["run", "a.txt", "b.txt", "-q"]) == ExitCode.OK
    assert {p.name for p in Path("reports").iterdir()} == {"a-vs-b", "a-vs-b-2"}
    assert [p.name for p in Path("reports/a-vs-b").iterdir()] == ["theirs"]


# --- streams ----------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        ("0<&-", "run a.txt b.txt -q -o out", ExitCode.OK),
        ("0<&-", "run - b.txt -q -o out", ExitCode.INPUT),
        ("1>&-", "run a.txt b.txt -q -o out", ExitCode.OK),
        ("2>&-", "run a.txt b.txt -o out", ExitCode.OK),
        ("0<&- 1>&- 2>&-", "run a.txt b.txt -o out", ExitCode.OK),
    ],
)
def test_closed_streams(closed: str, arguments: str, code: ExitCode, pair: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m compare {arguments} {closed}'],
        cwd=pair,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert b"internal error" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert (pair / "out").exists() == (code == ExitCode.OK)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_output_that_is_full_is_told(pair: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = start("run", "a.txt", "b.txt", "-q", "--format", "json", cwd=pair, stdout=full)
        assert process.stderr is not None
        err = process.stderr.read()
        assert process.wait(timeout=120) == ExitCode.ENVIRONMENT
    assert "cannot write to standard output (No space left on device)" in err
    assert "Traceback" not in err


# --- files that are none ----------------------------------------------------------------------


@posix
def test_a_pipe_is_read_and_what_is_no_file_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(A, "utf-8"))
    writer.start()
    assert read_article(pipe).text == A
    writer.join()

    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket is short
        try:
            server.bind("socket")
        finally:
            os.chdir(before)
        for name in ("loop.txt", "socket"):
            with pytest.raises(InputError, match="cannot read"):
                read_article(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of POSIX")
@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "/dev/zero", "b.txt"],
        ["run", "a.txt", "b.txt", "--glossary", "/dev/zero"],
        ["run", "a.txt", "b.txt", "--links", "/dev/zero"],
        ["run", "a.txt", "b.txt", "--baseline", "/dev/zero"],
        ["verdicts", "import", "/dev/zero"],
        ["report", "/dev/zero"],
    ],
    ids=" ".join,
)
def test_a_file_without_end_is_refused(
    arguments: list[str], pair: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == ExitCode.INPUT
    assert "/dev/zero is larger than" in capsys.readouterr().err
    assert left(pair) == []


LIMITED = [
    ("run a.txt b.txt", "a.txt"),
    ("run b.txt - --witness a.txt", "a.txt"),
    ("run b.txt b.txt --glossary t.csv", "t.csv"),
    ("run b.txt b.txt --glossary t.tbx", "t.tbx"),
    ("run b.txt b.txt --links l.json", "l.json"),
    ("run b.txt b.txt --baseline run", "run/comparison.json"),
    ("run both.tsv", "both.tsv"),
    ("run both.tmx", "both.tmx"),
    ("check a.txt b.txt", "a.txt"),
    ("check b.txt b.txt --baseline k.json", "k.json"),
    ("check b.txt b.txt --write-baseline k.json --project .", "k.json"),
    ("variants b.txt b.txt a.txt", "a.txt"),
    ("batch pairs.csv -o out --workers 1", "a.txt"),
    ("match x y", "x/a.txt"),
    ("report run", "run/comparison.json"),
    ("verdicts import d.jsonl", "d.jsonl"),
]


@pytest.mark.parametrize(("command", "file"), LIMITED, ids=[command for command, _ in LIMITED])
def test_a_file_over_the_limit_is_told_with_what_raises_it(
    command: str, file: str, pair: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = f"{A}\n\n{A}"
    for name in ("t.csv", "t.tbx", "l.json", "run/comparison.json", "both.tsv", "both.tmx"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(large, "utf-8")
    for name, text in (("a.txt", large), ("x/a.txt", large), ("y/b.txt", B), ("d.jsonl", large)):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    Path("k.json").write_text(large, "utf-8")
    Path("pairs.csv").write_text("pair_id,a,b\n1,a.txt,b.txt\n", "utf-8")
    assert main([*command.split(), "--max-bytes", "100"]) == ExitCode.INPUT
    said = capsys.readouterr().err
    if command.startswith("batch"):
        said = Path("out/summary.csv").read_text("utf-8")
    assert re.search(
        rf"{re.escape(file)} is larger than 100 bytes, the limit: it has {len(large)}; .*"
        r"--max-bytes \(setting max_bytes\)",
        said,
    )


def test_a_stream_over_the_limit_is_told_without_its_size(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(A.encode())))
    assert main(["run", "-", "b.txt", "--max-bytes", "89"]) == ExitCode.INPUT
    assert "input is larger than 89 bytes, the limit: it has more; " in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(A.encode())))
    assert main(["run", "-", "b.txt", "-q", "--max-bytes", "90", "-o", "out"]) == ExitCode.OK


def test_a_given_sentence_that_is_too_long_is_told_and_not_split(
    pair: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = f"Kerr said {'and said ' * 300}so."
    Path("a.txt").write_text(f"{B}\n{long}\n", "utf-8")
    Path("both.tsv").write_text(f"{B}\t{B}\n{long}\t{long}\n", "utf-8")
    for texts in (["a.txt", "b.txt", "--sentences"], ["both.tsv"]):
        assert main(["run", *texts, "-q", "-o", "out"]) == ExitCode.INPUT
        said = capsys.readouterr().err
        assert re.search(r"in line 2 of (a.txt|both.tsv a) is too long: 2,713 characters", said)
        assert "the limit is 2,000; split it, or raise the limit with --max-sentence" in said
        assert not Path("out").exists()
    command = ["run", "both.tsv", "-q", "-o", "out", "--max-sentence", "2713"]
    assert main(command) == ExitCode.OK
    with pytest.raises(InputError, match="in line 1 of A is too long: 2,713"):
        compare_sentences([long], [B])


@posix
def test_a_folder_that_leads_into_itself_is_read_once(tmp_path: Path) -> None:
    from compare.stories import read_folder

    (tmp_path / "a.txt").write_text(A, "utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    failed: list[str] = []
    assert [path.name for path in read_folder(tmp_path, failed.append)] == ["a.txt"]
    assert failed == []


def test_a_file_that_changes_while_it_is_read_is_one_state_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    texts = [f"{letter * 9} was in Oslo. " * 4000 for letter in "xyz"]
    path.write_text(texts[0], "utf-8")
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            for text in texts:
                path.write_text(text, "utf-8")

    writer = threading.Thread(target=change)
    writer.start()
    try:
        for _ in range(30):
            try:
                article = read_article(path)
            except InputError:  # caught while it was empty
                continue
            # what was read is what the hash and the offsets are of
            assert article.sha256 == hashlib.sha256(article.text.encode()).hexdigest()
            assert all(article.text[b.start : b.end] for b in article.blocks)
    finally:
        stop.set()
        writer.join()


# --- models, logs, caches ---------------------------------------------------------------------


def test_a_damaged_model_is_4(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from compare import embed

    embed.packaged_encoder.cache_clear()
    monkeypatch.setattr(embed, "ONNX_SHA256", "0" * 64)
    arguments = ["run", "a.txt", "b.txt", "-q", "--no-cache", "-o", "out"]
    try:
        assert main(arguments) == ExitCode.ENVIRONMENT
    finally:
        embed.packaged_encoder.cache_clear()
    assert "is not the one this program was tested with" in capsys.readouterr().err
    assert left(pair) == []


def test_a_log_that_another_process_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from compare import verdicts
    from compare.verdicts import Entry

    monkeypatch.setattr(verdicts, "_FILE_WAIT", 0.1)
    path = tmp_path / "verdicts.sqlite"
    log = VerdictLog(path)
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SetupError, match="locked"):
            log.add([Entry("f", "p", "accepted", "x")])
        other.rollback()
    assert VerdictLog(path).entries() == ()
    log.add([Entry("f", "p", "accepted", "x")])
    assert len(log.entries()) == 1
