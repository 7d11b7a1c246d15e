"""Which operations pay: what each brought on average, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.engine_words import operation_title
from layerforge.desktop.theme import colors_now
from layerforge.search.policy import Credit

ROW = 22
_NAME = 0.42
"""The share of the width that names have."""

_NUMBER = 92


class Pays(QWidget):
    """One row an operation, best first: a line where its worth may lie, a dot at the mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.credits: tuple[Credit, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(220)
        self.setToolTip(
            self.tr(
                "0 where all it was tried in was turned away, 1 where all was kept and far better."
                " The line is where the mean lies with a chance of 90 %; a pin or a kill of yours "
                "counts as much as several candidates"
            )
        )
        self.show_credits(())

    def show_credits(self, credits: Sequence[Credit]) -> None:  # noqa: A002 - the field's term
        """Show what operations are worth, the best first."""
        self.credits = tuple(credits)
        said = "; ".join(self.words(one) for one in self.credits[:5])
        self.setAccessibleName(self.tr("What pays: {said}").format(said=said))
        self.setMinimumHeight(ROW * max(1, len(self.credits)))
        self.updateGeometry()
        self.update()

    def words(self, credit: Credit) -> str:
        """One operation's worth, in words."""
        tries = round(credit.tries)
        words = self.tr("{name} {mean:.2f}, {low:.2f} to {high:.2f}, tried {n} times", "", tries)
        return words.format(
            name=operation_title(credit.operation),
            mean=credit.mean,
            low=credit.low,
            high=credit.high,
            n=tries,
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, ROW * max(1, len(self.credits)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.credits:
            painter.setPen(QColor(colors.dim))
            words = self.tr("Nothing is known yet.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, words)
            return
        top = max(one.high for one in self.credits)
        first = max(0, event.rect().top() // ROW)
        last = event.rect().bottom() // ROW + 1
        for place, credit in list(enumerate(self.credits))[first:last]:
            self._row(painter, QRect(0, place * ROW, self.width(), ROW), credit, top)

    def _row(self, painter: QPainter, room: QRect, credit: Credit, top: float) -> None:
        colors = colors_now()
        middle = Qt.AlignmentFlag.AlignVCenter
        name = QRect(room.x(), room.y(), round(room.width() * _NAME), room.height())
        painter.setPen(QColor(colors.text))
        metrics = painter.fontMetrics()
        title = operation_title(credit.operation)
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, elided)
        lane = QRectF(room).adjusted(name.width() + 10, 0, -_NUMBER, 0)
        y = lane.center().y()

        def at(value: float) -> float:
            return lane.left() + lane.width() * value / top

        painter.setPen(QPen(QColor(colors.line), 1))
        painter.drawLine(QPointF(lane.left(), y), QPointF(lane.right(), y))
        painter.setPen(QPen(QColor(colors.handle), 3))
        painter.drawLine(QPointF(at(credit.low), y), QPointF(at(credit.high), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawEllipse(QPointF(at(credit.mean), y), 4.0, 4.0)
        painter.setPen(QColor(colors.dim))
        number = f"{credit.mean:.2f}  ·  {credit.tries:,.0f}×"
        painter.drawText(room.adjusted(0, 0, -6, 0), middle | Qt.AlignmentFlag.AlignRight, number)
