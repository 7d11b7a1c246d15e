"""The branches that the gallery shows: filtered, sorted, and grown live."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from layerforge.desktop.gallery.filters import Filter, Shown
from layerforge.desktop.gallery.folding import FIRST, Folding, RowKey
from layerforge.desktop.gallery.marks import is_fragile
from layerforge.desktop.gallery.orders import Key, Measured, Order, in_order, keys_of
from layerforge.desktop.gallery.stacks import Stacks
from layerforge.desktop.gallery.traits import Traits
from layerforge.model.branch import ROOT, Branch, Status

BRANCH_ID = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """One row a branch, without the root and those that lie hidden in stacks.

    It sorts and filters by itself: each call from Qt into Python is dear while workers compute,
    and a proxy makes several for every row.
    """

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._branches: dict[int, Branch] = {}
        self._rows: list[int] = []
        self._keys: list[RowKey] = []
        self._at: dict[int, RowKey] = {}
        self._folding = Folding()
        self.held: frozenset[int] = frozenset()
        """Branches that no stack may hide now."""
        self.traits = Traits()
        self._ranks: Mapping[int, int] = {}
        self._measures: dict[Order, Mapping[int, float]] = {}
        self._order: Order = "different"
        self._filter = Filter()
        self._out_distance: float | None = None

    # For Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        branch = self.branch_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return f"#{branch.id}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.describe(branch)
        if role == BRANCH_ID:
            return branch.id
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    # For the window -----------------------------------------------------------------------------

    @property
    def order(self) -> Order:
        """How the rows are sorted."""
        return self._order

    @property
    def filter(self) -> Filter:
        """Which branches are rows."""
        return self._filter

    def branch_at(self, row: int) -> Branch:
        """The branch of a row."""
        return self._branches[self._rows[row]]

    def branch(self, branch_id: int) -> Branch | None:
        """A branch by id, also where the filter hides it."""
        return self._branches.get(branch_id)

    def branches(self) -> Iterable[Branch]:
        """All branches, by id."""
        return self._branches.values()

    def living(self) -> Iterator[Branch]:
        """All branches that are not killed, whatever is shown."""
        return (one for one in self._branches.values() if one.status != "killed")

    def row_of(self, branch_id: int) -> int | None:
        """The row of a branch; None where it has none."""
        key = self._at.get(branch_id)
        return None if key is None else bisect.bisect_left(self._keys, key)

    def counts(self) -> Mapping[Shown, int]:
        """How many branches there are for each status, as far as all else lets them through."""
        every = iter(self._branches.values())
        if self._filter.narrowed:
            every = (one for one in every if self._filter.fits(one, self.traits))
        statuses = Counter(branch.status for branch in every)
        hidden = statuses["killed"] if self._filter.hide_killed else 0
        return {
            "all": statuses.total() - hidden,
            "open": statuses["open"],
            "pinned": statuses["pinned"],
            "killed": statuses["killed"],
        }

    def is_out(self, branch: Branch) -> bool:
        """Whether it broke out of the hull of the sources."""
        score, least = branch.score, self._out_distance
        if score is None or score.hull_distance is None or least is None:
            return False
        return score.hull_distance >= least

    def describe(self, branch: Branch) -> str:
        """A branch in words."""
        words = [self.tr("Branch {id}").format(id=branch.id)]
        if branch.value is not None:
            words.append(self.tr("value {value:.3f}").format(value=branch.value))
        words.append(self.tr("depth {depth}").format(depth=branch.depth))
        if branch.status == "pinned":
            words.append(self.tr("pinned"))
        elif branch.status == "killed":
            words.append(self.tr("killed"))
        if is_fragile(branch):
            words.append(self.tr("fragile"))
        if self.is_out(branch):
            words.append(self.tr("unlike all sources"))
        if below := self._folding.below(branch.id):
            words.append(self.tr("on top of {n} that look alike").format(n=len(below)))
        return ", ".join(words)

    # Stacks -------------------------------------------------------------------------------------

    @property
    def stacking(self) -> bool:
        """Whether branches that look alike are stacked."""
        return self._folding.on

    def has_stacks(self) -> bool:
        """Whether some are."""
        return self._folding.any_stack()

    def top_of(self, branch_id: int) -> int | None:
        """The branch on top of the stack that a branch belongs to; None where it is alone."""
        return self._folding.top_of(branch_id)

    def below(self, branch_id: int) -> tuple[int, ...]:
        """The branches of the stack that this one is on top of, without itself."""
        return self._folding.below(branch_id)

    def hidden_below(self, branch_id: int) -> tuple[int, ...]:
        """The same, as long as it is folded."""
        return self._folding.hidden(branch_id)

    def set_stacks(self, stacks: Stacks) -> None:
        """Which branches look alike."""
        if stacks != self._folding.stacks:
            self._folding.stacks = stacks
            self._rearrange()

    def set_stacking(self, *, on: bool) -> None:
        """Whether branches that look alike are stacked."""
        if on != self._folding.on:
            self._folding.on = on
            self._rearrange()

    def open_stack(self, branch_id: int, *, opened: bool) -> None:
        """Lay the stack that a branch belongs to out, or fold it."""
        self._folding.turn(branch_id, opened=opened)
        self._rearrange()

    # What changes -------------------------------------------------------------------------------

    def set_branches(self, branches: Iterable[Branch]) -> None:
        """Show these branches instead of those before."""
        self._branches = {branch.id: branch for branch in branches if branch.id != ROOT}
        self.traits = Traits()
        self.traits.add(self._branches.values())
        self._ranks, self._measures = {}, {}
        self._folding.forget()
        self._sort()
        self.counts_changed.emit()

    def add(self, branches: Iterable[Branch]) -> None:
        """Add branches where they belong."""
        new = [branch for branch in branches if branch.id not in self._branches]
        self._branches |= {branch.id: branch for branch in new}
        self.traits.add(new)
        self._insert([branch for branch in new if self._passes(branch)])
        self.counts_changed.emit()

    def set_statuses(self, changed: Mapping[int, Status]) -> None:
        """Take over the new statuses of some branches."""
        new = {
            one: status
            for one, status in changed.items()
            if one in self._branches and self._branches[one].status != status
        }
        if not self._folding.stacks.keys().isdisjoint(new):
            for branch_id, status in new.items():
                self._take_status(branch_id, status)
            self._rearrange()
        else:
            self._move_in_and_out(new)
        self.counts_changed.emit()

    def _take_status(self, branch_id: int, status: Status) -> Branch:
        after = msgspec.structs.replace(self._branches[branch_id], status=status)
        self._branches[branch_id] = after
        return after

    def _move_in_and_out(self, changed: Mapping[int, Status]) -> None:
        entering: list[Branch] = []
        for branch_id, status in changed.items():
            row = self.row_of(branch_id)
            after = self._take_status(branch_id, status)
            if row is None:
                if self._passes(after):
                    entering.append(after)
            elif self._passes(after):
                index = self.index(row)
                self.dataChanged.emit(index, index)
            else:
                self.beginRemoveRows(_NO_INDEX, row, row)
                del self._rows[row], self._keys[row], self._at[branch_id]
                self.endRemoveRows()
        self._insert(entering)

    def set_ranks(self, ranks: Mapping[int, int]) -> None:
        """Which branches come first under ``different``: low ranks do, those without one last."""
        if ranks != self._ranks:
            self._ranks = ranks
            if self._order == "different":
                self._rearrange()

    def set_measures(self, what: Measured, measures: Mapping[int, float]) -> None:
        """What the branches are sorted by under the order ``what``."""
        if measures != self._measures.get(what):
            self._measures[what] = measures
            if self._order == what:
                self._rearrange()

    def set_out_distance(self, distance: float | None) -> None:
        """From which distance to the sources' hull on a branch is marked as out of it."""
        if distance != self._out_distance:
            self._out_distance = distance
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_order(self, order: Order) -> None:
        """Sort otherwise."""
        if order != self._order:
            self._order = order
            self._sort()

    def set_filter(self, wanted: Filter) -> None:
        """Let only some branches through."""
        if wanted != self._filter:
            self._filter = wanted
            self._sort()
            self.counts_changed.emit()

    # Inside -------------------------------------------------------------------------------------

    def _passes(self, branch: Branch) -> bool:
        return self._filter.passes(branch, self.traits)

    def _keys_of(self, branches: Collection[Branch]) -> list[Key]:
        measures = self._measures.get(self._order, {})
        return keys_of(branches, self._order, ranks=self._ranks, measures=measures)

    def _arranged(self) -> tuple[list[int], list[RowKey]]:
        passing = list(self._branches.values())
        if self._filter != Filter():
            passing = [branch for branch in passing if self._passes(branch)]
        keys = self._keys_of(passing)
        order = in_order(keys).tolist()
        ids, keys = [passing[at].id for at in order], [keys[at] for at in order]
        return self._folding.arranged(ids, keys, self._branches, held=self.held)

    def _rearrange(self) -> None:
        """Arrange by what is known now; what is held stays with its branch where that is shown."""
        arranged = self._arranged()
        if self._rows == arranged[0]:
            self._take(arranged)
            if self._rows:  # how many lie below a top one may have changed
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        if self._at.keys() != set(arranged[0]):
            self.beginResetModel()
            self._take(arranged)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self._rows[index.row()] for index in held]
        self._take(arranged)
        rows = {branch_id: row for row, branch_id in enumerate(self._rows)}
        self.changePersistentIndexList(held, [self.index(rows[one]) for one in ids])
        self.layoutChanged.emit()

    def _sort(self) -> None:
        self.beginResetModel()
        self._take(self._arranged())
        self.endResetModel()

    def _take(self, arranged: tuple[list[int], list[RowKey]]) -> None:
        self._rows, self._keys = arranged
        self._at = dict(zip(self._rows, self._keys, strict=True))

    def _insert(self, branches: list[Branch]) -> None:
        """Insert rows, neighbours together, from the last to the first."""
        keys: list[RowKey] = [(key, FIRST) for key in self._keys_of(branches)]
        keyed = sorted(zip(keys, (branch.id for branch in branches), strict=True))
        self._at |= {branch_id: key for key, branch_id in keyed}
        while keyed:
            row = bisect.bisect_left(self._keys, keyed[-1][0])
            first = len(keyed) - 1
            while first > 0 and bisect.bisect_left(self._keys, keyed[first - 1][0]) == row:
                first -= 1
            group, keyed = keyed[first:], keyed[:first]
            self.beginInsertRows(_NO_INDEX, row, row + len(group) - 1)
            self._keys[row:row] = [key for key, _ in group]
            self._rows[row:row] = [branch_id for _, branch_id in group]
            self.endInsertRows()
