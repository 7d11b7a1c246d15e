"""Masking: what is seen of a layer.

Masks lie on the box in which the layer is seen, so they move and grow with it.  Places and sizes
in that box run from -1 to 1 across it.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.edges import grown
from layerforge.operations.fields import clouds, lattice, mixed_seed, noise_at
from layerforge.operations.operation import Mask, RenderContext
from layerforge.operations.parameters import (
    Choice,
    Number,
    Seed,
    Toggle,
    Trait,
    Whole,
    amount,
    angle,
    length,
    position,
)
from layerforge.operations.pixels import Pixels, Plane, luma, smoothstep, straight_rgb
from layerforge.operations.sampling import blurred, resolved
from layerforge.operations.shapes import ellipse, extent_of, rectangle, star

_PLACE = Number(-0.7, 0.7, prior="center")
_MASK: frozenset[Trait] = frozenset({"mask"})


def _visible(coverage: Plane, pixels: Pixels) -> Plane:
    visible: Plane = coverage * pixels[..., 3]
    return visible


class GradientMask(Mask, tag="masking.gradient", frozen=True):
    """Fade a layer out along a line: seen on one side, gone on the other.

    Source: a gradient in a layer mask of image editors.
    """

    angle: Annotated[float, angle(), "towards what stays seen, 0 to the right, 90 down"]
    offset: Annotated[
        float, position(0.4), "offset of the middle of the fade from the layer's middle"
    ]
    softness: Annotated[float, length(0.02, 1.0), "width of the fade"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        box = extent_of(_visible(coverage, pixels), at)
        radians = math.radians(self.angle)
        along = math.cos(radians) * (xs - box.x) + math.sin(radians) * (ys - box.y)
        half = self.softness / 2
        return coverage * smoothstep(along, self.offset - half, self.offset + half)


class ShapeMask(Mask, tag="masking.shape", frozen=True):
    """Cut a layer to an ellipse, a rectangle, a polygon or a star, or cut that hole into it.

    Source: signed distances, Quilez, "2D distance functions".
    """

    weight: ClassVar[float] = 1.5

    shape: Annotated[
        str, Choice(("ellipse", "circle", "rectangle", "polygon", "star")), "what it is cut to"
    ]
    size: Annotated[
        float, amount(0.35, 1.0), "size of the shape, 1 as large as fits the layer's visible box"
    ]
    aspect: Annotated[
        float, Number(0.5, 2.0, prior="log"), "width over height of an ellipse or rectangle"
    ]
    x: Annotated[
        float, _PLACE, "place across the room that is left, -1 to 1 of the layer's visible box"
    ]
    y: Annotated[
        float, _PLACE, "place down the room that is left, -1 to 1 of the layer's visible box"
    ]
    angle: Annotated[float, angle(-180.0, 180.0, prior="center"), "turn of the shape"]
    points: Annotated[int, Whole(3, 9), "corners of the polygon or star"]
    softness: Annotated[float, length(0.001, 0.25), "width of the edge"]
    hole: Annotated[bool, Toggle(0.2), "whether the shape is what is cut away"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        box = extent_of(_visible(coverage, pixels), at)
        radians = math.radians(self.angle)
        dx = xs - np.float32(box.x + self.x * box.half_width * (1.0 - self.size))
        dy = ys - np.float32(box.y + self.y * box.half_height * (1.0 - self.size))
        turned_x = math.cos(radians) * dx + math.sin(radians) * dy
        turned_y = math.cos(radians) * dy - math.sin(radians) * dx
        distance = self._distance(turned_x, turned_y, box.half_short * self.size)
        half = max(self.softness, 1.0 / at.short_side) / 2
        inside = smoothstep(distance, -half, half)
        return coverage * (np.float32(1.0) - inside if self.hole else inside)

    def _distance(self, xs: Plane, ys: Plane, half: float) -> Plane:
        wide, high = half * math.sqrt(self.aspect), half / math.sqrt(self.aspect)
        if self.shape == "ellipse":
            return ellipse(xs, ys, wide, high)
        if self.shape == "circle":
            return ellipse(xs, ys, half, half)
        if self.shape == "rectangle":
            return rectangle(xs, ys, wide, high, rounding=0.08 * min(wide, high))
        depth = 0.45 if self.shape == "star" else 0.0
        return star(xs, ys, half, points=max(self.points, 5) if depth else self.points, depth=depth)


class PolygonMask(Mask, tag="masking.polygon", frozen=True):
    """Cut a layer out along straight cuts, as with scissors, to an uneven polygon.

    Source: an antialiased polygon, cv2.fillPoly.
    """

    corners: Annotated[int, Whole(3, 10), "how many corners"]
    size: Annotated[
        float, amount(0.6, 1.1), "size of the polygon, 1 as large as the layer's visible box"
    ]
    uneven: Annotated[float, amount(0.1, 0.8), "how much corners stray from the regular polygon"]
    angle: Annotated[float, angle(), "turn of the polygon"]
    seed: Annotated[int, Seed(), "which random corners"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        box = extent_of(_visible(coverage, pixels), at)
        numbers = np.arange(self.corners)
        stray, depth = (
            np.float32(self.uneven) * lattice(mixed_seed(self.seed, branch), numbers, 0 * numbers)
            for branch in (0, 1)
        )
        bearing = 2 * math.pi * (numbers + 0.4 * stray) / self.corners + math.radians(self.angle)
        reach = self.size * (1.0 - 0.45 * np.abs(depth))
        across = box.x + np.cos(bearing) * reach * box.half_width
        down = box.y + np.sin(bearing) * reach * box.half_height
        unit = at.short_side
        places = np.column_stack([across * unit + at.width / 2, down * unit + at.height / 2])
        # sixteenths of a pixel; OpenCV's pixel centres are at whole numbers
        corners = np.round((places - 0.5) * 16).astype(np.int32)
        sheet = np.zeros(coverage.shape, dtype=np.uint8)
        cv2.fillPoly(sheet, [corners], 255, lineType=cv2.LINE_AA, shift=4)
        return coverage * (sheet.astype(np.float32) * np.float32(1.0 / 255.0))


class BrushMask(Mask, tag="masking.brush", frozen=True):
    """See a layer only where broad brush strokes lay it down, dry towards their ends.

    Source: after Strassmann 1986, "Hairy brushes": bristles that part as the ink is spent.
    """

    texture_like: ClassVar[bool] = True
    sheets: ClassVar[float] = 8

    width: Annotated[float, length(0.06, 0.25), "width of a stroke"]
    cover_share: Annotated[float, amount(0.55, 1.0), "how much of the layer's box the strokes take"]
    dryness: Annotated[float, amount(0.2, 0.9), "how early the bristles part"]
    angle: Annotated[float, angle(-90.0, 90.0, prior="center"), "which way the strokes run"]
    seed: Annotated[int, Seed(), "which random strokes"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        box = extent_of(_visible(coverage, pixels), at)
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        dx, dy = xs - np.float32(box.x), ys - np.float32(box.y)
        along = np.float32(cos) * dx + np.float32(sin) * dy
        across = np.float32(cos) * dy - np.float32(sin) * dx
        width = np.float32(self.width)
        half_long = abs(cos) * box.half_width + abs(sin) * box.half_height
        half_wide = abs(sin) * box.half_width + abs(cos) * box.half_height
        bent = across + width * np.float32(0.25) * noise_at(
            mixed_seed(self.seed, 0), along / np.float32(0.5), across / (width * 3)
        )
        stroke = np.floor(bent / width + np.float32(0.5)).astype(np.int64)
        inside = np.abs(stroke) <= max(0, round(self.cover_share * half_wide / self.width - 0.5))
        starts, ends = (
            lattice(mixed_seed(self.seed, branch), stroke, np.zeros_like(stroke))
            for branch in (1, 2)
        )
        reach = np.float32(half_long * self.cover_share)
        left = -reach * (np.float32(0.85) + np.float32(0.15) * starts)
        right = reach * (np.float32(0.85) + np.float32(0.15) * ends)
        # bristles part towards the end of the stroke, and a little everywhere
        hair = np.float32(max(0.07 * self.width, 0.008))
        bristles = noise_at(mixed_seed(self.seed, 3), along / np.float32(0.6), across / hair)
        spent = np.clip((along - left) / np.maximum(right - left, 1e-3), 0.0, 1.0)
        dry = np.float32(self.dryness) * (spent * spent * np.float32(2.2)) - np.float32(0.9)
        ink = smoothstep(bristles - dry, -0.15, 0.15)
        ragged = np.float32(0.15) * width * bristles
        half = 1.5 / at.short_side
        tips = smoothstep(np.minimum(along - left, right - along) + ragged, -half, half)
        ink = np.where(inside, ink * tips, np.float32(0.0))
        return coverage * ink.astype(np.float32, copy=False)


class CropMask(Mask, tag="masking.crop", frozen=True):
    """Crop a layer to a format: a square, a print, a wide screen or a strip.

    Source: the crop tool of image editors.
    """

    format: Annotated[
        str, Choice(("1:1", "3:2", "2:3", "16:9", "4:1", "1:4")), "width to height of the crop"
    ]
    size: Annotated[
        float, amount(0.55, 1.0), "size of the crop, 1 as large as fits the layer's visible box"
    ]
    x: Annotated[float, Number(-1.0, 1.0), "place across the room that is left, -1 to 1"]
    y: Annotated[float, Number(-1.0, 1.0), "place down the room that is left, -1 to 1"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        box = extent_of(_visible(coverage, pixels), at)
        wide, high = (float(part) for part in self.format.split(":"))
        scale = self.size * min(box.half_width / wide, box.half_height / high)
        half_width, half_height = wide * scale, high * scale
        dx = xs - np.float32(box.x + self.x * (box.half_width - half_width))
        dy = ys - np.float32(box.y + self.y * (box.half_height - half_height))
        half = 0.5 / at.short_side
        return coverage * smoothstep(rectangle(dx, dy, half_width, half_height), -half, half)


class StripesMask(Mask, tag="masking.stripes", frozen=True):
    """Leave parallel stripes of a layer.

    Source: a square wave with smooth passages.
    """

    weight: ClassVar[float] = 0.6

    period: Annotated[float, length(0.03, 0.3), "distance from one stripe to the next"]
    angle: Annotated[float, angle(-90.0, 90.0), "across the stripes, 0 to the right, 90 down"]
    share: Annotated[float, amount(0.4, 0.85, neutral=1.0), "how much of each period is seen"]
    softness: Annotated[float, amount(0.0, 0.4), "width of the passages, as a share of the period"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        box = extent_of(_visible(coverage, pixels), at)
        radians = math.radians(self.angle)
        along = math.cos(radians) * (xs - box.x) + math.sin(radians) * (ys - box.y)
        phase = np.abs(np.mod(along / np.float32(self.period), 1.0) - np.float32(0.5))
        half = max(self.softness / 2, 1.0 / (self.period * at.short_side)) / 2
        # beyond what is drawn the gaps close, so that a share of 1 hides nothing
        edge = self.share / 2 + half * max(0.0, (self.share - 0.85) / 0.15)
        return coverage * (np.float32(1.0) - smoothstep(phase, edge - half, edge + half))


class TornEdge(Mask, tag="masking.torn", frozen=True):
    """Tear a layer's border off along an uneven line.

    Source: a threshold over fractal noise, Mandelbrot & Van Ness 1968.
    """

    inset: Annotated[float, length(0.01, 0.08), "how much is torn off at least"]
    roughness: Annotated[float, length(0.006, 0.05), "how far the tear strays"]
    detail: Annotated[float, length(0.04, 0.4), "size of the tear's largest bends"]
    seed: Annotated[int, Seed(), "which random tear"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        visible = _visible(coverage, pixels)
        # far from the border of the layer's own shape the blurred alpha is 1: measure from it
        reach = self.inset + 3.0 * self.roughness + 1.5 / at.short_side
        inner = blurred(np.minimum(visible, np.float32(1.0)), reach * at.short_side / 2)
        box = extent_of(visible, at)
        rim = rectangle(xs - box.x, ys - box.y, box.half_width, box.half_height)
        depth = np.minimum(rim, (inner - np.float32(0.5)) * np.float32(2.0 * reach))
        field = clouds(at, seed=self.seed, size=self.detail, octaves=5, gain=0.6)
        # the tear never strays as far as the depth at which a sheet counts as whole
        stray = np.clip(field, -1.8, 1.8) + np.float32(1.0)
        limit = np.float32(self.inset) + np.float32(self.roughness) * stray
        half = 0.75 / at.short_side
        return coverage * smoothstep(depth - limit, -half, half)


class CloudMask(Mask, tag="masking.clouds", frozen=True):
    """See a layer only in patches, as through drifting clouds.

    Source: a threshold over fractal noise, Mandelbrot & Van Ness 1968.
    """

    size: Annotated[float, length(0.15, 1.0), "size of the patches"]
    level: Annotated[
        float,
        Number(-1.0, 0.6, prior="center"),
        "how much is hidden, in standard deviations of the noise",
    ]
    softness: Annotated[
        float,
        Number(0.05, 1.5, prior="log"),
        "softness of the patches' edges, in standard deviations of the noise",
    ]
    seed: Annotated[int, Seed(), "which random clouds"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        field = clouds(at, seed=self.seed, size=self.size, octaves=5)
        half = self.softness / 2
        return coverage * smoothstep(field, self.level - half, self.level + half)


class LuminanceKey(Mask, tag="masking.luminance", frozen=True):
    """See only a layer's bright parts, or only its dark ones.

    Source: the luma key of video editors.
    """

    keep: Annotated[str, Choice(("bright", "dark")), "which parts stay"]
    level: Annotated[
        float, amount(0.15, 0.65), "share of the layer's own pixels that lie below the cut"
    ]
    softness: Annotated[float, Number(0.04, 0.6, prior="log", unit="luma"), "width of the fade"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        light = luma(straight_rgb(resolved(pixels, at)))
        seen = light[_visible(coverage, pixels) > 0.5]
        level = float(np.quantile(seen, self.level)) if seen.size else self.level
        kept = smoothstep(light, level - self.softness / 2, level + self.softness / 2)
        return coverage * (kept if self.keep == "bright" else np.float32(1.0) - kept)


class InvertMask(Mask, tag="masking.invert", frozen=True):
    """Hide what was seen of a layer, and show what was hidden by its masks so far.

    A layer of which nothing was hidden stays as it is.  Source: "invert" on a layer mask of image
    editors.
    """

    needs: ClassVar[frozenset[Trait]] = _MASK
    weight: ClassVar[float] = 0.15

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        if coverage.min(initial=1.0) > 0.99:
            return coverage.copy()
        inverse: Plane = np.float32(1.0) - coverage
        return inverse


class FeatherMask(Mask, tag="masking.feather", frozen=True):
    """Soften the edge of what is seen of a layer, fading inwards.

    Source: "feather" of image editors, with a Gaussian.
    """

    radius: Annotated[float, length(0.01, 0.1, neutral=0.0), "standard deviation of the blur"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        if self.radius * at.short_side < 0.05:
            return coverage.copy()
        visible = _visible(coverage, pixels)
        margin = math.ceil(3 * self.radius * at.short_side)
        wide = np.pad(visible, margin)
        soft = blurred(wide, self.radius * at.short_side)[
            margin : margin + at.height, margin : margin + at.width
        ]
        faded: Plane = coverage * np.clip(soft * np.float32(2.0) - np.float32(1.0), 0.0, 1.0)
        return faded


class ShrinkMask(Mask, tag="masking.shrink", frozen=True):
    """Shrink what is seen of a layer all round; the canvas's border counts as an edge too.

    Source: "shrink" of image editors, smooth: a blur cut at a level.
    """

    weight: ClassVar[float] = 0.4

    radius: Annotated[
        float, Number(0.0, 0.06, "away", "short side", neutral=0.0), "how far the edge moves in"
    ]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        radius_px = self.radius * at.short_side
        if radius_px < 0.05:
            return coverage.copy()
        margin = math.ceil(3 * radius_px) + 1
        hidden = np.float32(1.0) - np.pad(_visible(coverage, pixels), margin)
        kept = np.float32(1.0) - grown(hidden, radius_px)
        inner = kept[margin : margin + at.height, margin : margin + at.width]
        shrunk: Plane = np.minimum(coverage, np.clip(inner, np.float32(0.0), np.float32(1.0)))
        return shrunk


class GrowMask(Mask, tag="masking.grow", frozen=True):
    """Let a layer's masks cut away less, all round.

    A layer of which nothing was hidden stays as it is.  Source: "grow" of image editors, smooth: a
    blur cut at a level.
    """

    needs: ClassVar[frozenset[Trait]] = _MASK
    weight: ClassVar[float] = 0.1

    radius: Annotated[
        float, Number(0.0, 0.05, "away", "short side", neutral=0.0), "how far the edge moves out"
    ]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        visible = _visible(coverage, pixels)
        wide = np.minimum(grown(visible, self.radius * at.short_side), np.float32(1.0))
        return np.maximum(coverage, wide)
