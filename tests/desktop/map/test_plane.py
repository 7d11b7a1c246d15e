from __future__ import annotations

import numpy as np
import pytest

from layerforge.desktop.map.plane import REFIT, outline, plane_for


def cloud(count: int, seed: int = 0) -> np.ndarray:
    """Points that vary most along the third axis, and next along the first."""
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(count, 5)) * [2.0, 0.2, 5.0, 0.1, 0.1]).astype(np.float32)


def test_the_plane_is_that_of_most_variation() -> None:
    plane = plane_for(cloud(500))
    assert np.abs(plane.axes[0]).argmax() == 2
    assert np.abs(plane.axes[1]).argmax() == 0
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-9)
    spots = plane.flat(cloud(500))
    assert np.std(spots, axis=0) == pytest.approx([5.0, 2.0], rel=0.15)


def test_points_stay_where_they_are_until_there_are_many_more() -> None:
    first = cloud(200)
    plane = plane_for(first)
    more = np.concatenate([first, cloud(int(200 * (REFIT - 1)) - 1, seed=1)])
    assert plane_for(more, before=plane) is plane


@pytest.mark.parametrize("seed", range(3))
def test_a_new_plane_is_turned_towards_the_old_one(seed: int) -> None:
    """The newcomers swap which direction varies most, which would turn the map by 90°."""
    first = cloud(100)
    plane = plane_for(first)
    rng = np.random.default_rng(seed)
    newcomers = (rng.normal(size=(300, 5)) * [9.0, 0.2, 5.0, 0.1, 0.1]).astype(np.float32)
    new = plane_for(np.concatenate([first, newcomers]), before=plane)
    assert new is not plane
    before, after = plane.flat(first), new.flat(first)
    moved = np.linalg.norm(after - before, axis=1)
    assert np.median(moved) < 0.15 * np.median(np.linalg.norm(before, axis=1))


def test_few_points_have_a_plane_as_well() -> None:
    one = np.ones((1, 4), dtype=np.float32)
    assert plane_for(one).flat(one) == pytest.approx(np.zeros((1, 2)))
    two = np.array([[1, 0, 0, 0], [0, 1, 0, 0]], dtype=np.float32)
    spots = plane_for(two).flat(two)
    assert np.linalg.norm(spots[0] - spots[1]) == pytest.approx(np.sqrt(2))


def test_the_outline_goes_round_all() -> None:
    spots = np.array([[0, 0], [4, 0], [4, 3], [0, 3], [1, 1], [2, 2]], dtype=float)
    corners = outline(spots)
    assert sorted(map(tuple, corners.tolist())) == [(0, 0), (0, 3), (4, 0), (4, 3)]
    following = np.roll(corners, -1, axis=0)
    area = 0.5 * np.abs((corners[:, 0] * following[:, 1] - corners[:, 1] * following[:, 0]).sum())
    assert area == pytest.approx(12.0)
    assert len(outline(spots[:2])) == 2
