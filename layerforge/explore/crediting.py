"""What each step of a branch is good for: leave it out, and look what is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layerforge.explore.grafting import folded, keep_variation, not_the_root
from layerforge.explore.judging import Opinion
from layerforge.explore.room import JudgingRoom
from layerforge.model.branch import Branch
from layerforge.model.canvas import Canvas
from layerforge.model.step import Step
from layerforge.operations.fold import fold
from layerforge.scoring.sameness import Picture, Sameness

TOLERANCE = 0.05
"""Losing no more value than this, in standard deviations, is losing nothing."""

SAME_LOOK = 0.1
"""Nor is it one while the picture moves by no more than this share of the typical distance, and is
all but the same place by place."""

_AT_ONCE = 4
"""So many pictures are judged before it is told how far that is."""


@dataclass(frozen=True, slots=True)
class StepCredit:
    """What one step contributes: what the branch has with it, less what it has without.

    number: the step's place in the branch's whole history, from 1.  value, novelty: the
    differences; None where the steps after it need it, as they work on what it made.
    look: how far the picture lies from that without it, as a share of the typical distance.
    needed_by: the number of the first step that can't do without it.
    """

    number: int
    operation: str
    value: float | None
    novelty: float | None
    look: float | None
    needed_by: int | None = None


def credit(
    room: JudgingRoom,
    branch_id: int,
    *,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> list[StepCredit]:
    """The credit of every step of the branch's history, first to last.

    Leave-one-out: the whole history is rendered again without each step.  Values are looked at
    closely, as kept branches' are.  ``told`` hears how many pictures are judged, and of how many.
    Raises InvalidValue for the root.
    """
    not_the_root(branch_id, "give credit for")
    history = room.project.history(branch_id)
    blank = room.project.canvas
    without: dict[int, Canvas] = {}
    needed: dict[int, int] = {}
    for place in range(len(history)):
        canvas = folded((*history[:place], *history[place + 1 :]), blank)
        if canvas is None:
            needed[place] = _first_lost(history, place, blank)
        else:
            without[place] = canvas
    shown = [place for place, canvas in without.items() if canvas.layers]
    canvases = [fold(history, blank), *(without[place] for place in shown)]
    full, *opinions = _judged(room, canvases, told)
    found = dict(zip(shown, opinions, strict=True))
    return [
        _credit(room, branch_id, place, step, full, found.get(place), needed.get(place))
        for place, step in enumerate(history)
    ]


def _judged(
    room: JudgingRoom, canvases: Sequence[Canvas], told: Callable[[int, int], None]
) -> list[Opinion]:
    """Opinions on canvases, some at a time, so that it can be told how far that is."""
    opinions: list[Opinion] = []
    told(0, len(canvases))
    for first in range(0, len(canvases), _AT_ONCE):
        some = canvases[first : first + _AT_ONCE]
        opinions += room.opinions(some, closely=room.closely)
        told(len(opinions), len(canvases))
    return opinions


def simplify(
    room: JudgingRoom,
    branch_id: int,
    *,
    tolerance: float = TOLERANCE,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Branch | None:
    """A new branch without the steps that contribute nothing; None where all do.

    Steps are dropped one by one, the least seen first, while the value falls by no more than
    ``tolerance`` and the picture stays all but the same, both in all.  A source is lost only where
    nobody can see that.  ``told`` hears how many pictures are looked at, and how many that may be
    at most.  Raises InvalidValue for the root.
    """
    not_the_root(branch_id, "simplify")
    blank = room.project.canvas
    history = tuple(room.project.history(branch_id))
    whole = fold(history, blank)
    (full,) = room.opinions([whole], closely=room.closely)
    picture = room.picture(whole)
    least = room.value(full) - tolerance
    steps, last, looked = history, full, 1
    most = 1 + len(history) * (len(history) + 1) // 2
    told(looked, most)
    while len(steps) > 1:
        shorter = _shorter(steps, blank)
        alike = _alike(room, whole, picture, [canvas for _, canvas in shorter])
        looked += len(shorter)
        told(looked, most)
        for place in alike:
            left, canvas = shorter[place]
            (opinion,) = room.opinions([canvas], closely=room.closely)
            if room.value(opinion) >= least and room.distance(full, opinion) <= SAME_LOOK:
                steps, last = left, opinion
                break
        else:
            break
    if steps == history:
        return None
    return keep_variation(
        room,
        branch_id,
        steps,
        last,
        work="simplify",
        details={"tolerance": tolerance},
        evaluated=looked,
    )


def _alike(
    room: JudgingRoom, whole: Canvas, picture: Picture, canvases: Sequence[Canvas]
) -> list[int]:
    """The places of the canvases that look all but the same as the whole, the nearest first."""
    found: list[tuple[float, int]] = []
    for place, canvas in enumerate(canvases):
        seen = Sameness.of(picture, room.picture(canvas))
        lost = set(whole.source_ids()) - set(canvas.source_ids())
        if seen.same and (seen.unseen or not lost):
            found.append((seen.difference, place))
    return [place for _, place in sorted(found)]


def _shorter(steps: tuple[Step, ...], blank: Canvas) -> list[tuple[tuple[Step, ...], Canvas]]:
    """All that is left without one step, where it still makes a picture, with its canvas."""
    found: list[tuple[tuple[Step, ...], Canvas]] = []
    for place in range(len(steps)):
        left = (*steps[:place], *steps[place + 1 :])
        canvas = folded(left, blank)
        if canvas is not None and canvas.layers:
            found.append((left, canvas))
    return found


def _first_lost(history: Sequence[Step], place: int, blank: Canvas) -> int:
    """The number of the first step that does not apply without the one at ``place``."""
    for end in range(place + 1, len(history)):
        if folded((*history[:place], *history[place + 1 : end + 1]), blank) is None:
            return end + 1
    return len(history)


def _credit(
    room: JudgingRoom,
    branch_id: int,
    place: int,
    step: Step,
    full: Opinion,
    without: Opinion | None,
    needed_by: int | None,
) -> StepCredit:
    if without is None:
        return StepCredit(place + 1, step.operation.name, None, None, None, needed_by)
    itself = frozenset({branch_id})
    return StepCredit(
        number=place + 1,
        operation=step.operation.name,
        value=room.value(full) - room.value(without),
        novelty=room.novelty(full, without=itself) - room.novelty(without, without=itself),
        look=room.distance(full, without),
    )
