"""Sameness against scikit-image, and pictures whose differences are worked out by hand."""

import numpy as np
import pytest
from skimage.data import astronaut
from skimage.metrics import structural_similarity

from layerforge.scoring.sameness import Sameness

PHOTO = np.ascontiguousarray(astronaut()[:256, :256])


def with_inset(picture, side):
    """Another picture in a corner, as large as ``side`` pixels."""
    changed = picture.copy()
    changed[20 : 20 + side, 30 : 30 + side] = astronaut()[-side:, -side:]
    return changed


def test_the_structure_is_that_of_scikit_image():
    noise = np.random.default_rng(0).normal(0.0, 8.0, PHOTO.shape)
    other = np.clip(PHOTO + noise, 0, 255).astype(np.uint8)
    grey = [picture @ [0.299, 0.587, 0.114] / 255.0 for picture in (PHOTO, other)]
    truth = structural_similarity(
        *grey, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1.0
    )
    assert Sameness.of(PHOTO, other).structure == pytest.approx(truth, abs=0.01)


def test_differences_are_in_shares_of_the_full_range():
    one = np.zeros((160, 160, 3), dtype=np.uint8)
    other = one.copy()
    other[:10, :10] = 51  # one place of 256, a fifth of the range
    found = Sameness.of(one, other)
    assert found.difference == pytest.approx(0.2 / 256)
    assert (found.worst, found.largest) == (pytest.approx(0.2), pytest.approx(0.2))


def test_the_same_picture_is_the_same_and_a_shade_is_not_seen():
    found = Sameness.of(PHOTO, PHOTO)
    assert (found.difference, found.worst, found.largest) == (0.0, 0.0, 0.0)
    assert found.structure == pytest.approx(1.0)
    shade = np.where(PHOTO < 254, PHOTO + 1, PHOTO).astype(np.uint8)
    assert Sameness.of(PHOTO, shade).same
    assert Sameness.of(PHOTO, shade).unseen


@pytest.mark.parametrize("side", [24, 60, 150])
def test_a_small_inset_makes_another_picture(side):
    assert not Sameness.of(PHOTO, with_inset(PHOTO, side)).same


def test_so_does_a_grain_all_over_it():
    grain = np.random.default_rng(1).integers(-30, 31, PHOTO.shape)
    other = np.clip(PHOTO + grain, 0, 255).astype(np.uint8)
    assert not Sameness.of(PHOTO, other).same


def test_what_hardly_shows_is_the_same_but_can_be_seen():
    other = PHOTO.copy()
    other[100:104, 100:104] = np.clip(PHOTO[100:104, 100:104].astype(int) + 40, 0, 255)
    found = Sameness.of(PHOTO, other)
    assert found.same
    assert not found.unseen
