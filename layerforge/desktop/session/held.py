"""What everything in a session stands on: the open project, and what goes on with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Background
from layerforge.desktop.messages import Message
from layerforge.desktop.projects import new_project


class Held(QObject):
    """An open project.

    busy_changed: what goes on, in words, empty when it is over; while busy, nothing can be
    changed.  said: something for the user to read.
    """

    busy_changed = Signal(str)
    said = Signal(Message)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files = Background(self)  # one at a time: what reads and writes the project's file
        self.project = new_project()
        self.busy = ""

    @property
    def writable(self) -> bool:
        """Whether the project can be changed now."""
        return not self.project.read_only and not self.busy

    def _begin(self, what: str) -> None:
        self.busy = what
        self.busy_changed.emit(what)

    def _end(self) -> None:
        self._begin("")

    def _complain(self, text: str) -> None:
        self.said.emit(Message("error", text))
