"""Operations that histories name and that are not installed here."""

from __future__ import annotations

from collections.abc import Iterable

from layerforge.operations.earlier import RENAMED
from layerforge.operations.registry import needs, toolbox


def lacking(names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` whose operations are not installed, each once, in their order."""
    known = toolbox().operations
    return tuple(dict.fromkeys(name for name in names if RENAMED.get(name, name) not in known))


def how_to_get(names: Iterable[str]) -> str:
    """Operations that are not installed, with what they need, in words."""
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        groups.setdefault(needs(name) or "a plug-in, or a newer LayerForge", []).append(name)
    return "; ".join(
        f"{', '.join(ones)} {'comes' if len(ones) == 1 else 'come'} with {what}"
        for what, ones in groups.items()
    )
