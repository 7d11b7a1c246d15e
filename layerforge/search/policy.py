"""The policy: which operations pay, where, and how sure that is.

Every operation in every context (the family of the step before it, and what it worked on) is an
arm of a bandit whose reward is 0 for a candidate that was turned away, and from 1/2 up to 1 for
one that was kept, by how far it rose above its parent.  What is known of an operation at large
stands in for what is not known of it in a context, and its family for the operation.
Sources: Thompson 1933; Chapelle & Li 2011, "An empirical evaluation of Thompson sampling"; the
levels shrink towards each other as in Gelman et al. 2013, "Bayesian data analysis", chapter 5.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from layerforge.model.step import family_of
from layerforge.search.draft import Context
from layerforge.search.proposal import Outcome

Weights = npt.NDArray[np.float64]
"""(N,): factors ≥ 0 on the chances of N operations."""

Arm = tuple[str, Context]
"""An operation where it was drawn."""

FLOOR = 0.25
"""No operation's chance falls below this share of what it would be without a policy."""

CEILING = 4.0

DECISION = 4.0
"""For how many candidates a pin or a kill of the user counts."""

_FAMILY_STRENGTH = 10.0
_OPERATION_STRENGTH = 8.0
_CONTEXT_STRENGTH = 12.0
_START = 0.25

_NOTHING = 1e-6
"""What is left of tries that were taken back."""


class Preference(Protocol):
    """Says how much more often than usual operations are to be drawn."""

    def draw(self, names: Sequence[str], *, context: Context, rng: np.random.Generator) -> Weights:
        """A factor on the chance of each of the operations ``names``, (N,)."""
        ...


class Indifferent:
    """No preference."""

    def draw(self, names: Sequence[str], *, context: Context, rng: np.random.Generator) -> Weights:
        """All alike."""
        return np.ones(len(names))


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often something was tried, and the sum of what that brought (each 0 to 1)."""

    tries: float = 0.0
    reward: float = 0.0

    def plus(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(self.tries + other.tries, self.reward + other.reward)


@dataclass(frozen=True, slots=True)
class Credit:
    """What an operation is worth: its mean reward, with a central 90 % interval.

    tries: how many candidates tell, those that the user decided on counted more.
    """

    operation: str
    tries: float
    mean: float
    low: float
    high: float


class Policy:
    """Learns from outcomes; a preference for the proposer."""

    def __init__(self, known: Mapping[Arm, Evidence] | None = None) -> None:
        self._arms: dict[Arm, Evidence] = {}
        self._operations: dict[str, Evidence] = {}
        self._families: dict[str, Evidence] = {}
        self._all = Evidence()
        self._decided: dict[Arm, Evidence] = {}
        self._learned: dict[Arm, Evidence] = dict(known or {})
        for (operation, context), evidence in self._learned.items():
            self._add(operation, context, evidence)

    def draw(self, names: Sequence[str], *, context: Context, rng: np.random.Generator) -> Weights:
        """How much more often than usual to draw each: a sample of what each may be worth."""
        usual = self._rate()
        means = np.array([self._mean(name) for name in names])
        found = [self._arms.get((name, context), Evidence()) for name in names]
        tries = np.array([one.tries for one in found])
        reward = np.array([one.reward for one in found])
        good = _CONTEXT_STRENGTH * means + reward
        bad = _CONTEXT_STRENGTH * (1.0 - means) + tries - reward
        sampled = rng.beta(np.maximum(good, 1e-3), np.maximum(bad, 1e-3))
        weights: Weights = np.clip(sampled / usual, FLOOR, CEILING)
        return weights

    @property
    def learned(self) -> Mapping[Arm, Evidence]:
        """All that outcomes ever said, to be kept; what the user decided is not in it."""
        return self._learned

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """Take in outcomes."""
        added: dict[Arm, Evidence] = {}
        for outcome in outcomes:
            proposal = outcome.proposal
            share = Evidence(1.0, reward_of(outcome))
            for step, context in zip(proposal.steps, proposal.contexts, strict=False):
                key = (step.operation.name, context)
                added[key] = added.get(key, Evidence()).plus(share)
        for (operation, context), evidence in added.items():
            self._add(operation, context, evidence)
            before = self._learned.get((operation, context), Evidence())
            self._learned[operation, context] = before.plus(evidence)

    def decide(self, decided: Mapping[Arm, Evidence]) -> None:
        """Take in what all pins and kills of the user say, in place of what they said before."""
        for (operation, context), old in self._decided.items():
            self._add(operation, context, Evidence(-old.tries, -old.reward))
        for (operation, context), new in decided.items():
            self._add(operation, context, new)
        self._decided = dict(decided)

    def credits(self) -> list[Credit]:
        """What each operation that was tried is worth, the best first."""
        tried = [one for one in self._operations.items() if one[1].tries > _NOTHING]
        found = [self._credit(name, evidence) for name, evidence in tried]
        return sorted(found, key=lambda one: (-one.mean, one.operation))

    def _add(self, operation: str, context: Context, evidence: Evidence) -> None:
        key, family = (operation, context), family_of(operation)
        self._arms[key] = self._arms.get(key, Evidence()).plus(evidence)
        self._operations[operation] = self._operations.get(operation, Evidence()).plus(evidence)
        self._families[family] = self._families.get(family, Evidence()).plus(evidence)
        self._all = self._all.plus(evidence)

    def _rate(self) -> float:
        """The mean reward of everything."""
        return (_START * 4.0 + self._all.reward) / (4.0 + self._all.tries)

    def _mean(self, operation: str) -> float:
        """What the operation is expected to bring anywhere, between 0 and 1."""
        family = self._families.get(family_of(operation), Evidence())
        above = (_FAMILY_STRENGTH * self._rate() + family.reward) / (
            _FAMILY_STRENGTH + family.tries
        )
        own = self._operations.get(operation, Evidence())
        return (_OPERATION_STRENGTH * above + own.reward) / (_OPERATION_STRENGTH + own.tries)

    def _credit(self, operation: str, own: Evidence) -> Credit:
        mean = self._mean(operation)
        count = _OPERATION_STRENGTH + own.tries
        # the normal approximation of the beta distribution's interval
        reach = 1.645 * math.sqrt(mean * (1.0 - mean) / (count + 1.0))
        return Credit(operation, own.tries, mean, max(0.0, mean - reach), min(1.0, mean + reach))


def reward_of(outcome: Outcome) -> float:
    """0 for what was turned away; from 1/2 to 1 for what was kept, by its gain."""
    if outcome.kept is None:
        return 0.0
    gain = 0.0 if outcome.gain is None else min(max(outcome.gain, -30.0), 30.0)
    return 0.5 + 0.5 / (1.0 + math.exp(-gain))
