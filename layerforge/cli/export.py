"""`layerforge export`: versions with their history."""

from __future__ import annotations

import argparse
from pathlib import Path

from layerforge.cli.arguments import whole
from layerforge.cli.output import note
from layerforge.cli.wording import count
from layerforge.model.canvas import MAX_WRITTEN_PX


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("export")
    parser.add_argument("project", type=Path)
    parser.add_argument("branches", type=whole(0, 2**53), nargs="*", metavar="BRANCH")
    parser.add_argument(
        "--top", type=whole(1, 10_000), metavar="N", help="the best N that differ from each other"
    )
    parser.add_argument("--pinned", action="store_true", help="all pinned branches")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument(
        "--format",
        choices=("png", "tiff", "webp", "jpeg", "ora", "psd"),
        default="png",
        help="ora and psd keep the layers (png)",
    )
    parser.add_argument(
        "--depth",
        type=int,
        choices=(8, 16),
        metavar="BITS",
        help="bits a channel: 8 or 16 (16 for tiff, else 8)",
    )
    parser.add_argument(
        "--long-edge",
        type=whole(1, MAX_WRITTEN_PX),
        metavar="PX",
        help="pixels (the canvas's own size)",
    )
    parser.add_argument(
        "--name",
        default="{project}-{branch:05d}",
        metavar="TEMPLATE",
        help="file names, from {project} {branch} {rank} {value} {width} {height}, as in "
        "'{rank:02d}-{project}' ({project}-{branch:05d})",
    )
    parser.add_argument(
        "--storyboard",
        choices=("strip", "animation", "both"),
        help="also write the history as pictures: a PNG, an animated WebP",
    )
    parser.add_argument(
        "--resume", action="store_true", help="leave out versions that are there already, whole"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Export what was named."""
    from layerforge.explore.exporting import best_branches, export_branches
    from layerforge.explore.lacking import lacking_branches, lacking_text, parted
    from layerforge.files.names import printable
    from layerforge.model.branch import ROOT
    from layerforge.model.errors import InvalidValue
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        branches = project.branches()
        if all(branch.id == ROOT for branch in branches):
            raise InvalidValue(f"{args.project} has no branches yet: explore first")
        lost = lacking_branches(branches)
        wanted = [project.branch(branch).id for branch in args.branches]
        if args.pinned:
            wanted += [one.id for one in branches if one.status == "pinned"]
        if args.top:
            found = best_branches(project, args.top)
            if len(found) < args.top:
                note(f"the project has only {count(len(found), 'branch')} to choose from")
                if lost:
                    note(lacking_text(lost))
            wanted += found
        if not wanted:
            raise InvalidValue("nothing to export: name branches, or use --top N or --pinned")
        rest, left_out = parted(dict.fromkeys(wanted), lost)
        if left_out:
            note(f"left out: {left_out}")
        for done in export_branches(
            project,
            rest,
            folder=args.to,
            long_edge_px=args.long_edge,
            kind=args.format,
            depth=args.depth,
            name=args.name,
            storyboard=args.storyboard,
            resume=args.resume,
        ):
            for path in (done.picture, *done.storyboards):
                print(printable(str(path)))
            if done.known:
                note(f"{printable(done.picture.name)} was there already")
    return 1 if left_out else 0
