"""The measuring functions give whole lines; the times themselves are nothing a test can hold."""

from __future__ import annotations

import math

import pytest

from layerforge.explore import bench_rendering
from layerforge.explore.bench_rendering import BenchLine, side_by_side
from layerforge.model.layer import BLEND_MODES


@pytest.fixture(autouse=True)
def small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    original = side_by_side
    monkeypatch.setattr(bench_rendering, "SIDE_PX", 48)
    monkeypatch.setattr(
        bench_rendering,
        "side_by_side",
        lambda *works, rounds=1, calls=1: original(*works, rounds=1, calls=calls),
    )


def check(lines: list[BenchLine]) -> None:
    for line in lines:
        assert line.what
        assert line.peer
        assert line.ours_ms >= 0.0
        assert math.isfinite(line.ours_ms)


def test_blending_times_every_mode_against_normal() -> None:
    lines = list(bench_rendering.blending())
    check(lines)
    assert [line.what for line in lines if line.peer == "normal"] == list(BLEND_MODES[1:])


def test_a_ratio_is_ours_over_theirs() -> None:
    assert BenchLine("a", 3.0, "b", 12.0).ratio == 0.25
