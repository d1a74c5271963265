"""Train the model of meaning: ``python benchmarks/train_meaning.py DATA CHECKPOINT``.

DATA holds ``drift/``, ``nli/`` and ``align/``. The model starts from the packaged MiniLM weights,
learns inference from ``nli``, then where two good translations were made to differ
(:mod:`planted`). Nothing of DEMETR, SummEdits, the article pairs or of the sets and documents named
in ``HELD_OUT`` is trained on. Seeds are fixed; the log tells how it goes on planted pairs of a set
that is held out.

``--start FILE`` begins with the weights of an earlier checkpoint, or with those of the package
(``compare/models/meaning.onnx``). ``--verdicts FILE`` adds what
reviewers decided (:func:`compare.verdicts.to_lines`): findings that they accepted are
contradictions, those that they dismissed as the same meaning are none. ``--articles DIR`` adds the
linked sentences of article pairs (``DIR/*/gold.json``), with what differs in them. ``--sentences
DIR`` adds sentences with one faithful translation and a wrong one (``DIR/*.jsonl``). ``--words N``
takes N steps more on those three, in which each token is told what all-mpnet-base-v2 makes of it in
its own sentence (:mod:`compare.mpnet`), as it is in the product; their vectors are made once and
kept beside the checkpoint, some 7 GB.

Needs torch and transformers, which sentence-transformers brings along.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from drift import HELD_OUT, differing
from planted import Example, Lexicon, Marks, Pair, examples, plant
from spacy.tokens import Doc, DocBin
from tokenizers import Encoding
from torch import Tensor, nn
from transformers import BertModel

from compare import mpnet
from compare.annotate import spacy_model
from compare.embed import MODEL_PACKAGE, package_file, packaged_encoder
from compare.meaning import STATES, placed, tokenizer, types
from compare.verdicts import read_lines, settle

Row = dict[str, Any]
LOSSES: list[tuple[float, float]] = []
"""Of this worker since it last told them."""

SEED = 20
MAX_TOKENS = 160
BATCH = 32
TOLD_BEHIND = 2
"""The layer of the encoder behind which each token is told what the other text has."""
RATE, HEAD_RATE = 1.2e-4, 6e-4
LONGEST, LONGEST_GROUP = 400, 600
"""Characters of both texts, above which a pair costs more than it teaches; of articles."""
HIDDEN, HIDDEN_WORDS = 0.03, 0.12
"""Share of the tokens that are masked, against learning pairs by heart; where there are vectors."""
OTHERS = (3500, 2500), (1200, 500), (9000, 2500)
"""Good pairs, real errors, inference, where there are vectors: of how many, how many an epoch."""
WORDS = 256
"""Numbers that are made of a vector of 1536."""
_MASK, _FIRST_WORD = 103, 999
MARK_WEIGHT = 2.0
MARK_POSITIVE = 3.0
HELD_OUT_DOCUMENTS = ("nhan", "voa-voachinese.2104", "chinanews.com.229618", "xinhua-zh-01.120586")
"""Of ``wmt21_zhen_mqm``."""


# --- the model ----------------------------------------------------------------------------------


class Words(nn.Module):
    """What each token is told of its own vector and of those that are like it in the other text."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(mpnet.SIZE))
        self.register_buffer("deviation", torch.ones(mpnet.SIZE))
        self.own = nn.Linear(mpnet.SIZE, WORDS)
        self.mix = nn.Sequential(nn.Linear(3 * WORDS + 2, size), nn.GELU(), nn.Dropout(0.1))
        self.tell = nn.Linear(size, size)
        nn.init.normal_(self.tell.weight, std=0.01)
        nn.init.zeros_(self.tell.bias)
        self.sharpness = nn.Parameter(torch.tensor(12.0))

    def forward(self, vectors: Tensor, sides: Tensor) -> Tensor:
        """From ``(n, tokens, 1536)``, zeros where a token has none, to ``(n, tokens, size)``."""
        known = vectors.abs().sum(-1, keepdim=True) > 0
        scaled = torch.where(known, (vectors - self.mean) / self.deviation, 0.0)
        layers = [nn.functional.normalize(v, dim=-1) for v in scaled.chunk(2, dim=-1)]
        like = sum(layer @ layer.transpose(1, 2) for layer in layers) / len(layers)
        other = (sides[:, :, None] != sides[:, None, :]) & known.transpose(1, 2)
        like = like.masked_fill(~other, -1.0)
        share = torch.softmax(like * self.sharpness, -1)
        own = self.own(scaled)
        there = share @ own
        most = like.amax(-1, keepdim=True)
        # how like those are, in turn, to what is likest to them: is that this word, or another?
        told = torch.cat([own, own - there, own * there, most, share @ most], -1)
        return torch.where(known, self.tell(self.mix(told)), 0.0)

    def fit(self, sample: Tensor) -> None:
        """Take the mean and the deviation of vectors ``(n, 1536)``."""
        self.mean.copy_(sample.mean(0))
        self.deviation.copy_(sample.std(0) + 1e-3)


class Network(nn.Module):
    """MiniLM over both texts, with a head for the pair and one for each token."""

    def __init__(self) -> None:
        super().__init__()
        place = package_file(MODEL_PACKAGE, "model")
        self.encoder = BertModel.from_pretrained(
            place,
            add_pooling_layer=False,
            # Within the layers it costs as much as the layers themselves on a CPU.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.kinds = nn.Embedding(2 * STATES, self.encoder.config.hidden_size)
        nn.init.normal_(self.kinds.weight, std=0.05)
        self.dropout = nn.Dropout(0.1)
        size = self.encoder.config.hidden_size
        self.words = Words(size)
        self._told = torch.empty(0)
        self.encoder.encoder.layer[TOLD_BEHIND - 1].register_forward_hook(self._tell)
        self.pair = nn.Sequential(
            nn.Linear(3 * size, size), nn.GELU(), nn.Dropout(0.1), nn.Linear(size, 3)
        )
        self.token = nn.Linear(size, 2)

    def _tell(self, layer: nn.Module, given: object, hidden: Tensor) -> Tensor:
        return self.dropout(hidden + self._told)

    def forward(
        self, input_ids: Tensor, type_ids: Tensor, mask: Tensor, vectors: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Logits of the pair and of the tokens.

        Args:
            input_ids: ``(n, tokens)``.
            type_ids: what :func:`compare.meaning.types` gives.
            mask: 0 where there is no token.
            vectors: what :func:`compare.meaning.placed` gives, ``(n, tokens, 1536)``.

        Returns:
            ``(n, 3)``: contradicts, A says more, B says more; and ``(n, tokens, 2)``: is part of
            the contradiction, is said here only.
        """
        self._told = self.kinds(type_ids)
        if vectors is not None:
            self._told = self._told + self.words(vectors, type_ids >= STATES)
        hidden = self.encoder(input_ids=input_ids, attention_mask=mask).last_hidden_state
        sides = type_ids >= STATES
        out = (mask == 0)[:, :, None]
        low = torch.finfo(hidden.dtype).min
        a = hidden.masked_fill(out | sides[:, :, None], low).amax(dim=1)
        b = hidden.masked_fill(out | ~sides[:, :, None], low).amax(dim=1)
        return self.pair(torch.cat([hidden[:, 0], a, b], dim=1)), self.token(hidden)


def freeze(model: Network) -> None:
    """Leave the embeddings as they are."""
    model.encoder.embeddings.requires_grad_(False)


# --- from examples to numbers -------------------------------------------------------------------


class Vectors:
    """The vectors of the pieces of texts, in a file; of others they are made when asked for."""

    def __init__(self, file: Path, texts: Iterable[str]) -> None:
        index = file.with_suffix(".json")
        if not index.exists():
            at, places = 0, {}
            with file.open("wb") as out:
                for text in dict.fromkeys(texts):
                    made = mpnet.pieces(text)
                    out.write(made.tobytes())
                    places[text] = at, len(made)
                    at += len(made)
            index.write_text(json.dumps(places), "utf-8")
        self.places = json.loads(index.read_text("utf-8"))
        self.kept = np.memmap(file, np.float16, "r").reshape(-1, mpnet.SIZE)

    def __call__(self, text: str) -> mpnet.Pieces:
        if text not in self.places:
            return mpnet.pieces(text)
        at, n = self.places[text]
        return self.kept[at : at + n]

    def sample(self, size: int) -> Tensor:
        """Some of them, for their mean and deviation."""
        chosen = np.random.default_rng(SEED).choice(
            len(self.kept), min(size, len(self.kept)), False
        )
        return torch.tensor(self.kept[np.sort(chosen)].astype(np.float32))


class Coder:
    """Turns examples into tensors; with ``vectors`` also of what the words mean."""

    def __init__(self, vectors: Callable[[str], mpnet.Pieces] | None = None) -> None:
        self.tokenizer = tokenizer(MAX_TOKENS)
        self.vectors = vectors

    def __call__(self, example: Example) -> dict[str, list[Any]]:
        """Ids, types, labels of the pair and of the tokens; -1 is what is not known."""
        pair = self.tokenizer.encode(example.a, example.b)
        labels = [
            -1.0 if v is None else float(v)
            for v in (example.contradicts, example.a_more, example.b_more)
        ]
        marks = example.a_marks, example.b_marks
        token = []
        for side, (start, end) in zip(pair.sequence_ids, pair.offsets, strict=True):
            known = marks[side] if side is not None else None
            if known is None:
                token.append([-1.0, -1.0])
                continue
            inside = float(any(s < end and start < e for s, e in known))
            against, more = (inside, 0.0) if example.contradicts else (0.0, inside)
            told = (example.a_more, example.b_more)[side] is not None
            token.append([against, more if told else -1.0])
        return {
            "ids": pair.ids,
            "types": types(pair, example.a, example.b),
            "labels": labels,
            "token": token,
            "weight": [example.weight],
        } | self._told(pair, example)

    def _told(self, pair: Encoding, example: Example) -> dict[str, list[Any]]:
        """What makes the vectors, which are large: they are looked up for one batch at a time."""
        if self.vectors is None:
            return {}
        return {"vectors": [partial(placed, pair, example.a, example.b, self.vectors)]}


def load(checkpoint: Path) -> Network:
    """The network as it was stored, or as it was exported (``.onnx``)."""
    model = Network()
    exported = checkpoint.suffix == ".onnx"
    model.load_state_dict(
        unpacked(checkpoint) if exported else torch.load(checkpoint, weights_only=True)
    )
    return model


def unpacked(exported: Path) -> dict[str, Tensor]:
    """The weights of a file that ``export_meaning.py`` wrote, in 32 bits again."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(exported).graph
    values = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            small, scale, _ = (values.pop(name) for name in node.input)
            axis = next(a.i for a in node.attribute if a.name == "axis")
            scales = scale[:, None] if axis == 0 else scale[None]
            values[node.output[0]] = small.astype("float32") * scales
    added = {name: n.input for n in graph.node if n.op_type == "Add" for name in n.input}
    start = "network."
    weights = {name.removeprefix(start): v for name, v in values.items() if name.startswith(start)}
    for node in graph.node:  # the matrices of linear layers lost their names, not their biases
        if node.op_type == "MatMul" and node.input[1] in values:
            bias = next(n for n in added[node.output[0]] if n.startswith(start))
            name = bias.removeprefix(start).removesuffix("bias") + "weight"
            weights[name] = values[node.input[1]].T
    return {name: torch.tensor(values) for name, values in weights.items()}


def batches(
    coder: Coder, stream: Iterator[Example], size: int, rng: random.Random
) -> Iterator[dict[str, Tensor]]:
    """Batches of texts of about one length, without end."""
    while True:
        coded = [coder(e) for e in itertools.islice(stream, 60 * size)]
        if not coded:
            return
        coded.sort(key=lambda c: len(c["ids"]))
        groups = [coded[i : i + size] for i in range(0, len(coded), size)]
        rng.shuffle(groups)
        yield from map(collate, groups)


def collate(rows: Sequence[dict[str, list[Any]]]) -> dict[str, Tensor]:
    """Rows padded to one length."""
    length = max(len(r["ids"]) for r in rows)
    rest = [length - len(r["ids"]) for r in rows]
    vectors = [torch.from_numpy(make()) for r in rows for make in r.get("vectors", ())]
    told = {"vectors": nn.utils.rnn.pad_sequence(vectors, batch_first=True)} if vectors else {}
    return told | {
        "ids": torch.tensor([r["ids"] + [0] * n for r, n in zip(rows, rest, strict=True)]),
        "types": torch.tensor([r["types"] + [1] * n for r, n in zip(rows, rest, strict=True)]),
        "mask": torch.tensor(
            [[1] * len(r["ids"]) + [0] * n for r, n in zip(rows, rest, strict=True)]
        ),
        "labels": torch.tensor([r["labels"] for r in rows]),
        "token": torch.tensor(
            [r["token"] + [[-1.0, -1.0]] * n for r, n in zip(rows, rest, strict=True)]
        ),
        "weight": torch.tensor([r["weight"] for r in rows]),
    }


def loss_of(model: Network, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Loss of the pairs and of the marks."""
    pair, token = model(batch["ids"], batch["types"], batch["mask"], batch.get("vectors"))
    loss = nn.functional.binary_cross_entropy_with_logits
    known = (batch["labels"] >= 0).float() * batch["weight"]
    whole = loss(pair, batch["labels"].clamp(min=0), reduction="none") * known
    told = (batch["token"] >= 0).float() * batch["weight"][:, :, None]
    positive = torch.tensor([MARK_POSITIVE, MARK_POSITIVE])
    marks = loss(token, batch["token"].clamp(min=0), reduction="none", pos_weight=positive) * told
    return whole.sum() / known.sum().clamp(min=1), marks.sum() / told.sum().clamp(min=1)


# --- the data -----------------------------------------------------------------------------------


def rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def inference(data: Path) -> list[Example]:
    """Sentence pairs of ``nli``: A is the premise, so that B says more where it is neutral."""
    found = []
    for name in ("snli", "snli_negational", "breaking_nli", "negation_nli", "fever_symmetric"):
        for row in rows(data / "nli" / f"{name}.jsonl"):
            a, b, label = row["a"], row["b"], row["label"]
            against = label == "contradiction"
            marks: tuple[Marks | None, Marks | None] = ((), ())
            if against:
                marks = differing(a, b) if name == "breaking_nli" else (None, None)
            found.append(
                Example(
                    a,
                    b,
                    against,
                    None,
                    None if against else label == "neutral",
                    *(marks if label != "neutral" else (None, None)),
                    kind=name,
                )
            )
    same = rows(data / "nli" / "snli_paraphrase.jsonl")
    return found + [Example(r["a"], r["b"], False, None, None, kind="paraphrase") for r in same]


def good_pairs(data: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Texts and their set: to train on, and held out."""
    train, held = [], []
    for row in rows(data / "drift" / "human_pairs.jsonl"):
        entry = row["a"], row["b"], row["set"]
        (held if row["set"] in HELD_OUT else train).append(entry)
    for name in ("news_wmt21_ruen_refA_refB", "news_wmt21_ruen_refA_mtOnlineG"):
        for row in rows(data / "align" / f"{name}.jsonl"):
            for a, b in row["gold"]:
                if len(a) == len(b) == 1:
                    train.append((row["a"][a[0]], row["b"][b[0]], row["id"] + name))
    seen = set()
    for row in rows(data / "drift" / "wmt21_zhen_mqm.jsonl"):
        if row["doc"] in HELD_OUT_DOCUMENTS or not row["ref_b"]:
            continue
        if row["seg"] not in seen:
            seen.add(row["seg"])
            train.append((row["ref_a"], row["ref_b"], row["doc"]))
        if not row["major"] and not row["minor"]:
            train.append((row["ref_a"], row["mt"], row["doc"] + row["sys"]))
    alone = [row["en"] for row in rows(data / "nli" / "korean_english_news.jsonl")]
    train += [(text, text, "ko") for text in alone if len(text) > 40]
    return [t for t in train if min(map(len, t[:2])) > 15 and sum(map(len, t[:2])) < LONGEST], held


def real_errors(data: Path) -> list[Example]:
    """Machine translations in which professionals marked errors, against both references."""
    found = []
    for row in rows(data / "drift" / "wmt21_zhen_mqm.jsonl"):
        marks = tuple((s, e) for s, e, severity in row["spans"] if severity == "major")
        if row["doc"] in HELD_OUT_DOCUMENTS or not marks:
            continue
        found += [
            Example(ref, row["mt"], True, None, None, None, marks, "mqm", weight=0.5)
            for ref in (row["ref_a"], row["ref_b"])
            if ref
        ]
    return found


def parsed(texts: Sequence[str], cache: Path) -> dict[str, Doc]:
    """The texts by the packaged parser, kept in a file."""
    model = spacy_model()
    docs = {}
    if cache.exists():
        docs = {doc.text: doc for doc in DocBin().from_disk(cache).get_docs(model.vocab)}
    missing = sorted({t for t in texts if t not in docs})
    docs.update(zip(missing, model.pipe(missing, batch_size=64), strict=True))
    if missing:
        DocBin(docs=docs.values()).to_disk(cache)
    return docs


def decided(path: Path) -> list[Example]:
    """Sentence pairs that reviewers decided about, with the words of the finding."""
    log = read_lines(path)
    settled = {name: state.status for name, state in settle(log).items()}
    found = {}
    for entry in log:
        accepted = settled.get(entry.finding_id) == "accepted"
        same = settled.get(entry.finding_id) == "dismissed" and entry.reason == "same meaning"
        if (accepted or same) and entry.a_text and entry.b_text:
            texts = (entry.a_text, entry.a_span), (entry.b_text, entry.b_span)
            marks: tuple[Marks | None, ...] = ((), ())
            if accepted:
                at = [(text.find(words), words) for text, words in texts]
                marks = tuple(((i, i + len(w)),) if w and i >= 0 else None for i, w in at)
            found[entry.finding_id] = Example(
                entry.a_text, entry.b_text, accepted, None, None, *marks, kind="verdict"
            )
    return list(found.values())


def linked(folder: Path) -> list[Example]:
    """The groups of article pairs: those in which something differs contradict each other."""
    found = []
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        texts = [{u["id"]: u["text"] for u in gold[side]["units"]} for side in "ab"]
        for group in gold["alignment"]:
            a, b = (
                " ".join(text[unit] for unit in group[side])
                for text, side in zip(texts, "ab", strict=True)
            )
            if not a or not b or len(a) + len(b) > LONGEST_GROUP:
                continue
            of = [d for d in gold["discrepancies"] if d["a"] in group["a"] and d["b"] in group["b"]]
            known = [d for d in of if d["span_a"] and d["span_b"]]
            marks = [
                tuple((text.find(d[span]), text.find(d[span]) + len(d[span])) for d in known)
                for text, span in ((a, "span_a"), (b, "span_b"))
            ]
            if len(known) == len(of):
                found.append(Example(a, b, bool(of), None, None, *marks, kind="article"))
            if known:  # with A's words in the place of what differs the two say the same
                mended = b
                for d in known:
                    mended = mended.replace(d["span_b"], d["span_a"], 1)
                found.append(Example(a, mended, False, None, None, (), (), kind="article"))
    return found


def translated(folder: Path) -> list[Example]:
    """A sentence with faithful translations and a wrong one.

    The wrong one is ``same`` with an error in it, or there is a ``right`` that differs from it in
    nothing but the error: that two texts are worded alike or apart must tell nothing.
    """
    found = []
    for row in (row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)):
        a, wrong, words_a, words = (row[key] for key in ("a", "wrong", "in_a", "in_wrong"))
        lost, added = not words, not words_a  # then neither contradicts the other
        here, there = (
            ((i := text.find(w), i + len(w)),) if w else ()
            for text, w in ((a, words_a), (wrong, words))
        )
        known = not (lost or added)
        found.append(
            Example(a, wrong, known, lost or None, added or None, here, there, kind="wrong")
        )
        faithful = [row[key] for key in ("same", "right") if key in row]
        found += [Example(a, text, False, None, None, (), (), kind="faithful") for text in faithful]
        if len(faithful) == 2:
            same, right = faithful
            found += [
                Example(same, right, False, None, None, (), (), kind="faithful"),
                Example(same, wrong, known, None, added or None, None, there, kind="wrong"),
            ]
    return found


class Data:
    """All that is trained on, and the planted pairs to measure on."""

    def __init__(
        self,
        data: Path,
        cache: Path,
        verdicts: Path | None = None,
        articles: Path | None = None,
        sentences: Path | None = None,
    ) -> None:
        train, held = good_pairs(data)
        groups = linked(articles) if articles else []
        train += [(e.a, e.b, "article") for e in groups if not e.contradicts]
        docs = parsed([text for entry in (*train, *held) for text in entry[:2]], cache)
        self.pairs = [Pair(docs[a], docs[b], name) for a, b, name in train if name != "ko"]
        self.single = [Pair(docs[a], docs[b], name) for a, b, name in train if name == "ko"]
        self.held = [Pair(docs[a], docs[b], name) for a, b, name in held]
        self.lexicon = Lexicon(
            [doc for p in (*self.pairs, *self.single) for doc in (p.a, p.b)], packaged_encoder()
        )
        self.inference = inference(data)
        self.errors = real_errors(data)
        self.decided = decided(verdicts) if verdicts else []
        self.decided += groups
        self.decided += translated(sentences) if sentences else []
        good = [self._clean(pair) for pair in self.pairs]
        chosen = random.Random(SEED)
        self.others = [
            chosen.sample(some, min(len(some), number))
            for some, (number, _) in zip((good, self.errors, self.inference), OTHERS, strict=True)
        ]

    def warm_up(self, rng: random.Random) -> Iterator[Example]:
        """Inference, without end."""
        while True:
            yield from rng.sample(self.inference, len(self.inference))

    def planted(self, rng: random.Random) -> Iterator[Example]:
        """Planted pairs with some real errors and some inference among them, without end."""
        while True:
            epoch = list(examples(self.pairs, self.lexicon, rng))
            some = rng.sample(self.single, len(self.pairs) // 16)
            epoch += examples(some, self.lexicon, rng, clean=0.05)
            epoch += (e if rng.random() < 0.5 else e.turned for e in rng.sample(self.errors, 350))
            epoch += rng.sample(self.inference, len(self.pairs) // 16)
            epoch += (e if rng.random() < 0.5 else e.turned for e in self.decided)
            rng.shuffle(epoch)
            yield from epoch

    def real(self, rng: random.Random) -> Iterator[Example]:
        """What is decided, with good pairs, real errors and inference among it, without end."""
        while True:
            epoch = list(self.decided)
            for others, (_, number) in zip(self.others, OTHERS, strict=True):
                epoch += rng.sample(others, min(len(others), number))
            epoch = [e if rng.random() < 0.5 else e.turned for e in epoch]
            rng.shuffle(epoch)
            yield from epoch

    @property
    def texts(self) -> Iterator[str]:
        """What :meth:`real` gives again and again."""
        for example in itertools.chain(self.decided, *self.others):
            yield from (example.a, example.b)

    def test(self, rng: random.Random, size: int) -> list[Example]:
        """Pairs of the held-out set, as they are and with a change."""
        some = rng.sample(self.held, size)
        return [e for p in some for e in (self._clean(p), plant(p, self.lexicon, rng))]

    @staticmethod
    def _clean(pair: Pair) -> Example:
        return Example(pair.a.text, pair.b.text, False, False, False)


# --- training -----------------------------------------------------------------------------------


def train(
    model: Network, stream: Iterator[dict[str, Tensor]], steps: int, rate: float, taken: Any
) -> Iterator[int]:
    """Take steps until all workers together have taken them; yields how many there are.

    The rate rises for a twentieth of them, then falls to nothing.
    """
    inside = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    groups = [{"params": inside, "lr": rate}, {"params": heads, "lr": HEAD_RATE * rate / RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    full = [group["lr"] for group in groups]
    model.train()
    for batch in stream:
        with taken.get_lock():
            taken.value += 1
            step = taken.value
        if step > steps:
            return
        part = min(step / (0.05 * steps + 1), (steps - step) / (0.95 * steps))
        for group, most in zip(optimiser.param_groups, full, strict=True):
            group["lr"] = most * part
        hidden = torch.rand(batch["ids"].shape) < (HIDDEN_WORDS if "vectors" in batch else HIDDEN)
        batch["ids"][hidden & (batch["ids"] >= _FIRST_WORD)] = _MASK
        whole, marks = loss_of(model, batch)
        (whole + MARK_WEIGHT * marks).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        LOSSES.append((whole.item(), marks.item()))
        yield step


def work(
    number: int,
    model: Network,
    data: Data,
    vectors: Vectors | None,
    taken: Sequence[Any],
    args: Any,
) -> None:
    """One worker: its own examples and its own momentum, the weights shared without a lock."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED + number)
    rng = random.Random(SEED + number)
    coder, informed = Coder(), Coder(vectors or mpnet.pieces)
    test = data.test(random.Random(0), min(400, len(data.held)))
    began = time.perf_counter()
    phases = (
        ("inference", data.warm_up(rng), coder, 2 * BATCH, args.warm_up, RATE),
        ("planted", data.planted(rng), coder, BATCH, args.steps, args.rate),
        ("words", data.real(rng), informed, BATCH, args.words, args.rate),
    )
    for (name, examples_, coder, size, steps, rate), counter in zip(phases, taken, strict=True):
        stream = batches(coder, examples_, size, rng)
        for own, step in enumerate(train(model, stream, steps, rate, counter), 1):
            if own % 50 == 0:
                mean = [sum(x) / len(LOSSES) for x in zip(*LOSSES, strict=True)]
                LOSSES.clear()
                told = f"loss {mean[0]:.4f}, {mean[1]:.4f}; {time.perf_counter() - began:.0f} s"
                print(f"{number} {name} {step}/{steps}: {told}", flush=True)
            if number == 0 and own % 250 == 0:
                torch.save(model.state_dict(), args.checkpoint)
                print(measure(model, coder, test), flush=True)
    if number == 0:
        torch.save(model.state_dict(), args.checkpoint)
        print(measure(model, informed if args.words else coder, test), flush=True)


@torch.no_grad()
def predict(model: Network, coder: Coder, chosen: Sequence[Example]) -> list[list[float]]:
    """The three probabilities of each example."""
    model.eval()
    coded = [coder(e) for e in chosen]
    order = sorted(range(len(coded)), key=lambda i: len(coded[i]["ids"]))
    result: list[list[float]] = [[] for _ in coded]
    for first in range(0, len(order), BATCH):
        some = order[first : first + BATCH]
        batch = collate([coded[i] for i in some])
        pair, _ = model(batch["ids"], batch["types"], batch["mask"], batch.get("vectors"))
        for i, values in zip(some, pair.sigmoid().tolist(), strict=True):
            result[i] = values
    model.train()
    return result


def measure(model: Network, coder: Coder, test: Sequence[Example]) -> str:
    """Share of the changes found at 5 % false alarms on the pairs as they are, by kind."""
    scores = predict(model, coder, test)
    same = [s for s, e in zip(scores, test, strict=True) if e.kind == "same"]
    clean = sorted((s[0] for s in same), reverse=True)
    more = sorted((max(s[1:]) for s in same), reverse=True)
    limits = clean[int(0.05 * len(clean))], more[int(0.05 * len(more))]
    found = defaultdict(list)
    for score, example in zip(scores, test, strict=True):
        if example.kind in ("added", "removed"):
            found[example.kind].append(max(score[1:]) > limits[1])
        else:
            found[example.kind].append(score[0] > limits[0])
    shares = ", ".join(f"{k} {sum(v) / len(v):.2f}" for k, v in sorted(found.items()))
    return f"limits {limits[0]:.3f} {limits[1]:.3f}; {shares}"


def main() -> None:
    """Train as asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--warm-up", type=int, default=350, help="steps of inference")
    parser.add_argument("--steps", type=int, default=1800, help="steps of planted pairs")
    parser.add_argument("--words", type=int, default=0, help="steps with the words' vectors")
    parser.add_argument("--rate", type=float, default=RATE, help="of the planted pairs, at most")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--verdicts", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--workers", type=int, default=2, help="1 gives the same weights each time")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model = load(args.start) if args.start else Network()
    freeze(model)
    cache = args.checkpoint.with_suffix(".spacy")
    data = Data(args.data, cache, args.verdicts, args.articles, args.sentences)
    data.lexicon.prepare()
    print(f"{len(data.pairs)} pairs, {len(data.inference)} of inference", flush=True)
    vectors = None
    if args.words:
        vectors = Vectors(args.checkpoint.with_suffix(".vectors"), data.texts)
        if not model.words.mean.any():
            model.words.fit(vectors.sample(60_000))
    model.share_memory()
    context = torch.multiprocessing.get_context("fork")
    taken = [context.Value("i", 0) for _ in range(3)]
    workers = [
        context.Process(target=work, args=(i, model, data, vectors, taken, args))
        for i in range(args.workers)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
