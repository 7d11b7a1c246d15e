"""What structure operations make of a canvas."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Fill, Layer, Nested, Picture
from layerforge.model.step import Step
from layerforge.operations.blending import Blend, Opacity
from layerforge.operations.fold import apply_step
from layerforge.operations.layout import (
    AddColor,
    AddGradient,
    AddPicture,
    Duplicate,
    Flip,
    Move,
    Remove,
    Reorder,
    Rotate,
    Scale,
    StampVisible,
)
from layerforge.operations.operation import Structure
from layerforge.operations.parameters import Scope, Trait


def canvas() -> Canvas:
    layers = tuple(Layer(id=one, name=one, content=Fill(color=(0.5, 0.5, 0.5))) for one in "abc")
    return Canvas(width=30, height=20, layers=layers)


def applied(operation: Structure, target: str | None = "b") -> Canvas:
    return apply_step(canvas(), Step(operation=operation.call(), target=target))


def order(what: Canvas) -> str:
    return "".join(layer.id for layer in what.layers)


def test_pictures_and_sheets_are_added() -> None:
    values = {"scale": 1.0, "x": 0.1, "y": 0.0, "angle": 5.0, "flip": True}
    picture = applied(AddPicture(source="a" * 64, layer="p", fit="contain", **values), None)
    assert order(picture) == "abcp"
    added = picture.layer("p")
    assert added.content == Picture(source="a" * 64)
    assert added.placement.fit == "contain"
    assert added.placement.flip_horizontal
    sheet = {"layer": "s", "color": (0.1, 0.2, 0.3), "opacity": 0.4}
    assert order(applied(AddColor(place="top", **sheet), None)) == "abcs"
    ground = applied(AddColor(place="bottom", **sheet), None)
    assert order(ground) == "sabc"
    assert ground.layer("s").opacity == 1.0
    under = applied(AddColor(place="under", **sheet), None)
    assert order(under) == "absc"
    assert under.layer("s").opacity == 0.4
    gradient = AddGradient(place="top", end=(0.7, 0.8, 0.9), angle=45.0, blend="screen", **sheet)
    over = applied(gradient, None).layer("s")
    assert over.content == Fill(color=(0.1, 0.2, 0.3), end=(0.7, 0.8, 0.9), angle_deg=45.0)
    assert (over.blend, over.opacity) == ("screen", 0.4)


def test_a_sheet_under_the_top_layer_of_one_lies_on_it() -> None:
    sheet = AddColor(layer="s", color=(0.1, 0.2, 0.3), place="under", opacity=0.4)
    lone = canvas().with_layers(canvas().layers[:1])
    assert order(apply_step(lone, Step(operation=sheet.call()))) == "as"
    empty = canvas().with_layers(())
    assert order(apply_step(empty, Step(operation=sheet.call()))) == "s"


@pytest.mark.parametrize("operation", [AddColor, AddGradient])
def test_no_sheet_is_drawn_where_layers_are_known_to_hide_it(
    operation: type[AddColor | AddGradient],
) -> None:
    covering: frozenset[Trait] = frozenset({"edge"})
    expected = {
        (): {"top", "under", "bottom"},
        ("a",): {"top", "under"},
        ("b",): {"top", "under"},
        ("a", "c"): {"top"},
        ("c",): {"top"},
    }
    for hiding, places in expected.items():
        lacks = dict.fromkeys(hiding, covering)
        scope = Scope(layers=("a", "b", "c"), lacks=lacks)
        rng = np.random.default_rng(1)
        sampled = [operation.sampled(rng=rng, scope=scope) for _ in range(150)]
        assert {one.place for one in sampled} == places
        moved = [one.jittered(noise=1.0, rng=rng, scope=scope) for one in sampled]
        assert {one.place for one in moved} == places


def test_a_layer_is_only_raised_and_lowered_where_there_is_room() -> None:
    rng = np.random.default_rng(1)
    ways = {"a": {1, 2}, "b": {-1, 1}, "c": {-2, -1}}
    for target, expected in ways.items():
        scope = Scope(layers=("a", "b", "c"), target=target)
        sampled = [Reorder.sampled(rng=rng, scope=scope) for _ in range(100)]
        assert {one.places for one in sampled} == expected
        moved = [one.jittered(noise=1.0, rng=rng, scope=scope) for one in sampled]
        assert {one.places for one in moved} == expected
    assert not Reorder.applicable(Scope(layers=("a",), target="a"))
    nowhere = Scope(target="a")  # the layers are not known
    assert Reorder.applicable(nowhere)
    assert len({Reorder.sampled(rng=rng, scope=nowhere).places for _ in range(100)}) == 7


def test_layers_are_copied_removed_and_reordered() -> None:
    assert order(applied(Duplicate(layer="n", x=0.1, y=0.2))) == "abnc"
    assert order(applied(Remove())) == "ac"
    assert order(applied(Reorder(places=1))) == "acb"
    assert order(applied(Reorder(places=-3))) == "bac"
    assert order(applied(Reorder(places=0))) == "abc"


def test_layers_are_moved_scaled_turned_and_flipped() -> None:
    assert applied(Move(x=0.1, y=-0.2)).layer("b").placement.y == -0.2
    assert applied(Scale(factor=2.0)).layer("b").placement.scale == 2.0
    assert applied(Rotate(angle=30.0)).layer("b").placement.angle_deg == 30.0
    assert applied(Flip(axis="vertical")).layer("b").placement.flip_vertical
    back = applied(Flip(axis="horizontal"))
    back = apply_step(back, Step(operation=Flip(axis="horizontal").call(), target="b"))
    assert back == canvas()


def test_a_stamp_holds_the_canvas_so_far() -> None:
    stamp = StampVisible(layer="n", scale=0.5, angle=0.0, x=0.0, y=0.0, opacity=0.8)
    stamped = applied(stamp, None)
    assert stamped.layer("n").content == Nested(canvas=canvas())
    assert stamped.depth() == 2


def test_layers_join_as_told() -> None:
    assert applied(Blend(mode="soft-light")).layer("b").blend == "soft-light"
    assert applied(Opacity(opacity=0.3)).layer("b").opacity == 0.3
