"""Pictures to try operations on."""

from __future__ import annotations

import functools
import hashlib

import cv2
import numpy as np
from sklearn.datasets import load_sample_image

from layerforge.operations.operation import Cutout, Filter, Mask, Operation, RenderContext
from layerforge.operations.parameters import Scope
from layerforge.operations.pixels import Pixels, blank, with_coverage

SCOPE = Scope(sources=("a" * 64, "b" * 64), layers=("below", "above"), target="above")


def no_source(source_id: str, long_edge: int) -> Pixels:
    raise AssertionError(f"a filter asked for {source_id} at {long_edge}")


def context(pixels: Pixels) -> RenderContext:
    """As large as ``pixels``, with another photograph as source, as any layer and below."""
    height, width = pixels.shape[:2]

    def layer(layer_id: str) -> Pixels:
        assert layer_id == "below"
        return photo(width, height, "china.jpg")

    return RenderContext(
        width,
        height,
        source=lambda source_id, long_edge: photo(240, 160, "china.jpg"),
        layer=layer,
        below=lambda: photo(width, height, "china.jpg"),
    )


def read_only(pixels: Pixels) -> Pixels:
    kept = np.ascontiguousarray(pixels, dtype=np.float32)
    kept.flags.writeable = False
    return kept


@functools.cache
def photo(width: int, height: int, name: str = "flower.jpg") -> Pixels:
    """A photograph, opaque, shrunk by area from the same crop at every size."""
    whole = load_sample_image(name)[:400, :600]
    small = cv2.resize(whole.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    rgb = np.clip(small.reshape(height, width, 3) / np.float32(255.0), 0.0, 1.0)
    return read_only(np.dstack([rgb, np.ones((height, width), dtype=np.float32)]))


@functools.cache
def cut_out(width: int, height: int) -> Pixels:
    """A soft-edged disc of the photograph, off the middle."""
    pixels = photo(width, height)
    xs, ys = context(pixels).grid()
    away = np.hypot(xs - 0.1, ys + 0.05)
    disc = np.clip((0.33 - away) * 20.0 + 0.5, 0.0, 1.0).astype(np.float32)
    return read_only(with_coverage(pixels, disc))


@functools.cache
def noise_picture(width: int, height: int) -> Pixels:
    """Every colour and alpha, legal."""
    rng = np.random.default_rng(5)
    straight = rng.random((height, width, 4), dtype=np.float32)
    straight[..., 3] = np.round(straight[..., 3] * 3) / 3
    straight[..., :3] *= straight[..., 3:]
    return read_only(straight)


@functools.cache
def clear(width: int, height: int) -> Pixels:
    return read_only(blank(height, width))


@functools.cache
def flat(width: int, height: int) -> Pixels:
    pixels = blank(height, width)
    pixels[:] = (0.2, 0.5, 0.7, 1.0)
    return read_only(pixels)


def drawn(operation: type[Operation], count: int, *, seed: int = 7) -> list[Operation]:
    """``count`` operations with parameters from their priors, the same on every machine."""
    own = int.from_bytes(hashlib.sha256(operation.tag().encode()).digest()[:4], "little")
    rng = np.random.default_rng([seed, own])
    return [operation.sampled(rng=rng, scope=SCOPE) for _ in range(count)]


def rendered(operation: Operation, pixels: Pixels, at: RenderContext | None = None) -> Pixels:
    """What a filter makes of ``pixels``, or what a mask or a cutout leaves of them."""
    at = at or context(pixels)
    if isinstance(operation, Filter):
        return operation.render(pixels, at)
    if isinstance(operation, Cutout):
        matte = operation.matte(pixels)
        assert matte.dtype == np.float32
        assert not np.shares_memory(matte, pixels)
        return with_coverage(pixels, matte)
    assert isinstance(operation, Mask)
    whole = np.ones(pixels.shape[:2], dtype=np.float32)
    whole.flags.writeable = False
    coverage = operation.cover(whole, pixels, at)
    assert coverage.shape == whole.shape
    assert coverage.dtype == np.float32
    assert not np.shares_memory(coverage, whole)
    assert not np.shares_memory(coverage, pixels)
    assert float(coverage.min()) >= 0.0
    assert float(coverage.max()) <= 1.0
    return with_coverage(pixels, coverage)
