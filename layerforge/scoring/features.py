"""What taste looks at in a picture, and how much of a preference may hang on each part of it.

The features are the numbers of the embedding and the raw votes, on scales of their own, so that
what was learned in one project holds in another.  They come in groups.  A preference between two
pictures of the field may hang on each group alike until the judgements say which groups matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layerforge.scoring.embedding import LAYOUT_WIDTH, WIDTH
from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.taste import Doubles, Judgements, Prior, learn

SPREAD = 2.0
"""Standard deviation of the difference in worth of two pictures of the field, as first believed.

With it, people prefer the better of two pictures in four of five cases.
"""

_DOMINANT = 0.9
_DECIDING = 64
"""So many judgements tell which groups matter; more would cost time and change little."""

_LEAST_SHARE = 0.1
_STILL = 1e-12


@dataclass(frozen=True, slots=True)
class Group:
    """Features ``start`` to ``stop`` that are of one kind.

    alike: a preference may hang on each of them alike, unless it varies far less than the others;
    otherwise on each direction as much as the pictures vary along it.
    """

    name: str
    start: int
    stop: int
    alike: bool


@dataclass(frozen=True, slots=True)
class Features:
    """The features of pictures: the embedding's D numbers, then the votes.

    encoder: what made the embeddings.  width: D.  voters: whose votes, in order.
    """

    encoder: str
    width: int
    voters: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """One a feature: ``0``, ``1`` … and the voters' names."""
        return (*map(str, range(self.width)), *self.voters)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The kinds of features, those without any left out.

        The embedding of measures holds two: colours by place, and the measures themselves, which
        vary far less but which a person may care about as much.
        """
        if self.encoder == "measures" and self.width == WIDTH:
            looks = [
                Group("layout", 0, LAYOUT_WIDTH, alike=False),
                Group("measures", LAYOUT_WIDTH, WIDTH, alike=True),
            ]
        else:
            looks = [Group("embedding", 0, self.width, alike=False)]
        votes = Group("votes", self.width, self.width + len(self.voters), alike=True)
        return tuple(group for group in (*looks, votes) if group.stop > group.start)

    def of(self, embeddings: Embeddings, votes: Sequence[Mapping[str, float]]) -> Doubles:
        """(N, F) float64 from (N, D) unit rows and N times the raw votes by name."""
        said = np.array([[one[name] for name in self.voters] for one in votes], dtype=np.float64)
        return np.concatenate(
            [embeddings.astype(np.float64), said.reshape(len(votes), len(self.voters))], axis=1
        )


def fitting_prior(
    features: Features, field: Doubles, judgements: Judgements, *, usual: Doubles
) -> Prior:
    """A flat prior with as much in each group as the judgements make likely.

    field: (N, F), the features of the pictures that preferences are between.  usual: (V,), the
    standard deviations of the votes on random compositions: kept ones may all have the same vote,
    of which nothing should follow for others.

    The shares of the groups are the mean of some divisions, each weighted by how likely it makes
    the judgements: few judgements leave them even, many tell which groups matter.
    Source: MacKay 1992, "Bayesian interpolation" (evidence for hyperparameters).
    """
    variances = field.var(axis=0) if len(field) else np.zeros(len(features.names))
    variances[features.width :] = np.maximum(variances[features.width :], usual**2)
    count = len(features.groups)
    options = [np.full(count, 1.0 / count)]
    if count > 1:
        rest = (1.0 - _DOMINANT) / (count - 1)
        options += [np.where(np.arange(count) == one, _DOMINANT, rest) for one in range(count)]
    some = judgements.some(_DECIDING)
    evidence = np.array(
        [learn(some, Prior.flat(_scale(features, variances, one))).evidence for one in options]
    )
    chances = np.exp(evidence - evidence.max())
    shares = np.round(chances @ np.stack(options) / chances.sum(), 6)
    return Prior.flat(_scale(features, variances, shares))


def _scale(features: Features, variances: Doubles, shares: Doubles) -> Doubles:
    """(F,): how far each weight may be from 0, so that the groups have these shares."""
    scale = np.zeros(len(variances))
    for group, share in zip(features.groups, shares, strict=True):
        own = 2.0 * variances[group.start : group.stop]
        moving = own > _STILL
        if not moving.any():
            continue
        if group.alike:
            # votes have scales of their own, and `usual` for what varies less
            least = 0.0 if group.start >= features.width else _LEAST_SHARE * np.median(own[moving])
            even = np.maximum(own, least) * moving.sum()
        else:
            even = np.full(len(own), own.sum())
        scale[group.start : group.stop][moving] = SPREAD * np.sqrt(share / even[moving])
    return scale
