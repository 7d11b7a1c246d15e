"""Warps, blocks and clones with a common definition, against scikit-image, Pillow and SciPy."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from scipy import sparse
from scipy.sparse.linalg import spsolve
from skimage import transform

from layerforge.operations.blur import GaussianBlur
from layerforge.operations.glitch import JpegDecay
from layerforge.operations.operation import Filter
from layerforge.operations.pixels import Pixels
from layerforge.operations.spectral import SeamlessClone
from layerforge.operations.warp import LensDistortion, Perspective, Swirl, Unroll
from tests.operations.agreement import HIGH, WIDE, eight_bit, given
from tests.operations.pictures import context, photo, read_only, rendered

Array = npt.NDArray[np.float64]
MIDDLE = np.array([WIDE / 2 - 0.5, HIGH / 2 - 0.5])


@functools.cache
def soft() -> Pixels:
    return read_only(rendered(GaussianBlur(radius=1.5 / HIGH), given()))


def warped(places: Callable[[Array], Array]) -> Array:
    """The picture read by scikit-image where ``places`` says, from and to (x, y) pixels (N, 2)."""
    picture = soft()[..., :3].astype(np.float64)
    return np.asarray(transform.warp(picture, places, order=3, mode="reflect"))


def apart(operation: Filter, want: Array, *, rim: int = 6) -> Array:
    """Differences in 1/255 from ``want``, but for a rim, where borders are treated unlike."""
    got = rendered(operation, soft())[..., :3]
    return np.abs(got - want)[rim:-rim, rim:-rim] * 255


def test_a_swirl_turns_every_place_about_the_middle() -> None:
    def places(at: Array) -> Array:
        away = at - MIDDLE
        near = np.clip(1.0 - np.hypot(*away.T) / (0.45 * HIGH), 0.0, None)
        turn = np.radians(-120.0) * near**2
        turned = np.stack(
            [
                np.cos(turn) * away[:, 0] - np.sin(turn) * away[:, 1],
                np.sin(turn) * away[:, 0] + np.cos(turn) * away[:, 1],
            ],
            axis=-1,
        )
        return turned + MIDDLE

    ours = Swirl(angle=120.0, radius=0.45, x=0.0, y=0.0)
    assert apart(ours, warped(places)).mean() <= 0.15


@pytest.mark.parametrize("strength", [0.4, -0.3])
def test_a_lens_distorts_by_browns_first_term_as_opencv_does(strength: float) -> None:
    corner = float(np.hypot(*MIDDLE))
    camera = np.array([[corner, 0.0, MIDDLE[0]], [0.0, corner, MIDDLE[1]], [0.0, 0.0, 1.0]])
    seen = camera.copy()
    # undistorting reads a place farther out, as a barrel does; it is held within the picture
    seen[[0, 1], [0, 1]] *= 1.0 + max(strength, 0.0)
    term = strength * (1.0 + max(strength, 0.0)) ** 2
    want = cv2.undistort(
        soft()[..., :3].copy(), camera, np.array([term, 0.0, 0.0, 0.0]), newCameraMatrix=seen
    )
    assert apart(LensDistortion(strength=strength), want, rim=25).mean() <= 0.6


def test_perspective_is_a_projective_map() -> None:
    half = HIGH / 2
    tilt = np.eye(3)
    tilt[2, 0] = 0.5 / (2 * half)
    to_middle = transform.AffineTransform(translation=-MIDDLE).params
    back = transform.AffineTransform(translation=MIDDLE).params
    map_ = transform.ProjectiveTransform(matrix=back @ tilt @ to_middle)
    picture = soft().astype(np.float64)
    want = transform.warp(picture, map_.inverse, order=1, mode="constant", cval=0.0)
    got = rendered(Perspective(across=0.5, down=0.0), soft())
    assert np.abs(got - want).mean() * 255 <= 0.1


def test_unrolling_is_polar_coordinates() -> None:
    def places(at: Array) -> Array:
        bearing = 2.0 * np.pi * (at[:, 0] + 0.5) / WIDE - np.pi
        away = 0.12 + 0.88 * (at[:, 1] + 0.5) / HIGH
        x, y = away * np.cos(bearing) * WIDE / 2, away * np.sin(bearing) * HIGH / 2
        return np.stack([x, y], axis=-1) + MIDDLE

    ours = Unroll(turn=0.0, reach=1.0, middle_up=True)
    assert apart(ours, warped(places), rim=20).mean() <= 0.3


@pytest.mark.parametrize("quality", [3, 12])
def test_a_decayed_jpeg_is_pillows(quality: int) -> None:
    saved = io.BytesIO()
    eight_bit(given()).save(saved, "JPEG", quality=quality, subsampling="4:2:0")
    with Image.open(saved) as picture:
        want = np.asarray(picture.convert("RGB"), dtype=np.float64)
    got = rendered(JpegDecay(block=8.0 / HIGH, quality=quality, times=1), given())[..., :3]
    assert np.abs(got * 255 - want).max() <= 0.01


@pytest.mark.parametrize("size", [0.5, 0.7, 0.95])
def test_a_seamless_clone_solves_poissons_equation(size: float) -> None:
    layer, below = photo(WIDE, HIGH), photo(WIDE, HIGH, "china.jpg")
    ours = SeamlessClone(size=size, x=0.0, y=0.0, strength=1.0)
    got = ours.render(layer, context(layer))
    surface = membrane((below - layer)[..., :3].astype(np.float64), got[..., 3] > 0.02)
    whole = got[..., 3] > 0.98
    want = np.clip(layer[..., :3] + surface, 0.0, 1.0)
    assert np.abs(surface[whole]).mean() * 255 > 40.0
    # ours is worked out on a smaller sheet
    assert np.abs(got[..., :3] - want)[whole].mean() * 255 <= 2.5


def membrane(difference: Array, inside: npt.NDArray[np.bool_]) -> Array:
    """Laplace's equation inside, with ``difference`` as its values around; 5-point stencil."""
    numbers = np.full(inside.shape, -1)
    numbers[inside] = np.arange(inside.sum())
    rows, columns = np.nonzero(inside)
    own = numbers[rows, columns]
    known = np.zeros((len(own), 3))
    entries = [(own, own, np.full(len(own), 4.0))]
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        there = rows + down, columns + right
        within = inside[there]
        entries.append((own[within], numbers[there][within], np.full(int(within.sum()), -1.0)))
        known[~within] += difference[there][~within]
    along, across, values = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    matrix = sparse.csc_matrix((values, (along, across)))
    surface = difference.copy()
    surface[inside] = spsolve(matrix, known)
    return surface
