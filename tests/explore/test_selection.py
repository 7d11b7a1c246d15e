import numpy as np
import pytest

from layerforge.explore.selection import Crowd
from layerforge.model.branch import ROOT
from layerforge.scoring.novelty import cosine_distances
from layerforge.search.tree import Tree


def units(count, seed):
    rows = np.random.default_rng(seed).normal(size=(count, 5)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("reach", [0.0, 0.4, 2.0])
@pytest.mark.parametrize("kept", [0, 1, 30])
def test_each_candidate_meets_the_kept_branches_and_those_that_passed_before_it(kept, reach):
    branches, candidates = units(kept, 0), units(150, 1)
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for place, vector in enumerate(branches):
        tree.add(place + 1, parent=ROOT, value=place, fragility=0.5, embedding=vector)
    crowd = Crowd(tree, list(candidates), reach=reach)
    others, values = list(branches), [place + 0.5 for place in range(kept)]
    for place, candidate in enumerate(candidates):
        distances, worth = crowd.look()
        expected = cosine_distances(candidate[None], np.stack(others))[0] if others else np.zeros(0)
        # those that passed are all told, however far
        told = [at for at, far in enumerate(expected) if far <= reach or at >= kept]
        np.testing.assert_allclose(distances, expected[told], atol=1e-6)
        assert worth.tolist() == [values[at] for at in told]
        if place % 3 == 0:
            crowd.join(100.0 + place)
            others.append(candidate)
            values.append(100.0 + place)
