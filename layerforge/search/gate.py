"""The gate: which candidates become branches."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from layerforge.scoring.novelty import Embeddings, nearest

Embedding = npt.NDArray[np.float32]
"""(D,) float32 of unit length."""

Reason = Literal[
    "blank",
    "noise",
    "duplicate",
    "plain",
    "below_gate",
    "outvoted",
    "not_promoted",
    "failed",
    "killed_meanwhile",
]
"""Why a candidate is not kept."""

REASONS: dict[Reason, str] = {
    "blank": "blank",
    "noise": "noise",
    "duplicate": "too like a kept one",
    "plain": "hardly more than a source",
    "below_gate": "below the gate",
    "outvoted": "put below its parent by most voters",
    "not_promoted": "not among the best at a small size",
    "failed": "could not be rendered",
    "killed_meanwhile": "its parent was killed meanwhile",
}

SAME_SHARE = 0.03
"""Pictures nearer than this share of the typical distance count as the same."""

PLAIN_SHARE = 0.3
"""A candidate nearer to a source than this share of the typical distance is hardly a collage."""


@dataclass(slots=True)
class Gate:
    """Admits candidates that are worth expanding.

    A candidate must be among the best ``keep_share`` of those seen lately, and not much worse
    than its parent: worse ones pass with the chance exp(−loss / (temperature · spread)), and only
    where at least half of the voters put them above it.
    Source: Metropolis et al. 1953.

    typical_distance: about how far two unrelated pictures lie apart, cosine.
    sources: (M, D), embeddings of the plain sources.
    open_to_all: admit whatever is no duplicate and not plain, as the random control does.
    """

    temperature: float
    typical_distance: float
    sources: Embeddings
    keep_share: float = 0.35
    open_to_all: bool = False
    memory: int = 256
    _seen: deque[float] = field(default_factory=lambda: deque(maxlen=256), init=False)

    def __post_init__(self) -> None:
        self._seen = deque(maxlen=self.memory)

    def remember(self, values: Iterable[float]) -> None:
        """Take note of what candidates are worth in this run, kept or not."""
        self._seen.extend(values)

    def threshold(self) -> float:
        """The least value that passes now."""
        if len(self._seen) < 8:
            return -math.inf
        return float(np.quantile(np.fromiter(self._seen, dtype=np.float64), 1.0 - self.keep_share))

    def spread(self) -> float:
        """The standard deviation of the values seen lately."""
        return float(np.std(np.fromiter(self._seen, dtype=np.float64))) if self._seen else 0.0

    def judge(
        self,
        *,
        value: float,
        parent_value: float | None,
        embedding: Embedding,
        kept: Embeddings,
        rng: np.random.Generator,
        fellows: Sequence[Embedding] = (),
        support: float = 1.0,
    ) -> Reason | None:
        """None where the candidate passes, else the reason why not.

        embedding: (D,) float32.  kept: (N, D), those of all kept branches.
        fellows: those of candidates of the same round that passed before it.
        parent_value: None where the parent is the blank canvas.
        support: the share of the voters that put it above its parent, 0 to 1; 1 where there is
            none.
        """
        chance = float(rng.random())  # always drawn, so that no verdict shifts the next one's
        same = SAME_SHARE * self.typical_distance
        rivals = (kept, np.stack(fellows)) if fellows else (kept,)
        if any(float(nearest(embedding[None], rows)[0]) < same for rows in rivals):
            return "duplicate"
        if float(nearest(embedding[None], self.sources)[0]) < PLAIN_SHARE * self.typical_distance:
            return "plain"
        if self.open_to_all:
            return None
        if value < self.threshold():
            return "below_gate"
        if parent_value is not None and support < 0.5:
            return "outvoted"
        if parent_value is not None and value < parent_value:
            heat = max(self.temperature, 1e-3) * max(self.spread(), 1e-6)
            if chance >= math.exp((value - parent_value) / heat):
                return "below_gate"
        return None
