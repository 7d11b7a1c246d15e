"""The tree of branches in memory, as the search sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Status
from layerforge.scoring.novelty import Embeddings


@dataclass(frozen=True, slots=True)
class Node:
    """A branch without its steps.

    lineage: its ancestor just below the root (itself, there); the root's lineage is the root.
    """

    id: int
    parent: int | None
    depth: int
    lineage: int
    value: float


class Tree:
    """Nodes with their values, embeddings and statuses; grows, never shrinks."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.tries: dict[int, int] = {}
        """How many candidates were grown from each branch."""
        self._status: dict[int, Status] = {}
        self._dead: set[int] = set()
        self._vectors: list[npt.NDArray[np.float32]] = []
        self._matrix: Embeddings | None = None
        self._rows: dict[int, int] = {}

    def add(
        self,
        branch_id: int,
        *,
        parent: int | None,
        value: float,
        embedding: npt.NDArray[np.float32] | None,
    ) -> Node:
        """Add a branch; ``embedding`` is (D,) float32 of unit length, None for the root."""
        above = None if parent is None else self.nodes[parent]
        if above is None:
            depth, lineage = 0, ROOT
        else:
            depth = above.depth + 1
            lineage = branch_id if above.id == ROOT else above.lineage
        node = Node(id=branch_id, parent=parent, depth=depth, lineage=lineage, value=value)
        self.nodes[branch_id] = node
        self.tries.setdefault(branch_id, 0)
        if embedding is not None:
            self._rows[branch_id] = len(self._vectors)
            self._vectors.append(embedding)
            self._matrix = None
        if parent in self._dead:
            self._dead.add(branch_id)
        return node

    def set_statuses(self, statuses: dict[int, Status]) -> None:
        """Take over what the user decided.  All below a killed branch is dead, too."""
        if statuses == self._status:
            return
        self._status = dict(statuses)
        self._dead = set()
        for node in self.nodes.values():  # parents come before their children
            if self._status.get(node.id) == "killed" or node.parent in self._dead:
                self._dead.add(node.id)

    def status(self, branch_id: int) -> Status:
        """The branch's own status."""
        return self._status.get(branch_id, "open")

    def is_dead(self, branch_id: int) -> bool:
        """Whether it, or any branch above it, is killed."""
        return branch_id in self._dead

    def living(self) -> list[Node]:
        """All branches that may grow, the root left out."""
        return [
            node for node in self.nodes.values() if node.id != ROOT and not self.is_dead(node.id)
        ]

    def embeddings(self) -> Embeddings:
        """(N, D) float32: the embeddings of all branches that have one, by time of adding."""
        if self._matrix is None:
            self._matrix = (
                np.stack(self._vectors) if self._vectors else np.zeros((0, 1), dtype=np.float32)
            )
        return self._matrix

    def embedding(self, branch_id: int) -> npt.NDArray[np.float32]:
        """The branch's embedding, (D,) float32."""
        return self._vectors[self._rows[branch_id]]
