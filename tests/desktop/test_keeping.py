"""Projects that can't be written for now, or not here: said, and gone on from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from layerforge.desktop import untitled
from layerforge.desktop.banner import Banner
from layerforge.desktop.exploration import State
from layerforge.desktop.projects import leave_project
from layerforge.desktop.window import MainWindow
from layerforge.explore import keeping
from layerforge.explore.events import RoundDone
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, click_branch, explore, wait_until_idle

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def banner(window: MainWindow, topic: str) -> Banner | None:
    found = [one for one in window.panels.banners.banners() if one.message.topic == topic]
    return found[0] if found else None


def press(window: MainWindow, qtbot: QtBot, topic: str) -> None:
    """Press the button of the message of a topic."""
    said = banner(window, topic)
    assert said is not None
    qtbot.mouseClick(said.offers[0], LEFT)


def test_a_full_disk_pauses_exploring_until_there_is_room(
    window: MainWindow,
    explored: Path,
    mounted: Callable[[str], Path],
    fill: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(keeping, "RETRY_S", 3600.0)  # it is for the button to try again
    folder = mounted("size=6m")
    path = folder / "p.layerforge"
    path.write_bytes(explored.read_bytes())
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(path)
    rounds: list[RoundDone] = []
    exploration, bar = window.session.exploration, window.panels.explore_bar
    exploration.bridge.round_done.connect(rounds.append)
    explore(window, qtbot, 100_000)
    qtbot.waitUntil(lambda: len(rounds) >= 1, timeout=30_000)
    ballast = fill(folder)

    def halted() -> bool:
        return banner(window, "halted") is not None

    qtbot.waitUntil(halted, timeout=60_000)
    assert exploration.state is State.PAUSED
    assert bar.main_button.text() == "Resume"
    assert window.status.activity.text() == "Paused"
    text = banner_texts(window)
    assert "Exploring is paused and goes on by itself when it can" in text
    assert f"{path} can't be written: the disk is full: about " in text

    press(window, qtbot, "halted")  # in vain: it is said again
    assert not halted()
    qtbot.waitUntil(halted, timeout=10_000)
    assert exploration.state is State.PAUSED

    ballast.unlink()
    before = len(rounds)
    press(window, qtbot, "halted")
    qtbot.waitUntil(lambda: len(rounds) > before, timeout=30_000)
    assert exploration.state is State.RUNNING
    assert not halted()

    ballast = fill(folder)
    qtbot.waitUntil(halted, timeout=60_000)
    qtbot.mouseClick(bar.stop_button, LEFT)
    wait_until_idle(window, qtbot)
    assert not halted()
    kept = window.session.branch_count
    window.close()
    ballast.unlink()
    with Project.open(path) as project:
        assert len(project.branches()) - 1 == kept
    assert [one.name for one in folder.iterdir()] == ["p.layerforge"]


def test_a_held_project_says_by_whom_and_opens_again(
    window: MainWindow, explored: Path, qtbot: QtBot
) -> None:
    with Project.open(explored) as _held:
        with qtbot.waitSignal(window.session.opened, timeout=5000):
            window.documents.open(explored)
        text = banner_texts(window)
        assert "read-only here: it is open in another LayerForge (the command line, by " in text
        assert f"process {os.getpid()}, since" in text
        with qtbot.waitSignal(window.session.opened, timeout=5000):
            press(window, qtbot, "read-only")
        assert "read-only" in window.windowTitle()
        assert banner(window, "read-only") is not None
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        press(window, qtbot, "read-only")
    assert window.session.writable
    assert banner(window, "read-only") is None
    assert window.windowTitle() == "two photos – LayerForge"
    branch = click_branch(window, qtbot, 0)
    qtbot.keyClick(window.panels.gallery.view, Qt.Key.Key_P)
    assert window.session.status(branch) == "pinned"
    with Project.open(explored) as second:
        assert "(the app, by " in second.why_read_only


def test_undo_goes_on_after_a_restart(
    make_window: Callable[[], MainWindow], explored: Path, qtbot: QtBot
) -> None:
    @contextmanager
    def opened() -> Iterator[MainWindow]:
        window = make_window()
        with qtbot.waitSignal(window.session.opened, timeout=5000):
            window.documents.open(explored)
        qtbot.waitUntil(lambda: window.panels.gallery.model.rowCount() > 12, timeout=5000)
        yield window
        window.close()

    with opened() as window:
        view = window.panels.gallery.view
        pinned = click_branch(window, qtbot, 0)
        qtbot.keyClick(view, Qt.Key.Key_P)
        killed = click_branch(window, qtbot, 1)
        qtbot.keyClick(view, Qt.Key.Key_K)
        qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    with opened() as window:
        session, view = window.session, window.panels.gallery.view
        assert (session.status(pinned), session.status(killed)) == ("pinned", "open")
        assert session.can_undo
        assert session.can_redo
        qtbot.keyClick(view, Qt.Key.Key_Z, CTRL | SHIFT)
        assert session.status(killed) == "killed"
        assert not session.can_redo
        qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
        qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
        assert (session.status(pinned), session.status(killed)) == ("open", "open")
    with opened() as window:
        session = window.session
        assert not session.can_undo
        session.redo()
        session.redo()
        assert (session.status(pinned), session.status(killed)) == ("pinned", "killed")


def test_an_untitled_project_that_another_holds_is_not_deleted(own_folders: Path) -> None:
    path = untitled.new_path()
    with Project.create(path, canvas=Canvas(width=8, height=8)) as holder:
        second = Project.open(path, program="app")
        assert second.read_only
        leave_project(second, discard=True)
        assert path.exists()
        with pytest.raises(LayerForgeError, match="open in another LayerForge"):
            untitled.discard(path)
        holder.decide("reset", [0])
    leave_project(Project.open(path), discard=True)
    assert not path.parent.exists()
