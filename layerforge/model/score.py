"""A score: what a scorer made of one picture."""

from __future__ import annotations

import msgspec

from layerforge.model.values import Value


class Score(Value, frozen=True, kw_only=True):
    """``value``: the larger the better; ``parts``: each voter's opinion by name."""

    value: float
    parts: dict[str, float] = msgspec.field(default_factory=dict)
