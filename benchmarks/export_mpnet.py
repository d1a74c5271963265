"""Write ``compare/models/mpnet.onnx``: ``python benchmarks/export_mpnet.py OUT``.

The graph of the first ten layers of all-mpnet-base-v2, without its weights, which packages
carry (:mod:`compare.mpnet`); beside it, in a file that ends in ``.json``, the
names of the weights that it asks for. Needs torch, transformers and onnx.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, external_data_helper, numpy_helper
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

from compare import mpnet

_SMALL = 512
"""Numbers up to which a constant stays in the graph."""


class Pieces(nn.Module):
    """Vectors of pieces behind two layers."""

    def __init__(self) -> None:
        super().__init__()
        config = MPNetConfig(  # as the model's own config.json has it, but for the layers
            vocab_size=30527,
            max_position_embeddings=514,
            layer_norm_eps=1e-5,
            num_hidden_layers=max(mpnet.LAYERS),
            attn_implementation="eager",
        )
        self.model = MPNetModel(config, add_pooling_layer=False).eval()
        own = self.model.state_dict()
        loaded = {n: torch.tensor(v) for n, v in mpnet.tensors(set(own))}
        missing = self.model.load_state_dict(loaded, strict=False).missing_keys
        assert all(name.endswith("position_ids") for name in missing), missing

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """``(texts, pieces, 1536)``."""
        hidden = self.model(
            input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
        ).hidden_states
        return torch.cat([hidden[layer] for layer in mpnet.LAYERS], -1)


def without_weights(model: Any, weights: dict[str, Any]) -> list[str]:
    """Take the weights out of a graph; returns their names."""
    names = {}
    for constant in model.graph.initializer:
        values = numpy_helper.to_array(constant)
        if values.size < _SMALL:
            continue
        for name, own in weights.items():
            if own.shape == values.shape and np.array_equal(own, values):
                names[constant.name] = name
            elif own.T.shape == values.shape and np.array_equal(own.T, values):
                names[constant.name] = name + mpnet.TURNED
        external_data_helper.set_external_data(constant, location="in-packages")
        constant.data_location = TensorProto.EXTERNAL
        constant.ClearField("raw_data")
        constant.name = names[constant.name]
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.doc_string = ""
    model.doc_string = ""
    return sorted(names.values())


def main() -> None:
    """Export as asked."""
    out = Path(sys.argv[1])
    network = Pieces().eval()
    ids = torch.tensor([[0, 2000, 3000, 4000, 2], [0, 2500, 2, 1, 1]])
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (ids, (ids != 1).long()),
        buffer,
        dynamo=False,
        opset_version=17,
        input_names=["input_ids", "attention_mask"],
        output_names=["pieces"],
        dynamic_axes={
            name: {0: "texts", 1: "pieces"} for name in ("input_ids", "attention_mask", "pieces")
        },
    )
    model = onnx.load_model_from_string(buffer.getvalue())
    weights = {n.removeprefix("model."): v.numpy() for n, v in network.state_dict().items()}
    names = without_weights(model, weights)
    out.write_bytes(model.SerializeToString(deterministic=True))
    out.with_suffix(".json").write_text(json.dumps(names, indent=0) + "\n", "utf-8")
    text = "The union rejected the offer."
    wanted = network(*(torch.tensor([x]) for x in _numbers(text)))[0, 1:-1]
    difference = np.abs(mpnet.pieces(text).astype(np.float32) - wanted.detach().numpy()).max()
    print(f"{out.stat().st_size / 1e3:.0f} kB, {len(names)} weights, differs by {difference:.1e}")


def _numbers(text: str) -> tuple[list[int], list[int]]:
    encoded = mpnet.tokenizer().encode(text)
    return encoded.ids, encoded.attention_mask


if __name__ == "__main__":
    main()
