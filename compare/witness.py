"""Further texts of the same story as witnesses: which of two contradicting texts they agree with.

The same checks hold each of them against A and against B. Where it contradicts what one of them
says and not what the other one says in its place, it speaks for the other; and so where it has the
very words that only one of them has. Most of those that speak decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft
from compare.config import Config
from compare.records import OTHER, SIDES, Document, Group, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELD = frozenset("DET ADP PUNCT PART CCONJ SCONJ AUX SPACE SYM".split())
"""Words that say nothing by themselves; not "not", which is told by its lemma."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A further text beside each of the two, aligned with it."""

    contexts: dict[Side, Context]
    """A and the witness, which is B there; the witness, which is A there, and B."""

    def beside(self, side: Side, sentences: Iterable[int]) -> frozenset[int]:
        """The witness's sentences that are linked with some of a text."""
        context, wanted = self.contexts[side], set(sentences)
        return frozenset(
            s.index
            for group in context.linked
            if wanted & {t.index for t in group.side(side)}
            for s in group.side(OTHER[side])
        )

    def text(self, side: Side) -> Annotated:
        """The witness as it stands beside a text."""
        return self.contexts[side].side(OTHER[side])


def witness(
    context: Context,
    document: Document,
    a_groups: tuple[Group, ...],
    b_groups: tuple[Group, ...],
    config: Config,
) -> Witness:
    """A witness for two texts.

    Args:
        context: the two texts.
        document: the third one.
        a_groups: A aligned with it: its sentences are B's.
        b_groups: it aligned with B: its sentences are A's.
        config: the settings of the run.
    """
    return Witness(
        {
            "a": Context(context.a, Annotated(document, "b"), a_groups, config),
            "b": Context(Annotated(document, "a"), context.b, b_groups, config),
        }
    )


def testify(
    context: Context, drafts: Sequence[tuple[str, Draft]], checks: Sequence[Check]
) -> list[tuple[str, Draft]]:
    """Contradictions with the side that most witnesses speak against, where they do.

    Where a check had evidence of its own for the other side, nothing is decided.

    Args:
        context: both texts, with the witnesses.
        drafts: (check id, draft) pairs.
        checks: those that run.
    """
    if not context.witnesses:
        return list(drafts)
    spoken = {check for check, draft in drafts if draft.ledger == "fact"}
    against = [
        _against(context, third, [check for check in checks if check.id in spoken])
        for third in context.witnesses
    ]
    return [(check, _heard(context, draft, against)) for check, draft in drafts]


_Against = dict[Side, list[Span]]


def _against(context: Context, third: Witness, checks: Iterable[Check]) -> _Against:
    """The words of each text that a witness contradicts."""
    found: _Against = {"a": [], "b": []}
    for check in checks:
        for side in SIDES:
            for draft in check.drafts(third.contexts[side]):
                span = draft.a if side == "a" else draft.b
                sure = draft.confidence >= context.config.min_confidence
                if draft.ledger == "fact" and sure and span is not None:
                    found[side].append(span)
    return found


def _heard(context: Context, draft: Draft, against: Sequence[_Against]) -> Draft:
    if draft.ledger != "fact" or draft.a is None or draft.b is None:
        return draft
    if draft.category.startswith("terminology/"):  # a matter of style
        return draft
    spans: dict[Side, Span] = {"a": draft.a, "b": draft.b}
    words = zip(context.witnesses, against, strict=True)
    votes = Counter(filter(None, (_wrong(context, third, spans, its) for third, its in words)))
    if not votes or votes["a"] == votes["b"]:
        return draft
    wrong: Side = "a" if votes["a"] > votes["b"] else "b"
    right, many = OTHER[wrong].upper(), len(context.witnesses)
    if many == 1:
        agree = f"The third text agrees with {right}"
    else:
        agree = f"{votes[wrong]} of {many} further texts agree with {right}"
    agrees = f"{draft.message.rstrip('.')}. {agree}"
    if draft.likely_side == OTHER[wrong]:
        return replace(draft, likely_side="unknown", message=f"{agrees}, though.")
    told = f"{agrees}, so {wrong.upper()} is the likelier one to be wrong."
    return replace(draft, likely_side=wrong, message=told)


def _wrong(
    context: Context, third: Witness, spans: dict[Side, Span], against: _Against
) -> Side | None:
    """The side that a witness speaks against, if it speaks of the matter."""
    heard = {side: third.beside(side, _sentences(context, side, spans[side])) for side in SIDES}
    if not heard["a"] & heard["b"]:
        return None
    contradicted = [side for side in SIDES if any(s.overlaps(spans[side]) for s in against[side])]
    said = [side for side in SIDES if _says(context, third, spans, side, heard[side])]
    if len(contradicted) == 1 and said in ([], [OTHER[contradicted[0]]]):
        return contradicted[0]
    if not contradicted and len(said) == 1:
        return OTHER[said[0]]
    return None


def _sentences(context: Context, side: Side, span: Span) -> list[int]:
    return [s.index for s in context.side(side).document if s.span.overlaps(span)]


def _says(
    context: Context, third: Witness, spans: dict[Side, Span], side: Side, heard: Iterable[int]
) -> bool:
    """Whether the witness has all the words that only one side's span has."""
    own, other = (_lemmas(_tokens(context, s, spans[s])) for s in (side, OTHER[side]))
    docs = third.text(side).docs
    there = _lemmas(t for index in heard for t in docs[index])
    return bool(own - other) and own - other <= there


def _tokens(context: Context, side: Side, span: Span) -> list[Token]:
    text = context.side(side)
    return [
        t
        for index in _sentences(context, side, span)
        for t in text.docs[index]
        if text.span(text.document.sentences[index], t).overlaps(span)
    ]


def _lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in tokens if t.pos_ not in _HELD or t.dep_ == "neg")
