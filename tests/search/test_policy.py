import math

import numpy as np
import pytest
import scipy.stats

from layerforge.model.canvas import Canvas
from layerforge.search.policy import (
    CEILING,
    DECISION,
    FLOOR,
    Evidence,
    Indifferent,
    Policy,
    reward_of,
)
from layerforge.search.proposal import Outcome, Proposal
from tests.search.pieces import step

BLANK = Canvas(width=300, height=300)
NAMES = ("blur.gaussian", "blur.median", "tone.invert", "glitch.bit_crush")


def outcome(name, *, context="first layer of few", kept=None, gain=None):
    proposal = Proposal(parent=0, steps=(step(name, "x"),), canvas=BLANK, contexts=(context,))
    return Outcome(proposal=proposal, kept=kept, gain=gain)


def mean_weights(policy, *, context="first layer of few", draws=400):
    rng = np.random.default_rng(0)
    return np.mean([policy.draw(NAMES, context=context, rng=rng) for _ in range(draws)], axis=0)


def test_the_reward_is_nothing_or_from_a_half_to_one():
    assert reward_of(outcome("tone.invert")) == 0.0
    assert reward_of(outcome("tone.invert", kept=4, gain=0.0)) == pytest.approx(0.75)
    # 1 / (1 + e^-2) = 0.8808
    assert reward_of(outcome("tone.invert", kept=4, gain=2.0)) == pytest.approx(
        0.5 + 0.8808 / 2, abs=1e-4
    )
    assert reward_of(outcome("tone.invert", kept=4, gain=-50.0)) == pytest.approx(0.5)
    # where hardly any values were seen yet, their spread is next to nothing
    assert reward_of(outcome("tone.invert", kept=4, gain=-7e5)) == pytest.approx(0.5)
    assert reward_of(outcome("tone.invert", kept=4, gain=7e5)) == pytest.approx(1.0)


def test_what_pays_is_drawn_more_often_and_nothing_is_forgotten():
    policy = Policy()
    for _ in range(120):
        policy.learn([outcome("blur.gaussian", kept=1, gain=1.0), outcome("glitch.bit_crush")])
    weights = dict(zip(NAMES, mean_weights(policy), strict=True))
    assert weights["blur.gaussian"] > 3 * weights["glitch.bit_crush"]
    assert all(FLOOR <= one <= CEILING for one in weights.values())
    assert weights["glitch.bit_crush"] >= FLOOR


def test_what_never_pays_keeps_a_quarter_of_its_chance():
    """By hand: of 400 tries none paid, 400 of the other did; 1/400 is far below a quarter."""
    policy = Policy()
    for _ in range(400):
        policy.learn([outcome("blur.gaussian", kept=1, gain=1.0), outcome("glitch.bit_crush")])
    rng = np.random.default_rng(0)
    drawn = [policy.draw(NAMES, context="first layer of few", rng=rng)[3] for _ in range(200)]
    assert set(drawn) == {0.25}


def test_draws_are_samples_of_what_an_operation_may_be_worth():
    """Nothing is known: Beta(12 · 1/4, 12 · 3/4) over 1/4, cut off at 1/4 and 4."""
    rng = np.random.default_rng(0)
    drawn = np.array([Policy().draw(NAMES, context="", rng=rng) for _ in range(4000)])
    truth = np.clip(scipy.stats.beta(3.0, 9.0).ppf((np.arange(10_000) + 0.5) / 10_000) * 4, 0.25, 4)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(drawn, share) == pytest.approx(np.quantile(truth, share), abs=0.03)
    correlations = np.corrcoef(drawn.T)[~np.eye(4, dtype=bool)]
    assert np.abs(correlations).max() < 0.08  # each of its own
    # 160 tries of which half paid: a twelfth of the spread's square, or so, is left
    policy = Policy({("tone.invert", ""): Evidence(160.0, 80.0)})
    known = np.array([policy.draw(("tone.invert",), context="", rng=rng) for _ in range(2000)])
    assert 0.0 < known.std() / known.mean() < 0.3 * drawn.std() / drawn.mean()


def test_a_bad_start_is_made_good():
    """Whoever always takes what has paid best so far stays with the first that pays at all.

    One of two pays in 3 of 10 cases and the other in 8, but is unlucky in its first four.
    """
    names = ("tone.invert", "blur.gaussian")
    late = []
    for seed in range(12):
        rng, luck = np.random.default_rng(seed), np.random.default_rng([1, seed])
        policy = Policy()
        policy.learn([outcome(names[1], context="here") for _ in range(4)])
        policy.learn([outcome(names[0], context="here", kept=1, gain=0.0)])
        taken = []
        for _ in range(300):
            place = int(policy.draw(names, context="here", rng=rng).argmax())
            paid = luck.random() < (0.3, 0.8)[place]
            kept = 1 if paid else None
            policy.learn([outcome(names[place], context="here", kept=kept, gain=0.0)])
            taken.append(place)
        late.append(np.mean(taken[-100:]))
    assert min(late) > 0.8


def test_a_family_speaks_for_those_of_it_that_were_never_tried():
    policy = Policy()
    for _ in range(80):
        policy.learn([outcome("blur.gaussian", kept=1, gain=1.0), outcome("tone.levels")])
    weights = dict(zip(NAMES, mean_weights(policy, context="elsewhere"), strict=True))
    assert weights["blur.median"] > 1.5 * weights["tone.invert"]


def test_the_same_operation_can_pay_in_one_place_and_not_in_another():
    policy = Policy()
    for _ in range(150):
        policy.learn(
            [
                outcome("tone.invert", context="here", kept=1, gain=1.0),
                outcome("tone.invert", context="there"),
            ]
        )
    here = mean_weights(policy, context="here")[2]
    there = mean_weights(policy, context="there")[2]
    assert here > 2 * there


def test_what_is_kept_of_a_project_makes_the_same_policy():
    first = Policy()
    for turn in range(40):
        first.learn([outcome("tone.invert", kept=turn if turn % 3 else None, gain=0.2)])
    again = Policy(first.learned)
    first.decide({("blur.median", ""): Evidence(DECISION, 0.0)})
    first.decide({})
    assert again.learned == first.learned
    assert [one.operation for one in again.credits()] == ["tone.invert"]
    assert again.credits() == first.credits()
    assert mean_weights(again).tolist() == mean_weights(first).tolist()


def test_pins_and_kills_count_for_several_candidates_and_can_be_taken_back():
    policy = Policy()
    policy.learn([outcome("tone.invert", kept=1, gain=0.0) for _ in range(6)])
    before = policy.credits()
    key = ("tone.invert", "first layer of few")
    policy.decide({key: Evidence(DECISION, 0.0)})
    killed = policy.credits()[0]
    assert killed.mean < before[0].mean
    assert killed.tries == before[0].tries + DECISION
    policy.decide({key: Evidence(DECISION, DECISION)})
    assert policy.credits()[0].mean > before[0].mean
    policy.decide({})
    assert policy.credits()[0].mean == pytest.approx(before[0].mean)


def test_credit_grows_surer_with_tries():
    few, many = Policy(), Policy()
    few.learn([outcome("tone.invert", kept=1, gain=0.0)])
    many.learn([outcome("tone.invert", kept=1, gain=0.0) for _ in range(100)])
    width = [credit.high - credit.low for credit in (few.credits()[0], many.credits()[0])]
    assert width[1] < 0.5 * width[0]
    # by hand: all means are 0.75 in the limit of many tries
    assert many.credits()[0].mean == pytest.approx(0.75, abs=0.03)
    assert math.isclose(many.credits()[0].tries, 100)


def test_indifference_changes_nothing():
    assert Indifferent().draw(NAMES, context="", rng=np.random.default_rng(0)).tolist() == [1.0] * 4
