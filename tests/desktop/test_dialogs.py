"""Every dialog the window can show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from layerforge.desktop import app
from layerforge.desktop.app import run
from layerforge.desktop.application import App
from layerforge.desktop.dialogs import Answer, Dialogs
from layerforge.desktop.exports.dialog import ExportDialog
from layerforge.desktop.window import MainWindow
from layerforge.model.errors import LayerForgeError
from tests.desktop.driving import click_branch


def modal() -> QDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog


def _shortcuts(window: MainWindow, look: Callable[[], None]) -> None:
    window.commands.shortcuts.trigger()
    look()


def _about(window: MainWindow, look: Callable[[], None]) -> None:
    window.commands.about.trigger()
    look()


def _export(window: MainWindow, look: Callable[[], None]) -> None:
    window.commands.export.trigger()
    look()


def _unsaved(window: MainWindow, look: Callable[[], None]) -> None:
    QTimer.singleShot(0, look)
    assert Dialogs.unsaved(window.dialogs, 3) is Answer.CANCEL


@pytest.mark.parametrize("ask", [_shortcuts, _about, _export, _unsaved])
def test_enter_presses_the_default_button_only(
    opened: MainWindow, qtbot: QtBot, ask: Callable[[MainWindow, Callable[[], None]], None]
) -> None:
    click_branch(opened, qtbot, 0)
    seen: list[QPushButton] = []

    def look() -> None:
        seen.extend(modal().findChildren(QPushButton))
        assert [one.autoDefault() for one in seen] == [one.isDefault() for one in seen]
        assert sum(one.isDefault() for one in seen) == 1
        assert all(one.icon().isNull() for one in seen)
        modal().reject()

    ask(opened, look)
    assert seen


def test_enter_in_any_field_exports(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    for number, kind in enumerate((QLineEdit, QSpinBox)):
        click_branch(opened, qtbot, 0)
        opened.commands.export.trigger()
        dialog = modal()
        assert isinstance(dialog, ExportDialog)
        dialog.folder.setText(str(tmp_path / str(number)))
        dialog.edge.setCurrentIndex(dialog.edge.findData(-1))
        dialog.other.setValue(64)
        field = dialog.folder if kind is QLineEdit else dialog.other
        with qtbot.waitSignal(opened.exports.exporter.done, timeout=30_000):
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert len(list((tmp_path / str(number)).glob("*.png"))) == 1


def test_file_dialogs_have_no_icons_on_buttons(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    assert all(one.icon().isNull() for one in dialog.findChildren(QPushButton))


@pytest.fixture
def no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no project can be made."""
    place = tmp_path / "a file"
    place.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(place))


def test_why_there_is_no_window_is_said_in_a_box(
    qapp: App, no_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "make_app", lambda: qapp)
    said: list[str] = []

    def look() -> None:
        box = modal()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.reject()

    QTimer.singleShot(0, look)
    with pytest.raises(LayerForgeError, match="can't be written"):
        run(None)
    assert "can't be written" in said[0]
    assert len(said[0].splitlines()) == 1
