"""What layers are called in documents that other programs open."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable
from pathlib import Path, PurePath

from layerforge.files.names import printable
from layerforge.model.layer import Layer, Picture

NameOf = Callable[[str], str | None]
"""From a source's id to the name of its file; None where it is not known."""

UNNAMED = "Picture"
"""What a layer is called by the operation that lays a picture on the canvas."""

MAX_LETTERS = 40
_SHORTEST_USER = 3


def no_names(source_id: str) -> str | None:
    """Of no source is the name known."""
    del source_id
    return None


class LayerNames:
    """Names for the layers of one document, each given once."""

    def __init__(self, name_of: NameOf = no_names) -> None:
        self._name_of = name_of
        self._given: set[str] = set()

    def of(self, layer: Layer) -> str:
        """A picture's by its source, unless it has been given a name; any other's own."""
        called = layer.name
        if isinstance(layer.content, Picture) and called == UNNAMED:
            called = source_title(self._name_of(layer.content.source)) or UNNAMED
        return self.unique(called)

    def unique(self, name: str) -> str:
        """``name``, or the first of ``name 2``, ``name 3`` … that no layer has yet."""
        free, count = name, 1
        while free in self._given:
            count += 1
            free = f"{name} {count}"
        self._given.add(free)
        return free


def source_title(file_name: str | None) -> str:
    """A file's name without folders and extension, on one line, short.

    Empty where there is none, or where it holds the user's own name, which no export tells.
    """
    if not file_name:
        return ""
    title = printable(PurePath(file_name.replace("\\", "/")).stem).strip()
    if any(name in title.lower() for name in _user_names()):
        return ""
    return title if len(title) <= MAX_LETTERS else f"{title[: MAX_LETTERS - 1].rstrip()}…"


def _user_names() -> set[str]:
    names = set()
    for ask in (getpass.getuser, lambda: Path.home().name):
        # a system may know no user; older Python says so with ImportError
        with contextlib.suppress(KeyError, OSError, RuntimeError, ImportError):
            names.add(ask())
    return {name.lower() for name in names if len(name) >= _SHORTEST_USER} - {"root", "user"}
