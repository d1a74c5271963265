"""Many pairs in one run: read a manifest, compare each pair, end in one table to look into.

The folder of a batch holds

- ``summary.csv``: a row for every pair of the manifest, in its order, the failed ones with why;
- ``pairs/`` and ``findings/``: the tables of all pairs as a Parquet data set, one file a pair,
  partitioned by ``pair_id``;
- ``runs/``: the whole folder of each run, where asked for;
- ``batch.json``: what the batch was run with; ``done.jsonl``: a line for every pair that is done.

A pair counts as done when its line is written, after all its files. A batch that was stopped, by
whatever, goes on where it was when it is started again; what is done is not touched. Whatever runs
it, and however often it was stopped, the tables come out the same to the byte.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from compare.checks import default_registry, selected
from compare.config import Config
from compare.errors import InputError, SetupError, UsageError
from compare.files import write_whole
from compare.glossary import load as load_glossaries
from compare.manifest import Row, read_manifest
from compare.progress import Progress
from compare.records import SEVERITIES, SIDES, Article, Comparison
from compare.report.safe import escape_json, guard_cell, storable, visible

if TYPE_CHECKING:
    from compare.checks import Check
    from compare.embed import Encoder

SUMMARY = (
    "pair_id",
    "status",
    "error",
    "a_label",
    "b_label",
    "a_sentences",
    "b_sentences",
    "groups",
    "moved",
    "a_only",
    "b_only",
    *SEVERITIES,
    "wording",
    "worst",
)
"""Columns of ``summary.csv``; a severity counts the findings of the ledger ``fact``."""
OK, FAILED = "ok", "error"


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every pair; it travels to the workers."""

    folder: Path
    config: Config
    runs: bool = False
    """Write each pair's run folder too."""


Summary = Mapping[str, str | int]
"""A pair's row of the summary."""


class Engine(Protocol):
    """Runs the rows of a job, in any order; a pair's files are there when its summary comes.

    When it is closed before its end, whatever it started ends.
    """

    def __call__(self, rows: Iterable[Row], job: Job) -> Generator[Summary]: ...


def run_batch(
    manifest: Path,
    job: Job,
    engine: Engine,
    retry: bool = False,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Compare every pair of a manifest that is not done yet.

    Args:
        manifest: the file.
        job: what to do with every pair.
        engine: what runs it.
        retry: the pairs that failed before are not done.
        progress: told how far it is.

    Returns:
        How many pairs the summary has, and how many of them failed.

    Raises:
        InputError: the manifest or a glossary cannot be read.
        UsageError: an unknown check; the folder holds something else, a batch with other settings,
            or one that is being run.
        SetupError: a model cannot be loaded; the folder cannot be written.
    """
    # What is wrong with the settings or the manifest is told before any work is done.
    selected(default_registry(), job.config)
    load_glossaries(job.config.glossary, job.config.max_bytes)
    names = {row.pair_id for row in read_manifest(manifest)}
    try:
        with _claimed(job):
            log = _Done(job.folder / "done.jsonl")
            done = {name: status for name, status in log.read() if name in names}
            if retry:
                done = {name: status for name, status in done.items() if status == OK}
            count, failed = len(done), sum(status == FAILED for status in done.values())
            if progress:
                progress(count, len(names), failed)
            rows = (row for row in read_manifest(manifest) if row.pair_id not in done)
            try:
                with closing(engine(rows, job)) as summaries:
                    for summary in summaries:
                        log.add(summary)
                        count += 1
                        failed += summary["status"] == FAILED
                        if progress:
                            progress(count, len(names), failed)
            finally:
                log.close()
                _write_summary(manifest, job, log)
    except OSError as error:
        raise SetupError(
            f"cannot write the batch into {job.folder} ({error.strerror or error}): name another "
            "folder with -o"
        ) from error
    return count, failed


@contextmanager
def _claimed(job: Job) -> Iterator[None]:
    """Take the folder for this batch, or go on with the one that is there; for one run at a time.

    A run that is killed holds no other one off.
    """
    from filelock import FileLock, Timeout

    if job.folder.is_dir():
        others = [p for p in job.folder.iterdir() if not p.name.startswith(".batch.json")]
        if others and not (job.folder / "batch.json").exists():
            raise UsageError(f"{job.folder} is not empty and holds no batch: name another folder")
    job.folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(job.folder / ".batch.json.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            f"{job.folder} holds a batch that is being run: wait for its end, or stop it"
        ) from None
    try:
        _check_settings(job)
        yield
    finally:
        lock.release()


def _check_settings(job: Job) -> None:
    """Note what the batch is run with, or see that it is the same as before."""
    from importlib.metadata import version

    config = dataclasses.asdict(job.config)
    del config["cache"], config["pair_id"]  # they change nothing
    record = {
        "version": version("variant-compare"),
        "config": config,
        "glossaries": [
            info.sha256 for info in load_glossaries(job.config.glossary, job.config.max_bytes).info
        ],
        "runs": job.runs,
    }
    text = escape_json(json.dumps(record, ensure_ascii=False, indent=1, default=str)) + "\n"
    path = job.folder / "batch.json"
    if not path.exists():
        write_whole(path, text.encode())
    elif path.read_bytes() != text.encode():
        raise UsageError(
            f"{job.folder} holds a batch with other settings or of another version: name "
            "another folder with -o, or start it as it was started"
        )


class _Done:
    """The log of pairs that are done: a line each, added when all files of the pair are there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Any = None

    def read(self) -> Iterator[tuple[str, str]]:
        """Name and status of every pair that has a line, the last one where it has several."""
        found = {}
        for _, summary in self._lines():
            found[str(summary["pair_id"])] = str(summary["status"])
        yield from found.items()

    def places(self) -> dict[str, int]:
        """Where the last line of each pair begins, in bytes."""
        return {str(summary["pair_id"]): place for place, summary in self._lines()}

    def at(self, places: Iterable[int]) -> Iterator[Summary]:
        """The rows at some places."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for place in places:
                file.seek(place)
                yield json.loads(file.readline())

    def _lines(self) -> Iterator[tuple[int, Summary]]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            place = 0
            for line in file:
                # What is cut off, or lost in a crash of the machine, is not done.
                if line.endswith(b"\n") and (summary := _summary(line)):
                    yield place, summary
                place += len(line)

    def add(self, summary: Summary) -> None:
        """Note that a pair is done; a kill of this process does not undo it."""
        if self._file is None:
            self._file = self._path.open("ab+")
            end = self._file.tell()
            self._file.seek(max(end - 1, 0))
            if end and self._file.read(1) != b"\n":
                self._file.write(b"\n")  # after a line that was cut off
        self._file.write(escape_json(json.dumps(summary, ensure_ascii=False)).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _summary(line: bytes) -> Summary | None:
    try:
        summary = json.loads(line)
    except ValueError:
        return None
    return summary if isinstance(summary, dict) and set(SUMMARY) <= set(summary) else None


def _write_summary(manifest: Path, job: Job, log: _Done) -> None:
    """``summary.csv``: the pairs that are done, in the manifest's order."""
    places = log.places()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(SUMMARY)
    order = (places[row.pair_id] for row in read_manifest(manifest) if row.pair_id in places)
    for summary in log.at(order):
        cells = (summary[name] for name in SUMMARY)
        writer.writerow([guard_cell(visible(c)) if isinstance(c, str) else c for c in cells])
    write_whole(job.folder / "summary.csv", out.getvalue().encode())


# --- one pair ---------------------------------------------------------------------------------


def compare_row(row: Row, job: Job, encoder: Encoder) -> Summary:
    """Compare a pair and write its files; its row of the summary, also where it fails.

    Raises:
        SetupError: a model cannot be loaded, which would fail every pair.
        OSError: the files cannot be written.
    """
    from compare.pipeline import compare_articles

    try:
        a, b = _articles(row, job)
        config = dataclasses.replace(
            job.config,
            pair_id=row.pair_id,
            source_language=row.fields.get("source_language") or job.config.source_language,
        )
        comparison = compare_articles(a, b, config, encoder=encoder, registry=_registry())
    except InputError as error:
        return failure(row, str(error))
    except SetupError:
        raise
    except Exception as error:  # one pair must not stop thousands
        return failure(row, f"internal error: {type(error).__name__}: {error}")
    _write_pair(comparison, row.folder_name, job)
    return dict.fromkeys(SUMMARY, "") | {"pair_id": row.pair_id} | _figures(comparison)


@cache
def _registry() -> Mapping[str, Check]:
    """The checks, once for all pairs: to look for installed ones takes a while."""
    return default_registry()


def failure(row: Row, reason: str) -> Summary:
    """The row of the summary for a pair that failed."""
    told = {"pair_id": row.pair_id, "status": FAILED, "error": storable(reason)}
    return dict.fromkeys(SUMMARY, "") | told


def compare_rows(rows: Sequence[Row], job: Job, encoder: Encoder) -> Iterator[Summary]:
    """Compare several pairs whose sentences are all encoded at once, which keeps a GPU busy.

    The same to the byte as one by one, as far as the encoder's vectors do not depend on what is
    encoded with them.

    Raises:
        SetupError: as for :func:`compare_row`.
        OSError: likewise.
    """
    from compare.embed import AheadEncoder
    from compare.pipeline import texts_to_encode

    texts: list[str] = []
    for row in rows:
        with suppress(Exception):  # what is wrong with a pair is told when it is compared
            a, b = _articles(row, job)
            texts += texts_to_encode(a, b, max_sentence=job.config.max_sentence)
    ahead = AheadEncoder(encoder, texts)
    for row in rows:
        yield compare_row(row, job, ahead)


def _articles(row: Row, job: Job) -> tuple[Article, Article]:
    config = job.config
    a, b = (
        row.article(side, config.max_chars, config.sentences, config.max_bytes) for side in SIDES
    )
    return a, b


def _figures(comparison: Comparison) -> dict[str, str | int]:
    from compare.report.tables import alignment_figures

    figures = alignment_figures(comparison)
    facts = Counter(f.severity for f in comparison.findings if f.ledger == "fact")
    return {
        "status": OK,
        "a_label": storable(comparison.a.article.label),
        "b_label": storable(comparison.b.article.label),
        **{
            name: getattr(figures, name)
            for name in ("a_sentences", "b_sentences", "groups", "moved", "a_only", "b_only")
        },
        **{severity: facts[severity] for severity in SEVERITIES},
        "wording": sum(f.ledger == "wording" for f in comparison.findings),
        "worst": next((severity for severity in SEVERITIES if facts[severity]), ""),
    }


def _write_pair(comparison: Comparison, name: str, job: Job) -> None:
    from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS, finding_rows, pair_rows

    folders: dict[Path, dict[str, bytes]] = {}
    for table, columns, rows in (
        ("pairs", PAIR_COLUMNS, pair_rows(comparison)),
        ("findings", FINDING_COLUMNS, finding_rows(comparison)),
    ):
        folder = job.folder / table / f"pair_id={name}"
        folders[folder] = {"part-0.parquet": _parquet(columns, rows)}
    if job.runs:
        from compare.report.write import run_files

        texts = run_files(comparison)
        folders[job.folder / "runs" / name] = {file: t.encode() for file, t in texts.items()}
    made = [folder for folder in folders if not folder.exists()]
    try:
        for folder, files in folders.items():
            _write_files(folder, files)
    except BaseException:  # a full disk, say: half a pair would be taken for a whole one
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """The only files of a folder; what a killed worker left there half-written goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".*"):
        left.unlink(missing_ok=True)
    for name, data in files.items():
        write_whole(folder / name, data)


def _parquet(columns: Mapping[str, type], rows: list[tuple[Any, ...]]) -> bytes:
    """A table as the bytes of a Parquet file; the column that the folder's name holds is left out.

    Types are given: a column that is empty in one pair is none of another type.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {str: pa.string(), float: pa.float64(), int: pa.int64()}
    kept = [(i, name) for i, name in enumerate(columns) if name != "pair_id"]
    schema = pa.schema([(name, kinds[columns[name]]) for _, name in kept])
    arrays = [
        pa.array(
            [storable(v) if isinstance(v := row[i], str) else v for row in rows],
            type=schema.field(name).type,
        )
        for i, name in kept
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()
