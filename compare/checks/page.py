"""What a check is, as text for its reader: ``checks explain`` and ``docs/checks.md``.

``python -m compare.checks.page`` prints the page of the built-in checks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from compare.checks import BUILT_IN, default_registry
from compare.checks.base import Check, Example


def explain(check: Check) -> str:
    """One check as plain text: what it is for, what it flags, what it passes."""
    lines = [f"{check.id}: {check.summary}", f"MQM category: {check.category}"]
    if check.origin:
        lines.append(f"From the package {check.origin}")
    for title, examples in _parts(check):
        lines += ["", title]
        for example in examples:
            lines += ["", *(f"  {line}" for line in _sides(example))]
    return "\n".join(lines)


def markdown(checks: Iterable[Check]) -> str:
    """A page of checks, each with its examples."""
    lines = [
        "# The checks",
        "",
        "Each check with what it must flag and what it must pass: the tests hold it to both.",
        "This page is made from the checks themselves by `python -m compare.checks.page`;",
        "`variant-compare checks explain CHECK` shows the same in the terminal.",
    ]
    for check in checks:
        lines += ["", f"## {check.id}", "", check.summary, "", f"MQM category: `{check.category}`"]
        for title, examples in _parts(check):
            lines += ["", f"{title}:", "", "```text"]
            lines += "\n\n".join("\n".join(_sides(example)) for example in examples).splitlines()
            lines.append("```")
    return "\n".join(lines) + "\n"


def _parts(check: Check) -> Iterator[tuple[str, tuple[Example, ...]]]:
    yield "It flags", check.flags
    yield "It passes", check.passes


def _sides(example: Example) -> Iterator[str]:
    """A line for each text, with what else the example says of it."""
    for name, text, day in (("A", example.a, example.a_date), ("B", example.b, example.b_date)):
        said = text if isinstance(text, str) else " ".join(text)
        yield f"{name}{f' ({day})' if day else ''}: {said}"
    if example.source_language:
        yield f"translated from: {example.source_language}"


if __name__ == "__main__":
    registry = default_registry()
    sys.stdout.buffer.write(markdown(registry[name] for name in BUILT_IN).encode())
