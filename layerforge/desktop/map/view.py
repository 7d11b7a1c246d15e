"""The map with its legend: what lies near what, and who has left the sources behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget

from layerforge.desktop.map.mapping import NOTHING, Mapped
from layerforge.desktop.own_keys import ZOOM_ALL, ZOOM_IN, ZOOMS, takes
from layerforge.desktop.ramp import ramp, ramp_places
from layerforge.desktop.theme import colors_now
from layerforge.model.branch import Branch

if TYPE_CHECKING:
    from layerforge.desktop.map.chart import Chart

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapView(QWidget):
    """Shows the branches by what they look like.

    branch: from an id to a branch, as it is now.  describe: a branch in words.
    chosen, grow_wanted: a branch was clicked, or double-clicked.  menu_wanted: where a menu is to
    be.  seen: whether it is in sight now.
    """

    chosen = Signal(int)
    grow_wanted = Signal(int)
    menu_wanted = Signal(object)
    seen = Signal(bool)

    def __init__(
        self,
        branch: Callable[[int], Branch | None],
        describe: Callable[[Branch], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._branch, self._describe = branch, describe
        self._mapped: Mapped = NOTHING
        self._names: tuple[str, ...] = ()
        self._marked: tuple[int, ...] = ()
        self._current: int | None = None
        self._pressed: QPointF | None = None
        self.chart: Chart | None = None  # made when it is first seen: the plots take a second
        self.legend = QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setWordWrap(True)
        self.legend.setContentsMargins(12, 4, 12, 5)
        self.legend.setToolTip(
            self.tr(
                "What looks alike lies near. The dashed line goes round all that mixing the"
                " sources can give, as seen from here: what lies outside of it has left them"
                " behind."
            )
        )
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.legend)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 110)
        self.setAccessibleName(self.tr("Map of branches"))
        self._write_legend()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(900, 260)

    def show_map(self, mapped: Mapped, names: Iterable[str]) -> None:
        """Show where branches lie; ``names`` are those of the sources."""
        self._mapped, self._names = mapped, tuple(names)
        if self.chart is None:
            return
        branches = [self._branch(one) for one in mapped.ids.tolist()]
        values = np.array(
            [np.nan if one is None or one.value is None else one.value for one in branches]
        )
        statuses = ["open" if one is None else one.status for one in branches]
        self.chart.show_map(mapped, places=ramp_places(values), statuses=statuses)
        self.chart.name_sources(self._names)
        self.chart.mark(self._marked)

    def show_statuses(self, changed: Mapping[int, object]) -> None:
        """Some branches were pinned, killed or reset."""
        if changed:
            self.show_map(self._mapped, self._names)

    def mark(self, current: int | None, selected: Sequence[int]) -> None:
        """Ring branches."""
        self._current = current
        self._marked = tuple({*selected, *([] if current is None else [current])})
        if current is not None and (branch := self._branch(current)) is not None:
            self.setAccessibleDescription(self._describe(branch))
        if self.chart is not None:
            self.chart.mark(self._marked)

    # Events -------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self.chart is None:
            from layerforge.desktop.map.chart import Chart

            self.chart = Chart()
            self.chart.viewport().installEventFilter(self)
            self._whole.insertWidget(0, self.chart, 1)
            self.show_map(self._mapped, self._names)
        self.seen.emit(True)  # noqa: FBT003 - a signal

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.seen.emit(False)  # noqa: FBT003 - a signal

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write_legend()
            if self.chart is not None:
                self.chart.dress()
                self.chart.name_sources(self._names)

    def event(self, event: QEvent) -> bool:
        return takes(event, ZOOMS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if self.chart is None:
            return
        if key in ZOOM_ALL:
            self.chart.fit()
        elif key in ZOOMS:
            self.chart.zoom(1.25 if key in ZOOM_IN else 0.8)
        elif key in _STEPS and self._current is not None:
            found = self.chart.beside(self._current, *_STEPS[key])
            if found is not None:
                self.chosen.emit(found)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Clicks on the chart; what drags and turns the wheel is its own."""
        if self.chart is None:
            return False
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            elif event.type() == QEvent.Type.MouseButtonDblClick:
                self._on_branch(event, self.grow_wanted)
            elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                way = event.position() - self._pressed
                self._pressed = None
                if way.manhattanLength() < QApplication.startDragDistance():
                    self._on_branch(event, self.chosen)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            branch = self._branch(self.chart.branch_at(QPointF(event.pos())) or -1)
            QToolTip.showText(event.globalPos(), "" if branch is None else self._describe(branch))
            return True
        return False

    def _on_branch(self, event: QMouseEvent, signal: object) -> None:
        found = None if self.chart is None else self.chart.branch_at(event.position())
        if found is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            signal.emit(found)  # type: ignore[attr-defined]
        elif event.button() == Qt.MouseButton.RightButton:
            self.chosen.emit(found)
            self.menu_wanted.emit(event.globalPosition().toPoint())

    def _write_legend(self) -> None:
        colors = colors_now()
        low, high = ramp()[1].name(), ramp()[-1].name()
        words = self.tr(
            "{low} low value {high} high &nbsp; {pin} pinned &nbsp; {cross} killed &nbsp;"
            " {source} source &nbsp; {line} their hull"
        ).format(
            low=f'<span style="color:{low}">●</span>',
            high=f'&nbsp;<span style="color:{high}">●</span>',
            pin=f'<span style="color:{colors.pinned}">◆</span>',
            cross=f'<span style="color:{colors.killed}">✕</span>',
            source=f'<span style="color:{colors.text}">▲</span>',
            line="┄┄",
        )
        self.legend.setText(f'<span style="color:{colors.dim}">{words}</span>')
