"""`layerforge project import-sources` and `relink`: the images of a project."""

from __future__ import annotations

import argparse

from layerforge.cli.output import note, open_to_change, print_json
from layerforge.cli.waiting import waiting


def import_sources(args: argparse.Namespace) -> int:
    """Add images; exit 1 where none is usable."""
    from layerforge.explore.importing import add_sources, read_sources

    with open_to_change(args.project) as project, waiting() as tell:
        read = read_sources(args.images, on_file=lambda path: tell(path.name, 0.0))
        imported = add_sources(project, read)
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
    return 0 if imported.added or imported.known or not imported.refused else 1


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
