import gc
import weakref

import numpy as np
from PIL import Image

from layerforge.explore import workbench
from layerforge.scoring.measures import screen
from layerforge.scoring.voters import MeasuresScorer


def test_a_removed_workbench_gives_its_memory_back_at_once():
    """Not when garbage is next looked for: its caches may hold half a gigabyte."""
    gc.collect()
    gc.disable()
    try:
        bench = workbench.install("to be removed", {}, MeasuresScorer(), 1_000_000)
        cache = weakref.ref(bench.renderer.cache)
        del bench
        assert cache() is not None
        workbench.remove("to be removed")
        assert cache() is None
    finally:
        gc.enable()


class Seeing(MeasuresScorer):
    """Measures that note the pictures they are asked about."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def judge(self, pictures):
        self.seen += list(pictures)
        return super().judge(pictures)


def test_blank_and_noisy_candidates_never_reach_the_judge(make_exploration, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "noise.png")
    Image.new("RGB", (320, 240), (90, 120, 40)).save(folder / "flat.png")
    exploration = make_exploration(folder=folder)
    scorer = Seeing()
    finished = exploration.run(budget=64, scorer=scorer, fragility=False)
    assert finished.rejected["blank"] > 0
    assert finished.rejected["noise"] > 0
    judged = scorer.seen[4:]  # the sources and their mirror images are judged as they are
    assert all(screen(picture) is None for picture in judged)
