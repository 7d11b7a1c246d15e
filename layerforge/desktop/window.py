"""The window: its panels, its title, what is dropped on it, and its end."""

from __future__ import annotations

import time

from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QWidget

from layerforge.desktop.actions import Actions, fill_menus
from layerforge.desktop.anew import later
from layerforge.desktop.application import App
from layerforge.desktop.bridge import ScorerChosen
from layerforge.desktop.buttons import enter_presses
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.dialogs import Dialogs
from layerforge.desktop.documents import Documents
from layerforge.desktop.dropping import DropHint
from layerforge.desktop.engine_words import with_capital
from layerforge.desktop.exploration import State
from layerforge.desktop.explore_bar.fields import choose
from layerforge.desktop.exports.carrying import Carrier
from layerforge.desktop.exports.desk import ExportDesk
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.models.desk import WeightsDesk
from layerforge.desktop.panels import Panels
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import HALTED, Session
from layerforge.desktop.shortcuts import ShortcutSheet
from layerforge.desktop.status import StatusLine
from layerforge.desktop.stopping import close_all
from layerforge.desktop.studio import Studio
from layerforge.explore.events import Finished
from layerforge.explore.importing import Imported
from layerforge.explore.lacking import lacking_branches, lacking_text
from layerforge.explore.versions import versions
from layerforge.files.assets import icon_path

CLOSING_S = 1.6
"""How long closing waits for threads; what takes longer is left behind."""

STEERING_MS = 500
"""How long a dial must stand before exploring goes on with it."""


class MainWindow(QMainWindow):
    """A window on one project.

    ended_cleanly: False where closing had to leave a thread behind.
    """

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self.session = Session(self)
        self.dialogs = Dialogs(self)
        self.commands = Actions(self)
        self.documents = Documents(self.session, self.dialogs, self.preferences, self)
        self.exports = ExportDesk(self, self.preferences)
        self.weights = WeightsDesk(self)
        self.carrier = Carrier(lambda: self.session.project, self)
        icon = QIcon(str(icon_path()))
        self.panels = Panels(self.commands, icon, fetch=self._thumbnail)
        self.choosing = Choosing(
            self.session, self.panels.gallery, self.panels.picture, self.commands, self
        )
        self.status = StatusLine()
        self.ended_cleanly = True
        self._closed = False
        self._keep_untitled = False
        self.setWindowIcon(icon)
        self.setAcceptDrops(True)
        self.setCentralWidget(self.panels)
        self.setStatusBar(self.status)
        recent = fill_menus(self, self.commands)
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        self.studio = Studio(self)
        self._drop_hint = DropHint(self)
        self._wire_session()
        self._wire_actions()
        self._restore()
        self.session.begin()
        self.setFocus()  # no button looks pressed at first

    # Wiring -------------------------------------------------------------------------------------

    def _wire_session(self) -> None:
        session, panels = self.session, self.panels
        session.opened.connect(self._show_project)
        session.sources_added.connect(self._on_sources)
        session.sources_removed.connect(lambda _gone: self._show_abilities())
        session.busy_changed.connect(self._on_busy)
        session.reading_changed.connect(self._on_reading)
        session.reading_progressed.connect(self._on_reading_progress)
        app = QApplication.instance()
        if isinstance(app, App):
            app.file_wanted.connect(self.documents.take_file)
        sayers = (
            session,
            self.documents,
            panels.picture,
            self.exports,
            self.carrier,
            self.choosing,
            self.weights,
        )
        for said in (one.said for one in sayers):
            said.connect(panels.banners.say)
        panels.sources.model.failed.connect(
            lambda text: panels.banners.say(Message("warning", text, topic="thumbnails"))
        )
        session.exploration.state_changed.connect(self._on_state)
        bridge = session.exploration.bridge
        bridge.scorer_chosen.connect(self._on_scorer)
        bridge.loading.connect(self._on_loading)
        bridge.weights_lacking.connect(self.weights.lacks)
        self.weights.without_wanted.connect(self._do_without)
        exploration = session.exploration
        bridge.started.connect(lambda one: panels.explore_bar.seed.used(one.seed))
        bridge.started.connect(lambda one: self.status.on_started(one, exploration.earlier))
        bridge.round_done.connect(lambda one: self.status.on_round(one, exploration.earlier))
        bridge.finished.connect(self._on_finished)
        for over in (bridge.went_on, bridge.job_ended):
            over.connect(lambda: panels.banners.clear(HALTED))
        bridge.noted.connect(lambda text: panels.banners.say(Message("info", text, topic="note")))

    def _wire_actions(self) -> None:
        commands, documents, session = self.commands, self.documents, self.session
        view, preview = self.panels.gallery.view, self.panels.picture.preview
        view.files_for = self.carrier.files
        for action, act in {
            commands.add_images: documents.add_by_dialog,
            commands.add_folder: documents.add_folder_by_dialog,
            commands.add_samples: documents.add_samples,
            commands.new: documents.new,
            commands.open: documents.open_by_dialog,
            commands.save: documents.save,
            commands.save_as: documents.save_as,
            commands.export: self._export,
            commands.quit: self.close,
            commands.undo: session.undo,
            commands.redo: session.redo,
            commands.copy: self._copy,
            commands.select_all: view.selectAll,
            commands.pin: lambda: self.choosing.decide("pin"),
            commands.kill: lambda: self.choosing.decide("kill"),
            commands.reset: lambda: self.choosing.decide("reset"),
            commands.toggle: self.toggle,
            commands.stop: session.exploration.stop,
            commands.shortcuts: lambda: ShortcutSheet(self.menuBar(), self).open(),
            commands.about: self._about,
        }.items():
            action.triggered.connect(lambda _checked=False, act=act: act())
        commands.enlarge.toggled.connect(lambda on: self.panels.enlarge(large=on))
        commands.hide_killed.toggled.connect(self.panels.gallery.hide_killed)
        commands.full_screen.toggled.connect(
            lambda on: self.showFullScreen() if on else self.showNormal()
        )
        self.panels.explore_bar.toggled.connect(self.toggle)
        self.panels.explore_bar.stopped.connect(session.exploration.stop)
        self.panels.explore_bar.shape.chosen.connect(session.set_canvas)
        self._steering = later(self, STEERING_MS, self._steer)
        self.panels.explore_bar.steered.connect(self._steering.start)
        view.activated.connect(lambda _index: commands.enlarge.trigger())  # Enter, double click
        preview.enlarge_wanted.connect(commands.enlarge.trigger)
        preview.leave_wanted.connect(lambda: commands.enlarge.setChecked(False))
        view.addActions([commands.toggle, commands.select_all])
        preview.addAction(commands.toggle)

    # What the user does -------------------------------------------------------------------------

    def toggle(self) -> None:
        """Explore, pause, or go on: whatever comes next."""
        exploration = self.session.exploration
        if exploration.state is State.IDLE:
            if self.session.sources:
                self.panels.banners.clear("explore")
                self.session.explore(self.panels.explore_bar.settings())
        elif exploration.state is State.PAUSED:
            exploration.resume()
        else:
            exploration.pause()

    def _steer(self) -> None:
        """Take over dials that were turned while exploring; while paused, when it goes on."""
        if self.session.exploration.state is State.RUNNING:
            self.session.steer(self.panels.explore_bar.settings())

    def _export(self) -> None:
        branches = self.choosing.branches()
        if branches:
            self.exports.ask(self.session.project, branches, selected=self.choosing.targets())

    def _copy(self) -> None:
        branch = self.panels.picture.branch
        if branch is not None:
            self.carrier.copy(branch.id)

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for path in self.preferences.recent():
            action = menu.addAction(f"{path.stem}  —  {path.parent}")
            action.triggered.connect(lambda _checked=False, path=path: self.documents.open(path))
        if menu.isEmpty():
            menu.addAction(self.tr("None yet")).setEnabled(False)

    def _about(self) -> None:
        words = self.tr(
            "LayerForge {version}\n\nMakes collages by searching for them.\nMIT licence."
        )
        text = words.format(version=versions()["layerforge"])
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("About LayerForge"), text, parent=self)
        box.setIconPixmap(self.windowIcon().pixmap(64, 64))
        enter_presses(box.addButton(QMessageBox.StandardButton.Ok))
        box.finished.connect(box.deleteLater)
        box.open()

    # What happens -------------------------------------------------------------------------------

    def _show_project(self, opened: Opened) -> None:
        project = opened.project
        name = self.session.name or self.tr("Untitled")
        if project.read_only:
            name = self.tr("{name} (read-only)").format(name=name)
        self.setWindowTitle(f"{name} – LayerForge")
        banners = self.panels.banners
        banners.clear("read-only")
        if project.read_only:
            words = self.tr("This project is read-only here: {why}.")
            again = Offer(self.tr("Try again"), self.session.open_again)
            text = words.format(why=project.why_read_only)
            banners.say(Message("warning", text, topic="read-only", offers=(again,)))
        lost = lacking_text(lacking_branches(opened.branches))
        banners.clear("lacking")
        if lost:
            banners.say(Message("warning", with_capital(lost), topic="lacking"))
        if project.backup is not None:
            words = self.tr("An older LayerForge made this project. As it was, it is in {place}.")
            text = words.format(place=project.backup)
            banners.say(Message("good", text, topic="file"))
        if not self.session.untitled:
            self.preferences.add_recent(project.path)
        if opened.copied:
            self.panels.sources.model.go_on_in(project)
        else:
            self.status.reset()
            self.panels.sources.model.set_sources(project, opened.sources)
            self.panels.explore_bar.show_project(project)
        self.choosing.show_project(opened)
        self._show_abilities()

    def _on_sources(self, imported: Imported) -> None:
        self.panels.sources.model.add(imported.added)
        self._show_abilities()

    def _on_reading(self, text: str) -> None:
        self.status.say_activity(text)
        if not text:
            self.panels.banners.clear("reading")

    def _on_reading_progress(self, text: str) -> None:
        stop = Offer(self.tr("Stop"), self.session.stop_reading)
        words = self.tr("Reading images: {text}").format(text=text)
        self.panels.banners.say(Message("info", words, topic="reading", offers=(stop,)))

    def _on_busy(self, what: str) -> None:
        self.status.say_activity(what)
        self._show_abilities()

    def _on_state(self, state: State) -> None:
        self.status.on_state(state, self.session.exploration.earlier)
        if state is State.RUNNING:
            self._steering.start()  # dials may have been turned before
        self._show_abilities()

    def _on_finished(self, finished: Finished) -> None:
        exploration = self.session.exploration
        if not exploration.continuing:
            self.status.on_finished(finished, exploration.earlier)

    def _on_scorer(self, chosen: ScorerChosen) -> None:
        self.status.show_scorer(chosen)
        self.panels.explore_bar.advanced.judges.voters.show_voters(chosen.voters)

    def _on_loading(self, text: str) -> None:
        """Loading is shown in the status bar; what a scorer tells later is a note."""
        if self.session.exploration.state is State.LOADING:
            text = text or self.tr("loading CLIP, which takes some seconds…")
            self.status.say_activity(with_capital(text))
        else:
            self.panels.banners.say(Message("info", text, topic="note"))

    def _do_without(self) -> None:
        choose(self.panels.explore_bar.advanced.scorer, "measures")
        if self.session.exploration.state is State.IDLE:
            self.toggle()

    def _show_abilities(self) -> None:
        session, commands = self.session, self.commands
        has_sources = bool(session.sources)
        state = session.exploration.state
        ready = has_sources and session.writable
        self.panels.explore_bar.show_state(state, ready=ready)
        shapeable = session.writable and not session.exploring and session.branch_count == 0
        self.panels.explore_bar.shape.setEnabled(shapeable)
        button = self.panels.explore_bar.main_button
        commands.say_next(button.text(), button.toolTip(), enabled=button.isEnabled())
        commands.stop.setEnabled(session.exploring)
        for action in (commands.add_images, commands.add_folder, commands.add_samples):
            action.setEnabled(session.writable)
        for action in (commands.new, commands.open, commands.save, commands.save_as):
            action.setEnabled(not session.busy)
        self.panels.show_welcome(welcome=not has_sources and session.branch_count == 0)
        self.choosing.show_abilities()

    def _thumbnail(self, branch_id: int) -> bytes | None:
        return self.session.project.thumbnail(branch_id)

    # Dropping -----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        own = isinstance(event.source(), QWidget)  # what is dragged out of this window
        if event.mimeData().hasUrls() and not own:
            event.acceptProposedAction()
            self._drop_hint.show_over()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._drop_hint.hide()
        event.acceptProposedAction()
        self.documents.drop(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Explore by the key that nothing with the focus wanted."""
        pressed = QKeySequence(event.keyCombination())
        if pressed == self.commands.toggle.shortcut() and self.commands.toggle.isEnabled():
            self.commands.toggle.trigger()
        else:
            super().keyPressEvent(event)

    # The end ------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Close without asking; an untitled project with branches stays for the next time."""
        self._keep_untitled = True
        self.close()

    def _close_after_all(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._closed:
            event.accept()
            return
        if not self._keep_untitled and self.studio.inspector.finish(then=self._close_after_all):
            event.ignore()  # the last edit is kept first
            return
        keep = self._keep_untitled and self.session.unsaved
        if not keep and not self.documents.may_leave(then=self._close_after_all):
            event.ignore()
            return
        self._closed = True
        self._remember()
        event.accept()
        self.hide()
        self.ended_cleanly = self._end_work(discard=not keep)

    def _end_work(self, *, discard: bool) -> bool:
        """Stop everything; False where some work did not end in time."""
        end = time.monotonic() + CLOSING_S
        self.session.exploration.stop()
        self.exports.exporter.stop()
        self.weights.fetcher.stop()
        works = (
            self.panels.picture.renders,
            self.studio,
            self.panels.sources.model,
            self.choosing,
            self.exports.exporter,
            self.weights.fetcher,
            self.carrier,
        )
        ended = close_all(works, timeout_s=CLOSING_S)
        left = max(0.0, end - time.monotonic())
        return self.session.close(discard=discard and ended, timeout_s=left) and ended

    def _restore(self) -> None:
        self.resize(1320, 720)
        state = self.preferences.blob("geometry")
        if not state.isEmpty():
            self.restoreGeometry(state)
        self.panels.restore(self.preferences)
        self.studio.restore(self.preferences)

    def _remember(self) -> None:
        self.preferences.set_blob("geometry", self.saveGeometry())
        self.panels.remember(self.preferences)
        self.studio.remember(self.preferences)
        self.preferences.save()
