"""Editing by hand: another history of a branch becomes a branch of its own, judged like all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layerforge.explore.grafting import Grafts, graft_place
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.step import Step
from layerforge.operations.fold import fold
from layerforge.project.decisions import EDIT
from layerforge.project.project import Project
from layerforge.scoring.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Edited:
    """The branch that looks like an edit; ``new`` is False where it was there already."""

    branch: Branch
    new: bool


def keep_edit(
    project: Project, branch_id: int, steps: Sequence[Step], *, scorer: Scorer | None = None
) -> Edited:
    """Keep ``steps``, a changed history of a branch, as a branch, whatever it is worth.

    It is judged by the panel of the last exploration and joins the tree where its history parts
    from others: below ``branch_id`` where it only adds to it, else beside it or further up.  A
    branch with this very history is taken as it is.  scorer: that of the last exploration, where
    it is at hand.

    Raises InvalidValue where no layer is left, StepDoesNotApply and what `fold` raises besides,
    NotJudged where the project was never explored.
    """
    steps = tuple(steps)
    canvas = edited_canvas(project, steps)
    known = _branch_with(project, steps)
    if known is not None:
        log = project.decisions()
        made = any(known.id in entry.branches for entry in log if entry.kind == EDIT)
        if known.status == "killed" and made:
            project.note_edit([known.id])
            known = project.branch(known.id)
        return Edited(known, new=False)
    place, count = place_for(project, branch_id, steps)
    with JudgingRoom(project, scorer=scorer) as room:
        (opinion,) = room.opinions([canvas], closely=room.closely)
        grafts = Grafts(room, work="edit", details={"branch": branch_id})
        origin = None if branch_id in (ROOT, place) else branch_id
        grafts.add(place, steps[count:], canvas, opinion, origin=origin)
        (branch,) = grafts.keep(evaluated=1)
    project.note_edit([branch.id])
    return Edited(branch, new=True)


def edited_canvas(project: Project, steps: Sequence[Step]) -> Canvas:
    """What ``steps`` make of the blank canvas.  Raises InvalidValue where no layer is left."""
    canvas = fold(steps, project.canvas)
    if not canvas.layers:
        raise InvalidValue("no layer would be left on the canvas")
    return canvas


def place_for(project: Project, branch_id: int, steps: Sequence[Step]) -> tuple[int, int]:
    """The branch that a changed history of ``branch_id`` grows from, and how much of it that has.

    Where that is all of it, the branch itself is meant, and its own parent is given.
    """
    history = project.history(branch_id)
    if branch_id != ROOT and len(steps) > len(history) and tuple(steps[: len(history)]) == history:
        return branch_id, len(history)
    return graft_place(project, branch_id, steps)


def _branch_with(project: Project, steps: tuple[Step, ...]) -> Branch | None:
    """The first branch with this very history, a living one where there is; None without any."""
    reached = {ROOT: 0}
    found: list[Branch] = []
    for branch in project.branches():  # parents come before their children
        if branch.parent not in reached:
            continue
        at = reached[branch.parent]
        after = at + len(branch.steps)
        if steps[at:after] == branch.steps:
            reached[branch.id] = after
            if after == len(steps):
                found.append(branch)
    return min(found, key=lambda one: (one.status == "killed", one.id), default=None)
