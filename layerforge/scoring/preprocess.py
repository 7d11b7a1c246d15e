"""Bytes to what an image tower reads, for whole batches, on the device: one view or several.

Sources: open_clip (its PIL and torchvision preprocessing, which one view equals).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional

from layerforge.scoring.resampling import Size, goes_down_first, middle, resized_as_pillow

MAX_VIEWS = 5
DEFAULT_VIEWS = 4

_LONGEST = 4  # sides: of a longer picture only the middle is made, the rest would be cropped
_SQUARE = 1.1  # a picture up to this many times as long as wide is judged whole alone


def view_count(height: int, width: int, views: int) -> int:
    """How many views a picture of this shape gets where up to ``views`` are allowed.

    1 is the plain centre crop.  Otherwise the whole picture, and squares of its short side: the
    centre, both edges, and as many between them as cover it (all but a tenth).  That is 3 up to
    3:1; none where it is square, and so its own centre.  Where fewer are allowed, the edges go
    before the centre, and a single one is the centre.
    """
    return 1 if views == 1 else 1 + len(_square_starts(height, width, views))


def _square_starts(height: int, width: int, views: int) -> list[int]:
    """Where along the long side the squares begin: at both ends and evenly between them."""
    short, long = sorted((height, width))
    if long <= _SQUARE * short:
        return []
    count = min(views - 1, max(3, math.ceil(long / (_SQUARE * short))))
    if count == 1:
        return [round((long - short) / 2)]
    return [round(place * (long - short) / (count - 1)) for place in range(count)]


@dataclass(frozen=True, slots=True)
class Preprocess:
    """Resize the short side, crop the centre, normalise; or several views of a picture.

    size_px: side of the square the tower reads.  mean, std: per channel, of values in 0..1.
    mode: ``bicubic`` or ``bilinear``, both antialiased.  squash: distort instead of cropping.
    exact: resize by Pillow's own weights, ten times as slow; else by shorter ones, which is more
    than half precision can tell.
    """

    size_px: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    mode: str = "bicubic"
    squash: bool = False
    exact: bool = False

    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        """(N, H, W, 3) uint8 to (N, 3, size_px, size_px) float32 on the same device.

        As open_clip does it: the centre, or with ``squash`` the whole picture, distorted.
        """
        planes = pictures.permute(0, 3, 1, 2)
        return self._normalised(self._resized(planes) if self.squash else self._cropped(planes))

    def views(self, pictures: torch.Tensor, *, at_most: int) -> list[torch.Tensor]:
        """Views of (N, H, W, 3) uint8, each as ``__call__`` gives it; see ``view_count``.

        The first of several is the whole picture, letter-boxed on its own mean colour.
        """
        if at_most == 1:
            return [self(pictures)]
        planes = pictures.permute(0, 3, 1, 2)
        height, width = planes.shape[2:]
        side = min(height, width)
        squares = [
            planes[:, :, start : start + side]
            if height > width
            else planes[..., start:][..., :side]
            for start in _square_starts(height, width, at_most)
        ]
        views = [self._letter_boxed(planes), *(self._resized(square) for square in squares)]
        return [self._normalised(view) for view in views]

    def _normalised(self, planes: torch.Tensor) -> torch.Tensor:
        mean = torch.tensor(self.mean, device=planes.device).view(3, 1, 1)
        std = torch.tensor(self.std, device=planes.device).view(3, 1, 1)
        return planes.float().mul_(1.0 / (255.0 * std)).sub_(mean / std)

    def _letter_boxed(self, planes: torch.Tensor) -> torch.Tensor:
        height, width = planes.shape[2:]
        long = max(height, width)
        goal = (
            max(1, round(self.size_px * height / long)),
            max(1, round(self.size_px * width / long)),
        )
        small = self._resized(planes, goal)
        if goal == (self.size_px, self.size_px):
            return small
        count = height * width
        # whole numbers, so that a picture's box does not depend on its neighbours in the batch
        total = planes.sum(dim=(2, 3), dtype=torch.int64)
        colour = ((total + count // 2) // count).to(small.dtype)[:, :, None, None]
        boxed = colour.repeat(1, 1, self.size_px, self.size_px)
        top, left = (self.size_px - goal[0]) // 2, (self.size_px - goal[1]) // 2
        boxed[:, :, top : top + goal[0], left : left + goal[1]] = small
        return boxed

    def _cropped(self, planes: torch.Tensor) -> torch.Tensor:
        height, width = planes.shape[2:]
        short, long = sorted((height, width))
        # the long side is cut off, not rounded, as torchvision's Resize does
        goal = (self.size_px * height // short, self.size_px * width // short)
        if long > _LONGEST * short:
            return resized_as_pillow(planes, goal, mode=self.mode, centre=self.size_px)
        resized = self._resized(planes, goal)
        down, across = (middle(length, self.size_px) for length in goal)
        return resized[:, :, down.start : down.stop, across.start : across.stop]

    def _resized(self, planes: torch.Tensor, goal: Size | None = None) -> torch.Tensor:
        goal = goal or (self.size_px, self.size_px)
        if planes.shape[2:] == goal:
            return planes
        if self.exact:
            return resized_as_pillow(planes, goal, mode=self.mode)
        return resized_as_bytes(planes, goal, mode=self.mode)


def resized_as_bytes(planes: torch.Tensor, goal: Size, *, mode: str) -> torch.Tensor:
    """(N, C, H, W) of whole numbers 0..255, rounded to such after each pass, to (N, C, *goal).

    As uint8 on the CPU, where torch resizes bytes; as float32 on other devices, and from float32.
    """
    height, width = planes.shape[2:]
    between = (goal[0], width) if goes_down_first((height, width), goal) else (height, goal[1])
    for size in (between, goal):
        if planes.dtype == torch.uint8 and planes.device.type == "cpu":
            planes = functional.interpolate(planes, size, mode=mode, antialias=True)
        else:
            smooth = functional.interpolate(planes.float(), size, mode=mode, antialias=True)
            planes = smooth.round_().clamp_(0.0, 255.0)
    return planes
