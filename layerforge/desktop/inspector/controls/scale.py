"""Where a value lies on a slider: the scale that the parameter's prior has."""

from __future__ import annotations

import math

from layerforge.operations.parameters import Number, Whole

TICKS = 1000
"""How many places a slider has, from 0 on."""


class Scale:
    """Places on a slider, 0 to `TICKS`, for the values of a number.

    A log prior gives a log scale, ``peak`` one that is fine around the middle, others an even
    one.  A neutral value below what is drawn has the leftmost place for itself, one above the
    rightmost.
    """

    def __init__(self, parameter: Number | Whole) -> None:
        self._parameter = parameter
        low, high = float(parameter.low), float(parameter.high)
        neutral = parameter.neutral
        self._low, self._high = low, high
        self._below = neutral if neutral is not None and neutral < low else None
        self._above = neutral if neutral is not None and neutral > high else None
        self._first = 1 if self._below is not None else 0
        self._last = TICKS - 1 if self._above is not None else TICKS
        self._middle = (low + high) / 2 if neutral is None else float(neutral)
        # the middle lies in the middle, or at an end where there is nothing beyond it
        self._split = 0.5 if low < self._middle < high else float(self._middle >= high)

    def place_of(self, value: float) -> int:
        """The place of a value."""
        if self._below is not None and value <= self._below:
            return 0
        if self._above is not None and value >= self._above:
            return TICKS
        share = self._share(min(max(value, self._low), self._high))
        return self._first + round(share * (self._last - self._first))

    def value_at(self, place: int) -> float:
        """The value at a place."""
        if self._below is not None and place <= 0:
            return float(self._below)
        if self._above is not None and place >= TICKS:
            return float(self._above)
        value = self._value((place - self._first) / (self._last - self._first))
        return min(max(float(f"{value:.4g}"), self._low), self._high)

    def _share(self, value: float) -> float:
        match self._parameter.prior_name:
            case "log":
                return math.log(value / self._low) / math.log(self._high / self._low)
            case "peak" if value > self._middle:
                pull = (value - self._middle) / (self._high - self._middle)
                return float(self._split + (1 - self._split) * pull ** (1 / 3))
            case "peak":
                reach = self._middle - self._low
                pull = (self._middle - value) / reach if reach else 0.0
                return float(self._split * (1 - pull ** (1 / 3)))
        return (value - self._low) / (self._high - self._low)

    def _value(self, share: float) -> float:
        match self._parameter.prior_name:
            case "log":
                return float(self._low * (self._high / self._low) ** share)
            case "peak" if share > self._split:
                pull = ((share - self._split) / (1 - self._split)) ** 3
                return float(self._middle + pull * (self._high - self._middle))
            case "peak":
                pull = (1 - share / self._split) ** 3 if self._split else 0.0
                return float(self._middle - pull * (self._middle - self._low))
        return self._low + share * (self._high - self._low)
