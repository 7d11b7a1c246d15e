"""`layerforge score`: judge any images."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from layerforge.cli.arguments import add_clip_options, clip_settings
from layerforge.cli.effects import demand_effect, tell_without_effect
from layerforge.cli.output import note, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("score", help="judge images")
    parser.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    parser.add_argument("--scorer", choices=("auto", "measures", "clip"), default="auto")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    add_clip_options(parser)
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Judge each image; exit 1 where one could not be read, after judging the others."""
    from layerforge.explore.scorers import choose_scorer
    from layerforge.explore.settings import ClipSettings
    from layerforge.files.images import ImageRefused, decode_image, find_images, read_bytes
    from layerforge.files.names import printable
    from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8

    demand_effect(args)
    settings = ClipSettings(**clip_settings(args))
    choice = choose_scorer(args.scorer, device=args.device, settings=settings, on_notice=note)
    note(choice.reason)
    tell_without_effect(args, choice)
    results: list[dict[str, Any]] = []
    failed = False
    for given in args.images:
        try:
            for path in find_images([given]):
                try:
                    decoded = decode_image(read_bytes(path), name=path.name)
                except ImageRefused as error:
                    note(f"left out {error}")
                    failed = True
                    continue
                for line in decoded.notes:
                    note(f"{printable(path.name)}: {line}")
                picture = to_uint8(flatten(premultiply(from_uint8(decoded.pixels))))
                verdict = choice.scorer.judge(picture[None])
                results.append(
                    {
                        "file": printable(str(path)),
                        "value": float(verdict.values[0]),
                        "scores": verdict.parts_of(0),
                    }
                )
        except (ImageRefused, OSError) as error:
            note(f"left out {error}")
            failed = True
    if not results and not failed:
        note("no images there")
        failed = True
    if args.json:
        print_json(results)
    else:
        for result in sorted(results, key=lambda one: -one["value"]):
            parts = "  ".join(f"{name} {value:.3f}" for name, value in result["scores"].items())
            print(f"{result['value']:8.3f}  {result['file']}  ({parts})")
    return 1 if failed else 0
