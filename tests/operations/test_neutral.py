"""The values at which an operation changes nothing, or why there are none."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.model.step import Call, Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Operation, Structure
from layerforge.operations.parameters import Choice, Number, Scope, Whole, length
from layerforge.operations.pixels import Pixels
from layerforge.operations.registry import EXTRAS, build, toolbox
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import cut_out, drawn, noise_picture, photo, rendered

ADDS = "it adds a layer"
CUTS = "it always hides a part of the layer"
REDRAWS = "it draws the picture in another way and mixes nothing of it in"
REARRANGES = "it always shows the picture in another arrangement"

WITHOUT = {
    "layout.add_picture": ADDS,
    "layout.duplicate": ADDS,
    "layout.remove": "it takes the layer away",
    "layout.flip": "both ways of mirroring change the layer",
    "layout.add_color": "a ground is opaque, whatever its opacity on top would be",
    "layout.add_gradient": "a ground is opaque, whatever its opacity on top would be",
    "layout.adjust": "some of its effects, as the negative, know no half way",
    "repetition.ring": REARRANGES,
    "repetition.grid": REARRANGES,
    "repetition.spiral": REARRANGES,
    "repetition.scatter": REARRANGES,
    "repetition.nest": "one copy at the least lies in the middle",
    "repetition.tile": REARRANGES,
    "symmetry.mirror": "the mirror stands within the picture",
    "symmetry.kaleidoscope": REARRANGES,
    "symmetry.droste": REARRANGES,
    "slicing.torn": "two pieces at the least show a tear between them",
    "blending.knock_out": "it hides the layer",
    "masking.gradient": CUTS,
    "masking.shape": CUTS,
    "masking.polygon": CUTS,
    "masking.brush": CUTS,
    "masking.crop": "a format is that of a layer by chance only",
    "masking.torn": "the tear follows the border, however near",
    "masking.clouds": CUTS,
    "masking.luminance": "its level is a share of the layer, of which something is on each side",
    "masking.invert": "it has no parameters",
    "keying.color": "its level is a share of the layer, of which something is on each side",
    "keying.blend_if": "its level is a share of what lies below, of which something is cut off",
    "keying.matte": "what is seen comes from another layer",
    "cutout.subject": CUTS,
    "cutout.saliency": CUTS,
    "edges.sticker": "even the thinnest border fills in a soft edge",
    "tone.posterise": "a picture has more tones than it can keep",
    "tone.invert": "both kinds of negative change the picture",
    "palette.duotone": REDRAWS,
    "palette.limit": "a picture has more colours than it can keep",
    "warp.polar": REARRANGES,
    "warp.unroll": REARRANGES,
    "stylize.ink": "lines are drawn even where the picture is kept",
    "stylize.neon": REDRAWS,
    "stylize.mosaic": REDRAWS,
    "stylize.crosshatch": REDRAWS,
    "drawing.pencil": REDRAWS,
    "drawing.pointillism": REDRAWS,
    "drawing.stipple": REDRAWS,
    "tessellation.stained_glass": REDRAWS,
    "glitch.pixel_sort": "a run is a share of the picture, and no run has no length",
    "glitch.bit_crush": "a picture has more levels than it can keep",
    "glitch.jpeg": "even a good JPEG is saved at the samples of its blocks",
    "glitch.stretch": "the line lies within the picture",
    "spectral.pyramid": "beyond the line the layer gives way",
    "spectral.seamless": "only an oval of the layer is left",
}
"""Built-in operations without a neutral value, and why there is none: a new one has to choose."""

ALL = [one for one in toolbox().operations.values() if one.family() not in EXTRAS]
NEUTRAL = [one for one in ALL if one.neutral_values()]


def names(operation: type[Operation]) -> str:
    return operation.tag()


def still(operation: type[Operation], count: int) -> list[Operation]:
    """Operations at their neutral values, with the other parameters as drawn."""
    values = operation.neutral_values()
    return [msgspec.structs.replace(one, **values) for one in drawn(operation, count)]


def test_every_operation_has_neutral_values_or_a_reason_not_to() -> None:
    assert {one.tag() for one in ALL if not one.neutral_values()} == set(WITHOUT)


@pytest.mark.parametrize(
    "operation", [one for one in NEUTRAL if not issubclass(one, Structure)], ids=names
)
def test_neutral_values_are_where_the_operation_comes_to_nothing(
    operation: type[Operation],
) -> None:
    # asked directly, since they are never rendered; ways to other colours and back round a little
    for one in still(operation, 4):
        for given in (photo(96, 72), cut_out(96, 72), noise_picture(40, 30)):
            assert np.abs(rendered(one, given) - given).max() <= 1 / 255


class Photograph:
    """Gives the photograph for every id, or a part of it."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (96, 72)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return photo(96, 72) if source_id.startswith("a") else cut_out(96, 72)


@pytest.mark.parametrize("operation", NEUTRAL, ids=names)
def test_neutral_values_change_nothing_of_what_is_seen(operation: type[Operation]) -> None:
    placement = Placement(fit="contain", scale=0.8, x=0.1, angle_deg=30.0)
    piece = Layer(id="above", name="a", content=Picture(source="b" * 64), placement=placement)
    ground = Layer(id="below", name="b", content=Picture(source="a" * 64))
    canvas = Canvas(width=96, height=72, layers=(ground, piece))
    before = Renderer(Photograph()).render(canvas, width=96, height=72)
    target = None if operation.targets == "canvas" else "above"
    for one in still(operation, 3):
        assert isinstance(one, Structure) or one.is_neutral()
        after = apply_step(canvas, Step(operation=one.call(), target=target))
        pixels = Renderer(Photograph()).render(after, width=96, height=72)
        assert np.abs(pixels - before).max() <= 1e-6


@pytest.mark.parametrize("operation", NEUTRAL, ids=names)
def test_neutral_values_may_be_set_and_moved_away_from(operation: type[Operation]) -> None:
    (one,) = still(operation, 1)
    assert build(one.call()) == one
    rng, scope = np.random.default_rng(1), Scope(sources=("a" * 64,), layers=("below", "above"))
    assert one.jittered(noise=0.0, rng=rng, scope=scope) == one
    moved = one.jittered(noise=0.5, rng=rng, scope=scope)
    for name, parameter in operation.parameters().items():
        parameter.check(name, getattr(moved, name))


def test_a_neutral_value_beside_the_range_is_allowed_but_not_drawn() -> None:
    radius = length(0.01, 0.1, neutral=0.0)
    assert radius.bounds == (0.0, 0.1)
    assert radius.drawn == (0.01, 0.1)
    rng = np.random.default_rng(3)
    values = [radius.sample(rng, Scope()) for _ in range(200)]
    values += [radius.jitter(0.0, noise=0.1, rng=rng, scope=Scope()) for _ in range(200)]
    assert min(values) >= 0.01
    for value in (0.0, 0.004, 0.1):
        radius.check("radius", value)
    with pytest.raises(InvalidValue, match=r"radius must be in \[0, 0\.1\], got -0\.001"):
        radius.check("radius", -0.001)


def test_whole_numbers_and_words_have_neutral_values_too() -> None:
    rng = np.random.default_rng(3)
    count = Whole(2, 5, neutral=1)
    assert count.bounds == (1, 5)
    assert min(count.sample(rng, Scope()) for _ in range(100)) == 2
    order = Choice(("bgr", "grb"), neutral="rgb")
    assert order.choices == ("rgb", "bgr", "grb")
    order.check("order", "rgb")
    assert {order.sample(rng, Scope()) for _ in range(50)} == {"bgr", "grb"}


def test_a_prior_around_the_neutral_value_needs_it_in_range() -> None:
    for prior in ("center", "peak", "away"):
        with pytest.raises(ValueError, match=r"a prior around 0\.0 needs it between low and high"):
            Number(0.3, 1.0, prior, neutral=0.0)  # type: ignore[arg-type]


def test_a_median_begins_with_the_picture_itself() -> None:
    # under a pixel it is a mixture of the picture and the median of 3x3, in that share
    given = photo(96, 72)
    results = [
        rendered(build(Call(name="blur.median", parameters={"radius": share / 72})), given)
        for share in (0.0, 0.5, 1.0)
    ]
    assert np.abs(results[1] - (results[0] + results[2]) / 2).max() <= 1e-6
    assert np.abs(results[2] - given).max() > 0.05


def test_stripes_close_without_a_jump() -> None:
    given = photo(96, 72)
    seen = []
    for share in (0.4, 0.85, 0.95, 1.0):
        values = {"period": 1 / 6, "angle": 0.0, "share": share, "softness": 0.2}
        alpha = rendered(build(Call(name="masking.stripes", parameters=values)), given)[..., 3]
        seen.append(float(alpha.mean()))
    assert seen == sorted(seen)
    assert seen[0] == pytest.approx(0.4, abs=0.02)
    assert seen[1] == pytest.approx(0.85, abs=0.02)
    assert math.isclose(seen[3], 1.0)
