"""Run the checks over a comparison and turn their drafts into findings with an identity."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, same_place
from compare.records import SEVERITIES, Finding, Group, Sentence, Side, Span
from compare.sides import assign
from compare.witness import testify

_CONTEXT_WORDS = 3
_WORD = re.compile(r"\w+")


def detect(context: Context, checks: Sequence[Check], pair_id: str) -> tuple[Finding, ...]:
    """Findings of all checks at or above ``config.min_confidence``, worst first.

    A draft whose spans lie within those of a stronger draft of another check on the fact ledger
    is dropped: one thing is one finding. So is one of a learned check where another check has a
    fact finding on some of its words, and one of a check that gives way where any other has one.
    """
    drafts = [(check.id, draft) for check in checks for draft in check.drafts(context)]
    drafts = [d for d in drafts if d[1].confidence >= context.config.min_confidence]
    by_id = {check.id: check for check in checks}
    learned = {check.id for check in checks if check.learned}
    giving = {check.id for check in checks if check.gives_way}
    drafts = _without_told(drafts, learned, facts_only=True)
    drafts = _without_told(drafts, giving, facts_only=False)
    drafts = assign(context, testify(context, drafts, checks))
    drafts.sort(key=lambda d: _rank(d[1]))
    kept: list[tuple[str, Draft]] = []
    for check, draft in drafts:
        if not any(_repeats(draft, other) for _, other in kept):
            kept.append((check, draft))
    seen: Counter[str] = Counter()
    return tuple(_finding(context, by_id[c], draft, pair_id, seen) for c, draft in kept)


def _rank(draft: Draft) -> tuple[int, bool, float, int, int]:
    start_a = draft.a.start if draft.a else -1
    start_b = draft.b.start if draft.b else -1
    return (
        SEVERITIES.index(draft.severity),
        draft.ledger != "fact",
        -draft.confidence,
        max(start_a, start_b),
        min(start_a, start_b),
    )


def _without_told(
    drafts: Sequence[tuple[str, Draft]], yielding: Container[str], *, facts_only: bool
) -> list[tuple[str, Draft]]:
    """All but the drafts of some checks on whose words any other check has a draft."""
    others = [
        draft
        for check, draft in drafts
        if check not in yielding and (draft.ledger == "fact" or not facts_only)
    ]
    return [
        (check, draft)
        for check, draft in drafts
        if check not in yielding or not any(same_place(draft, other) for other in others)
    ]


def _repeats(draft: Draft, stronger: Draft) -> bool:
    if draft.ledger != stronger.ledger:
        return False

    def inside(inner: Span | None, outer: Span | None) -> bool:
        if inner is None:
            return True
        return outer is not None and outer.start <= inner.start and inner.end <= outer.end

    return inside(draft.a, stronger.a) and inside(draft.b, stronger.b)


def normalise(text: str) -> str:
    """Case, spacing and punctuation folded away, for identities.

    >>> normalise("“President  Kim’s”")
    'president kim s'
    """
    return " ".join(_WORD.findall(text.casefold()))


def _neighbours(side: Annotated, span: Span) -> str:
    """The few words on each side of a span, within its sentence."""
    sentence = side.document.sentence_at(span.start)
    if sentence is None:
        return ""
    before = _WORD.findall(side.text[sentence.start : span.start].casefold())
    after = _WORD.findall(side.text[span.end : max(sentence.end, span.end)].casefold())
    return " ".join((*before[-_CONTEXT_WORDS:], "_", *after[:_CONTEXT_WORDS]))


def _finding(
    context: Context, check: Check, draft: Draft, pair_id: str, seen: Counter[str]
) -> Finding:
    words = {side: _words(context.side(side), span) for side, span in _spans(draft)}
    anchor = draft.anchor or " | ".join(
        _neighbours(context.side(side), span) for side, span in _spans(draft) if span
    )
    # No offsets and no sentence numbers: the finding keeps its name when the text around it
    # moves. A second finding with the same words in the same surroundings gets a number.
    key = "\x1f".join(
        (check.id, normalise(words["a"] or ""), normalise(words["b"] or ""), normalise(anchor))
    )
    seen[key] += 1
    if seen[key] > 1:
        key += f"\x1f{seen[key]}"
    group = _group_of(context, draft)
    return Finding(
        finding_id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        pair_id=pair_id,
        group_id=group.group_id if group else "",
        check=check.id,
        ledger=draft.ledger,
        category=draft.category or check.category,
        severity=draft.severity,
        confidence=round(draft.confidence, 4),
        likely_side=draft.likely_side,
        a_span=words["a"],
        b_span=words["b"],
        a_start=draft.a.start if draft.a else None,
        a_end=draft.a.end if draft.a else None,
        b_start=draft.b.start if draft.b else None,
        b_end=draft.b.end if draft.b else None,
        a_text=_sentences(context.a, draft.a, group.a if group else ()),
        b_text=_sentences(context.b, draft.b, group.b if group else ()),
        message=draft.message,
        places=draft.places,
    )


def _spans(draft: Draft) -> Iterable[tuple[Side, Span | None]]:
    return (("a", draft.a), ("b", draft.b))


def _words(side: Annotated, span: Span | None) -> str | None:
    return None if span is None else side.words(span)


def _group_of(context: Context, draft: Draft) -> Group | None:
    """The group that holds the draft's spans: both if it can be, else the side likely wrong."""

    def holds(group: Group, side: Side, span: Span | None) -> bool:
        return span is not None and any(s.span.overlaps(span) for s in group.side(side))

    groups = context.groups
    in_a = [g for g in groups if holds(g, "a", draft.a)]
    in_b = [g for g in groups if holds(g, "b", draft.b)]
    both = [g for g in in_a if g in in_b]
    order = (both, in_b, in_a) if draft.likely_side == "b" else (both, in_a, in_b)
    return next((g for candidates in order for g in candidates), None)


def _sentences(side: Annotated, span: Span | None, partners: tuple[Sentence, ...]) -> str | None:
    """The sentences a span stands in; without one, those of the group, for the reader."""
    if span is None:
        return " ".join(s.text for s in partners) or None
    return " ".join(s.text for s in side.document if s.span.overlaps(span)) or None
