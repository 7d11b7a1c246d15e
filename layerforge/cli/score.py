"""`layerforge score`: judge any images."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.cli.arguments import add_clip_options, add_frame_option, clip_settings
from layerforge.cli.effects import demand_effect, tell_without_effect
from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.scoring.panel import Panel

_PLACED = (
    "percentile: of random compositions of the sample images, so many in a hundred are worth less, "
    "as a panel joins these votes"
)
_NOT_PLACED = (
    "no percentiles: what is usual is known for the measures only; `layerforge explore` learns it "
    "for any scorer"
)
_LONG_EDGE_PX = 2048
"""A larger picture is judged at that size, which is more than any scorer looks at."""

_NARROWEST, _WIDEST = 6, 20  # of the table's columns, in characters


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "score",
        description="Judges images, the best first.  With measures, the value is the mean of four "
        "votes of 0 to 1 less half their spread.  With CLIP, it is the head's rating (about 1 to "
        "10) where that is the only vote, else the mean of all votes, each divided by how far it "
        "usually spreads: it compares pictures judged by the same voters, and says nothing alone.  "
        "Every vote is listed beside it, and below what it means.",
    )
    parser.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    add_frame_option(parser)
    parser.add_argument("--scorer", choices=("auto", "measures", "clip"), default="auto")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    add_clip_options(parser)
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Judge each image; exit 1 where one could not be read, after judging the others."""
    from layerforge.explore.scorers import choose_scorer
    from layerforge.explore.settings import ClipSettings
    from layerforge.explore.usual import known_panel
    from layerforge.files.frames import read_frames
    from layerforge.files.images import ImageRefused, find_images, read_bytes
    from layerforge.files.names import printable
    from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
    from layerforge.scoring.jury import meanings_of

    demand_effect(args)
    settings = ClipSettings(**clip_settings(args))
    choice = choose_scorer(args.scorer, device=args.device, settings=settings, on_notice=note)
    note(choice.reason)
    tell_without_effect(args, choice)
    panel = known_panel(choice.scorer)
    results: list[dict[str, Any]] = []
    failed = False
    for given in args.images:
        try:
            for path in find_images([given]):
                try:
                    content = read_bytes(path)
                    for one in read_frames(
                        content, name=path.name, frame=args.frame, long_edge=_LONG_EDGE_PX
                    ):
                        for line in one.notes:
                            note(f"{printable(path.name)}: {line}")
                        pixels = premultiply(from_uint8(one.decoded.pixels))
                        verdict = choice.scorer.judge(to_uint8(flatten(pixels))[None])
                        scores = verdict.parts_of(0)
                        results.append(
                            {
                                "file": printable(str(path)),
                                "frame": one.number,
                                "value": float(verdict.values[0]),
                                "percentile": None if panel is None else _percentile(panel, scores),
                                "scores": scores,
                            }
                        )
                except ImageRefused as error:
                    note(f"left out {error}")
                    failed = True
        except (ImageRefused, OSError) as error:
            note(f"left out {error}")
            failed = True
    if not results and not failed:
        note("no images there")
        failed = True
    if args.json:
        print_json(results)
    else:
        _tell(results, meanings_of(choice.scorer))
    return 1 if failed else 0


def _tell(results: Sequence[dict[str, Any]], meanings: Mapping[str, str]) -> None:
    """The best first, and what the numbers mean."""
    if not results:
        return
    placed = results[0]["percentile"] is not None
    names = ["value", *(["percentile"] if placed else []), *results[0]["scores"]]
    heads = [name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…" for name in names]
    _row(heads, heads, "file")
    for result in sorted(results, key=lambda one: -one["value"]):
        cells = [f"{number:.3f}" for number in (result["value"], *result["scores"].values())]
        if placed:
            cells.insert(1, f"{result['percentile']:.0f}")
        frame = "" if result["frame"] is None else f" frame {result['frame']}"
        _row(cells, heads, f"{result['file']}{frame}")
    print(textwrap.fill(_PLACED if placed else _NOT_PLACED, 80, subsequent_indent="  "))
    for meaning in dict.fromkeys(meanings.values()):
        named = ", ".join(name for name, text in meanings.items() if text == meaning)
        print(textwrap.fill(f"{named}: {meaning}", 80, subsequent_indent="  "))


def _percentile(panel: Panel, scores: Mapping[str, float]) -> float:
    from layerforge.explore.judging import plain_value

    return round(panel.percentile(plain_value(panel, scores)), 1)


def _row(cells: Sequence[str], heads: Sequence[str], last: str) -> None:
    """A row of the table; the last column, a path, is never broken."""
    widths = [max(len(head), _NARROWEST) for head in heads]
    aligned = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    print("  ".join([*aligned, last]))
