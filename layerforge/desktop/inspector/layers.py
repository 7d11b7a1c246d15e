"""The layers of a draft's canvas as rows, the top one first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from layerforge.desktop.engine_words import choice_title, layer_title
from layerforge.desktop.inspector.history import RowsModel
from layerforge.model.layer import Adjustment, Fill, Layer, Nested, Picture

_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class LayersModel(RowsModel):
    """One row a layer; checked where it is visible."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[Layer, ...] = ()
        self._names: Mapping[str, str] = {}

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._layers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        layer = self._layers[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(layer)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if layer.visible else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                filters, masks = len(layer.filters), len(layer.mask)
                words = (
                    self.tr("{n} filters", "", filters).format(n=filters),
                    self.tr("{n} masks", "", masks).format(n=masks),
                )
                return ", ".join(words)
        return None

    def layer_at(self, row: int) -> Layer:
        """The layer of a row."""
        return self._layers[row]

    def row_of(self, layer_id: str) -> int:
        """The row of a layer; -1 where there is none."""
        return next((row for row, one in enumerate(self._layers) if one.id == layer_id), -1)

    def show_layers(self, layers: tuple[Layer, ...], names: Mapping[str, str]) -> None:
        """Show the layers of a canvas, given bottom first; ``names`` of sources by id."""
        new = tuple(reversed(layers))
        same = [one.id for one in new] == [one.id for one in self._layers]
        if same:
            self._layers, self._names = new, names
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._layers, self._names = new, names
        self.endResetModel()

    def _text(self, layer: Layer) -> str:
        words = [layer_name(layer, self._names)]
        if layer.blend != "normal":
            words.append(choice_title(layer.blend))
        if layer.opacity < 1.0:
            words.append(f"{100 * layer.opacity:.0f} %")
        return "  ·  ".join(words)


def layer_name(layer: Layer, names: Mapping[str, str]) -> str:
    """A layer's name for people: that of its source where it shows one."""
    content = layer.content
    if isinstance(content, Picture):
        return names.get(content.source, layer.name)
    kinds = {Fill: "colour", Nested: "stamp", Adjustment: "adjustment"}
    return layer_title(layer.name or kinds.get(type(content), layer.id))
