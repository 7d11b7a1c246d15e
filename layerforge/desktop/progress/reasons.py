"""Why candidates were turned away, in plain words, as bars."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.theme import colors_now

ROW = 20
_NUMBER = 56


def plain_words() -> dict[str, str]:
    """What each reason means to a user."""
    return {
        "blank": QCoreApplication.translate("Reasons", "Empty, or all of one colour"),
        "noise": QCoreApplication.translate("Reasons", "Nothing but noise"),
        "duplicate": QCoreApplication.translate("Reasons", "Looks like one that was kept"),
        "plain": QCoreApplication.translate("Reasons", "Hardly more than a source"),
        "crowded": QCoreApplication.translate("Reasons", "No better than kept ones like it"),
        "below_gate": QCoreApplication.translate("Reasons", "Not good enough"),
        "outvoted": QCoreApplication.translate("Reasons", "Most voters like its parent better"),
        "not_promoted": QCoreApplication.translate("Reasons", "Not among the best at a small size"),
        "failed": QCoreApplication.translate("Reasons", "Could not be rendered"),
        "killed_meanwhile": QCoreApplication.translate(
            "Reasons", "Its parent was killed meanwhile"
        ),
    }


class Reasons(QWidget):
    """One bar a reason, most first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(220)
        self.show_counts({})

    def show_counts(self, rejected: Mapping[str, int]) -> None:
        """Show how many were turned away, by reason."""
        known = plain_words()
        self._counts = {known.get(one, one): count for one, count in rejected.items() if count}
        said = "\n".join(f"{words}: {count}" for words, count in self._counts.items())
        self.setToolTip(said)
        self.setAccessibleName(self.tr("Turned away: {said}").format(said=said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, ROW * max(1, len(self._counts)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._counts:
            painter.setPen(QColor(colors.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, self.tr("None so far."))
            return
        most = max(self._counts.values())
        rows = max(1, self.height() // ROW)
        for place, (words, count) in enumerate(list(self._counts.items())[:rows]):
            room = QRect(0, place * ROW, self.width(), ROW)
            self._row(painter, room, words, count, count / most)

    def _row(self, painter: QPainter, room: QRect, words: str, count: int, share: float) -> None:
        colors = colors_now()
        bar = QRectF(room).adjusted(0, 2, -_NUMBER, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        bar.setWidth(max(3.0, bar.width() * share))
        painter.drawRoundedRect(bar, 3, 3)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colors.text))
        text = room.adjusted(6, 0, -_NUMBER, 0)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, elided)
        painter.setPen(QColor(colors.dim))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, f"{count:,}")
