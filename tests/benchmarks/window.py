"""How quick the window is, how it holds 10,000 branches, and how level its memory stays.

``python -m tests.benchmarks.window`` prints all of it, by default with one minute of exploring at
the end; ``--minutes 30`` gives the curve of half an hour.  ``--only memory`` (or ``start``,
``gaps``, ``large``) measures one thing.  It runs without a screen unless QT_QPA_PLATFORM says
otherwise, and keeps its settings and projects in a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.explore.explorer import Explorer
from layerforge.explore.settings import ExploreSettings
from layerforge.files.assets import samples_folder
from layerforge.files.images import read_source
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer
from tests.benchmarks.growing import grow

if TYPE_CHECKING:
    from layerforge.desktop.window import MainWindow

MORE_THAN_ENDS = 1_000_000
SEED = 7


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="of exploring, for the memory")
    parser.add_argument("--branches", type=int, default=10_000, help="of the large project")
    parser.add_argument("--only", choices=("start", "gaps", "large", "memory"))
    parser.add_argument("--explored", type=int, default=400, help="candidates it is grown from")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CACHE", "CONFIG", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        measures: dict[str, Callable[[], None]] = {
            "start": first_thumbnail,
            "gaps": gaps_while_exploring,
            "large": lambda: large_project(Path(folder), asked.branches, asked.explored),
            "memory": lambda: memory(asked.minutes),
        }
        from PySide6.QtCore import qInstallMessageHandler

        from layerforge.desktop.application import make_app

        app = make_app()
        qInstallMessageHandler(_hear)
        for name, measure in measures.items():
            if asked.only in (None, name):
                measure()
        del app


def _hear(_kind: object, _context: object, text: str) -> None:
    """What Qt has to say, without what the offscreen platform always says."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def first_thumbnail() -> None:
    """From Explore to the first picture that is painted, with measures."""
    window = _window_with_samples()
    bridge = window.session.exploration.bridge
    seen: dict[str, float] = {}
    for signal, name in (
        (bridge.scorer_chosen, "the scorer is there"),
        (bridge.started, "the run began"),
        (bridge.round_done, "first round done"),
    ):
        signal.connect(lambda _event, name=name: seen.setdefault(name, time.perf_counter()))
    began = time.perf_counter()
    _explore(window)
    _until(lambda: window.panels.gallery.thumbnails.held_bytes > 0)
    _say("first thumbnail after Explore", f"{time.perf_counter() - began:.2f} s")
    for name, when in seen.items():
        _say(f"  {name} after", f"{when - began:.2f} s")
    _close(window)


def gaps_while_exploring(*, runs: int = 3, seconds: float = 10.0) -> None:
    """How long the event loop stands still while it explores; the median of some runs."""
    from tests.benchmarks.heartbeat import Heartbeat, turn

    window = _window_with_samples()
    _explore(window)
    _until(lambda: window.panels.gallery.model.rowCount() > 0)
    found = []
    for run in range(runs):
        heart = Heartbeat()
        turn(seconds)
        found.append(heart.stop())
        _say(f"event loop while exploring, run {run + 1}, {seconds:.0f} s", str(found[-1]))
    median = statistics.median(gaps.largest for gaps in found)
    _say("  median of the largest gaps", f"{median:.0f} ms")
    _close(window)


def large_project(folder: Path, branches: int, explored: int) -> None:
    """Opening a large project, and scrolling through it."""
    from layerforge.desktop.window import MainWindow
    from tests.benchmarks.heartbeat import Heartbeat, turn

    path = folder / "large.layerforge"
    with Project.create(path, canvas=Canvas(width=1200, height=1200)) as project:
        for sample in sorted(samples_folder().iterdir())[:4]:
            file = read_source(sample)
            project.add_source(file.source, file.file_bytes)
        settings = ExploreSettings(budget=explored, seed=SEED, scorer="measures")
        Explorer(project, settings, MeasuresScorer(), listener=lambda _event: None).run()
    grow(path, branches=branches)
    window = MainWindow()
    _show(window)
    panels, began = window.panels, time.perf_counter()
    heart = Heartbeat()
    seen: list[float] = []
    window.session.opened.connect(lambda _opened: seen.append(time.perf_counter()))
    window.documents.open(path)
    _until(lambda: bool(seen) and panels.gallery.thumbnails.held_bytes > 0)
    painted = time.perf_counter()
    _say(f"{branches:,} branches: file read and shown after", f"{seen[0] - began:.2f} s")
    _say("  first pictures painted, loop free, after", f"{painted - began:.2f} s")
    _say("  of that after the file was read", f"{painted - seen[0]:.2f} s")
    _say("  event loop until then", str(heart.stop()))
    heart = Heartbeat()
    turn(15)
    _say("  event loop in the 15 s after that (stacks, order)", str(heart.stop()))
    fetched: list[int] = []

    def fetch(branch_id: int) -> bytes | None:
        fetched.append(branch_id)
        return window.session.project.thumbnail(branch_id)

    heart = Heartbeat()
    window.studio.stack.setChecked(False)
    turn(1)
    _say("  event loop while all stacks are unfolded", str(heart.stop()))
    panels.gallery.thumbnails.clear(fetch)
    view, bar = panels.gallery.view, panels.gallery.view.verticalScrollBar()
    shown: set[int] = set()
    for part in range(21):
        bar.setValue(round(bar.maximum() * part / 20))
        turn(0.4)
        rows = range(panels.gallery.model.rowCount())
        sight = view.viewport().rect()
        index = panels.gallery.model.index
        shown |= {one for one in rows if sight.intersects(view.visualRect(index(one)))}
    rows_there = panels.gallery.model.rowCount()
    _say("  scrolled through in 21 leaps", f"{len(shown)} of {rows_there} rows came in sight")
    _say("  thumbnails decoded by that", f"{len(fetched)}, {len(set(fetched))} different")
    _say("  pictures held", f"{panels.gallery.thumbnails.held_bytes / 2**20:.1f} MiB")
    _close(window)


def memory(minutes: float) -> None:
    """The memory of the whole process by minute of exploring, and how many branches there are."""
    import psutil

    from tests.benchmarks.heartbeat import turn

    process = psutil.Process()
    window = _window_with_samples()
    rounds: list[int] = []
    window.session.exploration.bridge.round_done.connect(lambda done: rounds.append(done.evaluated))
    _explore(window)
    _until(lambda: window.panels.gallery.model.rowCount() > 0)
    _say("memory while exploring", "minute, MiB, branches, candidates tried")
    began = time.perf_counter()
    minute = 0.0
    while True:
        tried = rounds[-1] if rounds else 0
        mib = process.memory_info().rss / 2**20
        print(f"  {minute:5.1f} {mib:8.0f} {window.session.branch_count:7d} {tried:8d}", flush=True)
        if minute >= minutes - 0.01:
            break
        turn(min(60.0, 60 * (minutes - minute)))
        minute = (time.perf_counter() - began) / 60
    _close(window)


def _window_with_samples() -> MainWindow:
    from layerforge.desktop.window import MainWindow

    window = MainWindow()
    _show(window)
    window.documents.add_samples()
    _until(lambda: bool(window.session.sources) and not window.session.busy)
    return window


def _show(window: MainWindow) -> None:
    window.resize(1366, 768)
    window.show()
    window.studio.stack.setChecked(True)
    bar = window.panels.explore_bar
    bar.budget.setValue(min(MORE_THAN_ENDS, bar.budget.maximum()))
    choice = bar.advanced.scorer
    choice.setCurrentIndex(choice.findData("measures"))


def _explore(window: MainWindow) -> None:
    window.panels.explore_bar.main_button.click()


def _close(window: MainWindow) -> None:
    window.session.exploration.stop()
    window.leave()
    window.deleteLater()
    from tests.benchmarks.heartbeat import turn

    turn(0.5)


def _until(so: Callable[[], bool], *, patience_s: float = 180.0) -> None:
    from tests.benchmarks.heartbeat import turn

    end = time.perf_counter() + patience_s
    while not so():
        if time.perf_counter() > end:
            sys.exit("waited too long")
        turn(0.01)


def _say(what: str, found: str) -> None:
    print(f"{what}: {found}", flush=True)


if __name__ == "__main__":
    main()
