"""What a parameter may be and what it means: range, prior, unit, neutral value, declared once.

A declaration stands in an operation's annotation with its meaning behind it, ``radius:
Annotated[float, length(0.01, 0.1), "standard deviation of the blur"]``, and feeds the sampler,
mutation, the codec's bounds, the sliders and `layerforge ops`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from layerforge.model.errors import InvalidValue
from layerforge.model.step import ParameterValue
from layerforge.model.values import shown
from layerforge.operations.pixels import from_oklab

Prior = Literal["uniform", "log", "center", "peak", "away"]

Trait = Literal["edge", "mask", "background"]
"""What a layer may have that an operation works on: an edge within the canvas, a mask, a picture
with a background round its subject."""

MAX_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What a step may refer to where it is drawn.

    sources: ids of the user's sources.  layers: ids of the canvas's layers, bottom first.
    target: the layer the step works on, or None for the whole canvas.  lacks: by layer, what it
    is known not to have.
    """

    sources: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    target: str | None = None
    lacks: Mapping[str, frozenset[Trait]] = field(default_factory=dict)

    def lacking(self, layer: str | None) -> frozenset[Trait]:
        """What ``layer`` is known not to have."""
        return frozenset() if layer is None else self.lacks.get(layer, frozenset())


@dataclass(frozen=True, slots=True)
class Parameter(ABC):
    """The declaration of one parameter.

    neutral: the value that changes nothing, where there is one: an operation whose parameters
    with a neutral value all have it changes nothing, and is not rendered.  It is always allowed,
    even where it is never drawn.
    help: what the parameter does, in a few words; from the annotation.
    """

    type_name: ClassVar[str]
    neutral: ParameterValue | None = field(default=None, kw_only=True)
    help: str = field(default="", kw_only=True)

    @abstractmethod
    def sample(self, rng: np.random.Generator, scope: Scope) -> ParameterValue:
        """Draw a value from the prior."""

    @abstractmethod
    def check(self, name: str, value: ParameterValue) -> None:
        """Raise InvalidValue, with the value, where it is not allowed."""

    def jitter(
        self, value: ParameterValue, *, noise: float, rng: np.random.Generator, scope: Scope
    ) -> ParameterValue:
        """A value near ``value``; ``noise`` 0 keeps it, 1 is about the size of the range."""
        return value

    def available(self, scope: Scope) -> bool:
        """Whether ``scope`` has something to choose from."""
        return True

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest value allowed, for numbers."""
        return None

    @property
    def drawn(self) -> tuple[float, float] | None:
        """Lowest and highest value that is ever drawn, for numbers."""
        return None

    @property
    def prior_name(self) -> str:
        """The prior's name: how values are spread over what is drawn."""
        return "uniform"

    @property
    def unit_name(self) -> str:
        """The unit, such as ``deg``; empty where there is none."""
        return ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from, for choices, the neutral one with them."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Parameter):
    """A float drawn from [low, high]; allowed from there to ``neutral``, should that lie outside.

    prior: ``uniform``; ``log`` is uniform in the logarithm (low > 0); ``center`` prefers values
    near ``neutral``, or near the middle, and ``peak`` strongly; ``away`` values far from
    ``neutral``, either way.  cyclic: high meets low, as angles do.
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
            return self._fold(middle + math.sqrt(float(rng.random())) * (end - middle))
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
