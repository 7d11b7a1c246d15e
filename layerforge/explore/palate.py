"""The user's taste as a voter of the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from layerforge.explore.evidence import judgements_in
from layerforge.project.decisions import Decision
from layerforge.scoring.features import Features, fitting_prior
from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.panel import Panel
from layerforge.scoring.taste import Doubles, Taste, learn
from layerforge.scoring.taste_file import TasteFile
from layerforge.scoring.trust import Trust, trust_in

TASTE = "taste"
"""The name of the voter."""

LEAST_FIELD = 8
"""With fewer kept branches there is nothing to measure a taste by."""

_FIELD = 1024
_PART = 4096
_DIGITS = 9
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True)
class Field:
    """N kept branches as taste sees them.

    ids: in ascending order.  embeddings: (N, D) float32 of unit length.  votes: raw, by name.
    """

    ids: Sequence[int]
    embeddings: Embeddings
    votes: Sequence[Mapping[str, float]]

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, places: Sequence[int] | npt.NDArray[np.intp], features: Features) -> Doubles:
        """(M, F): the features of the branches at ``places``."""
        some = [int(one) for one in places]
        return features.of(self.embeddings[some], [self.votes[one] for one in some])

    def spread_out(self) -> npt.NDArray[np.intp]:
        """The places of at most 1024 branches, evenly spread."""
        count = min(len(self), _FIELD)
        return np.linspace(0, len(self) - 1, count).round().astype(np.intp)


@dataclass(frozen=True, slots=True)
class Palate:
    """What is known of the user's taste, and the panel that it has joined.

    middle: (F,), the features of the middle of the field.  panel: with taste among the voters;
    without where its weight is 0.  weight: beside those of the other voters.
    """

    features: Features
    taste: Taste
    trust: Trust
    middle: Doubles
    panel: Panel
    weight: float

    @property
    def share(self) -> float:
        """Of all weights in the panel, 0 to 1."""
        return self.weight / sum(self.panel.weights.values())

    def heard(
        self, votes: Mapping[str, float], embedding: npt.NDArray[np.float32]
    ) -> dict[str, float]:
        """``votes`` on one picture with the vote of taste among them."""
        (worth,) = self.worth(Field((0,), embedding[None], (votes,)))
        return {**votes, TASTE: float(worth)}

    def worth(self, field: Field) -> Doubles:
        """(N,): how much each branch is liked more than the middle.

        Of two that differ by 1, the better is preferred in 73 of 100 cases; by 2, in 88.
        """
        parts = [
            self.taste.worth(self._from_middle(field, start))
            for start in range(0, len(field), _PART)
        ]
        return np.round(np.concatenate([*parts, np.zeros(0)]), _DIGITS)

    def deviations(self, field: Field) -> Doubles:
        """(N,): how unsure that is, one standard deviation."""
        parts = [
            self.taste.deviations(self._from_middle(field, start))
            for start in range(0, len(field), _PART)
        ]
        return np.round(np.concatenate([*parts, np.zeros(0)]), _DIGITS)

    def values(self, field: Field) -> tuple[Doubles, Doubles]:
        """(N,) and (N,): what the panel makes of each branch, and taste's own vote."""
        worth = self.worth(field)
        votes = {
            name: np.array([said[name] for said in field.votes], dtype=np.float64)
            for name in self.panel.voters
            if name != TASTE
        }
        return self.panel.join({**votes, TASTE: worth}).values, worth

    def _from_middle(self, field: Field, start: int) -> Doubles:
        places = range(start, min(start + _PART, len(field)))
        return field.rows(places, self.features) - self.middle


def palate_of(
    log: Sequence[Decision],
    field: Field,
    panel: Panel,
    *,
    encoder: str,
    factor: float = 1.0,
    loved: Field | None = None,
    loaded: TasteFile | None = None,
) -> Palate | None:
    """The taste that a log shows; None where too few branches are kept to measure it by.

    field: all kept branches.  panel: without taste.  factor: of its weight, 1 where the user says
    nothing.  loved: pictures of a mood board; their ids mean nothing.  loaded: a taste learned in
    another project, which is left aside where it was learned on other embeddings.

    The weight is that of all other voters together times the taste's skill.
    """
    if len(field) < LEAST_FIELD:
        return None
    features = Features(
        encoder=encoder, width=field.embeddings.shape[1], voters=tuple(panel.voters)
    )
    place = {one: row for row, one in enumerate(field.ids)}
    sample = field.spread_out()
    rows = field.rows(sample, features)
    middle = rows.mean(axis=0)
    judgements = judgements_in(
        log,
        known=place.keys(),
        features=lambda ids: field.rows([place[one] for one in ids], features),
        middle=middle,
        loved=rows[:0] if loved is None else loved.rows(range(len(loved)), features),
    )
    usual = np.array([np.std(panel.yardstick.votes[name]) for name in panel.voters])
    prior, before = fitting_prior(features, rows, judgements, usual=usual), None
    if loaded is not None and loaded.suits(features):
        beforehand = loaded.beforehand(features, flat=prior)
        prior, before = beforehand.prior, beforehand.trust
    taste = learn(judgements, prior)
    worth = np.round(taste.worth(rows - middle), _DIGITS)
    trust = trust_in(taste, judgements, worth, before=before)
    weight = factor * trust.skill * sum(panel.weights.values())
    votes = {name: rows[:, features.width + at] for at, name in enumerate(panel.voters)}
    joined = _joined(panel, votes, worth, weight)
    return Palate(
        features=features,
        taste=taste,
        trust=trust,
        middle=middle,
        panel=joined,
        weight=0.0 if joined is panel else weight,
    )


def _joined(panel: Panel, votes: Mapping[str, Doubles], worth: Doubles, weight: float) -> Panel:
    """The panel with taste among its voters, or as it is where taste can't or may not count.

    The other voters are measured by random compositions, of which taste knows nothing.  So it is
    given the mean and the spread on kept branches that their votes have there.
    """
    spread = float(worth.std())
    if not weight > 0.0 or spread < _LEAST_SPREAD or panel.yardstick.pictures < 2:
        return panel
    scaled, shares = panel.standardised(votes), panel.shares
    level = float(sum(shares[name] * scaled[name].mean() for name in panel.voters))
    width = float(sum(shares[name] * scaled[name].std() for name in panel.voters))
    unit = spread / max(width, _LEAST_SPREAD)
    usual = float(worth.mean()) - level * unit + unit * _even(panel.yardstick.pictures)
    yardstick = replace(
        panel.yardstick, votes={**panel.yardstick.votes, TASTE: tuple(map(float, usual))}
    )
    return Panel(yardstick, weights={**panel.weights, TASTE: weight}, kappa=panel.kappa)


def _even(count: int) -> Doubles:
    """``count`` ≥ 2 numbers with mean 0 and standard deviation 1."""
    steps = np.arange(count) - (count - 1) / 2.0
    return np.asarray(steps / steps.std(), dtype=np.float64)
