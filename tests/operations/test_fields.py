"""Noise and cells: functions of the seed and of canvas coordinates alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.fields import cells, clouds, lattice, mixed_seed, noise, noise_at
from layerforge.operations.operation import RenderContext
from tests.operations.pictures import no_source


def at(width: int, height: int) -> RenderContext:
    return RenderContext(width, height, no_source)


@pytest.mark.parametrize("size", [0.4, 0.05, 0.01, 0.003])
def test_noise_shrunk_by_area_is_noise_rendered_small(size: float) -> None:
    small = noise(at(96, 64), seed=5, size=size)
    for factor in (2, 5):
        large = noise(at(96 * factor, 64 * factor), seed=5, size=size)
        shrunk = cv2.resize(large, (96, 64), interpolation=cv2.INTER_AREA)
        assert np.abs(shrunk - small).max() <= 1e-5


def test_clouds_shrunk_by_area_are_clouds_rendered_small() -> None:
    small = clouds(at(96, 64), seed=5, size=0.5)
    large = clouds(at(480, 320), seed=5, size=0.5)
    shrunk = cv2.resize(large, (96, 64), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - small).mean() <= 0.02


def test_noise_is_even_handed() -> None:
    field = noise(at(600, 600), seed=1, size=0.02)
    assert field.dtype == np.float32
    assert float(field.mean()) == pytest.approx(0.0, abs=0.05)
    assert float(field.std()) == pytest.approx(1.0, abs=0.05)
    assert float(clouds(at(600, 600), seed=1, size=0.05).std()) == pytest.approx(1.0, abs=0.1)


def test_a_wider_canvas_shows_more_of_the_same_field() -> None:
    square, wide = noise(at(64, 64), seed=2, size=0.1), noise(at(96, 64), seed=2, size=0.1)
    assert np.abs(wide[:, 16:80] - square).max() <= 1e-5


def test_seeds_differ_and_repeat() -> None:
    one, same, other = (noise(at(200, 200), seed=seed, size=0.02) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert abs(float(np.corrcoef(one.ravel(), other.ravel())[0, 1])) < 0.1
    assert mixed_seed(1, 0) != mixed_seed(1, 1) != mixed_seed(2, 1)


def test_what_is_far_below_a_pixel_averages_out() -> None:
    assert not noise(at(1, 500), seed=1, size=0.01).any()


def test_the_lattice_is_even_and_uncorrelated() -> None:
    places = np.arange(-200, 200, dtype=np.int64)
    drawn = lattice(3, places[None, :], places[:, None])
    assert -1.0 <= float(drawn.min()) < -0.999
    assert 0.999 < float(drawn.max()) <= 1.0
    assert float(drawn.mean()) == pytest.approx(0.0, abs=0.01)
    assert float(drawn.std()) == pytest.approx(1 / np.sqrt(3), abs=0.005)
    for shifted in (drawn[:, 1:], drawn[1:]):
        rows, columns = shifted.shape
        apart = np.corrcoef(drawn[:rows, :columns].ravel(), shifted.ravel())[0, 1]
        assert abs(float(apart)) < 0.02


def test_cells_are_those_of_brute_force() -> None:
    mosaic = cells(at(60, 40), seed=9, size=0.2)
    # the points, found as the places deepest inside each cell of a finer rendering
    fine = cells(at(600, 400), seed=9, size=0.2)
    assert mosaic.count == len(mosaic.row) == fine.count
    assert np.array_equal(mosaic.column, fine.column)
    middle = fine.first[5::10, 5::10]
    assert float((middle == mosaic.first).mean()) > 0.97
    assert float(mosaic.gap.min()) >= -1e-6
    assert (mosaic.first != mosaic.second).all()
    borders = mosaic.first[:, 1:] != mosaic.first[:, :-1]
    beside = np.minimum(mosaic.gap[:, 1:], mosaic.gap[:, :-1])[borders]
    assert float(beside.max()) <= 1.0 / 40


def test_noise_read_at_many_points_is_that_read_at_each() -> None:
    across = np.linspace(-4.0, 5.0, 700, dtype=np.float32)[None, :]
    down = np.linspace(-3.0, 2.0, 300, dtype=np.float32)[:, None]
    whole = noise_at(3, across, down)
    assert whole.shape == (300, 700)
    for row in (0, 92, 93, 94, 299):
        for column in (0, 350, 699):
            one = noise_at(3, across[:, column : column + 1], down[row : row + 1])
            assert one[0, 0] == whole[row, column]
