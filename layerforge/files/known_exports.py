"""Whether a picture on disk is the finished export of a recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from layerforge.files.bounded import read_bounded
from layerforge.files.decoding import decode_image
from layerforge.files.opening import image_size
from layerforge.files.ora_reading import check_members, is_ora
from layerforge.files.recipes import MAX_EXPORT_BYTES, embedded_recipe
from layerforge.files.refusals import refusing
from layerforge.model.errors import LayerForgeError
from layerforge.model.recipe import Recipe, decode_recipe

ExportState = Literal["whole", "damaged", "other"]
"""Damaged: it holds the recipe and claims the size, but its picture does not decode to the end."""


def export_state(path: Path, recipe: Recipe, *, width: int, height: int) -> ExportState:
    """What the file at ``path`` is to an export of ``recipe`` with that size in pixels.

    The picture is decoded: an export that was cut off while it was copied has its recipe and its
    header.  One above the limit for pictures can't be, and counts as damaged.
    """
    if not path.is_file():
        return "other"
    try:
        content = read_bounded(path, most_bytes=MAX_EXPORT_BYTES)
        held = embedded_recipe(content, name=path.name)
        if decode_recipe(held, what=path.name) != recipe:
            return "other"
        if image_size(content, name=path.name) != (width, height):
            return "other"
    except (LayerForgeError, OSError):
        return "other"  # not an export of this recipe that one could tell
    try:
        with refusing(path.name):
            if is_ora(content):
                check_members(content)
            decoded = decode_image(content, name=path.name)
    except LayerForgeError:
        return "damaged"
    as_it_was_made = decoded.pixels.shape[:2] == (height, width) and not decoded.notes
    return "whole" if as_it_was_made else "damaged"
