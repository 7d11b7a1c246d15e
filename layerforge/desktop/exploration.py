"""The exploring job of a window: start, pause, resume, stop, and what state it is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import (
    ExplorerBridge,
    JobEnded,
    Loading,
    ScorerChosen,
    WeightsLacking,
)
from layerforge.explore.events import Listener, RoundDone
from layerforge.explore.explorer import Explorer
from layerforge.explore.jobs import BackgroundJob, Control
from layerforge.explore.palate import TASTE
from layerforge.explore.scorers import Choice, choose_scorer, missing_libraries
from layerforge.explore.settings import ClipSettings, ExploreSettings
from layerforge.model.values import to_json
from layerforge.project.project import Project
from layerforge.scoring.checkpoints import WeightsMissing
from layerforge.scoring.jury import seated, voters_of

_CLIP_FIELDS = ClipSettings.__struct_fields__

Heavy = dict[bytes, Choice]
"""Scorers that took long to load, by what was asked for."""


def chosen(
    settings: ExploreSettings,
    heavy: Heavy,
    *,
    on_notice: Callable[[str], None] | None = None,
    on_loading: Callable[[], None] = lambda: None,
) -> Choice:
    """The scorer that ``settings`` ask for; one of ``heavy`` where it is there.

    on_notice, on_loading: as of `choose_scorer`.
    """
    asked = {name: getattr(settings, name) for name in ("scorer", "device", *_CLIP_FIELDS)}
    wanted = to_json(asked)
    choice = heavy.get(wanted)
    if choice is None:
        choice = choose_scorer(
            settings.scorer,
            device=settings.device,
            settings=settings,
            on_notice=on_notice,
            on_loading=on_loading,
        )
        if choice.scorer.name != "measures":  # that one is made in no time
            heavy[wanted] = choice
    return choice


class State(Enum):
    """What the exploring job does."""

    IDLE = "idle"
    LOADING = "loading"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was tried and kept before exploring went on in another run or another file."""

    evaluated: int = 0
    admitted: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to explore, and whether it waits for the user."""

    settings: ExploreSettings
    earlier: Earlier
    paused: bool


class Exploration(QObject):
    """One exploring job at a time.  Its events are the signals of ``bridge``.

    earlier: what went before where the job goes on with an earlier one's budget; the counts of
    its events are its own.
    """

    state_changed = Signal(State)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = ExplorerBridge(self)
        self.state = State.IDLE
        self._job: BackgroundJob | None = None
        self.earlier = Earlier()
        self._settings = ExploreSettings()
        self._now = Earlier()
        self._held: tuple[Project, Rest] | None = None
        self.heavy: Heavy = {}  # used by one job at a time
        self._when_idle: list[Callable[[], None]] = []
        self.bridge.started.connect(self._on_started)
        self.bridge.round_done.connect(self._on_round)
        self.bridge.halted.connect(self._on_halted)
        self.bridge.went_on.connect(self._on_went_on)
        self.bridge.job_ended.connect(self._on_ended)

    @property
    def active(self) -> bool:
        """Whether a job goes on, also where it is paused or about to stop."""
        return self.state is not State.IDLE

    @property
    def continuing(self) -> bool:
        """Whether a job is stopped only to go on at once otherwise."""
        return self.state is State.STOPPING and bool(self._when_idle)

    def start(
        self, project: Project, settings: ExploreSettings, *, earlier: Earlier | None = None
    ) -> None:
        """Begin to explore ``project``; nothing where a job goes on already."""
        if self.active:
            return
        self._settings, self._now = settings, Earlier()
        self.earlier = earlier or Earlier()
        work = partial(_explore, project, settings, self.heavy, self.bridge)
        self._job = BackgroundJob(work, listener=self.bridge.tell)
        self._set(State.LOADING)
        self._job.start()

    def go_on(self, project: Project, rest: Rest) -> None:
        """Go on in ``project``; where the rest waits, this is paused, without a job."""
        if not rest.paused:
            self.start(project, rest.settings, earlier=rest.earlier)
        elif not self.active:
            self._settings, self._now, self.earlier = rest.settings, Earlier(), rest.earlier
            self._held = project, rest
            self._set(State.PAUSED)

    def pause(self) -> None:
        """Hold the job before its next round."""
        if self._job is not None and self.state in (State.LOADING, State.RUNNING):
            self._job.control.pause()
            self._set(State.PAUSED)

    def resume(self) -> None:
        """Go on; where the project could not be written, try that again."""
        if self._held is not None:
            (project, rest), self._held = self._held, None
            self.state = State.IDLE  # not told: what follows is
            self.start(project, rest.settings, earlier=rest.earlier)
        elif self._job is not None and self.state is State.PAUSED:
            self._job.control.resume()
            self._set(State.RUNNING)

    def stop(self) -> None:
        """End the job soon; finished rounds are kept."""
        if self._held is not None:
            self._held = None
            self._set(State.IDLE)
        elif self._job is not None and self.active:
            self._job.control.stop()
            self._set(State.STOPPING)

    def when_idle(self, act: Callable[[], None]) -> None:
        """Stop the job, then do ``act``; at once where there is none."""
        if self._job is None:
            self.stop()
            act()
            return
        self._when_idle.append(act)
        self.stop()

    def rest(self, *, paused: bool = False) -> Rest | None:
        """What the job, running now or ended last, has left of its budget."""
        left = self._settings.budget - self._now.evaluated
        if left <= 0:
            return None
        earlier = Earlier(
            evaluated=self.earlier.evaluated + self._now.evaluated,
            admitted=self.earlier.admitted + self._now.admitted,
        )
        settings = msgspec.structs.replace(self._settings, budget=left)
        return Rest(settings=settings, earlier=earlier, paused=paused)

    def close(self, *, timeout_s: float) -> bool:
        """Stop the job and wait for its end; False where it did not come in time."""
        self._when_idle.clear()
        self.bridge.close()
        if self._job is None:
            return True
        self._job.control.stop()
        return self._job.join(timeout_s)

    def _set(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _on_started(self) -> None:
        if self.state is State.LOADING:
            self._set(State.RUNNING)

    def _on_round(self, done: RoundDone) -> None:
        self._now = Earlier(evaluated=done.evaluated, admitted=done.admitted)

    def _on_halted(self) -> None:
        """The job waits until the project can be written, which is a pause nobody asked for."""
        if self.state in (State.LOADING, State.RUNNING):
            self._set(State.PAUSED)

    def _on_went_on(self) -> None:
        paused_by_user = self._job is None or self._job.control.paused
        if self.state is State.PAUSED and not paused_by_user:
            self._set(State.RUNNING)

    def _on_ended(self) -> None:
        if self._job is not None:
            self._job.join(1.0)  # it said goodbye as its last word
        self._job = None
        self._set(State.IDLE)
        waiting, self._when_idle = self._when_idle, []
        for act in waiting:
            act()


def _explore(
    project: Project,
    settings: ExploreSettings,
    heavy: Heavy,
    bridge: ExplorerBridge,
    control: Control,
    listener: Listener,
) -> None:
    """The work of the job, in its thread: choose the scorer, which may take seconds, explore."""
    del listener  # the bridge is told more kinds of events
    try:
        try:
            choice = chosen(
                settings,
                heavy,
                on_notice=lambda line: bridge.tell(Loading(line)),
                on_loading=lambda: bridge.tell(Loading()),
            )
        except WeightsMissing as error:
            preset = "" if settings.clip_model else settings.preset
            bridge.tell(WeightsLacking(str(error), preset, needed=True))
            return
        voters = voters_of(seated(choice.scorer, alone=settings.clip_alone))
        bridge.tell(
            ScorerChosen(
                name=choice.scorer.name,
                device=choice.device,
                reason=choice.reason,
                voters=voters,
            )
        )
        could_be_clip = choice.scorer.name == "measures" and settings.scorer == "auto"
        if could_be_clip and not missing_libraries():
            bridge.tell(WeightsLacking(choice.reason, settings.preset, needed=False))
        control.check()
        # a weight may be meant for a voter of another scorer: it waits until that one judges
        weights = {
            name: weight for name, weight in settings.weights.items() if name in (*voters, TASTE)
        }
        Explorer(
            project,
            msgspec.structs.replace(settings, weights=weights),
            choice.scorer,
            device=choice.device,
            listener=bridge.tell,
            control=control,
        ).run()
    finally:
        bridge.tell(JobEnded())
