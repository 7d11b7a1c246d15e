"""Pencil and dots."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.drawing import Pencil, Pointillism, Stipple, dotted
from layerforge.operations.pixels import Pixels, luma
from tests.operations.pictures import context, cut_out, flat, photo


def grey(level: float) -> Pixels:
    pixels = flat(240, 160).copy()
    pixels[..., :3] = level
    return pixels


def stipple() -> Stipple:
    return Stipple(size=0.025, ink=(0.0, 0.0, 0.0), paper=(1.0, 1.0, 1.0), color=0.0, seed=5)


def test_dots_cover_more_the_darker_it_is() -> None:
    light = [
        float(stipple().render(grey(level), context(grey(level)))[..., 0].mean())
        for level in (0.0, 0.2, 0.5, 0.8, 1.0)
    ]
    assert light == sorted(light)
    assert light[0] < 0.25
    assert light[-1] > 0.97


@pytest.mark.parametrize("level", [0.15, 0.3, 0.5, 0.7, 0.9])
def test_dots_cover_their_share_of_ink(level: float) -> None:
    inked = 1 - stipple().render(grey(level), context(grey(level)))[..., 0].mean()
    # tones are drawn by their 0.65th power
    assert inked == pytest.approx(1 - level**0.65, abs=0.035)


def test_dots_lie_at_the_same_places_at_every_size() -> None:
    small = dotted(context(flat(240, 160)), seed=4, size=0.05)
    large = dotted(context(flat(720, 480)), seed=4, size=0.05)
    assert small.x.shape == large.x.shape
    assert np.allclose(small.x * 3, large.x, atol=1e-3)
    assert np.array_equal(small.chance[0], large.chance[0])


def test_a_pointillist_picture_keeps_the_colours_of_its_regions() -> None:
    pixels = photo(240, 160)
    out = Pointillism(size=0.02, vivid=0.1, seed=2).render(pixels, context(pixels))
    blocks = [one[..., :3].reshape(4, 40, 6, 40, 3).mean(axis=(1, 3)) for one in (pixels, out)]
    assert np.abs(blocks[0] - blocks[1]).mean() < 0.05


def test_a_flat_sheet_has_no_contours() -> None:
    sheet = grey(0.8)
    pencil = Pencil(width=0.01, shade=0.2, color=0.0, angle=30.0, seed=1)
    tone = luma(np.ascontiguousarray(pencil.render(sheet, context(sheet))[..., :3]))
    assert tone.min() > 0.85
    edged = sheet.copy()
    edged[:, 120:, :3] = 0.3
    tone = luma(np.ascontiguousarray(pencil.render(edged, context(edged))[..., :3]))
    assert tone[:, 120:124].mean() < tone[:, 200:].mean() - 0.15


@pytest.mark.parametrize("seed", [1, 2])
def test_alpha_stays(seed: int) -> None:
    pixels = cut_out(120, 80)
    for one in (
        stipple(),
        Pointillism(size=0.03, vivid=0.5, seed=seed),
        Pencil(width=0.01, shade=0.5, color=0.5, angle=0.0, seed=seed),
    ):
        assert np.array_equal(one.render(pixels, context(pixels))[..., 3], pixels[..., 3])
