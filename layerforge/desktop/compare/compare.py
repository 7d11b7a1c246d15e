"""Joins the page for comparing to the gallery, the project and the user's taste."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QPixmap

from layerforge.desktop.actions import Actions
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.compare.asking import Asked, Asker
from layerforge.desktop.compare.panel import ComparePanel
from layerforge.desktop.compare.stage import Mode
from layerforge.desktop.engine_words import with_capital
from layerforge.desktop.gallery.thumbnails import decoded
from layerforge.desktop.messages import Message
from layerforge.desktop.panels import Panels
from layerforge.desktop.picture.held import Subject
from layerforge.desktop.picture.image import to_qimage
from layerforge.desktop.picture.looking import MAX_LONG_EDGE_PX
from layerforge.desktop.picture.renders import Sharp, SharpRenders
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session
from layerforge.desktop.stopping import close_all
from layerforge.explore.tasted import TasteReport
from layerforge.model.branch import ROOT, Branch

MOST = 4


class Compare(QObject):
    """Opens and closes the page, and writes what is better into the log.

    shown_changed: whether the page is shown now.
    """

    said = Signal(Message)
    shown_changed = Signal(bool)

    def __init__(
        self,
        panel: ComparePanel,
        panels: Panels,
        session: Session,
        choosing: Choosing,
        actions: Actions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._panels = panel, panels
        self._session, self._choosing = session, choosing
        self._renders = SharpRenders(self)
        self._asker = Asker(self)
        self._rough: dict[int, QPixmap] = {}
        self._skipped: list[tuple[int, int]] = []
        self.shown = False
        self._make_actions(actions)
        session.opened.connect(self._on_opened)
        session.history_changed.connect(self._on_history)
        choosing.abilities_shown.connect(self._show_abilities)
        panel.stage.size_wanted.connect(self._request)
        panel.stage.current_changed.connect(self._on_current)
        panel.better_wanted.connect(self.prefer_current)
        panel.leave_wanted.connect(self.leave)
        panel.answered.connect(self.answer)
        self._renders.ready.connect(self._on_sharp)
        self._renders.failed.connect(
            lambda text: self.said.emit(Message("warning", text, topic="compare"))
        )
        self._asker.found.connect(self._on_found)
        self._asker.failed.connect(self._on_nothing)
        self._show_abilities()

    def _make_actions(self, actions: Actions) -> None:
        self.toggle = actions.more(
            self.tr("&Compare"),
            self.tr("Compare two to four chosen branches; a single one with its parent"),
            "C",
            checks=True,
        )
        self.ask = actions.more(
            self.tr("&Ask me"),
            self.tr("Answer quick questions, so that your taste is learned"),
            "Q",
            checks=True,
        )
        words: dict[Mode, tuple[str, str, str]] = {
            "side": (
                self.tr("&Side by side"),
                self.tr("All versions beside each other"),
                "Ctrl+Alt+1",
            ),
            "flip": (
                self.tr("&Flip in place"),
                self.tr("One at a time; Space shows the next"),
                "Ctrl+Alt+2",
            ),
            "wipe": (
                self.tr("&Wipe"),
                self.tr("Two versions, with an edge that is drawn across"),
                "Ctrl+Alt+3",
            ),
            "difference": (self.tr("&Difference"), self.tr("What differs is bright"), "Ctrl+Alt+4"),
        }
        self.modes: dict[Mode, QAction] = {}
        for mode, (text, hint, key) in words.items():
            action = actions.more(text, hint, key)
            action.triggered.connect(lambda _checked=False, mode=mode: self._panel.set_mode(mode))
            self.modes[mode] = action
        self.better = actions.more(
            self.tr("&This one is better"),
            self.tr("Note that the framed version is better than the others"),
        )
        self.better.triggered.connect(lambda _checked=False: self.prefer_current())
        self.toggle.triggered.connect(lambda on: self.open() if on else self.leave())
        self.ask.triggered.connect(lambda on: self.begin_asking() if on else self.leave())
        self._panel.add_modes(self.modes)
        self._panel.set_mode("side")

    @property
    def all(self) -> list[QAction]:
        """The actions, as they stand in the menu."""
        return [self.toggle, self.ask, *self.modes.values(), self.better]

    # What the user does -------------------------------------------------------------------------

    def open(self) -> None:
        """Compare what is chosen."""
        versions = self._chosen()
        if len(versions) < 2:
            words = self.tr("Choose two to four branches to compare: Ctrl and a click adds one.")
            self.said.emit(Message("info", words, topic="compare"))
            self._show_abilities()
            return
        self._panel.show_asking(asks=False)
        self._show(versions)
        self._tell_taste()

    def begin_asking(self) -> None:
        """Ask which of two is better, again and again."""
        self._panel.growth.clear()
        self._skipped.clear()
        self._panel.show_asking(asks=True)
        if self._panel.stage.mode != "flip":
            self._panel.set_mode("side")
        self._asker.ask(self._session.project, question=True, skipped=self._skipped)

    def answer(self, side: int) -> None:
        """Take an answer: the left one (-1), the right one (1), or neither (0)."""
        versions = self._panel.stage.versions
        if not self._panel.stage.asks or len(versions) != 2 or self._asker.busy:
            return
        if side == 0:
            self._skipped.append((versions[0], versions[1]))
        else:
            winner, loser = versions if side < 0 else reversed(versions)
            if not self._session.prefer(winner, [loser]):
                return
        self._asker.ask(self._session.project, question=True, skipped=self._skipped)

    def prefer_current(self) -> None:
        """Note that the current version is better than the others."""
        stage = self._panel.stage
        if self.shown and not stage.asks and len(stage.versions) > 1:
            winner = stage.versions[stage.current]
            losers = [one for one in stage.versions if one != winner]
            if not self._session.prefer(winner, losers):
                return
            against = ", ".join(f"#{one}" for one in losers)
            words = self.tr("Noted: #{winner} is better than {losers}.")
            text = words.format(winner=winner, losers=against)
            self.said.emit(Message("good", text, topic="compare"))

    def leave(self) -> None:
        """Back to the gallery; what was compared is chosen there."""
        if self.shown:
            stage = self._panel.stage
            versions = list(stage.versions)
            self._asker.forget()
            self._renders.cancel()
            self._bring(shown=False)
            self._choosing.choose(versions, current=versions[stage.current])
        self._show_abilities()

    def close(self, *, timeout_s: float) -> bool:
        """Stop all work; False where some did not end in time."""
        return close_all((self._renders, self._asker), timeout_s=timeout_s)

    # What is shown ------------------------------------------------------------------------------

    def _chosen(self) -> list[int]:
        targets = self._choosing.targets()[:MOST]
        if len(targets) == 1:
            branch = self._choosing.branch(targets[0])
            if branch is not None and branch.parent not in (None, ROOT):
                targets.append(branch.parent)
        return targets

    def _show(self, versions: list[int]) -> None:
        project = self._session.project
        stage = self._panel.stage
        held = self._panels.picture.held
        self._rough = {}
        for one in versions:
            known = held.nearest(Subject(one), stage.long_edge_px())
            image = None if known else decoded(project.thumbnail(one), MAX_LONG_EDGE_PX)
            if known is not None:
                self._rough[one] = known
            elif image is not None:
                self._rough[one] = QPixmap.fromImage(image)
        branches = [self._choosing.branch(one) for one in versions]
        stage.set_canvas(project.canvas.width, project.canvas.height)
        stage.show_versions(versions, [_label(one) for one in branches if one is not None])
        stage.show_pictures(self._rough)
        self._bring(shown=True)
        self._request(stage.long_edge_px())

    def _bring(self, *, shown: bool) -> None:
        self.shown = shown
        self._panels.bring(self._panel if shown else None)
        (self._panel.stage if shown else self._panels.gallery.view).setFocus()
        self.shown_changed.emit(shown)
        self._show_abilities()

    def _show_abilities(self) -> None:
        asks = self._panel.stage.asks
        self.toggle.setChecked(self.shown and not asks)
        self.ask.setChecked(self.shown and asks)
        enough = self._session.branch_count > 1
        self.toggle.setEnabled(self.shown or bool(self._choosing.targets()))
        self.ask.setEnabled(self.shown or (enough and self._session.writable))
        for action in self.modes.values():
            action.setEnabled(self.shown)
        self.better.setEnabled(self.shown and not asks and self._session.writable)
        self._panel.enable_answers(enabled=self._session.writable)

    def _request(self, long_edge_px: int) -> None:
        stage = self._panel.stage
        if not self.shown:
            return
        held = self._panels.picture.held
        missing = []
        pictures = dict(self._rough)
        for one in stage.versions:
            known = held.nearest(Subject(one), long_edge_px)
            if known is not None:
                pictures[one] = known
            if known is None or max(known.width(), known.height()) < long_edge_px:
                missing.append(Subject(one))
        stage.show_pictures(pictures)
        self._renders.request_all(missing, long_edge_px=long_edge_px)

    def _on_sharp(self, sharp: Sharp) -> None:
        pixmap = QPixmap.fromImage(to_qimage(sharp.pixels))
        self._panels.picture.held.hold(sharp.wanted.subject, pixmap)
        if sharp.wanted.branch in self._panel.stage.versions:
            known = self._panels.picture.held.nearest(
                sharp.wanted.subject, self._panel.stage.long_edge_px()
            )
            self._rough[sharp.wanted.branch] = pixmap if known is None else known
            self._panel.stage.show_pictures(dict(self._rough))

    def _on_current(self, place: int) -> None:
        if not self._panel.stage.asks:
            self._choosing.show(self._panel.stage.versions[place])

    # Taste --------------------------------------------------------------------------------------

    def _tell_taste(self) -> None:
        self._asker.ask(self._session.project, question=False)

    def _on_history(self) -> None:
        if self.shown and not self._panel.stage.asks:
            self._tell_taste()

    def _on_found(self, asked: Asked) -> None:
        self._panel.learned.setText(self._learned(asked.report))
        if asked.report.accuracy is not None:
            self._panel.growth.add(asked.report.accuracy)
        if asked.question is not None and self._panel.stage.asks:
            self._show([asked.question.one, asked.question.other])

    def _on_nothing(self, text: str) -> None:
        self.said.emit(Message("info", with_capital(text), topic="compare"))
        self._panel.show_asking(asks=False)
        self.leave()

    def _learned(self, report: TasteReport) -> str:
        words = [self.tr("{n} choices made", "", report.choices).format(n=report.choices)]
        if report.accuracy is not None:
            told = self.tr("{share:.0f} % of what you decided is foretold (50 is chance)")
            words.append(told.format(share=100 * report.accuracy))
        if report.share > 0:
            counts = self.tr("your taste counts for {share:.0f} % of the panel")
            words.append(counts.format(share=100 * report.share))
        return "  ·  ".join(words)

    def _on_opened(self, opened: Opened) -> None:
        self._asker.forget()
        self._renders.set_project(opened.project)
        if self.shown and not opened.copied:
            self._bring(shown=False)


def _label(branch: Branch) -> str:
    value = "" if branch.value is None else f"   {branch.value:.3f}"
    return f"#{branch.id}{value}"
