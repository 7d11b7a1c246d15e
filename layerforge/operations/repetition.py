"""Repetition: copies of what is seen of a layer, in rings, grids, spirals and patterns.

Sizes are the side of a square as large as one copy, in fractions of the short side.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.fields import lattice, mixed_seed
from layerforge.operations.operation import Filter, RenderContext, Target
from layerforge.operations.parameters import (
    Choice,
    Number,
    Seed,
    Toggle,
    Whole,
    amount,
    angle,
    length,
    position,
)
from layerforge.operations.pixels import Pixels, Plane, legal
from layerforge.operations.shapes import extent_of
from layerforge.operations.stamping import Stamp, piece_of, stamped

_GOLDEN_DEG = 180.0 * (3.0 - math.sqrt(5.0))


def _drawn(seed: int, branch: int, count: int) -> list[float]:
    """``count`` even random numbers in -1..1."""
    places = np.arange(count, dtype=np.int64)
    return [float(one) for one in lattice(mixed_seed(seed, branch), places, np.zeros_like(places))]


class Ring(Filter, tag="repetition.ring", frozen=True):
    """Lay copies of a layer along a ring.  Source: the polar array of CAD programs."""

    targets: ClassVar[Target] = "layer"

    count: Annotated[int, Whole(3, 14), "how many copies"]
    radius: Annotated[float, length(0.18, 0.5), "radius of the ring, to the middles of the copies"]
    size: Annotated[float, length(0.15, 0.5), "side of a square as large as a copy"]
    turn: Annotated[float, angle(), "where the first copy lies, clockwise from the top"]
    facing: Annotated[
        str, Choice(("upright", "outwards")), "whether copies stay upright or turn with the ring"
    ]
    vary: Annotated[float, amount(0.0, 0.5), "how much sizes differ, as a share of the size"]
    seed: Annotated[int, Seed(), "which random sizes"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        sizes = _drawn(self.seed, 0, self.count)
        stamps = []
        for number, drawn in enumerate(sizes):
            bearing = self.turn + 360.0 * number / self.count
            stamps.append(
                Stamp(
                    x=self.radius * math.sin(math.radians(bearing)),
                    y=-self.radius * math.cos(math.radians(bearing)),
                    size=self.size * (1.0 + self.vary * drawn),
                    angle_deg=bearing if self.facing == "outwards" else 0.0,
                )
            )
        return stamped(pixels, stamps, at)


class Grid(Filter, tag="repetition.grid", frozen=True):
    """Lay copies of a layer on a grid over the whole canvas.

    Source: "step and repeat" of print shops; the rectangular array of CAD programs.
    """

    targets: ClassVar[Target] = "layer"

    rows: Annotated[int, Whole(2, 6), "how many rows; columns follow from the canvas"]
    fill: Annotated[float, Number(0.6, 1.3), "size of a copy, 1 as large as its cell"]
    turn: Annotated[float, Number(0.0, 60.0, unit="deg"), "how far copies may turn either way"]
    vary: Annotated[float, amount(0.0, 0.4), "how much sizes differ, as a share of the size"]
    seed: Annotated[int, Seed(), "which random sizes and turns"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        wide, high = at.wide, at.high
        columns = min(64, max(1, round(self.rows * wide / high)))
        rows = self.rows if high < 8.0 else min(64, round(self.rows * high))
        step_x, step_y = wide / columns, high / rows
        turns = _drawn(self.seed, 0, columns * rows)
        sizes = _drawn(self.seed, 1, columns * rows)
        stamps = [
            Stamp(
                x=(number % columns + 0.5) * step_x - wide / 2,
                y=(number // columns + 0.5) * step_y - high / 2,
                size=math.sqrt(step_x * step_y) * self.fill * (1.0 + self.vary * sizes[number]),
                angle_deg=self.turn * turns[number],
            )
            for number in range(columns * rows)
        ]
        return stamped(pixels, stamps, at)


class Spiral(Filter, tag="repetition.spiral", frozen=True):
    """Lay copies of a layer along a spiral, smaller towards the middle.

    Source: Vogel 1979, "A better way to construct the sunflower head"; the arm is an Archimedean
    spiral.
    """

    targets: ClassVar[Target] = "layer"

    count: Annotated[int, Whole(6, 24), "how many copies"]
    radius: Annotated[float, length(0.3, 0.75), "from the middle to the outermost copy"]
    size: Annotated[float, length(0.18, 0.5), "side of a square as large as the outermost copy"]
    shrink: Annotated[float, amount(0.3, 0.9), "how much smaller copies get towards the middle"]
    turn: Annotated[float, angle(), "turn of the whole spiral, clockwise"]
    form: Annotated[
        str,
        Choice(("sunflower", "arm")),
        "sunflower puts each copy a golden angle further on, arm along one arm",
    ]
    facing: Annotated[
        str, Choice(("upright", "outwards")), "whether copies stay upright or turn with the spiral"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        step = _GOLDEN_DEG if self.form == "sunflower" else 540.0 / self.count
        stamps = []
        for number in range(self.count, 0, -1):
            way = number / self.count
            away = math.sqrt(way) if self.form == "sunflower" else way
            bearing = self.turn + number * step
            stamps.append(
                Stamp(
                    x=self.radius * away * math.sin(math.radians(bearing)),
                    y=-self.radius * away * math.cos(math.radians(bearing)),
                    size=self.size * (1.0 - self.shrink * (1.0 - way)),
                    angle_deg=bearing if self.facing == "outwards" else 0.0,
                )
            )
        return stamped(pixels, stamps, at)


class Scatter(Filter, tag="repetition.scatter", frozen=True):
    """Strew copies of a layer over the canvas.

    Source: places by the best candidate algorithm, Mitchell 1991, so that they keep apart.
    """

    targets: ClassVar[Target] = "layer"

    count: Annotated[int, Whole(4, 24), "how many copies"]
    size: Annotated[float, length(0.14, 0.5), "side of a square as large as a copy"]
    vary: Annotated[float, amount(0.0, 0.7), "how much sizes differ, as a share of the size"]
    turn: Annotated[float, Number(0.0, 180.0, unit="deg"), "how far copies may turn either way"]
    seed: Annotated[int, Seed(), "which random places, sizes and turns"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        wide, high = min(at.wide, 16.0), min(at.high, 16.0)
        sizes = sorted(_drawn(self.seed, 0, self.count), reverse=True)
        turns = _drawn(self.seed, 1, self.count)
        across = _drawn(self.seed, 2, self.count * 10)
        down = _drawn(self.seed, 3, self.count * 10)
        places: list[tuple[float, float]] = []
        for number in range(self.count):
            candidates = [
                (across[one] * wide / 2, down[one] * high / 2)
                for one in range(number * 10, number * 10 + 10)
            ]
            places.append(
                max(
                    candidates,
                    key=lambda spot: min((math.dist(spot, other) for other in places), default=0.0),
                )
            )
        stamps = [
            Stamp(x=x, y=y, size=self.size * (1.0 + self.vary * size), angle_deg=self.turn * turned)
            for (x, y), size, turned in zip(places, sizes, turns, strict=True)
        ]
        return stamped(pixels, stamps, at)


class Nest(Filter, tag="repetition.nest", frozen=True):
    """Lay ever smaller copies of the picture into its own middle.

    Source: the Droste effect, named after a cocoa tin.
    """

    ratio: Annotated[float, Number(0.5, 0.85), "ratio of one copy's size to that of the one before"]
    turn: Annotated[float, angle(-45.0, 45.0), "how far each copy turns on from the one before"]
    x: Annotated[float, position(0.15), "how far right each copy lies in the one before"]
    y: Annotated[float, position(0.15), "how far down each copy lies in the one before"]
    count: Annotated[int, Whole(2, 8), "how many copies"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        piece = piece_of(pixels, at)
        whole = math.sqrt(piece.shape[0] * piece.shape[1]) / at.short_side
        x = y = 0.0
        stamps = []
        for number in range(1, self.count + 1):
            share = self.ratio**number
            x, y = x + self.x * share, y + self.y * share
            stamps.append(Stamp(x=x, y=y, size=whole * share, angle_deg=self.turn * number))
        inner = stamped(pixels, stamps, at)
        return legal(pixels * (np.float32(1.0) - inner[..., 3:]) + inner)


class Tile(Filter, tag="repetition.tile", frozen=True):
    """Tile the canvas with what is seen of a layer.

    Source: wallpaper patterns; mirrored tiles make the group pmm, Pólya 1924, and pushed rows the
    running bond of bricks.
    """

    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.2, 0.65), "side of a square as large as a tile"]
    angle: Annotated[float, angle(-45.0, 45.0, prior="center"), "turn of the whole pattern"]
    brick: Annotated[float, amount(0.0, 0.5), "how far each row is pushed on, in tiles"]
    mirrored: Annotated[bool, Toggle(0.6), "every other tile is turned over, so that no seams show"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        piece = piece_of(pixels, at)
        height, width = piece.shape[:2]
        share = self.size * at.short_side / math.sqrt(width * height)
        # the tile's own size in the canvas; it is kept with twice the pixels it is seen with,
        # and every pixel of the canvas reads four places of it
        box = extent_of(pixels[..., 3], at, share=0.01)
        stretch = self.size / math.sqrt(4 * box.half_width * box.half_height)
        tile_x, tile_y = 2 * box.half_width * stretch, 2 * box.half_height * stretch
        wide = max(1, min(width, round(2 * width * share)))
        high = max(1, min(height, round(2 * height * share)))
        tile = np.asarray(
            cv2.resize(piece, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.float32
        ).reshape(high, wide, 4)
        xs, ys = at.grid()
        radians = math.radians(self.angle)
        cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
        across, down = cos * xs + sin * ys, cos * ys - sin * xs
        quarter = np.float32(0.25 / at.short_side)
        total = np.zeros_like(pixels)
        for off_across in (-quarter, quarter):
            for off_down in (-quarter, quarter):
                total += self._read(
                    tile,
                    _in_tiles(across + off_across, tile_x),
                    _in_tiles(down + off_down, tile_y),
                )
        total *= np.float32(0.25)
        return legal(total)

    def _read(self, tile: Pixels, across: Plane, down: Plane) -> Pixels:
        """The endless pattern at places in tiles, 0 to 1 across the middle one."""
        across += np.float32(self.brick) * np.floor(down)
        border = cv2.BORDER_WRAP
        if self.mirrored:
            across, down = _there_and_back(across), _there_and_back(down)
            border = cv2.BORDER_REPLICATE
        else:
            across, down = np.mod(across, 1.0), np.mod(down, 1.0)
        high, wide = tile.shape[:2]
        read = cv2.remap(
            tile,
            np.ascontiguousarray(across * np.float32(wide) - np.float32(0.5)),
            np.ascontiguousarray(down * np.float32(high) - np.float32(0.5)),
            interpolation=cv2.INTER_LINEAR,
            borderMode=border,
        )
        return np.asarray(read, dtype=np.float32)


def _in_tiles(way: Plane, tile: float) -> Plane:
    counted: Plane = way / np.float32(tile) + np.float32(0.5)
    return counted


def _there_and_back(values: Plane) -> Plane:
    """0 to 1 and back to 0, over and over."""
    folded: Plane = np.float32(1.0) - np.abs(np.mod(values, 2.0) - np.float32(1.0))
    return folded
