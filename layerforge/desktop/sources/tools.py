"""What can be done with sources: paste, leave out, remove, copy, find again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu

from layerforge.desktop.actions import Actions
from layerforge.desktop.documents import Documents
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.projects import Opened
from layerforge.desktop.revealing import open_folder
from layerforge.desktop.session import Session
from layerforge.desktop.sources.panel import SourcesPanel


class SourceTools(QObject):
    """Joins the list of sources, its actions and the session."""

    said = Signal(Message)

    def __init__(
        self,
        panel: SourcesPanel,
        session: Session,
        documents: Documents,
        actions: Actions,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._session = panel, session
        self._documents, self._preferences = documents, preferences
        tr = self.tr
        self.paste = actions.more(
            tr("&Paste"), tr("Add the picture or the files that are on the clipboard"), "Ctrl+V"
        )
        self.leave_out = actions.more(
            tr("&Leave out"),
            tr("Make nothing new from the selected sources; what there is stays"),
            "O",
            checks=True,
        )
        self.remove = actions.more(
            tr("&Remove"),
            tr("Take the selected sources out of the project, if nothing needs them"),
            "Del",
        )
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.copy = actions.more(
            tr("Save a &copy…"), tr("Write the original file of the selected source to a folder")
        )
        self.find = actions.more(
            tr("&Find lost images…"),
            tr("Look in a folder for images that the project has lost, by what is in them"),
        )
        for action, act in {
            self.paste: self._paste,
            self.leave_out: self._leave_out,
            self.remove: lambda: session.remove_sources(self._selected()),
            self.copy: self._copy,
            self.find: self._find,
        }.items():
            action.triggered.connect(lambda _checked=False, act=act: act())
        view = panel.view
        view.addAction(self.remove)
        view.customContextMenuRequested.connect(self._menu)
        view.selectionModel().selectionChanged.connect(lambda *_: self.show_abilities())
        session.opened.connect(self._on_opened)
        session.sources_removed.connect(panel.model.remove)
        session.sources_off_changed.connect(self._on_off)
        session.exploration.state_changed.connect(lambda _state: self.show_abilities())
        self.show_abilities()

    @property
    def all(self) -> list[QAction]:
        """The actions, as they stand in the menu."""
        return [self.paste, self.leave_out, self.remove, self.copy, self.find]

    def show_abilities(self) -> None:
        """Enable what can be done now."""
        selected, session = self._panel.selected(), self._session
        self.paste.setEnabled(session.writable)
        self.find.setEnabled(session.writable and not session.exploring)
        self.remove.setEnabled(bool(selected) and session.writable)
        self.copy.setEnabled(len(selected) == 1)
        self.leave_out.setEnabled(bool(selected) and session.writable)
        off = [self._panel.model.is_off(one) for one in selected]
        self.leave_out.setChecked(bool(off) and all(off))

    def _selected(self) -> list[str]:
        return [source.id for source in self._panel.selected()]

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not (data.hasUrls() or data.hasImage()):
            words = self.tr("There is no picture on the clipboard.")
            self.said.emit(Message("info", words, topic="images"))
        elif data.hasUrls():
            self._documents.drop(data)
        else:
            self._session.paste(QImage(QGuiApplication.clipboard().image()))

    def _leave_out(self) -> None:
        """Leave the selected ones out; where all of them are, use them again."""
        selected, off = set(self._selected()), self._session.sources_off
        self._session.leave_out(off - selected if selected <= off else off | selected)
        self.show_abilities()

    def _copy(self) -> None:
        source = self._panel.selected()[0]
        folder = self._preferences.folder("images")
        path = self._documents.dialogs.copy_path(folder, source.name)
        if path is not None:
            self._session.save_source(source.id, path, then=self._copied)

    def _copied(self, path: Path) -> None:
        words = self.tr("Saved a copy as {path}").format(path=path)
        offer = Offer(self.tr("Open folder"), partial(open_folder, path.parent))
        self.said.emit(Message("good", words, topic="images", offers=(offer,)))

    def _find(self) -> None:
        folder = self._documents.dialogs.lost_folder(self._preferences.folder("images"))
        if folder is not None:
            self._session.find_lost([folder])

    def _on_opened(self, _opened: Opened) -> None:
        self._on_off(self._session.sources_off)

    def _on_off(self, off: frozenset[str]) -> None:
        self._panel.model.set_off(off)
        self.show_abilities()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self._panel.view)
        menu.addActions([self.leave_out, self.remove, self.copy])
        menu.addSeparator()
        menu.addActions([self.paste, self.find])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._panel.view.viewport().mapToGlobal(place))
