"""A score: what a scorer made of one picture."""

from __future__ import annotations

from typing import Annotated

import msgspec

from layerforge.model.values import Value


class Score(Value, frozen=True, kw_only=True):
    """What a panel of voters made of one picture, and how far that holds.

    value: the larger the better.  parts: each voter's own vote by name, on a scale of its own.
    spread: how much the voters disagree, ≥ 0.  percentile: the place of the value among those of
    the reference sample, 0 to 100.  fragility: by how much the value fell when the picture was
    mirrored, trimmed, compressed and blurred; below 0 where it rose.  hull_distance: how far the
    embedding lies outside the hull of those of the sources, 0 to 2.  None where it is not known.
    trials: each voter's votes on the picture so changed; empty where that was not tried.
    """

    value: float
    parts: dict[str, float] = msgspec.field(default_factory=dict)
    spread: Annotated[float, msgspec.Meta(ge=0.0)] = 0.0
    percentile: Annotated[float, msgspec.Meta(ge=0.0, le=100.0)] | None = None
    fragility: float = 0.0
    hull_distance: Annotated[float, msgspec.Meta(ge=0.0)] | None = None
    trials: dict[str, tuple[float, ...]] = msgspec.field(default_factory=dict)
