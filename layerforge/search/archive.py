"""The archive: the best versions that differ from each other."""

from __future__ import annotations

from collections import Counter

from layerforge.scoring.novelty import cosine_distances
from layerforge.search.tree import Node, Tree

DISTINCT_SHARE = 0.6
"""Pictures further apart than this share of the typical distance count as different collages."""


def distinct_top(
    tree: Tree,
    count: int,
    *,
    min_distance: float,
    per_lineage: int = 1,
) -> list[int]:
    """Ids of the best ``count`` living branches that differ, best first.

    Goes down by value and takes a branch where its embedding is at least ``min_distance`` from
    all taken and its lineage has fewer than ``per_lineage``.  Where that gives too few, both
    demands are eased step by step.
    """
    ordered = sorted(tree.living(), key=lambda node: (-node.value, node.id))
    taken: list[Node] = []
    for ease in (1.0, 0.6, 0.3, 0.0):
        allowed = per_lineage if ease == 1.0 else (per_lineage + 1 if ease > 0.0 else count)
        lineages = Counter(node.lineage for node in taken)
        for node in ordered:
            if len(taken) >= count:
                return [one.id for one in taken]
            if node in taken or lineages[node.lineage] >= allowed:
                continue
            if _differs(tree, node, taken, min_distance=min_distance * ease):
                taken.append(node)
                lineages[node.lineage] += 1
    return [one.id for one in taken]


def _differs(tree: Tree, node: Node, taken: list[Node], *, min_distance: float) -> bool:
    ours = tree.embedding(node.id)[None]
    return all(
        float(cosine_distances(ours, tree.embedding(other.id)[None])[0, 0]) >= min_distance
        for other in taken
    )
