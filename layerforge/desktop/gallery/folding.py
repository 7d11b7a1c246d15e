"""Which branches lie hidden in stacks: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

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
        ids: Sequence[int],
        keys: Sequence[Key],
        branches: Mapping[int, Branch],
        *,
        held: Collection[int] = (),
    ) -> tuple[list[int], list[RowKey]]:
        """The rows to show, and their keys, of branches that are given in order with their keys.

        Thousands of branches are folded while the window waits: whole columns at once.
        """
        self._below, self._top = {}, {}
        known = self.stacks
        member = [place for place, one in enumerate(ids) if one in known] if self.on else []
        if not member:
            return list(ids), [(key, FIRST) for key in keys]
        stack = _Stacks(ids, np.array(member), known, branches, frozenset(held), self._opened)
        for top, below in stack.lying(ids):
            self._below[top] = below
            self._top |= dict.fromkeys(below, top)
        first, second = stack.first, stack.second
        rows = np.flatnonzero(stack.shown)
        rows = rows[np.lexsort((second[rows], first[rows]))]
        places = zip(rows.tolist(), first[rows].tolist(), second[rows].tolist(), strict=True)
        return [ids[row] for row in rows.tolist()], [
            (keys[place], FIRST if behind < 0 else keys[row]) for row, place, behind in places
        ]

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


class _Stacks:
    """The stacks of branches in order, as columns by place in that order.

    member: the places of those that belong to a stack.  first, second: (N,), what rows are sorted
    by: the place of the stack, and within it -1 for the top, else the own place.  shown: (N,).
    """

    def __init__(
        self,
        ids: Sequence[int],
        member: npt.NDArray[np.intp],
        leaders: Stacks,
        branches: Mapping[int, Branch],
        held: frozenset[int],
        opened: Collection[int],
    ) -> None:
        mine = [branches[ids[place]] for place in member.tolist()]
        rank = np.array([_RANKS[one.status] for one in mine])
        value = np.array([one.value or 0.0 for one in mine])
        own = np.array([one.id for one in mine])
        _, stack = np.unique([leaders[one.id] for one in mine], return_inverse=True)
        count = int(stack.max()) + 1
        best_first = np.lexsort((own, -value, rank, stack))
        ends = np.flatnonzero(np.diff(stack[best_first], prepend=-1))
        top = np.zeros(len(mine), dtype=bool)
        top[best_first[ends]] = True
        kept = (rank == _RANKS["pinned"]) | np.isin(own, list(held))
        alone = kept & ~top
        inside = ~alone
        # a stack stands where its first living one would, or its first one where none lives
        stands = np.where(rank == _RANKS["killed"], member + len(ids), member)
        place = np.full(count, 2 * len(ids))
        np.minimum.at(place, stack[inside], stands[inside])
        is_open = np.zeros(count, dtype=bool)
        is_open[stack[inside & np.isin(own, list(opened))]] = True
        self.first = np.arange(len(ids))
        self.second = np.full(len(ids), -1)
        self.shown = np.ones(len(ids), dtype=bool)
        self.first[member[inside]] = place[stack[inside]] % len(ids)
        below = inside & ~top
        self.second[member[below]] = member[below]
        self.shown[member[below]] = is_open[stack[below]]
        self._tops = member[best_first[ends]]
        self._of = stack[below]
        self._below = member[below]

    def lying(self, ids: Sequence[int]) -> Iterable[tuple[int, tuple[int, ...]]]:
        """The branch on top of each stack of several, and those below it, in order."""
        by_stack = np.argsort(self._of, kind="stable")
        stacks, starts = np.unique(self._of[by_stack], return_index=True)
        below = self._below[by_stack].tolist()
        bounds = [*starts.tolist(), len(below)]
        tops = self._tops[stacks].tolist()
        for top, start, end in zip(tops, bounds[:-1], bounds[1:], strict=True):
            yield ids[top], tuple(ids[place] for place in below[start:end])
