"""Which two pictures to ask about: those whose comparison teaches most.

Source: Bergström, Carlsson, Dubhashi & Johansson 2024, "Active preference learning for ordering
items in- and out-of-sample" (GURO): ask where the answer is open and the difference is unsure.
What both come to is near the information that the answer is expected to give (Houlsby, Huszár,
Ghahramani & Lengyel 2011, "Bayesian active learning for classification and preference learning"),
but pairs that are merely far apart don't win.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.taste import Doubles, Taste, logistic

_PAIRS = 2048
"""So many pairs are looked at; among very many, the best of them is as good as the best of all."""

_RESTED = 4
"""The pictures of so many last questions are not shown again at once."""

_DIGITS = 9

NEARLY = 0.9
"""A pair teaches nearly as much as another from this share on."""

Pair = tuple[int, int]
_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Question:
    """Which of two pictures is better?

    one, other: ids of branches.  chance: of the first being preferred, 0 to 1.  deviation: how
    unsure the difference in worth is.
    """

    one: int
    other: int
    chance: float
    deviation: float


def best_question(
    taste: Taste,
    ids: Sequence[int],
    features: Doubles,
    embeddings: Embeddings,
    *,
    asked: Sequence[Pair],
    least_distance: float,
    rng: np.random.Generator,
    nearly: float = 1.0,
) -> Question | None:
    """The question whose answer teaches most; None where there are not two pictures.

    nearly: where it is less than 1, one is drawn of all that teach at least this share of that.

    ids: N branches, with ``features`` (N, F) and ``embeddings`` (N, D) of unit length.  asked:
    pairs that were asked, last at the end: none is asked again, and the pictures of the last ones
    are left alone.  least_distance: pictures nearer to each other, cosine, are too alike to ask
    about.  Where these rules leave nothing, they are eased from the last to the first.
    """
    left, right = _pairs(len(ids), rng)
    if not len(left):
        return None
    apart = 1.0 - np.einsum("ij,ij->i", embeddings[left], embeddings[right])
    done = {frozenset(pair) for pair in asked}
    shown = {one for pair in asked[-_RESTED:] for one in pair}
    fits = [
        apart >= least_distance,
        np.array([{ids[a], ids[b]} not in done for a, b in zip(left, right, strict=True)]),
        np.array([not {ids[a], ids[b]} & shown for a, b in zip(left, right, strict=True)]),
    ]
    while fits and not np.logical_and.reduce(fits).any():
        fits.pop()
    allowed = np.flatnonzero(np.logical_and.reduce(fits)) if fits else np.arange(len(left))
    left, right = left[allowed], right[allowed]
    differences = features[left] - features[right]
    chances = logistic(taste.worth(differences))
    deviations = taste.deviations(differences)
    taught = np.round(chances * (1.0 - chances) * deviations, _DIGITS)
    best = int(taught.argmax())
    if nearly < 1.0:
        best = int(rng.choice(np.flatnonzero(taught >= nearly * taught[best])))
    return Question(
        one=ids[left[best]],
        other=ids[right[best]],
        chance=float(chances[best]),
        deviation=float(deviations[best]),
    )


def _pairs(count: int, rng: np.random.Generator) -> tuple[_Places, _Places]:
    """Places of pairs of different pictures, in an order and with sides that mean nothing."""
    if count * (count - 1) // 2 <= _PAIRS:
        pairs = np.stack(np.triu_indices(count, 1), axis=1)
        rng.shuffle(pairs)
    else:
        first = rng.integers(count, size=_PAIRS)
        second = (first + rng.integers(1, count, size=_PAIRS)) % count
        pairs = np.stack([first, second], axis=1)
    turned = rng.random(len(pairs)) < 0.5
    pairs[turned] = pairs[turned, ::-1]
    return pairs[:, 0], pairs[:, 1]
