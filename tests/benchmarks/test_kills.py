"""A few kills of the many that ``python -m tests.benchmarks.kills`` makes."""

import sys

import pytest

from tests.benchmarks.kills import kills, make_ground


@pytest.mark.skipif(sys.platform == "win32", reason="ends processes as Windows does not")
def test_what_a_killed_exploration_leaves(tmp_path):
    ground = make_ground(tmp_path, budget=32)
    assert len(ground.onward.rows) > len(ground.new.rows) > 3
    phases = ["onward", "start", "closing", "again", "onward", "start", "anywhere", "start"]
    found = kills(ground, tmp_path, phases=phases, seed=3, jobs=2, go_on_every=5)
    assert [one.problems for one in found] == [()] * 8
    assert sum(one.made for one in found) >= 5
    assert sum(one.kept for one in found) >= 8
    assert sum(one.went_on for one in found) == 1
