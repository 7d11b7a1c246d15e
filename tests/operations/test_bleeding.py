"""Colours that go on under transparency."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.bleeding import bled, bled_rgb
from layerforge.operations.pixels import with_coverage
from tests.operations.pictures import clear, context, cut_out, flat, photo, read_only


def test_what_is_seen_keeps_its_colour() -> None:
    assert np.array_equal(bled_rgb(photo(60, 40)), photo(60, 40)[..., :3])
    given = cut_out(60, 40)
    solid = given[..., 3] == 1.0
    assert np.abs(bled_rgb(given) - given[..., :3])[solid].max() <= 1e-6


def test_one_colour_goes_on_everywhere() -> None:
    given = np.zeros((37, 53, 4), dtype=np.float32)
    given[20, 31] = (0.1, 0.25, 0.05, 0.5)
    assert np.abs(bled_rgb(read_only(given)) - (0.2, 0.5, 0.1)).max() <= 1e-5
    assert np.array_equal(bled(given)[..., 3], np.ones((37, 53)))


def test_each_place_takes_the_colour_that_is_near() -> None:
    given = np.zeros((64, 96, 4), dtype=np.float32)
    given[:, :10], given[:, -10:] = (0.9, 0.1, 0.1, 1.0), (0.1, 0.1, 0.9, 1.0)
    got = bled_rgb(read_only(given))
    assert np.abs(got[:, 14] - (0.9, 0.1, 0.1)).max() < 0.1
    assert np.abs(got[:, -15] - (0.1, 0.1, 0.9)).max() < 0.1
    middle = got[:, 48].mean(axis=0)
    assert middle == pytest.approx([0.5, 0.1, 0.5], abs=0.1)


def test_a_trace_of_coverage_does_not_count() -> None:
    """Resampling leaves traces whose colour means nothing."""
    given = flat(40, 40).copy()
    given[:, 20:] = 0.0
    given[:, 30] = (0.0, 1e-4, 0.0, 1e-4)
    assert np.abs(bled_rgb(read_only(given)) - (0.2, 0.5, 0.7)).max() < 0.05


def test_nothing_is_black_and_any_size_works() -> None:
    for size in ((1, 1), (1, 7), (5, 1), (30, 20)):
        assert not bled_rgb(clear(*size)).any()
        assert (
            bled_rgb(with_coverage(flat(*size), np.full(size[::-1], 0.3))).shape[:2] == size[::-1]
        )


def test_colours_go_on_alike_at_every_size() -> None:
    large, small = bled_rgb(cut_out(768, 512)), bled_rgb(cut_out(288, 192))
    shrunk = cv2.resize(large, (288, 192), interpolation=cv2.INTER_AREA)
    xs, ys = context(cut_out(288, 192)).grid()
    near = np.hypot(xs - 0.1, ys + 0.05) < 0.45
    assert np.abs(shrunk - small)[near].mean() * 255 <= 2.0
