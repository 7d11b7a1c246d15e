"""Credit and simplifying: real renders, and differences taken apart by hand."""

import pytest

from layerforge.explore.crediting import SAME_LOOK, credit, simplify
from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue
from tests.explore.workshop import NOTHING
from tests.search.pieces import step


def test_a_step_that_changes_nothing_has_no_credit(workshop):
    branch = workshop.branch(workshop.ground(), workshop.sheet(), NOTHING)
    third = credit(workshop.room, branch)[2]
    assert (third.number, third.operation) == (3, "tone.gamma")
    assert (third.value, third.novelty) == (0.0, 0.0)
    assert third.look == pytest.approx(0.0, abs=1e-6)


def test_credit_is_what_the_branch_is_worth_less_what_it_is_worth_without(workshop):
    ground, sheet = workshop.ground(), workshop.sheet()
    flattened = step("tone.posterise", "ground", levels=3, softness=0.1)
    parent = workshop.branch(ground, sheet)
    branch = workshop.branch(flattened, parent=parent)
    found = credit(workshop.room, branch)
    assert [one.operation for one in found] == [
        "layout.add_picture",
        "layout.add_picture",
        "tone.posterise",
    ]
    whole = workshop.value(ground, sheet, flattened)
    assert found[2].value == pytest.approx(whole - workshop.value(ground, sheet))
    assert found[1].value == pytest.approx(whole - workshop.value(ground, flattened))
    assert found[2].look > 0.0


def test_a_step_that_later_ones_work_on_can_not_be_left_out(workshop):
    blur = step("blur.gaussian", "sheet", radius=0.01)
    branch = workshop.branch(workshop.ground(), workshop.sheet(), NOTHING, blur)
    second = credit(workshop.room, branch)[1]
    assert (second.value, second.novelty, second.look) == (None, None, None)
    assert second.needed_by == 4


def test_simplifying_drops_what_changes_nothing_and_keeps_the_rest(workshop):
    ground, sheet = workshop.ground(), workshop.sheet(angle=20.0, scale=0.9)
    flattened = step("tone.posterise", "ground", levels=3, softness=0.1)
    parent = workshop.branch(ground, NOTHING, sheet)
    branch = workshop.branch(flattened, NOTHING, parent=parent)
    short = simplify(workshop.room, branch)
    assert short is not None
    steps = workshop.project.history(short.id)
    assert NOTHING not in steps
    # whatever else went, it may cost no more than the tolerance, and the picture stays alike
    full = workshop.opinion(ground, NOTHING, sheet, flattened, NOTHING)
    left = workshop.opinion(*steps)
    assert workshop.room.value(left) >= workshop.room.value(full) - 0.05
    assert workshop.room.distance(full, left) <= SAME_LOOK
    assert short.origin == branch
    assert short.score.value == pytest.approx(workshop.value(*steps))


def test_nothing_is_simplified_where_every_step_counts(workshop):
    branch = workshop.branch(workshop.ground())
    before = workshop.count()
    assert simplify(workshop.room, branch) is None
    assert workshop.count() == before


def test_the_blank_canvas_has_no_steps_to_credit(workshop):
    with pytest.raises(InvalidValue, match="blank canvas"):
        credit(workshop.room, ROOT)
    with pytest.raises(InvalidValue, match="blank canvas"):
        simplify(workshop.room, ROOT)
