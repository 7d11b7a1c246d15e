"""What a project's branches are worth to its user: the panel's values with taste among the voters.

Nothing of it is kept in the project.  It follows from the log, as statuses do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from layerforge.explore.judging import unit
from layerforge.explore.mood import board_in, loved_field
from layerforge.explore.palate import TASTE, Field, Palate, palate_of
from layerforge.explore.yardsticks import last_panel
from layerforge.model.branch import Branch
from layerforge.project.decisions import choices, statuses
from layerforge.project.project import Project
from layerforge.scoring.panel import Panel


def palate_in(project: Project) -> tuple[Palate, Field] | None:
    """The taste that a project's log shows, and the branches it speaks of.

    None where too few branches are kept to measure it by.
    """
    return _palate_in(project, project.branches())


def _palate_in(project: Project, branches: Sequence[Branch]) -> tuple[Palate, Field] | None:
    judged = last_panel(project)
    if judged is None:
        return None
    panel, run = judged
    encoder = str(run.reference["encoder"])
    vectors = project.embeddings(encoder=encoder)
    known = [
        (branch.id, branch.score.parts)
        for branch in branches
        if branch.score is not None
        and branch.id in vectors
        and branch.score.parts.keys() >= set(panel.voters)
    ]
    if not known:
        return None
    field = Field(
        ids=[one for one, _ in known],
        embeddings=np.stack([unit(vectors[one]) for one, _ in known]),
        votes=[votes for _, votes in known],
    )
    palate = palate_of(
        project.decisions(),
        field,
        panel,
        encoder=encoder,
        factor=float(run.settings.get("weights", {}).get(TASTE, 1.0)),
        loved=loved_field(board_in(run.reference)),
        loaded=project.brought_taste(),
    )
    return None if palate is None else (palate, field)


@dataclass(frozen=True, slots=True)
class Liked:
    """How much a branch is liked more than the middle of all, give or take a standard deviation."""

    id: int
    worth: float
    deviation: float


@dataclass(frozen=True, slots=True)
class TasteReport:
    """What is known of a taste.

    choices, pinned, killed: how many of each it was learned from.  loved: so many pictures of a
    mood board as well.  brought: whether a taste from another project came first.  accuracy: the
    share of these that is foretold from the others, ½ is chance; None where there are none.
    skill: how surely the better of two branches is known, 0 to 1.  share: of the panel's weights.
    branches: all that are judged, by id.
    """

    choices: int
    pinned: int
    killed: int
    brought: bool
    accuracy: float | None = None
    skill: float = 0.0
    share: float = 0.0
    encoder: str | None = None
    branches: tuple[Liked, ...] = ()
    loved: int = 0

    @property
    def judged(self) -> int:
        """How many judgements of the project's own there are, loved pictures left out."""
        return self.choices + self.pinned + self.killed


def taste_report(project: Project) -> TasteReport:
    """What is known of the taste of a project's user."""
    log = project.decisions()
    status = list(statuses(log).values())
    counts = (len(choices(log)), status.count("pinned"), status.count("killed"))
    brought = project.brought_taste() is not None
    panel = last_panel(project)
    board = None if panel is None else loved_field(board_in(panel[1].reference))
    loved = 0 if board is None else len(board)
    found = palate_in(project)
    if found is None:
        return TasteReport(*counts, brought, loved=loved)
    palate, field = found
    return TasteReport(
        *counts,
        brought,
        accuracy=palate.trust.accuracy,
        skill=palate.trust.skill,
        share=palate.share,
        encoder=palate.features.encoder,
        loved=loved,
        branches=tuple(
            Liked(one, float(worth), float(deviation))
            for one, worth, deviation in zip(
                field.ids, palate.worth(field), palate.deviations(field), strict=True
            )
        ),
    )


Tasted = tuple[tuple[Branch, ...], Panel | None]
"""All branches with the user's taste in their values, and the panel that it has joined."""


def tasted(project: Project) -> Tasted:
    """All branches, with the user's taste in their values, and the panel that it has joined.

    What a branch lost to fragility, its spread and its percentile stay those of the panel without
    taste.  Where taste does not count, the branches are as ``project.branches`` gives them, and
    there is no such panel.
    """
    branches = project.branches()
    found = _palate_in(project, branches)
    if found is None or found[0].weight <= 0.0:
        return branches, None
    palate, field = found
    values, worths = palate.values(field)
    now = {
        one: (float(value), float(worth))
        for one, value, worth in zip(field.ids, values, worths, strict=True)
    }
    moved = (_moved(one, *now[one.id]) if one.id in now else one for one in branches)
    return tuple(moved), palate.panel


def tasted_branches(project: Project) -> tuple[Branch, ...]:
    """All branches, with the user's taste in their values."""
    return tasted(project)[0]


def _moved(branch: Branch, plain: float, worth: float) -> Branch:
    if branch.score is None:
        return branch
    score = replace(
        branch.score,
        value=plain - branch.score.fragility,
        parts={**branch.score.parts, TASTE: worth},
    )
    return replace(branch, score=score)
