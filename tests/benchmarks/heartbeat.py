"""How evenly an event loop turns."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

BEAT_MS = 10


@dataclass(frozen=True, slots=True)
class Gaps:
    """Milliseconds between two beats, of a heart that beats every 10.

    over_100: how many were longer than 100.
    """

    largest: float
    p99: float
    over_100: int
    beats: int

    def __str__(self) -> str:
        return (
            f"largest {self.largest:.0f} ms, 99 % below {self.p99:.0f} ms, "
            f"{self.over_100} of {self.beats} above 100 ms"
        )


class Heartbeat(QObject):
    """Beats from when it is made until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> Gaps:
        """What was seen; the time since the last beat counts, too."""
        self._beat()
        self._timer.stop()
        gaps = sorted(self._gaps)
        return Gaps(
            largest=gaps[-1],
            p99=gaps[int(0.99 * (len(gaps) - 1))],
            over_100=sum(gap > 100 for gap in gaps),
            beats=len(gaps),
        )

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append(1000 * (now - self._last))
        self._last = now


def turn(seconds: float) -> None:
    """Let the event loop turn that long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
