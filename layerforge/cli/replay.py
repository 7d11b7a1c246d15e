"""`layerforge replay`: render a recipe again."""

from __future__ import annotations

import argparse
from pathlib import Path

from layerforge.cli.arguments import whole
from layerforge.cli.output import note
from layerforge.model.canvas import MAX_WRITTEN_PX


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "replay",
        description="Renders a recipe again.  Steps that need what is not installed here are left "
        "out and named; the exit code is 1 then, since the picture is not what the recipe says.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="OUT",
        help="file to write (.png, .tif, .webp, .jpg, .ora or .psd), or a folder for a PNG",
    )
    parser.add_argument(
        "--sources",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="folder, image or project that holds the sources; may be repeated "
        "(always searched: the folder of FILE and the sample images)",
    )
    parser.add_argument(
        "--long-edge",
        type=whole(1, MAX_WRITTEN_PX),
        metavar="PX",
        help="pixels (the recipe's own size)",
    )
    parser.add_argument(
        "--depth", type=int, choices=(8, 16), metavar="BITS", help="bits a channel: 8 or 16"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUT where it exists")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Render the recipe and write it; exit 1 where a step had to be left out."""
    from layerforge.explore.replaying import replay
    from layerforge.files.assets import samples_folder
    from layerforge.files.names import printable

    places = [*args.sources, args.file.parent, samples_folder()]
    done = replay(
        args.file,
        to=args.to,
        sources=places,
        long_edge_px=args.long_edge,
        depth=args.depth,
        overwrite=args.overwrite,
    )
    for line in (*done.left_out, *done.differing):
        note(line)
    print(printable(str(done.written)))
    return 1 if done.left_out else 0
