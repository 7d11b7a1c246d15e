"""Renderings too large for memory are refused before any work."""

from __future__ import annotations

import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, TooLarge
from layerforge.model.layer import Fill, Layer, Nested
from layerforge.rendering.limits import needed_bytes
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import no_source


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


def test_the_default_refuses_the_largest_canvas_and_allows_a_large_print() -> None:
    canvas = Canvas(width=32_768, height=32_768)
    with pytest.raises(TooLarge):
        Renderer(NoSources()).render(canvas, width=32_768, height=32_768)
    assert needed_bytes(canvas, width=8192, height=8192) < Renderer(NoSources()).max_bytes


def test_nesting_costs_memory() -> None:
    plain = Canvas(width=8, height=8, layers=(RED,))
    nested = Canvas(
        width=8, height=8, layers=(Layer(id="n", name="n", content=Nested(canvas=plain)),)
    )
    small, large = (needed_bytes(one, width=100, height=100) for one in (plain, nested))
    assert large - small == 100 * 100 * 16


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
