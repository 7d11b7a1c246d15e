import numpy as np
import pytest

from layerforge.scoring.novelty import (
    Neighbours,
    cosine_distances,
    nearest,
    typical_distance,
)

E = np.eye(4, dtype=np.float32)
NONE = np.zeros((0, 4), dtype=np.float32)


def test_cosine_distances_of_equal_square_and_opposite_vectors():
    np.testing.assert_allclose(cosine_distances(E[:1], np.stack([E[0], E[1], -E[0]])), [[0, 1, 2]])


def test_novelty_is_the_mean_distance_to_the_nearest():
    half = np.array([0.5, np.sqrt(0.75), 0, 0], dtype=np.float32)  # cosine 0.5 to the first axis
    # distances of the first axis: 0, 0.5, 1, 2
    for count, expected in ((2, 0.25), (3, 0.5), (99, 0.875)):
        near = Neighbours(count=count)
        near.extend(np.stack([E[0], E[0], half, E[2], -E[0]]))
        assert near.novelty([0])[0] == pytest.approx(expected)


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


def by_sorting(vectors, rows, count):
    """The plain way, in float64."""
    distances = 1.0 - vectors[rows].astype(np.float64) @ vectors.astype(np.float64).T
    distances[np.arange(len(rows)), rows] = np.inf
    return np.clip(np.sort(distances, axis=1)[:, :count], 0.0, 2.0).mean(axis=1)


@pytest.mark.parametrize("many", [71, 127, 128, 129, 4095, 4096, 4200, 9001])
@pytest.mark.parametrize("count", [1, 6, 40])
def test_novelty_among_many_is_exact(many, count):
    vectors, asked = some_units(many), list(range(70))
    near = Neighbours(count=count)
    near.extend(vectors)
    np.testing.assert_allclose(near.novelty(asked), by_sorting(vectors, asked, count), atol=1e-6)


def test_novelty_finds_near_ones_that_lie_together():
    """All the nearest in one block of columns, and in the rest beyond the last block."""
    vectors = some_units(5000, seed=1)
    vectors[130:150] = vectors[0]
    vectors[4995:] = vectors[1]
    near = Neighbours(count=5)
    near.extend(vectors)
    found = near.novelty([0, 1, 2])
    np.testing.assert_allclose(found[:2], 0.0, atol=1e-6)
    np.testing.assert_allclose(found, by_sorting(vectors, [0, 1, 2], 5), atol=1e-6)


@pytest.mark.parametrize("before", [1, 3, 500])
def test_products_are_given_and_those_of_vectors_added_next_serve_their_novelty(before):
    vectors = some_units(before + 40)
    near = Neighbours(count=4)
    near.extend(vectors[:before])
    met = vectors[before : before + 20]
    expected = met.astype(np.float64) @ vectors[:before].astype(np.float64).T
    np.testing.assert_allclose(near.products(met), expected, atol=1e-6)
    rows = [before + 1, before + 7, before + 30, 0]
    for part in (vectors[before : before + 1], vectors[before + 1 :]):
        near.extend(part)
    np.testing.assert_allclose(near.novelty(rows), by_sorting(vectors, rows, 4), atol=1e-6)


def test_vectors_held_against_all_once_are_not_held_against_them_again():
    """Told by what was remembered being used, as it is where it is wrong."""
    vectors = some_units(300)
    near = Neighbours(count=1)
    near.extend(vectors[:299])
    near.products(vectors[299:])[:] = 0.25
    near.extend(vectors[299:])
    assert near.novelty([299]).tolist() == [0.75]


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
    assert near.products(E[:2]).shape == (2, 0)
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
