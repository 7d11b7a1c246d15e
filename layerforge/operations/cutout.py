"""Cut-outs: a layer's picture freed of its background."""

from __future__ import annotations

from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.operation import Cutout
from layerforge.operations.parameters import Choice, Number, amount
from layerforge.operations.pixels import Pixels, Plane, smoothstep, straight_rgb, to_oklab, to_uint8
from layerforge.operations.sampling import blurred

Mask8 = npt.NDArray[np.uint8]

_ONE = np.float32(1.0)


def saliency(picture: Pixels) -> Plane:
    """How much each place of ``picture`` (h, w, 4) stands out, (h, w), 0 to 1.

    Source: the distance of blurred colours from the mean, Achanta et al. 2009, and from the
    colours along the border, which are most often background; in Oklab; weighed by nearness to
    the middle.
    """
    height, width = picture.shape[:2]
    lab = blurred(to_oklab(straight_rgb(picture)), 0.012 * min(height, width))
    band = max(1, round(0.05 * min(height, width)))
    rim = np.concatenate(
        [part.reshape(-1, 3) for part in (lab[:band], lab[-band:], lab[:, :band], lab[:, -band:])]
    )
    apart = np.zeros((height, width), dtype=np.float32)
    for middle, weight in ((lab.mean(axis=(0, 1)), 0.5), (np.median(rim, axis=0), 1.0)):
        off = lab - middle.astype(np.float32)
        apart += np.float32(weight) * np.sqrt(np.einsum("hwc,hwc->hw", off, off))
    xs = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :]
    ys = np.linspace(-1.0, 1.0, height, dtype=np.float32)[:, None]
    central = np.exp(np.float32(-1.1) * (xs * xs + ys * ys))
    apart = blurred(apart * central, 0.02 * min(height, width)) * picture[..., 3]
    top = float(np.quantile(apart, 0.98))
    clear: Plane = np.clip(apart / np.float32(max(top, 1e-4)), np.float32(0.0), _ONE)
    return clear


class SubjectCutout(Cutout, tag="cutout.subject", frozen=True):
    """Cut the picture's subject out of its background.

    Source: GrabCut, Rother, Kolmogorov & Blake 2004, from a saliency estimate.
    """

    weight: ClassVar[float] = 1.5

    share: Annotated[float, amount(0.2, 0.45), "about how much of the picture the subject takes"]
    softness: Annotated[
        float,
        Number(0.5, 3.0, prior="log", unit="px"),
        "standard deviation of the cut's edge in a copy 256 px long",
    ]
    keep: Annotated[
        str, Choice(("subject", "surroundings"), (0.85, 0.15)), "the subject, or what is round it"
    ]

    def matte(self, picture: Pixels) -> Plane:
        stands_out = saliency(picture)
        level = float(np.quantile(stands_out, 1.0 - self.share))
        subject = (stands_out > level).astype(np.float32)
        found = _grab_cut(picture, stands_out, level)
        if found is not None and 0.04 < float(found.mean()) < 0.8:
            subject = found
        soft = np.clip(blurred(subject, self.softness), np.float32(0.0), _ONE)
        # the blur spreads both ways: pull the edge in, so that no background is left along it
        edge = smoothstep(soft, 0.35, 0.85) * picture[..., 3]
        return edge if self.keep == "subject" else picture[..., 3] - edge


def _grab_cut(picture: Pixels, stands_out: Plane, level: float) -> Plane | None:
    """The subject, 0 or 1, in one piece without small holes; None where none can be told."""
    height, width = stands_out.shape
    trimap = np.full((height, width), cv2.GC_PR_BGD, dtype=np.uint8)
    trimap[stands_out > level] = cv2.GC_PR_FGD
    trimap[stands_out < 0.4 * level] = cv2.GC_BGD
    trimap[picture[..., 3] < 0.5] = cv2.GC_BGD
    sure = float(np.quantile(stands_out, 0.97))
    trimap[stands_out >= max(sure, 1e-3)] = cv2.GC_FGD
    if min(height, width) < 16 or not (trimap & 1).any() or (trimap & 1).all():
        return None
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    nowhere = (0, 0, 1, 1)  # the mask counts, not the box
    cv2.setRNGSeed(7)  # its colour clusters start from random ones
    cv2.grabCut(
        to_uint8(straight_rgb(picture)),
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

    Source: saliency as the distance of colours, Achanta et al. 2009.
    """

    weight: ClassVar[float] = 0.7

    share: Annotated[float, amount(0.2, 0.45), "about how much of the picture stays whole"]
    softness: Annotated[float, Number(0.15, 0.8, prior="log"), "how slowly the rest fades"]

    def matte(self, picture: Pixels) -> Plane:
        stands_out = saliency(picture)
        level = float(np.quantile(stands_out, 1.0 - self.share))
        return (
            smoothstep(stands_out, level * (1.0 - self.softness), max(level, 1e-3))
            * picture[..., 3]
        )
