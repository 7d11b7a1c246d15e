"""Operations with a common definition, against other libraries: Pillow, scikit-image, coloraide.

Each tolerance is what eight bits, another kernel's cut-off or float32 leave.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from coloraide import Color
from PIL import Image, ImageFilter, ImageOps
from skimage import color as skimage_color
from skimage import exposure, filters, transform

from layerforge.model.layer import Placement
from layerforge.operations.blur import BoxBlur, GaussianBlur, MedianBlur
from layerforge.operations.color import ChannelMixer, ChannelSwap, HueShift, Saturation
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.pixels import luma, to_encoded, to_linear, to_oklab
from layerforge.operations.sampling import sampled_at
from layerforge.operations.stylize import Pixelate
from layerforge.operations.symmetry import MirrorHalves
from layerforge.operations.tone import AutoLevels, Exposure, Gamma, Invert, Levels, Solarise
from layerforge.rendering.placing import place
from tests.operations.agreement import HIGH, WIDE, Rgb, apart, eight_bit, given, held
from tests.operations.pictures import context, photo, rendered


@pytest.mark.parametrize("sigma_px", [1.0, 2.5, 6.0])
def test_gaussian_blur(sigma_px: float) -> None:
    want = filters.gaussian(given()[..., :3], sigma_px, mode="mirror", channel_axis=-1)
    assert apart(GaussianBlur(radius=sigma_px / HIGH), want).max() <= 0.1


@pytest.mark.parametrize("radius_px", [2, 5])
def test_box_blur(radius_px: int) -> None:
    want = eight_bit(given()).filter(ImageFilter.BoxBlur(radius_px))
    blur = BoxBlur(radius=(radius_px + 0.5) / HIGH)
    assert apart(blur, want, rim=radius_px).max() <= 1.01


def test_median() -> None:
    want = eight_bit(given()).filter(ImageFilter.MedianFilter(5))
    assert apart(MedianBlur(radius=2.0 / HIGH), want, rim=3).mean() <= 0.5


@pytest.mark.parametrize("level", [150, 200])
def test_solarise(level: int) -> None:
    want = ImageOps.solarize(eight_bit(given()), threshold=level)
    ours = Solarise(level=(level - 0.5) / 255, strength=1.0)
    assert apart(ours, want).max() <= 0.01


def test_invert() -> None:
    assert apart(Invert(keep_hue=False), ImageOps.invert(eight_bit(given()))).max() <= 0.01


@pytest.mark.parametrize("gamma", [0.6, 1.8])
def test_gamma(gamma: float) -> None:
    want = exposure.adjust_gamma(given()[..., :3], 1.0 / gamma)
    assert apart(Gamma(gamma=gamma), want).max() <= 0.01


def test_levels() -> None:
    stretched = exposure.rescale_intensity(
        given()[..., :3], in_range=(0.1, 0.8), out_range=(0.0, 1.0)
    )
    want = exposure.adjust_gamma(stretched, 1 / 1.4)
    assert apart(Levels(black=0.1, white=0.8, gamma=1.4), want).max() <= 0.02


def test_auto_levels() -> None:
    small = photo(180, 120)
    whole = np.round(small * 255) / np.float32(255.0)
    want = np.asarray(ImageOps.autocontrast(eight_bit(whole), cutoff=2.0), dtype=np.float64)
    ours = AutoLevels(clip=0.02, strength=1.0, per_channel=True)
    got = rendered(ours, whole)[..., :3] * 255
    assert np.abs(got - want).mean() <= 1.0
    assert np.abs(got - want).max() <= 3.0


def test_channel_mixer() -> None:
    ours = ChannelMixer(
        red_from_green=0.3,
        red_from_blue=-0.1,
        green_from_red=0.2,
        green_from_blue=0.1,
        blue_from_red=-0.2,
        blue_from_green=0.5,
    )
    rows = (0.8, 0.3, -0.1, 0.0, 0.2, 0.7, 0.1, 0.0, -0.2, 0.5, 0.7, 0.0)
    assert apart(ours, eight_bit(given()).convert("RGB", rows)).max() <= 0.51


def test_channel_swap() -> None:
    red, green, blue = eight_bit(given()).split()
    want = Image.merge("RGB", (green, blue, red))
    assert apart(ChannelSwap(order="gbr"), want).max() <= 0.01


def test_pixelate() -> None:
    small = eight_bit(given()).reduce(8)
    want = small.resize((WIDE, HIGH), Image.Resampling.NEAREST)
    assert apart(Pixelate(size=1 / 20, strength=1.0), want).max() <= 0.51


def test_mirror() -> None:
    half = eight_bit(given()).crop((0, 0, WIDE // 2, HIGH))
    want = Image.new("RGB", (WIDE, HIGH))
    want.paste(half, (0, 0))
    want.paste(ImageOps.mirror(half), (WIDE // 2, 0))
    assert apart(MirrorHalves(angle=0.0, square=True, offset=0.0), want).max() <= 0.05


def test_a_bent_map_is_read_as_scikit_image_reads_it() -> None:
    pixels = rendered(GaussianBlur(radius=1.0 / HIGH), given())
    at = context(pixels)
    xs, ys = at.grid()
    bent_x, bent_y = xs + np.float32(0.04) * np.sin(9 * ys), ys + np.float32(0.03) * np.cos(7 * xs)
    rows = bent_y * at.short_side + at.height / 2 - 0.5
    columns = bent_x * at.short_side + at.width / 2 - 0.5
    got = sampled_at(pixels, bent_x, bent_y, at)
    for channel in range(3):
        want = transform.warp(
            pixels[..., channel], np.stack([rows, columns]), order=3, mode="reflect"
        )
        differences = np.abs(got[..., channel] - want)[10:-10, 10:-10] * 255
        assert differences.mean() <= 0.3
        assert differences.max() <= 5.0


@pytest.mark.parametrize("size", [(60, 40), (120, 80)])
def test_a_picture_is_shrunk_as_pillow_does(size: tuple[int, int]) -> None:
    at = RenderContext(*size, context(given()).source)
    got = place(given(), Placement(fit="contain"), aspect=WIDE / HIGH, at=at)
    # Pillow's float mode takes one channel at a time
    for channel in range(3):
        whole = Image.fromarray(given()[..., channel], "F")
        want = np.asarray(whole.resize(size, Image.Resampling.BOX))
        apart_ = np.abs(got[..., channel] - want) * 255
        assert apart_.max() <= 0.5


# Colour, against coloraide. ---------------------------------------------------------------------


def colors() -> Rgb:
    """(8, 25, 3): random colours, and the ends."""
    rng = np.random.default_rng(4)
    drawn = rng.random((8, 25, 3), dtype=np.float32)
    drawn[0] = np.round(drawn[0])
    drawn[1] *= np.float32(0.02)  # the straight piece of the transfer curve
    return drawn


def by_coloraide(space: str) -> npt.NDArray[np.float64]:
    flat = [
        Color("srgb", [float(v) for v in one]).convert(space).coords()
        for one in colors().reshape(-1, 3)
    ]
    return np.nan_to_num(np.array(flat)).reshape(colors().shape)


def test_linear_light() -> None:
    want = by_coloraide("srgb-linear")
    assert np.abs(to_linear(colors()) - want).max() <= 1e-5
    assert np.abs(to_encoded(want.astype(np.float32)) - colors()).max() <= 1e-5


def test_oklab() -> None:
    assert np.abs(to_oklab(colors()) - by_coloraide("oklab")).max() <= 1e-4


def test_luma() -> None:
    assert np.abs(luma(colors()) - skimage_color.rgb2gray(colors())).max() <= 1e-3


@pytest.mark.parametrize(("turn", "factor"), [(70.0, 1.0), (-130.0, 1.0), (0.0, 0.5), (0.0, 1.8)])
def test_hue_and_saturation_in_oklch(turn: float, factor: float) -> None:
    sheet = np.dstack([colors(), np.ones(colors().shape[:2], dtype=np.float32)])
    ours: Filter = HueShift(angle=turn) if turn else Saturation(factor=factor)
    got = rendered(ours, sheet)[..., :3].reshape(-1, 3)
    for one, rgb in zip(got, colors().reshape(-1, 3), strict=True):
        wanted = Color("srgb", [float(value) for value in rgb]).convert("oklch", norm=False)
        wanted["hue"] += turn
        wanted["chroma"] *= factor
        shown, want = (
            Color("srgb", [float(value) for value in pixel]).convert("oklab").coords()
            for pixel in (one, held(wanted))
        )
        # at the corners of sRGB its own numbers change by much where the colour hardly does
        assert np.abs(np.array(shown) - want).max() <= 3e-3


def test_a_stop_less_light() -> None:
    sheet = np.dstack([colors(), np.ones(colors().shape[:2], dtype=np.float32)])
    got = rendered(Exposure(stops=-1.0), sheet)[..., :3].reshape(-1, 3)
    halves = by_coloraide("srgb-linear").reshape(-1, 3) / 2
    want = np.array([Color("srgb-linear", list(one)).convert("srgb").coords() for one in halves])
    assert np.abs(got - want).max() <= 1e-4


def test_a_cubic_map_keeps_what_lies_on_pixels() -> None:
    at = context(given())
    xs, ys = at.grid()
    moved = sampled_at(given(), xs + np.float32(3 / HIGH), ys, at)
    want = cv2.warpAffine(given(), np.array([[1.0, 0, -3], [0, 1.0, 0]]), (WIDE, HIGH))
    assert np.abs(moved - want)[:, :-4].max() <= 1e-3
