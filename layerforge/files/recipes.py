"""Recipes on disk: sidecars, and the recipe inside an exported picture."""

from __future__ import annotations

import errno
import itertools
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from layerforge.files.bounded import read_bounded
from layerforge.files.decoder_warnings import warnings_gathered
from layerforge.files.deep_tiff import xmp_in_tiff
from layerforge.files.jpeg import xmp_in_jpeg
from layerforge.files.ora_reading import is_ora, ora_recipe
from layerforge.files.png import recipe_in_png
from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.psd_reading import SIGNATURE as PSD_SIGNATURE
from layerforge.files.psd_reading import xmp_in_psd
from layerforge.files.refusals import DECODERS_ERRORS, in_plain_words
from layerforge.files.webp_reading import xmp_in_webp
from layerforge.files.xmp import recipe_in_xmp
from layerforge.model.errors import InvalidValue, LayerForgeError, no_room
from layerforge.model.recipe import MAX_RECIPE_BYTES, Recipe, decode_recipe, encode_recipe

MAX_TRIES = 1000
MAX_EXPORT_BYTES = 2 * 1024 * 1024 * 1024

_NO_ROOM = tuple(getattr(errno, name) for name in ("ENOSPC", "EDQUOT") if hasattr(errno, name))


class CannotWrite(LayerForgeError):
    """A file that can't be written; the message names it and says why."""


def write_file(path: Path, content: bytes) -> None:
    """Write under a temporary name beside ``path``, then move into place.  Raises CannotWrite."""
    _write(path, content, new=False)


def write_new(path: Path, content: bytes) -> Path:
    """Write as `write_file`, but never over a file that exists; returns the name it was given.

    Raises CannotWrite.
    """
    for _ in range(MAX_TRIES):
        free = free_name(path)
        try:
            _write(free, content, new=True)
        except FileExistsError:
            continue  # another program took that name meanwhile
        return free
    raise CannotWrite(f"{path} can't be written: every name like it is taken")


def _write(path: Path, content: bytes, *, new: bool) -> None:
    made = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".layerforge-{secrets.token_hex(8)}")
        # not by tempfile, whose files nobody else may read
        with temporary.open("xb") as file:
            made = True
            file.write(content)
        if new:
            _move_to_new(temporary, path)
        else:
            temporary.replace(path)
    except OSError as error:
        if made:
            temporary.unlink(missing_ok=True)
        if new and isinstance(error, FileExistsError) and path.exists():
            raise
        raise CannotWrite(f"{path} can't be written: {_why(error, path, content)}") from error


def _why(error: OSError, path: Path, content: bytes) -> str:
    if error.errno not in _NO_ROOM:
        return error.strerror or str(error)
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        free = None
    return no_room(free_bytes=free, needed_bytes=len(content))


def _move_to_new(temporary: Path, path: Path) -> None:
    """Move into place; FileExistsError where something is there, even since a moment ago."""
    if sys.platform == "win32":
        temporary.rename(path)  # which fails there where the name is taken
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # file systems without hard links, as on memory cards
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)
        return
    temporary.unlink()


def free_name(path: Path, *, taken: frozenset[Path] = frozenset()) -> Path:
    """``path``, or the first of ``path-2``, ``path-3`` … that does not exist yet."""
    names = numbered_names(path)
    return next(one for one in names if not _is_taken(one) and one not in taken)


def taken_names(path: Path) -> Iterator[Path]:
    """``path``, ``path-2``, ``path-3`` … as far as they exist."""
    return itertools.takewhile(_is_taken, numbered_names(path))


def numbered_names(path: Path) -> Iterator[Path]:
    """``path``, ``path-2``, ``path-3`` … without end."""
    yield path
    for count in itertools.count(2):
        yield path.with_name(f"{path.stem}-{count}{path.suffix}")


def _is_taken(path: Path) -> bool:
    return path.exists() or path.with_suffix(".json").exists()


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Write ``recipe`` as a readable JSON sidecar."""
    write_file(path, encode_recipe(recipe, indent=2) + b"\n")


def read_recipe(path: Path) -> Recipe:
    """The recipe of a sidecar, or the one inside an exported picture.

    The content decides which it is.  Raises InvalidValue where there is none.
    """
    content = read_bounded(path, most_bytes=MAX_EXPORT_BYTES)
    if content.lstrip()[:1] == b"{":
        return decode_recipe(content, what=path.name)
    return decode_recipe(
        embedded_recipe(content, name=path.name), what=f"the recipe in {path.name}"
    )


def embedded_recipe(content: bytes, *, name: str) -> bytes:
    """The JSON of the recipe inside a picture's bytes.  Raises InvalidValue."""
    try:
        found = _found_in(content)
    except DECODERS_ERRORS as error:
        raise InvalidValue(f"{name} is {in_plain_words(error)}") from error
    if found is None:
        raise InvalidValue(
            f"{name} holds no LayerForge recipe: give an exported picture or sidecar"
        )
    if len(found) > MAX_RECIPE_BYTES:
        raise InvalidValue(f"the recipe in {name} is larger than {MAX_RECIPE_BYTES >> 20} MiB")
    return found


def _found_in(content: bytes) -> bytes | None:
    limit = MAX_RECIPE_BYTES
    if content.startswith(SIGNATURE):
        return recipe_in_png(content, limit=limit)
    if is_ora(content):
        return ora_recipe(content, limit=limit)
    packet: bytes | None = None
    if content.startswith(b"\xff\xd8"):
        packet = xmp_in_jpeg(content, limit=2 * limit)
    elif content.startswith(PSD_SIGNATURE):
        packet = xmp_in_psd(content)
    elif content.startswith(b"RIFF"):
        packet = xmp_in_webp(content)
    elif content.startswith((b"II*\0", b"MM\0*")):
        with warnings_gathered():
            packet = xmp_in_tiff(content)
    return None if packet is None else recipe_in_xmp(packet, limit=limit)
