"""Where a text goes against the user's glossary (:mod:`compare.glossary`), for ``term``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from compare.checks.base import Draft, ordered
from compare.glossary import Entry, Role, pieces
from compare.records import OTHER, SIDES, Place, Side, Span

if TYPE_CHECKING:
    from compare.annotate import Context

_WRONG = "terminology/wrong-term"
_INCONSISTENT = "terminology/inconsistent-with-terminology-resource"


class _Found(NamedTuple):
    side: Side
    sentence: int
    role: Role
    span: Span


def against_glossary(context: Context) -> Iterator[Draft]:
    """A draft for each entry that a text breaks, with all the places in that text."""
    found: dict[Entry, list[_Found]] = {}
    for side in SIDES:
        text = context.side(side)
        for sentence, doc in zip(text.document, text.docs, strict=True):
            lemmas = {token.idx: token.lemma_ for token in doc}
            for hit in context.glossary.search(pieces(sentence.text, lemmas, sentence.start)):
                found.setdefault(hit.entry, []).append(
                    _Found(side, sentence.index, hit.role, hit.span)
                )
    for entry, places in found.items():
        for side in SIDES:
            here = [f for f in places if f.side == side]
            there = [f for f in places if f.side != side]
            if here:
                yield from _broken(context, entry, here, there)
            else:
                yield from _missing(context, entry, there)


def _broken(
    context: Context, entry: Entry, here: Sequence[_Found], there: Sequence[_Found]
) -> Iterator[Draft]:
    """Forbidden renderings, and known ones where another is required."""
    asks = f"asks for {_any_of(entry.required)}" if entry.required else ""
    for role in ("forbidden", "term") if entry.required else ("forbidden",):
        broken = [f for f in here if f.role == role]
        if not broken:
            continue
        first = broken[0]
        said = f"{first.side.upper()} says “{context.side(first.side).words(first.span)}”"
        if role == "term":
            message = f"{said}, where the glossary {asks} ({entry.place})."
        else:
            tail = f"; it {asks}" if asks else ""
            message = f"{said}, which the glossary forbids ({entry.place}){tail}."
        yield Draft(
            *ordered(first.side, first.span, _beside(context, first, there)),
            message=message + _note(entry),
            severity="major" if role == "forbidden" else "minor",
            confidence=0.95,
            likely_side=first.side,
            category=_WRONG if role == "forbidden" else _INCONSISTENT,
            anchor=_name(entry),
            places=tuple(Place(f.side, *f.span) for f in broken[1:]),
        )


def _beside(context: Context, first: _Found, there: Sequence[_Found]) -> Span | None:
    """What the other text says of the entry in the same group, what is allowed first."""
    group = context.group_of(first.side, first.sentence)
    near = {s.index for s in group.side(OTHER[first.side])} if group else set()
    spans = [f for f in there if f.sentence in near]
    return min(spans, key=lambda f: f.role != "required").span if spans else None


def _missing(context: Context, entry: Entry, there: Sequence[_Found]) -> Iterator[Draft]:
    """A linked sentence of the other text has the concept, and this text never names it."""
    for said in there if entry.required else ():
        group = context.group_of(said.side, said.sentence)
        if group is None or not group.linked or said.role == "forbidden":
            continue
        lacking = OTHER[said.side]
        yield Draft(
            *ordered(said.side, said.span, None),
            message=(
                f"{said.side.upper()} says “{context.side(said.side).words(said.span)}”; "
                f"{lacking.upper()} nowhere has what the glossary asks for it: "
                f"{_any_of(entry.required)} ({entry.place})." + _note(entry)
            ),
            severity="minor",
            confidence=0.6,
            likely_side=lacking,
            ledger="wording",
            category=_INCONSISTENT,
            anchor=_name(entry),
        )
        return


def _name(entry: Entry) -> str:
    return next(words for _, words in entry.renderings())


def _any_of(renderings: Sequence[str]) -> str:
    return " or ".join(f"“{words}”" for words in renderings)


def _note(entry: Entry) -> str:
    return f" {entry.note.rstrip(' .')}." if entry.note else ""
