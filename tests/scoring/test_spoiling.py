import numpy as np

from layerforge.scoring.scorer import Verdict
from layerforge.scoring.spoiling import WAYS, fooled_by, spoiled
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
    assert fooled_by(Fond(), list(photographs.values())) == {
        "noise": 2, "flat": 0, "crushed": 0, "shuffled": 2,
    }  # fmt: skip


def test_the_measures_are_not_fooled(photographs):
    counts = fooled_by(MeasuresScorer(), list(photographs.values()))
    assert not any(counts.values()), counts
