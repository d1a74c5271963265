"""A manifest: which articles are to be compared, one pair a row, in CSV, Parquet or JSON Lines.

Columns: ``pair_id``; the texts as paths in ``a`` and ``b`` (from the manifest's own folder) or as
words in ``a_text`` and ``b_text``; and, where wanted, ``a_label``, ``b_label``, ``a_date``,
``b_date`` and ``source_language``. Other columns are passed over. Rows are read as they are needed:
a manifest may be larger than memory.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import CompareError, InputError
from compare.read import MAX_CHARS, article_from_text, read_article
from compare.records import SIDES, Article, Side

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".jsonl")
_AT_ONCE = 256
"""Rows that are held at once."""
_LONGEST_ID = 120
"""Characters: a pair's name is the name of a folder."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of a manifest."""

    number: int
    """Of the row, from 0."""
    pair_id: str
    fields: Mapping[str, str]
    """The columns that are there and not empty."""
    folder: Path
    """Where paths begin."""

    def article(self, side: Side, max_chars: int = MAX_CHARS, sentences: bool = False) -> Article:
        """Read one text.

        Raises:
            InputError: it is not there, or cannot be used.
        """
        label = self.fields.get(f"{side}_label")
        date = self._date(side)
        text = self.fields.get(f"{side}_text")
        if text is not None:
            return article_from_text(
                text,
                label=label or side.upper(),
                date=date,
                sentences=sentences,
                max_chars=max_chars,
            )
        path = self.fields.get(side)
        if path is None:
            raise InputError(f"the row has neither a path in {side!r} nor words in '{side}_text'")
        return read_article(
            self.folder / path, label=label, date=date, sentences=sentences, max_chars=max_chars
        )

    def _date(self, side: Side) -> dt.date | None:
        given = self.fields.get(f"{side}_date")
        if given is None:
            return None
        try:
            return dt.date.fromisoformat(given[:10])
        except ValueError:
            raise InputError(f"{given!r} in '{side}_date' is no day: write 2021-10-20") from None


def read_manifest(path: Path) -> Iterator[Row]:
    """The rows of a manifest, in order.

    Raises:
        InputError: it cannot be read, lacks a column, or names a pair twice or not at all.
    """
    seen: set[str] = set()
    try:
        for number, record in enumerate(_records(path)):
            fields = {name: text for name, value in record.items() if (text := _text(value))}
            if number == 0:
                _check_columns(record, path)
            pair_id = fields.get("pair_id", "")
            where = f"row {number + 1} of {path}"
            if not pair_id:
                raise InputError(f"{where} has no pair_id: give every pair a name")
            if len(pair_id) > _LONGEST_ID:
                raise InputError(f"the pair_id in {where} is longer than {_LONGEST_ID} characters")
            if pair_id in seen:
                raise InputError(f"{where} names the pair {pair_id!r} again: names must differ")
            seen.add(pair_id)
            yield Row(number, pair_id, fields, path.resolve().parent)
    except CompareError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise InputError(f"cannot read the manifest {path} ({reason})") from error


def _text(value: Any) -> str:
    """A cell as words; what is absent is empty."""
    if value is None or value != value:  # pandas' nan
        return ""
    return str(value)


def _check_columns(record: Mapping[str, Any], path: Path) -> None:
    for side in SIDES:
        if not {side, f"{side}_text"} & set(record):
            raise InputError(
                f"the manifest {path} has no column {side!r} with paths and no '{side}_text' with "
                f"words; its columns are {', '.join(map(str, record)) or 'none'}"
            )
    if "pair_id" not in record:
        raise InputError(f"the manifest {path} has no column 'pair_id'")


def _records(path: Path) -> Iterable[Mapping[str, Any]]:
    kind = path.suffix.lower()
    if kind == ".csv":
        return _frames(_csv(path))
    if kind == ".parquet":
        return _parquet(path)
    if kind == ".jsonl":
        return _lines(path)
    raise InputError(f"{path} is no manifest: name a file that ends in {', '.join(ENDINGS)}")


def _csv(path: Path) -> Iterator[pd.DataFrame]:
    import pandas as pd

    # As words: a name such as 007 must not become a number.
    with pd.read_csv(path, dtype="str", keep_default_na=False, chunksize=_AT_ONCE) as chunks:
        yield from chunks


def _frames(frames: Iterable[pd.DataFrame]) -> Iterator[Mapping[str, Any]]:
    for frame in frames:
        names = list(frame.columns)
        for values in frame.itertuples(index=False, name=None):
            yield dict(zip(names, values, strict=True))


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            yield from batch.to_pylist()


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        for number in itertools.count(1):
            line = file.readline()
            if not line:
                return
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"line {number} of {path} is not JSON ({error})") from error
            if not isinstance(record, dict):
                raise InputError(f"line {number} of {path} is no object with the columns' names")
            yield record
