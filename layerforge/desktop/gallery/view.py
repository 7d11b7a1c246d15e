"""The wall of pictures: even columns, and a place that holds still while it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QWidget

from layerforge.desktop.anew import later
from layerforge.desktop.gallery.delegate import CAPTION, GAP, BranchDelegate
from layerforge.desktop.gallery.model import BRANCH_ID, GalleryModel
from layerforge.desktop.gallery.thumbnails import Thumbnails
from layerforge.desktop.theme import colors_now


class GalleryView(QListView):
    """Shows a gallery model; ``current_changed`` and ``selected_changed`` tell of branch ids."""

    current_changed = Signal(int)
    selected_changed = Signal()
    menu_wanted = Signal(object)
    room_changed = Signal(int)

    files_for: Callable[[list[int]], list[Path]] | None = None
    """Writes branches as files, to be dragged out."""

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._gallery = model
        self._hint = ""
        self._resets = 0
        self._edge = 152
        self._aspect = 1.0
        self.branches = BranchDelegate(model, thumbnails, self)
        self.setModel(model)
        self.setItemDelegate(self.branches)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(6, 2, 0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAcceptDrops(False)
        self.setDragEnabled(True)
        self.setAccessibleName(self.tr("Gallery of branches"))
        self._again = later(self, 0, self.viewport().update)
        self.branches.unfinished.connect(self._again.start)
        self.selectionModel().currentChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected_changed.emit())
        model.modelReset.connect(self._on_reset)

    def set_hint(self, text: str) -> None:
        """Words to show where there are no branches."""
        if text != self._hint:
            self._hint = text
            self.viewport().update()

    # What is chosen -----------------------------------------------------------------------------

    def current_id(self) -> int | None:
        """The branch with the focus; None where there is none."""
        index = self.currentIndex()
        return self._gallery.branch_at(index.row()).id if index.isValid() else None

    def selected_ids(self) -> list[int]:
        """The selected branches, in the order shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._gallery.branch_at(row).id for row in rows]

    def choose(self, branch_ids: list[int], *, current: int | None = None) -> None:
        """Select these branches, as far as they are shown."""
        selection = self.selectionModel()
        selection.clearSelection()
        for branch_id in branch_ids:
            row = self._gallery.row_of(branch_id)
            if row is not None:
                flag = QItemSelectionModel.SelectionFlag.Select
                selection.select(self._gallery.index(row), flag)
        row = None if current is None else self._gallery.row_of(current)
        if row is not None:
            index = self._gallery.index(row)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def step(self, rows: int) -> None:
        """Choose the branch that many rows on."""
        self.step_to(self.currentIndex().row() + rows)

    def step_to(self, row: int) -> None:
        """Choose the branch of a row, or of that nearest to it."""
        last = self._gallery.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._gallery.index(min(max(row, 0), last)))

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Change the model within, and what is seen and chosen stays.

        The current branch is the fixed point where it is in sight, else the first one in sight;
        at the very top, with nothing chosen, new ones may push in.
        """
        anchor = self._anchor()
        before = 0 if anchor is None else self._y_of(anchor)
        chosen, current = self.selected_ids(), self.current_id()
        self._gallery.held = frozenset(chosen if current is None else [*chosen, current])
        resets, row = self._resets, self.currentIndex().row()
        yield
        self._gallery.held = frozenset()
        if resets != self._resets:
            self.choose(chosen, current=current)
            if chosen and not self.currentIndex().isValid():
                self.step_to(row)
        if anchor is not None:
            self.executeDelayedItemsLayout()
            moved = self._y_of(anchor) - before
            if moved:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + moved)

    def _anchor(self) -> int | None:
        """The branch that holds still."""
        current = self.currentIndex()
        sight = self.viewport().rect()
        if current.isValid() and sight.intersects(self.visualRect(current)):
            return self.current_id()
        if self.verticalScrollBar().value() == 0:
            return None
        x = self.branches.cell.width() // 2
        for y in range(GAP, sight.height(), max(1, self.branches.cell.height() // 2)):
            found = self.indexAt(QPoint(x, y))
            if found.isValid():
                return self._gallery.branch_at(found.row()).id
        return None

    def _y_of(self, branch_id: int) -> int:
        """Where a branch is seen, or the one that hides it."""
        row = self._gallery.row_of(branch_id)
        if row is None:
            row = self._gallery.row_of(self._gallery.top_of(branch_id) or branch_id)
        return 0 if row is None else self.visualRect(self._gallery.index(row)).y()

    # Stacks -------------------------------------------------------------------------------------

    def turn_stack(self, branch_id: int) -> None:
        """Lay the stack of a branch out, or fold it, and choose what lies on top of it."""
        top = self._gallery.top_of(branch_id)
        if top is None:
            return
        current = self.current_id()
        with self.holding_still():
            self._gallery.held = frozenset()
            self._gallery.open_stack(top, opened=bool(self._gallery.hidden_below(top)))
        if current is not None and self._gallery.row_of(current) is None:
            row = self._gallery.row_of(top)
            if row is not None:
                self.setCurrentIndex(self._gallery.index(row))

    def _stack_at(self, place: QPoint) -> int | None:
        """The branch on top of the stack whose badge is at a place."""
        index = self.indexAt(place)
        if not index.isValid():
            return None
        branch_id = self._gallery.branch_at(index.row()).id
        badge = self.branches.stack_badge(self.visualRect(index))
        there = badge.contains(place) and self._gallery.below(branch_id)
        return branch_id if there else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        stack = self._stack_at(event.position().toPoint())
        if stack is not None and event.button() == Qt.MouseButton.LeftButton:
            self.turn_stack(stack)
            event.accept()
            return
        super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Carry the selected branches off as files; of a folded stack the one on top."""
        del actions
        ids = self.selected_ids()
        current = self.current_id()
        files = self.files_for(ids) if self.files_for is not None and ids else []
        if not files:
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        drag.setMimeData(data)
        first = current if current in ids else ids[0]
        pixmap, _ = self._thumbnails.pixmap(first, max(self.branches.picture.toTuple()))
        if pixmap is not None:
            drag.setPixmap(pixmap)
        drag.exec(Qt.DropAction.CopyAction)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._stack_at(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    # Size ---------------------------------------------------------------------------------------

    def set_edge(self, edge: int) -> None:
        """About how long a picture's long edge is, in logical pixels."""
        self._edge = edge
        self._lay_out()

    def set_aspect(self, aspect: float) -> None:
        """Width by height of the pictures."""
        self._aspect = aspect
        self._lay_out()
        self.room_changed.emit(self.viewport().width())

    def edge_for(self, columns: int) -> int:
        """The long edge of pictures of which that many fill the width."""
        return round((self.viewport().width() / columns - GAP) / min(1.0, self._aspect))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._lay_out()
        self.room_changed.emit(self.viewport().width())
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        """Fill the width with as many columns as come nearest to the size asked for."""
        room = max(self.viewport().width() - 1, 1)
        wanted = self._edge * min(1.0, self._aspect)
        columns = max(1, round(room / (wanted + GAP)))
        width = max(24, room // columns - GAP)
        picture = QSize(width, max(24, round(width / self._aspect)))
        cell = QSize(room // columns, picture.height() + CAPTION + GAP)
        if (picture, cell) != (self.branches.picture, self.branches.cell):
            with self.holding_still():
                self.branches.picture, self.branches.cell = picture, cell
                self.setGridSize(cell)
                self.viewport().update()

    # Events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self._thumbnails.begin_frame()
        super().paintEvent(event)
        if self._hint:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colors_now().dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 24, -24, -24), flags, self._hint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        if self.selectedIndexes():
            self.menu_wanted.emit(event.globalPos())

    def _on_reset(self) -> None:
        self._resets += 1
        self.selected_changed.emit()

    def _tell_current(self, current: QModelIndex) -> None:
        branch_id = current.data(BRANCH_ID) if current.isValid() else None
        self.current_changed.emit(-1 if branch_id is None else branch_id)
