"""What each step is good for, as small bars to both sides of nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layerforge.desktop.theme import Colors, colors_now
from layerforge.explore.crediting import StepCredit

CREDIT = int(Qt.ItemDataRole.UserRole) + 1
LINE = 20
"""How much higher a row is that shows credit."""

_INDENT = 26
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Bars:
    """The credit of a step, and how long its bars are: -1 to 1, where 1 is the largest of all."""

    credit: StepCredit
    value: float
    novelty: float


def bars_of(steps: tuple[StepCredit, ...]) -> tuple[Bars, ...]:
    """Bars for the credit of all steps of a branch."""
    most_value = max((abs(one.value or 0.0) for one in steps), default=0.0) or 1.0
    most_novelty = max((abs(one.novelty or 0.0) for one in steps), default=0.0) or 1.0
    return tuple(
        Bars(one, (one.value or 0.0) / most_value, (one.novelty or 0.0) / most_novelty)
        for one in steps
    )


class CreditDelegate(QStyledItemDelegate):
    """Paints a step as usual, with its credit below where that is known."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        if index.data(CREDIT) is not None:
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        size = super().sizeHint(option, index)
        return size if index.data(CREDIT) is None else size + QSize(0, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        bars = index.data(CREDIT)
        if not isinstance(bars, Bars):
            return
        colors = colors_now()
        if option.state & QStyle.StateFlag.State_Selected:
            ink = colors.accent_text
            colors = replace(colors, text=ink, dim=ink, line=ink, good=ink, error=ink)
        rect: QRect = option.rect
        room = QRect(rect.x() + _INDENT, rect.bottom() - LINE, rect.width() - _INDENT - 6, LINE - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        font.setBold(False)
        font.setStrikeOut(False)
        font.setPointSizeF(font.pointSizeF() * 0.86)
        painter.setFont(font)
        credit = bars.credit
        if credit.value is None or credit.novelty is None:
            words = self.tr("step {n} needs it").format(n=credit.needed_by or "?")
            painter.setPen(QColor(colors.dim))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        else:
            half = room.width() // 2
            left, right = QRect(room), QRect(room)
            left.setWidth(half - 4)
            right.setLeft(room.x() + half)
            _bar(painter, left, self.tr("value"), bars.value, _signed(credit.value, 2), colors)
            _bar(
                painter, right, self.tr("novelty"), bars.novelty, _signed(credit.novelty, 3), colors
            )
        painter.restore()


def _signed(number: float, digits: int) -> str:
    """With its sign, unless it is nothing."""
    rounded = round(number, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"


def _bar(
    painter: QPainter, room: QRect, name: str, share: float, number: str, colors: Colors
) -> None:
    """A name, a bar to the right or to the left of its middle, and a number."""
    metrics = painter.fontMetrics()
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(colors.dim))
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, name)
    painter.setPen(QColor(colors.text))
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, number)
    start = room.x() + metrics.horizontalAdvance(name) + 6
    end = room.right() - metrics.horizontalAdvance("+0.000") - 6
    if end - start < 12:
        return
    centre, half = (start + end) / 2, (end - start) / 2
    y = room.center().y() - 3
    painter.fillRect(QRectF(start, y + 2.5, end - start, 1), QColor(colors.line))
    length = share * half
    color = QColor(colors.good if share >= 0 else colors.error)
    painter.fillRect(QRectF(min(centre, centre + length), y, abs(length), 6), color)
    painter.fillRect(QRectF(centre - 0.5, y - 2, 1, 10), QColor(colors.text))
