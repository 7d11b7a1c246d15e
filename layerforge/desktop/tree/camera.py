"""From the tree's slots and depths to the widget's pixels, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF

from layerforge.desktop.tree.layout import Doubles, Layout

SMALLEST_PITCH, LARGEST_PITCH = 0.02, 300.0
READABLE_PITCH = 62.0
DOT_PX = 4.0
MARGIN = 20.0


@dataclass(frozen=True, slots=True)
class Camera:
    """What is seen of a tree, in logical pixels.

    pitch: pixels from slot to slot.  slot, depth: what lies in the middle.  upright: the root is
    on top, and slots go to the right; else it is on the left, and slots go down.
    width, height: of the widget.
    """

    pitch: float = READABLE_PITCH
    slot: float = 0.0
    depth: float = 0.0
    upright: bool = True
    width: float = 1.0
    height: float = 1.0

    @property
    def edge(self) -> float:
        """How long a picture's long edge is."""
        return min(max(self.pitch * 0.86, DOT_PX), 256.0)

    @property
    def step(self) -> float:
        """Pixels from depth to depth: shrinks more slowly, so that far away levels stay apart."""
        return self.edge * 1.32 + 16.0

    @property
    def across(self) -> float:
        """The room for slots."""
        return self.width if self.upright else self.height

    @property
    def along(self) -> float:
        """The room for depths."""
        return self.height if self.upright else self.width

    def spots(self, slots: Doubles, depths: Doubles) -> tuple[Doubles, Doubles]:
        """Where points of the tree lie: x and y, (N,) each."""
        across = (slots - self.slot) * self.pitch + self.across / 2
        along = (depths - self.depth) * self.step + self.along / 2
        return (across, along) if self.upright else (along, across)

    def spot(self, slot: float, depth: float) -> QPointF:
        """Where one point of the tree lies."""
        x, y = self.spots(np.array([slot]), np.array([depth]))
        return QPointF(float(x[0]), float(y[0]))

    def under(self, at: QPointF) -> tuple[float, float]:
        """The slot and the depth at a place of the widget."""
        across, along = (at.x(), at.y()) if self.upright else (at.y(), at.x())
        return (
            (across - self.across / 2) / self.pitch + self.slot,
            (along - self.along / 2) / self.step + self.depth,
        )

    def zoomed(self, factor: float, *, at: QPointF | None = None) -> Camera:
        """Larger or smaller; what lies under ``at``, or in the middle, stays there."""
        pitch = min(max(self.pitch * factor, SMALLEST_PITCH), LARGEST_PITCH)
        new = replace(self, pitch=pitch)
        if at is None:
            return new
        slot, depth = self.under(at)
        moved_slot, moved_depth = new.under(at)
        return replace(
            new, slot=new.slot + slot - moved_slot, depth=new.depth + depth - moved_depth
        )

    def panned(self, dx: float, dy: float) -> Camera:
        """With the tree moved by so many pixels."""
        across, along = (dx, dy) if self.upright else (dy, dx)
        return replace(
            self, slot=self.slot - across / self.pitch, depth=self.depth - along / self.step
        )

    def pitch_fitting(self, layout: Layout) -> float:
        """The pitch at which all slots are in sight."""
        return max((self.across - 2 * MARGIN) / layout.leaves, SMALLEST_PITCH)

    def fitting(self, layout: Layout) -> Camera:
        """With the whole tree in sight, as far as there is room for its depth."""
        pitch = min(self.pitch_fitting(layout), READABLE_PITCH)
        new = replace(self, pitch=pitch, depth=layout.deepest / 2)
        while new.pitch > 6.0 and new.step * layout.deepest + new.edge > self.along - MARGIN:
            new = replace(new, pitch=new.pitch * 0.92)
        return replace(new, slot=(layout.leaves - 1) / 2).held(layout)

    def held(self, layout: Layout) -> Camera:
        """Moved so that no more than half of the room is empty; a tree that fits is centred.

        It is not shown smaller than it takes to have all of it in sight.
        """

        def within(now: float, most: float, pitch: float, room: float) -> float:
            if (most + 1) * pitch <= room:
                return most / 2
            slack = room / pitch / 2 - MARGIN / pitch
            low, high = min(slack - 0.5, most / 2), max(most + 0.5 - slack, most / 2)
            return min(max(now, low), high)

        least = min(self.pitch_fitting(layout), 24.0)
        new = self if self.pitch >= least else replace(self, pitch=least)
        return replace(
            new,
            slot=within(new.slot, layout.leaves - 1, new.pitch, new.across),
            depth=within(new.depth, layout.deepest, new.step, new.along),
        )

    def showing(self, slot: float, depth: float) -> Camera:
        """Moved no further than it takes to have a point of the tree in sight."""
        spot = self.spot(slot, depth)
        rim = self.edge / 2 + 8.0

        def missing(at: float, room: float) -> float:
            if room < 2 * rim:
                return room / 2 - at
            return max(rim - at, 0.0) + min(room - rim - at, 0.0)

        return self.panned(missing(spot.x(), self.width), missing(spot.y(), self.height))
