"""How far votes usually spread: what makes those of different voters comparable at a glance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Votes = npt.NDArray[np.float64]

_USUAL_SPREAD = {"aesthetic": 1.0, "prompts": 0.15, "more like": 0.03, "less like": 0.03}
"""By the first word of a vote's name; estimates: a panel measures them on the run's pictures."""


def joined(votes: Mapping[str, Votes]) -> Votes:
    """(N,): the mean over the voters of their votes in units of their usual spread.

    A single aesthetic head's vote is kept as it is.
    """
    scaled = [vote / _spread(name) for name, vote in votes.items()]
    return np.asarray(np.mean(scaled, axis=0), dtype=np.float64)


def _spread(name: str) -> float:
    return next((spread for start, spread in _USUAL_SPREAD.items() if name.startswith(start)), 1.0)
