"""Every regular expression of the package takes time in proportion to the text, whatever it is.

Patterns are collected where Python compiles them, while every module is imported and texts are
compared; a call in the source that was not reached so must be one of a plain string. Each is then
put to texts that are made of its own pieces, which is what makes backtracking slow.
"""

from __future__ import annotations

import ast
import json
import random
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

import compare

PACKAGE = Path(compare.__file__).parent

LENGTHS = (128, 1024, 8192, 32768)
"""Of the texts; a pattern of quadratic time takes 16 times as long for four times the text."""
SLOW = 0.1
"""Seconds from which a time is looked at: the longest text takes a linear pattern some thousandths,
a quadratic one half a second."""
GROWS = 2.0
"""How many times as much as the text the time may grow."""
GIVEN_UP = 3.0
"""Seconds of the processor: on a busy machine the clock says nothing."""
TRIES = 150
"""Repeats that are looked at in one pattern."""
ALPHABET = "aA0 \n\t.,-'’“”\"()[]é한1Zs_/=#*:@"

FOUND = """
import importlib, json, pathlib, pkgutil, re, sys

compiled, found, inner = re._compile, {}, re.__file__

def record(pattern, flags):
    made = compiled(pattern, flags)
    frame = sys._getframe(1)
    while frame.f_code.co_filename == inner:
        frame = frame.f_back
    path = pathlib.Path(frame.f_code.co_filename)
    if path.is_relative_to(package):
        raw = isinstance(made.pattern, bytes)
        words = made.pattern.decode("latin-1") if raw else made.pattern
        name = path.relative_to(package).as_posix()
        found[words, made.flags, raw, name, frame.f_lineno] = None
    return made

re._compile = record
import compare
package = pathlib.Path(compare.__file__).parent
for module in pkgutil.walk_packages(compare.__path__, "compare."):
    if module.name != "compare.__main__":
        importlib.import_module(module.name)
from compare import compare_texts, view
from compare.checks import default_registry
from compare.read import article_from_text
sys.path.insert(0, sys.argv[1])
from build import of_example
for check in default_registry().values():
    for example in check.flags:
        if not check.learned:
            list(check.find(of_example(example)))
article = "Rain in the North\\n\\nSeoul, Oct. 19 (Yonhap)\\n\\n(Seoul today)"
article += "\\n\\nMs. Kim of the UN said so."
article_from_text(article)
compare_texts(article, article)
view.word_style()
print(json.dumps(list(found)))
"""


class Found(NamedTuple):
    """A pattern, and where in the package it is compiled."""

    pattern: re.Pattern[Any]
    module: str
    line: int

    def starts(self, words: str) -> bool:
        return isinstance(self.pattern.pattern, str) and self.pattern.pattern.startswith(words)


def compiled() -> list[Found]:
    """What a fresh process compiles that imports all modules and compares two texts."""
    out = subprocess.run(
        [sys.executable, "-c", FOUND, str(Path(__file__).parent)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [
        Found(re.compile(words.encode("latin-1") if raw else words, flags), module, line)
        for words, flags, raw, module, line in json.loads(out)
    ]


_FUNCTIONS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub")


def in_source() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the package that makes a pattern, with its module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in (*_FUNCTIONS, "subn")
            ):
                yield path.relative_to(PACKAGE).as_posix(), node


def plain(call: ast.Call) -> re.Pattern[Any] | None:
    """The pattern of a call that has it as a plain string."""
    first = call.args[0]
    if not isinstance(first, ast.Constant):
        return None
    flags = re.NOFLAG
    for node in ast.walk(call):
        if isinstance(node, ast.Attribute) and hasattr(re.RegexFlag, node.attr):
            flags |= re.RegexFlag[node.attr]
    return re.compile(first.value, flags)


@cache
def patterns() -> tuple[Found, ...]:
    found = compiled()
    reached = {(one.module, one.line) for one in found}
    for module, call in in_source():
        if not any((module, n) in reached for n in range(call.lineno, (call.end_lineno or 0) + 1)):
            pattern = plain(call)
            assert pattern is not None, f"not reached: {module}:{call.lineno}"
            found.append(Found(pattern, module, call.lineno))
    return tuple(found)


# --- how they are used ------------------------------------------------------------------------


@cache
def only_matched() -> frozenset[tuple[str, int]]:
    """Where patterns are compiled that nothing searches with: they begin at a given place."""
    names: dict[str, list[tuple[str, int]]] = defaultdict(list)
    used: dict[str, set[str]] = defaultdict(set)
    at_once: list[tuple[str, int]] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        module = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                if isinstance(node.value, ast.Call):
                    lines = range(node.lineno, (node.end_lineno or 0) + 1)
                    names[node.targets[0].id] += [(module, n) for n in lines]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used[node.value.id].add(node.attr)
                if node.value.id == "re" and node.attr in ("match", "fullmatch"):
                    at_once += [(module, node.lineno)]
        # A name that is not just looked at, but handed on, may be used in any way.
        owners = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        for node in ast.walk(tree):
            loaded = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            if loaded and id(node) not in owners:
                used[node.id].add("handed on")
    return frozenset(at_once) | {
        place
        for name, places in names.items()
        for place in places
        if used[name] and used[name] <= {"match", "fullmatch", "pattern"}
    }


SHORT = {
    ("checks/number.py", r"(\d+)\s?(?:to|"): 12,
    ("dates.py", r"([^\W\d_]+)[\s("): 24,
    ("layout.py", r"(?P<names>\S.*?)[,\s/|=-]+"): 250,  # _too_long
    ("quantities.py", r"[A-Z][\w'’-]+,\s$"): 20,
    ("quantities.py", r"[A-Z][\w.'’-]+\s?\($"): 20,
    ("segment.py", "([.!?…"): 120,  # _LOOK
    ("segment.py", r"[\w\u2019'&-]+(?:"): 120,
    ("spelling.py", r"(?<=[aeiouy])(.*"): 60,  # _LONGEST
}
"""Patterns that only ever see so many characters: the code cuts the text first."""
OURS = (("view.py", r"(--[\w-]+): (#\w+);"),)
"""Patterns that read a file of the package and no text of anybody else's."""


def length(one: Found) -> int:
    """The longest text that a pattern is tried on."""
    return next(
        (n for (module, start), n in SHORT.items() if one.module == module and one.starts(start)),
        LENGTHS[-1],
    )


# --- texts that are hard for a pattern --------------------------------------------------------

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def sampled(parsed: Any, rng: random.Random) -> str:
    """Words that a parsed pattern is likely to match."""
    out = ""
    for op, arg in parsed:
        name = str(op)
        if name == "LITERAL":
            out += chr(arg)
        elif name in ("ANY", "NOT_LITERAL"):
            out += rng.choice("ab") if name == "ANY" or arg not in b"ab" else "x"
        elif name == "IN":
            out += rng.choice(characters(arg))
        elif name == "BRANCH":
            out += sampled(rng.choice(arg[1]), rng)
        elif name == "SUBPATTERN":
            out += sampled(arg[3], rng)
        elif name == "ATOMIC_GROUP":
            out += sampled(arg, rng)
        elif name in _REPEATS:
            least, _, inner = arg
            out += "".join(sampled(inner, rng) for _ in range(least or rng.randint(0, 1)))
    return out


def characters(members: Any) -> str:
    """Some characters of a class."""
    negated = str(members[0][0]) == "NEGATE"
    named = "".join(
        chr(arg if str(op) == "LITERAL" else arg[0])
        for op, arg in members
        if str(op) in ("LITERAL", "RANGE")
    )
    own = "".join(c for c in ALPHABET if any(holds(*m, c) for m in members) != negated)
    return own + ("" if negated else named) or "x"


def holds(op: Any, arg: Any, character: str) -> bool:
    if str(op) == "LITERAL":
        return ord(character) == arg
    if str(op) == "RANGE":
        return bool(arg[0] <= ord(character) <= arg[1])
    if str(op) != "CATEGORY":
        return False
    kind = str(arg).removeprefix("CATEGORY_")
    held = {
        "DIGIT": character.isdigit(),
        "SPACE": character.isspace(),
        "WORD": character.isalnum() or character == "_",
    }
    return held[kind.removeprefix("NOT_")] != kind.startswith("NOT_")


def repeats(parsed: Any, before: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """What may be repeated in a pattern, each with what stands before it."""
    for op, arg in parsed:
        name = str(op)
        if name in _REPEATS:
            _, most, inner = arg
            if most >= 8:
                yield from ((before, sampled(inner, rng) or "a") for _ in range(2))
            yield from repeats(inner, before, rng)
        elif name == "BRANCH":
            for branch in arg[1]:
                yield from repeats(branch, before, rng)
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            inner = {"SUBPATTERN": 3, "ATOMIC_GROUP": None}.get(name, 1)
            yield from repeats(arg if inner is None else arg[inner], before, rng)
        before += sampled([(op, arg)], rng)


def attacks(pattern: re.Pattern[Any]) -> set[tuple[str, str, str]]:
    """Beginnings, repeated pieces and ends of texts that a pattern may find hard."""
    rng = random.Random(1)
    words = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    parsed = re._parser.parse(words, pattern.flags & ~re.UNICODE)  # type: ignore[attr-defined]
    found = {("", c, "\0") for c in ALPHABET}
    for before, piece in islice(repeats(parsed, "", rng), TRIES):
        for end in ("", "\0", "!"):
            found |= {("", piece, end), (before, piece, end), ("", before + piece, end)}
    for _ in range(10):
        whole = sampled(parsed, rng) or "a"
        found |= {("", whole, ""), ("", whole[:-1] or "a", "\0")}
    return found


# --- how long they take -----------------------------------------------------------------------


class _GivenUpError(BaseException):
    pass


def _give_up(_: int, __: FrameType | None) -> None:
    raise _GivenUpError


def seconds(act: Callable[[Any], object], text: Any) -> float:
    """Processor time, the best of three where it is long."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        act(text)
        best = min(best, time.process_time() - start)
        if best < SLOW / 2:
            break
    return best


def slow_text(
    pattern: re.Pattern[Any], search: bool, longest: int = LENGTHS[-1]
) -> tuple[str, str, str] | None:
    """A text for which a pattern takes more than linear time, if one is found."""

    def act(text: Any) -> object:
        return sum(1 for _ in pattern.finditer(text)) if search else pattern.match(text)

    for before, piece, end in sorted(attacks(pattern)):
        signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
        took, shorter = 0.0, 1
        try:
            for size in sorted({min(size, longest) for size in LENGTHS}):
                text: Any = before + piece * (size // len(piece) + 1) + end
                if isinstance(pattern.pattern, bytes):
                    text = text.encode()
                took, earlier = seconds(act, text), took
                if took > SLOW and took > GROWS * max(earlier, 1e-3) * len(text) / shorter:
                    return before, piece, end
                if shorter < len(text) > 8000 and took < SLOW / 10:
                    break  # quadratic time would show by now
                shorter = len(text)
        except _GivenUpError:
            return before, piece, end
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


@pytest.fixture(autouse=True)
def _timer() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _give_up)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    ("pattern", "search", "slow"),
    [
        (r"(?:a+)+$", False, True),
        (r"\w+\s?\w*\s?\w*!", False, True),
        (r"(?:\w\w?)*,", False, True),
        (r"\s+$", True, True),
        (r"\s+$", False, False),
        (r"(?<!\s)\s+$", True, False),
        (r"[A-Z][\w-]*\s", True, True),
        (r"\b[A-Z][\w-]{0,40}\s", True, False),
        (r"(?:Mr|Mrs) [A-Z]\w*", True, False),
    ],
)
def test_what_is_slow_is_seen(pattern: str, search: bool, slow: bool) -> None:
    assert (slow_text(re.compile(pattern), search) is not None) == slow


def test_no_pattern_takes_more_than_linear_time() -> None:
    found = patterns()
    assert len(found) > 300
    assert all(any(o.module == m and o.starts(w) for o in found) for m, w in (*SHORT, *OURS))
    slow = {}
    layout = tomllib.loads((PACKAGE / "data" / "layout.toml").read_text("utf-8"))
    whole = {words for held in layout.values() if isinstance(held, list) for words in held}
    for one in found:
        search = (one.module, one.line) not in only_matched() and one.pattern.pattern not in whole
        if any(one.module == module and one.starts(words) for module, words in OURS):
            continue
        if text := slow_text(one.pattern, search, length(one)):
            slow[one.module, one.line] = text, one.pattern.pattern[:90]
    assert not slow, "\n".join(f"{place} {what}" for place, what in slow.items())
