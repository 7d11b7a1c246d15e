"""The control that suits a parameter, made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layerforge.desktop.engine_words import choice_title, parameter_title, sentence
from layerforge.desktop.inspector.controls.control import Control
from layerforge.desktop.inspector.controls.number import NumberControl
from layerforge.desktop.inspector.controls.others import (
    ChoiceControl,
    ColorControl,
    SeedControl,
    ToggleControl,
)
from layerforge.operations.identifiers import LayerRef, SourceRef
from layerforge.operations.parameters import (
    Choice,
    ColorValue,
    Number,
    Parameter,
    Seed,
    Toggle,
    Whole,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Sources and layers by id, with their names for people."""

    sources: Mapping[str, str] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)


def control_for(name: str, parameter: Parameter, names: Names) -> Control | None:
    """A control for ``parameter``; None for one that nobody edits, as the id of a new layer."""
    title = parameter_title(name)
    hint = sentence(parameter.help) if parameter.help else title
    match parameter:
        case Seed():
            return SeedControl(title, hint)
        case Number() | Whole():
            return NumberControl(title, parameter, hint)
        case Toggle():
            return ToggleControl(title, hint)
        case ColorValue():
            return ColorControl(title, hint)
        case Choice():
            return ChoiceControl(title, {one: choice_title(one) for one in parameter.choices}, hint)
        case SourceRef():
            return ChoiceControl(title, names.sources, hint)
        case LayerRef():
            return ChoiceControl(title, names.layers, hint)
    return None
