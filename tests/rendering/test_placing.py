"""Pictures on the canvas."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.model.layer import Fill, Placement
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels
from layerforge.rendering.placing import fill, place, placed_size
from tests.operations.pictures import no_source, noise_picture, photo


def placed(picture: Pixels, placement: Placement, width: int, height: int) -> Pixels:
    at = RenderContext(width, height, no_source)
    aspect = picture.shape[1] / picture.shape[0]
    return place(picture, placement, aspect=aspect, at=at)


@pytest.mark.parametrize("size", [(96, 64), (1, 1), (1, 40), (33, 17)], ids=str)
@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_a_picture_of_the_canvas_size_stays_identical(size: tuple[int, int], fit: str) -> None:
    picture = noise_picture(*size)
    at_rest = Placement(fit="cover" if fit == "cover" else "contain")
    assert np.array_equal(placed(picture, at_rest, *size), picture)


def test_flips_are_those_of_numpy() -> None:
    picture = noise_picture(31, 20)
    across = placed(picture, Placement(flip_horizontal=True), 31, 20)
    down = placed(picture, Placement(flip_vertical=True), 31, 20)
    assert np.array_equal(across, picture[:, ::-1])
    assert np.array_equal(down, picture[::-1])


@pytest.mark.parametrize(("angle", "turns"), [(90.0, -1), (-90.0, 1), (180.0, 2)])
def test_quarter_turns_are_those_of_numpy_and_clockwise(angle: float, turns: int) -> None:
    picture = noise_picture(24, 24)
    turned = placed(picture, Placement(angle_deg=angle), 24, 24)
    assert np.abs(turned - np.rot90(picture, turns)).max() <= 1e-5


def test_half_size_is_the_average_by_area() -> None:
    picture = photo(96, 64)
    half = placed(picture, Placement(), 48, 32)
    want = picture.reshape(32, 2, 48, 2, 4).mean(axis=(1, 3))
    assert np.abs(half - want).max() <= 1e-5
    small = placed(picture, Placement(scale=0.5), 96, 64)
    assert np.abs(small[16:48, 24:72] - want).max() <= 1e-5
    assert not small[:16].any()


def test_a_whole_pixel_shift_moves_pixels() -> None:
    picture = noise_picture(40, 32)
    moved = placed(picture, Placement(x=0.25, y=-0.125), 40, 32)  # 8 px right, 4 px up
    assert np.abs(moved[:-4, 8:] - picture[4:, :-8]).max() <= 1e-6
    assert not moved[:, :8].any()
    assert not moved[-4:].any()


def test_cover_fills_the_canvas_and_contain_fits_into_it() -> None:
    picture = photo(96, 64)
    assert placed(picture, Placement(), 50, 50)[..., 3].min() == pytest.approx(1.0)
    inside = placed(picture, Placement(fit="contain"), 60, 60)
    assert not inside[:9].any()
    assert inside[11:49, :, 3].min() == pytest.approx(1.0, abs=1e-6)
    at = RenderContext(50, 50, no_source)
    assert placed_size(Placement(), aspect=1.5, at=at) == pytest.approx((75, 50))
    assert placed_size(Placement(fit="contain"), aspect=1.5, at=at) == pytest.approx((50, 100 / 3))


def test_edges_are_antialiased() -> None:
    white = np.ones((40, 40, 4), dtype=np.float32)
    turned = placed(white, Placement(scale=0.6, angle_deg=27.0), 80, 80)
    partly = (turned[..., 3] > 0.05) & (turned[..., 3] < 0.95)
    assert partly.sum() > 80
    assert turned[..., 3].sum() == pytest.approx(48 * 48, rel=0.02)


@pytest.mark.parametrize("scale", [0.37, 1.0, 1.9])
def test_no_dark_fringe_at_a_cut_out_edge(scale: float) -> None:
    ys, xs = np.mgrid[-30:30, -30:30] + 0.5
    alpha = np.clip(20.5 - np.hypot(xs, ys), 0.0, 1.0).astype(np.float32)
    disc = np.repeat(alpha[..., None], 4, axis=-1)
    laid = placed(disc, Placement(scale=scale, angle_deg=33.0, x=0.013), 90, 90)
    over_white = laid[..., :3] + (1.0 - laid[..., 3:])
    assert over_white.min() >= 1.0 - 1e-5
    assert (laid[..., :3] <= laid[..., 3:] + 1e-6).all()


def test_shrinking_does_not_alias() -> None:
    stripes = np.ones((256, 256, 4), dtype=np.float32)
    stripes[:, ::2, :3] = 0.0
    small = placed(stripes, Placement(scale=0.2), 100, 100)
    inner = small[45:55, 45:55, :3]
    assert np.abs(inner - 0.5).max() <= 0.06


def test_enlarging_keeps_the_mean() -> None:
    large = placed(photo(48, 32), Placement(), 384, 256)
    back = cv2.resize(large, (48, 32), interpolation=cv2.INTER_AREA)
    assert np.abs(back - photo(48, 32)).mean() <= 2 / 255


def test_a_fill_is_flat_or_runs_from_one_colour_to_the_other() -> None:
    at = RenderContext(40, 20, no_source)
    flat = fill(Fill(color=(0.1, 0.2, 0.3)), at=at)
    assert np.abs(flat - np.array([0.1, 0.2, 0.3, 1.0], dtype=np.float32)).max() <= 1e-6
    across = fill(Fill(color=(0.0, 0.0, 0.0), end=(1.0, 1.0, 1.0)), at=at)
    assert np.abs(across[0, :, 0] - (np.arange(40) + 0.5) / 40).max() <= 1e-5
    down = fill(Fill(color=(0.0, 0.0, 0.0), end=(1.0, 1.0, 1.0), angle_deg=90.0), at=at)
    assert np.abs(down[:, 0, 0] - (np.arange(20) + 0.5) / 20).max() <= 1e-5


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_an_enlarged_picture_keeps_a_crisp_border(angle: float) -> None:
    white = np.ones((8, 8, 4), dtype=np.float32)
    large = placed(white, Placement(scale=0.5, angle_deg=angle), 160, 160)
    partly = (large[..., 3] > 0.01) & (large[..., 3] < 0.99)
    assert partly.sum() <= 4 * 80 * 2
    assert large[..., 3].sum() == pytest.approx(80 * 80, rel=0.01)
    assert placed(white, Placement(), 160, 160).min() >= 1.0 - 1e-6
