"""Colour and palettes, against Oklab and values worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.color import (
    ChannelMixer,
    ChannelSwap,
    ColorBalance,
    ColorTransfer,
    FadedFilm,
    HueShift,
    Lightness,
    Monochrome,
    Saturation,
    Tint,
    Vibrance,
    WhiteBalance,
)
from layerforge.operations.palette import Duotone, GradientMap, Harmonise, LimitPalette, SplitToning
from layerforge.operations.pixels import luma, to_linear, to_oklab
from tests.operations.pictures import flat, photo, rendered


def lab_of(pixels: np.ndarray) -> np.ndarray:
    return to_oklab(np.ascontiguousarray(pixels[..., :3]))


def muted() -> np.ndarray:
    """The photograph in pale colours, so that nothing leaves the gamut."""
    pixels = photo(96, 64).copy()
    grey = luma(pixels[..., :3])[..., None]
    pixels[..., :3] = 0.25 + 0.5 * (grey + (pixels[..., :3] - grey) * 0.3)
    return pixels


@pytest.mark.parametrize("angle", [-180.0, 180.0])
def test_two_half_turns_of_hue_change_nothing(angle: float) -> None:
    given = muted()
    turned = rendered(HueShift(angle=angle), rendered(HueShift(angle=180.0), given))
    assert np.abs(turned - given).max() <= 2 / 255


def test_a_hue_shift_turns_hue_and_keeps_the_rest() -> None:
    before, after = lab_of(muted()), lab_of(rendered(HueShift(angle=90.0), muted()))
    assert np.abs(after[..., 0] - before[..., 0]).max() <= 2e-3
    assert np.abs(after[..., 1] + before[..., 2]).max() <= 2e-3
    assert np.abs(after[..., 2] - before[..., 1]).max() <= 2e-3


@pytest.mark.parametrize("angle", [-140.0, -60.0, 45.0, 100.0, 170.0])
def test_pure_colours_turn_as_far_as_pale_ones(angle: float) -> None:
    """What sRGB does not hold comes back paler: of the same lightness, and of the hue asked for."""
    rgb = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 0.5, 0)]
    pixels = np.ones((1, len(rgb), 4), dtype=np.float32)
    pixels[0, :, :3] = rgb
    before, after = lab_of(pixels), lab_of(rendered(HueShift(angle=angle), pixels))
    assert np.abs(after[..., 0] - before[..., 0]).max() <= 5e-3
    hues = [np.degrees(np.arctan2(one[..., 2], one[..., 1])) for one in (before, after)]
    off = (hues[1] - hues[0] - angle + 180.0) % 360.0 - 180.0
    assert np.abs(off).max() <= 2.0
    chroma = np.hypot(after[..., 1], after[..., 2])
    assert chroma.min() > 0.01  # yellow is light, and light blue is pale


def test_saturation_scales_chroma_and_lightness_leaves_it() -> None:
    before = lab_of(muted())
    half = lab_of(rendered(Saturation(factor=0.5), muted()))
    assert np.abs(half[..., 1:] - before[..., 1:] / 2).max() <= 2e-3
    lighter = lab_of(rendered(Lightness(stops=0.3), muted()))
    assert (lighter[..., 0] > before[..., 0]).all()
    assert np.abs(lighter[..., 1:] - before[..., 1:]).max() <= 5e-3


def test_vibrance_favours_pale_colours() -> None:
    pixels = np.array([[[0.55, 0.5, 0.5, 1.0], [0.9, 0.2, 0.2, 1.0]]], dtype=np.float32)
    before, after = lab_of(pixels), lab_of(rendered(Vibrance(strength=1.0), pixels))
    gains = np.hypot(*after[0, :, 1:].T) / np.hypot(*before[0, :, 1:].T)
    assert gains[0] > 1.7
    assert gains[0] > gains[1] + 0.3


def test_warm_light_is_redder_and_as_bright() -> None:
    given = np.full((2, 2, 4), 0.5, dtype=np.float32)
    given[..., 3] = 1.0
    warm = rendered(WhiteBalance(temperature=0.6, tint=0.0), given)[0, 0, :3]
    assert warm[0] > warm[1] > warm[2]
    light = to_linear(np.stack([warm, given[0, 0, :3]])) @ np.array([0.2126, 0.7152, 0.0722])
    assert light[0] == pytest.approx(light[1], rel=1e-3)


def test_channels_are_swapped() -> None:
    given = flat(3, 2)
    swapped = rendered(ChannelSwap(order="bgr"), given)
    assert np.array_equal(swapped, given[..., [2, 1, 0, 3]])


def test_without_colour_the_channels_agree() -> None:
    grey = rendered(Monochrome(filter=0.0, density=0.0, strength=1.0), photo(96, 64))
    assert np.abs(np.ptp(grey[..., :3], axis=-1)).max() <= 1e-6
    assert np.abs(grey[..., 0] - luma(photo(96, 64)[..., :3])).max() <= 1e-5
    red = np.array([[[0.9, 0.1, 0.1, 1.0], [0.1, 0.1, 0.9, 1.0]]], dtype=np.float32)
    seen = rendered(Monochrome(filter=0.0, density=1.0, strength=1.0), red)[0, :, 0]
    assert seen[0] > seen[1] + 0.3


def test_a_tint_has_one_hue() -> None:
    lab = lab_of(rendered(Tint(hue=70.0, chroma=0.05, strength=1.0), photo(96, 64)))
    coloured = np.hypot(lab[..., 1], lab[..., 2]) > 0.01
    hues = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))[coloured]
    assert np.abs(hues - 70.0).max() <= 3.0


def test_faded_film_lifts_black_and_dulls_white() -> None:
    ends = np.array([[[0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0]]], dtype=np.float32)
    faded = rendered(FadedFilm(fade=1.0, warmth=0.0), ends)[0, :, :3]
    assert faded[0].min() > 0.1
    assert faded[1].max() < 0.95


def test_a_gradient_map_gives_its_own_colours_and_keeps_the_order() -> None:
    ramp = np.ones((1, 256, 4), dtype=np.float32)
    ramp[0, :, :3] = np.linspace(0, 1, 256)[:, None]
    dark, middle, light = (0.1, 0.05, 0.2), (0.7, 0.4, 0.4), (0.95, 0.95, 0.8)
    gradient = GradientMap(dark=dark, middle=middle, light=light, reverse=False, strength=1.0)
    got = rendered(gradient, ramp)
    assert got[0, 0, :3] == pytest.approx(dark, abs=1e-3)
    assert got[0, 255, :3] == pytest.approx(light, abs=1e-3)
    assert got[0, 127, :3] == pytest.approx(middle, abs=5e-3)
    assert (np.diff(lab_of(got)[0, :, 0]) >= -1e-5).all()
    two = rendered(Duotone(ink=dark, paper=light, contrast=0.0), ramp)
    assert two[0, 0, :3] == pytest.approx(dark, abs=1e-3)
    assert two[0, 255, :3] == pytest.approx(light, abs=1e-3)


def test_split_toning_keeps_lightness() -> None:
    grey = np.ones((1, 3, 4), dtype=np.float32)
    grey[0, :, :3] = np.array([0.25, 0.5, 0.8])[:, None]
    toned = rendered(SplitToning(shadows=-100.0, lights=80.0, balance=0.0, chroma=0.05), grey)
    lab = lab_of(toned)[0]
    assert np.abs(lab[:, 0] - lab_of(grey)[0, :, 0]).max() <= 2e-3
    assert lab[0, 2] < -0.01
    assert lab[2, 2] > 0.01


def test_harmony_leaves_one_axis_of_hue() -> None:
    lab = lab_of(rendered(Harmonise(hue=40.0, strength=0.95), muted()))
    across = lab[..., 2] * np.cos(np.radians(40)) - lab[..., 1] * np.sin(np.radians(40))
    before = lab_of(muted())
    was = before[..., 2] * np.cos(np.radians(40)) - before[..., 1] * np.sin(np.radians(40))
    assert np.abs(across - was * 0.05).max() <= 2e-3


@pytest.mark.parametrize("count", [4, 8])
def test_a_limited_palette_has_few_colours(count: int) -> None:
    got = rendered(LimitPalette(colors=count, softness=0.0, boost=0.0), photo(96, 64))
    colors = np.round(got[..., :3].reshape(-1, 3) * 255)
    seen, sizes = np.unique(colors, axis=0, return_counts=True)
    largest = np.sort(sizes)[::-1][:count].sum()
    assert len(seen) < 96 * 64 / 4
    assert largest > 0.85 * 96 * 64


def test_the_channel_mixer_weighs_by_hand_and_keeps_greys() -> None:
    zero = dict.fromkeys(
        ("red_from_blue", "green_from_red", "green_from_blue", "blue_from_red", "blue_from_green"),
        0.0,
    )
    mixer = ChannelMixer(red_from_green=0.5, **zero)
    got = rendered(mixer, flat(4, 3))[0, 0]
    assert got == pytest.approx([0.5 * 0.2 + 0.5 * 0.5, 0.5, 0.7, 1.0], abs=1e-6)
    grey = flat(4, 3).copy()
    grey[..., :3] = 0.4
    assert rendered(mixer, grey) == pytest.approx(grey, abs=1e-6)


def test_colour_balance_shifts_its_own_tones_and_keeps_luma() -> None:
    names = [
        f"{tone}_{hue}"
        for tone in ("shadows", "middle", "lights")
        for hue in ("red", "green", "blue")
    ]
    balance = ColorBalance(**{**dict.fromkeys(names, 0.0), "shadows_red": 0.15})
    pixels = np.ones((1, 2, 4), dtype=np.float32)
    pixels[0, 0, :3], pixels[0, 1, :3] = 0.2, 0.9
    got = rendered(balance, pixels)
    assert got[0, 0, 0] - got[0, 0, 2] > 0.05
    assert got[0, 1] == pytest.approx(pixels[0, 1], abs=1e-6)
    assert luma(np.ascontiguousarray(got[..., :3])) == pytest.approx(
        luma(np.ascontiguousarray(pixels[..., :3])), abs=1e-5
    )


def test_a_colour_transfer_takes_over_mean_and_spread() -> None:
    given = muted()
    other = lab_of(photo(240, 160, "china.jpg"))
    transfer = ColorTransfer(source="a" * 64, strength=1.0, light=1.0)
    got = lab_of(rendered(transfer, given))
    assert got.mean(axis=(0, 1)) == pytest.approx(other.mean(axis=(0, 1)), abs=0.03)
    before, after, wanted = (one.std(axis=(0, 1)) for one in (lab_of(given), got, other))
    assert (np.abs(after - wanted) < np.abs(before - wanted) + 0.005).all()
