from dataclasses import dataclass, field

import pytest

from layerforge.explore.events import Event
from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.settings import ExploreSettings
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer


@dataclass
class Exploration:
    """A project with sources, and the way to explore it."""

    project: Project
    events: list[Event] = field(default_factory=list)

    def run(self, *, scorer=None, **settings):
        given = {"budget": 48, "seed": 7, "search_edge_px": 128} | settings
        extra = {
            name: given.pop(name)
            for name in ("control", "executor", "workbench_name", "listener", "cheap", "mood")
            if name in given
        }
        listener = extra.pop("listener", self.events.append)
        return Explorer(
            self.project,
            ExploreSettings(**given),
            MeasuresScorer() if scorer is None else scorer,
            listener=listener,
            **extra,
        ).run()

    def tree(self):
        """What must repeat: everything but times."""
        return [
            (branch.id, branch.parent, branch.steps, branch.value, branch.round)
            for branch in self.project.branches()
        ]


@pytest.fixture
def make_exploration(tmp_path, photo_folder):
    made = []

    def make(name="p", *, folder=photo_folder, size=(320, 240)):
        canvas = Canvas(width=size[0], height=size[1])
        project = Project.create(tmp_path / f"{name}.layerforge", canvas=canvas)
        made.append(project)
        add_sources(project, read_sources([folder]))
        return Exploration(project)

    yield make
    for project in made:
        project.close()


@pytest.fixture(scope="session")
def workshop(tmp_path_factory, photo_folder):
    """A project that the tools may add branches to, for all tests together."""
    from tests.explore.workshop import opened

    shop = opened(tmp_path_factory.mktemp("workshop"), photo_folder)
    with shop.project, shop.room:
        yield shop
