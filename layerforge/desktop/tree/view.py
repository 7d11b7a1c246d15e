"""The tree as a widget: zoomed by the wheel, moved by dragging, walked through by arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip, QWidget

from layerforge.desktop.anew import later
from layerforge.desktop.gallery.thumbnails import Fetch, Thumbnails
from layerforge.desktop.own_keys import ZOOM_ALL, ZOOM_IN, ZOOMS, takes
from layerforge.desktop.theme import colors_now
from layerforge.desktop.tree.camera import READABLE_PITCH, Camera
from layerforge.desktop.tree.growth import Growth
from layerforge.desktop.tree.painting import PICTURE_PX, Marked, TreePainter
from layerforge.model.branch import ROOT, Branch

ZOOM = 1.25
HELD_BYTES = 64 * 1024 * 1024


class TreeView(QWidget):
    """Shows a `Growth`.

    chosen: a branch was clicked, and whether it is to be added to those selected.  grow_wanted: it
    was double-clicked.  menu_wanted: where the menu is to be.
    """

    chosen = Signal(int, bool)
    grow_wanted = Signal(int)
    menu_wanted = Signal(object)

    def __init__(
        self, fetch: Fetch, describe: Callable[[Branch], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.growth = Growth()
        self.thumbnails = Thumbnails(fetch, max_bytes=HELD_BYTES)
        self._describe = describe
        self._camera = Camera()
        self._marked = Marked()
        self._aspect = 1.0
        self._grip: QPointF | None = None
        self._dragging = False
        self._placed = False
        self._again = later(self, 0, self.update)
        self.zoom_buttons = self._make_buttons()
        self.setMinimumSize(160, 110)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Tree of branches"))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(900, 240)

    @property
    def camera(self) -> Camera:
        """What is seen."""
        return self._camera

    def clear(self, *, aspect: float) -> None:
        """Another project.  aspect: width by height of its pictures."""
        self.growth.clear()
        self.thumbnails.clear()
        self._aspect = aspect
        self._marked = Marked()
        self._placed = False
        self.update()

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Around a change of the tree: what is looked at stays where it is."""
        before = self.growth.layout
        anchor = self._marked.current or ROOT
        if anchor not in before.places or anchor == ROOT:
            slot, depth = self._camera.slot, self._camera.depth
            nearest = abs(before.slots - slot) + abs(before.depths - depth)
            anchor = int(before.ids[nearest.argmin()])
        yield
        after = self.growth.layout
        if anchor in before.places and anchor in after.places:
            moved = after.slots[after.places[anchor]] - before.slots[before.places[anchor]]
            self._camera = replace(self._camera, slot=self._camera.slot + float(moved))
        self._look(self._camera)

    def mark(self, current: int | None, selected: list[int]) -> None:
        """Highlight branches and the path to the current one, and have that in sight."""
        moved = current != self._marked.current
        self._marked = replace(self._marked, current=current, selected=frozenset(selected))
        if current is not None:
            branch = self.growth.branch(current)
            if branch is not None:
                self.setAccessibleDescription(self._describe(branch))
            if moved and not self._dragging:
                self._bring(current)
        self.update()

    def zoom(self, factor: float, *, at: QPointF | None = None) -> None:
        """Show the tree larger or smaller."""
        place = self.growth.layout.places.get(self._marked.current or ROOT)
        if at is None and place is not None and self.rect().contains(self._spot(place).toPoint()):
            at = self._spot(place)
        self._look(self._camera.zoomed(factor, at=at))

    def fit(self) -> None:
        """Show all of the tree."""
        self._look(self._camera.fitting(self.growth.layout))

    def branch_at(self, at: QPointF) -> int | None:
        """The branch under a place of the widget; None where there is none."""
        layout, camera = self.growth.layout, self._camera
        painter = self._painter()
        slot, depth = camera.under(at)
        near = abs(layout.slots - slot) * camera.pitch + abs(layout.depths - depth) * camera.step
        place = int(near.argmin())
        leeway = 4.0 if camera.edge < PICTURE_PX else 0.0
        room = painter.room(self._spot(place)).adjusted(-leeway, -leeway, leeway, leeway)
        return int(layout.ids[place]) if room.contains(at) else None

    def fold_current(self) -> None:
        """Fold what is below the current branch away, or unfold it."""
        if self._marked.current is not None:
            self._fold(self._marked.current)

    # Inside -------------------------------------------------------------------------------------

    def _make_buttons(self) -> list[QToolButton]:
        """For who looks for things with the mouse."""
        made = []
        for text, hint, act in (
            ("+", self.tr("Show the tree larger (+, or the wheel)"), lambda: self.zoom(ZOOM)),
            ("−", self.tr("Show the tree smaller (-, or the wheel)"), lambda: self.zoom(1 / ZOOM)),
            (self.tr("All"), self.tr("Show all of the tree (0)"), self.fit),
        ):
            button = QToolButton(self)
            button.setProperty("role", "quiet")
            button.setText(text)
            button.setToolTip(hint)
            button.setStatusTip(hint)
            button.setAccessibleName(hint)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            made.append(button)
        return made

    def _fold(self, branch_id: int) -> None:
        with self.holding_still():
            self.growth.fold(branch_id)

    def _pill_at(self, at: QPointF) -> int | None:
        layout, camera = self.growth.layout, self._camera
        if camera.edge < PICTURE_PX:
            return None
        painter = self._painter()
        for place in layout.folded.nonzero()[0].tolist():
            if painter.pill(self._spot(place)).contains(at):
                return int(layout.ids[place])
        return None

    def _spot(self, place: int) -> QPointF:
        layout = self.growth.layout
        return self._camera.spot(float(layout.slots[place]), float(layout.depths[place]))

    def _bring(self, branch_id: int) -> None:
        layout = self.growth.layout
        place = layout.places[self.growth.nearest_in_sight(branch_id)]
        slot, depth = float(layout.slots[place]), float(layout.depths[place])
        self._look(self._camera.showing(slot, depth))

    def _look(self, camera: Camera) -> None:
        self._camera = camera.held(self.growth.layout)
        self.update()

    def _place(self) -> None:
        """Look at a tree for the first time: at all of it where that is large enough to be seen."""
        self._placed = True
        whole = self._camera.fitting(self.growth.layout)
        if whole.edge >= 28:
            self._look(whole)
            return
        self._look(replace(self._camera, pitch=READABLE_PITCH, slot=0.0, depth=0.0))
        if self._marked.current is not None:
            self._bring(self._marked.current)

    def _painter(self) -> TreePainter:
        return TreePainter(
            growth=self.growth,
            camera=self._camera,
            thumbnails=self.thumbnails,
            colors=colors_now(),
            aspect=self._aspect,
            sight=QRectF(self.rect()),
        )

    # Events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._placed and len(self.growth):
            self._place()
        colors = colors_now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surround))
        if not len(self.growth):
            painter.setPen(QColor(colors.dim))
            words = self.tr("What exploring finds grows here as a tree.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        else:
            self.thumbnails.begin_frame()
            marked = replace(self._marked, focused=self.hasFocus())
            if not self._painter().paint(painter, marked):
                self._again.start()
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        place = self.growth.layout.places.get(self._marked.current or ROOT)
        before = event.oldSize()
        seen = place is not None and QRectF(0, 0, before.width(), before.height()).contains(
            self._spot(place)
        )
        width, height = float(self.width()), float(self.height())
        upright = width >= height
        turned = upright != self._camera.upright
        right = self.width() - 8
        for button in reversed(self.zoom_buttons):
            button.adjustSize()
            right -= button.width()
            button.move(right, 8)
            right -= 4
        self._camera = replace(self._camera, width=width, height=height, upright=upright)
        if turned:
            self._placed = False
        self._look(self._camera)
        if seen and self._marked.current is not None:
            self._bring(self._marked.current)  # what was in sight stays there

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        notches = event.angleDelta().y() / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not notches:
            delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
            way = delta.x() or delta.y()
            dx, dy = (way, 0) if self._camera.upright else (0, way)
            self._look(self._camera.panned(dx, dy))
        else:
            self.zoom(ZOOM**notches, at=event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grip, self._dragging = event.position(), False
        elif event.button() == Qt.MouseButton.RightButton:
            found = self.branch_at(event.position())
            if found and found not in self._marked.selected:
                self.chosen.emit(found, False)  # noqa: FBT003 - a signal

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._grip is not None:
            way = event.position() - self._grip
            if self._dragging or way.manhattanLength() >= QApplication.startDragDistance():
                self._dragging = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._grip = event.position()
                self._look(self._camera.panned(way.x(), way.y()))
            return
        hovered = self.branch_at(event.position())
        if hovered != self._marked.hovered:
            self._marked = replace(self._marked, hovered=hovered)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        clicked = self._grip is not None and not self._dragging
        self._grip, self._dragging = None, False
        self.unsetCursor()
        if not clicked or event.button() != Qt.MouseButton.LeftButton:
            return
        pill = self._pill_at(event.position())
        if pill is not None:
            self._fold(pill)
            return
        found = self.branch_at(event.position())
        if found:
            more = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.chosen.emit(found, bool(more))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        found = self.branch_at(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.grow_wanted.emit(found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        if self._marked.current is not None:
            self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if takes(event, ZOOMS):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            branch = self.growth.branch(self.branch_at(QPointF(event.pos())) or ROOT)
            QToolTip.showText(event.globalPos(), "" if branch is None else self._describe(branch))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if key in ZOOM_ALL:
            self.fit()
        elif key in ZOOMS:
            self.zoom(ZOOM if key in ZOOM_IN else 1 / ZOOM)
        elif key == Qt.Key.Key_Space:
            self.fold_current()
        elif not self._walk(key):
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        """Choose the branch that lies that way; False for other keys."""
        upright = self._camera.upright
        up, down, left, right = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right
        if key not in (up, down, left, right):
            return False
        layout = self.growth.layout
        current = self._marked.current
        place = None if current is None else layout.places.get(current)
        if place is None:
            found: int | None = layout.below(0) if current is None else 0
        elif key == (up if upright else left):
            found = int(layout.above[place])
        elif key == (down if upright else right):
            found = layout.below(place)
        else:
            found = layout.beside(place, -1 if key in (up, left) else 1)
        if found is not None and found >= 0 and int(layout.ids[found]) != ROOT:
            self.chosen.emit(int(layout.ids[found]), False)  # noqa: FBT003 - a signal
        return True
