"""Running the commands of the G'MIC image processing framework, where its package is installed.

These count in pixels and draw lots pixel by pixel, so they always work on a sheet of one size,
which is then scaled to that of the rendering; chance starts from the step's seed.
"""

from __future__ import annotations

from typing import Any, ClassVar

import cv2
import gmic
import numpy as np

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.pixels import Pixels, with_rgb

_SHORT_SIDE_PX = 512
_LONGEST_PX = 2048
"""Sides of the sheet that G'MIC works on."""


class GmicFilter(Filter, frozen=True):
    """Runs ``command``, in which parameters stand in braces, lengths in pixels."""

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.15
    command: ClassVar[str]
    strength: ClassVar[float] = 1.0
    """How much of the result is mixed with the picture."""

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        if min(at.width, at.height) < 8:
            return pixels.copy()  # several commands refuse such sheets
        rgb = bled_rgb(pixels)
        scale = min(_SHORT_SIDE_PX / at.short_side, _LONGEST_PX / max(at.width, at.height))
        size = max(8, round(at.width * scale)), max(8, round(at.height * scale))
        sheet = _resized(rgb, size)
        worked = _run(self._filled(size), sheet, seed=getattr(self, "seed", 7))
        changed = _resized(worked, (at.width, at.height)) - rgb
        return with_rgb(pixels, rgb + changed * np.float32(self.strength))

    def _filled(self, size: tuple[int, int]) -> str:
        """The command with its parameters."""
        values: dict[str, Any] = {"w": size[0], "h": size[1]}
        for name, parameter in self.parameters().items():
            value = getattr(self, name)
            short = parameter.unit_name == "short side"
            values[name] = value * min(size) if short else value
        return self.command.format(**values)


def _resized(rgb: Pixels, size: tuple[int, int]) -> Pixels:
    method = cv2.INTER_AREA if size[0] < rgb.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, size, interpolation=method), dtype=np.float32)


def _run(command: str, rgb: Pixels, *, seed: int) -> Pixels:
    """``rgb`` (H, W, 3) in 0..1 after ``command``, (h, w, 3)."""
    # in sixteenths of a tone: commands that stretch what they find would draw rounding errors
    tones = np.rint(rgb * np.float32(255.0 * 16)) * np.float32(1 / 16)
    given = gmic.Image.from_yxc(np.ascontiguousarray(tones))
    made = gmic.run(f"srand {seed} {command}", gmic.ImageList([given]))
    # x, y, z and channels
    planes = np.asarray(made[0].to_numpy(), dtype=np.float32)[:, :, 0, :].transpose(1, 0, 2)
    if planes.shape[2] < 3:
        planes = np.repeat(planes[:, :, :1], 3, axis=2)
    worked = np.nan_to_num(np.ascontiguousarray(planes[:, :, :3]))
    # some commands answer in a range of their own
    clear: Pixels = np.clip(worked * np.float32(1.0 / 255.0), 0.0, 1.0)
    return clear
