"""Pictures spoiled in ways that no judge of beauty should like better than the picture."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.scoring.scorer import Scorer

Picture = npt.NDArray[np.uint8]
"""(H, W, 3) uint8 sRGB."""

WAYS = ("noise", "flat", "crushed", "shuffled")

_CRUSHED_QUALITY = 3


def spoiled(picture: Picture) -> dict[str, Picture]:
    """``picture`` as noise, as its mean colour, crushed by JPEG, and with its pixels shuffled.

    The same every time.
    """
    rng = np.random.default_rng(0)
    height, width, _ = picture.shape
    flat = np.broadcast_to(np.rint(picture.mean(axis=(0, 1))).astype(np.uint8), picture.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, _CRUSHED_QUALITY]
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), quality)
    crushed = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR))[..., ::-1]
    pixels = rng.permutation(picture.reshape(-1, 3))
    versions = (
        rng.integers(0, 256, picture.shape, dtype=np.uint8),
        flat,
        crushed,
        pixels.reshape(height, width, 3),
    )
    return {
        way: np.ascontiguousarray(made, dtype=np.uint8)
        for way, made in zip(WAYS, versions, strict=True)
    }


def fooled_by(scorer: Scorer, pictures: Sequence[Picture]) -> dict[str, int]:
    """By way of spoiling: on how many of ``pictures`` the scorer likes the spoiled one as well."""
    counts = dict.fromkeys(WAYS, 0)
    for picture in pictures:
        versions = spoiled(picture)
        values = scorer.judge(np.stack([picture, *versions.values()])).values
        for way, value in zip(versions, values[1:], strict=True):
            counts[way] += bool(value >= values[0])
    return counts
