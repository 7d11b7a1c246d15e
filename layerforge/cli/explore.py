"""`layerforge explore`: the main job."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.cli.arguments import (
    DEFAULT_SIZE,
    add_clip_options,
    add_frame_option,
    real,
    size,
    whole,
)
from layerforge.cli.effects import demand_effect, tell_without_effect, tell_without_effect_on
from layerforge.cli.judging import begin_judging, judging_settings
from layerforge.cli.output import note, open_to_change, print_json
from layerforge.cli.panel_options import add_panel_options
from layerforge.cli.sources import keep_source_weights, source_weight
from layerforge.cli.wording import count

if TYPE_CHECKING:
    from layerforge.explore.events import Finished
    from layerforge.explore.importing import Read
    from layerforge.explore.jobs import Executor
    from layerforge.project.project import Project

_STRATEGIES = ("beam", "swarm", "tree", "elites", "novelty", "auto", "random")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explore",
        description="Makes collages of the images and keeps the good ones in the project.  "
        "With a project that exists, goes on from it; more images may be added.",
    )
    parser.add_argument(
        "images", type=Path, nargs="*", metavar="IMAGE_OR_FOLDER", help="source images"
    )
    add_frame_option(parser)
    parser.add_argument(
        "--samples", action="store_true", help="use the sample images that come with LayerForge"
    )
    parser.add_argument("--project", type=Path, required=True, metavar="P", help="project file")
    parser.add_argument(
        "--budget", type=whole(1, 10_000_000), default=300, help="candidates to render (300)"
    )
    parser.add_argument("--seed", type=whole(0, 2**53 - 1), help="repeat a run (random)")
    parser.add_argument("--size", type=size, metavar="WxH", help="canvas in pixels (1024x1024)")
    parser.add_argument(
        "--strategy",
        choices=_STRATEGIES,
        default="beam",
        help="how the next branches to grow are picked (beam); random does not search",
    )
    parser.add_argument(
        "--scorer",
        choices=("auto", "measures", "clip"),
        help="who judges; without it, who judged in the project's last run, with the same "
        "settings but for those given (auto)",
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument(
        "--temperature", type=real(0, 1), default=0.35, help="0 greedy … 1 wandering (0.35)"
    )
    parser.add_argument(
        "--cooling",
        type=real(0, 1),
        default=0.0,
        metavar="S",
        help="the share of the temperature that is gone when the budget is spent (0)",
    )
    parser.add_argument("--noise", type=real(0, 1), default=0.15, help="0 calm … 1 wild (0.15)")
    parser.add_argument(
        "--novelty", type=real(0, 5), default=0.3, metavar="W", help="weight of novelty (0.3)"
    )
    parser.add_argument(
        "--source-weight",
        type=source_weight,
        action="append",
        default=[],
        metavar="SOURCE=W",
        help="how often a source (a name, or the beginning of an id) is drawn against others, 0 "
        "for never; the project keeps it (1); can be given again",
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="FAMILY",
        help="draw no operation of this family (see `layerforge ops`); can be given again",
    )
    board = parser.add_mutually_exclusive_group()
    board.add_argument(
        "--mood-board",
        type=Path,
        metavar="FOLDER",
        help="pictures that you love: what is like them is better (those of the last run)",
    )
    board.add_argument(
        "--no-mood-board", action="store_true", help="do without the mood board of the last run"
    )
    parser.add_argument(
        "--threads", type=whole(0, 256), default=0, help="workers; 0 is one a core (0)"
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="render and judge on the workers of this Dask scheduler, such as tcp://host:8786",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    add_clip_options(parser)
    add_panel_options(parser)
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Explore; prints the result."""
    import secrets

    from layerforge.cli.progress import explore_with_progress
    from layerforge.explore.explorer import Explorer, NoSources
    from layerforge.explore.importing import read_sources
    from layerforge.explore.mood import read_mood
    from layerforge.explore.settings import ExploreSettings
    from layerforge.files.assets import samples_folder
    from layerforge.project.places import there_is

    demand_effect(args)
    seed = secrets.randbelow(2**31) if args.seed is None else args.seed
    who, before = judging_settings(args)
    settings = ExploreSettings(
        budget=args.budget,
        seed=seed,
        strategy=args.strategy,
        device=args.device,
        temperature=args.temperature,
        cooling=args.cooling,
        noise=args.noise,
        novelty=args.novelty,
        threads=args.threads,
        families_off=_families(args),
        **who,
    )
    mood = None if args.mood_board is None else read_mood(args.mood_board)
    for line in () if mood is None else mood.notes:
        note(line)
    choosing = begin_judging(args, settings, before)
    paths = [*args.images, *([samples_folder()] if args.samples else [])]
    read = read_sources(paths, frame=args.frame)
    for refused in read.refused:
        note(f"left out {refused}")
    for line in read.notes:
        note(line)
    choice = choosing.result()
    note(choice.reason)
    tell_without_effect(args, choice)
    exists = there_is(args.project)
    if not exists and not read.files:
        raise NoSources
    with (
        _workers(args.cluster, threads=args.threads) as executor,
        _project(args, exists=exists, read=read) as project,
    ):
        tell_without_effect_on(project.canvas, args, settings, choice)
        finished = explore_with_progress(
            lambda listener, control: Explorer(
                project,
                settings,
                choice.scorer,
                device=choice.device,
                listener=listener,
                control=control,
                mood="none" if args.no_mood_board else mood,
                executor=executor,
            ).run()
        )
        if args.json:
            print_json(_result(args.project, finished))
        else:
            _tell(args.project, finished)
    if project.journal_left:
        note(
            f"{project.journal_left.name} beside {args.project} is a part of it: move and copy "
            "both together, until it is opened again with room on its disk"
        )
    return 0


@contextmanager
def _workers(address: str | None, *, threads: int) -> Iterator[Executor | None]:
    """The workers of a cluster; None for those of this machine."""
    if address is None:
        yield None
        return
    from layerforge.explore.clusters import join

    cluster = join(address, tell=note, threads=threads)
    try:
        count = cluster.workers
        note(f"rendering and judging on {count} worker{'s' if count != 1 else ''} at {address}")
        yield cluster
    finally:
        cluster.shutdown(wait=False, cancel_futures=True)


def _project(args: argparse.Namespace, *, exists: bool, read: Read) -> Project:
    """The project to explore, with the sources just read."""
    from layerforge.explore.importing import add_sources
    from layerforge.model.canvas import Canvas
    from layerforge.model.errors import InvalidValue
    from layerforge.project.project import Project

    if exists:
        project = open_to_change(args.project)
    else:
        width, height = args.size or DEFAULT_SIZE
        project = Project.create(args.project, canvas=Canvas(width=width, height=height))
    try:
        canvas = project.canvas
        if args.size and args.size != (canvas.width, canvas.height):
            raise InvalidValue(
                f"{args.project} has a canvas of {canvas.width}x{canvas.height}: "
                "--size can't change it"
            )
        imported = add_sources(project, read)
        keep_source_weights(project, args.source_weight)
    except BaseException:
        project.close()
        raise
    total = len(project.sources())
    note(f"{total} source image{'s' if total != 1 else ''}, {len(imported.added)} of them new")
    return project


def _families(args: argparse.Namespace) -> tuple[str, ...]:
    """What ``--without`` names; an unknown one is wrong usage."""
    if not args.without:
        return ()
    from layerforge.operations.registry import families

    for name in args.without:
        if name not in families():
            args.wrong_usage(f"--without {name}: there are {', '.join(families())}")
    return tuple(sorted(set(args.without)))


def _result(path: Path, finished: Finished) -> dict[str, Any]:
    best = finished.best
    return {
        "project": str(path),
        "seed": finished.seed,
        "strategy": finished.strategy,
        "scorer": finished.scorer,
        "device": finished.device,
        "evaluated": finished.evaluated,
        "admitted": finished.admitted,
        "rejected": finished.rejected,
        "best": None if best is None else {"branch": best[0], "value": best[1]},
        "seconds": round(finished.seconds, 3),
        "candidates_per_second": round(finished.candidates_per_second, 3),
        "stopped": finished.stopped,
    }


def _tell(path: Path, finished: Finished) -> None:
    from layerforge.search.gate import REASONS

    state = "stopped" if finished.stopped else "done"
    print(
        f"{state}: {count(finished.evaluated, 'candidate')} in {finished.seconds:.1f} s "
        f"({finished.candidates_per_second:.1f}/s), {finished.admitted} kept, seed {finished.seed}"
    )
    words = {str(reason): text for reason, text in REASONS.items()}
    if finished.rejected:
        parts = [f"{count} {words.get(key, key)}" for key, count in finished.rejected.items()]
        print(f"not kept: {', '.join(parts)}")
    if finished.best is not None:
        print(f"best: branch {finished.best[0]}, value {finished.best[1]:.3f}")
        print(f"next: layerforge export {path} --top 5 --to FOLDER")
    if finished.admitted == 0 and finished.rejected:
        from layerforge.explore.advice import advice

        print(advice(finished.rejected))
