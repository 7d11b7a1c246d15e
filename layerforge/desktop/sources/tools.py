"""What can be done with sources: weigh, paste, replace, remove, copy, find again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu

from layerforge.desktop.actions import Actions
from layerforge.desktop.documents import Documents
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.projects import Opened
from layerforge.desktop.revealing import open_folder
from layerforge.desktop.session import Session
from layerforge.desktop.sources.panel import SourcesPanel
from layerforge.desktop.sources.places import Places
from layerforge.desktop.sources.replacing import Replacing
from layerforge.desktop.sources.several import Several
from layerforge.desktop.sources.weights import LESS, MORE, NORMAL, OFF
from layerforge.explore.importing import Imported
from layerforge.model.errors import LayerForgeError


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
        self.places = Places()
        self.replacing = Replacing(session, self)
        self.several = Several(session, panel, self)
        for one in (self.replacing, self.several):
            one.said.connect(self.said)
        self._make_actions(actions)
        view = panel.view
        view.addAction(self.remove)
        view.customContextMenuRequested.connect(self._menu)
        view.selectionModel().selectionChanged.connect(lambda *_: self.show_abilities())
        session.opened.connect(self._on_opened)
        session.sources_added.connect(self._on_added)
        session.sources_removed.connect(panel.model.remove)
        session.source_weights_changed.connect(self._on_weights)
        session.exploration.state_changed.connect(lambda _state: self.show_abilities())
        self.show_abilities()

    def _make_actions(self, actions: Actions) -> None:
        session = self._session
        self.paste = actions.more(
            self.tr("&Paste"),
            self.tr("Add the picture or the files that are on the clipboard"),
            "Ctrl+V",
        )
        self.leave_out = actions.more(
            self.tr("&Leave out"),
            self.tr("Make nothing new from the selected sources; what there is stays"),
            "O",
            checks=True,
        )
        self.weights = {
            MORE: actions.more(
                self.tr("Use &more"),
                self.tr("Draw the selected sources twice as often"),
                checks=True,
            ),
            NORMAL: actions.more(
                self.tr("Use n&ormally"),
                self.tr("Draw the selected sources as often as others"),
                checks=True,
            ),
            LESS: actions.more(
                self.tr("Use l&ess"),
                self.tr("Draw the selected sources half as often"),
                checks=True,
            ),
        }
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for weight, action in self.weights.items():
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, weight=weight: self._weigh(weight))
        self.replace = actions.more(
            self.tr("Re&place…"),
            self.tr("Use another image from now on in the place of the selected one"),
        )
        self.frames = actions.more(
            self.tr("Pictures of the &file…"),
            self.tr("Choose among the frames of an animation, or the pages of a document"),
        )
        self.remove = actions.more(
            self.tr("&Remove"),
            self.tr("Take the selected sources out of the project, if nothing needs them"),
            "Del",
        )
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.reveal = actions.more(
            self.tr("Show in &folder"),
            self.tr("Open the folder that the selected source came from"),
        )
        self.copy = actions.more(
            self.tr("Save a &copy…"),
            self.tr("Write the original file of the selected source to a folder"),
        )
        self.find = actions.more(
            self.tr("F&ind lost images…"),
            self.tr("Look in a folder for images that the project has lost, by what is in them"),
        )
        for action, act in {
            self.paste: self._paste,
            self.leave_out: self._leave_out,
            self.replace: self._replace,
            self.frames: lambda: self.several.ask(self._panel.selected()[0]),
            self.remove: lambda: session.remove_sources(self._selected()),
            self.reveal: self._reveal,
            self.copy: self._copy,
            self.find: self._find,
        }.items():
            action.triggered.connect(lambda _checked=False, act=act: act())

    @property
    def all(self) -> list[QAction]:
        """The actions, as they stand in the menu."""
        return [
            self.paste,
            *self.weights.values(),
            self.leave_out,
            self.replace,
            self.frames,
            self.remove,
            self.reveal,
            self.copy,
            self.find,
        ]

    def show_abilities(self) -> None:
        """Enable what can be done now."""
        selected, session = self._panel.selected(), self._session
        one, changes = len(selected) == 1, bool(selected) and session.writable
        self.paste.setEnabled(session.writable)
        self.find.setEnabled(session.writable and not session.exploring)
        for action in (*self.weights.values(), self.leave_out, self.remove):
            action.setEnabled(changes)
        for action in (self.replace, self.frames):
            action.setEnabled(changes and one)
        self.copy.setEnabled(one)
        self.reveal.setEnabled(one and self.places.of(selected[0].id) is not None)
        found = {self._panel.model.weight(source) for source in selected}
        for weight, action in {**self.weights, OFF: self.leave_out}.items():
            action.setChecked(found == {weight})

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

    def _weigh(self, weight: float) -> None:
        self._session.weigh(dict.fromkeys(self._selected(), weight))
        self.show_abilities()

    def _leave_out(self) -> None:
        """Leave the selected ones out; where all of them are, use them again."""
        all_off = set(self._selected()) <= self._session.sources_off
        self._weigh(NORMAL if all_off else OFF)

    def _replace(self) -> None:
        source = self._panel.selected()[0]
        path = self._documents.dialogs.replacement(self._preferences.folder("images"), source.name)
        if path is not None:
            self._preferences.set_folder("images", path.parent)
            self._session.replace_source(source.id, path)

    def _reveal(self) -> None:
        place = self.places.of(self._selected()[0])
        if place is not None:
            open_folder(place.parent)

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
        self._on_weights(self._session.source_weights)

    def _on_added(self, imported: Imported) -> None:
        try:
            self.places.remember(imported.places)
        except LayerForgeError as error:
            self.said.emit(Message("warning", str(error), topic="places"))
        self.show_abilities()

    def _on_weights(self, weights: dict[str, float]) -> None:
        self._panel.model.set_weights(weights)
        self.show_abilities()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self._panel.view)
        menu.addActions([*self.weights.values(), self.leave_out])
        menu.addSeparator()
        menu.addActions([self.replace, self.frames, self.remove])
        menu.addSeparator()
        menu.addActions([self.reveal, self.copy])
        menu.addSeparator()
        menu.addActions([self.paste, self.find])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._panel.view.viewport().mapToGlobal(place))
