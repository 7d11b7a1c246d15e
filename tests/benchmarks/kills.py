"""Kills exploring processes at random moments, and looks at what they leave.

``python -m tests.benchmarks.kills --count 200`` explores small projects with the command line,
ends each process with SIGKILL, and opens the project again: it must be whole, its tree that of an
undisturbed run up to some round, and no round may be gone that was there a moment before the kill.
Exploring goes on from some of them, twice: both times it must come to the same tree.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from layerforge.files.assets import samples_folder
from layerforge.project.project import Project

PHASES = ("start", "anywhere", "onward", "again", "closing")
"""While the project is made and its sources come in; at any time of a new project; at any time
where exploring goes on in a project; while kept branches are judged again; while it is closed."""

ORDER = ("anywhere", "start", "onward", "again", "anywhere", "onward", "closing")

START_S = 0.06
CLOSING_S = 0.03
AGAIN_S = 1.5
"""Up to so long after their beginnings the processes are killed in those phases."""

NAME = "p.layerforge"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Run:
    """An undisturbed run: its tree, `tree_of`, and how long it took."""

    rows: list[Row]
    seconds: float


@dataclass(frozen=True)
class Ground:
    """What all kills start from.

    images: the sources, by id.  new: a run that makes a project.  explored: such a project.
    onward: a run that goes on from it.
    """

    images: Path
    sources: list[str]
    budget: int
    new: Run
    explored: Path
    onward: Run


@dataclass(frozen=True)
class Kill:
    """What one kill left.

    made: whether there was a project yet.  seen: how many rounds were there just before the kill;
    kept: how many are there afterwards.  sources: how many of those are there.  went_on: whether
    exploring went on from it.  problems: what should not be.
    """

    phase: str
    made: bool = False
    seen: int = 0
    kept: int = 0
    sources: int = 0
    went_on: bool = False
    problems: tuple[str, ...] = ()


def explore(ground: Path, project: Path, *, budget: int, closely: bool = False):
    """A process that explores a small project of the images in a folder."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "layerforge", "explore", str(ground), "--project", str(project),
            "--budget", str(budget), "--seed", "7", "--size", "96x64", "--scorer", "measures",
            "--json", *([] if closely else ["--no-fragility"]),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )  # fmt: skip


def explored(images: Path, path: Path, *, budget: int) -> Run:
    """Explore to the end."""
    began = time.monotonic()
    with explore(images, path, budget=budget) as running:
        _, said = running.communicate()
    if running.returncode:
        raise RuntimeError(said)
    seconds = time.monotonic() - began
    with Project.open(path, read_only=True) as project:
        return Run(rows=tree_of(project), seconds=seconds)


def tree_of(project: Project) -> list[Row]:
    """What must repeat."""
    return [(one.round, one.id, one.parent, one.steps) for one in project.branches()]


def make_ground(folder: Path, *, budget: int) -> Ground:
    """Explore once without being disturbed."""
    images = folder / "images"
    images.mkdir()
    for path in sorted(samples_folder().glob("*.png"))[:3]:
        with Image.open(path) as image:
            image.thumbnail((240, 240))
            image.save(images / path.name)
    path, further = folder / "new.layerforge", folder / "onward.layerforge"
    new = explored(images, path, budget=budget)
    shutil.copy(path, further)
    onward = explored(images, further, budget=budget)
    with Project.open(path, read_only=True) as project:
        sources = [one.id for one in project.sources()]
    return Ground(
        images=images, sources=sources, budget=budget, new=new, explored=path, onward=onward
    )


def kill_once(ground: Ground, folder: Path, *, phase: str, chance: random.Random) -> Kill:
    """Explore in an empty ``folder``, kill, and look."""
    path = folder / NAME
    run = ground.new
    if phase in ("onward", "again", "closing"):
        shutil.copy(ground.explored, path)
        run = ground.onward
    closely = phase == "again"
    with explore(ground.images, path, budget=ground.budget, closely=closely) as running:
        _wait(running, folder, run.seconds, phase=phase, chance=chance)
        seen = 0 if phase == "closing" else rounds_in(path)
        running.kill()
    rows = ground.new.rows if closely else run.rows
    return look(path, rows=rows, sources=ground.sources, phase=phase, seen=seen)


def _wait(
    running: subprocess.Popen[str],
    folder: Path,
    seconds: float,
    *,
    phase: str,
    chance: random.Random,
) -> None:
    assert running.stdout is not None
    assert running.stderr is not None
    if phase == "start":
        while running.poll() is None and not any(folder.iterdir()):
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, START_S))
    elif phase == "again":
        for line in running.stderr:
            if "kept branches" in line:
                break
        time.sleep(chance.uniform(0, AGAIN_S))
    elif phase == "closing":
        running.stdout.readline()
        time.sleep(chance.uniform(0, CLOSING_S))
    else:
        end = time.monotonic() + chance.uniform(0, seconds)
        while running.poll() is None and time.monotonic() < end:
            time.sleep(0.005)


def rounds_in(path: Path) -> int:
    """The rounds that another program sees, 0 where there is none yet."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
            return int(reader.execute("SELECT COALESCE(MAX(round), 0) FROM rounds").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def look(path: Path, *, rows: list[Row], sources: list[str], phase: str, seen: int) -> Kill:
    """Open what a kill left; rows and sources are those of an undisturbed run."""
    if not path.exists():
        return Kill(phase=phase, seen=seen)
    problems: list[str] = []
    kept, found = 0, []
    try:
        with Project.open(path) as project:
            kept = project.rounds_done()
            if project.read_only:
                problems.append(project.why_read_only)
            known = [row for row in tree_of(project) if row[0] <= rows[-1][0]]
            if known != [row for row in rows if row[0] <= kept]:
                problems.append("another tree")
            found = [one.id for one in project.sources()]
            if found != sources[: len(found)]:
                problems.append("other sources")
            if len(set(project.judges().values())) > 1:
                problems.append("judged by two")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be reported
        problems.append(f"{type(error).__name__}: {error}")
    if kept < seen:
        problems.append(f"{seen - kept} rounds lost")
    left = sorted(one.name for one in path.parent.iterdir())
    if left != [path.name]:
        problems.append(f"left beside it: {left}")
    with closing(sqlite3.connect(path)) as connection:
        if (said := connection.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            problems.append(str(said))
        if said := connection.execute("PRAGMA foreign_key_check").fetchall():
            problems.append(str(said))
    return Kill(
        phase=phase,
        made=True,
        seen=seen,
        kept=kept,
        sources=len(found),
        problems=tuple(problems),
    )


def go_on(images: Path, path: Path) -> tuple[str, ...]:
    """Explore on from what a kill left, in two copies; what is wrong with that."""
    trees = []
    for name in ("one", "two"):
        copy = path.with_name(f"{name}.layerforge")
        shutil.copy(path, copy)
        explored(images, copy, budget=32)
        with Project.open(copy) as project:
            trees.append((project.rounds_done(), tree_of(project)))
    with Project.open(path) as project:
        rounds, before = project.rounds_done(), tree_of(project)
    problems = []
    if trees[0] != trees[1]:
        problems.append("goes on to two trees")
    if trees[0][0] != rounds + 2:
        problems.append("does not go on")
    if trees[0][1][: len(before)] != before:
        problems.append("goes on from another tree")
    return tuple(problems)


def kills(
    ground: Ground,
    folder: Path,
    *,
    phases: Sequence[str],
    seed: int,
    jobs: int,
    go_on_every: int,
) -> list[Kill]:
    """One kill for each of ``phases``; from every so many of them exploring goes on."""

    def one(number: int) -> Kill:
        place = folder / f"{number}"
        place.mkdir()
        chance = random.Random(f"{seed}-{number}")
        found = kill_once(ground, place, phase=phases[number], chance=chance)
        if found.made and number % go_on_every == go_on_every - 1:
            more = go_on(ground.images, place / NAME)
            found = replace(found, went_on=True, problems=(*found.problems, *more))
        return found

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, range(len(phases))))


def main() -> None:
    """Kill, look, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kills")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--budget", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ground = make_ground(folder, budget=args.budget)
        # half of them at any time, the rest where files are made, replaced and deleted
        phases = [ORDER[at % len(ORDER)] for at in range(args.count)]
        found = kills(ground, folder, phases=phases, seed=args.seed, jobs=args.jobs, go_on_every=10)
    print(f"{'phase':10} kills opened unmade rounds kept, lost")
    for phase in PHASES:
        ours = [one for one in found if one.phase == phase]
        made = [one for one in ours if one.made]
        lost = sum(max(0, one.seen - one.kept) for one in ours)
        print(
            f"{phase:10} {len(ours):5} {sum(not one.problems for one in made):6} "
            f"{len(ours) - len(made):6} {sum(one.kept for one in made):11} {lost:5}"
        )
    for problem, count in Counter(p for one in found for p in one.problems).items():
        print(f"{count} times: {problem}")
    print(f"{sum(one.went_on for one in found)} times exploring went on, twice each")
    print(f"{len(found)} kills in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
