"""How far votes usually spread: what makes those of different voters comparable at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def meaning(names: Sequence[str]) -> str:
    """What ``joined`` makes of the votes called ``names``, for people."""
    if len(names) == 1 and _spread(names[0]) == 1.0:
        return f"the vote {names[0]} itself"
    spreads = dict.fromkeys(f"{name.partition(':')[0]} {_spread(name):g}" for name in names)
    return (
        f"the mean of the votes, each divided by how far it usually spreads "
        f"({', '.join(spreads)}); compare it only with values of the same voters"
    )


def _spread(name: str) -> float:
    return next((spread for start, spread in _USUAL_SPREAD.items() if name.startswith(start)), 1.0)
