"""A manifest: which articles are to be compared, one pair a row, in CSV, Parquet or JSON Lines.

Columns: ``pair_id``; the texts as paths in ``a`` and ``b`` (from the manifest's own folder) or as
words in ``a_text`` and ``b_text``; and, where wanted, ``a_label``, ``b_label``, ``a_date``,
``b_date`` and ``source_language``. Other columns are passed over. Rows are read as they are needed:
a manifest may be larger than memory.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import urllib.parse
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from compare.errors import InputError
from compare.files import MAX_BYTES
from compare.read import MAX_CHARS, article_from_text, read_article
from compare.records import SIDES, Article, Side
from compare.report.safe import storable

ENDINGS = (".csv", ".parquet", ".jsonl")
_AT_ONCE = 256
"""Rows of a Parquet file that are held at once."""
_LONGEST_NAME = 200
"""Bytes: most file systems allow 255 for the name of a folder, ``pair_id=`` and all."""
_LONGEST_CELL = 1 << 28
"""Characters: Python's own limit for a cell of a CSV file is shorter than an article may be."""


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

    @property
    def folder_name(self) -> str:
        """The name of the pair as that of a folder, in every system; unlike for unlike names."""
        return _folder_name(self.pair_id)

    def article(
        self,
        side: Side,
        max_chars: int = MAX_CHARS,
        sentences: bool = False,
        max_bytes: int = MAX_BYTES,
    ) -> Article:
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
        article = read_article(
            self.folder / path,
            label=label,
            date=date,
            sentences=sentences,
            max_chars=max_chars,
            max_bytes=max_bytes,
        )
        # As the manifest has it: where the manifest itself lies is none of the result.
        return replace(article, source=path)

    def _date(self, side: Side) -> dt.date | None:
        given = self.fields.get(f"{side}_date")
        if given is None:
            return None
        try:
            return dt.date.fromisoformat(given[:10])
        except ValueError:
            raise InputError(f"{given!r} in '{side}_date' is no day: write 2021-10-20") from None


def _folder_name(pair_id: str) -> str:
    """Letters, digits and what is harmless as they are, the rest as in an address.

    >>> _folder_name("2021/10 é"), _folder_name("..")
    ('2021%2F10%20é', '%2E%2E')
    """
    name = re.sub(r"[^\w.,@-]", lambda m: urllib.parse.quote(m.group(), safe=""), pair_id)
    return re.sub(r"^\.|\.$", "%2E", name)


def read_manifest(path: Path) -> Iterator[Row]:
    """The rows of a manifest, in order.

    Raises:
        InputError: it cannot be read, holds no row, lacks a column, or names a pair twice or not
            at all.
    """
    seen: set[str] = set()
    number = -1
    folder = path.resolve().parent
    try:
        for number, record in enumerate(_records(path)):
            where = f"row {number + 1} of {path}"
            fields = {name: text for name, v in record.items() if (text := _text(v, name, where))}
            pair_id = fields.get("pair_id", "")
            if not pair_id:
                raise InputError(f"{where} has no pair_id: give every pair a name")
            if pair_id != storable(pair_id):
                raise InputError(f"the pair_id in {where} holds half a character (a surrogate)")
            if len(_folder_name(pair_id).encode()) > _LONGEST_NAME:
                raise InputError(
                    f"the pair_id in {where} is too long for the name of a folder: shorten "
                    f"{pair_id[:40]!r}…"
                )
            if pair_id in seen:
                raise InputError(f"{where} names the pair {pair_id!r} again: names must differ")
            seen.add(pair_id)
            yield Row(number, pair_id, fields, folder)
    except (OSError, ValueError, csv.Error) as error:
        lines = str(error).splitlines() or [type(error).__name__]
        reason = getattr(error, "strerror", None) or lines[0]
        raise InputError(f"cannot read the manifest {path} ({reason})") from error
    if number < 0:
        raise InputError(f"the manifest {path} holds no pair")


def _text(value: Any, name: str, where: str) -> str:
    """A cell as words; what is absent is empty."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, str | int | float | dt.date):
        return str(value)
    raise InputError(f"{name!r} in {where} is neither words nor a number: {str(value)[:40]}")


def _check_columns(names: Collection[str], path: Path) -> None:
    told = f"its columns are {', '.join(names) or 'none'}"
    if "pair_id" not in names:
        raise InputError(f"the manifest {path} has no column 'pair_id'; {told}")
    for side in SIDES:
        if not {side, f"{side}_text"} & set(names):
            raise InputError(
                f"the manifest {path} has no column {side!r} with paths and no '{side}_text' with "
                f"words; {told}"
            )
    if len(set(names)) < len(names):
        raise InputError(f"the manifest {path} has two columns of one name; {told}")


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    kind = path.suffix.lower()
    if kind == ".csv":
        return _csv(path)
    if kind == ".parquet":
        return _parquet(path)
    if kind == ".jsonl":
        return _lines(path)
    raise InputError(f"{path} is no manifest: name a file that ends in {', '.join(ENDINGS)}")


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    # Read as words: a name such as 007 must not become a number.
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        names = next(reader, [])
        _check_columns(names, path)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise InputError(
                    f"line {reader.line_num} of {path} ends a row of {len(cells)} cells, and the "
                    f"header has {len(names)}: put cells that hold a comma or a quotation mark "
                    "into quotation marks"
                )
            yield dict(zip(names, cells, strict=True))


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        _check_columns(file.schema_arrow.names, path)
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            yield from batch.to_pylist()


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"line {number} of {path} is not JSON ({error})") from error
            if not isinstance(record, dict):
                raise InputError(f"line {number} of {path} is no object with the columns' names")
            yield record
