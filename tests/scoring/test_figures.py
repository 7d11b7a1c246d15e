from __future__ import annotations

import io
import math

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from layerforge.operations.pixels import to_oklab
from layerforge.scoring import figures


def spectrum_noise(power_slope: float, *, seed: int = 0) -> npt.NDArray[np.float32]:
    """(256, 256) with random phases and radial power of the given slope."""
    rng = np.random.default_rng(seed)
    radius = np.hypot(*np.meshgrid(np.fft.fftfreq(256, 1 / 256), np.fft.fftfreq(256, 1 / 256)))
    radius[0, 0] = 1.0
    white = np.fft.fft2(rng.normal(size=(256, 256)))
    plane = np.fft.ifft2(white * radius ** (power_slope / 2.0)).real
    return (0.5 + 0.15 * plane / plane.std()).astype(np.float32)


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    picture = np.empty((256, 256, 3), dtype=np.uint8)
    picture[:, :128] = left
    picture[:, 128:] = right
    return picture


def test_colourfulness_of_one_grey_is_nothing() -> None:
    assert figures.colourfulness(halves((90, 90, 90), (90, 90, 90))) == pytest.approx(0, abs=1e-6)


def test_colourfulness_of_one_red_is_its_mean_opponents() -> None:
    # rg = 1, yb = 1/2, no deviation
    expected = 0.3 * math.hypot(1.0, 0.5)
    assert figures.colourfulness(halves((255, 0, 0), (255, 0, 0))) == pytest.approx(expected)


def test_colourfulness_of_half_red_half_green() -> None:
    # rg = ±1: mean 0, deviation 1; yb = 1/2 throughout: M = 1 + 0.3 / 2
    assert figures.colourfulness(halves((255, 0, 0), (0, 255, 0))) == pytest.approx(1.15)


def test_oklab_of_pure_red_is_the_published_one() -> None:
    red = figures.oklab(np.array([[[255, 0, 0]]], dtype=np.uint8))[0, 0]
    np.testing.assert_allclose(red, (0.62796, 0.22486, 0.12585), atol=1e-4)


def test_oklab_agrees_with_that_of_the_operations() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    expected = to_oklab(picture.astype(np.float32) / np.float32(255.0))
    np.testing.assert_allclose(figures.oklab(picture), expected, atol=2e-5)


def test_entropy_of_a_ramp_of_64_levels_is_6_bits() -> None:
    ramp = np.repeat((np.arange(64, dtype=np.float32) + 0.5) / 64, 1024).reshape(256, 256)
    assert figures.entropy(ramp) == pytest.approx(6.0)


def test_entropy_counts_black_white_and_a_little_more_than_white() -> None:
    plane = np.array([[0.0, 1.0], [1.00001, 0.0]], dtype=np.float32)
    assert figures.entropy(plane) == pytest.approx(1.0)
    assert figures.entropy(np.ones((4, 4), dtype=np.float32)) == 0.0


def test_jpeg_bytes_are_near_those_of_another_encoder() -> None:
    rng = np.random.default_rng(0)
    picture = (spectrum_noise(-2.0)[..., None] * rng.uniform(120, 250, 3)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=75)
    assert figures.jpeg_bytes(picture) == pytest.approx(
        len(buffer.getvalue()) / picture.size, rel=0.03
    )


def test_gradient_of_a_ramp_is_its_rise_a_pixel() -> None:
    across = np.tile(np.arange(32, dtype=np.float32) * np.float32(0.02), (32, 1))
    gradient = figures.gradient_magnitude(across + across.T * np.float32(0.75))
    np.testing.assert_allclose(gradient[1:-1, 1:-1], 0.02 * 1.25, rtol=1e-4)


def test_bell_curve_of_two_responses() -> None:
    gradient = np.array([[1e-3 * math.e, 1e-3 * math.e**3, 5e-4]], dtype=np.float32)
    assert figures.bell_curve(gradient) == pytest.approx((2.0, 1.0), abs=1e-5)


def test_bell_curve_without_a_response() -> None:
    assert figures.bell_curve(np.full((4, 4), 1e-4, dtype=np.float32)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0, 1], 0.5), ([1, 2, 3, 4], 0.25), ([7, 7, 7], 0.0), ([0] * 9 + [3], 0.9), ([0, 0], 0.0)],
)
def test_gini_of_known_sets(values: list[float], expected: float) -> None:
    assert figures.gini(np.array(values, dtype=np.float32)) == pytest.approx(expected, abs=1e-4)


def test_gini_agrees_with_all_pairs() -> None:
    values = (np.random.default_rng(1).random(500) ** 6).astype(np.float32)
    pairs = np.abs(values[:, None] - values[None, :]).mean() / (2.0 * values.mean())
    assert figures.gini(values) == pytest.approx(pairs, abs=1e-3)


def test_evenness_of_all_one_and_two_of_sixteen_cells() -> None:
    plane = np.zeros((256, 256), dtype=np.float32)
    assert figures.evenness(plane) == 0.0
    plane[:64, :64] = 1.0
    assert figures.evenness(plane) == pytest.approx(0.0, abs=1e-6)
    plane[192:, 64:128] = 1.0
    assert figures.evenness(plane) == pytest.approx(0.25, abs=1e-6)
    assert figures.evenness(np.ones((256, 256), dtype=np.float32)) == pytest.approx(1.0)


def weight(level: int) -> float:
    share = level / 9
    return (-0.406385 * share + 0.334573) * share + 0.0877526


def test_global_contrast_of_a_fine_checkerboard_is_the_first_weight() -> None:
    checks = (np.indices((256, 256)).sum(axis=0) % 2).astype(np.float32)
    # the odd sizes of superpixel do not cut the squares evenly, so a little is left of them
    assert figures.global_contrast(checks) == pytest.approx(weight(1), rel=0.05)


def test_global_contrast_of_two_halves_is_one_step_at_each_size() -> None:
    plane = np.zeros((256, 256), dtype=np.float32)
    plane[:, 128:] = 1.0
    sides = (256, 128, 64, 32, 16, 10, 5, 3, 2)
    expected = sum(weight(i) / (2 * (side - 1)) for i, side in enumerate(sides, start=1))
    assert figures.global_contrast(plane) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("power_slope", [0.0, -1.0, -2.0, -3.0])
def test_slope_of_synthesised_noise(power_slope: float) -> None:
    slope, residual = figures.spectral_slope(spectrum_noise(power_slope))
    assert slope == pytest.approx(power_slope, abs=0.12)
    assert residual < 0.2


def test_slope_residual_is_large_for_a_grid() -> None:
    lines = np.tile((np.arange(256) % 16 < 8).astype(np.float32), (256, 1))
    assert figures.spectral_slope(lines * lines.T)[1] > 0.5


def test_slope_of_a_flat_picture_is_nothing() -> None:
    assert figures.spectral_slope(np.full((256, 256), 0.3, dtype=np.float32)) == pytest.approx(
        (0.0, 0.0), abs=1e-6
    )


def test_mean_difference_and_blur() -> None:
    one, other = np.zeros((4, 5), dtype=np.float32), np.full((4, 5), -0.25, dtype=np.float32)
    assert figures.mean_difference(one, other) == pytest.approx(0.25)
    spot = np.zeros((65, 65), dtype=np.float32)
    spot[32, 32] = 1.0
    blurred = figures.blurred(spot, sigma=3.0)
    assert blurred.sum() == pytest.approx(1.0, abs=1e-4)
    assert blurred[32, 32] == pytest.approx(1.0 / (2.0 * math.pi * 9.0), rel=0.01)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((4, 4), dtype=np.uint8),
        np.zeros((4, 4, 4), dtype=np.uint8),
        np.zeros((4, 4, 3), dtype=np.float32),
        np.zeros((0, 4, 3), dtype=np.uint8),
    ],
)
def test_shrink_refuses_what_is_no_picture(picture: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="picture must"):
        figures.shrink(picture, side=8)


def test_shrink_averages_areas() -> None:
    picture = np.repeat(np.array([[[10, 20, 30]], [[30, 40, 50]]], dtype=np.uint8), 2, axis=1)
    np.testing.assert_array_equal(figures.shrink(picture, side=1), [[[20, 30, 40]]])


def large_pixels(picture, side):
    """In squares of one colour, ``side`` pixels wide, as a mosaic filter makes them."""
    height, width = (length // side * side for length in picture.shape[:2])
    small = cv2.resize(
        picture[:height, :width], (width // side, height // side), interpolation=cv2.INTER_AREA
    )
    return np.repeat(np.repeat(small, side, axis=0), side, axis=1)


def as_jpeg(picture, quality):
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def test_the_blocks_of_crushed_jpegs_show_and_other_squares_do_not(photographs):
    for picture in photographs.values():
        shown = [figures.blocking(as_jpeg(picture, quality)) for quality in (60, 20, 10, 3)]
        assert figures.blocking(picture) < 1.2
        assert shown == sorted(shown)
        assert shown[0] < 1.5
        assert shown[-1] > 2.0
        for side in (4, 7, 8, 9, 12, 16, 24):
            mosaic = large_pixels(picture, side)
            assert figures.blocking(mosaic) < 1.2, side
            if side != 8:  # these a JPEG makes its own: its smoothed colours fill them
                assert figures.blocking(as_jpeg(mosaic, 60)) < 1.7, side


def test_blocks_that_stand_out_by_a_known_factor():
    # steps of 1 within blocks and of 5 between them, up and down, along both sides
    steps = np.where(np.arange(1, 64) % 8, 1.0, 5.0) * np.where(np.arange(1, 64) % 2, 1.0, -1.0)
    profile = np.concatenate([[0.0], np.cumsum(steps)])
    plane = 100.0 + profile[:, None] + profile[None, :]
    picture = np.repeat(np.rint(plane)[..., None], 3, axis=2).astype(np.uint8)
    assert figures.blocking(picture) == pytest.approx((5 + 1) / (1 + 1), rel=0.01)
    assert figures.blocking(picture[4:, 4:]) < 1.0  # its blocks begin elsewhere
    assert figures.blocking(picture[:32]) == 1.0
