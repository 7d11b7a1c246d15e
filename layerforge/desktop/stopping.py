"""Ending work in the background: on demand, and all of it where the window closes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QObject

from layerforge.desktop.bridge import Background
from layerforge.explore.jobs import Control


class Stoppable(QObject):
    """Work in the background, one piece after another, that can be stopped; it ends soon then."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._control = Control()

    @property
    def busy(self) -> bool:
        """Whether something goes on."""
        return self._background.busy

    def stop(self) -> None:
        """Stop soon; what is done stays."""
        self._control.stop()

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where that took too long."""
        self.stop()
        return self._background.close(timeout_s=timeout_s)


class Closes(Protocol):
    """Something that does work in the background."""

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where that took too long."""


def close_all(works: Iterable[Closes], *, timeout_s: float) -> bool:
    """Stop one after the other, in that time for all; False where some took too long."""
    end = time.monotonic() + timeout_s
    ended = True
    for work in works:
        ended = work.close(timeout_s=max(0.0, end - time.monotonic())) and ended
    return ended
