"""How exploring goes: bar and time left, numbers, the best so far, and why others were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.bridge import ScorerChosen
from layerforge.desktop.engine_words import device_title, voter_title
from layerforge.desktop.exploration import Exploration, State
from layerforge.desktop.progress.durations import in_words
from layerforge.desktop.progress.pays import Pays
from layerforge.desktop.progress.reasons import Reasons
from layerforge.desktop.progress.record import Record

if TYPE_CHECKING:
    from layerforge.desktop.progress.curve import Curve


class ProgressPanel(QWidget):
    """Listens to an exploration; draws only while it is seen.

    credits_wanted: whether ``pays`` is in sight, and wants to know.
    """

    credits_wanted = Signal(bool)

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._exploration = exploration
        self.record = Record()
        self.curve: Curve | None = None  # made when it is first seen: the plots take a second
        self.state = QLabel()
        self.state.setProperty("role", "heading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of exploring"))
        self.numbers: dict[str, QLabel] = {}
        self.reasons = Reasons()
        self.pays = Pays()
        self._room = QWidget()
        self._lay_out()
        self._listen()
        self._show()

    def clear(self) -> None:
        """Another project."""
        self.record.clear()
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(900, 200)  # the plot asks for far more

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wide = self.width() > 1.4 * self.height()
        self._whole.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self.curve is None:
            from layerforge.desktop.progress.curve import Curve

            self.curve = Curve()
            self._whole.replaceWidget(self._room, self.curve)
            self._whole.setStretchFactor(self.curve, 4)
            self._room.hide()
        self.credits_wanted.emit(self._wants_credits())
        self._show()

    def _listen(self) -> None:
        exploration, bridge = self._exploration, self._exploration.bridge
        exploration.state_changed.connect(lambda _state: self._show())
        bridge.scorer_chosen.connect(self._on_scorer)
        for signal, take in (
            (bridge.started, self.record.start),
            (bridge.round_done, self.record.add),
            (bridge.finished, self.record.finish),
        ):
            signal.connect(lambda event, take=take: self._take(take, event))

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.credits_wanted.emit(self._wants_credits())

    def _wants_credits(self) -> bool:
        return self.isVisible() and self._pages.currentIndex() == 1

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.credits_wanted.emit(False)  # noqa: FBT003 - a signal

    def _take(self, take: object, event: object) -> None:
        take(event, self._exploration.earlier)  # type: ignore[operator]
        self._show()

    def _on_scorer(self, chosen: ScorerChosen) -> None:
        name, device = voter_title(chosen.name), device_title(chosen.device)
        words = self.tr("{name} on {device}").format(name=name, device=device)
        self.numbers["scorer"].setText(words)
        self.numbers["scorer"].setToolTip(chosen.reason)

    def _show(self) -> None:
        if not self.isVisible():
            return
        record = self.record
        self.state.setText(self._state_in_words())
        self.bar.setRange(0, max(record.budget, 1))
        self.bar.setValue(min(record.evaluated, record.budget))
        share, left = record.accepted_share, record.seconds_left
        rate = record.per_second
        none = "–"
        for name, text in {
            "tried": f"{record.evaluated:,} / {record.budget:,}" if record.budget else none,
            "left": none if left is None else in_words(left),
            "rate": f"{rate:.1f} / s" if rate else none,
            "kept": none if share is None else f"{record.admitted:,}  ({100 * share:.0f} %)",
            "best": f"{record.best[-1][1]:.3f}" if record.best else none,
        }.items():
            self.numbers[name].setText(text)
        self.reasons.show_counts(record.rejected)
        if self.curve is not None:
            self.curve.show_points(record.best, record.kept)

    def _state_in_words(self) -> str:
        match self._exploration.state:
            case State.LOADING:
                return self.tr("Starting…")
            case State.RUNNING:
                return self.tr("Exploring")
            case State.PAUSED:
                return self.tr("Paused")
            case State.STOPPING:
                return self.tr("Stopping…")
        if not self.record.evaluated:
            return self.tr("Not exploring yet")
        return self.tr("Stopped") if self.record.stopped else self.tr("Done")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.state)
        left.addWidget(self.bar)
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        names = {
            "tried": self.tr("Tried"),
            "left": self.tr("Time left"),
            "rate": self.tr("Speed"),
            "kept": self.tr("Kept"),
            "best": self.tr("Best"),
            "scorer": self.tr("Judged by"),
        }
        for row, (name, words) in enumerate(names.items()):
            label = QLabel(words)
            label.setProperty("role", "dim")
            self.numbers[name] = QLabel("–")
            grid.addWidget(label, row, 0)
            grid.addWidget(self.numbers[name], row, 1)
        grid.setColumnStretch(1, 1)
        left.addLayout(grid)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        heads = QHBoxLayout()
        heads.setSpacing(6)
        self._pages = QStackedWidget()
        self.tabs = QButtonGroup(self)
        for number, (words, hint, content) in enumerate(
            (
                (self.tr("Turned away"), self.tr("Why candidates were not kept"), self.reasons),
                (self.tr("What pays"), self.tr("What each operation brought"), self.pays),
            )
        ):
            tab = QToolButton()
            tab.setProperty("role", "segment")
            tab.setText(words)
            tab.setToolTip(hint)
            tab.setStatusTip(hint)
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.tabs.addButton(tab, number)
            heads.addWidget(tab)
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setWidget(content)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._pages.addWidget(scroll)
        heads.addStretch(1)
        self.tabs.idClicked.connect(self._turn_to)
        self.tabs.button(0).setChecked(True)
        right.addLayout(heads)
        right.addWidget(self._pages, 1)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(14, 10, 14, 10)
        self._whole.setSpacing(18)
        self._whole.addLayout(left, 2)
        self._whole.addWidget(self._room, 4)
        self._whole.addLayout(right, 3)
