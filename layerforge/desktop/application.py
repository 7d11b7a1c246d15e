"""The application object: made only where a window can be opened, and told of files to open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from layerforge.desktop.languages import speak
from layerforge.desktop.preferences import LANGUAGE, Preferences
from layerforge.desktop.theme import follow_system
from layerforge.model.errors import LayerForgeError


class App(QApplication):
    """file_wanted: the system asks to open a file, as macOS does for a double click."""

    file_wanted = Signal(Path)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            path = event.url().toLocalFile() or event.file()
            if path:
                self.file_wanted.emit(Path(path))
            return True
        return super().event(event)


def make_app() -> App:
    """The application, dressed.  Raises LayerForgeError where there is no display."""
    _check_display()
    with _ending_in_one_line():
        app = App([sys.argv[0]])
    app.setApplicationName("LayerForge")
    app.setDesktopFileName("layerforge")
    speak(app, Preferences().text(LANGUAGE))
    follow_system(app)
    return app


def _check_display() -> None:
    if sys.platform in ("darwin", "win32"):
        return
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise LayerForgeError(
            "there is no display to open a window on; "
            "`layerforge explore` and the other commands work without one"
        )


@contextmanager
def _ending_in_one_line() -> Iterator[None]:
    """Where Qt gives up while it starts, end with its reason in one line, and no core dump."""
    heard: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        if kind == QtMsgType.QtFatalMsg:
            why = " ".join((heard or [text])[0].split())
            # Qt aborts the process once its message is handled
            leave_now(1, last_words=f"layerforge: error: the window can't be opened: {why}")
        heard.append(text)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for text in heard:
        if sys.stderr is not None:
            print(text, file=sys.stderr)  # noqa: T201 - what Qt would have written itself


def leave_now(code: int, *, last_words: str = "") -> NoReturn:
    """End the process without waiting for anything."""
    try:
        if last_words and sys.stderr is not None:
            print(last_words, file=sys.stderr)  # noqa: T201 - the last that can be said
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a program without a console has none
                stream.flush()
    finally:
        os._exit(code)
