"""Colour spaces and alpha, against known values."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.pixels import (
    flatten,
    from_oklab,
    from_uint8,
    legal,
    luma,
    mixed,
    premultiply,
    smoothstep,
    straight_rgb,
    to_encoded,
    to_linear,
    to_oklab,
    to_uint8,
    with_rgb,
)
from tests.operations.pictures import cut_out, noise_picture


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((1.0, 1.0, 1.0), (1.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        ((1.0, 0.0, 0.0), (0.62796, 0.22486, 0.12585)),
        ((0.0, 1.0, 0.0), (0.86644, -0.23389, 0.17950)),
        ((0.0, 0.0, 1.0), (0.45201, -0.03246, -0.31153)),
    ],
)
def test_oklab_of_the_primaries(rgb: tuple[float, ...], lab: tuple[float, ...]) -> None:
    for shape in ((3,), (1, 3), (2, 2, 3)):
        given = np.broadcast_to(np.array(rgb, dtype=np.float32), shape).copy()
        assert to_oklab(given) == pytest.approx(np.broadcast_to(lab, shape), abs=2e-4)


def test_what_srgb_does_not_hold_comes_back_at_its_border() -> None:
    lab = np.float32([[0.7, 0.5, 0.0], [0.5, 0.0, -0.6], [0.6, 0.02, 0.01]])
    rgb = from_oklab(lab)
    back = to_oklab(rgb)
    assert back[:, 0] == pytest.approx(lab[:, 0], abs=5e-3)
    assert np.degrees(np.arctan2(back[:2, 2], back[:2, 1])) == pytest.approx([0.0, -90.0], abs=1)
    assert ((rgb[:2].max(axis=1) > 0.99) | (rgb[:2].min(axis=1) < 0.02)).all()
    assert back[2] == pytest.approx(lab[2], abs=1e-4)  # and what it holds as it is
    assert from_oklab(lab[0]) == pytest.approx(rgb[0], abs=1e-6)


def test_oklab_and_back() -> None:
    rgb = np.random.default_rng(1).random((20, 20, 3), dtype=np.float32)
    assert np.abs(from_oklab(to_oklab(rgb)) - rgb).max() <= 1e-4


def test_the_srgb_curve() -> None:
    encoded = np.array([[0.0, 0.02, 0.04045, 0.5, 0.735357, 1.0]], dtype=np.float32)
    linear = np.array([[0.0, 0.02 / 12.92, 0.0031308, 0.214041, 0.5, 1.0]])
    assert to_linear(encoded) == pytest.approx(linear, abs=2e-5)
    assert to_encoded(linear.astype(np.float32)) == pytest.approx(encoded, abs=2e-5)


def test_luma_is_that_of_rec_709() -> None:
    rgb = np.eye(3, dtype=np.float32)[None]
    assert luma(rgb)[0] == pytest.approx([0.2126, 0.7152, 0.0722], abs=1e-6)
    assert luma(rgb[0]) == pytest.approx([0.2126, 0.7152, 0.0722], abs=1e-6)


def test_straight_and_back_keeps_pixels() -> None:
    pixels = noise_picture(30, 20)
    assert np.abs(with_rgb(pixels, straight_rgb(pixels)) - pixels).max() <= 1e-6
    assert not straight_rgb(pixels)[pixels[..., 3] == 0.0].any()
    rgba = np.random.default_rng(2).random((4, 4, 4), dtype=np.float32)
    assert straight_rgb(premultiply(rgba)) == pytest.approx(rgba[..., :3], abs=1e-5)


def test_legal_clips_colour_to_alpha() -> None:
    wild = np.array([[[1.5, -0.2, 0.4, 0.5], [0.1, 1.2, 0.3, 1.0]]], dtype=np.float32)
    assert legal(wild) == pytest.approx(
        np.array([[[0.5, 0.0, 0.4, 0.5], [0.1, 1.0, 0.3, 1.0]]], dtype=np.float32)
    )


def test_legal_keeps_the_colour_where_alpha_overshoots() -> None:
    wild = np.array([[[0.12, 0.6, 1.2, 1.2]]], dtype=np.float32)
    assert legal(wild) == pytest.approx(np.array([[[0.1, 0.5, 1.0, 1.0]]], dtype=np.float32))


def test_bytes_round_half_up_and_back() -> None:
    every = np.arange(256, dtype=np.uint8)
    assert np.array_equal(to_uint8(from_uint8(every)), every)
    assert to_uint8(np.array([0.5 / 255 + 1e-6, -1.0, 2.0], dtype=np.float32)).tolist() == [
        1,
        0,
        255,
    ]


def test_flatten_mixes_and_helpers_run_between() -> None:
    pixels = cut_out(40, 30)
    assert flatten(pixels)[0, 0] == pytest.approx([1.0, 1.0, 1.0])
    assert mixed(pixels, pixels * 0, 0.25) == pytest.approx(pixels * 0.75)
    steps = smoothstep(np.array([-1.0, 0.0, 0.5, 1.0, 9.0], dtype=np.float32), 0.0, 1.0)
    assert steps.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
