import pytest

from layerforge.explore.bench_search import CrowdedSearch


def test_a_round_keeps_some_candidates_and_not_all():
    search = CrowdedSearch(branches=300, dim=16)
    assert len(search.tree.nodes) == 301
    for _ in range(4):
        assert search.round(16) == 16
    assert 5 < len(search.tree.nodes) - 301 < 60


def test_it_is_the_same_search_for_the_same_seed():
    one, other = (CrowdedSearch(branches=40, dim=8, seed=3) for _ in range(2))
    one.round(8), other.round(8)
    assert [node.value for node in one.tree.nodes.values()] == pytest.approx(
        [node.value for node in other.tree.nodes.values()]
    )
