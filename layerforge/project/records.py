"""What is kept of branches, rounds and runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import Branch
from layerforge.model.values import to_json

_REST_BYTES = 8192
"""Of a branch: steps and score as JSON, and what is left empty on its pages."""


@dataclass(frozen=True, slots=True)
class NewBranch:
    """A branch to be kept, with its caches.

    embedding: (D,) float16.  thumbnail: WebP file bytes.  fingerprint: (56,) uint8.
    """

    branch: Branch
    embedding: npt.NDArray[np.float16]
    thumbnail: bytes
    fingerprint: npt.NDArray[np.uint8]

    @property
    def size_bytes(self) -> int:
        """About how much room it takes in a project's file."""
        return len(self.thumbnail) + self.embedding.nbytes + _REST_BYTES


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did, kept in one transaction.

    judge: fingerprint of who judged.  encoder: what made the embeddings.  policy: all that the run
    has learned by now, a JSON object, in the place of what it had before; None where that stays.
    """

    number: int
    run: int
    judge: str
    encoder: str
    evaluated: int
    rejected: Mapping[str, int]
    seconds: float
    branches: Sequence[NewBranch]
    policy: Mapping[str, Any] | None = None

    @property
    def size_bytes(self) -> int:
        """About how much room it takes in a project's file."""
        learned = 0 if self.policy is None else len(to_json(self.policy))
        return learned + sum(one.size_bytes for one in self.branches)


def number_in(
    kept: Mapping[str, Any], name: str, default: float, *, low: float, high: float
) -> float:
    """A number that a run keeps; ``default`` where it keeps none, or one out of range."""
    value = kept.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return value if low <= value <= high else default


@dataclass(frozen=True, slots=True)
class Run:
    """One exploration of the project."""

    id: int
    seed: int
    scorer: str
    scorer_description: str
    started_at: str
    ended_at: str | None
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    reference: Mapping[str, Any] = field(default_factory=dict)


def typical_distance_in(runs: Iterable[Run], *, encoder: str | None = None) -> float:
    """About how far two unrelated pictures lie apart, cosine, as the last run that tells says.

    encoder: that of the embeddings it is meant for; any where None.  0 where no run tells.
    """
    typical = 0.0
    for run in runs:
        if encoder in (None, run.reference.get("encoder")):
            typical = number_in(run.reference, "typical_distance", typical, low=0.0, high=2.0)
    return typical
