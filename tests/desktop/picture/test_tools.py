from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.files.sources import SourcePyramid
from layerforge.operations.fold import fold
from layerforge.operations.pixels import flatten, to_uint8
from layerforge.rendering.renderer import Renderer
from tests.desktop.driving import click_branch


def _sharp(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.panels.picture.preview.sharp, timeout=10_000)


def test_keys_and_wheel_zoom_down_to_pixels_and_back(opened: MainWindow, qtbot: QtBot) -> None:
    preview = opened.panels.picture.preview
    click_branch(opened, qtbot, 0)
    _sharp(opened, qtbot)
    view = opened.panels.gallery.view
    fit = preview.scale
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert preview.scale == 1.0
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert preview.scale == 2.0 if fit < 1.0 else preview.scale > 1.0
    before = preview.scale
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert preview.scale < before
    assert "%" in opened.studio.picture.scale.text()
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert preview.lens.scale is None
    middle = QPointF(preview.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        middle,
        preview.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview, wheel)
    assert preview.scale > fit * 1.4


def test_dragging_moves_what_is_seen(opened: MainWindow, qtbot: QtBot) -> None:
    preview = opened.panels.picture.preview
    click_branch(opened, qtbot, 0)
    _sharp(opened, qtbot)
    for _ in range(6):
        preview.zoom_in()
    middle = preview.rect().center()
    left = Qt.MouseButton.LeftButton
    at = preview.lens.x
    qtbot.mousePress(preview, left, pos=middle)
    qtbot.mouseMove(preview, middle + QPoint(40, 0))
    qtbot.mouseRelease(preview, left, pos=middle + QPoint(40, 0))
    assert preview.lens.x < at
    qtbot.keyClick(preview, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert preview.lens.x > at - 0.2
    branch = opened.panels.picture.branch
    qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert opened.panels.picture.branch != branch
    assert preview.lens.scale is not None  # the next one is seen at the same place


def test_the_picture_as_of_a_step_is_what_its_steps_render(
    opened: MainWindow, qtbot: QtBot
) -> None:
    project = opened.session.project
    deepest = max(project.branches(), key=lambda one: len(project.history(one.id)))
    row = opened.panels.gallery.model.row_of(deepest.id)
    assert row is not None
    click_branch(opened, qtbot, row)
    _sharp(opened, qtbot)
    picture = opened.panels.picture
    history = project.history(deepest.id)
    assert picture.stepbar.upto is None
    qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_BracketLeft)
    assert picture.stepbar.upto == len(history) - 1
    assert f"{len(history) - 1}/{len(history)}" in picture.stepbar.label.text()
    _sharp(opened, qtbot)
    qtbot.waitUntil(lambda: picture.held.nearest(picture.subject, 1) is not None, timeout=10_000)
    _sharp(opened, qtbot)
    shown = picture.held.nearest(picture.subject, picture.preview.long_edge_px())
    assert shown is not None
    image = shown.toImage()
    renderer = Renderer(SourcePyramid(project.source_bytes))
    canvas = fold(history[:-1], project.canvas)
    truth = to_uint8(flatten(renderer.render(canvas, width=image.width(), height=image.height())))
    for x, y in ((5, 5), (image.width() // 2, image.height() // 2), (40, 60)):
        color: QColor = image.pixelColor(x, y)
        got = np.array([color.red(), color.green(), color.blue()], dtype=int)
        assert np.abs(got - truth[y, x].astype(int)).max() <= 1


def test_before_and_after_take_turns(opened: MainWindow, qtbot: QtBot) -> None:
    click_branch(opened, qtbot, 0)
    stepbar = opened.panels.picture.stepbar
    view = opened.panels.gallery.view
    last = stepbar.slider.maximum()
    seen = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_B)
        seen.append(stepbar.slider.value())
    assert seen == [last - 1, last, last - 1]
    click_branch(opened, qtbot, 1)
    assert stepbar.upto is None
