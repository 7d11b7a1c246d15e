"""The only threads: the pool that renders and judges, and the one that explores for a window."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import (
    Executor,
    Future,
    InvalidStateError,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from concurrent.futures import wait as wait_for
from contextlib import suppress
from typing import TypeVar

from layerforge.explore.events import Failed, Listener
from layerforge.model.errors import LayerForgeError

__all__ = [
    "BackgroundJob",
    "Control",
    "Executor",
    "Future",
    "Stopped",
    "as_completed",
    "do_into",
    "in_background",
    "make_executor",
    "make_processes",
    "settle",
]

_T = TypeVar("_T")


class Stopped(Exception):
    """The user stopped the work; finished rounds are kept."""


class Control:
    """The way to pause, resume and stop work from another thread."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self._nudge = threading.Event()

    def pause(self) -> None:
        """Hold the work before its next round."""
        self._go.clear()

    def resume(self) -> None:
        """Go on, and try again at once what is to be tried again."""
        self._go.set()
        self._nudge.set()

    def stop(self) -> None:
        """End the work soon; also where it is paused."""
        self._stop.set()
        self._go.set()
        self._nudge.set()

    @property
    def paused(self) -> bool:
        """Whether the work is held."""
        return not self._go.is_set()

    @property
    def stopping(self) -> bool:
        """Whether the work should end."""
        return self._stop.is_set()

    def check(self) -> None:
        """Wait while paused; raise Stopped where the work should end."""
        self._go.wait()
        if self._stop.is_set():
            raise Stopped

    def hold(self, seconds: float, *, first: bool) -> bool:
        """Wait before something is tried again; True where the user asked for it.

        first: it is the first time, so that what was asked before is not meant.  Raises Stopped
        where the work should end.
        """
        if first:
            self._nudge.clear()
        if self._stop.is_set():
            raise Stopped
        asked = self._nudge.wait(seconds)
        self._nudge.clear()
        if self._stop.is_set():
            raise Stopped
        return asked

    def gather(self, futures: Sequence[Future[_T]]) -> list[_T]:
        """The results of ``futures`` in their order; raises Stopped as soon as asked to stop."""
        waiting = set(futures)
        while waiting:
            if self._stop.is_set():
                for future in futures:
                    future.cancel()
                raise Stopped
            waiting = wait_for(waiting, timeout=0.1).not_done
        return [future.result() for future in futures]


def default_threads() -> int:
    """One a core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def make_executor(threads: int = 0) -> Executor:
    """A pool of ``threads`` worker threads, 0 for one a core."""
    return ThreadPoolExecutor(threads or default_threads(), thread_name_prefix="layerforge-worker")


def make_processes(count: int) -> Executor:
    """``count`` processes of one thread each, for whole runs that share nothing; 0: one a core."""
    workers = count or os.cpu_count() or 1
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def in_background(job: Callable[..., _T], *given: object, **named: object) -> Future[_T]:
    """Begin one job in a thread of its own, which ends with it."""
    background = make_executor(1)
    begun = background.submit(job, *given, **named)
    background.shutdown(wait=False)
    return begun


def settle(outcome: Future[_T], found: _T) -> None:
    """Give ``outcome`` its result, unless somebody was faster or it was cancelled."""
    with suppress(InvalidStateError):
        outcome.set_result(found)


def do_into(outcome: Future[_T], job: Callable[..., _T], *given: object) -> None:
    """Do a job for ``outcome``, unless it has ended."""
    if outcome.done():
        return
    try:
        found = job(*given)
    except BaseException as error:  # noqa: BLE001 - handed on to who waits for it
        with suppress(InvalidStateError):
            outcome.set_exception(error)
    else:
        settle(outcome, found)


class BackgroundJob:
    """Work in a thread of its own, which tells a listener what happens and can be stopped."""

    def __init__(self, work: Callable[[Control, Listener], object], *, listener: Listener) -> None:
        self.control = Control()
        self._work = work
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="layerforge-explorer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; False where it did not come in time."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._work(self.control, self._listener)
        except Stopped:
            pass
        except LayerForgeError as error:
            self._listener(Failed(str(error)))
        except Exception as error:
            self._listener(Failed(f"an error inside LayerForge: {type(error).__name__}: {error}"))
            raise
