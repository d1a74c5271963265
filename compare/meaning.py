"""The model of meaning: whether two texts contradict each other, and in which words.

A small cross-encoder, trained by ``benchmarks/train_meaning.py`` (``docs/model.md``) and run by
ONNX Runtime. It reads both texts at once, and is told of each word whether the other text has it,
and what a larger model (:mod:`compare.mpnet`) makes of it in its own sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from compare import mpnet
from compare.embed import MODEL_PACKAGE, TOKENIZER_SHA256, package_file
from compare.errors import SetupError
from compare.kept import Kept, cache_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

MODEL_FILE = "meaning.onnx"
MODEL_SHA256 = "0a9bdb565a04cafd1660bdab06c4e03d202f61c05519ca9e5fddae9003634db3"
MAX_TOKENS = 192
"""Of both texts together; what is longer is cut."""
STATES = 3
_STEM = 5


class Mark(NamedTuple):
    """Characters of a text, and the probability that the contradiction is in them."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of two texts; probabilities, 0-1, not calibrated."""

    contradicts: float
    a_more: float
    """That A says something that B does not."""
    b_more: float
    a_marks: tuple[Mark, ...]
    """One for each word, in order."""
    b_marks: tuple[Mark, ...]

    @property
    def turned(self) -> Judgement:
        """The same with the sides exchanged."""
        return Judgement(self.contradicts, self.b_more, self.a_more, self.b_marks, self.a_marks)


def tokenizer(max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """The packaged vocabulary, set to cut the longer of two texts.

    Raises:
        SetupError: the vocabulary or the package ``tokenizers`` is missing.
    """
    vocabulary = package_file(MODEL_PACKAGE, "model", "tokenizer.json", sha256=TOKENIZER_SHA256)
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise SetupError("cannot import tokenizers: run pip install tokenizers") from error
    made = Tokenizer.from_file(str(vocabulary))
    made.enable_truncation(max_length=max_tokens, strategy="longest_first")
    made.no_padding()
    return made


def types(pair: Encoding, a: str, b: str) -> list[int]:
    """For each token the side and whether the other side has its word.

    0-2 for A, 3-5 for B: no, the same word, a word that begins alike.
    """
    texts = a, b
    words: list[dict[int, tuple[int, int]]] = [{}, {}]
    for word, side, (start, end) in zip(
        pair.word_ids, pair.sequence_ids, pair.offsets, strict=True
    ):
        if word is not None and side is not None:
            first, _ = words[side].get(word, (start, end))
            words[side][word] = first, end
    spelled = [
        {word: texts[side][start:end].casefold() for word, (start, end) in words[side].items()}
        for side in (0, 1)
    ]
    whole = [set(spelled[side].values()) for side in (0, 1)]
    stems = [{w[:_STEM] for w in whole[side] if len(w) >= _STEM} for side in (0, 1)]
    result = []
    for word, side, kind in zip(pair.word_ids, pair.sequence_ids, pair.type_ids, strict=True):
        state = 1  # the tokens that part the texts
        if word is not None and side is not None:
            text = spelled[side][word]
            other = 1 - side
            state = 1 if text in whole[other] else 2 if text[:_STEM] in stems[other] else 0
        result.append(kind * STATES + state)
    return result


def placed(
    pair: Encoding, a: str, b: str, vectors: Callable[[str], mpnet.Pieces] = mpnet.pieces
) -> NDArray[np.float32]:
    """The vectors of the pieces where they stand in the pair, ``(tokens, 1536)``; else zeros.

    Both models cut a text into the same pieces, so they are counted.
    """
    import numpy as np

    sides = np.array([-1 if side is None else side for side in pair.sequence_ids])
    told = np.zeros((len(sides), mpnet.SIZE), dtype=np.float32)
    for side, text in enumerate((a, b)):
        places = np.flatnonzero(sides == side)
        found = vectors(text)[: len(places)]
        told[places[: len(found)]] = found
    return told


def words(pair: Encoding, side: int, values: Sequence[float]) -> tuple[Mark, ...]:
    """The words of a side with the highest value of their tokens."""
    found: dict[int, Mark] = {}
    for word, own, (start, end), value in zip(
        pair.word_ids, pair.sequence_ids, pair.offsets, values, strict=True
    ):
        if own == side and word is not None:
            old = found.get(word, Mark(start, end, 0.0))
            found[word] = Mark(old.start, end, max(old.probability, float(value)))
    return tuple(found.values())


@cache
def _session() -> tuple[Tokenizer, Any]:
    with as_file(files("compare") / "models" / MODEL_FILE) as path:
        if not path.exists():
            raise SetupError(f"the model file {path} is missing: install the package again")
        weights = path.read_bytes()
    found = hashlib.sha256(weights).hexdigest()
    if found != MODEL_SHA256:
        raise SetupError(
            f"the model file {MODEL_FILE} is not the one this program was tested with (sha256 "
            f"{found[:12]}…, expected {MODEL_SHA256[:12]}…): install the package again, or leave "
            "out --meaning"
        )
    try:
        import onnxruntime
    except ImportError as error:
        raise SetupError(
            "cannot import onnxruntime: run pip install onnxruntime, or leave out --meaning"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Else the products are computed in 8 bits too: slower here, and other answers than in training.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return tokenizer(), session


def judged(pairs: Sequence[tuple[str, str]], *, keep: bool) -> list[Judgement]:
    """What the model says of each pair of texts.

    Args:
        pairs: the texts.
        keep: read what is known from the cache on disk, and keep there what is not. The marks of
            pairs that hardly contradict are not kept.

    Raises:
        SetupError: as for :func:`judge`.
    """
    if not keep:
        return [judge(a, b) for a, b in pairs]
    kept = Kept(cache_file(), "judgements", "judgement")
    keys = [_key(a, b) for a, b in pairs]
    known = {key: made for key, blob in kept.read(set(keys)).items() if (made := _read(blob))}
    fresh = {}
    for key, (a, b) in zip(keys, pairs, strict=True):
        if key not in known:
            known[key] = fresh[key] = judge(*sorted((a, b)))
    if fresh:
        kept.write([(key, _written(made)) for key, made in fresh.items()], _MOST_KEPT)
    return [
        known[key].turned if b < a else known[key] for key, (a, b) in zip(keys, pairs, strict=True)
    ]


_MOST_KEPT = 200_000
_TELLING = 0.5
"""Probability of a contradiction from which its marks are kept."""


def _key(a: str, b: str) -> bytes:
    one, two = sorted((a, b))
    return hashlib.sha256(f"{MODEL_SHA256}\0{one}\0{two}".encode()).digest()


def _written(judgement: Judgement) -> bytes:
    telling = judgement.contradicts >= _TELLING
    marks = (judgement.a_marks, judgement.b_marks) if telling else ((), ())
    told = judgement.contradicts, judgement.a_more, judgement.b_more
    return json.dumps([told, marks]).encode()


def _read(blob: bytes) -> Judgement | None:
    """A judgement as it was written; None where it is damaged."""
    try:
        (contradicts, a_more, b_more), marks = json.loads(blob)
        a_marks, b_marks = (
            tuple(Mark(int(start), int(end), float(p)) for start, end, p in side) for side in marks
        )
        made = Judgement(float(contradicts), float(a_more), float(b_more), a_marks, b_marks)
    except (ValueError, TypeError):
        return None
    return made if 0 <= made.contradicts <= 1 else None


@lru_cache(2048)
def judge(a: str, b: str) -> Judgement:
    """What the model says of two texts; the same with the sides exchanged.

    Texts are judged one pair at a time, so a judgement depends on no other pair.

    Raises:
        SetupError: the model or its runtime is missing, or not the tested one.
    """
    if b < a:
        return judge(b, a).turned
    import numpy as np

    tokens, session = _session()
    pair = tokens.encode(a, b)
    inputs = {
        "input_ids": np.array([pair.ids], dtype=np.int64),
        "type_ids": np.array([types(pair, a, b)], dtype=np.int64),
        "vectors": placed(pair, a, b)[None],
    }
    whole, marks = session.run(None, inputs)
    contradicts, a_more, b_more = (float(p) for p in whole[0])
    inside = marks[0, :, 0]
    return Judgement(contradicts, a_more, b_more, words(pair, 0, inside), words(pair, 1, inside))
