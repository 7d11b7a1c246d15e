"""Polishing: only numbers move, on a leash, and never to a lower value."""

import pytest

from layerforge.explore.polish import polish
from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue
from layerforge.operations.registry import build
from tests.search.pieces import step


@pytest.fixture(scope="module")
def dim(workshop):
    """A branch with a sheet that hardly shows, of little contrast."""
    return workshop.branch(
        workshop.ground(),
        workshop.sheet(scale=0.8),
        step("blur.gaussian", "ground", radius=0.02),
        step("blending.opacity", "sheet", opacity=0.3),
    )


@pytest.fixture(scope="module")
def polished(workshop, dim):
    return polish(workshop.room, dim, budget=40, seed=1, leash=2.0)


def test_the_value_rises_and_is_that_of_the_new_branch_judged_on_its_own(workshop, dim, polished):
    assert polished.branch is not None
    assert polished.before == pytest.approx(workshop.value(*workshop.project.history(dim)))
    new = workshop.project.history(polished.branch.id)
    assert polished.after == pytest.approx(workshop.value(*new))
    assert polished.after > polished.before


def test_only_numbers_move(workshop, dim, polished):
    old = workshop.project.history(dim)
    new = workshop.project.history(polished.branch.id)
    assert [one.operation.name for one in new] == [one.operation.name for one in old]
    assert [one.target for one in new] == [one.target for one in old]
    moved = 0
    for before, after in zip(old, new, strict=True):
        for name, parameter in build(before.operation).parameters().items():
            ours, theirs = (one.operation.parameters[name] for one in (before, after))
            if parameter.channels():
                parameter.check(name, theirs)
                moved += ours != theirs
            else:
                assert ours == theirs
    assert moved > 0
    assert polished.branch.origin == dim


def test_on_a_short_leash_the_picture_stays_near_and_is_never_worse(workshop, dim):
    before = workshop.count()
    done = polish(workshop.room, dim, budget=12, leash=0.15)
    assert done.after >= done.before
    assert workshop.count() == before + (done.branch is not None)
    if done.branch is not None:
        apart = workshop.room.distance(
            workshop.opinion(*workshop.project.history(dim)),
            workshop.opinion(*workshop.project.history(done.branch.id)),
        )
        assert apart <= 0.15 + 1e-6


def test_without_any_leash_nothing_is_found_and_nothing_kept(workshop, dim):
    before = workshop.count()
    done = polish(workshop.room, dim, budget=8, leash=0.0)
    assert (done.branch, done.after) == (None, done.before)
    assert workshop.count() == before


def test_the_budget_is_kept_and_told(workshop, dim):
    heard = []
    done = polish(workshop.room, dim, budget=10, leash=0.0, told=lambda *now: heard.append(now))
    assert heard[-1] == (10, 10)
    assert [one for one, _ in heard] == sorted(one for one, _ in heard)
    assert done.evaluated == 11  # and the original


def test_the_blank_canvas_can_not_be_polished(workshop):
    with pytest.raises(InvalidValue, match="blank canvas"):
        polish(workshop.room, ROOT, budget=5)
