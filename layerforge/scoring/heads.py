"""Aesthetic heads: linear judges of an image embedding, published and one's own.

A head reads L2-normalised embeddings of the one encoder it was trained on; on any other, even
of the same size, its numbers mean nothing, so every head names its encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import Preset

_UNIT_TOLERANCE = 1e-2  # half-precision embeddings are off by 1e-3; unnormalised ones by far more


class HeadBroken(LayerForgeError):
    """A head file is damaged, unsafe or not a head."""


class HeadMismatch(LayerForgeError):
    """A head was paired with embeddings of another encoder."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A linear judge: ``score = embedding · vector + bias``.

    vector: (D,) float64, read-only.  encoder: whose embeddings it reads, ``name/tag``.
    version: of a published head.
    """

    vector: npt.NDArray[np.float64]
    bias: float
    name: str
    encoder: str
    version: str = ""

    def __post_init__(self) -> None:
        vector = np.array(self.vector, dtype=np.float64)
        if vector.ndim != 1 or vector.size == 0:
            raise HeadBroken(f"the head {self.name} needs one vector, got shape {vector.shape}")
        if not (np.isfinite(vector).all() and np.isfinite(self.bias)):
            raise HeadBroken(f"the head {self.name} holds values that are not numbers")
        vector.setflags(write=False)
        object.__setattr__(self, "vector", vector)

    @property
    def dim(self) -> int:
        """D, the length of the embeddings it reads."""
        return len(self.vector)

    def demand(self, *, encoder: str, dim: int) -> None:
        """Raise HeadMismatch unless this head was made for ``encoder``, of length ``dim``."""
        if encoder != self.encoder:
            public = ":" not in self.encoder
            hint = f"; --clip-model {self.encoder} judges with its own" if public else ""
            raise HeadMismatch(
                f"the head {self.name} was made for {self.encoder}, not for {encoder}: "
                f"its scores would mean nothing{hint}"
            )
        if dim != self.dim:
            raise HeadMismatch(
                f"the head {self.name} reads embeddings of length {self.dim}, "
                f"but {encoder} gives {dim}"
            )

    def score(self, embeddings: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Scores, (N,) float64, of ``embeddings``: (N, D), rows of unit length.

        Published heads put most pictures between 1 and 10.
        Raises HeadMismatch on another length, ValueError on rows that are not unit vectors.
        """
        if embeddings.ndim != 2 or embeddings.shape[1] != self.dim:
            raise HeadMismatch(
                f"the head {self.name} reads embeddings of shape (N, {self.dim}), "
                f"got {embeddings.shape}"
            )
        rows = embeddings.astype(np.float64, copy=False)
        lengths = np.linalg.norm(rows, axis=1)
        if not (np.abs(lengths - 1.0) <= _UNIT_TOLERANCE).all():
            worst = lengths[np.abs(lengths - 1.0).argmax()]
            raise ValueError(f"embeddings must have unit length, got a row of length {worst:.4g}")
        # a row's score must not depend on its neighbours, as a matrix product's last bits may
        scores: npt.NDArray[np.float64] = np.einsum("nd,d->n", rows, self.vector) + self.bias
        return scores


def demand_pairing(preset: Preset, heads: Sequence[Head]) -> None:
    """Raise HeadMismatch unless each head was made for one of the encoders that ``preset`` asks."""
    encoders = [pairing.encoder.name for pairing in preset.pairings]
    for head in heads:
        if head.encoder not in encoders:
            raise HeadMismatch(
                f"the head {head.name} was made for {head.encoder}, not for "
                f"{' or '.join(encoders)}: its scores would mean nothing"
            )
