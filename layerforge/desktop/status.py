"""The status bar: how far exploring is, how fast, and what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from layerforge.desktop.bridge import ScorerChosen
from layerforge.desktop.engine_words import device_title, voter_title, with_capital
from layerforge.desktop.exploration import Earlier, State
from layerforge.desktop.progress.durations import in_words
from layerforge.explore.events import Finished, RoundDone, Started

REASON_MS = 15_000


class StatusLine(QStatusBar):
    """Progress, throughput, kept, best, time left, and what the scorer runs on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.activity = QLabel()
        self.facts = QLabel()
        self.facts.setAccessibleName(self.tr("Progress of exploring"))
        self.scorer = QLabel()
        self.scorer.setProperty("role", "dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.bar.setAccessibleName(self.tr("Progress of exploring"))
        self.bar.hide()
        for widget in (self.activity, self.bar, self.facts, self.scorer):
            widget.setContentsMargins(4, 0, 4, 0)
            self.addPermanentWidget(widget)

    def on_state(self, state: State, earlier: Earlier) -> None:
        """Show what the job does; the counts stand where it goes on with an earlier one."""
        words = {
            State.IDLE: "",
            State.LOADING: self.tr("Starting…"),
            State.RUNNING: "",
            State.PAUSED: self.tr("Paused"),
            State.STOPPING: self.tr("Stopping…"),
        }
        self.say_activity(words[state])
        if state is State.LOADING and not earlier.evaluated:
            self.facts.clear()
            self.bar.setRange(0, 0)
        self.bar.setVisible(state is not State.IDLE)

    def say_activity(self, text: str) -> None:
        """Say what goes on."""
        self.activity.setText(text)

    def on_started(self, started: Started, earlier: Earlier) -> None:
        """A run begins."""
        self.facts.setToolTip(self.tr("Seed {seed}").format(seed=started.seed))
        self.bar.setRange(0, earlier.evaluated + started.budget)
        self.bar.setValue(earlier.evaluated)

    def on_round(self, done: RoundDone, earlier: Earlier) -> None:
        """A round is kept."""
        evaluated = earlier.evaluated + done.evaluated
        budget = earlier.evaluated + done.budget
        self.bar.setRange(0, budget)
        self.bar.setValue(evaluated)
        rate = done.candidates_per_second
        words = [
            self.tr("{done} of {budget}").format(done=evaluated, budget=budget),
            self.tr("{rate:.1f}/s").format(rate=rate),
            self.tr("{n} kept").format(n=earlier.admitted + done.admitted),
        ]
        if done.best is not None:
            words.append(self.tr("best {value:.3f}").format(value=done.best[1]))
        if rate > 0 and done.evaluated < done.budget:
            left = in_words((done.budget - done.evaluated) / rate)
            words.append(self.tr("{time} left").format(time=left))
        self.facts.setText("  ·  ".join(words))

    def on_finished(self, finished: Finished, earlier: Earlier) -> None:
        """A run is over."""
        state = self.tr("Stopped") if finished.stopped else self.tr("Done")
        evaluated = earlier.evaluated + finished.evaluated
        words = [
            self.tr("{state}: {n} tried").format(state=state, n=evaluated),
            self.tr("{rate:.1f}/s").format(rate=finished.candidates_per_second),
            self.tr("{n} kept").format(n=earlier.admitted + finished.admitted),
        ]
        if finished.best is not None:
            words.append(self.tr("best {value:.3f}").format(value=finished.best[1]))
        self.facts.setText("  ·  ".join(words))

    def show_scorer(self, chosen: ScorerChosen) -> None:
        """What judges, what it runs on, and, for a while, why it was taken."""
        name, device = voter_title(chosen.name), device_title(chosen.device)
        self.scorer.setText(self.tr("{name} on {device}").format(name=name, device=device))
        self.scorer.setToolTip(chosen.reason)
        self.showMessage(with_capital(chosen.reason), REASON_MS)

    def reset(self) -> None:
        """Another project."""
        self.facts.clear()
        self.activity.clear()
        self.bar.hide()
