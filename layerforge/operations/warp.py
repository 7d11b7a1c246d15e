"""Warping: the picture bent.  Places count from the middle of what is seen."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.fields import lattice, mixed_seed, noise
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.operation import Filter, RenderContext, Target
from layerforge.operations.parameters import Number, Seed, Toggle, angle, length, position
from layerforge.operations.pixels import Pixels, Plane, legal, luma, smoothstep
from layerforge.operations.sampling import EMPTY, blurred, sampled_at
from layerforge.operations.shapes import extent_of

_ONE = np.float32(1.0)


def _about(pixels: Pixels, at: RenderContext, x: float, y: float) -> tuple[Plane, Plane, Plane]:
    """Offsets from (x, y) off the middle of what is seen, and their length; all (H, W)."""
    xs, ys = at.grid()
    box = extent_of(pixels[..., 3], at)
    dx, dy = xs - np.float32(box.x + x), ys - np.float32(box.y + y)
    return dx, dy, np.sqrt(dx * dx + dy * dy)


class Swirl(Filter, tag="warp.swirl", frozen=True):
    """Stir the picture around a point.

    Source: the "swirl" of ImageMagick, with a soft rim.
    """

    sheets: ClassVar[float] = 8

    angle: Annotated[
        float,
        Number(-300.0, 300.0, "away", "deg", neutral=0.0),
        "turn in the middle, clockwise, falling to nothing at the radius",
    ]
    radius: Annotated[float, length(0.25, 1.0), "how far it reaches"]
    x: Annotated[float, position(0.4), "place of the point, right of the middle of what is seen"]
    y: Annotated[float, position(0.4), "place of the point, below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        dx, dy, away = _about(pixels, at, self.x, self.y)
        near = np.maximum(_ONE - away / np.float32(self.radius), np.float32(0.0))
        turn = np.float32(-math.radians(self.angle)) * near * near
        cos, sin = np.cos(turn), np.sin(turn)
        return sampled_at(
            pixels, xs + (cos * dx - sin * dy - dx), ys + (sin * dx + cos * dy - dy), at
        )


class Ripple(Filter, tag="warp.ripple", frozen=True):
    """Bend the picture in rings, as a stone in water does.

    Source: a sine of the radius, as "waves" of GIMP.
    """

    height: Annotated[
        float, Number(0.0, 0.03, "away", "short side", neutral=0.0), "how far places move"
    ]
    period: Annotated[float, length(0.06, 0.35), "distance from ring to ring"]
    phase: Annotated[float, angle(), "phase of the wave in the middle"]
    x: Annotated[float, position(0.4), "place of the stone, right of the middle of what is seen"]
    y: Annotated[float, position(0.4), "place of the stone, below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        dx, dy, away = _about(pixels, at, self.x, self.y)
        wave = np.sin(away * np.float32(2 * math.pi / self.period) + math.radians(self.phase))
        # short waves are lower, so that the picture hardly folds over
        height = np.float32(min(self.height, self.period / 5))
        moved = height * wave / np.maximum(away, np.float32(self.period / 4))
        return sampled_at(pixels, xs + dx * moved, ys + dy * moved, at)


class Wave(Filter, tag="warp.wave", frozen=True):
    """Bend the picture in parallel waves.

    Source: a shear by a sine, as "wave" of ImageMagick.
    """

    height: Annotated[
        float,
        Number(0.0, 0.08, "away", "short side", neutral=0.0),
        "how far places move, across the waves' way",
    ]
    period: Annotated[float, length(0.12, 1.0), "distance from wave to wave"]
    angle: Annotated[float, angle(-90.0, 90.0), "which way the waves run, 0 across, 90 upright"]
    phase: Annotated[float, angle(), "phase of the wave in the middle"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        along = np.float32(cos) * xs + np.float32(sin) * ys
        wave = np.sin(along * np.float32(2 * math.pi / self.period) + math.radians(self.phase))
        # short waves are lower, so that the picture never folds over
        moved = np.float32(min(self.height, self.period / 4)) * wave
        return sampled_at(pixels, xs - np.float32(sin) * moved, ys + np.float32(cos) * moved, at)


class Bulge(Filter, tag="warp.bulge", frozen=True):
    """Swell the picture around a point, or pinch it (below 0).

    Source: the "pinch" of image editors, "implode" of ImageMagick.
    """

    strength: Annotated[
        float, Number(-0.8, 0.8, "away", neutral=0.0), "how much it swells, below 0 is pinched"
    ]
    radius: Annotated[float, length(0.2, 0.8, prior="uniform"), "how far it reaches"]
    x: Annotated[float, position(0.4), "place of the point, right of the middle of what is seen"]
    y: Annotated[float, position(0.4), "place of the point, below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        dx, dy, away = _about(pixels, at, self.x, self.y)
        inside = np.minimum(away / np.float32(self.radius), _ONE)
        near = _ONE - smoothstep(inside, 0.0, 1.0)
        # swelling shows less of the source in the same place, pinching more; that any stronger
        # would fold it over
        power = 2.8 if self.strength > 0.0 else 1.6
        closer = np.exp2(np.float32(-power * self.strength) * near) - _ONE
        return sampled_at(pixels, xs + dx * closer, ys + dy * closer, at)


class LensDistortion(Filter, tag="warp.lens", frozen=True):
    """Bend straight lines outwards (above 0, barrel) or inwards (pincushion).

    Source: the first radial term of Brown 1966.
    """

    texture_like: ClassVar[bool] = True

    strength: Annotated[
        float, Number(-0.6, 1.2, "away", neutral=0.0), "how much lines bend at the corners"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        dx, dy, away = _about(pixels, at, 0.0, 0.0)
        strength = np.float32(self.strength)
        corner = np.float32(max(float(away.max()), 1e-6))
        reach = away / corner
        # pincushion zooms in, so that no border comes into view
        keep = _ONE if self.strength < 0 else _ONE / (_ONE + strength)
        bend = keep * (_ONE + strength * reach * reach) - _ONE
        return sampled_at(pixels, xs + dx * bend, ys + dy * bend, at)


class Polar(Filter, tag="warp.polar", frozen=True):
    """Roll the picture up around its middle: a little planet, or (outwards) a tunnel.

    The picture is rolled up with its mirror image, so no seam shows.  Source: "polar coordinates"
    of image editors.
    """

    weight: ClassVar[float] = 0.5

    turn: Annotated[float, angle(), "where the seam of the roll lies"]
    zoom: Annotated[float, Number(0.6, 1.6, prior="log"), "how large the planet is"]
    outwards: Annotated[bool, Toggle(0.5), "whether the lower edge lies outside, as in a tunnel"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        dx, dy, away = _about(pixels, at, 0.0, 0.0)
        box = extent_of(pixels[..., 3], at)
        bearing = np.arctan2(dx, dy) + np.float32(math.radians(self.turn))
        around = np.abs(np.mod(bearing / np.float32(math.pi), 2.0) - _ONE)  # 0..1 and back
        depth = np.minimum(away / np.float32(self.zoom * max(box.half_short, 1e-3)), 2.0) - _ONE
        down = depth if self.outwards else -depth
        xs = np.float32(box.x) + (around * 2 - _ONE) * np.float32(box.half_width)
        ys = np.float32(box.y) + down * np.float32(box.half_height)
        return sampled_at(pixels, xs, ys, at)


class Unroll(Filter, tag="warp.unroll", frozen=True):
    """Unroll the picture: what lies around its middle comes to lie side by side.

    Source: polar to rectangular coordinates.
    """

    weight: ClassVar[float] = 0.4
    enlarges: ClassVar[bool] = True

    turn: Annotated[float, angle(), "where it is cut open"]
    reach: Annotated[
        float, Number(0.8, 1.6, prior="log"), "how much of the way to the edge is unrolled"
    ]
    middle_up: Annotated[bool, Toggle(0.5), "whether its middle comes to lie along the upper edge"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        around = (xs - np.float32(box.x)) / np.float32(max(box.half_width, 1e-3))
        down = (ys - np.float32(box.y)) / np.float32(max(box.half_height, 1e-3))
        depth = (down if self.middle_up else -down) * np.float32(0.5) + np.float32(0.5)
        # the innermost part would be drawn out to plain stripes, so leave it out
        radius = np.float32(self.reach) * (np.float32(0.12) + np.float32(0.88) * depth)
        bearing = around * np.float32(math.pi) + np.float32(math.radians(self.turn))
        x = np.float32(box.x) + radius * np.cos(bearing) * np.float32(box.half_width)
        y = np.float32(box.y) + radius * np.sin(bearing) * np.float32(box.half_height)
        return sampled_at(pixels, x, y, at)


class MeshWarp(Filter, tag="warp.mesh", frozen=True):
    """Lay the picture on a net of squares and push the net's knots about.

    Source: mesh warping, Wolberg 1990, "Digital image warping", bilinear between the knots.
    """

    size: Annotated[float, length(0.1, 0.4), "side of a square"]
    reach: Annotated[
        float, Number(0.0, 0.45, "away", neutral=0.0), "how far knots move, as a share of a square"
    ]
    seed: Annotated[int, Seed(), "which random pushes"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        size = np.float32(self.size)
        across, down = xs[:1] / size, ys[:, :1] / size
        left, top = np.floor(across), np.floor(down)
        share_x, share_y = across - left, down - top
        columns, rows = left.astype(np.int64), top.astype(np.int64)
        moved = []
        for branch in (0, 1):
            seed = mixed_seed(self.seed, branch)
            upper = lattice(seed, columns, rows) * (_ONE - share_x)
            upper += lattice(seed, columns + 1, rows) * share_x
            lower = lattice(seed, columns, rows + 1) * (_ONE - share_x)
            lower += lattice(seed, columns + 1, rows + 1) * share_x
            moved.append(upper + (lower - upper) * share_y)
        reach = np.float32(self.reach) * size
        return sampled_at(pixels, xs + reach * moved[0], ys + reach * moved[1], at)


def _displaced(
    pixels: Pixels, sheet: Pixels, at: RenderContext, *, reach: float, smooth: float
) -> Pixels:
    """``pixels`` moved along the slope of the light of ``sheet``, as cloth over relief."""
    seen = luma(sheet[..., :3]) + (_ONE - sheet[..., 3]) * np.float32(0.5)
    height = blurred(seen, smooth * at.short_side)
    # the slope over one blur's width, in canvas coordinates; a tone of 1 over it moves by reach
    step = max(1.0, smooth * at.short_side)
    slope_x, slope_y = (
        np.asarray(
            cv2.Sobel(height, cv2.CV_32F, way[0], way[1], ksize=3, borderType=cv2.BORDER_REPLICATE)
        )
        * np.float32(step / 8.0)
        for way in ((1, 0), (0, 1))
    )
    xs, ys = at.grid()
    far = np.float32(3.0 * reach)
    return sampled_at(pixels, xs + far * slope_x, ys + far * slope_y, at)


class Displacement(Filter, tag="warp.displace", frozen=True):
    """Displace the picture by the relief of another layer's light.

    Source: the displacement maps of image editors, along the map's gradient.
    """

    weight: ClassVar[float] = 0.7

    layer: Annotated[str, LayerRef(), "the layer whose light is the relief"]
    reach: Annotated[
        float,
        Number(0.0, 0.2, "away", "short side", neutral=0.0),
        "how far a slope from black to white moves it",
    ]
    smooth: Annotated[float, length(0.006, 0.04), "how coarse the relief is"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        sheet = at.layer(self.layer)
        return _displaced(pixels, sheet, at, reach=self.reach, smooth=self.smooth)


class Drape(Filter, tag="warp.drape", frozen=True):
    """Drape a layer over the relief of what lies below it, as a print on crumpled cloth.

    Source: the displacement maps of image editors, along the gradient of what lies below.
    """

    targets: ClassVar[Target] = "layer"
    reads_below: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7

    reach: Annotated[
        float,
        Number(0.0, 0.2, "away", "short side", neutral=0.0),
        "how far a slope from black to white moves it",
    ]
    smooth: Annotated[float, length(0.006, 0.04), "how coarse the relief is"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return _displaced(pixels, at.below(), at, reach=self.reach, smooth=self.smooth)


class Flow(Filter, tag="warp.flow", frozen=True):
    """Let the picture run along a smooth random current.

    Source: domain distortion by noise, Musgrave in Ebert et al., "Texturing and modeling".
    """

    reach: Annotated[
        float,
        Number(0.0, 0.12, "away", "short side", neutral=0.0),
        "how far places move, a standard deviation",
    ]
    size: Annotated[float, length(0.12, 0.8), "size of the eddies"]
    seed: Annotated[int, Seed(), "which random current"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        # small eddies move less, so that the picture never folds over
        reach = np.float32(min(self.reach, self.size / 3))
        east = noise(at, seed=mixed_seed(self.seed, 0), size=self.size)
        south = noise(at, seed=mixed_seed(self.seed, 1), size=self.size)
        return sampled_at(pixels, xs + reach * east, ys + reach * south, at)


class FrostedGlass(Filter, tag="warp.frosted", frozen=True):
    """See the picture through uneven glass.

    Source: displacement by noise, as feTurbulence and feDisplacementMap, W3C Filter Effects Level
    1.
    """

    weight: ClassVar[float] = 0.6

    size: Annotated[float, length(0.008, 0.06), "size of the glass's grains"]
    reach: Annotated[
        float,
        Number(0.0, 0.03, "away", "short side", neutral=0.0),
        "how far the grains move places",
    ]
    seed: Annotated[int, Seed(), "which random grains"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        east = noise(at, seed=mixed_seed(self.seed, 0), size=self.size)
        south = noise(at, seed=mixed_seed(self.seed, 1), size=self.size)
        reach = np.float32(min(self.reach, 0.6 * self.size))
        return sampled_at(pixels, xs + reach * east, ys + reach * south, at)


class Perspective(Filter, tag="warp.perspective", frozen=True):
    """Tilt a layer away, so that it is seen in perspective.

    Source: the projective map, Heckbert 1989, "Fundamentals of texture mapping and image warping".
    """

    targets: ClassVar[Target] = "layer"

    across: Annotated[
        float,
        Number(-0.6, 0.6, "away", neutral=0.0),
        "how much smaller its right side becomes, below 0 its left one",
    ]
    down: Annotated[
        float,
        Number(-0.6, 0.6, "away", neutral=0.0),
        "how much smaller its lower side becomes, below 0 its upper one",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        unit = at.short_side
        half = max(box.half_short, 1e-3) * unit
        middle = (at.width / 2 - 0.5 + box.x * unit, at.height / 2 - 0.5 + box.y * unit)
        to_middle = np.array([[1.0, 0.0, -middle[0]], [0.0, 1.0, -middle[1]], [0.0, 0.0, 1.0]])
        tilt = np.eye(3)
        tilt[2, :2] = [self.across / (2 * half), self.down / (2 * half)]
        # keep the far ends from crossing the horizon on wide layers
        far = abs(tilt[2, 0]) * box.half_width * unit + abs(tilt[2, 1]) * box.half_height * unit
        tilt[2, :2] *= min(1.0, 0.7 / max(far, 1e-6))
        matrix = np.linalg.inv(to_middle) @ tilt @ to_middle
        tilted = cv2.warpPerspective(
            pixels,
            matrix,
            (at.width, at.height),
            flags=cv2.INTER_LINEAR,
            borderMode=EMPTY,
            borderValue=(0, 0, 0, 0),
        )
        return legal(np.asarray(tilted, dtype=np.float32))
