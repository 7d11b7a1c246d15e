"""``layerforge models``: which weights are here, how to get them, and whether they are right."""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.output import note, print_json
from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.scoring.catalogue import Item
    from layerforge.scoring.download import Progress

_UNVERIFIED = (
    "not verified: known by its shape only, it may be any weights of that shape;\n"
    "`layerforge models check` looks closer"
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``models`` and its actions; without one it lists."""
    parser = subparsers.add_parser("models")
    parser.set_defaults(run=run, action="list", json=False)
    actions = parser.add_subparsers(metavar="ACTION")

    listing = actions.add_parser("list", help="what there is, its licence, and how it is here")
    listing.set_defaults(action="list")
    listing.add_argument("--json", action="store_true", help="one JSON value on stdout")

    fetch = actions.add_parser("fetch", help="download a preset, an encoder or a head")
    fetch.set_defaults(action="fetch")
    fetch.add_argument(
        "what",
        nargs="?",
        default="fast",
        metavar="WHAT",
        help="fast, best, MODEL/TAG, or a head of `layerforge models list` (fast)",
    )

    importing = actions.add_parser(
        "import",
        help="take in a weights file that came another way",
        description="Takes in a published head (.pth), an encoder (.safetensors), or a head of "
        "your own: an .npz or .safetensors with `vector` (or `weight`), perhaps `bias`, and the "
        "encoder it was made for as `encoder` (a field, or in the metadata).  A head of your own "
        "is then called by its file's name: layerforge score --head NAME.",
    )
    importing.set_defaults(action="import")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--encoder",
        metavar="MODEL/TAG",
        help="which encoder it is, or which one a head was made for, where the file does not say",
    )
    importing.add_argument(
        "--sha256", type=_digest, metavar="HEX", help="what the file must have, from its publisher"
    )

    check = actions.add_parser(
        "check",
        help="test the weights that are here on known facts",
        description="Tests the weights that are here: hashes, shapes, what is known of an "
        "encoder's embeddings, and whether noise and the like fool a preset.  Exit code 1 if "
        "something is broken, 0 otherwise: also where something is doubtful, which is said, or "
        "nothing is here to check.",
    )
    check.set_defaults(action="check")
    check.add_argument("--json", action="store_true", help="one JSON value on stdout")


def run(args: argparse.Namespace) -> int:
    """Run the action in ``args``; returns the exit code.  Raises LayerForgeError."""
    if args.action == "fetch":
        return _fetch(args.what)
    if args.action == "import":
        return _import(args.file, encoder=args.encoder, sha256=args.sha256)
    if args.action == "check":
        return _check(as_json=args.json)
    return _list(as_json=args.json)


def _list(*, as_json: bool) -> int:
    from layerforge.explore.checking import listed
    from layerforge.scoring.weights import models_folder

    models = listed()
    if as_json:
        rows = [{**dataclasses.asdict(one), "present": one.path is not None} for one in models]
        print_json({"folder": str(models_folder()), "models": rows})
        return 0
    for one in models:
        presets = ", ".join(one.presets)
        size = _shown(one.size_bytes)
        print(f"{one.kind:7} {one.name:28} {size:>6} {presets:10} {one.licence:11} {one.state}")
        if one.licence == "your own" and one.encoder is not None:
            print(f"{'':7} for {one.encoder}")
    if any(one.state == "not verified" for one in models):
        print(_UNVERIFIED)
    print(f"folder: {models_folder()}")
    return 0


def _shown(size_bytes: int | None) -> str:
    """A size in the unit that suits it."""
    if size_bytes is None:
        return ""
    if size_bytes >= 1_000_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    unit, name = (1_000_000, "MB") if size_bytes >= 1_000_000 else (1000, "kB")
    return f"{max(1, round(size_bytes / unit))} {name}"


def _fetch(what: str) -> int:
    from layerforge.scoring.catalogue import ENCODERS, HEADS, preset_named
    from layerforge.scoring.fetching import fetch_other
    from layerforge.scoring.weights import find

    known: list[Item] = [one for one in (*ENCODERS, *HEADS) if one.name == what]
    if "/" in what and not known:
        print(f"{what}: {_with_bar(what, lambda show: fetch_other(what, progress=show))}")
        return 0
    for item in known or preset_named(what).items:
        if find(item) is not None:
            print(f"{item.name}: already here")
            continue
        print(f"{item.name}: {_with_bar(item.name, partial(_fetch_item, item))}")
    return 0


def _fetch_item(item: Item, show: Progress) -> Path:
    from layerforge.scoring.fetching import fetch

    return fetch(item, progress=show)


def _with_bar(name: str, fetch: Callable[[Progress], Path]) -> Path:
    """Fetch ``name``; a bar on stderr where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TransferSpeedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(name, total=None)
        return fetch(lambda done, total: bars.update(task, completed=done, total=total))


def _import(file: Path, *, encoder: str | None, sha256: str | None) -> int:
    from layerforge.scoring.taking_in import import_file

    taken = import_file(file, encoder=encoder, sha256=sha256)
    print(f"{taken.kind} {taken.name}: {taken.path}")
    if taken.kind == "own head":
        note(f"judge by it with --head {taken.name}")
    elif taken.vouched is None:
        note(
            f"{taken.name} is known by its shape only, so it may be any weights of that shape: "
            "`layerforge models check` looks closer"
        )
    return 0


def _check(*, as_json: bool) -> int:
    from layerforge.explore.checking import check_weights

    reports = []
    for report in check_weights(note):
        reports.append(report)
        if not as_json:
            facts = ", ".join(f"{name} {value}" for name, value in report.facts.items())
            verdict = report.problem or report.doubt or "ok"
            print(f"{report.kind:7} {report.name}: {verdict}" + (f" ({facts})" if facts else ""))
    if as_json:
        print_json([dataclasses.asdict(one) for one in reports])
    elif not reports:
        print("nothing to check: no weights are here; get them with `layerforge models fetch`")
    broken = [one.name for one in reports if one.problem]
    if broken:
        raise LayerForgeError(f"broken weights: {', '.join(broken)}")
    return 0


def _digest(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError(f"a SHA-256 has 64 hexadecimal digits, got {text!r}")
    return text.lower()
