"""Files that hold several pictures: it is said, and their others can be taken, too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.session import Session
from layerforge.desktop.sources.frames import FramesDialog
from layerforge.desktop.sources.panel import SourcesPanel
from layerforge.explore.importing import Imported
from layerforge.files.images import decode_image
from layerforge.model.source import Source
from layerforge.project.project import Project


class Several(QObject):
    """Offers the pictures of such files.  ``dialog`` is the one that is open."""

    said = Signal(Message)

    def __init__(self, session: Session, panel: SourcesPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._panel = session, panel
        self.dialog: FramesDialog | None = None
        session.sources_added.connect(self._on_added)

    def ask(self, source: Source) -> None:
        """Show the pictures of a source's file to choose from, or say that there is one only."""
        project = self._session.project
        self._session.files.submit(
            partial(_count, project, source),
            then=partial(self._open, project, source),
            otherwise=lambda text: self.said.emit(Message("error", text, topic="frames")),
        )

    def _on_added(self, imported: Imported) -> None:
        several = [one for one in imported.added if imported.frames.get(one.id, 1) > 1]
        if not several:
            return
        first = several[0]
        count = imported.frames[first.id]
        if len(several) == 1:
            words = self.tr("{name} holds {n} pictures; the first one is used.")
        else:
            words = self.tr("{name} and others hold several pictures; the first ones are used.")
        project = self._session.project
        offer = Offer(self.tr("Choose others…"), partial(self._open, project, first, count))
        text = words.format(name=first.name, n=count)
        self.said.emit(Message("info", text, topic="frames", offers=(offer,)))

    def _open(self, project: Project, source: Source, count: int) -> None:
        if project is not self._session.project:
            return
        if count < 2:
            words = self.tr("{name} holds one picture only.").format(name=source.name)
            self.said.emit(Message("info", words, topic="frames"))
            return
        self.dialog = FramesDialog(project, source, count, self._panel.window())
        self.dialog.chosen.connect(partial(self._session.add_frames, source))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _count(project: Project, source: Source, tell: Tell) -> int:
    del tell
    return decode_image(project.source_bytes(source.id), name=source.name).frames
