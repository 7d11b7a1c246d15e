"""Slicing: the picture cut into strips, rings, squares or shards that are moved apart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt

from layerforge.operations.fields import cells, clouds, lattice, mixed_seed, noise
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Choice, Number, Seed, Whole, amount, angle, length
from layerforge.operations.pixels import Pixels, Plane, legal, smoothstep
from layerforge.operations.sampling import EMPTY, Matrix, blurred, sampled_at, transformed, turned
from layerforge.operations.shapes import Extent, extent_of

_ONE = np.float32(1.0)
_REACH = Number(0.0, 0.25, "away", "short side", neutral=0.0)


class Strips(Filter, tag="slicing.strips", frozen=True):
    """Cut the picture into strips and push them along their length.

    Source: the rollages of Jiří Kolář.
    """

    texture_like: ClassVar[bool] = True

    width: Annotated[float, length(0.02, 0.2), "width of a strip"]
    angle: Annotated[float, angle(-90.0, 90.0), "which way the strips run, 0 across, 90 upright"]
    reach: Annotated[float, _REACH, "how far they are pushed at most"]
    order: Annotated[
        str,
        Choice(("chance", "alternate", "wave")),
        "whether strips are pushed by chance, to alternate sides, or in a wave",
    ]
    seed: Annotated[int, Seed(), "which random pushes, or where the wave begins"]

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

    Source: a turn by a step function of the radius.
    """

    texture_like: ClassVar[bool] = True

    width: Annotated[float, length(0.04, 0.2), "width of a ring"]
    turn: Annotated[
        float, Number(0.0, 90.0, "away", "deg", neutral=0.0), "how far rings are turned"
    ]
    order: Annotated[
        str,
        Choice(("chance", "alternate", "further")),
        "whether rings turn by chance, every other one, or each further than the last",
    ]
    seed: Annotated[int, Seed(), "which random turns"]

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
    """Cut the picture into squares, each of which shows it a little off and turned.

    Source: the joiners of David Hockney, made of Polaroids.
    """

    texture_like: ClassVar[bool] = True

    size: Annotated[float, length(0.08, 0.35), "side of a square"]
    reach: Annotated[
        float,
        Number(0.0, 0.12, "away", "short side", neutral=0.0),
        "how far off what it shows may lie",
    ]
    turn: Annotated[
        float, Number(0.0, 25.0, "away", "deg", neutral=0.0), "how far what it shows may be turned"
    ]
    seed: Annotated[int, Seed(), "which random shifts and turns"]

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

    Source: Voronoi cells, Worley 1996, "A cellular texture basis function".
    """

    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.1, 0.4), "about as wide as a shard"]
    reach: Annotated[
        float,
        Number(0.0, 0.12, "away", "short side", neutral=0.0),
        "how far off what it shows may lie",
    ]
    gleam: Annotated[
        float,
        amount(0.0, 0.35, prior="away", neutral=0.0),
        "how much lighter or darker shards and their edges are",
    ]
    seed: Annotated[int, Seed(), "which random shards"]

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


class TornPieces(Filter, tag="slicing.torn", frozen=True):
    """Tear the picture into pieces and lay them down again a little off, with their shadows.

    Source: the torn-paper collages of Hans Arp; pieces are Voronoi cells, bent by fractal noise.
    """

    weight: ClassVar[float] = 0.8
    sheets: ClassVar[float] = 10

    pieces: Annotated[int, Whole(2, 9), "about how many"]
    reach: Annotated[float, length(0.008, 0.06), "how far they lie apart"]
    turn: Annotated[float, Number(0.0, 9.0, unit="deg"), "how far a piece may turn either way"]
    rim: Annotated[float, length(0.004, 0.016), "width of the bare paper along a tear"]
    shadow: Annotated[float, amount(0.25, 0.7), "how dark the shadows are"]
    seed: Annotated[int, Seed(), "which random tears"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        middles = self._middles(box)
        number, gap = self._torn(middles, at)
        edge = np.float32(0.7 / at.short_side)
        # the print ends an uneven way inside the paper, and further on one side of each tear
        uneven = noise(at, seed=mixed_seed(self.seed, 5), size=0.03)
        bare = np.float32(self.rim) * np.maximum(_ONE + np.float32(0.8) * uneven, 0.0)
        printed = smoothstep(gap - bare, -float(edge), float(edge))
        paper = pixels.copy()
        white = np.array([0.95, 0.94, 0.92], dtype=np.float32)
        bare_part = pixels[..., 3:] * white - pixels[..., :3]
        paper[..., :3] += bare_part * (_ONE - printed)[..., None]
        cut = paper * smoothstep(gap, 0.0, 2.0 * float(edge))[..., None]
        sheet = np.zeros_like(pixels)
        for piece, (x, y) in enumerate(middles):
            self._lay(sheet, cut, number == piece, piece, (x - box.x, y - box.y), at)
        return legal(sheet)

    def _middles(self, box: Extent) -> list[tuple[float, float]]:
        """A point for each piece, on an uneven lattice over the box."""
        wide, high = box.half_width, box.half_height
        rows = max(1, round(math.sqrt(self.pieces * high / max(wide, 1e-6))))
        rows = min(rows, self.pieces)
        columns = math.ceil(self.pieces / rows)
        number_x, number_y = np.arange(columns)[None, :], np.arange(rows)[:, None]
        stray_x, stray_y = (
            np.float32(0.36) * lattice(mixed_seed(self.seed, branch), number_x, number_y)
            for branch in (0, 1)
        )
        xs = box.x + wide * (2.0 * (number_x + 0.5 + stray_x) / columns - 1.0)
        ys = box.y + high * (2.0 * (number_y + 0.5 + stray_y) / rows - 1.0)
        return [(float(xs[place]), float(ys[place])) for place in np.ndindex(xs.shape)]

    def _torn(
        self, middles: list[tuple[float, float]], at: RenderContext
    ) -> tuple[npt.NDArray[np.int64], Plane]:
        """Which piece every pixel belongs to, and how far it lies from the nearest tear."""
        xs, ys = at.grid()
        stray = [
            np.float32(0.02) * clouds(at, seed=mixed_seed(self.seed, branch), size=0.2, octaves=6)
            for branch in (2, 3)
        ]
        bent_x, bent_y = xs + stray[0], ys + stray[1]
        nearest = np.full(bent_x.shape, np.inf, dtype=np.float32)
        runner_up = nearest.copy()
        number = np.zeros(bent_x.shape, dtype=np.int64)
        for piece, (x, y) in enumerate(middles):
            across, down = bent_x - np.float32(x), bent_y - np.float32(y)
            away = np.sqrt(across * across + down * down)
            closer = away < nearest
            runner_up = np.where(closer, nearest, np.minimum(runner_up, away))
            number[closer] = piece
            nearest = np.minimum(nearest, away)
        return number, (np.minimum(runner_up, np.float32(9.0)) - nearest) * np.float32(0.5)

    def _lay(
        self,
        sheet: Pixels,
        paper: Pixels,
        mine: npt.NDArray[np.bool_],
        number: int,
        outwards: tuple[float, float],
        at: RenderContext,
    ) -> None:
        """Lay the piece where ``mine`` is true with its shadow on ``sheet``, in place."""
        columns, rows = np.flatnonzero(mine.any(axis=0)), np.flatnonzero(mine.any(axis=1))
        if columns.size == 0:
            return
        # all that the piece and its shadow can reach
        wide, high = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
        reach_px = (1.3 * self.reach + 0.03) * at.short_side + 0.16 * max(wide, high)
        margin = math.ceil(reach_px) + 2
        left, top = max(0, int(columns[0]) - margin), max(0, int(rows[0]) - margin)
        right = min(at.width, int(columns[-1]) + 1 + margin)
        bottom = min(at.height, int(rows[-1]) + 1 + margin)
        part = np.s_[top:bottom, left:right]
        piece = np.ascontiguousarray(paper[part] * mine[part][..., None])
        matrix = self._moved(number, outwards, piece, at)
        moved = legal(transformed(piece, matrix, unit_px=at.short_side, border=EMPTY, crisp=True))
        fall = np.array([[1.0, 0.0, 0.004], [0.0, 1.0, 0.007]])
        alpha = np.ascontiguousarray(moved[..., 3])
        fallen = transformed(alpha, fall, unit_px=at.short_side, border=EMPTY)
        dark = blurred(fallen, 0.006 * at.short_side) * np.float32(self.shadow)
        dark = np.clip(dark, np.float32(0.0), _ONE)[..., None]
        below = sheet[part]
        below *= _ONE - dark
        below[..., 3:] += dark
        below *= _ONE - moved[..., 3:]
        below += moved

    def _moved(
        self, number: int, outwards: tuple[float, float], piece: Pixels, at: RenderContext
    ) -> Matrix:
        """Where a piece goes: away from the middle of the whole, and a little by chance."""
        place = np.array([number])
        off_x, off_y, turn = (
            float(lattice(mixed_seed(self.seed, branch), place, place)[0]) for branch in (6, 7, 8)
        )
        # it turns about its own middle, in coordinates that begin there
        seen = extent_of(piece[..., 3], replace(at, width=piece.shape[1], height=piece.shape[0]))
        unit = min(piece.shape[:2]) / at.short_side
        matrix = turned(angle_deg=self.turn * turn, x=seen.x * unit, y=seen.y * unit)
        length = max(math.hypot(*outwards), 1e-6)
        matrix[0, 2] += self.reach * (0.7 * outwards[0] / length + 0.5 * off_x)
        matrix[1, 2] += self.reach * (0.7 * outwards[1] / length + 0.5 * off_y)
        return matrix
