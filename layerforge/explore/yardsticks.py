"""Which yardstick a run's values are measured by, and how the project remembers it.

All runs of a project with the same voters use the yardstick of the first one, so that values in
one tree stay comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec
import numpy as np

from layerforge.explore.judging import Opinion
from layerforge.model.errors import LayerForgeError
from layerforge.model.values import from_plain
from layerforge.project.project import Project
from layerforge.project.records import Run
from layerforge.scoring.jury import even_weights, fingerprint_of, second_voters
from layerforge.scoring.panel import Panel, Yardstick, make_yardstick
from layerforge.scoring.scorer import Scorer

SAMPLE = 64
"""How many random compositions show what is usual; the sources come on top."""

LEAST = 16
"""A sample with fewer pictures is good for its own run only."""

_KEY = "yardstick"

Weight = Annotated[float, msgspec.Meta(ge=0.0, le=1e6)]
Kappa = Annotated[float, msgspec.Meta(ge=0.0, le=1e6)]


class NotJudged(LayerForgeError):
    """A project holds no values by such a scorer."""


def kept_yardstick(project: Project, *, voters: str) -> Yardstick | None:
    """That of the first run with these voters (by fingerprint) and a sample worth the name."""
    for run in project.runs():
        if _KEY in run.reference:
            found = _yardstick(run, project)
            if found.voters == voters and found.pictures >= LEAST:
                return found
    return None


def _yardstick(run: Run, project: Project) -> Yardstick:
    """The one that a run keeps.  Raises InvalidValue."""
    what = f"the yardstick of run {run.id} of {project.path}"
    return from_plain(run.reference[_KEY], Yardstick, what=what)


def yardstick_from(voters: str, opinions: Iterable[Opinion]) -> Yardstick:
    """The yardstick that a sample of opinions makes; at least one."""
    said = [opinion.votes for opinion in opinions]
    return make_yardstick(
        voters, {name: np.array([votes[name] for votes in said]) for name in said[0]}
    )


def panel_for(
    scorer: Scorer, yardstick: Yardstick, *, weights: Mapping[str, float], kappa: float
) -> Panel:
    """The panel of a scorer's voters.

    Without ``weights`` of its own, a voter counts so that the scorers of a jury count the same.
    """
    counted = {**even_weights(scorer), **weights}
    return Panel(yardstick, weights=counted, kappa=kappa, apart=second_voters(scorer))


def panel_of(project: Project, scorer: Scorer) -> Panel:
    """The panel that judged in the last run of ``project`` with this scorer.

    Raises NotJudged where there was none.
    """
    voters = fingerprint_of(scorer)
    for run in reversed(project.runs()):
        if run.reference.get("voters") != voters:
            continue
        if (panel := panel_in(run, project=project)) is not None:
            return Panel(
                kept_yardstick(project, voters=voters) or panel.yardstick,
                weights=panel.weights,
                kappa=panel.kappa,
                apart=second_voters(scorer),
            )
    raise NotJudged(f"{project.path} holds no values by {scorer.name}: explore it first")


def panel_in(run: Run, *, project: Project) -> Panel | None:
    """The panel that a run's kept statistics tell of; None where its sample was never taken.

    Raises InvalidValue where they can't be read.
    """
    kept = run.reference
    if _KEY not in kept:
        return None
    what = f"the panel of run {run.id} of {project.path}"
    return Panel(
        _yardstick(run, project),
        weights=from_plain(kept.get("weights"), dict[str, Weight], what=what),
        kappa=from_plain(kept.get("kappa"), Kappa, what=what),
        # those of one encoder tell of no second
        apart=from_plain(kept.get("apart", ()), tuple[str, ...], what=what),
    )


def last_panel(project: Project) -> tuple[Panel, Run] | None:
    """The panel that judged what is kept, without taste, and its run; None before there was one."""
    for run in reversed(project.runs()):
        if (panel := panel_in(run, project=project)) is not None:
            return panel, run
    return None


def reference_of(panel: Panel, *, typical_distance: float, encoder: str) -> dict[str, Any]:
    """What the project keeps of a run's statistics, as plain JSON values.

    quantiles: of the panel's values on the sample, the 0th, 5th … 100th percentile.
    """
    sample = panel.join({name: np.array(said) for name, said in panel.yardstick.votes.items()})
    return {
        "typical_distance": typical_distance,
        "encoder": encoder,
        "voters": panel.yardstick.voters,
        "weights": panel.weights,
        "kappa": panel.kappa,
        **({"apart": list(panel.apart)} if panel.apart else {}),
        "statistics": {
            name: {"mean": float(np.mean(said)), "std": float(np.std(said))}
            for name, said in panel.yardstick.votes.items()
        },
        "pictures": panel.yardstick.pictures,
        "quantiles": np.quantile(sample.values, np.linspace(0.0, 1.0, 21)).tolist(),
        _KEY: msgspec.to_builtins(panel.yardstick),
    }


def judge_name(panel: Panel, *, closely: bool) -> str:
    """Who judged, as kept with each score: the voters' fingerprint, and the panel's.

    closely: whether variations were looked at, too.
    """
    return f"{panel.yardstick.voters}:{panel.identity}{':closely' if closely else ''}"


def voters_in(judge: str) -> str:
    """The voters' fingerprint in what ``judge_name`` made."""
    return judge.partition(":")[0]


def panel_named_by(judge: str) -> str:
    """The panel's identity in what ``judge_name`` made."""
    return judge.partition(":")[2].partition(":")[0]
