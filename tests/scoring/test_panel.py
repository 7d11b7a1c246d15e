import numpy as np
import pytest

from layerforge.model.values import from_json, to_json
from layerforge.scoring.panel import (
    LIMIT,
    Panel,
    UnknownVoter,
    Yardstick,
    checked_weights,
    make_yardstick,
)

# a: mean 3, deviation 1.  b: mean 10, deviation 10.
SAMPLE = {"a": np.array([2.0, 4.0, 2.0, 4.0]), "b": np.array([0.0, 20.0, 20.0, 0.0])}


def make_panel(**changes):
    return Panel(make_yardstick("who", SAMPLE), **changes)


def test_votes_are_counted_in_deviations_from_the_sample():
    scaled = make_panel().standardised({"a": np.array([3.0, 5.0]), "b": np.array([0.0, 10.0])})
    assert scaled["a"].tolist() == [0.0, 2.0]
    assert scaled["b"].tolist() == [-1.0, 0.0]


def test_value_is_the_mean_less_kappa_times_the_spread():
    votes = {"a": np.array([5.0, 3.0]), "b": np.array([10.0, 10.0])}  # 2 and 0; 0 and 0
    joined = make_panel(kappa=0.5).join(votes)
    assert joined.spread.tolist() == [1.0, 0.0]
    assert joined.values.tolist() == [1.0 - 0.5, 0.0]
    assert make_panel(kappa=0.0).join(votes).values.tolist() == [1.0, 0.0]


def test_weights_count_in_mean_and_spread():
    votes = {"a": np.array([5.0]), "b": np.array([10.0])}  # 2 and 0
    joined = make_panel(weights={"a": 3.0}, kappa=1.0).join(votes)
    # mean 3/4 · 2; spread: root of 3/4 · 0.5² + 1/4 · 1.5²
    assert joined.spread[0] == pytest.approx(np.sqrt(0.75))
    assert joined.values[0] == pytest.approx(1.5 - np.sqrt(0.75))
    only = make_panel(weights={"a": 0.0}, kappa=1.0).join(votes)
    assert (only.values[0], only.spread[0]) == (0.0, 0.0)


def test_what_one_voter_alone_loves_does_not_win():
    """However much it loves it: all a bit above the usual is worth more."""
    names = "abcd"
    rng = np.random.default_rng(0)
    panel = Panel(make_yardstick("x", {name: rng.normal(size=200) for name in names}))
    adversarial = {name: np.array([1e6 if name == "a" else -0.2]) for name in names}
    sound = {name: np.array([0.7]) for name in names}
    assert panel.join(sound).values[0] > panel.join(adversarial).values[0]
    assert panel.standardised(adversarial)["a"][0] == LIMIT


def test_percentiles_are_places_in_the_sample():
    panel = Panel(make_yardstick("x", {"a": np.arange(10.0)}), kappa=0.0)
    values = panel.join({"a": np.arange(10.0)}).values
    assert [panel.percentile(value) for value in values] == [5.0 + 10.0 * k for k in range(10)]
    assert panel.percentile(values[0] - 1.0) == 0.0
    assert panel.percentile(values[-1] + 1.0) == 100.0


def test_a_voter_that_always_says_the_same_does_not_blow_up():
    panel = Panel(make_yardstick("x", {"a": np.full(5, 7.0), "b": np.array([-1.0, 1, -1, 1, 0])}))
    joined = panel.join({"a": np.array([7.0, 7.5]), "b": np.array([0.0, 0.0])})
    assert joined.values[0] == 0.0
    assert 0.0 <= joined.values[1] <= 0.25


def test_support_counts_heads_and_half_of_those_who_see_no_difference():
    panel = Panel(make_yardstick("x", {name: np.arange(4.0) for name in "abcd"}))
    usual = dict.fromkeys("abcd", 1.0)
    assert panel.support(usual | {"a": 2.0, "b": 0.5, "c": 0.5}, usual) == 1.5 / 4
    assert panel.support(usual | {"a": 2.0}, usual) == 2.5 / 4
    assert panel.support(usual, usual) == 0.5
    assert panel.support({"a": 2.0, "b": 2.0, "c": 0.0, "d": 0.0}, usual) == 0.5


def test_weights_give_no_voter_more_heads_but_those_without_have_none():
    panel = Panel(make_yardstick("x", {name: np.arange(4.0) for name in "abcd"}))
    heavy = Panel(panel.yardstick, weights={"a": 40.0, "d": 0.0})
    usual = dict.fromkeys("abcd", 1.0)
    assert heavy.support({"a": 2.0, "b": 0.0, "c": 0.0, "d": 9.0}, usual) == pytest.approx(1 / 3)


def test_identity_hangs_on_all_that_changes_values():
    base = make_panel()
    assert make_panel().identity == base.identity
    others = [
        make_panel(kappa=0.4),
        make_panel(weights={"a": 2.0}),
        Panel(make_yardstick("others", SAMPLE)),
        Panel(make_yardstick("who", SAMPLE | {"a": np.array([2.0, 4.0, 2.0, 4.5])})),
    ]
    assert len({base.identity, *(one.identity for one in others)}) == 5


def test_a_yardstick_comes_back_from_json_to_the_last_bit():
    rng = np.random.default_rng(1)
    made = make_yardstick("x", {"a": rng.normal(size=64), "b": rng.normal(size=64)})
    back = from_json(to_json(made), Yardstick, what="it")
    assert back == made
    assert back.pictures == 64
    votes = {"a": np.array([0.3]), "b": np.array([0.9])}
    assert Panel(back).join(votes).values[0] == Panel(made).join(votes).values[0]


def test_weights_are_checked_by_name():
    assert checked_weights({"b": 2.0}, voters=("a", "b")) == {"a": 1.0, "b": 2.0}
    with pytest.raises(UnknownVoter, match="no voter is called 'c': there are a, b"):
        checked_weights({"c": 1.0}, voters=("a", "b"))
    with pytest.raises(UnknownVoter, match="at least one"):
        checked_weights({"a": 0.0}, voters=("a",))
    with pytest.raises(ValueError, match="≥ 0"):
        checked_weights({"a": -1.0}, voters=("a",))
    with pytest.raises(ValueError, match="kappa"):
        make_panel(kappa=-0.1)
    with pytest.raises(ValueError, match="votes of b are missing"):
        make_panel().join({"a": np.array([1.0])})


def test_voters_that_see_by_another_encoder_give_a_second_opinion():
    votes = {"a": np.array([3.0]), "b": np.array([-1.0]), "c": np.array([9.0])}
    yardstick = make_yardstick("x", {name: np.array([-1.0, 1.0]) for name in "abc"})
    panel = Panel(yardstick, kappa=0.0, apart=["b"])
    assert panel.second_opinion(votes).tolist() == [[-1.0]]  # in deviations from the mean
    assert panel.join(votes).values[0] == pytest.approx((3 - 1 + 4) / 3)  # 4 is the limit
    assert Panel(yardstick, kappa=0.0).second_opinion(votes).shape == (0, 1)
    assert Panel(yardstick, apart=["b"], weights={"b": 0.0}).second_opinion(votes).shape == (0, 1)
    assert panel.identity != Panel(yardstick, kappa=0.0).identity
