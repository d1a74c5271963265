"""Encoders agree with each other and with themselves; the cache saves work and never a run."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from compare import embed
from compare.config import Config
from compare.embed import (
    CachedEncoder,
    OnnxEncoder,
    SentenceTransformerEncoder,
    make_encoder,
    package_file,
)
from compare.errors import SetupError, UsageError
from compare.kept import cache_file

if TYPE_CHECKING:
    from compare.embed import Vectors

SENTENCES = [
    "The minister resigned on Monday.",
    "Two days later, on Wednesday, parliament elected Ana Ruiz, until then the speaker, to succeed "
    "him by 71 votes to 58, the narrowest margin in the history of the republic.",
    "Rain.",
    "",
    "“It was not a corner, everybody saw it,” he said. 대표 and Ōtsuka " * 60,
]


class Letters:
    """Counts letters; remembers what it was asked for."""

    name = "letters"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: list[str], /) -> Vectors:
        self.seen += texts
        rows = [[t.count(c) + 0.1 for c in "aeiou"] for t in texts]
        return embed.unit(np.array(rows, dtype=np.float32).reshape(len(texts), 5))


def test_onnx_gives_unit_vectors_that_do_not_depend_on_the_batch() -> None:
    encoder = OnnxEncoder()
    together = encoder.encode(SENTENCES)
    assert together.shape == (len(SENTENCES), 384)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in reversed(SENTENCES)])[::-1]
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def test_words_have_vectors_of_where_they_stand() -> None:
    encoder = OnnxEncoder()
    texts = ["The ministry halts the strike.", "The ministry suspends the walkout."]
    words = [[(4, 12), (13, 18), (23, 29)], [(4, 12), (13, 21), (26, 33), (900, 910)]]
    a, b = encoder.encode_words(texts, words)
    assert a.shape == (3, 384)
    assert b.shape == (4, 384)
    assert a.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(a, axis=1), 1, atol=1e-5)
    assert not b[3].any()  # where there is no word
    assert (a @ b[:3].T).argmax(axis=1).tolist() == [0, 1, 2]
    alone = encoder.encode_words(texts[1:], words[1:])[0]
    np.testing.assert_allclose(b, alone, atol=1e-5)
    assert encoder.encode_words([], []) == []


def test_both_encoders_agree() -> None:
    pytest.importorskip("sentence_transformers")
    exact = SentenceTransformerEncoder(device="cpu").encode(SENTENCES[:3])
    quick = OnnxEncoder().encode(SENTENCES[:3])
    assert np.einsum("nd,nd->n", exact, quick).min() > 0.997


def test_default_path_loads_neither_torch_nor_for_cached_sentences_any_model(
    tmp_path: Path,
) -> None:
    code = (
        "import sys\n"
        "from compare.config import Config\n"
        "from compare.embed import make_encoder\n"
        "encoder = make_encoder(Config())\n"
        "encoder.encode(['One.', 'Two.', 'One.'])\n"
        "print(encoder.encoded, encoder.cached, 'torch' in sys.modules,"
        " 'onnxruntime' in sys.modules)\n"
    )
    environment = {**os.environ, "VARIANT_COMPARE_CACHE": str(tmp_path)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]
    assert runs == [["2", "1", "False", "True"], ["0", "3", "False", "False"]]


def test_cache_gives_the_same_vectors_and_encodes_each_text_once(tmp_path: Path) -> None:
    inner = Letters()
    texts = ["one", "two", "one", "three"]
    first = CachedEncoder(inner, tmp_path / "sub" / "v.sqlite")
    vectors = first.encode(texts)
    assert inner.seen == ["one", "two", "three"]
    assert (first.encoded, first.cached) == (3, 1)
    second = CachedEncoder(Letters(), first.path)
    np.testing.assert_array_equal(second.encode(texts[::-1]), vectors[::-1])
    assert (second.encoded, second.cached) == (0, 4)


def test_another_model_never_gets_the_vectors_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    CachedEncoder(Letters(), path).encode(["one"])
    other = Letters()
    other.name = "other"
    encoder = CachedEncoder(other, path)
    encoder.encode(["one"])
    assert encoder.encoded == 1


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\0" + b"x" * 99])
def test_a_damaged_cache_is_ignored_and_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(content)
    encoder = CachedEncoder(Letters(), path)
    assert encoder.encode(["one"]).shape == (1, 5)
    encoder.encode(["one"])
    encoder.encode(["one"])
    assert encoder.cached >= 1


def test_a_vector_that_is_no_unit_vector_is_not_used(tmp_path: Path) -> None:
    import sqlite3

    encoder = CachedEncoder(Letters(), tmp_path / "v.sqlite")
    right = encoder.encode(["one"])
    with sqlite3.connect(encoder.path) as connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(20)")
    connection.close()
    np.testing.assert_array_equal(encoder.encode(["one"]), right)


def test_no_cache_where_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    encoder = CachedEncoder(Letters(), tmp_path / "file" / "v.sqlite")
    encoder.encode(["one"])
    encoder.encode(["one"])
    assert (encoder.encoded, encoder.cached) == (2, 0)


def test_the_oldest_vectors_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "CACHE_ROWS", 3)
    encoder = CachedEncoder(Letters(), tmp_path / "v.sqlite")
    for text in "abcde":
        encoder.encode([text])
    fresh = CachedEncoder(Letters(), encoder.path)
    fresh.encode(list("abcde"))
    assert (fresh.encoded, fresh.cached) == (2, 3)


def _encode_many(path: Path, number: int) -> None:
    CachedEncoder(Letters(), path).encode([f"text {k}" for k in range(number, number + 40)])


def test_several_processes_share_one_cache(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_encode_many, args=(path, 20 * k)) for k in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    encoder = CachedEncoder(Letters(), path)
    encoder.encode([f"text {k}" for k in range(100)])
    assert encoder.encoded == 0


def test_cache_folder_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path))
    assert cache_file().parent == tmp_path
    monkeypatch.delenv("VARIANT_COMPARE_CACHE")
    assert "variant-compare" in str(cache_file())


@pytest.mark.parametrize(
    ("config", "kind", "name"),
    [
        (Config(cache=False), OnnxEncoder, "all-MiniLM-L6-v2-onnx"),
        (Config(cache=False, encoder="onnx"), OnnxEncoder, "all-MiniLM-L6-v2-onnx"),
        (
            Config(cache=False, encoder="sentence-transformers"),
            SentenceTransformerEncoder,
            "all-MiniLM-L6-v2-fp32",
        ),
        (Config(cache=False, model="some/model"), SentenceTransformerEncoder, "hub:some/model"),
        (Config(), CachedEncoder, "all-MiniLM-L6-v2-onnx"),
    ],
)
def test_settings_choose_the_encoder(config: Config, kind: type, name: str) -> None:
    encoder = make_encoder(config)
    assert isinstance(encoder, kind)
    assert encoder.name.startswith(name)


def test_settings_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(UsageError, match="some/model"):
        make_encoder(Config(encoder="onnx", model="some/model"))
    with pytest.raises(UsageError, match="unknown encoder 'word2vec'"):
        make_encoder(Config(encoder="word2vec"))


def test_files_of_a_package_are_verified() -> None:
    path = package_file("compare", "embed.py")
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    assert package_file("compare", "embed.py", sha256=right) == path
    for package, parts, digest, message in [
        ("compare", ("embed.py",), "0" * 64, "not the one this program was tested with"),
        ("compare", ("nothing.onnx",), None, "is missing"),
        ("no_such_package_here", (), None, "pip install .*no-such-package-here"),
    ]:
        with pytest.raises(SetupError, match=message):
            package_file(package, *parts, sha256=digest)


def test_a_folder_that_holds_no_model_is_a_setup_error(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(SetupError, match="cannot load the model"):
        SentenceTransformerEncoder(str(tmp_path), device="cpu").encode(["one"])


def test_a_changed_model_folder_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "weights").write_text("1")
    first = SentenceTransformerEncoder(str(tmp_path)).name
    (tmp_path / "weights").write_text("22")
    assert first != SentenceTransformerEncoder(str(tmp_path)).name
