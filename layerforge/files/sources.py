"""Sources for the renderer: decoded once, kept as a pyramid of sizes, bounded in bytes."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from layerforge.files.images import StraightPixels, decode
from layerforge.operations.pixels import Pixels, from_uint8, premultiply
from layerforge.rendering.cache import RenderCache

LEVELS = (512, 724, 1024, 1448, 2048, 2896, 4096)
"""Long edges of the smaller versions, in pixels."""

_FLOAT_SAMPLES = 4 * 32_000_000
"""Up to so many samples a picture is shrunk as floats."""

DEFAULT_SOURCE_BYTES = 768 * 1024 * 1024


class SourcePyramid:
    """The pixels of sources at the size needed.  Follows `rendering.renderer.SourceProvider`.

    file_bytes_of: from a source's id to its file's bytes; raises SourceMissing.
    """

    def __init__(
        self,
        file_bytes_of: Callable[[str], bytes],
        *,
        max_bytes: int = DEFAULT_SOURCE_BYTES,
    ) -> None:
        self._file_bytes_of = file_bytes_of
        self._sizes: dict[str, tuple[int, int]] = {}
        self._cache = RenderCache(max_bytes)

    def size(self, source_id: str) -> tuple[int, int]:
        """Width and height in pixels."""
        if source_id not in self._sizes:
            self.pixels(source_id, 1)
        return self._sizes[source_id]

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        """The smallest version at least ``long_edge`` long, or the full size; read-only."""
        level = next((edge for edge in LEVELS if edge >= long_edge), 0)
        key = f"{source_id}@{level}".encode()
        held = self._cache.get(key)
        if held is not None:
            return held
        straight = decode(self._file_bytes_of(source_id), name=source_id[:12])
        height, width = straight.shape[:2]
        self._sizes[source_id] = width, height
        scale = level / max(width, height)
        if 0.0 < scale < 1.0:
            pixels = _shrunk(straight, max(1, round(width * scale)), max(1, round(height * scale)))
        else:
            pixels = premultiply(from_uint8(straight))
        self._cache.put(key, pixels)
        return pixels


def _shrunk(straight: StraightPixels, width: int, height: int) -> Pixels:
    """Premultiplied area averages of (H, W, 4) uint8 straight pixels.

    A large picture is averaged in 16 bits, in which colour times alpha is exact: as floats, a
    picture of 100 megapixels would take 3.2 GB on the way.
    """
    if straight.size <= _FLOAT_SAMPLES:
        small = cv2.resize(
            premultiply(from_uint8(straight)), (width, height), interpolation=cv2.INTER_AREA
        )
        return np.asarray(small, dtype=np.float32)
    alpha = straight[..., 3:].astype(np.uint16)
    deep = np.concatenate([straight[..., :3] * alpha, alpha * np.uint16(255)], axis=-1)
    small = cv2.resize(deep, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32) * np.float32(1.0 / 65025.0)
