"""Parameters that are numbers: with a unit, a prior over their range, or whole; and seeds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from layerforge.model.errors import InvalidValue
from layerforge.model.step import ParameterValue
from layerforge.model.values import shown
from layerforge.operations.parameter import Parameter, Prior, Scope

MAX_SEED = 2**31 - 1
_LEAST_AWAY = 0.2
"""How much of the way from a neutral value to an end is never drawn where it should lie away."""


@dataclass(frozen=True, slots=True)
class Number(Parameter):
    """A float drawn from [low, high]; allowed from there to ``neutral``, should that lie outside.

    prior: ``uniform``; ``log`` is uniform in the logarithm (low > 0); ``center`` prefers values
    near ``neutral``, or near the middle, and ``peak`` strongly; ``away`` values far from
    ``neutral``, either way, and none in the fifth of the way next to it.  cyclic: high meets
    low, as angles do.
    """

    low: float
    high: float
    prior: Prior = "uniform"
    unit: str = ""
    neutral: float | None = field(default=None, kw_only=True)
    cyclic: bool = field(default=False, kw_only=True)
    type_name: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"an empty range: {self.low} to {self.high}")
        if self.prior == "log" and self.low <= 0:
            raise ValueError(f"a log prior needs a lowest value above 0, got {self.low}")
        around = self.prior in ("center", "peak", "away") and self.neutral is not None
        if around and self.bounds != (self.low, self.high):
            raise ValueError(f"a prior around {self.neutral} needs it between low and high")

    def sample(self, rng: np.random.Generator, scope: Scope) -> float:
        if self.prior == "center":
            middle = (self.low + self.high) / 2 if self.neutral is None else self.neutral
            return self._fold(float(rng.triangular(self.low, middle, self.high)))
        if self.prior == "peak":
            middle = (self.low + self.high) / 2 if self.neutral is None else self.neutral
            pull = float(rng.uniform(-1.0, 1.0)) ** 3
            reach = self.high - middle if pull > 0.0 else middle - self.low
            return self._fold(middle + pull * reach)
        share = float(rng.random())
        if self.prior == "away":
            middle = (self.low + self.high) / 2 if self.neutral is None else self.neutral
            end = self.low if self.low + share * (self.high - self.low) < middle else self.high
            # least of all little, where it would hardly be seen
            way = _LEAST_AWAY + (1.0 - _LEAST_AWAY) * math.sqrt(float(rng.random()))
            return self._fold(middle + way * (end - middle))
        return self._fold(self._from_share(share))

    def check(self, name: str, value: ParameterValue) -> None:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or (isinstance(value, float) and not math.isfinite(value))
        ):
            raise InvalidValue(f"{name} must be a finite number, got {shown(value)}")
        low, high = self.bounds
        if not low <= value <= high:
            raise InvalidValue(f"{name} must be in [{low:g}, {high:g}], got {shown(value)}")

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> float:
        assert isinstance(value, int | float)  # noqa: S101 - checked when the step was made
        moved = noise * float(rng.standard_normal())
        if moved == 0.0:
            return float(value)
        share = self._to_share(float(value)) + moved
        if self.cyclic:
            share %= 1.0
        else:  # reflect at both ends, so that they don't attract
            share %= 2.0
            share = 2.0 - share if share > 1.0 else share
        return self._fold(self._from_share(share))

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> float:
        """Between the two on the scale of the prior; the short way round where it is cyclic."""
        assert isinstance(value, int | float)  # noqa: S101 - checked when the step was made
        assert isinstance(other, int | float)  # noqa: S101
        start = self._to_share(float(value))
        way = self._to_share(float(other)) - start
        if self.cyclic:
            way = (way + 0.5) % 1.0 - 0.5
        place = start + share * way
        return self._fold(self._from_share(place % 1.0 if self.cyclic else place))

    def channels(self) -> tuple[int, ...]:
        return (0,)

    def share(self, value: ParameterValue, channel: int) -> float:
        assert isinstance(value, int | float)  # noqa: S101 - checked when the step was made
        return self._to_share(float(value))

    def at_share(self, value: ParameterValue, share: float, channel: int) -> float:
        return self._fold(self._from_share(share))

    def _from_share(self, share: float) -> float:
        if self.prior == "log":
            return math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        return self.low + share * (self.high - self.low)

    def _to_share(self, value: float) -> float:
        value = min(max(value, self.low), self.high)  # a neutral one may lie beside
        if self.prior == "log":
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def _fold(self, value: float) -> float:
        """Six significant digits are enough, read better, and stay in range."""
        return min(max(float(f"{value:.6g}"), self.low), self.high)

    @property
    def bounds(self) -> tuple[float, float]:
        return _hull(self.low, self.high, self.neutral)

    @property
    def drawn(self) -> tuple[float, float]:
        return (self.low, self.high)

    @property
    def prior_name(self) -> str:
        return self.prior

    @property
    def unit_name(self) -> str:
        return self.unit


def _hull(low: float, high: float, neutral: float | None) -> tuple[float, float]:
    return (low, high) if neutral is None else (min(low, neutral), max(high, neutral))


def length(
    low: float, high: float, *, prior: Prior = "log", neutral: float | None = None
) -> Number:
    """A length in fractions of the canvas's short side."""
    return Number(low, high, prior=prior, unit="short side", neutral=neutral)


def offset(reach: float = 0.5) -> Number:
    """A signed shift in fractions of the canvas's short side, most often small."""
    return Number(-reach, reach, prior="center", unit="short side", neutral=0.0)


def position(reach: float = 0.5) -> Number:
    """A place on an axis from the middle, in fractions of the short side, most often near it.

    Right and down are above 0.
    """
    return Number(-reach, reach, prior="center", unit="short side")


def angle(
    low: float = -180.0,
    high: float = 180.0,
    *,
    prior: Prior = "uniform",
    neutral: float | None = None,
) -> Number:
    """An angle in degrees, clockwise."""
    cyclic = high - low == 360.0
    return Number(low, high, prior=prior, unit="deg", cyclic=cyclic, neutral=neutral)


def amount(
    low: float = 0.0, high: float = 1.0, *, prior: Prior = "uniform", neutral: float | None = None
) -> Number:
    """A strength without a unit."""
    return Number(low, high, prior=prior, neutral=neutral)


@dataclass(frozen=True, slots=True)
class Whole(Parameter):
    """An integer drawn from [low, high], all alike; allowed from there to ``neutral``."""

    low: int
    high: int
    neutral: int | None = field(default=None, kw_only=True)
    type_name: ClassVar[str] = "integer"

    def sample(self, rng: np.random.Generator, scope: Scope) -> int:
        return int(rng.integers(self.low, self.high + 1))

    def check(self, name: str, value: ParameterValue) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidValue(f"{name} must be a whole number, got {shown(value)}")
        low, high = self.bounds
        if not low <= value <= high:
            raise InvalidValue(f"{name} must be in [{low}, {high}], got {shown(value)}")

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> int:
        assert isinstance(value, int)  # noqa: S101 - checked when the step was made
        moved = value + noise * (self.high - self.low) * float(rng.standard_normal())
        return int(min(max(round(moved), self.low), self.high))

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> int:
        assert isinstance(value, int)  # noqa: S101 - checked when the step was made
        assert isinstance(other, int)  # noqa: S101
        return round(value + share * (other - value))

    @property
    def bounds(self) -> tuple[float, float]:
        return _hull(self.low, self.high, self.neutral)

    @property
    def drawn(self) -> tuple[float, float]:
        return (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Seed(Whole):
    """The seed of a random texture, part of the step; jitter re-rolls it."""

    low: int = 0
    high: int = MAX_SEED
    type_name: ClassVar[str] = "seed"

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> int:
        keep = isinstance(value, int) and float(rng.random()) >= noise
        return int(value) if keep else self.sample(rng, scope)  # type: ignore[arg-type]

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> int:
        """One or the other: nothing of either is left between two seeds."""
        return int(other if float(rng.random()) < share else value)  # type: ignore[arg-type]
