"""The archive: the best versions that differ from each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from layerforge.scoring.novelty import cosine_distances
from layerforge.search.tree import Node, Tree

DISTINCT_SHARE = 0.6
"""Pictures further apart than this share of the typical distance count as different collages."""


def distinct_top(
    tree: Tree,
    count: int,
    *,
    min_distance: float,
    sources: Mapping[int, frozenset[str]] | None = None,
    per_lineage: int = 1,
) -> list[int]:
    """Ids of the best ``count`` living branches that differ, best first.

    Goes down by value and takes a branch where its embedding is at least ``min_distance`` from
    all taken, its lineage has fewer than ``per_lineage``, and none of its sources is already in
    more than its fair share of them.  Where that gives too few, the demands are eased step by
    step.

    sources: what each branch is made of, by id.
    """
    ordered = sorted(tree.living(), key=lambda node: (-node.value, node.id))
    made_of = sources or {}
    taken: list[Node] = []
    for ease in (1.0, 0.6, 0.3, 0.0):
        lineages = Counter(node.lineage for node in taken)
        used = Counter(one for node in taken for one in made_of.get(node.id, ()))
        allowed = per_lineage if ease == 1.0 else (per_lineage + 1 if ease > 0.0 else count)
        fair = _fair_share(made_of, count) if ease > 0.3 else count
        for node in ordered:
            if len(taken) >= count:
                return [one.id for one in taken]
            own = made_of.get(node.id, frozenset())
            if node in taken or lineages[node.lineage] >= allowed:
                continue
            if any(used[one] >= fair for one in own):
                continue
            if _differs(tree, node, taken, min_distance=min_distance * ease):
                taken.append(node)
                lineages[node.lineage] += 1
                used.update(own)
    return [one.id for one in taken]


def _fair_share(made_of: Mapping[int, frozenset[str]], count: int) -> int:
    """In how many of ``count`` branches one source may be: twice what an even spread gives."""
    everything = frozenset(one for own in made_of.values() for one in own)
    if not everything:
        return count
    each = sum(len(own) for own in made_of.values()) / len(made_of)
    return max(2, math.ceil(2.0 * count * each / len(everything)))


def _differs(tree: Tree, node: Node, taken: list[Node], *, min_distance: float) -> bool:
    if not tree.has_embedding(node.id):
        return True  # nobody can tell: it was lost
    ours = tree.embedding(node.id)[None]
    return all(
        float(cosine_distances(ours, tree.embedding(other.id)[None])[0, 0]) >= min_distance
        for other in taken
        if tree.has_embedding(other.id)
    )
