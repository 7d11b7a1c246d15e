from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
import pytest

from layerforge.explore.editing import keep_edit, place_for
from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.room import settings_of
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.yardsticks import NotJudged, panel_of
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Call, Step
from layerforge.project.decisions import gestures
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer


@pytest.fixture(scope="module")
def explored_once(tmp_path_factory, photo_folder):
    """A project with a branch of depth 2, made once; to be copied."""
    path = tmp_path_factory.mktemp("edited") / "once.layerforge"
    with Project.create(path, canvas=Canvas(width=320, height=240)) as project:
        add_sources(project, read_sources([photo_folder]))
        settings = ExploreSettings(budget=48, seed=7, search_edge_px=128)
        Explorer(project, settings, MeasuresScorer(), listener=lambda _: None).run()
        top = _deepest(project)
        more = (_step("color.saturation", factor=0.6), _step("color.lightness", stops=0.2))
        keep_edit(project, top.id, (*project.history(top.id), *more))
        assert _deepest(project).depth == 2
    return path


@pytest.fixture
def explored(explored_once, tmp_path):
    path = tmp_path / "p.layerforge"
    path.write_bytes(explored_once.read_bytes())
    with Project.open(path) as project:
        yield project


def _deepest(project):
    return max(project.branches(), key=lambda one: (one.depth, one.id))


def _step(name, target=None, **parameters):
    return Step(operation=Call(name=name, parameters=parameters), target=target)


def test_a_changed_parameter_makes_a_sibling_and_leaves_all_as_it_was(explored):
    before = explored.branches()
    old = _deepest(explored)
    history = explored.history(old.id)
    last = _step("color.hue", angle=40.0)
    assert last not in old.steps
    edited = keep_edit(explored, old.id, (*history[: len(history) - len(old.steps)], last))
    assert edited.new
    assert edited.branch.parent == old.parent
    assert edited.branch.steps == (last,)
    after = explored.branches()
    assert after[: len(before)] == before
    assert after[len(before) :] == (explored.branch(edited.branch.id),)
    assert explored.thumbnail(edited.branch.id)
    panel = panel_of(explored, MeasuresScorer())
    score = edited.branch.score
    assert score is not None
    plain = {name: float(value) for name, value in score.parts.items()}
    assert set(plain) == set(panel.voters)


def test_more_steps_grow_from_the_branch_itself(explored):
    old = _deepest(explored)
    history = explored.history(old.id)
    more = _step("color.hue", angle=40.0)
    edited = keep_edit(explored, old.id, (*history, more))
    assert (edited.branch.parent, edited.branch.steps) == (old.id, (more,))
    assert explored.history(edited.branch.id) == (*history, more)


def test_a_step_early_in_the_history_parts_where_it_was_changed(explored):
    old = _deepest(explored)
    history = explored.history(old.id)
    changed = (*history, _step("color.hue", angle=9.0))[1:]
    changed = (history[0], _step("color.hue", angle=9.0), *changed)
    place, count = place_for(explored, old.id, changed)
    assert explored.history(place) == changed[:count]
    assert count == 0
    edited = keep_edit(explored, old.id, changed)
    assert explored.history(edited.branch.id) == changed


def test_what_is_there_already_is_not_made_twice(explored):
    old = _deepest(explored)
    count = len(explored.branches())
    assert keep_edit(explored, old.id, explored.history(old.id)).branch.id == old.id
    parent = explored.branch(old.parent)
    assert keep_edit(explored, old.id, explored.history(parent.id)).branch.id == parent.id
    more = (*explored.history(old.id), _step("color.hue", angle=12.0))
    first = keep_edit(explored, old.id, more)
    again = keep_edit(explored, old.id, more)
    assert (first.new, again.new) == (True, False)
    assert first.branch.id == again.branch.id
    assert len(explored.branches()) == count + 1


def test_an_edit_is_undone_and_redone_and_made_again(explored):
    old = _deepest(explored)
    more = (*explored.history(old.id), _step("color.hue", angle=12.0))
    made = keep_edit(explored, old.id, more).branch.id
    assert explored.branch(made).status == "open"
    explored.undo()
    assert explored.branch(made).status == "killed"
    assert explored.branch(old.id).status == "open"
    explored.redo()
    assert explored.branch(made).status == "open"
    explored.undo()
    again = keep_edit(explored, old.id, more)
    assert again.branch.id == made
    assert again.branch.status == "open"


def test_an_edit_taken_back_teaches_no_dislike(explored):
    old = _deepest(explored)
    keep_edit(explored, old.id, (*explored.history(old.id), _step("color.hue", angle=3.0)))
    explored.undo()
    assert gestures(explored.decisions()) == {}


def test_exploring_goes_on_from_edits(explored):
    old = _deepest(explored)
    more = (*explored.history(old.id), _step("color.hue", angle=33.0))
    made = keep_edit(explored, old.id, more).branch
    explored.decide("pin", [made.id])
    settings = ExploreSettings(budget=16, seed=8, search_edge_px=128)
    Explorer(explored, settings, MeasuresScorer(), listener=lambda _: None).run()
    branches = explored.branches()
    ids = [one.id for one in branches]
    assert ids == sorted(set(ids))
    assert explored.branch(made.id).steps == made.steps
    rounds = [one.round for one in branches]
    assert rounds == sorted(rounds)


def test_what_can_not_be_is_refused_and_nothing_is_kept(explored):
    old = _deepest(explored)
    before, log = explored.branches(), explored.decisions()
    with pytest.raises(InvalidValue, match="no layer"):
        keep_edit(explored, old.id, ())
    with pytest.raises(StepDoesNotApply, match="target must be a layer"):
        keep_edit(explored, old.id, (_step("layout.move", "nobody", x=0.1, y=0.1),))
    assert explored.branches() == before
    assert explored.decisions() == log


def test_a_project_that_was_never_explored_has_no_judge(make_exploration):
    project = make_exploration().project
    step = Step(
        operation=Call(
            name="layout.add_picture",
            parameters=msgspec.to_builtins({"source": project.sources()[0].id}),
        )
    )
    with pytest.raises((NotJudged, InvalidValue)):
        keep_edit(project, ROOT, (step,))
    with pytest.raises(NotJudged):
        settings_of(project)


def test_the_scorer_that_judged_judges_again(explored):
    assert settings_of(explored).scorer == "measures"


def test_settings_that_cannot_be_read_are_told_with_their_run(explored):
    path = explored.path
    explored.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE runs SET settings = json_set(settings, '$.budget', 'much')")
    with (
        Project.open(path) as project,
        pytest.raises(InvalidValue, match=r"the settings of run \d+ of .* can't be read"),
    ):
        settings_of(project)
