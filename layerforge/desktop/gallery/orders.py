"""By what branches are sorted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from layerforge.model.branch import Branch

Order = Literal["different", "best", "novel", "outside", "newest", "fragile", "taste"]
ORDERS: tuple[Order, ...] = get_args(Order)

Measured = Literal["novel", "taste"]
"""Orders by what is not kept with a branch, but measured when somebody asks."""

MEASURED: tuple[Measured, ...] = get_args(Measured)

Key = tuple[int, float, int]
_UNRANKED = 2


def key_of(
    branch: Branch, order: Order, *, ranks: Mapping[int, int], measures: Mapping[int, float]
) -> Key:
    """What a branch is sorted by; lower ones come first, and no two are equal.

    ranks: for ``different``, see `Different`; those without one come last.  measures: for the
    orders that are `MEASURED`; those without one come last, too.
    """
    value = branch.value or 0.0
    score = branch.score
    if order == "newest":
        return (0, 0.0, -branch.id)
    if order == "different":
        return (ranks.get(branch.id, _UNRANKED), -value, branch.id)
    if order == "outside":
        distance = None if score is None else score.hull_distance
        return (0, -distance, branch.id) if distance is not None else (1, -value, branch.id)
    if order == "fragile":
        return (0, 0.0 if score is None else -score.fragility, branch.id)
    if order in MEASURED:
        measure = measures.get(branch.id)
        return (1, -value, branch.id) if measure is None else (0, -measure, branch.id)
    return (0, -value, branch.id)
