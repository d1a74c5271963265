"""Rules of review: what a reviewer decided once for many findings, in a file that people can edit.

``rules.toml`` in the project's folder holds a ``[[rule]]`` for each:

- ``wording``: A's words and B's words are the same thing, wherever they stand against each other,
- ``entity``: nothing is to be said about this person, organisation or place,
- ``check``: this check is not wanted in this story,
- ``same``: two names are one person or organisation, ``different``: they are two. These two change
  what a later run finds; the others dismiss findings, which stay in the files and can be shown.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from compare.detect import normalise
from compare.errors import InputError, SetupError
from compare.files import load_toml, one_writer, read_whole, write_whole
from compare.records import Finding
from compare.report.safe import visible
from compare.verdicts import now

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT

Kind = Literal["wording", "entity", "check", "same", "different"]
KINDS: tuple[Kind, ...] = get_args(Kind)
HIDING: tuple[Kind, ...] = ("wording", "entity", "check")
"""The kinds that dismiss findings."""
_NEEDS: dict[Kind, tuple[str, ...]] = {
    "wording": ("words",),
    "entity": ("names",),
    "check": ("check", "pair_id"),
    "same": ("names",),
    "different": ("names",),
}
_SENTENCES = ("omission", "addition")
"""Checks whose findings are whole sentences, which are about more than one entity."""
_TOKEN = re.compile(r"\w+|[^\w\s.,;:!?…'\"‘’‚“”„«»()\[\]]")
_MAX_BYTES = 4 * 2**20
"""Of the file: some 30,000 rules, and seconds at most for one that was made to be slow."""
_TEXTS = ("check", "pair_id", "note", "reviewer", "at")
_LISTS = ("words", "names")
_HEAD = """\
Rules of review. Each is a [[rule]]; take one back by deleting it. Kinds:
  wording    words = ["A's words", "B's words"]: the same thing wherever they stand so; with
             check = "title" for that check alone
  entity     names = ["Roh", "Noh Kyu-duk"]: nothing is to be said about it, but for sentences
             that one text lacks; with check as above
  check      check = "name", pair_id = "...": not wanted in this story
  same       names = ["Roh", "Noh"]: one person or organisation
  different  names = ["Kim Sung", "Sung Kim"]: two
note, reviewer and at are for people."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Raises:
        InputError: it lacks what its kind needs.
    """

    kind: Kind
    words: tuple[str, ...] = ()
    """Of a ``wording``: A's and B's; one of the two may be empty."""
    names: tuple[str, ...] = ()
    """Of an entity: its names; of ``same`` and ``different``: the two."""
    check: str = ""
    """Empty is any check."""
    pair_id: str = ""
    """The comparison in which a ``check`` is not wanted, and all others of its story."""
    note: str = ""
    reviewer: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        for name in _NEEDS[self.kind]:
            value = getattr(self, name)
            if not any(map(_folded, (value,) if isinstance(value, str) else value)):
                raise InputError(
                    f"a rule of the kind {self.kind!r} needs {name!r} with words in it"
                )
        if self.kind == "wording" and len(self.words) != 2:
            raise InputError("'words' are two: A's and B's; write \"\" for the side without any")
        if self.kind in ("same", "different") and len({*map(_folded, self.names)} - {""}) != 2:
            raise InputError(f"the 'names' of the kind {self.kind!r} are two different ones")

    @property
    def rule_id(self) -> str:
        """A name made of what the rule says; remarks do not count."""
        words = (self.kind, self.check, self.pair_id, *map(_folded, (*self.words, *self.names)))
        return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def __str__(self) -> str:
        where = f" ({self.check})" if self.check and self.kind != "check" else ""
        if self.kind == "wording":
            a, b = (f"“{words}”" if words else "nothing" for words in self.words)
            return f"{a} and {b} are the same{where}"
        if self.kind == "check":
            return f"no {self.check} in this story"
        if self.kind == "entity":
            return f"nothing about {self.names[0]}{where}"
        return f"{self.names[0]} and {self.names[1]} are {'one' if self.kind == 'same' else 'two'}"

    def hides(self, finding: Finding, related: Iterable[str]) -> bool:
        """Whether the rule dismisses a finding.

        Args:
            finding: the finding.
            related: ``pair_id`` of the comparisons of its story.
        """
        if self.check not in ("", finding.check):
            return False
        if self.kind == "wording":
            spans = tuple(_folded(words or "") for words in (finding.a_span, finding.b_span))
            mine = tuple(map(_folded, self.words))
            return mine in (spans, spans[::-1])
        if self.kind == "entity":
            if not self.check and finding.check in _SENTENCES:
                return False
            names = filter(None, map(normalise, self.names))
            held = [f" {normalise(words or '')} " for words in (finding.a_span, finding.b_span)]
            return any(f" {name} " in words for name in names for words in held)
        return self.kind == "check" and self.pair_id in related


def hiding(
    rules: Sequence[Rule], findings: Iterable[Finding], related: Iterable[str]
) -> dict[str, Rule]:
    """The first rule that dismisses each finding, by ``finding_id``; none where none does.

    Args:
        rules: the rules.
        findings: the findings.
        related: ``pair_id`` of the comparisons of their story.
    """
    story = frozenset(related)
    acting = [rule for rule in rules if rule.kind in HIDING]
    found = {f.finding_id: next((r for r in acting if r.hides(f, story)), None) for f in findings}
    return {finding_id: rule for finding_id, rule in found.items() if rule is not None}


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    """What two wordings are compared by: signs that change a meaning, as - or $, stay.

    >>> _folded("“Minus  $5.50,”"), _folded("-5 °C")
    ('minus $ 5 50', '- 5 ° c')
    """
    return " ".join(_TOKEN.findall(visible(unicodedata.normalize("NFKC", text)).casefold()))


def load(path: Path) -> tuple[Rule, ...]:
    """The rules of a file; none where there is no file.

    Raises:
        InputError: it cannot be read, or a rule in it cannot be understood.
    """
    return tuple(_rules(_text(path), path))


def add(path: Path, rule: Rule) -> None:
    """Add a rule to the file, unless it says the same already; what people wrote there stays.

    Raises:
        InputError: the file that is there cannot be understood.
        SetupError: it cannot be written; it is as it was.
    """
    import tomlkit

    with _editing(path):
        text = _text(path)
        if any(rule.rule_id == held.rule_id for held in _rules(text, path)):
            return
        document = _document(text, path)
        if not text:
            for line in _HEAD.splitlines():
                document.add(tomlkit.comment(line))
        table = tomlkit.table()
        for name in ("kind", *_LISTS, *_TEXTS):
            value = getattr(rule, name)
            if value:
                clean = visible(value) if isinstance(value, str) else [visible(v) for v in value]
                table.add(name, clean)
        if "rule" not in document:
            document.add("rule", tomlkit.aot())
        _tables(document).append(table)
        write_whole(path, document.as_string().encode())


def remove(path: Path, rule_id: str) -> None:
    """Take a rule back.

    Raises:
        InputError: the file cannot be understood, or does not have the rule.
        SetupError: it cannot be written; it is as it was.
    """
    with _editing(path):
        text = _text(path)
        places = [i for i, rule in enumerate(_rules(text, path)) if rule.rule_id == rule_id]
        if not places:
            raise InputError(
                f"there is no such rule in {path}: it may have been taken back already"
            )
        document = _document(text, path)
        for place in reversed(places):
            del _tables(document)[place]
        if not _tables(document):
            document.remove("rule")
        write_whole(path, document.as_string().encode())


def stamped(rule: Rule, reviewer: str, note: str = "") -> Rule:
    """The rule with who made it and when."""
    return replace(rule, note=note, reviewer=reviewer, at=now())


@contextmanager
def _editing(path: Path) -> Iterator[None]:
    """One at a time: of two who add a rule to the same file, neither loses it."""
    try:
        with one_writer(path):
            yield
    except OSError as error:
        raise SetupError(
            f"cannot write the rules into {path} ({error.strerror or error}): check that the "
            "folder may be written"
        ) from error


def _text(path: Path) -> str:
    """The file's text; empty where there is no file."""
    try:
        return read_whole(path, _MAX_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except InputError as error:
        raise _unreadable(path, f"it is larger than {_MAX_BYTES // 2**20} MiB") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or error) from error


def _unreadable(path: Path, reason: object) -> InputError:
    return InputError(f"cannot read the rules in {path} ({reason}): mend the file or move it away")


def _document(text: str, path: Path) -> TOMLDocument:
    """The text so that it can be changed with all else in it kept."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import AoT

    try:
        document = tomlkit.parse(text)
    except (ValueError, TOMLKitError) as error:
        raise _unreadable(path, error) from error
    if "rule" in document and not isinstance(document["rule"], AoT):
        raise InputError(f"cannot change the rules in {path}: write each as a [[rule]] table")
    return document


def _tables(document: TOMLDocument) -> AoT:
    tables: AoT = document["rule"]
    return tables


def _rules(text: str, path: Path) -> list[Rule]:
    try:
        record = load_toml(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error
    tables = record.get("rule", [])
    if set(record) - {"rule"} or not isinstance(tables, list):
        raise InputError(f"cannot use the rules in {path}: it may hold [[rule]] tables alone")
    found = []
    for number, table in enumerate(tables, start=1):
        try:
            found.append(_rule(table))
        except InputError as error:
            raise InputError(f"cannot use rule {number} in {path}: {error}") from error
    return found


def _rule(table: Any) -> Rule:
    if not isinstance(table, dict):
        raise InputError("write each rule as a [[rule]] table")
    unknown = set(table) - {"kind", *_LISTS, *_TEXTS}
    if unknown:
        raise InputError(f"unknown key {min(unknown)!r}")
    if table.get("kind") not in KINDS:
        raise InputError(f"unknown kind {table.get('kind')!r}: use {', '.join(KINDS)}")
    for name in _TEXTS:
        if not isinstance(table.get(name, ""), str):
            raise InputError(f"{name!r} is no text")
    for name in _LISTS:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise InputError(f"{name!r} is no list of texts")
    return Rule(**(table | {name: tuple(table.get(name, ())) for name in _LISTS}))


def name_pairs(rules: Sequence[Rule], kind: Kind) -> tuple[tuple[str, str], ...]:
    """The two names of each rule of a kind, ``same`` or ``different``."""
    return tuple((rule.names[0], rule.names[1]) for rule in rules if rule.kind == kind)
