"""The command ``variant-compare``: results go to standard output, the rest to standard error."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from compare.errors import CompareError, ExitCode, SetupError, UsageError
from compare.records import SEVERITIES

if TYPE_CHECKING:
    from compare.config import Config
    from compare.records import Article, Comparison

PROG = "variant-compare"
RUNS = Path("reports")
"""Where a run is written unless ``-o`` says otherwise: in a new folder here."""

_EPILOG = """\
exit codes:
  0    ran; nothing at or above --fail-on
  1    findings at or above --fail-on
  2    wrong usage or configuration
  3    an input that cannot be used: missing, empty, undecodable, binary, not the same story
  4    a model, package or folder that cannot be used
  130  interrupted
"""


def entry() -> None:
    """The console script."""
    raise SystemExit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    variant-compare ...
    0
    """
    parser = _parser()
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        code: int = args.run(args)
        return code
    except (Exception, KeyboardInterrupt) as error:
        return _failed(error)


def _failed(error: BaseException) -> int:
    """Say what went wrong; the exit code for it."""
    if _interrupts(error):
        _say("interrupted; nothing was left half-written")
        return int(ExitCode.INTERRUPTED)
    if isinstance(error, CompareError):
        _say(f"error: {error}")
        return int(error.exit_code)
    if os.environ.get("VARIANT_COMPARE_TRACEBACK"):
        raise error
    _say(
        f"internal error: {type(error).__name__}: {error}; this is a fault of the program. "
        "Please report it with the output of the same command under VARIANT_COMPARE_TRACEBACK=1"
    )
    return int(ExitCode.ENVIRONMENT)


def _interrupts(error: BaseException | None) -> bool:
    """Whether Ctrl-C is at the bottom of it: a package being imported may wrap it in another."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


def _say(message: str) -> None:
    from compare.report import clean_terminal

    print(f"{PROG}: {clean_terminal(message)}", file=sys.stderr, flush=True)


def _emit(write: Callable[[], object]) -> None:
    """Write to standard output; it is no fault if the reader goes away (``| head``)."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        # Nor must Python complain about it while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line; the usage is a --help away."""

    def error(self, message: str) -> NoReturn:
        self.exit(ExitCode.USAGE, f"{PROG}: error: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog=PROG,
        description="Compare two English articles that go back to one source.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROG} {_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands)
    _add_report(commands)
    _add_checks(commands)
    _add_app(commands)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("variant-compare")
    except PackageNotFoundError:
        return "(not installed)"


# --- run --------------------------------------------------------------------------------------


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from compare.config import Config

    defaults = Config()
    run = commands.add_parser(
        "run",
        help="compare two articles",
        description="Compare two articles: which sentences correspond, where facts drift apart.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.set_defaults(run=_run)
    run.add_argument(
        "a", metavar="A", help="a .txt, .md, .html or .docx file, or - for standard input"
    )
    run.add_argument("b", metavar="B", help="the other one")
    out = run.add_argument_group("output")
    out.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        help="write the run there; a new or empty folder (default: a new folder under reports/)",
    )
    out.add_argument(
        "--format",
        choices=("text", "json", "csv", "html"),
        default="text",
        help="what standard output gets (default: text, a summary). With json, csv or html, "
        "files are written only where -o says so",
    )
    out.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="never",
        help="exit with 1 if a fact finding of this severity or worse is found (default: never)",
    )
    out.add_argument(
        "--limit",
        type=_natural,
        default=10,
        metavar="N",
        help="findings in the summary (default: %(default)s)",
    )
    out.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")
    checks = run.add_argument_group("checks")
    checks.add_argument(
        "--select", metavar="CHECK,…", type=_ids, default=(), help="run only these checks"
    )
    checks.add_argument(
        "--ignore", metavar="CHECK,…", type=_ids, default=(), help="leave these checks out"
    )
    checks.add_argument(
        "--min-confidence",
        type=_share,
        default=defaults.min_confidence,
        metavar="0-1",
        help="leave findings below it out (default: %(default)s)",
    )
    checks.add_argument(
        "--source-language",
        metavar="CODE",
        help="language both texts were translated from, e.g. ko; narrows known confusions down",
    )
    texts = run.add_argument_group("the texts")
    for side in "ab":
        texts.add_argument(f"--{side}-label", metavar="NAME", help=f"what to call {side.upper()}")
        texts.add_argument(
            f"--{side}-date",
            metavar="YYYY-MM-DD",
            type=_day,
            help=f"the day {side.upper()} is dated",
        )
    texts.add_argument(
        "--sentences", action="store_true", help="the files hold one sentence per line"
    )
    texts.add_argument(
        "--max-chars",
        type=_positive,
        default=defaults.max_chars,
        metavar="N",
        help="longest text to compare, in characters (default: %(default)s)",
    )
    texts.add_argument(
        "--links",
        metavar="FILE",
        type=Path,
        help="corrections of the alignment, a JSON file: which sentences belong together or not",
    )
    texts.add_argument(
        "--force", action="store_true", help="go on if the two do not seem to tell one story"
    )
    model = run.add_argument_group("model")
    model.add_argument(
        "--encoder",
        choices=("auto", "onnx", "sentence-transformers"),
        default="auto",
        help="auto takes onnx unless --model names another model",
    )
    model.add_argument(
        "--model",
        metavar="NAME|PATH",
        help="another sentence-transformers model; a name that is not here yet is downloaded",
    )
    model.add_argument(
        "--meaning",
        action="store_true",
        help="also ask a small model of meaning for contradictions that no rule sees (experiment)",
    )
    model.add_argument("--no-cache", action="store_true", help="keep no sentence vectors on disk")


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0")
    return int(text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return value


def _positive(text: str) -> int:
    value = _natural(text)
    if not value:
        raise argparse.ArgumentTypeError("0 would leave nothing; give a larger number")
    return value


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in text.split(",") if part.strip())
    if not ids:
        raise argparse.ArgumentTypeError("no check is named; `checks list` shows them all")
    return ids


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2021-10-20") from None


def _config(args: argparse.Namespace) -> Config:
    from compare.config import Config

    return Config(
        a_label=args.a_label,
        b_label=args.b_label,
        a_date=args.a_date,
        b_date=args.b_date,
        source_language=args.source_language,
        encoder=args.encoder,
        model=args.model,
        select=args.select,
        ignore=args.ignore,
        min_confidence=args.min_confidence,
        force=args.force,
        sentences=args.sentences,
        max_chars=args.max_chars,
        meaning=args.meaning,
        cache=not args.no_cache,
    )


def _run(args: argparse.Namespace) -> int:
    from compare.checks import default_registry, selected
    from compare.report import check_output

    if args.a == args.b == "-":
        raise UsageError("both texts are to come from standard input; give a file for one of them")
    config = _config(args)
    registry = default_registry()
    # What can be wrong with the command is told before any work is done.
    selected(registry, config)
    links = None
    if args.links is not None:
        from compare.links import load

        links = load(args.links)
    writes = args.format == "text" or args.output is not None
    if writes:
        check_output(args.output or RUNS / "new")
    progress = _Progress(sys.stderr, quiet=args.quiet)
    try:
        progress("read")
        a, b = _read(args, config)
        from compare.pipeline import compare_articles

        comparison = compare_articles(
            a, b, config, registry=registry, progress=progress, links=links
        )
        paths: dict[str, Path] = {}
        if writes:
            progress("report")
            from compare.report import default_run_dir, write_run

            paths = write_run(comparison, args.output or default_run_dir(comparison, RUNS))
    finally:
        progress.end()
    _emit(lambda: _print(comparison, paths, args))
    return _exit_code(comparison, args.fail_on)


def _read(args: argparse.Namespace, config: Config) -> tuple[Article, Article]:
    from compare.read import read_article

    a, b = (
        read_article(
            path,
            label=label,
            date=date,
            sentences=config.sentences,
            max_chars=config.max_chars,
        )
        for path, label, date in (
            (args.a, config.a_label, config.a_date),
            (args.b, config.b_label, config.b_date),
        )
    )
    return a, b


class _Progress:
    """The stages on one line of standard error, each as it begins."""

    def __init__(self, stream: TextIO, quiet: bool) -> None:
        self._stream = stream
        self._quiet = quiet
        self._begun = False

    def __call__(self, stage: str) -> None:
        if not self._quiet:
            self._stream.write(f" · {stage}" if self._begun else f"{PROG}: {stage}")
            self._stream.flush()
            self._begun = True

    def end(self) -> None:
        if self._begun:
            self._stream.write("\n")
            self._begun = False


def _print(comparison: Comparison, paths: dict[str, Path], args: argparse.Namespace) -> None:
    from compare import report

    if args.format == "text":
        report.print_summary(comparison, paths, sys.stdout, limit=args.limit)
    else:
        sys.stdout.buffer.write(_rendered(comparison, args.format, args.limit))


def _rendered(comparison: Comparison, form: str, limit: int) -> bytes:
    """The bytes of the file, whatever the encoding and the line ends of the terminal."""
    from compare import report

    if form == "text":
        out = io.StringIO()
        report.print_summary(comparison, {}, out, limit=limit)
        return out.getvalue().encode()
    if form == "xlsx":
        return report.to_xlsx(comparison)
    render = {"json": report.to_json, "csv": report.discrepancies_csv, "html": report.to_html}
    return render[form](comparison).encode()


def _exit_code(comparison: Comparison, fail_on: str) -> int:
    if fail_on == "never":
        return int(ExitCode.OK)
    worst = SEVERITIES[: [str(s) for s in SEVERITIES].index(fail_on) + 1]
    failed = any(f.severity in worst and f.ledger == "fact" for f in comparison.findings)
    return int(ExitCode.FINDINGS if failed else ExitCode.OK)


# --- report -----------------------------------------------------------------------------------


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser(
        "report",
        help="show a run in another format",
        description="Show a run in another format. Nothing is computed again.",
    )
    report.set_defaults(run=_report)
    report.add_argument(
        "source", metavar="RUN", type=Path, help="the folder of a run, or its comparison.json"
    )
    report.add_argument("--format", choices=("text", "json", "csv", "html", "xlsx"), default="text")
    report.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write it there, not to standard output"
    )
    report.add_argument("--limit", type=_natural, default=10, metavar="N")


def _report(args: argparse.Namespace) -> int:
    from compare.report import load_run

    target: Path | None = args.output
    if target is not None:
        _check_target(target, args.source)
    elif args.format == "xlsx":
        raise UsageError("a workbook is no text to print: name a file for it with -o")
    comparison = load_run(args.source)
    if target is None:
        _emit(lambda: _print(comparison, {}, args))
    else:
        _write(target, _rendered(comparison, args.format, args.limit))
    return int(ExitCode.OK)


def _check_target(target: Path, source: Path) -> None:
    """A run stays as it was written, whatever is made of it."""
    from compare.report import RUN_FILES

    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file with -o")
    folder = source if source.is_dir() else source.parent
    if target.name in RUN_FILES and target.resolve().parent == folder.resolve():
        raise UsageError(
            f"{target} is a file of the run itself, which is never written over: name another "
            "file with -o"
        )


def _write(target: Path, data: bytes) -> None:
    from compare.files import write_whole

    try:
        write_whole(target, data)
    except OSError as error:
        raise SetupError(
            f"cannot write {target} ({error.strerror or error}): name another file with -o"
        ) from error


# --- checks -----------------------------------------------------------------------------------


def _add_checks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    checks = commands.add_parser("checks", help="list and explain the checks")
    actions = checks.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every check with one line")
    listing.set_defaults(run=_list_checks)
    explain = actions.add_parser("explain", help="what a check flags and what it passes")
    explain.add_argument("id", metavar="CHECK")
    explain.set_defaults(run=_explain_check)


def _list_checks(_: argparse.Namespace) -> int:
    from compare.checks import default_registry

    registry = default_registry()
    width = max(map(len, registry))
    lines = (f"{check.id:<{width}}  {check.summary}" for check in registry.values())
    _emit(lambda: print(*lines, sep="\n"))
    return int(ExitCode.OK)


def _explain_check(args: argparse.Namespace) -> int:
    from compare.checks import default_registry, selected
    from compare.checks.page import explain
    from compare.config import Config

    (check,) = selected(default_registry(), Config(select=(args.id,)))
    _emit(lambda: print(explain(check)))
    return int(ExitCode.OK)


# --- app --------------------------------------------------------------------------------------


def _add_app(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    app = commands.add_parser("app", help="start the page, on this machine only")
    app.add_argument(
        "--port", type=_natural, metavar="N", help="default: the first free one from 8501"
    )
    app.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    app.add_argument(
        "--project",
        metavar="DIR",
        type=Path,
        help="the folder of runs and decisions (default: reports)",
    )
    app.add_argument(
        "--public",
        metavar="URL",
        help="the address under which a proxy on this machine offers the page to a team",
    )
    app.set_defaults(run=_app)


def _app(args: argparse.Namespace) -> int:
    from compare.appserver import serve

    return serve(args.port, not args.no_browser, args.project, args.public)
