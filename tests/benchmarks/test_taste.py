"""The quick part of the benchmark: what taste learns from 40 answers."""

import numpy as np
import pytest

from tests.benchmarks.taste import accuracies, rendered


@pytest.fixture(scope="module")
def pictures():
    return rendered(150, edge_px=64)


@pytest.mark.parametrize("asking", [False, True], ids=["random pairs", "asked pairs"])
def test_after_forty_answers_pairs_never_seen_are_ranked_right(pictures, asking):
    shares = accuracies(pictures, users=10, count=40, asking=asking)
    assert np.mean(shares) >= 0.8
    assert min(shares) > 0.65
