"""Where branches lie in the tree: plain geometry, no widgets.

Leaves take one slot each, side by side; an inner branch lies in the middle of its children.  What
is folded away takes no room.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Layout:
    """N branches in sight, parents before their children.

    ids: (N,), ascending.  slots: (N,), across the tree, in slots.  depths: (N,), steps away from
    the root.  above: (N,), the place of each one's parent among the N, −1 for the root.
    first, last: (N,), the slots of the outermost children in sight; NaN without any.
    folded: (N,), how many branches are folded away below each.  leaves: how many slots there are.
    """

    ids: Ints
    slots: Doubles
    depths: Ints
    above: Ints
    first: Doubles
    last: Doubles
    folded: Ints
    leaves: int

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each branch among those in sight."""
        return {int(one): place for place, one in enumerate(self.ids)}

    @property
    def deepest(self) -> int:
        """How deep the tree goes."""
        return int(self.depths.max(initial=0))

    def path(self, branch_id: int) -> list[int]:
        """The places of a branch and all above it, the root last; empty where it is folded away."""
        place = self.places.get(branch_id, -1)
        found: list[int] = []
        while place >= 0:
            found.append(place)
            place = int(self.above[place])
        return found

    def beside(self, place: int, way: int) -> int | None:
        """The next one at the same depth, before it (−1) or after it (1)."""
        there = np.flatnonzero(self.depths == self.depths[place])
        row = there[np.argsort(self.slots[there], kind="stable")]
        at = int(np.flatnonzero(row == place)[0]) + way
        return int(row[at]) if 0 <= at < len(row) else None

    def below(self, place: int) -> int | None:
        """The child in sight nearest to the middle."""
        children = np.flatnonzero(self.above == place)
        if not len(children):
            return None
        return int(children[np.abs(self.slots[children] - self.slots[place]).argmin()])


def lay_out(parents: Mapping[int, int | None], *, folded: Collection[int]) -> Layout:
    """The layout of a tree; parents have lower ids than their children.

    folded: branches that nothing is shown below of.
    """
    ids = sorted(parents)
    hidden: set[int] = set()
    children: dict[int, list[int]] = {one: [] for one in ids}
    roots: list[int] = []
    for one in ids:
        parent = parents[one]
        if parent is None or parent not in children:
            roots.append(one)
        elif parent in hidden or parent in folded:
            hidden.add(one)
        else:
            children[parent].append(one)
    below = dict.fromkeys(ids, 0)
    for one in reversed(ids):
        parent = parents[one]
        if one in hidden and parent is not None:
            below[parent] += below[one] + 1
    order = _depth_first(roots, children)
    slots: dict[int, float] = {}
    first: dict[int, float] = {}
    last: dict[int, float] = {}
    leaves = 0
    for one in order:
        if not children[one]:
            slots[one] = float(leaves)
            leaves += 1
    for one in reversed(order):
        if children[one]:
            first[one], last[one] = slots[children[one][0]], slots[children[one][-1]]
            slots[one] = (first[one] + last[one]) / 2
    seen = [one for one in ids if one not in hidden]
    place = {one: at for at, one in enumerate(seen)}
    above = [place.get(parent, -1) if (parent := parents[one]) is not None else -1 for one in seen]
    depths: list[int] = []
    for at in above:
        depths.append(0 if at < 0 else depths[at] + 1)
    nothing = float("nan")
    return Layout(
        ids=np.array(seen, dtype=np.int64),
        slots=np.array([slots[one] for one in seen]),
        depths=np.array(depths, dtype=np.int64),
        above=np.array(above, dtype=np.int64),
        first=np.array([first.get(one, nothing) for one in seen]),
        last=np.array([last.get(one, nothing) for one in seen]),
        folded=np.array([below[one] for one in seen], dtype=np.int64),
        leaves=max(leaves, 1),
    )


def _depth_first(roots: list[int], children: Mapping[int, list[int]]) -> list[int]:
    order: list[int] = []
    waiting = roots[::-1]
    while waiting:
        one = waiting.pop()
        order.append(one)
        waiting.extend(reversed(children[one]))
    return order
