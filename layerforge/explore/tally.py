"""How far an exploration is: what it tried, kept and turned away, and how long that took."""

from __future__ import annotations

import time
from collections import Counter

from layerforge.explore.jobs import Control
from layerforge.explore.keeping import Keeping
from layerforge.project.records import Round
from layerforge.search.tree import Node


class Tally:
    """Counts over all rounds of one run.

    Time spent paused, or waiting for room to keep a round, does not count.
    """

    def __init__(self, control: Control, keeping: Keeping) -> None:
        self._control = control
        self._keeping = keeping
        self._began = self._round_began = time.monotonic()
        self._paused_s = 0.0
        self.evaluated = 0
        self.admitted = 0
        self.rejected: Counter[str] = Counter()
        self.best: tuple[int, float] | None = None
        """The best branch that may grow, and its value."""

    def begin(self) -> None:
        """Time counts from now on."""
        self._began = self._round_began = time.monotonic()

    def count(self, done: Round, *, best: Node | None) -> None:
        """A round is kept."""
        self.evaluated += done.evaluated
        self.admitted += len(done.branches)
        self.rejected.update(done.rejected)
        self.set_best(best)
        self._round_began = time.monotonic()

    def set_best(self, best: Node | None) -> None:
        """Which branch is best now."""
        self.best = None if best is None else (best.id, best.value)

    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._began - self._paused_s - self._keeping.waited_s

    def round_seconds(self) -> float:
        """Since the last round was kept."""
        return time.monotonic() - self._round_began

    def wait_while_paused(self) -> None:
        """Return when exploring may go on.  Raises Stopped."""
        before = time.monotonic()
        was_paused = self._control.paused
        self._control.check()
        if was_paused:
            self._paused_s += time.monotonic() - before
