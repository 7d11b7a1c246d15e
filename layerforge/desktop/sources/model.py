"""The project's sources as rows with thumbnails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PIL import Image
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPixmap

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.picture.image import to_qimage
from layerforge.desktop.sources.weights import in_words
from layerforge.files.images import decode
from layerforge.model.source import Source
from layerforge.project.project import Project

THUMBNAIL_PX = 128
_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Small:
    """A source's thumbnail: (H, W, 4) uint8 straight sRGB, at most 128 px long."""

    source: str
    pixels: npt.NDArray[np.uint8]


class SourcesModel(QAbstractListModel):
    """One row a source; thumbnails come from the background.

    failed: why there is no thumbnail of a source.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._sources: list[Source] = []
        self._pixmaps: dict[str, QPixmap] = {}
        self._project: Project | None = None
        self._weights: dict[str, float] = {}

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        source = self._sources[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return source.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = (source.name, self.size_of(source), in_words(self.weight(source)))
            return ", ".join(one for one in words if one)
        return None

    def source_at(self, row: int) -> Source:
        """The source of a row."""
        return self._sources[row]

    def pixmap(self, source: Source) -> QPixmap | None:
        """Its thumbnail, where it is there already."""
        return self._pixmaps.get(source.id)

    def size_of(self, source: Source) -> str:
        """A source's size in words."""
        return f"{source.width} × {source.height}"

    def weight(self, source: Source) -> float:
        """How often it is drawn against others; 0 for never."""
        return self._weights.get(source.id, 1.0)

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """Show these weights; 1 for those that are not named."""
        changed = {one for one, _ in self._weights.items() ^ weights.items()}
        self._weights = dict(weights)
        for row, source in enumerate(self._sources):
            if source.id in changed:
                self.dataChanged.emit(self.index(row), self.index(row))

    def remove(self, source_ids: Iterable[str]) -> None:
        """These are gone."""
        gone = set(source_ids)
        for row in reversed(range(len(self._sources))):
            if self._sources[row].id in gone:
                self.beginRemoveRows(_NO_INDEX, row, row)
                self._pixmaps.pop(self._sources.pop(row).id, None)
                self.endRemoveRows()

    def set_sources(self, project: Project, sources: Iterable[Source]) -> None:
        """Show these sources instead of those before."""
        self._project = project
        self.beginResetModel()
        self._sources = list(sources)
        self._pixmaps.clear()
        self.endResetModel()
        self._fetch(self._sources)

    def go_on_in(self, project: Project) -> None:
        """Take another file of the same project; thumbnails still missing come from there."""
        self._project = project
        self._fetch([one for one in self._sources if one.id not in self._pixmaps])

    def add(self, sources: Sequence[Source]) -> None:
        """Add sources at the end; those that are there are shown anew."""
        there = {source.id for source in self._sources}
        new = [source for source in sources if source.id not in there]
        self._fetch([source for source in sources if source.id in there])
        if not new:
            return
        first = len(self._sources)
        self.beginInsertRows(_NO_INDEX, first, first + len(new) - 1)
        self._sources.extend(new)
        self.endInsertRows()
        self._fetch(new)

    def close(self, *, timeout_s: float) -> bool:
        """Stop making thumbnails; False where one did not end in time."""
        return self._background.close(timeout_s=timeout_s)

    def _fetch(self, sources: Iterable[Source]) -> None:
        project = self._project
        if project is None:
            return
        for source in sources:
            self._background.submit(
                partial(_small, project, source),
                then=self._take,
                otherwise=partial(self._fail, project),
            )

    def _fail(self, project: Project, text: str) -> None:
        if project is self._project:  # else it was closed meanwhile: nobody needs the thumbnail
            self.failed.emit(text)

    def _take(self, small: _Small) -> None:
        pixmap = QPixmap.fromImage(to_qimage(small.pixels))
        for row, source in enumerate(self._sources):
            if source.id == small.source:
                self._pixmaps[source.id] = pixmap
                index = self.index(row)
                self.dataChanged.emit(index, index)


def _small(project: Project, source: Source, tell: Tell) -> _Small:
    del tell
    straight = decode(project.source_bytes(source.id), name=source.name)
    image = Image.fromarray(straight)
    image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _Small(source=source.id, pixels=np.array(image))
