"""Rebasing: what comes out is what folding the edited history by hand makes."""

import pytest
from msgspec.structs import replace

from layerforge.explore.rebasing import numbered, rebase, with_parameter, with_source, without_step
from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue
from layerforge.operations.fold import fold
from tests.search.pieces import step

BLUR = step("blur.gaussian", "sheet", radius=0.01)
GLOW = step("tone.gamma", "ground", gamma=1.4)


@pytest.fixture
def family(workshop):
    """Three generations: two pictures, then a blur of the sheet, then a tone of the ground."""
    top = workshop.branch(workshop.ground(), workshop.sheet())
    middle = workshop.branch(BLUR, parent=top)
    return top, middle, workshop.branch(GLOW, parent=middle)


def canvas_of(workshop, branch_id):
    return fold(workshop.project.history(branch_id), workshop.project.canvas)


def edited(call_step, **changes):
    parameters = {**call_step.operation.parameters, **changes}
    return replace(call_step, operation=replace(call_step.operation, parameters=parameters))


def test_editing_one_ancestor_parameter_gives_exactly_the_replayed_canvases(workshop, family):
    top, middle, last = family
    before = {one: workshop.project.branch(one) for one in family}
    done = rebase(workshop.room, top, with_parameter(2, "scale", 0.8))
    assert (done.left_out, done.gone) == ((), ())
    blank = workshop.project.canvas
    by_hand = [workshop.ground(), edited(workshop.sheet(), scale=0.8), BLUR, GLOW]
    for count, old in zip((2, 3, 4), family, strict=True):
        new = done.branches[old]
        assert canvas_of(workshop, new.id) == fold(by_hand[:count], blank)
        assert new.score.value == pytest.approx(workshop.value(*by_hand[:count]))
    assert done.branches[middle].parent == done.branches[top].id
    assert done.branches[last].parent == done.branches[middle].id
    assert done.branches[top].origin == top
    assert {one: workshop.project.branch(one) for one in family} == before


def test_steps_that_no_longer_apply_are_reported(workshop, family):
    top, middle, last = family
    done = rebase(workshop.room, top, without_step(2))
    (lost,) = done.left_out
    assert (lost.branch, lost.number, lost.operation) == (middle, 1, "blur.gaussian")
    assert "sheet" in lost.reason
    assert done.gone == (middle,)
    # what grew from it goes on from what it grew from
    assert set(done.branches) == {top, last}
    assert done.branches[last].parent == done.branches[top].id
    assert canvas_of(workshop, done.branches[last].id) == fold(
        [workshop.ground(), GLOW], workshop.project.canvas
    )


def test_a_branch_of_which_some_steps_apply_is_kept_without_the_others(workshop):
    top = workshop.branch(workshop.ground(), workshop.sheet())
    both = workshop.branch(BLUR, GLOW, parent=top)
    done = rebase(workshop.room, top, without_step(2))
    assert [(one.branch, one.number) for one in done.left_out] == [(both, 1)]
    assert done.branches[both].steps == (GLOW,)
    assert done.gone == ()


def test_steps_left_out_have_the_numbers_of_the_old_branch(workshop):
    """The steps behind the one that was removed move up, but nobody has seen them there."""
    plain = step("tone.gamma", "ground", gamma=1.1)
    own = workshop.branch(workshop.ground(), plain, workshop.sheet(), plain, BLUR)
    done = rebase(workshop.room, own, without_step(3))
    assert [(one.branch, one.number) for one in done.left_out] == [(own, 5)]
    earlier = workshop.branch(workshop.ground(), plain, workshop.sheet(), BLUR)
    done = rebase(workshop.room, earlier, without_step(1))
    assert [(one.number, one.operation) for one in done.left_out] == [(2, "tone.gamma")]


def test_numbers_of_a_changed_history_are_those_of_the_old_one():
    one, two, three, new = (step("tone.gamma", "x", gamma=1.0 + 0.1 * place) for place in range(4))
    old = (one, two, three)
    assert numbered(old) == ((1, one), (2, two), (3, three))
    assert numbered((two, three), old) == ((2, two), (3, three))
    assert numbered((one, new, three), old) == ((1, one), (2, new), (3, three))
    assert numbered((one, two, new, three), old)[3] == (3, three)
    assert numbered((three, new, one), old) == ((3, three), (2, new), (1, one))


def test_another_source_is_used_in_the_branch_and_in_all_below(workshop):
    first, second = workshop.sources
    top = workshop.branch(workshop.ground())
    more = workshop.branch(workshop.sheet(source=first, x=0.1), parent=top)
    done = rebase(workshop.room, top, with_source(first, second), everywhere=True)
    new = canvas_of(workshop, done.branches[more].id)
    assert set(new.source_ids()) == {second}
    assert set(canvas_of(workshop, more).source_ids()) == {first}


def test_a_change_in_the_middle_leaves_what_is_above_it(workshop, family):
    top, middle, last = family
    done = rebase(workshop.room, middle, with_parameter(1, "radius", 0.02))
    assert set(done.branches) == {middle, last}
    assert done.branches[middle].parent == top


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (with_parameter(2, "scale", 0.5), "would stay as it is"),
        (with_parameter(1, "radius", 0.5), "has no parameter radius: it has"),
        (with_parameter(1, "scale", -3.0), r"scale must be in .*got -3"),
        (with_parameter(3, "scale", 0.5), "has 2 steps of its own, no step 3"),
        (without_step(9), "has 2 steps of its own, no step 9"),
    ],
    ids=("same", "unknown", "range", "number", "drop"),
)
def test_a_change_that_makes_no_sense_is_refused(workshop, family, change, text):
    before = workshop.count()
    with pytest.raises(InvalidValue, match=text):
        rebase(workshop.room, family[0], change)
    assert workshop.count() == before


def test_a_change_after_which_nothing_is_left_is_refused(workshop):
    lonely = workshop.branch(workshop.ground())
    with pytest.raises(InvalidValue, match="nothing of branch"):
        rebase(workshop.room, lonely, without_step(1))


def test_the_blank_canvas_can_not_be_rebased(workshop):
    with pytest.raises(InvalidValue, match="blank canvas"):
        rebase(workshop.room, ROOT, without_step(1))
