"""The chosen branch: a large picture and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerforge.desktop.gallery.thumbnails import decoded
from layerforge.desktop.messages import Message
from layerforge.desktop.picture.caption import Caption
from layerforge.desktop.picture.image import to_qimage
from layerforge.desktop.picture.preview import Preview
from layerforge.desktop.picture.renders import Sharp, SharpRenders
from layerforge.model.branch import Branch
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import Source
from layerforge.project.project import Project

MAX_LONG_EDGE_PX = 2048


class PicturePanel(QWidget):
    """Shows a branch: its thumbnail at once, a sharp render soon after."""

    said = Signal(Message)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self.caption = Caption()
        self.renders = SharpRenders(self)
        self._project: Project | None = None
        self._branch: Branch | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.preview, 1)
        whole.addWidget(self.caption)
        self.renders.ready.connect(self._on_sharp)
        self.renders.failed.connect(self._on_failed)
        self.preview.size_wanted.connect(self._request)
        self.show_nothing()

    @property
    def branch(self) -> Branch | None:
        """The branch shown."""
        return self._branch

    def set_project(self, project: Project) -> None:
        """Show branches of ``project`` from now on."""
        self._project = project
        self.preview.set_aspect(project.canvas.width / project.canvas.height)
        self.renders.set_project(project)
        self.show_nothing()

    def go_on_in(self, project: Project) -> None:
        """Take another file of the same project; what is shown stays."""
        self._project = project
        self.renders.set_project(project)
        if not self.preview.sharp:
            self._request(self.preview.long_edge_px())

    def show_nothing(self) -> None:
        """No branch is chosen."""
        self._branch = None
        self.renders.cancel()
        self.caption.hide()
        self.preview.show_hint(self.tr("Choose a branch to see it large."))

    def show_branch(self, branch: Branch, sources: tuple[Source, ...]) -> None:
        """Show ``branch``; only its caption anew where it is shown already."""
        if self._project is None:
            return
        try:
            history = self._project.history(branch.id)
            self.caption.show_branch(branch, history=history, sources=sources)
            self.caption.show()
            if self._branch is None or self._branch.id != branch.id:
                image = decoded(self._project.thumbnail(branch.id), MAX_LONG_EDGE_PX)
                self.preview.show_rough(None if image is None else QPixmap.fromImage(image))
                self._branch = branch
                self._request(self.preview.long_edge_px())
        except LayerForgeError as error:
            self.said.emit(Message("error", str(error), topic="preview"))
        self._branch = branch

    def close_renders(self, *, timeout_s: float) -> bool:
        """Stop rendering; False where a render did not end in time."""
        return self.renders.close(timeout_s=timeout_s)

    def _request(self, long_edge_px: int) -> None:
        if self._branch is not None:
            edge = min(long_edge_px, MAX_LONG_EDGE_PX)
            self.renders.request(self._branch.id, long_edge_px=edge)

    def _on_sharp(self, sharp: Sharp) -> None:
        if self._branch is None or sharp.wanted.branch != self._branch.id:
            return
        pixmap = QPixmap.fromImage(to_qimage(sharp.pixels))
        if sharp.wanted.long_edge_px >= min(self.preview.long_edge_px(), MAX_LONG_EDGE_PX):
            self.preview.show_sharp(pixmap)
        else:
            self.preview.show_rough(pixmap)

    def _on_failed(self, text: str) -> None:
        text = self.tr("The preview could not be rendered: {text}").format(text=text)
        self.said.emit(Message("warning", text, topic="preview"))
