"""A quick part of the table of likeness: renderings at two sizes show the same."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.operations.pixels import luma
from layerforge.rendering.renderer import Renderer
from tests.benchmarks.resolution import (
    LARGE,
    SMOOTH_LIMIT,
    SOURCES,
    SSIM_LIMIT,
    TEXTURE_LIMIT,
    Photographs,
    likeness,
    measured,
    photo,
    pixelwise,
    recipes,
    shrunk,
    ssim,
)

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


@pytest.mark.parametrize("name", QUICK)
def test_a_filter_looks_alike_at_two_sizes(name: str) -> None:
    (operation,) = pixelwise([name])
    results = [one for _, _, one in measured(operation, draws=1, large=1024)]
    limit = TEXTURE_LIMIT if operation.texture_like else SMOOTH_LIMIT
    assert np.mean([one.apart for one in results]) <= limit
    if not operation.texture_like:
        assert np.mean([one.ssim for one in results]) >= SSIM_LIMIT


@pytest.mark.parametrize("scale", [0.6, 1.0, 1.3])
def test_a_placed_photograph_looks_alike_at_two_sizes(scale: float) -> None:
    placement = Placement(scale=scale, angle_deg=7.0, x=0.0123)
    for source in SOURCES:
        layer = Layer(id="a", name="A", content=Picture(source=source), placement=placement)
        canvas = Canvas(width=3000, height=3000, layers=(layer,))
        small, large = (
            Renderer(Photographs()).render(canvas, width=side, height=side) for side in (384, 1024)
        )
        one = likeness(small, large)
        assert one.apart <= 1.0
        assert one.ssim >= 0.99


def test_recipes_look_alike_at_two_sizes() -> None:
    assert np.median([one.ssim for _, one in recipes(4, large=768)]) >= 0.93


def test_structural_similarity_knows_the_same_and_the_different() -> None:
    """Against scikit-image's."""
    from skimage.metrics import structural_similarity

    one = luma(photo("china.jpg", 256)[..., :3])
    assert ssim(one, one) == pytest.approx(1.0, abs=1e-5)
    other = luma(shrunk(photo("flower.jpg", LARGE), 256)[..., :3])
    for second in (np.clip(one * np.float32(0.8) + np.float32(0.1), 0, 1), other):
        want = structural_similarity(
            one,
            second,
            data_range=1.0,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
        assert ssim(one, second) == pytest.approx(want, abs=0.01)
