"""What a run draws with, and what it learns with, made from its settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from layerforge.explore.drawing import Drawing
from layerforge.explore.learned import learned_in
from layerforge.explore.learning import Learning
from layerforge.explore.settings import ExploreSettings
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.search.dials import Dials
from layerforge.search.policy import Arm, Evidence, Policy
from layerforge.search.proposer import Proposer
from layerforge.search.strategies import make_frontier
from layerforge.search.strategies.below import Below


@dataclass(frozen=True, slots=True)
class Prepared:
    """What draws candidates, what learns from them, and the dials that both look at."""

    drawing: Drawing
    learning: Learning
    dials: Dials


def prepare(
    project: Project,
    settings: ExploreSettings,
    *,
    proposer: Proposer,
    typical_distance: float,
    tell: Callable[[str], None],
) -> Prepared:
    """All that the settings ask for; the random control learns nothing.

    proposer: without a preference.  typical_distance: about how far two unrelated pictures lie
    apart, cosine.  Raises MissingExtra where the strategy needs a package that is not installed.
    """
    learns = settings.strategy != "random"
    policy = Policy(_known(project, tell)) if settings.policy and learns else None
    if policy is not None:
        proposer = dataclasses.replace(proposer, preference=policy)
    frontier = make_frontier(
        settings.strategy, novelty_weight=settings.novelty, typical_distance=typical_distance
    )
    if settings.grow_from:
        frontier = Below(_grown_from(project, settings.grow_from), others=frontier)
    dials = Dials(
        temperature=settings.temperature,
        noise=settings.noise,
        cooling=settings.cooling,
        adaptive=settings.adapt_noise and learns,
    )
    return Prepared(
        drawing=Drawing(project, settings, proposer, frontier=frontier, dials=dials),
        learning=Learning(project, frontier=frontier, dials=dials, policy=policy),
        dials=dials,
    )


def _grown_from(project: Project, heads: Iterable[int]) -> set[int]:
    """``heads`` with all that grew from them in earlier runs, their variations too."""
    found = set(heads)
    for one in project.outline():  # parents and origins come before
        if one.parent in found or one.origin in found:
            found.add(one.id)
    return found


def _known(project: Project, tell: Callable[[str], None]) -> Mapping[Arm, Evidence]:
    try:
        return learned_in(project)
    except ProjectError as error:
        tell(f"which operations pay is learned anew: {error}")
        return {}
