import json

import numpy as np
import pytest

from layerforge.explore.events import Note
from layerforge.explore.judging import score_of
from layerforge.explore.yardsticks import (
    NotJudged,
    kept_yardstick,
    panel_in,
    panel_of,
    reference_of,
)
from layerforge.model.errors import InvalidValue
from layerforge.project.records import Run
from layerforge.scoring.fragility import lower_quartile
from layerforge.scoring.jury import fingerprint_of
from layerforge.scoring.panel import Panel, UnknownVoter, make_yardstick
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.test_explorer import Brightness

SCORER = MeasuresScorer()


def rebuilt(panel, score):
    """Value and fragility from the votes that are kept."""
    votes = {
        name: np.array([score.parts[name], *score.trials.get(name, ())]) for name in panel.voters
    }
    values = panel.join(votes).values
    kept = lower_quartile(values[:, None])[0] if score.trials else values[0]
    return kept, values[0] - kept


def test_the_first_candidates_and_the_sources_show_what_is_usual(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=96)
    project = exploration.project
    (run,) = project.runs()
    kept = run.reference
    # 64 random compositions less the blank, noisy and unrendered ones, and two sources
    assert 30 <= len(kept["yardstick"]["votes"]["order"]) <= 66
    votes = np.array(kept["yardstick"]["votes"]["kinship"])
    assert kept["statistics"]["kinship"]["mean"] == pytest.approx(votes.mean())
    assert kept["statistics"]["kinship"]["std"] == pytest.approx(votes.std())
    assert len(kept["quantiles"]) == 21
    assert sorted(kept["quantiles"]) == kept["quantiles"]
    assert set(kept["weights"].values()) == {1.0}
    assert kept["encoder"] == "measures"


def test_every_value_follows_from_the_votes_kept_with_it(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=64)
    panel = panel_of(exploration.project, SCORER)
    branches = exploration.project.branches()[1:]
    assert branches
    for branch in branches:
        value, fragility = rebuilt(panel, branch.score)
        assert branch.value == pytest.approx(value, abs=1e-12)
        assert branch.score.fragility == pytest.approx(fragility, abs=1e-12)
        assert branch.score.percentile == panel.percentile(branch.value)
        assert branch.score.hull_distance > 0.0
        assert 0.0 < branch.score.spread < 4.0
    assert any(branch.score.fragility > 0.0 for branch in branches)


def test_later_runs_measure_by_the_yardstick_of_the_first(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32)
    project = exploration.project
    before = project.branches()
    exploration.run(budget=32, seed=9)
    one, two = project.runs()
    assert one.reference["yardstick"] == two.reference["yardstick"]
    assert project.branches()[: len(before)] == before
    assert kept_yardstick(project, voters=fingerprint_of(SCORER)).pictures >= 30
    assert len(set(project.judges().values())) == 1


def test_a_short_first_run_looks_at_more_than_its_budget_to_learn_what_is_usual(make_exploration):
    exploration = make_exploration()
    finished = exploration.run(budget=5)
    assert finished.evaluated == 5
    votes = exploration.project.runs()[0].reference["yardstick"]["votes"]["order"]
    assert len(votes) >= 30


def test_other_weights_and_kappa_join_the_kept_votes_anew_without_rendering(
    make_exploration, monkeypatch
):
    exploration = make_exploration()
    exploration.run(budget=48)
    project = exploration.project
    before = project.branches()[1:]
    from layerforge.explore.judging import Judge

    def never(*_, **__):
        raise AssertionError("a kept branch was rendered again")

    whole = Judge.look_at
    monkeypatch.setattr(
        Judge, "look_at", lambda self, *a, closely=False: never() if closely else whole(self, *a)
    )
    exploration.run(budget=16, seed=3, kappa=1.5, weights={"order": 3.0, "kinship": 0.0})
    panel = panel_of(project, SCORER)
    assert (panel.kappa, panel.weights["order"], panel.weights["kinship"]) == (1.5, 3.0, 0.0)
    after = project.branches()[1 : len(before) + 1]
    assert [one.score.parts for one in after] == [one.score.parts for one in before]
    for branch in after:
        assert branch.value == pytest.approx(rebuilt(panel, branch.score)[0], abs=1e-12)
    assert [one.value for one in after] != [one.value for one in before]
    assert len(set(project.judges().values())) == 1


def test_turning_fragility_off_and_on_keeps_values_comparable(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=48)
    project = exploration.project
    first = project.branches()[1:]
    exploration.run(budget=16, seed=1, fragility=False)
    for branch in project.branches()[1:]:
        assert branch.score.fragility == 0.0
        assert branch.score.trials == {}
    exploration.run(budget=16, seed=2)
    again = project.branches()[1 : len(first) + 1]
    for one, other in zip(first, again, strict=True):
        assert other.value == pytest.approx(one.value, abs=1e-12)
    assert all(branch.score.trials for branch in project.branches()[1:])


def test_new_sources_move_the_hull_of_kept_branches(make_exploration, samples):
    from layerforge.explore.importing import add_sources, read_sources

    exploration = make_exploration()
    exploration.run(budget=48)
    project = exploration.project
    before = project.branches()[1:]
    add_sources(project, read_sources([samples / "dusk.jpg"]))
    exploration.run(budget=16, seed=1)
    after = project.branches()[1 : len(before) + 1]
    for one, other in zip(before, after, strict=True):
        assert other.value == one.value
        assert other.score.hull_distance <= one.score.hull_distance + 1e-9  # a larger hull
    assert any(
        other.score.hull_distance < one.score.hull_distance - 1e-6
        for one, other in zip(before, after, strict=True)
    )


def test_a_project_of_which_nothing_was_kept_is_explored_on(make_exploration):
    exploration = make_exploration()
    kept = []
    for seed in range(6):
        finished = exploration.run(budget=1, seed=seed)
        kept.append(finished.admitted)
    assert exploration.project.rounds_done() == 6
    assert 0 in kept[:-1]


class Rereading(Brightness):
    """A scorer whose vote needs the embedding only; ``factor`` makes it another judge."""

    encoder = "mean colours"

    def __init__(self, factor):
        self.factor = factor
        self.fingerprint = f"factor {factor}"
        self.judged = 0

    def judge_embeddings(self, embeddings):
        return {"brightness": self.factor * embeddings[:, 0].astype(np.float64)}

    def judge(self, pictures):
        self.judged += len(pictures)
        verdict = super().judge(pictures)
        return type(verdict)(
            values=verdict.values,
            embeddings=verdict.embeddings,
            parts=self.judge_embeddings(verdict.embeddings),
        )


@pytest.mark.parametrize("closely", [False, True])
def test_other_voters_on_the_same_encoder_judge_kept_embeddings(make_exploration, closely):
    exploration = make_exploration()
    exploration.run(budget=48, scorer=Rereading(1.0), fragility=closely)
    project = exploration.project
    before = project.branches()[1:]
    assert before
    other = Rereading(-2.0)
    exploration.run(budget=1, scorer=other, seed=3, fragility=closely)
    # who votes (asked twice), the sources twice, the sample, one candidate and its variations; no
    # kept branch, but those of the variations, whose embeddings are not kept
    assert other.judged <= 2 + 4 + 64 + 1 + 4 + 4 * len(before) * closely
    after = project.branches()[1 : len(before) + 1]
    for one, two in zip(before, after, strict=True):
        assert two.score.parts["brightness"] == pytest.approx(
            -2.0 * one.score.parts["brightness"],
            rel=2e-3,  # embeddings are kept in half precision
        )
        if closely:
            assert np.array(two.score.trials["brightness"]) == pytest.approx(
                -2.0 * np.array(one.score.trials["brightness"]), rel=2e-3
            )
            value, fragility = rebuilt(panel_of(project, other), two.score)
            assert two.value == pytest.approx(value, abs=1e-12)
            assert two.score.fragility == pytest.approx(fragility, abs=1e-12)


class Pair:
    """Two scorers of one name as the preset ``best`` has them: the embedding is the second's."""

    name = "clip"
    description = "two"
    batch_size = 16

    def __init__(self, small, large):
        self.members = (small, large)
        self.voters = ("brightness", "order", "vividness", "complexity", "kinship")
        self.encoder = large.encoder
        self.fingerprint = f"{fingerprint_of(small)}+{fingerprint_of(large)}"

    def judge(self, pictures):
        small, large = (one.judge(pictures) for one in self.members)
        parts = {**small.parts, **large.parts}
        return type(large)(values=large.values, embeddings=large.embeddings, parts=parts)


def test_of_two_encoders_the_one_whose_voters_stayed_need_not_see_kept_branches(make_exploration):
    exploration = make_exploration()
    alone = {"fragility": False, "clip_alone": True}
    exploration.run(budget=48, scorer=Pair(SCORER, Rereading(1.0)), **alone)
    before = exploration.project.branches()[1:]
    assert before
    other = Rereading(-2.0)
    exploration.run(budget=1, scorer=Pair(SCORER, other), seed=3, **alone)
    told = [event.text for event in exploration.events if isinstance(event, Note)]
    assert any("joining the votes" in line for line in told)
    assert not any("judging" in line for line in told)
    after = exploration.project.branches()[1 : len(before) + 1]
    for one, two in zip(before, after, strict=True):
        assert two.score.parts["order"] == one.score.parts["order"]
        assert two.score.parts["brightness"] == pytest.approx(
            -2.0 * one.score.parts["brightness"], rel=2e-3
        )


def test_a_weight_for_nobody_and_a_project_never_judged_are_refused(make_exploration):
    exploration = make_exploration()
    with pytest.raises(UnknownVoter, match="'beauty'"):
        exploration.run(weights={"beauty": 2.0})
    with pytest.raises(NotJudged, match="explore it first"):
        panel_of(exploration.project, SCORER)


def test_what_the_second_encoder_does_not_like_is_worth_less_when_looked_at_closely():
    yardstick = make_yardstick("x", {name: np.array([-1.0, 1.0]) for name in ("large", "small")})
    votes = {"large": 2.0, "small": -2.0}
    trials = {"large": (2.0, 2.0, 2.0, 1.0), "small": (-2.0,) * 4}
    alone = score_of(Panel(yardstick, kappa=0.0), votes, trials=trials)
    both = score_of(Panel(yardstick, kappa=0.0, apart=["small"]), votes, trials=trials)
    assert alone.value == pytest.approx(0.0)  # the second least of 0, 0, 0, 0, -0.5
    # a quarter of the way from the second to the third of -2, -0.5, 0, 0, 0, 0
    assert both.value == pytest.approx(-0.5 + 0.25 * 0.5)
    assert both.fragility == pytest.approx(-both.value)
    assert score_of(Panel(yardstick, apart=["small"]), votes, trials={}).fragility == 0.0


def test_the_second_encoders_voters_are_remembered_with_the_run(make_exploration):
    project = make_exploration().project
    yardstick = make_yardstick("x", {name: np.array([-1.0, 1.0]) for name in ("large", "small")})
    for panel in (Panel(yardstick, apart=["small"]), Panel(yardstick)):
        kept = reference_of(panel, typical_distance=0.3, encoder="large")
        run = _run_with(reference=json.loads(json.dumps(kept)))
        assert panel_in(run, project=project).identity == panel.identity


def _run_with(**kept):
    return Run(4, seed=0, scorer="x", scorer_description="", started_at="", ended_at=None, **kept)


@pytest.mark.parametrize(
    ("name", "value"),
    [("yardstick", 5), ("weights", {"large": -1.0}), ("kappa", "much"), ("apart", 7)],
)
def test_a_damaged_panel_is_told_with_its_run_and_project(make_exploration, name, value):
    project = make_exploration().project
    yardstick = make_yardstick("x", {"large": np.array([-1.0, 1.0])})
    kept = reference_of(Panel(yardstick), typical_distance=0.3, encoder="large")
    run = _run_with(reference={**json.loads(json.dumps(kept)), name: value})
    with pytest.raises(InvalidValue, match=r"of run 4 of .*p\.layerforge can't be read"):
        panel_in(run, project=project)
