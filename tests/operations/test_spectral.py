"""Spectral operations against plain arithmetic."""

from __future__ import annotations

import dataclasses

import numpy as np

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, luma, with_coverage
from layerforge.operations.spectral import (
    BandPass,
    PhaseSwap,
    PyramidBlend,
    SeamlessClone,
    covering,
)
from tests.operations.pictures import context, flat, photo


def over(pixels: Pixels, below: Pixels) -> RenderContext:
    return dataclasses.replace(
        context(pixels), below=lambda: below, source=lambda name, edge: below
    )


def test_a_phase_swap_with_itself_changes_nothing() -> None:
    pixels = photo(90, 60)
    for outlines in ("own", "other"):
        swap = PhaseSwap(source="a" * 64, outlines=outlines, strength=0.9)
        assert np.abs(swap.render(pixels, over(pixels, pixels)) - pixels).max() < 0.01


def test_a_phase_swap_keeps_one_spectrum_and_the_others_phases() -> None:
    # no clipping: both pictures are pale and low in contrast; nor jumps from border to border
    own, other = (
        framed(photo(90, 60, name)) * np.float32(0.1) + np.float32([0.4, 0.4, 0.4, 0.9])
        for name in ("flower.jpg", "china.jpg")
    )
    swap = PhaseSwap(source="a" * 64, outlines="own", strength=0.9)
    out = swap.render(own, over(own, other))
    joined = luma(own[..., :3]) + (luma(out[..., :3]) - luma(own[..., :3])) / 0.9
    spectrum = np.fft.fft2(joined.astype(np.float64))
    expected = np.abs(np.fft.fft2(luma(other[..., :3]).astype(np.float64)))
    phases = np.angle(np.fft.fft2(luma(own[..., :3]).astype(np.float64)))
    strong = expected > np.quantile(expected, 0.9)
    assert np.abs(np.abs(spectrum) / expected - 1)[strong].max() < 0.02
    assert np.abs(np.exp(1j * (np.angle(spectrum) - phases)) - 1)[strong].max() < 0.05


def framed(pixels: Pixels) -> Pixels:
    """In an even frame, so that opposite borders are the same."""
    inside = pixels.copy()
    inside[[0, -1], :, :3] = inside[:, [0, -1], :3] = 0.5
    return inside


def test_borders_that_differ_leave_no_streaks() -> None:
    """What only differs from border to border is light, not texture: it is not swapped."""
    rng = np.random.default_rng(3)
    own, other = flat(90, 60).copy(), flat(90, 60).copy()
    own[..., :3] = np.float32(0.5) + rng.normal(0, 0.02, (60, 90, 1)).astype(np.float32)
    other[..., :3] = np.linspace(0.2, 0.8, 90, dtype=np.float32)[:, None]
    other[..., :3] += rng.normal(0, 0.02, (60, 90, 1)).astype(np.float32)
    swap = PhaseSwap(source="a" * 64, outlines="own", strength=0.9)
    out = swap.render(own, over(own, other))
    # a streak is a column, or a row, that is lighter than the others all along
    for axis in (0, 1):
        assert out[..., 0].mean(axis=axis).std() < 2 * own[..., 0].mean(axis=axis).std()


def test_a_picture_that_covers_is_cut_about_its_middle() -> None:
    wide = np.zeros((10, 40, 4), dtype=np.float32)
    wide[:, 15:25] = 1.0
    fitted = covering(wide, context(flat(20, 20)))
    assert fitted.shape == (20, 20, 4)
    assert fitted.min() == 1.0


def test_a_band_is_found_in_a_wave_of_its_size_only() -> None:
    gains = []
    for period in (6, 24, 200):
        pixels = flat(240, 240).copy()
        wave = 0.1 * np.sin(2 * np.pi * np.arange(240) / period)
        pixels[..., 1] = np.float32(0.5) + wave[None, :].astype(np.float32)
        out = BandPass(size=0.016, gain=1.0).render(pixels, context(pixels))
        gains.append(np.std(out[60:180, 60:180, 1]) / np.std(pixels[60:180, 60:180, 1]) - 1)
    assert gains[1] > 0.3
    assert gains[1] > 3 * abs(gains[0])
    assert gains[1] > 3 * abs(gains[2])


def test_a_pyramid_blend_is_the_layer_on_one_side_and_below_on_the_other() -> None:
    pixels, below = photo(240, 160), photo(240, 160, "china.jpg")
    blend = PyramidBlend(angle=0.0, offset=0.0, seam=0.1)
    sheet = blend.render(pixels, over(pixels, below))
    joined = sheet + below * (1 - sheet[..., 3:])
    assert np.abs(joined[:, 190:] - pixels[:, 190:]).max() < 0.02
    assert np.abs(joined[:, :50] - below[:, :50]).max() < 0.02
    # no jump at the seam: flat sheets run into each other
    red, blue = flat(240, 160) * np.float32([1, 0.5, 0.2, 1]), flat(240, 160)
    seam = blend.render(red, over(red, blue))
    ramp = (seam + blue * (1 - seam[..., 3:]))[80, :, 1]
    assert np.abs(np.diff(ramp)).max() < 0.1 * abs(float(ramp[0] - ramp[-1]))


def test_a_pyramid_blend_lets_middling_forms_run_out_gently() -> None:
    """A wave that is cut off at its crest: it fades over about its own length, without a jump."""
    below = flat(240, 160)
    pixels = below.copy()
    places = (np.arange(240) - 119.5) / 160
    wave = 0.2 * np.cos(2 * np.pi * places / 0.25).astype(np.float32)
    pixels[..., 1] += wave
    sheet = PyramidBlend(angle=0.0, offset=0.0, seam=0.4).render(pixels, over(pixels, below))
    joined = (sheet + below * (1 - sheet[..., 3:]))[80, :, 1] - below[80, :, 1]
    steepest = 0.2 * 2 * np.pi / (0.25 * 160)  # of the wave, from pixel to pixel
    assert np.abs(np.diff(joined)).max() < 1.5 * steepest
    assert np.abs(joined[200:] - wave[200:]).max() < 0.03
    assert np.abs(joined[:40]).max() < 0.03


def test_a_seamless_clone_shifts_the_layer_to_meet_its_surroundings() -> None:
    # the same picture, darker: what is cloned must come out as what lies below
    below = photo(240, 160)
    pixels = below * np.float32([0.7, 0.7, 0.7, 1.0]) + np.float32([0.1, 0.05, 0.0, 0.0])
    even = flat(240, 160)
    clone = SeamlessClone(size=0.7, x=0.0, y=0.0, strength=1.0)
    dark = even * np.float32([0.5, 0.6, 0.7, 1.0])
    sheet = clone.render(dark, over(dark, even))
    joined = sheet + even * (1 - sheet[..., 3:])
    assert np.abs(joined - even).max() < 0.01
    sheet = clone.render(pixels, over(pixels, below))
    joined = sheet + below * (1 - sheet[..., 3:])
    assert np.abs(joined - below).mean() < 0.5 * np.abs(pixels - below).mean()


def test_a_seamless_clone_keeps_to_the_layers_shape() -> None:
    below = photo(120, 80)
    left = np.zeros((80, 120), dtype=np.float32)
    left[:, :60] = 1.0
    pixels = with_coverage(photo(120, 80, "china.jpg"), left)
    clone = SeamlessClone(size=0.9, x=0.0, y=0.0, strength=1.0)
    sheet = clone.render(pixels, over(pixels, below))
    assert sheet[:, 61:, 3].max() == 0.0
    assert sheet[..., 3].max() == 1.0
