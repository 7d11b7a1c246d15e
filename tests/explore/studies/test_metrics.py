"""The figures of a study, on branches whose figures can be worked out by hand."""

import numpy as np
import pytest

from layerforge.explore.studies.metrics import (
    Found,
    best_value,
    bootstrap,
    coverage,
    distinct,
    measured,
    reached_after,
)
from layerforge.scoring.character import RANGES

E = np.eye(4, dtype=np.float32)


def found(values, *, at=None, rows=None, lineages=None, characters=None):
    count = len(values)
    return Found(
        at=np.arange(1, count + 1) if at is None else np.array(at),
        values=np.array(values, dtype=np.float64),
        embeddings=E[list(range(count)) if rows is None else rows],
        lineages=np.arange(count) if lineages is None else np.array(lineages),
        characters=np.zeros((count, 2)) if characters is None else np.array(characters),
    )


def test_of_those_that_are_alike_only_the_best_counts():
    # rows 0 and 1 are the same picture; 2 and 3 are unlike all others
    some = found([1.0, 3.0, 2.0, 0.0], rows=[0, 0, 1, 2])
    assert distinct(some, apart=0.5) == [1, 2, 3]
    assert distinct(some, apart=0.5, count=2) == [1, 2]
    assert distinct(some, apart=0.0) == [1, 2, 0, 3]


def test_the_older_of_equals_comes_first():
    assert distinct(found([1.0, 1.0], at=[9, 2]), apart=0.0) == [1, 0]


def test_the_figures_are_those_worked_out_by_hand():
    (low_x, high_x), (low_y, high_y) = RANGES
    some = found(
        [1.0, 3.0, 2.0, 0.0],
        rows=[0, 0, 1, 2],
        lineages=[5, 5, 5, 7],
        # three cells of the grid: two branches in the first corner, one in the last, one beside
        characters=[
            (low_x, low_y),
            (low_x, low_y),
            (high_x, high_y),
            (low_x, high_y),
        ],
    )
    got = measured(some, typical_distance=1.0)
    assert got.best == 3.0
    assert got.top == (3.0, 2.0, 0.0)
    assert got.top_mean == pytest.approx((3.0 + 2.0 + 0.0) / 3)
    assert got.diversity == pytest.approx(1.0)  # orthogonal, all three pairs
    assert got.largest_lineage == 2
    assert got.coverage == pytest.approx(3 / 64)
    assert got.qd_score == pytest.approx((3 + 4) + (2 + 4) + (0 + 4))
    assert got.kept == 4


def test_where_nothing_was_found_the_figures_are_the_worst():
    got = measured(found([]), typical_distance=1.0)
    assert (got.kept, got.top, got.coverage, got.diversity) == (0, (), 0.0, 0.0)
    assert got.best == got.top_mean < -3.0


def test_no_run_is_better_for_having_found_less():
    more = measured(found([3.0, 2.0, 0.0, -1.0]), typical_distance=1.0)
    less = measured(found([3.0, 2.0], rows=[0, 1]), typical_distance=1.0)
    assert less.top_mean > more.top_mean
    assert less.above(more) == more.above(less) == 0.0
    better = measured(found([4.0, 2.0, 2.0]), typical_distance=1.0)
    assert better.above(more) == pytest.approx((1.0 + 0.0 + 2.0) / 3)
    nothing = measured(found([]), typical_distance=1.0)
    assert nothing.above(more) < 0.0 < more.above(nothing)


def test_what_was_there_by_then_is_what_is_looked_at():
    some = found([0.5, 2.0, 1.0], at=[16, 32, 48])
    assert [best_value(some.until(at)) for at in (16, 40, 48)] == [0.5, 2.0, 2.0]
    assert best_value(some.until(10)) < -3.0
    assert coverage(some.until(10)) == 0.0
    assert reached_after(some, 0.4) == 16
    assert reached_after(some, 1.0) == 32
    assert reached_after(some, 2.1) is None
    assert some.until(32).values.tolist() == [0.5, 2.0]


def test_the_bootstrap_interval_is_near_that_of_the_normal_distribution():
    rng = np.random.default_rng(3)
    values = rng.normal(2.0, 1.0, 400)
    mean, low, high = bootstrap(values)
    half = 1.96 * values.std() / np.sqrt(400)
    assert mean == pytest.approx(values.mean())
    assert low == pytest.approx(mean - half, abs=0.1 * half)
    assert high == pytest.approx(mean + half, abs=0.1 * half)


def test_without_spread_the_interval_has_no_width():
    assert bootstrap(np.array([0.5, 0.5, 0.5])) == (0.5, 0.5, 0.5)
