import numpy as np

from layerforge.scoring.jury import fingerprint_of
from layerforge.scoring.usual import installed_yardstick
from layerforge.scoring.voters import MeasuresScorer


def test_the_installed_yardstick_is_that_of_the_voters_as_they_are():
    scorer, yardstick = MeasuresScorer(), installed_yardstick()
    assert yardstick.voters == fingerprint_of(scorer)
    assert set(yardstick.votes) == set(scorer.voters)
    assert yardstick.pictures >= 150
    assert all(0.0 <= min(said) < max(said) <= 1.0 for said in yardstick.votes.values())
    assert all(np.std(said) > 0.05 for said in yardstick.votes.values())
