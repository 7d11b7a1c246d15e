"""The dials of a running search: temperature that cools, and noise that rises and falls."""

from __future__ import annotations

from dataclasses import dataclass, field

PATIENCE = 96
"""After how many candidates without a better best one noise rises."""

RISE = 1.6
CALM = 0.8
HIGHEST = 3.0
"""Noise rises by the first with every ``PATIENCE`` in vain, to no more than the last times what
was asked for, and goes back by the second with every round once something better is found."""

_BETTER = 0.02


@dataclass(slots=True)
class Dials:
    """What temperature and noise are now.

    temperature: 0 follows the best, 1 all alike.  cooling: the share of it that is gone when the
    budget is spent.  noise: how far mutation moves parameters, as a share of their ranges.
    adaptive: whether noise rises by itself when the best has not improved for a while; when it
    has risen as far as it may, and still in vain, it falls back and the climb starts anew.
    """

    temperature: float
    noise: float
    cooling: float = 0.0
    adaptive: bool = True
    _factor: float = field(default=1.0, init=False)
    _best: float | None = field(default=None, init=False)
    _waited: int = field(default=0, init=False)
    _found: bool = field(default=True, init=False)

    def temperature_at(self, spent: float) -> float:
        """The temperature when ``spent`` (0 to 1) of the budget is spent."""
        return self.temperature * (1.0 - self.cooling * min(max(spent, 0.0), 1.0))

    def noise_now(self) -> float:
        """The noise of the next round, 0 to 1."""
        return min(self.noise * self._factor, 1.0)

    def tell(self, best: float | None, *, candidates: int) -> str | None:
        """Take note of the best value after a round; returns a line where noise changed its way.

        best: None where nothing is kept yet.  candidates: how many the round had.
        """
        if not self.adaptive or best is None:
            return None
        if self._best is None or best > self._best + _BETTER:
            self._best, self._waited = best, 0
            return self._relax()
        self._waited += candidates
        if self._found and self._factor > 1.0:
            self._factor = max(1.0, self._factor * CALM)
        if self._waited < PATIENCE:
            return None
        self._waited = 0
        if self._factor >= HIGHEST:
            self._factor = 1.0
            return f"noise falls back to {self.noise_now():.2f}"
        self._factor, self._found = min(self._factor * RISE, HIGHEST), False
        return f"nothing better for {PATIENCE} candidates: noise rises to {self.noise_now():.2f}"

    def _relax(self) -> str | None:
        """Something better was found: begin to calm down."""
        was_up, self._found = self._factor > 1.0, True
        self._factor = max(1.0, self._factor * CALM)
        return "something better was found: noise falls again" if was_up else None
