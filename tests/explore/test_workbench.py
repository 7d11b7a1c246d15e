import gc
import weakref

from layerforge.explore import workbench
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
