"""Studies of the search itself: what happens to what it does not look at.

Goodhart's law: a measure that becomes a target ceases to be a good measure.  The voters of the
measures are parted into those that the search follows and those that it never hears, and what
the latter say of the best branches shows how far the former were gamed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import Read, add_sources
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.yardsticks import panel_of
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.panel import DEFAULT_KAPPA
from layerforge.scoring.voters import MeasuresScorer

HALVES = (("vividness", "order"), ("complexity", "kinship"))
"""The voters of the measures in two halves that share none."""

BEST = 10
"""How many of the best branches are looked at."""

_CANVAS = Canvas(width=512, height=512)
_SEARCH_EDGE_PX = 256


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following some voters did to all of them.

    followed: the voters that made the values.  kappa: how much their disagreement cost.
    heard, unheard: what followed and other voters say of the best branches, mean over voters, in
    standard deviations above what is usual for random compositions of the same sources.
    worst: the lowest mean that an unheard voter gives.
    """

    followed: tuple[str, ...]
    kappa: float
    heard: float
    unheard: float
    worst: float


def goodhart(
    read: Read, *, budget: int = 500, seed: int = 0, kappa: float = DEFAULT_KAPPA, threads: int = 0
) -> Iterator[Outcome]:
    """Follow each voter alone, then each half by the plain mean and by mean − κ·spread.

    ``budget`` candidates each.  Raises NoSources where ``read`` holds none.
    """
    alone = [((name,), 0.0) for half in HALVES for name in half]
    halves = [(half, cost) for half in HALVES for cost in (0.0, kappa)]
    for followed, cost in (*alone, *halves):
        settings = ExploreSettings(
            budget=budget,
            seed=seed,
            scorer="measures",
            kappa=cost,
            weights={name: 0.0 for half in HALVES for name in half if name not in followed},
            search_edge_px=_SEARCH_EDGE_PX,
            threads=threads,
        )
        yield _outcome(read, settings, followed)


def _outcome(read: Read, settings: ExploreSettings, followed: Sequence[str]) -> Outcome:
    scorer = MeasuresScorer()
    with (
        tempfile.TemporaryDirectory(prefix="layerforge-study-") as folder,
        Project.create(Path(folder) / "study.layerforge", canvas=_CANVAS) as project,
    ):
        add_sources(project, read)
        Explorer(project, settings, scorer, listener=_unheard).run()
        panel = panel_of(project, scorer)
        scores = [branch.score for branch in project.branches() if branch.score is not None]
        best = sorted(scores, key=lambda score: -score.value)[:BEST]
        said = panel.standardised(
            {name: np.array([score.parts[name] for score in best]) for name in panel.voters}
        )
    means = {name: float(votes.mean()) for name, votes in said.items()}
    others = [mean for name, mean in means.items() if name not in followed]
    return Outcome(
        followed=tuple(followed),
        kappa=settings.kappa,
        heard=float(np.mean([means[name] for name in followed])),
        unheard=float(np.mean(others)),
        worst=min(others),
    )


def _unheard(event: object) -> None:
    """Nobody listens to the runs of a study."""
