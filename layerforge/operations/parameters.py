"""What a parameter may be and what it means: range, prior, unit, neutral value, declared once.

A declaration stands in an operation's annotation with its meaning behind it, ``radius:
Annotated[float, length(0.01, 0.1), "standard deviation of the blur"]``, and feeds the sampler,
mutation, the codec's bounds, the sliders and `layerforge ops`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from layerforge.model.errors import InvalidValue
from layerforge.model.step import ParameterValue
from layerforge.model.values import shown
from layerforge.operations.numeric import (
    MAX_SEED,
    Number,
    Seed,
    Whole,
    amount,
    angle,
    length,
    offset,
    position,
)
from layerforge.operations.parameter import Parameter, Prior, Scope, Trait
from layerforge.operations.pixels import from_oklab

__all__ = [
    "MAX_SEED",
    "Choice",
    "ColorValue",
    "Number",
    "Parameter",
    "Prior",
    "Scope",
    "Seed",
    "Toggle",
    "Trait",
    "Whole",
    "amount",
    "angle",
    "length",
    "offset",
    "position",
]


@dataclass(frozen=True, slots=True)
class Toggle(Parameter):
    """True or false."""

    chance: float = 0.5
    type_name: ClassVar[str] = "boolean"

    def sample(self, rng: np.random.Generator, scope: Scope) -> bool:
        return bool(rng.random() < self.chance)

    def check(self, name: str, value: ParameterValue) -> None:
        if not isinstance(value, bool):
            raise InvalidValue(f"{name} must be true or false, got {shown(value)}")

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> bool:
        return bool(value) != bool(rng.random() < noise / 2)


@dataclass(frozen=True, slots=True)
class Choice(Parameter):
    """One of some words; ``weights`` say how often each is drawn, all alike without them.

    A neutral word need not be among ``options``: it is allowed then, and never drawn.
    """

    options: tuple[str, ...]
    weights: tuple[float, ...] | None = None
    neutral: str | None = field(default=None, kw_only=True)
    type_name: ClassVar[str] = "choice"

    def sample(self, rng: np.random.Generator, scope: Scope) -> str:
        if self.weights is None:
            return self.options[int(rng.integers(len(self.options)))]
        shares = np.asarray(self.weights, dtype=np.float64)
        return self.options[int(rng.choice(len(self.options), p=shares / shares.sum()))]

    def check(self, name: str, value: ParameterValue) -> None:
        if value not in self.choices:
            known = ", ".join(self.choices)
            raise InvalidValue(f"{name} must be one of {known}, got {shown(value)}")

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> ParameterValue:
        return self.sample(rng, scope) if rng.random() < noise else value

    @property
    def choices(self) -> tuple[str, ...]:
        if self.neutral is None or self.neutral in self.options:
            return self.options
        return (self.neutral, *self.options)


@dataclass(frozen=True, slots=True)
class ColorValue(Parameter):
    """A colour, sRGB 0 to 1; the prior is even in Oklch lightness, hue and moderate chroma."""

    lightness: tuple[float, float] = (0.15, 0.92)
    max_chroma: float = 0.2
    type_name: ClassVar[str] = "color"

    def sample(self, rng: np.random.Generator, scope: Scope) -> tuple[float, ...]:
        light = rng.uniform(*self.lightness)
        chroma = self.max_chroma * math.sqrt(rng.random())
        hue = rng.uniform(0.0, 2 * math.pi)
        lab = np.array([light, chroma * math.cos(hue), chroma * math.sin(hue)], dtype=np.float32)
        return tuple(round(float(channel), 4) for channel in from_oklab(lab))

    def check(self, name: str, value: ParameterValue) -> None:
        if not isinstance(value, tuple) or len(value) != 3:
            raise InvalidValue(f"{name} must be three numbers, got {shown(value)}")
        if not all(math.isfinite(channel) and 0.0 <= channel <= 1.0 for channel in value):
            raise InvalidValue(f"{name} must hold numbers in [0, 1], got {shown(value)}")

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> tuple[float, ...]:
        assert isinstance(value, tuple)  # noqa: S101 - checked when the step was made
        moved = np.asarray(value) + noise * 0.5 * rng.standard_normal(3)
        return tuple(round(float(channel), 4) for channel in np.clip(moved, 0.0, 1.0))

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> tuple[float, ...]:
        assert isinstance(value, tuple)  # noqa: S101 - checked when the step was made
        assert isinstance(other, tuple)  # noqa: S101
        return tuple(round(a + share * (b - a), 4) for a, b in zip(value, other, strict=True))

    def channels(self) -> tuple[int, ...]:
        return (0, 1, 2)

    def share(self, value: ParameterValue, channel: int) -> float:
        assert isinstance(value, tuple)  # noqa: S101 - checked when the step was made
        return value[channel]

    def at_share(self, value: ParameterValue, share: float, channel: int) -> tuple[float, ...]:
        assert isinstance(value, tuple)  # noqa: S101 - checked when the step was made
        return (*value[:channel], round(share, 4), *value[channel + 1 :])
