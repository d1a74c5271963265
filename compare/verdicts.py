"""What reviewers decided: a log that is only ever added to.

Each decision is one entry, written and committed before the next step is taken. Nothing is changed
or removed later: who changes their mind adds an entry, and so does an undo. By default the log is a
SQLite file in the project's folder; a team gives the URL of a PostgreSQL.

An entry names its finding by ``finding_id``, which stays when the text around it moves, and counts
for every comparison of the same story: one that shares a good part of a text's sentences.

What counts as later is told by the time of an entry, and only within a second by its place in the
log, so that entries taken over from another log do not go before newer ones.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

from compare.detect import normalise
from compare.errors import CompareError, InputError, SetupError, UsageError
from compare.files import MAX_BYTES, read_whole
from compare.records import SIDES, Comparison, Finding, Side
from compare.report.safe import escape_json, visible

if TYPE_CHECKING:
    import sqlalchemy as sa

Verdict = Literal["accepted", "dismissed", "unsure", "open"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""``open`` takes a decision back."""
DECIDED: tuple[Verdict, ...] = ("accepted", "dismissed", "unsure")
REASONS = ("same meaning", "house style", "alignment wrong", "check wrong", "other")
"""Why a finding is dismissed."""
DISPUTED = "disputed"
"""Status of a finding that reviewers decided differently."""

T = TypeVar("T")

SAME_STORY = 0.3
"""Two comparisons are of one story if they share this part of the sentences of a text."""
_FILE_WAIT = 30
"""Seconds that a write waits for another one to the same SQLite file."""
_SERVER_WAIT = 10
"""Seconds to wait for a server that does not answer, unless the URL says otherwise."""
_TRIES = 3
"""Attempts where another process does the same at the same moment."""
_AT_ONCE = 500
"""Values in one question to the database: SQLite takes no more than some thousands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of one reviewer about one finding."""

    finding_id: str
    pair_id: str
    """The comparison in which it was made."""
    verdict: Verdict
    reviewer: str
    reason: str = ""
    """One of :data:`REASONS`, where it is dismissed."""
    side: str = ""
    """Which text the reviewer holds to be wrong, where they say so."""
    note: str = ""
    adjudicates: bool = False
    """Settles what reviewers decided differently."""
    batch: str = ""
    """The same for all that was decided in one step."""
    undoes: str = ""
    """The batch that this entry takes back."""
    at: str = ""
    """ISO 8601, UTC; given by the log."""
    entry_id: str = ""
    """Unique everywhere; given by the log."""
    check: str = ""
    severity: str = ""
    a_span: str = ""
    b_span: str = ""
    a_text: str = ""
    b_text: str = ""
    """What was decided about: the log can be read, and learnt from, without the run."""
    number: int = 0
    """Place in this log, from 1; given by the log."""

    @property
    def order(self) -> tuple[str, int]:
        """Entries are sorted by it, the earliest first."""
        return self.at, self.number


_FIELDS = tuple(f.name for f in dataclasses.fields(Entry))
_EVIDENCE = ("check", "severity", "a_span", "b_span", "a_text", "b_text")


def now() -> str:
    """The time as the log, the rules and the corrections write it."""
    return dt.datetime.now(dt.UTC).strftime(_TIME)


def entry(finding: Finding, verdict: Verdict, reviewer: str, **more: Any) -> Entry:
    """An entry about a finding, with the words that it is about."""
    shown: dict[str, Any] = {name: getattr(finding, name) or "" for name in _EVIDENCE}
    return Entry(finding.finding_id, finding.pair_id, verdict, reviewer, **(shown | more))


class VerdictLog:
    """The log in a database.

    Args:
        place: the path of a SQLite file, or a URL, e.g. ``postgresql://user@host/name``.

    Raises:
        UsageError: the URL names no kind of database that can be used here.
        SetupError: the database cannot be reached or used, or a package is missing.
    """

    def __init__(self, place: str | Path) -> None:
        try:
            import sqlalchemy as sa
            from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
        except ImportError as error:
            raise SetupError(
                "decisions are kept with SQLAlchemy: run pip install sqlalchemy"
            ) from error
        address = _address(place)
        self.name = str(place) if isinstance(place, Path) else address.render_as_string()
        file = address.get_backend_name() == "sqlite"
        wait = {"timeout": _FILE_WAIT} if file else {"connect_timeout": _SERVER_WAIT}
        if "connect_timeout" in address.query:
            wait = {}
        try:
            # A file is opened for each use: a connection that is kept is closed by nobody.
            pool = {"poolclass": sa.NullPool} if file and address.database else {}
            self._engine = sa.create_engine(
                address, connect_args=wait, pool_pre_ping=not file, **pool
            )
        except ImportError as error:
            raise SetupError(
                f"the database {self.name} needs a driver that is not installed ({error}): "
                "run pip install 'variant-compare[team]'"
            ) from error
        self._tables = _Tables(sa.MetaData())
        make = self._tables.verdicts.metadata.create_all
        # Where two begin at once, both find no tables, and the second to make them fails.
        there = (IntegrityError, ProgrammingError, *((OperationalError,) if file else ()))
        with self._doing("open"):
            _again_after(there, lambda: make(self._engine))

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _doing(self, what: str) -> Iterator[None]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise SetupError(
                f"cannot {what} the decisions in {self.name} ({reason}): check that it is there "
                "and may be written"
            ) from error

    def add(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Write entries, all of them or none; as they stand in the log then.

        Those that lack a time or a name get one; one whose name is in the log already is left out.
        Control characters, which a database may not hold, become visible ones.

        Raises:
            InputError: a finding or a comparison has a name that no database can hold.
            SetupError: they cannot be written; none of them is.
        """
        from sqlalchemy.exc import IntegrityError

        for one in entries:
            _check_name(one.finding_id)
            _check_name(one.pair_id)
        new: dict[str, Entry] = {}
        for one in map(_storable, entries):
            key = one.entry_id or secrets.token_hex(16)
            new.setdefault(key, replace(one, entry_id=key, number=0))
        with self._doing("write"):
            # Another one may be taking over the same entries at this moment.
            return _again_after((IntegrityError,), lambda: self._write(new))

    def _write(self, entries: Mapping[str, Entry]) -> tuple[Entry, ...]:
        """Write what the log does not have yet, by ``entry_id``."""
        import sqlalchemy as sa

        table = self._tables.verdicts
        with self._engine.begin() as connection:
            have: set[str] = set()
            for some in _parts(list(entries)):
                known = sa.select(table.c.entry_id).where(table.c.entry_id.in_(some))
                have |= set(connection.scalars(known))
            new = [one for key, one in entries.items() if key not in have]
            if not new:
                return ()
            at = self._now(connection, {one.reviewer for one in new if not one.at})
            new = [one if one.at else replace(one, at=at) for one in new]
            rows = [dataclasses.asdict(one) for one in new]
            for row in rows:
                del row["number"]
            insert = sa.insert(table).returning(table.c.number, sort_by_parameter_order=True)
            numbers = connection.scalars(insert, rows).all()
        return tuple(replace(one, number=n) for one, n in zip(new, numbers, strict=True))

    def _now(self, connection: sa.Connection, reviewers: Iterable[str]) -> str:
        """The time, and never before what these reviewers did last: a clock may be set back."""
        import sqlalchemy as sa

        table = self._tables.verdicts
        last = sa.select(sa.func.max(table.c.at)).where(table.c.reviewer.in_(sorted(reviewers)))
        return max(now(), connection.scalar(last) or "")

    def count(self, pairs: Sequence[str]) -> int:
        """How many entries were made in some comparisons."""
        import sqlalchemy as sa

        table = self._tables.verdicts
        found = 0
        with self._doing("read"), self._engine.connect() as connection:
            for some in _parts(list(pairs)):
                query = sa.select(sa.func.count()).where(table.c.pair_id.in_(some))
                found += connection.scalar(query) or 0
        return found

    def entries(self, pairs: Sequence[str] | None = None) -> tuple[Entry, ...]:
        """Entries made in some comparisons, or in all, the earliest first.

        Args:
            pairs: ``pair_id`` of the comparisons; None is all.
        """
        import sqlalchemy as sa

        table = self._tables.verdicts
        rows: list[Any] = []
        with self._doing("read"), self._engine.connect() as connection:
            for some in [None] if pairs is None else _parts(list(pairs)):
                query = sa.select(table)
                if some is not None:
                    query = query.where(table.c.pair_id.in_(some))
                rows += connection.execute(query)
        made = (Entry(**{name: getattr(row, name) for name in _FIELDS}) for row in rows)
        return tuple(sorted(made, key=lambda e: e.order))

    def take_over(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Add what another log holds; those that were not there yet.

        The stories are known from then on by the sentences that the entries quote.
        """
        written = self.add(entries)
        quoted: dict[str, dict[Side, set[str]]] = defaultdict(lambda: {"a": set(), "b": set()})
        for one in entries:
            for side, text in zip(SIDES, (one.a_text, one.b_text), strict=True):
                if text:
                    quoted[one.pair_id][side].add(_digest(text))
        for pair_id, digests in quoted.items():
            self._know(pair_id, digests)
        return written

    def register(self, comparison: Comparison) -> None:
        """Note which sentences a comparison has, so that later ones of the story are known."""
        self._know(_check_name(comparison.pair_id), _digests(comparison))

    def _know(self, pair_id: str, digests: Mapping[Side, set[str]]) -> None:
        import sqlalchemy as sa
        from sqlalchemy.exc import IntegrityError

        table = self._tables.sentences
        known = sa.select(table.c.side, table.c.digest).where(table.c.pair_id == pair_id)

        def add() -> None:
            with self._engine.begin() as connection:
                have = {(side, digest) for side, digest in connection.execute(known)}
                rows = [
                    {"pair_id": pair_id, "side": side, "digest": digest}
                    for side in SIDES
                    for digest in sorted(digests[side])
                    if (side, digest) not in have
                ]
                if rows:
                    connection.execute(sa.insert(table), rows)

        with self._doing("write"):
            _again_after((IntegrityError,), add)  # another one may note the same just now

    def related(self, comparison: Comparison) -> tuple[str, ...]:
        """``pair_id`` of this comparison, and of those of the same story, by name."""
        import sqlalchemy as sa

        table = self._tables.sentences
        _check_name(comparison.pair_id)
        shared: Counter[tuple[str, Side]] = Counter()
        total: dict[tuple[str, str], int] = {}
        mine = _digests(comparison)
        count = sa.func.count()
        with self._doing("read"), self._engine.connect() as connection:
            for side, digests in mine.items():
                for some in _parts(sorted(digests)):
                    where = (table.c.side == side) & table.c.digest.in_(some)
                    query = sa.select(table.c.pair_id, count).where(where).group_by(table.c.pair_id)
                    for pair, n in connection.execute(query):
                        shared[pair, side] += n
            for some in _parts(sorted({pair for pair, _ in shared})):
                query = (
                    sa.select(table.c.pair_id, table.c.side, count)
                    .where(table.c.pair_id.in_(some))
                    .group_by(table.c.pair_id, table.c.side)
                )
                total |= {(pair, side): n for pair, side, n in connection.execute(query)}
        story = {
            pair
            for (pair, side), n in shared.items()
            if n >= SAME_STORY * min(total[pair, side], len(mine[side]))
        }
        return tuple(sorted(story | {comparison.pair_id}))


class _Tables:
    def __init__(self, metadata: sa.MetaData) -> None:
        import sqlalchemy as sa

        columns: dict[str, sa.Column[Any]] = {
            name: sa.Column(name, sa.Text, nullable=False) for name in _FIELDS
        }
        columns |= {
            "number": sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
            "entry_id": sa.Column("entry_id", sa.Text, nullable=False, unique=True),
            "pair_id": sa.Column("pair_id", sa.Text, nullable=False, index=True),
            "adjudicates": sa.Column("adjudicates", sa.Boolean, nullable=False),
        }
        self.verdicts = sa.Table("verdicts", metadata, *columns.values(), sqlite_autoincrement=True)
        self.sentences = sa.Table(
            "sentences",
            metadata,
            sa.Column("pair_id", sa.Text, primary_key=True),
            sa.Column("side", sa.Text, primary_key=True),
            sa.Column("digest", sa.Text, primary_key=True, index=True),
        )


_TIME = "%Y-%m-%dT%H:%M:%SZ"


def _address(place: str | Path) -> sa.URL:
    """The URL of a database that can be used; no message shows the password in it."""
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError

    if isinstance(place, Path):
        return sa.URL.create("sqlite", database=str(place.resolve()))
    try:
        address = sa.make_url(place)
    except (ArgumentError, ValueError):
        raise UsageError(f"the URL of the database cannot be read: {_GIVE}") from None
    kind = address.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise UsageError(f"decisions cannot be kept in a database of the kind {kind!r}: {_GIVE}")
    return address.set(drivername="sqlite")


_GIVE = "give a URL such as sqlite:///verdicts.sqlite or postgresql://user@host/name"


def _again_after(errors: tuple[type[Exception], ...], act: Callable[[], T]) -> T:
    """What ``act`` returns, tried anew after these errors, a few times."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(*errors):
            return act()
    return act()


def _check_name(name: str) -> str:
    """A name that is looked up in the log: unlike a remark, it must be kept as it is."""
    if not name or visible(name) != name:
        raise InputError(
            f"{json.dumps(name)} cannot name a finding or a comparison in the log of decisions: "
            "it is empty or has control characters; compare the texts anew"
        )
    return name


def _storable(entry: Entry) -> Entry:
    texts = {n: visible(v) for n in _FIELDS if isinstance(v := getattr(entry, n), str)}
    return replace(entry, **texts)  # type: ignore[arg-type]


def _digests(comparison: Comparison) -> dict[Side, set[str]]:
    return {side: {_digest(s.text) for s in comparison.document(side)} for side in SIDES}


def _digest(sentence: str) -> str:
    text = normalise(visible(sentence))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


# --- what the entries come to -----------------------------------------------------------------


def latest(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    """What each reviewer says last of each finding, by ``finding_id`` and reviewer.

    An adjudication is not among them, nor what was taken back.
    """
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for one in entries:
        if not one.adjudicates:
            found[one.finding_id][one.reviewer] = one
    return {
        finding: held
        for finding, said in found.items()
        if (held := {name: e for name, e in said.items() if e.verdict != "open"})
    }


def rulings(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The adjudication that holds for each finding, by ``finding_id``: the last not taken back."""
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for one in entries:
        if one.adjudicates:
            found[one.finding_id].pop(one.reviewer, None)  # so that the latest comes last
            found[one.finding_id][one.reviewer] = one
    return {
        finding: held[-1]
        for finding, by in found.items()
        if (held := [e for e in by.values() if e.verdict != "open"])
    }


class State(NamedTuple):
    """What became of a finding, all reviewers together."""

    status: str
    """A verdict, or :data:`DISPUTED`."""
    entries: tuple[Entry, ...]
    """What makes it so: the adjudication, or what each reviewer says last."""

    @property
    def at(self) -> str:
        """When it came to be so."""
        return max(entry.at for entry in self.entries)

    def field(self, name: str) -> str:
        """What the entries say under a name, each different value once."""
        return "; ".join(dict.fromkeys(v for e in self.entries if (v := getattr(e, name))))


def settle(entries: Iterable[Entry]) -> dict[str, State]:
    """The state of every finding that has one, by ``finding_id``.

    Reviewers who agree settle it; where they do not, it is disputed until one adjudicates.
    """
    entries = tuple(entries)
    states = {}
    for finding, said in latest(entries).items():
        verdicts = {e.verdict for e in said.values()}
        status = verdicts.pop() if len(verdicts) == 1 else DISPUTED
        states[finding] = State(status, tuple(said.values()))
    for finding, ruling in rulings(entries).items():
        states[finding] = State(ruling.verdict, (ruling,))
    return states


def notes(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """The last note of each reviewer, by ``finding_id`` and reviewer; on undecided findings too."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in entries:
        found[one.finding_id][one.reviewer] = one.note
    return found


class Agreement(NamedTuple):
    """How far two reviewers agree about the findings that both decided."""

    reviewers: tuple[str, str]
    both: int
    same: int
    kappa: float | None
    """Cohen's kappa; None where chance alone would make them agree always, or nothing is shared."""


def agreement(entries: Iterable[Entry]) -> tuple[Agreement, ...]:
    """Cohen's kappa (1960) of every two reviewers.

    >>> said = [Entry(f, "p", v, r) for r, vs in (("x", "adad"), ("y", "adaa"))
    ...         for f, v in zip("1234", ({"a": "accepted", "d": "dismissed"}[c] for c in vs))]
    >>> agreement(said)
    (Agreement(reviewers=('x', 'y'), both=4, same=3, kappa=0.5),)
    """
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for finding, by in latest(entries).items():
        for reviewer, one in by.items():
            said[reviewer][finding] = one.verdict
    names = sorted(said)
    found = []
    for i, x in enumerate(names):
        for y in names[i + 1 :]:
            both = sorted(said[x].keys() & said[y].keys())
            n = len(both)
            same = sum(said[x][f] == said[y][f] for f in both)
            counts = [Counter(said[name][f] for f in both) for name in (x, y)]
            chance = sum(counts[0][v] * counts[1][v] for v in DECIDED)
            kappa = (same * n - chance) / (n * n - chance) if n * n > chance else None
            found.append(Agreement((x, y), n, same, kappa))
    return tuple(found)


class Precision(NamedTuple):
    """How often the findings of a check were accepted."""

    accepted: int
    dismissed: int
    unsure: int
    disputed: int

    @property
    def share(self) -> float | None:
        """Accepted of all that were accepted or dismissed; None where none was."""
        decided = self.accepted + self.dismissed
        return self.accepted / decided if decided else None


def precision(entries: Iterable[Entry]) -> dict[str, Precision]:
    """Precision of each check by what was decided, over all reviewers; by check.

    A dismissal because the alignment was wrong does not count against the check.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for state in settle(entries).values():
        if state.status == "dismissed" and state.field("reason") == "alignment wrong":
            continue
        counts[state.entries[0].check][state.status] += 1
    return {
        check: Precision(*(counts[check][status] for status in (*DECIDED, DISPUTED)))
        for check in sorted(counts)
    }


# --- JSON Lines -------------------------------------------------------------------------------


def to_lines(entries: Iterable[Entry]) -> str:
    """``verdicts.jsonl``: one entry a line."""
    return "".join(
        escape_json(json.dumps(dataclasses.asdict(e), ensure_ascii=False)) + "\n" for e in entries
    )


def read_lines(path: Path, max_bytes: int = MAX_BYTES) -> tuple[Entry, ...]:
    """Entries of a file, at most of ``max_bytes``, that :func:`to_lines` made.

    Raises:
        InputError: it cannot be read or is no such file.
    """
    try:
        text = read_whole(Path(path), max_bytes).decode("utf-8-sig")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot read the decisions in {path} ({reason})") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_entry(json.loads(line)))
        except (ValueError, RecursionError, CompareError) as error:
            raise InputError(
                f"line {number} of {path} is no decision ({error}): give a verdicts.jsonl as "
                "`verdicts export` writes it"
            ) from error
    return tuple(found)


def _entry(record: Any) -> Entry:
    if not isinstance(record, Mapping) or not set(record) <= set(_FIELDS):
        raise InputError("not an object with the fields of a decision")
    kinds = {"adjudicates": bool, "number": int}
    for name, value in record.items():
        if type(value) is not kinds.get(name, str):
            raise InputError(f"{name!r} is {value!r}")
    for name in ("at", "entry_id", "finding_id", "pair_id", "reviewer", "verdict"):
        if not record.get(name):
            raise InputError(f"{name!r} is missing")
    for name, known in (("verdict", VERDICTS), ("reason", ("", *REASONS))):
        if (value := record.get(name, "")) not in known:
            raise InputError(f"the {name} {value!r} is none of {', '.join(filter(None, known))}")
    try:
        exact = dt.datetime.strptime(record["at"], _TIME).strftime(_TIME) == record["at"]
    except ValueError:
        exact = False
    if not exact:
        raise InputError(f"the time {record['at']!r} is not written as 2024-05-14T09:30:00Z")
    return Entry(**record)
