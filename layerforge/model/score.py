"""A score: what a scorer made of one picture."""

from __future__ import annotations

from layerforge.model.values import Value


class Score(Value, frozen=True):
    """``value``: the larger the better; ``parts``: each voter's opinion by name."""

    value: float
    parts: dict[str, float] = {}
