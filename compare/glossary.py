"""The user's own glossary: which rendering of a concept must stand, and which must not.

A file is CSV with the header ``term,required,forbidden,case,note``, or TBX (``docs/files.md``). All
entries are compiled into one tree of words, so that a text is read once however many there are.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from compare.errors import InputError
from compare.files import MAX_BYTES, read_whole
from compare.records import GlossaryInfo, Span

Role = Literal["term", "required", "forbidden"]
ROLES: tuple[Role, ...] = get_args(Role)
COLUMNS = (*ROLES, "case", "note")
_CASE = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
_PIECE = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans("‘’ʼ‐‑–", "'''---")


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept: its renderings, each a word or a phrase."""

    term: tuple[str, ...] = ()
    """Renderings that give way to a required one."""
    required: tuple[str, ...] = ()
    """Renderings of which one must stand."""
    forbidden: tuple[str, ...] = ()
    """Renderings that must not stand."""
    case: bool = False
    """Only as written: case counts, and inflected forms are other words."""
    note: str = ""
    line: int = 0
    """Of its file, from 1."""
    source: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{Path(self.source).name}, line {self.line}" if self.source else "the glossary"

    def renderings(self) -> Iterator[tuple[Role, str]]:
        """Each rendering with its role."""
        for role in ROLES:
            for words in getattr(self, role):
                yield role, words


class Piece(NamedTuple):
    """A word or a punctuation mark of a text."""

    span: Span
    text: str
    lemma: str = ""
    """Lower case; empty where unknown."""


class Hit(NamedTuple):
    """A rendering found in a text."""

    entry: Entry
    role: Role
    span: Span


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Entry, Role, tuple[str, ...]]] = field(default_factory=list)


class Glossary:
    """Entries, ready to search a text in one pass.

    Raises:
        InputError: a rendering is both required (or the one that gives way) and forbidden.
    """

    def __init__(self, entries: Iterable[Entry] = (), info: tuple[GlossaryInfo, ...] = ()) -> None:
        self.entries = tuple(entries)
        self.info = info
        self._root = _Node()
        for entry in self.entries:
            for role, rendering in entry.renderings():
                words = tuple(_pieces_of(rendering))
                node = self._root
                for word in words:
                    node = node.after.setdefault(word.casefold(), _Node())
                _contradicts(entry, role, rendering, words, node.ends)
                node.ends.append((entry, role, words))

    def __bool__(self) -> bool:
        return bool(self.entries)

    def search(self, pieces: Sequence[Piece]) -> list[Hit]:
        """The renderings in a text, left to right; the longest where several begin at one word.

        >>> glossary = Glossary([Entry(term=("envoy",), required=("special envoy",))])
        >>> text = "The special envoy met two envoys."
        >>> [(h.role, text[slice(*h.span)]) for h in glossary.search(pieces(text, {14: "envoy"}))]
        [('required', 'special envoy')]
        >>> [h.role for h in glossary.search(pieces(text, {26: "envoy"}))]
        ['required', 'term']
        """
        hits: list[Hit] = []
        start = 0
        while start < len(pieces):
            best: list[Hit] = []
            after = start + 1
            reached = [self._root]
            for end in range(start, len(pieces)):
                piece = pieces[end]
                forms = {piece.text.translate(_ALIKE).casefold(), piece.lemma} - {""}
                reached = [n.after[f] for n in reached for f in sorted(forms) if f in n.after]
                if not reached:
                    break
                span = Span(pieces[start].span.start, piece.span.end)
                written = tuple(p.text.translate(_ALIKE) for p in pieces[start : end + 1])
                found = [
                    Hit(entry, role, span)
                    for node in reached
                    for entry, role, words in node.ends
                    if not entry.case or words == written
                ]
                if found:
                    best, after = found, end + 1
            hits += best
            start = after
        return hits


def pieces(text: str, lemmas: Mapping[int, str], offset: int = 0) -> list[Piece]:
    """The words and marks of a text.

    Args:
        text: one sentence.
        lemmas: of words, by the place where they begin in it.
        offset: where it begins in its document; spans count from there.
    """
    return [
        Piece(
            Span(offset + m.start(), offset + m.end()), m.group(), lemmas.get(m.start(), "").lower()
        )
        for m in _PIECE.finditer(text)
    ]


def _pieces_of(rendering: str) -> list[str]:
    return _PIECE.findall(rendering.translate(_ALIKE))


def _contradicts(
    entry: Entry,
    role: Role,
    rendering: str,
    words: tuple[str, ...],
    known: Sequence[tuple[Entry, Role, tuple[str, ...]]],
) -> None:
    """Refuse a rendering that one entry forbids and another one knows."""
    for other, its_role, its_words in known:
        alike = words == its_words or not entry.case
        if (
            (role == "forbidden") != (its_role == "forbidden")
            and entry.case == other.case
            and alike
        ):
            raise InputError(
                f"“{rendering}” is forbidden in one place of the glossary and a rendering in "
                f"another ({other.place}; {entry.place}): take it out of one of them"
            )


# --- files ------------------------------------------------------------------------------------


def load(paths: Iterable[Path | str], max_bytes: int = MAX_BYTES) -> Glossary:
    """Read glossary files, none larger than ``max_bytes``; entries of all of them hold together.

    Raises:
        InputError: one cannot be read, or is not as described in ``docs/files.md``.
    """
    entries: list[Entry] = []
    info: list[GlossaryInfo] = []
    for path in paths:
        try:
            data = read_whole(Path(path), max_bytes)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(
                f"cannot read the glossary {path} ({reason}): name a file that is there, or leave "
                "it out"
            ) from error
        read = _read(data, str(path))
        entries += read
        info.append(GlossaryInfo(str(path), hashlib.sha256(data).hexdigest(), len(read)))
    return Glossary(entries, tuple(info))


def _read(data: bytes, path: str) -> list[Entry]:
    """The entries of a file, whichever of the two forms it has."""
    from compare import tbx

    if tbx.is_tbx(path, data):
        return tbx.entries(data, path)
    try:
        return list(_entries(data.decode("utf-8-sig"), path))
    except UnicodeDecodeError as error:
        raise InputError(
            f"cannot read the glossary {path}: it is not UTF-8 ({error.reason} at byte "
            f"{error.start}); save it as “CSV UTF-8”"
        ) from error


def _entries(text: str, path: str) -> Iterator[Entry]:
    """The entries of a file's text."""
    lines = text.splitlines(keepends=True)
    head = lines[0] if lines else ""
    # Spreadsheets write semicolons where the comma is the decimal mark.
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        _check_header(columns, path)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _entry(row, columns, rows.line_num, path)
    except csv.Error as error:
        raise InputError(
            f"cannot use the glossary {path}: line {rows.line_num} is no CSV ({error}); look for "
            "a quotation mark that is not closed"
        ) from error


def _check_header(columns: Sequence[str], path: str) -> None:
    wrong = [name for name in columns if name not in COLUMNS]
    if wrong or len(set(columns)) < len(columns) or not {"required", "forbidden"} & {*columns}:
        said = f"has a column {wrong[0]!r}" if wrong else f"has the columns {', '.join(columns)!r}"
        raise InputError(
            f"cannot use the glossary {path}: line 1 {said}; write the header "
            f"{','.join(COLUMNS)!r}, of which columns that stay empty may be left out"
        )


def _entry(row: Sequence[str], columns: Sequence[str], line: int, path: str) -> Entry:
    def fail(what: str) -> InputError:
        return InputError(f"cannot use the glossary {path}: line {line} {what}")

    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        raise fail(
            f"has {len(row)} cells and the header {len(columns)}; put a cell with a comma in "
            "quotation marks, and part renderings with |"
        )
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
    case = cells.get("case", "").lower()
    if case not in _CASE:
        raise fail(f"has {case!r} under case; write yes or no")
    found = {
        role: tuple(" ".join(w.split()) for w in cells.get(role, "").split("|") if w.strip())
        for role in ROLES
    }
    if not found["required"] and not found["forbidden"]:
        raise fail("neither requires nor forbids anything; fill in required or forbidden")
    bare = next((w for words in found.values() for w in words if not re.search(r"\w", w)), None)
    if bare is not None:
        raise fail(f"has {bare!r} as a rendering; write a word or a phrase")
    seen: dict[str, str] = {}
    for column, words in ((role, words) for role in ROLES for words in found[role]):
        before = seen.setdefault(words if _CASE[case] else words.casefold(), column)
        if before != column:
            raise fail(f"has “{words}” under {before} and under {column}; take it out of one")
    return Entry(**found, case=_CASE[case], note=cells.get("note", ""), line=line, source=path)
