"""Resizing as Pillow does, but for an odd last bit, by matrices for batches on any device.

torch resizes bytes with shorter weights: too little amiss for half precision to notice, too much
where single precision is asked for.  Sums are in single precision here, so that a sample half-way
between two steps may still go to the other one.

Source: Pillow's Resample.c: antialiased filters with weights of 22 bits, across, then down, each
rounded to bytes.  (Pillow 13 goes down first at some odd shapes.)
"""

from __future__ import annotations

from functools import lru_cache

import torch

_BITS = 22
_BLOCK = 32  # outputs made at once: their inputs lie close together, all others weigh nothing
_SUPPORT = {"bicubic": 2.0, "bilinear": 1.0}


def resized_as_pillow(planes: torch.Tensor, goal: tuple[int, int], *, mode: str) -> torch.Tensor:
    """(N, C, H, W) of whole numbers 0..255 to (N, C, *goal) float32 of the same kind.

    mode: ``bicubic`` or ``bilinear``.
    """
    planes = planes.float()
    if planes.shape[3] != goal[1]:
        planes = _along_rows(planes, goal[1], mode=mode)
    if planes.shape[2] != goal[0]:
        planes = _along_rows(planes.transpose(2, 3), goal[0], mode=mode).transpose(2, 3)
    return planes


def _along_rows(planes: torch.Tensor, length: int, *, mode: str) -> torch.Tensor:
    """Resize the last axis."""
    parts = [
        planes[..., first : first + len(weights)] @ weights.to(planes.device)
        for first, weights in _blocks(planes.shape[3], length, mode)
    ]
    return torch.cat(parts, dim=3).add_(0.5).floor_().clamp_(0.0, 255.0)


@lru_cache(maxsize=64)
def _blocks(before: int, after: int, mode: str) -> tuple[tuple[int, torch.Tensor], ...]:
    """For every block of outputs: its first input, and the weights (inputs, outputs) float32."""
    scale = before / after
    stretch = max(scale, 1.0)
    reach = _SUPPORT[mode] * stretch
    blocks = []
    for start in range(0, after, _BLOCK):
        centres = (
            torch.arange(start, min(start + _BLOCK, after), dtype=torch.float64) + 0.5
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
