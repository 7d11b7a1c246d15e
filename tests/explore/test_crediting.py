"""Credit and simplifying: real renders, and differences taken apart by hand."""

import numpy as np
import pytest

from layerforge.explore.crediting import SAME_LOOK, credit, simplify
from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue
from layerforge.scoring.sameness import Sameness
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
    whole = (ground, NOTHING, sheet, flattened, NOTHING)
    full = workshop.opinion(*whole)
    left = workshop.opinion(*steps)
    assert workshop.room.value(left) >= workshop.room.value(full) - 0.05
    assert workshop.room.distance(full, left) <= SAME_LOOK
    seen = [workshop.room.picture(workshop.canvas(*one)) for one in (whole, steps)]
    assert np.abs(seen[0].astype(int) - seen[1]).mean() < 0.01 * 255
    assert short.origin == branch
    assert short.score.value == pytest.approx(workshop.value(*steps))


@pytest.mark.parametrize("scale", [0.35, 0.7])
def test_an_inset_is_never_dropped_whatever_the_value(workshop, scale):
    """Without it the picture may be worth more, but it is another picture."""
    branch = workshop.branch(workshop.ground(), NOTHING, workshop.sheet(scale=scale))
    short = simplify(workshop.room, branch, tolerance=10.0)
    assert workshop.project.history(short.id) == (
        workshop.ground(),
        workshop.sheet(scale=scale),
    )


def test_small_changes_do_not_add_up(workshop):
    """Each of these steps is hardly seen, all of them are: what is left is like the original."""
    slightly = [step("tone.gamma", "ground", gamma=1.02)] * 12
    branch = workshop.branch(workshop.ground(), *slightly)
    short = simplify(workshop.room, branch, tolerance=10.0)
    left = workshop.project.history(branch if short is None else short.id)
    assert 1 < len(left) < 13
    full, now = (
        workshop.room.picture(workshop.canvas(*one))
        for one in ([workshop.ground(), *slightly], left)
    )
    assert np.abs(full.astype(int) - now).mean() <= 0.01 * 255


def test_a_source_of_which_a_thin_rim_shows_is_not_lost(workshop):
    """The picture is all but the same without it, but it can be seen."""
    below = workshop.sheet(scale=1.0, fit="cover")
    above = workshop.ground(scale=0.9985)
    full, without = (
        workshop.room.picture(workshop.canvas(*one)) for one in ((below, above), (above,))
    )
    assert Sameness.of(full, without).same
    branch = workshop.branch(below, above)
    assert simplify(workshop.room, branch, tolerance=10.0) is None


def test_a_source_that_is_covered_may_go(workshop):
    cover = workshop.sheet(source=workshop.sources[1], scale=1.0, fit="cover")
    branch = workshop.branch(workshop.ground(), cover)
    short = simplify(workshop.room, branch)
    assert workshop.project.history(short.id) == (cover,)


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
