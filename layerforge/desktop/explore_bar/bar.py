"""The bar that steers exploring: one large button, and the dials."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.exploration import State
from layerforge.desktop.explore_bar.advanced import Advanced
from layerforge.desktop.explore_bar.dial import Dial
from layerforge.desktop.explore_bar.seed import SeedField
from layerforge.desktop.explore_bar.shape import ShapeField
from layerforge.desktop.symbols import icon, pause, play, stop
from layerforge.desktop.theme import colors_now
from layerforge.explore.presets import last_settings
from layerforge.explore.settings import ExploreSettings
from layerforge.project.project import Project


class ExploreBar(QWidget):
    """Start, pause and stop; canvas, budget, temperature, noise, seed.

    steered: a dial was turned that may be turned while exploring goes on.
    """

    toggled = Signal()
    stopped = Signal()
    steered = Signal()

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
        self.preset_button = QToolButton()
        self.preset_button.setProperty("role", "link")
        self.preset_button.setText(self.tr("Presets"))
        self.preset_button.setToolTip(self.tr("Dials that were saved under a name"))
        self.preset_button.setStatusTip(self.preset_button.toolTip())
        self.preset_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.preset_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.preset_button.setMenu(QMenu(self.preset_button))
        self._base = usual
        self.shape = ShapeField()
        self.seed = SeedField()
        self.advanced = Advanced()
        for turned in (self.temperature.changed, self.noise.changed, self.advanced.changed):
            turned.connect(lambda *_: self.steered.emit())
        self._lay_out()
        self.show_state(State.IDLE, ready=False)

    def settings(self) -> ExploreSettings:
        """What the dials say now; the seed is new each time where its field is empty."""
        return self.advanced.applied(
            replace(
                self._base,
                budget=self.budget.value(),
                seed=self.seed.seed(),
                temperature=self.temperature.value,
                noise=self.noise.value,
            )
        )

    def show_settings(self, settings: ExploreSettings) -> None:
        """Turn all dials but the seed as ``settings`` have them; what has no dial is kept, too."""
        usual = ExploreSettings()
        own = {name: getattr(usual, name) for name in ("source_weights", "grow_from", "mood_board")}
        self._base = replace(settings, **own)
        self.budget.setValue(settings.budget)
        self.temperature.set_value(settings.temperature)
        self.noise.set_value(settings.noise)
        self.advanced.show_settings(settings)

    def show_usual(self) -> None:
        """Turn all dials as they are at first."""
        self.show_settings(ExploreSettings())

    def show_project(self, project: Project) -> None:
        """Show a project's canvas, and the dials as they were turned last."""
        self.shape.show_canvas(project.canvas)
        last = last_settings(project)
        if last is not None:
            self.show_settings(replace(last, budget=self.budget.value()))

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
        for widget in (self.budget, self.seed):
            widget.setEnabled(not active)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colors = colors_now()
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
        below = QHBoxLayout()
        below.addWidget(self.advanced.fold)
        below.addStretch(1)
        below.addWidget(self.preset_button)
        dials = QWidget()
        inside = QVBoxLayout(dials)
        inside.setContentsMargins(14, 0, 14, 12)
        inside.setSpacing(10)
        inside.addWidget(self.shape)
        inside.addLayout(budget)
        inside.addWidget(self.temperature)
        inside.addWidget(self.noise)
        inside.addWidget(self.seed)
        inside.addLayout(below)
        inside.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignTop)
        buttons.setContentsMargins(14, 0, 14, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(buttons)
        whole.addWidget(_Room(dials))


class _Room(QScrollArea):
    """As high as what is in it, where the window is; else it scrolls."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(120)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._content.minimumSizeHint().width(), 120)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
