"""What part of a picture is seen, and how large: plain geometry, shared by all that shows pictures.

Lengths of widgets are logical pixels; a scale of 1 shows one pixel of the canvas's nominal size on
one pixel of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

LARGEST_SCALE = 32.0
STOPS = (0.0625, 0.125, 0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0, 32.0)
"""The scales that the keys go through."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a picture can be shown: a rectangle, device pixels a logical one, the nominal size."""

    x: float
    y: float
    width: float
    height: float
    ratio: float
    canvas: tuple[int, int]

    @property
    def fit(self) -> float:
        """The scale at which all of the picture is seen."""
        width, height = self.canvas
        return max(1e-3, min(self.width / width, self.height / height) * self.ratio)


@dataclass(frozen=True, slots=True)
class Lens:
    """scale: None shows all.  x, y: the point in the middle, in fractions of the picture."""

    scale: float | None = None
    x: float = 0.5
    y: float = 0.5

    def scale_in(self, room: Room) -> float:
        """The scale there."""
        return room.fit if self.scale is None else self.scale

    def target(self, room: Room) -> QRectF:
        """Where the whole picture lies; most of it perhaps outside of the room."""
        scale = self.scale_in(room) / room.ratio
        width, height = room.canvas[0] * scale, room.canvas[1] * scale
        left = room.x + room.width / 2 - self.x * width
        top = room.y + room.height / 2 - self.y * height
        return QRectF(left, top, width, height)

    def point(self, room: Room, at: QPointF) -> tuple[float, float]:
        """The point of the picture under ``at``, in fractions."""
        target = self.target(room)
        return (
            (at.x() - target.x()) / max(target.width(), 1e-6),
            (at.y() - target.y()) / max(target.height(), 1e-6),
        )

    def zoomed(self, room: Room, scale: float, *, at: QPointF | None = None) -> Lens:
        """At another scale; what lies under ``at``, or in the middle, stays there."""
        lowest = min(room.fit, 1.0)
        scale = min(max(scale, lowest), LARGEST_SCALE)
        if abs(scale - room.fit) < 1e-6:
            return Lens()
        if at is None:
            return replace(self, scale=scale).held(room)
        fixed = self.point(room, at)
        new = replace(self, scale=scale)
        moved = new.point(room, at)
        return replace(new, x=self.x + fixed[0] - moved[0], y=self.y + fixed[1] - moved[1]).held(
            room
        )

    def stepped(self, room: Room, steps: int) -> Lens:
        """At the next scale of the ladder, larger (1) or smaller (-1); all of it is one, too."""
        now = self.scale_in(room)
        stops = sorted({*STOPS, room.fit})
        if steps > 0:
            scale = next((one for one in stops if one > now * 1.001), stops[-1])
        else:
            scale = next((one for one in reversed(stops) if one < now * 0.999), stops[0])
        return self.zoomed(room, scale)

    def panned(self, room: Room, dx: float, dy: float) -> Lens:
        """With the picture moved by so many logical pixels."""
        target = self.target(room)
        new = replace(
            self,
            x=self.x - dx / max(target.width(), 1e-6),
            y=self.y - dy / max(target.height(), 1e-6),
        )
        return new.held(room)

    def held(self, room: Room) -> Lens:
        """So that the room is filled as far as the picture reaches."""
        if self.scale is None:
            return Lens()
        target = self.target(room)
        return replace(
            self,
            x=_held(self.x, target.width(), room.width),
            y=_held(self.y, target.height(), room.height),
        )


def _held(middle: float, length: float, room: float) -> float:
    if length <= room:
        return 0.5
    half = room / length / 2
    return min(max(middle, half), 1 - half)
