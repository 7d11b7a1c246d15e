"""Progress on a terminal, and a clean end of exploring on Ctrl+C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from layerforge.cli.output import note
from layerforge.explore.events import (
    Event,
    Finished,
    Halted,
    Listener,
    Note,
    RoundDone,
    Started,
    WentOn,
)
from layerforge.explore.jobs import Control

_WAITS = (
    "Exploring waits, and goes on by itself; Ctrl+C ends it, and all that was kept before is safe"
)

Work = Callable[[Listener, Control], Finished]


def explore_with_progress(work: Work) -> Finished:
    """Run ``work`` with a bar on stderr where that is a terminal, with plain lines elsewhere.

    The first Ctrl+C stops it, with the finished rounds kept; a second one interrupts at once.
    """
    control = Control()
    with _stop_on_interrupt(control):
        if sys.stderr.isatty():
            return _with_bar(work, control)
        return work(_tell_plainly, control)


def _tell_plainly(event: Event) -> None:
    if text := _words(event):
        note(text)


def _words(event: Event) -> str:
    """What is said of an event beside the bar; empty where nothing is."""
    match event:
        case Note(text):
            return text
        case Halted(text):
            return f"{text}. {_WAITS}"
        case WentOn():
            return "it could be written: exploring goes on"
        case _:
            return ""


def _with_bar(work: Work, control: Control) -> Finished:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    with Progress(
        TextColumn("exploring"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[best]}"),
        console=console,
    ) as progress:
        task = progress.add_task("explore", total=None, rate="", best="")

        def listen(event: Event) -> None:
            if isinstance(event, Started):
                progress.update(task, total=event.budget)
            elif isinstance(event, RoundDone):
                best = "" if event.best is None else f"best {event.best[1]:.3f}"
                progress.update(
                    task,
                    completed=event.evaluated,
                    rate=f"{event.candidates_per_second:.1f}/s, {event.admitted} kept",
                    best=best,
                )
            elif text := _words(event):
                progress.console.print(f"layerforge: {text}", markup=False, highlight=False)

        return work(listen, control)


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on stderr where that is a terminal, nothing elsewhere.

    Gives what to tell: how many are done, of how many, and what comes next.
    """
    if not sys.stderr.isatty():
        yield lambda done, of, now: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}"),
        console=Console(stderr=True),
        # lines on stdout go above the bar, but only where both are on the screen
        redirect_stdout=sys.stdout.isatty(),
    ) as progress:
        task = progress.add_task(what, total=None, now="")

        def tell(done: int, of: int, now: str) -> None:
            progress.update(task, completed=done, total=of, now=now)

        yield tell


@contextmanager
def _stop_on_interrupt(control: Control) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        if control.stopping:
            raise KeyboardInterrupt
        note("stopping; finished rounds are kept (Ctrl+C again to end at once)")
        control.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
