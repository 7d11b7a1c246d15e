"""The subject's own colours, against composites of which they are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.pixels import Pixels, Plane, with_coverage
from layerforge.rendering.foreground import foreground
from tests.operations.pictures import photo


def ramp_disc(height: int, width: int, *, soft: float) -> Plane:
    """1 inside a disc, falling to 0 over ``soft`` short sides."""
    ys, xs = np.mgrid[:height, :width].astype(np.float32)
    away = np.hypot(xs - width / 2, ys - height / 2) / height
    return np.clip((0.35 - away) / np.float32(soft) + 0.5, 0.0, 1.0).astype(np.float32)


def mixed_from(subject: Pixels, background: Pixels, matte: Plane) -> Pixels:
    share = matte[..., None]
    return (subject * share + background * (1 - share)).astype(np.float32)


@pytest.mark.parametrize("size", [(240, 160), (1500, 1000)])
def test_the_edge_carries_the_subjects_colour(size: tuple[int, int]) -> None:
    """A dark subject before a bright sky: the colours of the band are known."""
    width, height = size
    subject = photo(width, height) * np.float32([0.4, 0.3, 0.3, 1.0])
    sky = photo(width, height, "china.jpg") * np.float32(0.2) + np.float32([0.7, 0.75, 0.8, 0.8])
    matte = ramp_disc(height, width, soft=0.03)
    picture = mixed_from(subject, sky, matte)
    cut = foreground(picture, matte)
    assert np.array_equal(cut[..., 3], matte)
    band = (matte > 0.1) & (matte < 0.9)
    got = cut[..., :3][band] / matte[band][:, None]
    off = np.abs(got - subject[..., :3][band]).mean()
    naive = np.abs(picture[..., :3][band] - subject[..., :3][band]).mean()
    assert naive > 0.25
    assert off < 0.2 * naive


def test_what_is_whole_stays_as_it_is() -> None:
    picture, matte = photo(240, 160), ramp_disc(160, 240, soft=0.05)
    cut = foreground(picture, matte)
    assert np.abs(cut - picture)[matte == 1.0].max() <= 1e-6
    assert not cut[matte == 0.0].any()
    hard = (matte > 0.5).astype(np.float32)
    assert np.array_equal(foreground(picture, hard), with_coverage(picture, hard))


def test_a_picture_that_is_all_edge_and_one_with_clear_parts() -> None:
    picture = photo(60, 40)
    even = np.full((40, 60), 0.5, dtype=np.float32)
    assert np.isfinite(foreground(picture, even)).all()
    clear = with_coverage(picture, ramp_disc(40, 60, soft=0.4))
    cut = foreground(clear, ramp_disc(40, 60, soft=0.2))
    assert np.isfinite(cut).all()
    assert (cut[..., :3] <= cut[..., 3:] + 1e-6).all()
    assert foreground(picture[:1, :1], even[:1, :1]).shape == (1, 1, 4)


def test_a_larger_picture_is_cut_in_the_same_colours() -> None:
    def cut(width: int, height: int) -> Pixels:
        matte = ramp_disc(height, width, soft=0.04)
        mixed = mixed_from(photo(width, height), photo(width, height, "china.jpg"), matte)
        return foreground(mixed, matte)

    shrunk = cv2.resize(cut(1536, 1024), (384, 256), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - cut(384, 256)).mean() * 255 < 1.0
