"""Trees of made-up branches."""

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.tree import Tree


def make_tree(values, *, parents=None, dim=8, character=None):
    """Branches 1, 2, … with these values; each a child of the root unless ``parents`` says."""
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    rng = np.random.default_rng(5)
    for place, value in enumerate(values):
        vector = rng.standard_normal(dim).astype(np.float32)
        vector /= np.linalg.norm(vector)
        tree.add(
            place + 1,
            parent=ROOT if parents is None else parents[place],
            value=value,
            embedding=vector,
            character=None if character is None else character[place],
        )
    return tree
