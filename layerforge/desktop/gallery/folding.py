"""Which branches lie hidden in stacks: plain values, no widgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from layerforge.desktop.gallery.orders import Key
from layerforge.desktop.gallery.stacks import NONE, Stacks
from layerforge.model.branch import Branch, Status

RowKey = tuple[Key, Key]
"""What rows are sorted by: the place of the stack, then that within it."""

FIRST: Key = (-1, 0.0, 0)

_RANKS: dict[Status, int] = {"pinned": 0, "open": 1, "killed": 2}


class Folding:
    """Lays branches that are alike on top of each other.

    On top lies a pinned one, else the best living one.  A stack stands where the first living one
    of it would.  Pinned ones are never hidden, nor are those that somebody holds.
    """

    def __init__(self) -> None:
        self.on = True
        self.stacks: Stacks = NONE
        self._opened: set[int] = set()
        self._below: dict[int, tuple[int, ...]] = {}
        self._top: dict[int, int] = {}

    def forget(self) -> None:
        """Another project is shown."""
        self.stacks = NONE
        self._opened, self._below, self._top = set(), {}, {}

    def arranged(
        self,
        keyed: Sequence[tuple[Key, int]],
        branches: Mapping[int, Branch],
        *,
        held: Collection[int] = (),
    ) -> list[tuple[RowKey, int]]:
        """The rows to show, in order, of branches that are given in order with their keys."""
        self._below, self._top = {}, {}
        groups: dict[int, list[tuple[Key, int]]] = defaultdict(list)
        rows: list[tuple[RowKey, int]] = []
        for key, one in keyed:
            leader = self.stacks.get(one) if self.on else None
            if leader is None:
                rows.append(((key, FIRST), one))
            else:
                groups[leader].append((key, one))
        for members in groups.values():
            rows += self._laid(members, branches, held)
        rows.sort()
        return rows

    def _laid(
        self,
        members: list[tuple[Key, int]],
        branches: Mapping[int, Branch],
        held: Collection[int],
    ) -> Iterable[tuple[RowKey, int]]:
        def rank(member: tuple[Key, int]) -> tuple[int, float, int]:
            branch = branches[member[1]]
            return _RANKS[branch.status], -(branch.value or 0.0), branch.id

        _, top = min(members, key=rank)
        alone = [
            (key, one)
            for key, one in members
            if one != top and (branches[one].status == "pinned" or one in held)
        ]
        stack = [member for member in members if member not in alone]
        living = [key for key, one in stack if branches[one].status != "killed"]
        place = min(living or [key for key, _ in stack])
        yield (place, FIRST), top
        for key, one in alone:
            yield (key, FIRST), one
        below = tuple(one for _, one in stack if one != top)
        if not below:
            return
        self._below[top] = below
        self._top |= dict.fromkeys(below, top)
        if self.is_open(top):
            for key, one in stack:
                if one != top:
                    yield (place, key), one

    # What lies where ----------------------------------------------------------------------------

    def top_of(self, branch_id: int) -> int | None:
        """The branch on top of the stack that a branch belongs to, which may be itself."""
        return branch_id if branch_id in self._below else self._top.get(branch_id)

    def below(self, branch_id: int) -> tuple[int, ...]:
        """The branches that belong to the stack that this one is on top of."""
        return self._below.get(branch_id, ())

    def hidden(self, branch_id: int) -> tuple[int, ...]:
        """The same as far as it is folded."""
        return () if self.is_open(branch_id) else self.below(branch_id)

    def is_open(self, top: int) -> bool:
        """Whether the stack below a branch is laid out."""
        return not self._opened.isdisjoint({top, *self.below(top)})

    def turn(self, branch_id: int, *, opened: bool) -> None:
        """Lay the stack that a branch belongs to out, or fold it."""
        top = self.top_of(branch_id)
        if top is not None:
            members = {top, *self.below(top)}  # whichever of them is on top later
            self._opened = self._opened | members if opened else self._opened - members

    def any_stack(self) -> bool:
        """Whether there is a stack at all."""
        return bool(self._below)
