"""Where a changed history joins the tree."""

import pytest

from layerforge.explore.grafting import graft_place
from layerforge.model.branch import ROOT
from tests.explore.workshop import NOTHING
from tests.search.pieces import step

BLUR = step("blur.gaussian", "sheet", radius=0.01)


@pytest.fixture(scope="module")
def line(workshop):
    """The ids of three generations with one, two and one steps."""
    first = workshop.branch(workshop.ground())
    second = workshop.branch(NOTHING, workshop.sheet(), parent=first)
    return first, second, workshop.branch(BLUR, parent=second)


def test_a_history_joins_where_it_leaves_that_of_the_branch(workshop, line):
    first, second, third = line
    ground, sheet = workshop.ground(), workshop.sheet()

    def place(*steps):
        return graft_place(workshop.project, third, steps)

    other = step("blur.gaussian", "sheet", radius=0.02)
    assert place(ground, NOTHING, sheet, other) == (second, 3)
    assert place(ground, sheet, BLUR) == (first, 1)
    assert place(ground, NOTHING, sheet) == (first, 1)  # one step must be left to add
    assert place(sheet, BLUR) == (ROOT, 0)


def test_branches_are_kept_with_all_that_comes_with_them(workshop, line):
    kept = workshop.project.branch(line[1])
    assert (kept.parent, kept.depth) == (line[0], 2)
    assert kept.score.value == pytest.approx(
        workshop.value(workshop.ground(), NOTHING, workshop.sheet())
    )
    assert workshop.project.thumbnail(kept.id) is not None
    assert kept.id in workshop.project.embeddings(encoder=workshop.room.encoder)
    (run,) = [one for one in workshop.project.runs() if one.id == kept.run]
    assert run.settings["work"] == "test"
    assert run.ended_at is not None
