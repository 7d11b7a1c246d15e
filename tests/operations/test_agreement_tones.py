"""Tones and colours with a common definition, against Pillow, scikit-image, coloraide and others.

They look at each colour alone, so they are compared on patches of one colour each.
"""

from __future__ import annotations

import colorsys

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from coloraide import Color
from scipy.spatial import cKDTree
from skimage import color as skimage_color
from skimage import exposure
from sklearn.cluster import KMeans

from layerforge.operations.blur import GaussianBlur
from layerforge.operations.color import ColorTransfer, Lightness, Monochrome, Tint, WhiteBalance
from layerforge.operations.operation import RenderContext
from layerforge.operations.palette import Duotone, GradientMap, Harmonise, LimitPalette
from layerforge.operations.pixels import Pixels, to_oklab
from layerforge.operations.tone import (
    AdaptiveEqualisation,
    Contrast,
    Exposure,
    Invert,
    Posterise,
    Threshold,
)
from tests.operations.agreement import given, held, middles, patch_by_patch, patches
from tests.operations.pictures import rendered

Colors = npt.NDArray[np.float64]


def told(rgb: Colors, space: str) -> Colors:
    """Encoded colours (N, 3) in another space, by coloraide."""
    return np.array([Color("srgb", list(one)).convert(space, norm=False).coords() for one in rgb])


def seen(coordinates: Colors, space: str) -> Colors:
    """Colours (N, 3) of another space encoded, by coloraide; paler where need be."""
    shown = [held(Color(space, list(one))) for one in coordinates]
    return np.clip(np.array(shown), 0.0, 1.0)


@pytest.mark.parametrize("levels", [3, 5])
def test_posterise_takes_the_nearest_colour_of_the_grid(levels: int) -> None:
    steps = np.linspace(0.0, 1.0, levels)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    want = grid[cKDTree(grid).query(middles(patches()))[1]]
    got = patch_by_patch(Posterise(levels=levels, softness=0.05))
    between = np.abs((middles(patches()) * (levels - 1)) % 1.0 - 0.5) < 0.03  # soft there
    assert between.mean() < 0.15
    assert np.abs(got - want)[~between].max() <= 1e-4


def test_threshold_splits_where_scikit_image_does() -> None:
    even = rendered(GaussianBlur(radius=0.02), given())
    got = rendered(Threshold(level=0.4, softness=0.02, strength=1.0), even)[..., :3]
    light = skimage_color.rgb2gray(even[..., :3])
    want = (light > np.quantile(light, 0.4)).astype(float)
    assert (np.abs(got - want[..., None]) < 0.5).mean() >= 0.99


@pytest.mark.parametrize("factor", [0.8, 1.7])
def test_contrast(factor: float) -> None:
    eight = np.uint8(np.rint(middles(patches()) * 255))
    want = cv2.convertScaleAbs(eight, alpha=factor, beta=127.5 * (1.0 - factor))
    darker = middles(patches()) * factor + 0.5 - 0.5 * factor < 0.0  # OpenCV takes its size
    apart = np.abs(patch_by_patch(Contrast(factor=factor)) * 255 - np.where(darker, 0, want))
    assert apart.max() <= 0.51


def test_a_stop_more_light_rolls_off_as_reinhard_says() -> None:
    light = told(middles(patches()), "srgb-linear") * 2.0
    # equation 4 of the paper, with the brightest light as the one that becomes white
    rolled = light * (1.0 + light / 2.0**2) / (1.0 + light)
    want = seen(rolled, "srgb-linear")
    assert np.abs(patch_by_patch(Exposure(stops=1.0)) - want).max() <= 1e-4


def test_invert_with_its_hue_is_hls_upside_down() -> None:
    want = []
    for rgb in middles(patches()):
        hue, light, saturation = colorsys.rgb_to_hls(*rgb)
        want.append(colorsys.hls_to_rgb(hue, 1.0 - light, saturation))
    assert np.abs(patch_by_patch(Invert(keep_hue=True)) - want).max() <= 1e-5


def test_adaptive_equalisation_is_near_scikit_images() -> None:
    soft = rendered(GaussianBlur(radius=0.01), given())
    light = skimage_color.rgb2gray(soft[..., :3])
    tiles = (light.shape[0] // 4, light.shape[1] // 6)
    # OpenCV counts the limit in means of a histogram of 256 tones, scikit-image in pixels; they
    # spread what is above it differently
    want = exposure.equalize_adapthist(light, kernel_size=tiles, clip_limit=2.0 / 256)
    grey = soft.copy()
    grey[..., :3] = light[..., None]
    got = rendered(AdaptiveEqualisation(size=0.25, limit=2.0, strength=0.9), grey)[..., 0]
    moved, wanted = got - light, 0.9 * (want - light)
    assert np.abs(moved - wanted).mean() * 255 <= 5.0
    assert np.corrcoef(moved.ravel(), wanted.ravel())[0, 1] >= 0.9


def test_monochrome_without_a_filter_is_scikit_images_grey() -> None:
    got = patch_by_patch(Monochrome(filter=0.0, density=0.0, strength=1.0))
    want = skimage_color.rgb2gray(middles(patches()))
    assert np.abs(got - want[:, None]).max() <= 1e-3


def test_white_balance_multiplies_the_light() -> None:
    light = told(middles(patches()), "srgb-linear")
    gains = 2.0 ** np.array([0.25, 0.0, -0.25])
    gains /= gains @ [Color(name).luminance() for name in ("red", "lime", "blue")]
    want = seen(light * gains, "srgb-linear")
    assert np.abs(patch_by_patch(WhiteBalance(temperature=0.5, tint=0.0)) - want).max() <= 1e-4


def test_lightness_in_oklab() -> None:
    lab = told(middles(patches()), "oklab")
    lab[:, 0] = lab[:, 0] ** (2.0**-0.6)
    assert np.abs(patch_by_patch(Lightness(stops=0.6)) - seen(lab, "oklab")).max() <= 3e-3


def test_a_tint_in_oklch() -> None:
    light = told(middles(patches()), "oklch")[:, 0]
    tinted = np.stack([light, 0.4 * light * (1.0 - light), np.full_like(light, 250.0)], axis=-1)
    got = patch_by_patch(Tint(hue=250.0 - 360.0, chroma=0.1, strength=1.0))
    assert np.abs(got - seen(tinted, "oklch")).max() <= 1e-4


def test_harmony_is_the_part_of_the_colour_along_an_axis() -> None:
    lightness, chroma, hue = told(middles(patches()), "oklch").T
    along = chroma * np.cos(np.radians(hue - 30.0))
    across = 0.1 * chroma * np.sin(np.radians(hue - 30.0))
    turned = np.degrees(np.arctan2(across, along)) + 30.0
    want = seen(np.stack([lightness, np.hypot(along, across), turned], axis=-1), "oklch")
    assert np.abs(patch_by_patch(Harmonise(hue=30.0, strength=0.9)) - want).max() <= 3e-3


RAMP = [(0.1, 0.05, 0.3), (0.8, 0.3, 0.2), (0.95, 0.9, 0.7)]


def test_a_gradient_map_runs_through_oklab() -> None:
    ramp = Color.interpolate([Color("srgb", list(one)) for one in RAMP], space="oklab")
    tones = skimage_color.rgb2gray(middles(patches()))
    want = [ramp(float(tone)).convert("srgb").coords() for tone in tones]
    dark, middle, light = RAMP
    ours = GradientMap(dark=dark, middle=middle, light=light, reverse=False, strength=1.0)
    assert np.abs(patch_by_patch(ours) - np.clip(want, 0.0, 1.0)).max() <= 2e-3
    two = Color.interpolate([Color("srgb", list(one)) for one in RAMP[::2]], space="oklab")
    want = [two(float(tone)).convert("srgb").coords() for tone in tones]
    duotone = Duotone(ink=dark, paper=light, contrast=0.0)
    assert np.abs(patch_by_patch(duotone) - np.clip(want, 0.0, 1.0)).max() <= 2e-3


def test_a_colour_transfer_is_reinhards() -> None:
    own, other = (told(middles(patches(seed)), "oklab") for seed in (3, 5))
    gains = np.minimum(other.std(axis=0) / own.std(axis=0), 3.0)
    want = seen((own - own.mean(axis=0)) * gains + other.mean(axis=0), "oklab")

    def source(source_id: str, long_edge: int) -> Pixels:
        return patches(5)

    height, width = patches().shape[:2]
    ours = ColorTransfer(source="a" * 64, strength=1.0, light=1.0)
    got = middles(ours.render(patches(), RenderContext(width, height, source)))
    assert np.abs(got - want).max() <= 3e-3


def test_a_limited_palette_is_about_as_good_as_scikit_learns() -> None:
    got = rendered(LimitPalette(colors=8, softness=0.0, boost=0.0), given())[..., :3]
    whole = to_oklab(given()[..., :3]).reshape(-1, 3)
    means = KMeans(8, n_init=4, random_state=0).fit(whole[::10])
    best = float((means.transform(whole).min(axis=1) ** 2).mean())
    ours = float(((to_oklab(got).reshape(-1, 3) - whole) ** 2).sum(axis=1).mean())
    assert ours <= 1.2 * best
