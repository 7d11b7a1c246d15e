"""Shadows, stickers and glows around what is cut out."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.edges import DropShadow, InnerShadow, OuterGlow, StickerEdge
from tests.operations.pictures import context, flat, rendered


def disc(radius: float = 0.25, size: int = 160) -> np.ndarray:
    xs, ys = context(flat(size, size)).grid()
    alpha = np.clip((radius - np.hypot(xs, ys)) * size + 0.5, 0.0, 1.0).astype(np.float32)
    return alpha[..., None] * np.array([0.9, 0.3, 0.2, 1.0], dtype=np.float32)


@pytest.mark.parametrize("width", [0.006, 0.015, 0.03])
def test_a_sticker_edge_is_as_wide_as_it_says(width: float) -> None:
    got = rendered(StickerEdge(width=width, color=(1.0, 1.0, 1.0)), disc(size=400))
    radius = float(np.sqrt(got[..., 3].sum() / np.pi)) / 400
    assert radius == pytest.approx(0.25 + width, abs=0.0025)
    assert got[200, 200, :3] == pytest.approx([0.9, 0.3, 0.2])
    rim = got[200, 200 + round(400 * (0.25 + width / 2))]
    assert rim == pytest.approx([1.0, 1.0, 1.0, 1.0], abs=0.1)


def test_a_shadow_falls_its_way_and_lies_below() -> None:
    given = disc()
    got = rendered(DropShadow(distance=0.06, angle=90.0, softness=0.01, opacity=0.8), given)
    assert got[80, 80] == pytest.approx(given[80, 80])
    below, above = got[80 + 46, 80], got[80 - 46, 80]
    assert below[3] > 0.5
    assert below[:3].max() < 0.1
    assert above[3] < 0.05


def test_a_glow_surrounds_the_layer_evenly() -> None:
    got = rendered(OuterGlow(reach=0.04, color=(1.0, 1.0, 0.5), opacity=1.0), disc())
    around = [got[80 + 44, 80, 3], got[80 - 45, 80, 3], got[80, 80 + 44, 3]]
    assert min(around) > 0.2
    assert np.ptp(around) < 0.1


def test_an_inner_shadow_darkens_the_rim_and_keeps_alpha() -> None:
    given = disc()
    got = rendered(InnerShadow(reach=0.02, opacity=0.8), given)
    assert np.array_equal(got[..., 3], given[..., 3])
    assert got[80, 80, 0] == pytest.approx(0.9, abs=1e-3)
    assert got[80, 80 + 38, 0] < 0.5
