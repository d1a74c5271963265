"""The folder that holds runs, and beside them what their reviewers decided.

``verdicts.sqlite`` is the log of decisions, ``rules.toml`` the rules, ``links/`` the corrections of
alignments, one file for each pair of texts. ``VARIANT_COMPARE_DATABASE`` puts the log elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare import links, rules
from compare.errors import InputError, SetupError
from compare.files import one_writer
from compare.records import Article, Comparison, Finding
from compare.verdicts import Entry, State, VerdictLog, notes, settle

if TYPE_CHECKING:
    from compare.config import Config

DATABASE = "VARIANT_COMPARE_DATABASE"
"""Environment variable with the URL of the log, for a team."""
FOLDER = "VARIANT_COMPARE_PROJECT"
"""Environment variable with the folder that the page works in."""
SEVERAL = "variants.csv"
"""The file by which the folder of a comparison of several texts is known."""
BY_RULE = "rule"
"""The reason of a finding that a rule dismissed."""


def check_folder(folder: Path) -> None:
    """Refuse a folder that runs and decisions cannot be written into, before any work is done.

    Raises:
        SetupError: it is a file, or may not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SetupError(
            f"cannot write into the folder {folder} ({error.strerror or error}): name another "
            "one with --project"
        ) from error


class Run(NamedTuple):
    """A run in the folder."""

    name: str
    """Of its folder."""
    written: float
    """When, in seconds since 1970."""


class Project:
    """What a folder of runs holds.

    Args:
        folder: where runs are written; it need not exist yet.
        url: of the log; by default what the environment names, else a file in the folder.
    """

    def __init__(self, folder: Path | str, url: str | None = None) -> None:
        self.folder = Path(folder)
        self._url = url or os.environ.get(DATABASE) or ""

    @property
    def rules_path(self) -> Path:
        return self.folder / "rules.toml"

    @property
    def _file(self) -> Path:
        return self.folder / "verdicts.sqlite"

    @property
    def has_log(self) -> bool:
        """Whether there is a log already; reading one must not make it."""
        return bool(self._url) or self._file.exists()

    @cached_property
    def log(self) -> VerdictLog:
        """The log, made where there is none.

        Raises:
            SetupError: it cannot be reached.
        """
        if self._url:
            return VerdictLog(self._url)
        with contextlib.suppress(OSError):  # SQLite says what is wrong, and where
            self.folder.mkdir(parents=True, exist_ok=True)
        return VerdictLog(self._file)

    def rules(self) -> tuple[rules.Rule, ...]:
        """The rules of the project; read anew, since people edit the file."""
        return rules.load(self.rules_path)

    def runs(self) -> list[Run]:
        """The runs in the folder, the latest first."""
        found = []
        with contextlib.suppress(OSError):  # a folder that is not there, or not ours, has no runs
            for path in self.folder.iterdir():
                if path.name.startswith("."):  # a run that is just being written
                    continue
                with contextlib.suppress(OSError):  # and one may be deleted meanwhile
                    written = (path / "comparison.json").stat().st_mtime
                    found.append(Run(path.name, written))
        return sorted(found, key=lambda run: (-run.written, run.name))

    def run_folder(self, name: str) -> Path:
        """The folder of a run by its name, also of one in a comparison of several texts.

        Raises:
            InputError: there is none.
        """
        several = name.rpartition("/")[0]
        inside = several in {held.name for held in self.several()} and name in {
            run for _, _, run in self.pairs(several)
        }
        if not inside and name not in {run.name for run in self.runs()}:
            raise InputError(f"there is no run {name!r} in {self.folder}: choose another one")
        return self.folder / name

    def several(self) -> list[Run]:
        """The comparisons of several texts in the folder, the latest first.

        The folder itself is one, by the name ``.``, where it is what ``variants`` wrote.
        """
        found = []
        with contextlib.suppress(OSError):
            for path in (self.folder, *self.folder.iterdir()):
                name = "." if path == self.folder else path.name
                if name != "." and name.startswith("."):
                    continue
                with contextlib.suppress(OSError):
                    written = (path / SEVERAL).stat().st_mtime
                    if self.pairs(name):
                        found.append(Run(name, written))
        return sorted(found, key=lambda run: (-run.written, run.name))

    def pairs(self, several: str) -> list[tuple[int, int, str]]:
        """The runs of a comparison of several texts: pivot and other text, from 0, and the name.

        Args:
            several: a name of :meth:`several`.
        """
        found = []
        with contextlib.suppress(OSError):
            for path in (self.folder / several).iterdir():
                numbers = re.fullmatch(r"([1-9][0-9]{0,3})-vs-([1-9][0-9]{0,3})", path.name)
                if numbers and (path / "comparison.json").is_file():
                    name = path.name if several == "." else f"{several}/{path.name}"
                    found.append((int(numbers[1]) - 1, int(numbers[2]) - 1, name))
        return sorted(found)

    def links_path(self, pair_id: str) -> Path:
        """The file of corrections that were made in a comparison."""
        # The name of a comparison may come from a file that somebody else made.
        plain = re.fullmatch(r"[A-Za-z0-9_-]{1,64}", pair_id)
        digest = hashlib.sha256(pair_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / "links" / f"{pair_id if plain else digest}.json"

    def corrections(self, related: Sequence[str]) -> tuple[links.Correction, ...]:
        """The corrections made in some comparisons, the earliest first."""
        paths = (self.links_path(pair) for pair in related)
        found = [c for path in paths if path.exists() for c in links.load(path).corrections]
        return tuple(sorted(found, key=lambda c: c.reviewed_at))

    def correct(self, pair_id: str, correction: links.Correction) -> None:
        """Add a correction to those of a comparison.

        Raises:
            InputError: the file of those that are there cannot be understood.
            SetupError: it cannot be written; it is as it was.
        """
        path = self.links_path(pair_id)
        try:
            with one_writer(path):
                held = links.load(path).corrections if path.exists() else ()
                links.save(path, (*held, correction))
        except OSError as error:
            raise SetupError(
                f"cannot write the corrections into {path} ({error.strerror or error}): check "
                "that the folder may be written"
            ) from error

    def links_for(self, a: Article, b: Article, config: Config) -> links.Links | None:
        """The corrections made for the story of two articles; None where there are none."""
        if not (self.folder / "links").is_dir():
            return None
        from compare.pipeline import pair_name
        from compare.segment import segment

        pair_id = config.pair_id or pair_name(a, b)
        related: Sequence[str] = (pair_id,)
        if self.has_log:
            x, y = (segment(article, config.max_sentence) for article in (a, b))
            bare = Comparison(pair_id, x, y, (), (), config)
            related = self.log.related(bare)
        found = self.corrections(related)
        if not found:
            return None
        digest = hashlib.sha256(links.to_json(found).encode()).hexdigest()
        return links.Links(found, str(self.folder / "links"), digest)

    def configured(self, config: Config) -> Config:
        """The settings with the project's rules about names added."""
        held = self.rules()
        return replace(
            config,
            same_entities=_with(config.same_entities, rules.name_pairs(held, "same")),
            different_entities=_with(
                config.different_entities, rules.name_pairs(held, "different")
            ),
        )

    def related(self, comparison: Comparison) -> tuple[str, ...]:
        """``pair_id`` of this comparison, and of those of the same story, by name."""
        return self.log.related(comparison) if self.has_log else (comparison.pair_id,)

    def entries(self, comparison: Comparison) -> tuple[Entry, ...]:
        """What was decided of the story of a comparison, the earliest first."""
        return self._entries(self.related(comparison))

    def _entries(self, related: Sequence[str]) -> tuple[Entry, ...]:
        return self.log.entries(related) if self.has_log else ()

    def reviewed(self, comparison: Comparison) -> Comparison:
        """The comparison with what was decided of its findings, by reviewers and by rules."""
        related = self.related(comparison)
        hidden = rules.hiding(self.rules(), comparison.findings, related)
        return with_status(comparison, self._entries(related), hidden)


def _with(
    given: Iterable[tuple[str, str]], held: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*given, *held)))


def with_status(
    comparison: Comparison,
    entries: Sequence[Entry],
    hidden: Mapping[str, rules.Rule],
) -> Comparison:
    """The comparison with the status of each finding; a decision counts more than a rule.

    Args:
        comparison: the comparison.
        entries: the decisions of its story.
        hidden: the rule that dismisses a finding, as :func:`compare.rules.hiding` tells.
    """
    states, said = settle(entries), notes(entries)
    findings = tuple(
        _with_status(f, states.get(f.finding_id), said.get(f.finding_id, {}), hidden)
        for f in comparison.findings
    )
    return replace(comparison, findings=findings)


def _with_status(
    finding: Finding,
    state: State | None,
    said: Mapping[str, str],
    hidden: Mapping[str, rules.Rule],
) -> Finding:
    note = "; ".join(dict.fromkeys(filter(None, said.values())))
    if state is not None:
        return replace(
            finding,
            status=state.status,
            reason=state.field("reason"),
            reviewer=state.field("reviewer"),
            reviewed_at=state.at,
            note=note,
        )
    rule = hidden.get(finding.finding_id)
    if rule is None:
        return replace(finding, status="open", reason="", reviewer="", reviewed_at="", note=note)
    return replace(
        finding,
        status="dismissed",
        reason=BY_RULE,
        reviewer=rule.reviewer,
        reviewed_at=rule.at,
        note="; ".join(filter(None, (str(rule), rule.note, note))),
    )
