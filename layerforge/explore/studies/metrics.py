"""What a finished exploration is measured by, whatever strategy made it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.scoring.character import CELLS, cells_of
from layerforge.scoring.novelty import cosine_distances

Doubles = npt.NDArray[np.float64]

TOP = 20
"""How many of the best that differ are looked at."""

APART_SHARE = 0.4
"""They differ by at least this share of the distance typical of the sources."""

_WORST = -4.0
"""What an empty cell of that grid stands for: no value lies below it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The branches of a run, N of them in the order in which they were kept.

    at: (N,), after how many candidates each was there.  values: (N,), by one yardstick for all
    runs on the same sources.  embeddings: (N, D) float32 unit rows.  lineages: (N,).  characters:
    (N, 2).
    """

    at: npt.NDArray[np.int64]
    values: Doubles
    embeddings: npt.NDArray[np.float32]
    lineages: npt.NDArray[np.int64]
    characters: Doubles

    def until(self, candidates: int) -> Found:
        """What was there after so many candidates."""
        kept = self.at <= candidates
        return Found(
            self.at[kept],
            self.values[kept],
            self.embeddings[kept],
            self.lineages[kept],
            self.characters[kept],
        )


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of one run.

    best: the best value.  top: values of the best ``TOP`` that lie at least ``APART_SHARE`` of the
    typical distance from each other, the best first; there may be fewer.  diversity: their mean
    pairwise cosine distance.  largest_lineage: how many of them are of one.  qd_score: the sum over
    cells of how far the best value in each lies above the worst possible.  coverage: the share of
    cells that hold a picture.  kept: branches in all.
    """

    best: float
    top: tuple[float, ...]
    diversity: float
    largest_lineage: int
    qd_score: float
    coverage: float
    kept: int

    @property
    def top_mean(self) -> float:
        """The mean of ``top``; comparable with that of as many others only."""
        return float(np.mean(self.top)) if self.top else _WORST

    def above(self, other: Metrics) -> float:
        """By how much our best that differ are better than as many of ``other``'s."""
        count = min(len(self.top), len(other.top))
        if count == 0:
            return self.top_mean - other.top_mean
        return float(np.mean(self.top[:count]) - np.mean(other.top[:count]))


def measured(found: Found, *, typical_distance: float) -> Metrics:
    """The figures of what was found; values are 0 and nothing is diverse where it is nothing."""
    if len(found.values) == 0:
        return Metrics(_WORST, (), 0.0, 0, 0.0, 0.0, 0)
    top = distinct(found, apart=APART_SHARE * typical_distance)
    return Metrics(
        best=best_value(found),
        top=tuple(found.values[top].tolist()),
        diversity=_mean_pairwise(found.embeddings[top]),
        largest_lineage=max(Counter(found.lineages[top].tolist()).values()),
        qd_score=float(sum(value - _WORST for value in _best_in_cells(found).values())),
        coverage=coverage(found),
        kept=len(found.values),
    )


def distinct(found: Found, *, apart: float, count: int = TOP) -> list[int]:
    """Rows of the best that lie at least ``apart`` from each other, best first, ≤ ``count``."""
    taken: list[int] = []
    for row in np.lexsort((found.at, -found.values)):
        if len(taken) == count:
            break
        ours = found.embeddings[row][None]
        near = cosine_distances(ours, found.embeddings[taken])[0] if taken else np.zeros(0)
        if not (near < apart).any():
            taken.append(int(row))
    return taken


def reached_after(found: Found, value: float) -> int | None:
    """After how many candidates something at least as good as ``value`` was there."""
    good = found.at[found.values >= value]
    return int(good.min()) if len(good) else None


def best_value(found: Found) -> float:
    """The best value; the worst possible where nothing was found."""
    return float(found.values.max(initial=_WORST))


def coverage(found: Found) -> float:
    """The share of kinds of pictures, of all on the grid ``CELLS``, of which there is one."""
    return len(_best_in_cells(found)) / (CELLS[0] * CELLS[1])


def bootstrap(
    differences: Doubles, *, samples: int = 10_000, level: float = 0.95
) -> tuple[float, float, float]:
    """The mean of (N,) with its percentile bootstrap interval; always the same for the same N.

    Source: Efron & Tibshirani 1993, "An introduction to the bootstrap".
    """
    rng = np.random.Generator(np.random.PCG64(20))
    drawn = differences[rng.integers(len(differences), size=(samples, len(differences)))]
    low, high = np.quantile(drawn.mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(differences.mean()), float(low), float(high)


def _mean_pairwise(embeddings: npt.NDArray[np.float32]) -> float:
    if len(embeddings) < 2:
        return 0.0
    rows, columns = np.triu_indices(len(embeddings), k=1)
    return float(cosine_distances(embeddings, embeddings)[rows, columns].mean())


def _best_in_cells(found: Found) -> dict[tuple[int, int], float]:
    best: dict[tuple[int, int], float] = {}
    places = cells_of(found.characters)
    for (x, y), value in zip(places.tolist(), found.values.tolist(), strict=True):
        best[x, y] = max(best.get((x, y), _WORST), value)
    return best
