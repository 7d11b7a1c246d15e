import numpy as np
import pytest
from scipy.optimize import minimize, nnls

from layerforge.scoring.hull import Hull, nearest_to_origin

TRIANGLE = np.array([[0.0, 0, 0], [2, 0, 0], [0, 2, 0]])


@pytest.mark.parametrize(
    ("point", "from_span", "from_hull"),
    [
        ((0.5, 0.5, 0.0), 0.0, 0.0),  # inside
        ((1.0, 1.0, 0.0), 0.0, 0.0),  # on the long side
        ((0.0, 0.0, 0.0), 0.0, 0.0),  # a corner
        ((0.5, 0.5, 3.0), 3.0, 3.0),  # above the inside
        ((2.0, 2.0, 0.0), 0.0, np.sqrt(2.0)),  # beyond the long side: nearest is (1, 1)
        ((1.0, -1.0, 0.0), 0.0, 1.0),  # beyond a short side
        ((-3.0, -4.0, 0.0), 0.0, 5.0),  # beyond a corner
        ((-3.0, -4.0, 12.0), 12.0, 13.0),
    ],
)
def test_distances_to_a_triangle(point, from_span, from_hull):
    hull = Hull(TRIANGLE)
    given = np.array([point])
    assert hull.span_distance(given)[0] == pytest.approx(from_span, abs=1e-9)
    assert hull.distance(given)[0] == pytest.approx(from_hull, abs=1e-9)


def test_one_source_is_a_point_and_two_are_a_segment():
    one = Hull(np.array([[1.0, 1.0]]))
    assert one.distance(np.array([[4.0, 5.0]]))[0] == pytest.approx(5.0)
    assert one.span_distance(np.array([[4.0, 5.0]]))[0] == pytest.approx(5.0)
    two = Hull(np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 0.0]]))  # one of them twice
    points = np.array([[1.0, 3.0], [5.0, 4.0]])
    np.testing.assert_allclose(two.span_distance(points), [3.0, 4.0])
    np.testing.assert_allclose(two.distance(points), [3.0, 5.0])
    with pytest.raises(ValueError, match="M ≥ 1"):
        Hull(np.zeros((0, 3)))


@pytest.mark.parametrize(("corners", "dim"), [(2, 5), (8, 3), (16, 211), (40, 12), (60, 60)])
def test_it_agrees_with_scipy(corners, dim):
    """NNLS with a heavy last row for the sum of weights finds the same point."""
    rng = np.random.default_rng(corners)
    sources = rng.normal(size=(corners, dim))
    sources /= np.linalg.norm(sources, axis=1, keepdims=True)
    mixed = rng.dirichlet(np.ones(corners), size=5) @ sources  # inside
    outside = rng.normal(size=(10, dim)) / np.sqrt(dim) * rng.uniform(0.1, 2.0, size=(10, 1))
    points = np.concatenate([mixed, outside])
    heavy = 1e4
    system = np.vstack([sources.T, np.full(corners, heavy)])
    expected = []
    for point in points:
        weights, _ = nnls(system, np.append(point, heavy))
        weights /= weights.sum()
        expected.append(np.linalg.norm(weights @ sources - point))
    np.testing.assert_allclose(Hull(sources).distance(points), expected, atol=1e-5)
    spans = [
        np.linalg.norm(
            (point - sources[0])
            - (sources[1:] - sources[0]).T
            @ np.linalg.lstsq((sources[1:] - sources[0]).T, point - sources[0], rcond=None)[0]
        )
        for point in points
    ]
    np.testing.assert_allclose(Hull(sources).span_distance(points), spans, atol=1e-8)


def test_the_nearest_point_meets_the_conditions_of_optimality():
    """Every corner lies on the far side of the plane through the point: nothing is nearer."""
    rng = np.random.default_rng(3)
    for _ in range(200):
        corners = rng.normal(size=(rng.integers(1, 30), rng.integers(1, 12))) + 0.3
        point = nearest_to_origin(corners)
        assert (corners @ point).min() >= point @ point - 1e-8
        free = minimize(
            lambda weights, corners=corners: np.sum((_simplex(weights) @ corners) ** 2),
            np.zeros(len(corners)),
        )
        assert point @ point <= free.fun + 1e-8


def _simplex(weights):
    shares = np.exp(weights - weights.max())
    return shares / shares.sum()


def test_float32_embeddings_of_the_sources_lie_on_their_own_hull():
    rng = np.random.default_rng(4)
    sources = rng.normal(size=(16, 64)).astype(np.float32)
    sources /= np.linalg.norm(sources, axis=1, keepdims=True)
    assert Hull(sources).distance(sources).max() < 1e-6
    between = sources[:1] + sources[1:2]
    between /= np.linalg.norm(between)
    beyond = between - 0.8 * sources[2:3]
    beyond /= np.linalg.norm(beyond)
    near, far = Hull(sources).distance(np.concatenate([between, beyond]))
    assert near < far
