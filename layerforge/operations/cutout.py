"""Cut-outs: a layer's picture freed of its background."""

from __future__ import annotations

from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.operation import Cutout
from layerforge.operations.parameters import Choice, Number, amount
from layerforge.operations.pixels import Pixels, Plane, smoothstep, to_uint8
from layerforge.operations.saliency import saliency
from layerforge.operations.sampling import blurred

Mask8 = npt.NDArray[np.uint8]

_ONE = np.float32(1.0)
_WHOLE = 0.9
"""A picture of which less than this is seen was cut out before."""


def cut_out_before(picture: Pixels) -> bool:
    """Whether ``picture`` has no background any more: its subject is all that is seen."""
    return float(picture[..., 3].mean()) < _WHOLE


class SubjectCutout(Cutout, tag="cutout.subject", frozen=True):
    """Cut the picture's subject out of its background.

    A picture that was cut out before stays as it is.  Source: GrabCut, Rother, Kolmogorov & Blake
    2004, from a map of saliency.
    """

    weight: ClassVar[float] = 1.5

    share: Annotated[float, amount(0.2, 0.45), "about how much the subject takes, where in doubt"]
    softness: Annotated[
        float,
        Number(0.5, 3.0, prior="log", unit="px"),
        "standard deviation of the cut's edge in a copy 256 px long",
    ]
    keep: Annotated[
        str, Choice(("subject", "surroundings"), (0.85, 0.15)), "the subject, or what is round it"
    ]

    def matte(self, picture: Pixels) -> Plane:
        if cut_out_before(picture):
            return np.ones(picture.shape[:2], dtype=np.float32)
        stands_out = saliency(picture)
        level = _level(stands_out, self.share)
        subject = (stands_out > level).astype(np.float32)
        found = _grab_cut(picture, stands_out, level)
        if found is not None and 0.02 < float(found.mean()) < 0.8:
            subject = found
        soft = np.clip(blurred(subject, self.softness), np.float32(0.0), _ONE)
        # the blur spreads both ways: pull the edge in, so that no background is left along it
        edge = smoothstep(soft, 0.35, 0.85)
        return edge if self.keep == "subject" else _ONE - edge


def _level(stands_out: Plane, share: float) -> float:
    """How much the subject stands out at least: by its share, but not far from what divides best.

    Source: Otsu 1979, "A threshold selection method from gray-level histograms".
    """
    best, _ = cv2.threshold(to_uint8(stands_out), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    divides = best / 255.0
    wanted = float(np.quantile(stands_out, 1.0 - share))
    return min(max(wanted, 0.85 * divides), 1.25 * divides)


def _grab_cut(picture: Pixels, stands_out: Plane, level: float) -> Plane | None:
    """The subject, 0 or 1, in one piece without small holes; None where none can be told."""
    height, width = stands_out.shape
    trimap = np.full((height, width), cv2.GC_PR_BGD, dtype=np.uint8)
    trimap[stands_out > level] = cv2.GC_PR_FGD
    trimap[stands_out < 0.5 * level] = cv2.GC_BGD
    trimap[picture[..., 3] < 0.5] = cv2.GC_BGD
    trimap[stands_out > 0.5 * (1.0 + level)] = cv2.GC_FGD
    if min(height, width) < 16 or not (trimap & 1).any() or (trimap & 1).all():
        return None
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    nowhere = (0, 0, 1, 1)  # the mask counts, not the box
    cv2.setRNGSeed(7)  # its colour clusters start from random ones
    cv2.grabCut(
        to_uint8(bled_rgb(picture)),
        trimap,
        nowhere,
        background,
        foreground,
        2,
        cv2.GC_INIT_WITH_MASK,
    )
    subject = (trimap & 1).astype(np.uint8)
    tidy = cv2.morphologyEx(subject, cv2.MORPH_OPEN, np.ones((3, 3), dtype=np.uint8))
    return _large_parts(np.asarray(tidy, dtype=np.uint8))


def _large_parts(subject: Mask8) -> Plane:
    """Without specks of the subject, nor small holes in it."""
    kept = subject.copy()
    for value in (1, 0):
        part = (kept == value).astype(np.uint8)
        count, numbers, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=4)
        sizes = stats[:, cv2.CC_STAT_AREA]
        for number in range(1, count):
            if sizes[number] < 0.01 * subject.size:
                kept[numbers == number] = 1 - value
    return kept.astype(np.float32)


class SaliencyCutout(Cutout, tag="cutout.saliency", frozen=True):
    """Let a picture fade out the less it stands out, as a memory does.

    A picture that was cut out before stays as it is.  Source: saliency from what is background,
    Zhu et al. 2014.
    """

    weight: ClassVar[float] = 0.7
    mixes: ClassVar[bool] = False

    share: Annotated[float, amount(0.2, 0.45), "about how much of the picture stays whole"]
    softness: Annotated[float, Number(0.15, 0.8, prior="log"), "how slowly the rest fades"]

    def matte(self, picture: Pixels) -> Plane:
        if cut_out_before(picture):
            return np.ones(picture.shape[:2], dtype=np.float32)
        stands_out = saliency(picture)
        level = float(np.quantile(stands_out, 1.0 - self.share))
        return smoothstep(stands_out, level * (1.0 - self.softness), max(level, 1e-3))
