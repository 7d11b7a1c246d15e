"""The status bar: how far exploring is, how fast, and what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from layerforge.desktop.exploration import State
from layerforge.explore.events import Finished, RoundDone, Started


class StatusLine(QStatusBar):
    """Progress, throughput, kept, best, time left, and what the scorer runs on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.activity = QLabel()
        self.facts = QLabel()
        self.facts.setAccessibleName(self.tr("Progress of exploring"))
        self.device = QLabel()
        self.device.setProperty("role", "dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.bar.setAccessibleName(self.tr("Progress of exploring"))
        self.bar.hide()
        self._budget = 0
        self._last: RoundDone | None = None
        for widget in (self.activity, self.bar, self.facts, self.device):
            widget.setContentsMargins(4, 0, 4, 0)
            self.addPermanentWidget(widget)

    def on_state(self, state: State) -> None:
        """Show what the job does."""
        words = {
            State.IDLE: "",
            State.LOADING: self.tr("Starting…"),
            State.RUNNING: "",
            State.PAUSED: self.tr("Paused"),
            State.STOPPING: self.tr("Stopping…"),
        }
        self.say_activity(words[state])
        if state is State.LOADING:
            self._last = None
            self.facts.clear()
            self.bar.setRange(0, 0)
        self.bar.setVisible(state is not State.IDLE)

    def say_activity(self, text: str) -> None:
        """Say what goes on."""
        self.activity.setText(text)

    def on_started(self, started: Started) -> None:
        """A run begins."""
        self._budget = started.budget
        self.bar.setRange(0, started.budget)
        self.bar.setValue(0)

    def on_round(self, done: RoundDone) -> None:
        """A round is kept."""
        self._last = done
        self.bar.setRange(0, done.budget)
        self.bar.setValue(done.evaluated)
        rate = done.candidates_per_second
        words = [
            self.tr("{done} of {budget}").format(done=done.evaluated, budget=done.budget),
            self.tr("{rate:.1f}/s").format(rate=rate),
            self.tr("{n} kept").format(n=done.admitted),
        ]
        if done.best is not None:
            words.append(self.tr("best {value:.3f}").format(value=done.best[1]))
        if rate > 0 and done.evaluated < done.budget:
            words.append(
                self.tr("{time} left").format(time=_time(done.budget - done.evaluated, rate))
            )
        self.facts.setText("  ·  ".join(words))

    def on_finished(self, finished: Finished) -> None:
        """A run is over."""
        state = self.tr("Stopped") if finished.stopped else self.tr("Done")
        words = [
            self.tr("{state}: {n} tried").format(state=state, n=finished.evaluated),
            self.tr("{rate:.1f}/s").format(rate=finished.candidates_per_second),
            self.tr("{n} kept").format(n=finished.admitted),
        ]
        if finished.best is not None:
            words.append(self.tr("best {value:.3f}").format(value=finished.best[1]))
        self.facts.setText("  ·  ".join(words))

    def show_device(self, device: str, reason: str) -> None:
        """What the scorer runs on, and why it was taken."""
        self.device.setText(device.upper() if device == "cpu" else device)
        self.device.setToolTip(reason)

    def reset(self) -> None:
        """Another project."""
        self.facts.clear()
        self.activity.clear()
        self.bar.hide()


def _time(left: int, rate: float) -> str:
    seconds = round(left / rate)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02d} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d} h"
