from __future__ import annotations

import numpy as np
import pytest

from layerforge.desktop.inspector.draft import Draft, draft_of
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.blending import Blend, Opacity
from layerforge.operations.registry import toolbox

SOURCE = "a" * 64


def _step(name: str, target: str | None = None, **parameters: ParameterValue) -> Step:
    return Step(operation=Call(name=name, parameters=parameters), target=target)


def _picture(layer: str) -> Step:
    operation = toolbox().operations["layout.add_picture"]
    rng = np.random.default_rng(1)
    from layerforge.operations.parameters import Scope

    call = operation.sampled(rng=rng, scope=Scope(sources=(SOURCE,))).call()
    return Step(operation=Call(name=call.name, parameters={**call.parameters, "layer": layer}))


@pytest.fixture
def draft() -> Draft:
    steps = (_picture("one"), _picture("two"), _step("color.hue", "one", angle=20.0))
    return draft_of(7, steps, own=1)


def test_a_draft_begins_as_its_branch(draft: Draft) -> None:
    assert draft.own == 2
    assert [step.operation.name for step in draft.steps] == [
        "layout.add_picture",
        "layout.add_picture",
        "color.hue",
    ]


def test_switching_off_and_on_again_changes_nothing(draft: Draft) -> None:
    off = draft.switched(1, on=False)
    assert off.steps == (draft.steps[0], draft.steps[2])
    assert len(off.items) == 3
    assert off.switched(1, on=True) == draft


def test_values_are_checked(draft: Draft) -> None:
    changed = draft.with_parameter(2, "angle", -90.0)
    assert changed.steps[2].operation.parameters == {"angle": -90.0}
    assert draft.steps[2].operation.parameters == {"angle": 20.0}
    with pytest.raises(InvalidValue, match="181"):
        draft.with_parameter(2, "angle", 181.0)


def test_moving_keeps_all_steps(draft: Draft) -> None:
    moved = draft.moved(2, 0)
    assert moved.steps == (draft.steps[2], draft.steps[0], draft.steps[1])
    assert moved.moved(0, 2).items == draft.items


def test_the_same_edit_again_takes_the_place_of_the_last(draft: Draft) -> None:
    once = draft.with_more(Opacity(opacity=0.5), "two")
    twice = once.with_more(Opacity(opacity=0.3), "two")
    assert len(once.items) == len(twice.items) == 4
    assert twice.steps[-1].operation.parameters == {"opacity": 0.3}
    other = twice.with_more(Opacity(opacity=0.4), "one").with_more(Blend(mode="screen"), "one")
    assert len(other.items) == 6


def test_an_inherited_last_step_is_never_replaced(draft: Draft) -> None:
    inherited = Draft(7, draft.with_more(Opacity(opacity=0.5), "two").items, own=4)
    assert len(inherited.with_more(Opacity(opacity=0.3), "two").items) == 5


def test_rolling_keeps_what_a_step_names(draft: Draft) -> None:
    blank = Canvas(width=64, height=48)
    rng = np.random.default_rng(3)
    for place, named in ((0, ("layer", "source")), (2, ())):
        rolled = draft.rerolled(place, blank, (SOURCE, "b" * 64), rng=rng)
        old, new = draft.steps[place], rolled.steps[place]
        assert new.target == old.target
        assert new.operation.parameters != old.operation.parameters
        for name in named:
            assert new.operation.parameters[name] == old.operation.parameters[name]
