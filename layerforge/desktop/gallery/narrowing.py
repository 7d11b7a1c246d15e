"""The button that narrows the gallery down, and what folds out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from layerforge.desktop.engine_words import family_title
from layerforge.desktop.gallery.filters import Filter
from layerforge.desktop.symbols import funnel, icon
from layerforge.desktop.theme import colors_now
from layerforge.model.source import Source


class Narrowing(QToolButton):
    """Asks for a family of operations, a source and a range of values.

    changed: Filter, whose status is none of its business.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = self.tr("Show only some: by operation, source or value (Ctrl+F)")
        self.setProperty("role", "segment")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStatusTip(self._hint)
        self.family = QComboBox()
        self.family.setAccessibleName(self.tr("Family of operations"))
        self.family.setToolTip(self.tr("Only branches made with an operation of this family"))
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Source"))
        self.source.setToolTip(self.tr("Only branches made with this source"))
        self.low = self._bound(self.tr("Lowest value"))
        self.high = self._bound(self.tr("Highest value"))
        self.from_value = QCheckBox(self.tr("from"))
        self.to_value = QCheckBox(self.tr("to"))
        self.clear = QPushButton(self.tr("Show all again"))
        self.clear.setToolTip(self.tr("Take all of these conditions away"))
        self.clear.clicked.connect(self.reset)
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self._form())
        menu.addAction(action)
        menu.aboutToShow.connect(self.family.setFocus)
        self.setMenu(menu)
        for box in (self.family, self.source):
            box.currentIndexChanged.connect(self._tell)
        for check, bound in ((self.from_value, self.low), (self.to_value, self.high)):
            check.toggled.connect(bound.setEnabled)
            check.toggled.connect(self._tell)
            check.setToolTip(bound.toolTip())
            bound.valueChanged.connect(self._tell)
            bound.setEnabled(False)
        self.offer([], [])
        self._dress()

    def wanted(self, now: Filter) -> Filter:
        """``now`` with what is asked for here."""
        return replace(
            now,
            family=self.family.currentData() or "",
            source=self.source.currentData() or "",
            low=self.low.value() if self.from_value.isChecked() else None,
            high=self.high.value() if self.to_value.isChecked() else None,
        )

    def offer(self, families: Iterable[str], sources: Iterable[Source]) -> None:
        """Offer these; what is chosen stays as far as it is among them."""
        wanted = [(family_title(one), one) for one in families]
        self._fill(self.family, self.tr("Any"), wanted)
        self._fill(self.source, self.tr("Any"), [(one.name, one.id) for one in sources])

    def reset(self) -> None:
        """Let everything through."""
        for check in (self.from_value, self.to_value):
            with QSignalBlocker(check):
                check.setChecked(False)
        self.low.setEnabled(False)
        self.high.setEnabled(False)
        for box in (self.family, self.source):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _fill(self, box: QComboBox, first: str, items: list[tuple[str, str]]) -> None:
        before = box.currentData()
        known = [box.itemData(row) for row in range(1, box.count())]
        if box.count() and known == [data for _, data in items]:
            return
        with QSignalBlocker(box):
            box.clear()
            box.addItem(first, "")
            for text, data in items:
                box.addItem(text, data)
            box.setCurrentIndex(max(0, box.findData(before)))
        if box.currentData() != (before or ""):
            self._tell()

    def _tell(self) -> None:
        self._dress()
        self.changed.emit(self.wanted(Filter()))

    def _dress(self) -> None:
        """Look pressed, and say so, while something is left out."""
        narrowed = self.wanted(Filter()).narrowed
        self.clear.setEnabled(narrowed)
        colors = colors_now()
        self.setIcon(icon(funnel, colors.accent if narrowed else colors.dim, edge=13))
        words = [self.tr("Filter")]
        words += [box.currentText() for box in (self.family, self.source) if box.currentData()]
        if self.from_value.isChecked() or self.to_value.isChecked():
            words.append(self.tr("value"))
        self.setToolTip(
            self._hint if not narrowed else f"{': '.join((words[0], ', '.join(words[1:])))}"
        )
        self.setAccessibleName(self.toolTip())

    def _bound(self, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(-99.0, 99.0)
        box.setDecimals(2)
        box.setSingleStep(0.1)
        box.setAccessibleName(name)
        box.setToolTip(name)
        return box

    def _form(self) -> QWidget:
        page = QWidget()
        page.setMinimumWidth(290)
        form = QFormLayout()
        form.addRow(self.tr("Made with"), self.family)
        form.addRow(self.tr("Source"), self.source)
        bounds = QHBoxLayout()
        for check, bound in ((self.from_value, self.low), (self.to_value, self.high)):
            bounds.addWidget(check)
            bounds.addWidget(bound, 1)
        form.addRow(self.tr("Value"), bounds)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(14, 12, 14, 12)
        whole.setSpacing(12)
        whole.addLayout(form)
        whole.addWidget(self.clear)
        return page
