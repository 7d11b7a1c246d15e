"""``layerforge models``: which weights are here, how to get them, and whether they are right."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.scoring.download import Progress
    from layerforge.scoring.weights import Item


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``models`` and its actions; without one it lists."""
    parser = subparsers.add_parser("models", help="list, fetch, import or check the CLIP weights")
    parser.set_defaults(run=run, action="list", json=False)
    actions = parser.add_subparsers(metavar="ACTION")

    listing = actions.add_parser("list", help="what there is, its licence, and where it lies")
    listing.set_defaults(action="list")
    listing.add_argument("--json", action="store_true", help="one JSON value on stdout")

    fetch = actions.add_parser("fetch", help="download the weights of a preset, or an encoder")
    fetch.set_defaults(action="fetch")
    fetch.add_argument(
        "what", nargs="?", default="fast", metavar="WHAT", help="fast, best, or MODEL/TAG (fast)"
    )

    importing = actions.add_parser("import", help="take in a weights file that came another way")
    importing.set_defaults(action="import")
    importing.add_argument("file", type=Path, metavar="FILE")

    check = actions.add_parser("check", help="test the weights that are here on known facts")
    check.set_defaults(action="check")
    check.add_argument("--json", action="store_true", help="one JSON value on stdout")


def run(args: argparse.Namespace) -> int:
    """Run the action in ``args``; returns the exit code.  Raises LayerForgeError."""
    if args.action == "fetch":
        return _fetch(args.what)
    if args.action == "import":
        return _import(args.file)
    if args.action == "check":
        return _check(as_json=args.json)
    return _list(as_json=args.json)


def _list(*, as_json: bool) -> int:
    from layerforge.scoring.heads import HEADS
    from layerforge.scoring.weights import ENCODERS, PRESETS, find, models_folder

    rows: list[dict[str, Any]] = []
    for item in (*ENCODERS, *HEADS):
        path = find(item)
        rows.append(
            {
                **_names(item),
                "licence": item.licence,
                "presets": [name for name, preset in PRESETS.items() if item in preset.items],
                "present": path is not None,
                "path": None if path is None else str(path),
            }
        )
    if as_json:
        print(json.dumps({"folder": str(models_folder()), "models": rows}, indent=2))
        return 0
    for row in rows:
        preset = f" [{', '.join(row['presets'])}]" if row["presets"] else ""
        label = row["name"] + preset
        print(f"{row['kind']:8} {label:34} {row['licence']:11} {row['path'] or 'not here'}")
    print(f"folder: {models_folder()}")
    return 0


def _fetch(what: str) -> int:
    from layerforge.scoring.weights import (
        ENCODERS,
        fetch_other,
        find,
        preset_named,
    )

    known = [one for one in ENCODERS if one.name == what]
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
    from layerforge.scoring.weights import fetch

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


def _import(file: Path) -> int:
    from layerforge.scoring.weights import find, import_file

    item = import_file(file)
    print(f"{item.name}: {find(item)}")
    return 0


def _check(*, as_json: bool) -> int:
    from layerforge.scoring.heads import HEADS
    from layerforge.scoring.weights import ENCODERS, find

    reports: list[dict[str, Any]] = []
    for item in (*ENCODERS, *HEADS):
        if (path := find(item)) is not None:
            print(f"checking {item.name}", file=sys.stderr)
            reports.append({**_names(item), "path": str(path), **_examine(item, path)})
    if not any(report["problem"] for report in reports):
        reports += _taste_reports()
    if as_json:
        print(json.dumps(reports, indent=2))
    else:
        for report in reports:
            verdict = report["problem"] or report["doubt"] or "ok"
            facts = ", ".join(f"{name} {value}" for name, value in report["facts"].items())
            print(f"{report['kind']:8} {report['name']:34} {verdict} ({facts})")
        if not reports:
            print("no weights are here: get them with `layerforge models fetch`")
    broken = [report["name"] for report in reports if report["problem"]]
    if broken:
        raise LayerForgeError(f"broken weights: {', '.join(broken)}")
    return 0


def _taste_reports() -> list[dict[str, Any]]:
    """For each preset that is whole: whether noise and the like fool it, on the sample images."""
    from layerforge.explore.checking import fooled_on_samples
    from layerforge.scoring.weights import PRESETS, missing

    reports = []
    for name, preset in PRESETS.items():
        # with an encoder of one's own it would not be the preset that judges
        if missing(preset) or os.environ.get("LAYERFORGE_ENCODER"):
            continue
        print(f"checking what fools the preset {name}", file=sys.stderr)
        pictures, counts = fooled_on_samples(name)
        doubt = "doubtful: it likes spoiled pictures as well" if any(counts.values()) else None
        facts = {f"{way} liked": f"{count}/{pictures}" for way, count in counts.items()}
        reports.append(
            {"kind": "preset", "name": name, "path": None, "facts": facts}
            | {"problem": None, "doubt": doubt}
        )
    return reports


def _examine(item: Item, path: Path) -> dict[str, Any]:
    """What ``path`` holds against what is known of ``item``: facts, and a problem or a doubt."""
    from layerforge.scoring.encoders import locate_published
    from layerforge.scoring.heads import PublishedHead, load_head, sha256_of
    from layerforge.scoring.tower import check_tower
    from layerforge.scoring.weights import check_encoder, check_head, stated_sha256

    report: dict[str, Any] = {"facts": {}, "problem": None, "doubt": None}
    facts = report["facts"]
    try:
        if isinstance(item, PublishedHead):
            check_head(item, path)
            facts |= {"sha256": item.sha256[:12], "dim": load_head(path).dim}
        else:
            check_encoder(item, path)
            digest = sha256_of(path)
            facts["sha256"] = digest[:12]
            if stated_sha256(path) not in (None, digest):
                report["problem"] = "its SHA-256 is not the one it came with"
                return report
            facts |= check_tower(locate_published(item))
            if not facts.get("familiar", True):
                report["doubt"] = "doubtful: its embeddings do not look like this model's"
    except LayerForgeError as error:
        report["problem"] = str(error)
    return report


def _names(item: Item) -> dict[str, str]:
    from layerforge.scoring.weights import PublishedEncoder

    kind = "encoder" if isinstance(item, PublishedEncoder) else "head"
    return {"kind": kind, "name": item.name}
