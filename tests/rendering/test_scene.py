"""Layers that look at other layers, and the fingerprints that go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar

import msgspec
import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.layer import Adjustment, Fill, Layer, Nested
from layerforge.model.step import Call
from layerforge.model.values import Color
from layerforge.operations import registry
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.operation import Filter, RenderContext, Target
from layerforge.operations.pixels import Pixels
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import no_source


class Mix(Filter, tag="trial.mix", frozen=True):
    """Mix with another layer, half and half."""

    other: Annotated[str, LayerRef()]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return (pixels + at.layer(self.other)) * np.float32(0.5)


class Peek(Filter, tag="trial.peek", frozen=True):
    """Show what lies below, turned over."""

    targets: ClassVar[Target] = "layer"
    reads_below: ClassVar[bool] = True

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        out = pixels.copy()
        out[..., :3] = 1.0 - at.below()[..., :3]
        return out


class Spy(Filter, tag="trial.spy", frozen=True):
    """Look at a layer without saying so."""

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return at.layer("a") * 1.0


class Sneak(Filter, tag="trial.sneak", frozen=True):
    """Look below without saying so."""

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return at.below() * 1.0


class Tally(Filter, tag="trial.tally", frozen=True):
    """Count how often it works; changes nothing."""

    count: ClassVar[list[int]] = []

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        self.count.append(1)
        return pixels * 1.0


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(registry.toolbox().operations)
    known.update({one.tag(): one for one in (Mix, Peek, Spy, Sneak, Tally)})
    box = registry.Toolbox(operations=known)
    monkeypatch.setattr(registry, "toolbox", lambda: box)
    monkeypatch.setattr("layerforge.operations.references.toolbox", lambda: box)


class NoSources:
    def size(self, source_id: str) -> tuple[int, int]:
        raise AssertionError(source_id)

    pixels = staticmethod(no_source)


def sheet(name: str, color: Color, *filters: Filter, visible: bool = True) -> Layer:
    calls = tuple(one.call() for one in filters)
    return Layer(id=name, name=name, content=Fill(color=color), filters=calls, visible=visible)


def rendered(canvas: Canvas, cache: RenderCache | None = None) -> list[float]:
    pixels = Renderer(NoSources(), cache=cache).render(canvas, width=4, height=3)
    return [round(float(value), 5) for value in pixels[1, 2]]


RED, BLUE, GREEN = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)


def test_a_filter_sees_the_layer_that_it_names() -> None:
    canvas = Canvas(width=4, height=3, layers=(sheet("a", RED), sheet("b", BLUE, Mix(other="a"))))
    assert rendered(canvas) == [0.5, 0.0, 0.5, 1.0]


def test_a_hidden_layer_can_be_looked_at_and_one_above_too() -> None:
    hidden = sheet("a", GREEN, visible=False)
    canvas = Canvas(width=4, height=3, layers=(sheet("b", BLUE, Mix(other="a")), hidden))
    assert rendered(canvas) == [0.0, 0.5, 0.5, 1.0]


def test_a_canvas_filter_sees_a_layer() -> None:
    layers = (sheet("a", RED), sheet("b", BLUE))
    canvas = Canvas(width=4, height=3, layers=layers, filters=(Mix(other="a").call(),))
    assert rendered(canvas) == [0.5, 0.0, 0.5, 1.0]


def test_a_change_of_the_layer_looked_at_is_seen_in_spite_of_the_cache() -> None:
    cache = RenderCache()
    for color in (RED, GREEN, RED):
        layers = (sheet("a", color, visible=False), sheet("b", BLUE, Mix(other="a")))
        canvas = Canvas(width=4, height=3, layers=layers)
        assert rendered(canvas, cache) == rendered(canvas)
    # through a chain of looks too, and for what lies below
    for color in (RED, GREEN):
        layers = (
            sheet("a", color, visible=False),
            sheet("b", BLUE, Mix(other="a"), visible=False),
            sheet("c", BLUE, Mix(other="b")),
        )
        assert rendered(Canvas(width=4, height=3, layers=layers), cache)[:3] == [
            0.25 * color[0],
            0.25 * color[1],
            0.75,
        ]
        below = Canvas(width=4, height=3, layers=(sheet("a", color), sheet("b", BLUE, Peek())))
        assert rendered(below, cache) == [1 - color[0], 1 - color[1], 1.0, 1.0]


def test_what_is_not_declared_is_not_shown() -> None:
    for filter_ in (Spy(), Sneak()):
        layers = (sheet("a", RED), sheet("b", BLUE, filter_))
        with pytest.raises(InvalidValue, match="can't be seen"):
            rendered(Canvas(width=4, height=3, layers=layers))


def test_circles_and_missing_layers_are_refused_before_any_work() -> None:
    circle = (sheet("a", RED, Mix(other="b")), sheet("b", BLUE, Mix(other="a")))
    with pytest.raises(StepDoesNotApply, match="a and b would look at each other"):
        rendered(Canvas(width=4, height=3, layers=circle))
    below = (sheet("a", RED, Mix(other="b")), sheet("b", BLUE, Peek()))
    with pytest.raises(StepDoesNotApply, match="in a circle"):
        rendered(Canvas(width=4, height=3, layers=below))
    with pytest.raises(StepDoesNotApply, match="no layer 'gone'"):
        rendered(Canvas(width=4, height=3, layers=(sheet("a", RED, Mix(other="gone")),)))


def test_looking_twice_along_a_long_chain_stays_quick() -> None:
    # every layer looks at the one below it twice: 2**40 looks without memory
    layers = [sheet("l0", RED)]
    for number in range(1, 40):
        twice = (Mix(other=f"l{number - 1}"), Mix(other=f"l{number - 1}"))
        layers.append(sheet(f"l{number}", BLUE, *twice))
    assert rendered(Canvas(width=4, height=3, layers=tuple(layers)))[3] == 1.0


def test_a_nested_canvas_sees_its_own_layers_only() -> None:
    inner = Canvas(width=4, height=3, layers=(sheet("a", GREEN), sheet("b", BLUE, Mix(other="a"))))
    nest = Layer(id="n", name="n", content=Nested(canvas=inner))
    outer = Canvas(width=4, height=3, layers=(sheet("a", RED), nest))
    assert rendered(outer) == [0.0, 0.5, 0.5, 1.0]


def adjustment(*calls: Call, **changes: object) -> Layer:
    layer = Layer(id="adjust", name="adjust", content=Adjustment(), filters=calls)
    return msgspec.structs.replace(layer, **changes)


def swap() -> Call:
    return Call(name="color.channel_swap", parameters={"order": "bgr"})


def test_an_adjustment_changes_what_lies_beneath_only() -> None:
    layers = (sheet("a", RED), adjustment(swap()))
    assert rendered(Canvas(width=4, height=3, layers=layers)) == [0.0, 0.0, 1.0, 1.0]
    above = Layer(id="g", name="g", content=Fill(color=GREEN), opacity=0.5)
    canvas = Canvas(width=4, height=3, layers=(*layers, above))
    assert rendered(canvas) == [0.0, 0.5, 0.5, 1.0]


def test_an_adjustment_without_filters_changes_nothing_even_where_half_is_clear() -> None:
    half = Layer(id="a", name="a", content=Fill(color=RED), opacity=0.5)
    plain = Canvas(width=4, height=3, background=None, layers=(half,))
    for opacity in (0.3, 1.0):
        layers = (half, adjustment(opacity=opacity))
        canvas = Canvas(width=4, height=3, background=None, layers=layers)
        assert rendered(canvas) == rendered(plain) == [0.5, 0.0, 0.0, 0.5]


def test_an_adjustment_mixes_by_its_opacity_and_keeps_coverage() -> None:
    half = Layer(id="a", name="a", content=Fill(color=RED), opacity=0.5)
    layers = (half, adjustment(swap(), opacity=0.4))
    canvas = Canvas(width=4, height=3, background=None, layers=layers)
    assert rendered(canvas) == [0.3, 0.0, 0.2, 0.5]


def test_an_adjustment_with_a_blend_mode_blends_with_what_it_came_from() -> None:
    grey = Layer(id="a", name="a", content=Fill(color=(0.5, 0.5, 0.5)), opacity=0.5)
    layers = (grey, adjustment(blend="multiply"))
    canvas = Canvas(width=4, height=3, background=None, layers=layers)
    assert rendered(canvas) == [0.125, 0.125, 0.125, 0.5]


def test_an_adjustment_follows_what_lies_beneath_in_spite_of_the_cache() -> None:
    cache = RenderCache()
    for color in (RED, GREEN):
        canvas = Canvas(width=4, height=3, layers=(sheet("a", color), adjustment(swap())))
        assert rendered(canvas, cache) == rendered(canvas)


def adjusted_often() -> list[Layer]:
    return [
        Layer(id=f"a{n}", name="a", content=Adjustment(), filters=(Tally().call(),))
        for n in range(8)
    ]


def looked_at_twice() -> list[Layer]:
    mixes = [Mix(other="ground"), Mix(other="ground")]
    layers = []
    for n in range(8):
        layers.append(sheet(f"l{n}", BLUE, *mixes, Tally()))
        mixes = [Mix(other=f"l{n}"), Mix(other=f"l{n}")]
    return layers


def peeking() -> list[Layer]:
    return [sheet(f"p{n}", BLUE, Peek(), Peek(), Tally()) for n in range(8)]


@pytest.mark.parametrize("layers", [adjusted_often, looked_at_twice, peeking])
def test_without_a_cache_too_every_filter_works_once(layers: Callable[[], list[Layer]]) -> None:
    canvas = Canvas(width=4, height=3, layers=(sheet("ground", RED), *layers()))
    cached = rendered(canvas)
    Tally.count.clear()
    assert rendered(canvas, RenderCache(max_bytes=0)) == cached
    assert len(Tally.count) == 8
