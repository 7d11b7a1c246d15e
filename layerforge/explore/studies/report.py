"""What a comparison of strategies found, as files: a table for other programs, and all of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from layerforge.explore.studies.comparison import Result, against, worth_of_parts
from layerforge.explore.studies.plots import plots
from layerforge.files.recipes import write_file
from layerforge.model.values import to_json


def write_report(results: Sequence[Result], folder: Path) -> list[Path]:
    """Write ``results.csv``, ``results.json`` and, with matplotlib, the plots; the paths."""
    files = {
        "results.csv": table(results).encode(),
        "results.json": to_json(
            {
                "runs": [asdict(one) for one in results],
                "against_control": [asdict(one) for one in against(results)],
                "worth_of_parts": [asdict(one) for one in worth_of_parts(results)],
            }
        ),
    }
    if find_spec("matplotlib") is not None:
        files |= plots(results)
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
            "budget": one.budget,
            **{name: value for name, value in asdict(one.metrics).items() if name != "top"},
            "top_mean": one.metrics.top_mean,
            "top_count": len(one.metrics.top),
            "reached": "" if one.reached is None else one.reached,
        }
        for one in results
    ]
    writer = csv.DictWriter(held, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()
