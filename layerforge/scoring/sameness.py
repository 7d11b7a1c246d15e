"""Whether two pictures are all but the same, place by place.

Embeddings can't tell: they say what kind of picture it is, and a picture that lost an inset may
still be of the same kind.
Source: Wang, Bovik, Sheikh & Simoncelli 2004, "Image quality assessment: from error visibility to
structural similarity" (SSIM: Gaussian window of σ 1.5, K1 = 0.01, K2 = 0.03).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""(H, W, 3) uint8 sRGB."""

_SIGMA = 1.5
_WINDOW = 11
_FIRST, _SECOND = 0.01**2, 0.03**2

_PLACES = 16
"""So many places a picture's short side is divided into; what fills one of them is seen."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """How alike two pictures of one size are.

    difference: the mean absolute difference of their numbers, 0 to 1.  worst: the same in the
    place that differs most, of those whose side is a sixteenth of the short side.  largest: the
    largest of any number.  structure: the mean SSIM of their lightness, 1 for the same picture.
    """

    difference: float
    worst: float
    largest: float
    structure: float

    @classmethod
    def of(cls, one: Picture, other: Picture) -> Self:
        """That of two pictures of one size."""
        apart = cv2.absdiff(one, other).astype(np.float32).mean(axis=2) / 255.0
        side = max(1, min(apart.shape) // _PLACES)
        places = cv2.blur(apart, (side, side), borderType=cv2.BORDER_REFLECT)
        return cls(
            difference=float(apart.mean()),
            worst=float(places.max()),
            largest=float(cv2.absdiff(one, other).max()) / 255.0,
            structure=_structure(_grey(one), _grey(other)),
        )

    @property
    def same(self) -> bool:
        """Whether somebody who compares them would call them the same picture."""
        return self.difference <= 0.01 and self.worst <= 0.08 and self.structure >= 0.97

    @property
    def unseen(self) -> bool:
        """Whether nobody could tell them apart."""
        return self.largest <= 2.0 / 255.0


def _grey(picture: Picture) -> npt.NDArray[np.float64]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.float64) / 255.0


def _structure(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """The mean SSIM of two pictures (H, W), 0 to 1."""
    near, far = _around(one), _around(other)
    spread = _around(one * one) - near * near + _around(other * other) - far * far
    together = _around(one * other) - near * far
    alike = (2.0 * near * far + _FIRST) / (near * near + far * far + _FIRST)
    return float((alike * (2.0 * together + _SECOND) / (spread + _SECOND)).mean())


def _around(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    blurred = cv2.GaussianBlur(numbers, (_WINDOW, _WINDOW), _SIGMA, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, dtype=np.float64)
