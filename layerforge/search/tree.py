"""The tree of branches in memory, as the search sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Status
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Embeddings, Neighbours


@dataclass(frozen=True, slots=True)
class Node:
    """A branch without its steps.

    lineage: its ancestor just below the root (itself, there); the root's lineage is the root.
    value: what it is worth.  plain: what it was worth before its fragility was looked at, which
    is what candidates, not looked at yet, are compared with.  votes: each voter's raw vote.
    """

    id: int
    parent: int | None
    depth: int
    lineage: int
    value: float
    plain: float
    votes: Mapping[str, float] = field(default_factory=dict)


class Tree:
    """Nodes with their values, embeddings and statuses; grows, never shrinks.

    sources: (M, D), embeddings of the plain sources; they count as neighbours for novelty.
    neighbours: how many nearest ones novelty looks at.
    """

    def __init__(
        self, *, sources: Embeddings | None = None, neighbours: int = DEFAULT_NEIGHBOURS
    ) -> None:
        self.nodes: dict[int, Node] = {}
        self.tries: dict[int, int] = {}
        """How many candidates were grown from each branch."""
        self._status: dict[int, Status] = {}
        self._dead: set[int] = set()
        self._plain: list[float] = []
        self._near = Neighbours(count=neighbours)
        if sources is not None:
            self._near.extend(sources)
        self._sources = len(self._near)
        self._rows: dict[int, int] = {}

    def add(
        self,
        branch_id: int,
        *,
        parent: int | None,
        value: float,
        embedding: npt.NDArray[np.float32] | None,
        fragility: float = 0.0,
        votes: Mapping[str, float] | None = None,
    ) -> Node:
        """Add a branch; ``embedding`` is (D,) float32 of unit length, None for the root.

        fragility: by how much ``value`` fell when it was looked at closely.
        """
        above = None if parent is None else self.nodes[parent]
        if above is None:
            depth, lineage = 0, ROOT
        else:
            depth = above.depth + 1
            lineage = branch_id if above.id == ROOT else above.lineage
        node = Node(
            id=branch_id,
            parent=parent,
            depth=depth,
            lineage=lineage,
            value=value,
            plain=value + fragility,
            votes=votes or {},
        )
        self.nodes[branch_id] = node
        self.tries.setdefault(branch_id, 0)
        if embedding is not None:
            self._rows[branch_id] = len(self._near)
            self._near.extend(embedding[None])
            self._plain.append(node.plain)
        if parent in self._dead:
            self._dead.add(branch_id)
        return node

    def revalue(self, branch_id: int, *, plain: float, votes: Mapping[str, float]) -> None:
        """Take over what another panel makes of a branch; what it lost to fragility stays.

        plain: what it is worth before that.
        """
        node = self.nodes[branch_id]
        lost = node.plain - node.value
        self.nodes[branch_id] = replace(node, value=plain - lost, plain=plain, votes=votes)
        if branch_id in self._rows:
            self._plain[self._rows[branch_id] - self._sources] = plain

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
        return self._near.vectors()[self._sources :]

    def plain_values(self) -> npt.NDArray[np.float64]:
        """(N,): what those branches are worth before they are looked at closely."""
        return np.array(self._plain, dtype=np.float64)

    def embedding(self, branch_id: int) -> npt.NDArray[np.float32]:
        """The branch's embedding, (D,) float32."""
        vector: npt.NDArray[np.float32] = self._near.vectors()[self._rows[branch_id]]
        return vector

    def novelty(self, branch_ids: Sequence[int]) -> npt.NDArray[np.float32]:
        """(N,): mean distance of each branch to its nearest ones among branches and sources."""
        rows = np.array([self._rows[one] for one in branch_ids], dtype=np.intp)
        return self._near.novelty()[rows]
