"""``term``: a word for another concept: a false friend, or a term that only looks alike.

False friends are data by source language (``compare/data/false_friends.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.polarity import surroundings
from compare.records import OTHER, SIDES, Group, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 3
"""How many words away a phrase may share a neighbour with its counterpart."""
# Endings of terms of medicine and chemistry that make another thing of the same beginning.
_TERM_ENDINGS = (
    "oma omas opathy opathies itis osis emia aemia algia ectomy oplasty oscopy ography ology "
    "olysis otomy ide ides ate ates ite ites ane ene yne ol ase ose"
).split()
_TERM_PREFIX = 4
"""Letters that two terms must share."""


@dataclass(frozen=True, slots=True)
class _Friend:
    language: str
    source: str
    right: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[str, ...], ...]
    common: bool
    """Both words are frequent: they must stand in the same surroundings."""


@cache
def _friends() -> tuple[_Friend, ...]:
    data = tomllib.loads((files("compare") / "data" / "false_friends.toml").read_text("utf-8"))
    return tuple(
        _Friend(
            f["language"],
            f["source"],
            tuple(tuple(w.split()) for w in f["right"]),
            tuple(tuple(w.split()) for w in f["wrong"]),
            f.get("common", False),
        )
        for f in data["friend"]
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """The tokens of one side of a group, with their lemmas in a row for phrases."""

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    lemmas: tuple[str, ...]
    words: tuple[str, ...]
    """Lower case, as written."""
    known: frozenset[str]
    """Every lemma and word: most phrases of the data have no word here at all."""

    def places(self, phrase: tuple[str, ...]) -> list[int]:
        if phrase[0] not in self.known:
            return []
        n = len(phrase)
        return [
            i
            for i in range(len(self.lemmas) - n + 1)
            if all(w in (self.lemmas[i + k], self.words[i + k]) for k, w in enumerate(phrase))
        ]


def find(context: Context) -> Iterator[Draft]:
    """False friends first, then look-alikes, each once per group."""
    for group in context.linked:
        text = {side: _text(context.side(side), group, side) for side in SIDES}
        for side in SIDES:
            yield from _false_friends(context, text, side)
        yield from _look_alikes(text)


def _text(side: Annotated, group: Group, which: Side) -> _Text:
    tokens, spans = [], []
    for sentence in group.side(which):
        for token in side.docs[sentence.index]:
            tokens.append(token)
            spans.append(side.span(sentence, token))
    lemmas, words = tuple(t.lemma_.lower() for t in tokens), tuple(t.lower_ for t in tokens)
    return _Text(tuple(tokens), tuple(spans), lemmas, words, frozenset((*lemmas, *words)))


def _false_friends(context: Context, text: dict[Side, _Text], side: Side) -> Iterator[Draft]:
    here, there = text[side], text[OTHER[side]]
    language = context.config.source_language
    seen: set[int] = set()
    for friend in _friends():
        if language and friend.language not in ("", language):
            continue
        wrong = [(i, p) for p in friend.wrong for i in here.places(p)]
        right = [(i, p) for p in friend.right for i in there.places(p)]
        if not wrong or not right:
            continue
        if any(here.places(p) for p in friend.right) or any(there.places(p) for p in friend.wrong):
            continue
        pairs = [
            (w, r)
            for w in wrong
            for r in right
            if not friend.common or _same_slot(here, w, there, r)
        ]
        (i, p), (j, q) = pairs[0] if pairs else ((-1, ()), (-1, ()))
        if not pairs or i in seen:  # several languages know the same false friend
            continue
        seen.add(i)
        spans: dict[Side, Span] = {
            side: Span(here.spans[i].start, here.spans[i + len(p) - 1].end),
            OTHER[side]: Span(there.spans[j].start, there.spans[j + len(q) - 1].end),
        }
        known = f" ({friend.language}: {friend.source})" if friend.language else ""
        yield Draft(
            a=spans["a"],
            b=spans["b"],
            message=(
                f"{side.upper()} says “{context.side(side).words(spans[side])}”, "
                f"{OTHER[side].upper()} “{context.side(OTHER[side]).words(spans[OTHER[side]])}”: "
                f"another concept, and a known confusion in translation{known}."
            ),
            severity="minor",
            confidence=0.75,
            likely_side=side if friend.language else "unknown",
        )


def _same_slot(
    here: _Text, x: tuple[int, tuple[str, ...]], there: _Text, y: tuple[int, tuple[str, ...]]
) -> bool:
    """Whether two phrases share something they depend on, or a content word beside them."""
    last_x, last_y = x[0] + len(x[1]) - 1, y[0] + len(y[1]) - 1
    if surroundings(here.tokens[last_x]) & surroundings(there.tokens[last_y]):
        return True
    return bool(_beside(here, x[0], last_x) & _beside(there, y[0], last_y))


def _beside(text: _Text, first: int, last: int) -> set[str]:
    near = (*text.tokens[max(0, first - _NEAR) : first], *text.tokens[last + 1 : last + 1 + _NEAR])
    return {
        t.lemma_.lower()
        for t in near
        if (t.is_alpha or t.like_num) and not t.is_stop and len(t) > 2
    }


def _look_alikes(text: dict[Side, _Text]) -> Iterator[Draft]:
    """Two terms of science with one beginning and different endings: myeloma, myelopathy."""
    own = {
        side: [
            (t, s)
            for t, s in zip(text[side].tokens, text[side].spans, strict=True)
            if t.pos_ in ("NOUN", "PROPN", "ADJ")
            and t.is_alpha
            and t.lemma_.lower() not in text[OTHER[side]].lemmas
        ]
        for side in SIDES
    }
    for (a, span_a), (b, span_b) in product(own["a"], own["b"]):
        if _terms_differ(a.lower_, b.lower_):
            yield Draft(
                a=span_a,
                b=span_b,
                message=(
                    f"A says “{a.text}”, B “{b.text}”: the terms look alike and name "
                    "different things."
                ),
                severity="major",
                confidence=0.7,
            )


def _terms_differ(x: str, y: str) -> bool:
    """Whether two words are one beginning with different endings of the list.

    >>> _terms_differ("myeloma", "myelopathy"), _terms_differ("nitrate", "nitrates")
    (True, False)
    """
    x, y = (w.replace("ae", "e").replace("oe", "e") for w in (x, y))  # leukaemia is leukemia
    prefix = next(
        (i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y))
    )
    cuts = [{(w[: -len(e)], e.rstrip("s")) for e in _TERM_ENDINGS if w.endswith(e)} for w in (x, y)]
    return any(
        stem == other and end != ending and _TERM_PREFIX <= len(stem) <= prefix
        for stem, end in cuts[0]
        for other, ending in cuts[1]
    )


CHECK = Check(
    id="term",
    summary="A word for another concept: a false friend, or a term that only looks alike.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("She did not attend the hearing.", "She did not assist the hearing."),
        Example("The unit might be sold.", "The unit will eventually be sold."),
        Example("He died of multiple myeloma.", "He died of multiple myelopathy."),
        Example("The company currently owns two ports.", "The company actually owns two ports."),
    ),
    passes=(
        Example("The economy of Spain grew.", "Economists say Spain grew."),
        Example("She attended the hearing.", "She was present at the hearing."),
        Example(
            "The judge read the sentence of five years.",
            "The ruling, a sentence of five years, was read.",
        ),
        Example("The administration agreed.", "Administrators agreed."),
    ),
)
