"""What a branch's score says that a mark stands for: fragile, or out of the sources' hull."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from layerforge.model.branch import Branch
from layerforge.project.records import Run, typical_distance_in

FRAGILE = 0.2
"""Values are in standard deviations of the voters; who loses as much of it by being mirrored,
trimmed, compressed and blurred owes it to chance."""

OUT_SHARE = 0.65
"""A mix of two unrelated sources lies about 0.2 of their distance off the hull of all sources,
and the middle one of our samples' collages, seen by the measures, about 0.57; what lies further
out than this is none of them any more.  One in ten is."""


def is_fragile(branch: Branch) -> bool:
    """Whether it lost much of its value when it was looked at closely."""
    return branch.score is not None and branch.score.fragility >= FRAGILE


def out_distance(runs: Iterable[Run]) -> float | None:
    """From which distance to the sources' hull on a picture has broken out of it.

    None where no run has told yet how far unrelated pictures lie apart.
    """
    typical = typical_distance_in(runs)
    # a cosine distance d of unit vectors is a distance of √(2 d)
    return OUT_SHARE * sqrt(2.0 * typical) if typical else None
