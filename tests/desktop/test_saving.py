"""Saving under another name changes where the work is kept, and nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import State
from layerforge.desktop.window import MainWindow
from layerforge.explore.events import RoundDone
from tests.desktop.driving import click_branch, explore, wait_until_idle, wait_until_still

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def save_as(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.dialogs.save_path = lambda _folder, _name: path  # type: ignore[method-assign]
    with qtbot.waitSignal(window.session.opened, timeout=10_000):
        qtbot.keyClick(window.panels.gallery.view, Qt.Key.Key_S, KEYS)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=5000)


def pause_after_a_round(window: MainWindow, qtbot: QtBot, rounds: list[RoundDone]) -> None:
    explore(window, qtbot, 100_000)
    qtbot.waitUntil(lambda: bool(rounds), timeout=30_000)
    qtbot.mouseClick(window.panels.explore_bar.main_button, Qt.MouseButton.LeftButton)
    wait_until_still(rounds, qtbot)


def test_what_is_paused_stays_paused(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    rounds: list[RoundDone] = []
    opened.session.exploration.bridge.round_done.connect(rounds.append)
    pause_after_a_round(opened, qtbot, rounds)
    tried, facts = rounds[-1].evaluated, opened.status.facts.text()
    assert f"{tried} of 100000" in facts
    held, runs = len(rounds), len(opened.session.project.runs())
    button = opened.panels.explore_bar.main_button
    for name in ("first.layerforge", "second.layerforge"):
        save_as(opened, qtbot, tmp_path / name)
        assert opened.session.project.path == tmp_path / name
        assert opened.session.exploration.state is State.PAUSED
        assert button.text() == "Resume"
        assert opened.status.facts.text() == facts
        assert opened.status.bar.value() == tried
    qtbot.wait(400)
    assert (len(rounds), len(opened.session.project.runs())) == (held, runs)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rounds) > held, timeout=30_000)
    assert rounds[-1].budget == 100_000 - tried
    assert f"{tried + rounds[-1].evaluated} of 100000" in opened.status.facts.text()
    assert len(opened.session.project.runs()) == runs + 1
    opened.session.exploration.stop()
    wait_until_idle(opened, qtbot)


def test_what_is_paused_can_be_stopped_after_saving(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    rounds: list[RoundDone] = []
    opened.session.exploration.bridge.round_done.connect(rounds.append)
    pause_after_a_round(opened, qtbot, rounds)
    save_as(opened, qtbot, tmp_path / "copy.layerforge")
    qtbot.mouseClick(opened.panels.explore_bar.stop_button, Qt.MouseButton.LeftButton)
    assert opened.session.exploration.state is State.IDLE
    assert opened.panels.explore_bar.main_button.text() == "Explore"


def test_what_is_stopping_does_not_go_on(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    explore(opened, qtbot, 100_000)
    with qtbot.waitSignal(opened.session.exploration.bridge.round_done, timeout=30_000):
        pass
    runs = len(opened.session.project.runs())
    opened.session.exploration.stop()
    save_as(opened, qtbot, tmp_path / "copy.layerforge")
    qtbot.wait(300)
    assert opened.session.exploration.state is State.IDLE
    assert len(opened.session.project.runs()) == runs


def test_what_is_chosen_stays_chosen(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    view, picture = opened.panels.gallery.view, opened.panels.picture
    opened.resize(900, 560)
    opened.panels.gallery.size_slider.setValue(300)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 300, timeout=5000)
    chosen = [click_branch(opened, qtbot, 10)]
    opened.panels.explore_bar.noise.set_value(0.77)
    place = view.verticalScrollBar().value()
    assert place > 0
    save_as(opened, qtbot, tmp_path / "copy.layerforge")
    assert view.selected_ids() == chosen
    assert view.current_id() == chosen[0]
    assert view.verticalScrollBar().value() == place
    assert picture.branch is not None
    assert picture.branch.id == chosen[0]
    assert opened.panels.explore_bar.noise.value == 0.77
    qtbot.waitUntil(lambda: picture.preview.sharp, timeout=10_000)
