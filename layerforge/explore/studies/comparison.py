"""Strategies compared: the same sources, budgets and seeds, judged by one rule.

Runs go on in processes of their own and are kept in a folder, so that a study that was stopped
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
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
    content_of,
    learn_rule,
    read_found,
    run_to_file,
)
from layerforge.files.recipes import write_file
from layerforge.model.values import to_json

CONTROL = "random"

USUAL = ExploreSettings().strategy

CONTROL_BUDGET = 1000
"""The best of so many random compositions is what the others are to reach."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared.

    sources: by name of the set, paths of images and folders.  strategies: names of strategies,
    or of `VARIANTS`, which are the default strategy without one of its parts.  seeds: of the runs
    of each.  budgets: candidates a run.
    """

    sources: Mapping[str, Sequence[str]]
    strategies: Sequence[str]
    seeds: Sequence[int]
    budgets: Sequence[int]
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
    budget: int
    metrics: Metrics
    reached: int | None
    curve: tuple[float, ...]
    covered: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A strategy against another on one set of sources, over the seeds of both.

    gain: by how much its best that differ are better than as many of the other's, mean over the
    seeds, with low and high, its 95 % interval.  fewest: how many were compared, at least.
    diversity: the mean ratio of diversities.  largest_lineage: the largest in any run.
    reached: the median number of candidates to the control's best, None where most runs missed it.
    """

    sources: str
    strategy: str
    other: str
    budget: int
    gain: float
    low: float
    high: float
    fewest: int
    diversity: float
    largest_lineage: int
    reached: float | None


def compare(
    plan: Plan, folder: Path, *, processes: int = 0, told: Callable[[int, int], None]
) -> list[Result]:
    """Run what is not in ``folder`` yet; all results.  ``told`` hears how many of all are done."""
    contents = {name: content_of(images) for name, images in plan.sources.items()}
    folder.mkdir(parents=True, exist_ok=True)
    rules = {
        name: _rule(images, contents[name], plan.base, folder)
        for name, images in plan.sources.items()
    }
    specs = dict(_specs(plan, contents))
    # the control's one run serves all budgets
    runs = {spec.key: (spec, rules[key.sources]) for key, spec in specs.items()}
    with make_processes(processes) as executor:
        waiting = [
            executor.submit(run_to_file, spec, rule, str(folder)) for spec, rule in runs.values()
        ]
        for done, future in enumerate(as_completed(waiting), start=1):
            future.result()
            told(done, len(runs))
    held = {key: read_found(folder / f"{spec.key}.npz") for key, spec in specs.items()}
    size = plan.base.round_size
    return [
        _result(key, found, held[replace(key, strategy=CONTROL)], rules[key.sources], size)
        for key, found in held.items()
    ]


def against(results: Sequence[Result], other: str = CONTROL) -> list[Against]:
    """Every strategy against another, by set of sources; empty where the other was not run."""
    held = {(_key(one), one.strategy): one for one in results}
    pairs: dict[tuple[str, str, int], list[tuple[Result, Result]]] = {}
    for (key, strategy), one in held.items():
        if strategy != other and (key, other) in held:
            way = (one.sources, strategy, one.budget)
            pairs.setdefault(way, []).append((one, held[key, other]))
    return [_against(*way, other=other, pairs=found) for way, found in pairs.items()]


def _key(one: Result) -> tuple[str, int, int]:
    return one.sources, one.seed, one.budget


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
    name: str, strategy: str, budget: int, *, other: str, pairs: Sequence[tuple[Result, Result]]
) -> Against:
    gains = np.array([one.metrics.above(theirs.metrics) for one, theirs in pairs])
    gain, low, high = bootstrap(gains)
    ratios = [one.metrics.diversity / max(theirs.metrics.diversity, 1e-9) for one, theirs in pairs]
    reached = float(np.median([np.inf if one.reached is None else one.reached for one, _ in pairs]))
    return Against(
        sources=name,
        strategy=strategy,
        other=other,
        budget=budget,
        gain=gain,
        low=low,
        high=high,
        fewest=min(len(each.metrics.top) for pair in pairs for each in pair),
        diversity=float(np.mean(ratios)),
        largest_lineage=max(one.metrics.largest_lineage for one, _ in pairs),
        reached=reached if np.isfinite(reached) else None,
    )


@dataclass(frozen=True, slots=True)
class _Key:
    sources: str
    seed: int
    strategy: str
    budget: int


def _specs(plan: Plan, contents: Mapping[str, str]) -> Iterator[tuple[_Key, RunSpec]]:
    for (name, images), seed, budget in product(plan.sources.items(), plan.seeds, plan.budgets):
        for strategy in (CONTROL, *(one for one in plan.strategies if one != CONTROL)):
            changes = VARIANTS.get(strategy, {"strategy": strategy})
            spent = max(*plan.budgets, CONTROL_BUDGET) if strategy == CONTROL else budget
            settings = msgspec.structs.replace(
                plan.base, **changes, seed=seed, budget=spent, threads=1
            )
            spec = RunSpec(images=tuple(images), content=contents[name], settings=settings)
            yield _Key(name, seed, strategy, budget), spec


def _rule(images: Sequence[str], content: str, base: ExploreSettings, folder: Path) -> Rule:
    spec = RunSpec(images=tuple(images), content=content, settings=base)
    path = folder / f"rule-{spec.key}.json"
    if path.exists():
        return msgspec.json.decode(path.read_bytes(), type=Rule)
    rule = learn_rule(images, base)
    write_file(path, to_json(rule))
    return rule


def _result(key: _Key, found: Found, control: Found, rule: Rule, round_size: int) -> Result:
    # the control's run goes on in whole rounds: the one that the budget ends in is its gain
    budget = key.budget
    if key.strategy == CONTROL:
        budget = -(-budget // round_size) * round_size
    spent = found.until(budget)
    # of so many, also where the control's run went on for a larger budget
    target = float(control.until(CONTROL_BUDGET).values.max(initial=-np.inf))
    tenths = [round(budget * share / 10) for share in range(1, 11)]
    steps = [spent.until(at) for at in tenths]
    return Result(
        sources=key.sources,
        strategy=key.strategy,
        seed=key.seed,
        budget=key.budget,
        metrics=measured(spent, typical_distance=rule.typical_distance),
        reached=reached_after(spent, target),
        curve=tuple(best_value(found) for found in steps),
        covered=tuple(coverage(found) for found in steps),
    )
