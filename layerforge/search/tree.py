"""The tree of branches in memory, as the search sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT, Status
from layerforge.scoring.character import Character
from layerforge.scoring.growing import GrowingRows
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Embeddings, Neighbours
from layerforge.search.field import Field, best_places


@dataclass(frozen=True, slots=True)
class Node:
    """A branch without its steps.

    lineage: its ancestor just below the root (itself, there), or the lineage of its origin, the
    branch that it was varied from; the root's lineage is the root.
    value: what it is worth.  plain: what it was worth before its fragility was looked at, which
    is what candidates, not looked at yet, are compared with.  votes: each voter's raw vote.
    character: what kind of picture it is, where that is known.
    """

    id: int
    parent: int | None
    depth: int
    lineage: int
    value: float
    plain: float
    votes: Mapping[str, float] = field(default_factory=dict)
    character: Character | None = None


State = tuple[int, int]
"""What changes whenever a tree's living branches or their values do."""


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
        self.version = 0
        """Changes whenever branches that were there already change: what is dead, or values."""
        self._children: dict[int, list[int]] = {}
        self._effort: dict[int, int] = {}
        self._order: dict[int, int] = {}
        self._status: dict[int, Status] = {}
        self._dead: set[int] = set()
        self._plain = GrowingRows((), np.float64)
        self._places: dict[int, int] = {}
        self._values = GrowingRows((), np.float64)
        self._lineages = GrowingRows((), np.int64)
        self._living: list[Node] | None = []
        self._field: Field | None = None
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
        character: Character | None = None,
        origin: int | None = None,
    ) -> Node:
        """Add a branch; ``embedding`` is (D,) float32 of unit length, None for the root.

        origin: the branch whose lineage it stays in, where that is not its parent's.
        fragility: by how much ``value`` fell when it was looked at closely.
        """
        above = None if parent is None else self.nodes[parent]
        if above is None:
            depth, lineage = 0, ROOT
        else:
            depth = above.depth + 1
            varied = None if origin is None else self.nodes.get(origin)
            own = branch_id if above.id == ROOT else above.lineage
            lineage = own if varied is None else varied.lineage
        node = Node(
            id=branch_id,
            parent=parent,
            depth=depth,
            lineage=lineage,
            value=value,
            plain=value + fragility,
            votes=votes or {},
            character=character,
        )
        self.nodes[branch_id] = node
        self.tries.setdefault(branch_id, 0)
        if above is not None:
            self._children.setdefault(above.id, []).append(branch_id)
            self._order.setdefault(lineage, len(self._order))
        if embedding is not None:
            self._rows[branch_id] = len(self._near)
            self._near.extend(embedding[None])
            self._plain.extend(np.array([node.plain]))
        if branch_id != ROOT:
            self._places[branch_id] = len(self._values)
            self._values.extend(np.array([value]))
            self._lineages.extend(np.array([lineage]))
        if parent in self._dead:
            self._dead.add(branch_id)
        elif branch_id != ROOT:
            if self._living is not None:
                self._living.append(node)
            self._field = None
        return node

    def revalue(self, branch_id: int, *, plain: float, votes: Mapping[str, float]) -> None:
        """Take over what another panel makes of a branch; what it lost to fragility stays.

        plain: what it is worth before that.
        """
        node = self.nodes[branch_id]
        self.version += 1
        lost = node.plain - node.value
        self.nodes[branch_id] = replace(node, value=plain - lost, plain=plain, votes=votes)
        if branch_id in self._rows:
            self._plain.rows()[self._rows[branch_id] - self._sources] = plain
        if branch_id in self._places:
            self._values.rows()[self._places[branch_id]] = plain - lost
        self._living = self._field = None

    def set_statuses(self, statuses: dict[int, Status]) -> None:
        """Take over what the user decided.  All below a killed branch is dead, too."""
        if statuses == self._status:
            return
        self._status = dict(statuses)
        self._living = self._field = None
        self.version += 1
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

    def living(self) -> Sequence[Node]:
        """All branches that may grow, by time of adding, the root left out; not to be kept."""
        if self._living is None:
            self._living = [self.nodes[one] for one in self._places if not self.is_dead(one)]
        return self._living

    def field(self) -> Field:
        """The living branches that are looked at as possible parents, the pinned ones with them.

        There are at most so many (see `best_places`), so that picking a parent costs the same in
        a tree of any size.
        """
        if self._field is None:
            living = self.living()
            values, lineages = self._values.rows(), self._lineages.rows()
            if len(living) < len(self._places):
                alive = np.array([not self.is_dead(one) for one in self._places])
                values, lineages = values[alive], lineages[alive]
            chosen = {living[at].id: living[at] for at in best_places(values, lineages)}
            for branch_id, status in self._status.items():
                if status == "pinned" and branch_id in self.nodes and not self.is_dead(branch_id):
                    chosen[branch_id] = self.nodes[branch_id]
            self._field = Field(self, [chosen[one] for one in sorted(chosen)])
        return self._field

    def best(self) -> Node | None:
        """The living branch of most value, the oldest where several are; None without any."""
        return max(self.field().nodes, key=lambda node: (node.value, -node.id), default=None)

    @property
    def state(self) -> State:
        """Equal as long as nothing is added and nothing there changes."""
        return self.version, len(self.nodes)

    def children(self, branch_id: int) -> Sequence[int]:
        """The ids of the branches that grew from it, living or not."""
        return self._children.get(branch_id, ())

    def lineage_order(self, lineage: int) -> int:
        """The place of a lineage among all that ever were, by arrival, from 0."""
        return self._order[lineage]

    def grow(self, branch_id: int) -> None:
        """Take note that a candidate is grown from it."""
        self.tries[branch_id] += 1
        above: int | None = branch_id
        while above is not None:
            self._effort[above] = self._effort.get(above, 0) + 1
            above = self.nodes[above].parent

    def effort(self, branch_id: int) -> int:
        """How many candidates were grown from it and from all below it."""
        return self._effort.get(branch_id, 0)

    def embeddings(self) -> Embeddings:
        """(N, D) float32: the embeddings of all branches that have one, by time of adding."""
        return self._near.vectors()[self._sources :]

    def products(self, ours: Embeddings) -> Embeddings:
        """(M, N): scalar products of (M, D) rows with the N `embeddings`; not to be written to.

        Where some of these rows are added next, their novelty costs little.
        """
        return self._near.products(ours)[:, self._sources :]

    def plain_values(self) -> npt.NDArray[np.float64]:
        """(N,): what those branches are worth before they are looked at closely."""
        return self._plain.rows()

    def has_embedding(self, branch_id: int) -> bool:
        """Whether the branch has one: it may have been lost."""
        return branch_id in self._rows

    def embedding(self, branch_id: int) -> npt.NDArray[np.float32]:
        """The branch's embedding, (D,) float32."""
        vector: npt.NDArray[np.float32] = self._near.vectors()[self._rows[branch_id]]
        return vector

    def novelty(self, branch_ids: Sequence[int]) -> npt.NDArray[np.float32]:
        """(N,): mean distance of each branch to its nearest ones among branches and sources."""
        return self._near.novelty([self._rows[one] for one in branch_ids])
