"""Sources for the renderer: decoded once, kept as a pyramid of sizes, bounded in bytes."""

from __future__ import annotations

from collections.abc import Callable

from layerforge.files.decoding import decode_shrunk
from layerforge.operations.pixels import Pixels
from layerforge.rendering.cache import RenderCache

LEVELS = (512, 724, 1024, 1448, 2048, 2896, 4096, 5793, 8192)
"""Long edges of the smaller versions, in pixels."""

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
        made = decode_shrunk(
            self._file_bytes_of(source_id), name=source_id[:12], long_edge=level or None
        )
        self._sizes[source_id] = made.full
        self._cache.put(key, made.pixels)
        return made.pixels
