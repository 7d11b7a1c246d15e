"""A project of very many branches: its size, how long it takes to open, and how fast it explores.

``python -m tests.benchmarks.growth [BRANCHES] [FOLDER]`` explores the sample images, makes a large
project of that by copying rows (100,000 branches), and then explores an empty project, the small
one and the large one in turns, so that whatever else runs on the machine slows all of them.  No
timed test: it only reports.  The large project is kept in FOLDER where one is given, and used
again.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from layerforge.explore.events import Event, RoundDone
from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.settings import ExploreSettings
from layerforge.files.assets import samples_folder
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer
from tests.benchmarks.growing import bytes_a_branch, grow

BRANCHES = 100_000
SMALL = 1600
BUDGET = 320
TURNS = 3


def new_project(path: Path) -> None:
    with Project.create(path, canvas=Canvas(width=1024, height=1024)) as project:
        add_sources(project, read_sources([samples_folder()]))


def explore(path: Path, *, seed: int, budget: int, strategy: str = "beam") -> dict[str, float]:
    """Candidates a second: of all, from the first round to the last, and by the processor's time.

    start: seconds until the first round was kept.
    """
    rounds: list[tuple[int, float, float]] = []

    def listen(event: Event) -> None:
        if isinstance(event, RoundDone):
            rounds.append((event.evaluated, time.perf_counter(), time.process_time()))

    settings = ExploreSettings(seed=seed, budget=budget, strategy=strategy)
    with Project.open(path) as project:
        began = time.perf_counter()
        Explorer(project, settings, MeasuresScorer(), listener=listen).run()
    first, last = rounds[0], rounds[-1]
    return {
        "all": last[0] / (last[1] - began),
        "rounds": (last[0] - first[0]) / (last[1] - first[1]),
        "processor": (last[0] - first[0]) / (last[2] - first[2]),
        "start": first[1] - began,
    }


def open_it(path: Path) -> tuple[float, float]:
    """Seconds until all that the app shows is there, by the clock and by the processor's time."""
    began, spent = time.perf_counter(), time.process_time()
    with Project.open(path, read_only=True) as project:
        assert project.sources()
        assert project.branches()
        project.decisions()
    return time.perf_counter() - began, time.process_time() - spent


def main() -> None:
    branches = int(sys.argv[1]) if len(sys.argv) > 1 else BRANCHES
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        small, large = folder / "small.layerforge", folder / "large.layerforge"
        if not small.exists():
            new_project(small)
            explore(small, seed=1, budget=SMALL, strategy="random")
        count, size = bytes_a_branch(small)
        print(f"{count} branches of the sample images: {size / 1e3:.1f} KB a branch")
        if not large.exists():
            shutil.copyfile(small, large)
            grow(large, branches=branches)
        count, size = bytes_a_branch(large)
        print(
            f"{count} branches: {large.stat().st_size / 1e9:.2f} GB, {size / 1e3:.1f} KB a branch"
        )
        for _ in range(TURNS):
            clock, processor = open_it(large)
            print(f"open and read all branches: {clock:.2f} s, of the processor {processor:.2f} s")
        found: dict[str, list[dict[str, float]]] = {"empty": [], "small": [], "large": []}
        for turn in range(TURNS):
            empty = Path(temporary) / f"empty{turn}.layerforge"
            new_project(empty)
            for name, path in (("empty", empty), ("small", small), ("large", large)):
                found[name].append(explore(path, seed=turn, budget=BUDGET))
                said = ", ".join(f"{key} {value:.2f}" for key, value in found[name][-1].items())
                print(f"  {name}: {said}")
        for key in ("all", "rounds", "processor"):
            middle = {name: statistics.median(one[key] for one in found[name]) for name in found}
            print(
                f"candidates/s ({key}): "
                + ", ".join(f"{name} {value:.1f}" for name, value in middle.items())
                + f"; large/empty {middle['large'] / middle['empty']:.2f}"
                + f", large/small {middle['large'] / middle['small']:.2f}"
            )


if __name__ == "__main__":
    main()
