"""What the user wants to export, and how: plain values, remembered for the next time."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from layerforge.explore.exporting import DEFAULT_NAME, MAX_LONG_EDGE_PX, Storyboard
from layerforge.files.flat import Depth
from layerforge.files.formats import Format
from layerforge.model.errors import LayerForgeError
from layerforge.model.values import Value, from_json, to_json

What = Literal["selection", "pinned", "top"]


class Wish(Value, frozen=True, kw_only=True):
    """What to export: the selection, all that is pinned, or the best ``top`` that differ.

    depth: bits a channel.  long_edge_px: None for the canvas's own size.  name: a template, see
    `files.names`.  storyboard: whether, and how, the history is written as pictures as well.
    """

    what: What = "selection"
    top: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 12
    kind: Format = "png"
    depth: Depth = 8
    long_edge_px: Annotated[int, msgspec.Meta(ge=1, le=MAX_LONG_EDGE_PX)] | None = None
    name: str = DEFAULT_NAME
    storyboard: Storyboard | None = None


def remembered(text: str) -> Wish:
    """The wish in ``text``; the usual one where it holds none."""
    try:
        return from_json(text, Wish, what="what was exported last")
    except LayerForgeError:
        return Wish()


def to_remember(wish: Wish) -> str:
    """``wish`` as text."""
    return to_json(wish).decode()
