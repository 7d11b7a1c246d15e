"""The gallery with its tools: which branches, in which order, how large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.gallery.filters import Filter, Shown
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.gallery.narrowing import Narrowing
from layerforge.desktop.gallery.orders import Order
from layerforge.desktop.gallery.thumbnails import Thumbnails
from layerforge.desktop.gallery.toolbar import Toolbar
from layerforge.desktop.gallery.view import GalleryView
from layerforge.model.source import Source

SMALLEST, LARGEST = 96, 320
USUAL_COLUMNS = 5
USUAL_LEAST = 144
"""Pictures are not made smaller than this for the sake of columns."""


class GalleryPanel(QWidget):
    """The gallery, its filter, its order and the size of its pictures.

    chosen_edge: how long pictures shall be, where the user said so; else that follows the room.
    order_changed: Order, by what they are sorted now.
    """

    order_changed = Signal(str)

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.thumbnails = thumbnails
        self.view = GalleryView(model, thumbnails)
        self.filters: dict[Shown, QToolButton] = {}
        self.orders = QComboBox()
        self.narrowing = Narrowing()
        self.chosen_edge: int | None = None
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.tools = Toolbar()
        self._add_filters(self.tools.left)
        self.tools.left.addWidget(self.narrowing)
        self.narrowing.changed.connect(self._narrow)
        self.tools.left.addStretch(1)
        self._add_orders(self.tools.right)
        self._add_size(self.tools.right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tools)
        whole.addWidget(self.view, 1)
        model.counts_changed.connect(self._show_counts)
        self._show_counts()

    def show_only(self, shown: Shown) -> None:
        """Show branches of one status, and keep what is chosen as far as it is shown."""
        self.filters[shown].setChecked(True)
        self._filter(replace(self.model.filter, shown=shown))

    def sort(self, order: Order) -> None:
        """Sort, and keep what is chosen."""
        row = self.orders.findData(order)
        if row != self.orders.currentIndex():
            self.orders.setCurrentIndex(row)  # which comes back here
            return
        with self._choosing_again():
            self.model.set_order(order)
        self.order_changed.emit(order)

    def hide_killed(self, hide: bool) -> None:  # noqa: FBT001 - a slot
        """Whether killed branches are left out."""
        self._filter(replace(self.model.filter, hide_killed=hide))

    def offer(self, sources: Iterable[Source]) -> None:
        """Offer what branches can be filtered by now."""
        self.narrowing.offer(self.model.traits.all_families(), sources)

    def _narrow(self, _wanted: Filter) -> None:
        self._filter(self.narrowing.wanted(self.model.filter))

    def _filter(self, wanted: Filter) -> None:
        with self._choosing_again():
            self.model.set_filter(wanted)
        self._show_counts()

    def choose_edge(self, edge: int) -> None:
        """Make the pictures that long, whatever the room."""
        self.chosen_edge = edge
        self._show_edge(edge)

    def _fit(self, width: int) -> None:
        """Take the room: the slider reaches to two columns, usually there are about five."""
        usual = max(USUAL_LEAST, self.view.edge_for(USUAL_COLUMNS))
        largest = max(LARGEST, width // 2, self.chosen_edge or 0)
        with QSignalBlocker(self.size_slider):
            self.size_slider.setRange(SMALLEST, largest)
        self._show_edge(self.chosen_edge or usual)

    def _show_edge(self, edge: int) -> None:
        with QSignalBlocker(self.size_slider):
            self.size_slider.setValue(edge)
        self.view.set_edge(edge)

    @contextmanager
    def _choosing_again(self) -> Iterator[None]:
        """Change what is shown within; what is chosen stays so, as far as it is shown."""
        chosen, current = self.view.selected_ids(), self.view.current_id()
        self.model.held = frozenset(chosen)
        yield
        self.model.held = frozenset()
        self.view.choose(chosen, current=current)
        if self.view.currentIndex().isValid():
            self.view.scrollTo(self.view.currentIndex())

    def _add_filters(self, tools: QHBoxLayout) -> None:
        hints: dict[Shown, str] = {
            "all": self.tr("Show all branches"),
            "open": self.tr("Show only branches that are neither pinned nor killed"),
            "pinned": self.tr("Show only pinned branches"),
            "killed": self.tr("Show only killed branches"),
        }
        group = QButtonGroup(self)
        for shown, hint in hints.items():
            button = self._segment(hint)
            button.setChecked(shown == "all")
            group.addButton(button)
            tools.addWidget(button)
            self.filters[shown] = button
            button.clicked.connect(lambda _checked=False, shown=shown: self.show_only(shown))

    def _add_orders(self, tools: QHBoxLayout) -> None:
        words: dict[Order, tuple[str, str]] = {
            "different": (
                self.tr("Different"),
                self.tr("The best branches first, but those that look alike further down"),
            ),
            "best": (self.tr("Best"), self.tr("The best branches first")),
            "novel": (self.tr("Novel"), self.tr("Those least like all others first")),
            "outside": (
                self.tr("Outside"),
                self.tr("Those furthest from all that mixing the sources gives first"),
            ),
            "newest": (self.tr("Newest"), self.tr("The newest branches first")),
            "fragile": (
                self.tr("Fragile"),
                self.tr("Those first that lose most when they are slightly changed"),
            ),
            "taste": (self.tr("Taste"), self.tr("Those first that you will like, as far as known")),
        }
        for order, (text, hint) in words.items():
            self.orders.addItem(text, order)
            self.orders.setItemData(self.orders.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self.orders.setCurrentIndex(self.orders.findData(self.model.order))
        self.orders.setAccessibleName(self.tr("Order"))
        self.orders.setToolTip(self.tr("By what the branches are sorted"))
        self.orders.setStatusTip(self.orders.toolTip())
        self.orders.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.orders.currentIndexChanged.connect(lambda _row: self.sort(self.orders.currentData()))
        # as wide as its words, also where it stands in a row with much room
        self.orders.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        tools.addWidget(self.orders, 0, Qt.AlignmentFlag.AlignLeft)

    def _segment(self, hint: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setCheckable(True)
        button.setToolTip(hint)
        button.setStatusTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _add_size(self, tools: QHBoxLayout) -> None:
        self.size_slider.setPageStep(32)
        self.size_slider.setMinimumWidth(48)
        self.size_slider.setMaximumWidth(110)
        self.size_slider.setToolTip(self.tr("Size of the thumbnails"))
        self.size_slider.setStatusTip(self.size_slider.toolTip())
        self.size_slider.setAccessibleName(self.size_slider.toolTip())
        self.size_slider.valueChanged.connect(self.choose_edge)
        self.view.room_changed.connect(self._fit)
        self._fit(0)
        tools.addSpacing(6)
        tools.addWidget(self.size_slider)

    def _show_counts(self) -> None:
        words: dict[Shown, str] = {
            "all": self.tr("All"),
            "open": self.tr("Open"),
            "pinned": self.tr("Pinned"),
            "killed": self.tr("Killed"),
        }
        counts = self.model.counts()
        for shown, button in self.filters.items():
            count = counts[shown]
            text = f"{words[shown]} {count}" if count else words[shown]
            if button.text() != text:
                button.setText(text)
                button.setAccessibleName(f"{words[shown]}, {count}")
        self.view.set_hint("" if self.model.rowCount() else self._why_empty())

    def _why_empty(self) -> str:
        if not self.model.filter.narrowed and not any(self.model.counts().values()):
            return self.tr("What exploring finds appears here.")
        hints: dict[Shown, str] = {
            "all": self.tr("All branches are killed, and killed ones are hidden."),
            "open": self.tr("Every branch is pinned or killed."),
            "pinned": self.tr("Nothing is pinned. P pins what is chosen."),
            "killed": self.tr("Nothing is killed. K kills what is chosen."),
        }
        if self.model.filter.narrowed:
            return self.tr("No branch is like that. The filter can be taken away.")
        return hints[self.model.filter.shown]
