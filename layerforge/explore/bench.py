"""How fast this machine is: each line is what we do against a peer that does the same.

Rates of ours and of the peer are taken in turns and compared turn by turn, so that other work on
the machine slows both alike.  More lines: write a function and register it with ``measure``.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from layerforge.explore import bench_rendering
from layerforge.explore.scorers import missing_libraries
from layerforge.explore.settings import DeviceName
from layerforge.scoring.scorer import Pictures


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison.

    ours, peer: in ``unit``, None where it could not be measured; ``note`` says why.
    against: what the peer is.  ratio: ours by the peer's, median over the turns; above 1 is
    faster.  goal: what the ratio should be at least, where there is a goal.
    """

    what: str
    unit: str
    ours: float | None
    against: str
    peer: float | None
    ratio: float | None
    goal: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure, and on what.  turns: how often ours and the peer take turns."""

    turns: int = 5
    device: DeviceName = "auto"


Measure = Callable[[Effort], Iterator[Line]]
_measures: list[Measure] = []


def measure(function: Measure) -> Measure:
    """Register a function that gives lines."""
    _measures.append(function)
    return function


def run_all(effort: Effort) -> Iterator[Line]:
    """All lines, each as soon as it is measured."""
    for one in _measures:
        yield from one(effort)


def rates(work: Callable[[], int], peer: Callable[[], int], *, turns: int) -> tuple[float, ...]:
    """Ours and the peer's rate, and their ratio: medians over the turns, after one to warm up.

    work, peer: do it once and return how many items that was.
    """
    work(), peer()
    pairs = [(_rate(work), _rate(peer)) for _ in range(turns)]
    ours, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    return statistics.median(ours), statistics.median(theirs), ratio


def _rate(work: Callable[[], int]) -> float:
    start = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - start)


@measure
def rendering_lines(effort: Effort) -> Iterator[Line]:
    """Joining layers against other programs, and what operations cost, at 1024 x 1024."""
    for module, package in (("pyvips", "pyvips"), ("blend_modes", "blend-modes")):
        if importlib.util.find_spec(module) is None:
            why = f"{package} is not installed: pip install 'layerforge[bench]'"
            yield Line("a multiply layer", "ms", None, package, None, None, note=why)
    for one in (*bench_rendering.blending(), *bench_rendering.threads()):
        yield _in_time(one, goal=_goal_of(one))
    costs = sorted(
        bench_rendering.operations(samples=1, rounds=effort.turns), key=lambda one: one.ratio
    )
    middle = costs[len(costs) // 2]
    yield _in_time(msgspec.structs.replace(middle, what="the median operation"), goal=1 / 6)
    for one in reversed(costs[-10:]):
        yield _in_time(one, goal=1 / 60)


def _in_time(one: bench_rendering.BenchLine, *, goal: float | None) -> Line:
    """Times as a line; its ratio is in speed, so the other way round."""
    return Line(one.what, "ms", one.ours_ms, one.peer, one.peer_ms, 1 / one.ratio, goal)


def _goal_of(one: bench_rendering.BenchLine) -> float | None:
    if "vips" in one.peer:
        return 2.0
    if "blend" in one.peer:
        return 20.0
    return 1.7 if "thread" in one.peer else 1 / 8


@measure
def clip_lines(effort: Effort) -> Iterator[Line]:
    """The CLIP pipeline at full size with random weights, on pictures as large as in a search."""
    what, unit = "CLIP ViT-B-32, pictures of 384 x 384", "pictures/s"
    loop, encoder = "a loop of PIL, float32, one at a time", "the bare encoder, same batch"
    if lacking := missing_libraries():
        for against in (loop, encoder):
            yield Line(what, unit, None, against, None, None, note=f"{lacking} is not installed")
        return
    from layerforge.scoring.peers import has_bfloat16_units, make_contest

    pictures = np.random.default_rng(0).integers(0, 256, (256, 384, 384, 3), dtype=np.uint8)
    contest = make_contest("ViT-B-32-quickgelu", pictures, device=effort.device)
    scorer = contest.scorer
    batch = pictures[: scorer.batch_size]
    on_cpu = scorer.device.type == "cpu"
    few = batch[: 4 if on_cpu else 32]

    def pipeline() -> int:
        scorer.judge(batch)
        return len(batch)

    def plainly() -> int:
        contest.plainly(few)
        return len(few)

    def bare() -> int:
        contest.encode()
        return len(batch)

    how = f"{scorer.device} in {scorer.precision}, batches of {len(batch)}"
    ours, theirs, ratio = rates(pipeline, plainly, turns=effort.turns)
    goal = (4.0 if has_bfloat16_units() else 1.2) if on_cpu else None
    yield Line(what, unit, ours, loop, theirs, ratio, goal, note=how)
    ours, theirs, ratio = rates(pipeline, bare, turns=2 * effort.turns)
    yield Line(what, unit, ours, encoder, theirs, ratio, 0.95 if on_cpu else 0.9, note=how)
    if not on_cpu:
        yield _large_line(effort, pictures)


def _large_line(effort: Effort, pictures: Pictures) -> Line:
    """The large encoder, where the device is made for it."""
    from layerforge.scoring.peers import make_contest

    contest = make_contest("ViT-L-14-quickgelu", pictures, device=effort.device)
    scorer = contest.scorer
    batch = pictures[: scorer.batch_size]

    def pipeline() -> int:
        scorer.judge(batch)
        return len(batch)

    def bare() -> int:
        contest.encode()
        return len(batch)

    ours, theirs, ratio = rates(pipeline, bare, turns=2 * effort.turns)
    return Line(
        "CLIP ViT-L-14, pictures of 384 x 384",
        "pictures/s",
        ours,
        "the bare encoder, same batch",
        theirs,
        ratio,
        0.9,
        note=f"{scorer.device} in {scorer.precision}, batches of {len(batch)}",
    )
