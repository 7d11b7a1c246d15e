"""Masks, and the shapes they are cut to."""

from __future__ import annotations

import math

import numpy as np
import pytest

from layerforge.operations.masking import (
    BrushMask,
    CloudMask,
    CropMask,
    FeatherMask,
    GradientMask,
    GrowMask,
    InvertMask,
    LuminanceKey,
    PolygonMask,
    ShapeMask,
    ShrinkMask,
    StripesMask,
    TornEdge,
)
from layerforge.operations.operation import Mask
from layerforge.operations.pixels import luma
from layerforge.operations.shapes import ellipse, extent_of, rectangle, star
from tests.operations.pictures import context, flat, photo


def covered(mask: Mask, pixels: np.ndarray) -> np.ndarray:
    whole = np.ones(pixels.shape[:2], dtype=np.float32)
    return mask.cover(whole, pixels, context(pixels))


def shape(kind: str, **changes: object) -> ShapeMask:
    values: dict[str, object] = {
        "size": 0.8,
        "aspect": 1.0,
        "x": 0.0,
        "y": 0.0,
        "angle": 0.0,
        "points": 6,
        "softness": 0.001,
        "hole": False,
    }
    return ShapeMask(shape=kind, **{**values, **changes})


@pytest.mark.parametrize(
    ("kind", "area"),
    [
        ("circle", math.pi * 40**2),
        ("ellipse", math.pi * 40**2),
        ("polygon", 6 / 2 * 40**2 * math.sin(math.pi / 3)),
        ("rectangle", 80**2 - (4 - math.pi) * 3.2**2),
    ],
)
def test_shapes_have_their_area(kind: str, area: float) -> None:
    seen = covered(shape(kind, angle=17.0), flat(100, 100))
    assert float(seen.sum()) == pytest.approx(area, rel=0.01)
    hole = covered(shape(kind, angle=17.0, hole=True), flat(100, 100))
    assert np.abs(seen + hole - 1.0).max() <= 1e-6


def test_a_star_has_its_points() -> None:
    xs, ys = context(flat(200, 200)).grid()
    inside = star(xs, ys, 0.4, points=5, depth=0.5) > 0
    ring = np.abs(np.hypot(xs, ys) - 0.3) < 0.004
    bearings = np.degrees(np.arctan2(ys[ring & inside], xs[ring & inside]))
    assert 70 <= len(bearings) <= 400
    folded = np.mod(bearings + 90.0 + 36.0, 72.0) - 36.0  # one point is up
    assert np.abs(folded).max() < 20.0


def test_distances_are_in_the_units_of_the_canvas() -> None:
    xs, ys = context(flat(200, 100)).grid()
    circle = ellipse(xs, ys, 0.3, 0.3)
    assert np.abs(circle - (0.3 - np.hypot(xs, ys)))[np.hypot(xs, ys) > 0.1].max() <= 1e-4
    box = rectangle(xs, ys, 0.5, 0.2)
    assert box[50, 100] == pytest.approx(0.2, abs=0.01)
    assert box[50, 199] == pytest.approx(-0.495, abs=0.01)


def test_the_extent_is_the_box_of_what_is_seen() -> None:
    alpha = np.zeros((50, 100), dtype=np.float32)
    alpha[10:20, 60:90] = 0.8
    box = extent_of(alpha, context(flat(100, 50)))
    assert (box.x, box.y) == pytest.approx((0.5, -0.2))
    assert (box.half_width, box.half_height) == pytest.approx((0.3, 0.1))
    assert box.half_short == pytest.approx(0.1)
    nothing = extent_of(alpha * 0, context(flat(100, 50)))
    assert (nothing.half_width, nothing.half_height) == (1.0, 0.5)


def test_masks_lie_on_the_piece_not_on_the_canvas() -> None:
    piece = np.zeros((60, 90, 4), dtype=np.float32)
    piece[10:30, 60:80] = 1.0
    seen = covered(shape("circle"), piece)
    ys, xs = np.nonzero(seen > 0.5)
    assert abs(ys.mean() - 19.5) < 0.6
    assert abs(xs.mean() - 69.5) < 0.6


def test_a_gradient_goes_from_nothing_to_all() -> None:
    seen = covered(GradientMask(angle=0.0, offset=0.0, softness=0.5), flat(100, 50))
    assert not seen[:, :36].any()
    assert seen[:, 64:].min() == 1.0
    assert seen[25, 49] + seen[25, 50] == pytest.approx(1.0, abs=1e-5)


def test_stripes_show_their_share() -> None:
    seen = covered(StripesMask(period=0.1, angle=0.0, share=0.6, softness=0.0), flat(200, 200))
    assert float(seen.mean()) == pytest.approx(0.6, abs=0.02)


def test_a_torn_edge_leaves_the_middle_whole() -> None:
    mask = TornEdge(inset=0.04, roughness=0.03, detail=0.2, seed=3)
    seen = covered(mask, flat(120, 80))
    assert seen[28:52, 28:92].min() == 1.0
    assert float(seen[0].mean()) < 0.3
    assert float(seen[:, -1].mean()) < 0.3
    assert 0.6 < float(seen.mean()) < 0.98


def test_clouds_hide_more_at_a_higher_level() -> None:
    shares = [
        float(covered(CloudMask(size=0.3, level=level, softness=0.3, seed=1), flat(90, 60)).mean())
        for level in (-1.0, 0.0, 0.6)
    ]
    assert shares[0] > shares[1] > shares[2]


@pytest.mark.parametrize("keep", ["bright", "dark"])
def test_the_key_follows_luma(keep: str) -> None:
    seen = covered(LuminanceKey(keep=keep, level=0.5, softness=0.05), photo(96, 64))
    light = luma(photo(96, 64)[..., :3])
    order = np.corrcoef(light.ravel(), seen.ravel())[0, 1]
    assert order > 0.6 if keep == "bright" else order < -0.6
    assert float(seen.mean()) == pytest.approx(0.5, abs=0.05)


def test_inverting_turns_what_masks_hid_over() -> None:
    pixels = flat(40, 30)
    half = covered(shape("circle"), pixels)
    turned = InvertMask().cover(half, pixels, context(pixels))
    assert np.abs(turned + half - 1.0).max() <= 1e-6
    assert covered(InvertMask(), pixels).min() == 1.0


def test_a_feather_fades_inwards() -> None:
    seen = covered(FeatherMask(radius=0.05), flat(100, 80))
    assert seen[40, 50] == pytest.approx(1.0, abs=1e-4)
    assert seen[40, 0] < 0.2
    assert (np.diff(seen[40, :20]) >= -1e-6).all()


def test_a_crop_has_its_format() -> None:
    for name, aspect in (("1:1", 1.0), ("16:9", 16 / 9), ("1:4", 0.25)):
        crop = CropMask(format=name, size=0.8, x=1.0, y=-1.0)
        box = extent_of(covered(crop, flat(300, 200)), context(flat(300, 200)))
        assert box.half_width / box.half_height == pytest.approx(aspect, rel=0.05)
        # pushed into the upper right corner
        assert box.x + box.half_width == pytest.approx(0.75, abs=0.01)
        assert box.y - box.half_height == pytest.approx(-0.5, abs=0.01)


def test_a_regular_polygon_covers_its_area() -> None:
    mask = PolygonMask(corners=6, size=1.0, uneven=0.1, angle=0.0, seed=3)
    regular = math.pi / 4 * (3 * math.sqrt(3) / 2) / math.pi
    share = covered(mask, flat(200, 200)).mean()
    assert 0.75 * regular < share < regular * 1.02


def test_shrinking_takes_a_rim_off_and_growing_gives_it_back() -> None:
    pixels = flat(200, 200).copy()
    pixels[:, :100] = 0.0
    shrunk = covered(ShrinkMask(radius=0.05), pixels) * pixels[..., 3]
    box = extent_of(shrunk.astype(np.float32), context(pixels))
    assert box.x - box.half_width == pytest.approx(0.05, abs=0.01)
    assert box.x + box.half_width == pytest.approx(0.45, abs=0.01)
    half = np.zeros((200, 200), dtype=np.float32)
    half[:, 100:] = 1.0
    whole = flat(200, 200)
    grown = GrowMask(radius=0.02).cover(half, whole, context(whole))
    assert grown[100, :94].max() < 0.1
    assert grown[100, 98:].min() > 0.9


def test_brush_strokes_are_dry_at_their_ends() -> None:
    brush = BrushMask(width=0.15, cover_share=0.9, dryness=0.9, angle=0.0, seed=2)
    seen = covered(brush, flat(300, 200))[40:160]
    assert seen[:, 40:120].mean() > 0.8
    assert seen[:, 200:260].mean() < seen[:, 40:120].mean() - 0.1
    assert seen[:, 297:].mean() < 0.1
