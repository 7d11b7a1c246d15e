import numpy as np
import pytest

from layerforge.scoring.taste import Judgements, Prior, learn
from layerforge.scoring.trust import Trust, margins_left_out, trust_in
from tests.scoring.test_taste import made

FIELD = np.linspace(-3.0, 3.0, 200)


def without(judgements, place):
    keep = np.arange(len(judgements)) != place
    return Judgements(judgements.differences[keep], judgements.wins[keep], judgements.losses[keep])


@pytest.mark.parametrize(("count", "width"), [(25, 60), (60, 8)])
def test_leaving_out_agrees_with_learning_anew(count, width):
    judgements, _ = made(count, width, seed=5)
    prior = Prior.flat(np.full(width, 0.4))
    near = margins_left_out(learn(judgements, prior), judgements)
    anew = np.array(
        [
            learn(without(judgements, place), prior).worth(judgements.differences[[place]])[0]
            for place in range(count)
        ]
    )
    assert np.abs(near - anew).max() < 0.06 * anew.std()
    assert ((near > 0) == (anew > 0)).mean() > 0.97


def trust_for(hidden_noise, *, count=60, width=8, seed=0):
    """Trust in a taste learned from choices: by the first feature, or by a coin."""
    rng = np.random.default_rng(seed)
    differences = rng.normal(size=(count, width))
    wins = np.where(
        rng.random(count) < hidden_noise, rng.random(count) < 0.5, differences[:, 0] > 0.0
    ).astype(np.float64)
    judgements = Judgements(differences, wins, 1.0 - wins)
    taste = learn(judgements, Prior.flat(np.full(width, 1.0)))
    return trust_in(taste, judgements, taste.worth(rng.normal(size=(200, width))))


def test_whoever_tosses_a_coin_gets_next_to_no_trust():
    skills = [trust_for(1.0, seed=seed).skill for seed in range(60)]
    assert np.mean(skills) < 0.05
    assert np.mean(np.array(skills) == 0.0) > 0.8


def test_trust_grows_with_evidence_and_with_agreement():
    by_count = [
        np.mean([trust_for(0.0, count=count, seed=seed).skill for seed in range(6)])
        for count in (2, 8, 20, 60, 200)
    ]
    assert by_count == sorted(by_count)
    assert by_count[0] < 0.05
    assert by_count[-1] > 0.7
    by_noise = [
        np.mean([trust_for(noise, seed=seed).skill for seed in range(6)])
        for noise in (0.0, 0.4, 1.0)
    ]
    assert by_noise == sorted(by_noise, reverse=True)


def test_no_more_than_chance_means_no_skill():
    """Answers that are always the opposite of what all others say."""
    rows = np.repeat(np.eye(2), 10, axis=0)
    wins = np.tile([1.0, 0.0], 10)
    judgements = Judgements(rows, wins, 1.0 - wins)
    taste = learn(judgements, Prior.flat(np.ones(2)))
    found = trust_in(taste, judgements, FIELD)
    assert found.accuracy <= 0.5
    assert found.skill == 0.0


@pytest.mark.parametrize(
    ("accuracy", "count", "trusted"),
    [
        # Wilson: (p + z²/2n − z √(p (1 − p) / n + z²/4n²)) / (1 + z²/n) with z = 1.64
        (0.5, 40.0, False),
        (0.5, 1e6, False),
        (0.6, 40.0, False),  # (0.6 + 0.034 − 1.64 √(0.006 + 0.00042)) / 1.067 = 0.471
        (0.65, 40.0, True),  # (0.65 + 0.034 − 1.64 √(0.00569 + 0.00042)) / 1.067 = 0.520
        (0.7, 10.0, False),  # (0.7 + 0.134 − 1.64 √(0.021 + 0.0067)) / 1.269 = 0.442
        (0.53, 400.0, False),  # (0.53 + 0.0034 − 1.64 √(0.00062 + 0.000004)) / 1.0067 = 0.489
        (0.55, 400.0, True),  # (0.55 + 0.0034 − 1.64 √(0.00062 + 0.000004)) / 1.0067 = 0.509
        (0.3, 40.0, False),
    ],
)
def test_what_may_be_chance_has_no_weight_however_strong_the_margins(accuracy, count, trusted):
    taste = learn(Judgements(np.zeros((0, 2)), np.zeros(0), np.zeros(0)), Prior.flat(np.ones(2)))
    empty = Judgements(np.zeros((0, 2)), np.zeros(0), np.zeros(0))
    known = Trust(judgements=count, accuracy=accuracy, slope=1.0, precision=9.0)
    assert (trust_in(taste, empty, FIELD, before=known).skill > 0.0) == trusted


def test_a_taste_that_was_trusted_is_not_lost_with_the_first_judgement():
    known = Trust(judgements=40.0, accuracy=0.85, slope=1.0, precision=9.0)
    one = Judgements(np.array([[1.0, 0.0]]), np.array([0.0]), np.array([1.0]))
    taste = learn(one, Prior(np.array([2.0, 0.0]), np.full(2, 0.1), np.zeros((0, 2))))
    found = trust_in(taste, one, FIELD, before=known)
    assert found.accuracy == 0.0
    assert found.skill > 0.0


def test_weights_count():
    judgements, _ = made(30, 4)
    heavy = Judgements(judgements.differences, 4 * judgements.wins, 4 * judgements.losses)
    taste = learn(judgements, Prior.flat(np.ones(4)))
    assert trust_in(taste, heavy, FIELD).judgements == 120.0
    one, four = trust_in(taste, judgements, FIELD), trust_in(taste, heavy, FIELD)
    assert four.precision > one.precision


def test_nothing_judged_keeps_what_was_known():
    taste = learn(Judgements(np.zeros((0, 2)), np.zeros(0), np.zeros(0)), Prior.flat(np.ones(2)))
    empty = Judgements(np.zeros((0, 2)), np.zeros(0), np.zeros(0))
    assert trust_in(taste, empty, FIELD) == Trust()
    known = Trust(judgements=40.0, accuracy=0.8, slope=1.0, precision=9.0, skill=0.4)
    kept = trust_in(taste, empty, FIELD, before=known)
    assert (kept.judgements, kept.accuracy, kept.slope, kept.precision) == (40.0, 0.8, 1.0, 9.0)
    # what is certain of the slope is 1 − 1/3
    pairs = np.array([abs(one - other) for one in FIELD for other in FIELD if one != other])
    assert kept.skill == pytest.approx(2 * (1 / (1 + np.exp(-pairs / 1.5))).mean() - 1, abs=1e-6)
