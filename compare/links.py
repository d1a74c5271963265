"""Corrections of an alignment by its reader, kept in a file (``links.json``) for every later run.

A correction names sentences by their words, so that it holds when the text around them moves or
changes. Where two contradict each other, the later one in the file wins. What a correction names
is settled; the aligner decides the rest around it.

- ``link``: these sentences are one group, and no other sentence is in it.
- ``unlink``: none of these sentences of A is in a group with any of these of B.
- ``join``: the groups that hold these sentences become one.
- ``split``: each part is a group as by ``link``; the sentences of a part of one text stand alone.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from compare.align.constraints import Constraints, Ids
from compare.detect import normalise
from compare.errors import InputError, SetupError
from compare.files import MAX_BYTES, read_whole, write_whole
from compare.records import OTHER, SIDES, Document, Group, LinksInfo, Side
from compare.report.safe import escape_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

Action = Literal["link", "unlink", "join", "split"]
ACTIONS: tuple[Action, ...] = get_args(Action)

SCHEMA_VERSION = "1.0"
"""Of ``links.json``: the first number changes when a reader must change."""

_TOLD = 3
"""Corrections without effect that the notes of a run tell one by one."""
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class SentenceRef:
    """A sentence by its words; case, spacing and punctuation do not count."""

    text: str
    nth: int = 1
    """Which one, from 1, where a text says the same sentence more than once."""

    @property
    def key(self) -> tuple[str, int]:
        """What it is found by."""
        return _folded(self.text), self.nth


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences of both texts, or of one."""

    a: tuple[SentenceRef, ...] = ()
    b: tuple[SentenceRef, ...] = ()

    def side(self, side: Side) -> tuple[SentenceRef, ...]:
        return self.a if side == "a" else self.b


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    Raises:
        InputError: it lacks sentences, or names one twice.
    """

    action: Action
    parts: tuple[Part, ...]
    """Two or more for ``split``, one for the others."""
    note: str = ""
    reviewer: str = ""
    reviewed_at: str = ""

    def __post_init__(self) -> None:
        if self.action == "split":
            if len(self.parts) < 2 or not all(part.a or part.b for part in self.parts):
                raise InputError("split needs two parts or more, each with a sentence")
        else:
            (part,) = self.parts
            if self.action == "join" and len(part.a) + len(part.b) < 2:
                raise InputError("join needs two sentences or more")
            if self.action != "join" and not (part.a and part.b):
                raise InputError(f"{self.action} needs a sentence of A and one of B")
        for side in SIDES:
            keys = [ref.key for part in self.parts for ref in part.side(side)]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise InputError(f"names the sentence {_excerpt(twice[0])} of {side.upper()} twice")


@dataclass(frozen=True, slots=True)
class Links:
    """All corrections of a pair of texts, in order, and the file that they come from."""

    corrections: tuple[Correction, ...]
    source: str = ""
    sha256: str = ""
    """Hash of the file's bytes."""


def reference(document: Document, index: int) -> SentenceRef:
    """How a correction names a sentence of a text.

    Args:
        document: the text.
        index: of the sentence, from 0.
    """
    text = document.sentences[index].text
    before = sum(_folded(s.text) == _folded(text) for s in document.sentences[:index])
    return SentenceRef(text, before + 1)


def _folded(text: str) -> str:
    return normalise(unicodedata.normalize("NFKC", text)) or text.strip()


def _excerpt(text: str) -> str:
    return f"“{_cut(' '.join(text.split()))}”"


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"


# --- the file ---------------------------------------------------------------------------------


def load(path: Path | str, max_bytes: int = MAX_BYTES) -> Links:
    """Read a file of corrections, at most of ``max_bytes``.

    Raises:
        InputError: it cannot be read, or is not as described in ``docs/files.md``.
    """
    try:
        data = read_whole(Path(path), max_bytes)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot read the corrections in {path} ({reason}): give --links a "
            "file that is there, or leave it out"
        ) from error
    try:
        text = data.decode("utf-8-sig")
        record = json.loads(text, object_pairs_hook=_once)
        corrections = _corrections(record)
    except InputError as error:
        raise InputError(f"cannot use the corrections in {path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"cannot use the corrections in {path}: it is not JSON in UTF-8 ({error}); mend it, "
            "or begin a new file"
        ) from error
    return Links(corrections, str(path), hashlib.sha256(data).hexdigest())


def save(path: Path | str, corrections: Iterable[Correction]) -> None:
    """Write a file of corrections, over an older one: the whole of it, or nothing.

    Raises:
        SetupError: it cannot be written; an older file is as it was.
    """
    try:
        write_whole(Path(path), to_json(corrections).encode())
    except OSError as error:
        raise SetupError(
            f"cannot write the corrections into {path} ({error.strerror or error}): name a file "
            "in a folder that can be written"
        ) from error


def to_json(corrections: Iterable[Correction]) -> str:
    """The text of a file of corrections.

    >>> part = Part((SentenceRef("He left."),), (SentenceRef("He is gone.", 2),))
    >>> print(to_json([Correction("link", (part,), note="sure")]), end="")
    {
     "schema_version": "1.0",
     "corrections": [
      {
       "action": "link",
       "a": [
        "He left."
       ],
       "b": [
        {
         "text": "He is gone.",
         "nth": 2
        }
       ],
       "note": "sure"
      }
     ]
    }
    """
    record = {"schema_version": SCHEMA_VERSION, "corrections": [_record(c) for c in corrections]}
    return escape_json(json.dumps(record, ensure_ascii=False, indent=1)) + "\n"


def _record(correction: Correction) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {side: [_plain(ref) for ref in part.side(side)] for side in SIDES if part.side(side)}
        for part in correction.parts
    ]
    told = {name: getattr(correction, name) for name in _REMARKS}
    return {
        "action": correction.action,
        **({"parts": parts} if correction.action == "split" else parts[0]),
        **{name: value for name, value in told.items() if value},
    }


def _plain(ref: SentenceRef) -> str | dict[str, Any]:
    return ref.text if ref.nth == 1 else {"text": ref.text, "nth": ref.nth}


_REMARKS = ("note", "reviewer", "reviewed_at")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"the key {_shown(twice)} stands twice in one object")
    return record


def _corrections(record: Any) -> tuple[Correction, ...]:
    _check_keys(record, ("schema_version", "corrections"), "the file")
    version = record.get("schema_version")
    if version != SCHEMA_VERSION:
        raise InputError(
            f"its 'schema_version' is {_shown(version)}, and this program reads "
            f"{SCHEMA_VERSION!r}: use the program that wrote it, or write it anew"
        )
    found = []
    for number, entry in enumerate(_list(record.get("corrections"), "corrections"), start=1):
        try:
            found.append(_correction(entry))
        except InputError as error:
            raise InputError(f"correction {number}: {error}") from error
    return tuple(found)


def _correction(record: Any) -> Correction:
    _check_keys(record, ("action", "a", "b", "parts", *_REMARKS), "a correction")
    action = record.get("action")
    if action not in ACTIONS:
        raise InputError(f"unknown action {_shown(action)}: use {', '.join(ACTIONS)}")
    if action == "split":
        if "a" in record or "b" in record:
            raise InputError("split has its sentences in 'parts', not in 'a' and 'b'")
        entries = _list(record.get("parts"), "parts")
        for entry in entries:
            _check_keys(entry, SIDES, "a part")
        parts = tuple(map(_part, entries))
    else:
        if "parts" in record:
            raise InputError(f"{action} has its sentences in 'a' and 'b', not in 'parts'")
        parts = (_part(record),)
    remarks = {name: record.get(name, "") for name in _REMARKS}
    for name, value in remarks.items():
        if not isinstance(value, str):
            raise InputError(f"{name!r} is {_shown(value)}: write a text")
    return Correction(action, parts, **remarks)


def _part(record: Mapping[str, Any]) -> Part:
    a, b = (tuple(_ref(entry) for entry in _list(record.get(side, []), side)) for side in SIDES)
    return Part(a, b)


def _ref(entry: Any) -> SentenceRef:
    if isinstance(entry, str):
        entry = {"text": entry}
    _check_keys(entry, ("text", "nth"), "a sentence")
    text, nth = entry.get("text"), entry.get("nth", 1)
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"a sentence is {_shown(text)}: write its words")
    if type(nth) is not int or nth < 1:
        raise InputError(f"'nth' is {_shown(nth)}: write a whole number from 1")
    return SentenceRef(text, nth)


def _shown(value: object) -> str:
    """A value of the file for a message."""
    return _cut(json.dumps(value, ensure_ascii=False))


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{name!r} must be a list")
    return value


def _check_keys(record: Any, known: Sequence[str], what: str) -> None:
    from rapidfuzz import process

    if not isinstance(record, dict):
        raise InputError(f"{what} must be an object with the keys {', '.join(map(repr, known))}")
    for key in record:
        if key not in known:
            near = process.extractOne(key, known)
            raise InputError(f"unknown key {_shown(key)} in {what}: did you mean {near[0]!r}?")


# --- what the corrections say about two texts -------------------------------------------------

_Sentence = tuple[Side, int]
_Sentences = frozenset[_Sentence]
_Places = dict[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Join:
    """Sentences whose groups become one."""

    number: int
    """Of the correction, from 1."""
    sentences: _Sentences
    apart: frozenset[tuple[int, int]]
    """Pairs of sentences of A and B that a later correction keeps apart."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What corrections come to for two texts, by sentence numbers."""

    settled: Constraints
    joins: tuple[Join, ...]
    named: Mapping[int, tuple[_Sentences, ...]]
    """The sentences of each correction, by its number from 1, a set for each part."""
    gone: Mapping[int, str]
    """Why a correction has not its full effect, by its number."""

    def joined(self, groups: Iterable[Group]) -> Plan:
        """The plan with its joins carried out on the groups that the rest of it led to."""
        held = _held(groups)
        gone = dict(self.gone)
        made: set[_Sentences] = set()
        for join in self.joins:
            union = _together(held[s] for s in join.sentences)
            a, b = _ids(union)
            if not (a and b):
                gone[join.number] = "none of its sentences has a counterpart"
            elif not any(i in a and j in b for i, j in join.apart):
                made = {group for group in made if not group <= union} | {union}
                held.update(dict.fromkeys(union, union))
        joined = _together(made)
        kept = [ids for ids in self.settled.fixed if _members(ids).isdisjoint(joined)]
        fixed = (*kept, *sorted(map(_ids, made)))
        return Plan(Constraints(fixed, self.settled.forbidden), (), self.named, gone)

    def overruled(self, corrections: Sequence[Correction], groups: Iterable[Group]) -> list[int]:
        """Numbers of the corrections that a later one, and so the result, goes against."""
        held = _held(groups)
        return [
            number
            for number, correction in enumerate(corrections, start=1)
            if number not in self.gone and not _holds(correction, self.named[number], held)
        ]


def resolve(corrections: Sequence[Correction], a: Document, b: Document) -> Plan:
    """Find the sentences that corrections name; the later correction goes before the earlier."""
    places: dict[Side, _Places] = {"a": _places(a), "b": _places(b)}
    fixed: set[_Sentences] = set()
    taken: _Sentences = frozenset()
    forbidden: set[tuple[int, int]] = set()
    joins: list[Join] = []
    named: dict[int, tuple[_Sentences, ...]] = {}
    gone: dict[int, str] = {}
    for number in range(len(corrections), 0, -1):
        correction = corrections[number - 1]
        parts = []
        for part in correction.parts:
            missing = _missing(part, places)
            if missing is None:
                parts.append(
                    frozenset((s, places[s][ref.key]) for s in SIDES for ref in part.side(s))
                )
            else:
                gone[number] = missing
        named[number] = tuple(parts)
        for sentences in parts:
            left, right = _ids(sentences)
            pairs = {(i, j) for i in left for j in right}
            if correction.action == "unlink":
                forbidden |= {
                    (i, j) for i, j in pairs if not any({("a", i), ("b", j)} <= g for g in fixed)
                }
            elif not taken.isdisjoint(sentences):
                continue
            elif correction.action == "join":
                joins.append(Join(number, sentences, frozenset(forbidden)))
            elif pairs.isdisjoint(forbidden):
                fixed |= {sentences} if pairs else {frozenset({s}) for s in sentences}
                taken |= sentences
    settled = Constraints(tuple(sorted(map(_ids, fixed))), frozenset(forbidden))
    return Plan(settled, tuple(reversed(joins)), named, gone)


class Aligned(NamedTuple):
    """An alignment under corrections."""

    groups: tuple[Group, ...]
    info: LinksInfo
    notes: tuple[str, ...]
    """What the reader should know of corrections that cannot be followed."""
    apart: frozenset[tuple[int, int]]
    """Pairs of sentences of A and B that a correction keeps apart."""


def align_with(
    links: Links, a: Document, b: Document, a_vectors: Floats, b_vectors: Floats
) -> Aligned:
    """Align two texts as :func:`compare.align.align` does, and honour corrections."""
    from compare.align import align

    plan = resolve(links.corrections, a, b)
    notes: list[str] = []
    groups = align(a, b, a_vectors, b_vectors, settled=plan.settled, notes=notes)
    if plan.joins:
        plan, notes = plan.joined(groups), []
        groups = align(a, b, a_vectors, b_vectors, settled=plan.settled, notes=notes)
    info = LinksInfo(
        links.source,
        links.sha256,
        len(links.corrections),
        tuple(sorted(plan.gone)),
        tuple(plan.overruled(links.corrections, groups)),
    )
    notes += _notes(links, plan.gone)
    return Aligned(groups, info, tuple(notes), plan.settled.forbidden)


def _held(groups: Iterable[Group]) -> dict[_Sentence, _Sentences]:
    """The group of each sentence."""
    sets = (frozenset((side, s.index) for side in SIDES for s in g.side(side)) for g in groups)
    return {sentence: members for members in sets for sentence in members}


def _holds(
    correction: Correction, parts: Iterable[_Sentences], held: Mapping[_Sentence, _Sentences]
) -> bool:
    """Whether the groups are as a correction asks."""
    for part in parts:
        left, right = _ids(part)
        groups = {held[sentence] for sentence in part}
        if correction.action == "unlink":
            if any(("b", j) in held["a", i] for i in left for j in right):
                return False
        elif correction.action == "join":
            if len(groups) > 1:
                return False
        elif groups != ({part} if left and right else {frozenset({s}) for s in part}):
            return False
    return True


def _together(sets: Iterable[_Sentences]) -> _Sentences:
    return frozenset(sentence for members in sets for sentence in members)


def _notes(links: Links, gone: Mapping[int, str]) -> tuple[str, ...]:
    where = f" in {links.source}" if links.source else ""
    notes = [
        f"correction {number}{where} ({links.corrections[number - 1].action}) is kept but cannot "
        f"be followed: {gone[number]}"
        for number in sorted(gone)[:_TOLD]
    ]
    if len(gone) > _TOLD:
        notes.append(
            f"{len(gone) - _TOLD} more of the {len(links.corrections)} corrections{where} cannot "
            "be followed either; run.json has their numbers"
        )
    return tuple(notes)


def _places(document: Document) -> _Places:
    """The index of each sentence by the key of its reference."""
    count: defaultdict[str, int] = defaultdict(int)
    found = {}
    for sentence in document:
        folded = _folded(sentence.text)
        count[folded] += 1
        found[folded, count[folded]] = sentence.index
    return found


def _missing(part: Part, places: Mapping[Side, _Places]) -> str | None:
    """What to say where a sentence of a part is not in its text."""
    for side in SIDES:
        for ref in part.side(side):
            if ref.key not in places[side]:
                other = OTHER[side].upper()
                turned = f" ({other} has it: are the two texts the other way round?)"
                return f"{side.upper()} has no sentence {_excerpt(ref.text)} any more" + (
                    turned if ref.key in places[OTHER[side]] else ""
                )
    return None


def _ids(sentences: Iterable[_Sentence]) -> Ids:
    ordered = sorted(sentences)
    a, b = (tuple(i for s, i in ordered if s == side) for side in SIDES)
    return a, b


def _members(ids: Ids) -> _Sentences:
    return frozenset((side, i) for side, rows in zip(SIDES, ids, strict=True) for i in rows)
