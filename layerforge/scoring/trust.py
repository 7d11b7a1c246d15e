"""How far a taste can be trusted: how well judgements are foretold from the others.

Each judgement is left out in turn, which needs no learning anew: what it adds to the solution is
known near enough.  The share of those foretold is the accuracy.  Since questions are best asked
where the answer is open, it understates how well pictures at large are told apart; so it is asked
as well how strongly the margins speak, and what that means for the pictures of the field.
Sources: Cawley & Talbot 2008, "Efficient approximate leave-one-out cross-validation for kernel
logistic regression"; Rad & Maleki 2020, "A scalable estimate of the out-of-sample prediction
error via approximate leave-one-out cross-validation"; Platt 1999, "Probabilistic outputs for
support vector machines" (fitting the slope); Wilson 1927, "Probable inference, the law of
succession, and statistical inference" (how low the accuracy may be).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layerforge.scoring.taste import Doubles, Judgements, Taste, logistic

_EXAMINED = 512
"""So many judgements tell how good it is; each that is left out costs time."""

_CAUTION = 1.0
"""So many standard deviations are taken off what the slope seems to be."""

_SURE = 1.64
"""So many standard deviations must lie between chance and the accuracy, as one of twenty runs of
coin tosses has by luck."""

_COMPARED = 200
"""Pictures of the field, of which all pairs are looked at."""

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known of how well judgements are foretold.

    judgements: their weight in all.  accuracy: the share that the others foretell, ½ is chance;
    None without any.  slope: how strongly the margins speak, 1 where they are just right, 0 where
    they say nothing, with its precision (1 / variance).  skill: 0 where nothing is known, to 1
    where the better of any two pictures of the field is known for certain.
    """

    judgements: float = 0.0
    accuracy: float | None = None
    slope: float = 0.0
    precision: float = 1.0
    skill: float = 0.0


def trust_in(
    taste: Taste, judgements: Judgements, field: Doubles, *, before: Trust | None = None
) -> Trust:
    """How far ``taste``, learned from ``judgements``, can be trusted.

    field: (N,), the worth of the pictures that it is to tell apart.  before: what was known of the
    prior, where that is a taste, too; without it, a slope near 0 is believed.

    The skill is 0 where no more judgements are foretold than may be by chance, those that the prior
    was learned from among them.
    """
    before = Trust() if before is None else before
    some = judgements.some(_EXAMINED)
    stretch = judgements.weight / max(some.weight, 1e-12)
    margins = np.round(margins_left_out(taste, some), 9)
    accuracy = _accuracy(margins, some)
    slope, precision = _slope(margins, some, stretch, before)
    total = before.judgements + judgements.weight
    certain = slope - _CAUTION / np.sqrt(precision)
    known = accuracy if accuracy is not None else before.accuracy
    if _least(_pooled(accuracy, judgements.weight, before), total) <= 0.5 or certain <= 0.0:
        skill = 0.0
    else:
        skill = 2.0 * float(logistic(certain * _differences(field)).mean()) - 1.0
    return Trust(
        judgements=total,
        accuracy=known,
        slope=round(slope, _DIGITS),
        precision=round(precision, _DIGITS),
        skill=round(max(skill, 0.0), _DIGITS),
    )


def margins_left_out(taste: Taste, judgements: Judgements) -> Doubles:
    """(M,): by how much the one is worth more than the other, as the other judgements have it."""
    margins = taste.worth(judgements.differences)
    both = judgements.wins + judgements.losses
    chance = logistic(margins)
    variance = taste.deviations(judgements.differences) ** 2
    pull = judgements.wins - both * chance
    left = np.maximum(1.0 - both * chance * (1.0 - chance) * variance, 1e-9)
    return np.asarray(margins - variance * pull / left, dtype=np.float64)


def _accuracy(margins: Doubles, judgements: Judgements) -> float | None:
    """The share of the weight that margins foretell; a margin of 0 foretells half."""
    both = float((judgements.wins + judgements.losses).sum())
    if both <= 0.0:
        return None
    foretold = np.where(margins > 0.0, judgements.wins, judgements.losses)
    open_ones = 0.5 * (judgements.wins + judgements.losses)
    return float(np.where(margins == 0.0, open_ones, foretold).sum()) / both


def _pooled(accuracy: float | None, weight: float, before: Trust) -> float:
    """The accuracy on these judgements and those before them; ½ where nothing is known."""
    own = weight * (0.5 if accuracy is None else accuracy)
    others = before.judgements * (0.5 if before.accuracy is None else before.accuracy)
    return (own + others) / max(weight + before.judgements, 1e-12)


def _least(share: float, count: float) -> float:
    """The lower end of Wilson's interval for a ``share`` seen in ``count`` cases."""
    if count <= 0.0:
        return 0.0
    square = _SURE * _SURE / count
    reach = _SURE * np.sqrt(share * (1.0 - share) / count + square / (4.0 * count))
    return float((share + square / 2.0 - reach) / (1.0 + square))


def _slope(
    margins: Doubles, judgements: Judgements, stretch: float, before: Trust
) -> tuple[float, float]:
    """The slope of the logistic curve through the outcomes over margins, and its precision.

    stretch: how much each judgement counts.  Newton's method; the curve has no intercept.
    """
    wins, both = judgements.wins * stretch, (judgements.wins + judgements.losses) * stretch
    slope, precision = before.slope, before.precision
    for _ in range(50):
        chance = logistic(slope * margins)
        pull = float(((wins - both * chance) * margins).sum())
        pull -= before.precision * (slope - before.slope)
        bend = float((both * chance * (1.0 - chance) * margins * margins).sum())
        precision = before.precision + bend
        step = pull / precision
        # a bounded step, since far from the solution the curve is nearly flat
        slope += float(np.clip(step, -1.0, 1.0))
        if abs(step) < 1e-12:
            break
    return slope, precision


def _differences(worth: Doubles) -> Doubles:
    """Differences in worth of all pairs of the field, or of some pictures spread over it."""
    rows = np.unique(np.linspace(0, len(worth) - 1, _COMPARED).round().astype(np.intp))
    some = worth[rows] if len(worth) else worth
    one, other = np.triu_indices(len(some), 1)
    return np.abs(some[one] - some[other]) if len(one) else np.zeros(1)
