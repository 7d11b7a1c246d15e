"""What runs learn of operations, kept in the project and gone on from."""

import sqlite3
from contextlib import closing

import pytest

from layerforge.explore.events import Note
from layerforge.explore.learned import document_of, learned_in, operation_credits
from layerforge.project.errors import ProjectError
from layerforge.search.policy import DECISION, Evidence


def tries(learned):
    return sum(one.tries for one in learned.values())


def test_what_is_kept_is_sorted_by_operation_and_context():
    learned = {
        ("blur.gaussian", "first layer of few"): Evidence(3.0, 1.25),
        ("blur.gaussian", "blur canvas of few"): Evidence(1.0, 0.0),
        ("tone.gamma", "first layer of few"): Evidence(2.0, 0.5),
    }
    document = document_of(learned)
    assert document["operations"]["blur.gaussian"]["blur canvas of few"] == [1.0, 0.0]
    assert set(document["operations"]) == {"blur.gaussian", "tone.gamma"}


def test_a_run_goes_on_from_what_the_last_one_learned(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32, search_edge_px=64)
    first = learned_in(exploration.project)
    # each of 32 candidates on the blank canvas has three or four steps
    assert 3 * 32 <= tries(first) <= 4 * 32
    assert 0.0 < sum(one.reward for one in first.values()) < tries(first)
    adding = sum(one.tries for key, one in first.items() if key[0] == "layout.add_picture")
    assert adding >= 2 * 32  # two pictures at least make a collage
    exploration.run(budget=16, search_edge_px=64, seed=8)
    second = learned_in(exploration.project)
    assert all(second[key].tries >= one.tries for key, one in first.items())
    assert tries(second) >= tries(first) + 16


@pytest.mark.parametrize("settings", [{"strategy": "random"}, {"policy": False}], ids=str)
def test_without_a_policy_nothing_is_learned(make_exploration, settings):
    exploration = make_exploration()
    exploration.run(budget=16, search_edge_px=64, **settings)
    assert learned_in(exploration.project) == {}
    assert operation_credits(exploration.project) == []


def test_pins_and_kills_weigh_on_the_operations_of_the_branch(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32, search_edge_px=64)
    project = exploration.project
    branch = project.branches()[1]
    name = branch.steps[-1].operation.name
    count = sum(step.operation.name == name for step in branch.steps)

    def credit():
        return next(one for one in operation_credits(project) if one.operation == name)

    before = credit()
    project.decide("kill", [branch.id])
    killed = credit()
    assert killed.mean < before.mean
    assert killed.tries == before.tries + count * DECISION
    project.decide("pin", [branch.id])
    assert credit().mean > before.mean
    project.undo()
    project.undo()
    assert credit() == before


def test_what_is_damaged_is_told_and_learned_anew(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=16, search_edge_px=64)
    with closing(sqlite3.connect(exploration.project.path)) as connection:
        connection.execute('UPDATE policies SET document = \'{"operations": {"a": 3}}\'')
        connection.commit()
    with pytest.raises(ProjectError, match="learned of operations is damaged"):
        learned_in(exploration.project)
    exploration.run(budget=16, search_edge_px=64, seed=8)
    notes = [event.text for event in exploration.events if isinstance(event, Note)]
    assert any("is learned anew" in text for text in notes)
    assert tries(learned_in(exploration.project)) >= 16
