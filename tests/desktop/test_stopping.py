from __future__ import annotations

import time

from layerforge.desktop.stopping import close_all


class _Slow:
    """Takes more time than it is given."""

    def __init__(self, *, ends: bool) -> None:
        self.given: list[float] = []
        self._ends = ends

    def close(self, *, timeout_s: float) -> bool:
        self.given.append(timeout_s)
        time.sleep(timeout_s + 0.02)
        return self._ends


def test_the_time_to_end_is_for_all_work_together() -> None:
    stuck, other = _Slow(ends=False), _Slow(ends=True)
    assert not close_all((stuck, other), timeout_s=0.02)
    assert 0.0 < stuck.given[0] < 0.03
    assert other.given == [0.0]
    assert close_all((_Slow(ends=True), other), timeout_s=0.0)
