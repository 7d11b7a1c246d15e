"""Renderings too large for memory are refused before any work."""

from __future__ import annotations

from typing import Annotated

import cv2
import numpy as np
import pytest
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, TooLarge
from layerforge.model.layer import Fill, Layer, Nested
from layerforge.operations import registry
from layerforge.operations.blur import GaussianBlur
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Toggle
from layerforge.operations.pixels import Pixels
from layerforge.operations.stylize import NeonEdges, OilPaint
from layerforge.operations.warp import Displacement
from layerforge.rendering import limits
from layerforge.rendering.limits import check_memory, needed_bytes
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import drawn, no_source


class NoSources:
    def size(self, source_id: str) -> tuple[int, int]:
        raise AssertionError(source_id)

    pixels = staticmethod(no_source)


RED = Layer(id="a", name="a", content=Fill(color=(1.0, 0.0, 0.0)))


def test_the_error_says_how_much_and_the_limit() -> None:
    canvas = Canvas(width=30_000, height=30_000, layers=(RED,))
    renderer = Renderer(NoSources(), max_bytes=2 * 1024**3)
    with pytest.raises(TooLarge, match=r"30000x30000 .* about 1\d\d\.\d GiB .*limit of 2\.0 GiB"):
        renderer.render(canvas, width=30_000, height=30_000)


def test_the_default_is_a_share_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(limits.SETTING, raising=False)
    monkeypatch.setattr(limits, "machine_bytes", lambda: 16 * 1024**3)
    assert Renderer(NoSources()).max_bytes == 12 * 1024**3
    print_ = Canvas(width=8192, height=5464, layers=(RED,))
    assert needed_bytes(print_, width=8192, height=5464) < 12 * 1024**3
    with pytest.raises(TooLarge, match=r"limit of 12\.0 GiB.*LAYERFORGE_MAX_MEMORY_GIB"):
        Renderer(NoSources()).render(Canvas(width=9, height=9), width=32_768, height=32_768)


def test_the_setting_goes_before_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.SETTING, "0.5")
    assert Renderer(NoSources()).max_bytes == 512 * 1024**2
    for wrong in ("much", "-1", "0", "nan", "inf"):
        monkeypatch.setenv(limits.SETTING, wrong)
        with pytest.raises(InvalidValue, match=f"{limits.SETTING} must be a number.*'{wrong}'"):
            Renderer(NoSources())


def test_what_is_held_besides_counts() -> None:
    canvas = Canvas(width=8, height=8, layers=(RED,))
    size = {"width": 100, "height": 100}
    needed = needed_bytes(canvas, **size)
    check_memory(canvas, **size, max_bytes=needed)
    with pytest.raises(TooLarge):
        check_memory(canvas, **size, max_bytes=needed, more_bytes=1)


def sheets(*layers: Layer) -> float:
    return needed_bytes(Canvas(width=8, height=8, layers=layers), width=10, height=10) / 1600


def test_nesting_hungry_operations_and_looks_cost_memory() -> None:
    plain = sheets(RED)
    inner = Canvas(width=8, height=8, layers=(RED,))
    assert sheets(Layer(id="n", name="n", content=Nested(canvas=inner))) == plain + 1
    neon = NeonEdges(width=0.005, gain=3.0, ground=0.2).call()
    hungry = replace(RED, filters=(neon,))
    assert sheets(hungry) == plain + NeonEdges.sheets - GaussianBlur.sheets
    nested = Layer(
        id="n", name="n", content=Nested(canvas=Canvas(width=8, height=8, layers=(hungry,)))
    )
    assert sheets(nested) == sheets(hungry) + 1
    displace = next(iter(drawn(Displacement, 1))).call()
    looking = replace(RED, id="b", filters=(displace,))
    assert sheets(RED, looking) > plain + 1


def test_what_is_painted_larger_than_it_is_seen_costs_more() -> None:
    oil = OilPaint(radius=0.01, relief=0.3, strength=0.8, seed=5)
    canvas = Canvas(width=8, height=8, layers=(replace(RED, filters=(oil.call(),)),))
    plain = Canvas(width=8, height=8, layers=(RED,))
    for side, factor in ((1000, 1), (300, 2), (150, 4)):  # of detail half a radius large
        extra = [needed_bytes(one, width=side, height=side) for one in (canvas, plain)]
        more = (extra[0] - extra[1]) / (16 * side * side)
        assert more == pytest.approx(OilPaint.sheets * factor**2 - Filter.sheets, abs=0.01)


class Greedy(Filter, tag="trial.greedy", frozen=True):
    """Ask NumPy, or OpenCV, for more memory than any machine has."""

    numpy: Annotated[bool, Toggle()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        if self.numpy:
            return np.empty((1 << 30, 1 << 20, 4), dtype=np.float32)
        return np.asarray(cv2.resize(pixels, (1 << 26, 1 << 20)), dtype=np.float32)


@pytest.mark.parametrize("numpy", [True, False])
def test_a_machine_without_memory_is_said(monkeypatch: pytest.MonkeyPatch, *, numpy: bool) -> None:
    known = registry.toolbox().operations | {Greedy.tag(): Greedy}
    monkeypatch.setattr(registry, "toolbox", lambda: registry.Toolbox(operations=known))
    greedy = replace(RED, filters=(Greedy(numpy=numpy).call(),))
    renderer = Renderer(NoSources())
    with pytest.raises(TooLarge, match="ran out of memory while rendering 9x8 pixels"):
        renderer.render(Canvas(width=9, height=8, layers=(greedy,)), width=9, height=8)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-3, 5)])
def test_no_pixels_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidValue, match=f"{size[0]}x{size[1]}"):
        Renderer(NoSources()).render(Canvas(width=8, height=8), width=size[0], height=size[1])


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (6000, 1), (6000, 2)])
def test_tiny_and_very_long_canvases_render(size: tuple[int, int]) -> None:
    canvas = Canvas(width=size[0], height=size[1], layers=(RED,))
    pixels = Renderer(NoSources()).render(canvas, width=size[0], height=size[1])
    assert pixels.shape == (size[1], size[0], 4)
    assert (pixels == (1.0, 0.0, 0.0, 1.0)).all()
