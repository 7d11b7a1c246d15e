"""TIFF pictures of more than 8 bits a sample, where Pillow reads them wrongly or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from layerforge.files.orientation import upright_samples
from layerforge.files.samples import to_8bit
from layerforge.files.tiff_planes import (
    BITS,
    CHANNELS,
    EXTRA,
    HEIGHT,
    ORIENTATION,
    PHOTOMETRIC,
    SAMPLE_FORMAT,
    WIDTH,
    by_cv2,
    lies_apart,
    samples_in,
)

_PROFILE = 34675
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB = 0, 1, 2
_UNSIGNED, _SIGNED, _REAL = 1, 2, 3
_DEPTHS = {_UNSIGNED: (16, 32), _SIGNED: (16, 32), _REAL: (16, 32, 64)}
_MULTIPLIED, _STRAIGHT = 1, 2
_XMP = 700


def deep_grey(image: Image.Image) -> npt.NDArray[np.generic]:
    """The samples of ``image`` (loaded, mode I or F), (H, W), of the type its file says."""
    samples: npt.NDArray[np.generic] = np.asarray(image)
    # 32-bit in memory, of 16 bits that the decoder has scaled
    if samples.dtype.kind == "u" or (image.mode == "I" and image.format in ("PPM", "PNG")):
        samples = samples.astype(np.uint16)
    if not isinstance(image, TiffImageFile):
        return samples
    sample_format = image.tag_v2.get(SAMPLE_FORMAT, (_UNSIGNED,))
    if samples.dtype == np.int32 and sample_format[0] == _UNSIGNED:
        samples = samples.view(np.uint32)
    if samples.dtype == np.uint16 and image.tag_v2.get(PHOTOMETRIC) == _WHITE_IS_ZERO:
        samples = np.uint16(65535) - samples.astype(np.uint16)
    return samples


def with_signed_grey(image: Image.Image, note: Callable[[str], None]) -> Image.Image:
    """``image`` (loaded); signed bytes, which Pillow takes for unsigned ones, by their range."""
    if not isinstance(image, TiffImageFile) or image.mode != "L":
        return image
    if image.tag_v2.get(SAMPLE_FORMAT, (_UNSIGNED,))[0] != _SIGNED:
        return image
    grey = Image.fromarray(to_8bit(np.asarray(image).view(np.int8), note))
    grey.info["icc_profile"] = image.info.get("icc_profile")
    return grey


def xmp_in_tiff(content: bytes) -> bytes | None:
    """The XMP packet, or None where there is none; nothing is decoded."""
    directory = first_directory(content)
    packet = None if directory is None else directory.get(_XMP)
    return packet if isinstance(packet, bytes) else None


@dataclass(frozen=True, slots=True)
class DeepTiff:
    """samples: grey (H, W), RGB (H, W, 3) or straight RGBA, of any type, upright."""

    samples: npt.NDArray[np.generic]
    profile: bytes | None


def read_planar_tiff(content: bytes, *, check: Callable[[int, int], None]) -> DeepTiff | None:
    """The picture where its channels lie apart, which Pillow mixes up; else None.

    check: as for `read_deep_tiff`.
    """
    directory = first_directory(content)
    if directory is None or not lies_apart(directory):
        return None
    eight = directory.get(BITS, (1,))[0] == 8
    if eight and directory.get(PHOTOMETRIC) not in (_WHITE_IS_ZERO, _BLACK_IS_ZERO):
        return None  # which Pillow reads
    found = _found(content, directory, check, by_cv2=False)
    if found is None:
        raise NotImplementedError("channels that lie apart, in this kind of TIFF")
    return found


def read_deep_tiff(content: bytes, *, check: Callable[[int, int], None]) -> DeepTiff | None:
    """The picture; None where it is no such TIFF.

    check: is given width and height before anything is decoded, and raises where they are too
    large.
    """
    directory = first_directory(content)
    return None if directory is None else _found(content, directory, check, by_cv2=True)


def first_directory(content: bytes) -> ImageFileDirectory_v2 | None:
    """The first one of a TIFF or BigTIFF, or None where it is neither, or can't be read."""
    if content[:4] not in (b"II*\0", b"MM\0*", b"II+\0"):
        return None  # BigTIFF that begins with its highest bytes Pillow does not read
    stream = io.BytesIO(content)
    directory = ImageFileDirectory_v2(stream.read(16 if content[2:3] == b"+" else 8))
    stream.seek(directory.next)
    directory.load(stream)
    return directory


def _found(
    content: bytes,
    directory: ImageFileDirectory_v2,
    check: Callable[[int, int], None],
    *,
    by_cv2: bool,
) -> DeepTiff | None:
    width, height = directory.get(WIDTH), directory.get(HEIGHT)
    if not isinstance(width, int) or not isinstance(height, int):
        return None
    photometric = directory.get(PHOTOMETRIC)
    if photometric not in (_BLACK_IS_ZERO, _RGB):
        return None
    bits, kind = directory.get(BITS, (1,))[0], directory.get(SAMPLE_FORMAT, (_UNSIGNED,))[0]
    if bits not in _DEPTHS.get(kind, ()) and (bits, kind) != (8, _UNSIGNED):
        return None
    check(width, height)
    channels = directory.get(CHANNELS, 1)
    samples = None
    if by_cv2 and (channels in (1, 3, 4) and bits in ((32, 64) if kind == _REAL else (16,))):
        samples = _by_cv2(content, channels)
    if samples is None:
        samples = samples_in(content, directory)
        if samples is None:
            return None
        samples = upright_samples(samples, directory.get(ORIENTATION))
    profile = directory.get(_PROFILE)
    return DeepTiff(
        samples=_colored(samples, photometric, directory.get(EXTRA, (0,))),
        profile=profile if isinstance(profile, bytes) else None,
    )


def _colored(
    samples: npt.NDArray[np.generic], photometric: int, extra: tuple[int, ...] | int
) -> npt.NDArray[np.generic]:
    """Grey, RGB or straight RGBA; a fourth channel that is no alpha is left out."""
    colors = 3 if photometric == _RGB else 1
    meaning = extra[0] if isinstance(extra, tuple) else extra
    if samples.ndim == 2 or samples.shape[2] < colors:
        return samples
    color, alpha = samples[..., :colors], samples[..., colors : colors + 1]
    if not alpha.shape[2] or meaning not in (_MULTIPLIED, _STRAIGHT):
        return color[..., 0] if colors == 1 else color
    if meaning == _MULTIPLIED:
        whole = 1.0 if samples.dtype.kind == "f" else 2.0 ** (8 * samples.dtype.itemsize) - 1.0
        share = alpha.astype(np.float64) / whole
        divided = np.divide(color, share, out=np.zeros(color.shape), where=share > 0)
        color = np.minimum(divided, whole).astype(samples.dtype) if whole > 1.0 else divided
    return np.concatenate([np.broadcast_to(color, (*color.shape[:2], 3)), alpha], axis=-1)


def _by_cv2(content: bytes, channels: int) -> npt.NDArray[np.generic] | None:
    samples = by_cv2(content)
    if samples is None or samples.shape[2:] != ((channels,) if channels > 1 else ()):
        return None
    return samples if channels == 1 else samples[..., [2, 1, 0, 3][:channels]]
