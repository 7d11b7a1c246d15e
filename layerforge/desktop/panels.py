"""The panels of the window, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from layerforge.desktop.actions import Actions
from layerforge.desktop.banner import Banners
from layerforge.desktop.explore_bar.bar import ExploreBar
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.gallery.panel import SMALLEST, GalleryPanel
from layerforge.desktop.gallery.thumbnails import Fetch, Thumbnails
from layerforge.desktop.picture.panel import PicturePanel
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.sources.model import SourcesModel
from layerforge.desktop.sources.panel import SourcesPanel
from layerforge.desktop.welcome import Welcome


class Panels(QWidget):
    """Messages on top; below them sources and dials, the gallery, and the large picture.

    fetch: from a branch's id to its thumbnail's file bytes.
    """

    def __init__(
        self, actions: Actions, icon: QIcon, *, fetch: Fetch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.banners = Banners()
        self.sources = SourcesPanel(SourcesModel(self), actions.add_images)
        self.explore_bar = ExploreBar()
        self.gallery = GalleryPanel(GalleryModel(self), Thumbnails(fetch))
        self.picture = PicturePanel()
        for action in (actions.pin, actions.kill):
            self.picture.caption.add_button(action)
        others = [actions.add_folder, actions.add_samples, actions.open]
        self.welcome = Welcome(icon, actions.add_images, others)
        self.sidebar = self._sidebar()
        self._inner = _splitter(self.gallery, self.picture, stretch=(5, 4))
        self._front: QWidget = self._inner
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._inner)
        self._outer = _splitter(self.sidebar, self._stack, stretch=(0, 1))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.banners)
        rows.addWidget(self._outer, 1)

    @property
    def middle(self) -> QWidget:
        """Where the gallery and the picture are, or the invitation."""
        return self._stack

    def show_welcome(self, *, welcome: bool) -> None:
        """Show the invitation, or the gallery and the picture."""
        self._stack.setCurrentWidget(self.welcome if welcome else self._front)

    def bring(self, page: QWidget | None) -> None:
        """Show ``page`` in the place of the gallery and the picture; None for these again."""
        self._front = self._inner if page is None else page
        if self._stack.indexOf(self._front) < 0:
            self._stack.addWidget(self._front)
        self._stack.setCurrentWidget(self._front)

    def enlarge(self, *, large: bool) -> None:
        """Show only the picture, or everything."""
        self.sidebar.setVisible(not large)
        self.gallery.setVisible(not large)
        if self._front is self._inner:
            (self.picture.preview if large else self.gallery.view).setFocus()

    def restore(self, preferences: Preferences) -> None:
        """Take the sizes of last time."""
        edge = round(preferences.number("thumbnail edge", 0))
        if edge > 0:
            self.gallery.choose_edge(max(edge, SMALLEST))
        for name, splitter in (("inner", self._inner), ("outer", self._outer)):
            state = preferences.blob(name)
            if not state.isEmpty():
                splitter.restoreState(state)

    def remember(self, preferences: Preferences) -> None:
        """Keep the sizes for next time."""
        preferences.set_number("thumbnail edge", self.gallery.chosen_edge or 0)
        if self.sidebar.isVisibleTo(self):
            preferences.set_blob("inner", self._inner.saveState())
            preferences.set_blob("outer", self._outer.saveState())

    def _sidebar(self) -> QWidget:
        sidebar = QWidget()
        sidebar.setObjectName("panel")
        sidebar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setObjectName("line")
        side = QVBoxLayout(sidebar)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.sources, 1)
        side.addWidget(line)
        side.addWidget(self.explore_bar)
        return sidebar


def _splitter(first: QWidget, second: QWidget, *, stretch: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(first)
    splitter.addWidget(second)
    for place, share in enumerate(stretch):
        splitter.setStretchFactor(place, share)
    return splitter
