"""A quick part of the table of likeness: renderings at two sizes show the same."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.rendering.renderer import Renderer
from tests.benchmarks.resolution import Photographs, Sizes, measured, own_photos, pixelwise, recipes

QUICK = (
    "tone.threshold",
    "tone.posterise",
    "keying.color",
    "masking.luminance",
    "warp.polar",
    "warp.ripple",
    "repetition.scatter",
    "repetition.tile",
    "slicing.strips",
    "texture.halftone",
    "texture.paper",
    "blur.unsharp",
)
SIZES = Sizes(small=256, large=768)


@pytest.fixture(scope="module")
def photos() -> Photographs:
    return Photographs.of(own_photos())


@pytest.mark.parametrize("name", QUICK)
def test_a_filter_looks_alike_at_two_sizes(name: str, photos: Photographs) -> None:
    (operation,) = pixelwise([name])
    for drawn, photo, found in measured(operation, photos, samples=1, sizes=SIZES):
        assert found.small.holds(texture_like=operation.texture_like), (drawn, photo, found)


@pytest.mark.parametrize("scale", [0.6, 1.0, 1.3])
def test_a_placed_photograph_looks_alike_at_two_sizes(scale: float, photos: Photographs) -> None:
    placement = Placement(scale=scale, angle_deg=7.0, x=0.0123)
    for source in photos.names:
        layer = Layer(id="a", name="A", content=Picture(source=source), placement=placement)
        canvas = Canvas(width=3000, height=3000, layers=(layer,))
        found = Sizes(large=1024).compared(Renderer(photos.pyramid), canvas).small
        assert found.apart <= 1.0
        assert found.ssim >= 0.99


def test_recipes_look_alike_at_two_sizes(photos: Photographs) -> None:
    assert np.median([one.draft.ssim for _, one in recipes(photos, 4, sizes=SIZES)]) >= 0.93
