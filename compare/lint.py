"""Pairs of files checked as a compiler checks sources: a line for each finding, where it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import InputError, UsageError
from compare.records import SEVERITIES, SIDES, Article, Comparison, Finding, Severity, Side
from compare.report.safe import clean_terminal
from compare.settings import Pair

if TYPE_CHECKING:
    from compare.checks.base import Check
    from compare.config import Config
    from compare.embed import Encoder
    from compare.project import Project

_LEVELS: Mapping[Severity, str] = {
    "critical": "error",
    "major": "error",
    "minor": "warning",
    "neutral": "notice",
}
"""What GitHub calls them."""


class Location(NamedTuple):
    """A place in a file; line and column from 1, in characters."""

    path: str
    line: int | None = None
    """None where the text was extracted, so that the file has no such line."""
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None)


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and where it stands in both files."""

    finding: Finding
    places: Mapping[Side, Location]
    """One side is absent where the finding has nothing there."""

    @property
    def place(self) -> Location:
        """The place to look at first: that of the likely error."""
        side: Side = "b" if self.finding.likely_side == "b" else "a"
        return self.places.get(side) or next(iter(self.places.values()))

    @property
    def message(self) -> str:
        """What differs, and where on both sides."""
        where = "; ".join(f"{side.upper()} {place}" for side, place in self.places.items())
        return clean_terminal(f"{self.finding.message} [{where}]")


# --- which files ------------------------------------------------------------------------------


def chosen(names: Sequence[str], configured: Sequence[Pair], by_file: bool) -> list[Pair]:
    """The pairs to check.

    Args:
        names: files: A and B, or none; with ``by_file`` any number of files.
        configured: the pairs of the configuration file.
        by_file: those of the configured pairs that hold one of the files; all where none is named.

    Raises:
        UsageError: it is not clear which.
    """
    if names and not by_file:
        if len(names) != 2:
            raise UsageError(
                "name two files, A and B, or none for all pairs of the configuration file; "
                "with --pairs any number, for those pairs that hold one of them"
            )
        if names[0] == names[1] == "-":
            raise UsageError(
                "both texts are to come from standard input; give a file for one of them"
            )
        same = (p for p in configured if (_real(p.a), _real(p.b)) == (*map(_real, names),))
        dated = next(same, Pair("", ""))
        return [replace(dated, a=names[0], b=names[1])]
    if not configured:
        raise UsageError(
            "there is nothing to check: name two files, or list pairs in the configuration file as "
            "[[pairs]] tables with a and b"
        )
    wanted = {_real(name) for name in names}
    return [p for p in configured if not wanted or wanted & {_real(p.a), _real(p.b)}]


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(path)) if path != "-" else path


# --- comparing --------------------------------------------------------------------------------


def compare_pairs(
    pairs: Iterable[Pair],
    config: Config,
    project: Project,
    registry: Mapping[str, Check],
    failed: Callable[[str], object],
) -> Iterator[tuple[Pair, Comparison]]:
    """Compare each pair, with what was decided in the project; the models are loaded once.

    Args:
        pairs: the files.
        config: settings for all of them.
        project: whose decisions, rules and corrections count.
        registry: the checks.
        failed: called with the reason for a pair that cannot be compared; it is passed over.
    """
    from compare.embed import make_encoder

    config = project.configured(config)
    encoder = make_encoder(config)
    for pair in pairs:
        try:
            yield pair, _compared(pair, config, project, registry, encoder)
        except InputError as error:
            failed(f"{pair.a} and {pair.b}: {error}")


def _compared(
    pair: Pair,
    config: Config,
    project: Project,
    registry: Mapping[str, Check],
    encoder: Encoder,
) -> Comparison:
    from compare.pipeline import compare_articles
    from compare.read import read_article

    a, b = (
        read_article(
            path,
            date=date,
            sentences=config.sentences,
            max_chars=config.max_chars,
            max_bytes=config.max_bytes,
        )
        for path, date in ((pair.a, pair.a_date), (pair.b, pair.b_date))
    )
    links = project.links_for(a, b, config)
    return project.reviewed(compare_articles(a, b, config, encoder, registry, links=links))


def facts(comparison: Comparison) -> Iterator[Finding]:
    """What a check may stop at: the fact findings that nobody dismissed, the worst first."""
    from compare.report import worst_first

    for finding in worst_first(comparison.findings):
        if finding.ledger == "fact" and finding.status != "dismissed":
            yield finding


def as_bad_as(severity: Severity, level: str) -> bool:
    """Whether a finding counts at a level; at ``never`` each is told.

    >>> as_bad_as("critical", "major"), as_bad_as("minor", "major"), as_bad_as("minor", "never")
    (True, False, True)
    """
    order = (*SEVERITIES, "never")
    return order.index(severity) <= order.index(level)


# --- where it stands --------------------------------------------------------------------------


def located(comparison: Comparison, pair: Pair, findings: Iterable[Finding]) -> list[Located]:
    """The findings with their places in the two files."""
    paths: Mapping[Side, str] = {"a": pair.a, "b": pair.b}
    lines = {side: _is_as_read(comparison.document(side).article, paths[side]) for side in SIDES}
    groups = {group.group_id: group for group in comparison.groups}
    found = []
    for finding in findings:
        places: dict[Side, Location] = {}
        group = groups.get(finding.group_id)
        for side in SIDES:
            span = finding.span(side)
            beside = group.side(side) if group else ()
            start = span.start if span else beside[0].start if beside else None
            if start is not None:
                text = comparison.document(side).article.text if lines[side] else None
                places[side] = location(_shown(paths[side]), text, start)
        found.append(Located(finding, places or {"a": Location(_shown(pair.a))}))
    return found


def _shown(path: str) -> str:
    return "<stdin>" if path == "-" else path


def location(path: str, text: str | None, offset: int) -> Location:
    r"""Line and column of an offset.

    >>> str(location("a.txt", "It rained.\nIt snowed.", 14))
    'a.txt:2:4'
    """
    if text is None:
        return Location(path)
    return Location(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _is_as_read(article: Article, path: str) -> bool:
    """Whether the article is the file's own text, so that its lines are the file's lines."""
    if path == "-":
        return True
    try:
        text = Path(path).read_bytes().decode(article.encoding)
    except (OSError, ValueError, LookupError):
        return False
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") == article.text


# --- lines ------------------------------------------------------------------------------------


def text_line(item: Located) -> str:
    """One line as compilers write it: ``FILE:LINE:COLUMN: severity check: message``."""
    finding = item.finding
    line = clean_terminal(f"{item.place}: {finding.severity} {finding.check}: {item.message}")
    # GitHub's runner obeys this mark anywhere in a line of a log, also inside an article's words.
    return line.replace("##[", "## [")


def github_line(item: Located) -> str:
    """One line that GitHub Actions shows as an annotation at the place."""
    finding, place = item.finding, item.place
    properties = {
        "file": _in_workspace(place.path),
        "line": place.line,
        "col": place.column,
        "title": f"{finding.severity} {finding.check}",
    }
    told = ",".join(f"{k}={_property(str(v))}" for k, v in properties.items() if v is not None)
    return f"::{_LEVELS[finding.severity]} {told}::{_data(item.message)}"


def _in_workspace(path: str) -> str:
    """The path as GitHub has it, from the folder of the checkout."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    real = Path(path).absolute()
    if workspace and real.is_relative_to(workspace):
        return real.relative_to(workspace).as_posix()
    return Path(path).as_posix()


def _data(text: str) -> str:
    """Text after the second ``::`` of a command.

    >>> _data("100 %\\n")
    '100 %25%0A'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property of a command.

    >>> _property("a,b: c")
    'a%2Cb%3A c'
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")
