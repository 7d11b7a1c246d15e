"""What branches are made of: families of operations and sources, those of all above them too."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from layerforge.model.branch import Branch
from layerforge.model.source import is_source_id
from layerforge.operations.registry import toolbox

Names = frozenset[str]
_NONE: Names = frozenset()


class Traits:
    """Families and sources by branch.  Equal sets are held once: most branches share theirs."""

    def __init__(self) -> None:
        self._families: dict[int, Names] = {}
        self._sources: dict[int, Names] = {}
        self._held: dict[Names, Names] = {}

    def add(self, branches: Iterable[Branch]) -> None:
        """Take in branches; parents come before their children."""
        for branch in branches:
            above = branch.parent if branch.parent is not None else -1
            calls = [step.operation for step in branch.steps]
            families = {_family_of(call.name) for call in calls}
            # numbers are most of all values: a project of thousands is opened while somebody waits
            sources = {
                value
                for call in calls
                for value in call.parameters.values()
                if isinstance(value, str) and is_source_id(value)
            }
            self._families[branch.id] = self._joined(self.families(above), families)
            self._sources[branch.id] = self._joined(self.sources(above), sources)

    def families(self, branch_id: int) -> Names:
        """The families of the operations that a branch is made by."""
        return self._families.get(branch_id, _NONE)

    def sources(self, branch_id: int) -> Names:
        """The ids of the sources that a branch is made of."""
        return self._sources.get(branch_id, _NONE)

    def all_families(self) -> list[str]:
        """The families that any branch is made by, by name."""
        found: set[str] = set()
        return sorted(found.union(*set(self._families.values())))

    def _joined(self, above: Names, own: set[str]) -> Names:
        if own <= above:
            return above
        wanted = above | own
        return self._held.setdefault(wanted, wanted)


@functools.cache
def _family_of(name: str) -> str:
    operation = toolbox().operations.get(name)
    return operation.family() if operation else name.split(".")[0]
