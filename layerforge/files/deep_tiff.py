"""TIFF pictures of more than 8 bits a sample, where Pillow reads them wrongly or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from layerforge.files.refusals import Damaged

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _CHANNELS, _SAMPLE_FORMAT = 256, 257, 258, 262, 277, 339
_PROFILE = 34675
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB = 0, 1, 2
_UNSIGNED, _REAL = 1, 3


def deep_grey(image: Image.Image) -> npt.NDArray[np.generic]:
    """The samples of ``image`` (loaded, mode I or F), (H, W), of the type its file says."""
    samples: npt.NDArray[np.generic] = np.asarray(image)
    # 32-bit in memory, of 16 bits that the decoder has scaled
    if samples.dtype.kind == "u" or (image.mode == "I" and image.format in ("PPM", "PNG")):
        samples = samples.astype(np.uint16)
    if not isinstance(image, TiffImageFile):
        return samples
    sample_format = image.tag_v2.get(_SAMPLE_FORMAT, (_UNSIGNED,))
    if samples.dtype == np.int32 and sample_format[0] == _UNSIGNED:
        samples = samples.view(np.uint32)
    if samples.dtype == np.uint16 and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO:
        samples = np.uint16(65535) - samples.astype(np.uint16)
    return samples


@dataclass(frozen=True, slots=True)
class DeepTiff:
    """samples: grey (H, W), RGB (H, W, 3) or straight RGBA, of any type, upright."""

    samples: npt.NDArray[np.generic]
    profile: bytes | None


def read_deep_tiff(content: bytes, *, check: Callable[[int, int], None]) -> DeepTiff | None:
    """The picture; None where it is no such TIFF.

    check: is given width and height before anything is decoded, and raises where they are too
    large.
    """
    if content[:4] not in (b"II*\0", b"MM\0*"):
        return None
    stream = io.BytesIO(content)
    directory = ImageFileDirectory_v2(stream.read(8))
    stream.seek(directory.next)
    directory.load(stream)
    width, height = directory.get(_WIDTH), directory.get(_HEIGHT)
    if not isinstance(width, int) or not isinstance(height, int):
        return None
    if directory.get(_PHOTOMETRIC) not in (_BLACK_IS_ZERO, _RGB):
        return None
    bits, kind = directory.get(_BITS, (1,))[0], directory.get(_SAMPLE_FORMAT, (_UNSIGNED,))[0]
    if bits not in ((32, 64) if kind == _REAL else (16,)):
        return None
    check(width, height)
    samples = _decoded(content)
    if samples is None:
        return None
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    if channels not in (1, 3, 4) or channels != directory.get(_CHANNELS, 1):
        return None
    if channels > 1:
        samples = samples[..., [2, 1, 0, 3][:channels]]
    profile = directory.get(_PROFILE)
    return DeepTiff(samples=samples, profile=profile if isinstance(profile, bytes) else None)


def _decoded(content: bytes) -> npt.NDArray[np.generic] | None:
    # it turns the picture upright, and tells what is wrong by giving None
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        samples = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise Damaged("its samples are of an unknown kind") from error
    return None if samples is None else np.asarray(samples)
