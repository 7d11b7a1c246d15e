"""Exploring while the project can't be written: the round waits, and nothing is lost."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial

import pytest

from layerforge.explore import keeping
from layerforge.explore.events import Finished, Halted, RoundDone, WentOn
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.jobs import Control
from layerforge.project import opening
from layerforge.project.project import Project
from tests.explore.conftest import Exploration

SETTINGS = {"budget": 80, "threads": 1, "search_edge_px": 64, "fragility": False}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(keeping, "RETRY_S", 0.05)
    monkeypatch.setattr(opening, "WAIT_S", 0.05)


class Watching:
    """A listener that acts on some events, and the exploration in another thread."""

    def __init__(self, exploration):
        self.events = []
        self.control = Control()
        self._exploration = exploration
        self._thread = ThreadPoolExecutor(1)
        self.halted, self.again = threading.Event(), threading.Event()
        self.after_round = lambda number: None

    def __call__(self, event):
        self.events.append(event)
        if isinstance(event, RoundDone):
            self.after_round(event.round)
        if isinstance(event, Halted):
            (self.again if self.halted.is_set() else self.halted).set()

    def kinds(self):
        return [type(event) for event in self.events]

    @contextmanager
    def exploring(self):
        """What it gives; it ends with this, however this ends."""
        run = partial(self._exploration.run, **SETTINGS, listener=self, control=self.control)
        try:
            yield self._thread.submit(run)
        finally:
            self.control.stop()
            self._thread.shutdown()


@pytest.fixture
def other(make_exploration):
    """Another program's connection to the project of ``exploration``."""

    def connect(exploration):
        return closing(
            sqlite3.connect(exploration.project.path, isolation_level=None, check_same_thread=False)
        )

    return connect


def test_a_round_waits_until_another_program_lets_go(make_exploration, other):
    undisturbed, exploration = make_exploration("undisturbed"), make_exploration()
    undisturbed.run(**SETTINGS)
    watching = Watching(exploration)
    with other(exploration) as writer, watching.exploring() as running:
        watching.after_round = lambda number: number == 2 and writer.execute("BEGIN IMMEDIATE")
        assert watching.halted.wait(60)
        assert not watching.again.wait(0.5)  # it tries again, and does not say so each time
        watching.control.resume()
        assert watching.again.wait(10)  # asked to, it does
        assert exploration.project.rounds_done() == 2
        writer.execute("ROLLBACK")
        assert running.result(60).evaluated == 80
    assert exploration.tree() == undisturbed.tree()
    kinds = watching.kinds()
    assert kinds.count(WentOn) == 1
    assert kinds.count(Halted) == 2
    at = kinds.index(WentOn)
    assert kinds[at - 1] is Halted
    assert kinds[at + 1] is RoundDone
    assert "p.layerforge can't be written: another program" in watching.events[at - 1].text


def test_stopping_while_a_round_waits_keeps_what_was_kept(make_exploration, other):
    exploration = make_exploration()
    watching = Watching(exploration)
    with other(exploration) as writer, watching.exploring() as running:
        watching.after_round = lambda number: number == 1 and writer.execute("BEGIN IMMEDIATE")
        assert watching.halted.wait(60)
        watching.control.stop()
        finished = running.result(10)
        writer.execute("ROLLBACK")
    assert isinstance(watching.events[-1], Finished)
    assert finished.stopped
    assert finished.evaluated == 16
    kept = exploration.project.branches()
    assert finished.admitted == len(kept) - 1
    # the best of what is kept, not of what was not
    assert finished.best[1] == max(branch.value for branch in kept[1:])
    assert exploration.project.rounds_done() == 1
    assert exploration.project.runs()[0].ended_at is None
    exploration.run(budget=16, seed=8, search_edge_px=64)
    assert exploration.project.rounds_done() == 2


def test_exploring_on_a_disk_that_fills_up_and_gets_room(
    make_exploration, photo_folder, mounted, fill
):
    undisturbed = make_exploration("undisturbed")
    undisturbed.run(**SETTINGS)
    folder = mounted("size=4m")
    path = folder / "p.layerforge"
    with Project.create(path, canvas=undisturbed.project.canvas) as project:
        add_sources(project, read_sources([photo_folder]))
        exploration = Exploration(project)
        watching = Watching(exploration)
        watching.after_round = lambda number: number == 2 and fill(folder)
        with watching.exploring() as running:
            assert watching.halted.wait(60)
            assert project.rounds_done() < 5
            (folder / "ballast").unlink()
            assert running.result(60).evaluated == 80
        assert exploration.tree() == undisturbed.tree()
    texts = [event.text for event in watching.events if isinstance(event, Halted)]
    assert f"{path} can't be written: the disk is full: about" in texts[0]
    assert [one.name for one in folder.iterdir()] == ["p.layerforge"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
