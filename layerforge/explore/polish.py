"""Polishing: the numbers of a branch tuned by CMA-ES, without losing the picture it is."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from layerforge.explore.grafting import folded, keep_variation, not_the_root
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import Branch
from layerforge.model.errors import InvalidValue
from layerforge.model.step import Step
from layerforge.operations.fold import fold
from layerforge.operations.registry import build

LEASH = 0.5
"""How far a polished picture may lie from the original: a share of the typical distance."""

START = 0.08
"""How far the first steps go, as a share of each parameter's range."""

_FINALISTS = 4

Point = npt.NDArray[np.float64]
"""(D,): the continuous parameters of a history, each on the scale of its prior, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Polished:
    """before, after: values, looked at closely.  branch: None where nothing better was found.

    evaluated: how many pictures were judged.  parameters: how many numbers were tuned.
    """

    before: float
    after: float
    branch: Branch | None
    evaluated: int
    parameters: int


@dataclass(frozen=True, slots=True)
class _Knob:
    """One continuous number: which step's, which parameter's, and which of its channels."""

    step: int
    name: str
    channel: int


def polish(
    room: JudgingRoom,
    branch_id: int,
    *,
    budget: int,
    seed: int = 0,
    leash: float = LEASH,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Polished:
    """Tune the continuous parameters of all steps of a branch; the best becomes a new branch.

    Pictures further than ``leash`` from the original don't count, and the value never falls: what
    is not better, looked at closely, is not kept.  ``told`` hears how many of the budget are
    judged.  Raises InvalidValue for the root and for a branch that has no number to tune.
    Source: Hansen & Ostermeier 2001, "Completely derandomized self-adaptation in evolution
    strategies" (CMA-ES), by the library cma.
    """
    not_the_root(branch_id, "polish")
    blank = room.project.canvas
    history = tuple(room.project.history(branch_id))
    knobs = _knobs(history)
    if not knobs:
        raise InvalidValue(f"branch {branch_id} has no continuous parameter to tune")
    (original,) = room.opinions([fold(history, blank)], closely=room.closely)
    before = room.value(original)
    tried: list[tuple[float, tuple[Step, ...]]] = []

    def losses(points: Sequence[Point]) -> list[float]:
        turned = [_turned(history, knobs, point) for point in points]
        canvases = [folded(steps, blank) for steps in turned]
        shown = [canvas for canvas in canvases if canvas is not None]
        opinions = iter(room.opinions(shown, closely=False))
        out: list[float] = []
        for steps, canvas in zip(turned, canvases, strict=True):
            if canvas is None:
                out.append(_FAR)
                continue
            opinion = next(opinions)
            beyond = room.distance(original, opinion) - leash
            value = room.plain_value(opinion)
            if beyond <= 0.0:
                tried.append((value, steps))
            out.append(-value if beyond <= 0.0 else _FAR / 2 + beyond)
        return out

    evaluated = _search(_point(history, knobs), losses, budget=budget, seed=seed, told=told)
    tried.sort(key=lambda one: -one[0])
    best = [steps for _, steps in tried[:_FINALISTS]]
    finals = room.opinions([fold(steps, blank) for steps in best], closely=room.closely)
    values = [room.value(opinion) for opinion in finals]
    count = evaluated + len(finals) + 1
    if not values or max(values) <= before:
        return Polished(before, before, None, count, len(knobs))
    place = int(np.argmax(values))
    branch = keep_variation(
        room,
        branch_id,
        best[place],
        finals[place],
        work="polish",
        details={"candidates": budget},
        evaluated=count,
    )
    return Polished(before, values[place], branch, count, len(knobs))


_FAR = 1e3


def _search(
    start: Point,
    losses: Callable[[Sequence[Point]], list[float]],
    *,
    budget: int,
    seed: int,
    told: Callable[[int, int], None],
) -> int:
    """Run CMA-ES for about ``budget`` points; returns how many were judged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no matplotlib, which nothing here needs
        cma = importlib.import_module("cma")
    options = {
        "bounds": [0.0, 1.0],
        "maxfevals": budget,
        "seed": seed + 1,  # 0 would mean the clock
        "verbose": -9,
        "verb_log": 0,
        "verb_disp": 0,
    }
    strategy = cma.CMAEvolutionStrategy(np.clip(start, 1e-6, 1.0 - 1e-6), START, options)
    done = 0
    while done < budget and not strategy.stop():
        points = strategy.ask()[: budget - done]
        found = losses(points)
        done += len(points)
        told(done, budget)
        if len(points) < strategy.popsize:
            break
        strategy.tell(points, found)
    return done


def _knobs(history: Sequence[Step]) -> list[_Knob]:
    return [
        _Knob(place, name, channel)
        for place, step in enumerate(history)
        for name, parameter in build(step.operation).parameters().items()
        for channel in parameter.channels()
    ]


def _point(history: Sequence[Step], knobs: Sequence[_Knob]) -> Point:
    shares: list[float] = []
    for knob in knobs:
        operation = build(history[knob.step].operation)
        parameter = operation.parameters()[knob.name]
        shares.append(parameter.share(getattr(operation, knob.name), knob.channel))
    return np.array(shares)


def _turned(history: tuple[Step, ...], knobs: Sequence[_Knob], point: Point) -> tuple[Step, ...]:
    """The history with its knobs at ``point``."""
    steps = list(history)
    for knob, share in zip(knobs, point, strict=True):
        step = steps[knob.step]
        parameter = build(step.operation).parameters()[knob.name]
        value = parameter.at_share(
            step.operation.parameters[knob.name], float(np.clip(share, 0.0, 1.0)), knob.channel
        )
        call = replace(step.operation, parameters={**step.operation.parameters, knob.name: value})
        steps[knob.step] = replace(step, operation=call)
    return tuple(steps)
