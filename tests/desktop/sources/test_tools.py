from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.files.images import decode
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, drop, explore, wait_until_idle

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def click_source(window: MainWindow, qtbot: QtBot, row: int) -> str:
    """Select the source of a row; returns its id."""
    panel = window.panels.sources
    place: QPoint = panel.view.visualRect(panel.model.index(row)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return panel.model.source_at(row).id


def picture() -> QImage:
    image = QImage(33, 21, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 200, 30, 255))
    image.setPixelColor(7, 3, QColor(250, 1, 2, 128))
    return image


def test_a_pasted_picture_is_a_source_to_the_pixel(window: MainWindow, qtbot: QtBot) -> None:
    QAbstractItemModelTester(window.panels.sources.model, FATAL, window)
    QGuiApplication.clipboard().setImage(picture())
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (source,) = window.session.sources
    assert (source.width, source.height) == (33, 21)
    assert source.name.startswith("pasted-")
    pixels = decode(window.session.project.source_bytes(source.id), name=source.name)
    assert pixels[3, 7].tolist() == [250, 1, 2, 128]
    assert np.unique(pixels.reshape(-1, 4), axis=0).shape == (2, 4)


def test_pasted_files_are_read(window: MainWindow, photos: list[Path], qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in photos])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        window.studio.source_tools.paste.trigger()
    assert [one.name for one in window.session.sources] == [one.name for one in photos]
    QGuiApplication.clipboard().setText("no picture")
    window.studio.source_tools.paste.trigger()
    assert "no picture on the clipboard" in banner_texts(window)


def test_only_what_no_branch_needs_is_removed(
    opened: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    panel, session = opened.panels.sources, opened.session
    QAbstractItemModelTester(panel.model, FATAL, opened)
    with qtbot.waitSignal(session.sources_added, timeout=10_000):
        drop(opened, [samples / "fern.jpg"])
    before = [one.id for one in session.sources]
    for row in range(3):
        click_source(opened, qtbot, row)
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        if row == 0:
            assert "china.jpg can't be removed" in _details(opened)
    assert [one.id for one in session.sources] == before[:2]
    assert panel.model.rowCount() == 2
    with Project.open(session.project.path, read_only=True) as project:
        assert [one.id for one in project.sources()] == before[:2]


def _details(window: MainWindow) -> str:
    return "\n".join(
        line for one in window.panels.banners.banners() for line in one.message.details
    )


def test_nothing_new_is_made_from_what_is_left_out(
    opened: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    window, session = opened, opened.session
    with qtbot.waitSignal(session.sources_added, timeout=10_000):
        drop(window, [samples / "fern.jpg"])
    off = [click_source(window, qtbot, row) for row in (0, 2)]
    for row in (0, 2):
        click_source(window, qtbot, row)
        qtbot.keyClick(window.panels.sources.view, Qt.Key.Key_O)
    assert session.sources_off == set(off)
    assert "left out" in str(window.panels.sources.model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    before = {one.id for one in session.project.branches()}
    window.panels.explore_bar.advanced.strategy.setCurrentIndex(
        window.panels.explore_bar.advanced.strategy.findData("random")
    )
    explore(window, qtbot, 32)
    wait_until_idle(window, qtbot)
    known = {one.id: one for one in session.project.branches()}
    new = [one for one in known.values() if one.id not in before]
    assert new
    for one in new:
        named = {value for step in one.steps for value in step.operation.parameters.values()}
        assert not named & set(off)
    assert session.project.runs()[-1].settings["source_weights"] == dict.fromkeys(off, 0.0)
    click_source(window, qtbot, 0)
    qtbot.keyClick(window.panels.sources.view, Qt.Key.Key_O)
    assert session.sources_off == {off[1]}
    with qtbot.waitSignal(session.opened, timeout=10_000):
        session.open_again()
    assert session.sources_off == {off[1]}  # kept at once, not only with the next run


def test_weights_take_effect_at_the_next_round(opened: MainWindow, qtbot: QtBot) -> None:
    session, tools = opened.session, opened.studio.source_tools
    model = opened.panels.sources.model
    first = click_source(opened, qtbot, 0)
    assert tools.weights[1.0].isChecked()
    tools.weights[2.0].trigger()
    assert tools.weights[2.0].isChecked()
    assert not tools.weights[1.0].isChecked()
    assert "used more" in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    with Project.open(session.project.path, read_only=True) as project:
        assert project.source_weights() == {first: 2.0}
    before = len(session.project.runs())
    explore(opened, qtbot, 600)
    with qtbot.waitSignal(session.exploration.bridge.round_done, timeout=30_000):
        pass
    second = click_source(opened, qtbot, 1)
    tools.weights[0.5].trigger()
    qtbot.waitUntil(lambda: len(session.project.runs()) == before + 2, timeout=30_000)
    session.exploration.stop()
    wait_until_idle(opened, qtbot)
    said = [run.settings["source_weights"] for run in session.project.runs()[before:]]
    assert said == [{first: 2.0}, {first: 2.0, second: 0.5}]


def test_where_all_are_left_out_it_is_said(opened: MainWindow, qtbot: QtBot) -> None:
    opened.session.weigh({one.id: 0.0 for one in opened.session.sources})
    assert "nothing new can be made" in banner_texts(opened)
    opened.toggle()
    qtbot.waitUntil(lambda: "use at least one" in banner_texts(opened), timeout=10_000)


def test_a_copy_is_the_original_file(
    opened: MainWindow, photos: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    click_source(opened, qtbot, 0)
    target = tmp_path / "copy.jpg"
    opened.dialogs.copy_path = lambda _folder, _name: target  # type: ignore[method-assign]
    opened.studio.source_tools.copy.trigger()
    qtbot.waitUntil(lambda: "Saved a copy" in banner_texts(opened), timeout=5000)
    assert target.read_bytes() == photos[0].read_bytes()
    nowhere = tmp_path / "no folder" / "copy.jpg"
    nowhere.parent.write_bytes(b"")
    opened.dialogs.copy_path = lambda _folder, _name: nowhere  # type: ignore[method-assign]
    opened.studio.source_tools.copy.trigger()
    qtbot.waitUntil(lambda: "can't be written" in banner_texts(opened), timeout=5000)


@pytest.mark.parametrize("there", [True, False])
def test_lost_images_are_found_by_content(
    window: MainWindow,
    explored: Path,
    photos: list[Path],
    tmp_path: Path,
    qtbot: QtBot,
    there: bool,
) -> None:
    with Project.open(explored) as project:
        lost = project.sources()[0]
        with project._database.transaction() as connection:
            connection.execute("UPDATE sources SET file_bytes = x'00' WHERE id = ?", (lost.id,))
    place = tmp_path / "elsewhere"
    place.mkdir()
    if there:
        (place / "renamed.dat.jpg").write_bytes(photos[0].read_bytes())
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    window.dialogs.lost_folder = lambda _folder: place  # type: ignore[method-assign]
    window.studio.source_tools.find.trigger()
    wanted = "One lost image is back" if there else "One is still lost"
    qtbot.waitUntil(lambda: wanted in banner_texts(window), timeout=10_000)
    content = window.session.project.source_bytes(lost.id)
    assert (content == photos[0].read_bytes()) == there


def test_reading_many_images_is_followed_and_stopped(
    window: MainWindow, photos: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    content = photos[0].read_bytes()
    for number in range(60):
        (folder / f"{number:03}.jpg").write_bytes(content + bytes([number]))
    with qtbot.waitSignal(window.session.reading_progressed, timeout=10_000):
        drop(window, [folder])
    assert "/ 60" in banner_texts(window)
    with qtbot.waitSignal(window.session.sources_added, timeout=20_000):
        window.panels.banners.banners()[0].offers[0].click()
    assert 0 < len(window.session.sources) < 60
    assert "/ 60" not in banner_texts(window)
    before = len(window.session.sources)
    with qtbot.waitSignal(window.session.sources_added, timeout=20_000):
        drop(window, [photos[1]])  # the next ones are read again
    assert len(window.session.sources) == before + 1
