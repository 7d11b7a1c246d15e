"""The steps of a draft as rows: switched on and off, moved, chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from layerforge.desktop.engine_words import sentence
from layerforge.desktop.inspector.credits import CREDIT, Bars, bars_of
from layerforge.desktop.inspector.draft import Draft
from layerforge.desktop.picture.words import title_of
from layerforge.explore.crediting import StepCredit
from layerforge.operations.registry import toolbox

_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-layerforge-row"


class RowsModel(QAbstractListModel):
    """Rows that are checked, and moved by dragging; what that means is the user's of it.

    check_wanted: a row, and whether it shall be checked.  move_wanted: a row, and to where.
    """

    check_wanted = Signal(int, bool)
    move_wanted = Signal(int, int)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )

    def setData(  # noqa: N802
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.check_wanted.emit(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].row()).encode())
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        if not data.hasFormat(_MIME):
            return False
        source = int(bytes(data.data(_MIME).data()))
        to = parent.row() if parent.isValid() else row if row >= 0 else self.rowCount()
        if not parent.isValid() and to > source:
            to -= 1  # it is taken out first
        if to != source:
            self.move_wanted.emit(source, to)
        return False  # so that the view does not take the row away itself


class HistoryModel(RowsModel):
    """One row a step, first to last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = Draft(-1, ())
        self._about: Mapping[str, str] = {}
        self._bars: tuple[Bars, ...] = ()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._draft.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._draft.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{index.row() + 1}  {title_of(item.step)}{self._named(index.row())}"
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self.tr("on") if item.on else self.tr("off")
                said = f"{index.row() + 1} {title_of(item.step)}, {state}"
                return ", ".join([said, *self._credit(index.row())])
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if item.on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(index.row() >= self._draft.own)
                font.setStrikeOut(not item.on)
                return font
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(index.row())
            case _ if role == CREDIT and index.row() < len(self._bars):
                return self._bars[index.row()]
        return None

    def show_credit(self, steps: tuple[StepCredit, ...]) -> None:
        """Show what each step is good for; nothing where there is no credit."""
        bars = bars_of(steps)
        if bars != self._bars:
            self.layoutAboutToBeChanged.emit()  # rows become higher
            self._bars = bars
            self.layoutChanged.emit()

    def show_draft(self, draft: Draft, names: Mapping[str, str]) -> None:
        """Show these steps; ``names`` are of sources and layers, by id."""
        if len(draft.items) == len(self._draft.items):  # also of another branch: the row stays
            self._draft, self._about = draft, names
            if draft.items:
                self.dataChanged.emit(self.index(0), self.index(len(draft.items) - 1))
            return
        self.beginResetModel()
        self._draft, self._about = draft, names
        self.endResetModel()

    def _credit(self, row: int) -> list[str]:
        """What a step is good for, in words."""
        if row >= len(self._bars):
            return []
        credit = self._bars[row].credit
        if credit.value is None or credit.novelty is None:
            return [self.tr("step {n} needs it").format(n=credit.needed_by or "?")]
        words = self.tr("value {value:+.2f} and novelty {novelty:+.3f} with it, look moved {look}")
        share = f"{100 * (credit.look or 0.0):.0f} %"
        return [words.format(value=credit.value, novelty=credit.novelty, look=share)]

    def _named(self, row: int) -> str:
        for value in self._draft.items[row].step.operation.parameters.values():
            if isinstance(value, str) and value in self._about:
                return f"  {self._about[value]}"
        return ""

    def _hint(self, row: int) -> str:
        step = self._draft.items[row].step
        operation = toolbox().operations.get(step.operation.name)
        words = [] if operation is None else [sentence(operation.summary())]
        where = self._about.get(step.target or "", step.target)
        words.append(
            self.tr("Works on the whole canvas.")
            if step.target is None
            else self.tr("Works on the layer {name}.").format(name=where)
        )
        if row < self._draft.own:
            words.append(self.tr("From an ancestor: a change may be for all that grew from it."))
        words += self._credit(row)
        return "\n".join(words)
