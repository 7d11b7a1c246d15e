import numpy as np

from layerforge.explore.usual import measured_yardstick, sample_pictures, usual_panel
from layerforge.scoring.jury import fingerprint_of
from layerforge.scoring.usual import installed_yardstick
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.test_explorer import Brightness


def test_what_is_usual_is_measured_as_the_installed_yardstick_was():
    made, installed = measured_yardstick(MeasuresScorer(), count=4), installed_yardstick()
    # compositions come first; what few of the installed ones were turned away may shift them
    for name, said in made.votes.items():
        ours, held = np.array(said), np.array(installed.votes[name])
        assert np.abs(ours[-8:] - held[-8:]).max() < 0.02, name  # the sample images
        assert np.abs(ours[:4] - held[:4]).max() < 0.05, name


def test_another_scorer_is_asked_what_is_usual(samples):
    scorer = Brightness()
    panel = usual_panel(scorer, count=2)
    assert panel.yardstick.voters == fingerprint_of(scorer)
    means = [one.mean() for one in sample_pictures(edge_px=384)]
    assert np.allclose(panel.yardstick.votes["brightness"][-8:], means, atol=1.0)
    assert usual_panel(MeasuresScorer()).yardstick == installed_yardstick()
