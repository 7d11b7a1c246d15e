"""Operations in words, for lines of 80 columns, and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from layerforge.model.step import ParameterValue
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Parameter
from layerforge.operations.registry import EXTRAS, family_text

_COLUMNS = 80
_PLAIN = {
    "boolean": "yes or no",
    "color": "a colour",
    "seed": "a seed",
    "source": "a source",
    "layer": "a layer",
    "new layer": "a new id",
}
_ON = {"layer": "a layer", "canvas": "the canvas", "either": "a layer or the canvas"}


def listed(family: str, operations: Iterable[type[Operation]]) -> str:
    """A family: each operation with what it does, its parameters and what they may be."""
    lines = [*_wrapped(f"{family}: {family_text(family)}"), ""]
    for one in operations:
        lines += _wrapped(f"{one.tag()} ({one.kind}): {one.summary()}", indent=2, hanging=6)
        for name, declared in one.parameters().items():
            text = f"{name}: {declared.help} " if declared.help else f"{name}: "
            lines += _wrapped(f"{text}({_allowed(declared)})", indent=6, hanging=10)
    return "\n".join([*lines, ""])


def detailed(operation: type[Operation]) -> str:
    """All about one operation."""
    lines = [*_wrapped(f"{operation.tag()}: {operation.title()}"), ""]
    lines += _wrapped(f"{operation.summary()}  {operation.remarks()}".rstrip())
    facts = [f"a {operation.kind} on {_ON[operation.targets]}"]
    if operation.reads_below:
        facts.append("looks at what lies below its layer")
    if operation.texture_like:
        facts.append("fine detail may differ a little from size to size")
    extra = EXTRAS.get(operation.family())
    if extra is not None:
        facts.append(f"needs {extra.needed()}")
    lines += ["", *_wrapped(f"Kind: {'; '.join(facts)}.", hanging=2)]
    if operation.origin():
        lines += _wrapped(f"Source: {operation.origin()}", hanging=2)
    neutral = operation.neutral_values()
    if neutral:
        same = ", ".join(f"{name} {_value(value)}" for name, value in neutral.items())
        lines += _wrapped(f"Changes nothing at: {same}.", hanging=2)
    for name, declared in operation.parameters().items():
        lines += ["", *_wrapped(f"{name}: {declared.help}".removesuffix(": "), indent=2, hanging=4)]
        lines += _wrapped("; ".join(_facts(declared)), indent=6, hanging=6)
    return "\n".join(lines)


def described(operation: type[Operation]) -> dict[str, Any]:
    """All about one operation, as plain data."""
    extra = EXTRAS.get(operation.family())
    return {
        "name": operation.tag(),
        "family": operation.family(),
        "kind": operation.kind,
        "title": operation.title(),
        "summary": operation.summary(),
        "remarks": operation.remarks(),
        "source": operation.origin(),
        "targets": operation.targets,
        "texture": operation.texture_like,
        "reads_below": operation.reads_below,
        "extra": None if extra is None else extra.name,
        "neutral": operation.neutral_values(),
        "parameters": [
            _described(name, declared) for name, declared in operation.parameters().items()
        ],
    }


def _described(name: str, declared: Parameter) -> dict[str, Any]:
    low, high = declared.bounds or (None, None)
    return {
        "name": name,
        "type": declared.type_name,
        "low": low,
        "high": high,
        "unit": declared.unit_name,
        "choices": declared.choices,
        "help": declared.help,
        "neutral": declared.neutral,
        "drawn": declared.drawn,
        "prior": declared.prior_name,
    }


def _allowed(declared: Parameter) -> str:
    """What a parameter may be, in words."""
    if declared.choices:
        return ", ".join(declared.choices)
    if declared.type_name in _PLAIN or declared.bounds is None:
        return _PLAIN.get(declared.type_name, declared.type_name)
    low, high = declared.bounds
    unit = declared.unit_name.replace("short side", "of the short side")
    return f"{_value(low)} to {_value(high)} {unit}".rstrip()


def _facts(declared: Parameter) -> list[str]:
    """What a parameter may be, how it is drawn, and where it changes nothing."""
    facts = [_allowed(declared)]
    if declared.drawn is not None and declared.type_name != "seed":
        low, high = declared.drawn
        some = "" if declared.drawn == declared.bounds else f" from {_value(low)} to {_value(high)}"
        facts.append(f"drawn{some} {_prior(declared)}")
    if declared.neutral is not None:
        facts.append(f"neutral at {_value(declared.neutral)}")
    return facts


def _prior(declared: Parameter) -> str:
    """How a parameter is drawn, in words."""
    around = "the middle" if declared.neutral is None else _value(declared.neutral)
    return _PRIORS[declared.prior_name].format(around=around)


_PRIORS = {
    "uniform": "evenly",
    "log": "evenly in the logarithm",
    "center": "mostly near {around}",
    "peak": "mostly very near {around}",
    "away": "mostly far from {around}",
}


def _value(value: ParameterValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _wrapped(text: str, *, indent: int = 0, hanging: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        _COLUMNS,
        initial_indent=" " * indent,
        subsequent_indent=" " * (hanging or indent),
        break_on_hyphens=False,
    )
