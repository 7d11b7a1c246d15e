"""The branches of a tree that grows: who grew from whom, what is folded, who is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np

from layerforge.desktop.tree.layout import Doubles, Ints, Layout, lay_out
from layerforge.model.branch import ROOT, Branch, Status


class Growth:
    """What the tree shows.  Killed branches are folded unless the user unfolds them."""

    def __init__(self) -> None:
        self._branches: dict[int, Branch] = {}
        self._by_hand: dict[int, bool] = {}
        self._parents: dict[int, int | None] = {}
        self._layout: Layout | None = None
        self._values: Doubles | None = None
        self._mates: Ints | None = None
        self._decided: list[int] | None = None
        self.clear()

    def clear(self) -> None:
        """Hold only the root."""
        self._branches, self._by_hand = {}, {}
        self._parents = {ROOT: None}
        self._forget()

    def _forget(self) -> None:
        """Something changed: what follows from it is worked out when it is needed."""
        self._layout = self._values = self._mates = self._decided = None

    def __len__(self) -> int:
        return len(self._branches)

    @property
    def layout(self) -> Layout:
        """Where everything lies now."""
        if self._layout is None:
            folded = [one for one in self._parents if self.is_folded(one)]
            self._layout = lay_out(self._parents, folded=folded)
        return self._layout

    @property
    def values(self) -> Doubles:
        """(N,): the value of each branch in sight; NaN where there is none."""
        if self._values is None:
            found = (self._branches.get(int(one)) for one in self.layout.ids)
            self._values = np.array(
                [np.nan if one is None or one.value is None else one.value for one in found]
            )
        return self._values

    def branch(self, branch_id: int) -> Branch | None:
        """A branch by id; None for the root."""
        return self._branches.get(branch_id)

    @property
    def mates(self) -> Ints:
        """(M, 2): the crossovers in sight, the places of each and of its other parent."""
        if self._mates is None:
            places = self.layout.places
            pairs = [
                (places[one.id], places[one.mate])
                for one in self._branches.values()
                if one.mate is not None and one.id in places and one.mate in places
            ]
            self._mates = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return self._mates

    @property
    def decided(self) -> list[int]:
        """The places of the branches in sight that are pinned or killed."""
        if self._decided is None:
            ids = self.layout.ids.tolist()
            self._decided = [at for at, one in enumerate(ids) if self.status(one) != "open"]
        return self._decided

    def add(self, branches: Iterable[Branch]) -> None:
        """Take in branches; parents come before their children."""
        for branch in branches:
            if branch.id != ROOT:
                self._branches[branch.id] = branch
                self._parents[branch.id] = branch.parent
        self._forget()

    def set_statuses(self, changed: Mapping[int, Status]) -> None:
        """Take over new statuses."""
        for branch_id, status in changed.items():
            before = self._branches.get(branch_id)
            if before is not None:
                self._branches[branch_id] = msgspec.structs.replace(before, status=status)
                self._by_hand.pop(branch_id, None)
        self._forget()

    def status(self, branch_id: int) -> Status:
        """The status of a branch."""
        branch = self._branches.get(branch_id)
        return "open" if branch is None else branch.status

    def is_folded(self, branch_id: int) -> bool:
        """Whether what is below a branch is folded away."""
        by_hand = self._by_hand.get(branch_id)
        return self.status(branch_id) == "killed" if by_hand is None else by_hand

    def fold(self, branch_id: int) -> None:
        """Fold what is below a branch away, or unfold it."""
        self._by_hand[branch_id] = not self.is_folded(branch_id)
        self._forget()

    def nearest_in_sight(self, branch_id: int) -> int:
        """The branch, or the one above it that it is folded into."""
        places = self.layout.places
        while branch_id not in places:
            branch_id = self._parents.get(branch_id) or ROOT
        return branch_id
