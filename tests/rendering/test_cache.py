"""The cache: bounded, ordered by use, read-only."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from layerforge.rendering.cache import RenderCache


def sheet(value: float = 0.0) -> np.ndarray:
    return np.full((8, 8, 4), value, dtype=np.float32)  # 1024 bytes


def test_it_gives_back_what_it_was_given() -> None:
    cache = RenderCache(max_bytes=4096)
    assert cache.get(b"a") is None
    kept = sheet(0.5)
    cache.put(b"a", kept)
    assert cache.get(b"a") is kept
    assert (cache.hits, cache.misses) == (1, 1)


def test_what_it_holds_is_read_only() -> None:
    cache = RenderCache()
    kept = sheet()
    cache.put(b"a", kept)
    with pytest.raises(ValueError, match="read-only"):
        kept[0, 0, 0] = 1.0


def test_the_least_recently_used_goes_first() -> None:
    cache = RenderCache(max_bytes=2048)
    cache.put(b"a", sheet())
    cache.put(b"b", sheet())
    assert cache.get(b"a") is not None
    cache.put(b"c", sheet())
    assert cache.get(b"b") is None
    assert cache.get(b"a") is not None
    assert cache.get(b"c") is not None
    assert cache.held_bytes == 2048


def test_a_sheet_above_the_bound_is_not_kept() -> None:
    cache = RenderCache(max_bytes=1000)
    cache.put(b"a", sheet())
    assert cache.get(b"a") is None
    assert cache.held_bytes == 0


def test_putting_again_counts_once() -> None:
    cache = RenderCache(max_bytes=4096)
    for _ in range(3):
        cache.put(b"a", sheet())
    assert cache.held_bytes == 1024
    cache.clear()
    assert cache.held_bytes == 0
    assert cache.get(b"a") is None


def test_many_threads_leave_it_in_order() -> None:
    cache = RenderCache(max_bytes=5 * 1024)

    def work(own: int) -> None:
        for turn in range(300):
            name = str((own * 7 + turn) % 11).encode()
            held = cache.get(name)
            assert held is None or held[0, 0, 0] == int(name)
            cache.put(name, sheet(float(int(name))))

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.held_bytes <= 5 * 1024
    assert cache.hits + cache.misses == 1200
