"""Reading pixels at other places."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.sampling import (
    EMPTY,
    averaged,
    blurred,
    box_mean,
    edge_px,
    sampled_at,
    smeared,
    supersampled,
    transformed,
    turned,
)
from tests.operations.pictures import context, noise_picture, photo


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (31, 20)], ids=str)
def test_reading_in_place_changes_nothing(size: tuple[int, int]) -> None:
    pixels = noise_picture(*size)
    at = context(pixels)
    xs, ys = at.grid()
    assert np.abs(sampled_at(pixels, xs, ys, at) - pixels).max() <= 1e-6
    assert np.array_equal(transformed(pixels, turned(), unit_px=at.short_side), pixels)


def test_whole_pixels_are_moved_and_mirrored_at_the_edge() -> None:
    pixels = noise_picture(30, 20)
    at = context(pixels)
    xs, ys = at.grid()
    moved = sampled_at(pixels, xs + np.float32(3 / 20), ys, at)
    assert np.abs(moved[:, :-3] - pixels[:, 3:]).max() <= 1e-5
    assert np.abs(moved[:, -1] - pixels[:, -4]).max() <= 1e-5
    far = sampled_at(pixels, xs + np.float32(58 * 7 / 20), ys, at)  # seven whole mirror periods
    assert np.abs(far - pixels).max() <= 0.02
    empty = sampled_at(pixels, xs + np.float32(3 / 20), ys, at, border=EMPTY)
    assert not empty[:, -2:].any()


def test_turning_is_clockwise_about_its_point() -> None:
    pixels = noise_picture(21, 21)
    got = transformed(pixels, turned(angle_deg=90.0), unit_px=21.0)
    assert np.abs(got - np.rot90(pixels, -1)).max() <= 1e-5
    matrix = turned(angle_deg=50.0, scale=1.7, x=0.2, y=-0.1)
    assert matrix @ np.array([0.2, -0.1, 1.0]) == pytest.approx([0.2, -0.1])


def test_a_smear_is_the_average_along_its_path() -> None:
    pixels = photo(60, 40)
    at = context(pixels)
    travel = 16

    def path(share: float) -> np.ndarray:
        return np.column_stack([np.eye(2), [share * travel / 40, 0.0]])

    got = smeared(pixels, path, at, travel_px=travel)
    wide = np.pad(pixels, ((0, 0), (12, 12), (0, 0)), mode="reflect")
    want = np.mean([wide[:, 12 + shift : 72 + shift] for shift in range(-8, 9)], axis=0)
    assert np.abs(got - want).mean() <= 2 / 255


def test_blurs_keep_flat_sheets_and_sums() -> None:
    flat = np.full((20, 30), 0.4, dtype=np.float32)
    assert blurred(flat, 3.0) == pytest.approx(flat)
    assert box_mean(flat, 4.0) == pytest.approx(flat)
    dot = np.zeros((41, 41), dtype=np.float32)
    dot[20, 20] = 1.0
    assert float(blurred(dot, 3.0).sum()) == pytest.approx(1.0, abs=1e-4)
    assert float(box_mean(dot, 2.0).max()) == pytest.approx(1 / 25)
    still = blurred(flat, 0.0)
    assert np.array_equal(still, flat)
    assert not np.shares_memory(still, flat)


def test_edges_run_over_one_pixel() -> None:
    distances = np.array([-1.0, -0.5, 0.0, 0.25, 0.5, 2.0], dtype=np.float32)
    assert edge_px(distances).tolist() == [0.0, 0.0, 0.5, 0.75, 1.0, 1.0]


def test_fine_detail_is_painted_larger_and_keeps_alpha() -> None:
    pixels = noise_picture(24, 16)
    sizes = []

    def paint(given: np.ndarray, at: object) -> np.ndarray:
        sizes.append(given.shape[:2])
        return given.copy()

    for detail in (9.0, 2.0, 0.1):
        got = supersampled(pixels, context(pixels), detail_px=detail, paint=paint)
        assert np.array_equal(got[..., 3], pixels[..., 3])
    assert sizes == [(16, 24), (32, 48), (64, 96)]


def test_means_over_intervals_are_those_worked_out_by_hand() -> None:
    values = np.array([[[1.0], [3.0], [7.0]]], dtype=np.float32)
    edges = np.array([0.0, 1.0, 2.0, 4.0])
    wanted = np.array([-1.0, 0.5, 1.5, 4.0])
    got = averaged(values, edges, wanted, axis=1)
    # half of 1; half of 1 and half of 3; half of 3 and two of 7
    assert got[0, :, 0] == pytest.approx([1.0, 2.0, 15.5 / 2.5])
    upright = averaged(values.transpose(1, 0, 2), edges, wanted, axis=0)
    assert np.array_equal(upright.transpose(1, 0, 2), got)
