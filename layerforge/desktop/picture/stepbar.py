"""Below the picture: as of which step it is shown, and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget


class StepBar(QWidget):
    """A slider over the steps of a branch, what the step is, and buttons for the zoom.

    upto_changed: show the picture as of so many steps; None for all.
    """

    upto_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._titles: tuple[str, ...] = ()
        self._flipped_from: int | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 0)
        self.slider.setPageStep(1)
        self.slider.setMinimumWidth(48)
        hint = self.tr("Show the picture as of this step ([ and ])")
        self.slider.setToolTip(hint)
        self.slider.setStatusTip(hint)
        self.slider.setAccessibleName(self.tr("As of step"))
        self.label = _Elided()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(6)
        row.addWidget(self.slider, 2)
        row.addWidget(self.label, 3)
        row.addLayout(self._buttons)
        self.slider.valueChanged.connect(self._moved)

    @property
    def upto(self) -> int | None:
        """So many steps are shown; None for all."""
        return None if self.slider.value() == self.slider.maximum() else self.slider.value()

    def add_button(self, action: QAction) -> QToolButton:
        """Add a button for an action on what is seen."""
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setDefaultAction(action)
        button.setAccessibleName(action.iconText())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_widget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Add something behind the buttons."""
        self._buttons.addWidget(widget)

    def show_steps(self, titles: tuple[str, ...]) -> None:
        """Offer these steps; all are shown at first."""
        self._titles, self._flipped_from = titles, None
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(titles))
            self.slider.setValue(len(titles))
        self._tell()

    def step(self, by: int) -> None:
        """Show the picture as of an earlier (-1) or later (1) step."""
        self.slider.setValue(self.slider.value() + by)

    def flip(self) -> None:
        """Show the picture before the step shown last, and the next time as it was again."""
        before = self._flipped_from
        if before is None:
            before = self.slider.value()
            self.step(-1)
            self._flipped_from = before
        else:
            self.slider.setValue(before)

    def _moved(self) -> None:
        self._flipped_from = None
        self._tell()
        self.upto_changed.emit(self.upto)

    def _tell(self) -> None:
        place, count = self.slider.value(), len(self._titles)
        if not count:
            self.label.setText("")
            return
        what = self._titles[place - 1] if place else self.tr("blank canvas")
        text = self.tr("{n}/{count} {what}").format(n=place, count=count, what=what)
        self.label.setText(text)
        self.label.setToolTip(text)
        self.label.setProperty("role", "dim" if place == count else "heading")
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)


class _Elided(QLabel):
    """A line that gives way: what does not fit ends in dots."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, text)
