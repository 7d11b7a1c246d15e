"""Rebasing: change something early in a branch's history, and see all that grew from it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from msgspec.structs import replace

from layerforge.explore.grafting import Grafts, not_the_root
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import (
    InvalidValue,
    LayerForgeError,
    StepDoesNotApply,
    UnknownOperation,
)
from layerforge.model.step import ParameterValue, Step
from layerforge.model.values import to_json
from layerforge.operations.fold import apply_step, fold
from layerforge.operations.identifiers import SourceRef
from layerforge.operations.registry import build

Steps = tuple[Step, ...]
Numbered = tuple[tuple[int, Step], ...]
"""Steps, each with its number in the old branch, from 1."""

Change = Callable[[Steps], Numbered]
"""What becomes of a branch's own steps."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that no longer applies: of which old branch, its number there, and why."""

    branch: int
    number: int
    operation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rebased:
    """branches: new ones by the old one that each stands for.  left_out: steps that are not in
    them.  gone: old branches of which no step applies any more; what grew from them goes on from
    what they grew from.
    """

    branches: dict[int, Branch]
    left_out: tuple[LeftOut, ...]
    gone: tuple[int, ...]


def numbered(steps: Steps, old: Steps | None = None) -> Numbered:
    """Steps with the numbers that they have in ``old``, as it is itself where that is None.

    A moved step keeps its number; a changed one has that of the one whose place it takes; one that
    is new has its own.
    """
    if old is None:
        return tuple(enumerate(steps, start=1))
    before, after = ([to_json(step) for step in some] for some in (old, steps))
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: dict[int, int] = {}
    for kind, start, stop, first, last in blocks:
        if kind == "equal":
            found.update(zip(range(first, last), range(start, stop), strict=True))
    for place, step in enumerate(after):
        if place not in found:
            left = (at for at, one in enumerate(before) if one == step)
            moved = next((at for at in left if at not in found.values()), None)
            if moved is not None:
                found[place] = moved
    for kind, start, stop, first, last in blocks:
        if kind == "replace":
            free = (at for at in range(start, stop) if at not in found.values())
            changed = [place for place in range(first, last) if place not in found]
            found.update(zip(changed, list(free), strict=False))
    return tuple((found.get(place, place) + 1, step) for place, step in enumerate(steps))


def without_step(number: int) -> Change:
    """Remove the branch's own step ``number``, from 1."""

    def change(steps: Steps) -> Numbered:
        _check_number(steps, number)
        return tuple(one for one in numbered(steps) if one[0] != number)

    return change


def with_parameter(number: int, name: str, value: ParameterValue) -> Change:
    """Set a parameter of the branch's own step ``number``, from 1."""

    def change(steps: Steps) -> Numbered:
        _check_number(steps, number)
        step = steps[number - 1]
        if name not in build(step.operation).parameters():
            known = ", ".join(step.operation.parameters) or "none"
            raise InvalidValue(f"{step.operation.name} has no parameter {name}: it has {known}")
        call = replace(step.operation, parameters={**step.operation.parameters, name: value})
        build(call)  # the value is checked here
        changed = replace(step, operation=call)
        return numbered((*steps[: number - 1], changed, *steps[number:]))

    return change


def with_source(old: str, new: str) -> Change:
    """Use the source ``new`` (by id) wherever ``old`` was used."""

    def change(steps: Steps) -> Numbered:
        return numbered(tuple(_swapped(step, old, new) for step in steps))

    return change


def rebase(
    room: JudgingRoom, branch_id: int, change: Change, *, everywhere: bool = False
) -> Rebased:
    """Change the own steps of a branch, and replay all that grew from it as a new subtree.

    everywhere: the change is meant for the steps of its descendants, too, as that of a source is.
    The old branches stay as they are; the new ones are judged, and kept whatever they are worth.
    Raises InvalidValue for the root and for a change that changes nothing.
    """
    not_the_root(branch_id, "rebase")
    project = room.project
    family = _family(project.branches(), branch_id)
    top = family[0]
    assert top.parent is not None  # noqa: S101 - only the root has none
    changed = change(top.steps)
    if changed == numbered(top.steps) and not everywhere:
        raise InvalidValue(f"branch {branch_id} would stay as it is")
    canvases = {top.parent: fold(project.history(top.parent), project.canvas)}
    stands_for = {top.parent: top.parent}
    planned: list[tuple[Branch, int, Steps, Canvas]] = []
    left_out: list[LeftOut] = []
    gone: list[int] = []
    for branch in family:
        assert branch.parent is not None  # noqa: S101 - only the root has none
        if branch is top:
            wanted = changed
        else:
            wanted = change(branch.steps) if everywhere else numbered(branch.steps)
        before = canvases[branch.parent]
        steps, canvas, lost = _replayed(branch.id, wanted, before)
        left_out += lost
        if not steps or not canvas.layers:
            gone.append(branch.id)
            canvases[branch.id] = before
            stands_for[branch.id] = stands_for[branch.parent]
            continue
        canvases[branch.id] = canvas
        stands_for[branch.id] = branch.id
        planned.append((branch, stands_for[branch.parent], steps, canvas))
    if not planned:
        raise InvalidValue(f"nothing of branch {branch_id} is left after that change")
    if all(branch.steps == steps for branch, _, steps, _ in planned) and not gone:
        raise InvalidValue(f"branch {branch_id} and all below it would stay as they are")
    return _kept(room, top, planned, left_out, gone)


def _kept(
    room: JudgingRoom,
    top: Branch,
    planned: Sequence[tuple[Branch, int, Steps, Canvas]],
    left_out: Sequence[LeftOut],
    gone: Sequence[int],
) -> Rebased:
    opinions = room.opinions([canvas for *_, canvas in planned], closely=room.closely)
    grafts = Grafts(room, work="rebase", details={"branch": top.id})
    new: dict[int, int] = {}
    for (branch, parent, steps, canvas), opinion in zip(planned, opinions, strict=True):
        new[branch.id] = grafts.add(
            new.get(parent, parent),
            steps,
            canvas,
            opinion,
            mate=branch.mate,
            origin=branch.id if branch is top else new.get(branch.origin or -1, branch.origin),
        )
    kept = {branch.id: branch for branch in grafts.keep(evaluated=len(planned))}
    return Rebased(
        branches={old: kept[made] for old, made in new.items()},
        left_out=tuple(left_out),
        gone=tuple(gone),
    )


def _family(branches: Sequence[Branch], branch_id: int) -> list[Branch]:
    """The branch and all below it, parents before their children."""
    found: list[Branch] = []
    inside = {branch_id}
    for branch in branches:  # in the order of their ids: parents come first
        if branch.id == branch_id or branch.parent in inside:
            inside.add(branch.id)
            found.append(branch)
    if not found:
        raise InvalidValue(f"there is no branch {branch_id}")
    return found


def _replayed(
    branch_id: int, steps: Numbered, canvas: Canvas
) -> tuple[Steps, Canvas, list[LeftOut]]:
    kept: list[Step] = []
    lost: list[LeftOut] = []
    for number, step in steps:
        try:
            canvas = apply_step(canvas, step)
        except (StepDoesNotApply, InvalidValue, UnknownOperation) as error:
            lost.append(LeftOut(branch_id, number, step.operation.name, str(error)))
            continue
        kept.append(step)
    return tuple(kept), canvas, lost


def _swapped(step: Step, old: str, new: str) -> Step:
    try:
        declared = build(step.operation).parameters()
    except LayerForgeError:
        return step  # not installed here: what it uses can't be told
    changed = {
        name: new if value == old and isinstance(declared.get(name), SourceRef) else value
        for name, value in step.operation.parameters.items()
    }
    return replace(step, operation=replace(step.operation, parameters=changed))


def _check_number(steps: Steps, number: int) -> None:
    if not 1 <= number <= len(steps):
        own = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
        raise InvalidValue(f"the branch has {own} of its own, no step {number}")
