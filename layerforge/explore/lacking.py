"""Branches and recipes made with an operation that is not installed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from layerforge.model.branch import Branch
from layerforge.model.errors import LayerForgeError, StepDoesNotApply
from layerforge.model.recipe import Recipe
from layerforge.operations.fold import numbered
from layerforge.operations.lacking import how_to_get, lacking
from layerforge.project.reading import Used

_SHOWN = 5


def lacking_branches(branches: Iterable[Branch]) -> dict[int, tuple[str, ...]]:
    """By branch, the operations of its whole history that are not installed; parents first.

    Branches that lack nothing are left out.
    """
    return lacking_in(
        Used(one.id, one.parent, tuple(step.operation.name for step in one.steps))
        for one in branches
    )


def lacking_in(branches: Iterable[Used]) -> dict[int, tuple[str, ...]]:
    """`lacking_branches` where only the names of operations are known."""
    found: dict[int, tuple[str, ...]] = {}
    for one in branches:
        above = () if one.parent is None else found.get(one.parent, ())
        names = tuple(dict.fromkeys((*above, *lacking(one.operations))))
        if names:
            found[one.id] = names
    return found


def parted(branch_ids: Iterable[int], lost: Mapping[int, tuple[str, ...]]) -> tuple[list[int], str]:
    """Those of ``branch_ids`` that can be rendered here, and what is said of the others.

    lost: what branches lack, from `lacking_branches`.  Raises LayerForgeError where none can be.
    """
    ids = list(branch_ids)
    left_out = lacking_text({one: lost[one] for one in ids if one in lost})
    rest = [one for one in ids if one not in lost]
    if left_out and not rest:
        raise LayerForgeError(left_out)
    return rest, left_out


def without_lacking(recipe: Recipe) -> tuple[Recipe, list[str]]:
    """``recipe`` without the steps that can't be rendered here, and a line on those.

    Steps that only fail to apply once others are gone, such as one on a layer that was never
    made, go with them.  Raises LayerForgeError where no step is left, and what a step raises that
    does not apply in any case.
    """
    names = lacking(step.operation.name for step in recipe.steps)
    if not names:
        return recipe, []
    canvas, kept, gone = recipe.canvas, [], []
    for number, step in enumerate(recipe.steps, start=1):
        if step.operation.name in names:
            gone.append(f"{number} ({step.operation.name})")
            continue
        try:
            canvas = numbered(canvas, step, number=number)
        except StepDoesNotApply:
            if not gone:
                raise
            gone.append(f"{number} ({step.operation.name}, which stands on them)")
            continue
        kept.append(step)
    if not kept:
        raise LayerForgeError(f"nothing is left of the recipe here: {how_to_get(names)}")
    which = f"step {gone[0]}" if len(gone) == 1 else f"steps {', '.join(gone)}"
    text = f"left out, since it is not installed here: {which}; {how_to_get(names)}"
    return msgspec.structs.replace(recipe, steps=tuple(kept)), [text]


def lacking_text(found: Mapping[int, tuple[str, ...]]) -> str:
    """Which branches lack what, in a line; empty where none does."""
    if not found:
        return ""
    ids = [str(branch) for branch in list(found)[:_SHOWN]]
    if len(found) > _SHOWN:
        ids[-1:] = [f"{len(found) - _SHOWN + 1} more"]
    several = f"branches {', '.join(ids[:-1])} and {ids[-1]} need"
    which = f"branch {ids[0]} needs" if len(ids) == 1 else several
    names = [name for one in found.values() for name in one]
    return f"{which} what is not installed here: {how_to_get(names)}"
