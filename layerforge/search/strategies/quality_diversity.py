"""The archives of the `ribs` library, an optional extra."""

from __future__ import annotations

import importlib
from types import ModuleType

from layerforge.model.errors import LayerForgeError

EXTRA = "layerforge[diversity]"


class MissingExtra(LayerForgeError):
    """A strategy needs a package that is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "the strategies elites and novelty need the package ribs: "
            f'install it with pip install "{EXTRA}", or choose another strategy'
        )


def archives() -> ModuleType:
    """The module `ribs.archives`.  Raises MissingExtra."""
    try:
        return importlib.import_module("ribs.archives")
    except ImportError as error:
        raise MissingExtra from error
