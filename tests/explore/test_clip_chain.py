"""Exploring with CLIP, on a small model with random weights."""

import numpy as np
import pytest

pytest.importorskip("torch")

from layerforge.explore.scorers import choose_scorer
from layerforge.scoring.checkpoints import WeightsMissing
from tests.small_clip import make_encoder, make_head


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    folder = make_encoder(tmp_path_factory.mktemp("clip") / "small")
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return folder


def test_clip_explores_and_repeats(make_exploration, encoder, monkeypatch):
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(encoder))
    choice = choose_scorer("auto", device="cpu")
    assert choice.scorer.name == "clip"
    assert "CLIP" in choice.reason
    trees = []
    for name, threads in (("a", 1), ("b", 3)):
        exploration = make_exploration(name)
        finished = exploration.run(scorer=choice.scorer, budget=48, threads=threads)
        assert finished.scorer == "clip"
        assert finished.admitted > 0
        trees.append(exploration.tree())
    assert trees[0] == trees[1]


def test_changing_from_measures_to_clip_makes_values_comparable(
    make_exploration, encoder, monkeypatch
):
    exploration = make_exploration()
    exploration.run(budget=32)
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(encoder))
    scorer = choose_scorer("clip", device="cpu").scorer
    before = exploration.project.branches()[1:]
    exploration.run(budget=32, scorer=scorer)
    measures = set(before[0].score.parts)
    for branch in exploration.project.branches()[1:]:
        assert set(branch.score.parts) == {"aesthetic"} | measures
    exploration.run(budget=32, scorer=scorer, clip_alone=True)
    for branch in exploration.project.branches()[1:]:
        assert set(branch.score.parts) == {"aesthetic"}


def test_without_weights_auto_measures_and_clip_refuses(monkeypatch):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    assert choose_scorer("auto", device="cpu").scorer.name == "measures"
    with pytest.raises(WeightsMissing, match="layerforge models fetch"):
        choose_scorer("clip", device="cpu")
