"""Values outside what is declared are refused, and the error names the value and the field."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply, UnknownOperation
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.blur import GaussianBlur
from layerforge.operations.cutout import SubjectCutout
from layerforge.operations.edges import DropShadow
from layerforge.operations.fold import MAX_FILTERS, apply_step, fold
from layerforge.operations.identifiers import LayerRef, NewLayerId, SourceRef
from layerforge.operations.layout import AddColor, AddPicture
from layerforge.operations.masking import InvertMask
from layerforge.operations.parameters import (
    Choice,
    ColorValue,
    Number,
    Scope,
    Seed,
    Toggle,
    Whole,
    angle,
)
from layerforge.operations.registry import build, toolbox
from layerforge.operations.tone import Gamma, Posterise


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_must_be_finite(value: float) -> None:
    with pytest.raises(InvalidValue, match=rf"gamma must be .*finite.*{value}"):
        Gamma(gamma=value)
    with pytest.raises(InvalidValue, match=rf"tone\.gamma: gamma must be .*finite.*got {value}"):
        build(Call(name="tone.gamma", parameters={"gamma": value}))


@pytest.mark.parametrize("value", [0.0, -1.0, 7.5])
def test_numbers_must_lie_in_range(value: float) -> None:
    with pytest.raises(InvalidValue, match=rf"gamma must be in \[0\.5, 2\], got {value:g}"):
        Gamma(gamma=value)
    with pytest.raises(InvalidValue, match=rf"tone\.gamma: gamma must be in .*got {value:g}"):
        build(Call(name="tone.gamma", parameters={"gamma": value}))


@pytest.mark.parametrize("value", ["much", True, (0.1, 0.2, 0.3)])
def test_types_must_fit(value: ParameterValue) -> None:
    with pytest.raises(InvalidValue, match="gamma"):
        build(Call(name="tone.gamma", parameters={"gamma": value}))


def test_whole_numbers_stay_whole() -> None:
    softness = 0.2
    with pytest.raises(InvalidValue, match=r"levels must be in \[3, 9\], got 99"):
        Posterise(levels=99, softness=softness)
    with pytest.raises(InvalidValue, match="levels"):
        build(Call(name="tone.posterise", parameters={"levels": 4.5, "softness": softness}))


def test_unknown_and_missing_parameters_are_named() -> None:
    with pytest.raises(InvalidValue, match=r"tone\.gamma: no parameter is called gama \(1\)"):
        build(Call(name="tone.gamma", parameters={"gama": 1.0, "gamma": 1.0}))
    with pytest.raises(InvalidValue, match=r"tone\.gamma: .*gamma is missing"):
        build(Call(name="tone.gamma"))


def test_an_unknown_operation_is_named() -> None:
    with pytest.raises(UnknownOperation, match=r"'magic\.wand'.*layerforge ops"):
        build(Call(name="magic.wand"))


@pytest.mark.parametrize(
    ("parameter", "wrong", "text"),
    [
        (Choice(("in", "out")), "up", "way must be one of in, out, got 'up'"),
        (Toggle(), 1, "way must be true or false, got 1"),
        (ColorValue(), (0.1, 0.2), "way must be three numbers"),
        (ColorValue(), (0.1, 0.2, 1.4), r"way must hold numbers in \[0, 1\], got .*1.4"),
        (ColorValue(), (0.1, 0.2, math.nan), r"way must hold numbers in \[0, 1\], got .*nan"),
        (SourceRef(), "x" * 64, "way must be a source's id"),
        (SourceRef(), "ab", "way must be a source's id.*'ab'"),
        (LayerRef(), "no such id!", "way must be a layer's id"),
        (NewLayerId(), "a" * 40, "way must be a layer's id"),
        (Seed(), -1, r"way must be in \[0, 2147483647\], got -1"),
        (Whole(1, 5), True, "way must be a whole number, got true"),
        (Number(0.0, 1.0), "1", "way must be a finite number, got '1'"),
    ],
)
def test_every_kind_of_parameter_checks(
    parameter: Number, wrong: ParameterValue, text: str
) -> None:
    with pytest.raises(InvalidValue, match=text):
        parameter.check("way", wrong)


def test_a_declaration_itself_is_checked() -> None:
    with pytest.raises(ValueError, match="an empty range: 1 to 1"):
        Number(1, 1)
    with pytest.raises(ValueError, match="a log prior needs a lowest value above 0"):
        Number(0.0, 1.0, prior="log")


def test_priors_fill_their_range_as_they_say() -> None:
    rng = np.random.default_rng(1)
    nowhere = Scope()
    even = [Number(0.0, 1.0).sample(rng, nowhere) for _ in range(2000)]
    assert np.mean(even) == pytest.approx(0.5, abs=0.03)
    logarithmic = [Number(0.01, 1.0, "log").sample(rng, nowhere) for _ in range(2000)]
    assert np.median(logarithmic) == pytest.approx(0.1, rel=0.2)
    near = [Number(-1.0, 1.0, "center", neutral=0.0).sample(rng, nowhere) for _ in range(2000)]
    away = [Number(-1.0, 1.0, "away", neutral=0.0).sample(rng, nowhere) for _ in range(2000)]
    assert np.mean(np.abs(near)) == pytest.approx(1 / 3, abs=0.03)
    assert np.mean(np.abs(away)) == pytest.approx(0.2 + 0.8 * 2 / 3, abs=0.03)
    assert np.mean(away) == pytest.approx(0.0, abs=0.06)


def test_jitter_grows_with_noise_and_angles_wrap() -> None:
    rng = np.random.default_rng(2)
    number = Number(0.0, 10.0)
    spreads = []
    for noise in (0.01, 0.1, 0.5):
        moved = [number.jitter(5.0, noise=noise, rng=rng, scope=Scope()) for _ in range(400)]
        spreads.append(float(np.std(moved)))
    assert spreads[0] < spreads[1] < spreads[2]
    assert spreads[0] == pytest.approx(0.1, rel=0.2)
    wrapped = [angle().jitter(179.0, noise=0.02, rng=rng, scope=Scope()) for _ in range(100)]
    assert min(wrapped) < -160.0
    assert max(wrapped) > 170.0


def test_only_what_can_apply_is_applicable() -> None:
    nothing, one = Scope(), Scope(sources=("a" * 64,), layers=("x",), target="x")
    assert not AddPicture.applicable(nothing)
    assert not AddPicture.applicable(one)
    assert AddPicture.applicable(Scope(sources=("a" * 64,)))
    assert GaussianBlur.applicable(nothing)
    assert GaussianBlur.applicable(one)
    assert not LayerRef().available(one)
    assert LayerRef().available(Scope(layers=("x", "y"), target="x"))


def test_what_needs_something_that_its_layer_lacks_is_not_applicable() -> None:
    needing = {DropShadow: "edge", InvertMask: "mask", SubjectCutout: "background"}
    for operation, trait in needing.items():
        assert operation.needs == {trait}
        for lacks in ("edge", "mask", "background"):
            scope = Scope(layers=("x", "y"), target="x", lacks={"x": frozenset({lacks})})
            assert operation.applicable(scope) == (lacks != trait)
            assert operation.applicable(replace(scope, target="y"))


def test_masks_need_a_layer_and_filters_are_bounded() -> None:
    canvas = Canvas(width=8, height=8)
    feather = Step(operation=Call(name="masking.feather", parameters={"radius": 0.02}))
    with pytest.raises(StepDoesNotApply, match=r"masking\.feather works on a layer"):
        apply_step(canvas, feather)
    gamma = Step(operation=Gamma(gamma=1.1).call())
    full = fold([gamma] * MAX_FILTERS, canvas)
    assert len(full.filters) == MAX_FILTERS
    with pytest.raises(StepDoesNotApply, match=f"at most {MAX_FILTERS} filters"):
        apply_step(full, gamma)


def test_a_new_layer_needs_a_new_id() -> None:
    sheet = AddColor(layer="x", color=(0.1, 0.2, 0.3), place="bottom", opacity=0.5)
    canvas = apply_step(Canvas(width=8, height=8), Step(operation=sheet.call()))
    with pytest.raises(StepDoesNotApply, match="already has a layer 'x'"):
        apply_step(canvas, Step(operation=sheet.call()))


def test_what_lends_is_another_picture_than_the_targets_own() -> None:
    rng = np.random.default_rng(2)
    flower, china = "a" * 64, "b" * 64
    one = Scope(
        sources=(flower, china),
        layers=("x", "y"),
        target="x",
        pictures={"x": flower, "y": china},
    )
    drawn = {SourceRef(lends=True).sample(rng, one) for _ in range(50)}
    assert drawn == {china}
    assert {SourceRef().sample(rng, one) for _ in range(50)} == {flower, china}
    # on the canvas only where all of it is one picture; and where there is no other, its own
    whole = replace(one, target=None)
    assert {SourceRef(lends=True).sample(rng, whole) for _ in range(50)} == {flower, china}
    lone = replace(whole, layers=("y",))
    assert {SourceRef(lends=True).sample(rng, lone) for _ in range(50)} == {flower}
    assert SourceRef(lends=True).sample(rng, replace(one, sources=(flower,))) == flower
    for name in ("color.transfer", "spectral.phase_swap"):
        parameters = toolbox().operations[name].parameters()
        assert [p.lends for p in parameters.values() if isinstance(p, SourceRef)] == [True], name


def test_a_prior_away_from_neutral_draws_nothing_that_is_hardly_seen() -> None:
    rng = np.random.default_rng(3)
    number = Number(-1.0, 2.0, prior="away", neutral=0.0)
    drawn = np.array([number.sample(rng, Scope()) for _ in range(2000)])
    assert drawn[drawn < 0.0].max() <= -0.2
    assert drawn[drawn > 0.0].min() >= 0.4
    assert abs((drawn < 0.0).mean() - 1 / 3) < 0.05
    assert drawn.min() < -0.95
    assert drawn.max() > 1.9
