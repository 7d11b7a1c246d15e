"""The panel: many voters, each measured in what is usual for the run, joined to one value.

Voters speak on scales of their own.  Each vote is counted in standard deviations from the mean
of a reference sample: random compositions of the same sources, and the sources.  The value is
the weighted mean of the votes less κ times their spread: a picture that only one voter loves
does not win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.model.values import Value, digest, to_json

Votes = Mapping[str, npt.NDArray[np.float64]]
"""Raw votes on N pictures by voter, each (N,) float64, larger is better."""

Doubles = npt.NDArray[np.float64]

DEFAULT_KAPPA = 0.5

LIMIT = 4.0
"""No voter counts for more than so many standard deviations, however exceptional its vote."""

_MOST_VOTE = 1e12

_LEAST_SPREAD = 1e-6

_SAME = 1e-9
"""Values nearer to each other than this differ by rounding only."""


class UnknownVoter(LayerForgeError):
    """A weight was given to a voter that the scorer does not have."""


class Yardstick(Value, frozen=True, kw_only=True):
    """What is usual: the raw votes on a reference sample.

    voters: fingerprint of who voted.  votes: by voter, one for each picture of the sample.  All
    statistics follow from them, so they are kept whole.
    """

    voters: str
    votes: dict[str, tuple[float, ...]]

    def __post_init__(self) -> None:
        if len({len(said) for said in self.votes.values()}) > 1:
            raise InvalidValue("not all voters of the yardstick saw the same pictures")
        if any(abs(vote) > _MOST_VOTE for said in self.votes.values() for vote in said):
            raise InvalidValue("a vote in the yardstick is out of all bounds")

    @property
    def pictures(self) -> int:
        """How many pictures the sample has."""
        return len(next(iter(self.votes.values()), ()))


def make_yardstick(voters: str, votes: Votes) -> Yardstick:
    """The yardstick of voters with that fingerprint from their votes on a sample."""
    # in the order in which a project keeps them, since sums hang on it in their last digit
    return Yardstick(
        voters=voters, votes={name: tuple(map(float, votes[name])) for name in sorted(votes)}
    )


@dataclass(frozen=True, slots=True)
class Joined:
    """What a panel makes of N pictures.

    values: (N,) mean − κ·spread, in standard deviations.  spread: (N,), the weighted standard
    deviation between voters.
    """

    values: Doubles
    spread: Doubles


class Panel:
    """Joins the votes of the voters of one yardstick.

    weights: how much each voter counts, ≥ 0; 1 where none is given.  kappa: how much disagreement
    costs, ≥ 0.  apart: the voters that see by a second encoder.

    Raises UnknownVoter for a weight of somebody else, ValueError where nobody counts.
    """

    def __init__(
        self,
        yardstick: Yardstick,
        *,
        weights: Mapping[str, float] | None = None,
        kappa: float = DEFAULT_KAPPA,
        apart: Sequence[str] = (),
    ) -> None:
        if not kappa >= 0.0:
            raise ValueError(f"kappa must be ≥ 0, got {kappa}")
        self.voters = tuple(yardstick.votes)
        self.yardstick = yardstick
        self.kappa = kappa
        self.weights = checked_weights(weights or {}, voters=self.voters)
        sample = self._stacked({name: np.array(said) for name, said in yardstick.votes.items()})
        self._mean = sample.mean(axis=1, keepdims=True)
        spread = sample.std(axis=1, keepdims=True)
        # a voter that always says the same: its vote is counted as it is
        silent = spread < _LEAST_SPREAD * np.maximum(1.0, np.abs(self._mean))
        self._scale = np.where(silent, 1.0, spread)
        shares = np.array([self.weights[name] for name in self.voters])
        self._shares = (shares / shares.sum())[:, None]
        self._usual = np.sort(self._join(sample)[0])
        self.apart = tuple(name for name in apart if self.weights.get(name, 0.0) > 0.0)

    @property
    def shares(self) -> dict[str, float]:
        """Each voter's part of all weights, 0 to 1."""
        total = sum(self.weights.values())
        return {name: self.weights[name] / total for name in self.voters}

    @property
    def identity(self) -> str:
        """Fingerprint of all that the value hangs on: voters, yardstick, weights and κ."""
        told = [self.weights, self.kappa, *([self.apart] if self.apart else [])]
        return digest(to_json(self.yardstick), to_json(told)).hex()

    def join(self, votes: Votes) -> Joined:
        """Value and spread of each picture that ``votes`` speak of."""
        return Joined(*self._join(self._stacked(votes)))

    def second_opinion(self, votes: Votes) -> Doubles:
        """(0,) or (1, N): the values by the voters that see by another encoder alone, if any do."""
        if not self.apart or len(self.apart) == len(self.voters):
            return np.zeros((0, len(next(iter(votes.values())))))
        weights = {name: self.weights[name] * (name in self.apart) for name in self.voters}
        alone = Panel(self.yardstick, weights=weights, kappa=self.kappa)
        return alone.join(votes).values[None]

    def percentile(self, value: float) -> float:
        """The place of ``value`` among those of the reference sample, 0 to 100."""
        # a picture of the sample is equal to itself, whatever the order in which votes were added
        below = np.searchsorted(self._usual, value - _SAME, side="left")
        up_to = np.searchsorted(self._usual, value + _SAME, side="right")
        return 50.0 * float(below + up_to) / len(self._usual)

    def standardised(self, votes: Votes) -> dict[str, Doubles]:
        """Each voter's votes in standard deviations from its mean, within ±`LIMIT`."""
        return dict(zip(self.voters, self._scaled(self._stacked(votes)), strict=True))

    def support(self, ours: Mapping[str, float], others: Mapping[str, float]) -> float:
        """The share of the voters that put ``ours`` above ``others``, by heads, 0 to 1.

        A majority asks how many agree, not how much each counts: every voter with a weight above 0
        is one.  One that sees no difference counts half, since abstaining is no support: with it,
        a single voter in favour cannot carry many that have nothing to say.
        """
        heads = [name for name in self.voters if self.weights[name] > 0.0]
        above = sum(ours[name] > others[name] for name in heads)
        below = sum(ours[name] < others[name] for name in heads)
        return 0.5 + 0.5 * (above - below) / len(heads)

    def _stacked(self, votes: Votes) -> Doubles:
        """(V, N) in the order of the voters."""
        lacking = [name for name in self.voters if name not in votes]
        if lacking:
            raise ValueError(f"votes of {', '.join(lacking)} are missing")
        return np.stack([np.asarray(votes[name], dtype=np.float64) for name in self.voters])

    def _scaled(self, votes: Doubles) -> Doubles:
        scaled: Doubles = np.clip((votes - self._mean) / self._scale, -LIMIT, LIMIT)
        return scaled

    def _join(self, votes: Doubles) -> tuple[Doubles, Doubles]:
        scaled = self._scaled(votes)
        mean = (self._shares * scaled).sum(axis=0)
        spread = np.sqrt((self._shares * (scaled - mean) ** 2).sum(axis=0))
        return mean - self.kappa * spread, spread


def checked_weights(given: Mapping[str, float], *, voters: tuple[str, ...]) -> dict[str, float]:
    """A weight for each of ``voters``.  Raises UnknownVoter, ValueError."""
    strangers = [name for name in given if name not in voters]
    if strangers:
        raise UnknownVoter(
            f"no voter is called {', '.join(map(repr, strangers))}: there are {', '.join(voters)}"
        )
    if any(not weight >= 0.0 for weight in given.values()):
        raise ValueError(f"weights must be ≥ 0, got {dict(given)}")
    weights = {name: float(given.get(name, 1.0)) for name in voters}
    if not sum(weights.values()) > 0.0:
        raise UnknownVoter("at least one voter must have a weight above 0")
    return weights
