"""How fast joining layers is on this machine, side by side with other programs.

Every line holds what was timed, our time and that of a peer in the same run, in turn and each at
its best, since only the ratio of two such times means something on another machine.  A peer that
is not installed leaves its line out.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from typing import Any

import cv2
import msgspec
import numpy as np

from layerforge.model.layer import BLEND_MODES, BlendMode
from layerforge.operations.pixels import Pixels
from layerforge.rendering.blend import composite

SIDE_PX = 1024


class BenchLine(msgspec.Struct, frozen=True):
    """One comparison: ``ratio`` is our time over the peer's."""

    what: str
    ours_ms: float
    peer: str
    peer_ms: float

    @property
    def ratio(self) -> float:
        """Our time over the peer's."""
        return self.ours_ms / self.peer_ms


def side_by_side(
    *works: Callable[[], object],
    rounds: int = 25,
    calls: int = 1,
) -> list[float]:
    """The best time of each of ``works`` in ms, timed in turn.

    The clock of the process's own work on all cores is blind to what else the machine does.

    calls: how often each is called, and timed, at its turn.  After the first, it finds its own
    pixels in the cache, as layer after layer of a canvas does, and not what the one before left.
    """
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            for _ in range(calls):
                began = time.process_time()
                work()
                best[place] = min(best[place], (time.process_time() - began) * 1e3)
    return best


def picture(*, seed: int, opaque: bool, side: int = 0) -> Pixels:
    """(side, side, 4): soft blotches with fine grain; alpha runs over all values or is 1.

    side: 0 stands for `SIDE_PX`.
    """
    side = side or SIDE_PX
    rng = np.random.default_rng(seed)
    coarse = rng.random((12, 12, 4), dtype=np.float32)
    pixels = np.asarray(cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)
    pixels += rng.normal(0.0, 0.03, pixels.shape).astype(np.float32)
    np.clip(pixels, 0.0, 1.0, out=pixels)
    if opaque:
        pixels[..., 3] = 1.0
    pixels[..., :3] *= pixels[..., 3:]
    pixels.flags.writeable = False
    return pixels


def blending() -> Iterator[BenchLine]:
    """A multiply layer against libvips and blend-modes, and every mode against normal."""
    cv2.setNumThreads(1)
    source = picture(seed=2, opaque=False)
    for kind, backdrop in (
        ("an opaque", picture(seed=1, opaque=True)),
        ("a translucent", picture(seed=1, opaque=False)),
    ):
        what = f"multiply over {kind} backdrop"

        ours = joining(backdrop, source, "multiply")
        for name, theirs in _multiply_peers(backdrop, source):
            ours_ms, theirs_ms = side_by_side(ours, theirs, rounds=12, calls=2)
            yield BenchLine(what, ours_ms, name, theirs_ms)
    backdrop = picture(seed=1, opaque=False)
    works = [joining(backdrop, source, mode) for mode in BLEND_MODES]
    times = dict(zip(BLEND_MODES, side_by_side(*works), strict=True))
    for mode in BLEND_MODES[1:]:
        yield BenchLine(mode, times[mode], "normal", times["normal"])


def joining(backdrop: Pixels, source: Pixels, mode: BlendMode) -> Callable[[], object]:
    """The work of joining ``source`` to ``backdrop``."""
    return lambda: composite(backdrop, source, mode=mode, opacity=1.0)


def _multiply_peers(backdrop: Pixels, source: Pixels) -> Iterator[tuple[str, Callable[[], object]]]:
    if importlib.util.find_spec("pyvips") is not None:
        pyvips: Any = importlib.import_module("pyvips")
        pyvips.cache_set_max(0)
        below, above = (
            pyvips.Image.new_from_memory(
                (sheet * 255.0).tobytes(), sheet.shape[1], sheet.shape[0], 4, "float"
            ).copy(interpretation="srgb")
            for sheet in (backdrop, source)
        )

        def vips() -> object:
            joined = below.composite2(above, "multiply", premultiplied=True)
            return joined.write_to_memory()

        yield "libvips", vips
    if importlib.util.find_spec("blend_modes") is not None:
        blend_modes: Any = importlib.import_module("blend_modes")
        straight = [_straight(sheet) for sheet in (backdrop, source)]
        doubled = [sheet.astype(np.float64) for sheet in straight]
        # its documentation has ``astype(float)``, but it works in float32 where it is given that
        yield "blend-modes in float64, as documented", lambda: blend_modes.multiply(*doubled, 1.0)
        yield "blend-modes in float32", lambda: blend_modes.multiply(*straight, 1.0)


def _straight(pixels: Pixels) -> Pixels:
    """As blend-modes takes them: straight alpha, 0 to 255."""
    straight = pixels * np.float32(255.0)
    straight[..., :3] /= np.maximum(pixels[..., 3:], np.float32(1e-6))
    return straight
