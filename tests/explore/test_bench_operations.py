"""Every operation is timed; the times themselves are nothing a test can hold."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.explore import bench_operations, bench_rendering
from layerforge.operations.registry import toolbox
from tests.explore.test_bench_rendering import check, small_and_quick

__all__ = ["small_and_quick"]


def test_every_operation_is_timed_once() -> None:
    lines = list(bench_operations.operations(samples=1))
    check(lines)
    assert [line.what for line in lines] == list(toolbox().operations)


def test_edits_count_by_what_they_add_to_the_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    # a clock of its own: an edit that renders in 30 ms, the canvas before it in 20, a blur in 5
    asked: list[int] = []

    def timed(*works: object, rounds: int, calls: int = 1) -> list[float]:
        asked.append(len(works))
        return [30.0, 20.0, 5.0] if len(works) == 3 else [15.0, 5.0]

    monkeypatch.setattr(bench_rendering, "side_by_side", timed)
    ratios = {line.what: line.ratio for line in bench_operations.operations(samples=1)}
    assert ratios["layout.move"] == 2.0
    assert ratios["cutout.subject"] == ratios["tone.gamma"] == 3.0
    assert set(asked) == {2, 3}


def test_a_cutout_is_timed_at_full_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_rendering, "SIDE_PX", 300)
    (one,) = bench_operations.drawn(toolbox().operations["cutout.saliency"], count=1)
    made = bench_operations._work(one, bench_operations.picture(seed=1, opaque=False))()
    assert isinstance(made, np.ndarray)
    assert made.shape == (300, 300, 4)
    assert cv2.meanStdDev(made[..., 3])[1].item() > 0.01  # something is cut


def test_two_threads_do_the_work_of_one() -> None:
    all_kinds, loops = bench_operations.threads()
    check([all_kinds, loops])
    assert all_kinds.ratio > 0.0
    assert "dots and strokes" in loops.what
