"""Manifests: three kinds of file, one table; what is wrong with a row, and with the whole."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.errors import InputError
from compare.manifest import Row, read_manifest

LONG = "word " * 50_000
ROWS: list[dict[str, Any]] = [
    {"pair_id": "007", "a_text": "A, said “he”.\nTwo.", "b_text": '"B"', "a_date": "2021-10-20"},
    {"pair_id": "../x é/\0", "a_text": LONG, "b_text": "=1+1", "a_date": None},
    {"pair_id": "..", "a_text": "NA", "b_text": "nan", "source_language": "ko"},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    frame = pd.DataFrame(rows)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    elif path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        path.write_text("".join(json.dumps(row) + "\n\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_the_kinds_hold_the_same(tmp_path: Path, kind: str) -> None:
    rows = list(read_manifest(write(tmp_path / f"m.{kind}", ROWS)))
    wanted = [{k: v for k, v in row.items() if v is not None} for row in ROWS]
    assert [dict(row.fields) for row in rows] == wanted
    assert [row.number for row in rows] == [0, 1, 2]
    article = rows[0].article("a")
    assert (article.text, article.label, article.date) == (
        "A, said “he”.\nTwo.", "A", dt.date(2021, 10, 20),
    )  # fmt: skip


def test_a_mark_at_the_beginning_is_no_part_of_a_name(tmp_path: Path) -> None:
    for name, text in (
        ("m.csv", "pair_id,a_text,b_text\r\n1,x,y\r\n"),
        ("m.jsonl", '{"pair_id": 1, "a_text": "x", "b_text": "y"}\r\n'),
    ):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        (row,) = read_manifest(path)
        assert row.fields == {"pair_id": "1", "a_text": "x", "b_text": "y"}


def test_parquet_has_days_and_numbers_of_its_own(tmp_path: Path) -> None:
    day = dt.date(2021, 10, 20)
    path = tmp_path / "m.parquet"
    frame = {"pair_id": [7], "a_text": ["One."], "b_text": ["Two."], "a_date": [day]}
    pd.DataFrame(frame | {"b_date": [pd.Timestamp(day)]}).to_parquet(path)
    (row,) = read_manifest(path)
    assert (row.pair_id, row.article("a").date, row.article("b").date) == ("7", day, day)


def test_paths_begin_at_the_manifest_and_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("It rained.", "utf-8")
    path = tmp_path / "m.csv"
    path.write_text("pair_id,a,b,b_label\np,texts/one.txt,../none.txt,Theirs\n", "utf-8")
    (row,) = read_manifest(path)
    article = row.article("a")
    assert (article.text, article.source, article.label) == (
        "It rained.", "texts/one.txt", "one.txt",
    )  # fmt: skip
    with pytest.raises(InputError, match=r"none\.txt: there is no such file"):
        row.article("b")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "neither a path in 'a' nor words in 'a_text'"),
        ({"a_text": "x", "a_date": "20.10.2021"}, "'20.10.2021' in 'a_date' is no day"),
        ({"a": "a\0b"}, "cannot read"),
        ({"a_text": "   "}, "holds only whitespace"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_when_it_is_read(
    tmp_path: Path, fields: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        Row(0, "p", fields, tmp_path).article("a")


HEAD = "pair_id,a_text,b_text\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("m.txt", HEAD, "is no manifest: name a file that ends in .csv, .parquet, .jsonl"),
        ("m.csv", "", "has no column 'pair_id'; its columns are none"),
        ("m.csv", HEAD, "holds no pair"),
        ("m.csv", "id,a,b\n1,x,y\n", "has no column 'pair_id'; its columns are id, a, b"),
        ("m.csv", "pair_id;a;b\n1;x;y\n", "its columns are pair_id;a;b"),
        ("m.csv", "pair_id,a,c\n1,x,y\n", "has no column 'b' with paths and no 'b_text'"),
        ("m.csv", "pair_id,a,b,a\n1,x,y,z\n", "two columns of one name"),
        ("m.csv", HEAD + "1,x,y\n1,z,u\n", r"row 2 of .*m\.csv names the pair '1' again"),
        ("m.csv", HEAD + ",x,y\n", "row 1 of .* has no pair_id"),
        ("m.csv", HEAD + "1,x,y\n2,Rain, and snow,z\n", "line 3 .* a row of 4 cells"),
        ("m.csv", HEAD + "1,x\n", "line 2 .* a row of 2 cells"),
        ("m.csv", HEAD + '1,"x,y\n', "cannot read the manifest"),
        ("m.csv", HEAD + f"{'é' * 101},x,y\n", "too long for the name of a folder"),
        ("m.csv", HEAD.encode() + b"1,\xff\xfe,y\n", "cannot read the manifest"),
        ("m.parquet", "no such thing", "cannot read the manifest"),
        ("m.jsonl", "\n\n", "holds no pair"),
        ("m.jsonl", '{"pair_id": "1"\n', "line 1 .* is not JSON"),
        ("m.jsonl", '\n["1"]\n', "line 2 .* is no object"),
        ("m.jsonl", "[" * 100_000, "is not JSON"),
        ("m.jsonl", '{"pair_id": "\\ud800"}\n', "half a character"),
        ("m.jsonl", '{"pair_id": "1", "a_text": ["x"]}\n', "'a_text' in row 1 .* neither words"),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(
    tmp_path: Path, name: str, text: str | bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InputError, match=told):
        list(read_manifest(path))


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    for name in ("m.csv", "m.parquet", "m.jsonl"):
        with pytest.raises(InputError, match="No such file"):
            list(read_manifest(tmp_path / name))


def test_a_file_is_read_as_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text('{"pair_id": "1", "a": "x", "b": "y"}\nbroken\n', "utf-8")
    assert next(read_manifest(path)).pair_id == "1"


def test_names_of_folders_are_harmless_and_unlike_for_unlike_names(tmp_path: Path) -> None:
    names = ["..", ".", "a/b", "a%2Fb", "../x é/\0", "c:\\x*?", "김", "a b", "a+b", "a=b", "x."]
    folders = [Row(0, name, {}, tmp_path).folder_name for name in names]
    assert len(set(folders)) == len(names)
    for folder in folders:
        (tmp_path / folder).mkdir()
        assert not set(folder) & set('/\\:*?"<>|\0= ')
        assert folder.strip(".") == folder
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(folders)
