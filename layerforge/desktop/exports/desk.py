"""From the wish to export to the banner that says it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from layerforge.desktop.exports.dialog import Choice, ExportDialog
from layerforge.desktop.exports.exporter import Done, Exporter, Order
from layerforge.desktop.exports.wish import Wish, remembered, to_remember
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.revealing import open_folder
from layerforge.model.branch import Branch
from layerforge.project.project import Project

_REMEMBERED = "export wish"


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

    def ask(self, project: Project, branches: Sequence[Branch], *, selected: Sequence[int]) -> None:
        """Ask for all that matters, then export; does not block.

        branches: all of the project but the root.
        """
        pinned = tuple(one.id for one in branches if one.status == "pinned")
        known = {one.id: one for one in branches}
        first = known[(*selected, *pinned, *known)[0]]
        dialog = ExportDialog(
            choice=Choice(
                selected=len(selected),
                pinned=len(pinned),
                all=len(branches),
                name=project.path.stem,
                example=first.id,
                value=first.value or 0.0,
            ),
            canvas=project.canvas,
            folder=self._preferences.folder("export"),
            wish=remembered(self._preferences.text(_REMEMBERED)),
            parent=self._window,
        )

        def start(folder: Path, wish: Wish) -> None:
            self._preferences.set_text(_REMEMBERED, to_remember(wish))
            ids = pinned if wish.what == "pinned" else tuple(selected)
            self.start(project, ids, folder, wish)

        dialog.chosen.connect(start)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def start(self, project: Project, branches: tuple[int, ...], folder: Path, wish: Wish) -> None:
        """Export; ``branches`` are of no use where the wish is for the best ones."""
        folder = folder.expanduser()
        if folder.is_dir():
            self._preferences.set_folder("export", folder)
        order = Order(project=project.path, branches=branches, folder=folder, wish=wish)
        self.exporter.start(order)
        self._on_progress(0, order.count)

    def _on_progress(self, count: int, total: int) -> None:
        words = self.tr("Exporting {n} of {total}…").format(n=min(count + 1, total), total=total)
        stop = Offer(self.tr("Stop"), self.exporter.stop)
        self.said.emit(Message("info", words, topic="export", offers=(stop,)))

    def _on_done(self, done: Done) -> None:
        folder = done.order.folder
        self._preferences.set_folder("export", folder)
        words = self.tr("Exported {n} versions to {folder}", "", len(done.written))
        kind = "good" if len(done.written) == done.order.count else "info"
        offer = Offer(self.tr("Open folder"), partial(open_folder, folder))
        text = words.format(n=len(done.written), folder=folder)
        if done.lost:
            kind = "warning"
            text = self.tr("{text}. Left out: {lost}").format(text=text, lost=done.lost)
        self.said.emit(Message(kind, text, topic="export", offers=(offer,)))  # type: ignore[arg-type]

    def _on_failed(self, text: str) -> None:
        self.said.emit(Message("error", text, topic="export"))
