"""A branch: a kept candidate, a node of the tree, and a checkpoint to go back to."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from layerforge.model.errors import InvalidValue
from layerforge.model.score import Score
from layerforge.model.step import Step
from layerforge.model.values import Value

Status = Literal["open", "pinned", "killed"]

ROOT = 0
"""The id of the root: the blank canvas."""

Count = Annotated[int, msgspec.Meta(ge=0)]


class Branch(Value, frozen=True, kw_only=True):
    """``steps`` is what it adds to its parent.  ``mate`` is the other parent of a crossover.

    ``origin``: the branch that it was varied from, where it grows from elsewhere; it stays in that
    one's lineage.
    """

    id: Count
    parent: Count | None
    steps: tuple[Step, ...]
    mate: Count | None = None
    origin: Count | None = None
    status: Status = "open"
    depth: Count = 0
    round: Count = 0
    run: Count | None = None
    score: Score | None = None

    def __post_init__(self) -> None:
        if (self.parent is None) != (self.id == ROOT):
            raise InvalidValue(f"branch {self.id} has parent {self.parent}; only the root has none")

    @property
    def value(self) -> float | None:
        """Its score's value; None where it was never judged."""
        return None if self.score is None else self.score.value
