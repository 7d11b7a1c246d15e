"""Studies of the search itself: what happens to what it does not look at.

Goodhart's law: a measure that becomes a target ceases to be a good measure.  The voters of the
measures are parted into those that the search follows and those that it never hears, and what
the latter say of the best branches shows how far the former were gamed.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layerforge.explore.importing import Read
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.studies.runs import explored
from layerforge.explore.yardsticks import panel_of
from layerforge.model.errors import LayerForgeError
from layerforge.scoring.panel import DEFAULT_KAPPA
from layerforge.scoring.voters import MeasuresScorer

HALVES = (("vividness", "order"), ("complexity", "kinship"))
"""The voters of the measures in two halves that share none."""

BEST = 10
"""How many of the best branches are looked at."""

FEW_CANDIDATES = 200
"""With fewer, hardly anything is optimised yet, and the luck of the first ones is what is seen."""

_SEARCH_EDGE_PX = 256

_T = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13)
"""Student's t for 95 %, two-sided, from 1 degree of freedom on."""


class NothingKept(LayerForgeError):
    """A run of a study kept no branch that could be looked at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following some voters did to all of them, in one run.

    followed: the voters that made the values.  kappa: how much their disagreement cost.
    heard, unheard: what followed and other voters say of the best branches, mean over voters, in
    standard deviations above what is usual for random compositions of the same sources.
    worst: the lowest mean that an unheard voter gives.
    """

    followed: tuple[str, ...]
    kappa: float
    seed: int
    heard: float
    unheard: float
    worst: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The same over several seeds: means, and half the width of their 95 % confidence intervals.

    heard_by, unheard_by, worst_by: None for a single seed, which says nothing of chance.
    """

    followed: tuple[str, ...]
    kappa: float
    seeds: int
    heard: float
    unheard: float
    worst: float
    heard_by: float | None
    unheard_by: float | None
    worst_by: float | None


def goodhart(
    read: Read,
    *,
    budget: int = 500,
    seeds: Sequence[int] = (0,),
    kappas: Sequence[float] = (DEFAULT_KAPPA,),
    threads: int = 0,
) -> Iterator[Outcome]:
    """Follow each voter alone, then each half by the plain mean and by mean − κ·spread.

    ``budget`` candidates each, all of it with each of ``seeds``.  Raises NoSources where ``read``
    holds none, NothingKept.
    """
    alone = [((name,), 0.0) for half in HALVES for name in half]
    halves = [(half, cost) for half in HALVES for cost in dict.fromkeys((0.0, *kappas))]
    for seed in seeds:
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


def summed_up(outcomes: Sequence[Outcome]) -> list[Summary]:
    """One summary for each way to follow voters, in the order of ``outcomes``."""
    ways = dict.fromkeys((one.followed, one.kappa) for one in outcomes)
    return [_summary([one for one in outcomes if (one.followed, one.kappa) == way]) for way in ways]


def gain(outcomes: Sequence[Outcome], *, kappa: float) -> tuple[float, float | None]:
    """By how much κ lifts unheard voters above where the plain mean leaves them, seed by seed.

    The mean over the halves and seeds, and half the width of its 95 % confidence interval.
    """
    at = {(one.followed, one.kappa, one.seed): one.unheard for one in outcomes}
    lifted = [
        statistics.fmean(at[half, kappa, seed] - at[half, 0.0, seed] for half in HALVES)
        for seed in dict.fromkeys(one.seed for one in outcomes)
    ]
    return statistics.fmean(lifted), half_width(lifted)


def half_width(values: Sequence[float]) -> float | None:
    """Half the width of the 95 % confidence interval of the mean; None for fewer than 2 values."""
    if len(values) < 2:
        return None
    t = _T[len(values) - 2] if len(values) - 2 < len(_T) else 2.12
    return t * statistics.stdev(values) / math.sqrt(len(values))


def _summary(same: Sequence[Outcome]) -> Summary:
    heard, unheard, worst = (
        [getattr(one, name) for one in same] for name in ("heard", "unheard", "worst")
    )
    return Summary(
        followed=same[0].followed,
        kappa=same[0].kappa,
        seeds=len(same),
        heard=statistics.fmean(heard),
        unheard=statistics.fmean(unheard),
        worst=statistics.fmean(worst),
        heard_by=half_width(heard),
        unheard_by=half_width(unheard),
        worst_by=half_width(worst),
    )


def _outcome(read: Read, settings: ExploreSettings, followed: Sequence[str]) -> Outcome:
    with explored(read, settings) as project:
        panel = panel_of(project, MeasuresScorer())
        scores = [branch.score for branch in project.branches() if branch.score is not None]
        if not scores:
            raise NothingKept(
                f"nothing was kept of {settings.budget} candidates with seed {settings.seed}: "
                "give the study a larger --budget, or other images"
            )
        best = sorted(scores, key=lambda score: -score.value)[:BEST]
        said = panel.standardised(
            {name: np.array([score.parts[name] for score in best]) for name in panel.voters}
        )
    means = {name: float(votes.mean()) for name, votes in said.items()}
    others = [mean for name, mean in means.items() if name not in followed]
    return Outcome(
        followed=tuple(followed),
        kappa=settings.kappa,
        seed=settings.seed,
        heard=float(np.mean([means[name] for name in followed])),
        unheard=float(np.mean(others)),
        worst=min(others),
    )
