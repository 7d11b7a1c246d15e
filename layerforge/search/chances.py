"""Chances from merits: how temperature decides between better and worse."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Merits = npt.NDArray[np.float64]
"""(N,): what each of N choices is worth, in standard deviations or so."""

_LIMIT = 1e3


def heat(temperature: float) -> float:
    """The softmax's own temperature, in the units of the merits, for a dial from 0 to 1.

    0.35 is a softmax at 0.35; the dial's end is so hot that merits hardly count.
    """
    return max(temperature, 1e-3) / max(1.0 - temperature, _LIMIT**-1) * 0.65


def draw(merits: Merits, *, temperature: float, rng: np.random.Generator) -> int:
    """An index, drawn by softmax: the best at temperature 0, all alike at 1."""
    shares = np.exp((merits - merits.max()) / heat(temperature))
    return int(rng.choice(len(merits), p=shares / shares.sum()))


def standardised(values: Merits) -> Merits:
    """``values`` with mean 0 and standard deviation 1; all 0 where they are equal."""
    spread = float(values.std()) if len(values) else 0.0
    if spread < 1e-9:
        return np.zeros_like(values)
    centred: Merits = (values - values.mean()) / spread
    return centred
