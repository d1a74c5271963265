"""Many pairs in one run: read a manifest, compare each pair, end in one table to look into.

The folder of a batch holds

- ``summary.csv``: a row for every pair of the manifest, in its order, the failed ones with why;
- ``pairs/`` and ``findings/``: the tables of all pairs as a Parquet data set, one file a pair,
  partitioned by ``pair_id``;
- ``runs/``: the whole folder of each run, where asked for;
- ``batch.json``: what the batch was run with; ``done.jsonl``: a line for every pair that is done.

A pair counts as done when its line is written, after all its files. A batch that was stopped, by
whatever, goes on where it was when it is started again; what is done is not touched.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from compare.config import Config
from compare.errors import CompareError, SetupError, UsageError
from compare.files import write_whole
from compare.manifest import Row, read_manifest
from compare.records import SEVERITIES, SIDES, Comparison
from compare.report.safe import escape_json, guard_cell, storable, visible

if TYPE_CHECKING:
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
    """Runs the rows of a job, in any order; a pair's files are there when its summary comes."""

    def __call__(self, rows: Iterable[Row], job: Job) -> Iterator[Summary]: ...


Progress = Callable[[int, int, int], None]
"""Told after each pair: how many are done, of how many, and how many failed."""


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
        InputError: the manifest cannot be read.
        UsageError: the folder holds something else, or a batch with other settings.
        SetupError: the folder cannot be written.
    """
    # What is wrong with the manifest is told before any work is done.
    total = sum(1 for _ in read_manifest(manifest))
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        _claim(job)
        log = _Done(job.folder / "done.jsonl")
        done = {name for name, status in log.read() if status == OK or not retry}
        failed = sum(status == FAILED for _, status in log.read()) if not retry else 0
        count = len(done)
        if progress:
            progress(count, total, failed)
        rows = (row for row in read_manifest(manifest) if row.pair_id not in done)
        try:
            for summary in engine(rows, job):
                log.add(summary)
                count += 1
                failed += summary["status"] == FAILED
                if progress:
                    progress(count, total, failed)
        finally:
            log.close()
            _write_summary(manifest, job, log)
    except OSError as error:
        raise SetupError(
            f"cannot write the batch into {job.folder} ({error.strerror or error}): name another "
            "folder with -o"
        ) from error
    return count, failed


def _claim(job: Job) -> None:
    """Take the folder for this batch, or go on with the one that is there."""
    from importlib.metadata import version

    record = {
        "version": version("variant-compare"),
        "config": dataclasses.asdict(job.config),
        "runs": job.runs,
    }
    text = escape_json(json.dumps(record, ensure_ascii=False, indent=1, default=str)) + "\n"
    path = job.folder / "batch.json"
    if path.exists():
        if path.read_text("utf-8") != text:
            raise UsageError(
                f"{job.folder} holds a batch with other settings or of another version: name "
                "another folder with -o, or start it as it was started"
            )
    elif any(job.folder.iterdir()):
        raise UsageError(f"{job.folder} is not empty and holds no batch: name another folder")
    else:
        write_whole(path, text.encode())


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
                if not line.endswith(b"\n"):
                    return  # cut off when the batch was killed
                yield place, json.loads(line)
                place += len(line)

    def add(self, summary: Summary) -> None:
        """Note that a pair is done, now and on the disk."""
        if self._file is None:
            whole = sum(len(line) for line in self._raw() if line.endswith(b"\n"))
            self._file = self._path.open("ab")
            self._file.truncate(whole)
        self._file.write(escape_json(json.dumps(summary, ensure_ascii=False)).encode() + b"\n")
        self._file.flush()

    def _raw(self) -> Iterator[bytes]:
        if self._path.exists():
            with self._path.open("rb") as file:
                yield from file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


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
    """Compare a pair and write its files; its row of the summary, also where it fails."""
    from compare.pipeline import compare_articles

    summary: dict[str, str | int] = dict.fromkeys(SUMMARY, "")
    summary |= {"pair_id": row.pair_id, "status": FAILED}
    config = dataclasses.replace(
        job.config,
        pair_id=row.pair_id,
        source_language=row.fields.get("source_language") or job.config.source_language,
    )
    try:
        a, b = (row.article(side, config.max_chars, config.sentences) for side in SIDES)
        comparison = compare_articles(a, b, config, encoder=encoder)
    except CompareError as error:
        return summary | {"error": storable(str(error))}
    except Exception as error:  # one pair must not stop thousands
        reason = f"internal error: {type(error).__name__}: {error}"
        return summary | {"error": storable(reason)}
    _write_pair(comparison, job)
    return summary | _figures(comparison)


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


def _write_pair(comparison: Comparison, job: Job) -> None:
    from compare.report.tables import FINDING_COLUMNS, PAIR_COLUMNS, finding_rows, pair_rows

    name = urllib.parse.quote(comparison.pair_id, safe="")
    for table, columns, rows in (
        ("pairs", PAIR_COLUMNS, pair_rows(comparison)),
        ("findings", FINDING_COLUMNS, finding_rows(comparison)),
    ):
        target = job.folder / table / f"pair_id={name}" / "part-0.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, _parquet(columns, rows))
    if job.runs:
        from compare.report.write import run_files

        for file, text in run_files(comparison).items():
            target = job.folder / "runs" / name / file
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, text.encode())


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
