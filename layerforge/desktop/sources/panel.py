"""The sources: what collages are made from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout, QWidget

from layerforge.desktop.sources.delegate import SourceDelegate
from layerforge.desktop.sources.model import SourcesModel
from layerforge.model.source import Source


class SourcesPanel(QWidget):
    """A list of sources and a button that adds some."""

    def __init__(self, model: SourcesModel, add: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.view = QListView()
        self.view.setObjectName("sources")
        self.view.setModel(model)
        self.view.setItemDelegate(SourceDelegate(model, self))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Source images"))
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setDefaultAction(add)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 10, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._count)
        self._count()

    def selected(self) -> list[Source]:
        """The sources that are selected, in the order shown."""
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        return [self.model.source_at(row) for row in rows]

    def _count(self) -> None:
        count = self.model.rowCount()
        self.heading.setText(self.tr("Sources") + (f"   {count}" if count else ""))
