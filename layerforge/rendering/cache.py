"""Rendered sheets by fingerprint, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from layerforge.operations.pixels import Pixels

DEFAULT_CACHE_BYTES = 512 * 1024 * 1024


class RenderCache:
    """The most recently used pixels, at most ``max_bytes`` of them.  Safe in many threads.

    What it hands out is read-only.  What is not there is rendered again: the cache changes how
    long a rendering takes, never what comes out.
    """

    def __init__(self, max_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        self.max_bytes = max_bytes
        self.hits = 0
        self.misses = 0
        self._held: OrderedDict[bytes, Pixels] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def held_bytes(self) -> int:
        """How many bytes it holds now."""
        return self._bytes

    def get(self, fingerprint: bytes) -> Pixels | None:
        """The pixels of that fingerprint, or None."""
        with self._lock:
            pixels = self._held.get(fingerprint)
            if pixels is None:
                self.misses += 1
            else:
                self.hits += 1
                self._held.move_to_end(fingerprint)
            return pixels

    def put(self, fingerprint: bytes, pixels: Pixels) -> None:
        """Keep ``pixels``, which become read-only, and let the least recently used go."""
        pixels.flags.writeable = False
        if pixels.nbytes > self.max_bytes:
            return
        with self._lock:
            before = self._held.pop(fingerprint, None)
            self._bytes += pixels.nbytes - (0 if before is None else before.nbytes)
            self._held[fingerprint] = pixels
            while self._bytes > self.max_bytes:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= dropped.nbytes

    def clear(self) -> None:
        """Let everything go."""
        with self._lock:
            self._held.clear()
            self._bytes = 0
