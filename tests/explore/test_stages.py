import numpy as np
import pytest

from layerforge.explore.drawing import Drawing
from layerforge.explore.stages import _without_twins
from layerforge.scoring.fingerprint import Known
from layerforge.scoring.scorer import Verdict
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.test_explorer import Brightness


class Watched(MeasuresScorer):
    """Measures, with a note of the size of what it sees, and what it says."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.said = []

    def judge(self, pictures):
        verdict = super().judge(pictures)
        self.seen += [picture.shape[:2] for picture in pictures]
        self.said += verdict.values.tolist()
        return verdict


def test_halving_shows_the_full_scorer_only_the_best_third_of_each_round(make_exploration):
    exploration = make_exploration()
    cheap, full = Watched(), Watched()
    finished = exploration.run(
        budget=48,
        halving=True,
        search_edge_px=192,
        scorer=full,
        cheap=cheap,
        fragility=False,
        threads=1,
    )
    assert finished.evaluated == 48
    assert finished.evaluated == finished.admitted + sum(finished.rejected.values())
    assert set(cheap.seen) == {(96, 128)}
    assert len(cheap.seen) <= 48
    # the sources and their mirror images, the sample, one third of each round of 16
    assert len(full.seen) <= 4 + 64 + 3 * 6
    assert finished.rejected["not_promoted"] >= 48 - 3 * 6 - (48 - len(cheap.seen))
    assert finished.admitted > 0


def test_halving_repeats_whatever_the_number_of_threads(make_exploration):
    trees = []
    for threads in (1, 4):
        exploration = make_exploration(f"t{threads}")
        exploration.run(budget=64, halving=True, threads=threads)
        trees.append(exploration.tree())
    assert trees[0] == trees[1]


class Opposite:
    """Finds the darkest best."""

    name = "dark"
    description = "darkness"
    batch_size = 16

    def judge(self, pictures):
        verdict = Brightness().judge(pictures)
        return Verdict(values=-verdict.values, embeddings=verdict.embeddings)


def test_the_cheap_scorer_decides_who_is_promoted(make_exploration):
    means = {}
    for name, cheap in (("bright", Brightness()), ("dark", Opposite())):
        exploration = make_exploration(name)
        exploration.run(
            budget=64, halving=True, scorer=Brightness(), cheap=cheap, strategy="random"
        )
        votes = [one.score.parts["brightness"] for one in exploration.project.branches()[1:]]
        means[name] = np.mean(votes)
    assert means["bright"] > means["dark"] + 20


def test_near_duplicates_go_before_the_judge_sees_them(make_exploration, monkeypatch):
    exploration = make_exploration()
    monkeypatch.setattr(Known, "has_like", lambda known, ours: len(known) > 0)
    scorer = Watched()
    finished = exploration.run(budget=160, scorer=scorer, fragility=False)
    # once a branch is kept, all that comes later is taken for its like
    assert finished.rejected["duplicate"] >= 60
    assert len(scorer.seen) <= 4 + 160 - 60


def twins(proposer_of):
    """Every second proposal is the one before it once more."""

    def round_of(self, tree, *, number, count, temperature):
        drawn = proposer_of(self, tree, number=number, count=count, temperature=temperature)
        return [drawn[place // 2 * 2] for place in range(len(drawn))]

    return round_of


@pytest.mark.parametrize("halving", [False, True])
def test_twins_in_a_round_never_reach_the_judge_together(make_exploration, monkeypatch, halving):
    monkeypatch.setattr(Drawing, "round", twins(Drawing.round))
    exploration = make_exploration()
    scorer, cheap = Watched(), Watched()
    finished = exploration.run(
        budget=32, round_size=32, scorer=scorer, cheap=cheap, fragility=False, halving=halving
    )
    assert sum(finished.rejected.get(reason, 0) for reason in ("duplicate", "blank", "noise")) >= 16
    if halving:
        assert len(cheap.seen) <= 16
    else:
        # the sources and their mirror images, one of each pair, and what makes up the yardstick
        assert len(scorer.seen) <= 4 + 16 + 32


def test_of_twins_for_the_small_encoder_the_better_is_promoted_alone():
    rows = np.eye(4, dtype=np.float32)
    rows = np.stack([rows[0], rows[1], rows[1] + 1e-3 * rows[2], rows[3]])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert _without_twins([2, 0, 1, 3], rows) == [2, 0, 3]
    assert _without_twins([1, 3, 2, 0], rows) == [1, 3, 0]
    assert _without_twins([0], rows[:1]) == [0]


def test_children_that_most_voters_dislike_are_outvoted(make_exploration):
    exploration = make_exploration()
    finished = exploration.run(budget=240, search_edge_px=96)
    assert finished.rejected["outvoted"] > 0
    from layerforge.explore.yardsticks import panel_of

    panel = panel_of(exploration.project, MeasuresScorer())
    branches = {one.id: one for one in exploration.project.branches()}
    children = [one for one in branches.values() if one.parent not in (None, 0)]
    assert children
    for child in children:
        parts, above = child.score.parts, branches[child.parent].score.parts
        better = sum(parts[name] > above[name] for name in panel.voters)
        worse = sum(parts[name] < above[name] for name in panel.voters)
        assert better + (len(panel.voters) - better - worse) / 2 >= len(panel.voters) / 2


@pytest.mark.parametrize("setting", [{"neighbours": 3}, {"kappa": 0.0}, {"halving": True}])
def test_settings_are_recorded_with_the_run(make_exploration, setting):
    exploration = make_exploration()
    exploration.run(budget=4, **setting)
    (run,) = exploration.project.runs()
    for name, value in setting.items():
        assert run.settings[name] == value
