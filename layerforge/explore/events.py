"""What the explorer tells whoever listens: frozen values, sent from the exploring thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from layerforge.model.branch import Branch


@dataclass(frozen=True, slots=True)
class Started:
    """Exploring begins."""

    run: int
    seed: int
    budget: int
    strategy: str
    scorer: str
    scorer_description: str


@dataclass(frozen=True, slots=True)
class RoundDone:
    """A round is judged and kept.  Counts and times are those of the whole run so far.

    branches: those new in this round.  best: id and value of the best living branch.
    """

    round: int
    branches: tuple[Branch, ...]
    evaluated: int
    admitted: int
    rejected: Mapping[str, int]
    budget: int
    seconds: float
    best: tuple[int, float] | None

    @property
    def candidates_per_second(self) -> float:
        """Candidates rendered and judged a second, over the whole run."""
        return self.evaluated / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the user: something happened that is no error, or was got around."""

    text: str


@dataclass(frozen=True, slots=True)
class Halted:
    """The project can't be written for now, and exploring waits until it can.

    text: one clear line.  What was kept before is safe, and the round at hand waits, too.
    """

    text: str


@dataclass(frozen=True, slots=True)
class WentOn:
    """The project could be written again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Exploring ended: the budget is spent, or it was stopped."""

    run: int
    seed: int
    strategy: str
    scorer: str
    device: str
    evaluated: int
    admitted: int
    seconds: float
    stopped: bool
    best: tuple[int, float] | None
    rejected: Mapping[str, int] = field(default_factory=dict)

    @property
    def candidates_per_second(self) -> float:
        """Candidates rendered and judged a second, over the whole run."""
        return self.evaluated / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Failed:
    """Exploring ended with an error; ``text`` is one clear line.  Finished rounds are kept."""

    text: str


Event = Started | RoundDone | Note | Halted | WentOn | Finished | Failed
Listener = Callable[[Event], None]
