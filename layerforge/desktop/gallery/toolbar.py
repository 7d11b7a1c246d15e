"""Tools in a row, or in two where there is no room for one."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

_SPACING = 3
_MARGINS = (10, 6, 10, 6)


class Toolbar(QWidget):
    """``left`` and ``right`` stand beside each other, or ``right`` below.

    Words are longer in some languages, and no panel may be wider than a small screen for them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left, self.right = QHBoxLayout(), QHBoxLayout()
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(*_MARGINS)
        self._whole.setSpacing(_SPACING)
        # the rows say what they need, and this widget what it can do with
        self._whole.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        for row, stretch in ((self.left, 1), (self.right, 0)):
            row.setSpacing(_SPACING)
            self._whole.addLayout(row, stretch)

    @property
    def in_one_row(self) -> bool:
        """Whether all stand side by side."""
        return self._whole.direction() == QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        left, right = self.left.minimumSize(), self.right.minimumSize()
        margins = self._whole.contentsMargins()
        width = max(left.width(), right.width()) + margins.left() + margins.right()
        rows = (left.height(), right.height())
        height = max(rows) if self.in_one_row else sum(rows) + _SPACING
        return QSize(width, height + margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:  # noqa: N802
        margins = self._whole.contentsMargins()
        width = self.left.sizeHint().width() + _SPACING + self.right.sizeHint().width()
        wide = width + margins.left() + margins.right()
        return QSize(wide, self.minimumSizeHint().height())

    def fit(self, width: int) -> None:
        """Take one row or two for that much room."""
        one = width >= self._width_of_one_row()
        if one != self.in_one_row:
            ways = QBoxLayout.Direction
            self._whole.setDirection(ways.LeftToRight if one else ways.TopToBottom)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.fit(self.width())

    def _width_of_one_row(self) -> int:
        margins = self._whole.contentsMargins()
        rows = self.left.minimumSize().width() + _SPACING + self.right.minimumSize().width()
        return rows + margins.left() + margins.right()
