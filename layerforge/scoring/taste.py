"""Taste: what one person prefers, learned from judgements.

A picture with features x is worth w·x to the person, and one picture is preferred to another with
the chance 1 / (1 + exp(−w·(x − y))).  The weights w have a Gaussian prior; what the judgements
leave of it is taken as Gaussian, too (Laplace's approximation), so that every prediction comes
with its uncertainty.
Sources: Bradley & Terry 1952, "Rank analysis of incomplete block designs"; Chu & Ghahramani 2005,
"Preference learning with Gaussian processes"; MacKay 1992, "The evidence framework applied to
classification networks".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.floating]

_ROUNDS = 30
_CHORDS = 25
_HALVINGS = 30
_DONE = 1e-11
"""The solution is exact to about this, so that it can be rounded to `_DIGITS`."""

_DIGITS = 9
"""Sums of many terms differ in the last bits by the number of threads; what is learned must not."""

_REFRESH = 0.3
_TRUNCATED = 4
_GRADIENTS = 8
_ENOUGH = 1e-3
"""Of the square of a gradient: what is left of it when a step is solved well enough."""

_FLAT = 1e-12
"""Heights nearer to each other than this share of them differ by rounding only."""

_ROWS = 4096
_SMALL = 64


@dataclass(frozen=True, slots=True)
class Judgements:
    """M comparisons of two things, each made once or more often.

    differences: (M, F) float64, the features of the one less those of the other.
    wins, losses: (M,) float64 ≥ 0, the weight of the judgements for the one and for the other.
    """

    differences: Doubles
    wins: Doubles
    losses: Doubles

    def __len__(self) -> int:
        return len(self.wins)

    @property
    def weight(self) -> float:
        """That of all of them together."""
        return float(self.wins.sum() + self.losses.sum())

    def some(self, count: int) -> Judgements:
        """At most ``count`` of them, evenly spread."""
        if len(self) <= count:
            return self
        rows = np.linspace(0, len(self) - 1, count).round().astype(np.intp)
        return Judgements(self.differences[rows], self.wins[rows], self.losses[rows])


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of the F weights before the judgements: a Gaussian.

    mean: (F,).  scale: (F,) ≥ 0, the standard deviation of each weight, 0 for a feature that
    does not count.  known: (K, F), what is known beyond that: the precision, the inverse of the
    covariance, is diag(1 / scale²) + knownᵀ·known.
    """

    mean: Doubles
    scale: Doubles
    known: Doubles

    @classmethod
    def flat(cls, scale: Doubles) -> Prior:
        """Nothing is liked or disliked yet; ``scale`` says how much each feature may come to."""
        return cls(np.zeros_like(scale), scale, np.zeros((0, len(scale))))


@dataclass(frozen=True, slots=True)
class Taste:
    """What is believed of the weights after the judgements.

    prior: what was believed before.  mean: (F,).  basis: (F, P) with orthonormal columns, the
    directions, in units of the prior's scale, that judgements tell anything of; None where they
    tell of all, P = F.  covariance: (P, P), in that basis; in all other directions it is that of
    the prior.  evidence: the logarithm of how likely the prior made the judgements.
    """

    prior: Prior
    mean: Doubles
    basis: Doubles | None
    covariance: Doubles
    evidence: float

    def worth(self, features: Doubles) -> Doubles:
        """(N,): how much pictures with ``features`` (N, F) are liked, up to a constant."""
        return _times(features, self.mean)

    def deviations(self, differences: Doubles) -> Doubles:
        """(N,): the standard deviation of the worth of ``differences`` (N, F) of two pictures."""
        parts = [
            self._variances(differences[start : start + _ROWS] * self.prior.scale)
            for start in range(0, len(differences), _ROWS)
        ]
        variances: Doubles = np.concatenate([*parts, np.zeros(0)])
        return np.sqrt(np.maximum(variances, 0.0))

    def _variances(self, scaled: Doubles) -> Doubles:
        if self.basis is None:
            return _quadratic(scaled, self.covariance)
        inside = scaled @ self.basis
        outside = _quadratic(scaled) - _quadratic(inside)
        return np.maximum(outside, 0.0) + _quadratic(inside, self.covariance)


def learn(judgements: Judgements, prior: Prior) -> Taste:
    """What ``judgements`` make of ``prior``.

    Newton's method in the space that the judgements span, or in that of the features where it is
    the smaller.  The same judgements give the same taste, whatever the number of threads.
    """
    rows = judgements.differences * prior.scale
    offsets = _times(judgements.differences, prior.mean)
    known = prior.known * prior.scale
    basis: Doubles | None = None
    if 2 * (len(rows) + len(known)) < rows.shape[1]:
        basis, reduced = np.linalg.qr(np.concatenate([rows, known]).T)
        rows, known = reduced.T[: len(rows)], reduced.T[len(rows) :]
    posterior = _Posterior(rows, offsets, judgements.wins, judgements.losses, known)
    mode = posterior.mode()
    margins = posterior.margins(mode)
    hessian = posterior.hessian(margins)
    factor = np.linalg.cholesky(hessian)
    evidence = posterior.height(mode, margins) - float(np.log(np.diag(factor)).sum())
    scaled = np.round(mode if basis is None else basis @ mode, _DIGITS)
    return Taste(
        prior=prior,
        mean=prior.mean + prior.scale * scaled,
        basis=basis,
        covariance=np.asarray(_inverse(factor), dtype=np.float64),
        evidence=evidence,
    )


def _inverse(factor: Numbers) -> Numbers:
    """That of factor·factorᵀ, (P, P), for a lower triangular ``factor``."""
    turned = _inverse_of_triangle(factor)
    return np.asarray(turned.T @ turned)


def _inverse_of_triangle(lower: Numbers) -> Numbers:
    """That of a lower triangular matrix, from those of its halves: products are what is quick.

    Source: Higham 2002, "Accuracy and stability of numerical algorithms", section 14.2.
    """
    size = len(lower)
    if size <= _SMALL:
        return np.asarray(np.linalg.inv(lower))
    half = size // 2
    found = np.zeros_like(lower)
    found[:half, :half] = _inverse_of_triangle(lower[:half, :half])
    found[half:, half:] = _inverse_of_triangle(lower[half:, half:])
    found[half:, :half] = -found[half:, half:] @ lower[half:, :half] @ found[:half, :half]
    return found


@dataclass(frozen=True, slots=True)
class _Posterior:
    """The density of the scaled weights z: exp(`height`), apart from a constant."""

    rows: Doubles
    offsets: Doubles
    wins: Doubles
    losses: Doubles
    known: Doubles

    def margins(self, z: Doubles) -> Doubles:
        """By how much each judged thing is worth more than the other."""
        return self.offsets + _times(self.rows, z)

    def height(self, z: Doubles, margins: Doubles) -> float:
        settled = _times(self.known, z)
        lost = self.wins * np.logaddexp(0.0, -margins) + self.losses * np.logaddexp(0.0, margins)
        return -float(lost.sum() + 0.5 * (z * z).sum() + 0.5 * (settled * settled).sum())

    def gradient(self, z: Doubles, margins: Doubles) -> Doubles:
        pull = self.wins - (self.wins + self.losses) * logistic(margins)
        settled = _times(self.known, z)
        pulled: Doubles = _times(self.rows.T, pull) - _times(self.known.T, settled) - z
        return pulled

    def hessian(self, margins: Doubles, *, kind: type[np.floating] = np.float64) -> Doubles:
        """That of −`height`, reckoned in numbers of that ``kind``."""
        chance = logistic(margins)
        stretch = np.sqrt((self.wins + self.losses) * chance * (1.0 - chance))
        weighted = self.rows.astype(kind, copy=False) * stretch.astype(kind)[:, None]
        found = weighted.T @ weighted
        if len(self.known):
            known = self.known.astype(kind, copy=False)
            found += known.T @ known
        found[np.diag_indices_from(found)] += 1.0
        return np.asarray(found)

    def _near(self) -> tuple[Doubles, Doubles, float]:
        """A place near the mode, with its margins and height, found without any Hessian.

        Newton steps that are solved by a few conjugate gradients each.
        Source: Dembo & Steihaug 1983, "Truncated-Newton algorithms for large-scale unconstrained
        optimization".
        """
        z = np.zeros(self.rows.shape[1])
        margins = self.margins(z)
        height = self.height(z, margins)
        rows, known = self.rows.astype(np.float32), self.known.astype(np.float32)
        for _ in range(_TRUNCATED):
            step = self._truncated(rows, known, self.gradient(z, margins), margins)
            found = self.margins(z + step)
            reached = self.height(z + step, found)
            if not reached > height:
                break
            z, margins, height = z + step, found, reached
        return z, margins, height

    def _truncated(
        self, rows: Singles, known: Singles, gradient: Doubles, margins: Doubles
    ) -> Doubles:
        """Nearly the Newton step, reckoned in single precision."""
        chance = logistic(margins)
        weights = ((self.wins + self.losses) * chance * (1.0 - chance)).astype(np.float32)
        left: Singles = gradient.astype(np.float32)
        way: Singles = left
        step: Singles = np.zeros_like(left)
        size = first = float(left @ left)
        for _ in range(_GRADIENTS):
            if size <= _ENOUGH * first:
                break
            turned = way + (weights * (rows @ way)) @ rows + (known @ way) @ known
            share = np.float32(size / float(way @ turned))
            step = np.asarray(step + share * way, dtype=np.float32)
            left = np.asarray(left - share * turned, dtype=np.float32)
            size, before = float(left @ left), size
            way = np.asarray(left + np.float32(size / before) * way, dtype=np.float32)
        return step.astype(np.float64)

    def mode(self) -> Doubles:
        """Where the density is largest: Newton steps, each Hessian used while it serves.

        Hessians in single precision are good enough for the way there.
        Source: Shamanskii 1967, "A modification of Newton's method".
        """
        z, margins, height = self._near()
        for _ in range(_ROUNDS):
            rough = np.linalg.cholesky(self.hessian(margins, kind=np.float32))
            inverse = np.asarray(_inverse(rough), dtype=np.float64)
            before = np.inf
            for _ in range(_CHORDS):
                step = _times(inverse, self.gradient(z, margins))
                largest = float(np.abs(step).max(initial=0.0))
                for _ in range(_HALVINGS):
                    if largest < _DONE:
                        return z
                    there = z + step
                    found = self.margins(there)
                    reached = self.height(there, found)
                    if reached >= height - _FLAT * abs(height):
                        break
                    step, largest = step / 2.0, largest / 2.0
                else:
                    return z  # no way leads up
                z, margins, height = there, found, reached
                slow, before = largest > _REFRESH * before, largest
                if slow:
                    break
        return z


def logistic(margins: Doubles) -> Doubles:
    """1 / (1 + exp(−margins)), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * margins)), dtype=np.float64)


def _times(rows: Doubles, vector: Doubles) -> Doubles:
    """(N,): rows·vector of (N, F) and (F,), in an order that does not hang on threads."""
    return np.asarray(np.einsum("ij,j->i", rows, vector), dtype=np.float64)


def _quadratic(rows: Doubles, matrix: Doubles | None = None) -> Doubles:
    """(N,): row·matrix·row of each of (N, P)."""
    turned = rows if matrix is None else rows @ matrix
    return np.asarray(np.einsum("ij,ij->i", rows, turned), dtype=np.float64)
