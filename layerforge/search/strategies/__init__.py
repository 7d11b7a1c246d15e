"""Strategies by name: which branches are grown next."""

from __future__ import annotations

from layerforge.search.strategies.auto import Mixed
from layerforge.search.strategies.beam import BestFirst
from layerforge.search.strategies.control import RandomFrontier
from layerforge.search.strategies.elites import Elites
from layerforge.search.strategies.novelty import NoveltySearch
from layerforge.search.strategies.pinned import PinnedToo
from layerforge.search.strategies.protocol import Frontier
from layerforge.search.strategies.quality_diversity import archives
from layerforge.search.strategies.swarm import Swarm
from layerforge.search.strategies.uct import TreeSearch

__all__ = ["STRATEGIES", "Frontier", "check_available", "make_frontier"]

STRATEGIES = ("beam", "swarm", "tree", "elites", "novelty", "auto", "random")


def check_available(strategy: str) -> None:
    """Raise MissingExtra where the strategy needs a package that is not installed."""
    if strategy in ("elites", "novelty"):
        archives()


def make_frontier(strategy: str, *, novelty_weight: float, typical_distance: float) -> Frontier:
    """The frontier by the strategy's name, one of `STRATEGIES`.

    novelty_weight: how much being unlike the others counts beside the value.
    typical_distance: about how far two unrelated pictures lie apart, cosine.
    Raises MissingExtra where the strategy needs a package that is not installed.
    """
    check_available(strategy)
    if strategy == "random":
        return RandomFrontier()
    if strategy == "elites":
        return PinnedToo(Elites())
    if strategy == "novelty":
        return PinnedToo(NoveltySearch(typical_distance=typical_distance))
    beam, swarm = BestFirst(novelty_weight=novelty_weight), Swarm(novelty_weight=novelty_weight)
    if strategy == "tree":
        return PinnedToo(TreeSearch())
    if strategy == "swarm":
        return PinnedToo(swarm)
    if strategy == "auto":
        return PinnedToo(Mixed([beam, swarm, TreeSearch()]))
    return PinnedToo(beam)
