"""Glitches move, sort and crush pixels, and invent none."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.glitch import (
    BitCrush,
    BlockShuffle,
    ChannelShift,
    ChromaticAberration,
    JpegDecay,
    PixelSort,
    PixelStretch,
    RowShift,
    SlitScan,
    TapeWarp,
)
from layerforge.operations.pixels import Pixels, luma
from tests.operations.pictures import flat, photo, rendered


def test_channels_are_shifted_apart() -> None:
    given = photo(120, 80)
    got = rendered(ChannelShift(distance=0.05, angle=0.0), given)  # 2 px either way
    assert np.array_equal(got[..., 1], given[..., 1])
    assert np.abs(got[:, 4:-4, 0] - given[:, 2:-6, 0]).max() <= 1e-5
    assert np.abs(got[:, 4:-4, 2] - given[:, 6:-2, 2]).max() <= 1e-5


def test_aberration_grows_outwards() -> None:
    given = photo(120, 80)
    apart = np.abs(rendered(ChromaticAberration(strength=0.04), given) - given)
    assert not apart[..., 1].any()
    assert apart[38:42, 58:62].mean() < apart[:, :20].mean()


@pytest.mark.parametrize("axis", ["rows", "columns"])
def test_bands_move_whole(axis: str) -> None:
    given = photo(120, 80)
    got = rendered(RowShift(height=0.1, reach=0.3, share=0.7, axis=axis, seed=4), given)
    apart = np.abs(got - given).mean(axis=(1, 2) if axis == "rows" else (0, 2))
    still = float((apart < 1e-5).mean())
    assert 0.05 < still < 0.95


def test_only_the_chosen_blocks_change() -> None:
    given = photo(120, 80)
    got = rendered(BlockShuffle(size=0.1, share=0.3, reach=0.3, seed=5), given)
    changed = float((np.abs(got - given).max(axis=2) > 1e-3).mean())
    assert 0.1 < changed < 0.5


@pytest.mark.parametrize("axis", ["rows", "columns"])
@pytest.mark.parametrize("order", ["rising", "falling"])
def test_sorting_keeps_every_line_its_pixels(axis: str, order: str) -> None:
    given = photo(60, 40)
    sort = PixelSort(low=0.1, span=0.6, reach=0.8, axis=axis, order=order, seed=1)
    got = rendered(sort, given)
    lines = (got, given) if axis == "rows" else (got.swapaxes(0, 1), given.swapaxes(0, 1))
    for after, before in zip(*lines, strict=True):
        assert sorted(map(tuple, after.tolist())) == sorted(map(tuple, before.tolist()))
    steps = np.diff(luma(lines[0][..., :3]), axis=1)
    was = np.diff(luma(lines[1][..., :3]), axis=1)
    rising, before_rising = float((steps >= 0).mean()), float((was >= 0).mean())
    assert rising > before_rising + 0.1 if order == "rising" else rising < before_rising - 0.05


def test_crushed_tones_are_few_and_keep_the_mean_of_a_ramp() -> None:
    ramp = flat(400, 200).copy()
    ramp[..., :3] = np.linspace(0.0, 1.0, 400, dtype=np.float32)[None, :, None]
    got = rendered(BitCrush(levels=3, size=0.01), ramp)
    assert got[..., :3].mean() == pytest.approx(0.5, abs=0.01)
    assert set(np.unique(got[:, 1:-1, :3]).round(3).tolist()) == {0.0, 0.5, 1.0}


def test_only_what_lies_between_two_tones_is_dithered() -> None:
    crush = BitCrush(levels=3, size=0.01)
    for tone, tones in ((0.45, {0.5}), (0.1, {0.0}), (0.25, {0.0, 0.5}), (0.75, {0.5, 1.0})):
        given = flat(200, 200).copy()
        given[..., :3] = tone
        assert set(np.unique(rendered(crush, given)[..., :3]).round(3).tolist()) == tones


def test_crushed_pixels_are_squares_of_one_colour() -> None:
    got = rendered(BitCrush(levels=5, size=0.01), photo(300, 200, "china.jpg"))  # 2 px a square
    for step_y, step_x in ((0, 1), (1, 0), (1, 1)):
        assert np.abs(got[step_y::2, step_x::2] - got[::2, ::2]).max() <= 1e-5


def test_a_tape_moves_lines_sideways_and_keeps_luma() -> None:
    got = rendered(TapeWarp(wobble=0.0, bleed=0.04, seed=1), photo(120, 80))
    apart = luma(np.ascontiguousarray(got[..., :3])) - luma(
        np.ascontiguousarray(photo(120, 80)[..., :3])
    )
    assert np.abs(apart).mean() <= 3 / 255
    wobbled = rendered(TapeWarp(wobble=0.025, bleed=0.0, seed=1), photo(120, 80))
    assert np.abs(wobbled - photo(120, 80)).mean() > 1 / 255


def test_a_decayed_jpeg_stays_near_the_picture_and_the_worse_the_further() -> None:
    given = photo(240, 160)
    apart = [
        float(
            np.abs(rendered(JpegDecay(block=0.04, quality=quality, times=1), given) - given).mean()
        )
        for quality in (12, 7, 3)
    ]
    assert 0.005 < apart[0] < apart[1] < apart[2] < 0.2


def test_a_slit_scan_moves_whole_columns() -> None:
    given = flat(120, 80).copy()
    given[..., 0] = np.linspace(0.0, 1.0, 120)[None]
    scan = SlitScan(reach=0.2, size=0.3, skew=0.0, axis="columns", seed=4)
    got = rendered(scan, given)
    assert np.abs(got - got[:1]).max() <= 1e-5
    assert np.abs(got[..., 0] - given[..., 0]).max() > 0.05


def test_stretching_drags_the_line_to_the_edge() -> None:
    given = photo(120, 80)
    got = rendered(PixelStretch(offset=0.0, fade=0.01, side="right"), given)
    assert np.abs(got[:, :59] - given[:, :59]).max() <= 1e-5
    assert np.abs(got[:, 80:] - got[:, 80:81]).max() <= 1e-3
    assert np.abs(got[:, 100] - given[:, 60]).mean() < 0.03


def ramp(width: int = 160, height: int = 80) -> Pixels:
    """Dark at the left and light at the right."""
    pixels = flat(width, height).copy()
    pixels[..., :3] = np.linspace(0.1, 0.9, width, dtype=np.float32)[None, :, None]
    return pixels


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_jpegs_borders_stay_their_own(times: int) -> None:
    given = ramp()
    got = rendered(JpegDecay(block=0.05, quality=12, times=times), given)
    borders = (given[..., 0] < 0.13) | (given[..., 0] > 0.87)
    # what lies at the opposite border must not ring over
    assert np.abs(got - given)[borders].max() < 0.04


def test_every_saving_of_a_jpeg_takes_its_toll() -> None:
    given = photo(120, 80)
    one, two, three = (
        rendered(JpegDecay(block=0.05, quality=8, times=n), given) for n in (1, 2, 3)
    )
    assert np.abs(one - two).mean() * 255 > 1.0
    assert np.abs(two - three).mean() * 255 > 1.0


def test_a_tapes_colour_runs_to_the_right() -> None:
    given = flat(200, 100).copy()
    given[..., :3] = 0.5
    given[:, 80:120, :3] = (0.7, 0.4, 0.5)  # a reddish bar
    got = rendered(TapeWarp(wobble=0.0, bleed=0.04, seed=1), given)
    red = got[..., 0] - got[..., 2]
    middle = float((red.mean(axis=0) * np.arange(200)).sum() / red.mean(axis=0).sum())
    assert middle == pytest.approx(99.5 + 0.04 * 100, abs=0.5)
