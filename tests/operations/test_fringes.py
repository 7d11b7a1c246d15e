"""No fringe at the edge of a cut-out: what is of one colour becomes of one colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layerforge.operations.glitch import TapeWarp
from layerforge.operations.operation import Operation, Structure
from layerforge.operations.pixels import Pixels
from layerforge.operations.registry import toolbox
from tests.operations.pictures import context, drawn, read_only, rendered

WIDTH, HEIGHT = 96, 72
LIMIT = 4 / 255
"""How far the straight colour of a pixel may lie from what it is without an edge."""
SEEN = 0.1
"""The least coverage of a pixel whose colour counts."""
COLORS = (
    (0.8, 0.45, 0.2),
    (0.95, 0.93, 0.9),
    (0.1, 0.15, 0.3),
    (0.5, 0.5, 0.5),
    (0.2, 0.7, 0.4),
    (0.03, 0.03, 0.03),
)

Rgb = tuple[float, float, float]
BLACK, WHITE, SHADOW = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.03, 0.02, 0.05)


def _faceted(one: Any, color: Rgb) -> list[Rgb]:
    """The darkest and the lightest facet of low-poly's."""
    reach = 0.35 * one.light
    return [tuple(min(c * gain, 1.0) for c in color) for gain in (1 - reach, 1 + reach)]


# What draws along the edge, or by it, on purpose: why, and what colours it may draw with.
ON_PURPOSE: dict[str, tuple[str, Callable[[Any, Rgb], list[Rgb]]]] = {
    "edges.shadow": ("a shadow lies under the edge", lambda one, _: [SHADOW]),
    "edges.sticker": ("a border runs along the edge", lambda one, _: [one.color]),
    "edges.glow": ("light shines out from the edge", lambda one, _: [one.color]),
    "edges.inner_glow": ("light shines in from the edge", lambda one, _: [WHITE]),
    "edges.inner_shadow": ("the rim lies in shadow", lambda one, _: [BLACK]),
    "slicing.torn": ("torn paper is white and casts shadows", lambda one, _: [WHITE, BLACK]),
    "glitch.channel_shift": ("seams of one channel are the effect", lambda one, _: [BLACK]),
    "glitch.aberration": ("seams of one channel are the effect", lambda one, _: [BLACK]),
    "tessellation.low_poly": ("triangles seek the edge, each with its light", _faceted),
}
KEEP_ALPHA = ("edges.inner_glow", "edges.inner_shadow", "tessellation.low_poly")
KEEP_THE_WHOLE = ("edges.shadow", "edges.sticker", "edges.glow")

PIXELWISE = [one for one in toolbox().operations.values() if not issubclass(one, Structure)]
STRICT = [one for one in PIXELWISE if one.tag() not in ON_PURPOSE]
LOOSE = [one for one in PIXELWISE if one.tag() in ON_PURPOSE]


def names(operation: type[Operation]) -> str:
    return operation.tag()


def soft_shape() -> np.ndarray:
    """Coverage of a disc with a soft edge, and four arms that reach the canvas's borders.

    So the box in which it is seen is the canvas, as it is without edges.
    """
    xs, ys = context(np.zeros((HEIGHT, WIDTH, 4), dtype=np.float32)).grid()
    disc = 0.3 - np.hypot(xs - 0.1, ys + 0.05)
    arms = 0.06 - np.minimum(np.abs(xs), np.abs(ys))
    return np.clip(np.maximum(disc, arms) * 12.0 + 0.5, 0.0, 1.0).astype(np.float32)


SHAPE = soft_shape()


def sheet(color: Rgb, alpha: np.ndarray) -> Pixels:
    return read_only(alpha[..., None] * np.array([*color, 1.0], dtype=np.float32))


def straight(pixels: Pixels) -> np.ndarray:
    return pixels[..., :3] / np.maximum(pixels[..., 3:], np.float32(1e-6))


def cases(operation: type[Operation]) -> list[tuple[Operation, Rgb, Pixels, Pixels]]:
    """Sampled operations with a colour each, and what they make of a cut-out and of all of it.

    Other layers are of the same colour.
    """
    found = []
    count = 2 if operation.family() == "gmic" else len(COLORS)  # slow ones less often
    for one, color in zip(drawn(operation, count), COLORS[:count], strict=True):
        given, whole = sheet(color, SHAPE), sheet(color, np.ones_like(SHAPE))
        at = replace(context(given), layer=lambda _, other=whole: other, below=lambda w=whole: w)
        found.append((one, color, rendered(one, given, at), rendered(one, whole, at)))
    return found


def fringe(got: Pixels, want: Pixels) -> float:
    """The largest distance between the colours of pixels that both show."""
    seen = (got[..., 3] > SEEN) & (want[..., 3] > SEEN)
    apart = np.abs(straight(got) - straight(want)).max(axis=-1)
    return float(apart[seen].max(initial=0.0))


@pytest.mark.parametrize("operation", STRICT, ids=names)
def test_a_cut_out_of_one_colour_has_no_fringe(operation: type[Operation]) -> None:
    for one, color, got, want in cases(operation):
        assert fringe(got, want) <= LIMIT, (one, color)


@pytest.mark.parametrize("operation", LOOSE, ids=names)
def test_what_draws_edges_on_purpose_uses_its_own_colours(operation: type[Operation]) -> None:
    _, colors = ON_PURPOSE[operation.tag()]
    drawn_there = 0.0
    for one, color, got, want in cases(operation):
        drawn_there = max(drawn_there, fringe(got, want))
        allowed = np.array([color, *colors(one, color)])
        seen = straight(got)[got[..., 3] > SEEN]
        assert (seen >= allowed.min(axis=0) - LIMIT).all(), (one, color)
        assert (seen <= allowed.max(axis=0) + LIMIT).all(), (one, color)
        if operation.tag() in KEEP_ALPHA:
            assert np.array_equal(got[..., 3], SHAPE)
        if operation.tag() in KEEP_THE_WHOLE:
            solid = SHAPE == 1.0
            assert np.abs(got - sheet(color, SHAPE))[solid].max() <= 1e-6
    assert drawn_there > LIMIT  # else it has no place in the list


def test_every_exception_is_in_the_box() -> None:
    assert set(ON_PURPOSE) <= set(toolbox().operations)


def test_colour_that_arrives_late_comes_from_no_transparent_place() -> None:
    """The tape's colour runs in from the left, where nothing is: it keeps its own then."""
    color = (0.2, 0.7, 0.4)
    given = sheet(color, SHAPE)
    got = rendered(TapeWarp(wobble=0.0, bleed=0.04, seed=1), given)
    assert np.abs(got - given).max() <= 1 / 255
