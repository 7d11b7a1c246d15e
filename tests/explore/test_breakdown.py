import numpy as np
import pytest

from layerforge.explore.breakdown import breakdowns, lineage, sample_size


def test_the_parts_add_up_to_the_value_of_every_branch(make_exploration):
    exploration = make_exploration()
    exploration.run(kappa=0.25, weights={"order": 3.0, "kinship": 0.0})
    project = exploration.project
    (run,) = project.runs()
    usual = run.reference["yardstick"]["votes"]
    found = breakdowns(project)
    branches = [branch for branch in project.branches() if branch.parent is not None]
    assert set(found) == {branch.id for branch in branches}
    for branch in branches:
        made_of = found[branch.id]
        weights = {name: vote.weight for name, vote in made_of.votes.items()}
        assert weights == {"vividness": 0.2, "order": 0.6, "complexity": 0.2, "kinship": 0.0}
        for name, vote in made_of.votes.items():
            assert vote.raw == branch.score.parts[name]
            assert vote.usual == pytest.approx(np.mean(usual[name]))
            away = (vote.raw - np.mean(usual[name])) / np.std(usual[name])
            assert vote.standardised == pytest.approx(np.clip(away, -4, 4))
        deviations = np.array([vote.standardised for vote in made_of.votes.values()])
        shares = np.array(list(weights.values()))
        mean = (deviations * shares).sum()
        spread = np.sqrt(((deviations - mean) ** 2 * shares).sum())
        assert made_of.spread == pytest.approx(spread) == pytest.approx(branch.score.spread)
        assert made_of.mean == pytest.approx(mean)
        assert made_of.plain == pytest.approx(mean - 0.25 * spread)
        assert made_of.plain - branch.score.fragility == pytest.approx(branch.value)
        assert made_of.sample == len(usual["order"]) == sample_size(project)


def test_each_branch_is_told_by_the_panel_that_judged_it(make_exploration):
    exploration = make_exploration()
    exploration.run(kappa=0.0)
    exploration.run(kappa=2.0, seed=8)
    made_of = breakdowns(exploration.project)
    assert {one.kappa for one in made_of.values()} == {2.0}  # the first ones were judged again
    assert len(made_of) == len(exploration.project.branches()) - 1


def test_before_any_run_nothing_is_told(make_exploration):
    project = make_exploration().project
    assert breakdowns(project) == {}
    assert sample_size(project) is None


def test_a_branchs_line_leads_to_it_from_the_root(make_exploration):
    exploration = make_exploration()
    exploration.run()
    project = exploration.project
    for branch in project.branches():
        line = lineage(project, branch)
        assert len(line) == branch.depth
        parents = [0, *(one.id for one in line)]
        assert [one.parent for one in line] == parents[:-1]
        assert parents[-1] == branch.id
