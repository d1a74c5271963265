"""What the documentation site has beside ``docs/``: hooks of MkDocs (``mkdocs.yml``).

The start page is the README, and the changes, the contributors' guide and the example report stand
where they stand in the repository; links between all of them are turned to the site's places. The
reference pages are made anew in each build, from the parser and from the packages' names.
"""

from __future__ import annotations

import argparse
import inspect
import posixpath
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "reports/example"
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
}
"""Pages of the repository that stand outside ``docs/``, and their places on the site."""
COPIES = {
    "LICENSE": "LICENSE.txt",
    **{f"{EXAMPLE}/{path.name}": f"example/{path.name}" for path in (ROOT / EXAMPLE).iterdir()},
}
"""Files that are copied, and their places."""
FOLDERS = {f"{EXAMPLE}/": "example/report.html"}
"""What stands for a folder that a page of the repository links to."""
LINK = re.compile(r"(\]\()([^)\s#]+)((?:#[^)\s]*)?\))")
PUBLIC: dict[str, tuple[str, str]] = {
    "compare": (
        "The main functions",
        "compare_texts compare_sentences compare_articles Config Comparison",
    ),
    "compare.records": (
        "What they give and take",
        "Span Role Block Article Sentence Document Edit Group Secondary Quotation Place Finding "
        "Form Entity RunInfo StageTime",
    ),
    "compare.read": (
        "Reading",
        "read_article article_from_bytes article_from_text article_from_sentences suffixes",
    ),
    "compare.report": ("Reports", ""),
    "compare.links": (
        "Corrections of the alignment",
        "Links Correction Part SentenceRef reference load save",
    ),
    "compare.variants": ("Three texts or more", "compare_variants Variants Difference"),
    "compare.baseline": ("What is new", "since"),
    "compare.embed": ("Encoders", "Encoder OnnxEncoder SentenceTransformerEncoder make_encoder"),
    "compare.checks": ("Checks", ""),
    "compare.annotate": ("What a check reads", "Context Annotated"),
    "compare.readers": ("Readers", "Reader Reading"),
    "compare.errors": ("Errors", ""),
}
"""The modules of the Python reference: heading, and names; all that a module exports where empty.
"""


# Pages and links --------------------------------------------------------------------------------


def site_place(path: str) -> str | None:
    """Where a file of the repository, by its path, stands on the site; None if it does not.

    >>> site_place("docs/files.md"), site_place("CHANGELOG.md"), site_place("app.py")
    ('files.md', 'changes.md', None)
    """
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return PAGES.get(path) or COPIES.get(path) or FOLDERS.get(path)


def relinked(text: str, page: str) -> str:
    """A page with the links that it has in the repository turned to the site's places.

    Args:
        text: the page in Markdown.
        page: its path in the repository.

    Raises:
        ValueError: a link leads to a file that is not on the site.

    >>> relinked("[all](docs/cli.md#run), [new](CHANGELOG.md)", "README.md")
    '[all](cli.md#run), [new](changes.md)'
    """
    here = posixpath.dirname(site_place(page) or "")

    def turned(match: re.Match[str]) -> str:
        target = match[2]
        if re.match(r"[a-z]+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        place = site_place(path + "/" * target.endswith("/"))
        if place is None:
            raise ValueError(f"{page} links to {target}, which is not on the site")
        return f"{match[1]}{posixpath.relpath(place, here or '.')}{match[3]}"

    return LINK.sub(turned, text)


def on_files(files: Any, config: Any) -> Any:
    """Add what stands outside ``docs/``, and the reference pages."""
    from mkdocs.structure.files import File

    pages = {place: (ROOT / path).read_text("utf-8") for path, place in PAGES.items()}
    pages["reference/command.md"] = command_reference()
    pages["reference/python.md"] = python_reference()
    for place, text in pages.items():
        files.append(File.generated(config, place, content=text))
    for path, place in COPIES.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn the links of a page, as it stands in the repository."""
    place = page.file.src_uri
    if place.startswith("reference/"):
        return markdown
    inverse = {there: path for path, there in PAGES.items()}
    return relinked(markdown, inverse.get(place, f"docs/{place}"))


ELSEWHERE = re.compile(
    r"<(?:audio|embed|iframe|img|input|object|script|source|video)\b[^>]*\b(?:src|srcset|data)\s*=\s*"
    r"[\"']?\s*((?:https?:)?//[^\s\"'>]+)"
    r"|<link\b(?![^>]*\brel=[\"']?(?:canonical|prev|next))[^>]*\bhref\s*=\s*[\"']?((?:https?:)?//[^\s\"'>]+)"
    r"|(?:\burl\(|@import)\s*[\"']?((?:https?:)?//[^\s\"')]+)",
    re.IGNORECASE,
)


def loaded_from_elsewhere(text: str) -> list[str]:
    """The addresses of other hosts that a page or a style sheet loads something from.

    >>> loaded_from_elsewhere('<a href="https://a.example/">a</a> <img src="//b.example/b.png">')
    ['//b.example/b.png']
    """
    return [next(filter(None, match.groups())) for match in ELSEWHERE.finditer(text)]


def on_post_build(config: Any) -> None:
    """Fail where a page of the site, or a style, would load something from another host."""
    from mkdocs.exceptions import PluginError

    site = Path(config["site_dir"])
    for path in sorted(p for p in site.rglob("*") if p.suffix in (".html", ".css")):
        if found := loaded_from_elsewhere(path.read_text("utf-8")):
            raise PluginError(f"{path.relative_to(site)} loads {found[0]}: keep a copy in docs/")


# The command line -------------------------------------------------------------------------------


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser of every command that does something, in the order of the help."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in inner:
        for sub in action.choices.values():
            yield from commands(sub)
    if not inner:
        yield parser


def command_reference() -> str:
    """Every command with its options, as a page in Markdown, from the parser itself."""
    from compare.cli import _parser

    parser = _parser()
    lines = [
        "# Every command and option",
        "",
        f"{parser.description} Made from the program's own help; [the command line](../cli.md) "
        "explains it.",
    ]
    for command in commands(parser):
        lines += ["", f"## {command.prog}", ""]
        told = (command.description or "").removesuffix(".")
        lines += [f"{_cell(told[:1].upper() + told[1:])}.", ""]
        formatter = command._get_formatter()
        for group in command._action_groups:
            rows = [
                (formatter._format_action_invocation(action), _help(action, formatter))
                for action in group._group_actions
                if action.help is not argparse.SUPPRESS and action.dest != "help"
            ]
            if rows:
                lines += [f"| {group.title} | |", "|---|---|"]
                lines += [f"| {_code(shown)} | {_cell(told)} |" for shown, told in rows]
                lines.append("")
    _, _, codes = (parser.epilog or "").partition("\n")
    lines += ["", "## Exit codes", "", "| code | |", "|---|---|"]
    for line in codes.splitlines():
        code, _, told = line.strip().partition(" ")
        lines.append(f"| {code} | {_cell(told.strip())} |")
    return "\n".join(lines) + "\n"


def _help(action: argparse.Action, formatter: argparse.HelpFormatter) -> str:
    return formatter._expand_help(action) if action.help else ""


def _code(text: str) -> str:
    """A cell of code: a bar would end the cell."""
    return f"`{text}`".replace("|", "\\|")


def _cell(text: str) -> str:
    """A cell of words; nothing in it is read as Markdown."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", text)


# Python -----------------------------------------------------------------------------------------


ROLE = re.compile(r":(?:attr|class|data|func|meth|mod):`~?([^`]+)`")
DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def as_markdown(text: str) -> str:
    r"""A docstring without roles, and with its doctests as blocks of code.

    >>> as_markdown("See :func:`load`.\n\n>>> 1 + 1\n2\n\nMore.")
    'See `load`.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore.'
    """
    return DOCTEST.sub(r"```pycon\n\g<0>\n```", ROLE.sub(r"`\1`", text))


def public_names(module: str) -> list[str]:
    """The names that the reference shows of a module, each with the module that defines it.

    >>> public_names("compare.errors")[:2]
    ['compare.errors.ExitCode', 'compare.errors.CompareError']
    """
    loaded = import_module(module)
    exported: list[str] = PUBLIC[module][1].split() or getattr(
        loaded, "__all__", list(vars(loaded))
    )
    named = [(name, getattr(loaded, name)) for name in exported if not name.startswith("_")]
    return [
        f"{value.__module__}.{name}"
        for name, value in named
        if (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__.startswith(module)
    ]


def python_reference() -> str:
    """A page that names every public class and function once; mkdocstrings fills it."""
    lines = [
        "# Python reference",
        "",
        "Made from the docstrings. [In Python](../files.md#in-python) has examples that run.",
    ]
    seen: set[str] = set()
    for module, (title, _) in PUBLIC.items():
        names = [name for name in public_names(module) if name not in seen]
        seen.update(names)
        lines += ["", f"## {title}: `{module}`"]
        for name in names:
            lines += ["", f"::: {name}"]
    return "\n".join(lines) + "\n"
