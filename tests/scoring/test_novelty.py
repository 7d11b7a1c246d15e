import numpy as np
import pytest

from layerforge.scoring.novelty import cosine_distances, nearest, novelty, typical_distance

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
