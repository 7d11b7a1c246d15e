"""What kind of picture each branch is, found in the background from what the project keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.bridge import Tell
from layerforge.project.project import Project
from layerforge.scoring.character import Character, character_of_thumbnail

PATIENCE_MS = 700

_AT_ONCE = 250
"""So many branches are looked at before the first of them are told."""

Characters = Mapping[int, Character]


class Characterising(Anew):
    """Finds the characters of a project's branches while somebody looks; each only once.

    They are those that the strategy of elites parts its archive by, whatever strategy found the
    branches.  found: Characters, all that are known by now.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, patience_ms=PATIENCE_MS)
        self._known: dict[int, Character] = {}

    def set_project(self, project: Project, *, same: bool = False) -> None:
        """Look at another project, or another file of the same."""
        self.project = project
        if not same:
            self._known = {}
            self.found.emit({})

    def _work(self) -> Callable[[Project, Tell], Characters]:
        return partial(_characters, frozenset(self._known))

    def _take(self, found: Characters) -> None:
        self._known |= found
        self.found.emit(MappingProxyType(self._known))


def _characters(known: frozenset[int], project: Project, tell: Tell) -> Characters:
    """Those of all branches but the known ones; those without a thumbnail have none."""
    made: dict[int, Character] = {}
    for branch_id in project.branch_ids():
        if branch_id in known:
            continue
        thumbnail = project.thumbnail(branch_id)
        character = None if thumbnail is None else character_of_thumbnail(thumbnail)
        if character is not None:
            made[branch_id] = character
        if len(made) >= _AT_ONCE:
            tell(made)
            made = {}
    return made
