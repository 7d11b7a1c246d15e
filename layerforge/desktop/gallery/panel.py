"""The gallery with its tools: which branches, in which order, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.gallery.model import GalleryModel, Order, Shown
from layerforge.desktop.gallery.thumbnails import Thumbnails
from layerforge.desktop.gallery.view import GalleryView

SMALLEST, LARGEST, USUAL = 96, 320, 152


class GalleryPanel(QWidget):
    """The gallery, its filter, its order and the size of its pictures."""

    edge_changed = Signal(int)

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.thumbnails = thumbnails
        self.view = GalleryView(model, thumbnails)
        self.filters: dict[Shown, QToolButton] = {}
        self.order = QComboBox()
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("role", "dim")
        self._nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tools = QHBoxLayout()
        tools.setContentsMargins(10, 6, 10, 6)
        tools.setSpacing(4)
        self._add_filters(tools)
        tools.addStretch(1)
        self._add_order(tools)
        self._add_size(tools)
        stack = QStackedLayout()
        stack.setStackingMode(QStackedLayout.StackingMode.StackAll)
        stack.addWidget(self._nothing)
        stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addLayout(stack, 1)
        model.counts_changed.connect(self._show_counts)
        self._show_counts()

    def show_only(self, shown: Shown) -> None:
        """Filter, and keep what is chosen as far as it is shown."""
        self.filters[shown].setChecked(True)
        chosen, current = self.view.selected_ids(), self.view.current_id()
        self.model.set_shown(shown)
        self._choose_again(chosen, current)
        self._show_counts()

    def sort(self, order: Order) -> None:
        """Sort, and keep what is chosen."""
        self.order.setCurrentIndex(self.order.findData(order))
        chosen, current = self.view.selected_ids(), self.view.current_id()
        self.model.set_order(order)
        self._choose_again(chosen, current)

    def hide_killed(self, hide: bool) -> None:  # noqa: FBT001 - a slot
        """Whether killed branches are left out."""
        chosen, current = self.view.selected_ids(), self.view.current_id()
        self.model.set_hide_killed(hide)
        self._choose_again(chosen, current)

    def _choose_again(self, chosen: list[int], current: int | None) -> None:
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
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setChecked(shown == "all")
            button.setToolTip(hint)
            button.setStatusTip(hint)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
            tools.addWidget(button)
            self.filters[shown] = button
            button.clicked.connect(lambda _checked=False, shown=shown: self.show_only(shown))

    def _add_order(self, tools: QHBoxLayout) -> None:
        self.order.addItem(self.tr("Best first"), "best")
        self.order.addItem(self.tr("Newest first"), "newest")
        self.order.setToolTip(self.tr("In which order the branches stand"))
        self.order.setStatusTip(self.order.toolTip())
        self.order.setAccessibleName(self.tr("Order"))
        self.order.activated.connect(lambda _row: self.sort(self.order.currentData()))
        tools.addWidget(self.order)

    def _add_size(self, tools: QHBoxLayout) -> None:
        self.size_slider.setRange(SMALLEST, LARGEST)
        self.size_slider.setPageStep(32)
        self.size_slider.setFixedWidth(96)
        self.size_slider.setToolTip(self.tr("Size of the thumbnails"))
        self.size_slider.setStatusTip(self.size_slider.toolTip())
        self.size_slider.setAccessibleName(self.size_slider.toolTip())
        self.size_slider.valueChanged.connect(self.view.set_edge)
        self.size_slider.valueChanged.connect(self.edge_changed)
        self.size_slider.setValue(USUAL)
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
        self._nothing.setText("" if self.model.rowCount() else self._why_empty())
        self._nothing.setVisible(not self.model.rowCount())

    def _why_empty(self) -> str:
        if not any(self.model.counts().values()):
            return self.tr("What exploring finds appears here.")
        return self.tr("No branch is {kind} yet.").format(kind=self.model.shown)
