"""Resizing as Pillow does, but for an odd last bit, by matrices for batches on any device.

torch resizes bytes with shorter weights: too little amiss for half precision to notice, too much
where single precision is asked for.  Sums are in single precision here, so that a sample half-way
between two steps may still go to the other one.

Source: Pillow's Resample.c: antialiased filters with weights of 22 bits, across and down, each
rounded to bytes.
"""

from __future__ import annotations

from functools import lru_cache

import PIL
import torch

Size = tuple[int, int]
"""Height and width, px."""

_BITS = 22
_BLOCK = 32  # outputs made at once: their inputs lie close together, all others weigh nothing
_SUPPORT = {"bicubic": 2.0, "bilinear": 1.0}


def goes_down_first(before: Size, goal: Size) -> bool:
    """Whether Pillow resizes the height before the width.

    From Pillow 13 on, where it loses more than twice what the width does (Pillow's pull request
    9549).
    """
    lost, lost_across = before[0] - goal[0], before[1] - goal[1]
    return _CHOOSES_ORDER and lost > 0 and lost > 2 * lost_across


_CHOOSES_ORDER = int(PIL.__version__.split(".")[0]) >= 13


def resized_as_pillow(
    planes: torch.Tensor, goal: Size, *, mode: str, centre: int | None = None
) -> torch.Tensor:
    """(N, C, H, W) of whole numbers 0..255 to (N, C, *goal) float32 of the same kind.

    mode: ``bicubic`` or ``bilinear``.  centre: only so many of the result's rows and columns, those
    in its middle, are made.
    """
    height, width = (middle(length, length if centre is None else centre) for length in goal)
    down_first = goes_down_first((planes.shape[2], planes.shape[3]), goal)
    planes = planes.float()
    for down in (down_first, not down_first):
        if down:
            planes = _along_rows(planes.transpose(2, 3), goal[0], height, mode=mode).transpose(2, 3)
        else:
            planes = _along_rows(planes, goal[1], width, mode=mode)
    return planes


def middle(length: int, count: int) -> range:
    """The places of the middle ``count`` of ``length``, as torchvision crops; all of fewer."""
    count = min(count, length)
    start = round((length - count) / 2.0)
    return range(start, start + count)


def _along_rows(planes: torch.Tensor, length: int, kept: range, *, mode: str) -> torch.Tensor:
    """Resize the last axis to ``length``, and make of it what is ``kept``."""
    if planes.shape[3] == length:
        return planes[..., kept.start : kept.stop]
    parts = [
        planes[..., first : first + len(weights)] @ weights.to(planes.device)
        for first, weights in _blocks(planes.shape[3], length, kept, mode)
    ]
    return torch.cat(parts, dim=3).add_(0.5).floor_().clamp_(0.0, 255.0)


@lru_cache(maxsize=64)
def _blocks(
    before: int, after: int, kept: range, mode: str
) -> tuple[tuple[int, torch.Tensor], ...]:
    """For every block of ``kept``: its first input, and the weights (inputs, outputs) float32."""
    scale = before / after
    stretch = max(scale, 1.0)
    reach = _SUPPORT[mode] * stretch
    blocks = []
    for start in range(kept.start, kept.stop, _BLOCK):
        centres = (
            torch.arange(start, min(start + _BLOCK, kept.stop), dtype=torch.float64) + 0.5
        ) * scale
        low = (centres - reach + 0.5).long().clamp(min=0)
        high = (centres + reach + 0.5).long().clamp(max=before)
        first = int(low[0])
        inputs = torch.arange(first, int(high[-1]))[:, None]
        weights = _filter((inputs - centres + 0.5) / stretch, mode)
        weights *= (inputs >= low) & (inputs < high)
        weights /= weights.sum(dim=0)
        whole = (weights * 2**_BITS).abs().add(0.5).floor() * weights.sign()
        blocks.append((first, (whole / 2**_BITS).float()))
    return tuple(blocks)


def _filter(x: torch.Tensor, mode: str) -> torch.Tensor:
    x = x.abs()
    if mode == "bilinear":
        return (1.0 - x).clamp(min=0.0)
    a = -0.5
    near = ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0
    far = (((x - 5.0) * x + 8.0) * x - 4.0) * a
    return torch.where(x < 1.0, near, torch.where(x < 2.0, far, torch.zeros_like(x)))
