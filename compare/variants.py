"""More than two texts of one story: all are held against one of them, the pivot.

Each comparison of the pivot with another text hears the remaining ones as witnesses, so that a text
which stands alone against the rest is told as the likely error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.config import Config
from compare.errors import InputError, UsageError
from compare.pipeline import compare_articles
from compare.records import SEVERITIES, Article, Comparison, Finding, Span
from compare.report.tables import worst_first

if TYPE_CHECKING:
    from compare.embed import Encoder
    from compare.pipeline import Progress


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of the pivot that other texts contradict."""

    findings: tuple[tuple[int, Finding], ...]
    """The number of the other text, from 0, and what it differs in; the pivot is A."""
    alone: int | None
    """The text that stands alone against the rest, by number; None where it is not clear."""

    @property
    def worst(self) -> Finding:
        """The finding to tell first."""
        return min((f for _, f in self.findings), key=lambda f: SEVERITIES.index(f.severity))


@dataclass(frozen=True, slots=True)
class Variants:
    """The result."""

    labels: tuple[str, ...]
    pivot: int
    """Number of the text that all others are held against, from 0."""
    comparisons: tuple[tuple[int, Comparison], ...]
    """The number of each other text, and the pivot (A) against it (B)."""
    differences: tuple[Difference, ...]
    """Facts that differ, the worst first."""


def compare_variants(
    articles: Sequence[Article],
    config: Config | None = None,
    encoder: Encoder | None = None,
    pivot: int | None = None,
    progress: Progress | None = None,
) -> Variants:
    """Compare three texts or more.

    Args:
        articles: the texts.
        config: settings; labels and dates are those of the articles.
        encoder: as for :func:`compare.compare_texts`.
        pivot: number of the text to hold the others against, from 0; the one that says most of
            what the others say where None.
        progress: called with each stage's name as it begins.

    Raises:
        UsageError: fewer than three texts, or no such pivot.
        InputError: a text cannot be used, or does not tell the story of the pivot.
    """
    config = config or Config()
    if len(articles) < 3:
        raise UsageError("give three texts or more; two are compared with `run`")
    if pivot is None:
        from compare.embed import make_encoder

        encoder = encoder or make_encoder(config)
        pivot = _central(articles, encoder, config.max_sentence)
    if not 0 <= pivot < len(articles):
        raise UsageError(f"there is no text {pivot + 1}: give --pivot a number to {len(articles)}")
    compared = []
    for number, article in enumerate(articles):
        if number == pivot:
            continue
        rest = [a for i, a in enumerate(articles) if i not in (number, pivot)]
        result = compare_articles(
            articles[pivot], article, config, encoder, progress=progress, witnesses=rest
        )
        compared.append((number, result))
    return gathered(pivot, compared)


def gathered(pivot: int, compared: Sequence[tuple[int, Comparison]]) -> Variants:
    """The result that some comparisons of the pivot make together.

    Args:
        pivot: its number, from 0.
        compared: the number of each other text, and the pivot (A) against it (B).

    Raises:
        InputError: a text is missing, or A is not everywhere the same.
    """
    compared = sorted(compared, key=lambda one: one[0])
    numbers = sorted([pivot, *(number for number, _ in compared)])
    if len(numbers) < 3 or numbers != list(range(len(numbers))):
        have = ", ".join(str(number + 1) for number in numbers)
        raise InputError(
            f"there are only texts {have} of a comparison of several: a run is missing; compare "
            "the texts again"
        )
    if len({result.a.article.text for _, result in compared}) > 1:
        raise InputError(
            "the runs do not hold the same text as A, so they are not of one comparison of "
            "several texts: compare the texts again"
        )
    labels = {number: result.b.article.label for number, result in compared}
    labels[pivot] = compared[0][1].a.article.label
    return Variants(
        tuple(labels[number] for number in numbers),
        pivot,
        tuple(compared),
        _differences(compared, pivot),
    )


def _central(articles: Sequence[Article], encoder: Encoder, max_sentence: int) -> int:
    """The text whose sentences, and the others', have the nearest partners across."""
    import numpy as np

    from compare.embed import unit
    from compare.segment import segment

    documents = [segment(article, max_sentence) for article in articles]
    vectors = [unit(np.asarray(encoder.encode([s.text for s in d]))) for d in documents]

    def near(x: int, y: int) -> float:
        if not len(documents[x]) or not len(documents[y]):
            return 0.0
        cosines = vectors[x] @ vectors[y].T
        return float(cosines.max(axis=0).mean() + cosines.max(axis=1).mean())

    numbers = range(len(articles))
    return max(numbers, key=lambda x: sum(near(x, y) for y in numbers if y != x))


def _differences(compared: Sequence[tuple[int, Comparison]], pivot: int) -> tuple[Difference, ...]:
    """The fact findings of all comparisons, those about the same words of the pivot in one."""
    groups: list[list[tuple[int, Finding]]] = []
    for number, result in compared:
        for finding in worst_first(result.findings):
            if finding.ledger != "fact":
                continue
            home = next((g for g in groups if _same_words(g, number, finding)), None)
            if home is None:
                groups.append([(number, finding)])
            else:
                home.append((number, finding))
    made = [Difference(tuple(g), _alone(g, len(compared), pivot)) for g in groups]
    return tuple(
        # As a run's file has it: what is read back comes in the same order.
        sorted(
            made, key=lambda d: (SEVERITIES.index(d.worst.severity), -round(d.worst.confidence, 4))
        )
    )


def _same_words(group: Sequence[tuple[int, Finding]], number: int, finding: Finding) -> bool:
    """Whether a finding is about the words of the pivot that others of its check are about."""
    span = finding.span("a")
    if span is None:
        return False
    return all(other != number for other, _ in group) and any(
        held.check == finding.check and isinstance(at := held.span("a"), Span) and at.overlaps(span)
        for _, held in group
    )


def _alone(group: Sequence[tuple[int, Finding]], others: int, pivot: int) -> int | None:
    """The text that stands alone: the pivot, or one that the rest contradicts."""
    sides = {finding.likely_side for _, finding in group}
    if len(group) == others and "b" not in sides:
        return pivot
    if len(group) == 1 and sides == {"b"}:
        return group[0][0]
    return pivot if sides == {"a"} else None


def with_labels(articles: Sequence[Article], labels: Sequence[str]) -> tuple[Article, ...]:
    """The articles under the names that the user gives them."""
    named = zip(articles, [*labels, *([""] * len(articles))], strict=False)
    return tuple(replace(a, label=label) if label else a for a, label in named)
