"""Branches that can't be rendered here, since an operation that made them is not installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from layerforge.model.branch import Branch
from layerforge.model.errors import LayerForgeError
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
