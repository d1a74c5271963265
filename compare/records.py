"""The records that pass between the stages: frozen, and free of any I/O.

Every offset is a character offset into :attr:`Article.text`, the text as it was read (decoded,
newlines normalised to ``\\n``, nothing else changed), so ``text[start:end]`` is always the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from compare.config import Config

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")
OTHER: dict[Side, Side] = {"a": "b", "b": "a"}
"""The side across."""


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character.

        >>> Span(0, 4).overlaps(Span(3, 9)), Span(0, 4).overlaps(Span(4, 9))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The shortest range that holds both.

        >>> Span(0, 4).cover(Span(6, 9))
        Span(start=0, end=9)
        """
        return Span(min(self.start, other.start), max(self.end, other.end))


class Role(StrEnum):
    """What a block of an article is; only the first three take part in the comparison."""

    HEADLINE = "headline"
    SUBTITLE = "subtitle"
    BODY = "body"
    DATELINE = "dateline"
    DATE = "date"
    BYLINE = "byline"
    CAPTION = "caption"
    RELATED = "related"
    BOILERPLATE = "boilerplate"

    @property
    def compared(self) -> bool:
        """Whether sentences of this role are aligned and checked."""
        return self in (Role.HEADLINE, Role.SUBTITLE, Role.BODY)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article with one role; blocks never overlap and never hold a blank line."""

    start: int
    end: int
    role: Role
    paragraph: int
    """Number of the paragraph, from 0, over the whole article."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text as read."""

    text: str
    blocks: tuple[Block, ...]
    label: str
    """What the reader calls this text, e.g. ``Hankyoreh English edition``."""
    source: str = ""
    """Where it came from: a path, ``-`` for standard input, empty for a string."""
    date: dt.date | None = None
    """The day the article is dated, given by the user or found in the text."""
    date_source: Literal["given", "text", "inferred", ""] = ""
    sha256: str = ""
    """Hash of the bytes read (of the UTF-8 text where it came as a string)."""
    encoding: str = "utf-8"
    presplit: bool = False
    """Each block is one sentence already (``--sentences``, :func:`compare.compare_sentences`)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text; ``article.text[start:end] == text``."""

    index: int
    """Position among the compared sentences of its text, from 0."""
    start: int
    end: int
    text: str
    role: Role = Role.BODY
    paragraph: int = 0
    quotes: tuple[Span, ...] = ()
    """Spans inside quotation marks (without the marks), document offsets, cut to the sentence."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def quoted(self, span: Span) -> bool:
        """Whether a span, in document offsets, touches what stands inside quotation marks."""
        return any(q.overlaps(span) for q in self.quotes)


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its sentences, in order."""

    article: Article
    sentences: tuple[Sentence, ...]

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character offset, or None between sentences."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)


EditKind = Literal["equal", "form", "insert", "delete", "replace", "move"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from A's words to B's; spans are document offsets, None where a side has none.

    ``form`` is a difference of case, accents, quotation marks, hyphens, punctuation or spelling
    variety (US/UK) only; ``move`` a phrase that stands elsewhere on the other side.
    """

    kind: EditKind
    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of A and of B that say the same thing; one side is empty where one stands alone."""

    a: tuple[Sentence, ...]
    b: tuple[Sentence, ...]
    score: float | None = None
    """Probability that they belong together; None for a one-sided group."""
    moved: bool = False
    """Breaks B's order."""
    similarity: float | None = None
    """Cosine of the two sides' embeddings."""
    group_id: str = ""
    wording: float | None = None
    """0-1, how far the words are the same."""
    edits: tuple[Edit, ...] = ()
    corrected: bool = False
    """Made by a correction of the user's (:mod:`compare.links`), not by the aligner."""
    a_unmatched: float | None = None
    """0-1, share of A's content words without the same word, a synonym or one of its root in B;
    1 where A stands alone, None where it has no such words."""
    b_unmatched: float | None = None

    @property
    def linked(self) -> bool:
        return bool(self.a and self.b)

    @property
    def link(self) -> str:
        """The kind of link, as written in ``pairs.csv``."""
        if not self.a:
            return "b-only"
        if not self.b:
            return "a-only"
        one_a, one_b = len(self.a) == 1, len(self.b) == 1
        if one_a and one_b:
            return "1:1"
        return "1:n" if one_a else "n:1" if one_b else "n:m"

    def side(self, side: Side) -> tuple[Sentence, ...]:
        return self.a if side == "a" else self.b


@dataclass(frozen=True, slots=True)
class Secondary:
    """A sentence that a body sentence of the other text says again, though they are no group."""

    side: Side
    start: int
    end: int
    role: Role
    index: int | None
    """Of the sentence; None in a caption, which is no compared sentence."""
    other: int
    """Index of the sentence in the other text."""
    score: float
    """0-1, how much of it the other sentence says and no other one does."""
    similarity: float
    """Cosine of the embeddings."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, and who says them."""

    side: Side
    start: int
    end: int
    speaker: str
    """As the text's fullest name has it; empty where the text does not say."""
    group_id: str
    """The group of the sentence."""


Ledger = Literal["fact", "wording"]
Severity = Literal["critical", "major", "minor", "neutral"]
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "neutral")
LikelySide = Literal["a", "b", "both", "unknown"]
EntityKind = Literal["person", "organisation", "place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A further place that a finding is about."""

    side: Side
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference; the fields are the columns of ``discrepancies.csv``."""

    finding_id: str
    pair_id: str
    group_id: str
    check: str
    ledger: Ledger
    category: str
    severity: Severity
    confidence: float
    likely_side: LikelySide
    a_span: str | None
    b_span: str | None
    a_start: int | None
    a_end: int | None
    b_start: int | None
    b_end: int | None
    a_text: str | None
    b_text: str | None
    message: str
    status: str = "open"
    reason: str = ""
    reviewer: str = ""
    reviewed_at: str = ""
    note: str = ""
    places: tuple[Place, ...] = ()
    """Other places of the same finding (not in the CSV)."""
    new: bool | None = None
    """Whether the run that this one was measured against lacks it (not in the CSV); None without
    such a run."""

    def span(self, side: Side) -> Span | None:
        """The words on one side as document offsets."""
        start, end = (self.a_start, self.a_end) if side == "a" else (self.b_start, self.b_end)
        return None if start is None or end is None else Span(start, end)


@dataclass(frozen=True, slots=True)
class Form:
    """One name under which one text speaks of somebody or something, with one title."""

    side: Side
    name: str
    title: str
    """The office given with the name there; empty where none is."""
    spans: tuple[Span, ...]
    """Where it stands: the name, with a title directly before it. Document offsets, in order."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, an organisation or a place, over both texts."""

    kind: EntityKind
    name: str
    """The fullest name, of a place the usual one."""
    forms: tuple[Form, ...]
    """A's first, then the most frequent."""

    def count(self, side: Side) -> int:
        """How often a text names it."""
        return sum(len(form.spans) for form in self.forms if form.side == side)


class StageTime(NamedTuple):
    """What one stage of a run took, in seconds."""

    stage: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class LinksInfo:
    """Which corrections of the alignment a run was given, and what became of them."""

    source: str = ""
    """The file's path, as given; empty where they came from Python."""
    sha256: str = ""
    """Hash of the file's bytes."""
    corrections: int = 0
    gone: tuple[int, ...] = ()
    """Numbers, from 1, of those without their full effect: a sentence is no longer there."""
    overruled: tuple[int, ...] = ()
    """… because a later correction says otherwise."""


@dataclass(frozen=True, slots=True)
class BaselineInfo:
    """An earlier run that this one was measured against."""

    source: str
    """Its path, as given."""
    pair_id: str
    new: int
    """Findings that it lacks …"""
    known: int
    """… those that it has too …"""
    gone: int
    """… and its findings that are no longer there."""


@dataclass(frozen=True, slots=True)
class GlossaryInfo:
    """A glossary that a run was given."""

    source: str
    """The file's path, as given."""
    sha256: str
    """Hash of the file's bytes."""
    entries: int


@dataclass(frozen=True, slots=True)
class RunInfo:
    """How a result came about; written to ``run.json``."""

    version: str = ""
    """Version of this package."""
    python: str = ""
    packages: tuple[tuple[str, str], ...] = ()
    """Name and version of each package that bears on the result."""
    model: str = ""
    """Signature of the embedding model: its name and the hash of its weights."""
    encoder: str = ""
    """What encoded the sentences: ``onnx``, ``sentence-transformers``, ``given``."""
    started: str = ""
    """ISO 8601."""
    stages: tuple[StageTime, ...] = ()
    encoded: int = 0
    """Sentences that were encoded …"""
    cached: int = 0
    """… and those whose vectors were on disk already."""
    notes: tuple[str, ...] = ()
    """What the reader should know: a fallback, an inferred date, a cut."""
    links: LinksInfo | None = None
    """None where no corrections of the alignment were given."""
    baseline: BaselineInfo | None = None
    """None where no earlier run was given."""
    glossaries: tuple[GlossaryInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole result of comparing two texts."""

    pair_id: str
    a: Document
    b: Document
    groups: tuple[Group, ...]
    """In A's order; what only B has where it stands in B."""
    findings: tuple[Finding, ...]
    config: Config
    run: RunInfo = RunInfo()
    secondary: tuple[Secondary, ...] = ()
    """What is said again outside its group, A's sentences first."""
    entities: tuple[Entity, ...] = ()
    """Persons, then organisations, then places; of each kind the most often named first."""
    quotations: tuple[Quotation, ...] = ()
    """What is quoted, A's first."""
    witnesses: tuple[Document, ...] = ()
    """Further texts of the same story, where some were given."""

    def document(self, side: Side) -> Document:
        return self.a if side == "a" else self.b

    def pairs_frame(self) -> pd.DataFrame:
        """The table of ``pairs.csv``; missing strings are None, missing offsets ``pd.NA``."""
        from compare.report import pairs_frame

        return pairs_frame(self)

    def findings_frame(self) -> pd.DataFrame:
        """The table of ``discrepancies.csv``, worst first."""
        from compare.report import findings_frame

        return findings_frame(self)
