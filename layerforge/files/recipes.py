"""Recipes on disk: sidecars, and the recipe inside an exported picture."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from layerforge.files.png import RECIPE_KEY
from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.model.recipe import MAX_RECIPE_BYTES, Recipe, decode_recipe, encode_recipe

MAX_EXPORT_BYTES = 2 * 1024 * 1024 * 1024


class CannotWrite(LayerForgeError):
    """A file that can't be written; the message names it and says why."""


def write_file(path: Path, content: bytes) -> None:
    """Write under a temporary name beside ``path``, then move into place.  Raises CannotWrite."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".layerforge-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"{path} can't be written: {error.strerror or error}") from error


def free_name(path: Path, *, taken: frozenset[Path] = frozenset()) -> Path:
    """``path``, or the first of ``path-2``, ``path-3`` … that does not exist yet."""
    candidate, count = path, 1
    while candidate.exists() or candidate.with_suffix(".json").exists() or candidate in taken:
        count += 1
        candidate = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return candidate


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Write ``recipe`` as a readable JSON sidecar."""
    write_file(path, encode_recipe(recipe, indent=2) + b"\n")


def read_recipe(path: Path) -> Recipe:
    """The recipe of a sidecar, or the one inside an exported picture.

    The content decides which it is.  Raises InvalidValue where there is none.
    """
    try:
        if path.stat().st_size > MAX_EXPORT_BYTES:
            raise InvalidValue(f"{path.name} is larger than {MAX_EXPORT_BYTES >> 30} GiB")
        content = path.read_bytes()
    except OSError as error:
        raise InvalidValue(f"{path} can't be read: {error.strerror or error}") from error
    if content.lstrip()[:1] == b"{":
        return decode_recipe(content, what=path.name)
    return decode_recipe(_embedded(content, name=path.name), what=f"the recipe in {path.name}")


def _embedded(content: bytes, *, name: str) -> bytes:
    nothing = InvalidValue(
        f"{name} holds no LayerForge recipe: give an exported picture or sidecar"
    )
    try:
        with Image.open(io.BytesIO(content)) as image:
            text = getattr(image, "text", {}).get(RECIPE_KEY)
    except UnidentifiedImageError as error:
        raise nothing from error
    except (OSError, ValueError, SyntaxError) as error:
        raise InvalidValue(f"{name} is damaged: {error}") from error
    if text is None:
        raise nothing
    encoded = str(text).encode()
    if len(encoded) > MAX_RECIPE_BYTES:
        raise InvalidValue(f"the recipe in {name} is larger than {MAX_RECIPE_BYTES >> 20} MiB")
    return encoded
