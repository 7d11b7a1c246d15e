from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from layerforge.desktop.compare.places import places


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("aspect", [0.4, 1.0, 2.5])
def test_places_are_equal_apart_and_inside(count: int, aspect: float) -> None:
    room = QRectF(10, 20, 900, 500)
    found = places(count, room, aspect)
    assert len(found) == count
    for at, one in enumerate(found):
        assert one.size() == found[0].size()
        assert room.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(one)
        assert not any(one.intersects(other) for other in found[:at])


def test_tall_pictures_stand_beside_each_other_and_wide_ones_above() -> None:
    room = QRectF(0, 0, 800, 800)
    tall, wide = places(2, room, 0.5), places(2, room, 2.0)
    assert tall[0].y() == tall[1].y()
    assert wide[0].x() == wide[1].x()
    assert len({one.x() for one in places(4, room, 1.0)}) == 2
