"""Versions that are carried off by hand: dragged out as files, or copied to the clipboard."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.messages import Message
from layerforge.explore.exporting import encoded_recipe, export_branches
from layerforge.explore.versions import versions
from layerforge.files.sources import SourcePyramid
from layerforge.model.recipe import encode_recipe
from layerforge.project.project import Project
from layerforge.rendering.renderer import Renderer

MOST = 24
"""So many versions are dragged out at most: for more there is the export."""

MAX_EDGE_PX = 4096
"""What is carried off is as large as the canvas, but no larger than this."""

PNG = "image/png"

_LOOK_MS = 15


@dataclass(frozen=True, slots=True)
class Copied:
    """A version for the clipboard: PNG file bytes with the recipe inside, and that as JSON."""

    branch: int
    image: QImage
    png: bytes
    recipe: str


class Carrier(QObject):
    """Renders in the background what is dragged out or copied; files live as long as the app."""

    said = Signal(Message)

    def __init__(self, project: Callable[[], Project], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._background = Background(self)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made: dict[tuple[Path, int], Path] = {}

    # Dragging -----------------------------------------------------------------------------------

    def prepare(self, branch_ids: Sequence[int], *, then: Callable[[list[Path]], None]) -> None:
        """Write these versions as files; ``then`` gets them, none where that failed."""
        ids = list(branch_ids)[:MOST]
        project = self._project()
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="layerforge-")
        known = {one: self._made.get((project.path, one)) for one in ids}
        lacking = [one for one, path in known.items() if path is None or not path.is_file()]

        def written(new: dict[int, Path]) -> None:
            self._made |= {(project.path, one): path for one, path in new.items()}
            then([self._made[project.path, one] for one in ids])

        def failed(text: str) -> None:
            self.said.emit(Message("error", text, topic="carry"))
            then([])

        if lacking:
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            work = partial(_write, project, lacking, folder)
            self._background.submit(work, then=written, otherwise=failed)
        else:
            written({})

    def files(self, branch_ids: Sequence[int]) -> list[Path]:
        """The same at once, for a drag that has begun; none where the button was let go before.

        The window lives on meanwhile.
        """
        found: list[Path] = []
        loop = QEventLoop()

        def done(paths: list[Path]) -> None:
            found.extend(paths)
            loop.quit()

        def look() -> None:
            if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
                loop.quit()

        watch = QTimer()
        watch.timeout.connect(look)
        watch.start(_LOOK_MS)
        QTimer.singleShot(0, loop, lambda: self.prepare(branch_ids, then=done))
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        loop.exec()
        QApplication.restoreOverrideCursor()
        watch.stop()
        return found

    # Copying ------------------------------------------------------------------------------------

    def copy(self, branch_id: int) -> None:
        """Put a version and its recipe on the clipboard, soon."""
        words = self.tr("Copying #{id}…").format(id=branch_id)
        self.said.emit(Message("info", words, topic="carry"))
        self._background.submit(
            partial(_copy, self._project(), branch_id),
            then=self._copied,
            otherwise=lambda text: self.said.emit(Message("error", text, topic="carry")),
        )

    def _copied(self, copied: Copied) -> None:
        data = QMimeData()
        data.setImageData(copied.image)
        data.setData(PNG, copied.png)
        data.setText(copied.recipe)
        QApplication.clipboard().setMimeData(data)
        words = self.tr("#{id} is on the clipboard: the picture, and its recipe as text.")
        self.said.emit(Message("good", words.format(id=copied.branch), topic="carry"))

    def close(self, *, timeout_s: float) -> bool:
        """Stop, and delete the files; False where work did not end in time."""
        ended = self._background.close(timeout_s=timeout_s)
        if ended and self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        return ended


def _edge(project: Project) -> int:
    return min(MAX_EDGE_PX, max(project.canvas.width, project.canvas.height))


def _write(project: Project, ids: list[int], folder: Path, tell: Tell) -> dict[int, Path]:
    del tell
    written = export_branches(
        project, ids, folder=folder, long_edge_px=_edge(project), name="{project}-{branch}"
    )
    return {one.branch: one.picture for one in written}


def _copy(project: Project, branch_id: int, tell: Tell) -> Copied:
    del tell
    recipe = project.recipe(branch_id, versions=versions())
    renderer = Renderer(SourcePyramid(project.source_bytes))
    png = encoded_recipe(recipe, renderer, kind="png", depth=8, long_edge_px=_edge(project))
    text = encode_recipe(recipe, indent=2).decode()
    return Copied(branch_id, QImage.fromData(png), png, text)
