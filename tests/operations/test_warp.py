"""Warps keep what they say they keep."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from layerforge.operations.warp import (
    Bulge,
    Displacement,
    Drape,
    Flow,
    LensDistortion,
    MeshWarp,
    Perspective,
    Polar,
    Ripple,
    Swirl,
    Unroll,
    Wave,
)
from tests.operations.pictures import context, photo, rendered


def ramp() -> np.ndarray:
    """Red tells x, green y, both in short sides from the middle plus one half."""
    pixels = np.ones((101, 101, 4), dtype=np.float32)
    places = (np.arange(101) + 0.5) / 101
    pixels[..., 0], pixels[..., 1] = places[None], places[:, None]
    return pixels


def moved(operation: object) -> tuple[np.ndarray, np.ndarray]:
    """How far off each pixel reads, in short sides, away from the border."""
    apart = rendered(operation, ramp()) - ramp()  # type: ignore[arg-type]
    return apart[20:-20, 20:-20, 0], apart[20:-20, 20:-20, 1]


def test_a_swirl_turns_its_middle_clockwise_and_nothing_outside() -> None:
    given = photo(101, 101)
    got = rendered(Swirl(angle=90.0, radius=0.4, x=0.0, y=0.0), given)
    ys, xs = np.mgrid[-50:51, -50:51]
    outside = np.hypot(xs, ys) > 42
    assert np.abs(got - given)[outside].max() <= 1e-4
    # what lay left of the middle has come up above it
    dot = np.zeros_like(given)
    dot[..., 3] = 1.0
    dot[48:53, 44:48, :3] = 1.0
    lit = np.argwhere(rendered(Swirl(angle=90.0, radius=1.0, x=0.0, y=0.0), dot)[..., 0] > 0.5)
    assert lit[:, 0].mean() < 47
    assert abs(lit[:, 1].mean() - 50) < 2


def test_a_wave_moves_across_its_way() -> None:
    x, y = moved(Wave(height=0.05, period=0.5, angle=0.0, phase=0.0))
    assert np.abs(x).max() <= 1e-3
    assert np.abs(y).max() == pytest.approx(0.05, abs=0.002)


def test_a_ripple_moves_along_rays() -> None:
    x, y = moved(Ripple(height=0.02, period=0.3, phase=90.0, x=0.0, y=0.0))
    ys, xs = np.mgrid[-30:31, -30:31]
    assert np.abs(x * ys - y * xs).max() <= 0.05
    assert 0.01 < np.abs(np.hypot(x, y)).max() <= 0.0205


@pytest.mark.parametrize("strength", [-0.6, 0.6])
def test_a_bulge_swells_and_a_pinch_shrinks(strength: float) -> None:
    x, _ = moved(Bulge(strength=strength, radius=0.5, x=0.0, y=0.0))
    right = x[30, 40:50].mean()
    assert right < -0.01 if strength > 0 else right > 0.01


def test_a_bulge_folds_nothing_over_and_enlarges_its_middle() -> None:
    for strength in (-0.8, -0.3, 0.4, 0.8):
        bulge = Bulge(strength=strength, radius=0.45, x=0.0, y=0.0)
        read = rendered(bulge, ramp())[50, :, 0]
        assert (np.diff(read)[1:-1] > 0.0).all()
        scale = (6 / 101) / (read[53] - read[47])
        assert scale < 0.9 if strength < 0 else scale > 1.9


def test_a_lens_keeps_the_middle() -> None:
    for strength in (-0.5, 0.8):
        x, y = moved(LensDistortion(strength=strength))
        assert abs(x[30, 30]) <= 1e-3
        assert abs(y[30, 30]) <= 1e-3


def test_a_flow_moves_as_far_as_it_says() -> None:
    x, y = moved(Flow(reach=0.03, size=0.12, seed=3))
    assert float(np.hypot(x, y).mean()) == pytest.approx(0.03 * np.sqrt(np.pi / 2), rel=0.35)


def test_a_planet_has_no_seam() -> None:
    got = rendered(Polar(turn=0.0, zoom=1.0, outwards=False), photo(160, 160))
    steps = np.abs(np.diff(got[:, :, :3], axis=1)).mean(axis=(0, 2))
    assert steps[78:82].max() <= 3 * np.median(steps) + 0.02


def test_perspective_narrows_one_side() -> None:
    white = np.zeros((101, 101, 4), dtype=np.float32)
    white[30:70, 30:70] = 1.0
    got = rendered(Perspective(across=0.6, down=0.0), white)[..., 3] > 0.5
    columns = np.flatnonzero(got.any(axis=0))
    left, right = got[:, columns[2]].sum(), got[:, columns[-3]].sum()
    assert left > right + 5


def test_a_mesh_moves_no_further_than_its_reach() -> None:
    across, down = moved(MeshWarp(size=0.2, reach=0.4, seed=2))
    assert 0.01 < np.abs(across).max() <= 0.4 * 0.2 + 1e-3
    assert 0.01 < np.abs(down).max() <= 0.4 * 0.2 + 1e-3


def test_unrolling_puts_the_rim_on_one_side_and_the_middle_on_the_other() -> None:
    given = np.ones((101, 101, 4), dtype=np.float32)
    ys, xs = np.mgrid[-50:51, -50:51]
    given[..., :3] = np.clip(np.hypot(xs, ys) / 50, 0, 1)[..., None]
    got = rendered(Unroll(turn=0.0, reach=0.9, middle_up=True), given)
    rows = got[..., 0].mean(axis=1)
    assert got[..., 0].std(axis=1).max() < 0.02
    assert rows[0] == pytest.approx(0.9 * 0.12, abs=0.03)
    assert rows[-1] == pytest.approx(0.9, abs=0.03)


def test_displacement_is_along_the_slope_and_none_where_it_is_flat() -> None:
    given = ramp()
    hill = np.ones((101, 101, 4), dtype=np.float32)
    hill[..., :3] = 0.3
    hill[:, 50:, :3] = 0.7
    at = dataclasses.replace(context(given), layer=lambda name: hill, below=lambda: hill)
    for one in (Displacement(layer="below", reach=0.1, smooth=0.04), Drape(reach=0.1, smooth=0.04)):
        got = one.render(given, at)
        across = got[..., 0] - given[..., 0]
        assert np.abs(across[:, 10:30]).max() < 1e-3
        assert across[:, 50].mean() > 0.01
        assert np.abs(got[10:-10, 10:-10, 1] - given[10:-10, 10:-10, 1]).max() < 1e-3
