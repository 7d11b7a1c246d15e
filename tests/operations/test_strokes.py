"""Where strokes lie, how they bend, and which of them is on top."""

from __future__ import annotations

import math

import numpy as np
import pytest

from layerforge.operations.brush import colors
from layerforge.operations.flow import flow_of
from layerforge.operations.strokes import BRUSHES, Strokes, laid, topmost
from tests.operations.pictures import context, flat
from tests.operations.test_flow import grating

RADIUS = 0.02


def strokes_on(pixels: np.ndarray, *, lean_deg: float = 30.0, seed: int = 4) -> Strokes:
    at = context(pixels)
    lean = math.cos(math.radians(lean_deg)), math.sin(math.radians(lean_deg))
    flow = flow_of(pixels, at, detail=0.3 * RADIUS, reach=1.5 * RADIUS, lean=lean)
    guides = [colors(pixels, 0.5 * share * RADIUS * at.short_side) for share in BRUSHES]
    return laid(guides, flow, at, radius=RADIUS, seed=seed)


def angles_off(strokes: Strokes, angle_deg: float) -> np.ndarray:
    off = np.degrees(np.arctan2(strokes.along_y, strokes.along_x)) - angle_deg
    return np.abs((off + 90.0) % 180.0 - 90.0)


def one(**changes: float) -> Strokes:
    values = {"x": 0.0, "y": 0.0, "along_x": 1.0, "along_y": 0.0, "bend": 0.0}
    values |= {"half_width": 0.1, "half_length": 0.4, "chance": 0.0, **changes}
    arrays = {name: np.array([value], dtype=np.float32) for name, value in values.items()}
    return Strokes(**arrays, rgb=np.ones((1, 3), dtype=np.float32))


@pytest.mark.parametrize("angle", [0.0, 50.0, 135.0])
def test_strokes_follow_a_grating(angle: float) -> None:
    off = angles_off(strokes_on(grating(angle, 240, 200)), angle)
    assert np.quantile(off, 0.9) < 10.0  # each strays a little by chance


def test_on_a_flat_picture_they_lean_as_told_and_only_the_coarsest_brush_paints() -> None:
    strokes = strokes_on(flat(240, 160))
    assert angles_off(strokes, 30.0).max() < 10.0
    assert strokes.half_width.min() > 0.75 * BRUSHES[0] * RADIUS
    assert np.abs(strokes.rgb - (0.2, 0.5, 0.7)).max() < 0.03


def test_fine_brushes_paint_where_there_is_detail() -> None:
    pixels = np.array(flat(240, 160))
    pixels[:, 120:] = grating(60.0, 240, 160)[:, 120:]
    strokes = strokes_on(pixels)
    fine = strokes.half_width < 0.75 * BRUSHES[0] * RADIUS
    assert fine.sum() > 50
    assert (strokes.x[fine] > -0.1).all()


def test_they_bend_with_rings() -> None:
    pixels = np.ones((200, 200, 4), dtype=np.float32)
    xs, ys = context(pixels).grid()
    away = np.hypot(xs, ys)
    pixels[..., :3] = (0.5 + 0.4 * np.sin(away * (2 * math.pi / 0.1)))[..., None]
    strokes = strokes_on(pixels)
    ring = (np.hypot(strokes.x, strokes.y) > 0.25) & (np.hypot(strokes.x, strokes.y) < 0.4)
    # v points to the right of u; the middle lies on one side of it, and the arc turns there
    inwards = strokes.x * strokes.along_y - strokes.y * strokes.along_x
    assert (np.sign(strokes.bend) == np.sign(inwards))[ring].mean() > 0.9
    curved = np.abs(strokes.bend) * np.hypot(strokes.x, strokes.y)
    assert np.median(curved[ring]) == pytest.approx(1.0, abs=0.35)  # one over the ring's radius


def test_a_stroke_covers_its_length_and_width() -> None:
    at = context(flat(200, 100))
    top = topmost(one(), at, fine=1)
    assert set(np.unique(top)) == {0, 1}
    across, along = (top > 0)[:, 100].sum(), (top > 0)[50].sum()
    assert across == pytest.approx(20, abs=1.5)
    assert along == pytest.approx(80, abs=1.5)
    upright = topmost(one(along_x=0.0, along_y=1.0), at, fine=1)
    assert (upright > 0)[50].sum() == pytest.approx(20, abs=1.5)


def test_a_bent_stroke_leaves_its_tangent() -> None:
    top = topmost(one(bend=2.0), context(flat(200, 100)), fine=1)
    # half a stroke's length off, an arc of that bend lies 2 * 0.3² / 2 below the middle
    assert top[50 + 9, 100 + 30] == 1
    assert top[50 - 9, 100 + 30] == 0


def test_later_strokes_lie_on_top() -> None:
    two = Strokes(
        **{
            name: np.concatenate(
                [getattr(one(), name), getattr(one(along_x=0.0, along_y=1.0), name)]
            )
            for name in Strokes.__dataclass_fields__
        }
    )
    assert topmost(two, context(flat(200, 100)), fine=1)[50, 100] == 2


def test_the_same_strokes_at_every_size() -> None:
    small, large = (strokes_on(grating(50.0, width, width // 3 * 2)) for width in (300, 900))
    kept = {(round(float(x), 4), round(float(y), 4)) for x, y in zip(small.x, small.y, strict=True)}
    again = {
        (round(float(x), 4), round(float(y), 4)) for x, y in zip(large.x, large.y, strict=True)
    }
    assert len(kept & again) > 0.9 * max(len(kept), len(again))
