"""What a comparison of strategies found, as files: a table for other programs, and all of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from layerforge.explore.studies.comparison import Result, against_control
from layerforge.explore.studies.curves import curves_svg
from layerforge.files.recipes import write_file
from layerforge.model.values import to_json


def write_report(results: Sequence[Result], folder: Path, *, budget: int) -> list[Path]:
    """Write ``results.csv``, ``results.json`` and a picture of the curves; the paths."""
    files = {
        "results.csv": table(results).encode(),
        "results.json": to_json(
            {
                "budget": budget,
                "runs": [asdict(one) for one in results],
                "against_control": [asdict(one) for one in against_control(results)],
            }
        ),
        "curves.svg": curves_svg(results, budget=budget).encode(),
    }
    for name, content in files.items():
        write_file(folder / name, content)
    return [folder / name for name in files]


def table(results: Sequence[Result]) -> str:
    """One line a run, as CSV with a head."""
    held = io.StringIO(newline="")
    rows = [
        {
            "sources": one.sources,
            "strategy": one.strategy,
            "seed": one.seed,
            **asdict(one.metrics),
            "reached": "" if one.reached is None else one.reached,
        }
        for one in results
    ]
    writer = csv.DictWriter(held, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()
