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
    "crowded",
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
    "crowded": "no better than kept ones like it",
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

CROWD_SHARE = 0.25
"""Pictures nearer than this share of the typical distance are variations of one idea."""

CROWD_MARGIN = 0.1
"""By how many standard deviations a variation must be better than the kept ones like it."""

FLOOR_FACTOR = 2.0
"""A niche may lower the gate for its own, but to no more than this many times ``keep_share``."""


_ENOUGH = 8
"""From how many values a quantile tells something."""


@dataclass(slots=True)
class Gate:
    """Admits candidates that are worth expanding.

    A candidate must be among the best ``keep_share`` of those of its niche seen lately, better
    than kept ones that look like it, and not much worse than its parent: worse ones pass with the
    chance exp(−loss / (temperature · spread)).  None passes that fewer than half of the voters,
    by heads, put above its parent.
    Sources: Lehman & Stanley 2011, "Evolving a diversity of virtual creatures through novelty
    search and local competition"; Metropolis et al. 1953.

    typical_distance: about how far two unrelated pictures lie apart, cosine.
    sources: (M, D), embeddings of the plain sources.
    open_to_all: admit whatever is no duplicate and not plain, as the random control does: with no
        bar and no majority, what it finds shows what judging is worth.
    """

    typical_distance: float
    sources: Embeddings
    keep_share: float = 0.35
    open_to_all: bool = False
    memory: int = 256
    _seen: deque[tuple[str, float]] = field(default_factory=deque, init=False)

    def __post_init__(self) -> None:
        self._seen = deque(maxlen=self.memory)

    def remember(self, values: Iterable[tuple[str, float]]) -> None:
        """Take note of what candidates are worth in this run, kept or not, each with its niche."""
        self._seen.extend(values)

    def recall(self, values: Iterable[tuple[str, float]]) -> None:
        """Remember these instead of all that was remembered: what the same candidates are worth to
        another panel.
        """
        self._seen.clear()
        self._seen.extend(values)

    @property
    def reach(self) -> float:
        """Pictures at least so far apart, cosine, don't matter to each other."""
        return CROWD_SHARE * self.typical_distance

    def threshold(self, niche: str = "") -> float:
        """The least value that passes now: that of the niche where enough of it was seen."""
        everything = [value for _, value in self._seen]
        own = [value for name, value in self._seen if name == niche]
        if len(everything) < _ENOUGH:
            return -math.inf
        if len(own) < _ENOUGH:
            return self._quantile(everything, self.keep_share)
        floor = self._quantile(everything, FLOOR_FACTOR * self.keep_share)
        return max(self._quantile(own, self.keep_share), floor)

    def _quantile(self, values: Sequence[float], share: float) -> float:
        """The value that the best ``share`` of ``values`` reach."""
        return float(np.quantile(np.asarray(values), max(0.0, 1.0 - share)))

    def spread(self) -> float:
        """The standard deviation of the values seen lately."""
        return float(np.std([value for _, value in self._seen])) if self._seen else 0.0

    def judge(
        self,
        *,
        value: float,
        parent_value: float | None,
        temperature: float,
        embedding: Embedding,
        distances: npt.NDArray[np.float32],
        kept_values: npt.NDArray[np.float64],
        rng: np.random.Generator,
        niche: str = "",
        support: float = 1.0,
    ) -> Reason | None:
        """None where the candidate passes, else the reason why not.

        embedding: (D,) float32.  distances, kept_values: (N,), the cosine distances to the kept
            branches within `reach`, at least, and to the candidates of this round that passed
            before it, and the values of these.
        niche: what it competes within, such as the picture it is built on.
        parent_value: None where the parent is the blank canvas.
        temperature: 0 turns away whatever is worse than its parent.
        support: the share of the voters that put it above its parent, 0 to 1; 1 where there is
            none.
        """
        chance = float(rng.random())  # always drawn, so that no verdict shifts the next one's
        if (distances < SAME_SHARE * self.typical_distance).any():
            return "duplicate"
        if float(nearest(embedding[None], self.sources)[0]) < PLAIN_SHARE * self.typical_distance:
            return "plain"
        if self.open_to_all:
            return None
        if value < self.threshold(niche):
            return "below_gate"
        alike = kept_values[distances < self.reach]
        if len(alike) and value <= alike.max() + CROWD_MARGIN * self.spread():
            return "crowded"
        if parent_value is not None and support < 0.5:
            return "outvoted"
        if parent_value is not None and value < parent_value:
            heat = max(temperature, 1e-3) * max(self.spread(), 1e-6)
            if chance >= math.exp((value - parent_value) / heat):
                return "below_gate"
        return None
