"""The chosen branch: a large picture and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerforge.desktop.gallery.thumbnails import decoded
from layerforge.desktop.messages import Message
from layerforge.desktop.picture.caption import Caption
from layerforge.desktop.picture.held import HeldPictures, Subject
from layerforge.desktop.picture.image import to_qimage
from layerforge.desktop.picture.looking import MAX_LONG_EDGE_PX
from layerforge.desktop.picture.preview import Preview
from layerforge.desktop.picture.renders import Sharp, SharpRenders
from layerforge.desktop.picture.stepbar import StepBar
from layerforge.desktop.picture.words import title_of
from layerforge.model.branch import Branch
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import Source
from layerforge.model.step import Step
from layerforge.project.project import Project


class PicturePanel(QWidget):
    """Shows a branch: its thumbnail at once, a sharp render soon after; also as of a step.

    branch_shown: which branch is shown now; -1 for none.
    """

    said = Signal(Message)
    branch_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self.stepbar = StepBar()
        self.caption = Caption()
        self.renders = SharpRenders(self)
        self.held = HeldPictures()
        self._project: Project | None = None
        self._branch: Branch | None = None
        self._subject = Subject(-1)
        self._draft: tuple[Step, ...] | None = None
        self._drafts = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.preview, 1)
        whole.addWidget(self.stepbar)
        whole.addWidget(self.caption)
        self.renders.ready.connect(self._on_sharp)
        self.renders.failed.connect(self._on_failed)
        self.preview.size_wanted.connect(self._request)
        self.stepbar.upto_changed.connect(self._show_upto)
        self.show_nothing()

    @property
    def branch(self) -> Branch | None:
        """The branch shown."""
        return self._branch

    @property
    def subject(self) -> Subject:
        """What is shown: the branch as a whole, as of a step, or a draft made from it."""
        return self._subject

    def set_project(self, project: Project) -> None:
        """Show branches of ``project`` from now on."""
        self._project = project
        self.preview.set_canvas(project.canvas.width, project.canvas.height)
        self.renders.set_project(project)
        self.held.clear()
        self.show_nothing()

    def go_on_in(self, project: Project) -> None:
        """Take another file of the same project; what is shown stays."""
        self._project = project
        self.renders.set_project(project)
        if not self.preview.sharp:
            self._request(self.preview.long_edge_px())

    def show_nothing(self) -> None:
        """No branch is chosen."""
        self._branch, self._subject, self._draft = None, Subject(-1), None
        self.renders.cancel()
        self.caption.hide()
        self.stepbar.hide()
        self.preview.show_hint(self.tr("Choose a branch to see it large."))
        self.branch_shown.emit(-1)

    def show_branch(self, branch: Branch, sources: tuple[Source, ...]) -> None:
        """Show ``branch``; only its caption anew where it is shown already."""
        if self._project is None:
            return
        new = self._branch is None or self._branch.id != branch.id
        try:
            history = self._project.history(branch.id)
            self.caption.show_branch(branch, history=history, sources=sources)
            self.caption.show()
            self.stepbar.show()
            if new:
                self.stepbar.show_steps(tuple(title_of(step) for step in history))
                image = decoded(self._project.thumbnail(branch.id), MAX_LONG_EDGE_PX)
                self.preview.show_rough(None if image is None else QPixmap.fromImage(image))
                self._branch, self._draft = branch, None
                self._show(Subject(branch.id))
        except LayerForgeError as error:
            self.said.emit(Message("error", str(error), topic="preview"))
        self._branch = branch
        if new:
            self.branch_shown.emit(branch.id)

    def show_draft(self, steps: tuple[Step, ...]) -> None:
        """Show what a changed history of the branch looks like, before it is kept."""
        if self._branch is not None:
            self._drafts += 1
            self._draft = steps
            self._show(Subject(self._branch.id, draft=self._drafts))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._request(self.preview.long_edge_px())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.renders.cancel()

    def _show_upto(self, upto: int | None) -> None:
        if self._branch is not None:
            self._draft = None
            self._show(Subject(self._branch.id, upto))

    def _show(self, subject: Subject) -> None:
        """Show what is at hand of ``subject``; what was shown stays until there is something."""
        self._subject = subject
        edge = self.preview.long_edge_px()
        known = self.held.nearest(subject, edge)
        if known is not None and max(known.width(), known.height()) >= edge:
            self.renders.cancel()
            self.preview.show_sharp(known)
            return
        if known is not None:
            self.preview.show_rough(known)
        self._request(edge)

    def _request(self, long_edge_px: int) -> None:
        if self._branch is None or not self.isVisible():
            return  # what nobody sees is not rendered
        known = self.held.nearest(self._subject, long_edge_px)
        if known is not None and max(known.width(), known.height()) == long_edge_px:
            self.preview.show_sharp(known)
        else:
            self.renders.request(self._subject, long_edge_px=long_edge_px, steps=self._draft)

    def _on_sharp(self, sharp: Sharp) -> None:
        pixmap = QPixmap.fromImage(to_qimage(sharp.pixels))
        self.held.hold(sharp.wanted.subject, pixmap)
        if self._branch is None or sharp.wanted.subject != self._subject:
            return
        if sharp.wanted.long_edge_px >= self.preview.long_edge_px():
            self.preview.show_sharp(pixmap)
        else:
            self.preview.show_rough(pixmap)

    def _on_failed(self, text: str) -> None:
        text = self.tr("The preview could not be rendered: {text}").format(text=text)
        self.said.emit(Message("warning", text, topic="preview"))
