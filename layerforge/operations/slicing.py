"""Slicing: the picture cut into strips, rings, squares or shards that are moved apart."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import numpy as np

from layerforge.operations.fields import cells, lattice, mixed_seed
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Choice, Number, Seed, amount, angle, length
from layerforge.operations.pixels import Pixels, legal, smoothstep
from layerforge.operations.sampling import sampled_at
from layerforge.operations.shapes import extent_of

_ONE = np.float32(1.0)
_REACH = Number(0.0, 0.25, "away", "short side", neutral=0.0)


class Strips(Filter, tag="slicing.strips", frozen=True):
    """Cut the picture into strips and push them along their length.

    width: of a strip; order: every strip by chance, to alternate sides, or in a wave.
    """

    texture_like: ClassVar[bool] = True

    width: Annotated[float, length(0.02, 0.2)]
    angle: Annotated[float, angle(-90.0, 90.0)]
    reach: Annotated[float, _REACH]
    order: Annotated[str, Choice(("chance", "alternate", "wave"))]
    seed: Annotated[int, Seed()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        across = np.float32(cos) * ys - np.float32(sin) * xs
        band = np.floor(across / np.float32(self.width)).astype(np.int64)
        if self.order == "chance":
            push = lattice(self.seed, band, np.zeros_like(band))
        elif self.order == "alternate":
            push = (band % 2 * 2 - 1).astype(np.float32)
        else:
            push = np.sin(band.astype(np.float32) * np.float32(0.7) + np.float32(self.seed % 7))
        push = np.float32(self.reach) * push
        return sampled_at(pixels, xs + np.float32(cos) * push, ys + np.float32(sin) * push, at)


class TurnedRings(Filter, tag="slicing.rings", frozen=True):
    """Cut the picture into rings around its middle and turn them against each other.

    width: of a ring; turn: how far a ring may turn.
    """

    texture_like: ClassVar[bool] = True

    width: Annotated[float, length(0.04, 0.2)]
    turn: Annotated[float, Number(0.0, 90.0, "away", "deg", neutral=0.0)]
    order: Annotated[str, Choice(("chance", "alternate", "further"))]
    seed: Annotated[int, Seed()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        dx, dy = xs - np.float32(box.x), ys - np.float32(box.y)
        ring = np.floor(np.sqrt(dx * dx + dy * dy) / np.float32(self.width)).astype(np.int64)
        if self.order == "chance":
            share = lattice(self.seed, ring, np.zeros_like(ring))
        elif self.order == "alternate":
            share = (ring % 2).astype(np.float32)
        else:
            share = ring.astype(np.float32) * np.float32(0.25)
        radians = np.float32(math.radians(self.turn)) * share
        cos, sin = np.cos(radians), np.sin(radians)
        return sampled_at(
            pixels, xs + (cos * dx - sin * dy - dx), ys + (sin * dx + cos * dy - dy), at
        )


class ShiftedSquares(Filter, tag="slicing.squares", frozen=True):
    """Cut the picture into squares, each of which shows it a little off, turned and enlarged.

    size: of a square; reach: how far off; turn: how far squares turn what they show.
    """

    texture_like: ClassVar[bool] = True

    size: Annotated[float, length(0.08, 0.35)]
    reach: Annotated[float, Number(0.0, 0.12, "away", "short side", neutral=0.0)]
    turn: Annotated[float, Number(0.0, 25.0, "away", "deg", neutral=0.0)]
    seed: Annotated[int, Seed()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        size = np.float32(self.size)
        columns = np.floor(xs / size + np.float32(0.5)).astype(np.int64)
        rows = np.floor(ys / size + np.float32(0.5)).astype(np.int64)
        dx, dy = xs - columns.astype(np.float32) * size, ys - rows.astype(np.float32) * size
        radians = np.float32(math.radians(self.turn)) * lattice(
            mixed_seed(self.seed, 0), columns, rows
        )
        cos, sin = np.cos(radians), np.sin(radians)
        reach = np.float32(self.reach)
        off_x = reach * lattice(mixed_seed(self.seed, 1), columns, rows)
        off_y = reach * lattice(mixed_seed(self.seed, 2), columns, rows)
        return sampled_at(
            pixels,
            xs + (cos * dx - sin * dy - dx) + off_x,
            ys + (sin * dx + cos * dy - dy) + off_y,
            at,
        )


class Shards(Filter, tag="slicing.shards", frozen=True):
    """Break the picture into shards, as a mirror, each of which shows it a little off.

    size: of a shard; reach: how far off; gleam: how much lighter or darker shards are.
    Source: Voronoi cells, Worley 1996.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.1, 0.4)]
    reach: Annotated[float, Number(0.0, 0.12, "away", "short side", neutral=0.0)]
    gleam: Annotated[float, amount(0.0, 0.35, prior="away", neutral=0.0)]
    seed: Annotated[int, Seed()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        shards = cells(at, seed=self.seed, size=self.size)
        # a shard's number depends on the canvas's extent, so draw by where its seed point lies
        draw = [
            lattice(mixed_seed(self.seed, branch), shards.column, shards.row)
            for branch in (2, 3, 4)
        ]
        off_x, off_y, light = (one[shards.first] for one in draw)
        reach = np.float32(self.reach)
        read = sampled_at(pixels, xs + reach * off_x, ys + reach * off_y, at)
        gleam = np.float32(self.gleam) * light
        edge = _ONE - smoothstep(shards.gap, 0.0, 2.0 / at.short_side + 0.004)
        gleam = gleam + np.float32(self.gleam) * edge
        read[..., :3] *= (_ONE + gleam)[..., None]
        return legal(read)
