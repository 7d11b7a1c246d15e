"""New branches made by a tool instead of the search: each tool's work is a run of its own."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from layerforge.explore.judging import Opinion
from layerforge.explore.room import JudgingRoom
from layerforge.explore.versions import versions
from layerforge.explore.yardsticks import judge_name
from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Step
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from layerforge.project.records import NewBranch, Round


class Grafts:
    """Branches on their way into the project, kept all at once by `keep`."""

    def __init__(self, room: JudgingRoom, *, work: str, details: Mapping[str, Any]) -> None:
        self._room = room
        self._work = {"work": work, **details}
        self._new: list[NewBranch] = []
        self._next = room.project.branch_ids()[-1] + 1
        self._depths: dict[int, int] = {}
        self._number = room.project.rounds_done() + 1
        self._began = time.monotonic()

    def add(
        self,
        parent: int,
        steps: Sequence[Step],
        canvas: Canvas,
        opinion: Opinion,
        *,
        mate: int | None = None,
        origin: int | None = None,
    ) -> int:
        """The id of a new branch that adds ``steps`` to ``parent`` and looks like ``canvas``.

        origin: the branch that it was made from, whose lineage it stays in.
        """
        branch = Branch(
            id=self._next,
            parent=parent,
            mate=mate,
            origin=origin,
            steps=tuple(steps),
            depth=self._depth(parent) + 1,
            round=self._number,
        )
        self._depths[branch.id] = branch.depth
        self._next += 1
        self._new.append(self._room.new_branch(branch, canvas, opinion))
        return branch.id

    def _depth(self, branch_id: int) -> int:
        known = self._depths.get(branch_id)
        return self._room.project.branch(branch_id).depth if known is None else known

    def keep(self, *, evaluated: int) -> tuple[Branch, ...]:
        """Write them to the project in one transaction; returns them with their scores."""
        room, project = self._room, self._room.project
        if not self._new:
            return ()
        run = project.begin_run(
            settings=self._work,
            seed=0,
            scorer=room.scorer.name,
            scorer_description=room.scorer.description,
            versions=versions(),
        )
        made = [
            dataclasses.replace(new, branch=structs.replace(new.branch, run=run))
            for new in self._new
        ]
        project.commit_round(
            Round(
                number=self._number,
                run=run,
                judge=judge_name(room.panel, closely=room.closely),
                encoder=room.encoder,
                evaluated=evaluated,
                rejected={},
                seconds=time.monotonic() - self._began,
                branches=made,
            )
        )
        project.end_run(run)
        return tuple(new.branch for new in made)


def graft_place(project: Project, branch_id: int, steps: Sequence[Step]) -> tuple[int, int]:
    """Where a changed history of a branch joins the tree.

    The deepest ancestor whose own history begins ``steps``, and how many of them that is.
    """
    way: list[Branch] = []
    at: int | None = branch_id
    while at is not None:
        way.append(project.branch(at))
        at = way[-1].parent
    place, count = ROOT, 0
    for branch in reversed(way[1:]):  # from the root down, the branch itself left out
        after = count + len(branch.steps)
        if tuple(steps[count:after]) != branch.steps or after >= len(steps):
            break
        place, count = branch.id, after
    return place, count


def keep_variation(
    room: JudgingRoom,
    branch_id: int,
    steps: Sequence[Step],
    opinion: Opinion,
    *,
    work: str,
    details: Mapping[str, Any],
    evaluated: int,
) -> Branch:
    """Keep ``steps``, a changed history of a branch that was judged, as a branch of its lineage."""
    parent, count = graft_place(room.project, branch_id, steps)
    grafts = Grafts(room, work=work, details={"branch": branch_id, **details})
    canvas = fold(steps, room.project.canvas)
    grafts.add(parent, steps[count:], canvas, opinion, origin=branch_id)
    (branch,) = grafts.keep(evaluated=evaluated)
    return branch


def folded(steps: Sequence[Step], blank: Canvas) -> Canvas | None:
    """What ``steps`` make of ``blank``; None where one of them does not apply."""
    try:
        return fold(steps, blank)
    except (StepDoesNotApply, InvalidValue):
        return None


def not_the_root(branch_id: int, what: str) -> None:
    """Raise InvalidValue where the root is asked for something that needs steps."""
    if branch_id == ROOT:
        raise InvalidValue(f"branch 0 is the blank canvas: there is nothing to {what}")
