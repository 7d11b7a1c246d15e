"""The inspector: what a branch was made of, and the way to change it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.inspector.asking import ReachChoice, TaskRow
from layerforge.desktop.inspector.controls.making import Names, control_for
from layerforge.desktop.inspector.credits import CreditDelegate
from layerforge.desktop.inspector.editing import EditActions
from layerforge.desktop.inspector.form import ParameterForm
from layerforge.desktop.inspector.history import HistoryModel
from layerforge.desktop.inspector.layers import LayersModel
from layerforge.desktop.inspector.lists import RowsView, button_row
from layerforge.operations.blending import Blend, Opacity


class InspectorPanel(QWidget):
    """Two pages, steps and layers, each a list with what belongs to the chosen row.

    seen: whether it is in sight now.
    """

    page_changed = Signal()
    seen = Signal(bool)

    def __init__(self, actions: EditActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(236)
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.state = QLabel()
        self.state.setProperty("role", "dim")
        self.history = HistoryModel(self)
        self.steps = RowsView(self.history, self.tr("Steps of the branch"))
        self.steps.setItemDelegate(CreditDelegate(self.steps))
        self.task = TaskRow()
        self.choice = ReachChoice()
        self.form = ParameterForm()
        self.layer_model = LayersModel(self)
        self.layers = RowsView(self.layer_model, self.tr("Layers, the top one first"))
        opacity = control_for("opacity", Opacity.parameters()["opacity"], Names())
        blend = control_for("blend", Blend.parameters()["mode"], Names())
        assert opacity is not None  # noqa: S101 - numbers and choices have controls
        assert blend is not None  # noqa: S101 - as above
        self.opacity, self.blend = opacity, blend
        self.pages = QStackedWidget()
        self.pages.addWidget(self._steps_page(actions))
        self.pages.addWidget(self._layers_page(actions))
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 2)
        self.segments = self._segments(head)
        head.addStretch(1)
        head.addWidget(self.state)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self.choice)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.task)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, 640)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.seen.emit(True)  # noqa: FBT003 - a signal

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.seen.emit(False)  # noqa: FBT003 - a signal

    @property
    def shows_layers(self) -> bool:
        """Whether the page of layers is shown."""
        return self.pages.currentIndex() == 1

    def _segments(self, head: QHBoxLayout) -> list[QToolButton]:
        words = (
            (self.tr("Steps"), self.tr("The steps that made the branch, and their parameters")),
            (self.tr("Layers"), self.tr("The layers: visible, opacity, blend mode, order")),
        )
        group = QButtonGroup(self)
        made = []
        for page, (text, hint) in enumerate(words):
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setText(text)
            button.setToolTip(hint)
            button.setStatusTip(hint)
            button.setCheckable(True)
            button.setChecked(page == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, page=page: self._turn(page))
            group.addButton(button)
            head.addWidget(button)
            made.append(button)
        return made

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.page_changed.emit()

    def _steps_page(self, actions: EditActions) -> QWidget:
        above = QWidget()
        rows = QVBoxLayout(above)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.steps, 1)
        rows.addLayout(button_row(actions.up, actions.down, actions.switch, actions.reroll))
        rows.addLayout(button_row(*actions.tasks))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(above)
        splitter.addWidget(self.form)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        return splitter

    def _layers_page(self, actions: EditActions) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.layers, 1)
        rows.addLayout(button_row(actions.up, actions.down, actions.switch))
        below = QVBoxLayout()
        below.setContentsMargins(12, 6, 12, 12)
        below.setSpacing(8)
        below.addWidget(self.opacity)
        below.addWidget(self.blend)
        rows.addLayout(below)
        return page
