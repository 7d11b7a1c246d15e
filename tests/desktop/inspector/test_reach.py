from __future__ import annotations

from layerforge.desktop.inspector.draft import Draft, Item
from layerforge.desktop.inspector.reach import Owned, grown_from, owners, reach_of
from layerforge.model.branch import Branch
from layerforge.model.step import Call, Step


def step(name: str, amount: float = 0.5, target: str | None = None) -> Step:
    return Step(operation=Call(name=name, parameters={"amount": amount}), target=target)


A, B, C, D = (step(f"tone.{name}") for name in "abcd")
WAY = [
    Branch(id=1, parent=0, steps=(A, B)),
    Branch(id=4, parent=1, steps=(C,)),
    Branch(id=9, parent=4, steps=(D,)),
]


def draft(*steps: Step, off: tuple[int, ...] = ()) -> Draft:
    items = tuple(Item(one, on=place not in off) for place, one in enumerate(steps))
    return Draft(9, items, own=3)


WHOLE = draft(A, B, C, D)
OWNED = owners(WHOLE, WAY)


def test_items_belong_to_the_branches_of_the_way() -> None:
    assert (Owned(1, 0, 2), Owned(4, 2, 3), Owned(9, 3, 4)) == OWNED
    # a step that was switched off before lies between them
    between = draft(A, step("tone.off"), B, C, D, off=(1,))
    assert owners(between, WAY) == (Owned(1, 0, 3), Owned(4, 3, 4), Owned(9, 4, 5))


def test_the_topmost_ancestor_that_changed_is_meant() -> None:
    changed = step("tone.b", 0.7)
    reach = reach_of(WHOLE, draft(A, changed, C, step("tone.d", 0.1)), OWNED)
    assert reach is not None
    assert reach.ancestor == 1
    change = reach.change()
    assert change((A, B)) == ((1, A), (2, changed))
    assert change((C,)) == ((1, C),)
    assert change((D,)) == ((1, step("tone.d", 0.1)),)


def test_a_step_switched_off_or_moved_within_a_branch_is_a_change_to_it() -> None:
    off = reach_of(WHOLE, draft(A, B, C, D, off=(0,)), OWNED)
    moved = reach_of(WHOLE, draft(B, A, C, D), OWNED)
    assert off is not None
    assert moved is not None
    assert off.change()((A, B)) == ((2, B),)
    assert moved.change()((A, B)) == ((2, B), (1, A))


def test_its_own_steps_and_moves_between_branches_are_its_own_affair() -> None:
    assert reach_of(WHOLE, WHOLE, OWNED) is None
    assert reach_of(WHOLE, draft(A, B, C, step("tone.d", 0.9)), OWNED) is None
    assert reach_of(WHOLE, draft(A, B, C, D, step("tone.more")), OWNED) is None
    assert reach_of(WHOLE, draft(A, C, B, D), OWNED) is None


def test_all_below_grew_from_it() -> None:
    parents = {1: 0, 2: 0, 3: 1, 4: 1, 5: 2, 6: 4}
    branches = [Branch(id=one, parent=parent, steps=()) for one, parent in parents.items()]
    assert grown_from(1, branches) == 3
    assert grown_from(2, branches) == 1
    assert grown_from(6, branches) == 0
