"""Mirrors and kaleidoscopes are as symmetric as they say."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.symmetry import Droste, Kaleidoscope, MirrorHalves, Rosette
from tests.operations.pictures import photo, rendered


@pytest.mark.parametrize(("angle", "axis"), [(0.0, 1), (180.0, 1), (90.0, 0), (-90.0, 0)])
def test_halves_mirror(angle: float, axis: int) -> None:
    given = photo(96, 64)
    got = rendered(MirrorHalves(angle=angle, square=True, offset=0.0), given)
    assert np.abs(got - np.flip(got, axis=axis)).max() <= 1e-4
    kept = np.abs(got - given).max(axis=2)
    half = kept[:, :48] if angle == 0.0 else kept[:, 48:] if axis == 1 else kept[:32]
    if angle == -90.0:
        half = kept[32:]
    assert half.max() <= 1e-5


def test_a_kaleidoscope_is_symmetric() -> None:
    glass = Kaleidoscope(segments=4, turn=30.0, x=0.1, y=-0.1, zoom=1.2)
    got = rendered(glass, photo(101, 101))
    for same in (np.rot90(got), got[:, ::-1], got[::-1]):
        assert np.abs(got - same).mean() <= 1 / 255


@pytest.mark.parametrize("keep", ["lighter", "darker"])
def test_a_rosette_turns_into_itself(keep: str) -> None:
    given = photo(101, 101)
    got = rendered(Rosette(count=4, keep=keep, strength=1.0), given)
    assert np.abs(got - np.rot90(got)).max() <= 1e-4
    apart = got - given
    assert apart.min() >= -1e-4 if keep == "lighter" else apart[..., :3].max() <= 1e-4


def test_a_droste_picture_comes_back_smaller() -> None:
    given = photo(401, 401)
    droste = Droste(ratio=2.0, arms=0, turn=0.0, x=0.0, y=0.0)
    got = rendered(droste, given)
    ys, xs = np.mgrid[-200:201, -200:201]
    away = np.hypot(xs, ys)
    ring = (away > 105) & (away < 195)
    assert np.abs(got - given)[ring].mean() < 0.01
    # two octaves further in it is the same again, four times as small
    picks = np.argwhere((away > 110) & (away < 190))[::211]
    for y, x in picks:
        small = got[200 + (y - 200) // 4, 200 + (x - 200) // 4]
        near = given[max(0, y - 6) : y + 7, max(0, x - 6) : x + 7, :3]
        assert (small[:3] >= near.min(axis=(0, 1)) - 0.1).all()
        assert (small[:3] <= near.max(axis=(0, 1)) + 0.1).all()


def test_a_droste_picture_is_inside_out_once_smaller_and_itself_twice_smaller() -> None:
    ys, xs = np.mgrid[-200:201, -200:201]
    away = np.hypot(xs, ys)
    given = np.ones((401, 401, 4), dtype=np.float32)
    given[..., 0] = np.clip(away / 200, 0, 1)  # a tone for each distance
    tones = rendered(Droste(ratio=2.0, arms=0, turn=0.0, x=0.0, y=0.0), given)[200, 200:, 0]
    # from 200 px to 100 as it is; from 100 to 50 back up again; from 50 to 25 as from 200 to 100
    for place, tone in ((180, 0.9), (120, 0.6), (83, 0.6), (55, 0.9), (45, 0.9), (30, 0.6)):
        assert tones[place] == pytest.approx(tone, abs=0.02)
