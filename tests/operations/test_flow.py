"""Flow against pictures whose edges run a known way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from layerforge.operations.flow import Flow, flow_of
from tests.operations.pictures import context, flat

LEAN = (math.cos(0.4), math.sin(0.4))


def grating(angle_deg: float, width: int = 150, height: int = 120) -> np.ndarray:
    """Stripes that run at that angle, opaque grey."""
    pixels = np.ones((height, width, 4), dtype=np.float32)
    xs, ys = context(pixels).grid()
    radians = math.radians(angle_deg)
    across = math.cos(radians) * ys - math.sin(radians) * xs
    pixels[..., :3] = (0.5 + 0.4 * np.sin(across * (2 * math.pi / 0.08)))[..., None]
    return pixels


def flow(pixels: np.ndarray) -> Flow:
    return flow_of(pixels, context(pixels), detail=0.004, reach=0.04, lean=LEAN)


def turned_by(one: Flow, angle_deg: float) -> np.ndarray:
    """How far the flow lies off that angle, in degrees, whichever way it points."""
    off = np.degrees(np.arctan2(one.y, one.x)) - angle_deg
    return np.abs((off + 90.0) % 180.0 - 90.0)


@pytest.mark.parametrize("angle", [0.0, 25.0, 45.0, 90.0, 117.0, 160.0])
def test_it_runs_along_the_stripes(angle: float) -> None:
    found = flow(grating(angle))
    inner = np.s_[20:-20, 20:-20]
    assert turned_by(found, angle)[inner].max() < 3.0
    assert found.strength[inner].min() > 0.9
    assert np.hypot(found.x, found.y) == pytest.approx(np.ones((120, 150)), abs=1e-4)


def test_on_a_flat_picture_it_leans_as_told_and_has_no_strength() -> None:
    found = flow(flat(60, 40))
    assert turned_by(found, math.degrees(0.4)).max() < 1.0
    assert found.strength.max() < 1e-3


def test_a_dot_runs_no_way_more_than_another() -> None:
    pixels = np.ones((121, 121, 4), dtype=np.float32)
    xs, ys = context(pixels).grid()
    pixels[..., :3] = np.exp(-(xs**2 + ys**2) / 0.02**2)[..., None]
    assert flow(pixels).strength[60, 60] < 0.1


def test_it_is_the_same_at_every_size() -> None:
    small, large = flow(grating(25.0)), flow(grating(25.0, 450, 360))
    assert turned_by(large, 25.0)[60:-60, 60:-60].max() < 3.0
    assert large.strength[180, 225] == pytest.approx(small.strength[60, 75], abs=0.03)
