"""By what branches are sorted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import Branch

Order = Literal["different", "best", "novel", "outside", "newest", "fragile", "taste"]
ORDERS: tuple[Order, ...] = get_args(Order)

Measured = Literal["novel", "taste"]
"""Orders by what is not kept with a branch, but measured when somebody asks."""

MEASURED: tuple[Measured, ...] = get_args(Measured)

Key = tuple[int, float, int]
_UNRANKED = 2


def keys_of(
    branches: Collection[Branch],
    order: Order,
    *,
    ranks: Mapping[int, int],
    measures: Mapping[int, float],
) -> list[Key]:
    """What each branch is sorted by; lower ones come first, and no two are equal.

    ranks: for ``different``, see `Different`; those without one come last.  measures: for the
    orders that are `MEASURED`; those without one come last, too.
    """
    match order:
        case "newest":
            return [(0, 0.0, -one.id) for one in branches]
        case "different":
            rank = ranks.get
            return [(rank(one.id, _UNRANKED), -(one.value or 0.0), one.id) for one in branches]
        case "fragile":
            return [(0, -one.score.fragility if one.score else 0.0, one.id) for one in branches]
        case "outside":
            far = ((one, one.score.hull_distance if one.score else None) for one in branches)
            return [_measured(one, distance) for one, distance in far]
        case "novel" | "taste":
            return [_measured(one, measures.get(one.id)) for one in branches]
        case "best":
            return [(0, -(one.value or 0.0), one.id) for one in branches]


def _measured(branch: Branch, measure: float | None) -> Key:
    return (1, -(branch.value or 0.0), branch.id) if measure is None else (0, -measure, branch.id)


def in_order(keys: Sequence[Key]) -> npt.NDArray[np.intp]:
    """(N,): the places of N keys, the lowest key first."""
    groups, numbers, ties = np.array(keys, dtype=np.float64).reshape(-1, 3).T
    return np.lexsort((ties, numbers, groups))
