"""The box itself, and plug-ins."""

from __future__ import annotations

import importlib.metadata
import types
from collections.abc import Iterator
from typing import Annotated

import pytest

from layerforge.operations import registry
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import amount
from layerforge.operations.pixels import Pixels
from layerforge.operations.tone import Gamma


class Dim(Filter, tag="plug_in.dim", frozen=True):
    """Dim a picture."""

    share: Annotated[float, amount(0.0, 1.0)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return pixels * (1.0 - self.share)


class Thief(Filter, tag="tone.gamma", frozen=True):
    """Take the name of another."""


class Careless(Filter, tag="plug_in.careless", frozen=True):
    """Forget to declare a parameter."""

    share: float


class Nameless(Filter, frozen=True):
    """Forget the tag."""


class Named(Nameless, tag="plug_in.named", frozen=True):
    """Be made from one without."""


def module(*operations: type[Filter]) -> types.ModuleType:
    made = types.ModuleType(__name__)
    for operation in operations:
        setattr(made, operation.__name__, operation)
    return made


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Entry points by name: a module, or an error to raise."""
    plugs: dict[str, object] = {}

    class Entry:
        def __init__(self, name: str) -> None:
            self.name, self.value = name, f"{name}.operations"

        def load(self) -> object:
            if isinstance(plugs[self.name], BaseException):
                raise plugs[self.name]  # type: ignore[misc]
            return plugs[self.name]

    def entries(*, group: str) -> list[Entry]:
        return [Entry(name) for name in plugs] if group == registry.ENTRY_POINT_GROUP else []

    monkeypatch.setattr(importlib.metadata, "entry_points", entries)
    registry.toolbox.cache_clear()
    yield plugs
    registry.toolbox.cache_clear()


def test_a_plug_in_adds_operations(plugged: dict[str, object]) -> None:
    plugged["dimmer"] = module(Dim)
    assert registry.toolbox().operations["plug_in.dim"] is Dim
    assert registry.build(Dim(share=0.5).call()) == Dim(share=0.5)
    assert registry.toolbox().problems == ()


def test_a_broken_plug_in_is_named_and_left_out(plugged: dict[str, object]) -> None:
    plugged["broken"] = ImportError("no such library")
    plugged["careless"] = module(Careless)
    plugged["thief"] = module(Thief)
    box = registry.toolbox()
    assert "tone.gamma" in box.operations
    assert box.operations["tone.gamma"] is not Thief
    broken, careless, thief = box.problems
    assert "broken" in broken
    assert "no such library" in broken
    assert "Careless.share" in careless
    assert "reuses the name tone.gamma" in thief


def test_a_plug_in_that_exits_is_named_and_left_out(plugged: dict[str, object]) -> None:
    plugged["quitter"] = SystemExit("bye")
    plugged["dimmer"] = module(Dim)
    box = registry.toolbox()
    (problem,) = box.problems
    assert "quitter" in problem
    assert "SystemExit bye" in problem
    assert "plug_in.dim" in box.operations
    registry.toolbox.cache_clear()
    plugged["quitter"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        registry.toolbox()


def test_a_plug_in_may_name_a_package_that_imports_its_operations(
    plugged: dict[str, object],
) -> None:
    package = module(Dim, Gamma, Filter)  # as `from plugged.dimming import Dim` does
    package.__name__ = "plugged"
    plugged["dimmer"] = package
    box = registry.toolbox()
    assert box.operations["plug_in.dim"] is Dim
    assert box.plug_ins == {"plug_in.dim": "dimmer"}
    assert box.problems == ()  # ours, which it imports too, is no theft


def test_a_plug_in_may_be_an_operation(plugged: dict[str, object]) -> None:
    plugged["dimmer"] = Dim
    assert registry.toolbox().operations["plug_in.dim"] is Dim
    assert registry.toolbox().problems == ()


def test_a_plug_in_that_adds_nothing_is_named(plugged: dict[str, object]) -> None:
    plugged["empty"] = module()
    plugged["function"] = print
    empty, function = registry.toolbox().problems
    assert "empty" in empty
    assert "adds no operation" in empty
    assert "function" in function
    assert "neither a module nor an operation" in function


def test_an_operation_without_a_name_is_left_out(plugged: dict[str, object]) -> None:
    plugged["dimmer"] = module(Dim, Nameless)
    box = registry.toolbox()
    assert "plug_in.dim" in box.operations
    assert not any("Nameless" in name for name in box.operations)
    (problem,) = box.problems
    assert "Nameless has no name" in problem
    assert "dimmer" in problem


def test_a_base_of_a_plug_ins_operations_is_none(plugged: dict[str, object]) -> None:
    plugged["dimmer"] = module(Nameless, Named)
    assert registry.toolbox().operations["plug_in.named"] is Named
    assert registry.toolbox().problems == ()


def test_names_for_people() -> None:
    assert Dim.title() == "Dim"
    assert registry.toolbox().operations["layout.stamp_visible"].title() == "Stamp visible"
    assert Dim.summary() == "Dim a picture."
    assert Dim.family() == "plug_in"
