"""Sources by what users call them: a name, or the beginning of an id."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from layerforge.cli.arguments import real

if TYPE_CHECKING:
    from layerforge.project.project import Project


def source_called(project: Project, name: str) -> str:
    """The id of the source called so.  Raises InvalidValue."""
    from layerforge.model.errors import InvalidValue

    sources = project.sources()
    found = [one.id for one in sources if one.name == name or one.id.startswith(name.lower())]
    if len(found) != 1:
        known = ", ".join(one.name for one in sources)
        many = "several sources are" if found else "no source is"
        raise InvalidValue(f"{many} called {name}: there are {known}")
    return found[0]


def source_weight(text: str) -> tuple[str, float]:
    """A source and its weight, such as ``fern.jpg=2``."""
    name, sign, number = text.rpartition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a source and its weight, as in fern.jpg=2"
        )
    return name, real(0, 100)(number)


def keep_source_weights(project: Project, given: list[tuple[str, float]]) -> None:
    """Keep what ``--source-weight`` says in the project.  Raises InvalidValue."""
    if given:
        weights = {source_called(project, name): weight for name, weight in given}
        project.set_source_weights(weights)
