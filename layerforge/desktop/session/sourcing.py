"""The source images of the open project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.session.exploring import Exploring
from layerforge.desktop.sources.reading import import_images
from layerforge.explore.importing import Imported
from layerforge.explore.jobs import Control
from layerforge.model.source import Source


class Sourcing(Exploring):
    """A project with its sources.

    reading_changed: which image is read, in words, empty when all are.
    """

    sources_added = Signal(Imported)
    reading_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources: tuple[Source, ...] = ()
        self._reading = Control()

    def add_images(self, paths: Sequence[Path]) -> None:
        """Read images and folders in the background, keep the usable ones, name the others."""
        if not self.writable:
            return
        self.reading_changed.emit(self.tr("Reading images…"))
        self.files.submit(
            partial(import_images, self.project, tuple(paths), self._reading),
            then=self._on_imported,
            otherwise=self._not_imported,
            progress=self.reading_changed.emit,
        )

    def _on_imported(self, imported: Imported) -> None:
        self.sources = self.project.sources()
        self.reading_changed.emit("")
        self.sources_added.emit(imported)

    def _not_imported(self, text: str) -> None:
        self.reading_changed.emit("")
        self._complain(text)
