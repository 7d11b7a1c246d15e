"""A list of rows that are checked, moved and chosen, with its buttons."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QToolButton, QWidget

from layerforge.desktop.inspector.history import RowsModel


class RowsView(QListView):
    """Shows a rows model.  row_chosen: the row with the focus; -1 for none."""

    row_chosen = Signal(int)

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setObjectName("rows")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(72)
        self.selectionModel().currentChanged.connect(lambda now, _: self.row_chosen.emit(now.row()))

    @property
    def row(self) -> int:
        """The chosen row; -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Choose a row, the last where there are not so many."""
        row = min(row, self.model().rowCount() - 1)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flag)


def button_row(*actions: QAction) -> QHBoxLayout:
    """Small buttons for actions, side by side."""
    row = QHBoxLayout()
    row.setContentsMargins(10, 4, 10, 4)
    row.setSpacing(4)
    for action in actions:
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setDefaultAction(action)
        button.setAccessibleName(action.iconText())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(button)
    row.addStretch(1)
    return row
