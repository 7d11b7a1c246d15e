from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from layerforge.desktop.gallery.different import Candidate, Different, ranked
from layerforge.desktop.gallery.filters import Filter
from layerforge.desktop.gallery.model import BRANCH_ID, GalleryModel
from layerforge.desktop.gallery.thumbnails import Thumbnails, decoded
from layerforge.desktop.gallery.view import GalleryView
from layerforge.desktop.window import MainWindow
from layerforge.explore.exporting import best_branches
from layerforge.model.branch import Branch, Status
from layerforge.model.score import Score
from layerforge.project.project import Project
from tests.desktop.driving import choose_in, click_branch, explore, wait_until_idle

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def branch(branch_id: int, value: float, status: Status = "open") -> Branch:
    score = Score(value=value, parts={"order": value})
    return Branch(id=branch_id, parent=0, steps=(), status=status, score=score)


def ids(model: GalleryModel) -> list[int]:
    return [model.branch_at(row).id for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: object) -> GalleryModel:
    model = GalleryModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_branches([Branch(id=0, parent=None, steps=()), branch(1, 0.5), branch(2, 0.9)])
    return model


def test_the_root_is_no_row(model: GalleryModel) -> None:
    assert ids(model) == [2, 1]
    assert model.index(0).data(BRANCH_ID) == 2
    assert "0.900" in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_new_branches_come_where_they_belong(model: GalleryModel) -> None:
    model.add([branch(3, 0.7), branch(4, 0.95), branch(5, 0.6), branch(6, 0.1), branch(7, 0.65)])
    assert ids(model) == [4, 2, 3, 7, 5, 1, 6]
    model.set_order("best")
    assert ids(model) == [4, 2, 3, 7, 5, 1, 6]
    for row, branch_id in enumerate(ids(model)):
        assert model.row_of(branch_id) == row
    model.set_order("newest")
    assert ids(model) == [7, 6, 5, 4, 3, 2, 1]
    model.add([branch(8, 0.0), branch(2, 0.2)])
    assert ids(model) == [8, 7, 6, 5, 4, 3, 2, 1]


def test_many_random_rounds_stay_sorted(model: GalleryModel) -> None:
    rng = np.random.default_rng(3)
    count = 3
    for _ in range(30):
        new = [branch(count + place, float(value)) for place, value in enumerate(rng.random(9))]
        count += 9
        model.add(new)
    values = [model.branch_at(row).value for row in range(model.rowCount())]
    assert values == sorted(values, key=lambda value: -(value or 0.0))


def test_statuses_move_rows_in_and_out(model: GalleryModel) -> None:
    model.add([branch(3, 0.7)])
    model.set_filter(Filter(shown="pinned"))
    assert ids(model) == []
    model.set_statuses({3: "pinned", 2: "pinned", 77: "killed"})
    assert ids(model) == [2, 3]
    model.set_statuses({2: "open"})
    assert ids(model) == [3]
    assert model.counts() == {"all": 3, "open": 2, "pinned": 1, "killed": 0}
    model.set_filter(Filter())
    model.set_filter(Filter(hide_killed=True))
    model.set_statuses({1: "killed"})
    assert ids(model) == [2, 3]
    assert model.counts()["all"] == 2
    model.set_statuses({1: "open"})
    assert ids(model) == [2, 3, 1]


def webp(width: int, height: int) -> bytes:
    out = io.BytesIO()
    pixels = np.full((height, width, 3), (200, 60, 20), np.uint8)
    Image.fromarray(pixels).save(out, "WEBP")
    return out.getvalue()


def test_thumbnails_are_bounded_in_bytes(qapp: object) -> None:
    content = webp(64, 64)
    fetched: list[int] = []

    def fetch(branch_id: int) -> bytes:
        fetched.append(branch_id)
        return content

    thumbnails = Thumbnails(fetch, max_bytes=10 * 64 * 64 * 4)
    for branch_id in range(30):
        thumbnails.begin_frame()
        pixmap, final = thumbnails.pixmap(branch_id, 64)
        assert pixmap is not None
        assert final
    assert thumbnails.held_bytes <= 10 * 64 * 64 * 4
    thumbnails.begin_frame()
    thumbnails.pixmap(29, 64)
    assert fetched == list(range(30))
    small, _ = thumbnails.pixmap(29, 32)
    assert small is not None
    assert (small.width(), small.height()) == (32, 32)


def test_one_repaint_decodes_only_so_long(qapp: object) -> None:
    content = webp(256, 256)
    thumbnails = Thumbnails(lambda _branch: content)
    thumbnails.begin_frame()
    finals = [thumbnails.pixmap(branch_id, 256)[1] for branch_id in range(400)]
    assert finals[0]
    assert not finals[-1]
    thumbnails.begin_frame()
    assert thumbnails.pixmap(399, 256)[1]


def test_what_is_no_picture_decodes_to_none() -> None:
    assert decoded(None, 64) is None
    assert decoded(b"no picture", 64) is None
    assert decoded(webp(1024, 8), 64) is not None
    assert decoded(webp(1025, 8), 64) is None
    assert decoded(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 64) is None
    wide = decoded(webp(200, 50), 100)
    assert wide is not None
    assert (wide.width(), wide.height()) == (100, 25)


def test_growing_holds_the_view_still(qtbot: QtBot, model: GalleryModel) -> None:
    model.add([branch(count, 0.5 - count / 10_000) for count in range(10, 300)])
    view = GalleryView(model, Thumbnails(lambda _branch: None))
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    qtbot.waitExposed(view)
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    chosen = view.indexAt(view.viewport().rect().center())
    branch_id = chosen.data(BRANCH_ID)
    view.setCurrentIndex(chosen)
    before = view.visualRect(view.currentIndex()).y()
    with view.holding_still():
        model.add([branch(count, 0.99) for count in range(1000, 1040)])
    assert view.current_id() == branch_id
    assert view.visualRect(view.currentIndex()).y() == before


def test_arrow_keys_and_ranges(opened: MainWindow, qtbot: QtBot) -> None:
    view, model = opened.panels.gallery.view, opened.panels.gallery.model
    click_branch(opened, qtbot, 0)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current_id() == model.branch_at(1).id
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_ids() == [model.branch_at(1).id, model.branch_at(2).id]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.selected_ids()) == model.rowCount()


def test_filters_keep_what_is_chosen(opened: MainWindow, qtbot: QtBot) -> None:
    gallery = opened.panels.gallery
    kept = click_branch(opened, qtbot, 1)
    qtbot.keyClick(gallery.view, Qt.Key.Key_P)
    qtbot.mouseClick(gallery.filters["pinned"], Qt.MouseButton.LeftButton)
    assert ids(gallery.model) == [kept]
    assert gallery.view.current_id() == kept
    qtbot.mouseClick(gallery.filters["all"], Qt.MouseButton.LeftButton)
    assert gallery.view.current_id() == kept
    assert gallery.view.selected_ids() == [kept]
    choose_in(gallery.orders, "Newest", qtbot)
    assert ids(gallery.model) == sorted(ids(gallery.model), reverse=True)
    assert gallery.view.selected_ids() == [kept]


def test_hiding_killed_moves_on_to_the_next(opened: MainWindow, qtbot: QtBot) -> None:
    gallery = opened.panels.gallery
    opened.commands.hide_killed.trigger()
    dead = click_branch(opened, qtbot, 2)
    qtbot.keyClick(gallery.view, Qt.Key.Key_K)
    assert dead not in ids(gallery.model)
    assert len(gallery.view.selected_ids()) == 1
    assert opened.panels.picture.branch is not None
    assert opened.panels.picture.branch.id != dead


def test_ranks_come_before_values_and_keep_what_is_held(model: GalleryModel) -> None:
    model.add([branch(3, 0.7), branch(4, 0.95), branch(5, 0.6)])
    held = {one: QPersistentModelIndex(model.index(model.row_of(one) or 0)) for one in ids(model)}
    model.set_ranks({4: 0, 3: 1, 5: 0})
    assert ids(model) == [4, 5, 3, 2, 1]
    for branch_id, index in held.items():
        assert model.branch_at(index.row()).id == branch_id
        assert model.row_of(branch_id) == index.row()
    model.add([branch(6, 0.99)])
    assert ids(model) == [4, 5, 3, 6, 2, 1]
    model.set_order("best")
    assert ids(model) == [6, 4, 2, 3, 5, 1]
    model.set_ranks({6: 0})
    assert ids(model) == [6, 4, 2, 3, 5, 1]
    model.set_order("different")
    assert ids(model) == [6, 4, 2, 3, 5, 1]
    model.set_ranks({1: 0})
    assert ids(model) == [1, 6, 4, 2, 3, 5]


def test_what_looks_like_a_better_one_has_no_rank() -> None:
    angles = {1: 0.0, 2: 0.05, 3: 1.0, 4: 1.02, 5: 2.0}
    vectors = {one: np.array([np.cos(angle), np.sin(angle)]) for one, angle in angles.items()}
    lineages = {1: 1, 2: 9, 3: 3, 4: 3, 5: 1, 6: 6}
    best = [Candidate(branch_id, lineage) for branch_id, lineage in lineages.items()]
    assert ranked(best, vectors, near=0.1) == {1: 0, 3: 0, 5: 1}
    assert ranked(best, {}, near=0.1) == {}


def _lineage(project: Project, branch_id: int) -> int:
    parents = {one.id: one.parent or 0 for one in project.branches()}
    while parents[branch_id]:
        branch_id = parents[branch_id]
    return branch_id


def test_the_first_ones_differ(opened: MainWindow, qtbot: QtBot) -> None:
    gallery, project = opened.panels.gallery, opened.session.project
    assert gallery.orders.currentText() == "Different"
    distinct = best_branches(project, 4)
    first = ids(gallery.model)[: len(distinct)]
    assert first[0] == distinct[0]
    assert len({_lineage(project, one) for one in first}) == len(first)
    chosen = click_branch(opened, qtbot, 2)
    choose_in(gallery.orders, "Best", qtbot)
    values = [gallery.model.branch_at(row).value or 0.0 for row in range(gallery.model.rowCount())]
    assert values == sorted(values, reverse=True)
    assert gallery.view.selected_ids() == [chosen]
    assert ids(gallery.model)[: len(first)] != first


def test_rounds_are_compared_as_they_come(opened: MainWindow, qtbot: QtBot) -> None:
    gallery = opened.panels.gallery
    explore(opened, qtbot, 48)
    wait_until_idle(opened, qtbot)
    qtbot.waitUntil(lambda: not opened.choosing.different.busy, timeout=10_000)
    live = ids(gallery.model)
    opened.choosing.different.set_project(opened.session.project, opened.session.project.branches())
    qtbot.waitUntil(lambda: not opened.choosing.different.busy, timeout=10_000)
    assert ids(gallery.model) == live


def calls_of(work: Callable[[], object]) -> int:
    """How many functions Python enters, its own and others, until ``work`` is done."""
    count = 0

    def entered(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(entered)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_the_work_of_ordering_grows_as_the_branches_do(qapp: object) -> None:
    """Also where they come one round after another: none is sorted anew for each."""

    def order(count: int) -> int:
        values = np.random.default_rng(8).random(count).tolist()
        branches = [branch(number, value) for number, value in enumerate(values, 1)]
        model, different = GalleryModel(), Different()
        laid_out: list[object] = []
        model.layoutChanged.connect(lambda: laid_out.append(1))

        def work() -> None:
            model.set_branches(branches[: count // 2])
            for start in range(count // 2, count, 20):
                model.add(branches[start : start + 20])
                different.add(branches[start : start + 20])
            model.set_ranks({number: number % 2 for number in range(1, 300)})

        calls = calls_of(work)
        assert model.rowCount() == count
        assert laid_out == [1]
        assert different.close(timeout_s=10.0)
        return calls

    assert order(10_000) < 12 * order(1000)


def test_usually_there_are_about_five_columns(
    make_window: Callable[[], MainWindow], explored: Path, qtbot: QtBot
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    gallery = window.panels.gallery
    for width in (1366, 1920, 3840):
        window.resize(width, 1200)
        qtbot.waitUntil(lambda width=width: window.width() == width, timeout=5000)
        qtbot.wait(20)
        columns = gallery.view.viewport().width() // gallery.view.branches.cell.width()
        assert 4 <= columns <= 5, width
    slider = gallery.size_slider
    assert slider.maximum() > 600
    slider.setValue(777)
    window.resize(1366, 768)
    qtbot.wait(20)
    assert slider.value() == 777
    window.close()
    again = make_window()
    assert again.panels.gallery.size_slider.value() == 777
