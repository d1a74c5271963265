"""Comparisons with findings of one's choice, for tests of what is decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from compare.config import Config
from compare.read import article_from_sentences
from compare.records import SEVERITIES, Comparison, Finding
from compare.segment import segment

CHECKS = ("title", "name", "number", "omission")


def finding(number: int, pair_id: str = "p1", **changes: object) -> Finding:
    """A finding that differs from those of other numbers; the lower, the worse."""
    made = Finding(
        finding_id=f"f{number:03}",
        pair_id=pair_id,
        group_id="g001",
        check=CHECKS[number % len(CHECKS)],
        ledger="wording" if number % 3 == 2 else "fact",
        category="accuracy/mistranslation",
        severity=SEVERITIES[number % len(SEVERITIES)],
        confidence=round(0.99 - number / 1000, 4),
        likely_side="b",
        a_span=f"envoy {number}",
        b_span=f"president {number}",
        a_start=0,
        a_end=3,
        b_start=0,
        b_end=3,
        a_text=f"The envoy {number} spoke.",
        b_text=f"The president {number} spoke.",
        message="A says envoy, B says president.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def sentences(name: str, count: int) -> list[str]:
    """Sentences that no other name gives."""
    return [f"Sentence {i} of the story of {name}." for i in range(count)]


def story(
    findings: int | Iterable[Finding] = 8,
    a: Sequence[str] = tuple(sentences("a", 10)),
    b: Sequence[str] = tuple(sentences("b", 10)),
    pair_id: str = "p1",
) -> Comparison:
    """A comparison of two texts with these findings, or so many."""
    if isinstance(findings, int):
        findings = (finding(i, pair_id) for i in range(findings))
    documents = (segment(article_from_sentences(list(text))) for text in (a, b))
    return Comparison(pair_id, *documents, (), tuple(findings), Config())
