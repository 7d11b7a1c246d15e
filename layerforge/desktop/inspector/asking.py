"""Rows of the inspector that come and go: how far a task is, and what a change is meant for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class TaskRow(QWidget):
    """Says what goes on and how far it is.  stop_wanted: it shall end."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setToolTip(self.tr("End this; nothing of it is kept"))
        self.stop.setStatusTip(self.stop.toolTip())
        self.stop.clicked.connect(self.stop_wanted)
        words = QVBoxLayout()
        words.addWidget(self.label)
        words.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 10)
        row.addLayout(words, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        self.hide()

    def begin(self, words: str) -> None:
        """A task begins."""
        self.label.setText(words)
        self.bar.setAccessibleName(words)
        self.stop.setEnabled(True)
        self.show_far(0, 0)
        self.show()

    def show_far(self, done: int, of: int) -> None:
        """How far it is; 0 of 0 where nobody knows."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def end(self) -> None:
        """The task is over."""
        self.hide()


class ReachChoice(QWidget):
    """Asks what a change to an ancestor's step is meant for.

    alone_wanted: only for the branch that is shown.  all_wanted: for all that grew from there.
    """

    alone_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.alone = QPushButton(self.tr("Only this branch"))
        self.alone.setToolTip(self.tr("Make one new branch, beside this one (Ctrl+Return)"))
        self.all = QPushButton()
        self.all.setToolTip(self.tr("Make all that grew from there anew; the old ones stay"))
        self.alone.clicked.connect(self.alone_wanted)
        self.all.clicked.connect(self.all_wanted)
        for button in (self.alone, self.all):
            button.setStatusTip(button.toolTip())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(5)
        for widget in (self.label, self.alone, self.all):
            column.addWidget(widget)
        self.hide()

    def ask(self, ancestor: int, grown: int) -> None:
        """Ask, of a step that belongs to an ancestor that so many branches grew from."""
        words = self.tr("That step is #{id}'s. What is the change for?")
        self.label.setText(words.format(id=ancestor))
        words = self.tr("#{id} and the {n} branches that grew from it", "", grown)
        self.all.setText(words.format(id=ancestor, n=grown))
        self.show()
