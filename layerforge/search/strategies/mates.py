"""Whom a branch is crossed with."""

from __future__ import annotations

import numpy as np

from layerforge.search.chances import draw, standardised
from layerforge.search.tree import Tree


def mate_for(
    tree: Tree, branch_id: int, *, temperature: float, rng: np.random.Generator
) -> int | None:
    """A good living branch of another lineage; None where there is none."""
    lineage = tree.nodes[branch_id].lineage
    others = [node for node in tree.field().nodes if node.lineage != lineage]
    if not others:
        return None
    values = standardised(np.array([node.value for node in others]))
    return others[draw(values, temperature=temperature, rng=rng)].id
