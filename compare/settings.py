"""Settings from a file: found, read, checked, and laid under the command line.

The file is ``.variant-compare.toml``, ``variant-compare.toml`` or the table
``[tool.variant-compare]`` of a ``pyproject.toml`` (``docs/cli.md``). The nearest folder upward that
has one counts, as with ruff. A key is the long name of an option; what the command line says wins.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import re
import stat
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from compare.errors import UsageError
from compare.files import load_toml

if TYPE_CHECKING:
    from compare.config import Config

OWN_FILES = (".variant-compare.toml", "variant-compare.toml")
PYPROJECT = "pyproject.toml"
TABLE = "variant-compare"
PAGE_FILE = "VARIANT_COMPARE_PAGE_CONFIG"
"""Environment variable by which ``app`` tells the page which file counts; empty for none."""
ENVIRONMENT = {"project": "VARIANT_COMPARE_PROJECT"}
"""Settings that a variable of the environment names too; it wins over the file."""

Kind = Literal["flag", "checks", "share", "natural", "positive", "choice", "text", "path", "paths"]
KEYS: Mapping[str, Kind] = {
    "select": "checks",
    "ignore": "checks",
    "min-confidence": "share",
    "source-language": "text",
    "glossary": "paths",
    "sentences": "flag",
    "max-chars": "positive",
    "max-bytes": "positive",
    "max-sentence": "positive",
    "force": "flag",
    "encoder": "choice",
    "model": "text",
    "meaning": "flag",
    "cache": "flag",
    "project": "path",
    "format": "choice",
    "fail-on": "choice",
    "baseline": "path",
    "limit": "natural",
    "quiet": "flag",
    "workers": "positive",
}
"""Every setting that a file may hold, but for ``pairs``."""
_PAIRS = "pairs"
_PAIR_KEYS = ("a", "b", "a-date", "b-date")
_OF_ONE_RUN = (
    *("a-label", "b-label", "a-date", "b-date", "label", "links", "output", "pivot", "witness"),
)
_OF_PAGE = (
    *("select", "ignore", "min-confidence", "source-language", "glossary", "sentences"),
    *("max-chars", "max-bytes", "max-sentence", "force", "meaning"),
)
_ALLOWED: Mapping[Kind, str] = {
    "flag": "true or false",
    "checks": 'a list of checks, e.g. ["title", "name"]',
    "share": "a number from 0 to 1",
    "natural": "a whole number from 0",
    "positive": "a whole number from 1",
    "choice": "a text in quotation marks",
    "text": "a text in quotation marks",
    "path": "a path in quotation marks",
    "paths": 'a list of paths, e.g. ["terms.csv"]',
}
_MAX_BYTES = 2**18
_MAX_PLACES = 32
"""Lines that are looked at to find where a key stands."""
_WIDEST = 40
"""Characters of the column of values."""
_UNSET = {"project": Path("reports")}
"""What holds where neither an option nor its default says anything."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that belong together; paths as from the current folder."""

    a: str
    b: str
    a_date: dt.date | None = None
    b_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A configuration file as read."""

    path: Path
    text: str
    values: Mapping[str, Any]
    """By key, of the types of the command line; paths as from the current folder."""
    pairs: tuple[Pair, ...]

    @property
    def shown(self) -> str:
        """Its path, from the current folder."""
        return _from_here(self.path)

    def line(self, key: str) -> int | None:
        """Number of the line where a key is set, from 1; None where it is not clear."""
        return _line(self.text, _tables(self.path), key)


@dataclass(frozen=True, slots=True)
class Setting:
    """What one setting is, and why."""

    key: str
    value: Any
    origin: Literal["default", "file", "environment", "command line"]
    place: str = ""
    """The path of the file, or the name of the variable."""


# --- the file ---------------------------------------------------------------------------------


def find(folder: Path | None = None) -> SettingsFile | None:
    """The nearest configuration file, from a folder upward; None where there is none.

    Args:
        folder: where to begin; the current folder where None.

    Raises:
        UsageError: the nearest one cannot be used. A farther one never takes its place.
    """
    start = (folder or Path.cwd()).absolute()
    for place in (start, *start.parents):
        for name in OWN_FILES:
            path = place / name
            # A broken link is there too: it must not be passed over in silence.
            if os.path.lexists(path) and not path.is_dir():
                return load(path)
        path = place / PYPROJECT
        if os.path.lexists(path) and not path.is_dir():
            text = _read(path)
            # A file that never speaks of this program is not ours to understand.
            if TABLE in text and _record(text, path) is not None:
                return _loaded(path, text)
    return None


def load(path: Path) -> SettingsFile:
    """Read one configuration file.

    Raises:
        UsageError: it cannot be read, has an unknown key or a wrong value, or is a
            ``pyproject.toml`` without the table.
    """
    return _loaded(path, _read(path))


def for_page(config: Config) -> Config:
    """The settings of the page: what is chosen there over those of the file, read anew.

    Raises:
        UsageError: the file cannot be used.
    """
    named = os.environ.get(PAGE_FILE)
    file = find() if named is None else load(Path(named)) if named else None
    if file is None:
        return config
    _check_ids(file, _OF_PAGE)
    names = {key: key.replace("-", "_") for key in _OF_PAGE if key in file.values}
    held = {name: file.values[key] for key, name in names.items()}
    if "glossary" in held:
        held["glossary"] = tuple(held["glossary"])
    plain = type(config)()
    chosen = {name for name in held if getattr(config, name) != getattr(plain, name)}
    return config.replace(**{name: v for name, v in held.items() if name not in chosen})


def _loaded(path: Path, text: str) -> SettingsFile:
    record = _record(text, path)
    if record is None:
        raise UsageError(f"{_from_here(path)} has no table [tool.{TABLE}]: add it, or name another")
    values: dict[str, Any] = {}
    pairs: tuple[Pair, ...] = ()
    for key, value in record.items():
        try:
            if key == _PAIRS:
                pairs = tuple(_pairs(value, path.absolute().parent))
            else:
                values[key] = _value(key, value, path.absolute().parent)
        except UsageError as error:
            raise _wrong(path, text, key, str(error)) from None
    return SettingsFile(path, text, values, pairs)


def _wrong(path: Path, text: str, key: str, why: str) -> UsageError:
    line = _line(text, _tables(path), key)
    where = _from_here(path) if line is None else f"{_from_here(path)}, line {line}"
    return UsageError(f"cannot use the settings in {where}: {why}")


def _unreadable(path: Path, reason: object) -> UsageError:
    return UsageError(
        f"cannot read the settings in {_from_here(path)} ({reason}): mend the file, name another "
        "with --config, or leave it out with --no-config"
    )


def _read(path: Path) -> str:
    """The text of a file that somebody else may have written.

    Raises:
        UsageError: it is missing, too large, no file or not UTF-8.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # A pipe would be waited for without end.
            raise _unreadable(path, "it is no regular file")
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or error) from None
    if len(data) > _MAX_BYTES:
        raise _unreadable(path, f"it is larger than {_MAX_BYTES // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, f"it is not UTF-8: {error.reason} at byte {error.start}") from None


def _record(text: str, path: Path) -> dict[str, Any] | None:
    """The settings' table as written; None where the file has none."""
    try:
        record: Any = load_toml(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from None
    for name in _tables(path):
        if name not in record:
            return None
        record = record[name]
        if not isinstance(record, dict):
            raise _unreadable(path, f"[tool.{TABLE}] is no table")
    return dict(record)


def _tables(path: Path) -> tuple[str, ...]:
    """The names of the tables in which the settings stand."""
    return ("tool", TABLE) if path.name == PYPROJECT else ()


def _may_set(line: str, key: str) -> bool:
    """Whether a line can be the one that sets a key; parsing tells whether it is."""
    return key in line if line.startswith("[") else line.lstrip("\"'").startswith(key)


def _line(text: str, tables: Sequence[str], key: str) -> int | None:
    """Where a key is set: the line which, ending the file in another value, sets it."""
    lines = text.splitlines(keepends=True)
    found = [i for i, line in enumerate(lines) if _may_set(line.lstrip(), key)]
    for number in found[:_MAX_PLACES]:
        before = "".join(lines[:number])
        header = lines[number].lstrip().startswith("[")
        with contextlib.suppress(ValueError, RecursionError):
            record: Any = tomllib.loads(before + (lines[number] if header else f"{key} = 0"))
            for name in tables:
                record = record.get(name, {})
            if key in record:
                return number + 1
    return None


# --- its values -------------------------------------------------------------------------------


def _value(key: str, value: Any, folder: Path) -> Any:
    """A value in the type that the command line would give it.

    Raises:
        UsageError: there is no such key, or this is no value for it.
    """
    if key not in KEYS:
        raise UsageError(_unknown(key))
    kind = KEYS[key]
    if not _fits(kind, value):
        raise UsageError(f"{key} is {_told(value)}; give {_ALLOWED[kind]}")
    if kind == "path":
        return Path(_from_here(folder / value))
    if kind == "paths":
        return [_from_here(folder / item) for item in value]
    if kind == "checks":
        return tuple(value)
    if key == "model" and (folder / value).is_dir():
        return _from_here(folder / value)
    return float(value) if kind == "share" else value


def _fits(kind: Kind, value: Any) -> bool:
    if kind == "flag":
        return isinstance(value, bool)
    if kind in ("checks", "paths"):
        return isinstance(value, list) and all(_is_text(item) for item in value)
    if kind == "share":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and 0 <= value <= 1
    if kind in ("natural", "positive"):
        least = 1 if kind == "positive" else 0
        return isinstance(value, int) and not isinstance(value, bool) and value >= least
    return _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not _CONTROL.search(value)


def _unknown(key: str) -> str:
    from rapidfuzz import process

    if key in _OF_ONE_RUN:
        return f"{key!r} is for one run and not for a file: give it on the command line"
    if key == "tool":
        return f"write the settings without [tool.{TABLE}], which is for {PYPROJECT} alone"
    near = process.extractOne(key, [*KEYS, _PAIRS])
    return f"unknown setting {_short(key)}: did you mean {near[0]!r}?"


def _told(value: Any) -> str:
    """A value in a message, short and in TOML's own notation where there is one."""
    return _short(value) if isinstance(value, str) else _short(_json(value), str)


def _short(value: str, form: Any = repr) -> str:
    return str(form(value if len(value) <= 60 else value[:60] + "…"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _pairs(value: Any, folder: Path) -> Iterator[Pair]:
    """The files that belong together."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UsageError(f"{_PAIRS} is {_told(value)}; write each pair as a [[{_PAIRS}]] table")
    for number, item in enumerate(value, start=1):
        where = f"pair {number}"
        for key in item:
            if key not in _PAIR_KEYS:
                known = ", ".join(_PAIR_KEYS)
                raise UsageError(f"{where} has an unknown key {_short(key)}; it may have {known}")
        for side in "ab":
            if not _is_text(item.get(side)):
                raise UsageError(f"{where} needs {side!r}, {_ALLOWED['path']}")
        a, b = (_from_here(folder / item[side]) for side in "ab")
        a_day, b_day = (_day(item.get(f"{s}-date"), f"{where}: {s}-date") for s in "ab")
        yield Pair(a, b, a_day, b_day)


def _day(value: Any, where: str) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return None if value is None else dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(f"{where} is {_told(value)}; write a day as 2021-10-20") from None


def _from_here(path: Path) -> str:
    """The path as one would type it in the current folder."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)


# --- with the command line --------------------------------------------------------------------


def add_options(parser: argparse.ArgumentParser, leave: Iterable[str] = ()) -> None:
    """Let a command take its settings from a file.

    Adds ``--config`` and ``--no-config``, and to each flag the one that undoes it. Called when the
    command has its other options.

    Args:
        parser: of the command.
        leave: settings that it has as an option and does not take from a file.
    """
    group = parser.add_argument_group("configuration file")
    one = group.add_mutually_exclusive_group()
    one.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="take the settings from it (default: the nearest "
        f"{', '.join(OWN_FILES)} or {PYPROJECT} with a table [tool.{TABLE}], upward from here)",
    )
    one.add_argument("--no-config", action="store_true", help="take none from any file")
    options = _options(parser, leave)
    for key, action in options.items():
        if KEYS[key] == "flag":
            undone = key if _inverted(action) else f"no-{key}"
            group.add_argument(
                f"--{undone}",
                dest=action.dest,
                action="store_false",
                default=argparse.SUPPRESS,
                help=f"undo {key} = {_json(not _inverted(action))} of the file",
            )
    parser.set_defaults(takes=options)


def _options(
    parser: argparse.ArgumentParser, leave: Iterable[str] = ()
) -> dict[str, argparse.Action]:
    """The settings that a command has, each with its option."""
    found: dict[str, argparse.Action] = {}
    for action in parser._actions:
        for option in action.option_strings:
            key = option.removeprefix("--")
            key = key if key in KEYS else key.removeprefix("no-")
            if option.startswith("--") and key in KEYS and key not in leave:
                found.setdefault(key, action)
    return found


def _inverted(action: argparse.Action) -> bool:
    """Whether the option says no to what the setting says yes to, as ``--no-cache``."""
    return action.dest.startswith("no_")


def apply(
    root: argparse.ArgumentParser, args: argparse.Namespace, argv: Sequence[str] | None
) -> None:
    """Lay the file's settings under what the command line says; in place.

    Adds ``args.settings``, the settings by key, and ``args.settings_file``, the file or None. Does
    nothing to a command without :func:`add_options`.

    Args:
        root: the whole parser.
        args: what it made of the command line.
        argv: the command line.

    Raises:
        UsageError: the file cannot be used.
    """
    if not hasattr(args, "takes"):
        return
    options: Mapping[str, argparse.Action] = args.takes
    file = None if args.no_config else load(args.config) if args.config else find()
    if file is not None:
        _check_names(root, file, options)
    given = _given(root, argv, options.values())
    args.settings_file, args.settings = file, {}
    for key, action in options.items():
        held = getattr(args, action.dest)
        held = not held if _inverted(action) else held
        if action.dest in given:
            setting = Setting(key, held, "command line")
        else:
            setting = _settled(key, file, held)
            if setting.origin == "file":
                value = setting.value
                setattr(args, action.dest, not value if _inverted(action) else value)
        args.settings[key] = setting


def _settled(key: str, file: SettingsFile | None, default: Any) -> Setting:
    """A setting of which the command line says nothing."""
    variable = ENVIRONMENT.get(key, "")
    if os.environ.get(variable):
        return Setting(key, Path(os.environ[variable]), "environment", variable)
    if file is not None and key in file.values:
        return Setting(key, file.values[key], "file", file.shown)
    return Setting(key, _UNSET.get(key) if default is None else default, "default")


def _check_names(
    root: argparse.ArgumentParser, file: SettingsFile, options: Mapping[str, argparse.Action]
) -> None:
    """Refuse a choice that no command has, and checks that do not exist where they count."""
    known = all_options(root)
    for key, value in file.values.items():
        if KEYS[key] == "choice" and value not in (known[key].choices or ()):
            allowed = ", ".join(map(_json, known[key].choices or ()))
            why = f"{key} is {_told(value)}; give one of {allowed}"
            raise _wrong(file.path, file.text, key, why)
    _check_ids(file, options)


def _check_ids(file: SettingsFile, keys: Container[str]) -> None:
    """Refuse checks that do not exist, in those of the keys that count."""
    from compare.checks import default_registry, selected
    from compare.config import Config

    for key, value in file.values.items():
        if KEYS[key] == "checks" and key in keys:
            try:
                selected(default_registry(), Config(select=value))
            except UsageError as error:
                raise _wrong(file.path, file.text, key, f"{key}: {error}") from None


def all_options(root: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """Every setting with the option of the first command that takes it from a file."""
    found: dict[str, argparse.Action] = {}
    for action in root._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                taken = command.get_default("takes") or all_options(command)
                found = taken | found
    return {key: found[key] for key in KEYS if key in found}


def _given(
    root: argparse.ArgumentParser, argv: Sequence[str] | None, actions: Iterable[argparse.Action]
) -> set[str]:
    """The names of what the command line says itself."""
    before = [(action, action.default) for action in actions]
    for action, _ in before:
        action.default = argparse.SUPPRESS
    try:
        return set(vars(root.parse_args(argv)))
    finally:
        for action, default in before:
            action.default = default


# --- what counts ------------------------------------------------------------------------------


def effective(root: argparse.ArgumentParser, args: argparse.Namespace) -> list[Setting]:
    """Every setting as it counts here, in the order of :data:`KEYS`."""
    options = all_options(root)
    return [
        args.settings.get(key) or _settled(key, args.settings_file, action.default)
        for key, action in options.items()
    ]


def to_text(settings: Sequence[Setting], file: SettingsFile | None) -> str:
    """A line for each setting: its name, its value as in a file, and where it comes from."""
    from compare.report.safe import clean_terminal

    rows = [(s.key, _written(s.value), _place(s, file)) for s in settings]
    if file is not None and file.pairs:
        pairs = Setting(_PAIRS, None, "file", file.shown)
        rows.append((_PAIRS, f"{len(file.pairs)} of files", _place(pairs, file)))
    cells = [tuple(map(clean_terminal, row)) for row in rows]
    name, value = (max(len(row[column]) for row in cells) for column in (0, 1))
    value = min(value, _WIDEST)  # one long list must not push the rest out of sight
    return "\n".join(f"{row[0]:<{name}}  {row[1]:<{value}}  {row[2]}" for row in cells)


def to_json(settings: Sequence[Setting], file: SettingsFile | None) -> str:
    """The same for programs, with the pairs of files."""
    record = {
        "file": None if file is None else file.shown,
        "settings": {
            s.key: {
                "value": s.value,
                "from": s.origin,
                "place": s.place or None,
                "line": file.line(s.key) if file and s.origin == "file" else None,
            }
            for s in settings
        },
        "pairs": [
            {"a": p.a, "b": p.b, "a-date": p.a_date, "b-date": p.b_date}
            for p in (file.pairs if file else ())
        ],
    }
    from compare.report.safe import escape_json

    return escape_json(json.dumps(record, ensure_ascii=False, indent=1, default=str))


def _written(value: Any) -> str:
    return "not set" if value is None else _json(value)


def _place(setting: Setting, file: SettingsFile | None) -> str:
    """Where a setting comes from, for people."""
    if setting.origin == "file" and file is not None:
        line = file.line(setting.key)
        return setting.place if line is None else f"{setting.place}:{line}"
    return f"environment ({setting.place})" if setting.place else setting.origin
