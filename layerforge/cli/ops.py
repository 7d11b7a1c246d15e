"""`layerforge ops`: the toolbox."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.operations.parameters import Parameter


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("ops", help="list the operations")
    parser.add_argument("--json", action="store_true", help="with all parameters, as JSON")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="DIR",
        help="write a contact sheet of samples for every family into DIR",
    )
    parser.add_argument(
        "--image", type=Path, metavar="FILE", help="show them on this image (the sample images)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List all operations, and plug-ins that could not be loaded."""
    from layerforge.operations.registry import toolbox

    box = toolbox()
    for problem in box.problems:
        note(problem)
    if args.image is not None and args.sheet is None:
        note("--image has no meaning without --sheet")
    if args.sheet is not None:
        return _write_sheets(args.sheet, args.image)
    if args.json:
        print_json([_described(one) for one in box.operations.values()])
        return 0
    for one in box.operations.values():
        print(f"{one.tag()} ({one.kind}): {one.summary()}")
        for name, declared in one.parameters().items():
            print(f"    {name}: {_range(declared)}")
    print(f"{len(box.operations)} operations")
    return 0


def _range(declared: Parameter) -> str:
    """What a parameter may be, in words."""
    if declared.choices:
        return " | ".join(declared.choices)
    if declared.bounds is None or declared.type_name == "seed":
        return declared.type_name
    low, high = declared.bounds
    return f"{low:g} to {high:g} {declared.unit_name}".rstrip()


def _write_sheets(folder: Path, image: Path | None) -> int:
    from layerforge.explore.sheets import write_sheets
    from layerforge.files.assets import samples_folder
    from layerforge.files.images import find_images

    samples = list(find_images([samples_folder()]))
    # what lies below, and what lends its colours, is a sample
    pictures = samples if image is None else [image, *samples]
    for path in write_sheets(folder, pictures, own=len(samples) if image is None else 1):
        print(path)
    return 0


def _described(operation: Any) -> dict[str, Any]:
    parameters = []
    for name, declared in operation.parameters().items():
        low, high = declared.bounds or (None, None)
        parameters.append(
            {
                "name": name,
                "type": declared.type_name,
                "low": low,
                "high": high,
                "unit": declared.unit_name,
                "choices": list(declared.choices),
            }
        )
    return {
        "name": operation.tag(),
        "family": operation.family(),
        "kind": operation.kind,
        "title": operation.title(),
        "summary": operation.summary(),
        "parameters": parameters,
    }
