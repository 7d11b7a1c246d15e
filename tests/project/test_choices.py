import sqlite3
from contextlib import closing

import numpy as np
import pytest

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.project.decisions import Decision, choices, gestures, in_force, redoable
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.records import NewBranch, Round
from layerforge.scoring.taste_file import TasteFile


@pytest.fixture
def project(tmp_path):
    """A project with three branches on the root."""
    with Project.create(tmp_path / "p.layerforge", canvas=Canvas(width=32, height=24)) as made:
        run = made.begin_run(settings={}, seed=1, scorer="s", scorer_description="", versions={})
        new = [
            NewBranch(
                branch=Branch(id=one, parent=ROOT, steps=(), depth=1, round=1, run=run),
                embedding=np.zeros(2, dtype=np.float16),
                thumbnail=b"webp",
                fingerprint=np.zeros(56, dtype=np.uint8),
            )
            for one in (1, 2, 3)
        ]
        made.commit_round(
            Round(
                number=1, run=run, judge="j", encoder="e", evaluated=3, rejected={}, seconds=0.1,
                branches=new,
            )
        )  # fmt: skip
        yield made


def statuses(project):
    return [branch.status for branch in project.branches()]


def test_a_choice_is_kept_undone_and_done_again(project):
    project.prefer(2, 1)
    project.decide("pin", [3])
    project.prefer(1, 3)
    assert choices(project.decisions()) == [(2, 1), (1, 3)]
    assert statuses(project) == ["open", "open", "open", "pinned"]
    assert project.undo().kind == "compare"
    assert choices(project.decisions()) == [(2, 1)]
    assert project.undo().kind == "pin"
    assert project.undo().kind == "compare"
    assert project.undo() is None
    assert choices(project.decisions()) == []
    assert project.redo().branches == (2, 1)
    assert choices(project.decisions()) == [(2, 1)]
    assert [one.kind for one in redoable(project.decisions())] == ["compare", "pin"]
    project.prefer(3, 2)
    assert project.redo() is None  # a new decision ends what could be redone
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert choices(again.decisions()) == [(2, 1), (3, 2)]


def test_choices_that_contradict_stand_beside_each_other(project):
    project.prefer(1, 2)
    project.prefer(2, 1)
    project.prefer(1, 2)
    assert choices(project.decisions()) == [(1, 2), (2, 1), (1, 2)]


@pytest.mark.parametrize(
    ("pair", "error", "words"),
    [
        ((1, 1), InvalidValue, "branch 1 can't be preferred to itself"),
        ((1, 77), ProjectError, "no branch 77"),
        ((77, 1), ProjectError, "no branch 77"),
        ((ROOT, 1), InvalidValue, "the root is the blank canvas"),
        ((1, ROOT), InvalidValue, "the root is the blank canvas"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(project, pair, error, words):
    with pytest.raises(error, match=words):
        project.prefer(*pair)
    assert project.decisions() == []


def test_the_last_decision_on_a_branch_holds_and_says_how_many_it_took():
    log = [
        Decision(1, "pin", (1, 2)),
        Decision(2, "kill", (2, 3, 4)),
        Decision(3, "reset", (3,)),
        Decision(4, "compare", (1, 2)),
        Decision(5, "pin", (5,)),
        Decision(6, "undo", (), refers_to=5),
    ]
    assert gestures(log) == {1: 2, 2: 3, 4: 3}
    assert [entry.id for entry in in_force(log)] == [1, 2, 3, 4]
    assert gestures([*log, Decision(7, "redo", (), refers_to=5)]) == {1: 2, 2: 3, 4: 3, 5: 1}


def taste_file(slope):
    return TasteFile(
        encoder="e", width=2, voters=("v",), mean=(0.1, 0.2, slope), scale=(1.0, 1.0, 1.0),
        slope=slope,
    )  # fmt: skip


def test_a_taste_is_brought_in_replaced_undone_and_survives_reopening(project):
    assert project.brought_taste() is None
    project.bring_taste(taste_file(1.0))
    project.decide("pin", [1])
    project.bring_taste(taste_file(2.0))
    assert project.brought_taste() == taste_file(2.0)
    assert project.undo().kind == "taste"
    assert project.brought_taste() == taste_file(1.0)
    assert project.redo().kind == "taste"
    path = project.path
    project.close()
    with Project.open(path, read_only=True) as again:
        assert again.brought_taste() == taste_file(2.0)
        assert statuses(again)[1] == "pinned"


def test_a_damaged_taste_is_named(project):
    project.bring_taste(taste_file(1.0))
    path = project.path
    project.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE tastes SET file = '{}'")
        other.commit()
    with Project.open(path) as again, pytest.raises(InvalidValue, match=r"the taste in .*p\.layer"):
        again.brought_taste()
