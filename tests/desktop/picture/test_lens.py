from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from layerforge.desktop.picture.lens import LARGEST_SCALE, Lens, Room

ROOM = Room(x=0, y=0, width=400, height=300, ratio=1.0, canvas=(1000, 500))
SAME = Room(x=0, y=0, width=400, height=300, ratio=1.0, canvas=(1000, 750))


def test_all_is_seen_in_the_middle() -> None:
    target = Lens().target(ROOM)
    assert (target.x(), target.y(), target.width(), target.height()) == (0, 50, 400, 200)


def test_actual_pixels_on_a_fine_screen_are_smaller() -> None:
    fine = Room(x=0, y=0, width=400, height=300, ratio=2.0, canvas=(1000, 500))
    assert Lens(scale=1.0).target(fine).width() == 500


@given(
    at=st.tuples(st.floats(0, 400), st.floats(0, 300)),
    scale=st.floats(1.0, 20.0),
)
def test_what_lies_under_the_pointer_stays_there(at: tuple[float, float], scale: float) -> None:
    point = QPointF(*at)
    zoomed = Lens().zoomed(SAME, scale, at=point)
    assert zoomed.point(SAME, point) == pytest.approx(Lens().point(SAME, point), abs=1e-6)


@given(
    moves=st.lists(st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)), max_size=5),
    scale=st.floats(0.1, 50),
)
def test_a_picture_larger_than_its_room_leaves_no_gap(
    moves: list[tuple[float, float]], scale: float
) -> None:
    lens = Lens().zoomed(ROOM, scale)
    for move in moves:
        lens = lens.panned(ROOM, *move)
    target = lens.target(ROOM)
    assert lens.scale_in(ROOM) <= LARGEST_SCALE
    for low, high, end in (
        (target.left(), target.right(), ROOM.width),
        (target.top(), target.bottom(), ROOM.height),
    ):
        if high - low >= end:
            assert low <= 1e-6
            assert high >= end - 1e-6
        else:
            assert low == pytest.approx(end - high, abs=1e-6)


def test_the_ladder_goes_up_to_pixels_and_down_to_all() -> None:
    lens = Lens()
    seen = []
    for _ in range(30):
        lens = lens.stepped(ROOM, 1)
        seen.append(lens.scale_in(ROOM))
    assert 1.0 in seen
    assert seen[-1] == LARGEST_SCALE
    for _ in range(30):
        lens = lens.stepped(ROOM, -1)
    assert lens == Lens()
