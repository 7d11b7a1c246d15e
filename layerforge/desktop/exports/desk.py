"""From the wish to export to the banner that says it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from layerforge.desktop.exports.dialog import ExportDialog
from layerforge.desktop.exports.exporter import Done, Exporter, Order
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.preferences import Preferences
from layerforge.project.project import Project


class ExportDesk(QObject):
    """Asks where to and how large, exports in the background, tells how it went."""

    said = Signal(Message)

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self.exporter = Exporter(self)
        self.exporter.progressed.connect(self._on_progress)
        self.exporter.done.connect(self._on_done)
        self.exporter.failed.connect(self._on_failed)

    def ask(self, project: Project, branches: Sequence[int]) -> None:
        """Ask for folder and size, then export; does not block."""
        dialog = ExportDialog(
            count=len(branches),
            canvas=project.canvas,
            folder=self._preferences.folder("export"),
            parent=self._window,
        )
        dialog.chosen.connect(partial(self.start, project, tuple(branches)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def start(self, project: Project, branches: tuple[int, ...], folder: Path, edge: int) -> None:
        """Export; edge 0 means the canvas's own size."""
        folder = folder.expanduser()
        if folder.is_dir():
            self._preferences.set_folder("export", folder)
        self.exporter.start(
            Order(
                project=project.path,
                branches=branches,
                folder=folder,
                long_edge_px=edge or None,
            )
        )
        self._on_progress(0, len(branches))

    def _on_progress(self, count: int, total: int) -> None:
        words = self.tr("Exporting {n} of {total}…").format(n=min(count + 1, total), total=total)
        stop = Offer(self.tr("Stop"), self.exporter.stop)
        self.said.emit(Message("info", words, topic="export", offers=(stop,)))

    def _on_done(self, done: Done) -> None:
        folder = done.order.folder
        self._preferences.set_folder("export", folder)
        words = self.tr("Exported {n} versions to {folder}")
        if len(done.written) == 1:
            words = self.tr("Exported 1 version to {folder}")
        kind = "good" if len(done.written) == len(done.order.branches) else "info"
        offer = Offer(self.tr("Open folder"), partial(_open_folder, folder))
        text = words.format(n=len(done.written), folder=folder)
        if done.lost:
            kind = "warning"
            text = self.tr("{text}. Left out: {lost}").format(text=text, lost=done.lost)
        self.said.emit(Message(kind, text, topic="export", offers=(offer,)))  # type: ignore[arg-type]

    def _on_failed(self, text: str) -> None:
        self.said.emit(Message("error", text, topic="export"))


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
