"""Where a picture lies among others by its looks alone: for novelty and duplicates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from layerforge.scoring.measures import LAYOUT_SIDE, NAMES, Look
from layerforge.scoring.reference import installed_reference

LAYOUT_WIDTH = 3 * LAYOUT_SIDE * LAYOUT_SIDE
"""How many numbers come first that tell of colours by place."""

WIDTH = LAYOUT_WIDTH + len(NAMES)
"""How many numbers an embedding has."""

_LAYOUT_WEIGHT = np.array([1.0, 2.5, 2.5])
_MEASURES_WEIGHT = 0.2
_MIDDLE = np.array([0.55, 0.0, 0.0])


def embeddings(looks: Sequence[Look]) -> npt.NDArray[np.float32]:
    """(N, 211) float32 unit rows: 8 x 8 Oklab layout, then 19 standardised measures.

    Cosine distance is about 0 for alike, about 1 for unrelated pictures, since both parts are
    centred.
    """
    layouts = np.stack([seen.layout for seen in looks]).astype(np.float64)
    places = ((layouts - _MIDDLE) * _LAYOUT_WEIGHT).reshape(len(looks), -1) / LAYOUT_SIDE
    scaled = installed_reference().standardised(
        np.stack([seen.measures.vector() for seen in looks])
    )
    traits = _MEASURES_WEIGHT * np.tanh(scaled / 3.0) / np.sqrt(scaled.shape[1])
    joined = np.concatenate([places, traits], axis=1)
    lengths = np.maximum(np.linalg.norm(joined, axis=1, keepdims=True), 1e-12)
    return np.asarray(joined / lengths, dtype=np.float32)
