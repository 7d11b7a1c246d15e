import numpy as np
import pytest

from layerforge.scoring.embedding import LAYOUT_WIDTH, WIDTH, embeddings
from layerforge.scoring.features import SPREAD, Features, fitting_prior
from layerforge.scoring.measures import look
from layerforge.scoring.taste import Judgements, learn

NOTHING = Judgements(np.zeros((0, 5)), np.zeros(0), np.zeros(0))
SMALL = Features(encoder="clip", width=3, voters=("order", "kinship"))


def fitting(pictures, judgements, usual=(0.0, 0.0)):
    return fitting_prior(SMALL, pictures, judgements, usual=np.array(usual))


def field(count=400, *, seed=0):
    return np.random.default_rng(seed).normal(size=(count, 5)) * [0.1, 0.3, 0.1, 5.0, 0.01]


def test_features_are_the_embedding_then_the_votes_by_name():
    rows = np.array([[0.6, 0.8, 0.0], [0.0, 1.0, 0.0]], dtype=np.float32)
    votes = [{"kinship": 0.25, "order": 0.5, "other": 9.0}, {"order": 1.0, "kinship": 0.0}]
    found = SMALL.of(rows, votes)
    np.testing.assert_allclose(found, [[0.6, 0.8, 0, 0.5, 0.25], [0, 1, 0, 1, 0]], atol=1e-7)
    assert SMALL.names == ("0", "1", "2", "order", "kinship")
    assert SMALL.of(np.zeros((0, 3), dtype=np.float32), []).shape == (0, 5)


def test_measures_have_a_group_of_their_own(photographs):
    picture = next(iter(photographs.values()))
    assert embeddings([look(picture)]).shape == (1, WIDTH)
    groups = Features(encoder="measures", width=WIDTH, voters=("order",)).groups
    assert [(one.name, one.start, one.stop) for one in groups] == [
        ("layout", 0, LAYOUT_WIDTH),
        ("measures", LAYOUT_WIDTH, WIDTH),
        ("votes", WIDTH, WIDTH + 1),
    ]
    assert [one.name for one in Features(encoder="clip", width=512, voters=()).groups] == [
        "embedding"
    ]


def test_before_any_judgement_each_group_may_matter_alike():
    pictures = field()
    prior = fitting(pictures, NOTHING)
    differences = pictures - np.roll(pictures, 1, axis=0)
    per_feature = (differences**2 * prior.scale**2).mean(axis=0)
    assert per_feature[:3].sum() == pytest.approx(SPREAD**2 / 2, rel=0.15)
    # each vote alike, however it is scaled; of the embedding, what varies most
    np.testing.assert_allclose(per_feature[3:], SPREAD**2 / 4, rtol=0.2)
    assert per_feature[1] > 4 * per_feature[0]
    assert prior.mean.tolist() == [0.0] * 5


def test_what_never_varies_does_not_count():
    pictures = field()
    pictures[:, 4] = 0.5
    assert fitting(pictures, NOTHING).scale[4] == 0.0
    assert fitting(pictures[:1], NOTHING).scale.tolist() == [0.0] * 5
    assert fitting(pictures[:0], NOTHING).scale.tolist() == [0.0] * 5


@pytest.mark.parametrize("place", [1, 3])
def test_judgements_tell_which_group_matters(place):
    pictures = field()
    differences = pictures[:200] - pictures[200:]
    wins = (differences[:, place] > 0.0).astype(np.float64)
    even = fitting(pictures, NOTHING)
    for count, least in ((3, 0.9), (60, 1.25)):
        judgements = Judgements(differences[:count], wins[:count], 1.0 - wins[:count])
        prior = fitting(pictures, judgements)
        grown = prior.scale / even.scale
        assert grown[place] > least
    assert grown[3 if place == 1 else 1] < 0.6
    # and so it learns better than if it took all for alike
    rest = differences[60:]
    right = [
        (np.sign(learn(judgements, one).worth(rest)) == np.sign(rest[:, place])).mean()
        for one in (prior, even)
    ]
    assert right[0] >= right[1]
    assert right[0] > 0.85


def test_a_vote_that_all_kept_ones_share_does_not_count_for_more_than_usual():
    pictures = field()
    pictures[:, 3] *= 1e-3  # kept ones hardly differ in it, others do
    narrow, wide = fitting(pictures, NOTHING), fitting(pictures, NOTHING, usual=(5.0, 0.01))
    assert narrow.scale[3] > 0.9 * 1e2 * wide.scale[3]
    assert wide.scale[3] == pytest.approx(SPREAD * np.sqrt(0.5 / (2 * 2 * 25.0)))
    assert wide.scale[4] == pytest.approx(narrow.scale[4], rel=0.2)


def test_a_measure_that_hardly_varies_counts_for_little():
    features = Features(encoder="measures", width=WIDTH, voters=())
    pictures = np.random.default_rng(0).normal(size=(100, WIDTH))
    pictures[:, LAYOUT_WIDTH] *= 1e-4
    scale = fitting_prior(features, pictures, NOTHING_WIDE, usual=np.zeros(0)).scale
    assert scale[LAYOUT_WIDTH] < 4.0 * np.median(scale[LAYOUT_WIDTH:])


NOTHING_WIDE = Judgements(np.zeros((0, WIDTH)), np.zeros(0), np.zeros(0))
