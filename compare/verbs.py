"""What the parse says of a verb: its subject, its helpers, its particle and its time.

>>> from compare.annotate import spacy_model
>>> verb = spacy_model()("The old plant was closed down by a court.")[4]
>>> particle(verb), past(verb), [t.text for t in helpers(verb)]
('down', True, ['was'])
"""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
_MAIN = ("ROOT", "ccomp")
"""Of two sentences with a comma between them the parser takes the first for a clause."""
_HELPERS = ("aux", "auxpass")
_FORWARD = ("bring", "move")
PASSIVE = frozenset(("was", "were"))
PERFECT = PASSIVE | {"has", "have", "had", "been"}


def helpers(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, in order."""
    return [c for c in verb.children if c.dep_ in _HELPERS]


def particle(verb: Token) -> str:
    """What makes another verb of it ("call off"), or nothing."""
    return next((c.lower_ for c in verb.children if c.dep_ == "prt" or _forward(c)), "")


def _forward(token: Token) -> bool:
    """Whether an adverb makes another verb of the one it stands behind: "brought forward"."""
    return token.dep_ == "advmod" and token.lower_ == "forward" and token.head.lemma_ in _FORWARD


def past(verb: Token, by: Container[str] = PASSIVE) -> bool:
    """Whether it is a finite past without a helper, or a participle with none but these.

    A sentence's first verb with a subject and no helper is finite, whatever the tagger says.
    """
    words = [c.lower_ for c in helpers(verb)]
    active = verb.dep_ in _MAIN and any(c.dep_ == "nsubj" for c in verb.children)
    if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not words and active):
        return not words
    return verb.tag_ == "VBN" and bool(words) and all(w in by for w in words)
