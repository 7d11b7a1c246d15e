"""The page for comparing: the stage, how to compare on it, and what is better."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.compare.growth import Growth
from layerforge.desktop.compare.stage import Mode, Stage

WIPE_STEPS = 1000


class ComparePanel(QWidget):
    """Tools above, the stage, and below it what has been learned.

    answered: left (-1), right (1), or neither (0).
    """

    answered = Signal(int)
    better_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage()
        self.modes: dict[Mode, QToolButton] = {}
        self.wipe = QSlider(Qt.Orientation.Horizontal)
        self.better = self._button(
            self.tr("This one is better"),
            self.tr("Note that the framed version is better than the others (Enter)"),
        )
        self.left = self._button(
            self.tr("←  Left is better"), self.tr("The left one is better (Left)")
        )
        self.neither = self._button(self.tr("Can't say"), self.tr("Ask about two others (Down)"))
        self.right = self._button(
            self.tr("Right is better  →"), self.tr("The right one is better (Right)")
        )
        self.close_button = self._button(self.tr("Done"), self.tr("Back to the gallery (Esc)"))
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.learned = QLabel()
        self.learned.setProperty("role", "dim")
        self.learned.setWordWrap(True)
        self.growth = Growth()
        self._lay_out()
        self._wire()
        self.show_asking(asks=False)

    def show_asking(self, *, asks: bool) -> None:
        """Show what answers a question, or what compares by one's own choice."""
        self.stage.asks = asks
        for button in (self.left, self.neither, self.right):
            button.setVisible(asks)
        self.better.setVisible(not asks)
        self.heading.setText(
            self.tr("Which one do you like better?") if asks else self.tr("Compare")
        )

    def enable_answers(self, *, enabled: bool) -> None:
        """Whether the log can be written to."""
        for button in (self.left, self.neither, self.right, self.better):
            button.setEnabled(enabled)

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way."""
        self.modes[mode].setChecked(True)
        self.wipe.setVisible(mode == "wipe")
        self.stage.set_mode(mode)

    def add_modes(self, actions: dict[Mode, QAction]) -> None:
        """Take the actions that choose how to compare."""
        group = QButtonGroup(self)
        for mode, action in actions.items():
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setText(action.iconText())
            button.setToolTip(action.toolTip())
            button.setStatusTip(action.statusTip())
            button.setCheckable(True)
            button.setChecked(mode == self.stage.mode)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action.trigger)
            group.addButton(button)
            self._modes_row.addWidget(button)
            self.modes[mode] = button

    def _button(self, text: str, hint: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setText(text)
        button.setToolTip(hint)
        button.setStatusTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _wire(self) -> None:
        stage = self.stage
        self.better.clicked.connect(self.better_wanted)
        stage.better_wanted.connect(self.better_wanted)
        stage.leave_wanted.connect(self.leave_wanted)
        stage.answered.connect(self.answered)
        self.close_button.clicked.connect(self.leave_wanted)
        for button, answer in ((self.left, -1), (self.neither, 0), (self.right, 1)):
            button.clicked.connect(lambda _checked=False, answer=answer: self.answered.emit(answer))
        self.wipe.setRange(0, WIPE_STEPS)
        self.wipe.setPageStep(WIPE_STEPS // 10)
        self.wipe.setSingleStep(WIPE_STEPS // 50)
        self.wipe.setValue(WIPE_STEPS // 2)
        self.wipe.setMaximumWidth(220)
        self.wipe.setAccessibleName(self.tr("Where the two versions meet"))
        self.wipe.setToolTip(self.wipe.accessibleName())
        self.wipe.setStatusTip(self.wipe.accessibleName())
        self.wipe.valueChanged.connect(lambda value: stage.set_edge(value / WIPE_STEPS))
        stage.wiped.connect(self._show_edge)

    def _show_edge(self, edge: float) -> None:
        with QSignalBlocker(self.wipe):
            self.wipe.setValue(round(edge * WIPE_STEPS))

    def _lay_out(self) -> None:
        self._modes_row = QHBoxLayout()
        self._modes_row.setSpacing(3)
        tools = QHBoxLayout()
        tools.setContentsMargins(14, 6, 10, 6)
        tools.setSpacing(8)
        tools.addWidget(self.heading)
        tools.addSpacing(8)
        tools.addLayout(self._modes_row)
        tools.addWidget(self.wipe, 1)
        tools.addStretch(1)
        tools.addWidget(self.close_button)
        answers = QHBoxLayout()
        answers.setContentsMargins(14, 8, 14, 8)
        answers.setSpacing(8)
        answers.addWidget(self.learned, 1)
        answers.addWidget(self.growth)
        for button in (self.left, self.neither, self.right, self.better):
            answers.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addWidget(self.stage, 1)
        whole.addLayout(answers)
