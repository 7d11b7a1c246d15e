import os
import subprocess
import sys

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from layerforge.scoring.taste import Judgements, Prior, learn, logistic


def made(count, width, *, seed=0):
    """Judgements of somebody with a hidden linear taste, and that taste."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=width)
    differences = rng.normal(size=(count, width))
    wins = (rng.random(count) < logistic(differences @ hidden)).astype(np.float64)
    return Judgements(differences, wins, 1.0 - wins), hidden


@pytest.mark.parametrize(("count", "width"), [(12, 40), (40, 30), (300, 20)])
def test_the_mean_is_that_of_ridge_logistic_regression(count, width):
    judgements, _ = made(count, width)
    taste = learn(judgements, Prior.flat(np.full(width, 0.7)))
    truth = LogisticRegression(C=0.49, fit_intercept=False, tol=1e-12, max_iter=10_000)
    truth.fit(judgements.differences, judgements.wins > 0.5)
    np.testing.assert_allclose(taste.mean, truth.coef_[0], atol=2e-6)


@pytest.mark.parametrize(("count", "width"), [(5, 30), (60, 10)])
def test_the_deviations_are_those_of_the_inverse_curvature(count, width):
    judgements, _ = made(count, width)
    scale = np.linspace(0.2, 1.5, width)
    taste = learn(judgements, Prior.flat(scale))
    chance = logistic(judgements.differences @ taste.mean)
    curvature = np.diag(1.0 / scale**2) + sum(
        share * (1 - share) * np.outer(row, row)
        for share, row in zip(chance, judgements.differences, strict=True)
    )
    others = np.random.default_rng(1).normal(size=(7, width))
    truth = np.sqrt([row @ np.linalg.inv(curvature) @ row for row in others])
    np.testing.assert_allclose(taste.deviations(others), truth, rtol=1e-7)


def test_judgements_make_surer_only_of_what_they_speak_of():
    judgements = Judgements(np.array([[2.0, 0.0, 0.0]]), np.array([3.0]), np.array([1.0]))
    taste = learn(judgements, Prior.flat(np.ones(3)))
    along, across, _ = taste.deviations(np.eye(3))
    assert along < 0.8
    assert across == pytest.approx(1.0)
    assert taste.mean[0] > 0.1
    assert taste.mean[1:].tolist() == [0.0, 0.0]


def test_one_weight_and_its_evidence_agree_with_integration():
    judgements = Judgements(np.array([[0.3], [-0.2]]), np.array([1.0, 2.0]), np.array([0.0, 1.0]))
    taste = learn(judgements, Prior.flat(np.array([0.8])))
    grid = np.linspace(-8.0, 8.0, 40_001)
    margins = judgements.differences * grid
    chance = logistic(margins)
    likely = np.prod(
        chance ** judgements.wins[:, None] * (1 - chance) ** judgements.losses[:, None], axis=0
    )
    density = likely * np.exp(-0.5 * (grid / 0.8) ** 2) / (0.8 * np.sqrt(2 * np.pi))
    total = np.trapezoid(density, grid)
    assert taste.mean[0] == pytest.approx(grid[density.argmax()], abs=1e-3)
    assert taste.evidence == pytest.approx(np.log(total), abs=0.01)  # Laplace is near, not exact
    spread = np.sqrt(np.trapezoid(density * grid**2, grid) / total - (taste.mean[0]) ** 2)
    assert taste.deviations(np.ones((1, 1)))[0] == pytest.approx(spread, rel=0.05)


def test_contradictions_count_on_both_sides():
    row = np.array([[1.0, -1.0]])
    prior = Prior.flat(np.ones(2))
    none = learn(Judgements(row, np.array([2.0]), np.array([2.0])), prior)
    assert none.mean.tolist() == [0.0, 0.0]
    assert none.deviations(row)[0] < np.sqrt(2.0) - 0.3  # but it is known that they are near
    more = learn(Judgements(row, np.array([2.0]), np.array([1.0])), prior)
    assert more.mean[0] > 0.0


def test_nothing_judged_leaves_the_prior():
    prior = Prior(np.array([0.5, -0.1]), np.array([2.0, 1.0]), np.zeros((0, 2)))
    taste = learn(Judgements(np.zeros((0, 2)), np.zeros(0), np.zeros(0)), prior)
    assert taste.mean.tolist() == [0.5, -0.1]
    assert taste.deviations(np.eye(2)).tolist() == [2.0, 1.0]
    assert taste.evidence == 0.0


@pytest.mark.parametrize("width", [6, 60])
def test_what_is_known_beforehand_counts_like_the_curvature_of_judgements(width):
    """Learning from one half after the other is near learning from all at once."""
    judgements, _ = made(40, width, seed=3)
    first = Judgements(*(part[:30] for part in made_parts(judgements)))
    second = Judgements(*(part[30:] for part in made_parts(judgements)))
    flat = Prior.flat(np.full(width, 0.5))
    before = learn(first, flat)
    chance = logistic(first.differences @ before.mean)
    known = first.differences * np.sqrt(chance * (1 - chance))[:, None]
    in_turn = learn(second, Prior(before.mean, flat.scale, known))
    # of the prior, the mean is where the first half's density is largest
    curvature = np.diag(1.0 / flat.scale**2) + known.T @ known
    exact = np.linalg.inv(curvature)
    untouched = learn(
        Judgements(np.zeros((0, width)), np.zeros(0), np.zeros(0)),
        Prior(before.mean, flat.scale, known),
    )
    rows = np.eye(width)
    np.testing.assert_allclose(untouched.deviations(rows), np.sqrt(np.diag(exact)), rtol=1e-7)
    at_once = learn(judgements, flat)
    assert np.corrcoef(in_turn.mean, at_once.mean)[0, 1] > 0.97


def made_parts(judgements):
    return judgements.differences, judgements.wins, judgements.losses


def test_a_feature_without_scale_does_not_count():
    judgements, _ = made(30, 4)
    taste = learn(judgements, Prior.flat(np.array([1.0, 0.0, 1.0, 1.0])))
    assert taste.mean[1] == 0.0
    assert taste.deviations(np.eye(4))[1] == 0.0


def test_separable_and_heavy_judgements_stay_finite():
    differences = np.array([[50.0, 0.0], [80.0, 1.0]])
    taste = learn(
        Judgements(differences, np.array([1e4, 1e4]), np.zeros(2)), Prior.flat(np.full(2, 100.0))
    )
    assert np.isfinite(taste.mean).all()
    assert (taste.worth(differences) > 0.0).all()
    assert np.isfinite(taste.deviations(differences)).all()


def test_the_number_of_threads_makes_no_difference():
    program = (
        "import numpy as np; from layerforge.scoring.taste import *; "
        "rng = np.random.default_rng(0); rows = rng.normal(size=(700, 300)); "
        "wins = (rows[:, 0] > 0).astype(float); "
        "taste = learn(Judgements(rows, wins, 1 - wins), Prior.flat(np.full(300, 0.2))); "
        "print(taste.worth(rows).tobytes().hex()[:4000])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(said) == 1
