"""Which operations there are: our families, and those of installed plug-ins."""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import importlib.util
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

import msgspec

from layerforge.model.errors import InvalidValue, UnknownOperation, line_of
from layerforge.model.step import Call, family_of
from layerforge.model.values import shown
from layerforge.operations.earlier import todays
from layerforge.operations.operation import Cutout, Filter, Mask, Operation, Structure

ENTRY_POINT_GROUP = "layerforge.operations"

FAMILIES = (
    "layout",
    "repetition",
    "symmetry",
    "slicing",
    "blending",
    "masking",
    "keying",
    "cutout",
    "edges",
    "tone",
    "color",
    "palette",
    "blur",
    "warp",
    "texture",
    "stylize",
    "drawing",
    "tessellation",
    "glitch",
    "spectral",
)
_BASES = (Operation, Filter, Mask, Cutout, Structure)


class Extra(msgspec.Struct, frozen=True):
    """An optional extra of LayerForge: the packages its family needs, and what else."""

    name: str
    packages: tuple[str, ...]
    besides: str = ""

    def installed(self) -> bool:
        """Whether its packages can be imported."""
        found = [importlib.util.find_spec(one) for one in self.packages]
        # a mere folder of that name is a namespace without an origin
        return all(spec is not None and spec.origin is not None for spec in found)

    def called(self) -> str:
        """What it is called, for people."""
        return f"the extra layerforge[{self.name}]"

    def needed(self) -> str:
        """What must be there, for people."""
        return f'{self.called()} (`pip install "layerforge[{self.name}]"`){self.besides}'

    def again(self) -> str:
        """What mends it where it is installed and does not work, for people."""
        return f"`pip install --force-reinstall {' '.join(self.packages)}` installs it again"


EXTRAS: Mapping[str, Extra] = {
    "gmic": Extra("gmic", ("gmic",)),
    "rembg": Extra(
        "cutout",
        ("rembg", "onnxruntime"),
        " and its model, which `rembg d u2net` downloads (about 170 MB)",
    ),
}
"""The families that need an optional extra."""


class Toolbox(msgspec.Struct, frozen=True):
    """All operations by name, and what went wrong with plug-ins, one line each.

    plug_ins: the name of the plug-in by that of its operation.
    """

    operations: Mapping[str, type[Operation]]
    problems: tuple[str, ...] = ()
    plug_ins: Mapping[str, str] = {}


@functools.cache
def toolbox() -> Toolbox:
    """All installed operations, ours first, then those of plug-ins.

    A plug-in is an entry point of the group ``layerforge.operations`` that names a module, in
    which its operations are defined or imported, or an operation itself.  One that can't be
    loaded, or that adds nothing, is named in ``problems``, and so is an operation that is left
    out: one without a name, with the name of another, or with a parameter that says nothing.
    """
    found: dict[str, type[Operation]] = {}
    for family in FAMILIES:
        for operation in _operations_in(importlib.import_module(f"layerforge.operations.{family}")):
            found[operation.tag()] = operation
    problems: list[str] = []
    for family, extra in EXTRAS.items():
        if extra.installed():
            try:
                module = importlib.import_module(f"layerforge.operations.{family}")
                found.update({one.tag(): one for one in _operations_in(module) if one.ready()})
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - a library that does not fit here
                problems.append(
                    f"{extra.called()} can't be loaded: {_words(error)}; {extra.again()}"
                )
    plug_ins: dict[str, str] = {}
    for entry in importlib.metadata.entry_points(group=ENTRY_POINT_GROUP):
        which = f"the plug-in {entry.name} ({entry.value})"
        try:
            theirs = _added_by(entry.load())
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - anyone's code, which may even exit
            problems.append(f"{which} can't be loaded: {_words(error)}; update or uninstall it")
            continue
        if not theirs:
            problems.append(f"{which} adds no operation: it must name a module that holds some")
        for operation in theirs:
            problem = _problem(operation, found)
            if problem:
                problems.append(f"{which}: {problem}")
            else:
                found[operation.tag()] = operation
                plug_ins[operation.tag()] = entry.name
    return Toolbox(operations=found, problems=tuple(problems), plug_ins=plug_ins)


def _words(error: BaseException) -> str:
    text = line_of(error)
    return text if isinstance(error, Exception) and text else f"{type(error).__name__} {text}"


def _added_by(thing: object) -> list[type[Operation]]:
    """The operations that an entry point stands for.  Raises TypeError where it names neither."""
    if isinstance(thing, type) and issubclass(thing, Operation):
        return [thing]
    if not isinstance(thing, ModuleType):
        raise TypeError(f"it names neither a module nor an operation, but {shown(thing)}")
    there = [one for one in _operation_classes(thing) if not is_ours(one)]
    # a class that others are made from is no operation of its own
    return [
        one
        for one in dict.fromkeys(there)
        if named(one) or not any(issubclass(other, one) and other is not one for other in there)
    ]


def _problem(operation: type[Operation], found: Mapping[str, type[Operation]]) -> str:
    """Why an operation of a plug-in is left out; empty where it is not."""
    if not named(operation):
        return f'{operation.__name__} has no name: give it one, as in tag="family.name"'
    if found.get(operation.tag(), operation) is not operation:
        return f"{operation.__name__} reuses the name {operation.tag()}"
    try:
        operation.parameters()
    except Exception as error:  # noqa: BLE001 - whatever its declaration holds
        return _words(error)
    return ""


def named(operation: type[Operation]) -> bool:
    """Whether it has a name of its own; one without is called as its class."""
    return re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", operation.tag()) is not None


def is_ours(operation: type[Operation]) -> bool:
    """Whether it is none of a plug-in."""
    return operation.__module__.partition(".")[0] == __name__.partition(".")[0]


def families() -> Mapping[str, tuple[type[Operation], ...]]:
    """All installed operations by family, in the toolbox's order."""
    found: dict[str, list[type[Operation]]] = {}
    for operation in toolbox().operations.values():
        found.setdefault(operation.family(), []).append(operation)
    return {name: tuple(ones) for name, ones in found.items()}


def family_text(family: str) -> str:
    """What the family is about: the first sentence of its module's docstring, without its name."""
    module = sys.modules[families()[family][0].__module__]
    first = inspect.cleandoc(module.__doc__ or "").partition("\n\n")[0].partition("  ")[0]
    name, colon, text = " ".join(first.split()).partition(": ")
    return (text if colon else name).removesuffix(".")


def _operations_in(module: ModuleType) -> Iterator[type[Operation]]:
    """Those that are defined there."""
    return (one for one in _operation_classes(module) if one.__module__ == module.__name__)


def _operation_classes(module: ModuleType) -> Iterator[type[Operation]]:
    for thing in vars(module).values():
        own = isinstance(thing, type) and issubclass(thing, Operation) and thing not in _BASES
        if own and not thing.__name__.startswith("_"):
            yield thing


def find(name: str) -> type[Operation]:
    """The operation of that name.  Raises UnknownOperation, which says what it needs."""
    operation = toolbox().operations.get(name)
    if operation is None:
        raise UnknownOperation(name, needs=needs(name))
    return operation


def needs(name: str) -> str:
    """What an operation that is not there needs, as far as that is known; empty where it is not."""
    family = family_of(name)
    extra = EXTRAS.get(family)
    if extra is None:
        return ""
    if extra.installed() and any(
        problem.startswith(extra.called()) for problem in toolbox().problems
    ):
        return f"{extra.called()}, which does not work here: {extra.again()}"
    if extra.installed() and not extra.besides:
        return ""  # the extra is there, but knows no such operation
    return extra.needed()


def build(call: Call) -> Operation:
    """The operation that ``call`` names, also as earlier versions did, every parameter checked.

    Raises UnknownOperation where it is not installed, InvalidValue where a parameter is missing,
    unknown, of the wrong type or out of range; it names the operation, the parameter and the
    value.
    """
    call = todays(call)
    operation = find(call.name)
    declared = operation.parameters()
    try:
        for name, value in call.parameters.items():
            if name not in declared:
                known = f"it has {', '.join(declared)}" if declared else "it has none"
                raise InvalidValue(f"no parameter is called {name} ({shown(value)}): {known}")
            declared[name].check(name, value)
        # those that came later have a value at which all is as it was before
        later = len(operation.__struct_defaults__)
        for name in tuple(declared)[: len(declared) - later]:
            if name not in call.parameters:
                raise InvalidValue(f"the parameter {name} is missing")
        return msgspec.convert({"name": call.name, **call.parameters}, operation)
    except msgspec.ValidationError as error:
        raise InvalidValue(f"{call.name}: {error}") from error
    except InvalidValue as error:
        error.of(call.name)
        raise
