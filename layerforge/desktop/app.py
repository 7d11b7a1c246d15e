"""The app: one window, a clean end, and no traceback in anyone's face."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from layerforge.desktop.application import leave_now, make_app
from layerforge.desktop.buttons import enter_presses
from layerforge.desktop.messages import Message
from layerforge.desktop.window import MainWindow
from layerforge.model.errors import LayerForgeError


def run(project: Path | None) -> int:
    """Open the window, on ``project`` where there is one; returns the exit code at the end."""
    app = make_app()
    try:
        window = MainWindow()
    except LayerForgeError as error:
        _complain(str(error))
        raise
    before = sys.excepthook
    sys.excepthook = _hook(window)
    try:
        with _ending_on_signals(window):
            window.show()
            if project is not None:
                QTimer.singleShot(0, window, lambda: window.documents.open(project))
            else:
                QTimer.singleShot(0, window, window.documents.look_for_leftovers)
                QTimer.singleShot(0, window, window.studio.greet)
            code = app.exec()
    finally:
        sys.excepthook = before
    if not window.ended_cleanly:
        # a thread is in the midst of long work that can't be broken off: what it has to keep is
        # kept already, and nobody should wait for the rest
        leave_now(code)
    return code


def _complain(text: str) -> None:
    """Say why there is no window, to those who see no terminal."""
    box = QMessageBox(QMessageBox.Icon.Critical, "LayerForge", " ".join(text.split()))
    enter_presses(box.addButton(QMessageBox.StandardButton.Close))
    box.exec()


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def _hook(window: MainWindow) -> Hook:
    """An exception hook that tells the user in one line, and writes the rest to stderr."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            words = QCoreApplication.translate(
                "App", "Something went wrong inside LayerForge: {what}. Your work is kept."
            )
            text = words.format(what=f"{kind.__name__}: {error}")
            window.panels.banners.say(Message("error", text, topic="inside"))

    return hook


@contextmanager
def _ending_on_signals(window: MainWindow) -> Iterator[None]:
    """Let Ctrl+C and SIGTERM close the window.

    Python handles a signal only when it runs, which it doesn't while Qt waits for events: so the
    signal's number goes through a socket that Qt listens to.
    """
    ours, pythons = socket.socketpair()
    for end in (ours, pythons):
        end.setblocking(False)  # noqa: FBT003 - its one argument
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def end_now() -> None:
        ours.recv(64)
        window.leave()
        QApplication.quit()

    notifier.activated.connect(end_now)
    signals = [signal.SIGINT, signal.SIGTERM]
    handlers = {one: signal.signal(one, _handled_by_the_socket) for one in signals}
    wakeup = signal.set_wakeup_fd(pythons.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for one, handler in handlers.items():
            signal.signal(one, handler)
        notifier.setEnabled(False)
        ours.close()
        pythons.close()


def _handled_by_the_socket(number: int, frame: FrameType | None) -> None:
    """Replaces Python's handler, which would raise KeyboardInterrupt anywhere."""
