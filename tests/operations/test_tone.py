"""Tone, against Pillow and values worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from layerforge.operations.operation import Filter
from layerforge.operations.pixels import to_linear, to_uint8
from layerforge.operations.tone import (
    AdaptiveEqualisation,
    AutoLevels,
    Contrast,
    Curves,
    Exposure,
    Gamma,
    Invert,
    Levels,
    LocalContrast,
    Posterise,
    SCurve,
    ShadowsHighlights,
    Solarise,
    Threshold,
)
from tests.operations.pictures import context, photo, rendered


def grey(*tones: float) -> np.ndarray:
    pixels = np.ones((1, len(tones), 4), dtype=np.float32)
    pixels[0, :, :3] = np.array(tones)[:, None]
    return pixels


def tones(operation: Filter, *given: float) -> list[float]:
    pixels = grey(*given)
    return operation.render(pixels, context(pixels))[0, :, 0].tolist()


def as_image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(to_uint8(pixels[..., :3])))


def test_levels_map_black_white_and_the_middle() -> None:
    stretched = tones(Levels(black=0.2, white=0.8, gamma=1.0), 0.1, 0.2, 0.5, 0.8, 0.9)
    assert stretched == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0], abs=1e-6)
    assert tones(Levels(black=0.0, white=1.0, gamma=1.6), 0.5) == pytest.approx([0.5 ** (1 / 1.6)])


def test_gamma_and_contrast() -> None:
    assert tones(Gamma(gamma=2.0), 0.0, 0.25, 1.0) == pytest.approx([0.0, 0.5, 1.0])
    assert tones(Contrast(factor=2.0), 0.1, 0.4, 0.5, 0.7) == pytest.approx(
        [0, 0.3, 0.5, 0.9], abs=1e-6
    )


def test_solarise_is_that_of_pillow() -> None:
    level = 153 / 255
    pixels = photo(96, 64)
    got = rendered(Solarise(level=level - 1e-4, strength=1.0), pixels)
    want = np.asarray(ImageOps.solarize(as_image(pixels), threshold=153))
    apart = np.abs(to_uint8(got[..., :3]).astype(int) - want)
    assert np.quantile(apart, 0.99) <= 1


def test_a_soft_solarisation_passes_over_the_level_without_a_jump() -> None:
    ramp = np.linspace(0, 1, 200)
    hard, soft = (
        np.array(tones(Solarise(level=0.8, strength=1.0, softness=softness), *ramp))
        for softness in (0.0, 0.2)
    )
    assert np.abs(np.diff(hard)).max() > 0.55  # from 0.8 to 0.2
    assert np.abs(np.diff(soft)).max() < 0.05
    away = np.abs(ramp - 0.8) > 0.1
    assert soft[away] == pytest.approx(hard[away], abs=1e-6)


def test_posterise_has_as_many_steps_as_it_says() -> None:
    ramp = np.linspace(0, 1, 500)
    got = np.array(tones(Posterise(levels=4, softness=0.05), *ramp))
    flat = got[np.abs(got * 3 - np.round(got * 3)) < 1e-4]
    assert sorted(set(np.round(flat * 3))) == [0, 1, 2, 3]
    assert len(flat) > 450
    assert (np.diff(got) >= -1e-6).all()


def test_invert_turns_tones_or_lightness_over() -> None:
    pixels = photo(96, 64)
    want = np.asarray(ImageOps.invert(as_image(pixels)))
    got = to_uint8(rendered(Invert(keep_hue=False), pixels)[..., :3])
    assert np.abs(got.astype(int) - want).max() <= 1
    red = np.array([[[1.0, 0.2, 0.2, 1.0]]], dtype=np.float32)
    kept = rendered(Invert(keep_hue=True), red)[0, 0, :3]
    assert kept == pytest.approx([0.8, 0.0, 0.0], abs=1e-6)


def test_exposure_doubles_the_light_and_keeps_white() -> None:
    dark, white = tones(Exposure(stops=1.0), 0.05, 1.0)
    linear = to_linear(np.array([[0.05, dark]], dtype=np.float32))[0]
    assert linear[1] / linear[0] == pytest.approx(2.0, rel=0.02)
    assert white == pytest.approx(1.0, abs=1e-5)
    sunk = to_linear(np.array([tones(Exposure(stops=-1.0), 0.8, 0.4)], dtype=np.float32))[0]
    given = to_linear(np.array([[0.8, 0.4]], dtype=np.float32))[0]
    assert sunk == pytest.approx(given / 2, rel=1e-3)


def test_the_s_curve_keeps_its_ends_and_its_middle() -> None:
    got = tones(SCurve(strength=1.0, middle=0.4), 0.0, 0.2, 0.4, 0.7, 1.0)
    assert got[0] == pytest.approx(0.0, abs=1e-6)
    assert got[2] == pytest.approx(0.4, abs=1e-5)
    assert got[4] == pytest.approx(1.0, abs=1e-6)
    assert got[1] < 0.2
    assert got[3] > 0.7


def test_auto_levels_fill_the_range() -> None:
    pixels = grey(*np.linspace(0.3, 0.6, 200))
    got = rendered(AutoLevels(clip=0.01, strength=1.0, per_channel=False), pixels)[0, :, 0]
    assert got.min() == pytest.approx(0.0, abs=1e-6)
    assert got.max() == pytest.approx(1.0, abs=1e-6)


def test_threshold_splits_at_its_share() -> None:
    got = rendered(Threshold(level=0.5, softness=0.02, strength=1.0), photo(96, 64))[..., 0]
    assert float((got > 0.5).mean()) == pytest.approx(0.5, abs=0.03)
    assert float(((got < 0.01) | (got > 0.99)).mean()) > 0.9


def test_local_contrast_changes_detail_not_the_mean() -> None:
    pixels = photo(96, 64)
    got = rendered(LocalContrast(radius=0.05, strength=1.0), pixels)
    assert got.std() > pixels.std()
    assert float(got.mean()) == pytest.approx(float(pixels.mean()), abs=0.02)


def test_shadows_and_highlights_work_apart() -> None:
    pixels = np.concatenate([grey(*[0.1] * 60), grey(*[0.9] * 60)], axis=1).repeat(30, axis=0)
    lifted = rendered(ShadowsHighlights(shadows=0.8, highlights=0.0), pixels)
    assert lifted[15, 10, 0] > 0.15
    assert lifted[15, 110, 0] == pytest.approx(0.9, abs=0.01)
    sunk = rendered(ShadowsHighlights(shadows=0.0, highlights=-0.8), pixels)
    assert sunk[15, 10, 0] == pytest.approx(0.1, abs=0.01)
    assert sunk[15, 110, 0] < 0.87


def test_curves_pass_through_their_five_points() -> None:
    curves = Curves(black=0.1, shadows=-0.1, middle=0.1, lights=0.12, white=-0.05)
    got = rendered(curves, grey(0.0, 0.25, 0.5, 0.75, 1.0))[0, :, 0]
    assert got == pytest.approx([0.1, 0.15, 0.6, 0.87, 0.95], abs=1e-3)


def test_curves_never_turn_back() -> None:
    ramp = grey(*np.linspace(0.0, 1.0, 257))
    curves = Curves(black=0.2, shadows=-0.04, middle=-0.16, lights=-0.14, white=-0.2)
    tones = rendered(curves, ramp)[0, :, 0]
    assert (np.diff(tones) >= -1e-6).all()


def test_curves_leave_no_part_flat() -> None:
    points = grey(0.0, 0.25, 0.5, 0.75, 1.0)
    for ends in ((0.2, -0.2), (0.0, -0.2), (0.2, 0.0)):
        for way in (-1.0, 1.0):
            curves = Curves(
                black=ends[0], shadows=-0.14 * way, middle=0.16 * way, lights=0.14, white=ends[1]
            )
            tones = rendered(curves, points)[0, :, 0]
            assert (np.diff(tones) >= 0.05 - 1e-4).all()


def test_adaptive_equalisation_spreads_flat_light() -> None:
    pixels = np.ones((160, 240, 4), dtype=np.float32)
    pixels[..., :3] = 0.5 + 0.03 * np.sin(np.arange(240) / 7.0)[None, :, None]
    spread = rendered(AdaptiveEqualisation(size=0.25, limit=4.0, strength=0.9), pixels)
    assert spread[..., 0].std() > 2.5 * pixels[..., 0].std()
