"""How far a change to a branch's history can reach: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layerforge.desktop.inspector.draft import Draft, Item
from layerforge.explore.rebasing import Change, Numbered, Steps, numbered
from layerforge.model.branch import Branch


@dataclass(frozen=True, slots=True)
class Owned:
    """A branch of the way to the one that is shown, and where in the draft its steps lie."""

    branch: int
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Reach:
    """An ancestor whose steps were changed, the topmost one, and the changes on the way down."""

    ancestor: int
    changes: tuple[tuple[Steps, Steps], ...]

    def change(self) -> Change:
        """What to do with the steps of the ancestor and of each branch below it."""

        def changed(steps: Steps) -> Numbered:
            new = next((new for old, new in self.changes if old == steps), steps)
            return numbered(new, steps)

        return changed


def owners(draft: Draft, way: Sequence[Branch]) -> tuple[Owned, ...]:
    """Whose the items of a draft are that has not been changed yet.

    way: the branches from below the root down to the one that is shown.
    """
    found: list[Owned] = []
    place = 0
    for branch in way:
        first, missing = place, len(branch.steps)
        while missing and place < len(draft.items):
            missing -= draft.items[place].on
            place += 1
        found.append(Owned(branch.id, first, place))
    return tuple(found)


def reach_of(before: Draft, now: Draft, owned: Sequence[Owned]) -> Reach | None:
    """Which ancestor a change may be meant for; None where it is only the branch's own affair.

    So it is where steps were moved from one branch to another: nobody can tell what that would
    mean for the others.
    """
    ancestor: int | None = None
    changes: list[tuple[Steps, Steps]] = []
    for place, one in enumerate(owned):
        last = place == len(owned) - 1
        old = before.items[one.first :] if last else before.items[one.first : one.after]
        new = now.items[one.first :] if last else now.items[one.first : one.after]
        if not last and _names(old) != _names(new):
            return None
        if _on(old) != _on(new):
            changes.append((_on(old), _on(new)))
            if ancestor is None and not last:
                ancestor = one.branch
    return None if ancestor is None else Reach(ancestor, tuple(changes))


def grown_from(branch_id: int, branches: Iterable[Branch]) -> int:
    """How many branches grew from one; parents come before their children."""
    inside = {branch_id}
    for one in branches:
        if one.parent in inside:
            inside.add(one.id)
    return len(inside) - 1


def _on(items: Sequence[Item]) -> Steps:
    return tuple(item.step for item in items if item.on)


def _names(items: Sequence[Item]) -> list[tuple[str, str]]:
    return sorted((item.step.operation.name, item.step.target or "") for item in items)
