"""What a branch's value is made of: each voter's part, and what disagreement and fragility took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layerforge.explore.palate import TASTE
from layerforge.explore.tasted import Tasted, tasted
from layerforge.explore.yardsticks import panel_in, panel_named_by
from layerforge.model.branch import Branch
from layerforge.project.project import Project
from layerforge.scoring.panel import Panel


@dataclass(frozen=True, slots=True)
class Vote:
    """One voter's part in a value.

    raw: on the voter's own scale.  usual: the mean on the reference sample.  standardised: how far
    from it, in standard deviations, within what a panel lets count.  weight: its share, 0 to 1.
    part: standardised times weight; the parts of all voters add up to the mean.
    """

    raw: float
    usual: float
    standardised: float
    weight: float
    part: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What the value of a branch is made of.

    votes: by voter.  plain: the value of the picture as it is, the mean of the votes less
    ``kappa`` times their spread.  sample: how many pictures the reference sample has.
    """

    votes: Mapping[str, Vote]
    mean: float
    spread: float
    kappa: float
    plain: float
    sample: int


def breakdowns(project: Project, *, made: Tasted | None = None) -> dict[int, Breakdown]:
    """By branch, where the panel that judged it is known.  made: by `tasted`, if at hand."""
    panels: dict[str, Panel] = {}
    for run in project.runs():
        if (panel := panel_in(run, project=project)) is not None:
            panels[panel.identity] = panel
    judges = project.judges()
    branches, with_taste = tasted(project) if made is None else made
    found: dict[int, Breakdown] = {}
    for branch in branches:
        judged = panels.get(panel_named_by(judges.get(branch.id, "")))
        if branch.score is not None and TASTE in branch.score.parts:
            judged = with_taste
        if judged is not None and branch.score is not None:
            found[branch.id] = _breakdown(judged, branch.score.parts)
    return found


def sample_size(project: Project) -> int | None:
    """How many pictures the reference sample of the last run has; None where there was none."""
    for run in reversed(project.runs()):
        if (panel := panel_in(run, project=project)) is not None:
            return panel.yardstick.pictures
    return None


def lineage(project: Project, branch: Branch) -> list[Branch]:
    """The branches from the first one below the root to ``branch``, in order."""
    known = {one.id: one for one in project.branches()}
    line: list[Branch] = []
    at: Branch | None = branch
    while at is not None and at.parent is not None:
        line.append(at)
        at = known.get(at.parent)
    return line[::-1]


def _breakdown(panel: Panel, raw: Mapping[str, float]) -> Breakdown:
    columns = {name: np.array([raw[name]]) for name in panel.voters}
    standardised = {name: float(said[0]) for name, said in panel.standardised(columns).items()}
    joined = panel.join(columns)
    shares = panel.shares
    votes = {
        name: Vote(
            raw=raw[name],
            usual=float(np.mean(panel.yardstick.votes[name])),
            standardised=standardised[name],
            weight=shares[name],
            part=shares[name] * standardised[name],
        )
        for name in panel.voters
    }
    return Breakdown(
        votes=votes,
        mean=sum(vote.part for vote in votes.values()),
        spread=float(joined.spread[0]),
        kappa=panel.kappa,
        plain=float(joined.values[0]),
        sample=panel.yardstick.pictures,
    )
