import numpy as np
import pytest

from layerforge.scoring.novelty import (
    Neighbours,
    cosine_distances,
    nearest,
    novelty,
    typical_distance,
)

E = np.eye(4, dtype=np.float32)
NONE = np.zeros((0, 4), dtype=np.float32)


def test_cosine_distances_of_equal_square_and_opposite_vectors():
    np.testing.assert_allclose(cosine_distances(E[:1], np.stack([E[0], E[1], -E[0]])), [[0, 1, 2]])


def test_novelty_is_the_mean_distance_to_the_nearest():
    half = np.array([0.5, np.sqrt(0.75), 0, 0], dtype=np.float32)  # cosine 0.5 to the first axis
    others = np.stack([E[0], half, E[2], -E[0]])
    # distances of the first axis: 0, 0.5, 1, 2
    assert novelty(E[:1], others, neighbours=2)[0] == pytest.approx(0.25)
    assert novelty(E[:1], others, neighbours=3)[0] == pytest.approx(0.5)
    assert novelty(E[:1], others, neighbours=99)[0] == pytest.approx(0.875)
    assert novelty(E[:1], NONE).tolist() == [1.0]


def test_nearest():
    assert nearest(E[:2], E[1:3]).tolist() == [1.0, 0.0]
    assert nearest(E[:1], NONE).tolist() == [2.0]


def test_typical_distance_is_the_median_between_pictures():
    half = np.array([0.5, np.sqrt(0.75), 0, 0], dtype=np.float32)
    # pairs: (e0, half) 0.5, (e0, e2) 1, (half, e2) 1
    assert typical_distance(np.stack([E[0], half, E[2]]), scorer="x") == pytest.approx(1.0)
    assert typical_distance(np.stack([E[0], half]), scorer="x") == pytest.approx(0.5)
    # nothing to tell from: one picture, or twice the same
    assert typical_distance(E[:1], scorer="measures") == 0.8
    assert typical_distance(np.stack([E[0], E[0]]), scorer="else") == 0.5


def some_units(count, dim=16, seed=0):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def by_sorting(ours, others, count):
    """The plain way, in float64."""
    distances = np.sort(1.0 - ours.astype(np.float64) @ others.astype(np.float64).T, axis=1)
    return np.clip(distances[:, :count], 0.0, 2.0).mean(axis=1)


@pytest.mark.parametrize("many", [1, 5, 63, 64, 65, 4095, 4096, 4200, 9001])
@pytest.mark.parametrize("count", [1, 6, 40])
def test_novelty_among_many_is_exact(many, count):
    ours, others = some_units(70), some_units(many, seed=1)
    found = novelty(ours, others, neighbours=count)
    np.testing.assert_allclose(found, by_sorting(ours, others, min(count, many)), atol=1e-6)


def test_novelty_finds_near_ones_that_lie_together():
    """All the nearest in one block of columns, and in the rest beyond the last block."""
    ours = some_units(3)
    others = some_units(5000, seed=1)
    others[130:150] = ours[0]
    others[4995:] = ours[1]
    found = novelty(ours, others, neighbours=5)
    np.testing.assert_allclose(found[:2], 0.0, atol=1e-6)
    np.testing.assert_allclose(found, by_sorting(ours, others, 5), atol=1e-6)


@pytest.mark.parametrize("steps", [[300], [1] * 90, [1, 2, 70, 1, 5, 200, 1]])
@pytest.mark.parametrize("count", [1, 6])
def test_neighbours_are_kept_up_to_date_while_vectors_come(steps, count):
    vectors = some_units(sum(steps))
    near = Neighbours(count=count)
    start = 0
    for step in steps:
        near.extend(vectors[start : start + step])
        start += step
        seen = vectors[:start].astype(np.float64)
        distances = 1.0 - seen @ seen.T
        np.fill_diagonal(distances, np.inf)
        if start == 1:
            assert near.novelty([0]).tolist() == [1.0]
            continue
        expected = np.sort(distances, axis=1)[:, : min(count, start - 1)].mean(axis=1)
        np.testing.assert_allclose(near.novelty(range(start)), expected, atol=1e-6)
    np.testing.assert_array_equal(near.vectors(), vectors)
    assert len(near) == len(vectors)


def test_neighbours_of_one_vector_or_none():
    near = Neighbours()
    assert near.novelty([]).tolist() == []
    assert len(near.vectors()) == 0
    with pytest.raises(ValueError, match="at least 1"):
        Neighbours(count=0)


def test_vectors_asked_for_late_or_never_change_nothing():
    vectors = some_units(220)
    near = Neighbours(count=4)
    near.extend(vectors[:90])
    near.novelty([3, 80])
    near.extend(vectors[90:91])
    near.novelty([90, 3, 3])
    near.extend(vectors[91:])
    asked = [219, 3, 80, 90, 0, 3]
    seen = vectors.astype(np.float64)
    distances = 1.0 - seen @ seen.T
    np.fill_diagonal(distances, np.inf)
    expected = np.sort(distances, axis=1)[asked, :4].mean(axis=1)
    np.testing.assert_allclose(near.novelty(asked), expected, atol=1e-6)


def test_the_same_vector_many_times_has_no_distance():
    near = Neighbours(count=3)
    near.extend(np.repeat(some_units(1), 5, axis=0))
    np.testing.assert_allclose(near.novelty([0, 4]), 0.0, atol=1e-6)
