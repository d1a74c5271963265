"""Words that link a statement with what it depends on, for ``polarity``: because of, in spite of.

What follows the link must be the same in both texts, and no text may have both links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from compare.annotate import Context
from compare.checks.base import Draft
from compare.match import Match, is_content, match
from compare.polarity import negated
from compare.records import SIDES, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = {
    "cause": (
        "because of",
        "because",
        "on account of",
        "owing to",
        "thanks to",
        "due to",
        "as a result of",
        "by virtue of",
        "as a consequence of",
    ),
    "concession": (
        "in spite of",
        "despite",
        "although",
        "even though",
        "though",
        "notwithstanding",
        "in the face of",
        "in defiance of",
    ),
    "condition": (
        "on condition that",
        "on the condition that",
        "provided that",
        "provided",
        "providing that",
        "only if",
        "as long as",
        "so long as",
        "on the understanding that",
    ),
    "either way": (
        "even if",
        "whether or not",
        "regardless of whether",
        "irrespective of whether",
        "no matter whether",
        "no matter if",
    ),
    "instead": ("instead of", "in place of", "rather than", "in lieu of"),
    "besides": ("in addition to", "on top of", "as well as", "besides", "along with"),
    "except": ("except for", "except", "apart from", "excepting", "with the exception of", "save"),
    "including": ("including", "inclusive of"),
    "until": ("until after", "until", "up until", "till"),
    "before": ("before", "ahead of", "prior to"),
    "from then": ("as soon as", "once", "the moment", "after", "following"),
}
_AGAINST = {
    frozenset(pair)
    for pair in (
        ("cause", "concession"),
        ("condition", "concession"),
        ("condition", "either way"),
        ("instead", "besides"),
        ("except", "including"),
        ("until", "from then"),
        ("before", "from then"),
    )
}
_OF = {word: kind for kind, words in _LINKS.items() for word in words}
_WORDS = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, _OF), key=len, reverse=True))})\b", re.IGNORECASE
)
_SAME_VERB = ("until", "before", "from then")
"""Kinds that say one thing of opposite verbs: "shut until it rains", "open once it rains"."""
_REACH = 8
"""Content words behind a link that are looked at."""
_ENOUGH = 0.6


class _Link(NamedTuple):
    kind: str
    sentence: Sentence
    start: int
    """In the sentence."""
    text: str
    words: tuple[Token, ...]
    """The content words behind it, to the end of the clause."""
    over: Token | None
    """The verb that it says something of."""


def linked_otherwise(context: Context, group: Group) -> Iterator[Draft]:
    """Links of opposite kinds before the same words."""
    links = {side: list(_links(context, group, side)) for side in SIDES}
    kinds = {side: {x.kind for x in links[side]} for side in SIDES}
    matched = match(context, group)
    for x in links["a"]:
        for y in links["b"]:
            if frozenset((x.kind, y.kind)) not in _AGAINST:
                continue
            if x.kind in kinds["b"] or y.kind in kinds["a"] or not _same(matched, x, y):
                continue
            yield Draft(
                a=_span(context, "a", x),
                b=_span(context, "b", y),
                message=(
                    f"A links this by “{x.text}”, B by “{y.text}”: one text makes it "
                    f"{_SAID[x.kind]}, the other {_SAID[y.kind]}."
                ),
                severity="major",
                confidence=0.7,
            )
            return


_SAID = {
    "cause": "the reason",
    "concession": "what did not stand in the way",
    "condition": "a condition",
    "either way": "of no account",
    "instead": "what it replaces",
    "besides": "something besides",
    "except": "an exception",
    "including": "a part",
    "until": "the end",
    "before": "what follows",
    "from then": "the beginning",
}


def _span(context: Context, side: Side, link: _Link) -> Span:
    """From the link to the last word behind it that is looked at."""
    last = context.side(side).span(link.sentence, link.words[-1])
    return Span(link.sentence.start + link.start, last.end)


def _links(context: Context, group: Group, side: Side) -> Iterator[_Link]:
    text = context.side(side)
    for sentence in group.side(side):
        doc = text.docs[sentence.index]
        found = list(_WORDS.finditer(sentence.text))
        for i, link in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(sentence.text)
            behind: list[Token] = []
            for token in doc:
                if token.idx < link.end():
                    continue
                if token.idx >= end or (behind and token.text in (",", ";", ":", "–", "—")):
                    break
                if is_content(token):
                    behind.append(token)
            first = next((t for t in doc if t.idx >= link.start()), None)
            if behind and first is not None:
                kind = _OF[link.group().lower()]
                over = next(
                    (t for t in first.ancestors if t not in behind and t.pos_ == "VERB"), None
                )
                words = tuple(behind[:_REACH])
                yield _Link(kind, sentence, link.start(), link.group(), words, over)


def _same(matched: Match, x: _Link, y: _Link) -> bool:
    """Whether the same stands behind both, and is affirmed or denied in both."""
    shared = [t for t in x.words if matched.of("a", t) in y.words]
    if len(shared) < _ENOUGH * min(len(x.words), len(y.words)):
        return False
    if len(shared) < 2 and max(len(x.words), len(y.words)) > 2:
        return False
    if any(negated(t) for t in x.words) != any(negated(t) for t in y.words):
        return False
    if x.kind in _SAME_VERB:
        if x.over is None or y.over is None or matched.of("a", x.over) != y.over:
            return False
        return x.over.lemma_ == y.over.lemma_ and negated(x.over) == negated(y.over)
    return True
