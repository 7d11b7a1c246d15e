"""Images in: one loader for every entrance."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from layerforge.model.errors import LayerForgeError
from layerforge.model.source import Source, source_id_of

MAX_PIXELS = 256_000_000
MAX_FILE_BYTES = 1024 * 1024 * 1024

# The header's size is checked here before anything is decoded, and reported with the file's name.
Image.MAX_IMAGE_PIXELS = None

StraightPixels = npt.NDArray[np.uint8]
"""(H, W, 4) uint8, straight alpha, sRGB."""


class ImageRefused(LayerForgeError):
    """A file that can't be used as a source; the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source with its file's bytes, checked to decode."""

    source: Source
    file_bytes: bytes


def find_images(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that ``paths`` name, folders opened all the way down, sorted, hidden ones left out.

    Raises ImageRefused for a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if file.is_file() and not hidden:
                    yield file
        elif path.exists():
            yield path
        else:
            raise ImageRefused(str(path), "no such file or folder")


def read_source(path: Path) -> SourceFile:
    """Read and decode one file.  Raises ImageRefused with the reason."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ImageRefused(path.name, f"the file is larger than {MAX_FILE_BYTES >> 20} MiB")
        file_bytes = path.read_bytes()
    except OSError as error:
        raise ImageRefused(path.name, f"can't be read ({error.strerror})") from error
    return source_from_bytes(file_bytes, name=path.name)


def source_from_bytes(file_bytes: bytes, *, name: str) -> SourceFile:
    """A source from its file's bytes.  Raises ImageRefused where they don't decode."""
    height, width = decode(file_bytes, name=name).shape[:2]
    printable = name.encode("utf-8", "replace").decode("utf-8")
    source = Source(id=source_id_of(file_bytes), name=printable, width=width, height=height)
    return SourceFile(source=source, file_bytes=file_bytes)


def decode(file_bytes: bytes, *, name: str) -> StraightPixels:
    """File bytes to (H, W, 4) uint8 straight-alpha sRGB, upright.

    EXIF orientation is applied and an embedded ICC profile converted to sRGB.  The content
    decides the format, not the file's extension.  Raises ImageRefused.
    """
    if not file_bytes:
        raise ImageRefused(name, "the file is empty")
    try:
        with Image.open(io.BytesIO(file_bytes)) as image:
            pixel_count = image.width * image.height
            if pixel_count > MAX_PIXELS:
                raise ImageRefused(
                    name,
                    f"{image.width}x{image.height} is more than {MAX_PIXELS // 1_000_000} "
                    "megapixels",
                )
            image.load()
            return _to_srgb_rgba(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        raise ImageRefused(name, "not an image that LayerForge can read") from error
    except MemoryError as error:
        raise ImageRefused(name, "too large for this machine's memory") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError) as error:
        raise ImageRefused(name, f"damaged: {error}") from error
    except (struct.error, TypeError, OverflowError, ZeroDivisionError) as error:
        raise ImageRefused(name, f"damaged ({type(error).__name__})") from error


def _to_srgb_rgba(image: Image.Image) -> StraightPixels:
    profile = image.info.get("icc_profile")
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        deep = np.asarray(image, dtype=np.float64)
        grey = np.clip(np.rint(deep * (255.0 / 65535.0)), 0, 255).astype(np.uint8)
        image = Image.fromarray(grey)
    elif image.mode == "F":
        real = np.nan_to_num(np.asarray(image, dtype=np.float64), nan=0.0)
        scale = 255.0 if real.max(initial=0.0) <= 1.0 else 1.0
        image = Image.fromarray(np.clip(np.rint(real * scale), 0, 255).astype(np.uint8))
    transparent = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    alpha = image.convert("RGBA").getchannel("A") if transparent else None
    converted = _converted(image, profile) if profile else None
    rgb = (image.convert("RGBA") if transparent else image).convert("RGB")
    rgba = (rgb if converted is None else converted).convert("RGBA")
    if alpha is not None:
        rgba.putalpha(alpha)
    return np.array(rgba)


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """``image`` converted from its ICC profile to sRGB, or None where the profile is unusable."""
    base = {"RGBA": "RGB", "LA": "L", "P": "RGB", "PA": "RGB", "1": "L"}.get(image.mode, image.mode)
    if base not in ("RGB", "L", "CMYK"):
        return None
    try:
        return ImageCms.profileToProfile(
            image.convert(base),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return None  # a corrupt or mismatching profile: the numbers are taken as sRGB
