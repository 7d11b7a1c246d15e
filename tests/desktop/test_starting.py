"""From the command to a window, or to a line that says why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.application import App, leave_now
from layerforge.desktop.window import MainWindow


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these have a display always")
@pytest.mark.parametrize(
    ("screen", "words"),
    [
        ({}, "there is no display"),
        ({"DISPLAY": ":9817", "QT_QPA_PLATFORM": "xcb"}, "can't be opened"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "nonsense"),
    ],
    ids=["none", "unreachable", "unknown"],
)
def test_without_a_display_one_line_says_so(screen: dict[str, str], words: str) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    others = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-m", "layerforge", "gui", "letter.layerforge"],
        env={**others, **screen},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("layerforge: error: ")
    assert words in line


class Left(BaseException):
    """In place of the end of the process."""


def test_leaving_without_a_console(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(code: int) -> None:
        raise Left(code)

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(Left) as left:
        leave_now(3, last_words="unheard")
    assert left.value.args == (3,)


def test_the_system_asks_to_open_a_file(
    window: MainWindow, explored: Path, qapp: App, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(explored))))
    assert window.session.project.path == explored
