from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.heartbeat import Heartbeat, turn


def test_what_blocks_the_loop_is_seen(qapp: QApplication) -> None:
    heart = Heartbeat()
    QTimer.singleShot(30, lambda: time.sleep(0.15))
    turn(0.4)
    gaps = heart.stop()
    assert gaps.largest >= 150
    assert gaps.over_100 >= 1
    assert gaps.beats >= 3
    assert gaps.p99 <= gaps.largest


def test_what_blocks_until_the_end_is_seen(qapp: QApplication) -> None:
    heart = Heartbeat()
    turn(0.05)
    time.sleep(0.12)
    assert heart.stop().largest >= 120
