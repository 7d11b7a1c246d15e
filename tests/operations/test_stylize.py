"""Paintings, drawings and mosaics."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.fields import cells
from layerforge.operations.stylize import (
    Crosshatch,
    Emboss,
    InkEdges,
    Kuwahara,
    Mosaic,
    NeonEdges,
    OilPaint,
    Pixelate,
    cell_means,
)
from tests.operations.pictures import context, flat, photo, rendered


def edge() -> np.ndarray:
    pixels = np.ones((80, 120, 4), dtype=np.float32)
    pixels[:, :60, :3], pixels[:, 60:, :3] = 0.3, 0.7
    return pixels


def test_strength_mixes_the_painting_with_the_picture() -> None:
    given = photo(120, 80)
    for kind, more in ((Kuwahara, {"sharpness": 9.0}), (OilPaint, {"relief": 0.4, "seed": 3})):
        full, half = (
            rendered(kind(radius=0.02, strength=strength, **more), given) for strength in (1.0, 0.5)
        )
        assert half == pytest.approx((full + given) / 2, abs=1e-5)
        assert np.abs(full - given).mean() > 0.01


def test_ink_lies_along_edges() -> None:
    got = rendered(InkEdges(width=0.01, level=0.6, ink=(0.0, 0.0, 0.0), paper=0.0), edge())
    assert got[40, 55:60, 0].min() < 0.15
    assert got[40, 90, 0] == pytest.approx(0.7, abs=0.02)


def test_neon_shines_along_edges_only() -> None:
    got = rendered(NeonEdges(width=0.01, gain=5.0, ground=0.0), edge())
    assert got[40, 58:62, 0].max() > 0.3
    assert got[40, 10, 0] < 0.05


def test_relief_is_lit_from_its_side() -> None:
    got = rendered(Emboss(depth=0.01, angle=0.0, gain=1.0, color=1.0), edge())
    assert got[40, 59, 0] < 0.2  # the slope up to the right faces left, away from the light
    turned = rendered(Emboss(depth=0.01, angle=180.0, gain=1.0, color=1.0), edge())
    assert turned[40, 60, 0] > 0.9


def test_pixels_are_means_of_their_places() -> None:
    given = photo(120, 80)
    got = rendered(Pixelate(size=0.05, strength=1.0), given)
    assert np.abs(got[:4, :4] - given[:4, :4].mean(axis=(0, 1))).max() <= 1e-5
    assert np.ptp(got.reshape(20, 4, 30, 4, 4), axis=(1, 3)).max() <= 1e-6


def test_stones_are_means_of_their_cells() -> None:
    given = photo(120, 80)
    mosaic = cells(context(given), seed=3, size=0.2)
    means = cell_means(given, mosaic)
    number = mosaic.first[40, 60]
    assert means[number] == pytest.approx(given[mosaic.first == number].mean(axis=0), abs=1e-5)
    stones = Mosaic(size=0.1, joint=0.0, color=(0.0, 0.0, 0.0), glass=False, seed=3)
    assert rendered(stones, flat(60, 40)) == pytest.approx(flat(60, 40), abs=1e-5)
    jointed = Mosaic(size=0.1, joint=0.12, color=(0.0, 0.0, 0.0), glass=False, seed=3)
    got = rendered(jointed, flat(300, 200))
    assert 0.02 < float((got[..., 2] < 0.2).mean()) < 0.35


def test_hatching_is_denser_where_it_is_dark() -> None:
    lights = []
    for tone in (0.15, 0.5, 0.9):
        pixels = np.ones((120, 120, 4), dtype=np.float32)
        pixels[..., :3] = tone
        hatched = Crosshatch(period=0.04, angle=30.0, color=0.4, style="straight")
        lights.append(float(rendered(hatched, pixels)[..., :3].mean()))
    assert lights[0] < lights[1] < lights[2]
