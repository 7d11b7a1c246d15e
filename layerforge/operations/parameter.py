"""What a parameter may be: how its range, prior, unit and neutral value are declared."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from layerforge.model.step import ParameterValue

Prior = Literal["uniform", "log", "center", "peak", "away"]

Trait = Literal["edge", "mask", "background", "sight"]
"""What a layer may have that an operation works on: an edge within the canvas, a mask, a picture
with a background round its subject; and whether it is seen at all."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a step may refer to where it is drawn.

    sources: ids of the user's sources.  layers: ids of the canvas's layers, bottom first.
    target: the layer the step works on, or None for the whole canvas.  lacks: by layer, what it
    is known not to have.  weights: by source, how often it is drawn against those that are not
    named here, whose weight is 1.  pictures: by layer, the source whose picture it is, where it
    is one.
    """

    sources: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    target: str | None = None
    lacks: Mapping[str, frozenset[Trait]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    def draw_source(self, rng: np.random.Generator, *, but: str | None = None) -> str:
        """One of the sources, by their weights; ``but`` only where there is no other."""
        sources = tuple(one for one in self.sources if one != but) or self.sources
        weights = np.array([self.weights.get(one, 1.0) for one in sources])
        if not weights.any() or np.all(weights == weights[0]):
            return sources[int(rng.integers(len(sources)))]
        return sources[int(rng.choice(len(weights), p=weights / weights.sum()))]

    def lacking(self, layer: str | None) -> frozenset[Trait]:
        """What ``layer`` is known not to have."""
        return frozenset() if layer is None else self.lacks.get(layer, frozenset())

    def own_source(self) -> str | None:
        """The source that the target shows; None where it shows none, several, or unknown ones."""
        if self.target is not None:
            return self.pictures.get(self.target)
        shown = {self.pictures.get(layer) for layer in self.layers}
        return shown.pop() if len(shown) == 1 else None


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

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> ParameterValue:
        """What lies ``share`` (0 to 1) of the way from ``value`` to ``other``.

        One or the other where nothing lies between them; ``value`` where it says what the step
        works on.
        """
        return other if float(rng.random()) < share else value

    def available(self, scope: Scope) -> bool:
        """Whether ``scope`` has something to choose from."""
        return True

    def channels(self) -> tuple[int, ...]:
        """Which continuous numbers it is made of, for tuning: none, one, or those of a colour."""
        return ()

    def share(self, value: ParameterValue, channel: int) -> float:
        """Where a continuous number of ``value`` lies on the scale of the prior, 0 to 1."""
        raise TypeError(f"a {self.type_name} has no continuous number")

    def at_share(self, value: ParameterValue, share: float, channel: int) -> ParameterValue:
        """``value`` with one of its continuous numbers moved to ``share`` of that scale."""
        raise TypeError(f"a {self.type_name} has no continuous number")

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
