"""The real window, driven as a person would."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.dialogs import Answer
from layerforge.desktop.exploration import State
from layerforge.desktop.exports.dialog import ExportDialog
from layerforge.desktop.window import MainWindow
from layerforge.files.recipes import read_recipe
from layerforge.project.project import Project
from tests.desktop.driving import (
    banner_texts,
    click_branch,
    drop,
    explore,
    wait_until_idle,
    wait_until_still,
)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def test_from_drop_to_reopened_project(
    make_window: Callable[[], MainWindow],
    photos: list[Path],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    window = make_window()
    panels, view = window.panels, window.panels.gallery.view
    letter = tmp_path / "letter.txt"
    letter.write_text("not a picture")
    assert panels.welcome.isVisible()
    assert not panels.explore_bar.main_button.isEnabled()

    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, [*photos, letter])
    assert panels.sources.model.rowCount() == 2
    assert "letter.txt: not an image" in banner_texts(window)
    assert not panels.welcome.isVisible()

    explore(window, qtbot, 48)
    qtbot.waitUntil(lambda: panels.gallery.model.rowCount() > 0, timeout=30_000)
    wait_until_idle(window, qtbot)
    assert "48" in window.status.facts.text()
    assert panels.gallery.model.rowCount() >= 3

    first = click_branch(window, qtbot, 0)
    assert panels.picture.branch is not None
    assert panels.picture.branch.id == first
    assert panels.picture.caption.isVisible()
    qtbot.waitUntil(lambda: panels.picture.preview.sharp, timeout=10_000)
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert window.session.status(first) == "pinned"
    second = click_branch(window, qtbot, 1)
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert window.session.status(second) == "killed"
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert window.session.status(second) == "open"
    qtbot.keyClick(view, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.session.status(second) == "killed"

    click_branch(window, qtbot, 0)
    click_branch(window, qtbot, 2, CTRL)
    assert len(view.selected_ids()) == 2
    qtbot.keyClick(view, Qt.Key.Key_E, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    out = tmp_path / "out"
    dialog.folder.setText(str(out))
    dialog.edge.setCurrentIndex(dialog.edge.findData(-1))
    dialog.other.setValue(300)
    with qtbot.waitSignal(window.exports.exporter.done, timeout=30_000):
        qtbot.mouseClick(dialog.export_button, LEFT)
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == 2
    for picture in pictures:
        with Image.open(picture) as image:
            assert max(image.size) == 300
        assert read_recipe(picture) == read_recipe(picture.with_suffix(".json"))
    assert "Exported 2 versions" in banner_texts(window)

    with qtbot.waitActive(window):  # no window manager gives the focus back after the dialog
        window.activateWindow()
    saved = tmp_path / "mine.layerforge"
    window.dialogs.save_path = lambda _folder, _name: saved  # type: ignore[method-assign]
    with qtbot.waitSignal(window.session.opened, timeout=10_000):
        qtbot.keyClick(view, Qt.Key.Key_S, CTRL | SHIFT)
    assert window.windowTitle() == "mine – LayerForge"
    before = {row.id: row.status for row in window.session.project.branches()}
    assert set(before.values()) == {"open", "pinned", "killed"}
    window.close()
    assert window.ended_cleanly

    again = make_window()
    with qtbot.waitSignal(again.session.opened, timeout=10_000):
        drop(again, [saved])
    assert {row.id: row.status for row in again.session.project.branches()} == before
    assert again.panels.gallery.model.rowCount() == len(before) - 1
    assert again.panels.gallery.model.counts()["pinned"] == 1
    assert not again.session.project.read_only


def test_pause_holds_and_resume_goes_on(
    window: MainWindow, photos: list[Path], qtbot: QtBot
) -> None:
    bar, rounds = window.panels.explore_bar, []
    window.session.exploration.bridge.round_done.connect(rounds.append)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    explore(window, qtbot, 100_000)
    qtbot.waitUntil(lambda: len(rounds) >= 1, timeout=30_000)
    qtbot.mouseClick(bar.main_button, LEFT)
    assert window.session.exploration.state is State.PAUSED
    assert bar.main_button.text() == "Resume"
    wait_until_still(rounds, qtbot)
    held = len(rounds)
    qtbot.wait(500)
    assert len(rounds) == held
    qtbot.mouseClick(bar.main_button, LEFT)
    assert window.session.exploration.state is State.RUNNING
    qtbot.waitUntil(lambda: len(rounds) > held, timeout=30_000)
    qtbot.mouseClick(bar.stop_button, LEFT)
    wait_until_idle(window, qtbot)
    kept = window.session.project.rounds_done()
    assert kept >= len(rounds)
    assert bar.main_button.text() == "Explore"


def test_closing_while_exploring(window: MainWindow, explored: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    before = window.session.branch_count
    explore(window, qtbot, 100_000)
    with qtbot.waitSignal(window.session.exploration.bridge.round_done, timeout=30_000):
        pass
    rounds = window.session.project.rounds_done()
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 10.0
    assert window.ended_cleanly
    assert not window.isVisible()
    with Project.open(explored) as project:
        assert not project.read_only
        assert project.rounds_done() >= rounds
        assert len(project.branches()) - 1 >= before


def test_dials_steer_while_exploring(opened: MainWindow, qtbot: QtBot) -> None:
    bridge = opened.session.exploration.bridge
    explore(opened, qtbot, 5_000)
    with qtbot.waitSignal(bridge.round_done, timeout=30_000):
        pass
    with qtbot.waitSignal(bridge.started, timeout=30_000):
        opened.panels.explore_bar.noise.set_value(0.9)
    with qtbot.waitSignal(bridge.round_done, timeout=30_000) as done:
        pass
    assert done.args is not None
    assert done.args[0].budget < 5_000
    first, second = opened.session.project.runs()[-2:]
    assert (first.settings["noise"], second.settings["noise"]) == (0.15, 0.9)
    assert first.seed == second.seed
    qtbot.mouseClick(opened.panels.explore_bar.stop_button, LEFT)
    wait_until_idle(opened, qtbot)


def test_the_canvas_is_chosen_before_the_first_branch(
    window: MainWindow, explored: Path, qtbot: QtBot
) -> None:
    shape = window.panels.explore_bar.shape
    assert shape.isEnabled()
    shape.box.setCurrentIndex(shape.box.findText("Wide 16:9"))
    shape.box.activated.emit(shape.box.currentIndex())
    canvas = window.session.project.canvas
    assert (canvas.width, canvas.height) == (1280, 720)
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    assert not shape.isEnabled()
    assert shape.box.currentText() == "301 × 201"
    window.session.set_canvas(64, 64)
    assert window.session.project.canvas.width == 301


def test_saving_while_exploring_goes_on_in_the_copy(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    saved = tmp_path / "copy.layerforge"
    opened.dialogs.save_path = lambda _folder, _name: saved  # type: ignore[method-assign]
    explore(opened, qtbot, 100_000)
    bridge = opened.session.exploration.bridge
    with qtbot.waitSignal(bridge.round_done, timeout=30_000):
        pass
    with qtbot.waitSignal(opened.session.opened, timeout=10_000):
        opened.commands.save_as.trigger()
    assert opened.session.project.path == saved
    with qtbot.waitSignal(bridge.round_done, timeout=30_000):
        pass
    opened.session.exploration.stop()
    wait_until_idle(opened, qtbot)


@pytest.mark.parametrize("content", [b"", b"hello, this is no project", b"SQLite format 3\0" * 40])
def test_what_is_no_project_is_said_in_one_line(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    path = tmp_path / "broken.layerforge"
    path.write_bytes(content)
    with qtbot.waitSignal(window.session.said, timeout=5000):
        drop(window, [path])
    text = banner_texts(window)
    assert "broken.layerforge" in text
    assert "Traceback" not in text
    assert len(text.splitlines()) == 1
    assert window.isVisible()
    assert window.session.writable


def test_a_project_that_another_holds_is_read_only(
    window: MainWindow, explored: Path, qtbot: QtBot
) -> None:
    with Project.open(explored) as _held:
        with qtbot.waitSignal(window.session.opened, timeout=5000):
            window.documents.open(explored)
        assert "read-only" in banner_texts(window)
        assert "read-only" in window.windowTitle()
        branch = click_branch(window, qtbot, 0)
        qtbot.keyClick(window.panels.gallery.view, Qt.Key.Key_P)
        assert window.session.status(branch) == "open"
        assert not window.panels.explore_bar.main_button.isEnabled()
        assert not window.commands.add_images.isEnabled()


def test_unnamed_work_is_asked_about(
    window: MainWindow, photos: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    explore(window, qtbot, 32)
    wait_until_idle(window, qtbot)
    path = window.session.project.path
    asked: list[int] = []

    def answer(what: Answer) -> None:
        window.dialogs.unsaved = (  # type: ignore[method-assign]
            lambda branches: (asked.append(branches), what)[1]
        )

    answer(Answer.CANCEL)
    window.close()
    assert asked
    assert window.isVisible()
    saved = tmp_path / "kept.layerforge"
    window.dialogs.save_path = lambda _folder, _name: saved  # type: ignore[method-assign]
    answer(Answer.SAVE)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert window.ended_cleanly
    assert not path.exists()
    with Project.open(saved) as project:
        assert not project.read_only
        assert len(project.branches()) - 1 == asked[0]


def test_an_empty_unnamed_project_leaves_nothing(window: MainWindow) -> None:
    path = window.session.project.path
    assert path.exists()
    window.close()
    assert not path.parent.exists()


def test_left_behind_work_is_offered(
    make_window: Callable[[], MainWindow], photos: list[Path], qtbot: QtBot
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    explore(window, qtbot, 32)
    wait_until_idle(window, qtbot)
    path = window.session.project.path
    window.leave()
    assert path.exists()

    again = make_window()
    with qtbot.waitSignal(again.documents.said, timeout=5000):
        again.documents.look_for_leftovers()
    (banner,) = again.panels.banners.banners()
    with qtbot.waitSignal(again.session.opened, timeout=5000):
        qtbot.mouseClick(banner.offers[0], LEFT)
    assert again.session.project.path == path
    assert again.session.branch_count > 0


def test_the_window_stays_quick_while_exploring(opened: MainWindow, qtbot: QtBot) -> None:
    explore(opened, qtbot, 100_000)
    with qtbot.waitSignal(opened.session.exploration.bridge.round_done, timeout=30_000):
        pass
    largest = []
    for _ in range(3):
        gaps: list[float] = []
        last = time.perf_counter()

        def beat() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last)  # noqa: B023 - the timer lives within the loop's turn
            last = now

        timer = QTimer()
        timer.timeout.connect(beat)
        timer.start(10)
        qtbot.wait(1200)
        timer.stop()
        largest.append(max(gaps))
    assert statistics.median(largest) < 0.25, largest


def test_space_presses_the_button_with_the_focus_and_else_explores(
    opened: MainWindow, qtbot: QtBot
) -> None:
    exploration, button = opened.session.exploration, opened.panels.explore_bar.advanced.fold
    button.setFocus()
    before = button.isChecked()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked() != before
    assert exploration.state is State.IDLE
    opened.setFocus()
    qtbot.keyClick(opened, Qt.Key.Key_Space)
    assert exploration.state is not State.IDLE
    exploration.stop()
    qtbot.waitUntil(lambda: exploration.state is State.IDLE, timeout=20_000)
