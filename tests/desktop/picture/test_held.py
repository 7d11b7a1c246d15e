from __future__ import annotations

import pytest
from PySide6.QtGui import QPixmap

from layerforge.desktop.picture.held import HeldPictures, Subject


@pytest.mark.usefixtures("qapp")
def test_the_picture_that_fits_best_is_given() -> None:
    held = HeldPictures()
    for edge in (100, 400, 800):
        held.hold(Subject(3), QPixmap(edge, edge // 2))
    held.hold(Subject(3, upto=1), QPixmap(300, 300))

    def given(edge: int) -> int:
        found = held.nearest(Subject(3), edge)
        assert found is not None
        return found.width()

    assert (given(100), given(101), given(400), given(5000)) == (100, 400, 400, 800)
    assert held.nearest(Subject(4), 100) is None


@pytest.mark.usefixtures("qapp")
def test_what_was_not_looked_at_longest_goes_first() -> None:
    held = HeldPictures(max_bytes=3 * 4 * 100 * 100)
    for branch in (1, 2, 3):
        held.hold(Subject(branch), QPixmap(100, 100))
    held.nearest(Subject(1), 100)
    held.hold(Subject(4), QPixmap(100, 100))
    assert held.nearest(Subject(2), 100) is None
    assert held.nearest(Subject(1), 100) is not None
    assert held.held_bytes <= 3 * 4 * 100 * 100
