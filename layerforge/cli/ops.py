"""`layerforge ops`: the toolbox."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.output import note, print_json
from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.operations.operation import Operation


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ops",
        description="Lists the operations with what their parameters mean and may be.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="an operation, to be told all about it, or a family; all without",
    )
    parser.add_argument("--json", action="store_true", help="all about them, as JSON")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="DIR",
        help="write a contact sheet for every family into DIR: 16 samples of each operation "
        "(a minute or two, with the extra gmic some minutes; a family's name alone draws only "
        "that). An operation that fails is named and left out, and the exit code is 1",
    )
    parser.add_argument(
        "--image", type=Path, metavar="FILE", help="show them on this image (the sample images)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List operations, and plug-ins that could not be loaded."""
    from layerforge.cli.ops_text import described, detailed, listed
    from layerforge.operations.registry import families, toolbox

    box = toolbox()
    for problem in box.problems:
        note(problem)
    if args.image is not None and args.sheet is None:
        note("--image has no meaning without --sheet")
    chosen = [one for name in args.names for one in _named(name)]
    if args.sheet is not None:
        return _write_sheets(args.sheet, args.image, only={one.family() for one in chosen})
    if args.json:
        print_json([described(one) for one in _each(chosen) or box.operations.values()])
        return 0
    if not args.names:
        for family, operations in families().items():
            print(listed(family, operations))
        print(f"{len(box.operations)} operations; `layerforge ops NAME` tells all about one")
        return 0
    texts = [
        listed(name, families()[name]) if name in families() else detailed(_named(name)[0])
        for name in dict.fromkeys(args.names)
    ]
    print("\n\n".join(text.rstrip() for text in texts))
    return 0


def _each(operations: Iterable[type[Operation]]) -> list[type[Operation]]:
    return list(dict.fromkeys(operations))


def _named(name: str) -> Sequence[type[Operation]]:
    """The operation of that name, or those of that family.  Raises UnknownOperation."""
    from layerforge.model.step import family_of
    from layerforge.operations.registry import EXTRAS, families, find, toolbox

    known = {**families(), **dict.fromkeys(toolbox().operations, ())}
    if name in known:
        return known[name] or (find(name),)
    if family_of(name) in EXTRAS:
        find(name)  # which says what it needs
    near = difflib.get_close_matches(name, known, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise LayerForgeError(f"there is no operation or family {name!r}{hint} (see `layerforge ops`)")


def _write_sheets(folder: Path, image: Path | None, *, only: set[str]) -> int:
    from layerforge.cli.progress import counted
    from layerforge.explore.sheets import write_sheets
    from layerforge.files.assets import samples_folder
    from layerforge.files.images import find_images

    samples = list(find_images([samples_folder()]))
    # what lies below, and what lends its colours, is a sample
    pictures = samples if image is None else [image, *samples]
    own = len(samples) if image is None else 1
    problems: list[str] = []
    try:
        with counted("drawing") as progress:
            for path in write_sheets(
                folder,
                pictures,
                own=own,
                only=only,
                progress=progress,
                on_failure=problems.append,
            ):
                print(path, flush=True)
    except KeyboardInterrupt:
        note(f"stopped; the sheets that were done are in {folder}")
        raise
    for problem in problems:
        note(problem)
    if problems:
        raise LayerForgeError(f"{len(problems)} of the operations failed; the others are drawn")
    return 0
