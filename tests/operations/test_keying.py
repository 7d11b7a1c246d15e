"""What is seen of a layer by colour, by light, or by another layer."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Fill, Layer
from layerforge.model.step import Step
from layerforge.operations.blending import KnockOut, Visibility
from layerforge.operations.fold import apply_step
from layerforge.operations.keying import BlendIf, ColorKey, TrackMatte
from layerforge.operations.operation import Mask
from layerforge.operations.pixels import Pixels, Plane, from_oklab
from tests.operations.pictures import context, flat, photo


def halves(left: tuple[float, ...], right: tuple[float, ...], share: float = 0.5) -> Pixels:
    pixels = np.empty((20, 40, 4), dtype=np.float32)
    edge = round(40 * share)
    pixels[:, :edge], pixels[:, edge:] = left, right
    return pixels


RED, BLUE = (0.9, 0.1, 0.1, 1.0), (0.1, 0.2, 0.9, 1.0)
BLACK, WHITE, CLEAR = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0)


def covered(mask: Mask, pixels: Pixels, other: Pixels) -> Plane:
    at = dataclasses.replace(context(pixels), layer=lambda name: other, below=lambda: other)
    return mask.cover(np.ones(pixels.shape[:2], dtype=np.float32), pixels, at)


def test_a_colour_key_tells_red_from_blue() -> None:
    pixels = halves(RED, BLUE, 0.3)
    # Oklab puts sRGB red near 29 degrees and blue near 264
    near = ColorKey(hue=29.0, keep="near", share=0.4, softness=0.02)
    far = ColorKey(hue=-96.0, keep="far", share=0.4, softness=0.02)
    for mask in (near, far):
        coverage = covered(mask, pixels, pixels)
        assert coverage[:, :12].min() > 0.4
        assert coverage[:, :12].mean() > coverage[:, 12:].mean() + 0.4


@pytest.mark.parametrize("hue", [0.0, 90.0, 180.0, -90.0])
def test_a_colour_key_finds_each_hue(hue: float) -> None:
    """Four bars of one lightness and chroma, a quarter turn of hue apart in Oklch."""
    hues = (0.0, 90.0, 180.0, -90.0)
    pixels = np.ones((20, 40, 4), dtype=np.float32)
    for number, one in enumerate(hues):
        radians = np.radians(one)
        lab = np.float32([0.6, 0.09 * np.cos(radians), 0.09 * np.sin(radians)])
        pixels[:, 10 * number : 10 * number + 10, :3] = from_oklab(lab)
    coverage = covered(ColorKey(hue=hue, keep="near", share=0.25, softness=0.02), pixels, pixels)
    bars = coverage.reshape(20, 4, 10)[:, :, 2:-2].mean(axis=(0, 2))
    assert int(np.argmax(bars)) == hues.index(hue)
    assert np.sort(bars)[-2] < bars.max() - 0.4


@pytest.mark.parametrize("share", [0.25, 0.4, 0.6])
def test_a_colour_key_always_leaves_its_share(share: float) -> None:
    pixels = photo(120, 80)
    for hue in (-170.0, -60.0, 20.0, 110.0):
        mask = ColorKey(hue=hue, keep="near", share=share, softness=0.01)
        assert covered(mask, pixels, pixels).mean() == pytest.approx(share, abs=0.03)


def test_blend_if_looks_at_what_lies_below() -> None:
    below = halves(BLACK, WHITE)
    sheet = flat(40, 20)
    bright = covered(BlendIf(keep="bright", level=0.5, softness=0.05), sheet, below)
    dark = covered(BlendIf(keep="dark", level=0.5, softness=0.05), sheet, below)
    assert bright[:, 25:].mean() > bright[:, :15].mean() + 0.4
    assert dark[:, :15].mean() > dark[:, 25:].mean() + 0.4


def test_a_matte_takes_the_other_layers_shape() -> None:
    other = halves(RED, CLEAR)
    sheet = flat(40, 20)
    inside = covered(TrackMatte(layer="o", by="shape", keep="inside"), sheet, other)
    assert np.array_equal(inside, other[..., 3])
    outside = covered(TrackMatte(layer="o", by="shape", keep="outside"), sheet, other)
    assert np.array_equal(outside, 1 - other[..., 3])


def test_a_matte_of_a_full_sheet_takes_its_light() -> None:
    other = halves(BLACK, WHITE)
    for by in ("shape", "light"):
        inside = covered(TrackMatte(layer="o", by=by, keep="inside"), flat(40, 20), other)
        assert inside[:, :20].max() == 0.0
        assert inside[:, 20:].min() == 1.0


def canvas(*names: str) -> Canvas:
    layers = tuple(Layer(id=name, name=name, content=Fill(color=(0.2, 0.4, 0.6))) for name in names)
    return Canvas(width=8, height=8, layers=layers)


def test_knocking_out_masks_what_lies_between_and_hides_the_cutter() -> None:
    shallow = Step(operation=KnockOut(depth="shallow").call(), target="d")
    deep = Step(operation=KnockOut(depth="deep").call(), target="d")
    once = apply_step(canvas("a", "b", "c", "d"), shallow)
    assert [bool(layer.mask) for layer in once.layers] == [False, False, True, False]
    through = apply_step(canvas("a", "b", "c", "d"), deep)
    assert [bool(layer.mask) for layer in through.layers] == [False, True, True, False]
    assert not through.layer("d").visible
    with pytest.raises(StepDoesNotApply, match="no two layers"):
        apply_step(canvas("a", "d"), deep)


def test_a_layer_is_hidden_and_shown() -> None:
    hide, show = (
        Step(operation=Visibility(visible=one).call(), target="a") for one in (False, True)
    )
    hidden = apply_step(canvas("a"), hide)
    assert not hidden.layer("a").visible
    assert apply_step(hidden, show) == canvas("a")
