"""Rendered pictures at hand, so that what was just seen is there again at once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QPixmap

MAX_BYTES = 160 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows: a branch as of so many steps, or the draft of that number.

    upto: None for all steps.  draft: 0 for what is kept.
    """

    branch: int
    upto: int | None = None
    draft: int = 0


class HeldPictures:
    """Pixmaps by subject and long edge in device pixels; the least used go first."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._held: OrderedDict[tuple[Subject, int], QPixmap] = OrderedDict()

    @property
    def held_bytes(self) -> int:
        """What the pixmaps weigh."""
        return sum(_weight(one) for one in self._held.values())

    def hold(self, subject: Subject, pixmap: QPixmap) -> None:
        """Keep a picture at hand."""
        key = subject, max(pixmap.width(), pixmap.height())
        self._held[key] = pixmap
        self._held.move_to_end(key)
        while self.held_bytes > self._max_bytes and len(self._held) > 1:
            self._held.popitem(last=False)

    def nearest(self, subject: Subject, edge_px: int) -> QPixmap | None:
        """The picture of that long edge, else the smallest larger one, else the largest."""
        edges = sorted(edge for one, edge in self._held if one == subject)
        if not edges:
            return None
        edge = next((one for one in edges if one >= edge_px), edges[-1])
        self._held.move_to_end((subject, edge))
        return self._held[(subject, edge)]

    def clear(self) -> None:
        """Forget all."""
        self._held.clear()


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
