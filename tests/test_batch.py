"""Many pairs: the same as one by one, whatever stops the batch, dies in it or runs it."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from compare import Config, batch, engines
from compare.batch import OK, SUMMARY, Job, Summary, compare_row, compare_rows, run_batch
from compare.cli import main
from compare.embed import make_encoder
from compare.errors import ExitCode, SetupError, UsageError
from compare.manifest import Row, read_manifest
from compare.pipeline import compare_articles
from compare.progress import _Lines, shown
from compare.report import RUN_FILES
from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS, finding_rows, pair_rows

ROOT = Path(__file__).parents[1]
CONFIG = Config(cache=False)
TITLES = "mayor minister judge bishop general professor".split()
TOWNS = "Oslo Lima Turin Kyoto Leeds Quito".split()


def story(number: int) -> dict[str, str]:
    """Two articles that differ in a title and a figure."""
    title, town, dead = TITLES[number], TOWNS[number], 12 + number
    a = (
        f"The {title}, Mina Kerr, spoke in {town} on Monday.\n\n"
        f"Kerr said that the storm had cost {dead} boats and that the harbour would stay closed."
        f"\n\nShe left for Bergen in the evening."
    )
    b = (
        f"President Mina Kerr spoke in {town} on Monday.\n\n"
        f"She said that the storm had cost {dead + 1} boats and that the harbour would stay closed."
        f"\n\nIn the evening, Kerr left for Bergen."
    )
    return {"a_text": a, "b_text": b}


# The last two cannot be compared.
PAIRS: dict[str, dict[str, str]] = {
    "one": story(0),
    "../x é/\0": story(1) | {"a_label": "=1+1", "source_language": "ko"},
    "007": story(2),
    "..": story(3) | {"a_date": "2021-10-20"},
    "김": story(4),
    "six": story(5),
    "lost": {"a": "none.txt", "b_text": "It rained."},
    "other": {"a_text": story(0)["a_text"], "b_text": "Tickets for the opera were sold out."},
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("manifest") / "pairs.jsonl"
    lines = (json.dumps({"pair_id": name} | fields) for name, fields in PAIRS.items())
    path.write_text("\n".join(lines), "utf-8")
    return path


class Here:
    """The simplest engine: one by one, in this process."""

    def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
        encoder = make_encoder(job.config)
        for row in rows:
            yield compare_row(row, job, encoder)


class Nothing:
    """An engine that is asked for nothing."""

    def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
        assert list(rows) == []
        yield from ()


@pytest.fixture(scope="module")
def whole(manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a batch that nothing has disturbed."""
    folder = tmp_path_factory.mktemp("whole") / "batch"
    assert run_batch(manifest, Job(folder, CONFIG), Here()) == (len(PAIRS), 2)
    return folder


def outcome(folder: Path) -> dict[str, bytes]:
    """Every file of the tables, and the summary."""
    files = [p for part in ("pairs", "findings") for p in (folder / part).rglob("*") if p.is_file()]
    files.append(folder / "summary.csv")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def table(folder: Path, name: str) -> list[dict[str, object]]:
    kind = ds.partitioning(pa.schema([("pair_id", pa.string())]), flavor="hive")
    rows: list[dict[str, object]] = (
        ds.dataset(folder / name, partitioning=kind).to_table().to_pylist()
    )
    return rows


def summary(folder: Path) -> list[dict[str, str]]:
    text = (folder / "summary.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def start(*arguments: object) -> subprocess.Popen[str]:
    """A batch as a process of its own, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "compare", "batch", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def until(condition: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def lines(folder: Path) -> int:
    path = folder / "done.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


# What comes out


def test_the_tables_are_those_of_each_pair_by_itself(manifest: Path, whole: Path) -> None:
    pairs, findings = table(whole, "pairs"), table(whole, "findings")
    encoder = make_encoder(CONFIG)
    for row in read_manifest(manifest):
        mine = [[r for r in t if r["pair_id"] == row.pair_id] for t in (pairs, findings)]
        if row.pair_id in ("lost", "other"):
            assert mine == [[], []]
            continue
        config = CONFIG.replace(
            pair_id=row.pair_id, source_language=row.fields.get("source_language")
        )
        alone = compare_articles(row.article("a"), row.article("b"), config, encoder)
        assert [tuple(r[c] for c in PAIR_COLUMNS) for r in mine[0]] == pair_rows(alone)
        assert [tuple(r[c] for c in FINDING_COLUMNS) for r in mine[1]] == finding_rows(alone)
        assert any(r["check"] == "number" for r in mine[1])


def test_the_summary_has_every_pair_in_order_and_why_one_failed(whole: Path) -> None:
    rows = summary(whole)
    assert list(rows[0]) == list(SUMMARY)
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert all(f"`{column}`" in page for column in SUMMARY)
    assert [row["pair_id"] for row in rows] == [name.replace("\0", "␀") for name in PAIRS]
    assert [row["status"] for row in rows] == ["ok"] * 6 + ["error"] * 2
    assert "none.txt: there is no such file" in rows[6]["error"]
    assert "do not seem to tell the same story" in rows[7]["error"]
    assert rows[1]["a_label"] == "'=1+1"
    for row in rows[:6]:
        assert (row["a_sentences"], row["b_sentences"], row["groups"]) == ("3", "3", "3")
        name = row["pair_id"].replace("␀", "\0")
        found = [f for f in table(whole, "findings") if f["pair_id"] == name]
        for severity in ("critical", "major", "minor", "neutral"):
            told = sum(f["severity"] == severity and f["ledger"] == "fact" for f in found)
            assert int(row[severity]) == told
        assert int(row["wording"]) == sum(f["ledger"] == "wording" for f in found)
        assert int(row[row["worst"]]) > 0


def test_many_at_once_are_the_same_as_one_by_one(
    manifest: Path, whole: Path, tmp_path: Path
) -> None:
    class Together:
        def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
            yield from compare_rows(list(rows), job, make_encoder(job.config))

    run_batch(manifest, Job(tmp_path, CONFIG), Together())
    assert outcome(tmp_path) == outcome(whole)


def test_run_folders_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps({"pair_id": ".."} | PAIRS["one"]), "utf-8")
    run_batch(path, Job(tmp_path / "out", CONFIG, runs=True), Here())
    written = {path.name for path in (tmp_path / "out" / "runs" / "%2E%2E").iterdir()}
    assert written == set(RUN_FILES)


# What goes wrong


def test_what_is_done_is_not_touched_and_what_failed_only_where_asked_for(
    manifest: Path, whole: Path, tmp_path: Path
) -> None:
    job = Job(tmp_path / "b", CONFIG)
    told: list[tuple[int, int, int]] = []
    run_batch(manifest, job, Here(), progress=lambda *numbers: told.append(numbers))
    assert told == [(n, 8, max(0, n - 6)) for n in range(9)]
    assert run_batch(manifest, job, Nothing()) == (8, 2)
    asked: list[str] = []

    class Watching(Here):
        def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
            rows = list(rows)
            asked.extend(row.pair_id for row in rows)
            yield from super().__call__(rows, job)

    assert run_batch(manifest, job, Watching(), retry=True) == (8, 2)
    assert asked == ["lost", "other"]
    assert outcome(tmp_path / "b") == outcome(whole)
    # A shorter manifest has a shorter summary.
    short = manifest.with_name("short.jsonl")
    short.write_text("\n".join(manifest.read_text("utf-8").splitlines()[:2]), "utf-8")
    assert run_batch(short, job, Nothing()) == (2, 0)
    assert len(summary(tmp_path / "b")) == 2


@pytest.mark.parametrize("left", [b'{"pair_id": "one", "sta', b"\0\0\0\n", b"[]\n", b"{}"])
def test_a_line_that_was_cut_off_is_not_done(
    manifest: Path, whole: Path, tmp_path: Path, left: bytes
) -> None:
    folder = shutil.copytree(whole, tmp_path / "b")
    log = (folder / "done.jsonl").read_bytes().splitlines(keepends=True)
    first = [json.loads(line)["pair_id"] for line in log].index("one")
    (folder / "done.jsonl").write_bytes(b"".join(log[:first] + log[first + 1 :]) + left)
    half = folder / "pairs" / "pair_id=one"
    (half / "part-0.parquet").rename(half / ".part-0.parquet.0123")

    class Rest(Here):
        def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
            rows = list(rows)
            assert [row.pair_id for row in rows] == ["one"]
            yield from super().__call__(rows, job)

    assert run_batch(manifest, Job(folder, CONFIG), Rest()) == (8, 2)
    assert outcome(folder) == outcome(whole)
    assert run_batch(manifest, Job(folder, CONFIG), Nothing()) == (8, 2)


def test_other_settings_and_other_folders_are_refused(
    manifest: Path, whole: Path, tmp_path: Path
) -> None:
    before = outcome(whole)
    for job in (Job(whole, CONFIG.replace(force=True)), Job(whole, CONFIG, runs=True)):
        with pytest.raises(UsageError, match="other settings"):
            run_batch(manifest, job, Here())
    run_batch(manifest, Job(whole, CONFIG.replace(cache=True)), Here())  # changes nothing
    assert outcome(whole) == before
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="holds no batch"):
        run_batch(manifest, Job(tmp_path, CONFIG), Here())
    with pytest.raises(UsageError, match="unknown check"):
        run_batch(manifest, Job(tmp_path / "new", CONFIG.replace(select=("nmae",))), Here())
    with pytest.raises(SetupError, match="cannot write the batch"):
        run_batch(manifest, Job(tmp_path / "mine.txt" / "b", CONFIG), Here())
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_two_runs_in_one_folder_do_not_meet(manifest: Path, tmp_path: Path) -> None:
    job = Job(tmp_path, CONFIG)

    class Twice(Here):
        def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]:
            with pytest.raises(UsageError, match="being run"):
                run_batch(manifest, job, Here())
            yield from super().__call__(itertools.islice(rows, 1), job)

    assert run_batch(manifest, job, Twice()) == (1, 0)


def test_a_fault_of_one_pair_is_its_own_and_one_of_the_machine_ends_the_batch(
    manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare(*_: object, **__: object) -> object:
        raise ZeroDivisionError("\ud800")

    monkeypatch.setattr("compare.pipeline.compare_articles", compare)
    assert run_batch(manifest, Job(tmp_path / "a", CONFIG), Here()) == (8, 8)
    assert summary(tmp_path / "a")[0]["error"] == "internal error: ZeroDivisionError: \ufffd"

    def fails(*_: object, **__: object) -> object:
        raise SetupError("no model here")

    monkeypatch.setattr("compare.pipeline.compare_articles", fails)
    with pytest.raises(SetupError, match="no model here"):
        run_batch(manifest, Job(tmp_path / "b", CONFIG), Here())
    assert lines(tmp_path / "b") == 0
    assert summary(tmp_path / "b") == []


# Processes


def test_a_worker_that_is_killed_costs_nothing(manifest: Path, whole: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(count: int, total: int, failed: int) -> None:
        if count == 1:
            (victim, *_) = multiprocessing.active_children()
            assert victim.pid
            killed.append(victim.pid)
            os.kill(victim.pid, signal.SIGKILL)

    local = engines.Local(2, worn=3)
    assert run_batch(manifest, Job(tmp_path, CONFIG), local, progress=kill) == (8, 2)
    assert killed
    assert outcome(tmp_path) == outcome(whole)
    assert not multiprocessing.active_children()


def dies(row: Row, job: Job) -> Summary:
    """In place of a comparison: one pair takes its process down, each time."""
    if row.pair_id == "007":
        os._exit(9)
    return batch.failure(row, "") | {"status": OK}


def test_a_pair_that_kills_its_worker_costs_itself_alone(
    manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_compare", dies)
    assert run_batch(manifest, Job(tmp_path, CONFIG), engines.Local(2)) == (8, 1)
    failed = {row["pair_id"]: row["error"] for row in summary(tmp_path) if row["status"] != OK}
    assert failed == {"007": "its process died: too little memory, or a fault of a library"}


def hangs(row: Row, job: Job) -> Summary:
    if row.number:
        time.sleep(600)
    return batch.failure(row, "")


def test_closing_ends_workers_that_are_busy(
    manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_compare", hangs)
    running = engines.Local(2)(read_manifest(manifest), Job(tmp_path, CONFIG))
    assert next(running)["pair_id"] == "one"
    running.close()
    assert not multiprocessing.active_children()


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    return [int(pid) for pid in text.split()]


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process")
def test_killed_or_interrupted_it_goes_on_to_the_same_end(
    manifest: Path, whole: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "b"
    first = start(manifest, "-o", folder, "--workers", 2)
    until(lambda: lines(folder) > 0 or first.poll() is not None)
    workers = children(first.pid)
    assert len(workers) >= 2
    first.kill()
    first.communicate()
    until(lambda: not any(map(alive, workers)), seconds=30)
    done = lines(folder)
    assert done < len(PAIRS)

    second = start(manifest, "-o", folder, "--workers", 2)
    until(lambda: lines(folder) > done or second.poll() is not None)
    if second.poll() is None:
        os.killpg(second.pid, signal.SIGINT)  # as Ctrl-C does: the workers get it too
        _, err = second.communicate()
        assert second.returncode in (ExitCode.INTERRUPTED, ExitCode.INPUT)
        assert "Traceback" not in err
        assert {row["status"] for row in summary(folder)} <= {"ok", "error"}
    assert run_batch(manifest, Job(folder, CONFIG), Here()) == (8, 2)
    assert outcome(folder) == outcome(whole)


# The command


def test_the_command(
    manifest: Path, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(engines, "Local", lambda workers: Here())
    out = tmp_path / "b"
    assert main(["batch", str(manifest), "-o", str(out)]) == ExitCode.INPUT
    told, err = capsys.readouterr()
    assert told == f"8 pairs, 2 failed: {out / 'summary.csv'}\n"
    assert err.splitlines()[0] == "variant-compare: 0 of 8 pairs, 0 failed"
    assert err.splitlines()[-1].startswith("variant-compare: 8 of 8 pairs, 2 failed, ")
    assert outcome(out) == outcome(whole)
    assert main(["batch", str(manifest), "-o", str(out), "-q"]) == ExitCode.INPUT
    assert capsys.readouterr().err == ""
    good = tmp_path / "good.jsonl"
    good.write_text(manifest.read_text("utf-8").splitlines()[0], "utf-8")
    options = ["--runs", "--retry", "--cache", "--force", "--workers", "1", "-q"]
    assert main(["batch", str(good), "-o", str(tmp_path / "g"), *options]) == ExitCode.OK
    assert main(["batch", str(good), "-o", str(out), "--force"]) == ExitCode.USAGE
    assert "other settings" in capsys.readouterr().err
    assert main(["batch", str(good), "-o", "x", "--address", "auto"]) == ExitCode.USAGE
    assert main(["batch", str(tmp_path / "no.csv"), "-o", str(tmp_path / "x")]) == ExitCode.INPUT
    assert not (tmp_path / "x").exists()


def test_lines_of_progress_come_now_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    lines = _Lines(stream, "x")
    for count in range(5, 1001):
        lines(count, 1000, 0)
        now[0] += 1
    assert stream.getvalue().splitlines()[:3] == [
        "x: 5 of 1,000 pairs, 0 failed",
        "x: 35 of 1,000 pairs, 0 failed, 1.00 pairs/s, 0:16:05 left",
        "x: 65 of 1,000 pairs, 0 failed, 1.00 pairs/s, 0:15:35 left",
    ]
    assert stream.getvalue().splitlines()[-1].startswith("x: 1,000 of 1,000 pairs")


def test_a_terminal_gets_a_bar() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with shown(stream, "x") as progress:
        progress(1, 4, 0)
        progress(3, 4, 1)
    assert "3/4" in stream.getvalue()
    assert "1 failed" in stream.getvalue()
    assert "pairs/s" in stream.getvalue()


# Ray


@pytest.mark.ray
def test_ray_is_the_same_also_where_a_worker_is_killed(
    manifest: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    killed: list[int] = []

    def kill(count: int, total: int, failed: int) -> None:
        if count == 1:
            # Actors are named by their class; there are two of them, and this test's alone.
            found = subprocess.run(
                ["ps", "-eo", "pid,pgid,sid,args"], capture_output=True, text=True, check=True
            ).stdout.splitlines()
            actors = [int(line.split()[0]) for line in found if "ray::MapWorker" in line]
            mine = [pid for pid in actors if descends(pid, os.getpid())]
            assert len(mine) == 2
            os.kill(mine[0], signal.SIGKILL)
            killed.append(mine[0])

    assert run_batch(manifest, Job(tmp_path, CONFIG), engines.Ray(2), progress=kill) == (8, 2)
    assert killed
    assert outcome(tmp_path) == outcome(whole)


def descends(process: int, ancestor: int) -> bool:
    while process > 1 and process != ancestor:
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{process}/stat").read_text("utf-8")
            process = int(stat.rpartition(")")[2].split()[1])
            continue
        return False
    return process == ancestor
