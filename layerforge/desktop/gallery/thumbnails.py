"""Thumbnails on their way to the screen: decoded when first painted, held within a bound."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap

MOST_SIDE_PX = 1024
"""Ours are 256 pixels long; what claims to be longer than this is not decoded."""

MAX_BYTES = 192 * 1024 * 1024
FRAME_BUDGET_S = 0.012
"""How long one repaint may decode; the rest comes with the next one."""

Fetch = Callable[[int], bytes | None]


class Thumbnails:
    """Pixmaps of branches, at the size in which they are painted.

    fetch: from a branch's id to its thumbnail's file bytes.
    """

    def __init__(self, fetch: Fetch, *, max_bytes: int = MAX_BYTES) -> None:
        self._fetch = fetch
        self._max_bytes = max_bytes
        self._held: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._sizes: dict[int, int] = {}
        self._bytes = 0
        self._spent_s = 0.0

    @property
    def held_bytes(self) -> int:
        """What the pixmaps weigh."""
        return self._bytes

    def begin_frame(self) -> None:
        """A repaint begins."""
        self._spent_s = 0.0

    def pixmap(self, branch_id: int, edge_px: int) -> tuple[QPixmap | None, bool]:
        """The branch's picture with that long edge in device pixels, and whether that is final.

        Where this repaint has spent its time, it is the picture at another size, or None.
        """
        key = branch_id, edge_px
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            return held, True
        if self._spent_s >= FRAME_BUDGET_S:
            other = self._sizes.get(branch_id)
            return (None if other is None else self._held.get((branch_id, other))), False
        began = time.perf_counter()
        image = decoded(self._fetch(branch_id), edge_px)
        pixmap = None if image is None else QPixmap.fromImage(image)
        if pixmap is not None:
            self._hold(key, pixmap)
        self._spent_s += time.perf_counter() - began
        return pixmap, True

    def clear(self, fetch: Fetch | None = None) -> None:
        """Forget all, and take them from elsewhere from now on."""
        self._held.clear()
        self._sizes.clear()
        self._bytes = 0
        if fetch is not None:
            self._fetch = fetch

    def _hold(self, key: tuple[int, int], pixmap: QPixmap) -> None:
        branch_id, edge_px = key
        stale = self._sizes.get(branch_id)
        if stale is not None:
            self._drop((branch_id, stale))
        self._held[key] = pixmap
        self._sizes[branch_id] = edge_px
        self._bytes += _weight(pixmap)
        while self._bytes > self._max_bytes and len(self._held) > 1:
            self._drop(next(iter(self._held)))

    def _drop(self, key: tuple[int, int]) -> None:
        pixmap = self._held.pop(key, None)
        if pixmap is not None:
            self._bytes -= _weight(pixmap)
            self._sizes.pop(key[0], None)


def decoded(file_bytes: bytes | None, edge_px: int) -> QImage | None:
    """A thumbnail from its file's bytes, its long edge ``edge_px`` at most; None where it is none.

    It may come from a stranger's project: nothing but WebP is read, and nothing large.
    """
    if file_bytes is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(file_bytes))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"webp"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not 0 < max(size.width(), size.height()) <= MOST_SIDE_PX:
        return None
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > edge_px:
        image = image.scaled(
            QSize(edge_px, edge_px),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
