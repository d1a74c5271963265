"""The model of meaning: what it is told of two texts, and how its answers are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benches import load

from compare import meaning, mpnet
from compare.errors import SetupError
from compare.kept import Kept, cache_file
from compare.meaning import Mark, judge, judged, tokenizer, types, words

A = "The unions rejected the offer."
B = "Rejecting it, unions left."


def told(a: str, b: str) -> list[tuple[str, int]]:
    """Each token with its type."""
    pair = tokenizer().encode(a, b)
    return list(zip(pair.tokens, types(pair, a, b), strict=True))


def test_a_token_is_told_whether_the_other_side_has_its_word() -> None:
    assert told(A, B) == [
        *(("[CLS]", 1), ("the", 0), ("unions", 1), ("rejected", 2), ("the", 0), ("offer", 0)),
        *((".", 1), ("[SEP]", 1), ("rejecting", 5), ("it", 3), (",", 3), ("unions", 4)),
        *(("left", 3), (".", 4), ("[SEP]", 4)),
    ]


def test_all_pieces_of_a_word_are_told_the_same() -> None:
    pieces = told("Trabzonspor won.", "Trabzonspor lost.")
    assert len({kind for _, kind in pieces[1 : pieces.index(("won", 0))]}) == 1


def test_a_word_has_the_highest_value_of_its_pieces() -> None:
    pair = tokenizer().encode("Trabzonspor won.", "It won.")
    values = [i / 100 for i in range(len(pair.ids))]
    first, *rest = words(pair, 0, values)
    (last,) = [i for i, t in enumerate(pair.tokens) if t == "won"][:1]
    assert first == Mark(0, len("Trabzonspor"), (last - 1) / 100)
    assert [(m.start, m.end) for m in rest] == [(12, 15), (15, 16)]
    assert [(m.start, m.end) for m in words(pair, 1, values)] == [(0, 2), (3, 6), (6, 7)]


@pytest.mark.meaning
def test_a_judgement_does_not_depend_on_the_order_of_the_texts() -> None:
    one, two = judge(A, B), judge(B, A)
    assert one.turned == two
    assert one.a_marks == two.b_marks
    assert [A[m.start : m.end] for m in one.a_marks] == [
        *("The", "unions", "rejected", "the", "offer", ".")
    ]


@pytest.mark.meaning
def test_long_texts_are_cut() -> None:
    text = "The council met in the hall of the old school. " * 200
    judgement = judge(text, text.replace("old", "new"))
    assert 0 < len(judgement.a_marks) < meaning.MAX_TOKENS


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MODEL_SHA256", "0" * 64)
    with pytest.raises(SetupError, match=r"not the one this program was tested with.*--meaning"):
        meaning._session.__wrapped__()
    monkeypatch.setattr(meaning, "MODEL_FILE", "absent.onnx")
    with pytest.raises(SetupError, match=r"absent\.onnx is missing"):
        meaning._session.__wrapped__()


@pytest.mark.meaning
def test_no_torch_is_loaded() -> None:
    code = (
        "import sys; from compare.meaning import judge; judge('He won.', 'He lost.');"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.meaning
def test_what_it_says_is_kept_between_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path))
    texts = ("All workers may leave early.", "No workers may leave early.")
    pairs = [texts, texts[::-1], ("It snowed.", "Snow fell.")]
    first = judged(pairs, keep=True)
    assert first == [judge(*texts), judge(*texts).turned, judge("It snowed.", "Snow fell.")]
    monkeypatch.setattr(meaning, "judge", None)
    again = judged(pairs, keep=True)
    assert [j.contradicts for j in again] == [j.contradicts for j in first]
    assert again[:2] == first[:2]  # with their marks


@pytest.mark.meaning
@pytest.mark.parametrize("blob", [b"", b"{}", b"[[1, 2], []]", b"[[7, 0, 0], [[], []]]", b"\xff"])
def test_a_damaged_judgement_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blob: bytes
) -> None:
    monkeypatch.setenv("VARIANT_COMPARE_CACHE", str(tmp_path))
    pair = ("It snowed.", "Snow fell.")
    right = judged([pair], keep=True)
    kept = Kept(cache_file(), "judgements", "judgement")
    key = meaning._key(*pair)
    assert set(kept.read([key])) == {key}
    kept.write([(key, blob)], 10)
    assert judged([pair], keep=True) == [judge(*pair)]
    assert judged([pair], keep=True)[0].contradicts == right[0].contradicts


@pytest.mark.meaning
def test_training_goes_on_from_the_packaged_weights() -> None:
    pytest.importorskip("onnx")
    pytest.importorskip("torch")
    training = load("train_meaning")
    network = training.load(Path(meaning.__file__).parent / "models" / meaning.MODEL_FILE)
    one, two = sorted((A, B))
    pair = training.Example(one, two, True, None, None)
    told = training.predict(network, training.Coder(mpnet.pieces), [pair])[0]
    known = judge(one, two)
    assert told == pytest.approx([known.contradicts, known.a_more, known.b_more], abs=1e-4)
