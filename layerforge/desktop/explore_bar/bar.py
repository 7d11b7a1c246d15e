"""The bar that steers exploring: one large button, and the dials."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.exploration import State
from layerforge.desktop.explore_bar.advanced import Advanced
from layerforge.desktop.explore_bar.dial import Dial
from layerforge.desktop.explore_bar.seed import SeedField
from layerforge.desktop.symbols import icon, pause, play, stop
from layerforge.desktop.theme import colors_of
from layerforge.explore.settings import ExploreSettings


class ExploreBar(QWidget):
    """Start, pause and stop; budget, temperature, noise, seed."""

    toggled = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        usual = ExploreSettings()
        self._state = State.IDLE
        self.main_button = QPushButton()
        self.main_button.setProperty("role", "primary")
        self.main_button.clicked.connect(self.toggled)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop exploring; what finished rounds found is kept"))
        self.stop_button.setStatusTip(self.stop_button.toolTip())
        self.stop_button.clicked.connect(self.stopped)
        self.budget = QSpinBox()
        self.budget.setRange(1, 10_000_000)
        self.budget.setSingleStep(100)
        self.budget.setGroupSeparatorShown(True)
        self.budget.setValue(usual.budget)
        self.budget.setAccessibleName(self.tr("Budget"))
        self.budget.setToolTip(self.tr("How many candidates are tried in this run"))
        self.budget.setStatusTip(self.budget.toolTip())
        self.temperature = Dial(
            self.tr("Temperature"),
            low=self.tr("greedy"),
            high=self.tr("wandering"),
            hint=self.tr("Greedy follows the best branches, wandering gives others a chance"),
        )
        self.temperature.set_value(usual.temperature)
        self.noise = Dial(
            self.tr("Noise"),
            low=self.tr("calm"),
            high=self.tr("wild"),
            hint=self.tr("How far variations stray from what they vary"),
        )
        self.noise.set_value(usual.noise)
        self.seed = SeedField()
        self.advanced = Advanced()
        self.reason = QLabel()
        self.reason.setProperty("role", "dim")
        self.reason.setWordWrap(True)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.reason.hide()
        self._lay_out()
        self.show_state(State.IDLE, ready=False)

    def settings(self) -> ExploreSettings:
        """What the dials say now; the seed is new each time where its field is empty."""
        return ExploreSettings(
            budget=self.budget.value(),
            seed=self.seed.seed(),
            strategy=self.advanced.strategy.currentData(),
            scorer=self.advanced.scorer.currentData(),
            temperature=self.temperature.value,
            noise=self.noise.value,
            novelty=self.advanced.novelty.value(),
        )

    def show_state(self, state: State, *, ready: bool) -> None:
        """Show what the job does; ready: whether one can be started."""
        self._state = state
        texts = {
            State.IDLE: self.tr("Explore"),
            State.LOADING: self.tr("Starting…"),
            State.RUNNING: self.tr("Pause"),
            State.PAUSED: self.tr("Resume"),
            State.STOPPING: self.tr("Stopping…"),
        }
        hints = {
            State.IDLE: self.tr("Try new compositions and keep the good ones (Space)"),
            State.RUNNING: self.tr("Hold exploring after this round (Space)"),
            State.PAUSED: self.tr("Go on exploring (Space)"),
        }
        self.main_button.setText(texts[state])
        self.main_button.setToolTip(hints.get(state, ""))
        self.main_button.setStatusTip(hints.get(state, ""))
        self.main_button.setEnabled(state in hints and (ready or state is not State.IDLE))
        active = state is not State.IDLE
        self.stop_button.setVisible(active)
        self.stop_button.setEnabled(state is not State.STOPPING)
        for widget in (self.budget, self.temperature, self.noise, self.seed, self.advanced):
            widget.setEnabled(not active)
        self._draw()

    def show_reason(self, text: str) -> None:
        """Say which scorer judges, and why."""
        self.reason.setText(text)
        self.reason.setToolTip(text)
        self.reason.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colors = colors_of(self.palette())
        symbol = pause if self._state is State.RUNNING else play
        self.main_button.setIcon(icon(symbol, colors.accent_text, disabled=colors.dim))
        self.stop_button.setIcon(icon(stop, colors.text, edge=12, disabled=colors.dim))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.main_button, 1)
        buttons.addWidget(self.stop_button)
        label = QLabel(self.tr("Candidates to try"))
        label.setBuddy(self.budget)
        budget = QHBoxLayout()
        budget.addWidget(label, 1)
        budget.addWidget(self.budget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 12, 14, 12)
        whole.setSpacing(10)
        whole.addLayout(buttons)
        whole.addWidget(self.reason)
        whole.addLayout(budget)
        whole.addWidget(self.temperature)
        whole.addWidget(self.noise)
        whole.addWidget(self.seed)
        whole.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignTop)
