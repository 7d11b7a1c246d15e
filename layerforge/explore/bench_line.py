"""What a comparison of speed says, and how it is taken: in turns, so that all are slowed alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from layerforge.explore.settings import DeviceName


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison.

    ours, peer: in ``unit``, None where it could not be measured; ``note`` says why.
    against: what the peer is.  ratio: ours by the peer's, median over the turns; above 1 is
    faster.  goal: what the ratio should be at least, where there is a goal.  as_time: told as how
    many times as long ours takes.
    """

    what: str
    unit: str
    ours: float | None
    against: str
    peer: float | None
    ratio: float | None
    goal: float | None = None
    note: str = ""
    as_time: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure, and on what.  turns: how often ours and the peer take turns."""

    turns: int = 5
    device: DeviceName = "auto"


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
