"""Where threads meet Qt: what other threads say arrives here, in the window's thread.

Only frozen values cross.  Signals are queued, so nothing runs in the window's thread but from its
event loop; and nothing outside this file is called in another thread, save work handed over here.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from layerforge.explore.events import (
    Event,
    Failed,
    Finished,
    Halted,
    Note,
    RoundDone,
    Started,
    WentOn,
)
from layerforge.explore.jobs import Future, make_executor
from layerforge.model.errors import LayerForgeError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ScorerChosen:
    """Which scorer judges, the device it runs on, and one line that says why.

    voters: the names of those that vote.
    """

    name: str
    device: str
    reason: str
    voters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loading:
    """CLIP is being loaded; or what it says meanwhile, or later on, in words."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class WeightsLacking:
    """Weights are not on this machine.

    needed: exploring could not begin without them; else others judge.  preset: which one they are
    of; empty where they can't be fetched by a preset's name.
    """

    text: str
    preset: str
    needed: bool


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The exploring job is over, however it went."""


class ExplorerBridge(QObject):
    """The explorer's events as signals in the window's thread."""

    scorer_chosen = Signal(ScorerChosen)
    loading = Signal(str)
    weights_lacking = Signal(WeightsLacking)
    started = Signal(Started)
    round_done = Signal(RoundDone)
    noted = Signal(str)
    halted = Signal(str)
    went_on = Signal()
    finished = Signal(Finished)
    failed = Signal(str)
    job_ended = Signal()
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def tell(self, event: Event | ScorerChosen | Loading | WeightsLacking | JobEnded) -> None:
        """Take an event from any thread."""
        if self._open:
            self._told.emit(event)

    def close(self) -> None:
        """Take nothing more; what is on its way is dropped."""
        self._open = False

    def _deliver(self, event: object) -> None:
        if not self._open:
            return
        match event:
            case ScorerChosen():
                self.scorer_chosen.emit(event)
            case Loading(text):
                self.loading.emit(text)
            case WeightsLacking():
                self.weights_lacking.emit(event)
            case Started():
                self.started.emit(event)
            case RoundDone():
                self.round_done.emit(event)
            case Note(text):
                self.noted.emit(text)
            case Halted(text):
                self.halted.emit(text)
            case WentOn():
                self.went_on.emit()
            case Finished():
                self.finished.emit(event)
            case Failed(text):
                self.failed.emit(text)
            case JobEnded():
                self.job_ended.emit()


@dataclass(frozen=True, slots=True)
class _Task:
    """What to do in the window's thread when work ends, fails, or tells how far it is."""

    then: Callable[[Any], None]
    otherwise: Callable[[str], None]
    progress: Callable[[Any], None] | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: object = None
    error: BaseException | None = None


Tell = Callable[[object], None]
"""Called by work, from its thread, to tell how far it is; takes a frozen value."""


class Background(QObject):
    """Work in other threads; its result comes back in the window's thread.

    threads: how many pieces of work run at a time; with 1 they run in the order they came.
    """

    _arrived = Signal(int, object)
    _progressed = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 1) -> None:
        super().__init__(parent)
        self._executor = make_executor(threads)
        self._numbers = itertools.count(1)
        self._tasks: dict[int, _Task] = {}
        self._futures: dict[int, Future[Any]] = {}
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._report, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether work waits, runs, or has a result on its way."""
        return bool(self._tasks)

    def submit(
        self,
        work: Callable[[Tell], _T],
        *,
        then: Callable[[_T], None],
        otherwise: Callable[[str], None],
        progress: Callable[[Any], None] | None = None,
    ) -> None:
        """Run ``work`` in another thread; nothing once this is closed.

        then: gets its result.  otherwise: gets one line where it raised a LayerForgeError; any
        other exception goes to ``sys.excepthook`` as well.  All are called in this thread.
        """
        if not self._open:
            return
        number = next(self._numbers)
        self._tasks[number] = _Task(then=then, otherwise=otherwise, progress=progress)
        future = self._executor.submit(work, partial(self._tell, number))
        self._futures[number] = future
        future.add_done_callback(partial(self._done, number))

    def close(self, *, timeout_s: float) -> bool:
        """Drop what waits and what is on its way; False where some work did not end in time."""
        self._open = False
        self._tasks.clear()
        self._executor.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + timeout_s
        while not all(future.done() for future in self._futures.values()):
            if time.monotonic() >= end:
                return False
            time.sleep(0.005)
        return True

    # In the worker's thread ---------------------------------------------------------------------

    def _tell(self, number: int, value: object) -> None:
        if self._open:
            self._progressed.emit(number, value)

    def _done(self, number: int, future: Future[Any]) -> None:
        if not self._open or future.cancelled():
            return
        error = future.exception()
        outcome = _Outcome(error=error) if error else _Outcome(result=future.result())
        self._arrived.emit(number, outcome)

    # In the window's thread ---------------------------------------------------------------------

    def _report(self, number: int, value: object) -> None:
        task = self._tasks.get(number)
        if task is not None and task.progress is not None:
            task.progress(value)

    def _deliver(self, number: int, outcome: _Outcome) -> None:
        self._futures.pop(number, None)
        task = self._tasks.pop(number, None)
        if task is None:
            return
        error = outcome.error
        if error is None:
            task.then(outcome.result)
        elif isinstance(error, LayerForgeError):
            task.otherwise(" ".join(str(error).split()))
        else:
            task.otherwise(f"an error inside LayerForge: {type(error).__name__}: {error}")
            sys.excepthook(type(error), error, error.__traceback__)
