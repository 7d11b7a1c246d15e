"""Blurs, detail and edges with a common definition, against scikit-image, SciPy and OpenCV.

Each tolerance is what another interpolation, another kernel's cut-off or a smaller working sheet
leaves.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage
from skimage import color as skimage_color
from skimage import filters, morphology, transform

from layerforge.operations.blur import (
    BilateralBlur,
    GaussianBlur,
    HighPass,
    LensBlur,
    MotionBlur,
    SpinBlur,
    SurfaceBlur,
    UnsharpMask,
    ZoomBlur,
)
from layerforge.operations.edges import DropShadow
from layerforge.operations.masking import FeatherMask, GrowMask, ShrinkMask
from layerforge.operations.pixels import Pixels
from layerforge.operations.spectral import BandPass
from layerforge.operations.stylize import Emboss
from layerforge.operations.tone import LocalContrast
from tests.operations.agreement import HIGH, WIDE, apart, given
from tests.operations.pictures import context, cut_out, read_only, rendered

Array = npt.NDArray[np.float64]


def rgb() -> Array:
    return given()[..., :3].astype(np.float64)


def channel_by_channel(filtered: object, **options: object) -> Array:
    """What a function of SciPy's makes of each channel, mirrored beyond the edge."""
    planes = [filtered(rgb()[..., one], mode="mirror", **options) for one in range(3)]
    return np.stack(planes, axis=-1)


@pytest.mark.parametrize("strength", [0.5, 1.5])
def test_unsharp_mask(strength: float) -> None:
    planes = [
        filters.unsharp_mask(rgb()[..., one], radius=2.0, amount=strength) for one in range(3)
    ]
    ours = UnsharpMask(radius=2.0 / HIGH, strength=strength)
    assert apart(ours, np.stack(planes, axis=-1), rim=8).max() <= 0.01


def test_high_pass() -> None:
    soft = filters.gaussian(rgb(), 4.0, mode="mirror", channel_axis=-1)
    want = np.clip(0.5 + 1.5 * (rgb() - soft), 0.0, 1.0)
    ours = HighPass(radius=4.0 / HIGH, gain=1.5, strength=1.0)
    assert apart(ours, want).max() <= 0.05


@pytest.mark.parametrize("gain", [-0.8, 1.5])
def test_a_band_of_detail_is_a_difference_of_gaussians(gain: float) -> None:
    band = filters.difference_of_gaussians(rgb(), 1.8, 4.8, mode="mirror", channel_axis=-1)
    want = np.clip(rgb() + gain * band, 0.0, 1.0)
    assert apart(BandPass(size=3.0 / HIGH, gain=gain), want).max() <= 0.05


# Blurs along a way read between pixels over and over, so they are compared on a soft picture.


@functools.cache
def soft() -> Pixels:
    return read_only(rendered(GaussianBlur(radius=1.5 / HIGH), given()))


@pytest.mark.parametrize(("angle", "axis"), [(0.0, 1), (90.0, 0)])
def test_motion_is_a_mean_along_its_line(angle: float, axis: int) -> None:
    means = ndimage.uniform_filter1d(soft()[..., :3], size=16, axis=axis, mode="mirror")
    # a mean of sixteen pixels lies half a pixel aside
    want = ndimage.shift(means, -0.5 * np.eye(3)[axis], order=3, mode="mirror")
    got = rendered(MotionBlur(length=16 / HIGH, angle=angle), soft())[..., :3]
    assert np.abs(got - want)[20:-20, 20:-20].mean() * 255 <= 0.2


def mean_of_moves(moves: list[transform.AffineTransform]) -> Array:
    """The mean of the picture under each of ``moves`` about its middle."""
    middle = np.array([WIDE / 2 - 0.5, HIGH / 2 - 0.5])
    there, back = (transform.AffineTransform(translation=way * middle) for way in (-1, 1))
    picture = soft()[..., :3].astype(np.float64)
    moved = [
        transform.warp(picture, (there + move + back).inverse, order=3, mode="reflect")
        for move in moves
    ]
    return np.mean(moved, axis=0)


def test_spin_is_a_mean_over_turns() -> None:
    turns = np.radians(10.0) * ((np.arange(41) + 0.5) / 41 - 0.5)
    want = mean_of_moves([transform.AffineTransform(rotation=turn) for turn in turns])
    got = rendered(SpinBlur(angle=10.0, x=0.0, y=0.0), soft())[..., :3]
    assert np.abs(got - want)[20:-20, 20:-20].mean() * 255 <= 0.8


def test_zoom_is_a_mean_over_scales() -> None:
    scales = 1.2 ** ((np.arange(41) + 0.5) / 41 - 0.5)
    want = mean_of_moves([transform.AffineTransform(scale=scale) for scale in scales])
    got = rendered(ZoomBlur(zoom=1.2, x=0.0, y=0.0), soft())[..., :3]
    assert np.abs(got - want)[20:-20, 20:-20].mean() * 255 <= 0.8


def test_a_lens_without_glow_is_a_mean_over_a_disc() -> None:
    disc = morphology.disk(4).astype(float)
    want = channel_by_channel(ndimage.convolve, weights=disc / disc.sum())
    assert apart(LensBlur(radius=4.0 / HIGH, glow=0.0), want).mean() <= 0.3


def grey() -> Pixels:
    sheet = given().copy()
    sheet[..., :3] = skimage_color.rgb2gray(given()[..., :3])[..., None]
    return sheet


def test_the_bilateral_blur_of_grey_is_opencvs() -> None:
    light = np.ascontiguousarray(grey()[..., 0])
    want = cv2.bilateralFilter(light, 25, 0.15, 4.0, borderType=cv2.BORDER_REFLECT_101)
    got = rendered(BilateralBlur(radius=4.0 / HIGH, edge=0.15), grey())[..., 0]
    assert np.abs(got - want).mean() * 255 <= 1.2


def guided(plane: Array, radius: int, variance: float) -> Array:
    """Algorithm 1 of He, Sun & Tang 2010 with the picture as its own guide."""

    def mean(values: Array) -> Array:
        return ndimage.uniform_filter(values, 2 * radius + 1, mode="mirror")

    slope = (mean(plane**2) - mean(plane) ** 2) / (mean(plane**2) - mean(plane) ** 2 + variance)
    return mean(slope) * plane + mean(mean(plane) - slope * mean(plane))


def test_the_surface_blur_is_the_guided_filter() -> None:
    want = np.stack([guided(rgb()[..., one], 4, 0.15**2) for one in range(3)], axis=-1)
    assert apart(SurfaceBlur(radius=4.0 / HIGH, edge=0.15), want, rim=12).max() <= 0.05


def test_local_contrast_strengthens_what_the_guided_filter_takes_away() -> None:
    light = skimage_color.rgb2gray(rgb())
    want = np.clip(rgb() + (light - guided(light, 8, 0.02))[..., None], 0.0, 1.0)
    assert apart(LocalContrast(radius=8.0 / HIGH, strength=1.0), want, rim=20).max() <= 0.05


def test_a_relief_is_a_difference_of_shifted_tones() -> None:
    soft = filters.gaussian(skimage_color.rgb2gray(rgb()), 0.5, mode="mirror")
    slopes = ndimage.correlate1d(soft, [-1.0, 0.0, 1.0], axis=1, mode="mirror")
    want = np.clip(rgb() - slopes[..., None], 0.0, 1.0)  # lit from the right
    assert apart(Emboss(depth=1.0 / HIGH, angle=0.0, gain=1.0, color=1.0), want).max() <= 0.1


# Of shapes. -------------------------------------------------------------------------------------


def disc() -> Pixels:
    return cut_out(WIDE, HIGH)


def test_a_shadow_is_a_shifted_blurred_shape() -> None:
    ours = DropShadow(distance=5.0 / HIGH, angle=90.0, softness=3.0 / HIGH, opacity=0.6)
    fallen = ndimage.shift(disc()[..., 3], (5.0, 0.0), order=1)
    soft = 0.6 * ndimage.gaussian_filter(fallen, 3.0, mode="constant")
    want = disc()[..., 3] + soft * (1.0 - disc()[..., 3])
    assert np.abs(rendered(ours, disc())[..., 3] - want).max() * 255 <= 0.05


@pytest.mark.parametrize("way", [-1, 1])
def test_an_edge_moves_by_its_distance(way: int) -> None:
    whole = disc()[..., 3] > 0.5
    sheet = given() * whole[..., None].astype(np.float32)
    mask = (GrowMask if way > 0 else ShrinkMask)(radius=5.0 / HIGH)
    hidden = whole.astype(np.float32)
    got = mask.cover(hidden, given() if way > 0 else sheet, context(given())) > 0.5
    if way > 0:
        want = morphology.isotropic_dilation(whole, 5.0)
    else:
        want = morphology.isotropic_erosion(whole, 5.0)
    assert (got != want).sum() <= 0.25 * 2 * np.pi * 0.33 * HIGH  # of the pixels of the rim


def test_a_feather_is_the_inner_half_of_a_blur() -> None:
    soft = ndimage.gaussian_filter(disc()[..., 3], 4.0, mode="constant")
    want = np.clip(2.0 * soft - 1.0, 0.0, 1.0)
    mask = FeatherMask(radius=4.0 / HIGH)
    got = mask.cover(np.ones((HIGH, WIDE), dtype=np.float32), disc(), context(disc()))
    assert np.abs(got - want).max() * 255 <= 0.05
