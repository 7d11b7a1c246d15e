"""Symmetry: the picture joined with its own reflections."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import numpy as np

from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Choice, Number, Toggle, Whole, amount, angle, position
from layerforge.operations.pixels import Pixels, legal, mixed
from layerforge.operations.sampling import sampled_at, transformed, turned
from layerforge.operations.shapes import extent_of


class MirrorHalves(Filter, tag="symmetry.mirror", frozen=True):
    """Let one half of the picture be the reflection of the other.

    Source: reflection in a line.
    """

    angle: Annotated[float, angle(), "which way the reflected half lies, 0 to the right, 90 down"]
    square: Annotated[
        bool, Toggle(0.6), "whether the mirror stands along the nearest of the canvas's axes"
    ]
    offset: Annotated[float, position(0.2), "offset of the mirror from the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        # most mirrors stand along the canvas's own axes
        bearing = 90.0 * round(self.angle / 90.0) if self.square else self.angle
        cos, sin = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
        beyond = np.float32(cos) * (xs - np.float32(box.x)) + np.float32(sin) * (
            ys - np.float32(box.y)
        )
        behind = np.maximum(beyond - np.float32(self.offset), np.float32(0.0))
        back = np.float32(2.0) * behind
        return sampled_at(pixels, xs - np.float32(cos) * back, ys - np.float32(sin) * back, at)


class Kaleidoscope(Filter, tag="symmetry.kaleidoscope", frozen=True):
    """See one wedge of the picture repeated around a point, as in a kaleidoscope.

    Source: Brewster 1819, "A treatise on the kaleidoscope".
    """

    enlarges: ClassVar[bool] = True

    segments: Annotated[int, Whole(3, 10), "how many pairs of mirrored wedges make the circle"]
    turn: Annotated[float, angle(), "which wedge of the picture it is"]
    x: Annotated[
        float, position(0.3), "where the wedge's tip lies, right of the middle of what is seen"
    ]
    y: Annotated[
        float, position(0.3), "where the wedge's tip lies, below the middle of what is seen"
    ]
    zoom: Annotated[float, Number(0.8, 1.8, prior="log"), "how large the wedge is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        dx, dy = xs - np.float32(box.x), ys - np.float32(box.y)
        away = np.sqrt(dx * dx + dy * dy) / np.float32(self.zoom)
        wedge = np.float32(math.pi / self.segments)
        bearing = np.mod(np.arctan2(dy, dx), wedge * 2)
        bearing = np.abs(bearing - wedge) + np.float32(math.radians(self.turn))
        return sampled_at(
            pixels,
            np.cos(bearing) * away + np.float32(box.x + self.x),
            np.sin(bearing) * away + np.float32(box.y + self.y),
            at,
        )


class Rosette(Filter, tag="symmetry.rosette", frozen=True):
    """Lay turned copies of the picture over each other, keeping the lighter or darker of them.

    Source: the cyclic rosette groups; joined as lighten and darken, W3C Compositing and Blending
    Level 1.
    """

    sheets: ClassVar[float] = 8
    weight: ClassVar[float] = 0.5

    count: Annotated[int, Whole(2, 6), "how many copies, the picture with them"]
    keep: Annotated[str, Choice(("lighter", "darker")), "which of the tones stay"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        joined = pixels
        for number in range(1, self.count):
            matrix = turned(angle_deg=360.0 * number / self.count, x=box.x, y=box.y)
            copy = legal(transformed(pixels, matrix, unit_px=at.short_side, crisp=True))
            if self.keep == "lighter":
                joined = np.maximum(joined, copy)
            else:  # of the light that comes through, so that alpha joins the same way
                clear = copy[..., 3:] * joined[..., 3:]
                darker = np.minimum(
                    joined[..., :3] * copy[..., 3:], copy[..., :3] * joined[..., 3:]
                )
                color = (
                    joined[..., :3] * (1 - copy[..., 3:])
                    + copy[..., :3] * (1 - joined[..., 3:])
                    + darker
                )
                alpha = joined[..., 3:] + copy[..., 3:] - clear
                joined = np.concatenate([color, alpha], axis=-1)
        return legal(mixed(pixels, joined, self.strength))


class Droste(Filter, tag="symmetry.droste", frozen=True):
    """Let the picture wind into itself on a spiral, ever smaller, without an end.

    What is repeated is folded over, so that no seam shows.  Source: de Smit & Lenstra 2003, "The
    mathematical structure of Escher's Print Gallery": a similarity of the logarithm.
    """

    enlarges: ClassVar[bool] = True
    weight: ClassVar[float] = 0.5

    ratio: Annotated[
        float,
        Number(2.0, 6.0, prior="log"),
        "how much smaller it comes back, turned inside out; as much again, and it is as it was",
    ]
    arms: Annotated[int, Whole(0, 2), "how many arms the spiral has; 0 gives rings"]
    turn: Annotated[float, angle(), "turn of the whole"]
    x: Annotated[float, position(0.3), "right of the middle of what is seen"]
    y: Annotated[float, position(0.3), "below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        dx, dy = xs - np.float32(box.x + self.x), ys - np.float32(box.y + self.y)
        # there and back: the fold turns it inside out half-way
        period = np.float32(2.0 * math.log(self.ratio))
        # no nearer to the middle than it can be shown
        radius = np.maximum(np.sqrt(dx * dx + dy * dy), np.float32(0.012))
        depth = np.log(radius / np.float32(max(box.half_short, 1e-3)))
        bearing = np.arctan2(dy, dx)
        # the complex factor 1 + i b, which closes after ``arms`` periods a turn
        slant = np.float32(self.arms) * period / np.float32(2 * math.pi)
        deep = depth + slant * bearing
        round_ = bearing - slant * depth + np.float32(math.radians(self.turn))
        if self.arms == 0:
            deep, round_ = depth, bearing + np.float32(math.radians(self.turn))
        folded = np.abs(np.mod(deep, period) - period / 2) - period / 2
        reach = np.float32(max(box.half_short, 1e-3)) * np.exp(folded)
        return sampled_at(
            pixels,
            np.float32(box.x + self.x) + reach * np.cos(round_),
            np.float32(box.y + self.y) + reach * np.sin(round_),
            at,
        )
