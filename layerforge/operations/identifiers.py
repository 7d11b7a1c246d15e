"""Parameters that name something: a source, a layer, or a layer that is yet to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from layerforge.model.errors import InvalidValue
from layerforge.model.step import ParameterValue
from layerforge.model.values import shown
from layerforge.operations.parameters import Parameter, Scope


@dataclass(frozen=True, slots=True)
class Identifier(Parameter):
    """Names what a step works on: between two of them it stays what it is."""

    def between(
        self,
        value: ParameterValue,
        other: ParameterValue,
        *,
        share: float,
        rng: np.random.Generator,
    ) -> ParameterValue:
        return value


@dataclass(frozen=True, slots=True)
class SourceRef(Identifier):
    """One of the user's sources, by id.

    lends: it lends something to the target, which has that of its own source already: another
    one is drawn where there is one.
    """

    lends: bool = False
    type_name: ClassVar[str] = "source"

    def sample(self, rng: np.random.Generator, scope: Scope) -> str:
        return scope.draw_source(rng, but=scope.own_source() if self.lends else None)

    def check(self, name: str, value: ParameterValue) -> None:
        hexadecimal = isinstance(value, str) and set(value) <= set("0123456789abcdef")
        if not hexadecimal or len(str(value)) != 64:
            raise InvalidValue(
                f"{name} must be a source's id (64 hexadecimal digits), got {shown(value)}"
            )

    def available(self, scope: Scope) -> bool:
        return bool(scope.sources)


@dataclass(frozen=True, slots=True)
class LayerRef(Identifier):
    """A layer of the canvas other than the target, by id."""

    type_name: ClassVar[str] = "layer"

    def sample(self, rng: np.random.Generator, scope: Scope) -> str:
        others = [layer for layer in scope.layers if layer != scope.target]
        return others[int(rng.integers(len(others)))]

    def check(self, name: str, value: ParameterValue) -> None:
        _check_layer_id(name, value)

    def available(self, scope: Scope) -> bool:
        return any(layer != scope.target for layer in scope.layers)


@dataclass(frozen=True, slots=True)
class NewLayerId(Identifier):
    """The id that a layer made by this step gets.

    Drawn at random, not counted, so that steps keep meaning the same layer when an ancestor's
    steps are edited or another branch's layers are carried over.
    """

    type_name: ClassVar[str] = "new layer"

    def sample(self, rng: np.random.Generator, scope: Scope) -> str:
        alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
        return "".join(alphabet[int(place)] for place in rng.integers(len(alphabet), size=8))

    def check(self, name: str, value: ParameterValue) -> None:
        _check_layer_id(name, value)


def _check_layer_id(name: str, value: ParameterValue) -> None:
    plain = isinstance(value, str) and value.replace("-", "").replace("_", "").isalnum()
    if not plain or not str(value).isascii() or len(str(value)) > 32:
        raise InvalidValue(f"{name} must be a layer's id, got {shown(value)}")
