"""Steps that look at other layers."""

from __future__ import annotations

import pytest

from layerforge.model.canvas import MAX_NESTING, Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.layer import Fill, Layer
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step, fold
from layerforge.operations.keying import TrackMatte
from layerforge.operations.layout import Remove, StampVisible
from layerforge.operations.references import referred_layers
from layerforge.operations.warp import Displacement, Drape


def canvas(*names: str) -> Canvas:
    layers = tuple(Layer(id=name, name=name, content=Fill(color=(0.2, 0.4, 0.6))) for name in names)
    return Canvas(width=8, height=8, layers=layers)


def displace(target: str, by: str) -> Step:
    return Step(operation=Displacement(layer=by, reach=0.1, smooth=0.01).call(), target=target)


def test_which_layers_a_call_looks_at() -> None:
    assert referred_layers(displace("a", "b").operation) == ("b",)
    assert referred_layers(Step(operation=Remove().call(), target="a").operation) == ()


def test_a_missing_layer_is_named() -> None:
    with pytest.raises(StepDoesNotApply, match=r"layer must be .*\(a\), got 'gone'"):
        apply_step(canvas("a"), displace("a", "gone"))


def test_a_layer_can_not_look_at_itself_nor_back() -> None:
    with pytest.raises(StepDoesNotApply, match="circle"):
        apply_step(canvas("a"), displace("a", "a"))
    once = apply_step(canvas("a", "b"), displace("a", "b"))
    with pytest.raises(StepDoesNotApply, match="a and b"):
        apply_step(once, displace("b", "a"))
    matte = TrackMatte(layer="a", by="light", keep="inside").call()
    with pytest.raises(StepDoesNotApply, match="a and b"):
        apply_step(once, Step(operation=matte, target="b"))


def test_a_layer_that_looks_below_can_not_be_looked_at_from_there() -> None:
    drape = Step(operation=Drape(reach=0.1, smooth=0.01).call(), target="b")
    once = apply_step(canvas("a", "b", "c"), drape)
    with pytest.raises(StepDoesNotApply, match="circle"):
        apply_step(once, displace("a", "b"))
    assert apply_step(once, displace("c", "b")).layer("c").filters


def test_a_layer_that_is_looked_at_stays() -> None:
    once = apply_step(canvas("a", "b"), displace("a", "b"))
    with pytest.raises(StepDoesNotApply, match="no layer 'b'"):
        apply_step(once, Step(operation=Remove().call(), target="b"))
    assert len(apply_step(once, Step(operation=Remove().call(), target="a")).layers) == 1


def test_nesting_past_the_limit_is_refused() -> None:
    stamps = [
        Step(
            operation=StampVisible(
                layer=f"s{number}", scale=1.0, angle=0.0, x=0.0, y=0.0, opacity=1.0
            ).call()
        )
        for number in range(MAX_NESTING)
    ]
    assert fold(stamps[:-1], canvas("a")).depth() == MAX_NESTING
    with pytest.raises(InvalidValue, match=f"more than {MAX_NESTING} deep"):
        fold(stamps, canvas("a"))
