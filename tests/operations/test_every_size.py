"""Every operation shows the same at every size, on canvases of any shape."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.model.step import Step
from layerforge.operations.blur import GaussianBlur
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Operation, RenderContext
from layerforge.operations.parameters import Seed
from layerforge.operations.pixels import Pixels, flatten
from layerforge.operations.registry import toolbox
from layerforge.operations.texture import FilmGrain
from layerforge.rendering.renderer import Renderer
from tests.likeness import SMOOTH_LIMIT, TEXTURE_LIMIT, Likeness, likeness
from tests.operations.pictures import SCOPE, drawn, photo

SHAPES = ((3, 1), (2, 3), (1, 1))
"""Width to height of the canvases: a banner, an upright sheet, a square."""
SMALL, LARGE = 96, 192
BELOW, ABOVE = SCOPE.sources

# G'MIC works at one size only, whatever is rendered: its own tests look at that
ALL = [one for one in toolbox().operations.values() if one.family() != "gmic"]


class TwoPhotos:
    """Gives two photographs."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (300, 200)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return photo(300, 200, "china.jpg" if source_id == BELOW else "flower.jpg")


def stage(shape: tuple[int, int]) -> Canvas:
    """A picture that covers the canvas, and one on it whose edges are seen."""
    piece = Placement(fit="contain", scale=0.9, angle_deg=8.0, x=0.03)
    return Canvas(
        width=shape[0] * 600,
        height=shape[1] * 600,
        layers=(
            Layer(id="below", name="below", content=Picture(source=BELOW)),
            Layer(id="above", name="above", content=Picture(source=ABOVE), placement=piece),
        ),
    )


def compared(canvas: Canvas) -> Likeness:
    renderer = Renderer(TwoPhotos())
    unit = min(canvas.width, canvas.height)
    small, large = (
        renderer.render(
            canvas, width=side * canvas.width // unit, height=side * canvas.height // unit
        )
        for side in (SMALL, LARGE)
    )
    return likeness(small, large)


def after(operation: Operation, canvas: Canvas) -> Canvas:
    target = None if operation.targets == "canvas" else "above"
    return apply_step(canvas, Step(operation=operation.call(), target=target))


def seed_of(operation: type[Operation]) -> str | None:
    """The name of its parameter that is a seed."""
    seeds = (name for name, one in operation.parameters().items() if isinstance(one, Seed))
    return next(seeds, None)


def together(one: Operation) -> float:
    """How the coarse part of its texture goes together at two sizes, -1 to 1.

    The texture is what another seed changes; without one, what the operation changes.
    """
    plain, seed = stage((3, 2)), seed_of(type(one))
    if seed is not None:
        plain = after(replace(one, **{seed: getattr(one, seed) + 1000}), plain)
    textures = []
    renderer = Renderer(TwoPhotos())
    for side in (128, 256):
        sheets = [
            flatten(renderer.render(canvas, width=side * 3 // 2, height=side))
            for canvas in (after(one, stage((3, 2))), plain)
        ]
        coarse = cv2.resize(sheets[0] - sheets[1], (96, 64), interpolation=cv2.INTER_AREA)
        textures.append(coarse.ravel())
    return float(np.corrcoef(textures)[0, 1])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_pictures_themselves_are_alike(shape: tuple[int, int]) -> None:
    found = compared(stage(shape))
    assert found.apart <= 0.5
    assert found.ssim >= 0.995


@pytest.mark.parametrize("operation", ALL, ids=lambda one: one.tag())
def test_it_looks_the_same_at_two_sizes(operation: type[Operation]) -> None:
    limit = TEXTURE_LIMIT if operation.texture_like else SMOOTH_LIMIT
    for one, shape in zip(drawn(operation, len(SHAPES)), SHAPES, strict=True):
        try:
            canvas = after(one, stage(shape))
        except StepDoesNotApply:
            continue  # such as a layer that is already on top
        found = compared(canvas)
        assert found.apart <= limit, (one, shape)


TEXTURES = [one for one in ALL if one.texture_like or seed_of(one)]
ALIKE = 0.85


@pytest.mark.parametrize("operation", TEXTURES, ids=lambda one: one.tag())
def test_its_texture_lies_in_the_same_places_at_two_sizes(operation: type[Operation]) -> None:
    (one,) = drawn(operation, 1)
    assert together(one) >= ALIKE, one


def test_a_texture_that_is_another_one_at_another_size_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = FilmGrain.render

    def by_width(self: FilmGrain, pixels: Pixels, at: RenderContext) -> Pixels:
        return right(replace(self, seed=self.seed + at.width), pixels, at)

    grains = drawn(FilmGrain, 3)
    monkeypatch.setattr(FilmGrain, "render", by_width)
    assert max(together(one) for one in grains) < 0.2


def test_a_filter_that_counts_in_pixels_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_pixels(self: GaussianBlur, pixels: Pixels, at: RenderContext) -> Pixels:
        return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 200 * self.radius), dtype=np.float32)

    blurred = [after(GaussianBlur(radius=0.02), stage(shape)) for shape in SHAPES]
    assert all(compared(canvas).apart <= SMOOTH_LIMIT for canvas in blurred)
    monkeypatch.setattr(GaussianBlur, "render", in_pixels)
    assert all(compared(canvas).apart > SMOOTH_LIMIT for canvas in blurred)
