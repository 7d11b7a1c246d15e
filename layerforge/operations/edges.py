"""Edges: what is drawn around or along the cut-out edge of a layer.

Full sheets have no such edge.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import numpy as np

from layerforge.operations.operation import Filter, RenderContext, Target
from layerforge.operations.parameters import ColorValue, Trait, amount, angle, length
from layerforge.operations.pixels import Pixels, Plane, legal
from layerforge.operations.sampling import EMPTY, blurred, edge_px, transformed

Rgb = tuple[float, float, float]

_EDGE: frozenset[Trait] = frozenset({"edge"})


def _sheet(coverage: Plane, color: Rgb) -> Pixels:
    """One colour, seen as far as ``coverage`` says."""
    return coverage[..., None] * np.array([*color, 1.0], dtype=np.float32)


def _under(pixels: Pixels, sheet: Pixels) -> Pixels:
    """``pixels`` over ``sheet``."""
    return legal(pixels + sheet * (np.float32(1.0) - pixels[..., 3:]))


def grown(alpha: Plane, radius_px: float) -> Plane:
    """``alpha`` grown all round by ``radius_px``, with a smooth edge.

    Blurred by the radius and cut at the level that a straight edge has that far out.
    """
    if radius_px < 0.05:
        return alpha.copy()
    sigma = radius_px / 1.5
    level = 0.5 * math.erfc(1.5 / math.sqrt(2.0))
    # under a pixel the slope gives way, so that nothing far from the edge counts as inside
    slope = min(math.exp(-(1.5**2) / 2) / (math.sqrt(2.0 * math.pi) * sigma), 2.0 * level)
    return np.maximum(edge_px((blurred(alpha, sigma) - np.float32(level)) / slope), alpha)


class DropShadow(Filter, tag="edges.shadow", frozen=True):
    """Lay a soft shadow under a cut-out layer.

    Source: feDropShadow, W3C Filter Effects Level 1.
    """

    targets: ClassVar[Target] = "layer"
    needs: ClassVar[frozenset[Trait]] = _EDGE
    weight: ClassVar[float] = 0.8

    distance: Annotated[float, length(0.012, 0.07, prior="center"), "how far the shadow falls"]
    angle: Annotated[float, angle(20.0, 160.0), "which way it falls, 0 to the right, 90 down"]
    softness: Annotated[float, length(0.004, 0.05), "standard deviation of its blur"]
    opacity: Annotated[float, amount(0.0, 0.9, prior="away", neutral=0.0), "how dark it is"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radians = math.radians(self.angle)
        shift = self.distance * np.array([math.cos(radians), math.sin(radians)])
        matrix = np.column_stack([np.eye(2), shift])
        alpha = np.ascontiguousarray(pixels[..., 3])
        fallen = transformed(alpha, matrix, unit_px=at.short_side, border=EMPTY)
        soft = clear_blur(fallen, self.softness * at.short_side)
        return _under(pixels, _sheet(soft * np.float32(self.opacity), (0.03, 0.02, 0.05)))


class StickerEdge(Filter, tag="edges.sticker", frozen=True):
    """Leave a border of one colour around a cut-out layer, as on a sticker or cut paper.

    Source: the "stroke" layer style of Photoshop, outside.
    """

    targets: ClassVar[Target] = "layer"
    needs: ClassVar[frozenset[Trait]] = _EDGE
    weight: ClassVar[float] = 0.7

    width: Annotated[float, length(0.006, 0.03), "width of the border"]
    color: Annotated[Rgb, ColorValue((0.8, 0.99), 0.08), "colour of the border"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        alpha = np.ascontiguousarray(pixels[..., 3])
        return _under(pixels, _sheet(grown(alpha, self.width * at.short_side), self.color))


class OuterGlow(Filter, tag="edges.glow", frozen=True):
    """Let a cut-out layer glow in one colour.

    Source: the "outer glow" layer style of Photoshop.
    """

    targets: ClassVar[Target] = "layer"
    needs: ClassVar[frozenset[Trait]] = _EDGE
    weight: ClassVar[float] = 0.6

    reach: Annotated[float, length(0.01, 0.08), "standard deviation of the glow's blur"]
    color: Annotated[Rgb, ColorValue((0.7, 0.97), 0.16), "colour of the light"]
    opacity: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how strong the light is"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        alpha = np.ascontiguousarray(pixels[..., 3])
        soft = np.sqrt(clear_blur(alpha, self.reach * at.short_side))
        return _under(pixels, _sheet(soft * np.float32(self.opacity), self.color))


class InnerGlow(Filter, tag="edges.inner_glow", frozen=True):
    """Let light of one colour come in along the inside of a cut-out layer's edge.

    The canvas's border counts as an edge too.  Source: the "inner glow" layer style of Photoshop,
    joined by the screen formula.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.5

    reach: Annotated[float, length(0.012, 0.12), "standard deviation of the blur"]
    color: Annotated[Rgb, ColorValue((0.6, 0.95), 0.18), "colour of the light"]
    opacity: Annotated[
        float, amount(0.0, 0.9, prior="away", neutral=0.0), "how strong the light is"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        inside = clear_blur(np.ascontiguousarray(pixels[..., 3]), self.reach * at.short_side)
        shine = np.clip(np.float32(2.0) * (np.float32(1.0) - inside), 0.0, 1.0)
        light = (shine * np.float32(self.opacity))[..., None] * np.array(self.color, np.float32)
        out = pixels.copy()
        out[..., :3] += light * (pixels[..., 3:] - pixels[..., :3])
        return legal(out)


class InnerShadow(Filter, tag="edges.inner_shadow", frozen=True):
    """Darken a layer along the inside of its edge, as if it lay in a window.

    The canvas's border counts as an edge too.  Source: the "inner shadow" layer style of Photoshop.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.6

    reach: Annotated[float, length(0.01, 0.12), "standard deviation of the blur"]
    opacity: Annotated[float, amount(0.0, 0.9, prior="away", neutral=0.0), "how dark the edge is"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        inside = clear_blur(np.ascontiguousarray(pixels[..., 3]), self.reach * at.short_side)
        dark = np.float32(2.0 * self.opacity) * (np.float32(1.0) - inside)
        keep = np.clip(np.float32(1.0) - dark, np.float32(0.0), np.float32(1.0))
        out = pixels.copy()
        out[..., :3] *= keep[..., None]
        return out


def clear_blur(plane: Plane, sigma_px: float) -> Plane:
    """Gaussian blur with nothing beyond the canvas's border."""
    margin = math.ceil(3 * sigma_px) + 1
    height, width = plane.shape
    wide = np.zeros((height + 2 * margin, width + 2 * margin), dtype=np.float32)
    wide[margin:-margin, margin:-margin] = plane
    soft = blurred(wide, sigma_px)[margin:-margin, margin:-margin]
    return np.clip(soft, np.float32(0.0), np.float32(1.0))
