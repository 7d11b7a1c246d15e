"""The formats that versions are written in, and what each can hold."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from layerforge.files import jpeg, webp
from layerforge.files.flat import Depth
from layerforge.files.jpeg import encode_jpeg
from layerforge.files.layered import Document
from layerforge.files.ora import encode_ora
from layerforge.files.png import encode_png
from layerforge.files.psd import encode_psd
from layerforge.files.tiff import encode_tiff
from layerforge.files.webp import encode_webp
from layerforge.model.errors import InvalidValue
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels

Format = Literal["png", "tiff", "webp", "jpeg", "ora", "psd"]

FORMATS: tuple[Format, ...] = get_args(Format)
LAYERED: frozenset[Format] = frozenset({"ora", "psd"})
DEPTHS: tuple[Depth, ...] = get_args(Depth)

SUFFIXES: dict[Format, str] = {
    "png": ".png",
    "tiff": ".tif",
    "webp": ".webp",
    "jpeg": ".jpg",
    "ora": ".ora",
    "psd": ".psd",
}
_BY_SUFFIX: dict[str, Format] = {
    **{suffix: kind for kind, suffix in SUFFIXES.items()},
    ".tiff": "tiff",
    ".jpeg": "jpeg",
    ".psb": "psd",
}
_USUAL_DEPTH: dict[Format, Depth] = {"tiff": 16}
_ONLY_8 = frozenset({"webp", "jpeg"})
_LONGEST = {"webp": webp.MAX_SIDE_PX, "jpeg": jpeg.MAX_SIDE_PX}


def format_of(path: Path) -> Format:
    """The format that a file's name asks for; PNG where it names none."""
    return _BY_SUFFIX.get(path.suffix.lower(), "png")


def depth_for(kind: Format, depth: int | None) -> Depth:
    """Bits a channel: as asked for, or what is usual for the format.  Raises InvalidValue."""
    if depth is None:
        return _USUAL_DEPTH.get(kind, 8)
    if kind in _ONLY_8 and depth != 8:
        raise InvalidValue(
            f"{kind.upper()} holds 8 bits a channel, not {depth}: choose png or tiff"
        )
    for known in DEPTHS:
        if depth == known:
            return known
    raise InvalidValue(f"depth must be 8 or 16, got {depth}")


def depths_of(kind: Format) -> tuple[Depth, ...]:
    """The bits a channel that a format can hold, the usual ones first."""
    usual = depth_for(kind, None)
    others = () if kind in _ONLY_8 else tuple(one for one in DEPTHS if one != usual)
    return (usual, *others)


def check_size(kind: Format, *, width: int, height: int) -> None:
    """Raises InvalidValue, before anything is rendered, where the format can't hold that size."""
    longest = _LONGEST.get(kind)
    if longest is not None and max(width, height) > longest:
        raise InvalidValue(
            f"{kind.upper()} holds at most {longest} pixels a side, not {width}x{height}: "
            "choose png or a smaller --long-edge"
        )


def encode_flat(pixels: Pixels, kind: Format, *, recipe: Recipe | None, depth: Depth) -> bytes:
    """``pixels`` (H, W, 4) as a file of a format without layers."""
    if kind == "png":
        return encode_png(pixels, recipe=recipe, depth=depth)
    if kind == "tiff":
        return encode_tiff(pixels, recipe=recipe, depth=depth)
    if kind == "webp":
        return encode_webp(pixels, recipe=recipe)
    if kind == "jpeg":
        return encode_jpeg(pixels, recipe=recipe)
    raise InvalidValue(f"{kind} needs layers")


def encode_layered(document: Document, kind: Format, *, recipe: Recipe | None) -> bytes:
    """``document`` as a file of a format with layers."""
    if kind == "ora":
        return encode_ora(document, recipe=recipe)
    if kind == "psd":
        return encode_psd(document, recipe=recipe)
    raise InvalidValue(f"{kind} has no layers")
