from collections import Counter

import numpy as np
import pytest

from layerforge.search.chances import draw, heat, standardised


def test_standardised_has_mean_0_and_deviation_1():
    values = standardised(np.array([3.0, 5.0, 10.0]))
    assert values.mean() == pytest.approx(0.0)
    assert values.std() == pytest.approx(1.0)
    assert standardised(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]


def test_chances_follow_the_softmax():
    rng = np.random.default_rng(0)
    temperature = 0.35
    found = Counter(
        draw(np.array([0.0, 0.35]), temperature=temperature, rng=rng) for _ in range(8000)
    )
    # exp(0.35 / 0.35) = e times as often
    assert heat(temperature) == pytest.approx(0.35)
    assert found[1] / found[0] == pytest.approx(np.e, rel=0.1)


def test_no_temperature_is_greedy_and_all_of_it_is_even():
    rng = np.random.default_rng(0)
    merits = np.array([0.0, 1.0, 0.99])
    assert {draw(merits, temperature=0.0, rng=rng) for _ in range(200)} == {1}
    found = Counter(draw(merits, temperature=1.0, rng=rng) for _ in range(3000))
    assert min(found.values()) > 900
