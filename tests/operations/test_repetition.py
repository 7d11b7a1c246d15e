"""Copies of a layer."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.repetition import Grid, Nest, Ring, Scatter, Spiral, Tile
from layerforge.operations.stamping import Stamp, piece_of, stamped
from tests.operations.pictures import context, flat, photo, rendered


def square(side: int = 200, piece: int = 40) -> np.ndarray:
    """A small square off the middle."""
    pixels = np.zeros((side, side, 4), dtype=np.float32)
    pixels[20 : 20 + piece, 30 : 30 + piece] = (0.8, 0.4, 0.2, 1.0)
    return pixels


def pieces(pixels: np.ndarray) -> np.ndarray:
    """Middles of the separate pieces, (N, 2) as x, y in short sides from the middle."""
    seen = (pixels[..., 3] > 0.5).astype(np.uint8)
    _, _, stats, centers = cv2.connectedComponentsWithStats(seen)
    assert (stats[1:, cv2.CC_STAT_AREA] > 4).all()
    return (centers[1:] + 0.5) / 200 - 0.5


def test_a_piece_is_what_is_seen() -> None:
    pixels = square()
    assert piece_of(pixels, context(pixels)).shape == (40, 40, 4)
    assert piece_of(flat(30, 20), context(flat(30, 20))).shape == (20, 30, 4)


def test_a_stamp_of_its_own_size_moves_the_piece() -> None:
    pixels = square()
    got = stamped(pixels, [Stamp(x=0.1, y=-0.2, size=0.2)], context(pixels))
    want = np.zeros_like(pixels)
    want[40:80, 100:140] = (0.8, 0.4, 0.2, 1.0)
    assert np.abs(got - want).max() <= 1e-5


def test_later_stamps_lie_on_earlier_ones_and_off_the_canvas_is_fine() -> None:
    pixels = square()
    stamps = [Stamp(x=0.0, y=0.0, size=0.3), Stamp(x=0.0, y=0.0, size=0.1), Stamp(9.0, 9.0, 0.1)]
    got = stamped(pixels, stamps, context(pixels))
    assert float(got[..., 3].sum()) == pytest.approx(60 * 60, rel=0.01)


def test_a_ring_is_round() -> None:
    ring = Ring(count=5, radius=0.35, size=0.15, turn=10.0, facing="upright", vary=0.0, seed=1)
    middles = pieces(rendered(ring, square()))
    assert len(middles) == 5
    assert np.hypot(*middles.T) == pytest.approx(np.full(5, 0.35), abs=0.005)


def test_a_ring_begins_where_it_says_and_goes_round_clockwise() -> None:
    # the first copy at the right; three lie 120 degrees apart, the second at the lower left
    ring = Ring(count=3, radius=0.3, size=0.2, turn=90.0, facing="upright", vary=0.0, seed=1)
    middles = pieces(rendered(ring, square()))
    for bearing in (90.0, 210.0, 330.0):
        radians = np.radians(bearing)
        there = 0.3 * np.array([np.sin(radians), -np.cos(radians)])
        assert np.abs(middles - there).max(axis=1).min() < 0.005


def test_a_grid_fills_its_cells() -> None:
    grid = Grid(rows=4, fill=0.6, turn=0.0, vary=0.0, seed=1)
    got = rendered(grid, square())
    assert len(pieces(got)) == 16
    assert float(got[..., 3].mean()) == pytest.approx(0.36, abs=0.02)


def test_a_spiral_grows_outwards() -> None:
    values = {"radius": 0.4, "turn": 0.0, "facing": "upright", "form": "arm", "shrink": 0.9}
    middles = pieces(rendered(Spiral(count=6, size=0.18, **values), square()))
    away = np.sort(np.hypot(*middles.T))
    assert away == pytest.approx(0.4 * np.arange(1, 7) / 6, abs=0.01)


def test_strewn_copies_keep_apart() -> None:
    scatter = Scatter(count=8, size=0.14, vary=0.0, turn=0.0, seed=4)
    middles = pieces(rendered(scatter, square()))
    assert len(middles) >= 5


def test_nested_copies_hold_the_picture() -> None:
    given = photo(120, 80)
    got = rendered(Nest(ratio=0.5, turn=0.0, x=0.0, y=0.0, count=2), given)
    half = cv2.resize(given, (60, 40), interpolation=cv2.INTER_AREA)
    assert np.abs(got[22:28, 32:88] - half[2:8, 2:58]).max() <= 1e-5
    assert np.array_equal(got[:18], given[:18])


@pytest.mark.parametrize("mirrored", [False, True])
def test_tiles_repeat(mirrored: bool) -> None:
    tile = Tile(size=0.25, angle=0.0, brick=0.0, mirrored=mirrored)
    got = rendered(tile, photo(160, 160))
    period = 80 if mirrored else 40
    assert np.abs(got[:, period:] - got[:, :-period]).max() <= 1e-4
    assert got[..., 3].min() >= 1.0 - 1e-5
