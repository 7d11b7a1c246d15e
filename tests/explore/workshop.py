"""A project that was explored a little, with branches made by hand for the tools to work on."""

from dataclasses import dataclass

from layerforge.explore.grafting import Grafts
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.conftest import Exploration
from tests.search.pieces import add, step


@dataclass
class Workshop:
    """The project and a room to judge in.  sources: the ids of its two photographs."""

    project: Project
    room: JudgingRoom

    @property
    def sources(self):
        return [source.id for source in self.project.sources()]

    def branch(self, *steps, parent=ROOT):
        """The id of a new branch that adds ``steps`` to ``parent``."""
        grafts = Grafts(self.room, work="test", details={})
        canvas = fold([*self.project.history(parent), *steps], self.project.canvas)
        (opinion,) = self.room.opinions([canvas], closely=True)
        grafts.add(parent, steps, canvas, opinion)
        (branch,) = grafts.keep(evaluated=1)
        return branch.id

    def value(self, *steps):
        """What a history is worth, judged on its own."""
        return self.room.value(self.opinion(*steps))

    def canvas(self, *steps):
        return fold(steps, self.project.canvas)

    def opinion(self, *steps):
        (found,) = self.room.opinions([self.canvas(*steps)], closely=True)
        return found

    def count(self):
        return len(self.project.branch_ids())

    def ground(self, **changes):
        """A photograph that covers the canvas."""
        return add("ground", self.sources[0], **changes)

    def sheet(self, **changes):
        """The other photograph, half as large as the canvas."""
        usual = {"source": self.sources[1], "fit": "contain", "scale": 0.5}
        return add("sheet", **(usual | changes))


def opened(folder, photos):
    """A workshop in ``folder``; its room is to be entered."""
    canvas = Canvas(width=320, height=240)
    project = Project.create(folder / "workshop.layerforge", canvas=canvas)
    add_sources(project, read_sources([photos]))
    Exploration(project).run(budget=24, fragility=True)
    return Workshop(project, JudgingRoom(project, scorer=MeasuresScorer()))


NOTHING = step("tone.gamma", "ground", gamma=1.0)
"""A step that changes no pixel."""
