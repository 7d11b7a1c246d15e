"""Blurs, against Pillow and sums worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from layerforge.operations.blur import (
    BilateralBlur,
    Bloom,
    BoxBlur,
    GaussianBlur,
    HighPass,
    LensBlur,
    MedianBlur,
    MotionBlur,
    SpinBlur,
    SurfaceBlur,
    TiltShift,
    UnsharpMask,
    ZoomBlur,
)
from layerforge.operations.pixels import from_uint8, to_uint8
from layerforge.operations.sampling import blurred, blurred_wide
from tests.operations.pictures import cut_out, flat, photo, rendered


def dot(width: int = 61, height: int = 61) -> np.ndarray:
    pixels = np.zeros((height, width, 4), dtype=np.float32)
    pixels[..., 3] = 1.0
    pixels[height // 2, width // 2, :3] = 1.0
    return pixels


@pytest.mark.parametrize("radius", [0.01, 0.03, 0.05])
def test_the_gaussian_is_that_of_pillow(radius: float) -> None:
    pixels = photo(160, 100)
    image = Image.fromarray(np.ascontiguousarray(to_uint8(pixels[..., :3])))
    want = from_uint8(np.asarray(image.filter(ImageFilter.GaussianBlur(radius * 100))))
    got = rendered(GaussianBlur(radius=radius), pixels)[..., :3]
    inner = (slice(20, -20), slice(20, -20))  # the two treat the border differently
    assert np.abs(got[inner] - want[inner]).mean() <= 1.5 / 255


def test_the_gaussian_has_the_spread_it_says() -> None:
    got = rendered(GaussianBlur(radius=0.05), dot())[..., 0]
    xs = np.arange(-30, 31)[None, :]
    spread = float(np.sqrt((got * xs**2).sum() / got.sum()))
    assert spread == pytest.approx(0.05 * 61, rel=0.03)
    assert float(got.sum()) == pytest.approx(1.0, abs=0.01)


def test_motion_runs_along_its_angle() -> None:
    got = rendered(MotionBlur(length=0.2, angle=0.0), dot())[..., 0]
    lit = np.argwhere(got > 0.01)
    assert set(lit[:, 0]) == {30}
    assert abs(np.ptp(lit[:, 1]) - 0.2 * 61) <= 2
    slanted = np.argwhere(rendered(MotionBlur(length=0.2, angle=45.0), dot())[..., 0] > 0.01)
    assert np.corrcoef(slanted.T)[0, 1] > 0.9  # right and down together


def test_zoom_and_spin_leave_their_middle_sharp() -> None:
    middle = dot()
    for blur in (ZoomBlur(zoom=1.3, x=0.0, y=0.0), SpinBlur(angle=20.0, x=0.0, y=0.0)):
        assert rendered(blur, middle)[30, 30, 0] > 0.5
        away = np.roll(middle, 18, axis=1)
        assert rendered(blur, away)[..., 0].max() < 0.5


def test_the_lens_blur_is_a_disc() -> None:
    got = rendered(LensBlur(radius=0.03, glow=0.0), dot(201, 201))[..., 0]
    ys, xs = np.mgrid[-100:101, -100:101]
    radius = 0.03 * 201
    inside = np.hypot(xs, ys) < radius - 1
    assert float(np.ptp(got[inside])) <= 1e-5
    assert got[np.hypot(xs, ys) > radius + 1].max() <= 1e-6


def test_sharpening_steepens_an_edge() -> None:
    pixels = np.ones((40, 60, 4), dtype=np.float32)
    pixels[:, :30, :3], pixels[:, 30:, :3] = 0.4, 0.6
    got = rendered(UnsharpMask(radius=0.02, strength=1.0), pixels)[20, :, 0]
    assert got[29] < 0.4 - 0.02
    assert got[30] > 0.6 + 0.02
    assert got[0] == pytest.approx(0.4, abs=1e-4)


def test_bloom_only_lightens() -> None:
    got = rendered(Bloom(radius=0.05, level=0.4, strength=1.0), photo(96, 64))
    assert (got >= photo(96, 64) - 1e-6).all()
    assert got.mean() > photo(96, 64).mean() + 0.01


def test_the_surface_blur_keeps_a_strong_edge() -> None:
    rng = np.random.default_rng(1)
    pixels = np.ones((60, 80, 4), dtype=np.float32)
    pixels[:, :40, :3], pixels[:, 40:, :3] = 0.2, 0.8
    noisy = pixels.copy()
    noisy[..., :3] += rng.normal(0, 0.03, (60, 80, 1)).astype(np.float32)
    got = rendered(SurfaceBlur(radius=0.05, edge=0.15), noisy)
    assert got[5:-5, 5:30, 0].std() < 0.4 * noisy[5:-5, 5:30, 0].std()
    assert float(got[30, 41, 0] - got[30, 38, 0]) > 0.5


def test_tilt_shift_keeps_its_band() -> None:
    blur = TiltShift(radius=0.04, angle=0.0, offset=0.0, width=0.3)
    given = photo(96, 64)
    apart = np.abs(rendered(blur, given) - given).mean(axis=(1, 2))
    assert apart[30:34].max() <= 1e-6
    assert apart[0] > 0.005


def test_blurs_never_darken_the_edge_of_a_cut_out() -> None:
    white = np.ones((48, 64, 4), dtype=np.float32) * cut_out(64, 48)[..., 3:]
    for blur in (GaussianBlur(radius=0.04), MotionBlur(length=0.2, angle=30.0)):
        got = rendered(blur, white)
        assert np.abs(got[..., :3] - got[..., 3:]).max() <= 1e-5


@pytest.mark.parametrize("blur", [GaussianBlur(radius=0.03), SurfaceBlur(radius=0.03, edge=0.1)])
def test_flat_stays_flat(blur: GaussianBlur | SurfaceBlur) -> None:
    assert rendered(blur, flat(40, 30)) == pytest.approx(flat(40, 30), abs=1e-5)


def test_the_box_blur_is_pillows() -> None:
    given = photo(200, 100)
    got = rendered(BoxBlur(radius=0.055), given)  # 5.5 px: whole pixels on either side of one
    image = Image.fromarray(to_uint8(given[..., :3])).filter(ImageFilter.BoxBlur(5))
    inner = np.s_[8:-8, 8:-8]
    expected = from_uint8(np.asarray(image))
    assert np.abs(got[..., :3] - expected)[inner].max() <= 2.5 / 255


def test_the_median_is_pillows_between_whole_sizes() -> None:
    given = photo(200, 100)
    got = rendered(MedianBlur(radius=0.02), given)  # 2 px
    image = Image.fromarray(to_uint8(given[..., :3])).filter(ImageFilter.MedianFilter(5))
    inner = np.s_[4:-4, 4:-4]
    assert np.abs(got[..., :3] - from_uint8(np.asarray(image)))[inner].max() <= 1 / 255


def test_the_bilateral_blur_smooths_noise_and_keeps_a_step() -> None:
    rng = np.random.default_rng(2)
    pixels = flat(120, 90).copy()
    pixels[..., :3] = 0.25 + 0.02 * rng.standard_normal((90, 120, 1))
    pixels[:, 60:, :3] += 0.5
    got = rendered(BilateralBlur(radius=0.03, edge=0.1), np.clip(pixels, 0, 1).astype(np.float32))
    assert got[20:70, 10:50, 0].std() < 0.4 * pixels[20:70, 10:50, 0].std()
    step = got[:, 61, 0].mean() - got[:, 58, 0].mean()
    assert step > 0.45


@pytest.mark.parametrize("edge", [0.05, 0.2])
def test_the_bilateral_blur_is_the_one_of_its_definition(edge: float) -> None:
    """Against a sum over all pairs of pixels, mirrored beyond the border."""
    given = photo(48, 36, "china.jpg")
    sigma = 0.05 * 36
    margin = 8
    wide = np.pad(
        given[..., :3].astype(np.float64), ((margin,) * 2, (margin,) * 2, (0, 0)), "reflect"
    )
    tone = wide @ [0.2126, 0.7152, 0.0722]
    want = np.zeros((36, 48, 3))
    for y in range(36):
        for x in range(48):
            near = np.s_[y : y + 2 * margin + 1, x : x + 2 * margin + 1]
            away = np.arange(-margin, margin + 1) ** 2
            place = (away[:, None] + away[None, :]) / sigma**2
            apart = (tone[near] - tone[y + margin, x + margin]) / edge
            weights = np.exp(-0.5 * (place + apart**2))
            want[y, x] = np.einsum("hw,hwc->c", weights, wide[near]) / weights.sum()
    got = rendered(BilateralBlur(radius=0.05, edge=edge), given)[..., :3]
    assert np.abs(got - want).mean() * 255 <= 2.0


def test_the_high_pass_turns_flat_places_grey_and_keeps_detail() -> None:
    high = HighPass(radius=0.05, gain=1.0, strength=1.0)
    assert rendered(high, flat(60, 40))[..., :3] == pytest.approx(0.5, abs=1e-3)
    fine = flat(60, 40).copy()
    fine[::2, :, :3] = 0.6
    fine[1::2, :, :3] = 0.4
    assert rendered(high, fine)[10:30, 10:50, 0].std() == pytest.approx(0.1, abs=0.01)


def test_the_wide_blur_is_the_plain_one() -> None:
    given = photo(300, 200)
    for sigma in (5.0, 12.0, 30.0):
        apart = np.abs(blurred_wide(given, sigma) - blurred(given, sigma))
        assert apart.mean() * 255 < 1.0
