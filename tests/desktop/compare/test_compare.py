from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from layerforge.desktop.compare.growth import Growth
from layerforge.desktop.picture.held import Subject
from layerforge.desktop.window import MainWindow
from layerforge.project.decisions import choices
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, click_branch

CONTROL = Qt.KeyboardModifier.ControlModifier


def _compare(window: MainWindow, qtbot: QtBot, count: int) -> list[int]:
    ids = [
        click_branch(window, qtbot, row, CONTROL if row else Qt.KeyboardModifier.NoModifier)
        for row in range(count)
    ]
    qtbot.keyClick(window.panels.gallery.view, Qt.Key.Key_C)
    stage = window.studio.compare_panel.stage
    assert stage.isVisible()
    assert set(stage.versions) == set(ids)
    return list(stage.versions)


def _wait_until_sharp(window: MainWindow, qtbot: QtBot) -> None:
    stage, held = window.studio.compare_panel.stage, window.panels.picture.held

    def sharp() -> bool:
        edge = stage.long_edge_px()
        known = [held.nearest(Subject(one), edge) for one in stage.versions]
        return all(one and max(one.width(), one.height()) >= edge for one in known)

    qtbot.waitUntil(sharp, timeout=20_000)


def _color(window: MainWindow, at: QPoint) -> QColor:
    return window.studio.compare_panel.stage.grab().toImage().pixelColor(at)


def test_versions_are_flipped_by_space_and_the_better_one_is_noted(
    opened: MainWindow, qtbot: QtBot
) -> None:
    versions = _compare(opened, qtbot, 3)
    panel = opened.studio.compare_panel
    opened.studio.compare.modes["flip"].trigger()
    seen = [panel.stage.current]
    for _ in range(3):
        qtbot.keyClick(panel.stage, Qt.Key.Key_Space)
        seen.append(panel.stage.current)
    assert seen == [0, 1, 2, 0]
    assert not opened.session.exploring  # Space did not start that
    qtbot.keyClick(panel.stage, Qt.Key.Key_Right)
    qtbot.keyClick(panel.stage, Qt.Key.Key_Return)
    others = [versions[0], versions[2]]
    assert choices(opened.session.project.decisions()) == [(versions[1], one) for one in others]
    assert f"#{versions[1]} is better" in banner_texts(opened)
    qtbot.keyClick(panel.stage, Qt.Key.Key_Z, CONTROL)
    assert choices(opened.session.project.decisions()) == [(versions[1], versions[0])]
    qtbot.keyClick(panel.stage, Qt.Key.Key_Escape)
    assert not panel.stage.isVisible()
    assert set(opened.panels.gallery.view.selected_ids()) == set(versions)


def test_zoom_and_place_are_linked(opened: MainWindow, qtbot: QtBot) -> None:
    _compare(opened, qtbot, 2)
    stage = opened.studio.compare_panel.stage
    for _ in range(5):
        qtbot.keyClick(stage, Qt.Key.Key_Plus)
    assert opened.panels.picture.preview.lens.scale is None
    rooms = [stage.room(cell.center()) for cell in stage.cells()]
    targets = [stage.lens.target(room) for room in rooms]
    assert targets[0].size() == targets[1].size()
    assert targets[0].x() - rooms[0].x == pytest.approx(targets[1].x() - rooms[1].x)
    qtbot.keyClick(stage, Qt.Key.Key_0)
    assert stage.lens.scale is None


def test_what_is_subtracted_from_itself_is_black_and_wiped_is_itself(
    opened: MainWindow, qtbot: QtBot
) -> None:
    versions = _compare(opened, qtbot, 2)
    _wait_until_sharp(opened, qtbot)
    stage, held = opened.studio.compare_panel.stage, opened.panels.picture.held
    modes = opened.studio.compare.modes
    modes["flip"].trigger()
    _wait_until_sharp(opened, qtbot)
    target = stage.lens.target(stage.room())
    spot = (target.center() + target.bottomRight()).toPoint() / 2
    alone = []
    for _ in range(2):
        alone.append(_color(opened, spot))
        qtbot.keyClick(stage, Qt.Key.Key_Space)
    modes["difference"].trigger()
    found = _color(opened, spot)
    for name in ("red", "green", "blue"):
        one, other = (getattr(color, name)() for color in alone)
        assert getattr(found, name)() == pytest.approx(abs(one - other), abs=2)
    modes["wipe"].trigger()
    stage.set_edge(1.0)
    assert _color(opened, spot) == alone[0]
    stage.set_edge(0.0)
    assert _color(opened, spot) == alone[1]
    pixmap = held.nearest(Subject(versions[0]), stage.long_edge_px())
    assert pixmap is not None
    stage.show_pictures(dict.fromkeys(versions, pixmap))
    modes["difference"].trigger()
    black = _color(opened, spot)
    assert (black.red(), black.green(), black.blue()) == (0, 0, 0)


def test_the_wipe_is_dragged_and_slid(opened: MainWindow, qtbot: QtBot) -> None:
    _compare(opened, qtbot, 2)
    panel = opened.studio.compare_panel
    assert not panel.wipe.isVisible()
    opened.studio.compare.modes["wipe"].trigger()
    stage = panel.stage
    target = stage.lens.target(stage.room())
    middle, left = target.center().toPoint(), Qt.MouseButton.LeftButton
    quarter = QPoint(round(target.x() + target.width() / 4), middle.y())
    qtbot.mousePress(stage, left, pos=middle)
    qtbot.mouseMove(stage, quarter)
    qtbot.mouseRelease(stage, left, pos=quarter)
    assert stage.edge == pytest.approx(0.25, abs=0.02)
    assert panel.wipe.value() == pytest.approx(250, abs=20)
    qtbot.keyClick(panel.wipe, Qt.Key.Key_Right)
    assert stage.edge == pytest.approx(panel.wipe.value() / 1000)


def test_nothing_is_noted_where_nothing_can_be(opened: MainWindow, qtbot: QtBot) -> None:
    path = opened.session.project.path
    opened.close()
    with Project.open(path):  # another one writes it
        window = MainWindow()
        try:
            window.show()
            qtbot.waitExposed(window)
            with qtbot.waitSignal(window.session.opened, timeout=5000):
                window.documents.open(path)
            assert window.session.project.read_only
            rows = window.panels.gallery.model
            qtbot.waitUntil(lambda: rows.rowCount() > 2, timeout=5000)
            first = [rows.branch_at(row).id for row in range(2)]
            window.choosing.choose(first, current=first[0])
            window.studio.compare.toggle.trigger()
            panel = window.studio.compare_panel
            assert not panel.better.isEnabled()
            qtbot.keyClick(panel.stage, Qt.Key.Key_Return)
            assert "is better" not in banner_texts(window)
        finally:
            window.close()
            window.deleteLater()


def test_a_picture_pressed_twice_answers(opened: MainWindow, qtbot: QtBot) -> None:
    picture = opened.panels.picture
    opened.studio.compare.ask.trigger()
    stage = opened.studio.compare_panel.stage
    qtbot.waitUntil(stage.isVisible, timeout=10_000)
    one, other = stage.versions
    place = stage.cells()[1].center().toPoint()
    assert not picture.isVisible()
    opened.choosing.show(other)
    assert not picture.renders.busy  # what nobody sees is not rendered
    qtbot.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=place)
    assert choices(opened.session.project.decisions()) == [(other, one)]


def test_one_branch_is_compared_with_its_parent(opened: MainWindow, qtbot: QtBot) -> None:
    child = next(one for one in opened.session.project.branches() if one.parent)
    opened.choosing.show(child.id)
    opened.studio.compare.toggle.trigger()
    assert opened.studio.compare_panel.stage.versions == (child.id, child.parent)
    opened.studio.compare.toggle.trigger()
    assert not opened.studio.compare.shown
    top = next(one for one in opened.session.project.branches()[1:] if not one.parent)
    opened.choosing.show(top.id)
    opened.studio.compare.toggle.trigger()
    assert not opened.studio.compare.shown
    assert "two to four" in banner_texts(opened)
    assert not opened.studio.compare.toggle.isChecked()


def test_questions_are_answered_by_arrows_and_taste_is_told(
    opened: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_Q)
    panel, compare = opened.studio.compare_panel, opened.studio.compare
    qtbot.waitUntil(lambda: panel.stage.isVisible(), timeout=10_000)
    expected: list[tuple[int, int]] = []
    keys = [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right]
    for key in keys:
        one, other = panel.stage.versions
        if key == Qt.Key.Key_Left:
            expected.append((one, other))
        elif key == Qt.Key.Key_Right:
            expected.append((other, one))
        qtbot.keyClick(panel.stage, key)
        qtbot.waitUntil(lambda: not compare._asker.busy, timeout=10_000)
        assert panel.stage.versions != (one, other)
    assert choices(opened.session.project.decisions()) == expected
    assert "4 choices made" in panel.learned.text()
    assert "% of what you decided" in panel.learned.text()
    assert len(panel.growth.seen) > 1
    assert panel.growth.isVisible()
    qtbot.mouseClick(panel.left, Qt.MouseButton.LeftButton)
    assert len(choices(opened.session.project.decisions())) == 5
    qtbot.keyClick(panel.stage, Qt.Key.Key_Escape)
    assert not panel.stage.isVisible()
    assert not compare.ask.isChecked()


def test_all_of_it_can_be_named_and_reached(opened: MainWindow, qtbot: QtBot) -> None:
    _compare(opened, qtbot, 2)
    panel = opened.studio.compare_panel
    for widget in panel.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or widget.property("text")
            assert widget.toolTip() or widget is panel.stage
    menus = opened.menuBar().actions()
    titles = [one.text().replace("&", "") for one in menus]
    assert "Compare" in titles


def test_growth_says_how_it_grew(qtbot: QtBot) -> None:
    growth = Growth()
    qtbot.addWidget(growth)
    growth.add(0.5)
    assert not growth.isVisibleTo(growth.parentWidget())
    growth.add(0.75)
    assert "75 %" in growth.accessibleName()
    assert "50 %" in growth.accessibleName()
