"""A copy of a result that holds no text of the articles but a few words of each finding.

It is a result like any other, so that every format can show it: all offsets are those of the
texts, and in the place of each sentence stands its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from compare.records import SIDES, Comparison, Document, Finding, Group, Sentence, Side, Span
from compare.report.tables import worst_first

WORDS = 3
"""Words of a finding that are shown on each side unless another number is given."""

_WORD = re.compile(r"\w+")
_FILL = "·"
_CUT = "…"


def redacted(comparison: Comparison, words: int = WORDS) -> Comparison:
    """The result without the articles' text.

    A sentence is the SHA-256 of its UTF-8 in hexadecimal, cut or filled up with ``·`` to its length
    (newlines stay, so that lines and columns hold too); what is no sentence is ``·``. A finding
    keeps at most ``words`` words of each side, none where they would run on from those that another
    finding shows, and its message says what its check looks for. Labels, paths, notes, names and
    quotations are left out.
    """
    a, b = (_document(comparison.document(side), side) for side in SIDES)
    groups = tuple(
        replace(g, a=_same(a.sentences, g.a), b=_same(b.sentences, g.b)) for g in comparison.groups
    )
    config = comparison.config.replace(
        a_label=None, b_label=None, glossary=(), same_entities=(), different_entities=()
    )
    baseline = comparison.run.baseline
    run = replace(
        comparison.run,
        notes=(f"the texts are left out but for at most {words} words of each finding",),
        links=None,
        baseline=None if baseline is None else replace(baseline, source=""),
        glossaries=(),
    )
    hidden = replace(
        comparison,
        a=a,
        b=b,
        groups=groups,
        config=config,
        run=run,
        entities=(),
        quotations=(),
        witnesses=(),
    )
    return replace(hidden, findings=_findings(comparison, hidden, words))


def _document(document: Document, side: Side) -> Document:
    article = document.article
    masked = ["\n" if c == "\n" else _FILL for c in article.text]
    for sentence in document:
        digest = hashlib.sha256(sentence.text.encode("utf-8", "surrogatepass")).hexdigest()
        for place, character in zip(range(sentence.start, sentence.end), digest, strict=False):
            if masked[place] != "\n":
                masked[place] = character
    text = "".join(masked)
    return Document(
        replace(article, text=text, label=side.upper(), source=""),
        tuple(replace(s, text=text[s.start : s.end]) for s in document),
    )


def _same(sentences: Sequence[Sentence], of: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentences[s.index] for s in of)


def _findings(comparison: Comparison, hidden: Comparison, words: int) -> tuple[Finding, ...]:
    from compare.checks import default_registry

    summaries = {check.id: check.summary for check in default_registry().values()}
    texts = [comparison.document(side).article.text for side in SIDES]
    show_a, show_b = (_Shown(text, words) for text in texts)
    runs = {run for text in texts for run in _runs(text, words + 1)}
    groups = {group.group_id: group for group in hidden.groups}
    found = []
    for finding in worst_first(comparison.findings):
        a, b = show_a(finding.span("a")), show_b(finding.span("b"))
        if a and b and not runs.isdisjoint(_runs(f"{a} {b}", words + 1)):
            b = _CUT  # the two cells beside each other would read like a part of one text
        group = groups.get(finding.group_id)
        found.append(
            replace(
                finding,
                a_span=a,
                b_span=b,
                a_text=_sentences(hidden, finding, group, "a"),
                b_text=_sentences(hidden, finding, group, "b"),
                message=summaries.get(finding.check, finding.check),
                note="",
            )
        )
    return tuple(found)


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """All runs of so many words."""
    words = _WORD.findall(text.casefold())
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def _sentences(hidden: Comparison, finding: Finding, group: Group | None, side: Side) -> str | None:
    """The hashes of the sentences that a finding stands in, or is set against."""
    span = finding.span(side)
    if span is not None:
        there = [s for s in hidden.document(side) if s.span.overlaps(span)]
    else:
        there = [] if group is None else list(group.side(side))
    return " ".join(s.text for s in there) or None


class _Shown:
    """The words of one text that findings show: together they never run on for more than so many.

    Offsets tell where each of them stands, so that what two findings show could be put together.
    """

    def __init__(self, text: str, words: int) -> None:
        self._text = text
        self._places = [Span(*match.span()) for match in _WORD.finditer(text)]
        self._shown: set[int] = set()
        self._words = words

    def __call__(self, span: Span | None) -> str | None:
        """What to show of a span."""
        if span is None:
            return None
        held = [i for i, place in enumerate(self._places) if place.overlaps(span)]
        kept = held[: self._words]
        together = self._shown.union(kept)
        if not kept or self._longest_run(together) > self._words:
            return _CUT
        self._shown = together
        end = span.end if kept == held else self._places[kept[-1]].end
        return self._text[span.start : end] + ("" if kept == held else f" {_CUT}")

    @staticmethod
    def _longest_run(numbers: set[int]) -> int:
        runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
        return max((len(list(run)) for _, run in runs), default=0)
