"""The command ``variant-compare``: results go to standard output, the rest to standard error."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from compare.errors import CompareError, ExitCode, SetupError, UsageError
from compare.records import SEVERITIES
from compare.settings import add_options, all_options, apply

if TYPE_CHECKING:
    from compare.align.constraints import Ids
    from compare.config import Config
    from compare.project import Project
    from compare.records import Article, Comparison
    from compare.verdicts import Entry

PROG = "variant-compare"
RUNS = Path(os.environ.get("VARIANT_COMPARE_PROJECT") or "reports")
"""Where a run is written unless ``-o`` says otherwise: in a new folder here."""

_EPILOG = """\
exit codes:
  0    ran; nothing at or above --fail-on
  1    findings at or above --fail-on
  2    wrong usage or configuration
  3    an input that cannot be used: missing, empty, undecodable, binary, not the same story
  4    a model, package or folder that cannot be used
  130  interrupted
  143  stopped by SIGTERM
"""


def entry() -> None:
    """The console script."""
    _open_streams()
    raise SystemExit(main())


def _open_streams() -> None:
    """Give what was closed (``>&-``) to nobody, before a file of ours gets its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, which is this one: those before it are open.
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8"))  # noqa: SIM115, PTH123


class _Terminated(BaseException):
    """SIGTERM has come."""


def _terminate(_: int, __: object) -> NoReturn:
    raise _Terminated


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """See that SIGTERM, as Ctrl-C, takes away what is half-written."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        yield  # signals arrive in the main thread alone
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
        with _ending_in_order():
            apply(parser, args, argv)
            code: int = args.run(args)
        return code
    except (Exception, KeyboardInterrupt, _Terminated) as error:
        return _failed(error)


def _failed(error: BaseException) -> int:
    """Say what went wrong; the exit code for it."""
    if _at_the_bottom(error, _Terminated):
        _say("stopped by SIGTERM; nothing was left half-written")
        return int(ExitCode.TERMINATED)
    if _at_the_bottom(error, KeyboardInterrupt):
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


def _at_the_bottom(error: BaseException | None, signal: type[BaseException]) -> bool:
    """Whether a signal is the cause: a package being imported may wrap it in another error."""
    while error is not None:
        if isinstance(error, signal):
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
        _forget_output()
    except OSError as error:
        _forget_output()
        raise SetupError(
            f"cannot write to standard output ({error.strerror or error}): make room, or send it "
            "elsewhere"
        ) from error


def _forget_output() -> None:
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
    _add_batch(commands)
    _add_variants(commands)
    _add_check(commands)
    _add_report(commands)
    _add_checks(commands)
    _add_verdicts(commands)
    _add_app(commands)
    _add_match(commands)
    _add_config(commands, parser)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("variant-compare")
    except PackageNotFoundError:
        return "(not installed)"


# --- run --------------------------------------------------------------------------------------


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser(
        "run",
        help="compare two articles",
        description="Compare two articles: which sentences correspond, where facts drift apart.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.set_defaults(run=_run)
    run.add_argument(
        "a",
        metavar="A",
        help="a .txt, .md, .html or .docx file, or - for standard input; or a .tmx, .xlf, .xliff "
        "or .tsv file that holds both texts, aligned",
    )
    run.add_argument("b", metavar="B", nargs="?", help="the other one; left out where A holds both")
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
        "--project",
        metavar="DIR",
        type=Path,
        help="the folder whose decisions, rules and corrections count (default: the one that the "
        "run's folder is in)",
    )
    out.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="never",
        help="exit with 1 if a fact finding of this severity or worse is found and not dismissed "
        "(default: never); with --baseline only new ones count",
    )
    out.add_argument(
        "--baseline",
        metavar="RUN",
        type=Path,
        help="an earlier run, its folder or its comparison.json: tell which findings are new",
    )
    out.add_argument(
        "--limit",
        type=_natural,
        default=10,
        metavar="N",
        help="findings in the summary (default: %(default)s)",
    )
    out.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")
    _add_check_options(run)
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
            f"--{side}-lang",
            metavar="LANG",
            help=f"the language that is {side.upper()}, in a file that holds both texts or more",
        )
    texts.add_argument(
        "--links",
        metavar="FILE",
        type=Path,
        help="corrections of the alignment, a JSON file: which sentences belong together or not",
    )
    texts.add_argument(
        "--witness",
        metavar="FILE",
        action="append",
        default=[],
        help="a further text of the same story, as often as there are any: where it agrees with "
        "one of the two, the other one is told as the likely error",
    )
    _add_text_options(texts)
    model = _add_model_options(run)
    model.add_argument("--no-cache", action="store_true", help="keep no sentence vectors on disk")
    add_options(run, leave=("baseline",))


def _add_check_options(parser: argparse.ArgumentParser) -> None:
    from compare.config import Config

    checks = parser.add_argument_group("checks")
    checks.add_argument(
        "--select", metavar="CHECK,…", type=_ids, default=(), help="run only these checks"
    )
    checks.add_argument(
        "--ignore", metavar="CHECK,…", type=_ids, default=(), help="leave these checks out"
    )
    checks.add_argument(
        "--min-confidence",
        type=_share,
        default=Config().min_confidence,
        metavar="0-1",
        help="leave findings below it out (default: %(default)s)",
    )
    checks.add_argument(
        "--source-language",
        metavar="CODE",
        help="language both texts were translated from, e.g. ko; narrows known confusions down",
    )
    checks.add_argument(
        "--glossary",
        metavar="FILE",
        action="append",
        default=[],
        help="your own terms, a CSV or TBX file: which rendering must stand and which must not; "
        "may be given more than once",
    )


def _add_text_options(texts: argparse._ArgumentGroup) -> None:
    texts.add_argument(
        "--sentences", action="store_true", help="the files hold one sentence per line"
    )
    _add_limits(texts)
    texts.add_argument(
        "--force", action="store_true", help="go on if the two do not seem to tell one story"
    )


_LIMITS = {
    "max-chars": "longest text to compare, in characters (default: %(default)s)",
    "max-bytes": "largest file to read, in bytes (default: %(default)s)",
    "max-sentence": "longest sentence, in characters; a longer one is read in parts, or refused "
    "with one sentence per line (default: %(default)s)",
}


def _add_limits(
    parser: argparse.ArgumentParser | argparse._ArgumentGroup, names: Iterable[str] = tuple(_LIMITS)
) -> None:
    from compare.config import Config

    for name in names:
        parser.add_argument(
            f"--{name}",
            type=_positive,
            default=getattr(Config(), name.replace("-", "_")),
            metavar="N",
            help=_LIMITS[name],
        )


def _add_model_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    model = parser.add_argument_group("model")
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
        help="also ask a model of meaning for contradictions that no rule sees (needs its weights)",
    )
    return model


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
        glossary=tuple(args.glossary),
        encoder=args.encoder,
        model=args.model,
        select=args.select,
        ignore=args.ignore,
        min_confidence=args.min_confidence,
        force=args.force,
        sentences=args.sentences,
        max_chars=args.max_chars,
        max_bytes=args.max_bytes,
        max_sentence=args.max_sentence,
        meaning=args.meaning,
        cache=not args.no_cache,
    )


def _run(args: argparse.Namespace) -> int:
    from compare.checks import default_registry, selected
    from compare.report import check_output

    _check_texts(args)
    if args.a == args.b == "-":
        raise UsageError("both texts are to come from standard input; give a file for one of them")
    if [args.a, args.b, *args.witness].count("-") > 1:
        raise UsageError("two texts are to come from standard input; give a file for one of them")
    config = _config(args)
    registry = default_registry()
    # What can be wrong with the command is told before any work is done.
    selected(registry, config)
    links = None
    if args.links is not None:
        from compare.links import load

        links = load(args.links, config.max_bytes)
    earlier = None
    if args.baseline is not None:
        from compare.report import load_run

        earlier = load_run(args.baseline, config.max_bytes)
    writes = args.format == "text" or args.output is not None
    if writes:
        check_output(args.output or (args.project or RUNS) / "new")
    project = _project(args, writes)
    if project is not None:
        config = project.configured(config)
    progress = _Progress(sys.stderr, quiet=args.quiet)
    try:
        progress("read")
        a, b, witnesses, given = _read(args, config)
        from compare.pipeline import compare_articles

        if project is not None and links is None and given is None:
            links = project.links_for(a, b, config)
        comparison = compare_articles(
            a,
            b,
            config,
            registry=registry,
            progress=progress,
            links=links,
            witnesses=witnesses,
            given=given,
        )
        entries: tuple[Entry, ...] = ()
        if project is not None:
            entries = project.entries(comparison)
            comparison = project.reviewed(comparison)
        if earlier is not None:
            from compare.baseline import since

            comparison = since(comparison, earlier, str(args.baseline))
        paths: dict[str, Path] = {}
        if writes:
            progress("report")
            from compare.report import default_run_dir, write_run
            from compare.verdicts import to_lines

            lines = to_lines(entries)
            while not paths:
                folder = args.output or default_run_dir(comparison, args.project or RUNS)
                try:
                    paths = write_run(comparison, folder, lines)
                except UsageError:
                    if args.output is not None or not folder.exists():
                        raise  # else another run has just taken the name: there are more
    finally:
        progress.end()
    _emit(lambda: _print(comparison, paths, args))
    return _exit_code(comparison, args.fail_on)


def _project(args: argparse.Namespace, writes: bool) -> Project | None:
    """The folder of the run's decisions; None where nothing is written and none is named."""
    if args.project is None and not writes:
        return None
    from compare.project import Project

    # Absolute: the parent of a folder that is named by . alone would be the folder itself.
    beside = (args.output or RUNS / "new").absolute().parent
    project = Project(args.project or (beside if args.output else RUNS))
    if project.has_log:
        project.log  # noqa: B018 (a log that cannot be opened is told before any work is done)
    return project


def _check_texts(args: argparse.Namespace) -> None:
    """Refuse texts and options that do not go together."""
    from compare.bitext import ENDINGS

    if args.b is None:
        if not args.a.lower().endswith(ENDINGS):
            raise UsageError(
                f"B is missing: give a second text, or one file that holds both texts "
                f"({', '.join(ENDINGS)})"
            )
        if args.links is not None or args.sentences:
            raise UsageError(f"{args.a} is aligned already: leave --links and --sentences out")
    elif args.a_lang or args.b_lang:
        raise UsageError("--a-lang and --b-lang are for one file that holds both texts")
    else:
        for path in (args.a, args.b):
            # A table may be an article; the others never are.
            if path.lower().endswith(ENDINGS) and not path.lower().endswith(".tsv"):
                raise UsageError(f"{path} holds both texts: give it alone")


def _read(
    args: argparse.Namespace, config: Config
) -> tuple[Article, Article, list[Article], Sequence[Ids] | None]:
    """A, B, the further texts, and the alignment where it is given."""
    from compare.read import read_article

    def read(path: str, label: str | None = None, date: dt.date | None = None) -> Article:
        return read_article(
            path,
            label=label,
            date=date,
            sentences=config.sentences,
            max_chars=config.max_chars,
            max_bytes=config.max_bytes,
        )

    witnesses = [read(path) for path in args.witness]
    if args.b is None:
        from compare.bitext import read_bitext

        both = read_bitext(args.a, config, a_lang=args.a_lang, b_lang=args.b_lang)
        return both.a, both.b, witnesses, both.groups
    a = read(args.a, config.a_label, config.a_date)
    b = read(args.b, config.b_label, config.b_date)
    return a, b, witnesses, None


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
        sys.stdout.buffer.write(report.FORMATS[args.format].data(comparison))


def _rendered(comparison: Comparison, form: str, limit: int) -> bytes:
    """The bytes of the file in a format, or of the summary."""
    from compare import report

    if form != "text":
        return report.FORMATS[form].data(comparison)
    out = io.StringIO()
    report.print_summary(comparison, {}, out, limit=limit)
    return out.getvalue().encode()


def _exit_code(comparison: Comparison, fail_on: str) -> int:
    if fail_on == "never":
        return int(ExitCode.OK)
    worst = SEVERITIES[: [str(s) for s in SEVERITIES].index(fail_on) + 1]
    failed = any(
        f.severity in worst
        and f.ledger == "fact"
        # What is settled, or was there before, is no reason to stop.
        and f.status != "dismissed"
        and f.new is not False
        for f in comparison.findings
    )
    return int(ExitCode.FINDINGS if failed else ExitCode.OK)


# --- check ------------------------------------------------------------------------------------


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="a line for each fact that differs, for CI and hooks",
        description="Check pairs of files: a line for each fact that differs, and an exit code. "
        "Nothing else goes to standard output, and no run is written.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.set_defaults(run=_check, a_label=None, b_label=None, a_date=None, b_date=None)
    check.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="two files, A and B; without any, all pairs of the configuration file",
    )
    check.add_argument(
        "--pairs",
        action="store_true",
        help="the files may be any number, as a hook gives them: check those pairs of the "
        "configuration file that hold one of them",
    )
    out = check.add_argument_group("output")
    out.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="major",
        help="tell facts of this severity or worse, and exit with 1 if there are any (default: "
        "%(default)s); never tells all and exits with 0",
    )
    out.add_argument(
        "--baseline",
        metavar="FILE",
        type=Path,
        help="pass what is known: a file of --write-baseline, or an earlier run",
    )
    out.add_argument(
        "--write-baseline",
        metavar="FILE",
        type=Path,
        help="write what is found into this file and tell nothing",
    )
    out.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help="github writes annotations for GitHub Actions (default: %(default)s)",
    )
    out.add_argument(
        "--project",
        metavar="DIR",
        type=Path,
        help="the folder whose decisions, rules and corrections count (default: reports)",
    )
    out.add_argument("-q", "--quiet", action="store_true", help="no count on standard error")
    _add_check_options(check)
    _add_text_options(check.add_argument_group("the texts"))
    model = _add_model_options(check)
    model.add_argument("--no-cache", action="store_true", help="keep no sentence vectors on disk")
    add_options(check, leave=("format",))


def _check(args: argparse.Namespace) -> int:
    from compare import lint
    from compare.baseline import load_baseline, names, save_baseline
    from compare.checks import default_registry, selected
    from compare.glossary import load as load_glossaries
    from compare.project import Project
    from compare.records import Finding

    config = _config(args)
    registry = default_registry()
    selected(registry, config)
    load_glossaries(config.glossary, config.max_bytes)
    pairs = lint.chosen(
        args.files, args.settings_file.pairs if args.settings_file else (), args.pairs
    )
    # The one that is to be written need not be there yet.
    unknown = args.baseline is None or args.write_baseline is not None
    known = None if unknown else load_baseline(args.baseline, config.max_bytes)
    if known is not None and known.of_run and len(pairs) > 1:
        raise UsageError(
            f"{args.baseline} is a run of one pair, and {len(pairs)} pairs are to be checked: "
            "make a baseline of them with --write-baseline"
        )
    failed: list[str] = []
    found: dict[tuple[str, str], list[Finding]] = {}
    told = passed = 0
    line = lint.github_line if args.format == "github" else lint.text_line
    compared = lint.compare_pairs(
        pairs, config, Project(args.project or RUNS), registry, failed.append
    )
    for pair, comparison in compared:
        findings = list(lint.facts(comparison))
        if args.write_baseline is not None:
            found[names(pair.a, pair.b, args.write_baseline)] = findings
            continue
        findings = [f for f in findings if lint.as_bad_as(f.severity, args.fail_on)]
        if known is not None:
            files = names(pair.a, pair.b, args.baseline)
            new = [f for f in findings if not known.knows(files, f.finding_id)]
            passed += len(findings) - len(new)
            findings = new
        told += len(findings)
        lines = [(line(item),) for item in lint.located(comparison, pair, findings)]
        _emit(lambda lines=lines: _print_rows(lines, ""))  # type: ignore[misc]
    for message in failed:
        _say(f"error: {message}")
    if args.write_baseline is not None and not failed:
        count, held = save_baseline(args.write_baseline, found, config.max_bytes)
        if not args.quiet:
            _say(f"pairs: {held}, findings: {count}, written to {args.write_baseline}")
    elif not args.quiet:
        _say(f"pairs: {len(pairs)}, failed: {len(failed)}, findings: {told}, known: {passed}")
    if failed:
        return int(ExitCode.INPUT)
    return int(ExitCode.FINDINGS if told and args.fail_on != "never" else ExitCode.OK)


# --- batch ------------------------------------------------------------------------------------


def _add_batch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    batch = commands.add_parser(
        "batch",
        help="compare many pairs of articles",
        description="Compare the pairs of a manifest. A batch that was stopped goes on where it "
        "was when it is started again.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    batch.set_defaults(run=_batch)
    batch.add_argument(
        "manifest",
        metavar="MANIFEST",
        type=Path,
        help="a .csv, .parquet or .jsonl file with the columns pair_id, and a and b (paths) or "
        "a_text and b_text",
    )
    out = batch.add_argument_group("output")
    out.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        required=True,
        help="write there; a new or empty folder, or that of the batch to go on with",
    )
    out.add_argument("--runs", action="store_true", help="write each pair's run folder too")
    out.add_argument("--retry", action="store_true", help="compare the pairs that failed again")
    out.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")
    work = batch.add_argument_group("work")
    work.add_argument(
        "--workers",
        metavar="N",
        type=_positive,
        help="processes, each with about 0.6 GB of memory (default: one for each CPU)",
    )
    work.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="ray runs the batch with Ray, on this machine or a cluster (default: local)",
    )
    work.add_argument(
        "--address", metavar="ADDRESS", help="of a Ray cluster, e.g. auto or ray://HOST:10001"
    )
    _add_check_options(batch)
    _add_text_options(batch.add_argument_group("the texts"))
    model = _add_model_options(batch)
    model.add_argument("--cache", action="store_true", help="keep sentence vectors on disk")
    add_options(batch)


def _batch(args: argparse.Namespace) -> int:
    from compare.batch import Engine, Job, run_batch
    from compare.config import Config
    from compare.engines import Local, Ray, workers_here

    if args.address is not None and args.engine != "ray":
        raise UsageError("--address is that of a Ray cluster: give --engine ray too")
    config = Config(
        source_language=args.source_language,
        encoder=args.encoder,
        model=args.model,
        meaning=args.meaning,
        select=args.select,
        ignore=args.ignore,
        glossary=tuple(args.glossary),
        min_confidence=args.min_confidence,
        force=args.force,
        sentences=args.sentences,
        max_chars=args.max_chars,
        max_bytes=args.max_bytes,
        max_sentence=args.max_sentence,
        cache=args.cache,
    )
    engine: Engine = (
        Ray(args.workers, args.address)
        if args.engine == "ray"
        else Local(args.workers or workers_here())
    )
    job = Job(args.output.absolute(), config, args.runs)
    if args.quiet:
        count, failed = run_batch(args.manifest, job, engine, args.retry)
    else:
        from compare.progress import shown

        with shown(sys.stderr, PROG) as progress:
            count, failed = run_batch(args.manifest, job, engine, args.retry, progress)
    _emit(lambda: print(f"{count:,} pairs, {failed:,} failed: {args.output / 'summary.csv'}"))
    return int(ExitCode.INPUT if failed else ExitCode.OK)


# --- variants ---------------------------------------------------------------------------------


def _add_variants(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    variants = commands.add_parser(
        "variants",
        help="compare three texts or more of one story",
        description="Compare three texts or more of one story: all against one of them.",
    )
    variants.set_defaults(run=_variants)
    variants.add_argument("texts", metavar="TEXT", nargs="+", help="files, three or more")
    variants.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="default: a new folder under reports/"
    )
    variants.add_argument(
        "--pivot",
        type=_positive,
        metavar="N",
        help="number of the text to hold the others against (default: the one that says most of "
        "what the others say)",
    )
    variants.add_argument(
        "--label",
        metavar="NAME",
        action="append",
        default=[],
        help="what to call a text; once for each, in their order",
    )
    variants.add_argument("--source-language", metavar="CODE", help="as for run")
    variants.add_argument(
        "--force", action="store_true", help="go on if they do not seem to tell one story"
    )
    _add_limits(variants)
    variants.add_argument("-q", "--quiet", action="store_true", help="no progress")
    add_options(variants)


def _variants(args: argparse.Namespace) -> int:
    from compare.config import Config
    from compare.read import read_article
    from compare.report import check_output
    from compare.report.columns import variants_dir

    config = Config(
        source_language=args.source_language,
        force=args.force,
        max_chars=args.max_chars,
        max_bytes=args.max_bytes,
        max_sentence=args.max_sentence,
    )
    folder = args.output or variants_dir(RUNS)
    check_output(folder)
    progress = _Progress(sys.stderr, quiet=args.quiet)
    try:
        progress("read")
        from compare.report.columns import to_text, variants_files
        from compare.report.write import write_files
        from compare.variants import compare_variants, with_labels

        read = [
            read_article(path, max_chars=config.max_chars, max_bytes=config.max_bytes)
            for path in args.texts
        ]
        articles = with_labels(read, args.label)
        pivot = None if args.pivot is None else args.pivot - 1
        result = compare_variants(articles, config, pivot=pivot, progress=progress)
        progress("report")
        write_files(variants_files(result), folder)
    finally:
        progress.end()
    _emit(lambda: print(to_text(result), f"written to {folder}", sep="\n"))
    return int(ExitCode.OK)


# --- report -----------------------------------------------------------------------------------


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from compare.report.formats import FORMATS
    from compare.report.redact import WORDS

    report = commands.add_parser(
        "report",
        help="show a run in another format",
        description="Show a run in another format. Nothing is computed again.",
    )
    report.set_defaults(run=_report)
    report.add_argument(
        "source", metavar="RUN", type=Path, help="the folder of a run, or its comparison.json"
    )
    report.add_argument(
        "--format",
        choices=("text", *FORMATS),
        default="text",
        help="default: text, a summary; md is a correction note, xlsx a workbook, which needs -o; "
        "the others are for other programs",
    )
    report.add_argument(
        "--redact",
        metavar="N",
        nargs="?",
        type=_natural,
        const=WORDS,
        help="leave the texts out: offsets, hashes of the sentences and at most N words of each "
        "finding and side (default: %(const)s)",
    )
    report.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write it there, not to standard output"
    )
    report.add_argument(
        "--limit",
        type=_natural,
        default=10,
        metavar="N",
        help="findings in the summary (default: %(default)s)",
    )
    _add_limits(report, ["max-bytes"])


def _report(args: argparse.Namespace) -> int:
    from compare.report import FORMATS, load_run, redacted

    target: Path | None = args.output
    form = FORMATS.get(args.format)
    if target is not None:
        _check_target(target, args.source)
    elif form is not None and not form.text:
        raise UsageError("a workbook is no text to print: name a file for it with -o")
    comparison = load_run(args.source, args.max_bytes)
    if args.redact is not None:
        comparison = redacted(comparison, args.redact)
    if target is None:
        _emit(lambda: _print(comparison, {}, args))
    else:
        _write(target, _rendered(comparison, args.format, args.limit))
    if form is not None and form.remark is not None:
        _say(form.remark(comparison))
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
    told = "every check with one line, and the package of those that one adds"
    listing = actions.add_parser("list", help=told, description=told)
    listing.set_defaults(run=_list_checks)
    told = "what a check flags and what it passes"
    explain = actions.add_parser("explain", help=told, description=told)
    explain.add_argument("id", metavar="CHECK", help="its id, as listed")
    explain.set_defaults(run=_explain_check)


def _list_checks(_: argparse.Namespace) -> int:
    from compare.checks import default_registry

    registry = default_registry()
    width = max(map(len, registry))
    lines = (
        f"{check.id:<{width}}  {check.summary}{f' [{check.origin}]' if check.origin else ''}"
        for check in registry.values()
    )
    _emit(lambda: print(*lines, sep="\n"))
    return int(ExitCode.OK)


def _explain_check(args: argparse.Namespace) -> int:
    from compare.checks import default_registry, selected
    from compare.checks.page import explain
    from compare.config import Config

    (check,) = selected(default_registry(), Config(select=(args.id,)))
    _emit(lambda: print(explain(check)))
    return int(ExitCode.OK)


# --- verdicts ---------------------------------------------------------------------------------


def _add_verdicts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verdicts = commands.add_parser("verdicts", help="what reviewers decided about findings")
    actions = verdicts.add_subparsers(metavar="ACTION", required=True)
    parsers = {}
    for name, run, told in (
        ("list", _list_verdicts, "each decided finding with what was decided, tab-separated"),
        ("stats", _verdict_stats, "how often each check was right, how far reviewers agree"),
        ("export", _export_verdicts, "every entry of the log as a line of JSON"),
        ("import", _import_verdicts, "add the entries of an export that are not there yet"),
    ):
        parsers[name] = actions.add_parser(name, help=told, description=told)
        parsers[name].set_defaults(run=run)
        parsers[name].add_argument(
            "--project",
            metavar="DIR",
            type=Path,
            default=RUNS,
            help="the folder of runs with the log (default: reports); the environment variable "
            "VARIANT_COMPARE_DATABASE puts the log into a database",
        )
        if name == "import":
            _add_limits(parsers[name], ["max-bytes"])
        add_options(parsers[name])
    parsers["export"].add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write it there, not to standard output"
    )
    parsers["import"].add_argument("file", metavar="FILE", type=Path, help="an export")


def _entries(args: argparse.Namespace) -> tuple[Entry, ...]:
    """All entries of the log; to look for one makes none."""
    from compare.project import Project

    project = Project(args.project)
    if project.has_log:
        return project.log.entries()
    _say(f"nothing has been decided in {project.folder} yet")
    return ()


def _list_verdicts(args: argparse.Namespace) -> int:
    from compare.report import clean_terminal
    from compare.verdicts import settle

    states = settle(_entries(args))
    shown = ("check", "severity", "reviewer", "reason", "side", "a_span", "b_span", "note")
    rows: list[tuple[str, ...]] = [("finding_id", "status", "at", *shown)] if states else []
    for finding_id, state in sorted(states.items(), key=lambda item: item[1].at):
        cells = (finding_id, state.status, state.at, *map(state.field, shown))
        rows.append(tuple(map(clean_terminal, cells)))
    _emit(lambda: _print_rows(rows, "\t"))
    return int(ExitCode.OK)


def _verdict_stats(args: argparse.Namespace) -> int:
    from compare.verdicts import DECIDED, DISPUTED, agreement, precision, settle

    entries = _entries(args)
    states = [state.status for state in settle(entries).values()]
    statuses = (*DECIDED, DISPUTED)
    tables: list[list[tuple[str, ...]]] = [
        [("findings", *statuses), (str(len(states)), *(str(states.count(s)) for s in statuses))],
        [("check", "precision", *statuses)],
        [("reviewers", "both decided", "agree", "kappa")],
    ]
    for check, made in precision(entries).items():
        tables[1].append((check or "?", _figure(made.share), *map(str, made)))
    for pair in agreement(entries):
        if pair.both:
            names = ", ".join(pair.reviewers)
            tables[2].append((names, str(pair.both), str(pair.same), _figure(pair.kappa)))
    if states:
        shown = [_aligned(table) for table in tables if len(table) > 1]
        rows = [row for table in shown for row in ((), *table)][1:]
        _emit(lambda: _print_rows(rows, "  "))
    return int(ExitCode.OK)


def _figure(value: float | None) -> str:
    from compare.report.tables import two_decimals

    return "-" if value is None else two_decimals(value)


def _aligned(table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows of a table, cleaned and filled up: the first column to the left, the rest right.

    >>> _aligned([("check", "unsure"), ("title", "2")])
    [['check', 'unsure'], ['title', '     2']]
    """
    from compare.report import clean_terminal

    rows = [[clean_terminal(cell) for cell in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        for row in rows
    ]


def _print_rows(rows: Sequence[Sequence[str]], parted_by: str) -> None:
    """Write clean rows, a line each, whatever the terminal can show."""
    encoding = sys.stdout.encoding or "utf-8"
    for row in rows:
        line = parted_by.join(row)
        print(line.encode(encoding, "replace").decode(encoding))


def _export_verdicts(args: argparse.Namespace) -> int:
    from compare.verdicts import to_lines

    if args.output is not None and args.output.is_dir():
        raise UsageError(f"{args.output} is a folder: name a file with -o")
    text = to_lines(_entries(args)).encode()
    if args.output is None:
        _emit(lambda: sys.stdout.buffer.write(text))
    else:
        _write(args.output, text)
    return int(ExitCode.OK)


def _import_verdicts(args: argparse.Namespace) -> int:
    from compare.project import Project
    from compare.verdicts import read_lines

    entries = read_lines(args.file, args.max_bytes)
    added = Project(args.project).log.take_over(entries)
    known = len(entries) - len(added)
    _emit(lambda: print(f"{len(added)} added, {known} there already"))
    return int(ExitCode.OK)


# --- app --------------------------------------------------------------------------------------


def _add_app(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    told = "start the page, on this machine only"
    app = commands.add_parser("app", help=told, description=told)
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
    add_options(app)
    app.set_defaults(run=_app)


def _app(args: argparse.Namespace) -> int:
    from compare.appserver import serve

    file = str(args.config.resolve()) if args.config else "" if args.no_config else None
    return serve(args.port, not args.no_browser, args.project, args.public, file)


# --- match ------------------------------------------------------------------------------------


def _add_match(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    match = commands.add_parser(
        "match",
        help="find the articles of two folders that tell one story",
        description="Propose which articles of two folders tell one story, as a manifest of pairs.",
    )
    match.set_defaults(run=_match)
    match.add_argument("a", metavar="FOLDER_A", type=Path, help="a folder of articles")
    match.add_argument("b", metavar="FOLDER_B", type=Path, help="another one")
    match.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="write it there (.csv, .jsonl, .parquet), not to standard output",
    )
    match.add_argument(
        "--all", action="store_true", help="all pairs, also several with the same article"
    )
    match.add_argument(
        "--min-score",
        type=_share,
        default=0.5,
        metavar="0-1",
        help="the least score of a pair (default: %(default)s)",
    )
    _add_limits(match, ["max-chars", "max-bytes"])
    match.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")
    match.add_argument("--no-cache", action="store_true", help="keep no sentence vectors on disk")
    add_options(match)


def _match(args: argparse.Namespace) -> int:
    from compare import stories
    from compare.config import Config
    from compare.embed import make_encoder

    target: Path | None = args.output
    stories.check_folders(args.a, args.b, target)
    failed: list[str] = []
    progress = _Progress(sys.stderr, quiet=args.quiet)
    try:
        progress("read")
        a, b = (
            stories.read_folder(folder, failed.append, args.max_chars, args.max_bytes)
            for folder in (args.a, args.b)
        )
        progress("match")
        encoder = make_encoder(Config(cache=not args.no_cache))
        found = stories.propose([*a.values()], [*b.values()], encoder, args.min_score, args.all)
    finally:
        progress.end()
        for message in failed:
            _say(message)
    rows = stories.manifest_rows(found, a, b, target.parent if target else Path())
    if target is None:
        _emit(lambda: sys.stdout.buffer.write(stories.manifest(rows)))
    else:
        _write(target, stories.manifest(rows, target.suffix.lower()))
    return int(ExitCode.INPUT if failed else ExitCode.OK)


# --- config -----------------------------------------------------------------------------------


def _add_config(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], root: argparse.ArgumentParser
) -> None:
    config = commands.add_parser("config", help="show the settings that count here")
    actions = config.add_subparsers(metavar="ACTION", required=True)
    told = "each setting with its value and where it comes from"
    show = actions.add_parser("show", help=told, description=told)
    show.add_argument(
        "--format", choices=("text", "json"), default="text", help="default: text, for reading"
    )
    for key, action in all_options(root).items():
        if key != "format":
            show._add_action(action)
    add_options(show, leave=("format",))
    show.set_defaults(run=lambda args: _show_config(args, root))


def _show_config(args: argparse.Namespace, root: argparse.ArgumentParser) -> int:
    from compare import settings

    form = settings.to_json if args.format == "json" else settings.to_text
    shown = form(settings.effective(root, args), args.settings_file)
    _emit(lambda: _print_rows([(shown,)], ""))
    return int(ExitCode.OK)
