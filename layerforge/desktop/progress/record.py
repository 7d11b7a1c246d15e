"""How exploring has gone so far, gathered from its events: plain numbers, no widgets."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping

from layerforge.desktop.exploration import Earlier
from layerforge.explore.events import Finished, RoundDone, Started

RECENT_S = 20.0
"""The speed is that of so many last seconds."""

_TOGETHER_S = 1.0
"""Rounds that came within so short a time say nothing of speed."""


class Record:
    """Counts over a run and those that it goes on with.

    best: how many candidates had been tried, and the best value until then, once a round.
    kept: the same for each kept branch, and its own value.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.evaluated = 0
        self.admitted = 0
        self.budget = 0
        self.finished = False
        self.stopped = False
        self.best: list[tuple[int, float]] = []
        self.kept: list[tuple[int, float]] = []
        self._rejected_before: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._recent: deque[tuple[float, int]] = deque()

    @property
    def rejected(self) -> Mapping[str, int]:
        """How many were turned away, by reason, most first."""
        return dict((self._rejected_before + self._rejected).most_common())

    @property
    def accepted_share(self) -> float | None:
        """Of all that were tried, 0 to 1; None before any was."""
        return self.admitted / self.evaluated if self.evaluated else None

    @property
    def per_second(self) -> float:
        """Candidates a second, lately; 0 where that is not known yet."""
        if not self._recent:
            return 0.0
        (began, first), (now, last) = self._recent[0], self._recent[-1]
        if now - began < _TOGETHER_S:  # the first rounds of a tree are kept all at once
            began, first = 0.0, 0
        return (last - first) / (now - began) if now > began else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it may still take; None where nobody knows."""
        rate = self.per_second
        if self.finished or rate <= 0:
            return None
        return max(self.budget - self.evaluated, 0) / rate

    def start(self, started: Started, earlier: Earlier) -> None:
        """A run begins; where it goes on with an earlier one, all goes on."""
        if not earlier.evaluated:
            self.clear()
        self._rejected_before += self._rejected
        self._rejected = Counter()
        self._recent.clear()
        self.finished = False
        self.budget = earlier.evaluated + started.budget

    def add(self, done: RoundDone, earlier: Earlier) -> None:
        """A round is kept."""
        self.evaluated = earlier.evaluated + done.evaluated
        self.admitted = earlier.admitted + done.admitted
        self.budget = earlier.evaluated + done.budget
        self._rejected = Counter(done.rejected)
        self._recent.append((done.seconds, done.evaluated))
        while len(self._recent) > 2 and self._recent[-1][0] - self._recent[0][0] > RECENT_S:
            self._recent.popleft()
        values = [one.value for one in done.branches if one.value is not None]
        self.kept += [(self.evaluated, value) for value in values]
        if done.best is not None:
            values.append(done.best[1])
        if self.best:
            values.append(self.best[-1][1])
        if values:
            self.best.append((self.evaluated, max(values)))

    def finish(self, finished: Finished, earlier: Earlier) -> None:
        """A run is over."""
        self.evaluated = earlier.evaluated + finished.evaluated
        self.admitted = earlier.admitted + finished.admitted
        self._rejected = Counter(finished.rejected)
        self.finished, self.stopped = True, finished.stopped
