"""The trained numbers of the aligner, and how they judge a candidate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FAR_OUT = 6.0
"""Standard deviations beyond which a feature says no more."""


@dataclass(frozen=True, slots=True)
class Model:
    """As kept in ``data/align_weights.json``; made by ``benchmarks/train_align.py``.

    Every candidate is screened by a linear sum; what passes is judged by a network with one
    hidden layer beside a linear sum. Both give log-odds.
    """

    screen: Mapping[str, float]
    """Log-odds per unit of each feature, for the first look."""
    names: tuple[str, ...]
    """The ``f`` features of the second look."""
    mean: Floats
    """``(f,)`` taken off each …"""
    spread: Floats
    """… before it is divided by this."""
    linear: Floats
    """``(f + 1,)`` log-odds per standard deviation, and the constant."""
    hidden: Floats
    """``(h, f + 1)`` weights of the hidden units, and their constants."""
    output: Floats
    """``(h,)`` log-odds per hidden unit."""
    continuation: float
    """Log-odds for a group that continues another one on both sides."""
    slope: float
    """Calibration: probability = logistic(slope * margin + offset)."""
    offset: float

    def judge(self, values: Mapping[str, Floats]) -> Floats:
        """``(c,)`` log-odds of candidates from name → ``(c,)`` values."""
        import numpy as np

        table = np.stack([values[name] for name in self.names], axis=1)
        table = ((table - self.mean) / self.spread).clip(-FAR_OUT, FAR_OUT)
        table = np.concatenate([table, np.ones((len(table), 1))], axis=1)
        found: Floats = table @ self.linear + np.tanh(table @ self.hidden.T) @ self.output
        return found


def model_from(data: Mapping[str, Any]) -> Model:
    """A model as it is written in JSON."""
    import numpy as np

    arrays = {
        name: np.array(data[name], dtype=np.float64)
        for name in ("mean", "spread", "linear", "hidden", "output")
    }
    return Model(
        screen=data["screen"],
        names=tuple(data["names"]),
        continuation=data["continuation"],
        slope=data["slope"],
        offset=data["offset"],
        **arrays,
    )


@cache
def load_model() -> Model:
    """The weights that come with the package."""
    text = resources.files("compare").joinpath("data/align_weights.json").read_text("utf-8")
    return model_from(json.loads(text))
