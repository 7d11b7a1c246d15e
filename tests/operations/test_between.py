"""What lies between two values of a parameter, and where a number lies on its scale."""

from __future__ import annotations

import math

import numpy as np
import pytest

from layerforge.operations.identifiers import LayerRef, NewLayerId, SourceRef
from layerforge.operations.parameters import (
    Choice,
    ColorValue,
    Number,
    Parameter,
    Scope,
    Seed,
    Toggle,
    Whole,
    amount,
    angle,
    length,
)
from layerforge.operations.registry import toolbox

SCOPE = Scope(sources=("a" * 64, "b" * 64), layers=("one", "two", "three"), target="one")

DECLARED = [
    pytest.param(parameter, id=f"{tag}.{name}")
    for tag, operation in toolbox().operations.items()
    for name, parameter in operation.parameters().items()
]


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("parameter", DECLARED)
def test_between_two_allowed_values_all_is_allowed(parameter: Parameter) -> None:
    for seed in range(6):
        one, other = (parameter.sample(rng(seed + part), SCOPE) for part in (0, 100))
        for share in (0.0, 0.3, 1.0):
            parameter.check("it", parameter.between(one, other, share=share, rng=rng(seed)))


@pytest.mark.parametrize("parameter", DECLARED)
def test_a_continuous_number_is_found_again_where_it_was_put(parameter: Parameter) -> None:
    value = parameter.sample(rng(3), SCOPE)
    for channel in parameter.channels():
        for share in (0.0, 0.25, 0.9, 1.0):
            moved = parameter.at_share(value, share, channel)
            parameter.check("it", moved)
            assert parameter.share(moved, channel) == pytest.approx(share, abs=1e-3)


def test_the_middle_of_a_logarithmic_range_is_the_geometric_mean() -> None:
    radius = length(0.01, 1.0)
    assert radius.between(0.01, 1.0, share=0.5, rng=rng()) == pytest.approx(0.1)
    assert radius.at_share(0.5, 0.5, 0) == pytest.approx(0.1)
    assert radius.share(0.1, 0) == pytest.approx(0.5)


def test_the_middle_of_an_even_range_is_the_mean() -> None:
    assert amount(0.0, 4.0).between(1.0, 2.0, share=0.25, rng=rng()) == pytest.approx(1.25)


def test_a_neutral_value_beside_the_range_counts_as_its_end() -> None:
    radius = Number(0.01, 0.1, prior="log", neutral=0.0)
    assert radius.share(0.0, 0) == 0.0
    assert radius.between(0.0, 0.1, share=0.5, rng=rng()) == pytest.approx(math.sqrt(0.001))


@pytest.mark.parametrize(("one", "other"), [(170.0, -170.0), (-170.0, 170.0)])
def test_an_angle_takes_the_short_way_round(one: float, other: float) -> None:
    middle = angle().between(one, other, share=0.5, rng=rng())
    assert abs(middle) == pytest.approx(180.0)


def test_whole_numbers_and_colours_go_part_of_the_way() -> None:
    assert Whole(0, 10).between(2, 8, share=0.5, rng=rng()) == 5
    mixed = ColorValue().between((0.0, 0.5, 1.0), (1.0, 0.5, 0.0), share=0.25, rng=rng())
    assert mixed == pytest.approx((0.25, 0.5, 0.75))


@pytest.mark.parametrize(
    ("parameter", "one", "other"),
    [(Seed(), 3, 900), (Choice(("a", "b")), "a", "b"), (Toggle(), False, True)],
    ids=("seed", "choice", "toggle"),
)
def test_where_nothing_lies_between_one_of_both_is_taken_by_chance(
    parameter: Parameter, one: int | str | bool, other: int | str | bool
) -> None:
    drawn = [parameter.between(one, other, share=0.3, rng=rng(seed)) for seed in range(400)]
    assert set(drawn) == {one, other}
    assert drawn.count(other) / 400 == pytest.approx(0.3, abs=0.07)


@pytest.mark.parametrize("kind", [SourceRef, LayerRef, NewLayerId])
def test_what_a_step_works_on_stays(kind: type[Parameter]) -> None:
    assert kind().between("ours", "theirs", share=1.0, rng=rng()) == "ours"
    assert kind().channels() == ()


def test_words_have_no_scale() -> None:
    with pytest.raises(TypeError, match="choice has no continuous number"):
        Choice(("a", "b")).share("a", 0)
