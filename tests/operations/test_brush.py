"""What is painted in strokes."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.brush import painted
from layerforge.operations.flow import flow_of
from layerforge.operations.pixels import with_coverage
from tests.operations.pictures import context, cut_out, flat, photo
from tests.operations.test_flow import grating, turned_by


def oil(pixels: np.ndarray, *, relief: float = 0.4, seed: int = 2) -> np.ndarray:
    return painted(pixels, context(pixels), radius=0.02, relief=relief, seed=seed)


def test_without_relief_a_flat_picture_keeps_its_colour() -> None:
    got = oil(flat(240, 160), relief=0.0)
    assert got[..., :3].mean(axis=(0, 1)) == pytest.approx((0.2, 0.5, 0.7), abs=0.01)
    assert np.abs(got[..., :3] - (0.2, 0.5, 0.7)).max() < 0.13  # single bristles and strokes


def test_relief_shows_furrows_and_keeps_the_light() -> None:
    plain, deep = (oil(flat(240, 160), relief=relief)[..., 1] for relief in (0.0, 0.6))
    assert deep.std() > 3 * plain.std()
    assert float(deep.mean()) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("angle", [20.0, 110.0])
def test_the_furrows_follow_a_grating(angle: float) -> None:
    """In a picture whose stripes are too faint to show among the furrows."""
    faint = grating(angle, 300, 240)
    faint[..., :3] = 0.5 + (faint[..., :3] - 0.5) * 0.15
    got = oil(faint, relief=0.7)
    at = context(got)
    found = flow_of(got - faint * np.float32(0.999), at, detail=0.004, reach=0.05, lean=(1.0, 0.0))
    assert np.median(turned_by(found, angle)) < 15.0


def test_the_picture_is_still_seen_in_it() -> None:
    given = photo(240, 160)
    got = oil(given, relief=0.0)
    assert np.abs(got - given).mean() < 0.06
    assert np.corrcoef(got[..., 0].ravel(), given[..., 0].ravel())[0, 1] > 0.9


def test_a_cut_out_keeps_its_alpha_and_has_no_dark_rim() -> None:
    disc = with_coverage(flat(240, 160), cut_out(240, 160)[..., 3])
    got = oil(disc, relief=0.0)
    assert np.array_equal(got[..., 3], disc[..., 3])
    seen = got[..., 3] > 0.05
    straight = got[seen][:, :3] / got[seen][:, 3:]
    assert np.abs(straight - (0.2, 0.5, 0.7)).max() < 0.13


def test_another_seed_lays_other_strokes() -> None:
    given = photo(120, 80)
    assert np.array_equal(oil(given), oil(given))
    assert np.abs(oil(given) - oil(given, seed=3)).mean() > 0.005
