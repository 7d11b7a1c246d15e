import numpy as np
import pytest

from layerforge.explore.usual import sample_pictures, usual_panel
from layerforge.scoring.panel import Panel, Yardstick
from layerforge.scoring.scorer import Verdict
from layerforge.scoring.spoiling import WAYS, fooled, look_at_spoiled, spoiled
from layerforge.scoring.voters import MeasuresScorer


def test_each_way_spoils_as_it_says(photographs):
    picture = photographs["china.jpg"]
    made = spoiled(picture)
    assert tuple(made) == WAYS
    assert all(one.shape == picture.shape and one.dtype == np.uint8 for one in made.values())
    assert abs(made["noise"].mean() - 127.5) < 1
    assert abs(np.corrcoef(made["noise"].ravel(), picture.ravel())[0, 1]) < 0.01
    assert (np.ptp(made["flat"], axis=(0, 1)) == 0).all()
    assert np.abs(made["flat"][0, 0] - picture.mean(axis=(0, 1))).max() <= 0.5
    assert np.corrcoef(made["crushed"].ravel(), picture.ravel())[0, 1] > 0.7
    assert np.abs(made["crushed"].astype(int) - picture).mean() > 5
    before, after = (np.sort(one.reshape(-1, 3), axis=0) for one in (picture, made["shuffled"]))
    assert np.array_equal(before, after)
    assert not np.array_equal(made["shuffled"], picture)
    assert all(np.array_equal(one, spoiled(picture)[way]) for way, one in made.items())


class Fond:
    """Likes whatever has many different values beside each other."""

    name = description = "fond of noise"
    batch_size = 8

    def judge(self, pictures):
        values = np.abs(np.diff(pictures.astype(float), axis=2)).mean(axis=(1, 2, 3))
        return Verdict(values=values, embeddings=np.ones((len(values), 1), np.float32))


def test_who_is_fooled_is_told_by_what(photographs):
    panel = Panel(Yardstick(voters="x", votes={"fond of noise": (0.0, 10.0, 90.0)}))
    verdicts = look_at_spoiled(Fond(), list(photographs.values()))
    assert [len(one) for one in verdicts] == [5, 5]
    assert fooled(verdicts, panel, name="fond of noise") == {
        "noise": 2, "flat": 0, "crushed": 0, "shuffled": 2,
    }  # fmt: skip


class Fragile:
    """Likes one picture, if no pixel of it is changed, and all others somewhat."""

    name = description = "fragile"
    batch_size = 3

    def __init__(self, picture):
        self.picture = picture

    def judge(self, pictures):
        values = np.array([2.0 * np.array_equal(one, self.picture) for one in pictures])
        values += [float(np.ptp(one, axis=(0, 1)).any()) for one in pictures]
        return Verdict(values=values, embeddings=np.ones((len(values), 1), np.float32))


def test_looking_closely_finds_what_hangs_on_single_pixels(photographs):
    picture = photographs["china.jpg"]
    panel = Panel(Yardstick(voters="x", votes={"fragile": (0.0, 1.0, 2.0)}))
    for closely, liked in ((False, 0), (True, 1)):
        verdicts = look_at_spoiled(Fragile(picture), [picture], closely=closely)
        counts = fooled(verdicts, panel, name="fragile")
        assert counts == {"noise": liked, "flat": 0, "crushed": liked, "shuffled": liked}


@pytest.mark.parametrize("edge_px", [None, 384])
def test_the_measures_are_not_fooled(photographs, edge_px):
    """By the installed yardstick, as large as they are and at the size of a search."""
    pictures = [*photographs.values(), *sample_pictures(edge_px=edge_px)]
    scorer = MeasuresScorer()
    verdicts = look_at_spoiled(scorer, pictures)
    counts = fooled(verdicts, usual_panel(scorer), name="measures")
    assert counts == dict.fromkeys(WAYS, 0)
