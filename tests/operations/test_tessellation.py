"""Pieces of one colour each."""

from __future__ import annotations

import cv2
import numpy as np

from layerforge.operations.tessellation import LowPoly, StainedGlass, _delaunay
from tests.operations.pictures import context, cut_out, flat, photo


def test_triangles_cover_the_sheet_once() -> None:
    rng = np.random.default_rng(1)
    corners = (rng.random((40, 2)) * (90, 60)).astype(np.float32)
    triangles = _delaunay(corners, (90, 60))
    sides = triangles[:, 1:] - triangles[:, :1]
    areas = np.abs(sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0]) / 2
    assert areas.sum() == np.float64(90 * 60)
    # Delaunay: no corner lies within a triangle's circle
    points = np.unique(triangles.reshape(-1, 2), axis=0)
    for triangle in triangles[::7]:
        a, b, c = triangle
        lengths = [np.linalg.norm(b - c), np.linalg.norm(a - c), np.linalg.norm(a - b)]
        area = abs((b - a)[0] * (c - a)[1] - (b - a)[1] * (c - a)[0]) / 2
        radius = np.prod(lengths) / (4 * area)
        system = 2 * np.array([b - a, c - a])
        center = np.linalg.solve(system, [b @ b - a @ a, c @ c - a @ a])
        assert (np.linalg.norm(points - center, axis=1) > radius - 1e-3).all()


def low_poly(size: float) -> LowPoly:
    return LowPoly(size=size, follow=0.8, light=0.0, strength=1.0, seed=3)


def test_a_low_poly_picture_is_flat_almost_everywhere_and_keeps_its_mean() -> None:
    pixels = photo(240, 160)
    out = low_poly(0.1).render(pixels, context(pixels))
    slope = np.abs(np.diff(out[..., 1], axis=1))
    assert (slope < 1e-4).mean() > 0.7
    assert np.abs(out.mean(axis=(0, 1)) - pixels.mean(axis=(0, 1))).max() < 0.01


def test_smaller_triangles_come_closer() -> None:
    pixels = photo(240, 160)
    apart = [
        np.abs(low_poly(size).render(pixels, context(pixels)) - pixels).mean()
        for size in (0.03, 0.06, 0.13)
    ]
    assert apart == sorted(apart)


def test_corners_seek_edges() -> None:
    # a black and a white half: with corners on the edge hardly anything turns grey
    pixels = flat(240, 160).copy()
    pixels[:, :110, :3], pixels[:, 110:, :3] = 0.0, 1.0
    grey = []
    for follow in (0.3, 1.0):
        one = LowPoly(size=0.1, follow=follow, light=0.0, strength=1.0, seed=3)
        out = one.render(pixels, context(pixels))
        grey.append(((out[..., 0] > 0.1) & (out[..., 0] < 0.9)).mean())
    assert max(grey) < 0.12


def test_the_outline_of_a_cutout_stays() -> None:
    pixels = cut_out(240, 160)
    glass = StainedGlass(size=0.08, lead=0.06, color=(0.1, 0.1, 0.1), vivid=0.5, seed=1)
    for one in (low_poly(0.08), glass):
        assert np.array_equal(one.render(pixels, context(pixels))[..., 3], pixels[..., 3])


def test_stained_glass_has_lead_between_panes() -> None:
    pixels = flat(240, 160)
    glass = StainedGlass(size=0.12, lead=0.1, color=(0.05, 0.05, 0.05), vivid=0.2, seed=1)
    dark = (glass.render(pixels, context(pixels))[..., 2] < 0.25).astype(np.uint8)
    assert 0.05 < dark.mean() < 0.35
    panes, _ = cv2.connectedComponents(1 - dark, connectivity=4)
    assert panes > 40
