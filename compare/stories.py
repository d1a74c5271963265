"""Which articles of two collections tell one story: a score for every pair, the best proposed.

Evidence: the meaning of an article's beginning (where a report says what happened), and the rare
names and numbers that two articles share anywhere. A token is the rarer, the fewer articles of both
collections and of English news at large have it. Names meet by runs of letters, which mostly
survive another romanisation. Other rare words added nothing where it was measured. The weights are
fitted by ``benchmarks/train_match.py``. Where both articles are dated, the days between them count
a little: a story is told within days.

Every pair is scored, in blocks of rows: what is kept in memory grows with the articles, not with
the pairs.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.align.tokens import letters_of
from compare.errors import InputError, UsageError
from compare.files import MAX_BYTES
from compare.manifest import ENDINGS
from compare.read import MAX_CHARS, read_article, suffixes
from compare.records import Article
from compare.report.safe import escape_json, guard_cell, visible
from compare.segment import segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.embed import Encoder, Vectors

    Floats = NDArray[np.floating[Any]]

LEAD = 6
"""Sentences whose meaning counts, the headline among them."""
KINDS = ("names", "numbers")
FEATURES = ("meaning", *KINDS)
THRESHOLD = 0.5
MOST = 20
"""Proposals for one article of A: bounds the memory where all articles are alike."""
SHARED = 0.1
"""Share of all articles from which on a token says nothing: it is left out."""
_IMAGINED = 300
"""Articles of news at large that count with those given: few articles do not tell what is rare."""
_UNSEEN = 0.002
"""Share of the news in which a token is that the fit did not meet often."""
_BLOCK = 256
"""Rows that are scored at once; with 10,000 columns 10 MB a feature."""
_ENCODED = 4096
"""Sentences that are encoded at once."""
_LEAD_CHARS = 400
"""Of a paragraph, for each sentence still wanted: the rest of a long text is not split."""

# Logits by days between two articles. Chosen, not fitted: the data that the other weights come
# from have no dates. A translation may come days later, rarely weeks; a wrong date must not
# outweigh names and meaning.
_NEAR = 3
_NEAR_LOGIT = 0.5
_FAR = 45
_FAR_LOGIT = -2.0

_NAME = re.compile(r"(?<![\w’'])[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Story:
    """What is kept of an article."""

    lead: tuple[str, ...]
    """Its first sentences."""
    names: tuple[str, ...]
    """Runs of letters of the words with a capital, each once; of all that is compared."""
    numbers: tuple[str, ...]
    date: dt.date | None = None
    digest: bytes = b""
    """Hash of the text."""


class Proposal(NamedTuple):
    """Two articles, by their numbers from 0, and how sure it is that they tell one story."""

    a: int
    b: int
    score: float
    """0 to 1; of proposals with a score of .9, nine in ten should be right."""


def story(article: Article) -> Story:
    """What an article is matched by.

    >>> from compare.read import article_from_text
    >>> found = story(article_from_text("Kim Min-ji won 1,200 votes. She spoke."))
    >>> found.lead, found.numbers
    (('Kim Min-ji won 1,200 votes.', 'She spoke.'), ('1200',))
    """
    text = "\n".join(article.text[b.start : b.end] for b in article.blocks if b.role.compared)
    return Story(
        lead=_lead(article),
        names=_once(letters_of(" ".join(_NAME.findall(text)))),
        numbers=_once(number.replace(",", "") for number in _NUMBER.findall(text)),
        date=article.date,
        digest=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest(),
    )


def _lead(article: Article) -> tuple[str, ...]:
    """The first sentences; only as many blocks are split as they may need."""
    wanted = LEAD * _LEAD_CHARS
    blocks = []
    for block in article.blocks:
        if block.role.compared and wanted > 0:
            blocks.append(block)
            wanted -= block.end - block.start
    document = segment(replace(article, blocks=tuple(blocks)))
    return tuple(s.text for s in document.sentences[:LEAD])


def _once(tokens: Iterable[str]) -> tuple[str, ...]:
    """Each token once; one string in memory for all articles that have it."""
    return tuple(map(sys.intern, dict.fromkeys(tokens)))


def propose(
    a: Sequence[Story],
    b: Sequence[Story],
    encoder: Encoder,
    threshold: float = THRESHOLD,
    every: bool = False,
) -> list[Proposal]:
    """The pairs that seem to tell one story, the surest first.

    Args:
        a: articles of one collection.
        b: articles of the other one.
        encoder: the packaged model, for which the weights were fitted.
        threshold: the least score.
        every: all pairs that reach it, :data:`MOST` for an article of A. Otherwise each article
            is in one pair at most, the surest that is left when the surer ones are made.
    """
    if not a or not b:
        return []
    import numpy as np

    found = []
    for first, scores in _scores(a, b, encoder):
        best = np.argsort(-scores, axis=1, kind="stable")[:, :MOST]
        rows, places = np.nonzero(np.take_along_axis(scores, best, axis=1) >= threshold)
        for i, j in zip(rows, best[rows, places], strict=True):
            found.append(Proposal(first + int(i), int(j), float(scores[i, j])))
    found.sort(key=lambda p: (-p.score, p.a, p.b))
    return found if every else list(_one_to_one(found))


def _one_to_one(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of proposals in order the first that each article is in, if the other one is free too."""
    taken: tuple[set[int], set[int]] = set(), set()
    for proposal in found:
        if proposal.a not in taken[0] and proposal.b not in taken[1]:
            taken[0].add(proposal.a)
            taken[1].add(proposal.b)
            yield proposal


def features(
    a: Sequence[Story], b: Sequence[Story], encoder: Encoder
) -> Iterator[tuple[int, list[Floats]]]:
    """The evidence of every pair: the first row of a block, ``(rows, len(b))`` of each feature."""
    import numpy as np

    meaning_a, meaning_b = _meaning(a, encoder), _meaning(b, encoder)
    rare = [_rarity([getattr(s, kind) for s in (*a, *b)], kind) for kind in KINDS]
    for first in range(0, len(a), _BLOCK):
        rows = slice(first, min(first + _BLOCK, len(a)))
        values = [meaning_a[rows] @ meaning_b.T]
        values += [np.asarray((x[rows] @ x[len(a) :].T).toarray()) for x in rare]
        yield first, values


def _scores(
    a: Sequence[Story], b: Sequence[Story], encoder: Encoder
) -> Iterator[tuple[int, Floats]]:
    """The scores of every pair: the first row of a block, ``(rows, len(b))``."""
    import numpy as np

    fitted = model()
    days_a, days_b = _days(a), _days(b)
    for first, values in features(a, b, encoder):
        logit = np.full(values[0].shape, fitted["bias"], np.float32)
        for name, value in zip(FEATURES, values, strict=True):
            logit += fitted["weights"][name] * value
        logit += _date_logit(days_a[first : first + len(logit), None] - days_b[None, :])
        yield first, 1 / (1 + np.exp(-logit))


def _meaning(stories: Sequence[Story], encoder: Encoder) -> Vectors:
    """The mean direction of each article's first sentences, ``(n, d)`` unit vectors."""
    import numpy as np

    from compare.embed import unit

    texts = sorted({s for x in stories for s in x.lead}, key=lambda s: (len(s), s))
    place = {text: i for i, text in enumerate(texts)}
    # Sorted by length, so that little is padded.
    parts = [encoder.encode(texts[i : i + _ENCODED]) for i in range(0, len(texts), _ENCODED)]
    vectors = np.concatenate(parts) if parts else encoder.encode([])
    return unit(
        np.stack(
            [
                vectors[[place[s] for s in x.lead]].mean(axis=0)
                if x.lead
                else np.zeros(vectors.shape[1], np.float32)
                for x in stories
            ]
        )
    )


def _rarity(rows: Sequence[Sequence[str]], kind: str) -> Any:
    """Sparse unit vectors of tokens, ``(n, tokens)``, the rarer the heavier."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array

    shares = model()["shares"][kind]
    frequency = Counter(token for row in rows for token in row)
    weight = {}
    for token, count in frequency.items():
        known = _IMAGINED * shares.get(token, _UNSEEN)
        share = (count + known) / (len(rows) + _IMAGINED)
        if share < SHARED:
            weight[token] = -float(np.log(share))
    column = {token: i for i, token in enumerate(weight)}
    kept = [[t for t in row if t in weight] for row in rows]
    indptr = np.cumsum([0, *map(len, kept)])
    indices = np.fromiter((column[t] for row in kept for t in row), np.int32, indptr[-1])
    values = np.fromiter((weight[t] for row in kept for t in row), np.float32, indptr[-1])
    matrix = csr_array((values, indices, indptr), shape=(len(rows), max(1, len(column))))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags_array((1 / np.maximum(length, 1e-9)).astype(np.float32)) @ matrix).tocsr()


def _days(stories: Sequence[Story]) -> Floats:
    """Each article's day as a number, NaN where it has none."""
    import numpy as np

    return np.array([s.date.toordinal() if s.date else np.nan for s in stories], np.float32)


def _date_logit(days: Floats) -> Floats:
    """What the days between two articles say: falls from the third on, 0 where one has no date."""
    import numpy as np

    logit = np.interp(np.abs(days), (_NEAR, _FAR), (_NEAR_LOGIT, _FAR_LOGIT))
    return np.where(np.isnan(days), 0.0, logit).astype(np.float32)


@cache
def model() -> Mapping[str, Any]:
    """``match_weights.json``: the bias, the weights of the features, and how common tokens are."""
    text = (files("compare") / "data" / "match_weights.json").read_text("utf-8")
    model: Mapping[str, Any] = json.loads(text)
    return model


# --- folders and manifests --------------------------------------------------------------------


COLUMNS = ("pair_id", "a", "b", "score")


def read_folder(
    folder: Path,
    failed: Callable[[str], object],
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
) -> dict[Path, Story]:
    """The articles of a folder and of those in it, by their files, in the order of the paths.

    Args:
        folder: where they are; hidden files, and those with other endings, are passed over.
        failed: told of each file that cannot be used.
        max_chars: longest text that is read.
        max_bytes: largest file that is read.

    Raises:
        InputError: the folder cannot be read, or has no article.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder: name one with articles in it")
    found = {}
    endings = suffixes()
    try:
        paths = sorted(p for p in folder.rglob("*") if _is_article(p, folder, endings))
    except OSError as error:
        raise InputError(f"cannot read {folder} ({error.strerror or error})") from error
    for path in paths:
        if visible(str(path)) != str(path):
            failed(f"cannot use {path}: its name has characters that no table can hold; rename it")
            continue
        try:
            found[path] = story(read_article(path, max_chars=max_chars, max_bytes=max_bytes))
        except InputError as error:
            failed(str(error))
    if not found:
        raise InputError(f"{folder} has no article that can be read ({', '.join(endings)})")
    return found


def _is_article(path: Path, folder: Path, endings: Sequence[str]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in endings and not hidden and path.is_file()


def check_folders(a: Path, b: Path, target: Path | None) -> None:
    """What is wrong with the command, told before any work is done.

    Raises:
        UsageError: one folder is in the other, or the manifest's name is none.
    """
    x, y = a.resolve(), b.resolve()
    if x.is_relative_to(y) or y.is_relative_to(x):
        raise UsageError(f"{a} and {b} have articles in common: name two folders side by side")
    if target is not None and (target.suffix.lower() not in ENDINGS or target.is_dir()):
        raise UsageError(f"{target} is no manifest: name a file that ends in {', '.join(ENDINGS)}")


def manifest_rows(
    proposals: Iterable[Proposal],
    a: Mapping[Path, Story],
    b: Mapping[Path, Story],
    folder: Path,
) -> list[tuple[str, str, str, float]]:
    """The rows of a manifest that is to be in ``folder``, see :data:`COLUMNS`.

    A pair has the name that a comparison of the two texts has, so that it is the same in the next
    manifest; where texts are there twice, the second pair's name ends in ``-2``.
    """
    (paths_a, stories_a), (paths_b, stories_b) = (
        zip(*side.items(), strict=True) for side in (a, b)
    )
    seen = Counter[str]()
    rows = []
    for proposal in proposals:
        x, y = stories_a[proposal.a], stories_b[proposal.b]
        name = hashlib.sha256(x.digest + y.digest).hexdigest()[:12]  # pipeline.pair_name
        seen[name] += 1
        name += f"-{seen[name]}" if seen[name] > 1 else ""
        left, right = (_from(folder, p) for p in (paths_a[proposal.a], paths_b[proposal.b]))
        rows.append((name, left, right, round(proposal.score, 4)))
    return rows


def _from(folder: Path, path: Path) -> str:
    """A path as it is written in a manifest; one that a spreadsheet would compute begins in ./"""
    try:
        text = Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        text = path.resolve().as_posix()
    return text if guard_cell(text) == text else f"./{text}"


def manifest(rows: Sequence[tuple[str, str, str, float]], ending: str = ".csv") -> bytes:
    """The bytes of a manifest, by the ending of its file."""
    if ending == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = (pa.string(), pa.string(), pa.string(), pa.float64())
        schema = pa.schema(list(zip(COLUMNS, kinds, strict=True)))
        records = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(records, schema=schema), sink)
        return sink.getvalue()
    out = io.StringIO(newline="")
    if ending == ".jsonl":
        for row in rows:
            line = json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)
            out.write(escape_json(line) + "\n")
    else:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return out.getvalue().encode()
