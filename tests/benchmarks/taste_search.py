"""Whether what a user likes is found more often with taste than without, with simulated users.

``python -m tests.benchmarks.taste_search [SEEDS [BUDGET]]``: the sample images are explored; a user
with a hidden liking for a random direction among the measures answers 40 questions; then it is
explored on with the same seed, once with taste in the panel and once without.  What the user
truly thinks of the best is reported in standard deviations among the branches of the first run.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from layerforge.explore.explorer import Explorer
from layerforge.explore.exporting import best_branches
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.questions import next_question
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.tasted import palate_in, tasted_branches
from layerforge.files.assets import samples_folder
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.measures import measure
from layerforge.scoring.reference import installed_reference
from layerforge.scoring.voters import MeasuresScorer

ANSWERS = 40
TOP = 20
EDGE_PX = 128

Liking = Callable[[np.ndarray], float]


def explore(project: Project, *, seed: int, budget: int, weight: float = 1.0) -> None:
    settings = ExploreSettings(
        budget=budget, seed=seed, scorer="measures", search_edge_px=EDGE_PX, threads=2,
        weights={"taste": weight},
    )  # fmt: skip
    Explorer(project, settings, MeasuresScorer(), listener=lambda _: None).run()


def measured(project: Project) -> dict[int, np.ndarray]:
    """(19,) standardised measures of every branch, by its thumbnail, which is what a user sees."""
    found = {}
    for branch in project.branches()[1:]:
        with Image.open(io.BytesIO(project.thumbnail(branch.id) or b"")) as image:
            vector = measure(np.asarray(image.convert("RGB"))).vector()
        found[branch.id] = installed_reference().standardised(vector[None])[0]
    return found


def hidden_liking(seen: dict[int, np.ndarray], seed: int) -> Liking:
    rows = np.stack(list(seen.values()))
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    weights = np.random.default_rng([13, seed]).normal(size=rows.shape[1])
    unit = float(((rows - middle) / spread @ weights).std())
    # beyond four standard deviations a measure is as extreme as can be
    return lambda row: float(np.clip((row - middle) / spread, -4, 4) @ weights) / unit


def outcome(project: Project, liking: Liking, *, before: int) -> dict[str, float]:
    liked = {one: liking(row) for one, row in measured(project).items()}
    plain = {branch.id: branch.value or 0.0 for branch in project.branches()}
    ranked = sorted(tasted_branches(project)[1:], key=lambda branch: -(branch.value or 0.0))
    distinct = best_branches(project, TOP)
    return {
        "best 20": float(np.mean([liked[branch.id] for branch in ranked[:TOP]])),
        "best 20 that differ": float(np.mean([liked[one] for one in distinct])),
        "new branches": float(np.mean([value for one, value in liked.items() if one >= before])),
        "panel's own value of the best 20": float(
            np.mean([plain[branch.id] for branch in ranked[:TOP]])
        ),
    }


def contest(seed: int, *, budget: int, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """The outcome without and with taste."""
    path = folder / f"{seed}.layerforge"
    with Project.create(path, canvas=Canvas(width=512, height=512)) as project:
        add_sources(project, read_sources([samples_folder()]))
        explore(project, seed=seed, budget=budget)
        seen = measured(project)
        liking = hidden_liking(seen, seed)
        for _ in range(ANSWERS):
            question = next_question(project, seed=seed)
            pair = sorted((question.one, question.other), key=lambda one: -liking(seen[one]))
            project.prefer(*pair)
        before = len(project.branches())
        found = palate_in(project)
        share = 0.0 if found is None else found[0].share
        project.copy_to(folder / f"{seed}-with.layerforge")
        explore(project, seed=seed + 500, budget=budget, weight=0.0)
        without = outcome(project, liking, before=before)
    with Project.open(folder / f"{seed}-with.layerforge") as project:
        explore(project, seed=seed + 500, budget=budget)
        return without, {**outcome(project, liking, before=before), "share of the panel": share}


def main() -> None:
    seeds, budget = (int(given) for given in [*sys.argv[1:], *(("10", "400")[len(sys.argv) - 1 :])])
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for seed in range(seeds):
            pairs.append(contest(seed, budget=budget, folder=Path(folder)))
            without, tasted = pairs[-1]
            print(
                f"seed {seed}: best {TOP} {without['best 20']:+.2f} without, "
                f"{tasted['best 20']:+.2f} with taste ({100 * tasted['share of the panel']:.0f} %)",
                flush=True,
            )
    rng = np.random.default_rng(0)
    for name in pairs[0][0]:
        columns = np.array([(without[name], tasted[name]) for without, tasted in pairs])
        gains = columns[:, 1] - columns[:, 0]
        drawn = gains[rng.integers(len(gains), size=(10_000, len(gains)))].mean(axis=1)
        low, high = np.quantile(drawn, (0.025, 0.975))
        print(
            f"{name}: {columns[:, 0].mean():+.2f} without, {columns[:, 1].mean():+.2f} with; "
            f"gain {gains.mean():+.2f}, 95 % interval {low:+.2f} to {high:+.2f}"
        )


if __name__ == "__main__":
    main()
