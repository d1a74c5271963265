"""A run read back from its folder: the inverse of :mod:`compare.report.document`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from compare.config import Config
from compare.errors import InputError
from compare.files import MAX_BYTES, read_whole
from compare.records import (
    SIDES,
    Article,
    Comparison,
    Document,
    Edit,
    Entity,
    Finding,
    Group,
    Quotation,
    RunInfo,
    Secondary,
    Sentence,
    Side,
    Span,
    StageTime,
)
from compare.report.document import SCHEMA_VERSION

COMPARISON, RUN = "comparison.json", "run.json"


def load_run(path: Path | str, max_bytes: int = MAX_BYTES) -> Comparison:
    """The result that a run wrote.

    Numbers are those of the file, which has four decimals; findings come worst first. Keys that
    this version does not know are passed over, and what an older version did not write has its
    default.

    Args:
        path: the folder of a run, or its ``comparison.json``. A ``run.json`` beside it is read
            too; without one, times and packages are empty.
        max_bytes: the largest of these files that is read.

    Raises:
        InputError: it cannot be read, is no such file, or has another major version.
    """
    given = Path(path)
    source = given / COMPARISON if given.is_dir() else given
    record = _read(source, max_bytes)
    beside = source.with_name(RUN)
    run = _read(beside, max_bytes) if beside.is_file() else {}
    try:
        comparison = _comparison(record)
    except InputError as wrong:
        raise _unusable(source, str(wrong)) from wrong
    try:
        if run and run.get("pair_id") != comparison.pair_id:
            raise InputError(f"it belongs to another pair of texts than {source.name} beside it")
        return dataclasses.replace(comparison, run=_run_info(record, run))
    except InputError as wrong:
        raise _unusable(beside, str(wrong)) from wrong


def _unusable(source: Path, why: str) -> InputError:
    return InputError(
        f"cannot use the run in {source}: {why}; give the folder of a run as it was written, or "
        "compare the texts again"
    )


def _read(source: Path, max_bytes: int) -> dict[str, Any]:
    """The object in a file of a run, of a version that this program reads."""
    try:
        data = read_whole(source, max_bytes)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot read the run in {source} ({reason}): give the folder of a run, or its "
            f"{COMPARISON}"
        ) from error
    try:
        record = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _unusable(source, f"it is not JSON in UTF-8 ({error})") from error
    version = record.get("schema_version") if isinstance(record, dict) else None
    if not isinstance(version, str) or not all(p.isdecimal() for p in version.split(".")):
        raise _unusable(source, "it has no schema_version, so it was not written by this program")
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError(
            f"cannot use the run in {source}: it is of version {version}, and this program reads "
            f"version {SCHEMA_VERSION.split('.')[0]}: use the program that wrote it, or compare "
            "the texts again"
        )
    return typing.cast("dict[str, Any]", record)


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


# --- the records ------------------------------------------------------------------------------


def _comparison(record: dict[str, Any]) -> Comparison:
    a, b = (_document(_part(record, side, dict), side) for side in SIDES)
    documents: dict[Side, Document] = {"a": a, "b": b}
    groups = tuple(
        _group(entry, documents, f"groups[{i}]")
        for i, entry in enumerate(_part(record, "groups", list))
    )
    for side in SIDES:
        held = sorted(s.index for group in groups for s in group.side(side))
        if held != list(range(len(documents[side]))):
            raise InputError(f"not every sentence of {side.upper()} is in one group")
    found = _many(Finding, record, "findings")
    for i, finding in enumerate(found):
        for side in SIDES:
            _inside(documents[side], [finding.span(side)], f"findings[{i}]")
        for place in finding.places:
            _inside(documents[place.side], [Span(place.start, place.end)], f"findings[{i}]")
    again = _many(Secondary, record, "secondary")
    for i, match in enumerate(again):
        _inside(documents[match.side], [Span(match.start, match.end)], f"secondary[{i}]")
        other = documents["b" if match.side == "a" else "a"]
        if not 0 <= match.other < len(other):
            raise InputError(
                f"secondary[{i}].other is {match.other}, and there is no such sentence"
            )
    named = _many(Entity, {"entities": []} | record, "entities")
    for i, entity in enumerate(named):
        for form in entity.forms:
            _inside(documents[form.side], form.spans, f"entities[{i}]")
    said = _many(Quotation, {"quotations": []} | record, "quotations")
    for i, quotation in enumerate(said):
        place = Span(quotation.start, quotation.end)
        _inside(documents[quotation.side], [place], f"quotations[{i}]")
    config = _decode(Config, _part(record, "config", dict), "config")
    return Comparison(
        _decode(str, record.get("pair_id"), "pair_id"),
        a,
        b,
        groups,
        found,
        config,
        secondary=again,
        entities=named,
        quotations=said,
    )


def _document(record: dict[str, Any], side: Side) -> Document:
    article: Article = _decode(Article, record, side)
    whole = Span(0, len(article.text))
    for block in article.blocks:
        if not whole.start <= block.start <= block.end <= whole.end:
            raise InputError(f"a block of {side.upper()} lies outside its text")
    document = Document(article, _many(Sentence, record, "sentences", f"{side}."))
    for i, sentence in enumerate(document):
        where = f"{side}.sentences[{i}]"
        _inside(document, [sentence.span, *sentence.quotes], where)
        if sentence.index != i or article.text[sentence.start : sentence.end] != sentence.text:
            raise InputError(f"{where} is not what the text has there")
    return document


def _group(record: Any, documents: Mapping[Side, Document], where: str) -> Group:
    if not isinstance(record, dict):
        raise InputError(f"{where} is no object")
    sides: dict[Side, tuple[Sentence, ...]] = {}
    for side in SIDES:
        indices: tuple[int, ...] = _decode(tuple[int, ...], record.get(side), f"{where}.{side}")
        if not all(0 <= i < len(documents[side]) for i in indices):
            raise InputError(f"{where}.{side} names a sentence that is not there")
        sides[side] = tuple(documents[side].sentences[i] for i in indices)
    edits = _many(Edit, record, "edits", f"{where}.")
    for side in SIDES:
        _inside(documents[side], [e.a if side == "a" else e.b for e in edits], f"{where}.edits")
    rest = {k: v for k, v in record.items() if k not in (*SIDES, "edits")}
    group: Group = _decode(Group, {"a": [], "b": [], **rest}, where)
    return dataclasses.replace(group, a=sides["a"], b=sides["b"], edits=edits)


_TOLD_TWICE = ("version", "model", "encoder", "notes")
"""What stands in both files."""


def _run_info(record: dict[str, Any], run: dict[str, Any]) -> RunInfo:
    merged = {**run, **{k: record[k] for k in _TOLD_TWICE if k in record}}
    packages = _part({"packages": {}} | merged, "packages", dict)
    stages = _part({"stages": []} | merged, "stages", list)
    try:
        times = [[s["stage"], s["wall_s"], s["cpu_s"]] for s in stages]
    except (KeyError, TypeError) as error:
        raise InputError("a stage lacks its name or its times") from error
    merged |= {"packages": [list(pair) for pair in packages.items()], "stages": times}
    info: RunInfo = _decode(RunInfo, merged, "run")
    return info


def _inside(document: Document, spans: Iterable[Span | None], where: str) -> None:
    for span in spans:
        if span is not None and not 0 <= span.start <= span.end <= len(document.article.text):
            raise InputError(f"an offset of {where} lies outside the text")


def _part(record: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    if not isinstance(record.get(name), kind):
        raise InputError(f"{name} is not there, or is no {'list' if kind is list else 'object'}")
    return record[name]


def _many(cls: type[Any], record: Mapping[str, Any], name: str, where: str = "") -> tuple[Any, ...]:
    entries = _part(record, name, list)
    return tuple(_decode(cls, e, f"{where}{name}[{i}]") for i, e in enumerate(entries))


# --- values by their types --------------------------------------------------------------------

_Decoder = Callable[[Any, str], Any]


def _decode(kind: Any, value: Any, where: str) -> Any:
    """A value of JSON as what a type says; ``where`` names it in an error."""
    return _decoder(kind)(value, where)


@cache
def _decoder(kind: Any) -> _Decoder:
    """How values of a type are read: a record from an object, a tuple from a list, …"""
    if dataclasses.is_dataclass(kind):
        return _record_decoder(typing.cast("type[Any]", kind))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (_decoder(a) for a in arguments if a is not types.NoneType)
        return lambda value, where: None if value is None else inner(value, where)
    if origin is Literal:
        return lambda value, where: value if value in arguments else _refuse(value, where)
    if origin is tuple and arguments[-1] is ...:
        return _list_decoder(_decoder(arguments[0]), tuple)
    if origin is tuple:
        return _fixed_decoder([_decoder(a) for a in arguments], tuple)
    if kind in (Span, StageTime):
        hints = typing.get_type_hints(kind)
        return _fixed_decoder([_decoder(h) for h in hints.values()], kind._make)
    if kind is dt.date or issubclass(kind, Enum):
        return _text_decoder(dt.date.fromisoformat if kind is dt.date else kind)
    if kind is float:
        return _number
    # In JSON true is no number.
    return lambda value, where: value if type(value) is kind else _refuse(value, where)


def _number(value: Any, where: str) -> float:
    # 1e999 is infinite, and 10 to the 400th is no float at all.
    if type(value) not in (int, float) or not -sys.float_info.max <= value <= sys.float_info.max:
        _refuse(value, where)
    return float(value)


def _record_decoder(cls: type[Any]) -> _Decoder:
    hints = typing.get_type_hints(cls)
    fields = [
        (f.name, f.default is dataclasses.MISSING, _decoder(hints[f.name]))
        for f in dataclasses.fields(cls)
    ]

    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            _refuse(value, where)
        made = {}
        for name, needed, inner in fields:
            if name in value:
                made[name] = inner(value[name], f"{where}.{name}")
            elif needed:
                raise InputError(f"{where}.{name} is not there")
        try:
            return cls(**made)
        except Exception as error:  # a record checks its own values
            raise InputError(f"{where}: {error}") from error

    return decode


def _list_decoder(inner: _Decoder, make: Callable[[Iterable[Any]], Any]) -> _Decoder:
    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, list):
            _refuse(value, where)
        return make(inner(entry, f"{where}[{i}]") for i, entry in enumerate(value))

    return decode


def _fixed_decoder(inner: list[_Decoder], make: Callable[[Iterable[Any]], Any]) -> _Decoder:
    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, list) or len(value) != len(inner):
            _refuse(value, where)
        return make(one(entry, where) for one, entry in zip(inner, value, strict=True))

    return decode


def _text_decoder(make: Callable[[str], Any]) -> _Decoder:
    def decode(value: Any, where: str) -> Any:
        try:
            return make(value) if isinstance(value, str) else _refuse(value, where)
        except ValueError:
            _refuse(value, where)

    return decode


def _refuse(value: Any, where: str) -> NoReturn:
    shown = json.dumps(value, ensure_ascii=False)
    raise InputError(f"{where} is {shown if len(shown) < 40 else shown[:39] + '…'}")
