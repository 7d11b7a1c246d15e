"""`layerforge project import-sources` and `relink`: the images of a project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import DEFAULT_SIZE
from layerforge.cli.output import note, open_to_change, print_json
from layerforge.cli.waiting import waiting

if TYPE_CHECKING:
    from layerforge.explore.importing import Imported, Read


def import_sources(args: argparse.Namespace) -> int:
    """Add images, to a new project where there is none; exit 1 where no image is usable."""
    from layerforge.explore.importing import Imported, read_sources
    from layerforge.project.places import there_is

    exists = there_is(args.project)
    if exists and args.size is not None:
        args.wrong_usage(f"{args.project} is there already, with a canvas: --size can't change it")
    with waiting() as tell:
        read = read_sources(
            args.images, frame=args.frame, on_file=lambda path: tell(path.name, 0.0)
        )
    if exists or read.files:
        imported = _added(args.project, read, size=args.size, exists=exists)
    else:
        imported = Imported(added=(), known=(), refused=read.refused)
    for refused in imported.refused:
        note(f"left out {refused}")
    for line in imported.notes:
        note(line)
    if args.json:
        print_json(
            {
                "project": str(args.project),
                "added": imported.added,
                "known": imported.known,
                "refused": [{"file": one.name, "reason": one.reason} for one in imported.refused],
            }
        )
    else:
        for source in imported.added:
            print(f"added {source.name} {source.width}x{source.height}")
        for source in imported.known:
            print(f"{source.name} was there already")
    if not exists and not read.files:
        note(f"no project was made: there is no image to put into {args.project}")
        return 1
    return 0 if imported.added or imported.known or not imported.refused else 1


def _added(path: Path, read: Read, *, size: tuple[int, int] | None, exists: bool) -> Imported:
    from layerforge.explore.importing import add_sources
    from layerforge.model.canvas import Canvas
    from layerforge.project.project import Project

    if exists:
        with open_to_change(path) as project:
            return add_sources(project, read)
    width, height = size or DEFAULT_SIZE
    with Project.create(path, canvas=Canvas(width=width, height=height)) as project:
        note(f"{path} is new, with a canvas of {width}x{height}")
        return add_sources(project, read)


def relink(args: argparse.Namespace) -> int:
    """Find lost images; exit 1 where any is still lost."""
    from layerforge.explore import relinking

    with open_to_change(args.project) as project, waiting() as tell:
        done = relinking.relink(project, args.places, tell=tell)
    if args.json:
        print_json(
            {
                "project": str(args.project),
                "found": [
                    {"id": one.id, "name": one.name, "file": str(file)} for one, file in done.found
                ],
                "missing": done.missing,
                "others": [str(path) for path in done.others],
            }
        )
    else:
        if not done.found and not done.missing:
            print(f"{args.project}: no image is lost")
        for one, file in done.found:
            print(f"found {one} in {file}")
        for one in done.missing:
            print(f"still lost: {one}")
    for path in done.others:
        note(f"{path} has the name of a lost one, but another content: it is another picture")
    return 1 if done.missing else 0
