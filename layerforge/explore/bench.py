"""How fast this machine is: each line is what we do against a peer that does the same.

Rates of ours and of the peer are taken in turns and compared turn by turn, so that other work on
the machine slows both alike.  More lines: write a function and register it with ``measure``.
"""

from __future__ import annotations

import dataclasses
import importlib.util
from collections.abc import Callable, Iterator

import msgspec

from layerforge.explore import bench_operations, bench_rendering
from layerforge.explore.bench_line import Effort, Line
from layerforge.explore.bench_scoring import scoring_lines

Measure = Callable[[Effort], Iterator[Line]]
_measures: dict[str, Measure] = {}


def measure(part: str) -> Callable[[Measure], Measure]:
    """Register a function that gives the lines of a part."""

    def register(function: Measure) -> Measure:
        _measures[part] = function
        return function

    return register


def run_all(effort: Effort, *, only: str | None = None) -> Iterator[Line]:
    """All lines, or those of one part, each as soon as it is measured."""
    for part, lines in _measures.items():
        if only in (None, part):
            yield from lines(effort)


@measure("rendering")
def rendering_lines(effort: Effort) -> Iterator[Line]:
    """Joining layers against other programs, and what operations cost, at 1024 x 1024."""
    for module, package in (("pyvips", "pyvips"), ("blend_modes", "blend-modes")):
        if importlib.util.find_spec(module) is None:
            why = f"{package} is not installed: pip install 'layerforge[bench]'"
            yield Line("a multiply layer", "ms", None, package, None, None, note=why)
    for one in bench_rendering.blending():
        yield _in_time(one, goal=_goal_of(one))
    for one in bench_operations.threads():
        yield _in_speed(one, goal=1.7)
    costs = sorted(
        bench_operations.operations(samples=1, rounds=effort.turns), key=lambda one: one.ratio
    )
    middle = costs[len(costs) // 2]
    yield _in_time(msgspec.structs.replace(middle, what="the median operation"), goal=1 / 6)
    for one in reversed(costs[-10:]):
        yield _in_time(one, goal=1 / 60)


def _in_time(one: bench_rendering.BenchLine, *, goal: float | None) -> Line:
    """What takes so many times as long; the ratio is in speed, so the other way round."""
    return dataclasses.replace(_in_speed(one, goal=goal), as_time=True)


def _in_speed(one: bench_rendering.BenchLine, *, goal: float | None) -> Line:
    faster = one.peer_ms / max(one.ours_ms, 1e-6)
    return Line(one.what, "ms", one.ours_ms, one.peer, one.peer_ms, faster, goal)


def _goal_of(one: bench_rendering.BenchLine) -> float | None:
    if "vips" in one.peer:
        return 2.0
    if "blend-modes" in one.peer:
        return 20.0 if "documented" in one.peer else None
    return 1 / 8


measure("scoring")(scoring_lines)
