"""A layer: content, where it lies, what is done to it, and how it joins what lies below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

import msgspec

from layerforge.model.step import Call
from layerforge.model.values import Color, LayerId, SourceId, Unit, Value

if TYPE_CHECKING:
    from layerforge.model.canvas import Canvas

BlendMode = Literal[
    "normal",
    "multiply",
    "screen",
    "overlay",
    "darken",
    "lighten",
    "color-dodge",
    "color-burn",
    "hard-light",
    "soft-light",
    "difference",
    "exclusion",
    "hue",
    "saturation",
    "color",
    "luminosity",
]
"""The blend modes of W3C Compositing and Blending Level 1, by their CSS names."""

BLEND_MODES: tuple[BlendMode, ...] = get_args(BlendMode)

Fit = Literal["cover", "contain"]

Finite = Annotated[float, msgspec.Meta(ge=-1e4, le=1e4)]


class Placement(Value, frozen=True, kw_only=True):
    """Where a picture lies.

    At scale 1 it covers the canvas, or is contained in it, as ``fit`` says; ``scale`` multiplies
    that.  ``x`` and ``y`` move its centre from the canvas's centre, in fractions of the canvas's
    short side, right and down; ``angle_deg`` turns it clockwise.  Flips come first.
    """

    fit: Fit = "cover"
    scale: Annotated[float, msgspec.Meta(gt=0.0, le=1e4)] = 1.0
    x: Finite = 0.0
    y: Finite = 0.0
    angle_deg: Finite = 0.0
    flip_horizontal: bool = False
    flip_vertical: bool = False


class Picture(Value, frozen=True, kw_only=True, tag="picture", tag_field="type"):
    """A source as content, cut out of its background where ``cutout`` says how."""

    source: SourceId
    cutout: Call | None = None


class Fill(Value, frozen=True, kw_only=True, tag="fill", tag_field="type"):
    """Colour as content: one colour, or a linear gradient to ``end`` at ``angle_deg``."""

    color: Color
    end: Color | None = None
    angle_deg: Finite = 0.0


class Nested(Value, frozen=True, kw_only=True, tag="nested", tag_field="type"):
    """A canvas as content."""

    canvas: Canvas


class Adjustment(Value, frozen=True, kw_only=True, tag="adjustment", tag_field="type"):
    """What lies beneath the layer as content: the layer's filters work on a copy of it.

    The placement has no meaning then.
    """


Content = Picture | Fill | Nested | Adjustment


class Layer(Value, frozen=True, kw_only=True):
    """One sheet of the artwork.

    Its content is placed, then goes through ``filters``, is cut by ``mask``, and joins what lies
    below with ``blend`` at ``opacity``.
    """

    id: LayerId
    name: str
    content: Content
    placement: Placement = Placement()
    filters: tuple[Call, ...] = ()
    mask: tuple[Call, ...] = ()
    blend: BlendMode = "normal"
    opacity: Unit = 1.0
    visible: bool = True
