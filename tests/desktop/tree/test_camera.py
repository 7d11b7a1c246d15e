from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from layerforge.desktop.tree.camera import Camera
from layerforge.desktop.tree.layout import lay_out

WIDE = lay_out({0: None, **dict.fromkeys(range(1, 200), 0)}, folded=())


@pytest.mark.parametrize("upright", [True, False])
def test_what_is_under_the_mouse_stays_there(upright: bool) -> None:
    camera = Camera(pitch=40, slot=7, depth=1, upright=upright, width=700, height=300)
    at = QPointF(123, 77)
    before = camera.under(at)
    spot = camera.spot(*before)
    assert (spot.x(), spot.y()) == pytest.approx((at.x(), at.y()))
    for factor in (1.25, 0.5, 3.0):
        assert camera.zoomed(factor, at=at).under(at) == pytest.approx(before)
    moved = camera.panned(30, -12).under(QPointF(at.x() + 30, at.y() - 12))
    assert moved == pytest.approx(before)


@pytest.mark.parametrize("upright", [True, False])
def test_all_of_a_tree_fits(upright: bool) -> None:
    camera = Camera(upright=upright, width=800, height=420).fitting(WIDE)
    for slot, depth in ((0, 1), (198, 1), (99, 0)):
        spot = camera.spot(slot, depth)
        assert 0 <= spot.x() <= 800
        assert 0 <= spot.y() <= 420
    assert camera.zoomed(0.01).held(WIDE).pitch == pytest.approx(camera.pitch)


def test_it_moves_no_further_than_to_show_a_branch() -> None:
    camera = Camera(pitch=60, slot=10, depth=1, width=600, height=300)
    assert camera.showing(11, 1) == camera
    spot = camera.showing(100, 1).spot(100, 1)
    assert 500 < spot.x() < 600
    assert camera.showing(100, 1).depth == camera.depth
