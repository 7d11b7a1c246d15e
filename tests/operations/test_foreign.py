"""Operations of plug-ins that raise, or make what is no picture."""

from __future__ import annotations

import importlib.metadata
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.errors import OperationFailed, StepDoesNotApply
from layerforge.model.layer import Fill, Layer
from layerforge.model.step import Call, Step
from layerforge.operations import registry
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Filter, Mask, RenderContext, Structure
from layerforge.operations.pixels import Pixels, Plane
from layerforge.rendering.renderer import Renderer


class Crash(Filter, tag="bad.crash", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        raise RuntimeError("boom\nin two lines")


class Exit(Filter, tag="bad.exit", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        raise SystemExit(3)


class Cut(Filter, tag="bad.cut", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return pixels[:3]


class Nothing(Filter, tag="bad.nothing", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return None  # type: ignore[return-value]


class NoNumber(Filter, tag="bad.nan", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return pixels * np.float32("nan")


class Writes(Filter, tag="bad.writes", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        pixels *= 0.5
        return pixels


class Loud(Filter, tag="bad.loud", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Any:
        return pixels.astype(np.float64) * 3


class Same(Filter, tag="bad.same", frozen=True):
    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return pixels


class Flat(Mask, tag="bad.mask", frozen=True):
    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        return coverage.ravel()


class Lost(Structure, tag="bad.structure", frozen=True):
    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        return None  # type: ignore[return-value]


class Refuses(Structure, tag="bad.refuses", frozen=True):
    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        raise StepDoesNotApply("not here")


WHAT_TO_DO = "; update or uninstall that plug-in"


@pytest.fixture(autouse=True)
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = types.ModuleType("theirs")
    for one in (Crash, Exit, Cut, Nothing, NoNumber, Writes, Loud, Same, Flat, Lost, Refuses):
        setattr(module, one.__name__, one)
    entry = types.SimpleNamespace(name="theirs", value="theirs", load=lambda: module)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: [entry])
    registry.toolbox.cache_clear()
    yield
    registry.toolbox.cache_clear()


def rendered(name: str) -> Pixels:
    fill = Layer(id="a", name="a", content=Fill(color=(0.5, 0.2, 0.2)))
    canvas = Canvas(width=6, height=4, background=None, layers=(fill,))
    canvas = apply_step(canvas, Step(operation=Call(name=name), target="a"))
    return Renderer(SourcePyramid({}.__getitem__)).render(canvas, width=6, height=4)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("bad.crash", "failed: RuntimeError: boom in two lines"),
        ("bad.exit", "failed: SystemExit: 3"),
        ("bad.cut", r"made the shape \(3, 12, 4\), not \(8, 12, 4\)"),
        ("bad.nothing", "made NoneType, no array of numbers"),
        ("bad.nan", "made values that are no numbers"),
        ("bad.writes", "failed: ValueError: .*read-only"),
        ("bad.mask", r"made the shape \(96,\), not \(8, 12\)"),
        ("bad.structure", "made NoneType, no canvas"),
    ],
)
def test_what_goes_wrong_is_one_line_with_operation_and_plug_in(name: str, what: str) -> None:
    with pytest.raises(
        OperationFailed, match=rf"^{name}, of the plug-in theirs, {what}{WHAT_TO_DO}$"
    ):
        rendered(name)


def test_too_much_light_is_clipped() -> None:
    pixels = rendered("bad.loud")
    assert pixels.dtype == np.float32
    assert np.allclose(pixels, (0.5, 0.2, 0.2, 1.0), atol=1e-6)  # colour goes with its alpha


def test_what_is_handed_back_as_it_came_stays() -> None:
    assert np.allclose(rendered("bad.same"), (0.5, 0.2, 0.2, 1.0), atol=1e-6)


def test_a_refusal_on_purpose_stays_what_it_is() -> None:
    with pytest.raises(StepDoesNotApply, match=r"^not here$"):
        rendered("bad.refuses")
