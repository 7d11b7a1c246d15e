"""The Kuwahara filter on pictures with a known answer."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.operations.kuwahara import kuwahara
from layerforge.operations.pixels import with_coverage
from tests.operations.pictures import context, cut_out, flat


def evened(pixels: np.ndarray, *, radius: float = 0.03, sharpness: float = 12.0) -> np.ndarray:
    return kuwahara(pixels, context(pixels), radius=radius, sharpness=sharpness)


def step(noise: float = 0.0) -> np.ndarray:
    """0.3 on the left half and 0.7 on the right one."""
    pixels = np.ones((100, 160, 4), dtype=np.float32)
    pixels[:, :80, :3], pixels[:, 80:, :3] = 0.3, 0.7
    pixels[..., :3] += np.random.default_rng(1).normal(0.0, noise, (100, 160, 1))
    return pixels


def test_an_edge_stays_where_a_mean_would_blur_it() -> None:
    got = evened(step())[50, :, 0]
    mean = cv2.blur(step(), (7, 7))[50, :, 0]
    assert mean[82] - mean[77] < 0.35
    assert got[82] - got[77] > 0.38  # of 0.4
    assert got[:78] == pytest.approx(np.full(78, 0.3), abs=0.01)
    assert got[82:] == pytest.approx(np.full(78, 0.7), abs=0.01)


def test_noise_goes_and_the_edge_stays() -> None:
    noisy = step(0.05)
    got = evened(noisy)
    assert got[10:-10, 10:70, 0].std() < 0.35 * noisy[10:-10, 10:70, 0].std()
    assert float(got[40:60, 83, 0].mean() - got[40:60, 76, 0].mean()) > 0.35


def test_a_flat_picture_stays_flat() -> None:
    assert evened(flat(60, 40)) == pytest.approx(flat(60, 40), abs=1e-5)


def test_colours_of_one_tone_count_as_an_edge() -> None:
    pixels = np.ones((100, 160, 4), dtype=np.float32)
    pixels[:, :80, :3], pixels[:, 80:, :3] = (0.8, 0.2, 0.3), (0.2, 0.378, 0.3)  # of one luma
    got = evened(pixels)[50]
    assert got[76, 0] - got[83, 0] > 0.55


def test_a_cut_out_of_one_colour_keeps_it_up_to_its_rim() -> None:
    disc = with_coverage(flat(120, 80), cut_out(120, 80)[..., 3])
    got = evened(disc)
    seen = got[..., 3] > 0.02
    straight = got[seen][:, :3] / got[seen][:, 3:]
    assert straight == pytest.approx(np.broadcast_to((0.2, 0.5, 0.7), straight.shape), abs=0.01)
