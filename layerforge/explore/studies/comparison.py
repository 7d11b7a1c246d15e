"""Strategies compared: the same sources, budgets and seeds, judged by one rule.

Runs go on in processes of their own and are kept in a folder, so that a study that was stopped
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from layerforge.explore.jobs import as_completed, make_processes
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.studies.metrics import (
    Found,
    Metrics,
    best_value,
    bootstrap,
    coverage,
    measured,
    reached_after,
)
from layerforge.explore.studies.runs import (
    VARIANTS,
    Rule,
    RunSpec,
    learn_rule,
    read_found,
    run_to_file,
)
from layerforge.files.recipes import write_file
from layerforge.model.values import digest, to_json

CONTROL = "random"

USUAL = ExploreSettings().strategy

CONTROL_BUDGET = 1000
"""The best of so many random compositions is what the others are to reach."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared.

    sources: by name of the set, paths of images and folders.  strategies: names of strategies,
    or of `VARIANTS`, which are the default strategy without one of its parts.  seeds: of the runs
    of each.  budget: candidates a run.
    """

    sources: Mapping[str, Sequence[str]]
    strategies: Sequence[str]
    seeds: Sequence[int]
    budget: int
    base: ExploreSettings


@dataclass(frozen=True, slots=True)
class Result:
    """One run, measured when the budget was spent.

    reached: after how many candidates it had reached the control's best of `CONTROL_BUDGET`
    with the same seed; None where it did not.  curve, covered: the best value and the share of
    kinds of pictures found after each tenth.
    """

    sources: str
    strategy: str
    seed: int
    metrics: Metrics
    reached: int | None
    curve: tuple[float, ...]
    covered: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A strategy against another on one set of sources, over the seeds of both.

    gain: mean difference of ``top_mean``, with low and high, its 95 % interval.
    diversity: the mean ratio of diversities.  largest_lineage: the largest in any run.
    reached: the median number of candidates to the control's best, None where most runs missed it.
    """

    sources: str
    strategy: str
    other: str
    gain: float
    low: float
    high: float
    diversity: float
    largest_lineage: int
    reached: float | None


def compare(
    plan: Plan, folder: Path, *, processes: int = 0, told: Callable[[int, int], None]
) -> list[Result]:
    """Run what is not in ``folder`` yet; all results.  ``told`` hears how many of all are done."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = {name: _rule(images, plan.base, folder) for name, images in plan.sources.items()}
    specs = list(_specs(plan))
    with make_processes(processes) as executor:
        waiting = [
            executor.submit(run_to_file, spec, rules[name], str(folder))
            for name, _, _, spec in specs
        ]
        for done, future in enumerate(as_completed(waiting), start=1):
            future.result()
            told(done, len(specs))
    held = {
        (name, strategy, seed): read_found(folder / f"{spec.key}.npz")
        for name, strategy, seed, spec in specs
    }
    return [
        _result(plan, key, found, held[key[0], CONTROL, key[2]], rules[key[0]])
        for key, found in held.items()
    ]


def against(results: Sequence[Result], other: str = CONTROL) -> list[Against]:
    """Every strategy against another, by set of sources; empty where the other was not run."""
    held = {(one.sources, one.strategy, one.seed): one for one in results}
    pairs: dict[tuple[str, str], list[tuple[Result, Result]]] = {}
    for (name, strategy, seed), one in held.items():
        if strategy != other and (name, other, seed) in held:
            pairs.setdefault((name, strategy), []).append((one, held[name, other, seed]))
    return [_against(name, strategy, other, found) for (name, strategy), found in pairs.items()]


def worth_of_parts(results: Sequence[Result]) -> list[Against]:
    """What the default strategy gains by each part that was switched off in some of the runs."""
    variants = [one for one in results if one.strategy in VARIANTS]
    whole = [one for one in results if one.strategy == USUAL]
    return [
        found
        for variant in dict.fromkeys(one.strategy for one in variants)
        for found in against(
            [*whole, *(one for one in variants if one.strategy == variant)], variant
        )
    ]


def _against(
    name: str, strategy: str, other: str, pairs: Sequence[tuple[Result, Result]]
) -> Against:
    gains = np.array([one.metrics.top_mean - theirs.metrics.top_mean for one, theirs in pairs])
    gain, low, high = bootstrap(gains)
    ratios = [one.metrics.diversity / max(theirs.metrics.diversity, 1e-9) for one, theirs in pairs]
    reached = float(np.median([np.inf if one.reached is None else one.reached for one, _ in pairs]))
    return Against(
        sources=name,
        strategy=strategy,
        other=other,
        gain=gain,
        low=low,
        high=high,
        diversity=float(np.mean(ratios)),
        largest_lineage=max(one.metrics.largest_lineage for one, _ in pairs),
        reached=reached if np.isfinite(reached) else None,
    )


def _specs(plan: Plan) -> Iterator[tuple[str, str, int, RunSpec]]:
    for name, images in plan.sources.items():
        for seed in plan.seeds:
            for strategy in (CONTROL, *(one for one in plan.strategies if one != CONTROL)):
                changes = VARIANTS.get(strategy, {"strategy": strategy})
                budget = max(plan.budget, CONTROL_BUDGET) if strategy == CONTROL else plan.budget
                settings = msgspec.structs.replace(
                    plan.base, **changes, seed=seed, budget=budget, threads=1
                )
                yield name, strategy, seed, RunSpec(images=tuple(images), settings=settings)


def _rule(images: Sequence[str], base: ExploreSettings, folder: Path) -> Rule:
    path = folder / f"rule-{digest(to_json([list(images), base])).hex()[:16]}.json"
    if path.exists():
        return msgspec.json.decode(path.read_bytes(), type=Rule)
    rule = learn_rule(images, base)
    write_file(path, to_json(rule))
    return rule


def _result(
    plan: Plan, key: tuple[str, str, int], found: Found, control: Found, rule: Rule
) -> Result:
    name, strategy, seed = key
    spent = found.until(plan.budget)
    target = float(control.values.max(initial=-np.inf))
    tenths = [round(plan.budget * share / 10) for share in range(1, 11)]
    steps = [spent.until(at) for at in tenths]
    return Result(
        sources=name,
        strategy=strategy,
        seed=seed,
        metrics=measured(spent, typical_distance=rule.typical_distance),
        reached=reached_after(spent, target),
        curve=tuple(best_value(found) for found in steps),
        covered=tuple(coverage(found) for found in steps),
    )
