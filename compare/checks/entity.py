"""``entity``: another organisation, work or place name where both texts speak of the same thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.names import fold, same_token
from compare.places import relation
from compare.polarity import is_word
from compare.records import SIDES, Group, Sentence, Side, Span
from compare.slots import Slot, best_pairs, likeness, slots
from compare.titles import default_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEEDED = 0.5
"""How alike the words around two names must be."""
_ALIKE = 70
"""Character similarity from which two words may be two spellings."""
_NOT_LABELS = frozenset(
    ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE", "NORP")
)


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    text: str
    words: tuple[str, ...]
    slot: Slot


@dataclass(frozen=True, slots=True)
class _Body:
    kind: str
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Bodies:
    """``bodies.toml``, ready to search."""

    pattern: re.Pattern[str]
    of: dict[str, tuple[str, str]]
    """(kind, body) by form."""
    together: frozenset[tuple[str, frozenset[str]]]


@cache
def _bodies() -> _Bodies:
    data = tomllib.loads((files("compare") / "data" / "bodies.toml").read_text("utf-8"))
    of = {
        form: (kind, body)
        for kind, bodies in data.items()
        for body, forms in bodies.items()
        if body != "together"
        for form in forms
    }
    forms = "|".join(re.escape(f) for f in sorted(of, key=len, reverse=True))
    together = {
        (kind, frozenset(pair))
        for kind, bodies in data.items()
        for pair in bodies.get("together", ())
    }
    return _Bodies(
        re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE), of, frozenset(together)
    )


def find(context: Context) -> Iterator[Draft]:
    """Bodies of one kind that are not the same, then names in surroundings that are the same."""
    told: list[Draft] = []
    for draft in (*_other_bodies(context), *_other_ministries(context), *_other_names(context)):
        if not any(_overlap(draft.a, d.a) and _overlap(draft.b, d.b) for d in told):
            told.append(draft)
            yield draft


def _overlap(x: Span | None, y: Span | None) -> bool:
    return x is not None and y is not None and x.overlaps(y)


def _other_bodies(context: Context) -> Iterator[Draft]:
    """Two bodies of one kind, each alone of its kind on its side of a group."""
    bodies = _bodies()
    told: set[tuple[str, str]] = set()
    for group in context.linked:
        found = {side: _found(context.side(side), group.side(side)) for side in SIDES}
        for kind in sorted({b.kind for b in found["a"]} & {b.kind for b in found["b"]}):
            here = {side: [b for b in found[side] if b.kind == kind] for side in SIDES}
            if any(len({b.id for b in here[side]}) != 1 for side in SIDES):
                continue
            x, y = here["a"][0], here["b"][0]
            if x.id == y.id or (kind, frozenset((x.id, y.id))) in bodies.together:
                continue
            if (x.id, y.id) in told or _beside(context, group, x, y):
                continue
            told.add((x.id, y.id))
            yield Draft(
                a=x.span,
                b=y.span,
                message=(
                    f"A speaks of the “{context.a.words(x.span)}”, B of the "
                    f"“{context.b.words(y.span)}”: two different bodies."
                ),
                severity="major",
                confidence=0.7,
                anchor=f"{x.id} {y.id}",
            )


def _found(side: Annotated, sentences: Iterable[Sentence]) -> list[_Body]:
    bodies = _bodies()
    return [
        _Body(*bodies.of[m.group().lower()], Span(s.start + m.start(), s.start + m.end()))
        for s in sentences
        for m in bodies.pattern.finditer(s.text)
    ]


def _beside(context: Context, group: Group, x: _Body, y: _Body) -> bool:
    """Whether a side has the other side's body in the sentence before or after the group."""
    for side, body in (("a", y), ("b", x)):
        which: Side = "a" if side == "a" else "b"
        document = context.side(which).document
        indices = [s.index for s in group.side(which)]
        near = [
            s
            for s in document
            if min(indices) - 1 <= s.index <= max(indices) + 1 and s.index not in indices
        ]
        if any((b.kind, b.id) == (body.kind, body.id) for b in _found(context.side(which), near)):
            return True
    return False


_MINISTRY = re.compile(
    r"(?<![\w-])(?:(?:[A-Z][\w'’-]+,?\s+(?:(?:and|&)\s+)?){1,5}(?:[Mm]inistry|[Dd]epartment)"
    r"|(?:[Mm]inistry|Department)\s+(?:of|for)\s+(?:the\s+)?[A-Z]\w+(?:(?:,?\s+(?:and|&|of|the)\s+|,?\s+)[A-Z]\w+){0,6})"
)


def _other_ministries(context: Context) -> Iterator[Draft]:
    """Two ministries whose fields have nothing in common, each alone on its side of a group."""
    titles = default_titles()
    told: set[frozenset[str]] = set()
    for group in context.linked:
        found: dict[Side, list[tuple[Span, frozenset[str]]]] = {"a": [], "b": []}
        for side in SIDES:
            for sentence in group.side(side):
                for m in _MINISTRY.finditer(sentence.text):
                    if fields := titles.fields(m.group()):
                        start = sentence.start + m.start()
                        found[side].append((Span(start, sentence.start + m.end()), fields))
        if len(found["a"]) != 1 or len(found["b"]) != 1:
            continue
        (span_a, fields_a), (span_b, fields_b) = found["a"][0], found["b"][0]
        if fields_a & fields_b or fields_a | fields_b in told:
            continue
        told.add(fields_a | fields_b)
        yield Draft(
            a=span_a,
            b=span_b,
            message=(
                f"A speaks of the “{context.a.words(span_a)}”, B of the "
                f"“{context.b.words(span_b)}”: two different ministries."
            ),
            severity="major",
            confidence=0.7,
            anchor=" ".join(sorted(fields_a | fields_b)),
        )


def _other_names(context: Context) -> Iterator[Draft]:
    """Pairs of names that only one text has each, in surroundings that are the same."""
    known = {side: _vocabulary(context.side(side)) for side in SIDES}
    told: set[tuple[str, str]] = set()
    for group in context.linked:
        mine = {
            "a": _names(context, "a", group, known["b"]),
            "b": _names(context, "b", group, known["a"]),
        }
        for x, y, score in best_pairs(mine["a"], mine["b"], _score):
            key = (x.text, y.text)
            if key in told or _related(context, x, y):
                continue
            told.add(key)
            yield Draft(
                a=x.span,
                b=y.span,
                message=f"A names {x.text}, B {y.text}: another name where the rest agrees.",
                severity="major",
                confidence=min(0.75, 0.4 + score * 0.35),
                anchor=f"{x.text} {y.text}",
            )


def _vocabulary(side: Annotated) -> frozenset[str]:
    return frozenset(fold(w) for w in re.findall(r"[^\W\d_]+", side.text))


def _names(context: Context, which: Side, group: Group, there: frozenset[str]) -> list[_Name]:
    """Proper names of a group's side of which the other text has no word."""
    side = context.side(which)
    found = []
    for sentence in group.side(which):
        runs = list(_runs(side, sentence))
        for span, slot in zip(runs, slots(sentence.text, sentence.start, runs), strict=True):
            text = side.words(span)
            words = tuple(fold(w) for w in re.findall(r"[^\W\d_]+", text))
            if any(w in there or _spelled(w, there) for w in words if len(w) > 2):
                continue
            # "Class 1" against "Level 1", "Právo" against "Law": a name made of words is translated
            if all(is_word(w) for w in words):
                continue
            found.append(_Name(span, text, words, slot))
    return found


def _spelled(word: str, vocabulary: frozenset[str]) -> bool:
    """Whether a text has another spelling or a derived form of a word."""
    return any(
        w[0] == word[0]
        and (w[:4] == word[:4] or fuzz.ratio(w, word) >= _ALIKE or same_token(w, word))
        for w in vocabulary
        if len(w) > 2
    )


def _runs(side: Annotated, sentence: Sentence) -> Iterator[Span]:
    """Runs of capitalised proper nouns, as the parser tags them."""
    run: list[Token] = []
    for token in [*side.docs[sentence.index], None]:
        if (
            token is not None
            and token.pos_ == "PROPN"
            and token.is_title
            and token.is_alpha
            and token.ent_type_ not in _NOT_LABELS
        ):
            run.append(token)
            continue
        if run and len("".join(t.text for t in run)) > 2:
            first, last = side.span(sentence, run[0]), side.span(sentence, run[-1])
            yield Span(first.start, last.end)
        run = []


def _score(x: _Name, y: _Name) -> float | None:
    value = likeness(x.slot, y.slot)
    enough = len(x.slot.wide & y.slot.wide) >= 2
    return value if value >= _NEEDED and enough else None


def _related(context: Context, x: _Name, y: _Name) -> bool:
    """Whether two names may be of one thing: spellings, an acronym, a place and its country."""
    initials = ["".join(w[0] for w in n.words) for n in (x, y)]
    if "".join(x.words) == initials[1] or "".join(y.words) == initials[0]:
        return True
    if any(same_token(v, w) or fuzz.ratio(v, w) >= _ALIKE for v in x.words for w in y.words):
        return True
    places = [
        [p for found in context.side(side).places for p in found if p.span.overlaps(name.span)]
        for side, name in zip(SIDES, (x, y), strict=True)
    ]
    return any(relation(p, q) != "different" for p in places[0] for q in places[1])


CHECK = Check(
    id="entity",
    summary="Another name of an organisation, a place or a work where the rest agrees.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The agency Xinhua reported that a plane had been hijacked.",
            "The agency Tassinform reported that a plane had been hijacked.",
        ),
    ),
    passes=(
        Example("The talks in Kiev ended on Friday.", "The talks in Kyiv ended on Friday."),
        Example("Shares of Lanyu fell on Friday.", "Shares of the company fell on Friday."),
    ),
)
