"""A step: one operation with every parameter resolved, and its target."""

from __future__ import annotations

from typing import Annotated

import msgspec

from layerforge.model.values import LayerId, Value

ParameterValue = bool | int | float | str | tuple[float, ...]
"""What a parameter can be once it is resolved."""


OperationName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", max_length=80)]


def family_of(name: str) -> str:
    """The family of an operation by its name: the part before the first dot."""
    return name.partition(".")[0]


class Call(Value, frozen=True, kw_only=True):
    """An operation by name, with its parameters.

    It stays plain data here, so that a recipe opens even where the operation is not installed;
    `layerforge.operations` turns it into the operation and checks every parameter.
    """

    name: OperationName
    parameters: dict[str, ParameterValue] = msgspec.field(default_factory=dict)

    @property
    def family(self) -> str:
        """The family of the operation."""
        return family_of(self.name)


class Step(Value, frozen=True, kw_only=True):
    """One operation applied to ``target``: a layer's id, or None for the whole canvas."""

    operation: Call
    target: LayerId | None = None
