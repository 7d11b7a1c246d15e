import numpy as np
import pytest

from layerforge.scoring.jury import (
    EmbeddingJudge,
    Jury,
    encoder_of,
    even_weights,
    fingerprint_of,
    screening,
    seated,
    voters_of,
)
from layerforge.scoring.scorer import Scorer, Verdict
from layerforge.scoring.voters import MeasuresScorer

PICTURES = np.random.default_rng(0).integers(0, 256, (3, 40, 40, 3), dtype=np.uint8)


class Fake:
    """Says the picture's mean, under its own name or in parts."""

    batch_size = 7

    def __init__(self, name="fake", parts=(), **extra):
        self.name = name
        self._parts = parts
        for key, value in extra.items():
            setattr(self, key, value)

    @property
    def description(self):
        return f"fake {self.name}"

    def judge(self, pictures):
        means = pictures.reshape(len(pictures), -1).mean(axis=1)
        return Verdict(
            values=means,
            embeddings=np.eye(len(pictures), 4, dtype=np.float32),
            parts={part: means + place for place, part in enumerate(self._parts)},
        )


def test_a_jury_has_all_votes_and_the_first_ones_embeddings_and_values():
    jury = Jury([Fake(parts=("a", "b")), Fake("plain"), MeasuresScorer()])
    assert isinstance(jury, Scorer)
    verdict = jury.judge(PICTURES)
    means = PICTURES.reshape(3, -1).mean(axis=1)
    measures = MeasuresScorer().judge(PICTURES)
    assert list(verdict.parts) == ["a", "b", "plain", *measures.parts] == list(jury.voters)
    np.testing.assert_array_equal(verdict.parts["b"], means + 1)
    np.testing.assert_array_equal(verdict.parts["plain"], means)
    np.testing.assert_array_equal(verdict.parts["order"], measures.parts["order"])
    np.testing.assert_array_equal(verdict.embeddings, np.eye(3, 4))
    np.testing.assert_array_equal(verdict.values, means)
    assert (jury.name, jury.batch_size, jury.encoder) == ("fake", 7, "fake")


def test_scorers_of_a_jury_count_the_same():
    weights = even_weights(Jury([Fake("one"), MeasuresScorer()]))
    assert weights["one"] == pytest.approx(sum(weights.values()) / 2)
    assert sum(weights.values()) == pytest.approx(len(weights))
    assert set(even_weights(MeasuresScorer()).values()) == {1.0}


def test_what_a_scorer_says_of_itself_counts():
    told = Fake(voters=("x",), encoder="e", fingerprint="f")
    assert (voters_of(told), encoder_of(told), fingerprint_of(told)) == (("x",), "e", "f")
    assert voters_of(Fake(parts=("a", "b"))) == ("a", "b")
    assert voters_of(Fake()) == (encoder_of(Fake()),) == ("fake",)
    prints = {
        fingerprint_of(one)
        for one in (Fake(), Fake("other"), Fake(parts=("a",)), Fake(encoder="e"), MeasuresScorer())
    }
    assert len(prints) == 5
    assert fingerprint_of(Fake()) == fingerprint_of(Fake())
    assert Jury([told, Fake()]).fingerprint == f"f+{fingerprint_of(Fake())}"


def test_two_voters_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same name"):
        Jury([Fake("a"), Fake("b", parts=("a",))])
    with pytest.raises(ValueError, match="at least one"):
        Jury([])


def test_clip_is_seated_beside_the_measures_unless_alone():
    clip = Fake("clip")
    assert set(seated(clip, alone=False).voters) == {"clip", *voters_of(MeasuresScorer())}
    assert seated(clip, alone=True) is clip
    for other in (MeasuresScorer(), Fake(), Jury([clip])):
        assert seated(other, alone=False) is other


def test_the_cheap_judge_is_its_own_screen_or_the_measures():
    small = Fake("small")
    cascade = Fake("clip", screen=small.judge)
    np.testing.assert_array_equal(
        screening(Jury([cascade, MeasuresScorer()]))(PICTURES).values, small.judge(PICTURES).values
    )
    np.testing.assert_array_equal(
        screening(Fake())(PICTURES).values, MeasuresScorer().judge(PICTURES).values
    )
    assert not isinstance(MeasuresScorer(), EmbeddingJudge)
