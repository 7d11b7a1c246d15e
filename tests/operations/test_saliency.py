"""What stands out is what does not hold on to the picture's border."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.pixels import Pixels
from layerforge.operations.saliency import saliency, split
from tests.operations.pictures import clear, context, flat, photo, read_only


def landscape() -> Pixels:
    """Sky over grass, and a dark tree that stands on the grass, off the middle."""
    pixels = flat(192, 144).copy()
    xs, ys = context(pixels).grid()
    pixels[..., :3] = np.where((ys < 0.2)[..., None], (0.6, 0.75, 0.95), (0.45, 0.6, 0.3))
    pixels[(np.abs(xs - 0.2) < 0.12) & (ys > -0.3) & (ys < 0.3), :3] = (0.25, 0.15, 0.1)
    wave = 0.03 * np.sin(xs * 60) * np.cos(ys * 70)
    pixels[..., :3] = np.clip(pixels[..., :3] + wave[..., None], 0.0, 1.0)
    return read_only(pixels)


def test_sky_and_ground_along_the_border_do_not_stand_out() -> None:
    given = landscape()
    xs, ys = context(given).grid()
    found = saliency(given)
    tree = (np.abs(xs - 0.2) < 0.09) & (np.abs(ys) < 0.27)
    background = (np.abs(xs - 0.2) > 0.17) | (ys < -0.35)
    assert found.shape == (144, 192)
    assert found[tree].min() > 0.8
    assert found[background].mean() < 0.1
    assert found[background].max() < 0.4


def test_what_touches_the_border_in_one_place_still_stands_out() -> None:
    given = flat(160, 120).copy()
    given[60:, 50:90, :3] = (0.9, 0.3, 0.1)
    found = saliency(read_only(given))
    assert found[70:, 55:85].min() > 0.8
    assert found[:, :40].max() < 0.2
    assert found[:, 100:].max() < 0.2


def test_the_sky_over_the_pagoda_does_not_stand_out() -> None:
    found = saliency(photo(256, 170, "china.jpg"))
    tower, sky = found[40:115, 50:115], found[:60, 140:]
    assert np.median(tower) > 0.6
    assert np.median(sky) < 0.2


def test_it_is_the_same_at_every_size() -> None:
    small = saliency(photo(240, 160, "china.jpg"))
    large = saliency(photo(600, 400, "china.jpg"))
    shrunk = cv2.resize(large, (240, 160), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - small).mean() < 0.04


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (7, 5)], ids=str)
def test_any_size_and_nothing_to_tell_work(size: tuple[int, int]) -> None:
    for given in (flat(*size), clear(*size), photo(*size)):
        found = saliency(given)
        assert found.shape == size[::-1]
        assert np.isfinite(found).all()
        assert found.min() >= 0.0
        assert found.max() <= 1.0


def test_regions_are_of_one_colour_and_fill_the_picture() -> None:
    given = landscape()
    regions = split(given[..., :3])
    sizes = np.bincount(regions.number.ravel()) / regions.number.size
    assert regions.size == pytest.approx(sizes)
    assert sizes.sum() == pytest.approx(1.0)
    assert 150 < len(sizes) < 300
    drawn = regions.color[regions.number]
    assert np.abs(drawn - given[..., :3]).mean() < 0.03
    border = np.ones_like(regions.number, dtype=bool)
    border[1:-1, 1:-1] = False
    assert set(np.flatnonzero(regions.rim)) == set(np.unique(regions.number[border]))
