import subprocess
import sys

import pytest

from layerforge.project.decisions import Decision, in_force, redoable, statuses
from layerforge.project.project import Project
from layerforge.project.records import Round
from tests.project.conftest import CANVAS
from tests.project.test_project import begin_run, new_branch

DO = """
import sys
from pathlib import Path
from layerforge.project.project import Project

with Project.open(Path(sys.argv[1])) as project:
    for word in sys.argv[2:]:
        if word in ("undo", "redo"):
            done = getattr(project, word)()
            print(word, done.kind if done else "nothing", end=" ")
        else:
            project.decide(word[:-1], [int(word[-1])])
    print(*(branch.status for branch in project.branches()[1:]))
"""


@pytest.fixture
def do(tmp_path):
    """Does some of the things in a process of its own, and says what each branch is then."""
    path = tmp_path / "p.layerforge"
    with Project.create(path, canvas=CANVAS) as project:
        run = begin_run(project)
        branches = [new_branch(1, 0, depth=1, run=run), new_branch(2, 0, depth=1, run=run)]
        project.commit_round(
            Round(
                number=1, run=run, judge="j", encoder="e", evaluated=2, rejected={}, seconds=1.0,
                branches=branches,
            )
        )  # fmt: skip

    def in_a_process(*words):
        done = subprocess.run(
            [sys.executable, "-c", DO, path, *words], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    return in_a_process


def test_each_process_undoes_and_redoes_what_earlier_ones_decided(do):
    assert do("pin1", "kill2") == "pinned killed"
    assert do("undo") == "undo kill pinned open"
    assert do("redo", "undo") == "redo kill undo kill pinned open"
    assert do("undo", "undo") == "undo pin undo nothing open open"
    assert do("redo", "redo", "redo") == "redo pin redo kill redo nothing pinned killed"
    assert do("undo", "pin2") == "undo kill pinned pinned"
    assert do("redo", "undo") == "redo nothing undo pin pinned open"


def test_a_log_that_refers_to_nothing():
    log = [
        Decision(id=1, kind="pin", branches=(1,)),
        Decision(id=2, kind="undo", branches=(), refers_to=77),
        Decision(id=3, kind="redo", branches=(), refers_to=None),
        Decision(id=4, kind="undo", branches=(), refers_to=None),
        Decision(id=5, kind="undo", branches=(), refers_to=78),
        Decision(id=6, kind="nonsense", branches=(2,)),
    ]
    assert [entry.id for entry in in_force(log)] == [1]
    assert redoable(log) == []
    assert statuses(log) == {1: "pinned"}


def test_what_was_made_by_hand_counts_as_killed_while_it_is_undone():
    made = Decision(id=1, kind="edit", branches=(5,))
    undone = Decision(id=2, kind="undo", branches=(), refers_to=1)
    again = Decision(id=3, kind="redo", branches=(), refers_to=1)
    other = Decision(id=4, kind="edit", branches=(5,))
    assert statuses([made]) == {}
    assert statuses([made, undone]) == {5: "killed"}
    assert redoable([made, undone]) == [made]
    assert statuses([made, undone, again]) == {}
    assert statuses([made, undone, other]) == {}
    pinned = Decision(id=5, kind="pin", branches=(5,))
    assert statuses([made, undone, pinned]) == {5: "pinned"}
