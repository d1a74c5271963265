"""Write ``compare/models/meaning.onnx``: ``python benchmarks/export_meaning.py CHECKPOINT OUT``.

The weights are stored in 8 bits, each column of a matrix and each word vector with a scale of its
own; all arithmetic is in float32. Prints the file's hash and how far its answers are from those
of the checkpoint. Needs torch and onnx.
"""

from __future__ import annotations

import argparse
import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn
from train_meaning import Coder, Example, Network, collate, load

from compare import mpnet
from compare.meaning import STATES

_SMALL = 4096
"""Weights of fewer numbers stay as they are."""
_OPSET = 17
_PAIRS = (
    ("The mayor resigned on Monday.", "On Monday, the mayor stepped down."),
    ("Prices rose by a fifth in May, the bank said.", "In May prices fell by 20 %, said the bank."),
    ("She may run again if her party asks her to.", "She will run again."),
)


class Answers(nn.Module):
    """The network on one pair: probabilities instead of logits, and no padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, input_ids: Tensor, type_ids: Tensor, vectors: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Probabilities ``(1, 3)`` of the pair and ``(1, tokens, 2)`` of the tokens."""
        pair, token = self.network(input_ids, type_ids, torch.ones_like(input_ids), vectors)
        return pair.sigmoid(), token.sigmoid()


def quantised(model: Any) -> Any:
    """The graph with its large weights in 8 bits, symmetric, one scale for each row or column."""
    graph = model.graph
    gathered = {n.input[0] for n in graph.node if n.op_type == "Gather"}
    multiplied = {n.input[1] for n in graph.node if n.op_type in ("MatMul", "Gemm")}
    turned = {
        n.input[1]
        for n in graph.node
        if n.op_type == "Gemm" and any(a.name == "transB" and a.i for a in n.attribute)
    }
    kept, before = [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        name = weight.name
        if values.ndim != 2 or values.size < _SMALL or name not in gathered | multiplied:
            kept.append(weight)
            continue
        axis = 0 if name in gathered or name in turned else 1
        scale = np.abs(values).max(axis=1 - axis, keepdims=True) / 127
        scale = np.maximum(scale, 1e-12).astype(np.float32)
        small = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        kept += [
            numpy_helper.from_array(small, f"{name}.int8"),
            numpy_helper.from_array(scale.squeeze(1 - axis), f"{name}.scale"),
            numpy_helper.from_array(np.zeros(scale.size, np.int8), f"{name}.zero"),
        ]
        inputs = [f"{name}.int8", f"{name}.scale", f"{name}.zero"]
        before.append(helper.make_node("DequantizeLinear", inputs, [name], axis=axis))
    nodes = [*before, *graph.node]
    for part, new in ((graph.initializer, kept), (graph.node, nodes)):
        del part[:]
        part.extend(new)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Export as asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    network = load(args.checkpoint)
    network.encoder.set_attn_implementation("eager")
    answers = Answers(network).eval()
    coder = Coder(mpnet.pieces)
    batches = [collate([coder(Example(a, b, None))]) for a, b in _PAIRS]
    inputs = [(batch["ids"], batch["types"], batch["vectors"]) for batch in batches]
    assert max(types.max() for _, types, _ in inputs) < 2 * STATES
    buffer = io.BytesIO()
    torch.onnx.export(
        answers,
        inputs[0],
        buffer,
        dynamo=False,
        opset_version=_OPSET,
        input_names=["input_ids", "type_ids", "vectors"],
        output_names=["pair", "tokens"],
        dynamic_axes={
            "input_ids": {1: "n"},
            "type_ids": {1: "n"},
            "vectors": {1: "n"},
            "tokens": {1: "n"},
        },
    )
    model = quantised(onnx.load_model_from_string(buffer.getvalue()))
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    data = model.SerializeToString(deterministic=True)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    for given in inputs:
        with torch.no_grad():
            wanted = answers(*given)[0].numpy()
        names = ("input_ids", "type_ids", "vectors")
        fed = {name: tensor.numpy() for name, tensor in zip(names, given, strict=True)}
        got = session.run(None, fed)[0]
        print("answers", got.round(3).tolist(), "of the checkpoint", wanted.round(3).tolist())
    args.out.write_bytes(data)
    print(f"{len(data) / 1e6:.1f} MB, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
