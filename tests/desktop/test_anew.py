from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from layerforge.desktop.anew import REST, Anew
from layerforge.desktop.bridge import Tell
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.project.project import Project


class Looking(Anew):
    """Finds a project's name, after a while."""

    def __init__(self) -> None:
        super().__init__(patience_ms=5)
        self.found: list[str] = []
        self.fails = False
        self.takes_s = 0.0

    def _work(self) -> Callable[[Project, Tell], str]:
        return self._look

    def _look(self, project: Project, tell: Tell) -> str:
        tell("begun")
        time.sleep(self.takes_s)
        if self.fails:
            raise InvalidValue("it can't\nbe seen")
        return project.path.stem

    def _take(self, found: str) -> None:
        self.found.append(found)


@pytest.fixture
def projects(tmp_path: Path) -> Iterator[list[Project]]:
    made = [
        Project.create(tmp_path / f"{name}.layerforge", canvas=Canvas(width=8, height=8))
        for name in ("one", "two")
    ]
    yield made
    for project in made:
        project.close()


@pytest.fixture
def looking(qtbot: QtBot, projects: list[Project]) -> Iterator[Looking]:
    looking = Looking()
    looking.begin()  # there is nothing to look at yet
    assert not looking.busy
    looking.project = projects[0]
    yield looking
    assert looking.close(timeout_s=5)


def test_many_changes_are_one_look(looking: Looking, qtbot: QtBot) -> None:
    for _ in range(9):
        looking.refresh()
    qtbot.waitUntil(lambda: not looking.busy, timeout=5000)
    assert looking.found == ["begun", "one"]


def test_what_is_found_of_a_project_that_was_left_is_dropped(
    looking: Looking, projects: list[Project], qtbot: QtBot
) -> None:
    looking.takes_s = 0.05
    looking.begin()
    looking.project = projects[1]
    looking.begin()  # follows when the first one is over
    qtbot.waitUntil(lambda: not looking.busy, timeout=5000)
    assert looking.found == ["begun", "two"]


def test_failing_is_said_in_a_line_and_only_of_the_project_at_hand(
    looking: Looking, projects: list[Project], qtbot: QtBot
) -> None:
    looking.fails = True
    said: list[str] = []
    looking.failed.connect(said.append)
    looking.begin()
    qtbot.waitUntil(lambda: not looking.busy, timeout=5000)
    assert said == ["it can't be seen"]
    looking.takes_s = 0.05
    looking.begin()
    looking.project = projects[1]
    qtbot.waitUntil(lambda: not looking.busy, timeout=5000)
    assert len(said) == 1


def test_dear_looks_rest_longer(looking: Looking, qtbot: QtBot) -> None:
    looking.takes_s = 0.1
    looking.begin()
    qtbot.waitUntil(lambda: not looking.busy, timeout=5000)
    looking.refresh()
    began = time.monotonic()
    qtbot.waitUntil(lambda: looking.found.count("one") == 2, timeout=10_000)
    assert time.monotonic() - began >= REST * 0.1
