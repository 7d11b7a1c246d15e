"""Textures: their strength, and what they leave alone."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.fields import clouds
from layerforge.operations.texture import (
    Clouds,
    Dust,
    FilmGrain,
    Halftone,
    LightLeak,
    Paper,
    Scanlines,
    Scratches,
    Vignette,
)
from tests.operations.pictures import context, flat, photo, rendered


def grey(tone: float, size: int = 300) -> np.ndarray:
    pixels = np.ones((size, size, 4), dtype=np.float32)
    pixels[..., :3] = tone
    return pixels


def test_grain_is_as_strong_as_it_says_and_keeps_the_mean() -> None:
    got = rendered(FilmGrain(size=0.006, strength=0.08, color=False, seed=1), grey(0.5))
    assert float(got[..., 0].std()) == pytest.approx(0.08, rel=0.15)
    assert float(got[..., 0].mean()) == pytest.approx(0.5, abs=0.01)
    assert np.array_equal(got[..., 0], got[..., 1])
    colored = rendered(FilmGrain(size=0.006, strength=0.08, color=True, seed=1), grey(0.5))
    assert abs(float(np.corrcoef(colored[..., 0].ravel(), colored[..., 1].ravel())[0, 1])) < 0.1


@pytest.mark.parametrize("tone", [0.2, 0.5, 0.8])
def test_halftone_dots_cover_their_share(tone: float) -> None:
    got = rendered(Halftone(period=0.035, angle=20.0, mode="color", strength=1.0), grey(tone))
    assert float(got[..., :3].mean()) == pytest.approx(tone, abs=0.04)
    assert float(((got[..., 0] < 0.1) | (got[..., 0] > 0.9)).mean()) > 0.6


@pytest.mark.parametrize("angle", [0.0, 90.0, -135.0])
def test_paper_is_lit_from_where_it_says_up_to_its_borders(angle: float) -> None:
    got = rendered(Paper(size=0.04, strength=0.15, angle=angle, seed=8), grey(0.5))[..., 0]
    height = clouds(context(grey(0.5)), seed=8, size=0.04, octaves=4, gain=0.7)
    down, right = np.gradient(height.astype(np.float64))
    radians = np.radians(angle)
    rise = np.cos(radians) * right + np.sin(radians) * down  # towards the light
    # a slope that rises towards the light turns its back on it, at the borders as in the middle
    for part in (np.s_[:], np.s_[:, -4:], np.s_[:, :4], np.s_[-4:], np.s_[:4]):
        assert np.corrcoef(got[part].ravel(), rise[part].ravel())[0, 1] < -0.3


def test_scanlines_repeat_down_the_picture() -> None:
    got = rendered(Scanlines(period=0.04, angle=0.0, strength=0.5), grey(0.6))
    assert np.ptp(got[..., 0], axis=1).max() <= 1e-5
    assert np.abs(got[12:, 0, 0] - got[:-12, 0, 0]).max() <= 1e-3
    assert float(np.ptp(got[:, 0, 0])) > 0.2


def test_a_vignette_leaves_the_middle_and_darkens_the_corners() -> None:
    got = rendered(Vignette(strength=0.8, start=0.3), grey(0.6))
    assert got[150, 150, 0] == pytest.approx(0.6)
    assert got[0, 0, 0] < 0.25
    assert rendered(Vignette(strength=-0.4, start=0.3), grey(0.6))[0, 0, 0] > 0.7


def test_a_light_leak_comes_from_its_side_and_only_lightens() -> None:
    leak = LightLeak(angle=0.0, reach=0.3, color=(1.0, 0.5, 0.2), strength=0.9, seed=1)
    got = rendered(leak, photo(96, 64))
    assert (got >= photo(96, 64) - 1e-6).all()
    gain = (got - photo(96, 64)).mean(axis=(0, 2))
    assert gain[-1] > 5 * max(float(gain[0]), 1e-4)


def test_clouds_have_their_colour() -> None:
    clouds = Clouds(size=0.5, cover=0.6, color=(1.0, 1.0, 1.0), opacity=0.8, seed=1)
    got = rendered(clouds, flat(90, 60))
    share = (got[..., 0] - 0.2) / 0.8
    assert 0.1 < float(share.mean()) < 0.75
    assert float(share.max()) <= 0.8 + 1e-5


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("cover", [0.25, 0.65])
def test_clouds_are_seen_whatever_their_size(cover: float, seed: int) -> None:
    """Clouds larger than the picture may drift beside it."""
    clouds = Clouds(size=1.2, cover=cover, color=(1.0, 1.0, 1.0), opacity=0.8, seed=seed)
    share = (rendered(clouds, grey(0.2, 96))[..., 0] - 0.2) / 0.64
    assert float((share > 0.5).mean()) == pytest.approx(cover, abs=0.15)


@pytest.mark.parametrize(("tone", "dark"), [(0.05, True), (0.9, False), (0.5, True), (0.5, False)])
def test_dust_is_seen_on_light_and_on_dark_layers(tone: float, dark: bool) -> None:
    dust = Dust(amount=300.0, size=0.03, dark=dark, strength=1.0, seed=2)
    got = rendered(dust, grey(tone))[..., 0]
    assert 0.01 < float((np.abs(got - tone) > 0.2).mean()) < 0.3


def test_scratches_run_their_way() -> None:
    scratches = Scratches(size=0.008, length=100.0, upright=True, strength=0.7, seed=1)
    got = rendered(scratches, grey(0.5))[..., 0]
    assert np.abs(np.diff(got, axis=1)).mean() > 3 * np.abs(np.diff(got, axis=0)).mean()
