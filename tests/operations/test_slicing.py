"""Slices show other places of the picture, unchanged."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.slicing import Shards, ShiftedSquares, Strips, TornPieces, TurnedRings
from tests.operations.pictures import photo, rendered


def test_strips_are_pushed_along_their_length() -> None:
    given = photo(120, 80)
    strips = Strips(width=0.1, angle=0.0, reach=0.1, order="alternate", seed=1)
    got = rendered(strips, given)
    for row in range(80):
        way = 8 if (row - 40) // 8 % 2 else -8
        shown = slice(8, 112)
        assert np.abs(got[row, shown] - np.roll(given, -way, axis=1)[row, shown]).max() <= 1e-4


def test_rings_keep_the_middle_and_turn_the_next() -> None:
    given = photo(101, 101)
    got = rendered(TurnedRings(width=0.2, turn=90.0, order="alternate", seed=1), given)
    ys, xs = np.mgrid[-50:51, -50:51]
    away = np.hypot(xs, ys)
    assert np.abs(got - given)[away < 19].max() <= 1e-4
    assert np.abs(got - np.rot90(given))[(away > 21) & (away < 39)].max() <= 1e-3


def test_every_other_ring_turns_and_no_other() -> None:
    given = photo(201, 201)
    got = rendered(TurnedRings(width=0.1, turn=90.0, order="alternate", seed=1), given)
    ys, xs = np.mgrid[-100:101, -100:101]
    away = np.hypot(xs, ys) / 201
    for ring in range(5):
        inside = (away > 0.1 * ring + 0.008) & (away < 0.1 * ring + 0.092)
        shown = np.rot90(given) if ring % 2 else given
        assert np.abs(got - shown)[inside].max() <= 1e-3


def test_squares_show_what_lies_a_little_off() -> None:
    squares = ShiftedSquares(size=0.3, reach=0.1, turn=0.0, seed=2)
    ramp = np.ones((80, 120, 4), dtype=np.float32)
    ramp[..., 0] = (np.arange(120) / 119)[None]
    apart = (rendered(squares, ramp)[..., 0] - ramp[..., 0]) * 119 / 80
    assert np.abs(apart[:, 10:-10]).max() <= 0.1 + 1e-3
    assert len(np.unique(np.round(apart[10:-10, 20:-20], 2))) < 40


@pytest.mark.parametrize("seed", [1, 2])
def test_shards_gleam_and_move(seed: int) -> None:
    given = photo(120, 80)
    moved = rendered(Shards(size=0.2, reach=0.1, gleam=0.0, seed=seed), given)
    lit = rendered(Shards(size=0.2, reach=0.0, gleam=0.3, seed=seed), given)
    assert np.abs(moved - given).mean() > 2 / 255
    assert np.array_equal(lit[..., 3], given[..., 3])
    assert np.abs(lit - given).mean() > 2 / 255


def test_torn_pieces_lie_apart_and_keep_what_they_show() -> None:
    given = photo(240, 160)
    torn = TornPieces(pieces=4, reach=0.03, turn=0.0, rim=0.004, shadow=0.3, seed=3)
    got = rendered(torn, given)
    assert 0.85 < (got[..., 3] > 0.99).mean() < 0.99
    # each corner is the picture, shifted: some shift makes nearly all of it almost equal
    for top, left in ((25, 35), (25, 165), (95, 35), (95, 165)):
        part = got[top : top + 30, left : left + 30, :3]
        apart = min(
            float(np.median(np.abs(part - given[top + y :, left + x :][:30, :30, :3])))
            for y in range(-9, 10)
            for x in range(-9, 10)
        )
        assert apart < 0.01
